//! Words for when something goes wrong. Each says what to do.

/// A title and a text.
pub type Page = (&'static str, &'static str);

/// When something goes wrong.
#[derive(Debug)]
pub struct TroubleWords {
    /// There is no such page, or none for this person.
    pub not_found: Page,
    /// Staff without the right.
    pub not_allowed: Page,
    /// Signed out while something was being sent.
    pub signed_out: Page,
    /// A shared inbox, and nobody has said who they are, while something was being sent.
    pub nobody_chosen: Page,
    /// The form is too old or came from elsewhere.
    pub stale_form: Page,
    /// Too much at once.
    pub too_large: Page,
    /// Too much at once, in files.
    pub files_too_large: Page,
    /// Too often.
    pub too_often: Page,
    /// Not a request we understand.
    pub bad_request: Page,
    /// The store failed while something was sent: not received.
    pub not_received: Page,
    /// The store failed while something was read.
    pub unavailable: Page,
    /// The way home.
    pub home: &'static str,
    /// Before the telephone number.
    pub ring: fn(&str) -> String,
}
