//! Conversations, read: by their guardian, by the office, and what waits for whom.

use app::rules::{
    conversation::{Last, MarkOf, Reach, Side, Standing, Topic},
    id::GuardianId,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, row, rows},
    details_talk::DETAILS_LINKS,
    message::{may_read, may_say, may_write, reached},
};

/// Which conversation: there is one a thing and guardian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What kind of thing it is about.
    pub topic: Topic,
    /// Which one.
    pub id: String,
    /// The guardian the office talks to; no other ever learns of it.
    pub guardian: GuardianId,
}

impl About {
    /// The statement that reads the guardian's links to every child it is about, in the form of `rules::access::Link`; and
    /// which thing it is asked for.
    pub(super) fn links(&self) -> (&'static str, String) {
        let sql = match self.topic {
            Topic::Submission => {
                "SELECT DISTINCT COALESCE(l.access, 'none'), COALESCE(l.barred, TRUE), COALESCE(l.reviewed, FALSE) FROM report r \
                 LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
                 WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3"
            }
            Topic::Leave => {
                "SELECT DISTINCT COALESCE(l.access, 'none'), COALESCE(l.barred, TRUE), COALESCE(l.reviewed, FALSE) FROM leave_request r \
                 LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
                 WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3"
            }
            Topic::Leaving => {
                "SELECT DISTINCT COALESCE(l.access, 'none'), COALESCE(l.barred, TRUE), COALESCE(l.reviewed, FALSE) FROM leaving_notice r \
                 LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
                 WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3"
            }
            Topic::Declaration => {
                "SELECT DISTINCT COALESCE(l.access, 'none'), COALESCE(l.barred, TRUE), COALESCE(l.reviewed, FALSE) FROM declaration r \
                 LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
                 WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3"
            }
            Topic::Details => DETAILS_LINKS,
            Topic::Mark => {
                let pupil = MarkOf::parse(&self.id).map(|mark| mark.pupil.to_string()).unwrap_or_default();
                let sql = "SELECT access, barred, reviewed FROM guardian_pupil WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3";
                return (sql, pupil);
            }
        };
        (sql, self.id.clone())
    }
}

/// The guardian's links to every child that a conversation is about.
macro_rules! links {
    ($on:expr, $school:expr, $about:expr) => {{
        let (sql, of) = $about.links();
        rows!($on, (String, bool, bool), sql, $school, $about.guardian.as_str(), of.as_str())
    }};
}
pub(super) use links;

/// A guardian's address, how many read it, and how many bars stand against those.
// CROSS JOIN, here and below, so that SQLite begins with the few.
pub(super) const REACH: &str = "SELECT g.email, (SELECT COUNT(*) FROM guardian o WHERE o.school_id = g.school_id AND o.email = g.email), \
     (SELECT COUNT(*) FROM guardian o CROSS JOIN guardian_pupil b \
      WHERE o.school_id = g.school_id AND o.email = g.email AND b.school_id = o.school_id AND b.guardian_id = o.guardian_id AND b.barred) \
     FROM guardian g WHERE g.school_id = $1 AND g.guardian_id = $2";

/// A conversation as its guardian may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Which it is.
    pub about: About,
    /// Whether the guardian may write.
    pub may_write: bool,
    /// What was said, in order.
    pub messages: Vec<Message>,
}

impl Conversation {
    /// How it stands; `None` before the first message.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        standing(&self.messages)
    }

    /// Whether there is something that this side has not read.
    #[must_use]
    pub fn unread_by(&self, side: Side) -> bool {
        self.messages.iter().any(|message| message.from == side.other() && message.read_at.is_none())
    }
}

/// How a conversation of these messages stands.
#[must_use]
pub fn standing(messages: &[Message]) -> Option<Standing> {
    let (last, before) = messages.split_last()?;
    let unanswered = messages.iter().rev().take_while(|message| message.from == Side::Staff);
    Some(Standing::of(Last {
        from: last.from,
        asks: unanswered.into_iter().any(|message| message.asks),
        read: last.read_at.is_some(),
        asked_before: before.iter().any(|message| message.asks),
    }))
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it.
    pub from: Side,
    /// The member of staff's name.
    pub staff: Option<String>,
    /// Whether the office waits for an answer to it.
    pub asks: bool,
    /// The text.
    pub text: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the other side first had it before them.
    pub read_at: Option<DateTime<Utc>>,
}

/// Something that waits for a guardian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForGuardian {
    /// The receipt on which it stands.
    pub reference: Reference,
    /// What the children in it are called.
    pub children: Vec<String>,
    /// Whether it asks; else it has only to be read.
    pub asks: bool,
}

