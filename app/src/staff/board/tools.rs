//! What stands beside the board: what families wrote, other days, keys.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Board;
use crate::{paths, ui::csrf_field, words::Words};

/// The column beside the rows.
pub(super) fn tools(words: &'static Words, board: &Board) -> impl IntoView + use<> {
    let w = &words.board;
    let waiting = board
        .waiting
        .iter()
        .map(|(day, count)| {
            let text = (w.waiting_on)(&(words.common.day_date)(*day), *count);
            view! { <li><a href=paths::board_on(*day)>{text}</a></li> }
        })
        .collect_view();
    let today = board.now.date();
    let keying = board.may_code.then(|| view! { <li><a href=paths::keying(board.day)>{words.keying.title}</a></li> });
    let link = |day: Option<NaiveDate>, label: &'static str| {
        day.map(
            |day| view! { <li><a href=paths::board_on(day)>{label} <b>{(words.common.short_day)(day)}</b></a></li> },
        )
    };
    let back = (board.day != today).then(|| view! { <li><a href=paths::BOARD>{w.today}</a></li> });
    let keys = w
        .key_list
        .iter()
        .map(|(keys, does)| {
            let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
            view! { <p>{keys} {*does}</p> }
        })
        .collect_view();
    let letters = (!board.letters.is_empty()).then(|| {
        let lines = board
            .letters
            .iter()
            .map(|letter| {
                let children = letter.children.join("; ");
                view! { <li><a href=paths::staff_report(&letter.reference)>{children} <b>{letter.at.clone()}</b></a></li> }
            })
            .collect_view();
        view! {
            <section aria-labelledby="letters" class="letters">
                <h2 id="letters">{board.letters.len()} " " {words.messages.board_waiting}</h2>
                <ul class="links">{lines}</ul>
            </section>
        }
    });
    let words_button = if board.hide_words { w.show } else { w.hide };
    view! {
        {letters}
        <section aria-label=w.title>
            <p><b>{(words.common.long_date)(board.day)}</b></p>
            <ul class="links">{keying}{waiting}{back}{link(board.beside.0, w.earlier)}{link(board.beside.1, w.later)}</ul>
        </section>
        <form method="post" action=paths::BOARD_WORDS id="words">
            {csrf_field(&board.csrf)}
            <input type="hidden" name="day" value=board.day.to_string() />
            <button class="btn plain" name="hide" value=if board.hide_words { "no" } else { "yes" }>{words_button}</button>
        </form>
        <section aria-labelledby="keys" class="keys"><h2 id="keys" class="vh">{w.keys}</h2>{keys}</section>
    }
}
