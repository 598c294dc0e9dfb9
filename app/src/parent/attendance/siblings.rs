//! Several children side by side: the same counts of each, a line a child.

use leptos::prelude::*;

use super::AttendancePage;
use crate::{
    paths,
    rules::percentage::Tally,
    ui::piece::{IntoPiece, Piece},
    words::Words,
};

/// Nothing for a child without brothers and sisters here.
pub(super) fn side_by_side(words: &'static Words, page: &AttendancePage) -> Option<Piece> {
    if page.siblings.is_empty() {
        return None;
    }
    let w = &words.attendance;
    let line = |name: Piece, tally: Tally| {
        let percent = tally.shown().map_or("–".to_owned(), |percent| format!("{percent}\u{a0}%"));
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{percent}</td>
                <td>{tally.authorised}</td>
                <td>{tally.unauthorised}</td>
                <td>{tally.late}</td>
            </tr>
        }
    };
    let others = page
        .siblings
        .iter()
        .map(|one| {
            let href = format!("{}?year={}", paths::attendance(&one.pupil), page.year.0);
            line(view! { <a class="tap" href=href>{one.called.clone()}</a> }.piece(), one.tally)
        })
        .collect_view();
    let heads = [w.percent, w.agreed, w.not_agreed, w.times_late].map(|head| view! { <th scope="col">{head}</th> });
    Some(
        view! {
            <section aria-labelledby="siblings" class="stack noprint">
                <h2 id="siblings" class="ruled">{w.siblings}</h2>
                <div class="scroll">
                    <table class="siblings">
                        <thead><tr><td></td>{heads}</tr></thead>
                        <tbody>{line(page.called.clone().piece(), page.tally)}{others}</tbody>
                    </table>
                </div>
                <p class="small soft">{w.siblings_note}</p>
            </section>
        }
        .piece(),
    )
}
