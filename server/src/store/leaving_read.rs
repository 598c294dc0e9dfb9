//! Notices of leaving, read: by who sent them, by the school. Nobody else of the family learns that there is one.

use std::collections::HashMap;

use app::rules::{
    access::Link,
    conversation::Topic,
    form::Answers,
    id::{GuardianId, NoticeId, PupilId},
    leaving::{Entry, Kind, State, Task},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    EvidenceFile, School, StoreError,
    conversation::{About, links},
    db::{columns, row, rows},
    evidence::FileRow,
    message::may_read,
    roster::full_name,
};

/// What a family sent, with all that has become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRecord {
    /// The reference.
    pub reference: Reference,
    /// Who sent it.
    pub guardian: GuardianId,
    /// Their whole name.
    pub guardian_name: String,
    /// The id of the submission.
    pub submission: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// A notice, or a meeting that is asked for.
    pub kind: Kind,
    /// The version of the form.
    pub form_version: i64,
    /// The answers that were asked, as they were sent.
    pub answers: Answers,
    /// The last day at this school; of a meeting the day it was asked for.
    pub last_day: NaiveDate,
    /// The name beneath, and when.
    pub signed: Option<(String, DateTime<Utc>)>,
    /// The notice that took its place.
    pub replaced_by: Option<Reference>,
    /// Where it stands, and since when: the same for all its children.
    pub state: (State, DateTime<Utc>),
    /// The children, the eldest first.
    pub children: Vec<NoticeChild>,
    /// Whether the guardian may write for every child of it.
    pub may_write: bool,
}

impl NoticeRecord {
    /// The conversation about it: its sender's alone.
    #[must_use]
    pub fn about(&self) -> About {
        About { topic: Topic::Leaving, id: self.submission.clone(), guardian: self.guardian.clone() }
    }
}

/// One child of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeChild {
    /// The child's part.
    pub notice: NoticeId,
    /// The child.
    pub pupil: PupilId,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The unique pupil number.
    pub upn: String,
    /// The date of birth.
    pub born: NaiveDate,
    /// The last day on roll, as the roster has it.
    pub left_on: Option<NaiveDate>,
    /// What staff noted, in order.
    pub entries: Vec<Entry>,
    /// Other notices for the same child that stand: who sent them may be another parent.
    pub others: Vec<Reference>,
}

columns! {
    struct FormRow {
        reference: String,
        guardian_id: String,
        submission_id: String,
        forename: String,
        surname: String,
        received_at: DateTime<Utc>,
        kind: String,
        form_version: i64,
        answers: String,
        signed_name: Option<String>,
        signed_at: Option<DateTime<Utc>>,
        replaced_by: Option<String>,
    }
}

columns! {
    struct ChildOf {
        notice_id: String,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        upn: String,
        born: NaiveDate,
        left_on: Option<NaiveDate>,
        last_day: NaiveDate,
        state: String,
        state_at: DateTime<Utc>,
        access: Option<String>,
        barred: Option<bool>,
        reviewed: Option<bool>,
    }
}

columns! {
    pub(super) struct EntryRow {
        notice_id: String,
        task: String,
        done_on: Option<NaiveDate>,
        ground: Option<String>,
        note: Option<String>,
        noted_at: DateTime<Utc>,
        name: Option<String>,
    }
}

columns! {
    /// A notice in a guardian's own list, for one child.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct NoticeLine {
        /// The reference.
        pub reference: String,
        /// The kind's word.
        pub kind: String,
        /// What the child is called.
        pub called: String,
        /// The last day.
        pub last_day: NaiveDate,
        /// The state's word.
        pub state: String,
        /// Since when.
        pub state_at: DateTime<Utc>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("leaving")
}