/// Something that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForOffice {
    /// The report's reference.
    pub reference: Reference,
    /// The children in it, as registers list them.
    pub children: Vec<String>,
    /// When the earliest unread message came.
    pub sent_at: DateTime<Utc>,
}

columns! {
    struct Row {
        from_kind: String,
        staff: Option<String>,
        asks: bool,
        text: String,
        sent_at: DateTime<Utc>,
        read_at: Option<DateTime<Utc>>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("message")
}

impl School {
    /// The conversation about a guardian's own submission. `None` alike for a submission that is not
    /// theirs, one that never was, and one with a child in it whom they may no longer see.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_conversation(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<Conversation>, StoreError> {
        let found = row!(
            self.db(),
            (String,),
            "SELECT submission_id FROM submission WHERE school_id = $1 AND reference = $2 AND guardian_id = $3",
            self.id(),
            reference.as_str(),
            guardian.as_str()
        )?;
        let Some((id,)) = found else { return Ok(None) };
        // A submission is a report, a request for leave, changes in what the school holds, or about leaving.
        for topic in [Topic::Submission, Topic::Leave, Topic::Details, Topic::Leaving] {
            let about = About { topic, id: id.clone(), guardian: guardian.clone() };
            let links = links!(self.db(), self.id(), about)?;
            if may_read(&links) {
                let messages = self.messages(&about).await?;
                return Ok(Some(Conversation { about, may_write: may_write(&links), messages }));
            }
        }
        Ok(None)
    }

    /// A conversation as its guardian has it now; `None` where they may not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn conversation(&self, about: &About) -> Result<Option<Conversation>, StoreError> {
        let links = links!(self.db(), self.id(), about)?;
        if !may_read(&links) {
            return Ok(None);
        }
        let messages = self.messages(about).await?;
        Ok(Some(Conversation { about: about.clone(), may_write: may_say(about.topic, &links), messages }))
    }

    /// Everything said in a conversation, in order, whoever may read it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages(&self, about: &About) -> Result<Vec<Message>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT m.from_kind, t.name AS staff, m.asks, m.text, m.sent_at, m.read_at FROM message m \
             LEFT JOIN staff t ON t.school_id = m.school_id AND t.staff_id = m.from_id AND m.from_kind = 'staff' \
             WHERE m.school_id = $1 AND m.guardian_id = $2 AND m.about_kind = $3 AND m.about_id = $4 ORDER BY m.place",
            self.id(),
            about.guardian.as_str(),
            about.topic.word(),
            about.id.as_str()
        )?;
        let message = |row: Row| {
            Ok(Message {
                from: Side::parse(&row.from_kind).ok_or_else(unreadable)?,
                staff: row.staff,
                asks: row.asks,
                text: row.text,
                sent_at: row.sent_at,
                read_at: row.read_at,
            })
        };
        found.into_iter().map(message).collect()
    }

    /// Whether staff can write to this guardian about this.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reach(&self, about: &About) -> Result<Reach, StoreError> {
        let guardian = about.guardian.as_str();
        let links = links!(self.db(), self.id(), about)?;
        if !may_say(about.topic, &links) {
            return Ok(Reach::NoAccess);
        }
        let found = row!(self.db(), (Option<String>, i64, i64), REACH, self.id(), guardian)?;
        Ok(if found.and_then(reached).is_some() { Reach::Open } else { Reach::NoAddress })
    }

    /// What waits for a guardian, oldest first: questions they have not answered, and messages that
    /// ask nothing but have not been read. Only where they may see every child it is about.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waits_for_guardian(&self, guardian: &GuardianId) -> Result<Vec<ForGuardian>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, Option<String>, bool, bool),
            "SELECT s.reference, p.forename, p.known_as, EXISTS (SELECT 1 FROM message q WHERE q.school_id = m.school_id AND q.guardian_id = m.guardian_id \
                AND q.about_kind = m.about_kind AND q.about_id = m.about_id AND q.asks \
                AND NOT EXISTS (SELECT 1 FROM message a WHERE a.school_id = q.school_id AND a.guardian_id = q.guardian_id \
                   AND a.about_kind = q.about_kind AND a.about_id = q.about_id AND a.from_kind = 'guardian' AND a.place > q.place)), m.read_at IS NOT NULL FROM message m \
             JOIN submission s ON s.school_id = m.school_id AND s.guardian_id = m.guardian_id AND s.submission_id = m.about_id \
             JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE m.school_id = $1 AND m.guardian_id = $2 AND m.about_kind = 'submission' AND m.from_kind = 'staff' \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.place > m.place) \
             AND NOT EXISTS (SELECT 1 FROM report c LEFT JOIN guardian_pupil l ON l.school_id = c.school_id AND l.guardian_id = c.guardian_id AND l.pupil_id = c.pupil_id \
                WHERE c.school_id = s.school_id AND c.guardian_id = s.guardian_id AND c.submission_id = s.submission_id \
                AND (l.access IS NULL OR l.access = 'none' OR l.barred OR NOT l.reviewed)) \
             ORDER BY m.sent_at, s.reference, p.forename, p.pupil_id, r.day",
            self.id(),
            guardian.as_str()
        )?;
        let mut waiting: Vec<ForGuardian> = Vec::new();
        for (reference, forename, known_as, asks, _) in found.into_iter().filter(|(.., asks, read)| *asks || !read) {
            let reference = Reference::parse(&reference).ok_or_else(unreadable)?;
            let child = known_as.unwrap_or(forename);
            match waiting.last_mut().filter(|last| last.reference == reference) {
                Some(last) if last.children.contains(&child) => {}
                Some(last) => last.children.push(child),
                None => waiting.push(ForGuardian { reference, children: vec![child], asks }),
            }
        }
        Ok(waiting)
    }

    /// What families wrote and nobody in the office has read, oldest first, whatever day it is about.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waits_for_office(&self) -> Result<Vec<ForOffice>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, String, Option<String>, DateTime<Utc>),
            "SELECT s.reference, p.forename, p.surname, p.known_as, m.sent_at FROM message m \
             JOIN submission s ON s.school_id = m.school_id AND s.guardian_id = m.guardian_id AND s.submission_id = m.about_id \
             CROSS JOIN report r \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE m.school_id = $1 AND m.from_kind = 'guardian' AND m.read_at IS NULL AND m.about_kind = 'submission' \
             AND r.school_id = m.school_id AND r.guardian_id = m.guardian_id AND r.submission_id = m.about_id \
             ORDER BY m.sent_at, s.reference, p.forename, p.pupil_id, r.day LIMIT 500",
            self.id()
        )?;
        let mut waiting: Vec<ForOffice> = Vec::new();
        for (reference, forename, surname, known_as, sent_at) in found {
            let reference = Reference::parse(&reference).ok_or_else(unreadable)?;
            let child = list_name(known_as.as_deref().unwrap_or(&forename), &surname);
            match waiting.iter_mut().find(|known| known.reference == reference) {
                Some(known) if known.children.contains(&child) => {}
                Some(known) => known.children.push(child),
                None => waiting.push(ForOffice { reference, children: vec![child], sent_at }),
            }
        }
        Ok(waiting)
    }

    /// How the conversations about a day's reports stand, by reference.
    ///
    /// # Errors
    /// What the database says.
    pub async fn conversations_on(&self, day: NaiveDate) -> Result<Vec<(String, Standing)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, bool, bool, bool),
            "SELECT DISTINCT s.reference, m.from_kind, EXISTS (SELECT 1 FROM message q WHERE q.school_id = m.school_id AND q.guardian_id = m.guardian_id \
                AND q.about_kind = m.about_kind AND q.about_id = m.about_id AND q.asks \
                AND NOT EXISTS (SELECT 1 FROM message a WHERE a.school_id = q.school_id AND a.guardian_id = q.guardian_id \
                   AND a.about_kind = q.about_kind AND a.about_id = q.about_id AND a.from_kind = 'guardian' AND a.place > q.place)), m.read_at IS NOT NULL, \
             EXISTS (SELECT 1 FROM message b WHERE b.school_id = m.school_id AND b.guardian_id = m.guardian_id \
                AND b.about_kind = m.about_kind AND b.about_id = m.about_id AND b.place < m.place AND b.asks) \
             FROM report r \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN message m ON m.school_id = r.school_id AND m.guardian_id = r.guardian_id AND m.about_kind = 'submission' AND m.about_id = r.submission_id \
             WHERE r.school_id = $1 AND r.day = $2 \
             AND m.place = (SELECT MAX(n.place) FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id)",
            self.id(),
            day
        )?;
        let one = |(reference, from, asks, read, asked_before): (String, String, bool, bool, bool)| {
            let from = Side::parse(&from).ok_or_else(unreadable)?;
            Ok((reference, Standing::of(Last { from, asks, read, asked_before })))
        };
        found.into_iter().map(one).collect()
    }
}
