//! What figures are made of: the children on roll, and their sessions counted child by child.

use std::{collections::HashMap, ops::RangeInclusive};

use app::rules::{
    absence::Part,
    calendar::{Session, SessionDay},
    code::Code,
    figures::Known,
    id::PupilId,
    percentage::Tally,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, row, rows},
    journal::{self, Actor, Line},
    roster::full_name,
};

/// A child as figures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollChild {
    /// The child.
    pub pupil_id: PupilId,
    /// The unique pupil number; "" where there is none yet.
    pub upn: String,
    /// As registers list it: "Okafor, Ada".
    pub listed: String,
    /// "Ada Okafor".
    pub full_name: String,
    /// The class.
    pub class_id: String,
    /// "3 Oak".
    pub class: String,
    /// The year group, 0 for Reception.
    pub year: i64,
    /// The last day on roll, where there is one.
    pub left_on: Option<NaiveDate>,
    /// Birth, admission, the first mark.
    pub known: Known,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollClass {
    /// The class.
    pub class_id: String,
    /// "3 Oak".
    pub name: String,
    /// The year group, 0 for Reception.
    pub year: i64,
}

columns! {
    struct ChildColumns {
        pupil_id: String,
        upn: String,
        forename: String,
        known_as: Option<String>,
        surname: String,
        born: NaiveDate,
        admitted: NaiveDate,
        left_on: Option<NaiveDate>,
        class_id: String,
        class: String,
        year: i64,
        first_mark: Option<NaiveDate>,
    }
}

/// The statement for the school's children of whom more holds.
macro_rules! children_with {
    ($more:literal) => {
        concat!(
            "SELECT p.pupil_id, p.upn, p.forename, p.known_as, p.surname, p.born, p.admitted, p.left_on, c.class_id, c.name AS class, c.year, \
             (SELECT f.day FROM mark f WHERE f.school_id = p.school_id AND f.pupil_id = p.pupil_id AND f.code <> 'Z' \
              ORDER BY f.day LIMIT 1) AS first_mark \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 ",
            $more
        )
    };
}

impl RollChild {
    fn of(row: ChildColumns) -> Result<Self, StoreError> {
        let called = row.known_as.as_deref().unwrap_or(&row.forename);
        Ok(Self {
            pupil_id: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
            upn: row.upn,
            listed: list_name(called, &row.surname),
            full_name: full_name(called, &row.surname),
            class_id: row.class_id,
            class: row.class,
            year: row.year,
            left_on: row.left_on,
            known: Known { born: row.born, admitted: row.admitted, first_mark: row.first_mark },
        })
    }
}

/// A report of a child's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOf {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// The reason's key.
    pub reason: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The report's reference.
    pub reference: Reference,
    /// Who told the school.
    pub from: String,
}

columns! {
    struct ReportColumns {
        day: NaiveDate,
        am: bool,
        pm: bool,
        reason: String,
        received_at: DateTime<Utc>,
        reference: String,
        forename: String,
        surname: String,
    }
}

columns! {
    struct TallyColumns {
        pupil_id: String,
        attended: i64,
        authorised: i64,
        unauthorised: i64,
        late: i64,
    }
}

impl School {
    /// Every child on roll on a day, by class and then UPN in the order of the letters' bytes, which is the
    /// same on every engine; of this class, or of every class where it is "".
    ///
    /// # Errors
    /// What the database says.
    pub async fn roll_on(&self, date: NaiveDate, class: &str) -> Result<Vec<RollChild>, StoreError> {
        let found = rows!(
            self.db(),
            ChildColumns,
            children_with!(
                "AND p.admitted <= $2 AND (p.left_on IS NULL OR p.left_on >= $2) AND ($3 = '' OR p.class_id = $3)"
            ),
            self.id(),
            date,
            class
        )?;
        let mut roll: Vec<RollChild> = found.into_iter().map(RollChild::of).collect::<Result<_, _>>()?;
        roll.sort_by(|a, b| (&a.class, &a.upn, &a.pupil_id).cmp(&(&b.class, &b.upn, &b.pupil_id)));
        Ok(roll)
    }

