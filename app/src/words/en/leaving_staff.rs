use super::{super::LeavingStaffWords, common::WORDS as COMMON, plural};
use crate::rules::leaving::{CityForm, DueBecause, EntryProblem, Task, Why};

fn counted(number: usize, one: &'static str, many: &'static str) -> String {
    format!("{number} {}", plural(i64::try_from(number).unwrap_or(i64::MAX), one, many))
}

pub(super) const WORDS: LeavingStaffWords = LeavingStaffWords {
    title: "Leavers",
    one_title: "Notice of leaving",
    back: "Leavers",
    lead: "A family’s notice is evidence. It is no ground to take a child off the roll, and nothing here does so: that comes from the MIS with the roster.",
    meetings: |count| format!("Meetings about home education ({count})"),
    wrote: |count| format!("Written about a notice that was taken back or replaced ({count})"),
    open: |count| format!("Open ({count})"),
    none_open: "Nobody has told the school that a child leaves.",
    finished: "Everything done",
    none_finished: "None yet.",
    heads: ["Child", "Last day", "Where to", "Still to do"],
    in_days: |days| match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", -days),
    },
    by: |name| format!("sent by {name}"),
    unread: "New message",
    overdue: "Overdue",
    still: |count| counted(count, "line open", "lines open"),
    all_done: "All done",
    return_file: "What the return to the council needs (CSV)",
    return_hint: "Names, addresses and telephone numbers of every open notice and of those finished in the last 30 days. Each download is noted. It asks for a fresh code.",
    return_heads: (
        ["child", "upn", "born", "class", "last_day", "off_roll", "ground"],
        ["future_address", "future_address_from", "future_school", "future_school_address", "future_school_from"],
    ),
    return_parent: |place| ["", "_address", "_phone"].map(|what| format!("parent_{place}{what}")),
    by_phone: "kept secret: told by telephone",
    sender: "Sent by",
    secret: "The new address must be kept secret, and the portal keeps nothing of it. Ring the parent; write it nowhere here. Nobody else of the family knows of this notice.",
    no_longer: "The family took this back or sent another in its place.",
    see_new: "See the one that counts",
    after: "It came after the last day.",
    passed: "The last day has passed, and not everything is done.",
    others: "Another notice for this child:",
    council: "What the council gets",
    form: |form| match form {
        Some(CityForm::One) => "Leaving City Form, scenario 1: leaving the United Kingdom",
        Some(CityForm::Two) => "Leaving City Form, scenario 2: moving within the United Kingdom, confirmed",
        Some(CityForm::Three) => "Leaving City Form, scenario 3: moving within the United Kingdom, not confirmed",
        None => "No Leaving City Form",
    },
    missing: "and a report of a child missing education",
    why: |why| match why {
        Why::StaysHere => {
            "The child stays in the city. The name stays on the roll until there is a ground, in most cases the new school’s registration."
        }
        Why::AbroadWithAddress => {
            "The family leaves the country and the address there is known. With the form the child is not reported as missing."
        }
        Why::AbroadWithoutAddress => {
            "The family leaves the country and no address there is known: until it is, nobody can say where the child will be."
        }
        Why::Confirmed => {
            "The new school or council has confirmed it. The name may come off once the child has started there, or lives beyond a reasonable distance (with care near the border)."
        }
        Why::NotConfirmed => {
            "Only the family has said so. Ask the new school or council; once they confirm it, note it below and this becomes scenario 2."
        }
        Why::Unknown => "Neither an address nor a school is known.",
    },
    form_where: "The forms are on the council’s own website. Note below when each was sent.",
    lines: |name| format!("To do for {name}"),
    task: |task| match task {
        Task::NewSchool => "New school or council has confirmed the place",
        Task::CityForm => "Leaving City Form sent",
        Task::Missing => "Reported as missing education (CME)",
        Task::Ground => "Ground to take the name off the roll",
        Task::Return => "Deletion return sent to the council",
        Task::File => "Common transfer file sent",
        Task::OffRoll => "Off the roll in the MIS",
    },
    task_hint: |task| match task {
        Task::NewSchool => {
            "Their own word to the school, by telephone, letter or e-mail: what the family says is not enough."
        }
        Task::CityForm => "On the council’s website.",
        Task::Missing => "Where nobody has confirmed where the child goes to school.",
        Task::Ground => "One of regulation 9(1). The notice itself is none.",
        Task::Return => "As soon as a ground is met, and no later than the name comes off.",
        Task::File => "From the MIS, to the new school; where none is known, to the lost pupil database.",
        Task::OffRoll => "Set by the roster alone.",
    },
    done_on: |day| format!("done {}", (COMMON.full_date)(day)),
    to_do: "To do",
    not_needed: "Not needed",
    due: |due| {
        let by = (COMMON.full_date)(due.by);
        match due.because {
            DueBecause::LastDay => format!("by the last day, {by}"),
            DueBecause::Ground => format!("due since {by}, when a ground was met or the name came off"),
            DueBecause::SchoolDays(days) => format!("by {by}: {days} school days after the last one"),
        }
    },
    roster_waits: "The roster has no leaving date yet.",
    note_line: "Note it",
    day: "Done on",
    ground: "Ground",
    note: "Note: who said so, and how",
    note_go: "Note as done",
    undo: "Not done after all",
    noted: |day, by, at| match day {
        Some(day) => format!("Done {}: {by}, {at}", (COMMON.full_date)(day)),
        None => format!("Not done after all: {by}, {at}"),
    },
    somebody: "somebody",
    problem: |problem| match problem {
        EntryProblem::Task => "Choose a line of the list",
        EntryProblem::Day => "Give the day, with day, month and year",
        EntryProblem::Ahead => "The day must not lie ahead",
        EntryProblem::Ground => "Choose a ground",
        EntryProblem::Note => "Use at most 1000 characters for the note",
    },
    refused: "Nothing was kept: the notice was changed or taken back meanwhile, or this was noted already. See below how it stands.",
    unsaved: "What you typed",
    request: "What the family said",
    evidence: "Letters and photos",
    no_evidence: "None yet.",
    messages: "Messages with the family",
    ask: "Write to the family",
    only: |name| format!("Only {name} reads it, and hears by e-mail that a message is waiting."),
    ask_go: "Send and wait for an answer",
    tell_go: "Send, no answer needed",
    return_of: |name| format!("For the return: {name}"),
    return_facts: ["UPN", "Born", "Lives with", "Telephone", "Address"],
    nothing: "not on record",
    morning: |count| format!("{} left, and not everything is done", counted(count, "child has", "children have")),
    pdf: "As a PDF file",
};
