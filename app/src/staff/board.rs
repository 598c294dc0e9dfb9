//! The morning board: today's reports, each with its code one key away.

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;

use crate::{
    islands::BoardIsland,
    parent::receipt::sent::said_details,
    paths,
    rules::{
        absence::{Details, Kind, Part},
        code::Code,
        conversation::Standing,
        id::PupilId,
        london::clock,
        pattern::Hint,
        reference::Reference,
    },
    ui::{cell, csrf_field},
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
    /// What became of a coding that was not kept.
    pub refused: Option<String>,
    /// How the board stood when it was drawn.
    pub tick: BoardTick,
    /// The csrf token.
    pub csrf: String,
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
        view! { <p>{w.all_done}</p> }.into_any()
    } else {
        let rows = open.iter().enumerate().map(|(place, row)| open_row(words, &board, row, place == 0)).collect_view();
        table(words, w.to_code, &w.heads, rows.into_any()).into_any()
    };
    let done_rows = if done.is_empty() {
        view! { <p class="soft">{w.none_coded}</p> }.into_any()
    } else {
        let rows = done.iter().map(|row| done_row(words, &board, row)).collect_view();
        table(words, w.coded_section, &w.coded_heads, rows.into_any()).into_any()
    };
    let several = (board.may_code && open.len() > 1).then(|| several(words, &board));
    let tools = tools(words, &board);
    let heading = format!("{}, {}", w.title, (words.common.day_date)(board.day));
    let on_roll = board.on_roll;
    view! {
        <h1 class="vh">{heading}</h1>
        {refused}
        {warnings}
        <dl class="tally">{tally}{letters}<div><dt>{w.on_roll}</dt><dd>{on_roll}</dd></div></dl>
        <BoardIsland tick=board.tick day=board.day.to_string()>
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
        </BoardIsland>
    }
}

fn table(
    words: &'static Words,
    caption: &'static str,
    heads: &'static [&'static str; 7],
    rows: AnyView,
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

fn open_row(words: &'static Words, board: &Board, row: &BoardLine, first: bool) -> impl IntoView + use<> {
    let w = &words.board;
    let Some(report) = row.reports.first() else { return ().into_any() };
    let late = row
        .reports
        .iter()
        .any(|report| report.late)
        .then(|| view! { " " <span class="tag ask">{(w.after)(&board.closes)}</span> });
    let new =
        row.reports.iter().any(|report| report.new).then(|| view! { " " <span class="tag new">{w.new_tag}</span> });
    // A late child's hour is no health word: the projector may show it.
    let kind = row.reports.iter().find(|report| report.kind != Kind::Away).map(|report| {
        let time = report.details.arrives.or(report.details.leaves).map(clock).unwrap_or_default();
        view! { " " <span class="tag ask">{(w.kind)(report.kind, &time)}</span> }
    });
    let hints = (!board.hide_words).then(|| {
        row.hints.iter().map(|hint| view! { <span class="line soft small">{(w.hint)(*hint)}</span> }).collect_view()
    });
    let tell = (!board.hide_words && row.reports.iter().any(|report| report.tell_pregnant))
        .then(|| view! { <span class="line small"><b>{w.tell_pregnant}</b></span> });
    let expected = row
        .reports
        .iter()
        .all(|report| report.expected)
        .then(|| view! { " " <span class="tag ask">{w.expected}</span> });
    let said = if board.hide_words {
        view! { <span class="soft">{w.hidden}</span> }.into_any()
    } else {
        row.reports.iter().map(|report| said(words, report)).collect_view().into_any()
    };
    let others = row
        .reports
        .iter()
        .skip(1)
        .map(|other| view! { <span class="line">{w.also_from} " " {sender(words, row, other)}</span> })
        .collect_view();
    // Most come by this site: only another way is worth a word.
    let channel = (report.channel != "web").then(|| (w.channel)(&report.channel));
    let from = view! { {sender(words, row, report)} " " {channel} };
    let talk = standings(words, row);
    let at = report.at.clone();
    let time = if board.may_code {
        let value = format!("{}|{}|{}", row.pupil, row.proposed.map(Code::letters).unwrap_or_default(), row.seen);
        view! {
            <label class="pick">
                <input type="checkbox" name="row" value=value form="several" />
                <span>{at}<span class="vh">{(w.tick)(&row.name)}</span></span>
            </label>
        }
        .into_any()
    } else {
        at.into_any()
    };
    let act = if board.may_code { coding(words, board, row).into_any() } else { ().into_any() };
    let (pupil, name, class) = (row.pupil.to_string(), row.name.clone(), row.class.clone());
    view! {
        <tr role="row" class=if first { "on" } else { "" } aria-current=first.then_some("true") data-pupil=pupil>
            <td role="cell">{time}</td>
            <th role="rowheader" scope="row" class="who">{name}</th>
            <td role="cell" class="nb">{class}</td>
            <td role="cell">{cell::reported(row.part, "", (w.part)(row.part).to_owned())}</td>
            <td role="cell" class="wide">{said}{kind}{expected}{late}{new}{talk}{tell}{hints}</td>
            <td role="cell" class="soft">{from}{others}</td>
            <td role="cell" class="acts-cell">{act}</td>
        </tr>
    }
    .into_any()
}

