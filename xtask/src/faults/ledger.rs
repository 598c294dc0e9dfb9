//! What the clients were told, held against what the store holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Failure, Outcome};
use crate::load::School;

/// A form as it was sent, so that it can be sent again as it was.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    /// Which family sent it.
    pub(super) family: usize,
    /// Its id, made with the form.
    pub(super) submission: String,
    pub(super) body: String,
}

/// Everything that clients have sent and heard since the beginning.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Submission to reference, for everything that got a 303.
    told: BTreeMap<String, String>,
    /// What got no answer, or one that said "not received": it may be stored or not.
    pub(super) open: Vec<Sent>,
    /// References that are stored although their sender has not heard: allowed, for a while.
    unheard: BTreeSet<String>,
    /// How many of the open ones turned out to be stored.
    pub(super) stored_unheard: usize,
}

impl Ledger {
    /// A 303 that named this reference.
    pub(super) fn told(&mut self, sent: &Sent, reference: &str) -> Outcome {
        match self.told.insert(sent.submission.clone(), reference.to_owned()) {
            Some(before) if before != reference => {
                Err(Failure::new(format!("one form got two receipts: {before} and {reference}")))
            }
            _ => Ok(()),
        }
    }

    /// Every acknowledged reference must be there; what is there beyond them must be one that
    /// somebody still waits for.
    pub(super) fn compare(&mut self, kept: &BTreeSet<String>) -> Outcome {
        let told: BTreeSet<&String> = self.told.values().collect();
        if told.len() != self.told.len() {
            return Err(Failure::new("one receipt was given to two forms"));
        }
        let lost: Vec<&&String> = told.iter().filter(|reference| !kept.contains(**reference)).collect();
        if !lost.is_empty() {
            return Err(Failure::new(format!(
                "LOST: {} of {} acknowledged reports, {:?}",
                lost.len(),
                told.len(),
                lost[0]
            )));
        }
        self.unheard = kept.iter().filter(|reference| !told.contains(reference)).cloned().collect();
        if self.unheard.len() > self.open.len() {
            return Err(Failure::new(format!(
                "{} stored reports that nobody sent",
                self.unheard.len() - self.open.len()
            )));
        }
        Ok(())
    }

    /// After the open ones have been sent again, all that is stored has been acknowledged.
    pub(super) fn all_heard(&mut self) -> Outcome {
        let told: BTreeSet<&String> = self.told.values().collect();
        let waited = self.unheard.len();
        let left = self.unheard.iter().filter(|reference| !told.contains(reference)).count();
        self.stored_unheard += waited - left;
        self.unheard.clear();
        if left > 0 {
            Err(Failure::new(format!("{left} stored reports whose sender got another receipt")))
        } else {
            Ok(())
        }
    }

    pub(super) fn acknowledged(&self) -> usize {
        self.told.len()
    }
}

/// Looks at a folder that no program has open: integrity, journal, halves, and the ledger.
pub(super) fn audit(school: &School, ledger: &mut Ledger) -> Outcome {
    school.check()?;
    ledger.compare(&school.references()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(submission: &str) -> Sent {
        Sent { family: 0, submission: submission.to_owned(), body: String::new() }
    }

    fn kept(references: &[&str]) -> BTreeSet<String> {
        references.iter().map(|reference| (*reference).to_owned()).collect()
    }

    #[test]
    fn what_was_acknowledged_must_be_there() {
        let mut ledger = Ledger::default();
        assert!(ledger.told(&sent("a"), "REF1").is_ok());
        assert!(ledger.compare(&kept(&["REF1"])).is_ok());
        assert!(ledger.compare(&kept(&[])).is_err(), "lost");
        assert!(ledger.compare(&kept(&["REF1", "REF2"])).is_err(), "nobody sent it");
    }

    #[test]
    fn what_was_not_answered_may_be_there_and_then_gets_the_same_receipt() {
        let mut ledger = Ledger { open: vec![sent("b")], ..Ledger::default() };
        assert!(ledger.compare(&kept(&["REF2"])).is_ok());
        assert!(ledger.told(&sent("b"), "REF2").is_ok());
        assert!(ledger.all_heard().is_ok());
        assert_eq!(ledger.stored_unheard, 1);
        assert!(ledger.told(&sent("b"), "REF3").is_err(), "a retry must get the same receipt");
    }

    #[test]
    fn a_second_row_for_the_same_form_shows() {
        let mut ledger = Ledger { open: vec![sent("b")], ..Ledger::default() };
        assert!(ledger.compare(&kept(&["REF2"])).is_ok());
        assert!(ledger.told(&sent("b"), "REF4").is_ok());
        assert!(ledger.all_heard().is_err());
    }
}
