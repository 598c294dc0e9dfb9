//! Who may do what for which child, as the office reviews it.

use app::rules::{
    access::{Access, Link},
    id::{GuardianId, PupilId, StaffId},
    leaving::has_left,
    london,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    roster::full_name,
};

/// A contact and a child, with all that a review needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkListed {
    /// The contact.
    pub guardian_id: GuardianId,
    /// Their whole name.
    pub name: String,
    /// The e-mail address the school holds.
    pub email: Option<String>,
    /// Whether the school keeps the postal address secret.
    pub address_secret: bool,
    /// The child.
    pub pupil_id: PupilId,
    /// Its whole name.
    pub child: String,
    /// The class's id.
    pub class_id: String,
    /// "3 Oak".
    pub class: String,
    /// "mother".
    pub relationship: String,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
    /// Whether the child lives with them.
    pub lives_with: bool,
    /// Whether a file ever said either.
    pub flags_said: bool,
    /// Whether there is a court order.
    pub court_order: bool,
    /// What they may do.
    pub link: Link,
    /// Whether a person decided that.
    pub decided: bool,
    /// Since when files have not had the link, or the child.
    pub missing_since: Option<NaiveDate>,
    /// Whether it is the child that is missing.
    pub child_missing: bool,
    /// Of a child who has left: the last day, and what the contact has again if the child comes back.
    pub left: Option<(NaiveDate, Access)>,
}

/// What the office decides about one link.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The contact.
    pub guardian: GuardianId,
    /// The child.
    pub pupil: PupilId,
    /// What they shall be able to do.
    pub access: Access,
    /// How the link stood when it was shown, as [`LinkListed::seen`] says it.
    pub seen: String,
    /// Who decides.
    pub by: StaffId,
}

impl LinkListed {
    /// What stands for everything a decision hangs on.
    #[must_use]
    pub fn seen(&self) -> String {
        seen(self.link, self.responsibility, self.lives_with, self.court_order)
    }
}

fn seen(link: Link, responsibility: bool, lives_with: bool, court_order: bool) -> String {
    let flags = [link.reviewed, link.barred, responsibility, lives_with, court_order];
    let flags: String = flags.into_iter().map(|flag| if flag { '1' } else { '0' }).collect();
    format!("{}-{flags}", link.access.word())
}

columns! {
    struct Row {
        guardian_id: String,
        forename: String,
        surname: String,
        email: Option<String>,
        address_secret: bool,
        pupil_id: String,
        child_forename: String,
        child_surname: String,
        known_as: Option<String>,
        class_id: String,
        class: String,
        relationship: String,
        parental_responsibility: bool,
        lives_with: bool,
        flags_said: bool,
        court_order: bool,
        access: String,
        barred: bool,
        reviewed: bool,
        decided_by: Option<String>,
        missing_since: Option<NaiveDate>,
        child_missing_since: Option<NaiveDate>,
        left_on: Option<NaiveDate>,
        access_kept: Option<String>,
    }
}

