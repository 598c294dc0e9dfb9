//! One answer's rows, in one transaction: the form, each child, the signature's digest tied to the journal, the journal's
//! line, the first message and the mail.

use app::rules::{
    access::{Access, Link},
    conversation::Topic,
    declaration::{Answer, DeclaredChild, Facts, KIND, is_invited},
    id::PupilId,
    london,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{DeclarationCame, DeclarationTaken, NewDeclaration};
use crate::{
    forms::fingerprint,
    store::{
        NewMessage, Said, StoreError, Voice,
        conversation::{About, REACH},
        db::{columns, row, run},
        journal::{self, Actor, Line},
        mail::{NewMail, put_mail},
        message::{gather, reached, say},
        micros,
        policy_file::put_policy_file,
        roster::full_name,
        writer::Work,
    },
};

fn unreadable() -> StoreError {
    StoreError::Unreadable("declaration")
}

/// Takes it, within the job's transaction.
pub(super) async fn take(work: &mut Work, school: &str, new: NewDeclaration) -> Result<DeclarationTaken, StoreError> {
    let earlier = row!(
        &mut *work,
        (String, String),
        "SELECT reference, digest FROM declaration_form WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        new.guardian.as_str(),
        new.submission.as_str()
    )?;
    if let Some((reference, digest)) = earlier {
        let reference = Reference::parse(&reference).ok_or_else(unreadable)?;
        return Ok(match digest == new.digest {
            true => DeclarationTaken::Again(reference),
            false => DeclarationTaken::Differs(reference),
        });
    }
    let latest = row!(
        &mut *work,
        (i64, String, String),
        "SELECT version, sha256, statement FROM policy_version WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
        school
    )?;
    let Some(policy) = latest.filter(|(version, ..)| *version == new.version) else {
        return Ok(DeclarationTaken::NewVersion);
    };
    // Asked here, inside the transaction: a bar set a moment ago holds.
    let mut children = Vec::new();
    for pupil in &new.children {
        match child(work, school, &new, pupil).await? {
            Some(child) => children.push(child),
            None => return Ok(DeclarationTaken::NotAllowed),
        }
    }
    if children.is_empty() {
        return Ok(DeclarationTaken::NotAllowed);
    }
    let earlier = match stand_aside(work, school, &new).await? {
        Aside::Stood(earlier) => earlier,
        Aside::Signed(reference) => return Ok(DeclarationTaken::Signed(reference)),
    };
    let reference = keep(work, school, &new, children, policy).await?;
    take_along(work, school, &new, earlier).await?;
    if let Some((message, text)) = new.words.clone() {
        let about = About { topic: Topic::Declaration, id: new.submission.to_string(), guardian: new.guardian.clone() };
        let first = NewMessage { message, about, from: Voice::Guardian, text, at: new.at };
        if !matches!(say(work, school, first).await?, Said::Kept | Said::Again) {
            return Err(unreadable());
        }
    }
    Ok(DeclarationTaken::Received(reference))
}

columns! {
    struct ChildRow {
        forename: String,
        surname: String,
        known_as: Option<String>,
        left_on: Option<NaiveDate>,
        class: String,
        relationship: String,
        access: String,
        barred: bool,
        reviewed: bool,
    }
}

/// The child, if it is this guardian's to answer for.
async fn child(
    work: &mut Work,
    school: &str,
    new: &NewDeclaration,
    pupil: &PupilId,
) -> Result<Option<DeclaredChild>, StoreError> {
    let found = row!(
        &mut *work,
        ChildRow,
        "SELECT p.forename, p.surname, p.known_as, p.left_on, c.name AS class, l.relationship, l.access, l.barred, l.reviewed \
         FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
         JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
         WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.pupil_id = $3",
        school,
        new.guardian.as_str(),
        pupil.as_str()
    )?;
    let today = london::today(new.at);
    let may = |row: &ChildRow| {
        let link = Link { access: Access::parse(&row.access), barred: row.barred, reviewed: row.reviewed };
        is_invited(link) && row.left_on.is_none_or(|left| left >= today)
    };
    Ok(found.filter(may).map(|row| DeclaredChild {
        pupil: pupil.to_string(),
        name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
        class: row.class,
        relationship: row.relationship,
    }))
}

/// What came of making room for an answer.
enum Aside {
    /// Earlier answers gave way: the forms they came with.
    Stood(Vec<String>),
    /// One is signed and stays: its reference.
    Signed(Reference),
}

/// Lets earlier answers for these children stand aside. One that is signed does not.
async fn stand_aside(work: &mut Work, school: &str, new: &NewDeclaration) -> Result<Aside, StoreError> {
    let mut earlier: Vec<String> = Vec::new();
    for pupil in &new.children {
        let before = row!(
            &mut *work,
            (String, String, String),
            "SELECT d.answer, f.reference, d.submission_id FROM declaration d \
             JOIN declaration_form f ON f.school_id = d.school_id AND f.guardian_id = d.guardian_id AND f.submission_id = d.submission_id \
             WHERE d.school_id = $1 AND d.guardian_id = $2 AND d.pupil_id = $3 AND d.version = $4 AND d.replaced_at IS NULL",
            school,
            new.guardian.as_str(),
            pupil.as_str(),
            new.version
        )?;
        let Some((answer, reference, form)) = before else { continue };
        if !Answer::parse(&answer).ok_or_else(unreadable)?.may_change() {
            return Ok(Aside::Signed(Reference::parse(&reference).ok_or_else(unreadable)?));
        }
        if !earlier.contains(&form) {
            earlier.push(form);
        }
    }
    for pupil in &new.children {
        run!(
            &mut *work,
            "UPDATE declaration SET replaced_at = $5 WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3 AND version = $4 \
             AND replaced_at IS NULL",
            school,
            new.guardian.as_str(),
            pupil.as_str(),
            new.version,
            micros(new.at)
        )?;
    }
    Ok(Aside::Stood(earlier))
}

/// What was said about earlier answers goes along where nothing of them counts any more: else nobody would find it.
async fn take_along(
    work: &mut Work,
    school: &str,
    new: &NewDeclaration,
    mut earlier: Vec<String>,
) -> Result<(), StoreError> {
    let mut counting = Vec::new();
    for form in &earlier {
        let counts = row!(
            &mut *work,
            (String,),
            "SELECT pupil_id FROM declaration WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND replaced_at IS NULL LIMIT 1",
            school,
            new.guardian.as_str(),
            form.as_str()
        )?;
        if counts.is_some() {
            counting.push(form.clone());
        }
    }
    earlier.retain(|form| !counting.contains(form));
    gather(work, school, (Topic::Declaration, &new.guardian), &earlier, new.submission.as_str()).await
}

async fn keep(
    work: &mut Work,
    school: &str,
    new: &NewDeclaration,
    children: Vec<DeclaredChild>,
    (version, policy_sha256, statement): (i64, String, String),
) -> Result<Reference, StoreError> {
    let name = row!(
        &mut *work,
        (String, String),
        "SELECT forename, surname FROM guardian WHERE school_id = $1 AND guardian_id = $2",
        school,
        new.guardian.as_str()
    )?;
    let (forename, surname) = name.ok_or_else(unreadable)?;
    let reference = free_reference(work, school).await?;
    let before = journal::head(work, school).await?;
    let mut facts = Facts {
        kind: KIND.to_owned(),
        school: school.to_owned(),
        reference: reference.to_string(),
        policy_version: version,
        policy_sha256,
        statement,
        answer: new.answer.word().to_owned(),
        guardian: new.guardian.to_string(),
        name_on_record: full_name(&forename, &surname),
        signed_name: new.signed_name.clone(),
        explanation: new.explanation.clone(),
        children,
        channel: "web".to_owned(),
        at: micros(new.at),
        zone: "Europe/London".to_owned(),
        code_given_at: None,
        paper_day: None,
        recorded_by: None,
        scan_sha256: None,
        journal_before: (before.seq, before.mac),
    };
    let (mut ip, mut user_agent, mut scan) = (None, None, None);
    let actor = match &new.came {
        DeclarationCame::Web { proved_at, ip: from, user_agent: agent, .. } => {
            facts.code_given_at = Some(micros(*proved_at));
            (ip, user_agent) = (Some(from.as_str()), Some(agent.as_str()));
            Actor::Guardian(new.guardian.to_string())
        }
        DeclarationCame::Paper { day, by, scan: file } => {
            "paper".clone_into(&mut facts.channel);
            facts.paper_day = Some(*day);
            facts.recorded_by = Some(by.to_string());
            if let Some(file) = file {
                put_policy_file(work, school, file).await?;
                facts.scan_sha256 = Some(file.sha256.clone());
                scan = Some(file.file.as_str());
            }
            Actor::Staff(by.to_string())
        }
    };
    let text = serde_json::to_string(&facts).map_err(|_| unreadable())?;
    let signature = fingerprint(&text);
    run!(
        &mut *work,
        "INSERT INTO declaration_form (school_id, guardian_id, submission_id, reference, version, answer, digest, facts, signature, \
         answered_at, channel, journal_seq, file_id, ip, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        school,
        new.guardian.as_str(),
        new.submission.as_str(),
        reference.as_str(),
        version,
        new.answer.word(),
        new.digest.as_str(),
        text.as_str(),
        signature.as_str(),
        micros(new.at),
        facts.channel.as_str(),
        before.seq + 1,
        scan,
        ip,
        user_agent
    )?;
    for pupil in &new.children {
        run!(
            &mut *work,
            "INSERT INTO declaration (school_id, guardian_id, submission_id, pupil_id, version, answer) VALUES ($1, $2, $3, $4, $5, $6)",
            school,
            new.guardian.as_str(),
            new.submission.as_str(),
            pupil.as_str(),
            version,
            new.answer.word()
        )?;
    }
    write_line(work, school, new, (&actor, &reference, &signature, &facts)).await?;
    if let DeclarationCame::Web { mail: Some(mail), .. } = &new.came {
        let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, new.guardian.as_str())?;
        let link = format!("{}{}", mail.origin, app::paths::declaration(&reference));
        let (subject, body) = (mail.words)(&mail.school, &reference.to_string(), &link);
        put_mail(work, school, NewMail { to: found.and_then(reached), kind: "declaration", subject, body }, new.at)
            .await?;
    }
    Ok(reference)
}

