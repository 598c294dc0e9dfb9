//! One report as the office reads it: whoever sent it, and whatever became of it.

use app::rules::{
    absence::{Details, Kind, Part},
    code::Code,
    conversation::{Side, Topic},
    id::{GuardianId, PupilId, StaffId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Reading, School, StoreError,
    conversation::About,
    db::{columns, rows, run},
    journal::Actor,
    message::mark_read,
    micros,
    reading::note,
    roster::full_name,
};

/// What one guardian sent at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct OneReport {
    /// The conversation about it, whether anything was said or not.
    pub about: About,
    /// The reference.
    pub reference: Reference,
    /// Who sent it.
    pub from: String,
    /// Their telephone number, where the school holds one.
    pub mobile: Option<String>,
    /// How it came: a channel's word.
    pub channel: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// Each child in it.
    pub children: Vec<OneChild>,
}

/// One child in it.
#[derive(Debug, Clone, PartialEq)]
pub struct OneChild {
    /// The child.
    pub pupil_id: PupilId,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The days, earliest first; never none.
    pub days: Vec<OneDay>,
}

/// One child's day in it.
#[derive(Debug, Clone, PartialEq)]
pub struct OneDay {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// Whether it came after the register of that day had closed.
    pub after_close: bool,
    /// When its sender took it back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When staff first saw it, and who.
    pub seen: Option<(DateTime<Utc>, String)>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
    /// When it was coded last, and by whom.
    pub coded: Option<(DateTime<Utc>, String)>,
}

columns! {
    struct Row {
        guardian_id: String,
        submission_id: String,
        from_forename: String,
        from_surname: String,
        mobile: Option<String>,
        channel: String,
        received_at: DateTime<Utc>,
        kind: String,
        reason: String,
        details: String,
        note: Option<String>,
        replaced_by: Option<String>,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        day: NaiveDate,
        am: bool,
        pm: bool,
        after_close: bool,
        withdrawn_at: Option<DateTime<Utc>>,
        seen_at: Option<DateTime<Utc>>,
        seen_by: Option<String>,
        am_code: Option<String>,
        pm_code: Option<String>,
        coded_at: Option<DateTime<Utc>>,
        coded_by: Option<String>,
    }
}

impl School {
    /// A report for the office, whoever sent it. `None` if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn one_report(&self, reference: &Reference) -> Result<Option<OneReport>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT s.guardian_id, s.submission_id, g.forename AS from_forename, g.surname AS from_surname, g.mobile, s.channel, s.received_at, \
             r.kind, r.reason, r.details, r.note, \
             (SELECT n.reference FROM submission n WHERE n.school_id = r.school_id AND n.guardian_id = r.guardian_id AND n.submission_id = r.replaced_by) AS replaced_by, \
             r.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, r.day, r.am, r.pm, r.after_close, r.withdrawn_at, r.seen_at, w.name AS seen_by, \
             CASE WHEN r.am THEN m.code END AS am_code, CASE WHEN r.pm THEN e.code END AS pm_code, \
             COALESCE(m.coded_at, e.coded_at) AS coded_at, t.name AS coded_by \
             FROM submission s \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id \
             JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN staff w ON w.school_id = r.school_id AND w.staff_id = r.seen_by \
             LEFT JOIN absence m ON m.school_id = r.school_id AND m.pupil_id = r.pupil_id AND m.day = r.day AND m.session = 'AM' \
             LEFT JOIN absence e ON e.school_id = r.school_id AND e.pupil_id = r.pupil_id AND e.day = r.day AND e.session = 'PM' \
             LEFT JOIN staff t ON t.school_id = r.school_id AND t.staff_id = COALESCE(m.coded_by, e.coded_by) \
             WHERE s.school_id = $1 AND s.reference = $2 ORDER BY c.year DESC, p.forename, p.pupil_id, r.day",
            self.id(),
            reference.as_str()
        )?;
        let Some(first) = found.first() else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("report");
        let guardian = GuardianId::parse(&first.guardian_id).ok_or_else(unreadable)?;
        let mut report = OneReport {
            about: About { topic: Topic::Submission, id: first.submission_id.clone(), guardian },
            reference: reference.clone(),
            from: full_name(&first.from_forename, &first.from_surname),
            mobile: first.mobile.clone(),
            channel: first.channel.clone(),
            received_at: first.received_at,
            kind: Kind::parse(&first.kind).ok_or_else(unreadable)?,
            reason: first.reason.clone(),
            details: serde_json::from_str(&first.details).map_err(|_| unreadable())?,
            note: first.note.clone(),
            replaced_by: first.replaced_by.as_deref().and_then(Reference::parse),
            children: Vec::new(),
        };
        for row in found {
            let pupil_id = PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?;
            let day = OneDay {
                date: row.day,
                part: Part::of(row.am, row.pm).ok_or_else(unreadable)?,
                after_close: row.after_close,
                withdrawn_at: row.withdrawn_at,
                seen: row.seen_at.map(|at| (at, row.seen_by.unwrap_or_default())),
                codes: (row.am_code.as_deref().and_then(Code::parse), row.pm_code.as_deref().and_then(Code::parse)),
                coded: row.coded_at.map(|at| (at, row.coded_by.unwrap_or_default())),
            };
            match report.children.last_mut() {
                Some(child) if child.pupil_id == pupil_id => child.days.push(day),
                _ => report.children.push(OneChild {
                    pupil_id,
                    full_name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                    class: row.class,
                    days: vec![day],
                }),
            }
        }
        Ok(Some(report))
    }

    /// Notes that staff have a report before them: the reading itself, and, if they may do something
    /// about it, that it was seen; and that what its sender wrote was, unless words are hidden.
    ///
    /// # Errors
    /// What the database says; then the page must not be shown.
    pub async fn report_opened(
        &self,
        report: &OneReport,
        staff: &StaffId,
        (seen, read): (bool, bool),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        let (about, reference) = (report.about.clone(), report.reference.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if seen {
                        run!(&mut *work,
                            "UPDATE report SET seen_at = $4, seen_by = $5 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND seen_at IS NULL",
                            id.as_str(), about.guardian.as_str(), about.id.as_str(), micros(now), staff.as_str())?;
                    }
                    if read {
                        mark_read(work, &id, &about, Side::Staff, now).await?;
                    }
                    let reader = Actor::Staff(staff.to_string());
                    let reading = Reading { reader, what: "report", subject: reference.as_str().to_owned(), at: now };
                    note(work, &id, &reading).await
                })
            })
            .await
    }
}
