//! The school's calendar: a row for each change, and the last one counts. A school that has changed nothing
//! has no row; then its settings say what its calendar is.

use std::ops::RangeInclusive;

use app::rules::{
    absence::Details,
    calendar::{Calendar, Session, SessionDay},
    code::Code,
    id::StaffId,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// How many changes are listed.
const LISTED: i64 = 20;

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarKept {
    /// It counts from now on: its version.
    Done(i64),
    /// Somebody else has changed the calendar meanwhile. Nothing was kept.
    Changed,
}

/// A change of the calendar.
#[derive(Debug, Clone)]
pub struct NewCalendar {
    /// The version it was made from; 0 where the settings still counted.
    pub seen: i64,
    /// The calendar that counted then.
    pub before: Calendar,
    /// The calendar that counts from now on.
    pub becomes: Calendar,
    /// What it changes, as JSON of counts and dates.
    pub changed: String,
    /// Who.
    pub by: StaffId,
}

columns! {
    /// A change that was made.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct CalendarChange {
        /// The version it made.
        pub version: i64,
        /// What it changed, as it was handed in.
        pub changed: Option<String>,
        /// When.
        pub made_at: DateTime<Utc>,
        /// Who, by name.
        pub name: Option<String>,
    }
}

columns! {
    struct StandingColumns {
        day: NaiveDate,
        am: bool,
        pm: bool,
        year: i64,
        reason: String,
        details: String,
    }
}

/// A report that stands, with what hangs on the calendar.
#[derive(Debug, Clone)]
pub struct StandingReport {
    /// The day.
    pub day: NaiveDate,
    /// Morning, afternoon.
    pub halves: (bool, bool),
    /// The child's year group.
    pub year: i64,
    /// The key of the reason.
    pub reason: String,
    /// The follow-up answers.
    pub details: Details,
}

columns! {
    struct MarkedColumns {
        day: NaiveDate,
        session: String,
        year: i64,
        code: String,
        marks: i64,
    }
}

/// How many marks of a code a year group has in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The session.
    pub at: SessionDay,
    /// The children's year group.
    pub year: i64,
    /// The code.
    pub code: Code,
    /// How many.
    pub marks: i64,
}

