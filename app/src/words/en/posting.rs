use super::super::PostingWords;
use crate::rules::letter::{Fault, LONGEST};

pub(super) const WORDS: PostingWords = PostingWords {
    title: "Letters",
    lead: "One letter to each parent who asked or signed, addressed from the record, ready for a window envelope. Opening one notes that it was printed. Then open this page again, and tick what has gone to the post.",
    waiting: "To print and post",
    none: "No letter waits.",
    posted: "Posted",
    about: |to, child| format!("to {to} about {child}"),
    made: |when| format!("made {when}"),
    printed_at: |when, who| format!("Printed {when}, {who}."),
    not_printed: "Not printed yet.",
    posted_at: |when, who| format!("Posted {when}, {who}."),
    old: "no longer counts",
    stopped: "do not send: see who may read about this child",
    no_address: "no postal address held",
    print: "Print (PDF)",
    tick: "Posted",
    posted_go: "Note the ticked ones as posted",
    wording: "The words of the letters",
    wording_lead: "A blank line ends a paragraph. A line that begins with # is a heading, one that begins with - is a point of a list. Letters that are made already stay as they are.",
    placeholders: "These are filled in:",
    text: "The letter",
    keep: "Save these words",
    try_out: "Show as a letter",
    fault: |fault| match fault {
        Fault::Unknown(name) => format!("{{{name}}} is not one of the names that are filled in"),
        Fault::Brace(line) => format!("In line {line} a brace opens or closes nothing"),
        Fault::Empty => "Write something first".to_owned(),
        Fault::TooLong => format!("Use at most {LONGEST} characters"),
    },
    changed: "Somebody else has changed these words since you opened this page. Nothing was saved, and what you typed is below. Look at theirs in another window before you save again.",
};
