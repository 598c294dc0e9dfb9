//! The school's list of requests for leave: what is open, and what was decided lately.

use app::rules::{form::Answers, leave::State, reference::Reference};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, rows},
    micros,
    roster::full_name,
};

/// How many requests of one state are listed.
const MOST: i64 = 300;

/// A form in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveListed {
    /// The reference.
    pub reference: Reference,
    /// The applicant.
    pub applicant: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The version of the form.
    pub form_version: i64,
    /// The answers as they were signed.
    pub answers: Answers,
    /// The first day asked for.
    pub first_day: NaiveDate,
    /// The last.
    pub last_day: NaiveDate,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// How many of the other parents who were asked have signed, and how many were asked.
    pub signed: (i64, i64),
    /// What the attendance officer recommends: a word of [`app::rules::leave::Recommends`].
    pub recommends: Option<String>,
    /// Whether the family wrote something that nobody has read.
    pub unread: bool,
    /// Its children in the state that was asked for.
    pub children: Vec<ListedChild>,
}

/// One child of a form in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedChild {
    /// As registers list it.
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Where its request stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// How many sessions are asked for.
    pub sessions: i64,
    /// On how many days.
    pub days: i64,
}

columns! {
    struct Row {
        reference: String,
        g_forename: String,
        g_surname: String,
        received_at: DateTime<Utc>,
        form_version: i64,
        answers: String,
        first_day: NaiveDate,
        last_day: NaiveDate,
        in_advance: bool,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        state: String,
        state_at: DateTime<Utc>,
        sessions: i64,
        days: i64,
        asked: i64,
        signed: i64,
        recommends: Option<String>,
        unread: bool,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("leave")
}

impl School {
    /// The requests in any of these states, since an instant: a line a form, in the order of their first days.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_list(&self, states: &[State], since: DateTime<Utc>) -> Result<Vec<LeaveListed>, StoreError> {
        let mut list: Vec<LeaveListed> = Vec::new();
        for state in states {
            let found = rows!(
                self.db(),
                Row,
                "SELECT s.reference, g.forename AS g_forename, g.surname AS g_surname, s.received_at, f.form_version, f.answers, f.first_day, f.last_day, \
                 f.in_advance, p.forename, p.surname, p.known_as, c.name AS class, r.state, r.state_at, \
                 (SELECT COUNT(*) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id) AS sessions, \
                 (SELECT COUNT(DISTINCT t.day) FROM leave_session t WHERE t.school_id = r.school_id AND t.leave_id = r.leave_id) AS days, \
                 (SELECT COUNT(*) FROM leave_signer q WHERE q.school_id = f.school_id AND q.guardian_id = f.guardian_id AND q.submission_id = f.submission_id) AS asked, \
                 (SELECT COUNT(*) FROM leave_signer q WHERE q.school_id = f.school_id AND q.guardian_id = f.guardian_id AND q.submission_id = f.submission_id AND q.signed) AS signed, \
                 (SELECT n.recommends FROM leave_note n WHERE n.school_id = f.school_id AND n.guardian_id = f.guardian_id AND n.submission_id = f.submission_id \
                  AND n.kind = 'recommendation' ORDER BY n.noted_at DESC, n.note_id LIMIT 1) AS recommends, \
                 EXISTS (SELECT 1 FROM message m WHERE m.school_id = f.school_id AND m.guardian_id = f.guardian_id AND m.about_kind = 'leave' \
                  AND m.about_id = f.submission_id AND m.from_kind = 'guardian' AND m.read_at IS NULL) AS unread \
                 FROM leave_request r \
                 JOIN leave_form f ON f.school_id = r.school_id AND f.guardian_id = r.guardian_id AND f.submission_id = r.submission_id \
                 JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
                 JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
                 JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
                 JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
                 WHERE r.school_id = $1 AND r.state = $2 AND r.state_at >= $3 ORDER BY r.state_at DESC, r.leave_id LIMIT $4",
                self.id(),
                state.word(),
                micros(since),
                MOST
            )?;
            for row in found {
                row.join(&mut list)?;
            }
        }
        for line in &mut list {
            line.children.sort_by(|a, b| (&a.name, &a.class).cmp(&(&b.name, &b.class)));
        }
        list.sort_by(|a, b| (a.first_day, a.reference.as_str()).cmp(&(b.first_day, b.reference.as_str())));
        Ok(list)
    }
}

impl Row {
    /// Puts the child to its form's line.
    fn join(self, list: &mut Vec<LeaveListed>) -> Result<(), StoreError> {
        let child = ListedChild {
            name: list_name(self.known_as.as_deref().unwrap_or(&self.forename), &self.surname),
            class: self.class,
            state: State::parse(&self.state).ok_or_else(unreadable)?,
            state_at: self.state_at,
            sessions: self.sessions,
            days: self.days,
        };
        let reference = Reference::parse(&self.reference).ok_or_else(unreadable)?;
        if let Some(line) = list.iter_mut().find(|line| line.reference == reference) {
            line.children.push(child);
            return Ok(());
        }
        list.push(LeaveListed {
            reference,
            applicant: full_name(&self.g_forename, &self.g_surname),
            received_at: self.received_at,
            form_version: self.form_version,
            answers: serde_json::from_str(&self.answers).map_err(|_| unreadable())?,
            first_day: self.first_day,
            last_day: self.last_day,
            in_advance: self.in_advance,
            signed: (self.signed, self.asked),
            recommends: self.recommends,
            unread: self.unread,
            children: vec![child],
        });
        Ok(())
    }
}
