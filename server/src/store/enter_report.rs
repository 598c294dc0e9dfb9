//! Finding a child and those who may speak for it, for reports that the office hears.

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

/// A child on roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRoll {
    /// The child.
    pub pupil_id: PupilId,
    /// Given name.
    pub forename: String,
    /// What everybody calls the child, if something else.
    pub known_as: Option<String>,
    /// Family name; may be empty.
    pub surname: String,
    /// "3 Oak".
    pub class: String,
}

/// Somebody on record for a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRecord {
    /// The guardian.
    pub guardian_id: GuardianId,
    /// The whole name.
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// The address the school holds.
    pub email: Option<String>,
    /// The telephone number, where the school holds one.
    pub phone: Option<String>,
    /// What the portal lets them do.
    pub link: Link,
}

columns! {
    struct PupilRow {
        pupil_id: String,
        forename: String,
        known_as: Option<String>,
        surname: String,
        class: String,
    }
}

columns! {
    struct ContactRow {
        guardian_id: String,
        forename: String,
        surname: String,
        relationship: String,
        email: Option<String>,
        mobile: Option<String>,
        access: String,
        barred: bool,
        reviewed: bool,
    }
}

impl OnRoll {
    /// What everybody calls the child.
    #[must_use]
    pub fn called(&self) -> &str {
        self.known_as.as_deref().unwrap_or(&self.forename)
    }

    /// As registers list it: "Okafor, Ada".
    #[must_use]
    pub fn listed(&self) -> String {
        super::board::list_name(self.called(), &self.surname)
    }

    fn of(row: PupilRow) -> Result<Self, StoreError> {
        Ok(Self {
            pupil_id: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
            forename: row.forename,
            known_as: row.known_as,
            surname: row.surname,
            class: row.class,
        })
    }
}

impl School {
    /// Every child on roll on a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn everybody_on_roll(&self, day: NaiveDate) -> Result<Vec<OnRoll>, StoreError> {
        let found = rows!(
            self.db(),
            PupilRow,
            "SELECT p.pupil_id, p.forename, p.known_as, p.surname, c.name AS class FROM pupil p \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 AND p.admitted <= $2 AND (p.left_on IS NULL OR p.left_on >= $2)",
            self.id(),
            day
        )?;
        found.into_iter().map(OnRoll::of).collect()
    }

    /// The children on roll on a day who share a guardian with this one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn siblings(&self, pupil: &PupilId, day: NaiveDate) -> Result<Vec<OnRoll>, StoreError> {
        // CROSS JOIN, so that SQLite begins with the family and not with everybody.
        let found = rows!(
            self.db(),
            PupilRow,
            "SELECT DISTINCT p.pupil_id, p.forename, p.known_as, p.surname, c.name AS class FROM guardian_pupil o \
             CROSS JOIN pupil p \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE o.school_id = $1 \
             AND o.guardian_id IN (SELECT l.guardian_id FROM guardian_pupil l WHERE l.school_id = $1 AND l.pupil_id = $2) \
             AND p.school_id = o.school_id AND p.pupil_id = o.pupil_id AND p.pupil_id <> $2 \
             AND p.admitted <= $3 AND (p.left_on IS NULL OR p.left_on >= $3) ORDER BY p.forename, p.pupil_id",
            self.id(),
            pupil.as_str(),
            day
        )?;
        found.into_iter().map(OnRoll::of).collect()
    }

    /// Those on record for a child, in the order the school rings them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn on_record(&self, pupil: &PupilId) -> Result<Vec<OnRecord>, StoreError> {
        let found = rows!(
            self.db(),
            ContactRow,
            "SELECT g.guardian_id, g.forename, g.surname, l.relationship, g.email, g.mobile, l.access, l.barred, l.reviewed \
             FROM guardian_pupil l JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             WHERE l.school_id = $1 AND l.pupil_id = $2 ORDER BY l.priority, g.surname, g.guardian_id",
            self.id(),
            pupil.as_str()
        )?;
        let contact = |row: ContactRow| {
            Ok(OnRecord {
                guardian_id: GuardianId::parse(&row.guardian_id).ok_or(StoreError::Unreadable("guardian"))?,
                name: full_name(&row.forename, &row.surname),
                relationship: row.relationship,
                email: row.email,
                phone: row.mobile,
                link: Link { access: Access::parse(&row.access), barred: row.barred, reviewed: row.reviewed },
            })
        };
        found.into_iter().map(contact).collect()
    }
}
