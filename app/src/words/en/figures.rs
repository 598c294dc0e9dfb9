use super::{super::FiguresWords, plural};
use crate::{
    rules::{figures::WindowState, school_year::SchoolYear},
    words::figures::{ChildHeads, CorrectProblem},
};

fn sessions(count: u32) -> String {
    format!("{count} {}", plural(i64::from(count), "session", "sessions"))
}

pub(super) const WORDS: FiguresWords = FiguresWords {
    board_wrong: |count| format!("{count} {} wrong to a family", if count == 1 { "mark looks" } else { "marks look" }),
    title: "Figures",
    lead: |year, date| format!("School year {year}, up to and with {date}"),
    no_calendar: |date| {
        format!(
            "The calendar has no term in the school year {}: there are no figures for {date}.",
            SchoolYear::of(date)
        )
    },
    by: "Up to",
    show: "Show",
    file: "Download every child’s figures (CSV)",
    whole: "Whole school",
    years: "Year groups",
    classes: "Classes",
    year: |year| if year == 0 { "Reception".to_owned() } else { format!("Year {year}") },
    heads: [
        "Group",
        "Children",
        "Attendance",
        "Away, agreed",
        "Away, not agreed",
        "Late",
        "Below 95 %",
        "Missed 10 % or more",
        "Missed 50 % or more",
    ],
    pooled: "Each figure is of all the children’s sessions together, never a mean of percentages. A session is half a day. Marks of the school before do not count here.",
    percent: |percent| format!("{percent} %"),
    none: "no session yet",
    sessions: |attended, possible| format!("{attended} of {}", sessions(possible)),
    hidden: "hidden",
    hidden_lead: |least| {
        format!(
            "Groups of fewer than {least} children are hidden, and with them as many others as it takes that nobody can work them out. So are numbers of children that small."
        )
    },
    below: "Below 95 %",
    persistent: "Missed 10 % or more",
    severe: "Missed 50 % or more",
    lists_lead: "Early in the year a few days make a large share. A part-time timetable (C2) counts as agreed absence: look at the marks before you write to a family.",
    improved: "Most improved",
    improved_rule: |first, middle, last| {
        format!(
            "The six school weeks from {middle} to {last}, compared with the six before them, from {first}. Only children with at least 20 possible sessions in both."
        )
    },
    improved_early: "This needs twelve school weeks of this year. There are not so many yet.",
    improved_by: |tenths| format!("+{}.{} %", tenths / 10, tenths % 10),
    nobody: "Nobody.",
    children: |count| format!("{count} {}", if count == 1 { "child" } else { "children" }),
    find_title: "Children",
    waiting: "Marks that look wrong to a family",
    waiting_none: "Nothing waits.",
    waiting_since: |at| format!("written {at}"),
    child_title: "A child’s attendance",
    day_title: "A child’s day",
    class_title: "A class’s week",
    child_lead: |class, year, date| format!("{class} · school year {year}, up to {date}"),
    left: |day| format!("Left on {day}"),
    child_heads: ChildHeads {
        attendance: "In school",
        missed: "Away",
        late: "Late (L)",
        not_recorded: "Without a mark",
        window: "Ten school weeks",
    },
    window_state: |state| match state {
        WindowState::NotCompulsoryAge => "Not yet of compulsory school age: nothing counts",
        WindowState::Met => "Ten or more: the threshold is met",
        WindowState::MetIfNStands => "Ten or more only if reasons not yet known (N) turn out not to be agreed",
        WindowState::HistoryIncomplete => "Below, but the marks held begin later than these weeks",
        WindowState::Below => "Below the threshold",
    },
    window: |all, without_n, monday| {
        let known = if all == without_n { String::new() } else { format!(", {without_n} without N") };
        format!("{} not agreed since {monday}{known}", sessions(all))
    },
    how_to_read: "Each square is a day: morning above the line, afternoon below. It leads to the day’s marks.",
    reported: |who, at, why| format!("{who} told us, {at}: {why}"),
    to_day: "Marks",
    questioned: "a parent wrote",
    questioned_new: "a parent waits",
    reports: "What was reported",
    no_reports: "Nothing was reported for this day.",
    no_mark: "No mark",
    changed: |from, to, at| format!("{from} became {to}, {at}"),
    changed_by: |who, why| match why {
        Some(why) => format!("{who}: “{why}”"),
        None => who.to_owned(),
    },
    by_file: "by a file",
    correct: "Correct a mark",
    correct_lead: "The mark before stays on record, with your name, the time and your reason. The register in your MIS has to be put right as well: the next file from it counts.",
    which: "Which half of the day?",
    code: "What is right",
    choose: "Choose a code",
    reason: "Why",
    reason_hint: "What you know and from whom. Parents do not see it.",
    correct_send: "Correct the mark",
    corrected: "Corrected. The mark before is kept below.",
    problem: |problem| match problem {
        CorrectProblem::NoSession => "Choose the morning or the afternoon",
        CorrectProblem::NoCode => "Choose a code",
        CorrectProblem::OtherHalf => "This code belongs to the other half of the day",
        CorrectProblem::Same => "This mark stands there already",
        CorrectProblem::NoReason => "Say why",
        CorrectProblem::LongReason => "Use at most 500 characters",
    },
    changed_meanwhile: |now| {
        format!(
            "Somebody else has changed this mark since you opened the page. It is now: {now}. Look again, then send."
        )
    },
    errors: "Not corrected yet",
    talk: |from| format!("{from} and the school"),
    answer: "Answer",
    answer_which: "Whom do you answer?",
    asks: "Ask them to answer",
    answer_send: "Send answer",
    day_steps: ["Day before", "Day after"],
    week_steps: ["Week before", "Week after"],
    week_of: |monday| format!("Week of {monday}"),
    class_heads: ["Child", "This year"],
    class_empty: "Nobody was on roll in this class in this week.",
};
