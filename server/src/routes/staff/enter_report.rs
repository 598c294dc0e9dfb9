//! Reports that the office hears: found by part of a name, entered for a guardian.

use app::{
    parent::report_absence::{Purpose, ReportPage},
    paths,
    rules::{
        absence::{Field, Offer, Part, Problem, ReportForm, check, read},
        deadline::register_state,
        id::{GuardianId, PupilId, SubmissionId},
        london,
        reference::Reference,
    },
    staff::enter_report::{self as pages, Contact, EnterReport, Found, Search},
    ui::errors::Said,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::find;
use crate::{
    routes::{
        parent::written,
        reporting::{receipt_mail, submission as submission_of},
    },
    store::{Channel, OnRecord, OnRoll, Sent, journal::Actor},
    web::{
        Failure, Portal, Posted, render,
        session::{CodeAbsence, May, Staff},
    },
};

/// How many school days a report may span that somebody has rung about.
const LONGEST_RUN: usize = 60;
/// How many children a search shows.
const MOST_FOUND: usize = 20;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Asked {
    done: Option<String>,
}

/// `GET /staff/reports/new`
pub(in crate::routes) async fn search(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let done = match asked.done.as_deref().and_then(Reference::parse) {
        Some(reference) => {
            let children = portal.school.children_in(&reference).await?;
            let names: Vec<&str> = children.iter().map(String::as_str).collect();
            (!names.is_empty()).then(|| (reference.to_string(), (portal.words().common.list)(&names)))
        }
        None => None,
    };
    Ok(looked(&portal, &may.staff, String::new(), None, done))
}

/// `POST /staff/reports/new`: by post, so that a child's name stands in no address.
pub(in crate::routes) async fn find(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let typed = fields.one("q");
    if typed.trim().is_empty() {
        return Ok(looked(&portal, &may.staff, typed, None, None));
    }
    let everybody = portal.school.everybody_on_roll(portal.today()).await?;
    let found = find::find(&everybody, &typed);
    if let [only] = found.as_slice() {
        return Ok(Redirect::to(&paths::enter_report_for(&only.pupil_id)).into_response());
    }
    let found = found.into_iter().take(MOST_FOUND).map(found_line).collect();
    Ok(looked(&portal, &may.staff, typed, Some(found), None))
}

fn looked(
    portal: &Portal,
    staff: &Staff,
    typed: String,
    found: Option<Vec<Found>>,
    done: Option<(String, String)>,
) -> Response {
    let words = portal.words();
    let page = Search { typed, found, done, csrf: staff.csrf.clone() };
    render::staff(portal, staff, words.enter.title, "", || pages::search(words, page))
}

fn found_line(child: &OnRoll) -> Found {
    Found { pupil: child.pupil_id.clone(), name: child.listed(), class: child.class.clone() }
}

/// The child and what belongs to it.
struct Desk {
    child: OnRoll,
    siblings: Vec<OnRoll>,
    contacts: Vec<OnRecord>,
}

impl Desk {
    async fn of(portal: &Portal, pupil: &str) -> Result<Self, Failure> {
        let pupil = PupilId::parse(pupil).ok_or(Failure::NotFound)?;
        let today = portal.today();
        let everybody = portal.school.everybody_on_roll(today).await?;
        let child = everybody.into_iter().find(|child| child.pupil_id == pupil).ok_or(Failure::NotFound)?;
        let siblings = portal.school.siblings(&pupil, today).await?;
        let contacts = portal.school.on_record(&pupil).await?;
        Ok(Self { child, siblings, contacts })
    }

    /// What can be entered: what a parent can, further ahead and for longer.
    fn offer(&self, portal: &Portal) -> Offer {
        let ids = [&self.child].into_iter().chain(&self.siblings).map(|child| child.pupil_id.clone());
        let mut offer = Offer::new(portal.today(), ids.collect(), &portal.policy);
        offer.max_run = LONGEST_RUN;
        offer.reasons.iter_mut().for_each(|reason| reason.ahead = true);
        offer
    }

    /// Whoever the school rings first and may see the child; else whoever it rings first.
    fn likeliest(&self) -> Option<&GuardianId> {
        let full = self.contacts.iter().find(|contact| contact.link.may_report());
        full.or(self.contacts.first()).map(|contact| &contact.guardian_id)
    }
}

/// What was chosen besides the report itself.
struct Told {
    guardian: Option<GuardianId>,
    channel: Channel,
}

/// `GET /staff/reports/new/{pupil}`
pub(in crate::routes) async fn form(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Path(pupil): Path<String>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &pupil).await?;
    let told = Told { guardian: desk.likeliest().cloned(), channel: Channel::Phone };
    let soon = desk.offer(&portal).soon;
    let form = ReportForm {
        who: vec![desk.child.pupil_id.to_string()],
        day: soon.first().map(ToString::to_string).unwrap_or_default(),
        part: Part::All.word().to_owned(),
        ..ReportForm::default()
    };
    draw(&portal, &may.staff, desk, told, form, Wrong::default(), new_submission()).await
}