/// What staff noted, by notice.
pub(super) fn by_notice(found: Vec<EntryRow>) -> Result<HashMap<String, Vec<Entry>>, StoreError> {
    let mut all: HashMap<String, Vec<Entry>> = HashMap::new();
    for row in found {
        let entry = Entry {
            task: Task::parse(&row.task).ok_or_else(unreadable)?,
            done_on: row.done_on,
            ground: row.ground,
            note: row.note,
            at: row.noted_at,
            by: row.name,
        };
        all.entry(row.notice_id).or_default().push(entry);
    }
    Ok(all)
}

impl School {
    /// What was sent with this reference, for the school: all of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn notice(&self, reference: &Reference) -> Result<Option<NoticeRecord>, StoreError> {
        let found = row!(
            self.db(),
            FormRow,
            "SELECT s.reference, f.guardian_id, f.submission_id, g.forename, g.surname, s.received_at, f.kind, f.form_version, f.answers, \
             f.signed_name, f.signed_at, \
             (SELECT n.reference FROM submission n WHERE n.school_id = f.school_id AND n.guardian_id = f.guardian_id AND n.submission_id = f.replaced_by) AS replaced_by \
             FROM submission s \
             JOIN leaving_form f ON f.school_id = s.school_id AND f.guardian_id = s.guardian_id AND f.submission_id = s.submission_id \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id \
             WHERE s.school_id = $1 AND s.reference = $2",
            self.id(),
            reference.as_str()
        )?;
        let Some(form) = found else { return Ok(None) };
        let children = rows!(
            self.db(),
            ChildOf,
            "SELECT n.notice_id, n.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, p.upn, p.born, p.left_on, \
             n.last_day, n.state, n.state_at, l.access, l.barred, l.reviewed FROM leaving_notice n \
             JOIN pupil p ON p.school_id = n.school_id AND p.pupil_id = n.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN guardian_pupil l ON l.school_id = n.school_id AND l.guardian_id = n.guardian_id AND l.pupil_id = n.pupil_id \
             WHERE n.school_id = $1 AND n.guardian_id = $2 AND n.submission_id = $3 ORDER BY c.year DESC, p.forename, p.pupil_id",
            self.id(),
            form.guardian_id.as_str(),
            form.submission_id.as_str()
        )?;
        let entries = rows!(
            self.db(),
            EntryRow,
            "SELECT e.notice_id, e.task, e.done_on, e.ground, e.note, e.noted_at, t.name FROM leaving_notice n \
             JOIN leaving_line e ON e.school_id = n.school_id AND e.notice_id = n.notice_id \
             LEFT JOIN staff t ON t.school_id = e.school_id AND t.staff_id = e.noted_by \
             WHERE n.school_id = $1 AND n.guardian_id = $2 AND n.submission_id = $3 ORDER BY e.place",
            self.id(),
            form.guardian_id.as_str(),
            form.submission_id.as_str()
        )?;
        let others = rows!(
            self.db(),
            (String, String),
            "SELECT n.notice_id, s.reference FROM leaving_notice n \
             JOIN leaving_notice o ON o.school_id = n.school_id AND o.pupil_id = n.pupil_id AND o.notice_id <> n.notice_id AND o.state = 'open' \
             JOIN submission s ON s.school_id = o.school_id AND s.guardian_id = o.guardian_id AND s.submission_id = o.submission_id \
             WHERE n.school_id = $1 AND n.guardian_id = $2 AND n.submission_id = $3 ORDER BY s.received_at DESC",
            self.id(),
            form.guardian_id.as_str(),
            form.submission_id.as_str()
        )?;
        record(form, children, by_notice(entries)?, &others).map(Some)
    }

    /// What a guardian sent themselves. `None` alike for somebody else's, for none, and for one with a child whom they
    /// may no longer see: what was written speaks of all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_notice(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<NoticeRecord>, StoreError> {
        let found = self.notice(reference).await?;
        let Some(found) = found.filter(|found| found.guardian == *guardian) else { return Ok(None) };
        let about = found.about();
        let links = links!(self.db(), self.id(), about)?;
        Ok(may_read(&links).then_some(found))
    }

    /// What a guardian sent about leaving, a line for each child whom they may see, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_notices(&self, guardian: &GuardianId) -> Result<Vec<NoticeLine>, StoreError> {
        rows!(
            self.db(),
            NoticeLine,
            "SELECT s.reference, f.kind, COALESCE(p.known_as, p.forename) AS called, n.last_day, n.state, n.state_at FROM leaving_form f \
             JOIN submission s ON s.school_id = f.school_id AND s.guardian_id = f.guardian_id AND s.submission_id = f.submission_id \
             JOIN leaving_notice n ON n.school_id = f.school_id AND n.guardian_id = f.guardian_id AND n.submission_id = f.submission_id \
             JOIN guardian_pupil l ON l.school_id = n.school_id AND l.guardian_id = n.guardian_id AND l.pupil_id = n.pupil_id \
             JOIN pupil p ON p.school_id = n.school_id AND p.pupil_id = n.pupil_id \
             WHERE f.school_id = $1 AND f.guardian_id = $2 AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
             ORDER BY s.received_at DESC, p.forename, p.pupil_id",
            self.id(),
            guardian.as_str()
        )
    }

    /// The letters and photos that stand with it; none once it was taken back or replaced.
    ///
    /// # Errors
    /// What the database says.
    pub async fn notice_evidence(&self, reference: &Reference) -> Result<Vec<EvidenceFile>, StoreError> {
        let found = rows!(
            self.db(),
            FileRow,
            "SELECT e.evidence_id, e.name, e.kind, e.size, e.added_at FROM submission s \
             JOIN evidence e ON e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id \
             WHERE s.school_id = $1 AND s.reference = $2 AND e.removed_at IS NULL \
             AND EXISTS (SELECT 1 FROM leaving_notice n WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id \
              AND n.submission_id = s.submission_id AND n.state = 'open') ORDER BY e.added_at, e.evidence_id",
            self.id(),
            reference.as_str()
        )?;
        found.into_iter().map(EvidenceFile::try_from).collect()
    }
}

