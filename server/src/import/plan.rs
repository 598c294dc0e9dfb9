//! What a file would change, held against what is stored: added, changed, kept, set aside, missing,
//! and doubts about the file as a whole. Made without a database, so that what is shown and what is
//! brought in are the same thing (see [`Plan::digest`]).

mod make;
mod people;
mod rows;
#[cfg(test)]
pub(super) mod tests;

use app::rules::import::Doubt;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use make::plan;
pub use rows::{Change, GuardianRow, LinkRow, PupilRow};

use super::{
    roster::{Aside, Noted},
    said::hash,
};

/// What the school holds.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Classes.
    pub classes: Vec<StoredClass>,
    /// Children, those who have left too.
    pub pupils: Vec<StoredPupil>,
    /// Contacts.
    pub guardians: Vec<StoredGuardian>,
    /// What contacts are to children.
    pub links: Vec<StoredLink>,
}

/// A class.
#[derive(Debug, Clone)]
pub struct StoredClass {
    /// Its id.
    pub class_id: String,
    /// "3 Oak".
    pub name: String,
    /// 0 for Reception.
    pub year: i64,
}

/// A child.
#[derive(Debug, Clone)]
pub struct StoredPupil {
    /// The id.
    pub pupil_id: String,
    /// What a file may change.
    pub row: PupilRow,
    /// Since when files have not had the child.
    pub missing_since: Option<NaiveDate>,
}

/// A contact.
#[derive(Debug, Clone)]
pub struct StoredGuardian {
    /// The id.
    pub guardian_id: String,
    /// What a file may change.
    pub row: GuardianRow,
}

/// What a contact is to a child.
#[derive(Debug, Clone)]
pub struct StoredLink {
    /// The contact.
    pub guardian_id: String,
    /// The child.
    pub pupil_id: String,
    /// What a file may change.
    pub row: LinkRow,
    /// A bar set in the portal: no file touches it.
    pub barred: bool,
    /// Whether the office decided the access; a file that shuts it since leaves that so.
    pub decided: bool,
    /// Since when files have not had it.
    pub missing_since: Option<NaiveDate>,
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is new.
    Added,
    /// Something about it changes.
    Changed,
    /// Nothing changes.
    Kept,
}

/// What becomes of a child or a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step<R> {
    /// The first line of it.
    pub line: u64,
    /// Its id, if it is stored.
    pub id: Option<String>,
    /// What is stored.
    pub was: Option<R>,
    /// What will be.
    pub becomes: R,
}

impl<R: PartialEq> Step<R> {
    /// What becomes of it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.was {
            None => Kind::Added,
            Some(was) if *was == self.becomes => Kind::Kept,
            Some(_) => Kind::Changed,
        }
    }
}

/// What becomes of the link between a contact and a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TieStep {
    /// The place of the child among the plan's.
    pub pupil: usize,
    /// The place of the contact.
    pub contact: usize,
    /// Whether a bar stands, whatever the file says.
    pub barred: bool,
    /// The link itself.
    pub step: Step<LinkRow>,
}

/// A class that the file brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewClass {
    /// Its name.
    pub name: String,
    /// Its year, 0 for Reception.
    pub year: i64,
}

/// Somebody the file no longer has. They stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The child.
    pub pupil_id: String,
    /// The contact, where only they are missing.
    pub guardian_id: Option<String>,
    /// Who is missing, in words.
    pub who: String,
    /// The child's class, or the child whose contact it is.
    pub of: String,
    /// Whether earlier files had them.
    pub new: bool,
}

/// What a file would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Why somebody has to confirm the file as a whole.
    pub doubts: Vec<Doubt>,
    /// Classes to be made.
    pub classes: Vec<NewClass>,
    /// Children.
    pub pupils: Vec<Step<PupilRow>>,
    /// Contacts.
    pub contacts: Vec<Step<GuardianRow>>,
    /// What contacts are to children.
    pub ties: Vec<TieStep>,
    /// What is set aside, by line.
    pub aside: Vec<Aside>,
    /// What to look at again, by line.
    pub cautions: Vec<Noted>,
    /// Children on roll that the file does not have.
    pub missing_pupils: Vec<Missing>,
    /// Contacts of the file's children that it does not have.
    pub missing_ties: Vec<Missing>,
    /// Children and links that were missing and are back: child, contact.
    pub back: Vec<(String, Option<String>)>,
    /// Lines that are no child's.
    pub footers: usize,
}

/// What came of an import, in numbers: what is kept of it for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Children added, changed, kept.
    pub pupils: [usize; 3],
    /// Contacts added, changed, kept.
    pub contacts: [usize; 3],
    /// Links between them added, changed, kept.
    pub ties: [usize; 3],
    /// Classes made.
    pub classes: usize,
    /// Lines set aside.
    pub aside: usize,
    /// Things to look at again.
    pub cautions: usize,
    /// Children missing from the file.
    pub missing_pupils: usize,
    /// Contacts missing from it.
    pub missing_ties: usize,
    /// New or changed links that wait for the office.
    pub waiting: usize,
}

impl Tally {
    /// Whether anything is added or changed.
    #[must_use]
    pub fn changes(&self) -> bool {
        [self.pupils, self.contacts, self.ties].iter().any(|[added, changed, _]| added + changed > 0)
            || self.classes > 0
    }
}

impl Plan {
    /// The plan in numbers.
    #[must_use]
    pub fn tally(&self) -> Tally {
        fn count(kinds: impl Iterator<Item = Kind>) -> [usize; 3] {
            kinds.fold([0; 3], |mut counts, kind| {
                counts[kind as usize] += 1;
                counts
            })
        }
        let waits = |tie: &&TieStep| tie.step.kind() != Kind::Kept && !tie.step.becomes.reviewed && !tie.barred;
        Tally {
            pupils: count(self.pupils.iter().map(Step::kind)),
            contacts: count(self.contacts.iter().map(Step::kind)),
            ties: count(self.ties.iter().map(|tie| tie.step.kind())),
            classes: self.classes.len(),
            aside: self.aside.len(),
            cautions: self.cautions.len(),
            missing_pupils: self.missing_pupils.len(),
            missing_ties: self.missing_ties.len(),
            waiting: self.ties.iter().filter(waits).count(),
        }
    }

    /// What stands for the whole plan: two plans with one digest do the same.
    #[must_use]
    pub fn digest(&self) -> String {
        hash(&serde_json::to_vec(self).unwrap_or_default())
    }
}
