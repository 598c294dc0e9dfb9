use chrono::NaiveDate;

use super::{super::CalendarWords, common, plural};
use crate::rules::{
    absence::Part,
    calendar::{
        ClosedKind, Session,
        edit::{Caution, Field, Problem, TRAINING_DAYS},
    },
    school_year::SchoolYear,
};

fn date(day: NaiveDate) -> String {
    (common::WORDS.full_date)(day)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn of(n: usize, one: &'static str, many: &'static str) -> String {
    format!("{n} {}", plural(count(n), one, many))
}

fn problem(field: Field, problem: &Problem) -> String {
    match (field, problem) {
        (_, Problem::NoName) => "Give the term a name, like Autumn 1".into(),
        (Field::Last, Problem::NoDate) => "Give the last day".into(),
        (_, Problem::NoDate) => "Give the first day".into(),
        (_, Problem::NotADate) => "Give a date, like 4 1 2027".into(),
        (_, Problem::EndsBeforeStart) => "The last day comes before the first. Check both dates".into(),
        (_, Problem::TooManyDays(most)) => format!("That is more than {most} days. Check both dates"),
        (_, Problem::Overlaps(other)) => format!("This shares days with {other}. Two terms cannot share a day"),
        (_, Problem::NoSchoolDays(name)) => {
            format!("Then {name} would have no school day left. Leave one open, or remove the term")
        }
        (_, Problem::OutsideTerm(day)) => {
            format!("{} lies outside the terms, so the school is closed already. Check the date", date(*day))
        }
        (_, Problem::Weekend) => "That is a weekend, so the school is closed already. Check the date".into(),
        (_, Problem::ClosedTwice(day, session)) => {
            let half = if *session == Session::Am { "morning" } else { "afternoon" };
            format!("The {half} of {} is closed already. Change that entry instead", date(*day))
        }
        (Field::Kind, Problem::NotAChoice) => "Choose why it is closed".into(),
        (Field::Part, Problem::NotAChoice) => "Choose all day, the morning or the afternoon".into(),
        (_, Problem::NotAChoice) => "Choose from the year groups shown".into(),
        (_, Problem::TooLong(most)) => format!("Use at most {most} characters"),
        (_, Problem::Gone) => "This entry is no longer in the calendar. Go back and look".into(),
        (_, Problem::LastTerm) => "A calendar needs at least one term. Add another before you remove this one".into(),
    }
}

pub(super) const WORDS: CalendarWords = CalendarWords {
    nav: "Calendar",
    title: "School calendar",
    heading: |year| format!("School calendar {year}"),
    lead: "Terms, training days and closed days. What families may report, when a child may come back and how long a mark may stay open all follow from it.",
    sums: |days, sessions, training| {
        format!(
            "{} ({}), {}",
            of(days, "school day", "school days"),
            of(sessions, "session", "sessions"),
            of(training, "training day", "training days")
        )
    },
    other_year: |year| format!("School year {year}"),
    empty: |year| format!("No term of {year} is entered yet."),
    key: "What the letters mean",
    open: "School is open",
    some_years: "At home: some year groups only",
    unconfirmed: "Not confirmed",
    confirmed: "confirmed",
    terms: "Terms",
    days: "Closed days in term",
    no_days: "No day of this year is closed.",
    add_term: "Add a term",
    add_day: "Close a day",
    change: "Change",
    school_days: |n| of(n, "school day", "school days"),
    kind: |kind| match kind {
        ClosedKind::Inset => "Training day",
        ClosedKind::BankHoliday => "Bank holiday",
        ClosedKind::Holiday => "Holiday",
        ClosedKind::UnplannedClosure => "Closed without warning",
    },
    letter: |kind| match kind {
        ClosedKind::Inset => "T",
        ClosedKind::BankHoliday => "BH",
        ClosedKind::Holiday => "H",
        ClosedKind::UnplannedClosure => "X",
    },
    years_letter: "Y",
    part: |part| match part {
        Part::All => "All day",
        Part::Am => "Morning",
        Part::Pm => "Afternoon",
    },
    year_group: |year| match year {
        i64::MIN..=-1 => "Nursery".to_owned(),
        0 => "Reception".to_owned(),
        year => format!("Year {year}"),
    },
    span: |first, last| format!("{first} to {last}"),
    caution: |caution| match caution {
        Caution::RunsOut(day) => {
            format!("The calendar ends on {}. Add the next terms, or families cannot report days after it.", date(day))
        }
        Caution::OutsideTerm(day) => {
            format!("The training day on {} lies outside the terms. Check it.", date(day))
        }
        Caution::TrainingDays(year, days) => {
            format!("{} has {days} training days. There are {TRAINING_DAYS} in a year. Check them.", SchoolYear(year))
        }
    },
    on_closed: "Reports on days that are closed",
    on_closed_lead: "Families reported these days before they were closed. Nobody has to code them as absence. If the day was closed without warning, the register says so with a Y code.",
    on_closed_day: |day, n| format!("{day}: {}", of(n, "report", "reports")),
    read_only: "The attendance officer and the headteacher can change the calendar.",
    entry_titles: ["Add a term", "Change a term", "Close a day", "Change a closed day"],
    back: "School calendar",
    name: "Name",
    name_hint: "As the school calls it, like Autumn 1",
    first: "First day",
    last: "Last day",
    term_hint: "Training days count as days of the term.",
    last_hint: "Leave it empty for one day.",
    why: "Why?",
    when: "Which part of the day?",
    who: "Only for some year groups?",
    who_hint: "Tick nothing if it is the whole school.",
    confirm: "The school stands by it",
    confirm_hint: "Until this is ticked, families see no date that hangs on it.",
    note: "Note",
    note_hint: "For staff, like “no heating”. No names of children.",
    look: "Show what changes",
    remove: "Remove it",
    errors: "The calendar is not changed yet",
    problem,
    changed_meanwhile: "Somebody else has changed the calendar meanwhile. Your change is not kept. Look at the calendar, and then at your entry again.",
    would_title: "What would change",
    would_lead: "Nothing has changed yet.",
    save: "Change the calendar",
    again: "Change the entry",
    closes: |n, days| format!("{} closed: {days}", of(n, "session is", "sessions are")),
    opens: |n, days| format!("{} open: {days}", of(n, "session is", "sessions are")),
    for_years: |years| format!("For {years} alone:"),
    words_only: "No session opens or closes. Only what the calendar says about it changes.",
    reports: |n| {
        let stand = plural(n, "report stands", "reports stand");
        format!("{n} {stand} on days that are closed then. They stay, and the families read that there is no school.")
    },
    marks: |n| {
        let lie = plural(n, "mark lies", "marks lie");
        format!(
            "{n} {lie} in sessions that are closed then. They stay, for the MIS is the register: put them right there."
        )
    },
    deadlines: |n| {
        let marks = plural(n, "mark", "marks");
        format!("{n} {marks} “reason not yet known” may stand until another day.")
    },
    returns: |n| {
        let reports = plural(n, "report of an illness has", "reports of an illness have");
        format!("{n} {reports} another first day back. The receipts show it at once.")
    },
    nothing_stands: "No report, mark or date hangs on it.",
    done: "The calendar is changed",
    undone: "The last change is taken back",
    undo: "Take the last change back",
    changes: "What was changed",
    change_line: |name, when| match name {
        Some(name) => format!("{name}, {when}"),
        None => when.to_owned(),
    },
    from_settings: "Nobody has changed the calendar yet. It is the one the school was set up with.",
    days_span: |days, first, last| match last {
        None => first.to_owned(),
        Some(last) => format!("{}, {first} to {last}", of(days, "day", "days")),
    },
    day_said: |day, said| format!("{}: {said}", (common::WORDS.day_month)(day)),
};
