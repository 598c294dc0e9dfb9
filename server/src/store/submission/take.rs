//! One submission's rows.

use std::collections::BTreeSet;

use app::rules::{
    absence::ReportedDay,
    access::{Access, Link},
    calendar::Session,
    code::Code,
    conversation::Topic,
    id::{GuardianId, PupilId, ReportId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    NewSubmission, Sent, SubmissionRow,
    down::{Down, take_down},
};
use crate::store::{
    StoreError, coming_back,
    db::{columns, row, rows, run},
    evidence,
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    message, micros,
    writer::Work,
};

/// Takes it, within the job's transaction.
pub(super) async fn take(
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
        // The office writes down what it hears, whoever says it.
        if new.entered_by.is_none() && !may_report(work, school, &new.guardian, child).await? {
            return Ok(Sent::NotAllowed);
        }
    }
    if new.instead_of.is_none()
        && let Some(reference) = same_again(work, school, &new).await?
    {
        return Ok(Sent::Again(reference));
    }
    let mut replaced = None;
    if let Some(reference) = &new.instead_of {
        let down = Down::ReplacedBy(new.submission.as_str());
        replaced = take_down(work, school, &new.guardian, reference, down).await?;
        let Some(earlier) = &replaced else { return Ok(Sent::CannotChange) };
        message::follow(work, school, (Topic::Submission, &new.guardian), earlier, new.submission.as_str()).await?;
    }
    let row = SubmissionRow {
        guardian: &new.guardian,
        submission: &new.submission,
        digest: &new.digest,
        channel: new.channel,
        received_at,
    };
    let reference = loop {
        if let Some(reference) = row.try_put(work, school).await? {
            break reference;
        }
        // Either the same form came by another machine on this database, or the reference is taken.
        if let Some(earlier) = earlier(work, school, &new).await? {
            return earlier_answer(&earlier, &new.digest);
        }
    };
    let details = match &replaced {
        Some(earlier) => coming_back::follow(work, school, &new.guardian, earlier, &new.report).await?,
        None => new.report.details.clone(),
    };
    let details = serde_json::to_string(&details).map_err(|_| StoreError::Unreadable("report"))?;
    for child in &new.report.children {
        for day in &new.report.days {
            put_report(work, school, &new, child, *day, &details).await?;
        }
    }
    put_mail(work, school, mail(&reference), received_at).await?;
    if let Some((subject, body)) = &new.tell_others {
        for to in others(work, school, &new).await? {
            let mail = NewMail { to: Some(to), kind: "other-report", subject: subject.clone(), body: body.clone() };
            put_mail(work, school, mail, received_at).await?;
        }
    }
    write_line(work, school, &new, &details).await?;
    if let Some(replaced) = replaced {
        evidence::follow(work, school, &new.guardian, &replaced, new.submission.as_str(), received_at).await?;
    }
    Ok(Sent::Received(reference))
}

/// One child's day: its sessions, and what is said of it.
async fn put_report(
    work: &mut Work,
    school: &str,
    new: &NewSubmission,
    child: &PupilId,
    day: ReportedDay,
    details: &str,
) -> Result<(), StoreError> {
    let sessions = day.part.sessions();
    for session in sessions {
        run!(
            &mut *work,
            "INSERT INTO absence (school_id, pupil_id, day, session) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            school,
            child.as_str(),
            day.date,
            session.to_string()
        )?;
    }
    run!(
        &mut *work,
        "INSERT INTO report (school_id, report_id, guardian_id, submission_id, pupil_id, day, kind, am, pm, reason, details, note, proposed, \
         received_at, after_close, expected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        school,
        ReportId::from_bytes(rand::random()).as_str(),
        new.guardian.as_str(),
        new.submission.as_str(),
        child.as_str(),
        day.date,
        new.report.kind.word(),
        sessions.contains(&Session::Am),
        sessions.contains(&Session::Pm),
        new.report.reason.as_str(),
        details,
        new.report.note.as_deref(),
        new.proposed.map(Code::letters),
        micros(new.received_at),
        new.after_close.contains(&day.date),
        new.expected.contains(&day.date)
    )?;
    Ok(())
}

/// The addresses of the other guardians with full access. Not one that is shared with the sender, who
/// knows, with anybody barred from any child, or with anybody who may not see this one: deny wins.
async fn others(work: &mut Work, school: &str, new: &NewSubmission) -> Result<BTreeSet<String>, StoreError> {
    let mut others = BTreeSet::new();
    for child in &new.report.children {
        let found = rows!(
            &mut *work,
            (String,),
            "SELECT g.email FROM guardian_pupil l JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             WHERE l.school_id = $1 AND l.pupil_id = $2 AND l.guardian_id <> $3 AND l.access = 'full' AND NOT l.barred AND l.reviewed \
             AND g.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM guardian o \
                LEFT JOIN guardian_pupil k ON k.school_id = o.school_id AND k.guardian_id = o.guardian_id AND k.pupil_id = l.pupil_id \
                WHERE o.school_id = g.school_id AND o.email = g.email AND (o.guardian_id = $3 \
                   OR k.access IS NULL OR k.access = 'none' OR NOT k.reviewed \
                   OR EXISTS (SELECT 1 FROM guardian_pupil b WHERE b.school_id = o.school_id AND b.guardian_id = o.guardian_id AND b.barred)))",
            school,
            child.as_str(),
            new.guardian.as_str()
        )?;
        others.extend(found.into_iter().map(|(email,)| email));
    }
    Ok(others)
}

async fn write_line(work: &mut Work, school: &str, new: &NewSubmission, details: &str) -> Result<(), StoreError> {
    let children = new.report.children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let days: Vec<_> = new.report.days.iter().map(|day| format!("{} {}", day.date, day.part.word())).collect();
    let days = days.join(", ");
    let guardian = new.guardian.to_string();
    let line = Line {
        at: micros(new.received_at),
        actor: &new.entered_by.clone().unwrap_or(Actor::Guardian(guardian.clone())),
        action: if new.instead_of.is_some() { "change_report" } else { "report_absence" },
        subject_kind: "submission",
        subject_id: new.submission.as_str(),
        fields: &[
            ("for", None, new.entered_by.as_ref().map(|_| guardian.as_str())),
            ("channel", None, Some(new.channel.word())),
            ("children", None, Some(&children)),
            ("kind", None, Some(new.report.kind.word())),
            ("days", None, Some(&days)),
            ("reason", None, Some(&new.report.reason)),
            ("details", None, Some(details)),
            ("note", None, new.report.note.as_deref()),
        ],
    };
    journal::write(work, school, line).await
}

columns! {
    struct Earlier {
        digest: String,
        reference: String,
        received_at: DateTime<Utc>,
    }
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

/// The receipt of what this guardian has said in the very same words before, while all of it stands:
/// back and send again makes a new form, and still one submission.
async fn same_again(work: &mut Work, school: &str, new: &NewSubmission) -> Result<Option<Reference>, StoreError> {
    let found = row!(
        &mut *work,
        (String,),
        "SELECT s.reference FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.digest = $3 \
         AND EXISTS (SELECT 1 FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
            AND r.submission_id = s.submission_id) \
         AND NOT EXISTS (SELECT 1 FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
            AND r.submission_id = s.submission_id AND (r.withdrawn_at IS NOT NULL OR r.replaced_by IS NOT NULL)) \
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
