//! Carries a plan out: the same transaction, a line of the journal for every child, contact and link
//! that is added or changed, none for what is kept.

use std::collections::HashMap;

use app::rules::id::{GuardianId, PupilId};
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    import::{
        Plan, Stored,
        heads::normal,
        plan::{GuardianRow, Kind, LinkRow, PupilRow, Step, TieStep},
    },
    store::{
        StoreError, address_secret,
        db::run,
        journal::{self, Actor, Line},
        writer::Work,
    },
};

/// Who, when, and on which day of London's.
type By<'a> = (&'a Actor, DateTime<Utc>, NaiveDate);

/// Fields of a line.
type Fields<'a> = &'a [(&'static str, Option<&'a str>, Option<&'a str>)];

/// Writes everything that a plan adds or changes.
pub(super) async fn plan(
    work: &mut Work,
    school: &str,
    plan: &Plan,
    stored: &Stored,
    by: By<'_>,
) -> Result<(), StoreError> {
    let mut classes: HashMap<String, String> =
        stored.classes.iter().map(|class| (normal(&class.name), class.class_id.clone())).collect();
    for class in &plan.classes {
        let class_id = PupilId::from_bytes(rand::random()).to_string();
        run!(
            &mut *work,
            "INSERT INTO class (school_id, class_id, name, year) VALUES ($1, $2, $3, $4)",
            school,
            class_id.as_str(),
            class.name.as_str(),
            class.year
        )?;
        line(work, school, by, ("add_class", "class", &class_id), &[("name", None, Some(&class.name))]).await?;
        classes.insert(normal(&class.name), class_id);
    }
    let mut pupils = Vec::with_capacity(plan.pupils.len());
    for step in &plan.pupils {
        let class = classes.get(&normal(&step.becomes.class)).ok_or(StoreError::Unreadable("class"))?;
        let pupil_id = step.id.clone().unwrap_or_else(|| PupilId::from_bytes(rand::random()).to_string());
        pupil(work, school, by, step, &pupil_id, class).await?;
        pupils.push(pupil_id);
    }
    let mut guardians = Vec::with_capacity(plan.contacts.len());
    for step in &plan.contacts {
        let guardian_id = step.id.clone().unwrap_or_else(|| GuardianId::from_bytes(rand::random()).to_string());
        guardian(work, school, by, step, &guardian_id).await?;
        guardians.push(guardian_id);
    }
    for tie in &plan.ties {
        link(work, school, by, tie, &guardians[tie.contact], &pupils[tie.pupil]).await?;
    }
    missing(work, school, plan, by).await
}

async fn line(
    work: &mut Work,
    school: &str,
    (actor, at, _): By<'_>,
    (action, subject_kind, subject_id): (&'static str, &'static str, &str),
    fields: Fields<'_>,
) -> Result<(), StoreError> {
    journal::write(work, school, Line { at, actor, action, subject_kind, subject_id, fields }).await
}

/// A child's values by column, as the journal hashes them.
fn pupil_values(row: &PupilRow) -> [(&'static str, Option<String>); 9] {
    let some = |text: &String| Some(text.clone());
    [
        ("upn", some(&row.upn)),
        ("mis_id", some(&row.mis_id)),
        ("forename", some(&row.forename)),
        ("surname", some(&row.surname)),
        ("known_as", row.known_as.clone()),
        ("born", Some(row.born.to_string())),
        ("class", some(&row.class)),
        ("admitted", Some(row.admitted.to_string())),
        ("left_on", row.left_on.map(|day| day.to_string())),
    ]
}

/// An address that goes because it is a secret leaves no hash behind either.
fn guardian_values(row: &GuardianRow, secret: bool) -> [(&'static str, Option<String>); 12] {
    [
        ("mis_id", row.mis_id.clone()),
        ("title", row.title.clone()),
        ("forename", Some(row.forename.clone())),
        ("surname", Some(row.surname.clone())),
        ("email", row.email.clone()),
        ("mobile", row.mobile.clone()),
        ("address", row.address.clone().filter(|_| !secret)),
        ("address_secret", Some(row.address_secret.to_string())),
        ("home_phone", row.home_phone.clone()),
        ("work_phone", row.work_phone.clone()),
        ("language", row.language.clone()),
        ("interpreter", row.interpreter.map(|yes| yes.to_string())),
    ]
}

fn link_values(row: &LinkRow) -> [(&'static str, Option<String>); 7] {
    [
        ("relationship", Some(row.relationship.clone())),
        ("priority", Some(row.priority.to_string())),
        ("parental_responsibility", Some(row.responsibility.to_string())),
        ("lives_with", Some(row.lives_with.to_string())),
        ("court_order", Some(row.court_order.to_string())),
        ("access", Some(row.access.word().to_owned())),
        ("reviewed", Some(row.reviewed.to_string())),
    ]
}

/// What differs, or all there is of something new.
fn fields<'a, const N: usize>(
    was: Option<&'a [(&'static str, Option<String>); N]>,
    is: &'a [(&'static str, Option<String>); N],
) -> Vec<(&'static str, Option<&'a str>, Option<&'a str>)> {
    is.iter()
        .enumerate()
        .map(|(place, (name, is))| (*name, was.and_then(|was| was[place].1.as_deref()), is.as_deref()))
        .filter(|(_, was, is)| was != is)
        .collect()
}

