//! A guardian's children: those they may see, those who live with them, those whose parent they are.

use app::rules::{
    access::{Access, Link},
    id::{GuardianId, PupilId},
};
use chrono::NaiveDate;

use super::{
    School, StoreError,
    db::{columns, rows},
    roster::full_name,
};

/// A child as a guardian's pages need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// The id.
    pub pupil_id: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The year group, 0 for Reception.
    pub year: i64,
    /// What this guardian may do for the child.
    pub link: Link,
}

columns! {
    struct ChildRow {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        year: i64,
        access: String,
        barred: bool,
        reviewed: bool,
        lives_with: bool,
        parental_responsibility: bool,
    }
}

impl ChildRow {
    fn child(self) -> Result<Child, StoreError> {
        Ok(Child {
            pupil_id: PupilId::parse(&self.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
            full_name: full_name(self.known_as.as_deref().unwrap_or(&self.forename), &self.surname),
            called: self.known_as.unwrap_or(self.forename),
            class: self.class,
            year: self.year,
            link: Link { access: Access::parse(&self.access), barred: self.barred, reviewed: self.reviewed },
        })
    }
}

impl School {
    /// The children of a guardian who are on roll on this day and whom the guardian may see, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn children_of(&self, guardian: &GuardianId, today: NaiveDate) -> Result<Vec<Child>, StoreError> {
        let mut children = self.family(guardian, today, |_| true).await?;
        children.retain(|child| child.link.may_read());
        Ok(children)
    }

    /// The children on roll on a day, or soon, who normally live with this guardian, as the school has it; what the
    /// guardian may do for each is still to be asked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn children_living_with(&self, guardian: &GuardianId, day: NaiveDate) -> Result<Vec<Child>, StoreError> {
        self.family(guardian, day, |row| row.lives_with).await
    }

    /// The children on roll on a day, or soon, whose parent this guardian is, by responsibility or household; what the
    /// guardian may do for each is still to be asked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn children_in_care(&self, guardian: &GuardianId, day: NaiveDate) -> Result<Vec<Child>, StoreError> {
        self.family(guardian, day, |row| row.lives_with || row.parental_responsibility).await
    }

    async fn family(
        &self,
        guardian: &GuardianId,
        day: NaiveDate,
        theirs: fn(&ChildRow) -> bool,
    ) -> Result<Vec<Child>, StoreError> {
        let found = rows!(
            self.db(),
            ChildRow,
            "SELECT p.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, c.year, l.access, l.barred, l.reviewed, \
             l.lives_with, l.parental_responsibility FROM guardian_pupil l \
             JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE l.school_id = $1 AND l.guardian_id = $2 AND (p.left_on IS NULL OR p.left_on >= $3) \
             ORDER BY c.year DESC, p.forename, p.pupil_id",
            self.id(),
            guardian.as_str(),
            day
        )?;
        found.into_iter().filter(theirs).map(ChildRow::child).collect()
    }
}
