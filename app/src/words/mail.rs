//! Messages that are mailed. Never a health word, never a child's full name.

/// A subject line and a text.
pub type Message = (String, String);

/// Messages that are mailed.
#[derive(Debug)]
pub struct MailWords {
    /// Sign-in: school, code, link, telephone number.
    pub sign_in: fn(&str, &str, &str, &str) -> Message,
    /// A code alone, before an act that binds: school, code, telephone number.
    pub prove: fn(&str, &str, &str) -> Message,
    /// A shared inbox with which only the office can help: school, telephone number.
    pub ask_office: fn(&str, &str) -> Message,
    /// Something was received: school, reference, date and time, link.
    pub received: fn(&str, &str, &str, &str) -> Message,
    /// Another guardian has reported: school.
    pub other_reported: fn(&str) -> Message,
    /// Something waits for another parent's signature, and no more: school, link.
    pub to_sign: fn(&str, &str) -> Message,
    /// A message about attendance is waiting, and no more: school, link.
    pub waiting: fn(&str, &str) -> Message,
    /// A decision waits, and nothing of what it is: school, link.
    pub decided: fn(&str, &str) -> Message,
    /// An answer to the policy was received, and nothing of what it is: school, reference, link.
    pub declared: fn(&str, &str, &str) -> Message,
    /// The attendance policy waits for an answer: school, link.
    pub remind: fn(&str, &str) -> Message,
    /// The journal's head, for an administrator to keep: school, the line.
    pub anchor: fn(&str, &str) -> Message,
    /// Staff are invited: school, name, link.
    pub invitation: fn(&str, &str, &str) -> Message,
}