/// Who sent a report; the name leads to its page.
fn sender(words: &'static Words, row: &BoardLine, report: &BoardSaid) -> impl IntoView + use<> {
    let read_out = (words.messages.board_report)(&row.name);
    match &report.reference {
        Some(reference) => view! {
            <a class="from" href=paths::staff_report(reference)>{report.from.clone()}<span class="vh">{read_out}</span></a>
        }
        .into_any(),
        None => report.from.clone().into_any(),
    }
}

/// How the conversations about a row's reports stand.
fn standings(words: &'static Words, row: &BoardLine) -> impl IntoView + use<> {
    let w = &words.messages;
    row.reports
        .iter()
        .filter_map(|report| {
            let (class, said) = match report.standing? {
                Standing::Asked => ("tag new", w.tag_asked),
                Standing::Answered => ("tag answer", w.tag_answered),
                Standing::Wrote => ("tag answer", w.tag_wrote),
                Standing::Read => ("tag seen", w.tag_read),
                Standing::Told => return None,
            };
            Some(view! { " " <span class=class>{said}</span> })
        })
        .collect_view()
}

fn said(words: &'static Words, report: &BoardSaid) -> impl IntoView + use<> {
    let illness = report.illness.clone().map(|illness| format!(": {illness}"));
    // The tag says when a late child comes or an early one goes.
    let mut details = report.details.clone();
    details.arrives = None;
    details.leaves = details.leaves.filter(|_| report.kind == Kind::Away);
    let details = said_details(words, &details).map(|text| format!(" · {text}"));
    let note = report.note.clone().map(|text| view! { <span class="line words">{text}</span> });
    view! { <span class="line">{report.reason.clone()}{illness}{details}</span> {note} }
}

/// One tap for the proposed code, a list for another.
fn coding(words: &'static Words, board: &Board, row: &BoardLine) -> impl IntoView + use<> {
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
fn several(words: &'static Words, board: &Board) -> impl IntoView + use<> {
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

fn done_row(words: &'static Words, board: &Board, row: &BoardLine) -> impl IntoView + use<> {
    let w = &words.board;
    let Some(report) = row.reports.first() else { return ().into_any() };
    let letters = |code: Option<Code>| code.map(|code| code.letters().to_owned());
    let recorded = if board.hide_words {
        view! { <span class="soft">{w.hidden}</span> }.into_any()
    } else {
        crate::parent::home::recorded(words, row.codes).unwrap_or_default().into_any()
    };
    let (at, by) = row.coded.clone().unwrap_or_default();
    let new =
        row.reports.iter().any(|report| report.new).then(|| view! { " " <span class="tag new">{w.new_tag}</span> });
    let undo = board.may_code.then(|| {
        view! {
            <form method="post" action=paths::BOARD_CODE class="undo">
                {csrf_field(&board.csrf)}
                <input type="hidden" name="pupil" value=row.pupil.to_string() />
                <input type="hidden" name="day" value=board.day.to_string() />
                <input type="hidden" name="seen" value=row.seen.clone() />
                <button class="btn plain quiet" name="code" value="">{w.undo}<span class="vh">{(w.for_child)(&row.name)}</span></button>
            </form>
        }
    });
    let senders = row
        .reports
        .iter()
        .map(|report| view! { <span class="line">{w.reported_by} " " {sender(words, row, report)}</span> })
        .collect_view();
    let (name, class, sent) = (row.name.clone(), row.class.clone(), report.at.clone());
    view! {
        <tr role="row" data-coded="">
            <td role="cell">{sent}</td>
            <th role="rowheader" scope="row" class="who">{name}</th>
            <td role="cell" class="nb">{class}</td>
            <td role="cell">{cell::cell(letters(row.codes.0), letters(row.codes.1), "", false, (w.part)(row.part).to_owned())}</td>
            <td role="cell" class="wide">{recorded}{new}{standings(words, row)}</td>
            <td role="cell" class="soft">{at} " " {by} {senders}</td>
            <td role="cell" class="acts-cell">{undo}</td>
        </tr>
    }
    .into_any()
}

fn tools(words: &'static Words, board: &Board) -> impl IntoView + use<> {
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
