//! Who has declared what: every child on roll with every guardian who is asked, as staff see it.

use app::rules::{
    access::{Access, Link},
    declaration::{Answer, is_invited},
    id::{GuardianId, PupilId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, rows},
    roster::full_name,
};

/// A child with the guardians who are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaringChild {
    /// The child.
    pub pupil: PupilId,
    /// As registers list it.
    pub listed: String,
    /// The whole name.
    pub full_name: String,
    /// The class's id.
    pub class_id: String,
    /// "3 Oak".
    pub class: String,
    /// The year group.
    pub year: i64,
    /// The guardians who are asked, in the order in which the school rings.
    pub guardians: Vec<Declaring>,
}

/// A guardian who is asked about a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaring {
    /// Who.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// What they are to the child.
    pub relationship: String,
    /// The address the school holds.
    pub email: Option<String>,
    /// What they answered, with reference, time and channel; `None`: nothing yet.
    pub said: Option<(Answer, Reference, DateTime<Utc>, String)>,
}

columns! {
    struct Row {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class_id: String,
        class: String,
        year: i64,
        guardian_id: String,
        given: String,
        family: String,
        relationship: String,
        email: Option<String>,
        access: String,
        barred: bool,
        reviewed: bool,
        answer: Option<String>,
        reference: Option<String>,
        answered_at: Option<DateTime<Utc>>,
        channel: Option<String>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("declaration")
}

impl School {
    /// Every child on roll, by class and name, with the guardians who are asked about this version and what they answered.
    /// Children about whom nobody is asked have none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn declaring(&self, version: i64, today: NaiveDate) -> Result<Vec<DeclaringChild>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT p.pupil_id, p.forename, p.surname, p.known_as, p.class_id, c.name AS class, c.year, l.guardian_id, g.forename AS given, \
             g.surname AS family, l.relationship, g.email, l.access, l.barred, l.reviewed, d.answer, f.reference, f.answered_at, f.channel \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             JOIN guardian_pupil l ON l.school_id = p.school_id AND l.pupil_id = p.pupil_id \
             JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             LEFT JOIN declaration d ON d.school_id = l.school_id AND d.guardian_id = l.guardian_id AND d.pupil_id = l.pupil_id \
               AND d.version = $2 AND d.replaced_at IS NULL \
             LEFT JOIN declaration_form f ON f.school_id = d.school_id AND f.guardian_id = d.guardian_id AND f.submission_id = d.submission_id \
             WHERE p.school_id = $1 AND (p.left_on IS NULL OR p.left_on >= $3) AND p.admitted <= $3 \
             ORDER BY c.year, c.name, p.surname, p.forename, p.pupil_id, l.priority, l.guardian_id",
            self.id(),
            version,
            today
        )?;
        let mut children: Vec<DeclaringChild> = Vec::new();
        for row in found {
            let pupil = PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?;
            if children.last().is_none_or(|last| last.pupil != pupil) {
                let called = row.known_as.as_deref().unwrap_or(&row.forename);
                children.push(DeclaringChild {
                    listed: list_name(called, &row.surname),
                    full_name: full_name(called, &row.surname),
                    pupil,
                    class_id: row.class_id,
                    class: row.class,
                    year: row.year,
                    guardians: Vec::new(),
                });
            }
            let link = Link { access: Access::parse(&row.access), barred: row.barred, reviewed: row.reviewed };
            if !is_invited(link) {
                continue;
            }
            let said = match (row.answer, row.reference, row.answered_at, row.channel) {
                (Some(answer), Some(reference), Some(at), Some(channel)) => Some((
                    Answer::parse(&answer).ok_or_else(unreadable)?,
                    Reference::parse(&reference).ok_or_else(unreadable)?,
                    at,
                    channel,
                )),
                _ => None,
            };
            let asked = Declaring {
                guardian: GuardianId::parse(&row.guardian_id).ok_or_else(unreadable)?,
                name: full_name(&row.given, &row.family),
                relationship: row.relationship,
                email: row.email,
                said,
            };
            if let Some(child) = children.last_mut() {
                child.guardians.push(asked);
            }
        }
        Ok(children)
    }
}
