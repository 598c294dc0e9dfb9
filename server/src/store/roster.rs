//! Pupils, guardians and the links between them.

use app::rules::{
    access::Link,
    id::{GuardianId, PupilId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
};

/// A class to be written.
#[derive(Debug, Clone)]
pub struct NewClass {
    /// Its id.
    pub class_id: String,
    /// "3 Oak".
    pub name: String,
    /// 0 for Reception.
    pub year: i64,
}

/// A pupil to be written.
#[derive(Debug, Clone)]
pub struct NewPupil {
    /// The id.
    pub pupil_id: PupilId,
    /// The unique pupil number: blind, never shown to parents.
    pub upn: String,
    /// The MIS's own number.
    pub mis_id: String,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// What everybody calls the child, if something else.
    pub known_as: Option<String>,
    /// Date of birth.
    pub born: NaiveDate,
    /// The class.
    pub class_id: String,
    /// First day on roll.
    pub admitted: NaiveDate,
    /// Last day on roll.
    pub left_on: Option<NaiveDate>,
}

/// A guardian to be written.
#[derive(Debug, Clone)]
pub struct NewGuardian {
    /// The id.
    pub guardian_id: GuardianId,
    /// "Mrs".
    pub title: Option<String>,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// The address the school holds.
    pub email: Option<String>,
    /// The mobile number.
    pub mobile: Option<String>,
    /// Where they live, the lines of the envelope with line breaks between.
    pub address: Option<String>,
}

/// A link between a guardian and a pupil to be written.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The guardian.
    pub guardian_id: GuardianId,
    /// The pupil.
    pub pupil_id: PupilId,
    /// "mother".
    pub relationship: String,
    /// In which order the school rings.
    pub priority: i64,
    /// Whether the guardian has parental responsibility.
    pub parental_responsibility: bool,
    /// Whether the child normally lives with them.
    pub lives_with: bool,
    /// What the portal lets them do.
    pub link: Link,
}

/// Somebody who reads the same inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharer {
    /// The id.
    pub guardian_id: GuardianId,
    /// The whole name.
    pub name: String,
    /// Whether any child's record bars them.
    pub barred: bool,
}

