//! Reports and marks side by side: four lists, and what to do on each line.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        calendar::Session,
        code::Code,
        id::PupilId,
        leave::Decided,
        reconcile::{NStands, Next, Verdict},
    },
    ui::{cell, errors, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// As typed in the fields.
    pub typed: (String, String),
    /// Every line, the most urgent first.
    pub lines: Vec<Line>,
    /// Sessions of children without a register.
    pub waiting: usize,
    /// Whether this reader may code and enter reports.
    pub may_code: bool,
    /// Whether words are hidden.
    pub hide_words: bool,
    /// What has to be put right.
    pub problems: Vec<errors::Said>,
}

/// Which list a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// Absent, and nobody has said why.
    Unexplained,
    /// Reported away and marked as in school.
    ReportedButPresent,
    /// Coded here, otherwise in the MIS.
    CodedOtherwise,
    /// Absent, and it is known why.
    Explained,
}

impl List {
    /// The lists in their order.
    pub const ALL: [Self; 4] = [Self::Unexplained, Self::ReportedButPresent, Self::CodedOtherwise, Self::Explained];

    /// The list of a verdict.
    #[must_use]
    pub fn of(verdict: Verdict) -> Option<Self> {
        match verdict {
            Verdict::NotYetIn | Verdict::Nothing => None,
            Verdict::Explained(_) => Some(Self::Explained),
            Verdict::Unexplained => Some(Self::Unexplained),
            Verdict::ReportedButPresent => Some(Self::ReportedButPresent),
            Verdict::CodedOtherwise { .. } => Some(Self::CodedOtherwise),
        }
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|list| *list == self).unwrap_or_default()
    }
}

/// A child's day, or half of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it comes to.
    pub verdict: Verdict,
    /// The list.
    pub list: List,
    /// The day.
    pub day: NaiveDate,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Who reported it and when, written.
    pub reported: Option<(String, String)>,
    /// The codes given here, morning and afternoon.
    pub here: [Option<Code>; 2],
    /// The marks of the MIS.
    pub mis: [Option<Code>; 2],
    /// What was decided about leave for it.
    pub leave: Option<Decided>,
    /// Until when `N` may stand, where the mark is one or will be.
    pub n: Option<NStands>,
}

impl Line {
    /// What to do, in words.
    #[must_use]
    pub fn to_do(&self, words: &'static Words) -> String {
        let w = &words.reconcile;
        match self.verdict {
            Verdict::NotYetIn | Verdict::Nothing => String::new(),
            Verdict::Explained(Next::KeyIn) if matches!(self.leave, Some(Decided::Granted(_))) => {
                w.key_leave.to_owned()
            }
            Verdict::Explained(next) => (w.next)(next).to_owned(),
            Verdict::Unexplained if let Some(Decided::Refused(code)) = self.leave => (w.refused_leave)(code),
            Verdict::Unexplained if self.n.is_some_and(|n| n.left < 0) => w.make_o.to_owned(),
            Verdict::Unexplained => w.ask.to_owned(),
            Verdict::ReportedButPresent => w.look.to_owned(),
            Verdict::CodedOtherwise { here, mis } => (w.differ)(here, mis),
        }
    }

    /// Until when `N` stands, in words.
    #[must_use]
    pub fn until(&self, words: &'static Words) -> Option<String> {
        let w = &words.reconcile;
        let n = self.n?;
        Some(match n.until {
            None => w.n_unknown.to_owned(),
            Some(until) if n.left < 0 => (w.n_past)(&(words.common.day_date)(until)),
            Some(until) => (w.n_until)(&(words.common.day_date)(until), n.left),
        })
    }

    fn is_settled(&self) -> bool {
        self.verdict == Verdict::Explained(Next::Nothing)
    }
}

/// The page.
pub fn page(words: &'static Words, page: Reconciliation) -> impl IntoView {
    let w = &words.reconcile;
    let tally = List::ALL
        .into_iter()
        .map(|list| {
            let count = page.lines.iter().filter(|line| line.list == list).count();
            view! { <div><dt><a href=format!("#list-{}", list.place())>{w.lists[list.place()]}</a></dt><dd>{count}</dd></div> }
        })
        .collect_view();
    let lists = List::ALL.into_iter().map(|list| section(words, &page, list)).collect_view();
    let waiting = (page.waiting > 0).then(|| {
        view! { <p class="warn"><a href=paths::MORNING>{(w.waiting)(page.waiting)}</a></p> }
    });
    let field = |id: &'static str, label: &'static str, value: &str| {
        view! {
            <div>
                <label class="label" for=id>{label}</label>
                <input class="in" type="date" id=id name=id value=value.to_owned() />
            </div>
        }
    };
    let bad = errors::bad(&page.problems, "from");
    view! {
        <div class="stack">
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            <p class="dateline"><span>{(words.common.day_date)(page.from)} " – " {(words.common.long_date)(page.until)}</span></p>
            <h1>{w.title}</h1>
            <p class="noprint">{w.lead}</p>
            <form method="get" action=paths::RECONCILIATION class="span noprint">
                <div class=bad>
                    {errors::why(&page.problems, "from")}
                    <div class="acts">
                        {field("from", w.from, &page.typed.0)}
                        {field("until", w.until, &page.typed.1)}
                        <button class="btn plain">{w.go}</button>
                    </div>
                </div>
            </form>
            <dl class="tally">{tally}</dl>
            {waiting}
            {lists}
            <p class="acts noprint">
                <a class="btn plain" href=paths::reconciliation_csv(page.from, page.until)>{w.file}</a>
                <a class="tap" href=paths::BOARD>{words.keying.back}</a>
            </p>
        </div>
    }
}

