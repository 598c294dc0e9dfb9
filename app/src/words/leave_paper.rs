//! Words for the office when it types in a form for leave that came on paper.

use crate::rules::leave::PaperProblem;

/// A form on paper.
#[derive(Debug)]
pub struct LeavePaperWords {
    /// Title, heading and way to it.
    pub title: &'static str,
    /// On the list of requests: how to begin, given the way to the children.
    pub how: &'static str,
    /// Before it is begun.
    pub lead: &'static str,
    /// Nobody can have handed one in.
    pub nobody: &'static str,
    /// Whose is it?
    pub who: &'static str,
    /// Help beneath it.
    pub who_hint: &'static str,
    /// Nobody is chosen.
    pub no_who: &'static str,
    /// The day it was received.
    pub received: &'static str,
    /// Help beneath it.
    pub received_hint: &'static str,
    /// The time.
    pub received_time: &'static str,
    /// Help beneath it.
    pub received_time_hint: &'static str,
    /// Begins.
    pub begin: &'static str,
    /// Too many are begun for this guardian.
    pub too_many: &'static str,
    /// Over the steps, in place of the form's own words to families.
    pub intro: &'static str,
    /// Whose form it is.
    pub of: fn(&str) -> String,
    /// An address of the family is kept secret.
    pub address_secret: &'static str,
    /// Heads those that are being typed in.
    pub begun: &'static str,
    /// When one was saved.
    pub saved: fn(&str) -> String,
    /// Heads what is said of the paper itself.
    pub on_the_paper: &'static str,
    /// Folds the school's statements.
    pub statements: &'static str,
    /// The box.
    pub declared: &'static str,
    /// The name beneath.
    pub name: &'static str,
    /// Help beneath it.
    pub name_hint: &'static str,
    /// The day of the signature.
    pub signed: &'static str,
    /// Help beneath it.
    pub signed_hint: &'static str,
    /// What entering it does.
    pub what_follows: &'static str,
    /// Enters it.
    pub enter: &'static str,
    /// What has to be put right.
    pub problem: fn(PaperProblem) -> &'static str,
    /// The child is not the guardian's to ask for any more.
    pub not_allowed: &'static str,
}
