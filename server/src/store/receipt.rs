//! What a guardian has sent, and what became of it.

use app::rules::{
    absence::{Details, Kind, Part},
    code::Code,
    id::{GuardianId, PupilId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows},
    roster::full_name,
    submission::Channel,
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
    /// How it came: a channel's word.
    pub channel: String,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// When the sender took it back, all of it.
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
    /// The child's days in it, earliest first; never none.
    pub days: Vec<ReceiptDay>,
}

/// One child's day on a receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptDay {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// Whether the sender took this day back.
    pub withdrawn: bool,
    /// When staff first saw it.
    pub seen_at: Option<DateTime<Utc>>,
    /// The school's code for the morning, if it was reported and is coded.
    pub am: Option<Code>,
    /// The same for the afternoon.
    pub pm: Option<Code>,
    /// When another adult reported the same session, the earliest.
    pub other_at: Option<DateTime<Utc>>,
}

impl ReceiptDay {
    /// Whether the school has coded any of it.
    #[must_use]
    pub fn is_coded(&self) -> bool {
        self.am.is_some() || self.pm.is_some()
    }
}

impl Receipt {
    /// All days of all children.
    pub fn days(&self) -> impl Iterator<Item = &ReceiptDay> {
        self.children.iter().flat_map(|child| &child.days)
    }

    /// Whether all of it can be changed: it stands and none of it is coded.
    #[must_use]
    pub fn can_change(&self) -> bool {
        self.replaced_by.is_none() && self.days().all(|day| !day.withdrawn && !day.is_coded())
    }

    /// Whether something of it can be taken back.
    #[must_use]
    pub fn can_withdraw(&self) -> bool {
        self.replaced_by.is_none() && self.days().any(|day| !day.withdrawn && !day.is_coded())
    }
}

/// A report for one of a guardian's children, by whomever.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyReport {
    /// The child.
    pub pupil_id: PupilId,
    /// The day.
    pub day: NaiveDate,
    /// Away, late or leaving.
    pub kind: Kind,
    /// Which part was reported.
    pub part: Part,
    /// Whether it waits for a word on its own morning.
    pub expected: bool,
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
        channel: String,
        kind: String,
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
        hidden: i64,
        am_code: Option<String>,
        pm_code: Option<String>,
        other_at: Option<DateTime<Utc>>,
    }
}

columns! {
    struct TodayRow {
        pupil_id: String,
        day: NaiveDate,
        kind: String,
        am: bool,
        pm: bool,
        expected: bool,
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
    /// was. Children whom the guardian may not see are left out; with one of them left out of what the
    /// office wrote down, so are its words, which may speak of that child.
    ///
    /// # Errors
    /// What the database says.
    pub async fn receipt(&self, guardian: &GuardianId, reference: &Reference) -> Result<Option<Receipt>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT r.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, s.channel, r.kind, r.day, r.am, r.pm, r.reason, r.details, r.note, \
             r.received_at, r.after_close, r.seen_at, r.withdrawn_at, \
             (SELECT n.reference FROM submission n WHERE n.school_id = r.school_id AND n.guardian_id = r.guardian_id AND n.submission_id = r.replaced_by) AS replaced_by, \
             (SELECT COUNT(*) FROM evidence e WHERE e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id AND e.removed_at IS NULL) AS evidence, \
             (SELECT COUNT(*) FROM report h LEFT JOIN guardian_pupil k ON k.school_id = h.school_id AND k.guardian_id = h.guardian_id AND k.pupil_id = h.pupil_id \
               WHERE h.school_id = s.school_id AND h.guardian_id = s.guardian_id AND h.submission_id = s.submission_id \
               AND (k.access IS NULL OR k.access = 'none' OR k.barred OR NOT k.reviewed)) AS hidden, \
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
             ORDER BY c.year DESC, p.forename, p.pupil_id, r.day",
            self.id(),
            guardian.as_str(),
            reference.as_str()
        )?;
        let Some(first) = found.first() else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("report");
        let mut details: Details = serde_json::from_str(&first.details).map_err(|_| unreadable())?;
        let words_of_all = first.hidden == 0 || first.channel == Channel::Web.word();
        details.words = details.words.filter(|_| words_of_all);
        let mut receipt = Receipt {
            reference: reference.clone(),
            received_at: first.received_at,
            after_close: first.after_close,
            channel: first.channel.clone(),
            kind: Kind::parse(&first.kind).ok_or_else(unreadable)?,
            reason: first.reason.clone(),
            details,
            note: first.note.clone().filter(|_| words_of_all),
            withdrawn_at: if found.iter().all(|row| row.withdrawn_at.is_some()) { first.withdrawn_at } else { None },
            replaced_by: first.replaced_by.as_deref().and_then(Reference::parse),
            evidence: first.evidence,
            children: Vec::new(),
        };
        for row in found {
            let pupil_id = PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?;
            let day = ReceiptDay {
                date: row.day,
                part: Part::of(row.am, row.pm).ok_or_else(unreadable)?,
                withdrawn: row.withdrawn_at.is_some(),
                seen_at: row.seen_at,
                am: row.am_code.as_deref().and_then(Code::parse),
                pm: row.pm_code.as_deref().and_then(Code::parse),
                other_at: row.other_at,
            };
            match receipt.children.last_mut() {
                Some(child) if child.pupil_id == pupil_id => child.days.push(day),
                _ => receipt.children.push(ReceiptChild {
                    pupil_id,
                    full_name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                    called: row.known_as.unwrap_or(row.forename),
                    class: row.class,
                    days: vec![day],
                }),
            }
        }
        Ok(Some(receipt))
    }

    /// What the children in a submission are called, whoever sent it: for the office.
    ///
    /// # Errors
    /// What the database says.
    pub async fn children_in(&self, reference: &Reference) -> Result<Vec<String>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, Option<String>),
            "SELECT DISTINCT p.pupil_id, p.forename, p.known_as FROM submission s \
             JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE s.school_id = $1 AND s.reference = $2 ORDER BY p.forename, p.pupil_id",
            self.id(),
            reference.as_str()
        )?;
        Ok(found.into_iter().map(|(_, forename, known_as)| known_as.unwrap_or(forename)).collect())
    }

    /// What has been reported for a guardian's children from this day on, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reports_from(&self, guardian: &GuardianId, day: NaiveDate) -> Result<Vec<FamilyReport>, StoreError> {
        let found = rows!(
            self.db(),
            TodayRow,
            "SELECT r.pupil_id, r.day, r.kind, r.am, r.pm, r.expected AND NOT EXISTS (SELECT 1 FROM report w WHERE w.school_id = r.school_id AND w.pupil_id = r.pupil_id \
               AND w.day = r.day AND w.guardian_id = r.guardian_id AND w.kind = 'away' AND (w.am AND r.am OR w.pm AND r.pm) AND NOT w.expected AND w.withdrawn_at IS NULL AND w.replaced_by IS NULL) AS expected, r.reason, r.received_at, r.after_close, s.reference, r.guardian_id = $2 AS own, \
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
                Ok(FamilyReport {
                    pupil_id: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                    day: row.day,
                    kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
                    expected: row.expected,
                    part: Part::of(row.am, row.pm).ok_or_else(unreadable)?,
                    received_at: row.received_at,
                    after_close: row.after_close,
                    own: row.own.then_some((reference, row.reason)),
                    codes: (row.am_code.as_deref().and_then(Code::parse), row.pm_code.as_deref().and_then(Code::parse)),
                })
            })
            .collect()
    }
}
