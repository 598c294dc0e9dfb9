//! What a school decides about leaving.

/// The school's part of leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavingPolicy {
    /// For how many days after a child's last one its parents can still read what they themselves sent.
    pub read_days: i64,
    /// Within how many school days of the last one the common transfer file goes to the new school.
    pub file_days: u32,
    /// The grounds on which a name may come off the roll, in the order shown.
    pub grounds: Vec<Ground>,
}

/// One ground of reg 9(1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The word that names it in forms and rows: the letter of the regulation.
    pub key: String,
    /// What staff read.
    pub label: String,
}

impl LeavingPolicy {
    /// The ground with this key.
    #[must_use]
    pub fn ground(&self, key: &str) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.key == key)
    }
}
