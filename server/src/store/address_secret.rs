//! Addresses that the school keeps secret (domain 8.5). The portal holds none of such a person: what stood here goes in
//! the transaction that sets the mark, and nothing but the mark says so.

use std::collections::BTreeSet;

use app::rules::{
    form::Answers,
    id::{GuardianId, StaffId},
};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    School, StoreError,
    db::{row, rows, run},
    details_ask, form_take,
    journal::{self, Actor, Line},
    writer::Work,
};
use crate::forms;

/// Whether a form of this guardian asks for no address, on a pool or within a transaction.
macro_rules! kept_off {
    ($on:expr, $school:expr, $guardian:expr) => {{
        let own = row!(
            $on,
            (bool,),
            "SELECT address_secret FROM guardian WHERE school_id = $1 AND guardian_id = $2",
            $school,
            $guardian
        )?;
        let other = row!(
            $on,
            (String,),
            "SELECT l.guardian_id FROM guardian_pupil m CROSS JOIN guardian_pupil l CROSS JOIN guardian g \
             WHERE m.school_id = $1 AND m.guardian_id = $2 AND l.school_id = m.school_id AND l.pupil_id = m.pupil_id AND l.lives_with \
             AND g.school_id = l.school_id AND g.guardian_id = l.guardian_id AND g.address_secret LIMIT 1",
            $school,
            $guardian
        )?;
        match (own, other) {
            (Some((true,)), _) => AddressesOff::Own,
            (_, Some(_)) => AddressesOff::Others,
            _ => AddressesOff::No,
        }
    }};
}

impl School {
    /// Says that a contact's address is kept secret, or that it no longer is. Set, everything that the portal holds of
    /// it is erased: on the contact, in letters, in forms for leave, in changes of details, in a file of the roster that waits. Lifted, nothing
    /// comes back. `false` where there is no such contact.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn keep_address_secret(
        &self,
        guardian: &GuardianId,
        secret: bool,
        by: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, actor) = (self.id().to_owned(), guardian.clone(), Actor::Staff(by.to_string()));
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let known = keep(work, &id, &guardian, secret, (&actor, now)).await?;
                    if known && !secret {
                        details_ask::end_secret(work, &id, guardian.as_str(), now).await?;
                    }
                    Ok(known)
                })
            })
            .await
    }

    /// Whether a form of this guardian asks for no address: because the school keeps their own secret, or that of
    /// somebody with whom one of their children lives.
    ///
    /// # Errors
    /// What the database says.
    pub async fn addresses_kept_off(&self, guardian: &GuardianId) -> Result<AddressesOff, StoreError> {
        Ok(kept_off!(self.db(), self.id(), guardian.as_str()))
    }
}

/// The same within a job's transaction, whoever says so: of a parent it is a wish that is never kept waiting.
pub(super) async fn keep(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    secret: bool,
    (actor, at): (&Actor, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let found = row!(
        &mut *work,
        (bool,),
        "SELECT address_secret FROM guardian WHERE school_id = $1 AND guardian_id = $2",
        school,
        guardian.as_str()
    )?;
    let Some((was,)) = found else { return Ok(false) };
    if was == secret {
        return Ok(true);
    }
    run!(
        &mut *work,
        "UPDATE guardian SET address_secret = $3, address = NULL WHERE school_id = $1 AND guardian_id = $2",
        school,
        guardian.as_str(),
        secret
    )?;
    if secret {
        erase(work, school, guardian.as_str()).await?;
    }
    let (was, is) = (was.to_string(), secret.to_string());
    let line = Line {
        at,
        actor,
        action: "keep_address_secret",
        subject_kind: "guardian",
        subject_id: guardian.as_str(),
        fields: &[("address_secret", Some(&was), Some(&is))],
    };
    journal::write(work, school, line).await?;
    Ok(true)
}

/// Whether a form asks for no address, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressesOff {
    /// It asks.
    No,
    /// The applicant's own is a secret.
    Own,
    /// Somebody else's is: nothing may say so.
    Others,
}

/// Takes addresses out of answers that are about to be signed, within a job's transaction: the page may have been drawn
/// before the school kept them secret.
pub(super) async fn keep_off(
    work: &mut Work,
    school: &str,
    guardian: &str,
    answers: &mut Answers,
) -> Result<(), StoreError> {
    if kept_off!(&mut *work, school, guardian) == AddressesOff::No {
        return Ok(());
    }
    for key in keys(work, school).await? {
        answers.set(&key, "");
    }
    Ok(())
}

