use super::super::MessageWords;
use crate::rules::conversation::{MessageProblem, Ready};

pub(super) const WORDS: MessageWords = MessageWords {
    heading: "Messages with the school",
    asked: "please answer",
    school: "The school",
    you: "You",
    read_by_school: |time| format!("Read by the school: {time}"),
    read_by_family: |time| format!("Read by them: {time}"),
    unread: "Not read yet",
    hidden: "words hidden",
    answer: "Your answer",
    send_answer: "Send answer",
    write: "Write to the school about this",
    open: "Write",
    message: "Your message",
    send_message: "Send message",
    change: "Ask for a change",
    change_label: "What is wrong, and what would be right?",
    send_change: "Send to the school",
    who_reads: "Only you and the staff who deal with it can read this.",
    errors: "Not sent yet",
    problem: |problem| match problem {
        MessageProblem::NothingChosen | MessageProblem::Empty => "Write something first".to_owned(),
        MessageProblem::TooLong(most) => format!("Use at most {most} characters"),
    },
    question_problem: |problem| match problem {
        MessageProblem::NothingChosen => "Choose what to ask, or write your own words".to_owned(),
        MessageProblem::Empty => "Write something first".to_owned(),
        MessageProblem::TooLong(most) => format!("Use at most {most} characters"),
    },
    differs: |time| {
        format!(
            "You already sent another message with this form at {time}. To send this one as well, press the button again."
        )
    },
    home_asks: |children| format!("The school asks you something about {children}"),
    home_told: |children| format!("The school has written to you about {children}"),
    ready: |ready| match ready {
        Ready::Letter => "Please send us a photo of the appointment letter",
        Ready::Back => "When do you expect them back?",
        Ready::Illness => "Which illness is it?",
        Ready::Thanks => "Thank you. There is nothing more for you to do.",
    },
    one_title: "One report",
    to_evidence: "Letters and photos",
    one_kind: "Report",
    to_board: |day| format!("Board of {day}"),
    sent: "What was sent",
    from: "From",
    received: "Received",
    after_close: "after the register closed",
    seen: |time, name| if name.is_empty() { format!("seen {time}") } else { format!("seen {time}, {name}") },
    coded: |what, time, name| format!("{what}: {time}, {name}"),
    withdrawn: |time| format!("taken back {time}"),
    replaced: "The family changed this report. What is written about it stands with the new one.",
    see_new: "See what they sent instead",
    one_heading: "Messages",
    none: "Nothing has been written yet.",
    only: |name| {
        format!(
            "Only {name} sees this, no other parent. They hear by e-mail that a message is waiting, not what it says."
        )
    },
    ask: "Ask the family something",
    own: "In your own words",
    own_label: "Your words",
    no_answer: "They need not answer",
    send: "Send",
    no_address: "No e-mail address that they can sign in with: ring them.",
    no_access: "They may not write here about every child in this report, so nothing can be sent. Look at their record before you ring them.",
    no_access_mark: "They may not write here about this child, so nothing can be sent. Look at their record before you ring them.",
    not_sent: "This changed a moment ago, and nothing was sent. See below what you can do now.",
    tag_asked: "question asked",
    tag_answered: "answered",
    tag_wrote: "message",
    tag_read: "answer read",
    board_report: |name| format!(": report for {name}"),
    board_waiting: "to read from families",
};
