//! The children a form is about: every form asks for them in the same way.

use super::Answers;
use crate::rules::id::PupilId;

/// The key of the answer that names the children: their ids, with blanks between. No question of a school's can
/// have it.
pub const CHILDREN: &str = "_children";

/// A child the applicant may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligible {
    /// The child.
    pub pupil: PupilId,
    /// The year group, by which the calendar may differ.
    pub year: i64,
}

/// The chosen children who are the applicant's to choose, in the family's order.
#[must_use]
pub fn chosen<'a>(children: &'a [Eligible], answers: &Answers) -> Vec<&'a Eligible> {
    children.iter().filter(|child| answers.list(CHILDREN).any(|id| id == child.pupil.as_str())).collect()
}

/// Whether somebody is chosen, and nobody who is not the applicant's to choose.
#[must_use]
pub fn chosen_well(children: &[Eligible], answers: &Answers) -> bool {
    let named = answers.list(CHILDREN).count();
    named > 0 && chosen(children, answers).len() == named
}