impl School {
    /// The version of the calendar that counts; 0 while the settings say what it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn calendar_version(&self) -> Result<i64, StoreError> {
        let found = row!(
            self.db(),
            (i64,),
            "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM calendar WHERE school_id = $1",
            self.id()
        )?;
        Ok(found.map_or(0, |(version,)| version))
    }

    /// The calendar that counts and its version; `None` while the settings say what it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn calendar(&self) -> Result<Option<(i64, Calendar)>, StoreError> {
        let found = row!(
            self.db(),
            (i64, String),
            "SELECT version, body FROM calendar WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
            self.id()
        )?;
        found.map(|(version, body)| Ok((version, read(&body)?))).transpose()
    }

    /// The calendar as a version made it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn calendar_at(&self, version: i64) -> Result<Option<Calendar>, StoreError> {
        let found = row!(
            self.db(),
            (String,),
            "SELECT body FROM calendar WHERE school_id = $1 AND version = $2",
            self.id(),
            version
        )?;
        found.map(|(body,)| read(&body)).transpose()
    }

    /// The last changes, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn calendar_changes(&self) -> Result<Vec<CalendarChange>, StoreError> {
        rows!(
            self.db(),
            CalendarChange,
            "SELECT c.version, c.changed, c.made_at, s.name FROM calendar c \
             LEFT JOIN staff s ON s.school_id = c.school_id AND s.staff_id = c.made_by \
             WHERE c.school_id = $1 AND c.version > 1 ORDER BY c.version DESC LIMIT $2",
            self.id(),
            LISTED
        )
    }

    /// Lets another calendar count. The first change keeps what the settings said too, so that it can be
    /// taken back.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn keep_calendar(&self, new: NewCalendar, now: DateTime<Utc>) -> Result<CalendarKept, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let found = row!(
                        &mut *work,
                        (i64,),
                        "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM calendar WHERE school_id = $1",
                        id.as_str()
                    )?;
                    let last = found.map_or(0, |(version,)| version);
                    if last != new.seen {
                        return Ok(CalendarKept::Changed);
                    }
                    let version = last.max(1) + 1;
                    let insert = "INSERT INTO calendar (school_id, version, body, changed, made_at, made_by) \
                                  VALUES ($1, $2, $3, $4, $5, $6)";
                    let (was, is) = (written(&new.before)?, written(&new.becomes)?);
                    if last == 0 {
                        run!(&mut *work, insert, id.as_str(), 1_i64, was.as_str(), None::<&str>, micros(now), "")?;
                    }
                    run!(
                        &mut *work,
                        insert,
                        id.as_str(),
                        version,
                        is.as_str(),
                        Some(new.changed.as_str()),
                        micros(now),
                        new.by.as_str()
                    )?;
                    let actor = Actor::Staff(new.by.to_string());
                    let subject = version.to_string();
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "change_calendar",
                        subject_kind: "calendar",
                        subject_id: &subject,
                        fields: &[("calendar", Some(was.as_str()), Some(is.as_str()))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(CalendarKept::Done(version))
                })
            })
            .await
    }

    /// The year groups that have a class, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn year_groups(&self) -> Result<Vec<i64>, StoreError> {
        let found =
            rows!(self.db(), (i64,), "SELECT DISTINCT year FROM class WHERE school_id = $1 ORDER BY year", self.id())?;
        Ok(found.into_iter().map(|(year,)| year).collect())
    }

    /// The reports that stand on these days, both ends included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing_reports(&self, days: RangeInclusive<NaiveDate>) -> Result<Vec<StandingReport>, StoreError> {
        let found = rows!(
            self.db(),
            StandingColumns,
            "SELECT r.day, r.am, r.pm, c.year, r.reason, r.details FROM report r \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE r.school_id = $1 AND r.day BETWEEN $2 AND $3 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL",
            self.id(),
            *days.start(),
            *days.end()
        )?;
        let report = |row: StandingColumns| {
            let details = serde_json::from_str(&row.details).map_err(|_| StoreError::Unreadable("report"))?;
            let halves = (row.am, row.pm);
            Ok(StandingReport { day: row.day, halves, year: row.year, reason: row.reason, details })
        };
        found.into_iter().map(report).collect()
    }

    /// How many marks stand in the sessions of these days, both ends included, by year group and code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn marked_between(&self, days: RangeInclusive<NaiveDate>) -> Result<Vec<Marked>, StoreError> {
        let found = rows!(
            self.db(),
            MarkedColumns,
            "SELECT m.day, m.session, c.year, m.code, CAST(COUNT(*) AS BIGINT) AS marks FROM mark m \
             JOIN pupil p ON p.school_id = m.school_id AND p.pupil_id = m.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE m.school_id = $1 AND m.day BETWEEN $2 AND $3 AND m.source <> 'previous-school' \
             GROUP BY m.day, m.session, c.year, m.code",
            self.id(),
            *days.start(),
            *days.end()
        )?;
        let marked = |row: MarkedColumns| {
            let at = SessionDay { date: row.day, session: Session::parse(&row.session)? };
            Some(Marked { at, year: row.year, code: Code::parse(&row.code)?, marks: row.marks })
        };
        found.into_iter().map(|row| marked(row).ok_or(StoreError::Unreadable("mark"))).collect()
    }
}

fn read(body: &str) -> Result<Calendar, StoreError> {
    serde_json::from_str(body).map_err(|_| StoreError::Unreadable("calendar"))
}

fn written(calendar: &Calendar) -> Result<String, StoreError> {
    serde_json::to_string(calendar).map_err(|_| StoreError::Unreadable("calendar"))
}
