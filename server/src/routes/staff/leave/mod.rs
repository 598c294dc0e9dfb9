//! Leave for staff: the list, and the letters that stand with a request.

pub(in crate::routes) mod decide;
pub(in crate::routes) mod notes;
pub(in crate::routes) mod paper;
pub(in crate::routes) mod request;

use std::collections::HashMap;

use app::{
    rules::{
        access::{Act, may as may_do},
        form::Form,
        id::EvidenceId,
        leave::{KIND, Recommends, State as LeaveState},
        london,
        reference::Reference,
    },
    staff::leave::{
        list::{self, LeaveRow, ListPage, RowChild},
        paper::PaperDraft,
    },
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;

use crate::{
    forms,
    routes::{
        form::{Filler, form},
        leave_form::load,
        parent::written,
    },
    store::LeaveListed,
    web::{
        Failure, Portal, download, render,
        session::{May, ReadLeave, Staff},
    },
};

/// For how many days a decision stands in the list.
const LATELY: i64 = 30;
/// How far back the list of one state goes, in days.
const ONE_STATE: i64 = 800;

/// Which state alone.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct InState {
    state: Option<String>,
}

/// `GET /staff/leave`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadLeave>,
    Query(of): Query<InState>,
) -> Result<Response, Failure> {
    let filter = of.state.as_deref().and_then(LeaveState::parse);
    let (open, closed): (Vec<LeaveState>, Vec<LeaveState>) =
        LeaveState::ALL.into_iter().partition(|state| state.is_open());
    let since = |days: i64| portal.now() - Duration::days(days);
    let (first, lately) = match filter {
        Some(state) => (portal.school.leave_list(&[state], since(ONE_STATE)).await?, Vec::new()),
        None => {
            // What is open stays until it is decided, however old it is.
            let mut lately = portal.school.leave_list(&closed, since(LATELY)).await?;
            lately.sort_by_key(|line| std::cmp::Reverse(line.children.iter().map(|child| child.state_at).max()));
            (portal.school.leave_list(&open, DateTime::UNIX_EPOCH).await?, lately)
        }
    };
    let mut forms = HashMap::new();
    for line in first.iter().chain(&lately) {
        if let std::collections::hash_map::Entry::Vacant(place) = forms.entry(line.form_version) {
            place.insert(form(&portal, &forms::LEAVE, Some(line.form_version)).await?.1);
        }
    }
    let row = |line: LeaveListed| {
        let kind = forms.get(&line.form_version).and_then(|form| kind(form, &line));
        row(&portal, line, kind)
    };
    let paper = if may_do(&may.staff.session.roles, Act::PrepareLeave) {
        Some(typing(&portal, &may.staff).await?)
    } else {
        None
    };
    let page = ListPage {
        open: first.into_iter().map(row).collect(),
        lately: lately.into_iter().map(row).collect(),
        filter,
        paper,
    };
    may.staff.note(&portal, "leave", "list").await?;
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.leave_staff.title, "", || list::page(words, page)))
}

/// The forms on paper that this member of staff is typing in.
async fn typing(portal: &Portal, staff: &Staff) -> Result<Vec<PaperDraft>, Failure> {
    let mut forms = Vec::new();
    let whose = Filler::Office(staff).whose();
    for draft in portal.school.paper_forms(&staff.session.staff_id, portal.now()).await? {
        let Some(filling) = load(portal, &whose, &draft).await? else { continue };
        let children = filling.begun.chosen();
        let children: Vec<&str> = children.iter().map(String::as_str).collect();
        forms.push(PaperDraft {
            children: (portal.words().common.list)(&children),
            saved: when(portal, filling.begun.draft.saved_at),
            guardian: filling.guardian.unwrap_or_default(),
            draft,
        });
    }
    Ok(forms)
}

/// What it is for, in the words of its form.
fn kind(form: &Form, line: &LeaveListed) -> Option<String> {
    let question = form.steps.iter().flat_map(|step| &step.questions).find(|question| question.key == KIND)?;
    let answer = line.answers.get(KIND);
    question.choices.iter().find(|choice| choice.key == answer).map(|choice| choice.label.clone())
}

fn row(portal: &Portal, line: LeaveListed, kind: Option<String>) -> LeaveRow {
    let today = portal.today();
    LeaveRow {
        notice: (line.first_day - london::today(line.received_at)).num_days(),
        begins: (line.first_day - today).num_days(),
        children: line
            .children
            .into_iter()
            .map(|child| RowChild {
                name: child.name,
                class: child.class,
                state: child.state,
                since: written(portal, child.state_at, today),
                asked: (child.sessions, child.days),
            })
            .collect(),
        reference: line.reference,
        kind,
        applicant: line.applicant,
        days: (line.first_day, line.last_day),
        in_advance: line.in_advance,
        signed: line.signed,
        recommends: line.recommends.as_deref().and_then(Recommends::parse),
        unread: line.unread,
    }
}

/// The written time with its date, unless it is today's.
fn when(portal: &Portal, at: DateTime<Utc>) -> String {
    written(portal, at, portal.today())
}

/// `GET /staff/leave/{reference}/evidence/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ReadLeave>,
    Path((reference, evidence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    let file = portal.school.leave_evidence_file(&reference, &evidence).await?.ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "evidence_file", evidence.as_str()).await?;
    download::answer(&portal.school, file).await
}
