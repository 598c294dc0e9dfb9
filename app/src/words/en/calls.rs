use super::{super::CallWords, nth, plural};
use crate::rules::{calls::Outcome, reconcile::Why};

fn n(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(2)
}

pub(super) const WORDS: CallWords = CallWords {
    title: "Call list",
    lead: "Children who are absent in a register that is in, and of whom nobody has said anything. The longest without a word first.",
    before_close: |time| format!("The register closes at {time}. Until then word may still come: ring after that."),
    not_in: |count| {
        format!(
            "{count} {} not in yet. More children may have to be added.",
            plural(n(count), "register is", "registers are")
        )
    },
    unlisted: |count| {
        format!(
            "{count} {} on no list, though the class is in. Look where they are.",
            plural(n(count), "child stands", "children stand")
        )
    },
    to_ring: "To ring now",
    nobody: "There is nobody to ring.",
    spoken: "Spoken to",
    spoken_lead: "Enter what they said as a report. Then the child leaves this list, and the family gets a receipt.",
    off: "Off the list",
    off_lead: "Absent in the register when it came in, and explained since.",
    why: |why, time| match why {
        Why::NoWord => "no word".to_owned(),
        Why::NotConfirmed => "expected away, but nobody has confirmed it today".to_owned(),
        Why::NotArrived(_) => format!("said to come at {time}, and not here"),
    },
    days: |count| format!("{} school day without a word", nth(count)),
    no_contact: "Nobody on record here may be rung. Look in the MIS, and tell the safeguarding lead.",
    no_number: "no number here: look in the MIS",
    contact: |name, relationship| {
        if relationship.is_empty() { name.to_owned() } else { format!("{name}, {relationship}") }
    },
    ring: |name| format!("Ring {name} on "),
    outcome: |outcome| match outcome {
        Outcome::Ringing => "ringing",
        Outcome::NoAnswer => "no answer",
        Outcome::LeftMessage => "left a message",
        Outcome::Reached => "spoke to them",
    },
    button: |outcome| match outcome {
        Outcome::Ringing => "I am ringing",
        Outcome::NoAnswer => "No answer",
        Outcome::LeftMessage => "Left a message",
        Outcome::Reached => "Spoke to them",
    },
    ringing: |who, time| format!("{who} is ringing, since {time}"),
    line: |outcome, whom, time, by| match whom {
        Some(whom) => format!("{time} {by}: {outcome} ({whom})"),
        None => format!("{time} {by}: {outcome}"),
    },
    note: "What came of it?",
    whom: "Whom did you ring?",
    somebody: "Somebody else",
    said: "What they said",
    enter: "Enter a report",
    about: |name| format!(" about {name}"),
    hidden: "words hidden",
    reported: |who, time| format!("reported by {who}, {time}"),
    arrived: "in school after all",
    coded: "coded",
    refused: |who, time| {
        format!("{who} is ringing about this child, since {time}. Nothing was written: look again in a few minutes.")
    },
    differs: "This was noted before with another outcome. It was NOT noted again: look at the calls below and choose once more.",
    long: "What they said: use at most 300 characters",
    no_outcome: "Choose what came of the call",
    both: "A colleague rang too",
    other_day: "Calls are noted on their own day.",
    board: |count| format!("{count} {} without a word", plural(n(count), "child", "children")),
};
