use super::{super::BoardWords, plural};
use crate::rules::{
    absence::{Kind, Part},
    pattern::Hint,
};

pub(super) const SHOW_CHANGES: &str = "Show what has changed";

pub(super) fn show_new(count: i64) -> String {
    format!("Show {count} more that {} come in", plural(count, "has", "have"))
}

pub(super) const WORDS: BoardWords = BoardWords {
    title: "Morning board",
    new: "new",
    waiting: "to code",
    coded: "coded",
    leave: "Leave.",
    leave_desk: |new, unread| {
        let counted = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let requests = format!("{new} new {}", plural(counted(new), "request for leave", "requests for leave"));
        let answers = format!("{unread} {} about leave not yet read", plural(counted(unread), "answer", "answers"));
        match (new, unread) {
            (_, 0) => requests,
            (0, _) => answers,
            _ => format!("{requests}, {answers}"),
        }
    },
    leave_summary: |agreed, refused, late| {
        let said = [(agreed, "agreed for this day"), (refused, "not agreed for this day"), (late, "to be back by now")];
        let said: Vec<String> =
            said.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        said.join(", ")
    },
    leave_agreed: "Agreed for this day",
    leave_agreed_lead: "They are expected to be away. The code is on the list for the MIS.",
    leave_refused: "Not agreed for this day",
    leave_refused_lead: "If they are away, ring as for any absence. The code is the one proposed.",
    leave_not_back: "Should be back",
    leave_not_back_lead: "No register says yet that they came. Look, and ring if they did not.",
    leave_back: |day| format!("was to be back on {day}"),
    on_roll: "on roll",
    to_code: "Reports to code",
    coded_section: "Coded",
    all_done: "Every report has its code.",
    none_coded: "Nothing is coded yet.",
    heads: ["Sent", "Child", "Class", "Day", "Reason", "From", "Code it"],
    coded_heads: ["Sent", "Child", "Class", "Day", "Recorded as", "Coded", "Change"],
    part: |part| match part {
        Part::All => "All day",
        Part::Am => "Morning",
        Part::Pm => "Afternoon",
    },
    after: |time| format!("after {time}"),
    new_tag: "new",
    other_code: "Another code",
    use_code: "Use it",
    undo: "Undo",
    for_child: |name| format!(" for {name}"),
    hidden: "words hidden",
    hide: "Hide words",
    show: "Show words",
    keys: "Keys",
    key_list: &[
        (&["J", "K"], "down, up"),
        (&["Enter"], "use the code shown"),
        (&["I", "M", "C", "O"], "another code"),
        (&["X"], "tick"),
        (&["U"], "undo"),
        (&["H"], "hide words"),
    ],
    changed_meanwhile: "A colleague changed this a moment ago. Nothing was written; look at what stands there now.",
    nothing_reported: "This report was withdrawn a moment ago. Nothing was written.",
    not_a_code: "Choose a code from the list.",
    earlier: "Earlier day",
    later: "Later day",
    today: "Today",
    waiting_on: |day, count| format!("{day}: {count} still to code"),
    no_school: "The school is closed on this day.",
    no_calendar: "The school calendar has run out. Parents cannot report by this page until terms are added in the settings.",
    unconfirmed: "Some closed days or afternoon times are examples that the school has not confirmed.",
    also_from: "also from",
    reported_by: "from",
    channel: |word| match word {
        "web" => "by this site",
        "phone" => "by telephone",
        "voicemail" => "by voicemail",
        "desk" => "at the desk",
        "letter" => "by letter",
        "mail" => "by e-mail",
        _ => "by another way",
    },
    tell_pregnant: "Tell colleagues who are expecting a baby.",
    hint: |hint| match hint {
        Hint::SameWeekday(count, weekday) => {
            format!("{} {} this term", super::nth(count), super::common::weekday(weekday))
        }
        Hint::ManyIllnesses(count) => format!("{} illness this year", super::nth(count)),
    },
    tick: |name| format!(" tick {name}"),
    ticked: "Ticked rows:",
    as_proposed: "Use the proposed codes",
    none_ticked: "Tick the children first, then choose what to do.",
    some_left: |kept, left| {
        format!("{kept} coded. {left} left as they are: somebody else has changed them, or no code is proposed.")
    },
    kind: |kind, time| match kind {
        Kind::Away => String::new(),
        Kind::Late => format!("late, comes at {time}"),
        Kind::Leaving => format!("leaves at {time}"),
    },
    expected: "expected, not confirmed today",
};
