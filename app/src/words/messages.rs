//! Words of the messages between the school and a family.

use crate::rules::conversation::{MessageProblem, Ready};

/// Messages between the school and a family.
#[derive(Debug)]
pub struct MessageWords {
    /// To the letters and photos that came with it.
    pub to_evidence: &'static str,
    /// Heading on the receipt.
    pub heading: &'static str,
    /// Tag: a question waits for an answer.
    pub asked: &'static str,
    /// Who wrote: the school, as a parent reads it.
    pub school: &'static str,
    /// Who wrote: the parent who reads.
    pub you: &'static str,
    /// Read by the school, given the time.
    pub read_by_school: fn(&str) -> String,
    /// Read by the family, given the time.
    pub read_by_family: fn(&str) -> String,
    /// Not read yet.
    pub unread: &'static str,
    /// Stands for a text on a projector.
    pub hidden: &'static str,
    /// Label of the answer to a question.
    pub answer: &'static str,
    /// Its button.
    pub send_answer: &'static str,
    /// Opens the form where no question waits.
    pub write: &'static str,
    /// Opens a fold.
    pub open: &'static str,
    /// Label of a message that answers nothing.
    pub message: &'static str,
    /// Its button.
    pub send_message: &'static str,
    /// Opens the form once the report can no longer be changed.
    pub change: &'static str,
    /// Label of what should be changed.
    pub change_label: &'static str,
    /// Its button.
    pub send_change: &'static str,
    /// Who reads it.
    pub who_reads: &'static str,
    /// Heading of the errors.
    pub errors: &'static str,
    /// What is wrong with a parent's message.
    pub problem: fn(MessageProblem) -> String,
    /// What is wrong with the office's.
    pub question_problem: fn(MessageProblem) -> String,
    /// Something else was sent with this form before, given the time.
    pub differs: fn(&str) -> String,
    /// On home: the school asks, given the children.
    pub home_asks: fn(&str) -> String,
    /// On home: the school has written what asks nothing, given the children.
    pub home_told: fn(&str) -> String,
    /// What the office can say without writing it.
    pub ready: fn(Ready) -> &'static str,
    /// Title of the office's page.
    pub one_title: &'static str,
    /// Over the heading: a report.
    pub one_kind: &'static str,
    /// Back to the board of a day.
    pub to_board: fn(&str) -> String,
    /// What was sent.
    pub sent: &'static str,
    /// From whom.
    pub from: &'static str,
    /// When it came.
    pub received: &'static str,
    /// A day, given its words, whether it came after the close.
    pub after_close: &'static str,
    /// Seen by staff: time and name.
    pub seen: fn(&str, &str) -> String,
    /// Coded: what, time and name.
    pub coded: fn(&str, &str, &str) -> String,
    /// Taken back by the family, given the time.
    pub withdrawn: fn(&str) -> String,
    /// Changed by the family.
    pub replaced: &'static str,
    /// Leads to what took its place.
    pub see_new: &'static str,
    /// Heading over the conversation.
    pub one_heading: &'static str,
    /// Nothing was said yet.
    pub none: &'static str,
    /// Who sees what the office writes, given the parent's name.
    pub only: fn(&str) -> String,
    /// Legend of the office's form.
    pub ask: &'static str,
    /// Own words.
    pub own: &'static str,
    /// Label of own words.
    pub own_label: &'static str,
    /// Own words need no answer.
    pub no_answer: &'static str,
    /// The button.
    pub send: &'static str,
    /// Nobody can be reached: no address.
    pub no_address: &'static str,
    /// The person may not (any more).
    pub no_access: &'static str,
    /// The same of a mark.
    pub no_access_mark: &'static str,
    /// Nothing was sent, since it changed a moment ago.
    pub not_sent: &'static str,
    /// Tag on the board: asked.
    pub tag_asked: &'static str,
    /// Tag on the board: answered, to be read.
    pub tag_answered: &'static str,
    /// Tag on the board: written without being asked, to be read.
    pub tag_wrote: &'static str,
    /// Tag on the board: what the family wrote is read.
    pub tag_read: &'static str,
    /// Leads to the report, read out after the sender's name.
    pub board_report: fn(&str) -> String,
    /// On the board: what families wrote and nobody has read.
    pub board_waiting: &'static str,
}
