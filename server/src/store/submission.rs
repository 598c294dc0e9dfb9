//! Taking a report: submission, reports, absences, journal line and mail in one transaction.

use app::rules::{
    absence::CheckedReport,
    access::{Access, Link},
    code::Code,
    id::{GuardianId, PupilId, ReportId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    evidence,
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    micros,
    writer::Work,
};

/// What one guardian sends at one moment.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// Who.
    pub guardian: GuardianId,
    /// Made with the form; a retry carries the same.
    pub submission: SubmissionId,
    /// Of what was sent, so that a retry and a second thought can be told apart.
    pub digest: String,
    /// How it came: "web".
    pub channel: &'static str,
    /// The server's time.
    pub received_at: DateTime<Utc>,
    /// Whether the register of the day had closed.
    pub after_close: bool,
    /// The code proposed to staff.
    pub proposed: Option<Code>,
    /// What was said.
    pub report: CheckedReport,
    /// The submission whose place this one takes, if the parent changes what they sent.
    pub instead_of: Option<Reference>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Kept, durably.
    Received(Reference),
    /// The very same had been kept before.
    Again(Reference),
    /// Something else had been sent with this form before.
    Differs {
        /// The receipt of what was sent.
        reference: Reference,
        /// When it was received.
        received_at: DateTime<Utc>,
    },
    /// A child in it is not this guardian's to report.
    NotAllowed,
    /// What it would change has been coded, withdrawn or changed meanwhile, or never was.
    CannotChange,
}

columns! {
    struct Earlier {
        digest: String,
        reference: String,
        received_at: DateTime<Utc>,
    }
}

impl School {
    /// Takes a report. The mail says only that something was received; `mail` makes it from the reference.
    ///
    /// # Errors
    /// Whatever it is, nothing was received.
    pub async fn report_absence(
        &self,
        new: NewSubmission,
        mail: impl FnOnce(&Reference) -> NewMail + Send + 'static,
    ) -> Result<Sent, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new, mail).await })).await
    }

    /// The receipt of a form that this guardian has sent before, whatever was in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sent_before(
        &self,
        guardian: &GuardianId,
        submission: &SubmissionId,
    ) -> Result<Option<Reference>, StoreError> {
        let found = row!(
            self.db(),
            (String,),
            "SELECT reference FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
            self.id(),
            guardian.as_str(),
            submission.as_str()
        )?;
        found.map(|(text,)| Reference::parse(&text).ok_or(StoreError::Unreadable("submission"))).transpose()
    }

    /// Takes back what was sent, unless the school has coded it.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn withdraw(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, reference) = (self.id().to_owned(), guardian.clone(), reference.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Some(submission) = take_down(work, &id, &guardian, &reference, Some(micros(now)), None).await?
                    else {
                        return Ok(false);
                    };
                    let actor = Actor::Guardian(guardian.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "withdraw_report",
                        subject_kind: "submission",
                        subject_id: &submission,
                        fields: &[],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}

async fn take(
    work: &mut Work,
    school: &str,
    new: NewSubmission,
    mail: impl FnOnce(&Reference) -> NewMail + Send,
) -> Result<Sent, StoreError> {
    let received_at = micros(new.received_at);
    if let Some(earlier) = earlier(work, school, &new).await? {
        return earlier_answer(&earlier, &new.digest);
    }
    // Asked again here, inside the transaction: a bar set a moment ago holds.
    for child in &new.report.children {
        if !may_report(work, school, &new.guardian, child).await? {
            return Ok(Sent::NotAllowed);
        }
    }
    if new.instead_of.is_none()
        && let Some(reference) = same_again(work, school, &new).await?
    {
        return Ok(Sent::Again(reference));
    }
    let mut earlier_one = None;
    if let Some(reference) = &new.instead_of {
        earlier_one = take_down(work, school, &new.guardian, reference, None, Some(new.submission.as_str())).await?;
        if earlier_one.is_none() {
            return Ok(Sent::CannotChange);
        }
    }
    let reference = loop {
        let reference = Reference::from_bytes(rand::random());
        let kept = run!(
            &mut *work,
            "INSERT INTO submission (school_id, guardian_id, submission_id, digest, reference, channel, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            school,
            new.guardian.as_str(),
            new.submission.as_str(),
            new.digest.as_str(),
            reference.as_str(),
            new.channel,
            received_at
        )?;
        if kept == 1 {
            break reference;
        }
        // Either another node was quicker with the same form, or the reference is taken.
        if let Some(earlier) = earlier(work, school, &new).await? {
            return earlier_answer(&earlier, &new.digest);
        }
    };
    let details = serde_json::to_string(&new.report.details).map_err(|_| StoreError::Unreadable("report"))?;
    let sessions = new.report.part.sessions();
    let has = |session| sessions.contains(&session);
    let (am, pm) = (has(app::rules::calendar::Session::Am), has(app::rules::calendar::Session::Pm));
    for child in &new.report.children {
        for session in sessions {
            run!(
                &mut *work,
                "INSERT INTO absence (school_id, pupil_id, day, session) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                school,
                child.as_str(),
                new.report.day,
                session.to_string()
            )?;
        }
        run!(
            &mut *work,
            "INSERT INTO report (school_id, report_id, guardian_id, submission_id, pupil_id, day, am, pm, reason, details, note, proposed, received_at, after_close) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            school,
            ReportId::from_bytes(rand::random()).as_str(),
            new.guardian.as_str(),
            new.submission.as_str(),
            child.as_str(),
            new.report.day,
            am,
            pm,
            new.report.reason.as_str(),
            details.as_str(),
            new.report.note.as_deref(),
            new.proposed.map(Code::letters),
            received_at,
            new.after_close
        )?;
    }
    put_mail(work, school, mail(&reference), received_at).await?;
    let day = new.report.day.to_string();
    let children = new.report.children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let actor = Actor::Guardian(new.guardian.to_string());
    let line = Line {
        at: received_at,
        actor: &actor,
        action: if new.instead_of.is_some() { "change_report" } else { "report_absence" },
        subject_kind: "submission",
        subject_id: new.submission.as_str(),
        fields: &[
            ("children", None, Some(&children)),
            ("day", None, Some(&day)),
            ("part", None, Some(new.report.part.word())),
            ("reason", None, Some(&new.report.reason)),
            ("details", None, Some(&details)),
            ("note", None, new.report.note.as_deref()),
        ],
    };
    journal::write(work, school, line).await?;
    if let Some(earlier) = earlier_one {
        evidence::follow(work, school, &new.guardian, &earlier, new.submission.as_str(), received_at).await?;
    }
    Ok(Sent::Received(reference))
}