async fn pupil(
    work: &mut Work,
    school: &str,
    by: By<'_>,
    step: &Step<PupilRow>,
    pupil_id: &str,
    class: &str,
) -> Result<(), StoreError> {
    let row = &step.becomes;
    let (sql, action) = match step.kind() {
        Kind::Kept => return Ok(()),
        Kind::Added => (
            "INSERT INTO pupil (school_id, pupil_id, upn, mis_id, forename, surname, known_as, born, class_id, admitted, left_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            "add_pupil",
        ),
        Kind::Changed => (
            "UPDATE pupil SET upn = $3, mis_id = $4, forename = $5, surname = $6, known_as = $7, born = $8, class_id = $9, admitted = $10, \
             left_on = $11 WHERE school_id = $1 AND pupil_id = $2",
            "change_pupil",
        ),
    };
    run!(
        &mut *work,
        sql,
        school,
        pupil_id,
        row.upn.as_str(),
        row.mis_id.as_str(),
        row.forename.as_str(),
        row.surname.as_str(),
        row.known_as.as_deref(),
        row.born,
        class,
        row.admitted,
        row.left_on
    )?;
    let (was, is) = (step.was.as_ref().map(pupil_values), pupil_values(row));
    line(work, school, by, (action, "pupil", pupil_id), &fields(was.as_ref(), &is)).await
}

async fn guardian(
    work: &mut Work,
    school: &str,
    by: By<'_>,
    step: &Step<GuardianRow>,
    guardian_id: &str,
) -> Result<(), StoreError> {
    let row = &step.becomes;
    let (sql, action) = match step.kind() {
        Kind::Kept => return Ok(()),
        Kind::Added => (
            "INSERT INTO guardian (school_id, guardian_id, mis_id, title, forename, surname, email, mobile, address, address_secret, home_phone, work_phone, \
             language, interpreter) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            "add_guardian",
        ),
        Kind::Changed => (
            "UPDATE guardian SET mis_id = $3, title = $4, forename = $5, surname = $6, email = $7, mobile = $8, address = $9, address_secret = $10, \
             home_phone = $11, work_phone = $12, language = $13, interpreter = $14 \
             WHERE school_id = $1 AND guardian_id = $2",
            "change_guardian",
        ),
    };
    run!(
        &mut *work,
        sql,
        school,
        guardian_id,
        row.mis_id.as_deref(),
        row.title.as_deref(),
        row.forename.as_str(),
        row.surname.as_str(),
        row.email.as_deref(),
        row.mobile.as_deref(),
        row.address.as_deref(),
        row.address_secret,
        row.home_phone.as_deref(),
        row.work_phone.as_deref(),
        row.language.as_deref(),
        row.interpreter
    )?;
    if row.address_secret && step.was.as_ref().is_none_or(|was| !was.address_secret) {
        address_secret::erase(work, school, guardian_id).await?;
    }
    let was = step.was.as_ref().map(|was| guardian_values(was, row.address_secret));
    let is = guardian_values(row, row.address_secret);
    line(work, school, by, (action, "guardian", guardian_id), &fields(was.as_ref(), &is)).await
}

/// A bar is never written here.
async fn link(
    work: &mut Work,
    school: &str,
    by: By<'_>,
    tie: &TieStep,
    guardian_id: &str,
    pupil_id: &str,
) -> Result<(), StoreError> {
    let row = &tie.step.becomes;
    let (sql, action) = match tie.step.kind() {
        Kind::Kept => return Ok(()),
        Kind::Added => (
            "INSERT INTO guardian_pupil (school_id, guardian_id, pupil_id, relationship, priority, parental_responsibility, lives_with, \
             flags_said, court_order, access, reviewed, barred) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE)",
            "add_link",
        ),
        Kind::Changed => (
            // What a child's leaving has taken stays taken; what the file takes besides goes at once.
            "UPDATE guardian_pupil SET relationship = $4, priority = $5, parental_responsibility = $6, lives_with = $7, flags_said = $8, \
             court_order = $9, access = CASE WHEN access_kept IS NULL OR $10 = 'none' THEN $10 ELSE access END, \
             access_kept = CASE WHEN access_kept IS NULL THEN NULL ELSE $10 END, reviewed = $11 \
             WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
            "change_link",
        ),
    };
    run!(
        &mut *work,
        sql,
        school,
        guardian_id,
        pupil_id,
        row.relationship.as_str(),
        row.priority,
        row.responsibility,
        row.lives_with,
        row.flags_said,
        row.court_order,
        row.access.word(),
        row.reviewed
    )?;
    let (was, is) = (tie.step.was.as_ref().map(link_values), link_values(row));
    let mut fields = fields(was.as_ref(), &is);
    fields.push(("pupil", None, Some(pupil_id)));
    line(work, school, by, (action, "guardian", guardian_id), &fields).await
}

/// Notes who the file does not have, and who is back.
async fn missing(work: &mut Work, school: &str, plan: &Plan, (_, _, today): By<'_>) -> Result<(), StoreError> {
    let new = plan.missing_pupils.iter().chain(&plan.missing_ties).filter(|gone| gone.new);
    let gone = new.map(|gone| (&gone.pupil_id, gone.guardian_id.as_ref(), Some(today)));
    let back = plan.back.iter().map(|(pupil, guardian)| (pupil, guardian.as_ref(), None));
    for (pupil, guardian, since) in gone.chain(back) {
        match guardian {
            None => run!(
                &mut *work,
                "UPDATE pupil SET missing_since = $3 WHERE school_id = $1 AND pupil_id = $2",
                school,
                pupil.as_str(),
                since
            )?,
            Some(guardian) => run!(
                &mut *work,
                "UPDATE guardian_pupil SET missing_since = $4 WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
                school,
                guardian.as_str(),
                pupil.as_str(),
                since
            )?,
        };
    }
    Ok(())
}
