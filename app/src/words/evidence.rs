//! Words of letters and photos that a parent adds to a report.

use crate::rules::evidence::{Kind, Refusal};

/// Letters and photos.
#[derive(Debug)]
pub struct EvidenceWords {
    /// Title and heading of the parent's page; also the way to it from a receipt.
    pub title: &'static str,
    /// On the receipt, while there is none: not needed.
    pub receipt_none: &'static str,
    /// On the receipt: how many there are.
    pub receipt_some: fn(i64) -> String,
    /// The way to them.
    pub receipt_see: &'static str,
    /// Back to the receipt.
    pub back: &'static str,
    /// Says first that it is not needed.
    pub not_needed: &'static str,
    /// And when it is.
    pub needed: &'static str,
    /// With a request for leave: what helps.
    pub leave_lead: &'static str,
    /// With what is said about leaving: what helps.
    pub leaving_lead: &'static str,
    /// With a form on paper, to the office.
    pub paper_lead: &'static str,
    /// With a request for leave: after the decision nothing is removed here, given the telephone number.
    pub leave_coded: fn(&str) -> String,
    /// Over the list.
    pub added: &'static str,
    /// What a file is, how large, and when it came (a written time).
    pub about: fn(Kind, i64, &str) -> String,
    /// Downloads one; read out with its name.
    pub download: &'static str,
    /// Removes one; read out with its name.
    pub remove: &'static str,
    /// After coding nothing is removed here: given the telephone number.
    pub coded: fn(&str) -> String,
    /// Over the form.
    pub add: &'static str,
    /// The field.
    pub choose: &'static str,
    /// What may be chosen, given how many more.
    pub choose_hint: fn(usize) -> String,
    /// The button.
    pub go: &'static str,
    /// It may take a while.
    pub wait: &'static str,
    /// Who sees it.
    pub private: &'static str,
    /// As many as there may be are there.
    pub full: &'static str,
    /// The report no longer stands, or is not theirs to add to.
    pub closed: &'static str,
    /// Heads the summary: how many files were not taken.
    pub not_added: fn(usize) -> String,
    /// Nothing was chosen.
    pub nothing: &'static str,
    /// Why a file was not taken, given what it calls itself.
    pub refused: fn(&str, Refusal) -> String,
    /// Staff: title and heading.
    pub staff_title: &'static str,
    /// Staff: what they should know.
    pub staff_lead: &'static str,
    /// Staff: there are none.
    pub staff_none: &'static str,
    /// Staff: the report's reference.
    pub staff_reference: &'static str,
    /// Staff: who sent it.
    pub staff_from: &'static str,
    /// Staff: a file whose name is hidden with the words, given its number.
    pub staff_hidden: fn(usize) -> String,
    /// Staff: back to the board.
    pub staff_back: &'static str,
}
