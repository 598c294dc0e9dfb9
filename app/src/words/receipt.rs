//! Words of receipts.

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
    /// Sick: the rule in words.
    pub rule_sick: &'static str,
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
    /// Print.
    pub print_hint: &'static str,
    /// Title of the page that asks before withdrawing.
    pub withdraw_title: &'static str,
    /// What it says.
    pub withdraw_lead: &'static str,
    /// The button.
    pub withdraw_go: &'static str,
    /// Keeps it.
    pub keep: &'static str,
    /// Title of the list.
    pub list_title: &'static str,
    /// The list is empty.
    pub list_empty: &'static str,
}
