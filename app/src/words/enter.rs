//! Words of reports that the office hears.

/// Entering a report for a family.
#[derive(Debug)]
pub struct EnterWords {
    /// Title and link.
    pub title: &'static str,
    /// The field.
    pub name: &'static str,
    /// How little is enough.
    pub name_hint: &'static str,
    /// The button.
    pub find: &'static str,
    /// Nobody found, given what was typed.
    pub nobody: fn(&str) -> String,
    /// Entered: the children and the reference.
    pub done: fn(&str, &str) -> String,
    /// What has been reported already: the part of the day, from whom, when.
    pub already: fn(&str, &str, &str) -> String,
    /// This form was entered before with other answers, at this written time.
    pub entered_before: fn(&str) -> String,
    /// What that means for the answers that stand below.
    pub entered_before_lead: &'static str,
    /// To what was entered.
    pub see_entered: &'static str,
    /// Brothers and sisters too.
    pub siblings: &'static str,
    /// Who told us.
    pub told: &'static str,
    /// Nobody chosen.
    pub no_told: &'static str,
    /// Nobody is on record.
    pub no_contacts: &'static str,
    /// The portal does not show them this child.
    pub no_access: &'static str,
    /// No receipt can be mailed.
    pub no_email: &'static str,
    /// How it came.
    pub how: &'static str,
    /// A channel's word as a choice.
    pub channel: fn(&str) -> &'static str,
    /// The button.
    pub send: &'static str,
    /// Leaves the page.
    pub back: &'static str,
}
