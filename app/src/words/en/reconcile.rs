use super::{super::ReconcileWords, plural};
use crate::rules::reconcile::Next;

pub(super) const WORDS: ReconcileWords = ReconcileWords {
    title: "Reconciliation",
    lead: "What families reported, what was coded here and what the register says, side by side.",
    from: "From",
    until: "Until",
    go: "Show",
    bad_span: "Give two days of this or the last school year, the first one first, at most 60 days apart",
    lists: [
        "Absent, not explained",
        "Reported away, marked as in school",
        "Coded here, otherwise in the MIS",
        "Explained",
    ],
    leads: [
        "Nobody has said why. N may stand for five school days; then it becomes O.",
        "Either the child came after all, or the mark is wrong and the child is not where everybody thinks. Look first.",
        "The MIS is the register. Key the code in there, or change it here.",
        "Absent, and it is known why.",
    ],
    none: "Nothing here.",
    heads: ["Day", "Child", "Class", "Here", "MIS", "What to do"],
    n_until: |day, left| match left {
        0 => format!("N runs out today, {day}"),
        left => format!("N runs out on {day}, {left} school {} left", plural(left, "day", "days")),
    },
    n_past: |day| format!("N ran out on {day}"),
    n_unknown: "N stands for five school days; the calendar ends before that",
    reported: |who, time| format!("{who}, {time}"),
    unreported: "nothing reported",
    no_mark: "no mark yet",
    ask: "Ring or ask the family, and enter what they say.",
    make_o: "Make it O in the MIS, or the code that fits if the reason is known now.",
    look: "Look whether the child is in. If yes, code / here or ask the family to withdraw; if not, ring now and put the mark right.",
    differ: |here, mis| format!("Key {here} into the MIS in place of {mis}, or change the code here."),
    next: |next| match next {
        Next::Nothing => "Nothing to do.",
        Next::Code => "Code it here, then key it into the MIS.",
        Next::KeyIn => "Key the code into the MIS.",
    },
    key_leave: "Leave was agreed. Key its code into the MIS.",
    refused_leave: |code| {
        format!(
            "Leave was asked for and not agreed. Ring the family as for any absence; if this was it, {code} is proposed."
        )
    },
    links: ["Enter a report", "Open the board", "List for the MIS"],
    file: "Download as CSV",
    waiting: |count| {
        format!(
            "{count} {} no register yet. Nobody is called absent there.",
            plural(i64::try_from(count).unwrap_or(2), "child's session has", "children's sessions have")
        )
    },
    settled: |count| {
        format!("{count} more {} nothing to do", plural(i64::try_from(count).unwrap_or(2), "line has", "lines have"))
    },
    board: |count| format!("{count} {}", plural(i64::try_from(count).unwrap_or(2), "difference", "differences")),
    board_n: |count, day| format!("{count} × N not explained, the first until {day}"),
    file_heads: [
        "List",
        "Date",
        "Session",
        "UPN",
        "Admission number",
        "Surname",
        "Forename",
        "Class",
        "Reported by",
        "Code here",
        "MIS mark",
        "N until",
        "School days left",
        "What to do",
    ],
};
