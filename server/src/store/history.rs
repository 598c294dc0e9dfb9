//! What has been said of a guardian's children, by whomever.

use app::rules::{
    absence::{Kind, Part},
    code::Code,
    id::GuardianId,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows},
};

/// How many days of reports the list reaches back to.
const MOST: i64 = 200;

/// One child's day in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// What everybody calls the child.
    pub called: String,
    /// The day.
    pub day: NaiveDate,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The part of it.
    pub part: Part,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The receipt and the reason's key, where this guardian sent it; another adult's stay theirs.
    pub own: Option<(Reference, String)>,
    /// Whether it was taken back or changed.
    pub down: bool,
    /// Whether staff have seen it.
    pub seen: bool,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
}

columns! {
    struct Row {
        forename: String,
        known_as: Option<String>,
        day: NaiveDate,
        kind: String,
        am: bool,
        pm: bool,
        reason: String,
        received_at: DateTime<Utc>,
        seen: bool,
        down: bool,
        reference: String,
        own: bool,
        am_code: Option<String>,
        pm_code: Option<String>,
    }
}

impl School {
    /// What has been reported of this guardian's children, the latest day first. Of another adult's
    /// reports those that stand, without their words.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history(&self, guardian: &GuardianId) -> Result<Vec<Past>, StoreError> {
        // CROSS JOIN, so that SQLite begins with the family and not with the school's latest days.
        let found = rows!(
            self.db(),
            Row,
            "SELECT p.forename, p.known_as, r.day, r.kind, r.am, r.pm, r.reason, r.received_at, r.seen_at IS NOT NULL AS seen, \
             r.withdrawn_at IS NOT NULL OR r.replaced_by IS NOT NULL AS down, s.reference, r.guardian_id = $2 AS own, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'AM' AND r.am) AS am_code, \
             (SELECT a.code FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'PM' AND r.pm) AS pm_code \
             FROM guardian_pupil l \
             CROSS JOIN report r \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE l.school_id = $1 AND l.guardian_id = $2 AND r.school_id = l.school_id AND r.pupil_id = l.pupil_id AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
             AND (r.guardian_id = $2 OR (r.withdrawn_at IS NULL AND r.replaced_by IS NULL)) \
             ORDER BY r.day DESC, r.received_at DESC, p.forename, r.report_id LIMIT $3",
            self.id(),
            guardian.as_str(),
            MOST
        )?;
        found
            .into_iter()
            .map(|row| {
                let unreadable = || StoreError::Unreadable("report");
                let reference = Reference::parse(&row.reference).ok_or_else(unreadable)?;
                Ok(Past {
                    called: row.known_as.unwrap_or(row.forename),
                    day: row.day,
                    kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
                    part: Part::of(row.am, row.pm).ok_or_else(unreadable)?,
                    received_at: row.received_at,
                    own: row.own.then_some((reference, row.reason)),
                    down: row.down,
                    seen: row.seen,
                    codes: (row.am_code.as_deref().and_then(Code::parse), row.pm_code.as_deref().and_then(Code::parse)),
                })
            })
            .collect()
    }
}
