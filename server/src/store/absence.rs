//! Coding: the school's code on each session that reports speak of.

use app::rules::{
    calendar::Session,
    code::Code,
    id::{PupilId, StaffId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// A code for a child's day.
#[derive(Debug, Clone)]
pub struct Coding {
    /// The child.
    pub pupil: PupilId,
    /// The day.
    pub day: NaiveDate,
    /// The code; `None` takes it back.
    pub code: Option<Code>,
    /// The codes the page showed, morning and afternoon joined by a comma ("" for none):
    /// whoever codes must have seen what they overwrite.
    pub seen: String,
    /// Who codes.
    pub staff: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodingOutcome {
    /// Kept.
    Kept,
    /// It stood like this already: a second tap.
    Already,
    /// Somebody else changed it meanwhile; nothing was written.
    ChangedMeanwhile,
    /// Nothing is reported for that child and day that the code could stand on.
    NothingReported,
}

columns! {
    struct Row {
        session: String,
        code: Option<String>,
    }
}

/// The codes of a day in the form of [`Coding::seen`].
#[must_use]
pub(super) fn as_seen(am: Option<&str>, pm: Option<&str>) -> String {
    match (am, pm) {
        (None, None) => String::new(),
        (am, pm) => format!("{},{}", am.unwrap_or_default(), pm.unwrap_or_default()),
    }
}

impl School {
    /// Codes the reported sessions of a child's day.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn code_absence(&self, coding: Coding) -> Result<CodingOutcome, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    // Touching the rows first takes their locks on PostgreSQL, so two offices cannot both be first.
                    run!(&mut *work, "UPDATE absence SET code = code WHERE school_id = $1 AND pupil_id = $2 AND day = $3",
                        id.as_str(), coding.pupil.as_str(), coding.day)?;
                    let found = rows!(&mut *work, Row,
                        "SELECT a.session, a.code FROM absence a WHERE a.school_id = $1 AND a.pupil_id = $2 AND a.day = $3 \
                         AND (a.code IS NOT NULL OR EXISTS (SELECT 1 FROM report r WHERE r.school_id = a.school_id AND r.pupil_id = a.pupil_id AND r.day = a.day \
                            AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL AND ((r.am AND a.session = 'AM') OR (r.pm AND a.session = 'PM'))))",
                        id.as_str(), coding.pupil.as_str(), coding.day)?;
                    let code_of = |name: &str| found.iter().find(|row| row.session == name).and_then(|row| row.code.as_deref());
                    let before = as_seen(code_of("AM"), code_of("PM"));
                    let letters = coding.code.map(Code::letters);
                    // `/` belongs to the morning alone: what it says nothing about is left as it is.
                    let fits = |row: &&Row| match (coding.code, row.session.as_str()) {
                        (Some(code), "AM") => code.for_session(Session::Am),
                        (Some(code), _) => code.for_session(Session::Pm),
                        (None, _) => true,
                    };
                    let fitting: Vec<&Row> = found.iter().filter(fits).collect();
                    if fitting.is_empty() {
                        return Ok(CodingOutcome::NothingReported);
                    }
                    if fitting.iter().all(|row| row.code.as_deref() == letters) {
                        return Ok(CodingOutcome::Already);
                    }
                    if before != coding.seen {
                        return Ok(CodingOutcome::ChangedMeanwhile);
                    }
                    let at = coding.code.map(|_| micros(coding.at));
                    for row in fitting {
                        run!(&mut *work,
                            "UPDATE absence SET code = $5, coded_at = $6, coded_by = $7 WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
                            id.as_str(), coding.pupil.as_str(), coding.day, row.session.as_str(), letters, at, at.map(|_| coding.staff.as_str()))?;
                    }
                    run!(&mut *work,
                        "UPDATE report SET seen_at = $4, seen_by = $5 WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND seen_at IS NULL",
                        id.as_str(), coding.pupil.as_str(), coding.day, micros(coding.at), coding.staff.as_str())?;
                    let actor = Actor::Staff(coding.staff.to_string());
                    let day = coding.day.to_string();
                    let line = Line {
                        at: coding.at, actor: &actor, action: if coding.code.is_some() { "code_absence" } else { "undo_code" },
                        subject_kind: "pupil", subject_id: coding.pupil.as_str(),
                        fields: &[("day", None, Some(&day)), ("code", Some(&before), letters)],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(CodingOutcome::Kept)
                })
            })
            .await
    }
}
