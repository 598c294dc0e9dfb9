//! Words of tokens for other programs.

/// Tokens for other programs.
#[derive(Debug)]
pub struct TokenWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading.
    pub title: &'static str,
    /// What they are for.
    pub lead: &'static str,
    /// Heading: make one.
    pub make: &'static str,
    /// Label: name.
    pub name: &'static str,
    /// Hint: name.
    pub name_hint: &'static str,
    /// Question: how long.
    pub lasts: &'static str,
    /// So many days.
    pub days: fn(i64) -> &'static str,
    /// The button.
    pub make_go: &'static str,
    /// Missing name.
    pub no_name: &'static str,
    /// Too long a name, given how many characters may be.
    pub long_name: fn(usize) -> String,
    /// No choice of how long.
    pub no_days: &'static str,
    /// Title once it is made.
    pub made_title: &'static str,
    /// What it says.
    pub made_lead: &'static str,
    /// Where it goes, given the address.
    pub made_use: fn(&str) -> String,
    /// Back to the list.
    pub back: &'static str,
    /// No token.
    pub none: &'static str,
    /// "Made 24 November, works until 24 May."
    pub dates: fn(&str, &str) -> String,
    /// Last used.
    pub used: fn(Option<&str>) -> String,
    /// It works.
    pub works: &'static str,
    /// It was revoked.
    pub revoked: &'static str,
    /// It has run out.
    pub run_out: &'static str,
    /// The button: revokes.
    pub revoke: &'static str,
    /// Errors' heading.
    pub errors: &'static str,
}