async fn earlier(work: &mut Work, school: &str, new: &NewSubmission) -> Result<Option<Earlier>, StoreError> {
    Ok(row!(
        &mut *work,
        Earlier,
        "SELECT digest, reference, received_at FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        new.guardian.as_str(),
        new.submission.as_str()
    )?)
}

/// The receipt of what this guardian has said in the very same words before, while it stands: back
/// and send again makes a new form, and still one submission.
async fn same_again(work: &mut Work, school: &str, new: &NewSubmission) -> Result<Option<Reference>, StoreError> {
    let found = row!(
        &mut *work,
        (String,),
        "SELECT s.reference FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.digest = $3 \
         AND EXISTS (SELECT 1 FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
            AND r.submission_id = s.submission_id AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL) \
         ORDER BY s.received_at LIMIT 1",
        school,
        new.guardian.as_str(),
        new.digest.as_str()
    )?;
    found.map(|(text,)| Reference::parse(&text).ok_or(StoreError::Unreadable("submission"))).transpose()
}

fn earlier_answer(earlier: &Earlier, digest: &str) -> Result<Sent, StoreError> {
    let reference = Reference::parse(&earlier.reference).ok_or(StoreError::Unreadable("submission"))?;
    if earlier.digest == digest {
        Ok(Sent::Again(reference))
    } else {
        Ok(Sent::Differs { reference, received_at: earlier.received_at })
    }
}

async fn may_report(work: &mut Work, school: &str, guardian: &GuardianId, pupil: &PupilId) -> Result<bool, StoreError> {
    let link = row!(
        &mut *work,
        (String, bool, bool),
        "SELECT access, barred, reviewed FROM guardian_pupil WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
        school,
        guardian.as_str(),
        pupil.as_str()
    )?;
    Ok(link.is_some_and(|(access, barred, reviewed)| {
        Link { access: Access::parse(&access), barred, reviewed }.may_report()
    }))
}

/// Takes a submission that is still open off the board: withdrawn, or replaced by another. Reports
/// for children whom the guardian may no longer report stay as they are. `None` if nothing was done.
async fn take_down(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    reference: &Reference,
    withdrawn_at: Option<DateTime<Utc>>,
    replaced_by: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let Some(submission) = still_open(work, school, guardian, reference).await? else { return Ok(None) };
    let down = run!(
        &mut *work,
        "UPDATE report SET withdrawn_at = $4, replaced_by = $5 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 \
         AND EXISTS (SELECT 1 FROM guardian_pupil l WHERE l.school_id = report.school_id AND l.guardian_id = report.guardian_id \
            AND l.pupil_id = report.pupil_id AND l.access = 'full' AND NOT l.barred AND l.reviewed)",
        school,
        guardian.as_str(),
        submission.as_str(),
        withdrawn_at,
        replaced_by
    )?;
    Ok((down > 0).then_some(submission))
}

/// The submission behind a reference of this guardian, if none of it is coded, withdrawn or replaced.
async fn still_open(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    reference: &Reference,
) -> Result<Option<String>, StoreError> {
    let reports = rows!(
        &mut *work,
        (String, i64),
        "SELECT s.submission_id, \
         (SELECT COUNT(*) FROM report r JOIN absence a ON a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day \
            AND ((r.am AND a.session = 'AM') OR (r.pm AND a.session = 'PM')) \
          WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id AND a.code IS NOT NULL) \
         + (SELECT COUNT(*) FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
            AND r.submission_id = s.submission_id AND (r.withdrawn_at IS NOT NULL OR r.replaced_by IS NOT NULL)) AS closed \
         FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3",
        school,
        guardian.as_str(),
        reference.as_str()
    )?;
    Ok(reports.into_iter().find(|(_, closed)| *closed == 0).map(|(id, _)| id))
}
