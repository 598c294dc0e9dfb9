//! A few reports of the last school day, so that there is something to reconcile: most agree with the
//! register, one does not, one is coded otherwise. Only families without a story of their own.

use std::collections::BTreeSet;

use app::rules::{
    absence::{CheckedReport, Details, Kind, Part, ReportedDay},
    calendar::{Calendar, Session},
    code::Code,
    id::{GuardianId, PupilId, StaffId, SubmissionId},
    london,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    load::bytes,
    marks,
    people::{DemoAccess, DemoLink, DemoPeople, named_children, people},
};
use crate::store::{Channel, Coding, NewMail, NewSubmission, School, Sent, StoreError};

/// What happens to a child whose register says this: the reason that is reported, and the code given here.
const STORIES: [(Code, &str, Code); 5] = [
    (Code::I, "temperature", Code::I),
    (Code::I, "sick", Code::I),
    // Keyed in otherwise.
    (Code::I, "appointment", Code::M),
    (Code::N, "cold", Code::I),
    // Reported, coded, and marked as in school.
    (Code::PresentAm, "temperature", Code::I),
];

/// Gives the last school day before today its reports; people and register must be there.
///
/// # Errors
/// What the store says, or [`StoreError::Unreadable`] if the demo's own data is not well formed.
pub async fn load_differences(school: &School, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(day) = calendar.last_school_day_before(london::today(now)) else { return Ok(()) };
    let people = people();
    let office = StaffId::from_bytes(bytes("staff", "office@demo.example"));
    for (pupil, guardian, reason, code) in chosen(&people, calendar, day) {
        let received_at = london::instant(day, NaiveTime::from_hms_opt(8, 12, 0).unwrap_or_default());
        let report = CheckedReport {
            children: vec![pupil.clone()],
            kind: Kind::Away,
            days: vec![ReportedDay { date: day, part: Part::All }],
            reason: reason.to_owned(),
            details: Details::default(),
            note: None,
        };
        let submission = SubmissionId::from_bytes(bytes("submission", pupil.as_str()));
        let new = NewSubmission {
            guardian,
            digest: submission.to_string(),
            submission,
            channel: Channel::Web,
            received_at,
            after_close: Vec::new(),
            expected: Vec::new(),
            proposed: Some(code),
            report,
            entered_by: None,
            tell_others: None,
            instead_of: None,
        };
        let no_mail = |_: &_| NewMail { to: None, kind: "receipt", subject: String::new(), body: String::new() };
        if let Sent::Received(_) = school.report_absence(new, no_mail).await? {
            let at = received_at + chrono::Duration::minutes(48);
            let coding = Coding { pupil, day, code: Some(code), seen: String::new(), staff: office.clone(), at };
            school.code_absence(coding).await?;
        }
    }
    Ok(())
}

/// For each story the first child without one whose register of that day begins it.
fn chosen(people: &DemoPeople, calendar: &Calendar, day: NaiveDate) -> Vec<(PupilId, GuardianId, &'static str, Code)> {
    let named = named_children();
    let mut taken = BTreeSet::new();
    let mut chosen = Vec::new();
    for (marked, reason, code) in STORIES {
        let found = people.pupils.iter().enumerate().find_map(|(place, pupil)| {
            let name = (pupil.forename.clone(), pupil.surname.clone());
            if named.contains(&name) || taken.contains(&pupil.pupil_id) {
                return None;
            }
            let marks = marks::of(pupil, place, calendar, day);
            let at = |session| marks.iter().rev().find(|mark| mark.date == day && mark.session == session);
            let whole =
                at(Session::Am)?.code == marked && at(Session::Pm).is_some_and(|pm| pm.code.class() == marked.class());
            let opens = |link: &&DemoLink| {
                link.pupil_id == pupil.pupil_id && link.access == DemoAccess::Full && !link.barred && link.reviewed
            };
            let link = people.links.iter().find(opens).filter(|_| whole)?;
            Some((pupil.pupil_id.clone(), link.guardian_id.clone()))
        });
        if let Some((pupil, guardian)) = found
            && let (Some(pupil_id), Some(guardian)) = (PupilId::parse(&pupil), GuardianId::parse(&guardian))
        {
            taken.insert(pupil);
            chosen.push((pupil_id, guardian, reason, code));
        }
    }
    chosen
}
