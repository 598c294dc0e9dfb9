//! Writing to each other: the office and exactly one guardian, about one thing.
//!
//! Whoever is asked is asked again here, inside the transaction: a bar set a moment ago holds.

use app::rules::{
    access::{Access, Link},
    conversation::{MarkOf, Side, Topic},
    id::{GuardianId, MessageId, StaffId},
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    conversation::{About, REACH, links},
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    leave_talk,
    mail::{NewMail, put_mail},
    mark_talk, micros,
    writer::Work,
};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// The guardian of the conversation.
    Guardian,
    /// This member of staff, to the guardian.
    Staff {
        /// Who.
        staff: StaffId,
        /// Whether the office waits for an answer.
        asks: bool,
        /// Subject and text of the mail that says a message is waiting, and nothing of what it says.
        mail: (String, String),
    },
}

/// What somebody writes.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Made with the form; a retry carries the same.
    pub message: MessageId,
    /// The conversation.
    pub about: About,
    /// Who writes.
    pub from: Voice,
    /// The text, tidied.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl NewMessage {
    /// Whether the office waits for an answer to it.
    fn asks(&self) -> bool {
        matches!(self.from, Voice::Staff { asks: true, .. })
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Kept, durably.
    Kept,
    /// The very same had been kept before.
    Again,
    /// Something else had been sent with this form before, at this time.
    Differs(DateTime<Utc>),
    /// The guardian may not write about it (any more): nothing was kept.
    NotAllowed,
    /// The guardian cannot open the portal, so nothing was kept: ring them.
    OutOfReach,
}

columns! {
    struct Earlier {
        about_id: String,
        text: String,
        sent_at: DateTime<Utc>,
    }
}

impl School {
    /// Keeps a message. Of staff's, the guardian hears by mail that one is waiting.
    ///
    /// # Errors
    /// Whatever it is, nothing was kept.
    pub async fn say(&self, new: NewMessage) -> Result<Said, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { say(work, &id, new).await })).await
    }

    /// The address under which this guardian alone, or nobody barred besides, reads what the school
    /// mails; `None` where mail would reach somebody barred, or where there is no address. Messages
    /// and receipts ask the same.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_inbox(&self, guardian: &GuardianId) -> Result<Option<String>, StoreError> {
        let found = row!(self.db(), (Option<String>, i64, i64), REACH, self.id(), guardian.as_str())?;
        Ok(found.and_then(reached))
    }

    /// Notes that this side has the other's messages before it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages_read(&self, about: &About, reader: Side, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, about) = (self.id().to_owned(), about.clone());
        self.writer().write(move |work| Box::pin(async move { mark_read(work, &id, &about, reader, now).await })).await
    }
}

/// The same within a job's transaction.
pub(super) async fn mark_read(
    work: &mut Work,
    school: &str,
    about: &About,
    reader: Side,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE message SET read_at = $6 WHERE school_id = $1 AND guardian_id = $2 AND about_kind = $3 AND about_id = $4 \
         AND from_kind = $5 AND read_at IS NULL",
        school,
        about.guardian.as_str(),
        about.topic.word(),
        about.id.as_str(),
        reader.other().word(),
        micros(now)
    )?;
    Ok(())
}

/// A conversation goes along when a guardian's submission takes the place of an earlier one.
pub(super) async fn follow(
    work: &mut Work,
    school: &str,
    (topic, guardian): (Topic, &GuardianId),
    earlier: &str,
    later: &str,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE message SET about_id = $5 WHERE school_id = $1 AND guardian_id = $2 AND about_kind = $3 AND about_id = $4",
        school,
        guardian.as_str(),
        topic.word(),
        earlier,
        later
    )?;
    Ok(())
}

/// Several conversations go along as one, in the order in which things were said. `later` has none of its own yet.
pub(super) async fn gather(
    work: &mut Work,
    school: &str,
    (topic, guardian): (Topic, &GuardianId),
    earlier: &[String],
    later: &str,
) -> Result<(), StoreError> {
    let mut said = Vec::new();
    for earlier in earlier {
        let found = rows!(
            &mut *work,
            (String, String, String, DateTime<Utc>),
            "SELECT from_kind, from_id, message_id, sent_at FROM message WHERE school_id = $1 AND guardian_id = $2 AND about_kind = $3 \
             AND about_id = $4 ORDER BY place",
            school,
            guardian.as_str(),
            topic.word(),
            earlier.as_str()
        )?;
        said.extend(found);
    }
    said.sort_by_key(|(.., at)| *at);
    for (place, (kind, from, message, _)) in (1_i64..).zip(said) {
        run!(
            &mut *work,
            "UPDATE message SET about_id = $5, place = $6 WHERE school_id = $1 AND from_kind = $2 AND from_id = $3 AND message_id = $4",
            school,
            kind.as_str(),
            from.as_str(),
            message.as_str(),
            later,
            place
        )?;
    }
    Ok(())
}