fn record(
    form: FormRow,
    children: Vec<ChildOf>,
    mut entries: HashMap<String, Vec<Entry>>,
    others: &[(String, String)],
) -> Result<NoticeRecord, StoreError> {
    let first = children.first().ok_or_else(unreadable)?;
    let state = (State::parse(&first.state).ok_or_else(unreadable)?, first.state_at);
    let last_day = first.last_day;
    let link = |row: &ChildOf| Link::of_row(row.access.as_deref(), row.barred, row.reviewed);
    let may_write = children.iter().map(link).all(Link::may_report);
    let child = |row: ChildOf| {
        let others = others.iter().filter(|(notice, _)| *notice == row.notice_id);
        Ok(NoticeChild {
            notice: NoticeId::parse(&row.notice_id).ok_or_else(unreadable)?,
            pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
            full_name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
            class: row.class,
            upn: row.upn,
            born: row.born,
            left_on: row.left_on,
            entries: entries.remove(&row.notice_id).unwrap_or_default(),
            others: others.filter_map(|(_, reference)| Reference::parse(reference)).collect(),
        })
    };
    Ok(NoticeRecord {
        reference: Reference::parse(&form.reference).ok_or_else(unreadable)?,
        guardian: GuardianId::parse(&form.guardian_id).ok_or_else(unreadable)?,
        guardian_name: full_name(&form.forename, &form.surname),
        submission: form.submission_id,
        received_at: form.received_at,
        kind: Kind::parse(&form.kind).ok_or_else(unreadable)?,
        form_version: form.form_version,
        answers: serde_json::from_str(&form.answers).map_err(|_| unreadable())?,
        last_day,
        signed: form.signed_name.zip(form.signed_at),
        replaced_by: form.replaced_by.as_deref().and_then(Reference::parse),
        state,
        may_write,
        children: children.into_iter().map(child).collect::<Result<_, StoreError>>()?,
    })
}
