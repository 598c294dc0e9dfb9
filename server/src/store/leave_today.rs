//! What leave means for a day: who is away with it, who was refused it, and who should be back.

use std::collections::HashSet;

use app::rules::{
    calendar::{Session, SessionDay},
    code::Code,
    id::PupilId,
    leave::Decided,
    reference::Reference,
};
use chrono::{Days, NaiveDate};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, rows},
};

/// For how many days after the day back a child is looked for.
const LOOKED_FOR: u64 = 28;

/// A child with a decision for a session of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveToday {
    /// The request.
    pub reference: Reference,
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Each session with what was decided.
    pub sessions: Vec<(Session, Decided)>,
}

/// A child whose day back has come and of whom no register says that they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotBack {
    /// The request.
    pub reference: Reference,
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The day they were to be back.
    pub back: NaiveDate,
}

columns! {
    struct TodayRow {
        reference: String,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        session: String,
        granted: bool,
        code: Option<String>,
    }
}

columns! {
    struct BackRow {
        reference: String,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        back: NaiveDate,
    }
}

columns! {
    pub(super) struct DecidedRow {
        pub(super) pupil_id: String,
        pub(super) day: NaiveDate,
        pub(super) session: String,
        granted: bool,
        code: Option<String>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("leave_session")
}

fn decided(granted: bool, code: Option<&str>) -> Result<Decided, StoreError> {
    let code = code.map(|code| Code::parse(code).ok_or_else(unreadable)).transpose()?;
    Ok(match (granted, code) {
        (true, code) => Decided::Granted(code.ok_or_else(unreadable)?),
        (false, code) => Decided::Refused(code.unwrap_or(Code::O)),
    })
}

impl DecidedRow {
    pub(super) fn read(&self) -> Result<((PupilId, SessionDay), Decided), StoreError> {
        let session = Session::parse(&self.session).ok_or_else(unreadable)?;
        let at = SessionDay { date: self.day, session };
        let pupil = PupilId::parse(&self.pupil_id).ok_or_else(unreadable)?;
        Ok(((pupil, at), decided(self.granted, self.code.as_deref())?))
    }
}

impl School {
    /// The children with a decision about leave for this day, by class and name: agreed or not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_on(&self, day: NaiveDate) -> Result<Vec<LeaveToday>, StoreError> {
        let found = rows!(
            self.db(),
            TodayRow,
            "SELECT s.reference, p.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, t.session, t.granted, t.code FROM leave_session t \
             JOIN leave_request r ON r.school_id = t.school_id AND r.leave_id = t.leave_id \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN pupil p ON p.school_id = t.school_id AND p.pupil_id = t.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE t.school_id = $1 AND t.day = $2 AND t.granted IS NOT NULL AND r.state IN ('granted', 'granted-in-part', 'refused') \
             AND (p.left_on IS NULL OR p.left_on >= $2) \
             ORDER BY c.year, c.name, p.surname, p.forename, p.pupil_id, s.reference, t.session",
            self.id(),
            day
        )?;
        let mut children: Vec<LeaveToday> = Vec::new();
        for row in found {
            let session = Session::parse(&row.session).ok_or_else(unreadable)?;
            let decided = decided(row.granted, row.code.as_deref())?;
            let last = children.last_mut();
            if let Some(last) =
                last.filter(|last| last.pupil.as_str() == row.pupil_id && last.reference.as_str() == row.reference)
            {
                last.sessions.push((session, decided));
                continue;
            }
            children.push(LeaveToday {
                reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
                pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                name: list_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                class: row.class,
                sessions: vec![(session, decided)],
            });
        }
        Ok(children)
    }

    /// How many requests nobody has looked at yet, and about how many a family wrote something that nobody has read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_waits(&self) -> Result<(usize, usize), StoreError> {
        let new = rows!(
            self.db(),
            (String, String),
            "SELECT guardian_id, submission_id FROM leave_request WHERE school_id = $1 AND state = 'sent' ORDER BY state_at",
            self.id()
        )?;
        let unread = rows!(
            self.db(),
            (String, String),
            "SELECT guardian_id, about_id FROM message \
             WHERE school_id = $1 AND from_kind = 'guardian' AND read_at IS NULL AND about_kind = 'leave' ORDER BY sent_at",
            self.id()
        )?;
        // A form may be for several children, an answer in several messages.
        let [new, unread] = [new, unread].map(|found| found.into_iter().collect::<HashSet<_>>().len());
        Ok((new, unread))
    }

    /// The children who were to be back from a decided leave by this day, and of whom neither a mark nor a register
    /// says since that they came; not those whose leave was agreed for longer by another form. A child stands there once,
    /// the longest waited for first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn not_back(&self, day: NaiveDate) -> Result<Vec<NotBack>, StoreError> {
        let since = day.checked_sub_days(Days::new(LOOKED_FOR)).unwrap_or(day);
        let found = rows!(
            self.db(),
            BackRow,
            "SELECT s.reference, p.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, f.return_day AS back FROM leave_form f \
             JOIN submission s ON s.school_id = f.school_id AND s.guardian_id = f.guardian_id AND s.submission_id = f.submission_id \
             JOIN leave_request r ON r.school_id = f.school_id AND r.guardian_id = f.guardian_id AND r.submission_id = f.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE f.school_id = $1 AND f.return_day BETWEEN $2 AND $3 AND r.state IN ('granted', 'granted-in-part', 'refused') \
             AND (p.left_on IS NULL OR p.left_on >= $3) \
             AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.school_id = r.school_id AND m.pupil_id = r.pupil_id AND m.day >= f.return_day \
               AND m.code IN ('/', '\\', 'L', 'U', 'V', 'P', 'B', 'K', 'W')) \
             AND NOT EXISTS (SELECT 1 FROM register_tick k WHERE k.school_id = r.school_id AND k.pupil_id = r.pupil_id AND k.day >= f.return_day \
               AND k.tick IN ('present', 'late')) \
             AND NOT EXISTS (SELECT 1 FROM leave_session x JOIN leave_request y ON y.school_id = x.school_id AND y.leave_id = x.leave_id \
               WHERE x.school_id = r.school_id AND x.pupil_id = r.pupil_id AND x.day = $3 AND x.granted AND y.state IN ('granted', 'granted-in-part')) \
             ORDER BY f.return_day, p.surname, p.forename, p.pupil_id",
            self.id(),
            since,
            day
        )?;
        let mut named = HashSet::new();
        let child = |row: BackRow| {
            Ok(NotBack {
                reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
                pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                name: list_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                class: row.class,
                back: row.back,
            })
        };
        found.into_iter().filter(|row| named.insert(row.pupil_id.clone())).map(child).collect()
    }
}
