//! Reminding everybody who has not answered: a run is begun once, with everybody it goes to; each is reminded in a transaction
//! of their own, so that a program that dies in the middle goes on where it was and reminds nobody twice.

use std::collections::BTreeMap;

use app::rules::id::{GuardianId, ReminderRunId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    conversation::REACH,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    message::reached,
    micros,
};

columns! {
    /// A run as staff see it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ReminderRun {
        /// Its id.
        pub run_id: String,
        /// The version it is about.
        pub version: i64,
        /// When it was begun.
        pub begun_at: DateTime<Utc>,
        /// Who began it, by name.
        pub name: Option<String>,
        /// When it ended.
        pub ended_at: Option<DateTime<Utc>>,
        /// Whether somebody stopped it.
        pub stopped: bool,
        /// How many it goes to.
        pub people: i64,
        /// How many have been sent a message.
        pub sent: i64,
        /// How many are still to come.
        pub waiting: i64,
    }
}

/// What came of beginning a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemindersBegun {
    /// It goes to so many.
    Done(usize),
    /// The same form had begun it before.
    Again,
    /// Another is under way.
    Busy,
    /// Those it would go to are not those that were shown.
    Changed,
}

/// A run to be begun.
#[derive(Debug, Clone)]
pub struct NewReminderRun {
    /// Made with the form.
    pub run: ReminderRunId,
    /// The version.
    pub version: i64,
    /// To whom it goes, as the preview counted them.
    pub people: Vec<GuardianId>,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a step of a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminded {
    /// A message was written.
    Sent,
    /// Nobody was to be reminded any more: they have answered, or may not be reached.
    Skipped,
    /// There is nothing to do.
    Nothing,
}

impl School {
    /// Under which address each guardian can be reminded: those alone whose mail reaches nobody who is barred.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reachable(&self) -> Result<BTreeMap<GuardianId, String>, StoreError> {
        let found = rows!(
            self.db(),
            (String, Option<String>, i64, i64),
            "SELECT g.guardian_id, g.email, (SELECT COUNT(*) FROM guardian o WHERE o.school_id = g.school_id AND o.email = g.email), \
             (SELECT COUNT(*) FROM guardian o CROSS JOIN guardian_pupil b \
              WHERE o.school_id = g.school_id AND o.email = g.email AND b.school_id = o.school_id AND b.guardian_id = o.guardian_id AND b.barred) \
             FROM guardian g WHERE g.school_id = $1 AND g.email IS NOT NULL",
            self.id()
        )?;
        found
            .into_iter()
            .filter_map(|(id, email, sharers, bars)| Some((id, reached((email, sharers, bars))?)))
            .map(|(id, to)| Ok((GuardianId::parse(&id).ok_or(StoreError::Unreadable("guardian"))?, to)))
            .collect()
    }

