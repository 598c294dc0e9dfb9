//! The parent's home.

use app::{
    parent::home::{self, At, Home, HomeChild, HomeMessage, HomeReport},
    paths::Hand,
    rules::{
        conversation::{Side, Standing},
        deadline::{RegisterState, register_state},
        details::is_due,
        leave::State,
        london,
        reference::Reference,
        school_year::SchoolYear,
    },
};
use axum::{extract, response::Response};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    declaration,
    leave::may_ask,
    prove::cannot_sign,
    report_absence::{calendar_of, new_submission},
    still_unwell::carried_on,
    written,
};
use crate::{
    forms,
    routes::leaving_form::eligible,
    store::{Child, FamilyReport, LeaveChild},
    web::{Failure, Portal, render, session::Parent},
};

/// For how many days home tells of a decision about leave.
const DECIDED_DAYS: i64 = 14;

/// `GET /`
pub(in crate::routes) async fn page(
    extract::State(portal): extract::State<Portal>,
    parent: Parent,
) -> Result<Response, Failure> {
    let now = portal.now();
    let local = london::local(now);
    let today = local.date();
    let children = parent.children(&portal).await?;
    let policy = &portal.policy;
    let before = policy.calendar.last_school_day_before(today);
    let reports = portal.school.reports_from(&parent.guardian, before.unwrap_or(today)).await?;
    let waiting = portal.school.waits_for_guardian(&parent.guardian).await?;
    let marks = portal.school.marks_wait_for_guardian(&parent.guardian).await?;
    let leave = leave(&portal, &parent).await?;
    let details = portal.school.details_wait_for_guardian(&parent.guardian, today).await?;
    let details = details.map(|asks| HomeMessage { at: At::Details, children: Vec::new(), asks });
    let looked = portal.school.details_looked(&parent.guardian, SchoolYear::of(today).0).await?;
    let leaving = leaving(&portal, &parent).await?;
    let policy_waits = policy_waits(&portal, &parent, &children).await?;
    let state = register_state(now, &policy.calendar, &policy.times);
    let school_today = policy.calendar.is_school_day(today);
    let after = today.succ_opt().and_then(|tomorrow| policy.calendar.next_school_day(tomorrow));
    // No date that hangs on a closed day the school has not confirmed.
    let next_day = after.filter(|day| policy.calendar.unconfirmed_in(today..=*day).is_empty());
    let over = matches!(state, RegisterState::DayOver);
    let report_day = if school_today && !over { Some(today) } else { after };
    let page = Home {
        now: local,
        called: parent.called.clone(),
        state,
        times: policy.times,
        school_today,
        report_day,
        next_day,
        waiting: waiting
            .into_iter()
            .map(|it| HomeMessage { at: At::Receipt(it.reference), children: it.children, asks: it.asks })
            .chain(marks.into_iter().map(|it| HomeMessage {
                at: At::Day(it.mark.pupil, it.mark.date),
                children: vec![it.child],
                asks: it.asks,
            }))
            .chain(leave)
            .chain(details)
            .chain(leaving)
            .chain(policy_waits)
            .collect(),
        children: children
            .into_iter()
            .map(|child| HomeChild {
                at_home: at_home(&portal, &child, today),
                said: reports
                    .iter()
                    .filter(|report| report.day >= today && report.pupil_id == child.pupil_id)
                    .filter(|report| !goes_on(&reports, report, today))
                    .map(|report| HomeReport {
                        day: (report.day != today).then_some(report.day),
                        until: last_of(&reports, report).filter(|last| *last > report.day),
                        kind: report.kind,
                        part: report.part,
                        expected: report.expected,
                        at: written(&portal, report.received_at, today),
                        late: report.after_close,
                        own: report.own.as_ref().map(|(reference, reason)| {
                            let label =
                                policy.reason(reason).map_or_else(|| reason.clone(), |reason| reason.label.clone());
                            (reference.clone(), label)
                        }),
                        codes: report.codes,
                    })
                    .collect(),
                still: (child.link.may_report() && calendar_of(&portal, &child, today).is_school_day(today) && !over)
                    .then(|| carried_on(&portal, &reports, &child.pupil_id, today, before))
                    .flatten()
                    .map(|_| new_submission()),
                may_report: child.link.may_report(),
                pupil: child.pupil_id,
                called: child.called,
                class: child.class,
            })
            .collect(),
        // Whoever cannot look from this device is not asked to.
        details_due: cannot_sign(&portal, &parent)
            .is_none()
            .then(|| is_due(policy.check_from, &policy.calendar, today, looked.is_some())),
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(&portal, &parent, portal.words().home.title, || home::page(portal.words(), page)))
}

