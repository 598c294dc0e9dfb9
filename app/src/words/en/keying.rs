use super::super::KeyingWords;

pub(super) const WORDS: KeyingWords = KeyingWords {
    title: "List for the MIS",
    lead: "Every code given here today. Key each line into your MIS and tick it off, or take the list along as a file.",
    left: |left, total| match left {
        0 => format!("all {total} keyed in"),
        left => format!("{left} of {total} to key in"),
    },
    nothing: "Nothing is coded on this day yet.",
    heads: ["Class", "Child", "Codes", "Meaning", "Keyed in", "By"],
    tick: "done",
    keyed: |by, at| format!("{by}, {at}"),
    changed: "code changed since",
    save: "Save ticks",
    file: "Download as CSV",
    back: "Back to the board",
};
