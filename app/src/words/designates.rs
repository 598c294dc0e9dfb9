//! Words for the headteacher's designates.

use crate::rules::designate::Problem;

/// Who decides leave for the headteacher.
#[derive(Debug)]
pub struct DesignateWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading.
    pub title: &'static str,
    /// What a designate may do.
    pub lead: &'static str,
    /// Heading of those who decide now or will.
    pub present: &'static str,
    /// Nobody decides now or will.
    pub none: &'static str,
    /// Heading of those who did.
    pub past: &'static str,
    /// Between two written days.
    pub span: fn(&str, &str) -> String,
    /// Decides now.
    pub now: &'static str,
    /// Will decide.
    pub coming: &'static str,
    /// Did decide.
    pub over: &'static str,
    /// Invited, and no dates yet.
    pub no_dates: &'static str,
    /// The account is shut.
    pub shut: &'static str,
    /// The button that ends it.
    pub end: &'static str,
    /// What it does.
    pub end_hint: &'static str,
    /// Heading of the form.
    pub name: &'static str,
    /// Asks for a code first.
    pub prove: &'static str,
    /// The link that asks for it.
    pub prove_go: &'static str,
    /// Label: who.
    pub who: &'static str,
    /// Hint: who.
    pub who_hint: &'static str,
    /// The empty choice.
    pub choose: &'static str,
    /// Label: first day.
    pub first: &'static str,
    /// Label: last day.
    pub last: &'static str,
    /// Hint: last day.
    pub last_hint: &'static str,
    /// The button.
    pub go: &'static str,
    /// Nobody chosen.
    pub no_who: &'static str,
    /// Whoever was chosen cannot be named any more.
    pub nobody: &'static str,
    /// What is wrong with the days.
    pub problem: fn(Problem) -> &'static str,
    /// Their term ends on this written day, and the new one would leave a gap.
    pub until: fn(&str) -> String,
    /// Errors' heading.
    pub errors: &'static str,
}
