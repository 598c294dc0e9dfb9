use chrono::NaiveDate;

use super::{
    super::LeaveStaffWords,
    common::WORDS as COMMON,
    leave::{WORDS as LEAVE, sessions},
    plural,
};
use crate::rules::leave::{DecideProblem, NoteKind, NoteProblem, Recommends, State};

fn state(state: State) -> &'static str {
    match state {
        State::Sent => "New",
        State::Considered => "Being considered",
        State::MoreWanted => "Family asked",
        State::Granted => "Agreed",
        State::GrantedInPart => "Agreed in part",
        State::Refused => "Not agreed",
        State::Withdrawn => "Taken back by the family",
        State::Replaced => "Changed by a later form",
    }
}

fn counted(number: i64, one: &'static str, many: &'static str) -> String {
    format!("{number} {}", plural(number, one, many))
}

fn day_month(date: NaiveDate) -> String {
    (COMMON.day_month)(date)
}

fn of_child(said: &str, child: Option<&str>) -> String {
    child.map_or_else(|| said.to_owned(), |child| format!("{child}: {said}"))
}

pub(super) const WORDS: LeaveStaffWords = LeaveStaffWords {
    title: "Leave",
    one_title: "A request for leave",
    open: |count| format!("To decide ({count})"),
    none_open: "No request waits for a decision.",
    lately: "Decided, changed or taken back lately",
    none_lately: "Nothing in the last 30 days.",
    in_state: |of, count| format!("{} ({count})", state(of)),
    none_in_state: "There is no request in this state.",
    filter: "Show",
    all: "To decide, and lately decided",
    heads: ["Child", "Days", "What for", "Where it stands"],
    state,
    since: |when| format!("since {when}"),
    notice: |days| match days {
        ..=0 => "No notice".to_owned(),
        days => format!("{} notice", counted(days, "day’s", "days’")),
    },
    begins: |days| match days {
        0 => "begins today".to_owned(),
        1 => "begins tomorrow".to_owned(),
        days => format!("begins in {days} days"),
    },
    overdue: "has begun",
    late: "not in advance",
    late_means: "This form came after the absence had begun. Code C cannot be given; the other codes can. Reason and record still matter.",
    signed: |signed, asked| format!("{signed} of {} signed", counted(asked, "other parent", "other parents")),
    recommends: |one| match one {
        Recommends::Grant => "recommended: agree",
        Recommends::Part => "recommended: agree in part",
        Recommends::Refuse => "recommended: do not agree",
    },
    unread: "answer to read",
    by: |name| format!("by {name}"),
    sessions: |sessions, days| {
        format!("{} on {}", counted(sessions, "session", "sessions"), counted(days, "day", "days"))
    },
    no_kind: "Not said",
    back: "All requests",
    applicant: "Applicant",
    to_decision: "Go to the decision",
    replaced: "The family sent a changed form. This one no longer counts.",
    see_new: "See the form that counts",
    on_paper: |name| format!("On paper, typed in by {name}"),
    request: "What the family asks for",
    signers: "Other parents",
    no_signers: "Nobody else was asked to sign.",
    evidence: "Letters and photos",
    no_evidence: "Nothing was added.",
    child_heads: [
        "Attendance this school year",
        "Attendance last school year",
        "Unauthorised, ten school weeks",
        "If this were refused",
        "Earlier requests",
        "Brothers and sisters, same days",
        "Tests in these weeks",
        "What has happened",
    ],
    no_marks: "No marks are held.",
    window_now: |number| format!("{} now", sessions_of(number)),
    highest: |number, first, last| {
        format!(
            "{} at most, in the ten school weeks from {} to the week of {}",
            sessions_of(number),
            day_month(first),
            day_month(last)
        )
    },
    unknown: |number| format!("{number} of them with a reason not known yet"),
    threshold: "The school must think about a penalty notice at 10.",
    incomplete: "Marks are missing in these weeks: the count may be too low.",
    young: |counting, asked| {
        format!("Not of compulsory school age throughout: {counting} of {} count.", sessions(asked))
    },
    nothing_counts: "Nothing would count: outside the school’s calendar.",
    none: "None",
    beside: |(asked, granted), first, last, of, when| {
        let days = if first.date == last.date {
            (COMMON.full_date)(first.date)
        } else {
            format!("{} to {}", day_month(first.date), (COMMON.full_date)(last.date))
        };
        let sessions = match of {
            State::Granted | State::GrantedInPart => format!("{granted} of {}", counted(asked, "session", "sessions")),
            _ => counted(asked, "session", "sessions"),
        };
        format!("{days}, {sessions}: {}, {when}", state(of).to_lowercase())
    },
    test: |name, first, last| {
        if first == last {
            format!("{name}, {}", day_month(first))
        } else {
            format!("{name}, {} to {}", day_month(first), day_month(last))
        }
    },
    test_unconfirmed: "days not confirmed by the school",
    to_child: |name| format!("{name}’s attendance"),
    decision: "Decision",
    earlier_decision: |number| format!("Decision {number}, no longer counts"),
    decided_by: |name, designate, when| {
        if designate { format!("{name}, for the headteacher, {when}") } else { format!("{name}, headteacher, {when}") }
    },
    somebody: "Somebody",
    agreed: |granted, asked| format!("{granted} of {} agreed", sessions(asked)),
    table_heads: ["Day", "Morning", "Afternoon"],
    session_yes: "agreed",
    session_no: "not agreed",
    session_none: "no school",
    differ: |all| format!("Children of one family have different answers for these days. {all}"),
    differ_one: |name, of| format!("{name}: {}.", state(of).to_lowercase()),
    notes: "Notes",
    no_notes: "Nothing has been noted yet.",
    kind: |kind| match kind {
        NoteKind::Check => "Complete",
        NoteKind::Recommendation => "Recommendation",
        NoteKind::Talk => "Talk with another school or the council",
        NoteKind::Note => "Note",
    },
    noted: |name, when| format!("{name}, {when}"),
    check: "Is it complete?",
    check_hint: "The family sees that the school is looking at it. If something is missing, ask them instead.",
    check_go: "Complete: being considered",
    add_note: "Add a note",
    which_note: "What is it?",
    which: "What do you recommend?",
    note_label: "Your words",
    note_go: "Keep this note",
    note_who: "Only staff who work on leave read notes. A family can ask for a copy of what is held about it.",
    note_problem: |problem| match problem {
        NoteProblem::NothingChosen => "Choose what you recommend".to_owned(),
        NoteProblem::Empty => "Write something first".to_owned(),
        NoteProblem::TooLong(most) => format!("Use at most {most} characters"),
    },
    note_refused: "This changed a moment ago, and nothing was noted. See below how it stands now.",
    messages: "Messages with the family",
    only: |name| {
        format!(
            "Only {name} sees this, no other parent. They hear by e-mail that a message is waiting, not what it says."
        )
    },
    ask: "Ask or tell the family something",
    ask_go: "Ask the family",
    tell_go: "Send, no answer needed",
    decide: "Decide",
    decide_again: "Change the decision",
    decide_lead: "A later decision takes the place of this one. Both are kept.",
    answer: "Your decision",
    answer_for: |name| format!("Your decision for {name}"),
    answers: ["Agree to all of it", "Agree to part of it", "Do not agree"],
    together: |names| format!("One answer for {names}."),
    apart: "Decide for each child apart",
    apart_hint: "A child without an answer stays as it is.",
    tick_sessions: "Tick the sessions you agree to",
    code: "Code where you agree",
    refused_code: "Code proposed where you do not",
    choose: "Choose a code",
    as_above: "as above",
    code_for: |at| format!("Code for {}", (LEAVE.session)(at)),
    reasons: "Reasons",
    reasons_hint: "The family reads them as they stand here.",
    words: "In your own words",
    words_hint: "The family reads this, and so does a parent who signed as well. Do not say where the child will be.",
    proof: "Code from your authenticator app",
    proof_hint: "A decision binds the school, so it asks for a fresh code. It is good for 15 minutes.",
    decide_go: "Record this decision",
    decide_next: "The family hears by e-mail that a decision waits, not what it is.",
    decide_problem: |problem, child| match problem {
        DecideProblem::NoAnswer(_) => of_child("Choose whether you agree", child),
        DecideProblem::NothingAgreed(_) => of_child("Tick the sessions you agree to, or choose “Do not agree”", child),
        DecideProblem::NoCode(_) => of_child("Choose a code", child),
        DecideProblem::NotInAdvance(_) => {
            of_child("This form was not in advance, so code C cannot be given. Choose another", child)
        }
        DecideProblem::Reason(label) => format!("This reason does not go with your decision: {label}"),
        DecideProblem::NoReason => "Choose a reason, or give one in your own words".to_owned(),
        DecideProblem::TooLong(most) => format!("Use at most {most} characters"),
    },
    stale: "Somebody has decided this request meanwhile. Nothing of yours was recorded; what you typed is still here. See the decision that counts, then record yours if it is still needed.",
    gone: "The family has taken this request back or changed it meanwhile. Nothing was recorded.",
    sibling: |name, class, outcome| {
        let said = state(outcome.state()).to_lowercase();
        format!("{name}, {class}, has another answer for these days: {said}.")
    },
};

fn sessions_of(number: u32) -> String {
    counted(i64::from(number), "session", "sessions")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::leave::Outcome;

    #[test]
    fn notice_and_beginning_read_naturally() {
        assert_eq!((WORDS.notice)(-3), "No notice");
        assert_eq!((WORDS.notice)(1), "1 day’s notice");
        assert_eq!((WORDS.notice)(21), "21 days’ notice");
        assert_eq!((WORDS.begins)(1), "begins tomorrow");
        let said = (WORDS.sibling)("Sam", "1 Oak", Outcome::Refused);
        assert_eq!(said, "Sam, 1 Oak, has another answer for these days: not agreed.");
    }
}
