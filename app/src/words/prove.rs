//! Words for giving a fresh code before an act that binds.

/// Giving a fresh code.
#[derive(Debug)]
pub struct ProveWords {
    /// Title and heading.
    pub title: &'static str,
    /// Why we ask.
    pub lead: &'static str,
    /// The code has become too old while a form was filled in.
    pub stale: &'static str,
    /// Leads to a fresh one, in a window of its own.
    pub stale_go: &'static str,
    /// Where the code goes.
    pub where_to: &'static str,
    /// The button.
    pub send: &'static str,
    /// What the page with the field says.
    pub sent: &'static str,
    /// Where to turn when nothing comes: given the telephone number.
    pub nothing_comes: fn(&str) -> String,
    /// The button.
    pub enter: &'static str,
    /// The button that sends another.
    pub again: &'static str,
    /// Too many codes: given the telephone number.
    pub too_many: fn(&str) -> String,
    /// Title and heading where no code can help.
    pub cannot_title: &'static str,
    /// A shared inbox: given the telephone number.
    pub shared: fn(&str) -> String,
    /// Signed in with an invitation on paper: given the telephone number.
    pub paper: fn(&str) -> String,
    /// Leads to signing in with an address.
    pub paper_sign_in: &'static str,
    /// What still works.
    pub still: &'static str,
    /// Leads back.
    pub back: &'static str,
}
