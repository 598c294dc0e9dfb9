//! A few requests for leave, so that there is something to decide: one open that another parent is asked to sign,
//! one agreed in part before, two for brother and sister on forms of their own, and one that came on paper. Only families without a story of
//! their own.

use std::collections::BTreeSet;

use app::{
    rules::{
        calendar::{Calendar, SessionDay, monday_of},
        code::Code,
        form::{Answers, YES},
        id::{GuardianId, PupilId, StaffId, SubmissionId},
        leave::{ChildDecision, Outcome, Ruled, Span, key},
        london,
        reference::Reference,
    },
    words::words,
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

use super::{
    load::bytes,
    people::{DemoAccess, DemoLink, DemoPeople, named_children, people},
};
use crate::store::{
    Channel, Drafter, FormSent, NewDraft, NewLeave, NewLeaveDecision, NewMail, School, StoreError, seen_all,
};

/// A request of the demo's.
struct Story {
    /// Its name, from which its ids are made.
    name: &'static str,
    guardian: GuardianId,
    children: Vec<PupilId>,
    ask: Vec<GuardianId>,
    kind: &'static str,
    why: &'static str,
    /// In how many weeks it is, how many days it takes, and how many days before today it was sent.
    when: (u64, u64, i64),
}

/// Gives the school its requests; people and the leave form must be there.
///
/// # Errors
/// What the store says, or [`StoreError::Unreadable`] if the demo's own data is not well formed.
pub async fn load_leave(
    school: &School,
    calendar: &Calendar,
    (name, origin): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let people = people();
    let mails = &words("en-GB").mail;
    let head = StaffId::from_bytes(bytes("staff", "head@demo.example"));
    for story in stories(&people) {
        let at = now - Duration::days(story.when.2);
        let Some((span, sessions)) = span(calendar, london::today(now), story.when) else { continue };
        let Some(reference) = send(school, &story, (span, &sessions), (at, (mails.to_sign)(name, origin))).await?
        else {
            continue;
        };
        if story.name != "before" {
            continue;
        }
        let Some(record) = school.leave(&reference).await? else { continue };
        let rule = |(place, at): (usize, &SessionDay)| {
            let granted = place < sessions.len() / 2;
            Ruled { at: *at, granted, code: if granted { Code::C } else { Code::O } }
        };
        let one = |leave| ChildDecision {
            leave,
            outcome: Outcome::GrantedInPart,
            sessions: sessions.iter().enumerate().map(rule).collect(),
            reasons: vec!["We agree to the days that it needs, and not to those around them.".to_owned()],
            words: Some("The day itself, and the day of the journey.".to_owned()),
        };
        let mail = (mails.decided)(name, origin);
        let decision = NewLeaveDecision {
            guardian: record.guardian.clone(),
            submission: record.submission.clone(),
            children: record.children.iter().map(|child| (one(child.leave.clone()), 0)).collect(),
            by: head.clone(),
            today: london::today(now),
            at: at + Duration::days(2),
            mail: mail.clone(),
            signer_mail: mail,
        };
        school.decide_leave(decision).await?;
    }
    Ok(())
}

/// From the Monday in so many weeks on, so many days.
fn span(calendar: &Calendar, today: NaiveDate, (weeks, days, _): (u64, u64, i64)) -> Option<(Span, Vec<SessionDay>)> {
    let begin = monday_of(today).checked_add_days(Days::new(7 * weeks))?;
    let after = |day: NaiveDate| calendar.next_school_day(day.succ_opt()?);
    let first = calendar.next_school_day(begin)?;
    let mut last = first;
    for _ in 1..days {
        last = after(last)?;
    }
    let sessions = calendar.open_sessions(first..=last);
    let span = Span { first: *sessions.first()?, last: *sessions.last()?, back: after(last)? };
    Some((span, sessions))
}

async fn send(
    school: &School,
    story: &Story,
    (span, sessions): (Span, &[SessionDay]),
    (at, ask_mail): (DateTime<Utc>, (String, String)),
) -> Result<Option<Reference>, StoreError> {
    let draft = SubmissionId::from_bytes(bytes("leave", story.name));
    let mut answers = Answers::default();
    let ids = |all: Vec<&str>| all.join(" ");
    let said = [
        (key::CHILDREN, ids(story.children.iter().map(PupilId::as_str).collect())),
        (key::LIVES_WITH, YES.to_owned()),
        (key::FIRST_DAY, span.first.date.to_string()),
        (key::FIRST_SESSION, "AM".to_owned()),
        (key::LAST_DAY, span.last.date.to_string()),
        (key::LAST_SESSION, "PM".to_owned()),
        (key::RETURN_DAY, span.back.to_string()),
        (key::OTHER, if story.ask.is_empty() { "knows" } else { "asked" }.to_owned()),
        (key::ASK, ids(story.ask.iter().map(GuardianId::as_str).collect())),
        ("kind", story.kind.to_owned()),
        ("value", story.why.to_owned()),
        ("rare", "Once. It will not happen again.".to_owned()),
        ("significant", "The whole family will be there.".to_owned()),
        ("unavoidable", "The day was set by others.".to_owned()),
        ("short", "We have left out every day that we could.".to_owned()),
        ("away", "uk".to_owned()),
        ("destination", "Leeds".to_owned()),
        ("away-address", "With the grandparents.".to_owned()),
        ("away-phone", "07700 900123".to_owned()),
        ("with", "Both parents.".to_owned()),
        ("siblings-elsewhere", "no".to_owned()),
        ("tests", "no".to_owned()),
    ];
    for (key, answer) in said {
        answers.set(key, answer);
    }
    // One came on paper, a day before the office had the time to type it in.
    let office = (story.name == "paper").then(|| StaffId::from_bytes(bytes("staff", "office@demo.example")));
    let begun = NewDraft {
        draft: draft.clone(),
        form: "leave",
        guardian: story.guardian.clone(),
        staff: office.clone(),
        instead_of: None,
        answers: answers.clone(),
        at,
    };
    school.begin_draft(begun).await?;
    let new = NewLeave {
        guardian: story.guardian.clone(),
        submission: draft,
        whose: office.clone().map_or_else(|| Drafter::Guardian(story.guardian.clone()), Drafter::Staff),
        seen: seen_all(&answers),
        channel: if office.is_some() { Channel::Letter } else { Channel::Web },
        form_version: 1,
        answers,
        span,
        children: story.children.iter().map(|child| (child.clone(), sessions.to_vec())).collect(),
        in_advance: true,
        signed_name: "A parent".to_owned(),
        received_at: at - Duration::days(1),
        signed_at: at - Duration::days(1),
        at,
        entered_by: office,
        ask: story.ask.clone(),
        ask_mail,
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "receipt", subject: String::new(), body: String::new() };
    Ok(match school.send_leave(new, no_mail).await? {
        FormSent::Received(reference) => Some(reference),
        _ => None,
    })
}

/// The first families that fit: two adults with one child, and one with two children.
fn stories(people: &DemoPeople) -> Vec<Story> {
    let named = named_children();
    let free: BTreeSet<&str> = people
        .pupils
        .iter()
        .filter(|pupil| pupil.left.is_none() && !named.contains(&(pupil.forename.clone(), pupil.surname.clone())))
        .map(|pupil| pupil.pupil_id.as_str())
        .collect();
    let opens = |link: &DemoLink| link.access == DemoAccess::Full && !link.barred && link.reviewed && link.lives_with;
    let children = |guardian: &str| -> Vec<&str> {
        let of = people.links.iter().filter(|link| link.guardian_id == guardian && opens(link));
        of.map(|link| link.pupil_id.as_str()).collect()
    };
    let parents = |pupil: &str| -> Vec<&str> {
        let of = people.links.iter().filter(|link| link.pupil_id == pupil && opens(link));
        of.map(|link| link.guardian_id.as_str()).collect()
    };
    let mut stories = Vec::new();
    let mut taken = BTreeSet::new();
    let mut take = |name, of: usize, adults: usize, only: Option<usize>, kind, why, when| {
        let found = people.guardians.iter().find_map(|guardian| {
            let all = children(&guardian.guardian_id);
            let fits = all.len() == of && all.iter().all(|child| free.contains(child) && !taken.contains(child));
            let others = parents(all.first()?);
            (fits && others.len() == adults).then_some((guardian.guardian_id.as_str(), all, others))
        });
        let (guardian, all, others) = found?;
        if only.is_none_or(|place| place + 1 == of) {
            taken.extend(all.clone());
        }
        let ask = others.into_iter().filter(|other| adults == 2 && *other != guardian);
        Some(Story {
            name,
            guardian: GuardianId::parse(guardian)?,
            children: all
                .iter()
                .enumerate()
                .filter(|(place, _)| only.is_none_or(|of| of == *place))
                .filter_map(|(_, child)| PupilId::parse(child))
                .collect(),
            ask: ask.filter_map(GuardianId::parse).collect(),
            kind,
            why,
            when,
        })
    };
    stories.extend(take(
        "open",
        1,
        2,
        None,
        "family",
        "My sister marries, and our child carries the rings.",
        (2, 2, 3),
    ));
    stories.extend(take("before", 1, 2, None, "holiday", "Our grandmother’s eightieth birthday.", (1, 4, 20)));
    stories.extend(take("brother", 2, 1, Some(0), "bereavement", "The funeral of an uncle.", (1, 1, 1)));
    stories.extend(take("sister", 2, 1, Some(1), "bereavement", "The funeral of an uncle.", (1, 1, 1)));
    stories.extend(take("paper", 1, 1, None, "family", "My brother’s graduation, in Scotland.", (3, 2, 2)));
    stories
}