fn section(words: &'static Words, page: &Reconciliation, list: List) -> impl IntoView + use<> {
    let w = &words.reconcile;
    let place = list.place();
    let (settled, lines): (Vec<&Line>, Vec<&Line>) =
        page.lines.iter().filter(|line| line.list == list).partition(|line| line.is_settled());
    let inside = if lines.is_empty() && settled.is_empty() {
        view! { <p class="soft">{w.none}</p> }.piece()
    } else {
        let settled = (!settled.is_empty()).then(|| {
            let count = (w.settled)(settled.len());
            view! {
                <details class="fold settled">
                    <summary><span>{count}</span></summary>
                    {table(words, page, w.lists[place], &settled)}
                </details>
            }
        });
        let open = (!lines.is_empty()).then(|| table(words, page, w.lists[place], &lines));
        view! { {open} {settled} }.piece()
    };
    let count = page.lines.iter().filter(|line| line.list == list).count();
    let id = format!("list-{place}");
    view! {
        <section aria-labelledby=id.clone() class="stack">
            <h2 id=id.clone() class="ruled">{w.lists[place]} " (" {count} ")"</h2>
            <p class="small soft">{w.leads[place]}</p>
            {inside}
        </section>
    }
}

fn table(
    words: &'static Words,
    page: &Reconciliation,
    caption: &'static str,
    lines: &[&Line],
) -> impl IntoView + use<> {
    let heads = words
        .reconcile
        .heads
        .iter()
        .enumerate()
        .map(|(place, head)| view! { <th role="columnheader" scope="col" class=format!("r{place}")>{*head}</th> })
        .collect_view();
    let rows = lines.iter().map(|line| row(words, page, line)).collect_view();
    view! {
        <table class="ledger matched" role="table">
            <caption class="vh">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn row(words: &'static Words, page: &Reconciliation, line: &Line) -> impl IntoView + use<> {
    let w = &words.reconcile;
    let letters = |code: Option<Code>| code.map(|code| code.letters().to_owned());
    // What is reported and not coded shows as reported.
    let half = |place: usize, session: Session| {
        letters(line.here[place]).or_else(|| {
            (line.reported.is_some() && line.sessions.contains(&session)).then(|| cell::REPORTED.to_owned())
        })
    };
    let said = |codes: [Option<Code>; 2]| {
        let text = crate::parent::home::recorded(words, (codes[0], codes[1])).filter(|_| !page.hide_words);
        text.unwrap_or_default()
    };
    let reported = match &line.reported {
        Some((who, time)) => (w.reported)(who, time),
        None => w.unreported.to_owned(),
    };
    let none = line.mis.iter().all(Option::is_none);
    let mis = none.then(|| view! { <span class="small soft">{w.no_mark}</span> });
    let half_day = match line.sessions.as_slice() {
        [one] => Some((words.morning.session)(*one)),
        _ => None,
    };
    let until = line.until(words).map(|text| {
        let class = if line.n.is_some_and(|n| n.left <= 1) { "tag ask wrap-tag" } else { "tag new wrap-tag" };
        view! { <span class="line"><span class=class>{text}</span></span> }
    });
    let links = page.may_code.then(|| links(words, line));
    let mis_said = said(line.mis);
    view! {
        <tr role="row">
            <td role="cell" class="nb">{(words.common.short_weekday)(line.day)} " " {(words.common.day_month)(line.day)} <span class="line small soft">{half_day}</span></td>
            <th role="rowheader" scope="row" class="who">{line.name.clone()}</th>
            <td role="cell" class="nb">{line.class.clone()}</td>
            <td role="cell"><span class="pair">{cell::cell(half(0, Session::Am), half(1, Session::Pm), "", false, said(line.here))} <span class="small">{reported}</span></span></td>
            <td role="cell"><span class="pair">{(!none).then(|| cell::cell(letters(line.mis[0]), letters(line.mis[1]), "", false, mis_said))} {mis}</span></td>
            <td role="cell" class="wide">{line.to_do(words)} {until} {links}</td>
        </tr>
    }
}

/// Where the thing to do is done.
fn links(words: &'static Words, line: &Line) -> impl IntoView + use<> {
    let w = &words.reconcile;
    let for_child = (words.board.for_child)(&line.name);
    let (to, label) = match line.verdict {
        Verdict::Unexplained => (paths::enter_report_for(&line.pupil), w.links[0]),
        Verdict::ReportedButPresent | Verdict::Explained(Next::Code) => (paths::board_on(line.day), w.links[1]),
        Verdict::CodedOtherwise { .. } | Verdict::Explained(Next::KeyIn) => (paths::keying(line.day), w.links[2]),
        _ => return ().piece(),
    };
    view! { <span class="line noprint"><a class="tap" href=to>{label}<span class="vh">{for_child}</span></a></span> }
        .piece()
}