impl School {
    /// Every link to a child on roll, by class, child and the order in which the school rings.
    ///
    /// # Errors
    /// What the database says.
    pub async fn links(&self, today: NaiveDate) -> Result<Vec<LinkListed>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT g.guardian_id, g.forename, g.surname, g.email, p.pupil_id, p.forename AS child_forename, p.surname AS child_surname, \
             g.address_secret, p.known_as, c.class_id, c.name AS class, l.relationship, l.parental_responsibility, l.lives_with, l.flags_said, l.court_order, \
             l.access, l.barred, l.reviewed, l.decided_by, l.missing_since, p.missing_since AS child_missing_since, p.left_on, l.access_kept \
             FROM guardian_pupil l \
             JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
             JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE l.school_id = $1 AND (p.left_on IS NULL OR p.left_on >= $2) \
             ORDER BY c.year, c.name, p.surname, p.forename, p.pupil_id, l.priority, g.guardian_id",
            self.id(),
            today
        )?;
        found.into_iter().map(listed).collect()
    }

    /// Every link to a child who has left that had access, by class and child: what was given comes back with the child.
    ///
    /// # Errors
    /// What the database says.
    pub async fn links_left(&self) -> Result<Vec<LinkListed>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT g.guardian_id, g.forename, g.surname, g.email, p.pupil_id, p.forename AS child_forename, p.surname AS child_surname, \
             g.address_secret, p.known_as, c.class_id, c.name AS class, l.relationship, l.parental_responsibility, l.lives_with, l.flags_said, l.court_order, \
             l.access, l.barred, l.reviewed, l.decided_by, l.missing_since, p.missing_since AS child_missing_since, p.left_on, l.access_kept \
             FROM guardian_pupil l CROSS JOIN pupil p CROSS JOIN guardian g CROSS JOIN class c \
             WHERE l.school_id = $1 AND l.access_kept > '' AND p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
             AND g.school_id = l.school_id AND g.guardian_id = l.guardian_id AND c.school_id = p.school_id AND c.class_id = p.class_id \
             ORDER BY p.left_on DESC, p.surname, p.forename, p.pupil_id, l.priority, g.guardian_id",
            self.id()
        )?;
        found.into_iter().map(listed).collect()
    }

    /// Children on roll to whom nobody belongs, by name and class.
    ///
    /// # Errors
    /// What the database says.
    pub async fn children_alone(&self, today: NaiveDate) -> Result<Vec<(String, String)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, Option<String>, String),
            "SELECT p.forename, p.surname, p.known_as, c.name FROM pupil p \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 AND (p.left_on IS NULL OR p.left_on >= $2) \
             AND NOT EXISTS (SELECT 1 FROM guardian_pupil l WHERE l.school_id = p.school_id AND l.pupil_id = p.pupil_id) \
             ORDER BY c.year, c.name, p.surname, p.forename",
            self.id(),
            today
        )?;
        let name =
            |forename: &str, surname: &str, known_as: Option<&str>| full_name(known_as.unwrap_or(forename), surname);
        Ok(found
            .into_iter()
            .map(|(first, last, known, class)| (name(&first, &last, known.as_deref()), class))
            .collect())
    }

    /// Contacts in whose name a device was ever signed in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ever_signed_in(&self) -> Result<Vec<String>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT DISTINCT guardian_id FROM device WHERE school_id = $1 AND guardian_id IS NOT NULL",
            self.id()
        )?;
        Ok(found.into_iter().map(|(guardian,)| guardian).collect())
    }

    /// Gives a contact access to a child, or keeps it shut. A bar stays what it is. `false` when the link
    /// is no longer as it was shown, or is not there. Of a child who has left it can only be shut, and then it stays so if
    /// the child comes back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn decide_access(&self, decision: Decision, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Decision { guardian, pupil, access, seen: shown, by } = decision;
                    let found = row!(&mut *work, (String, bool, bool, bool, bool, bool, Option<String>, Option<NaiveDate>),
                        "SELECT l.access, l.reviewed, l.barred, l.parental_responsibility, l.lives_with, l.court_order, l.access_kept, p.left_on \
                         FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
                         WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.pupil_id = $3",
                        id.as_str(), guardian.as_str(), pupil.as_str())?;
                    let Some((word, reviewed, barred, responsibility, lives_with, court_order, kept, left_on)) = found else { return Ok(false) };
                    let left = kept.is_some() || has_left(left_on, london::today(now));
                    if left && access != Access::None {
                        return Ok(false);
                    }
                    let was = Link { access: Access::parse(&word), barred, reviewed };
                    if seen(was, responsibility, lives_with, court_order) != shown {
                        return Ok(false);
                    }
                    run!(&mut *work,
                        "UPDATE guardian_pupil SET access = $4, access_kept = CASE WHEN access_kept IS NULL THEN NULL ELSE $4 END, \
                         reviewed = $5, decided_by = $6, decided_at = $7 \
                         WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
                        id.as_str(), guardian.as_str(), pupil.as_str(), access.word(), true, by.as_str(), micros(now))?;
                    let actor = Actor::Staff(by.to_string());
                    let before = was.reviewed.to_string();
                    let line = Line {
                        at: now, actor: &actor, action: "decide_access", subject_kind: "guardian", subject_id: guardian.as_str(),
                        fields: &[
                            ("pupil", None, Some(pupil.as_str())),
                            ("access", Some(kept.as_deref().unwrap_or(was.access.word())), Some(access.word())),
                            ("reviewed", Some(before.as_str()), Some("true")),
                        ],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}

fn listed(row: Row) -> Result<LinkListed, StoreError> {
    let child_missing = row.child_missing_since.is_some();
    Ok(LinkListed {
        guardian_id: GuardianId::parse(&row.guardian_id).ok_or(StoreError::Unreadable("guardian"))?,
        name: full_name(&row.forename, &row.surname),
        email: row.email,
        address_secret: row.address_secret,
        pupil_id: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
        child: full_name(row.known_as.as_deref().unwrap_or(&row.child_forename), &row.child_surname),
        class_id: row.class_id,
        class: row.class,
        relationship: row.relationship,
        responsibility: row.parental_responsibility,
        lives_with: row.lives_with,
        flags_said: row.flags_said,
        court_order: row.court_order,
        link: Link { access: Access::parse(&row.access), barred: row.barred, reviewed: row.reviewed },
        decided: row.decided_by.is_some(),
        missing_since: row.missing_since.or(row.child_missing_since),
        child_missing,
        left: row.left_on.zip(row.access_kept).map(|(day, kept)| (day, Access::parse(&kept))),
    })
}
