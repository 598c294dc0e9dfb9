//! What stands before the reports: registers that are not in, whom to ring, what differs.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::BoardMorning;
use crate::{paths, rules::calendar::SessionDay, ui::piece::IntoPiece, words::Words};

/// How many classes are named; the page of registers has them all.
const NAMED: usize = 6;

/// Registers first: of a class that is not in nobody is called absent.
pub(super) fn strip(words: &'static Words, day: NaiveDate, morning: &BoardMorning) -> impl IntoView + use<> {
    let (w, out) = (&words.morning, morning.not_in.len());
    let at = SessionDay { date: day, session: morning.session };
    let registers = if out == 0 {
        view! { <li><a href=paths::morning(at)><span class="tag done">{w.all_in}</span></a></li> }.piece()
    } else {
        let named = (out <= NAMED).then(|| view! { <span class="small">{morning.not_in.join(", ")}</span> });
        view! {
            <li class="out">
                <a href=paths::morning(at)><b>{(w.board_out)(out)}</b> " " {named} <span class="small line">{w.board_hint}</span></a>
            </li>
        }
        .piece()
    };
    let item = |count: usize, to: String, said: String| {
        (count > 0).then(|| view! { <li><a href=to><span class="tag ask">{said}</span></a></li> })
    };
    let unlisted = item(morning.unlisted, paths::morning(at), (words.morning.unlisted)(morning.unlisted));
    let calls = item(morning.to_ring, format!("{}?day={day}", paths::CALLS), (words.calls.board)(morning.to_ring));
    let differences =
        item(morning.differences, paths::reconciliation(day, day), (words.reconcile.board)(morning.differences));
    let open = morning.open.map(|(count, until)| {
        let said = (words.reconcile.board_n)(count, &(words.common.short_day)(until));
        view! { <li><a href=paths::RECONCILIATION><span class="tag new">{said}</span></a></li> }
    });
    let wrong = item(morning.wrong, paths::CHILDREN.to_owned(), (words.figures.board_wrong)(morning.wrong));
    view! { <ul class="strip">{registers}{unlisted}{calls}{differences}{open}{wrong}</ul> }
}
