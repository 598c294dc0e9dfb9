//! Words of the page on which the school changes its forms.

use crate::rules::form::Flaw;

/// Changing the families' forms.
#[derive(Debug)]
pub struct FormsWords {
    /// The link to the forms.
    pub title: &'static str,
    /// The title of a form's page, given its name.
    pub title_of: fn(&str) -> &'static str,
    /// What it is, given its name.
    pub lead: fn(&str) -> &'static str,
    /// The field.
    pub text: &'static str,
    /// Help beneath it.
    pub hint: &'static str,
    /// Shows what it comes to.
    pub look: &'static str,
    /// Lets it count.
    pub keep: &'static str,
    /// Heads what it comes to.
    pub shown: &'static str,
    /// A step that the program asks itself.
    pub built_in: &'static str,
    /// Heads what is wrong.
    pub not_kept: &'static str,
    /// Before the reader's own words.
    pub slip: &'static str,
    /// A flaw.
    pub flaw: fn(&Flaw) -> String,
    /// It counts from now on.
    pub kept: &'static str,
    /// It says what it said before.
    pub same: &'static str,
    /// Somebody else changed it.
    pub changed: &'static str,
    /// Heads the versions.
    pub versions: &'static str,
    /// A version: number, written time, who.
    pub version: fn(i64, &str, Option<&str>) -> String,
}
