use super::{super::MorningWords, plural};
use crate::rules::{calendar::Session, reconcile::Word};

fn count(n: usize, one: &'static str, many: &'static str) -> String {
    format!("{n} {}", plural(i64::try_from(n).unwrap_or(2), one, many))
}

fn counts(absent: usize, late: usize) -> String {
    match (absent, late) {
        (0, 0) => "nobody absent".to_owned(),
        (absent, 0) => format!("{absent} absent"),
        (absent, late) => format!("{absent} absent, {late} late"),
    }
}

pub(super) const WORDS: MorningWords = MorningWords {
    nav: "This morning",
    title: |session| match session {
        Session::Am => "This morning",
        Session::Pm => "This afternoon",
    },
    session: |session| match session {
        Session::Am => "Morning",
        Session::Pm => "Afternoon",
    },
    sessions: "Morning or afternoon",
    tally_in: "registers in",
    tally_out: "not in",
    absent: "absent",
    late: "late",
    lead: "Tick who is not there, class by class. Until a register is in, nobody in that class is called absent.",
    is_in: "in",
    not_in: "not in",
    by: |time, name| format!("{time} by {name}"),
    by_mis: "by the marks of the MIS",
    begun: |time, name| format!("begun, {time} by {name}"),
    marked: |marked, of| format!("{marked} of {of} marked in the MIS"),
    unlisted: |n| format!("{} not on the list", count(n, "child", "children")),
    children: |n| count(n, "child", "children"),
    counts,
    all_in: "Every register is in.",
    closed: "There is no school in this session.",
    other_ways: "Other ways",
    paste: "Paste a list from the MIS",
    file: "Bring in a file of marks",
    file_hint: "A file of today's marks will do, for some classes or for all: a class is in once each of its children has a mark.",
    done: |class, counts| format!("{class} is in: {counts}."),
    kept: |class| format!("{class} is saved and not in yet."),
    undo: "Undo",
    undo_of: |class| format!(" for {class}"),

    list_lead: "Tick who is not in the room. Who was reported away is ticked for you.",
    legend: "Who is absent?",
    is_late: "late",
    is_absent: "absent",
    minutes: "minutes",
    of: |name| format!(" for {name}"),
    said: |word, time| match word {
        Word::Nothing => String::new(),
        Word::Expected => "expected away, not confirmed today".to_owned(),
        Word::Away => "reported away".to_owned(),
        Word::Late(_) if time.is_empty() => "said to come late".to_owned(),
        Word::Late(_) => format!("said to come at {time}"),
        Word::Leaving if time.is_empty() => "leaves early".to_owned(),
        Word::Leaving => format!("leaves at {time}"),
    },
    ticked_for_you: "ticked for you",
    since: "since the register was saved",
    mis: |letters| format!("{letters} in the MIS"),
    both: "one of you ticked this",
    complete: "Register complete",
    keep: "Save, not complete yet",
    open: "Open it again",
    back: "All registers",
    keys: &[
        (&["A", "–", "Z"], "go to a name"),
        (&["Space"], "tick absent"),
        (&["."], "tick late"),
        (&["Enter"], "register complete"),
    ],
    either: |name| format!("{name}: tick absent or late, not both"),
    bad_minutes: |name| format!("{name}: minutes late are a number from 1 to 180, or leave them out"),
    changed_meanwhile: |who, time| {
        format!(
            "{who} saved this register at {time}, while you had it open. Nothing of yours is lost: whoever one of you ticked is ticked now. Look it over and send it again."
        )
    },
    list_changed: "Somebody has joined or left this class since you opened the page. Look the list over and send it again.",
    not_today: "Registers are taken on their own day. Put marks of other days right in the MIS.",
    nothing_to_undo: "There is nothing to undo.",

    paste_title: "Paste a list from the MIS",
    paste_lead: "Copy the absent children out of your MIS and paste them here. You see what was understood before anything is saved.",
    paste_box: "Absent children, one on each line",
    paste_hint: "Names as “Okafor, Ada” or “Ada Okafor”, or a UPN, or the number in the MIS; other columns may stand beside. A mark L says late.",
    paste_classes: "Whose registers does this list complete?",
    paste_classes_hint: "Only classes whose every absent child is on the list. Who is not on it is then in the room.",
    paste_every: "Every class that is not in",
    paste_look: "See what was understood",
    paste_go: "Save these registers",
    paste_plan: "What will be saved",
    paste_nobody: "nobody absent",
    paste_becomes: "register complete",
    paste_stays: "not complete yet",
    paste_before: "ticked before",
    paste_present: |n| {
        format!("{} a child is in the room; nothing is ticked for them:", count(n, "line says that", "lines say that"))
    },
    paste_empty: "Paste the list, or choose the classes in which nobody is absent",
    paste_long: "This list is too long. Paste it in parts",
    paste_unknown: |line, text| {
        format!("Line {line}: nobody on roll is called “{text}”. Put it right or take the line out")
    },
    paste_several: |line, text, who| format!("Line {line}: “{text}” may be {who}. Add the class or the UPN"),
    paste_two: |line, text| {
        format!("Line {line}: the numbers in “{text}” are not one child's, or not the named child's")
    },
    paste_twice: |line, who| format!("Line {line}: {who} stands on the list twice, with another mark each time"),
    paste_two_marks: |line, text| {
        format!("Line {line}: “{text}” has two marks that do not agree. Leave only the mark of this session")
    },
    paste_none: "Choose at least one class, or paste a name",
    paste_change: "Change the list",
    board_out: |n| format!("Register not in: {}", count(n, "class", "classes")),
    board_hint: "Nobody in these classes is called absent yet.",
};