/// The keys of every question that asks for an address, or did on some day.
async fn keys(work: &mut Work, school: &str) -> Result<BTreeSet<String>, StoreError> {
    let versions = rows!(&mut *work, (String,), "SELECT body FROM form_version WHERE school_id = $1", school)?;
    Ok(versions.iter().flat_map(|(body,)| forms::addresses(body)).collect())
}

/// Erases what the portal holds of where a contact lives, within a job's transaction. On the contact's own row it is
/// gone already.
pub(super) async fn erase(work: &mut Work, school: &str, guardian: &str) -> Result<(), StoreError> {
    journal::forget(work, school, "guardian", guardian).await?;
    run!(
        &mut *work,
        "UPDATE file_import SET file = NULL WHERE school_id = $1 AND kind = 'roster' AND file IS NOT NULL",
        school
    )?;
    letters(work, school, guardian).await?;
    details_ask::forget_addresses(work, school, guardian).await?;
    let keys = keys(work, school).await?;
    if keys.is_empty() {
        return Ok(());
    }
    let near = rows!(
        &mut *work,
        (String,),
        "SELECT DISTINCT o.guardian_id FROM guardian_pupil l CROSS JOIN guardian_pupil o \
         WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.lives_with AND o.school_id = l.school_id AND o.pupil_id = l.pupil_id",
        school,
        guardian
    )?;
    let near: BTreeSet<String> = near.into_iter().map(|(one,)| one).chain([guardian.to_owned()]).collect();
    for one in &near {
        drafts(work, school, one, &keys).await?;
        signed(work, school, one, &keys).await?;
    }
    Ok(())
}

/// Letters keep their words and their addressee's name: the first line of the envelope.
async fn letters(work: &mut Work, school: &str, guardian: &str) -> Result<(), StoreError> {
    let found = rows!(
        &mut *work,
        (String, String),
        "SELECT letter_id, body FROM letter WHERE school_id = $1 AND guardian_id = $2",
        school,
        guardian
    )?;
    for (letter, body) in found {
        let mut body: Value = serde_json::from_str(&body).map_err(|_| StoreError::Unreadable("letter"))?;
        let to = body.get_mut("to").and_then(Value::as_array_mut).ok_or(StoreError::Unreadable("letter"))?;
        to.truncate(1);
        body["secret"] = Value::Bool(true);
        run!(
            &mut *work,
            "UPDATE letter SET body = $3 WHERE school_id = $1 AND letter_id = $2",
            school,
            letter.as_str(),
            body.to_string()
        )?;
        journal::forget(work, school, "letter", &letter).await?;
    }
    Ok(())
}

async fn drafts(work: &mut Work, school: &str, guardian: &str, keys: &BTreeSet<String>) -> Result<(), StoreError> {
    let found = rows!(
        &mut *work,
        (String, String),
        "SELECT draft_id, answers FROM form_draft WHERE school_id = $1 AND guardian_id = $2",
        school,
        guardian
    )?;
    for (draft, answers) in found {
        if let Some(answers) = without(&answers, keys)? {
            run!(
                &mut *work,
                "UPDATE form_draft SET answers = $3, saved = saved + 1 WHERE school_id = $1 AND draft_id = $2",
                school,
                draft.as_str(),
                answers.as_str()
            )?;
        }
    }
    Ok(())
}

/// What was signed, by form: how it is read, and how it is written.
const SIGNED: [(&str, &str); 2] = [
    (
        "SELECT submission_id, answers FROM leave_form WHERE school_id = $1 AND guardian_id = $2",
        "UPDATE leave_form SET answers = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    ),
    (
        "SELECT submission_id, answers FROM leaving_form WHERE school_id = $1 AND guardian_id = $2",
        "UPDATE leaving_form SET answers = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    ),
];

async fn signed(work: &mut Work, school: &str, guardian: &str, keys: &BTreeSet<String>) -> Result<(), StoreError> {
    for (read, write) in SIGNED {
        let found = rows!(&mut *work, (String, String), read, school, guardian)?;
        for (submission, answers) in found {
            if let Some(answers) = without(&answers, keys)? {
                run!(&mut *work, write, school, guardian, submission.as_str(), answers.as_str())?;
                form_take::forget_content(work, school, guardian, &submission).await?;
            }
        }
    }
    Ok(())
}

/// The answers without those to these questions; `None` where there are none.
fn without(answers: &str, keys: &BTreeSet<String>) -> Result<Option<String>, StoreError> {
    let mut answers: Answers = serde_json::from_str(answers).map_err(|_| StoreError::Unreadable("answers"))?;
    if keys.iter().all(|key| answers.get(key).is_empty()) {
        return Ok(None);
    }
    for key in keys {
        answers.set(key, "");
    }
    serde_json::to_string(&answers).map(Some).map_err(|_| StoreError::Unreadable("answers"))
}
