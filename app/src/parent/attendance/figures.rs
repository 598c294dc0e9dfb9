//! The counts, and what they mean and do not mean.

use leptos::prelude::*;

use super::AttendancePage;
use crate::{
    paths,
    rules::{code::Code, percentage::ENOUGH},
    ui::piece::IntoPiece,
    words::Words,
};

pub(super) fn figures(words: &'static Words, page: &AttendancePage) -> impl IntoView + use<> {
    let w = &words.attendance;
    let tally = page.tally;
    let Some(percent) = tally.shown() else {
        return view! { <div class="figures"><p>{w.nothing}</p></div> }.piece();
    };
    let days = (w.days)(tally.attended, tally.possible());
    let sessions = (w.sessions)(tally.attended, tally.possible());
    let missed = (w.missed)(tally.authorised, tally.unauthorised);
    let late = (w.late)(tally.late);
    let early = (tally.possible() < ENOUGH).then(|| view! { <p class="note">{(w.early)(ENOUGH)}</p> });
    let part_time = page
        .marks
        .iter()
        .any(|mark| matches!(mark.code, Code::C2 | Code::X))
        .then(|| view! { <p class="note">{w.part_time}</p> });
    let window = match page.unauthorised {
        Some(0) => None,
        Some(count) => Some(view! { <p class="note">{(w.window)(count, &page.phone)}</p> }.piece()),
        None => Some(view! { <p class="note">{w.not_compulsory}</p> }.piece()),
    };
    view! {
        <div class="figures">
            <p><span class="fig">{days.0} " " <small>{days.1}</small></span><br />{w.in_so_far} " " <b class="nb">{percent.to_string()} "%"</b></p>
            <p class="soft">{sessions}<br />{missed}<br />{late}</p>
            {early}
            {part_time}
            {window}
            <p class="noprint"><a class="tap" href=paths::attendance_csv(&page.pupil, page.year.0)>{w.file}</a></p>
        </div>
    }
    .piece()
}
