//! Words for signing in.

/// Signing in.
#[derive(Debug)]
pub struct SignInWords {
    /// Title and heading.
    pub title: &'static str,
    /// Under the heading.
    pub lead: &'static str,
    /// Label of the address.
    pub email: &'static str,
    /// Hint under it.
    pub email_hint: &'static str,
    /// The button.
    pub send: &'static str,
    /// Not an address at all.
    pub not_an_address: &'static str,
    /// Title and heading of the page after asking.
    pub sent_title: &'static str,
    /// What that page says, whatever the address.
    pub sent: &'static str,
    /// Where to turn when nothing comes: given the telephone number.
    pub nothing_comes: fn(&str) -> String,
    /// Label of the code.
    pub code: &'static str,
    /// Hint under it.
    pub code_hint: &'static str,
    /// The button.
    pub enter: &'static str,
    /// The code is no good, for whatever reason.
    pub wrong_code: &'static str,
    /// Asks again.
    pub again: &'static str,
    /// Title and heading of the link's page.
    pub link_title: &'static str,
    /// What it says.
    pub link_lead: &'static str,
    /// The button.
    pub link_go: &'static str,
    /// Title of a link that is too old or used.
    pub link_dead_title: &'static str,
    /// What that page says.
    pub link_dead: &'static str,
    /// Title and heading of the shared inbox's page.
    pub who_title: &'static str,
    /// What it says.
    pub who_lead: &'static str,
    /// The button, given a name.
    pub i_am: fn(&str) -> String,
    /// Too many tries: wait.
    pub too_many: &'static str,
    /// A link to the staff's sign-in.
    pub staff: &'static str,
}