/// `POST /staff/reports/new/{pupil}`
pub(in crate::routes) async fn enter(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Path(pupil): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &pupil).await?;
    let now = portal.now();
    let submission = SubmissionId::parse(&fields.one("submission")).ok_or(Failure::BadRequest)?;
    let form = read(|name| fields.all(name));
    let channel = Channel::parse(&fields.one("channel")).unwrap_or(Channel::Phone);
    let chosen = GuardianId::parse(&fields.one("told"));
    let contact = desk.contacts.iter().find(|contact| Some(&contact.guardian_id) == chosen.as_ref());
    let told = Told { guardian: contact.map(|contact| contact.guardian_id.clone()), channel };
    let checked = check(&form, &desk.offer(&portal));
    let (Ok(report), Some(contact)) = (&checked, contact) else {
        let report = checked.err().unwrap_or_default();
        if report.contains(&(Field::Who, Problem::UnknownChild)) {
            return Err(Failure::NotFound);
        }
        let told_wrong = contact.is_none().then(|| portal.words().enter.no_told);
        let wrong = Wrong { told: told_wrong, report, earlier: None };
        let page = draw(&portal, &may.staff, desk, told, form, wrong, submission.to_string()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let mut new = submission_of(&portal, contact.guardian_id.clone(), submission, report.clone(), None, now);
    new.channel = channel;
    new.entered_by = Some(Actor::Staff(may.staff.session.staff_id.to_string()));
    // A receipt goes to whoever may see what was said, and to no inbox that somebody barred reads.
    let to = if contact.link.may_report() { portal.school.own_inbox(&contact.guardian_id).await? } else { None };
    match portal.school.report_absence(new, receipt_mail(&portal, to, now)).await? {
        Sent::Received(reference) | Sent::Again(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            Ok(Redirect::to(&format!("{}?done={}", paths::ENTER_REPORT, reference.as_str())).into_response())
        }
        Sent::Differs { reference, received_at } => {
            let at = written(&portal, received_at, portal.today());
            let wrong = Wrong { earlier: Some((reference, at)), ..Wrong::default() };
            let page = draw(&portal, &may.staff, desk, told, form, wrong, new_submission()).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Sent::NotAllowed | Sent::CannotChange => Err(Failure::NotFound),
    }
}

fn new_submission() -> String {
    SubmissionId::from_bytes(rand::random()).to_string()
}

/// What has to be put right.
#[derive(Default)]
struct Wrong {
    told: Option<&'static str>,
    report: Vec<(Field, Problem)>,
    /// What the same form entered before, and when, written.
    earlier: Option<(Reference, String)>,
}

async fn draw(
    portal: &Portal,
    staff: &Staff,
    desk: Desk,
    told: Told,
    form: ReportForm,
    wrong: Wrong,
    submission: String,
) -> Result<Response, Failure> {
    let (words, now) = (portal.words(), portal.now());
    let already = already(portal, staff, &desk).await?;
    let policy = &portal.policy;
    let told_problem = wrong.told.map(|said| -> Said { ("told".to_owned(), said.to_owned()) });
    let nobody = desk.contacts.is_empty().then(|| words.enter.no_contacts.to_owned());
    let page = EnterReport {
        name: desk.child.listed(),
        class: desk.child.class.clone(),
        already: already.into_iter().chain(nobody).collect(),
        siblings: desk
            .siblings
            .iter()
            .map(|child| {
                let name = format!("{}, {}", child.called(), child.class);
                (child.pupil_id.clone(), name, form.who.contains(&child.pupil_id.to_string()))
            })
            .collect(),
        contacts: desk
            .contacts
            .iter()
            .map(|contact| Contact {
                guardian: contact.guardian_id.clone(),
                name: contact.name.clone(),
                relationship: contact.relationship.clone(),
                has_access: contact.link.may_read(),
                has_email: contact.email.is_some(),
                chosen: told.guardian.as_ref() == Some(&contact.guardian_id),
            })
            .collect(),
        channels: Channel::OF_OFFICE.into_iter().map(|channel| (channel.word(), channel == told.channel)).collect(),
        problems: told_problem.into_iter().collect(),
        earlier: wrong.earlier,
        form: ReportPage {
            now: london::local(now),
            state: register_state(now, &policy.calendar, &policy.times),
            closes: london::clock(policy.times.report_by),
            offer: desk.offer(portal),
            children: Vec::new(),
            reasons: policy.reasons.clone(),
            illnesses: policy.listed_illnesses(),
            open_when: false,
            focus_reason: true,
            form,
            problems: wrong.report,
            submission,
            csrf: staff.csrf.clone(),
            phone: portal.office_phone(),
            purpose: Purpose::Report,
        },
        pupil: desk.child.pupil_id,
    };
    Ok(render::staff(portal, staff, words.enter.title, "", || pages::page(words, page)))
}

/// What today's board has of this child already: who said it and when, not why.
async fn already(portal: &Portal, staff: &Staff, desk: &Desk) -> Result<Vec<String>, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let board = portal.school.board(today).await?;
    let Some(row) = board.into_iter().find(|row| row.pupil_id == desk.child.pupil_id) else { return Ok(Vec::new()) };
    staff.note(portal, "reported_today", desk.child.pupil_id.as_str()).await?;
    let part = (words.board.part)(row.part);
    let said = row.reports.iter().map(|report| {
        let at = london::clock(london::local(report.received_at).time());
        (words.enter.already)(part, &report.from, &at)
    });
    Ok(said.collect())
}