/// Keeps a message within a job's transaction.
pub(super) async fn say(work: &mut Work, school: &str, new: NewMessage) -> Result<Said, StoreError> {
    let (side, from, asks) = match &new.from {
        Voice::Guardian => (Side::Guardian, new.about.guardian.as_str(), false),
        Voice::Staff { staff, asks, .. } => (Side::Staff, staff.as_str(), *asks),
    };
    let earlier = row!(
        &mut *work,
        Earlier,
        "SELECT about_id, text, sent_at FROM message WHERE school_id = $1 AND from_kind = $2 AND from_id = $3 AND message_id = $4",
        school,
        side.word(),
        from,
        new.message.as_str()
    )?;
    let links = links!(&mut *work, school, new.about)?;
    if !may_say(new.about.topic, &links) {
        return Ok(Said::NotAllowed);
    }
    if let Some(earlier) = earlier {
        let same = earlier.text == new.text && earlier.about_id == new.about.id;
        return Ok(if same { Said::Again } else { Said::Differs(earlier.sent_at) });
    }
    let mut told = None;
    if let Voice::Staff { mail: (subject, body), .. } = &new.from {
        let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, new.about.guardian.as_str())?;
        let Some(to) = found.and_then(reached) else { return Ok(Said::OutOfReach) };
        told = Some(NewMail { to: Some(to), kind: "message", subject: subject.clone(), body: body.clone() });
    }
    if let Some(mark) = MarkOf::parse(&new.about.id).filter(|_| new.about.topic == Topic::Mark) {
        mark_talk::begin(work, school, &new.about, &mark).await?;
    }
    keep(work, school, &new, (side, from, asks)).await?;
    if let Some(mail) = told {
        put_mail(work, school, mail, new.at).await?;
    }
    Ok(Said::Kept)
}

async fn keep(
    work: &mut Work,
    school: &str,
    new: &NewMessage,
    (side, from, asks): (Side, &str, bool),
) -> Result<(), StoreError> {
    let about = &new.about;
    let last = row!(
        &mut *work,
        (i64,),
        "SELECT COALESCE(MAX(place), 0) FROM message WHERE school_id = $1 AND guardian_id = $2 AND about_kind = $3 AND about_id = $4",
        school,
        about.guardian.as_str(),
        about.topic.word(),
        about.id.as_str()
    )?;
    run!(
        &mut *work,
        "INSERT INTO message (school_id, from_kind, from_id, message_id, about_kind, about_id, guardian_id, place, asks, text, sent_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        school,
        side.word(),
        from,
        new.message.as_str(),
        about.topic.word(),
        about.id.as_str(),
        about.guardian.as_str(),
        last.map_or(1, |(last,)| last + 1),
        asks,
        new.text.as_str(),
        micros(new.at)
    )?;
    let (actor, action) = match side {
        Side::Guardian if about.topic == Topic::Mark => (Actor::Guardian(from.to_owned()), "question_mark"),
        Side::Guardian => (Actor::Guardian(from.to_owned()), "answer"),
        Side::Staff => (Actor::Staff(from.to_owned()), "ask"),
    };
    let asks = asks.to_string();
    let line = Line {
        at: new.at,
        actor: &actor,
        action,
        subject_kind: about.topic.word(),
        subject_id: &about.id,
        fields: &[
            ("message", None, Some(new.message.as_str())),
            ("guardian", None, Some(about.guardian.as_str())),
            ("asks", None, Some(&asks)),
            ("text", None, Some(&new.text)),
        ],
    };
    journal::write(work, school, line).await?;
    if about.topic == Topic::Leave {
        leave_talk::move_on(work, school, about, (side, new.asks()), (&actor, new.at)).await?;
    }
    Ok(())
}

/// Whether a guardian with these links to the children in question may write about them: all of
/// them, since a text may speak of any.
pub(super) fn may_write(links: &[(String, bool, bool)]) -> bool {
    all(links, Link::may_report)
}

/// Whether they may write about this kind of thing: whoever is asked to declare may also say what they think of it.
pub(super) fn may_say(topic: Topic, links: &[(String, bool, bool)]) -> bool {
    if topic == Topic::Declaration { may_read(links) } else { may_write(links) }
}

/// The same for reading.
pub(super) fn may_read(links: &[(String, bool, bool)]) -> bool {
    all(links, Link::may_read)
}

fn all(links: &[(String, bool, bool)], may: fn(Link) -> bool) -> bool {
    let link = |(access, barred, reviewed): &(String, bool, bool)| Link {
        access: Access::parse(access),
        barred: *barred,
        reviewed: *reviewed,
    };
    !links.is_empty() && links.iter().map(link).all(may)
}

/// The address under which somebody can sign in and read: address, how many share it, how many bars
/// stand against them. In a shared inbox with a bar only the office can help (see `post::sign_in`).
pub(super) fn reached((email, sharers, bars): (Option<String>, i64, i64)) -> Option<String> {
    email.filter(|_| sharers < 2 || bars == 0)
}