/// What waits about leave: a question, a signature, a decision of the last days, a form that is not sent.
async fn leave(portal: &Portal, parent: &Parent) -> Result<Vec<HomeMessage>, Failure> {
    let (school, guardian, now) = (&portal.school, &parent.guardian, portal.now());
    let lately = |at: DateTime<Utc>| now - at < Duration::days(DECIDED_DAYS);
    let mut waiting: Vec<HomeMessage> = Vec::new();
    for asked in school.leaves_asked_to_sign(guardian).await? {
        let names = |children: &[LeaveChild]| children.iter().map(|child| child.called.clone()).collect();
        if asked.waits() {
            waiting.push(HomeMessage { children: names(&asked.children), at: At::Sign(asked.reference), asks: true });
        } else if asked.signer.signed == Some(true)
            && asked.children.iter().any(|child| child.state.is_decided() && lately(child.state_at))
        {
            waiting.push(HomeMessage { children: names(&asked.children), at: At::Sign(asked.reference), asks: false });
        }
    }
    for talk in school.leave_waits_for_guardian(guardian).await? {
        waiting.push(HomeMessage { at: At::LeaveTalk(talk.reference), children: talk.children, asks: talk.asks });
    }
    for line in school.own_leaves(guardian).await? {
        let (Some(reference), Some(state)) = (Reference::parse(&line.reference), State::parse(&line.state)) else {
            continue;
        };
        if !(state.is_decided() && lately(line.state_at)) {
            continue;
        }
        let same = |one: &&mut HomeMessage| matches!(&one.at, At::Leave(other) if *other == reference);
        match waiting.iter_mut().find(same) {
            Some(one) => one.children.push(line.called),
            None => waiting.push(HomeMessage { at: At::Leave(reference), children: vec![line.called], asks: false }),
        }
    }
    let mut drafts = school.drafts_of(guardian, forms::LEAVE.name, now).await?;
    if !drafts.is_empty() && !may_ask(portal, parent).await? {
        drafts.clear();
    }
    waiting.extend(drafts.into_iter().map(|draft| HomeMessage {
        at: At::Draft(Hand::Leave, draft.draft),
        children: Vec::new(),
        asks: true,
    }));
    Ok(waiting)
}

/// What waits about leaving: what the school has written, and a form that is not sent.
async fn leaving(portal: &Portal, parent: &Parent) -> Result<Vec<HomeMessage>, Failure> {
    let (school, guardian) = (&portal.school, &parent.guardian);
    let mut talks: Vec<(Reference, Vec<String>)> = Vec::new();
    for line in school.own_notices(guardian).await? {
        let Some(reference) = Reference::parse(&line.reference) else { continue };
        match talks.iter_mut().find(|(known, _)| *known == reference) {
            Some((_, children)) => children.push(line.called),
            None => talks.push((reference, vec![line.called])),
        }
    }
    let mut waiting = Vec::new();
    for (reference, children) in talks {
        let Some(talk) = school.own_conversation(guardian, &reference).await? else { continue };
        let asks = talk.standing() == Some(Standing::Asked) && talk.may_write;
        if asks || talk.unread_by(Side::Guardian) {
            waiting.push(HomeMessage { at: At::LeavingTalk(reference), children, asks });
        }
    }
    let drafts = school.drafts_of(guardian, forms::LEAVING.name, portal.now()).await?;
    if !drafts.is_empty() && !eligible(portal, guardian).await?.is_empty() {
        waiting.extend(drafts.into_iter().map(|draft| HomeMessage {
            at: At::Draft(Hand::Leaving, draft.draft),
            children: Vec::new(),
            asks: true,
        }));
    }
    Ok(waiting)
}

/// The attendance policy, while it waits for an answer; and what the school has written about one.
async fn policy_waits(portal: &Portal, parent: &Parent, children: &[Child]) -> Result<Vec<HomeMessage>, Failure> {
    let (school, guardian) = (&portal.school, &parent.guardian);
    let talks = school.declarations_wait_for_guardian(guardian).await?;
    let mut all: Vec<HomeMessage> = talks
        .into_iter()
        .map(|it| HomeMessage { at: At::DeclarationTalk(it.reference), children: it.children, asks: it.asks })
        .collect();
    let version = school.policy_number().await?;
    if version > 0 && !children.is_empty() {
        let waiting = declaration::waiting(children, &school.own_answers(guardian, version).await?);
        if !waiting.is_empty() {
            all.push(HomeMessage { at: At::Policy, children: waiting, asks: true });
        }
    }
    Ok(all)
}

/// While the school is open and not for this child: the day the child has school again, unless it hangs on
/// a closed day that the school has not confirmed.
fn at_home(portal: &Portal, child: &Child, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let calendar = calendar_of(portal, child, today);
    if !portal.policy.calendar.is_school_day(today) || calendar.is_school_day(today) {
        return None;
    }
    let again = today.succ_opt().and_then(|tomorrow| calendar.next_school_day(tomorrow));
    Some(again.filter(|day| calendar.unconfirmed_in(today..=*day).is_empty()))
}

/// The days of one report for one child, earliest first.
fn days_of<'a>(reports: &'a [FamilyReport], of: &'a FamilyReport) -> impl Iterator<Item = NaiveDate> + 'a {
    let same = move |report: &&FamilyReport| {
        let reference = |report: &FamilyReport| report.own.as_ref().map(|(reference, _)| reference.clone());
        report.pupil_id == of.pupil_id && reference(report) == reference(of) && report.received_at == of.received_at
    };
    reports.iter().filter(same).map(|report| report.day)
}

/// Whether an earlier day of the same report has its line already.
fn goes_on(reports: &[FamilyReport], report: &FamilyReport, today: NaiveDate) -> bool {
    days_of(reports, report).any(|day| day >= today && day < report.day)
}

fn last_of(reports: &[FamilyReport], report: &FamilyReport) -> Option<NaiveDate> {
    days_of(reports, report).max()
}