    /// Begins a run. Nothing is sent yet.
    ///
    /// # Errors
    /// What the database says; nothing is begun then.
    pub async fn begin_reminders(&self, new: NewReminderRun) -> Result<RemindersBegun, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let before = row!(
                        &mut *work,
                        (i64,),
                        "SELECT version FROM reminder_run WHERE school_id = $1 AND run_id = $2",
                        id.as_str(),
                        new.run.as_str()
                    )?;
                    if before.is_some() {
                        return Ok(RemindersBegun::Again);
                    }
                    let begun = run!(
                        &mut *work,
                        "INSERT INTO reminder_run (school_id, run_id, version, begun_at, begun_by, stopped) \
                         SELECT $1, $2, $3, $4, $5, FALSE WHERE NOT EXISTS (SELECT 1 FROM reminder_run WHERE school_id = $1 AND ended_at IS NULL)",
                        id.as_str(),
                        new.run.as_str(),
                        new.version,
                        micros(new.at),
                        new.by.as_str()
                    )?;
                    if begun == 0 {
                        return Ok(RemindersBegun::Busy);
                    }
                    for guardian in &new.people {
                        run!(
                            &mut *work,
                            "INSERT INTO reminder (school_id, run_id, guardian_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                            id.as_str(),
                            new.run.as_str(),
                            guardian.as_str()
                        )?;
                    }
                    let actor = Actor::Staff(new.by.to_string());
                    let (people, version) = (new.people.len().to_string(), new.version.to_string());
                    let line = Line {
                        at: new.at,
                        actor: &actor,
                        action: "begin_reminders",
                        subject_kind: "reminders",
                        subject_id: new.run.as_str(),
                        fields: &[("version", None, Some(&version)), ("people", None, Some(&people))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(RemindersBegun::Done(new.people.len()))
                })
            })
            .await
    }

    /// Goes one step in the run that is under way: the next guardian, asked again whether they are still to be reminded.
    /// `mail` is subject and text.
    ///
    /// # Errors
    /// What the database says; the step is taken again later.
    pub async fn remind_next(
        &self,
        mail: (String, String),
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Reminded, StoreError> {
        // Most of the time there is none: the writer is not asked.
        let open = row!(
            self.db(),
            (String,),
            "SELECT run_id FROM reminder_run WHERE school_id = $1 AND ended_at IS NULL",
            self.id()
        )?;
        if open.is_none() {
            return Ok(Reminded::Nothing);
        }
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let open = row!(
                        &mut *work,
                        (String, i64),
                        "SELECT run_id, version FROM reminder_run WHERE school_id = $1 AND ended_at IS NULL",
                        id.as_str()
                    )?;
                    let Some((run_id, version)) = open else { return Ok(Reminded::Nothing) };
                    let next = row!(
                        &mut *work,
                        (String,),
                        "SELECT guardian_id FROM reminder WHERE school_id = $1 AND run_id = $2 AND done_at IS NULL ORDER BY guardian_id LIMIT 1",
                        id.as_str(),
                        run_id.as_str()
                    )?;
                    let Some((guardian,)) = next else {
                        run!(
                            &mut *work,
                            "UPDATE reminder_run SET ended_at = $3 WHERE school_id = $1 AND run_id = $2",
                            id.as_str(),
                            run_id.as_str(),
                            micros(now)
                        )?;
                        return Ok(Reminded::Nothing);
                    };
                    // Only while this is the version that counts, and a child of theirs waits for an answer, today.
                    let waits = row!(
                        &mut *work,
                        (String,),
                        "SELECT l.pupil_id FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
                         WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
                         AND (p.left_on IS NULL OR p.left_on >= $4) AND p.admitted <= $4 \
                         AND NOT EXISTS (SELECT 1 FROM policy_version v WHERE v.school_id = $1 AND v.version > $3) \
                         AND NOT EXISTS (SELECT 1 FROM declaration d WHERE d.school_id = l.school_id AND d.guardian_id = l.guardian_id \
                           AND d.pupil_id = l.pupil_id AND d.version = $3 AND d.replaced_at IS NULL) LIMIT 1",
                        id.as_str(),
                        guardian.as_str(),
                        version,
                        today
                    )?;
                    let found = row!(&mut *work, (Option<String>, i64, i64), REACH, id.as_str(), guardian.as_str())?;
                    let to = found.and_then(reached).filter(|_| waits.is_some());
                    let sent = to.is_some();
                    let (subject, body) = mail;
                    put_mail(work, &id, NewMail { to, kind: "reminder", subject, body }, now).await?;
                    run!(
                        &mut *work,
                        "UPDATE reminder SET done_at = $4, sent = $5 WHERE school_id = $1 AND run_id = $2 AND guardian_id = $3",
                        id.as_str(),
                        run_id.as_str(),
                        guardian.as_str(),
                        micros(now),
                        sent
                    )?;
                    Ok(if sent { Reminded::Sent } else { Reminded::Skipped })
                })
            })
            .await
    }

    /// Stops a run between two messages; what has gone has gone. `false` where it had ended.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stop_reminders(
        &self,
        run_id: &ReminderRunId,
        by: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, run_id, by) = (self.id().to_owned(), run_id.clone(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let stopped = run!(
                        &mut *work,
                        "UPDATE reminder_run SET ended_at = $3, stopped = TRUE WHERE school_id = $1 AND run_id = $2 AND ended_at IS NULL",
                        id.as_str(),
                        run_id.as_str(),
                        micros(now)
                    )?;
                    if stopped == 0 {
                        return Ok(false);
                    }
                    let actor = Actor::Staff(by.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "stop_reminders",
                        subject_kind: "reminders",
                        subject_id: run_id.as_str(),
                        fields: &[],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// The last runs, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reminder_runs(&self) -> Result<Vec<ReminderRun>, StoreError> {
        rows!(
            self.db(),
            ReminderRun,
            "SELECT r.run_id, r.version, r.begun_at, s.name, r.ended_at, r.stopped, \
             (SELECT COUNT(*) FROM reminder m WHERE m.school_id = r.school_id AND m.run_id = r.run_id) AS people, \
             (SELECT COUNT(*) FROM reminder m WHERE m.school_id = r.school_id AND m.run_id = r.run_id AND m.sent) AS sent, \
             (SELECT COUNT(*) FROM reminder m WHERE m.school_id = r.school_id AND m.run_id = r.run_id AND m.done_at IS NULL) AS waiting \
             FROM reminder_run r LEFT JOIN staff s ON s.school_id = r.school_id AND s.staff_id = r.begun_by \
             WHERE r.school_id = $1 ORDER BY r.begun_at DESC LIMIT 20",
            self.id()
        )
    }
}
