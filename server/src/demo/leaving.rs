//! Children who leave: one notice on its way, a meeting that is asked for, and a child who left last month with
//! everything done. Only families without a story of their own, and the one whose story it is.

use std::collections::BTreeSet;

use app::rules::{
    calendar::{Calendar, monday_of},
    conversation::Topic,
    form::Answers,
    id::{GuardianId, MessageId, NoteId, PupilId, StaffId, SubmissionId},
    leaving::{Checked, Task, key},
    london,
    reference::Reference,
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

use super::{
    load::bytes,
    people::{DemoAccess, DemoLink, DemoPeople, LEAVER, named_children, people},
};
use crate::store::{
    About, FormSent, NewDraft, NewLeavingLine, NewMail, NewMessage, NewNotice, NoticeOrMeeting, School, StoreError,
    Voice, seen_all,
};

/// A family that writes about leaving.
struct Story {
    /// Its name, from which its ids are made.
    name: &'static str,
    guardian: GuardianId,
    child: PupilId,
    /// When it is sent.
    at: DateTime<Utc>,
}

/// Gives the school its leavers; people and the form must be there.
///
/// # Errors
/// What the store says.
pub async fn load_leaving(school: &School, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), StoreError> {
    let people = people();
    let today = london::today(now);
    // A Friday in three weeks, or the school day before it.
    let friday = monday_of(today).checked_add_days(Days::new(25)).unwrap_or(today);
    let last_day = friday.succ_opt().and_then(|day| calendar.last_school_day_before(day));
    let mut free = free(&people);
    if let (Some(last_day), Some((guardian, child))) = (last_day, free.next()) {
        let story = Story { name: "under-way", guardian, child, at: now - Duration::days(4) };
        if let Some(reference) = sends(school, &story, Some((last_day, moving(last_day)))).await? {
            done(school, &reference, &[(Task::NewSchool, None)], now - Duration::days(1)).await?;
        }
    }
    if let Some((guardian, child)) = free.next() {
        let story = Story { name: "meeting", guardian, child, at: now - Duration::days(2) };
        sends(school, &story, None).await?;
    }
    let gone = people.guardians.iter().find(|guardian| guardian.email.as_deref() == Some(LEAVER));
    let gone = gone.and_then(|guardian| {
        let link = people.links.iter().find(|link| link.guardian_id == guardian.guardian_id)?;
        let pupil = people.pupils.iter().find(|pupil| pupil.pupil_id == link.pupil_id)?;
        Some((GuardianId::parse(&guardian.guardian_id)?, PupilId::parse(&pupil.pupil_id)?, pupil.left?))
    });
    if let Some((guardian, child, left)) = gone.filter(|(_, _, left)| *left < today) {
        let at = london::instant(left, chrono::NaiveTime::MIN) - Duration::days(20);
        let story = Story { name: "gone", guardian, child, at };
        if let Some(reference) = sends(school, &story, Some((left, moving(left)))).await? {
            let all = [
                (Task::NewSchool, None),
                (Task::CityForm, None),
                (Task::Ground, Some("b")),
                (Task::Return, None),
                (Task::File, None),
            ];
            done(school, &reference, &all, at + Duration::days(21)).await?;
        }
    }
    Ok(())
}

/// A parent and a child without a story of their own, one family after another.
fn free(people: &DemoPeople) -> impl Iterator<Item = (GuardianId, PupilId)> + '_ {
    let named = named_children();
    let on_roll: BTreeSet<&str> = people
        .pupils
        .iter()
        .filter(|pupil| pupil.left.is_none() && !named.contains(&(pupil.forename.clone(), pupil.surname.clone())))
        .map(|pupil| pupil.pupil_id.as_str())
        .collect();
    let opens = |link: &&DemoLink| link.access == DemoAccess::Full && !link.barred && link.reviewed && link.lives_with;
    // From the end: the first families ask for leave.
    let fits = people.links.iter().rev().filter(opens).filter(move |link| on_roll.contains(link.pupil_id.as_str()));
    let mut seen = BTreeSet::new();
    let once = fits.filter(move |link| seen.insert(link.pupil_id.as_str()));
    once.filter_map(|link| Some((GuardianId::parse(&link.guardian_id)?, PupilId::parse(&link.pupil_id)?)))
}

