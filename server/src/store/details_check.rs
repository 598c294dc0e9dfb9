//! "Still right?": who has looked this school year, by class; and how many people can be rung for each child.

use app::rules::{
    access::{Access, Link},
    id::{GuardianId, PupilId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    details::details,
    journal::{self, Actor, Line},
    micros,
    roster::full_name,
    writer::Work,
};

/// Somebody of a child's record, as the list of who has looked has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsLooked {
    /// The child.
    pub pupil: PupilId,
    /// As registers list it.
    pub child: String,
    /// The guardian's whole name.
    pub guardian: String,
    /// Whether the portal asks them: not who is barred, not reviewed or without access, and not who has no inbox of
    /// their own.
    pub is_asked: bool,
    /// Whether the school may ring them: they have a number, and no bar stands against them.
    pub can_be_rung: bool,
    /// When they looked, and whether all was right.
    pub looked: Option<(DateTime<Utc>, bool)>,
}

columns! {
    struct Row {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        guardian_forename: String,
        guardian_surname: String,
        access: String,
        barred: bool,
        reviewed: bool,
        has_number: bool,
        inbox: i64,
        checked_at: Option<DateTime<Utc>>,
        all_right: Option<bool>,
    }
}

/// Notes within a job's transaction that a guardian has looked; the first look of a year counts, and a change asked for later
/// says so.
pub(super) async fn looked(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    (year, all_right): (i32, bool),
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let noted = run!(
        &mut *work,
        "INSERT INTO details_check (school_id, guardian_id, year, checked_at, all_right) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (school_id, guardian_id, year) DO UPDATE SET checked_at = $4, all_right = $5 WHERE details_check.all_right AND NOT $5",
        school,
        guardian.as_str(),
        i64::from(year),
        micros(at),
        all_right
    )?;
    Ok(noted == 1)
}

impl School {
    /// Whether a guardian has looked in this school year.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_looked(&self, guardian: &GuardianId, year: i32) -> Result<Option<DateTime<Utc>>, StoreError> {
        let found = row!(
            self.db(),
            (DateTime<Utc>,),
            "SELECT checked_at FROM details_check WHERE school_id = $1 AND guardian_id = $2 AND year = $3",
            self.id(),
            guardian.as_str(),
            i64::from(year)
        )?;
        Ok(found.map(|(at,)| at))
    }

    /// Notes that a guardian has looked and all is right. `false` where there is no child they may see.
    ///
    /// # Errors
    /// What the database says; nothing is noted then.
    pub async fn details_are_right(
        &self,
        guardian: &GuardianId,
        year: i32,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<bool, StoreError> {
        let (id, guardian) = (self.id().to_owned(), guardian.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if details!(&mut *work, id.as_str(), &guardian, today)?.is_none() {
                        return Ok(false);
                    }
                    if looked(work, &id, &guardian, (year, true), now).await? {
                        let (actor, year) = (Actor::Guardian(guardian.to_string()), year.to_string());
                        let line = Line {
                            at: now,
                            actor: &actor,
                            action: "details_are_right",
                            subject_kind: "guardian",
                            subject_id: guardian.as_str(),
                            fields: &[("year", None, Some(&year))],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(true)
                })
            })
            .await
    }

    /// Who has looked, of everybody on the records of a class's children on roll, by child and in the order of ringing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_of_class(
        &self,
        class: &str,
        year: i32,
        today: NaiveDate,
    ) -> Result<Vec<DetailsLooked>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT p.pupil_id, p.forename, p.surname, p.known_as, g.forename AS guardian_forename, g.surname AS guardian_surname, \
             l.access, l.barred, l.reviewed, \
             (COALESCE(g.mobile, '') <> '' OR COALESCE(g.home_phone, '') <> '' OR COALESCE(g.work_phone, '') <> '') AS has_number, \
             (SELECT COUNT(*) FROM guardian n WHERE n.school_id = g.school_id AND n.email = g.email) AS inbox, k.checked_at, k.all_right \
             FROM pupil p CROSS JOIN guardian_pupil l CROSS JOIN guardian g \
             LEFT JOIN details_check k ON k.school_id = g.school_id AND k.guardian_id = g.guardian_id AND k.year = $3 \
             WHERE p.school_id = $1 AND p.class_id = $2 AND (p.left_on IS NULL OR p.left_on >= $4) \
             AND l.school_id = p.school_id AND l.pupil_id = p.pupil_id AND g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             ORDER BY p.surname, p.forename, p.pupil_id, l.priority, g.guardian_id",
            self.id(),
            class,
            i64::from(year),
            today
        )?;
        let one = |row: Row| {
            let link = Link { access: Access::parse(&row.access), barred: row.barred, reviewed: row.reviewed };
            Ok(DetailsLooked {
                pupil: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
                child: super::board::list_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                guardian: full_name(&row.guardian_forename, &row.guardian_surname),
                is_asked: link.may_read() && row.inbox == 1,
                can_be_rung: row.has_number && !row.barred,
                looked: row.checked_at.map(|at| (at, row.all_right.unwrap_or(false))),
            })
        };
        found.into_iter().map(one).collect()
    }
}