async fn free_reference(work: &mut Work, school: &str) -> Result<Reference, StoreError> {
    loop {
        let reference = Reference::from_bytes(rand::random());
        let taken = row!(
            &mut *work,
            (String,),
            "SELECT submission_id FROM declaration_form WHERE school_id = $1 AND reference = $2",
            school,
            reference.as_str()
        )?;
        if taken.is_none() {
            return Ok(reference);
        }
    }
}

async fn write_line(
    work: &mut Work,
    school: &str,
    new: &NewDeclaration,
    (actor, reference, signature, facts): (&Actor, &Reference, &str, &Facts),
) -> Result<(), StoreError> {
    let children = new.children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let version = facts.policy_version.to_string();
    let at: DateTime<Utc> = new.at;
    let line = Line {
        at,
        actor,
        action: "declare",
        subject_kind: "declaration",
        subject_id: reference.as_str(),
        fields: &[
            ("for", None, Some(new.guardian.as_str())),
            ("channel", None, Some(&facts.channel)),
            ("version", None, Some(&version)),
            ("children", None, Some(&children)),
            ("answer", None, Some(new.answer.word())),
            ("signed_name", None, Some(&new.signed_name)),
            ("signature", None, Some(signature)),
        ],
    };
    journal::write(work, school, line).await
}
