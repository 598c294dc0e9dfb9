//! The morning board: today's reports, each with its code one key away.

mod coding;
mod leave;
mod rows;
mod strip;
mod tools;

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;

pub use self::leave::{BoardLeave, LeaveLine, NotBackLine};
use self::{
    coding::several,
    rows::{done_row, open_row},
    strip::strip,
    tools::tools,
};
use crate::{
    islands::BoardIsland,
    rules::{
        absence::{Details, Kind, Part},
        calendar::Session,
        code::Code,
        conversation::Standing,
        id::PupilId,
        pattern::Hint,
        reference::Reference,
    },
    ui::piece::{IntoPiece, Piece},
    wire::BoardTick,
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Board {
    /// London's now.
    pub now: NaiveDateTime,
    /// The day shown.
    pub day: NaiveDate,
    /// The rows, earliest report first.
    pub rows: Vec<BoardLine>,
    /// Pupils on roll.
    pub on_roll: i64,
    /// Whether words are hidden.
    pub hide_words: bool,
    /// Whether this member of staff may code.
    pub may_code: bool,
    /// The written time of the close.
    pub closes: String,
    /// School days beside this one.
    pub beside: (Option<NaiveDate>, Option<NaiveDate>),
    /// Earlier days on which reports wait.
    pub waiting: Vec<(NaiveDate, i64)>,
    /// What staff have to know of the day or the calendar.
    pub warnings: Vec<&'static str>,
    /// What families wrote and nobody has read, of whatever day.
    pub letters: Vec<BoardLetter>,
    /// Registers, calls and differences; `None` on a day without school.
    pub morning: Option<BoardMorning>,
    /// What leave means for the day.
    pub leave: BoardLeave,
    /// What became of a coding that was not kept.
    pub refused: Option<String>,
    /// How the board stood when it was drawn.
    pub tick: BoardTick,
    /// The csrf token.
    pub csrf: String,
}

/// What the registers of a day come to.
#[derive(Debug, Clone, Default)]
pub struct BoardMorning {
    /// The session whose registers are counted.
    pub session: Session,
    /// About how many marks a family waits for the office.
    pub wrong: usize,
    /// How many children stand in no register though their class's is in.
    pub unlisted: usize,
    /// The names of the classes whose register is not in.
    pub not_in: Vec<String>,
    /// How many children have to be rung about.
    pub to_ring: usize,
    /// How many differ from what was reported or coded.
    pub differences: usize,
    /// How many marks are `N`, and the day on which the first of them runs out.
    pub open: Option<(i64, NaiveDate)>,
}

/// A child's day.
#[derive(Debug, Clone)]
pub struct BoardLine {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// What was reported.
    pub part: Part,
    /// The proposed code.
    pub proposed: Option<Code>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
    /// The codes as a coding has to have seen them.
    pub seen: String,
    /// When it was coded and by whom, written.
    pub coded: Option<(String, String)>,
    /// The reports, earliest first.
    pub reports: Vec<BoardSaid>,
    /// Patterns worth a quiet word.
    pub hints: Vec<Hint>,
}

/// What a family wrote and nobody has read.
#[derive(Debug, Clone)]
pub struct BoardLetter {
    /// The report it is about.
    pub reference: Reference,
    /// The children in it.
    pub children: Vec<String>,
    /// The written time.
    pub at: String,
}

/// A report in a row.
#[derive(Debug, Clone)]
pub struct BoardSaid {
    /// The written time.
    pub at: String,
    /// Whether that was after the close.
    pub late: bool,
    /// Its reference.
    pub reference: Option<Reference>,
    /// How the conversation about it stands, if there is one.
    pub standing: Option<Standing>,
    /// Who sent it.
    pub from: String,
    /// How it came.
    pub channel: String,
    /// The reason's label.
    pub reason: String,
    /// Away, late or leaving.
    pub kind: Kind,
    /// Whether it waits for a word on this morning.
    pub expected: bool,
    /// What the illness is called, if one was named.
    pub illness: Option<String>,
    /// Whether colleagues who expect a baby should hear of it.
    pub tell_pregnant: bool,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// Whether nobody had seen it.
    pub new: bool,
}

/// The page.
pub fn page(words: &'static Words, board: Board) -> impl IntoView {
    let w = &words.board;
    let new = board.rows.iter().filter(|row| row.reports.iter().any(|report| report.new)).count();
    let (done, open): (Vec<_>, Vec<_>) = board.rows.iter().cloned().partition(|row| row.coded.is_some());
    let tally = [(w.new, new), (w.waiting, open.len()), (w.coded, done.len())]
        .into_iter()
        .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> })
        .collect_view();
    let letters = (!board.letters.is_empty()).then(|| {
        let (name, count) = (words.messages.board_waiting, board.letters.len());
        view! { <div><dt><a href="#letters">{name}</a></dt><dd>{count}</dd></div> }
    });
    let warnings = board.warnings.iter().map(|text| view! { <p class="warn">{*text}</p> }).collect_view();
    let refused = board
        .refused
        .clone()
        .map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let open_rows = if open.is_empty() {
        view! { <p>{w.all_done}</p> }.piece()
    } else {
        let rows = open.iter().enumerate().map(|(place, row)| open_row(words, &board, row, place == 0)).collect_view();
        table(words, w.to_code, &w.heads, rows.piece()).piece()
    };
    let done_rows = if done.is_empty() {
        view! { <p class="soft">{w.none_coded}</p> }.piece()
    } else {
        let rows = done.iter().map(|row| done_row(words, &board, row)).collect_view();
        table(words, w.coded_section, &w.coded_heads, rows.piece()).piece()
    };
    let several = (board.may_code && open.len() > 1).then(|| several(words, &board));
    let tools = tools(words, &board);
    let morning = board.morning.as_ref().map(|morning| strip(words, board.day, morning));
    let heading = format!("{}, {}", w.title, (words.common.day_date)(board.day));
    let on_roll = board.on_roll;
    let desk = view! {
        <div class="desk">
            <div>
                <section aria-labelledby="to-code">
                    <div class="ruled"><h2 id="to-code">{w.to_code}</h2></div>
                    {open_rows}
                    {several}
                </section>
                <section aria-labelledby="coded">
                    <h2 id="coded" class="ruled">{w.coded_section}</h2>
                    {done_rows}
                </section>
            </div>
            <div class="stack">{tools}</div>
        </div>
    }
    .piece();
    view! {
        <h1 class="vh">{heading}</h1>
        {refused}
        {warnings}
        {morning}
        {leave::leave(words, &board.leave)}
        <dl class="tally">{tally}{letters}<div><dt>{w.on_roll}</dt><dd>{on_roll}</dd></div></dl>
        <BoardIsland tick=board.tick day=board.day.to_string()>
            {desk}
        </BoardIsland>
    }
}

fn table(
    words: &'static Words,
    caption: &'static str,
    heads: &'static [&'static str; 7],
    rows: Piece,
) -> impl IntoView {
    let _ = words;
    let heads = heads
        .iter()
        .enumerate()
        .map(|(place, head)| {
            view! { <th role="columnheader" scope="col" class=format!("w{}", place + 1)>{*head}</th> }
        })
        .collect_view();
    view! {
        <table class="ledger" role="table">
            <caption class="vh">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}
