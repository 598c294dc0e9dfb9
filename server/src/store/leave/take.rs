//! One signed form's rows.

use app::rules::{
    conversation::Topic,
    id::LeaveId,
    leave::{Move, State, may_apply, may_hand_in, may_sign},
    reference::Reference,
};

use super::NewLeave;
use crate::store::{
    FormSent, StoreError, address_secret,
    conversation::REACH,
    db::{row, rows, run},
    evidence, evidence_draft,
    form_draft::drop_draft,
    form_take::{Shown, open, put_submission, tie},
    journal::{self, Actor, Line},
    leave_state::{move_leave, put_move},
    mail::{NewMail, put_mail},
    message::{self, reached},
    micros,
    writer::Work,
};

/// Takes it, within the job's transaction.
pub(super) async fn take(
    work: &mut Work,
    school: &str,
    mut new: NewLeave,
    mail: impl FnOnce(&Reference) -> NewMail + Send,
) -> Result<FormSent, StoreError> {
    let draft = match open(work, school, &shown(&new)).await? {
        Ok(draft) => draft,
        Err(sent) => return Ok(sent),
    };
    address_secret::keep_off(work, school, new.guardian.as_str(), &mut new.answers).await?;
    // Nobody but the office says when something was received.
    new.received_at = if new.entered_by.is_some() { new.received_at.min(new.at) } else { new.at };
    // Asked again here, inside the transaction: a bar set a moment ago holds.
    for (child, _) in &new.children {
        let tie = tie(work, school, &new.guardian, child).await?;
        // The office writes down what a parent the child lives with gave in on paper.
        let may = match (&new.entered_by, tie) {
            (_, None) => false,
            (Some(_), Some(tie)) => may_hand_in(tie.link, tie.lives_with),
            (None, Some(tie)) => may_apply(tie.link, tie.lives_with),
        };
        if !may {
            return Ok(FormSent::NotAllowed);
        }
    }
    let mut replaced = None;
    if let Some(earlier) = &draft.instead_of {
        if !evidence_draft::fit(work, school, &draft).await? {
            return Ok(FormSent::TooManyFiles);
        }
        replaced = replace(work, school, &new, earlier).await?;
        if replaced.is_none() {
            return Ok(FormSent::CannotChange);
        }
    }
    let reference = put_submission(work, school, &shown(&new)).await?;
    put_form(work, school, &new).await?;
    if let Some(earlier) = &replaced {
        // What was said and added goes along.
        let later = new.submission.as_str();
        message::follow(work, school, (Topic::Leave, &new.guardian), earlier, later).await?;
        evidence::follow(work, school, &new.guardian, earlier, later, new.at).await?;
    }
    for (child, sessions) in &new.children {
        let leave = LeaveId::from_bytes(rand::random());
        run!(
            &mut *work,
            "INSERT INTO leave_request (school_id, leave_id, guardian_id, submission_id, pupil_id, state, state_at, decision) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
            school,
            leave.as_str(),
            new.guardian.as_str(),
            new.submission.as_str(),
            child.as_str(),
            State::Sent.word(),
            micros(new.at)
        )?;
        for at in sessions {
            run!(
                &mut *work,
                "INSERT INTO leave_session (school_id, leave_id, pupil_id, day, session) VALUES ($1, $2, $3, $4, $5)",
                school,
                leave.as_str(),
                child.as_str(),
                at.date,
                at.session.letters()
            )?;
        }
        put_move(work, school, leave.as_str(), (1, State::Sent), (&actor(&new), new.at)).await?;
    }
    let asked = ask_others(work, school, &new).await?;
    evidence_draft::hand_over(work, school, (&new.guardian, &new.submission), (&actor(&new), new.at)).await?;
    drop_draft(work, school, &new.submission).await?;
    put_mail(work, school, mail(&reference), new.at).await?;
    write_line(work, school, &new, (draft.instead_of.is_some(), &asked)).await?;
    Ok(FormSent::Received(reference))
}

fn actor(new: &NewLeave) -> Actor {
    match &new.entered_by {
        Some(staff) => Actor::Staff(staff.to_string()),
        None => Actor::Guardian(new.guardian.to_string()),
    }
}

fn shown(new: &NewLeave) -> Shown<'_> {
    Shown {
        guardian: &new.guardian,
        submission: &new.submission,
        whose: &new.whose,
        seen: &new.seen,
        answers: &new.answers,
        channel: new.channel,
        at: new.at,
        received_at: new.received_at,
    }
}