/// Given and family name in one, for people who have only one of them too.
pub(super) fn full_name(forename: &str, surname: &str) -> String {
    [forename, surname].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An e-mail address as it is kept and compared.
#[must_use]
pub(super) fn plain_email(address: &str) -> String {
    address.trim().to_lowercase()
}

impl School {
    /// Writes the school itself, if it is not there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn found(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let new = run!(
                        &mut *work,
                        "INSERT INTO school (school_id, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        id.as_str(),
                        now,
                    )?;
                    if new == 1 {
                        run!(
                            &mut *work,
                            "INSERT INTO journal_head (school_id, seq, mac) VALUES ($1, 0, '')",
                            id.as_str()
                        )?;
                        let actor = Actor::System("start");
                        let line = Line {
                            at: now,
                            actor: &actor,
                            action: "found_school",
                            subject_kind: "school",
                            subject_id: &id,
                            fields: &[],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Writes a whole roster into an empty school, in one transaction.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn seed_roster(
        &self,
        now: DateTime<Utc>,
        classes: Vec<NewClass>,
        pupils: Vec<NewPupil>,
        guardians: Vec<NewGuardian>,
        links: Vec<NewLink>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for class in &classes {
                        run!(&mut *work, "INSERT INTO class (school_id, class_id, name, year) VALUES ($1, $2, $3, $4)",
                            id.as_str(), class.class_id.as_str(), class.name.as_str(), class.year)?;
                    }
                    for pupil in &pupils {
                        run!(&mut *work,
                            "INSERT INTO pupil (school_id, pupil_id, upn, mis_id, forename, surname, known_as, born, class_id, admitted, left_on) \
                             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                            id.as_str(), pupil.pupil_id.as_str(), pupil.upn.as_str(), pupil.mis_id.as_str(),
                            pupil.forename.as_str(), pupil.surname.as_str(), pupil.known_as.as_deref(), pupil.born,
                            pupil.class_id.as_str(), pupil.admitted, pupil.left_on)?;
                    }
                    for guardian in &guardians {
                        run!(&mut *work,
                            "INSERT INTO guardian (school_id, guardian_id, title, forename, surname, email, mobile, address) \
                             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                            id.as_str(), guardian.guardian_id.as_str(), guardian.title.as_deref(), guardian.forename.as_str(),
                            guardian.surname.as_str(), guardian.email.as_deref().map(plain_email), guardian.mobile.as_deref(),
                            guardian.address.as_deref())?;
                    }
                    for link in &links {
                        run!(&mut *work,
                            "INSERT INTO guardian_pupil (school_id, guardian_id, pupil_id, relationship, priority, parental_responsibility, \
                             lives_with, access, barred, reviewed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                            id.as_str(), link.guardian_id.as_str(), link.pupil_id.as_str(), link.relationship.as_str(), link.priority,
                            link.parental_responsibility, link.lives_with, link.link.access.word(), link.link.barred, link.link.reviewed)?;
                    }
                    let counts = [("pupils", pupils.len()), ("guardians", guardians.len())].map(|(n, c)| (n, c.to_string()));
                    let fields: Vec<_> = counts.iter().map(|(name, count)| (*name, None, Some(count.as_str()))).collect();
                    let actor = Actor::System("roster");
                    let line = Line { at: now, actor: &actor, action: "seed_roster", subject_kind: "school", subject_id: &id, fields: &fields };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Everybody who reads this inbox, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sharers(&self, email: &str) -> Result<Vec<Sharer>, StoreError> {
        columns! {
            struct Row {
                guardian_id: String,
                forename: String,
                surname: String,
                barred: i64,
            }
        }
        let found = rows!(
            self.db(),
            Row,
            "SELECT g.guardian_id, g.forename, g.surname, \
             (SELECT COUNT(*) FROM guardian_pupil l WHERE l.school_id = g.school_id AND l.guardian_id = g.guardian_id AND l.barred) AS barred \
             FROM guardian g WHERE g.school_id = $1 AND g.email = $2 ORDER BY g.forename, g.surname, g.guardian_id",
            self.id(),
            email,
        )?;
        found
            .into_iter()
            .map(|row| {
                Ok(Sharer {
                    guardian_id: GuardianId::parse(&row.guardian_id).ok_or(StoreError::Unreadable("guardian"))?,
                    name: full_name(&row.forename, &row.surname),
                    barred: row.barred > 0,
                })
            })
            .collect()
    }

    /// Whether the school holds any pupils yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_pupils(&self) -> Result<bool, StoreError> {
        let found = row!(self.db(), (String,), "SELECT pupil_id FROM pupil WHERE school_id = $1 LIMIT 1", self.id())?;
        Ok(found.is_some())
    }

    /// Sets or lifts a bar on one link. It takes effect with the guardian's next request.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_bar(
        &self,
        guardian: &GuardianId,
        pupil: &PupilId,
        barred: bool,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, guardian, pupil) = (self.id().to_owned(), guardian.clone(), pupil.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let changed = run!(&mut *work,
                        "UPDATE guardian_pupil SET barred = $4 WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3 AND barred <> $4",
                        id.as_str(), guardian.as_str(), pupil.as_str(), barred)?;
                    if changed == 0 {
                        return Ok(());
                    }
                    let (before, after) = (Some((!barred).to_string()), Some(barred.to_string()));
                    let line = Line {
                        at: now, actor: &actor, action: "set_bar", subject_kind: "guardian", subject_id: guardian.as_str(),
                        fields: &[("pupil", None, Some(pupil.as_str())), ("barred", before.as_deref(), after.as_deref())],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }
}