    /// One child, on roll or not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn roll_child(&self, pupil: &PupilId) -> Result<Option<RollChild>, StoreError> {
        let found = row!(self.db(), ChildColumns, children_with!("AND p.pupil_id = $2"), self.id(), pupil.as_str())?;
        found.map(RollChild::of).transpose()
    }

    /// The classes in the order of their years and names.
    ///
    /// # Errors
    /// What the database says.
    pub async fn classes(&self) -> Result<Vec<RollClass>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, i64),
            "SELECT class_id, name, year FROM class WHERE school_id = $1",
            self.id()
        )?;
        let class = |(class_id, name, year)| RollClass { class_id, name, year };
        let mut classes: Vec<RollClass> = found.into_iter().map(class).collect();
        classes.sort_by(|a, b| (a.year, &a.name, &a.class_id).cmp(&(b.year, &b.name, &b.class_id)));
        Ok(classes)
    }

    /// The sessions of these days, counted for each child on roll on the last of them, from its admission on.
    /// A child without a mark is not in it. Of this class, or of every class where it is "".
    ///
    /// # Errors
    /// What the database says.
    pub async fn tallies(
        &self,
        days: RangeInclusive<NaiveDate>,
        class: &str,
    ) -> Result<HashMap<PupilId, Tally>, StoreError> {
        // The lists of codes are `Code::class`: a test holds them against it. CROSS JOIN, so that SQLite goes
        // child by child along the index, which holds all that is counted.
        let found = rows!(
            self.db(),
            TallyColumns,
            "SELECT p.pupil_id, \
             CAST(SUM(CASE WHEN m.code IN ('/', '\\', 'L', 'K', 'V', 'P', 'W', 'B') THEN 1 ELSE 0 END) AS BIGINT) AS attended, \
             CAST(SUM(CASE WHEN m.code IN ('C', 'C1', 'C2', 'E', 'I', 'J1', 'M', 'R', 'S', 'T') THEN 1 ELSE 0 END) AS BIGINT) AS authorised, \
             CAST(SUM(CASE WHEN m.code IN ('G', 'N', 'O', 'U') THEN 1 ELSE 0 END) AS BIGINT) AS unauthorised, \
             CAST(SUM(CASE WHEN m.code = 'L' THEN 1 ELSE 0 END) AS BIGINT) AS late \
             FROM pupil p CROSS JOIN mark m \
             WHERE p.school_id = $1 AND p.admitted <= $3 AND (p.left_on IS NULL OR p.left_on >= $3) \
             AND m.school_id = p.school_id AND m.pupil_id = p.pupil_id AND m.day BETWEEN $2 AND $3 AND m.day >= p.admitted \
             AND ($4 = '' OR p.class_id = $4) GROUP BY p.pupil_id",
            self.id(),
            *days.start(),
            *days.end(),
            class
        )?;
        let number = |count: i64| u32::try_from(count).map_err(|_| StoreError::Unreadable("mark"));
        let tally = |row: TallyColumns| {
            let pupil = PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?;
            let tally = Tally {
                attended: number(row.attended)?,
                authorised: number(row.authorised)?,
                unauthorised: number(row.unauthorised)?,
                late: number(row.late)?,
            };
            Ok((pupil, tally))
        };
        found.into_iter().map(tally).collect()
    }

    /// The marks of a class's children on these days, whoever of them is still there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn class_marks(
        &self,
        class: &str,
        days: RangeInclusive<NaiveDate>,
    ) -> Result<Vec<(PupilId, SessionDay, Code)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, NaiveDate, String, String),
            "SELECT m.pupil_id, m.day, m.session, m.code FROM pupil p CROSS JOIN mark m \
             WHERE p.school_id = $1 AND p.class_id = $2 AND m.school_id = p.school_id AND m.pupil_id = p.pupil_id AND m.day BETWEEN $3 AND $4",
            self.id(),
            class,
            *days.start(),
            *days.end()
        )?;
        let mark = |(pupil, date, session, code): (String, NaiveDate, String, String)| {
            let at = SessionDay { date, session: Session::parse(&session)? };
            Some((PupilId::parse(&pupil)?, at, Code::parse(&code)?))
        };
        found.into_iter().map(|row| mark(row).ok_or(StoreError::Unreadable("mark"))).collect()
    }

    /// What was reported of a child on these days and stands, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reports_of(
        &self,
        pupil: &PupilId,
        days: RangeInclusive<NaiveDate>,
    ) -> Result<Vec<ReportOf>, StoreError> {
        let found = rows!(
            self.db(),
            ReportColumns,
            "SELECT r.day, r.am, r.pm, r.reason, r.received_at, s.reference, g.forename, g.surname FROM report r \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
             WHERE r.school_id = $1 AND r.pupil_id = $2 AND r.day BETWEEN $3 AND $4 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             ORDER BY r.day, r.received_at, r.report_id",
            self.id(),
            pupil.as_str(),
            *days.start(),
            *days.end()
        )?;
        let report = |row: ReportColumns| {
            Some(ReportOf {
                date: row.day,
                part: Part::of(row.am, row.pm)?,
                reason: row.reason,
                received_at: row.received_at,
                reference: Reference::parse(&row.reference)?,
                from: full_name(&row.forename, &row.surname),
            })
        };
        found.into_iter().map(|row| report(row).ok_or(StoreError::Unreadable("report"))).collect()
    }

    /// Writes down that figures or marks of so many children left the portal.
    ///
    /// # Errors
    /// What the database says; then nothing may leave.
    pub async fn note_export(
        &self,
        actor: Actor,
        action: &'static str,
        subject: String,
        children: usize,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let count = children.to_string();
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action,
                        subject_kind: "export",
                        subject_id: &subject,
                        fields: &[("children", None, Some(count.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }
}
