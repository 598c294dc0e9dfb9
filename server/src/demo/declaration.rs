//! The demo school's attendance policy, and some families who have answered it: most have signed, some want to talk, one does
//! not accept it. The families of the story have still to read it.

use std::collections::BTreeMap;

use app::rules::{
    declaration::{Answer, PolicyText},
    id::{GuardianId, MessageId, PupilId, SubmissionId},
    london,
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use super::{
    load::bytes,
    people::{DemoAccess, named_children, people},
};
use crate::store::{DeclarationCame, NewDeclaration, NewPolicyVersion, School, StoreError};

/// The text.
const TEXT: &str = include_str!("../../seeds/demo-policy.md");

const SUMMARY: &str = "- Bring your child every day. The register is taken at 8.45 and closes at **9.15**.\n\
    - If your child cannot come, tell us before 9.15, on each day.\n\
    - Ask for leave in term time before it begins. It is agreed to only in exceptional circumstances.\n\
    - If mornings are hard, talk to us. We want to help first.";

/// Publishes the policy; people must be there.
///
/// # Errors
/// What the store says.
pub async fn load_policy(school: &School, statement: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let today = london::today(now);
    // Adopted in the October that has passed.
    let year = if today.month() >= 11 { today.year() } else { today.year() - 1 };
    let day = |year: i32| NaiveDate::from_ymd_opt(year, 10, 1).ok_or(StoreError::Unreadable("demo"));
    let new = NewPolicyVersion {
        after: 0,
        saved: None,
        text: PolicyText {
            title: "Attendance policy".to_owned(),
            text: TEXT.to_owned(),
            summary: SUMMARY.to_owned(),
            changes: String::new(),
            adopted: day(year)?,
            renewal: day(year + 1)?,
        },
        statement: statement.to_owned(),
        file: None,
        by: None,
        at: now - Duration::days(20),
    };
    school.publish_policy(new).await?;
    Ok(())
}

/// Lets families answer; the policy must be there.
///
/// # Errors
/// What the store says, or [`StoreError::Unreadable`] if the demo's own data is not well formed.
pub async fn load_declarations(school: &School, now: DateTime<Utc>) -> Result<(), StoreError> {
    let people = people();
    let named = named_children();
    let odd = || StoreError::Unreadable("demo");
    // Children of the story, and those who have left, are nobody's to answer for here.
    let free: BTreeMap<&str, &str> = people
        .pupils
        .iter()
        .filter(|pupil| pupil.left.is_none() && !named.contains(&(pupil.forename.clone(), pupil.surname.clone())))
        .map(|pupil| (pupil.pupil_id.as_str(), pupil.class_id.as_str()))
        .collect();
    for (place, guardian) in people.guardians.iter().enumerate() {
        let mut links = people.links.iter().filter(|link| link.guardian_id == guardian.guardian_id).peekable();
        let open = links.peek().is_some();
        let children: Vec<_> = links.collect();
        let all = open
            && children.iter().all(|link| {
                free.contains_key(link.pupil_id.as_str())
                    && link.access == DemoAccess::Full
                    && !link.barred
                    && link.reviewed
            });
        let answer = match place % 10 {
            0..=4 => Answer::Signed,
            5 if place % 90 == 5 => Answer::Talk,
            6 if place % 300 == 6 => Answer::No,
            _ => continue,
        };
        if !all || guardian.email.is_none() {
            continue;
        }
        let id = |what: &str| bytes(what, &guardian.guardian_id);
        let at = now - Duration::minutes(24 * 60 * 18 - i64::try_from(place).unwrap_or(0) * 13);
        let words = match answer {
            Answer::Signed => None,
            Answer::Talk => Some("Mornings are hard for us at the moment. Could we talk about it?"),
            Answer::No => Some("I do not agree with the part about leave in term time."),
        };
        let signed = answer == Answer::Signed;
        let new = NewDeclaration {
            guardian: GuardianId::parse(&guardian.guardian_id).ok_or_else(odd)?,
            submission: SubmissionId::from_bytes(id("declaration")),
            digest: "demo".to_owned(),
            version: 1,
            answer,
            children: children.iter().filter_map(|link| PupilId::parse(&link.pupil_id)).collect(),
            signed_name: if signed { format!("{} {}", guardian.forename, guardian.surname) } else { String::new() },
            explanation: None,
            words: words.map(|text| (MessageId::from_bytes(id("declaration words")), text.to_owned())),
            came: DeclarationCame::Web {
                proved_at: at - Duration::minutes(2),
                ip: "192.0.2.1".to_owned(),
                user_agent: "demo".to_owned(),
                mail: None,
            },
            at,
        };
        school.declare(new).await?;
    }
    Ok(())
}
