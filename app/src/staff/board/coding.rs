//! The codes on the board: the proposed one, another one, one for several children.

use leptos::prelude::*;

use super::{Board, BoardLine};
use crate::{paths, rules::code::Code, ui::csrf_field, words::Words};

/// One tap for the proposed code, a list for another.
pub(super) fn coding(words: &'static Words, board: &Board, row: &BoardLine) -> impl IntoView + use<> {
    let w = &words.board;
    let for_child = (w.for_child)(&row.name);
    let hidden = |csrf: &str| {
        view! {
            {csrf_field(csrf)}
            <input type="hidden" name="pupil" value=row.pupil.to_string() />
            <input type="hidden" name="day" value=board.day.to_string() />
            <input type="hidden" name="seen" value=row.seen.clone() />
        }
    };
    let proposed = row.proposed.map(|code| {
        view! {
            <form method="post" action=paths::BOARD_CODE class="propose">
                {hidden(&board.csrf)}
                <button class="btn plain" name="code" value=code.letters()>
                    <span class="code">{code.letters()}</span> " " {(!board.hide_words).then(|| (words.codes.short)(code))}<span class="vh">{for_child.clone()}</span>
                </button>
            </form>
        }
    });
    let options = options(words, board);
    let id = format!("code-{}", row.pupil);
    view! {
        {proposed}
        <details class="other-code">
            <summary>{w.other_code}<span class="vh">{for_child.clone()}</span></summary>
            <form method="post" action=paths::BOARD_CODE class="choose">
                {hidden(&board.csrf)}
                <label class="vh" for=id.clone()>{w.other_code} {for_child.clone()}</label>
                <select class="in" id=id name="code">{options}</select>
                <button class="btn plain less">{w.use_code}<span class="vh">{for_child}</span></button>
            </form>
        </details>
    }
}

/// The list of codes.
fn options(words: &'static Words, board: &Board) -> impl IntoView + use<> {
    let hide = board.hide_words;
    Code::ALL
        .iter()
        .filter(|code| pickable(**code))
        .map(|code| {
            let meaning = if hide { "" } else { (words.codes.meaning)(*code) };
            view! { <option value=code.letters()>{format!("{}  {meaning}", code.letters())}</option> }
        })
        .collect_view()
}

/// Codes the ticked rows at once.
pub(super) fn several(words: &'static Words, board: &Board) -> impl IntoView + use<> {
    let w = &words.board;
    view! {
        <form method="post" action=paths::BOARD_SEVERAL id="several" class="several acts">
            {csrf_field(&board.csrf)}
            <input type="hidden" name="day" value=board.day.to_string() />
            <span>{w.ticked}</span>
            <button class="btn plain less" name="code" value="">{w.as_proposed}</button>
            <label class="vh" for="several-code">{w.other_code}</label>
            <select class="in" id="several-code" name="other">{options(words, board)}</select>
            <button class="btn plain less" name="use" value="other">{w.use_code}</button>
        </form>
    }
}

/// Codes that can stand for a whole reported day: not the two strokes, which are one session's,
/// and not those of other kinds of school.
fn pickable(code: Code) -> bool {
    code.expected_in_primary() && !matches!(code.letters(), "/" | "\\" | "#" | "Z")
}