async fn put_form(work: &mut Work, school: &str, new: &NewLeave) -> Result<(), StoreError> {
    let answers = serde_json::to_string(&new.answers).map_err(|_| StoreError::Unreadable("leave_form"))?;
    run!(
        &mut *work,
        "INSERT INTO leave_form (school_id, guardian_id, submission_id, form_version, answers, first_day, first_session, last_day, last_session, \
         return_day, in_advance, signed_name, signed_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        school,
        new.guardian.as_str(),
        new.submission.as_str(),
        new.form_version,
        answers.as_str(),
        new.span.first.date,
        new.span.first.session.letters(),
        new.span.last.date,
        new.span.last.session.letters(),
        new.span.back,
        new.in_advance,
        new.signed_name.as_str(),
        micros(new.signed_at),
        new.entered_by.as_ref().map(app::rules::id::StaffId::as_str)
    )?;
    Ok(())
}

/// The request that this one takes the place of: its submission; `None` where it is no longer open for every child.
async fn replace(
    work: &mut Work,
    school: &str,
    new: &NewLeave,
    earlier: &Reference,
) -> Result<Option<String>, StoreError> {
    let found = rows!(
        &mut *work,
        (String, String, String, bool),
        "SELECT r.leave_id, r.state, r.submission_id, COALESCE(l.access = 'full' AND NOT l.barred AND l.reviewed, FALSE) FROM submission s \
         JOIN leave_request r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
         LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
         WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3",
        school,
        new.guardian.as_str(),
        earlier.as_str()
    )?;
    // It speaks of all its children: whoever may no longer write for one of them cannot take its place.
    if found.iter().any(|(.., may)| !may) {
        return Ok(None);
    }
    // A child whose part was taken back before stays so.
    let standing: Vec<_> =
        found.into_iter().filter(|(_, state, ..)| State::parse(state) != Some(State::Withdrawn)).collect();
    let open = |state: &String| State::parse(state).is_some_and(|state| state.after(Move::Replace).is_ok());
    if standing.is_empty() || !standing.iter().all(|(_, state, ..)| open(state)) {
        return Ok(None);
    }
    let mut replaced = None;
    for (leave, _, submission, _) in standing {
        let _ = move_leave(work, school, &leave, Move::Replace, (&actor(new), new.at), &[]).await?;
        run!(
            &mut *work,
            "UPDATE leave_form SET replaced_by = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
            school,
            new.guardian.as_str(),
            submission.as_str(),
            new.submission.as_str()
        )?;
        replaced = Some(submission);
    }
    Ok(replaced)
}

/// Asks the others to sign: of those named, who may sign for every child, now. Whoever may not is left out
/// without a word, so that nothing shows why. Who was asked.
async fn ask_others(work: &mut Work, school: &str, new: &NewLeave) -> Result<Vec<String>, StoreError> {
    let mut asked = Vec::new();
    for signer in new.ask.iter().filter(|signer| **signer != new.guardian) {
        let mut links = Vec::new();
        for (child, _) in &new.children {
            links.extend(tie(work, school, signer, child).await?.map(|tie| tie.link));
        }
        if links.len() != new.children.len() || !may_sign(&links) {
            continue;
        }
        run!(
            &mut *work,
            "INSERT INTO leave_signer (school_id, guardian_id, submission_id, signer_id, asked_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            school,
            new.guardian.as_str(),
            new.submission.as_str(),
            signer.as_str(),
            micros(new.at)
        )?;
        let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, signer.as_str())?;
        if let Some(to) = found.and_then(reached) {
            let (subject, body) = new.ask_mail.clone();
            let mail = NewMail { to: Some(to), kind: "leave-sign", subject, body };
            put_mail(work, school, mail, new.at).await?;
        }
        asked.push(signer.to_string());
    }
    Ok(asked)
}

async fn write_line(
    work: &mut Work,
    school: &str,
    new: &NewLeave,
    (changes, asked): (bool, &[String]),
) -> Result<(), StoreError> {
    let children = new.children.iter().map(|(child, _)| child.as_str()).collect::<Vec<_>>().join(" ");
    let span = format!("{} {} {}", new.span.first, new.span.last, new.span.back);
    let answers = serde_json::to_string(&new.answers).map_err(|_| StoreError::Unreadable("leave_form"))?;
    let version = new.form_version.to_string();
    let in_advance = new.in_advance.to_string();
    let received = new.entered_by.as_ref().map(|_| micros(new.received_at).to_rfc3339());
    let asked = asked.join(" ");
    let line = Line {
        at: new.at,
        actor: &actor(new),
        action: if changes { "change_leave" } else { "ask_for_leave" },
        subject_kind: "submission",
        subject_id: new.submission.as_str(),
        fields: &[
            ("for", None, Some(new.guardian.as_str())),
            ("channel", None, Some(new.channel.word())),
            ("children", None, Some(&children)),
            ("span", None, Some(&span)),
            ("form_version", None, Some(&version)),
            ("answers", None, Some(&answers)),
            ("in_advance", None, Some(&in_advance)),
            ("received_at", None, received.as_deref()),
            ("signed_name", None, Some(&new.signed_name)),
            ("asked", None, Some(&asked)),
        ],
    };
    journal::write(work, school, line).await
}
