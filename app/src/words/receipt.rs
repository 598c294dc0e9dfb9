//! Words of receipts.

use crate::rules::{calendar::Session, guidance::CountsFrom};

/// Receipts.
#[derive(Debug)]
pub struct ReceiptWords {
    /// Title.
    pub title: &'static str,
    /// Over the heading.
    pub kind: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// Heading once it is withdrawn.
    pub withdrawn_heading: &'static str,
    /// Heading once another took its place.
    pub replaced_heading: &'static str,
    /// Links to what took its place.
    pub see_new: &'static str,
    /// Over the time.
    pub received: &'static str,
    /// Before the close, given the time of close.
    pub before: fn(&str) -> String,
    /// After the close, given the time of close.
    pub after: fn(&str) -> String,
    /// The day before, or earlier: well before.
    pub in_advance: &'static str,
    /// The ruler's words: received, opening, close.
    pub ruler: fn(&str, &str, &str) -> String,
    /// Before the reference.
    pub reference: &'static str,
    /// What happens next.
    pub next: &'static str,
    /// The office reads it; no call.
    pub step_read: &'static str,
    /// After the close: the office may have rung already.
    pub step_late: &'static str,
    /// The school decides.
    pub step_decides: &'static str,
    /// Still away tomorrow.
    pub step_tomorrow: &'static str,
    /// Asked to be rung.
    pub step_ring: &'static str,
    /// All of it is recorded.
    pub step_coded: &'static str,
    /// Of a run of days: a word on each morning.
    pub step_each: &'static str,
    /// Two days and how many school days they span.
    pub span: fn(&str, &str, usize) -> String,
    /// This day was taken back.
    pub day_withdrawn: &'static str,
    /// Coming back: heading.
    pub back: &'static str,
    /// Not before this day and half of it.
    pub back_on: fn(&str, Session) -> String,
    /// What must be true besides.
    pub back_also: fn(&str) -> String,
    /// A child who feels well may come.
    pub back_fine: &'static str,
    /// The date hangs on what the school has not settled: given the telephone number.
    pub back_ask_school: fn(&str) -> String,
    /// Offers to work it out.
    pub back_offer: &'static str,
    /// What is asked for it.
    pub back_question: fn(CountsFrom) -> &'static str,
    /// The day.
    pub back_day: &'static str,
    /// The time.
    pub back_time: &'static str,
    /// The button.
    pub back_go: &'static str,
    /// Changes the answer.
    pub back_again: &'static str,
    /// Opens the question.
    pub back_open: &'static str,
    /// Whose advice it is, of which day.
    pub back_source: fn(&str, &str) -> String,
    /// The day is missing or no date.
    pub back_no_day: &'static str,
    /// The time is missing or no time.
    pub back_no_time: &'static str,
    /// The moment lies in the future.
    pub back_future: &'static str,
    /// The moment lies long ago.
    pub back_long_ago: &'static str,
    /// Heading of the errors.
    pub back_errors: &'static str,
    /// What was sent.
    pub sent: &'static str,
    /// Children.
    pub children: &'static str,
    /// When.
    pub when: &'static str,
    /// Reason.
    pub reason: &'static str,
    /// A follow-up answer.
    pub more: &'static str,
    /// Note.
    pub note: &'static str,
    /// Sent by.
    pub sent_by: &'static str,
    /// How the school recorded it.
    pub recorded: &'static str,
    /// The school has closed on that day since.
    pub no_school: &'static str,
    /// Not recorded yet.
    pub not_recorded: &'static str,
    /// Seen by the office, given the time.
    pub seen: fn(&str) -> String,
    /// Tag: received.
    pub tag_received: &'static str,
    /// Tag: seen.
    pub tag_seen: &'static str,
    /// Tag: recorded.
    pub tag_coded: &'static str,
    /// Tag: changed.
    pub tag_replaced: &'static str,
    /// Tag: withdrawn.
    pub tag_withdrawn: &'static str,
    /// Another adult reported too: child and time.
    pub other: fn(&str, &str) -> String,
    /// Change it.
    pub change: &'static str,
    /// Withdraw it.
    pub withdraw: &'static str,
    /// Until when both work.
    pub until_coded: &'static str,
    /// After coding: given the telephone number.
    pub ask_change: fn(&str) -> String,
    /// Back to home.
    pub home: &'static str,
    /// Title of the page that asks before withdrawing.
    pub withdraw_title: &'static str,
    /// What it says.
    pub withdraw_lead: &'static str,
    /// The button.
    pub withdraw_go: &'static str,
    /// Keeps it.
    pub keep: &'static str,
    /// Entered by the office for somebody who rang, wrote or came: the channel's word.
    pub entered: fn(&str) -> &'static str,
    /// Withdraws the days that are not recorded.
    pub withdraw_rest: &'static str,
    /// Another adult's report in the list.
    pub list_other: &'static str,
    /// How the list says when it came.
    pub list_received: fn(&str) -> String,
    /// Title of the list.
    pub list_title: &'static str,
    /// The list is empty.
    pub list_empty: &'static str,
}
