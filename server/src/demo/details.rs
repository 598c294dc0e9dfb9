//! A few changes of details, so that there is something to decide and to key in: two that wait, one of them with a question
//! of the office's, and one that was agreed three weeks ago and has not come with the roster. Only families without a story
//! of their own.

use app::rules::{
    conversation::Topic,
    details::{Field, Move, Of, State, check, key},
    id::{GuardianId, MessageId, PupilId, StaffId, SubmissionId},
    london,
    reference::Reference,
    school_year::SchoolYear,
};
use chrono::{DateTime, Days, Duration, Utc};

use super::{
    load::bytes,
    people::{DemoAccess, DemoPeople, named_children, people},
};
use crate::store::{
    About, DetailsAnswer, DetailsAsked, NewDetails, NewDetailsDecision, NewMail, NewMessage, School, StoreError, Voice,
};

/// A request of the demo's.
struct Story {
    /// Its name, from which its id is made.
    name: &'static str,
    /// How many days before today it was sent.
    days: i64,
    answers: Vec<(String, String)>,
}

fn no_mail() -> NewMail {
    NewMail { to: None, kind: "details", subject: String::new(), body: String::new() }
}

/// Gives the school its requests; people must be there.
///
/// # Errors
/// What the store says.
pub async fn load_details(school: &School, now: DateTime<Utc>) -> Result<(), StoreError> {
    let people = people();
    let office = StaffId::from_bytes(bytes("staff", "office@demo.example"));
    let today = london::today(now);
    let soon = today.checked_add_days(Days::new(21)).unwrap_or(today).to_string();
    for (place, guardian) in quiet(&people).into_iter().enumerate() {
        let Some(details) = school.details(&guardian, today).await? else { continue };
        let of =
            |field| details.children.first().map_or_else(String::new, |child| Of::child(&child.pupil, field).name());
        let children: Vec<&str> = details.children.iter().map(|child| child.pupil.as_str()).collect();
        let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let story = match place {
            0 => Story {
                name: "moving",
                days: 2,
                answers: vec![
                    text("mobile", "07700 900871"),
                    text("address", "31 Skylark Drive\nHazelbridge\nHZ4 2QX"),
                    text(key::ADDRESS_FROM, &soon),
                    text(key::ADDRESS_WITH, &children.join(" ")),
                ],
            },
            1 => Story {
                name: "to collect",
                days: 1,
                answers: vec![
                    text("language", "Polish"),
                    text("interpreter", "yes"),
                    (of(Field::Collect), "yes".to_owned()),
                    (format!("{}-name", of(Field::Somebody)), "Marta Nowicka".to_owned()),
                    (format!("{}-relationship", of(Field::Somebody)), "neighbour".to_owned()),
                    (format!("{}-phone", of(Field::Somebody)), "01632 960377".to_owned()),
                ],
            },
            _ => Story { name: "not arrived", days: 22, answers: vec![text("work-phone", "01632 960128")] },
        };
        let at = now - Duration::days(story.days);
        let mut typed = details.offer().begins();
        story.answers.iter().for_each(|(name, value)| typed.set(name, value.as_str()));
        let Ok(wanted) = check(&details.offer(), &typed, today) else { continue };
        let submission = SubmissionId::from_bytes(bytes("details", story.name));
        let new = NewDetails {
            guardian: guardian.clone(),
            submission: submission.clone(),
            digest: story.name.to_owned(),
            seen: details.seen(),
            wanted: wanted.clone(),
            year: SchoolYear::of(today).0,
            at,
            today,
        };
        let DetailsAsked::Received(reference) = school.ask_details(new, |_| no_mail()).await? else { continue };
        match story.name {
            "to collect" => ask(school, (&guardian, &submission), &office, at + Duration::hours(3)).await?,
            "not arrived" => {
                let fields = wanted.into_iter().map(|one| one.of).collect();
                agree(school, (reference, fields), &office, at + Duration::days(1), today).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The office's question about a request.
async fn ask(
    school: &School,
    (guardian, submission): (&GuardianId, &SubmissionId),
    office: &StaffId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let question = NewMessage {
        message: MessageId::from_bytes(bytes("message", "details")),
        about: About { topic: Topic::Details, id: submission.to_string(), guardian: guardian.clone() },
        from: Voice::Staff { staff: office.clone(), asks: true, mail: (String::new(), String::new()) },
        text: "On which days would your neighbour collect?".to_owned(),
        at,
    };
    school.say(question).await?;
    Ok(())
}

/// What the office agreed to and keyed in.
async fn agree(
    school: &School,
    (reference, fields): (Reference, Vec<Of>),
    office: &StaffId,
    at: DateTime<Utc>,
    today: chrono::NaiveDate,
) -> Result<(), StoreError> {
    let answer = |of| DetailsAnswer { of, was: State::Asked, step: Move::Accept };
    let answers = fields.into_iter().map(answer).collect();
    let new = NewDetailsDecision { reference, answers, by: office.clone(), at, today };
    school.decide_details(new, no_mail()).await?;
    let names = school.details_to_key().await?.iter().map(crate::store::DetailsToKey::name).collect();
    school.key_details(names, Vec::new(), office, at + Duration::hours(1)).await?;
    Ok(())
}

/// Three guardians with an inbox of their own, the last of the families without a story: leave has the first.
fn quiet(people: &DemoPeople) -> Vec<GuardianId> {
    let named = named_children();
    let is_named = |pupil: &str| {
        let found = people.pupils.iter().find(|one| one.pupil_id == pupil);
        found.is_none_or(|one| one.left.is_some() || named.contains(&(one.forename.clone(), one.surname.clone())))
    };
    let alone = |email: &str| people.guardians.iter().filter(|one| one.email.as_deref() == Some(email)).count() == 1;
    let fits = |guardian: &str| {
        let mut links = people.links.iter().filter(|link| link.guardian_id == guardian).peekable();
        links.peek().is_some()
            && links.all(|link| {
                let open = link.access == DemoAccess::Full && !link.barred && link.reviewed && link.lives_with;
                open && !is_named(&link.pupil_id) && PupilId::parse(&link.pupil_id).is_some()
            })
    };
    let all = people.guardians.iter().rev().filter(|one| one.email.as_deref().is_some_and(alone));
    all.filter(|one| fits(&one.guardian_id))
        .filter_map(|one| GuardianId::parse(&one.guardian_id))
        .step_by(7)
        .take(3)
        .collect()
}