/// What a family says that moves away.
fn moving(last_day: NaiveDate) -> Vec<(&'static str, String)> {
    let from = last_day.checked_add_days(Days::new(3)).unwrap_or(last_day).to_string();
    vec![
        (key::LAST_DAY, last_day.to_string()),
        (key::REASON, "moving-uk".to_owned()),
        (key::WHEREABOUTS, "told".to_owned()),
        (key::ADDRESS, "8 Heron Way\nLeeds\nLS0 0AA".to_owned()),
        (key::ADDRESS_FROM, from.clone()),
        ("lives-with", "Both parents.".to_owned()),
        (key::SCHOOL, key::KNOWN.to_owned()),
        (key::SCHOOL_NAME, "Beckside Primary School".to_owned()),
        (key::SCHOOL_ADDRESS, "Leeds".to_owned()),
        (key::SCHOOL_FROM, from),
        ("confirmed", "yes".to_owned()),
        ("phone", "07700 900123".to_owned()),
        ("email", "moved@demo.example".to_owned()),
    ]
}

/// Sends it: a notice with its last day and answers, or that a meeting is asked for.
async fn sends(
    school: &School,
    story: &Story,
    notice: Option<(NaiveDate, Vec<(&'static str, String)>)>,
) -> Result<Option<Reference>, StoreError> {
    let draft = SubmissionId::from_bytes(bytes("leaving", story.name));
    let (what, said) = match notice {
        Some((last_day, said)) => (NoticeOrMeeting::Notice(last_day, "A parent".to_owned()), said),
        None => {
            let about = About { topic: Topic::Leaving, id: draft.to_string(), guardian: story.guardian.clone() };
            let message = NewMessage {
                message: MessageId::from_bytes(bytes("leaving message", story.name)),
                about,
                from: Voice::Guardian,
                text: "We would like to talk about it. After school on any day but Tuesday?".to_owned(),
                at: story.at,
            };
            (NoticeOrMeeting::Meeting(message), vec![(key::REASON, "home-education".to_owned())])
        }
    };
    let mut answers = Answers::default();
    answers.set(key::CHILDREN, story.child.as_str());
    for (key, answer) in said {
        answers.set(key, answer);
    }
    let begun = NewDraft {
        draft: draft.clone(),
        form: "leaving",
        guardian: story.guardian.clone(),
        staff: None,
        instead_of: None,
        answers: answers.clone(),
        at: story.at,
    };
    school.begin_draft(begun).await?;
    let new = NewNotice {
        guardian: story.guardian.clone(),
        submission: draft,
        seen: seen_all(&answers),
        shown: answers.clone(),
        answers,
        form_version: 1,
        children: vec![story.child.clone()],
        what,
        at: story.at,
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "leaving", subject: String::new(), body: String::new() };
    Ok(match school.send_notice(new, no_mail).await? {
        FormSent::Received(reference) => Some(reference),
        _ => None,
    })
}

/// Notes that these are done, each at its day.
async fn done(
    school: &School,
    reference: &Reference,
    tasks: &[(Task, Option<&str>)],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let by = StaffId::from_bytes(bytes("staff", "office@demo.example"));
    let Some(found) = school.notice(reference).await? else { return Ok(()) };
    for child in &found.children {
        for (task, ground) in tasks {
            let name = format!("{} {}", child.notice, task.word());
            let says = Checked {
                task: *task,
                done_on: Some(london::today(at)),
                ground: ground.map(str::to_owned),
                note: (*task == Task::NewSchool).then(|| "Their office rang: a place from the first day.".to_owned()),
            };
            let note = NoteId::from_bytes(bytes("leaving line", &name));
            let (notice, by, today) = (child.notice.clone(), by.clone(), london::today(at));
            school.note_leaving_line(NewLeavingLine { note, notice, says, by, today, at }).await?;
        }
    }
    Ok(())
}
