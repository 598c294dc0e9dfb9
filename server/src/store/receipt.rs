//! What a guardian has sent, and what became of it.

use app::rules::{
    absence::{Details, Part},
    code::Code,
    id::{GuardianId, PupilId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows},
    roster::full_name,
};

/// The page of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The reference.
    pub reference: Reference,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Whether that was after the register closed.
    pub after_close: bool,
    /// The day it is about.
    pub day: NaiveDate,
    /// The part of the day.
    pub part: Part,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// Whether the sender took it back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The receipt of what took its place.
    pub replaced_by: Option<Reference>,
    /// How many letters and photos stand with it.
    pub evidence: i64,
    /// Each child in it.
    pub children: Vec<ReceiptChild>,
}

/// One child on a receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptChild {
    /// The child.
    pub pupil_id: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// When staff first saw it.
    pub seen_at: Option<DateTime<Utc>>,
    /// The school's code for the morning, if it was reported and is coded.
    pub am: Option<Code>,
    /// The same for the afternoon.
    pub pm: Option<Code>,
    /// When another adult reported the same session, the earliest.
    pub other_at: Option<DateTime<Utc>>,
}

/// A report for one of a guardian's children, by whomever.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayReport {
    /// The child.
    pub pupil_id: PupilId,
    /// The day.
    pub day: NaiveDate,
    /// Which part was reported.
    pub part: Part,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Whether that was after the register closed.
    pub after_close: bool,
    /// The receipt and the reason, where this guardian sent it; another adult's stay theirs.
    pub own: Option<(Reference, String)>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
}

columns! {
    struct Row {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        day: NaiveDate,
        am: bool,
        pm: bool,
        reason: String,
        details: String,
        note: Option<String>,
        received_at: DateTime<Utc>,
        after_close: bool,
        seen_at: Option<DateTime<Utc>>,
        withdrawn_at: Option<DateTime<Utc>>,
        replaced_by: Option<String>,
        evidence: i64,
        am_code: Option<String>,
        pm_code: Option<String>,
        other_at: Option<DateTime<Utc>>,
    }
}

columns! {
    struct TodayRow {
        pupil_id: String,
        day: NaiveDate,
        am: bool,
        pm: bool,
        reason: String,
        received_at: DateTime<Utc>,
        after_close: bool,
        reference: String,
        own: bool,
        am_code: Option<String>,
        pm_code: Option<String>,
    }
}

impl School {
    /// A receipt of this guardian. `None` alike for one that is somebody else's and one that never
    /// was. Children whom the guardian may no longer see are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn receipt(&self, guardian: &GuardianId, reference: &Reference) -> Result<Option<Receipt>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT r.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, r.day, r.am, r.pm, r.reason, r.details, r.note, \
             r.received_at, r.after_close, r.seen_at, r.withdrawn_at, \
             (SELECT n.reference FROM submission n WHERE n.school_id = r.school_id AND n.guardian_id = r.guardian_id AND n.submission_id = r.replaced_by) AS replaced_by, \
             (SELECT COUNT(*) FROM evidence e WHERE e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id AND e.removed_at IS NULL) AS evidence, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'AM' AND r.am) AS am_code, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'PM' AND r.pm) AS pm_code, \
             (SELECT o.received_at FROM report o WHERE o.school_id = r.school_id AND o.pupil_id = r.pupil_id AND o.day = r.day AND o.guardian_id <> r.guardian_id \
               AND o.withdrawn_at IS NULL AND o.replaced_by IS NULL AND ((o.am AND r.am) OR (o.pm AND r.pm)) ORDER BY o.received_at LIMIT 1) AS other_at \
             FROM submission s \
             JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3 AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
             ORDER BY c.year DESC, p.forename, p.pupil_id",
            self.id(),
            guardian.as_str(),
            reference.as_str()
        )?;
        let Some(first) = found.first() else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("report");
        let mut receipt = Receipt {
            reference: reference.clone(),
            received_at: first.received_at,
            after_close: first.after_close,
            day: first.day,
            part: Part::of(first.am, first.pm).ok_or_else(unreadable)?,
            reason: first.reason.clone(),
            details: serde_json::from_str(&first.details).map_err(|_| unreadable())?,
            note: first.note.clone(),
            withdrawn_at: first.withdrawn_at,
            replaced_by: first.replaced_by.as_deref().and_then(Reference::parse),
            evidence: first.evidence,
            children: Vec::new(),
        };
        for row in found {
            receipt.children.push(ReceiptChild {
                pupil_id: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                full_name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                called: row.known_as.unwrap_or(row.forename),
                class: row.class,
                seen_at: row.seen_at,
                am: row.am_code.as_deref().and_then(Code::parse),
                pm: row.pm_code.as_deref().and_then(Code::parse),
                other_at: row.other_at,
            });
        }
        Ok(Some(receipt))
    }

    /// What has been reported for a guardian's children from this day on, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reports_from(&self, guardian: &GuardianId, day: NaiveDate) -> Result<Vec<TodayReport>, StoreError> {
        let found = rows!(
            self.db(),
            TodayRow,
            "SELECT r.pupil_id, r.day, r.am, r.pm, r.reason, r.received_at, r.after_close, s.reference, r.guardian_id = $2 AS own, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'AM' AND r.am) AS am_code, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'PM' AND r.pm) AS pm_code \
             FROM guardian_pupil l \
             JOIN report r ON r.school_id = l.school_id AND r.pupil_id = l.pupil_id \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.access <> 'none' AND NOT l.barred AND l.reviewed AND r.day >= $3 \
             AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL ORDER BY r.day, r.received_at, r.report_id",
            self.id(),
            guardian.as_str(),
            day
        )?;
        found
            .into_iter()
            .map(|row| {
                let unreadable = || StoreError::Unreadable("report");
                let reference = Reference::parse(&row.reference).ok_or_else(unreadable)?;
                Ok(TodayReport {
                    pupil_id: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                    day: row.day,
                    part: Part::of(row.am, row.pm).ok_or_else(unreadable)?,
                    received_at: row.received_at,
                    after_close: row.after_close,
                    own: row.own.then_some((reference, row.reason)),
                    codes: (row.am_code.as_deref().and_then(Code::parse), row.pm_code.as_deref().and_then(Code::parse)),
                })
            })
            .collect()
    }

    /// Everything this guardian has sent, newest first: receipt and time only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sent_by(&self, guardian: &GuardianId) -> Result<Vec<(Reference, DateTime<Utc>)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, DateTime<Utc>),
            "SELECT reference, received_at FROM submission WHERE school_id = $1 AND guardian_id = $2 ORDER BY received_at DESC LIMIT 100",
            self.id(),
            guardian.as_str()
        )?;
        found
            .into_iter()
            .map(|(reference, at)| Ok((Reference::parse(&reference).ok_or(StoreError::Unreadable("submission"))?, at)))
            .collect()
    }
}
