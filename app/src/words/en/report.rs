use super::super::{ReportTrouble, ReportWords};
use crate::rules::absence::{Field, Kind, LastSick, Part, Problem};

pub(super) const WORDS: ReportWords = ReportWords {
    title: "Report an absence",
    heading: "Not coming in",
    heading_when: "Away, late or leaving early",
    change_heading: "Change your report",
    closes_in: |now, span| format!("{now} · register closes in {span}"),
    closed: |now| format!("{now} · the register has closed, we still take your report"),
    no_school: "No school today",
    who: "Who?",
    when: "When?",
    change: "Change",
    which_day: "Which day",
    which_part: "Which part of the day",
    today: "Today",
    tomorrow: "Tomorrow",
    part: |part| match part {
        Part::All => "All day",
        Part::Am => "Morning",
        Part::Pm => "Afternoon",
    },
    said_part: |part| match part {
        Part::All => ", all day",
        Part::Am => ", morning only",
        Part::Pm => ", afternoon only",
    },
    other_day: "Another day, or several",
    said_other: "Another day",
    first: "First day",
    until: "Last day, if more than one",
    kind: |kind| match kind {
        Kind::Away => "Not coming in",
        Kind::Late => "Coming in late",
        Kind::Leaving => "Leaving early",
    },
    said_kind: |kind| match kind {
        Kind::Away => "",
        Kind::Late => ", coming in late",
        Kind::Leaving => ", leaving early",
    },
    arrives: "Comes in at",
    more_reasons: "More reasons",
    show: "Show",
    illness: "Do you know what it is?",
    illness_unknown: "Not sure, or not in this list",
    sent_home: "School sent them home",
    why: "Why?",
    last: "When were they last sick?",
    last_answer: |answer| match answer {
        LastSick::Morning => "This morning",
        LastSick::Night => "In the night",
        LastSick::Yesterday => "Yesterday",
        LastSick::Still => "It has not stopped",
    },
    since: "When did it start?",
    leaves: "Leaves at",
    returns: "Back at",
    which: "Which festival?",
    which_event: "What is it, and where?",
    other: "What is the reason?",
    ring: "The office will ring you this morning on the number it holds.",
    note: "Add a note",
    write: "Write",
    note_label: "Anything the office should know today",
    send: "Send absence report",
    school_decides: "The school decides how each absence is recorded.",
    back: "Go back without sending",
    good_to_know: "Good to know",
    tip_different: ("Different reasons?", "Send one report for each child."),
    tip_late: (|time| format!("After {time}?"), "Send it anyway. We mark the time, and the office may ring you first."),
    tip_danger: ("Is your child in danger?", "Ring 999 now."),
    already: |time| format!("You already sent this at {time}"),
    already_lead: "The school has your first report. The answers below are different. Do you want to send them instead?",
    already_receipt: "See what you sent",
    send_change: "Send these answers instead",
    cannot_change_title: "This can no longer be changed here",
    cannot_change: |phone| {
        format!("The school has recorded it. Nothing was changed. If something is wrong, ring the office on {phone}.")
    },
    no_days: |phone| {
        format!("The school’s calendar ends here, so this form cannot offer a day. Please ring the office on {phone}.")
    },
    trouble: TROUBLE,
};

/// Apart, so that a browser downloads no more than its island says.
pub(super) const TROUBLE: ReportTrouble = ReportTrouble {
    errors: |count| match count {
        1 => "Not sent yet. One thing to put right".to_owned(),
        2 => "Not sent yet. Two things to put right".to_owned(),
        3 => "Not sent yet. Three things to put right".to_owned(),
        count => format!("Not sent yet. {count} things to put right"),
    },
    problem: |field, problem| match (field, problem) {
        (_, Problem::NobodyChosen) => "Choose who is not coming in".to_owned(),
        (_, Problem::UnknownChild) => "Choose from the children shown".to_owned(),
        (_, Problem::DayNotOffered) => "Choose one of the days shown".to_owned(),
        (_, Problem::PartClosed) => "The school is closed in that part of the day. Choose another".to_owned(),
        (_, Problem::NoReason) => "Choose a reason".to_owned(),
        (_, Problem::NoDate) => "Give the day".to_owned(),
        (Field::First | Field::Until, Problem::NotADate) => "Give a date, like 24 11 2026".to_owned(),
        (Field::Day, Problem::Closed) => {
            "There is no school that day for a child you chose. Check the day and the children".to_owned()
        }
        (_, Problem::Closed) => "The school is closed then. Check the date".to_owned(),
        (_, Problem::TooLongAgo) => "That is more than six weeks ago. Please ring the office".to_owned(),
        (_, Problem::TooFarAhead) => "That is too far ahead. Tell us nearer the time, or ring the office".to_owned(),
        (_, Problem::NotYet) => {
            "For this reason, tell us on the day. For an appointment or a festival you can tell us now".to_owned()
        }
        (_, Problem::EndsBeforeStart) => "The last day comes before the first. Check both dates".to_owned(),
        (_, Problem::TooManyDays(most)) => {
            format!("You can report {most} school days at once. For longer, please ring the office")
        }
        (_, Problem::OneDayOnly) => {
            "Coming late and leaving early are for one day. Leave the last day empty".to_owned()
        }
        (Field::Arrives, Problem::NoTime) => "Give the time they come in, like 9:30".to_owned(),
        (_, Problem::NoTime) => "Give the time they leave, like 10:15".to_owned(),
        (_, Problem::OutsideSchool) => "Give a time in the school day".to_owned(),
        (_, Problem::NotADate) => "Give the day it started, or leave it empty".to_owned(),
        (_, Problem::InTheFuture) => "The start cannot lie in the future".to_owned(),
        (Field::Arrives, Problem::NotATime) => "Give the time they come in, like 9:30".to_owned(),
        (Field::Goes, Problem::NotATime) => "Give the time they leave, like 10:15".to_owned(),
        (Field::Returns | Field::Back, Problem::NotATime) => {
            "Give the time they are back, like 11:30, or leave it empty".to_owned()
        }
        (_, Problem::NotATime) => "Give the time they leave, like 10:15, or leave it empty".to_owned(),
        (_, Problem::BackBeforeLeaving) => "They cannot be back before they leave. Check both times".to_owned(),
        (_, Problem::NotAChoice) => "Choose one of the answers shown".to_owned(),
        (_, Problem::TooLong(most)) => format!("Shorten this to {most} characters"),
    },
    sending: "Sending…",
    not_sent: |phone| {
        format!(
            "Not sent: there is no connection to the school. Your answers are still here. Try again, or ring {phone}."
        )
    },
};
