//! What stands beside a request for leave: a child's earlier ones, those of brothers and sisters, its letters.

use app::rules::{
    calendar::{Session, SessionDay},
    id::{EvidenceId, PupilId},
    leave::{Span, State},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    EvidenceFile, LeaveRecord, School, StoreError,
    db::{columns, rows},
    evidence::FileRow,
    roster::full_name,
};

/// Another request, in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveBeside {
    /// Its reference.
    pub reference: Reference,
    /// The child's whole name.
    pub child: String,
    /// "3 Oak".
    pub class: String,
    /// Who applied.
    pub applicant: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The first session asked for.
    pub first: SessionDay,
    /// The last.
    pub last: SessionDay,
    /// How many sessions are asked for, and how many of them were agreed.
    pub sessions: (i64, i64),
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
}

columns! {
    struct Row {
        reference: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        g_forename: String,
        g_surname: String,
        received_at: DateTime<Utc>,
        first_day: NaiveDate,
        first_session: String,
        last_day: NaiveDate,
        last_session: String,
        sessions: i64,
        granted: i64,
        state: String,
        state_at: DateTime<Utc>,
    }
}

impl TryFrom<Row> for LeaveBeside {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Unreadable("leave");
        let at = |date, session: &str| {
            Ok::<_, StoreError>(SessionDay { date, session: Session::parse(session).ok_or_else(unreadable)? })
        };
        Ok(Self {
            reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
            child: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
            class: row.class,
            applicant: full_name(&row.g_forename, &row.g_surname),
            received_at: row.received_at,
            first: at(row.first_day, &row.first_session)?,
            last: at(row.last_day, &row.last_session)?,
            sessions: (row.sessions, row.granted),
            state: State::parse(&row.state).ok_or_else(unreadable)?,
            state_at: row.state_at,
        })
    }
}

impl School {
    /// Other requests for the same child, whoever applied, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leaves_of(&self, pupil: &PupilId, but: &LeaveRecord) -> Result<Vec<LeaveBeside>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT s.reference, p.forename, p.surname, p.known_as, c.name AS class, g.forename AS g_forename, g.surname AS g_surname, s.received_at, \
             f.first_day, f.first_session, f.last_day, f.last_session, r.state, r.state_at, \
             (SELECT COUNT(*) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id) AS sessions, \
             (SELECT COUNT(*) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id AND t.granted) AS granted \
             FROM leave_request r \
             JOIN leave_form f ON f.school_id = r.school_id AND f.guardian_id = r.guardian_id AND f.submission_id = r.submission_id \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE r.school_id = $1 AND r.pupil_id = $2 AND NOT (r.guardian_id = $3 AND r.submission_id = $4) \
             ORDER BY s.received_at DESC, r.leave_id",
            self.id(),
            pupil.as_str(),
            but.guardian.as_str(),
            but.submission.as_str()
        )?;
        found.into_iter().map(LeaveBeside::try_from).collect()
    }

    /// Requests here for days of this span, for children who share a guardian with this one: on other forms, and
    /// neither taken back nor replaced.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leaves_of_siblings(
        &self,
        pupil: &PupilId,
        span: &Span,
        but: &LeaveRecord,
    ) -> Result<Vec<LeaveBeside>, StoreError> {
        // CROSS JOIN so that SQLite begins with the few.
        let found = rows!(
            self.db(),
            Row,
            "SELECT DISTINCT s.reference, p.forename, p.surname, p.known_as, c.name AS class, g.forename AS g_forename, g.surname AS g_surname, s.received_at, \
             f.first_day, f.first_session, f.last_day, f.last_session, r.state, r.state_at, \
             (SELECT COUNT(*) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id) AS sessions, \
             (SELECT COUNT(*) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id AND t.granted) AS granted \
             FROM guardian_pupil own CROSS JOIN guardian_pupil other CROSS JOIN leave_request r CROSS JOIN pupil p \
             JOIN leave_form f ON f.school_id = r.school_id AND f.guardian_id = r.guardian_id AND f.submission_id = r.submission_id \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE own.school_id = $1 AND own.pupil_id = $2 AND other.school_id = own.school_id AND other.guardian_id = own.guardian_id \
             AND other.pupil_id <> own.pupil_id AND r.school_id = other.school_id AND r.pupil_id = other.pupil_id \
             AND p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             AND NOT (r.guardian_id = $3 AND r.submission_id = $4) AND f.first_day <= $6 AND f.last_day >= $5 \
             AND r.state <> 'withdrawn' AND r.state <> 'replaced' ORDER BY s.received_at DESC, s.reference, p.forename",
            self.id(),
            pupil.as_str(),
            but.guardian.as_str(),
            but.submission.as_str(),
            span.first.date,
            span.last.date
        )?;
        found.into_iter().map(LeaveBeside::try_from).collect()
    }

    /// The letters and photos that stand with a request; none once it was taken back or replaced.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_evidence(&self, reference: &Reference) -> Result<Vec<EvidenceFile>, StoreError> {
        let found = rows!(
            self.db(),
            FileRow,
            "SELECT e.evidence_id, e.name, e.kind, e.size, e.added_at FROM submission s \
             JOIN evidence e ON e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id \
             WHERE s.school_id = $1 AND s.reference = $2 AND e.removed_at IS NULL \
             AND EXISTS (SELECT 1 FROM leave_request r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
              AND r.state <> 'withdrawn' AND r.state <> 'replaced') ORDER BY e.added_at, e.evidence_id",
            self.id(),
            reference.as_str()
        )?;
        found.into_iter().map(EvidenceFile::try_from).collect()
    }

    /// One of these files.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_evidence_file(
        &self,
        reference: &Reference,
        evidence: &EvidenceId,
    ) -> Result<Option<EvidenceFile>, StoreError> {
        Ok(self.leave_evidence(reference).await?.into_iter().find(|file| file.evidence == *evidence))
    }
}
