//! "This looks wrong": what a guardian and the office write to each other about one mark.

use std::ops::RangeInclusive;

use app::rules::{
    calendar::Session,
    conversation::{MarkOf, Topic},
    id::{GuardianId, PupilId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    conversation::{About, Conversation, links},
    db::{rows, run},
    message::{may_read, may_write},
    roster::full_name,
    writer::Work,
};

/// A conversation about a mark, as the office lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkTalk {
    /// The mark.
    pub mark: MarkOf,
    /// Which conversation.
    pub about: About,
    /// The guardian's name.
    pub from: String,
    /// Whether the guardian has written what nobody in the office has answered.
    pub waits: bool,
}

/// A mark about which something waits to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkWaits {
    /// The mark.
    pub mark: MarkOf,
    /// What the child is called: for the office as registers list it.
    pub child: String,
    /// "3 Oak".
    pub class: String,
    /// When the earliest message that waits came.
    pub sent_at: DateTime<Utc>,
    /// Whether an answer is asked for.
    pub asks: bool,
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("mark_question")
}

fn mark_of(pupil: &str, date: NaiveDate, session: &str) -> Option<MarkOf> {
    Some(MarkOf { pupil: PupilId::parse(pupil)?, date, session: Session::parse(session)? })
}

impl School {
    /// A guardian's conversation about a mark, begun or not. `None` where they may not see the child.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_mark_talk(
        &self,
        guardian: &GuardianId,
        mark: &MarkOf,
    ) -> Result<Option<Conversation>, StoreError> {
        let about = About { topic: Topic::Mark, id: mark.id(), guardian: guardian.clone() };
        let links = links!(self.db(), self.id(), about)?;
        if !may_read(&links) {
            return Ok(None);
        }
        let messages = self.messages(&about).await?;
        Ok(Some(Conversation { about, may_write: may_write(&links), messages }))
    }

    /// The conversations about a child's marks on these days, whoever began them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_talks(
        &self,
        pupil: &PupilId,
        days: RangeInclusive<NaiveDate>,
    ) -> Result<Vec<MarkTalk>, StoreError> {
        let found = rows!(
            self.db(),
            (NaiveDate, String, String, String, String, bool),
            "SELECT q.day, q.session, q.guardian_id, g.forename, g.surname, EXISTS (SELECT 1 FROM message m WHERE m.school_id = q.school_id \
                AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id AND m.from_kind = 'guardian' \
                AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                   AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.from_kind = 'staff' AND n.place > m.place)) \
             FROM mark_question q JOIN guardian g ON g.school_id = q.school_id AND g.guardian_id = q.guardian_id \
             WHERE q.school_id = $1 AND q.pupil_id = $2 AND q.day BETWEEN $3 AND $4 ORDER BY q.day, q.session, q.guardian_id",
            self.id(),
            pupil.as_str(),
            *days.start(),
            *days.end()
        )?;
        let talk =
            |(date, session, guardian, forename, surname, waits): (NaiveDate, String, String, String, String, bool)| {
                let mark = mark_of(pupil.as_str(), date, &session)?;
                let about = About { topic: Topic::Mark, id: mark.id(), guardian: GuardianId::parse(&guardian)? };
                Some(MarkTalk { mark, about, from: full_name(&forename, &surname), waits })
            };
        found.into_iter().map(|row| talk(row).ok_or_else(unreadable)).collect()
    }

    /// A guardian's own conversations about a child's marks on these days: which, and whether something is unread.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_mark_talks(
        &self,
        guardian: &GuardianId,
        pupil: &PupilId,
        days: RangeInclusive<NaiveDate>,
    ) -> Result<Vec<(NaiveDate, bool)>, StoreError> {
        rows!(
            self.db(),
            (NaiveDate, bool),
            "SELECT q.day, EXISTS (SELECT 1 FROM message m WHERE m.school_id = q.school_id \
                AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id AND m.from_kind = 'staff' AND m.read_at IS NULL) \
             FROM mark_question q WHERE q.school_id = $1 AND q.pupil_id = $2 AND q.day BETWEEN $3 AND $4 AND q.guardian_id = $5 ORDER BY q.day",
            self.id(),
            pupil.as_str(),
            *days.start(),
            *days.end(),
            guardian.as_str()
        )
    }

    /// What families wrote about marks, and the office has neither answered nor put right since, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn marks_wait_for_office(&self) -> Result<Vec<MarkWaits>, StoreError> {
        let found = rows!(
            self.db(),
            (String, NaiveDate, String, String, Option<String>, String, String, DateTime<Utc>),
            "SELECT q.pupil_id, q.day, q.session, p.forename, p.known_as, p.surname, c.name, m.sent_at FROM mark_question q \
             JOIN message m ON m.school_id = q.school_id AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id \
             JOIN pupil p ON p.school_id = q.school_id AND p.pupil_id = q.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE q.school_id = $1 AND m.from_kind = 'guardian' \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.from_kind = 'staff' AND n.place > m.place) \
             AND NOT EXISTS (SELECT 1 FROM mark_change h WHERE h.school_id = q.school_id AND h.pupil_id = q.pupil_id AND h.day = q.day \
                AND h.session = q.session AND h.changed_at >= m.sent_at AND h.import_id IS NULL) \
             ORDER BY m.sent_at, m.about_id LIMIT 500",
            self.id()
        )?;
        let mut waiting: Vec<MarkWaits> = Vec::new();
        for (pupil, date, session, forename, known_as, surname, class, sent_at) in found {
            let mark = mark_of(&pupil, date, &session).ok_or_else(unreadable)?;
            let child = list_name(known_as.as_deref().unwrap_or(&forename), &surname);
            if !waiting.iter().any(|one| one.mark == mark) {
                waiting.push(MarkWaits { mark, child, class, sent_at, asks: false });
            }
        }
        Ok(waiting)
    }

    /// What the office wrote about marks and this guardian has not read or not answered, the oldest first. Only
    /// of children they may see.
    ///
    /// # Errors
    /// What the database says.
    pub async fn marks_wait_for_guardian(&self, guardian: &GuardianId) -> Result<Vec<MarkWaits>, StoreError> {
        let found = rows!(
            self.db(),
            (String, NaiveDate, String, String, Option<String>, String, DateTime<Utc>, bool),
            "SELECT q.pupil_id, q.day, q.session, p.forename, p.known_as, c.name, m.sent_at, m.asks FROM guardian_pupil l \
             CROSS JOIN mark_question q \
             JOIN message m ON m.school_id = q.school_id AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id \
             JOIN pupil p ON p.school_id = q.school_id AND p.pupil_id = q.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
             AND q.school_id = l.school_id AND q.guardian_id = l.guardian_id AND q.pupil_id = l.pupil_id \
             AND m.from_kind = 'staff' AND (m.read_at IS NULL OR m.asks) \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.from_kind = 'guardian' AND n.place > m.place) \
             ORDER BY m.sent_at, m.about_id",
            self.id(),
            guardian.as_str()
        )?;
        let mut waiting: Vec<MarkWaits> = Vec::new();
        for (pupil, date, session, forename, known_as, class, sent_at, asks) in found {
            let mark = mark_of(&pupil, date, &session).ok_or_else(unreadable)?;
            match waiting.iter_mut().find(|one| one.mark == mark) {
                Some(one) => one.asks |= asks,
                None => {
                    waiting.push(MarkWaits { mark, child: known_as.unwrap_or(forename), class, sent_at, asks });
                }
            }
        }
        Ok(waiting)
    }
}

/// Notes which mark a conversation is about, with its first message.
pub(super) async fn begin(work: &mut Work, school: &str, about: &About, mark: &MarkOf) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "INSERT INTO mark_question (school_id, pupil_id, day, session, guardian_id, about_id) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
        school,
        mark.pupil.as_str(),
        mark.date,
        mark.session.letters(),
        about.guardian.as_str(),
        about.id.as_str()
    )?;
    Ok(())
}
