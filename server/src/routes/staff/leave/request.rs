//! One request with all that stands beside it.

use app::{
    rules::{
        access::{Act, may as may_do},
        calendar::monday_of,
        conversation::Topic,
        figures::year_tally,
        leave::{Move, Recommends, State as LeaveState},
        london,
        reference::Reference,
        school_year::SchoolYear,
    },
    staff::leave::{
        child::{BesideShown, ChildShown, DecisionShown},
        notes::{Beside, NoteShown, Typed},
        request::{self, RequestPage},
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::Days;

use super::{decide, when};
use crate::{
    routes::{
        form::hide_answers,
        leave_form::preview_of,
        leave_said,
        staff::{evidence::files_shown, talk},
    },
    store::{About, LeaveBeside, LeaveChild, LeaveNote, LeaveRecord},
    web::{
        Failure, Portal, render,
        session::{May, ReadLeave, Staff},
    },
};

/// `GET /staff/leave/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadLeave>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &reference).await?;
    draw(&portal, &may.staff, found, Desk::default()).await
}

pub(super) async fn find(portal: &Portal, reference: &str) -> Result<LeaveRecord, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.leave(&reference).await?.ok_or(Failure::NotFound)
}

/// The conversation about a request: its applicant's alone.
pub(super) fn about(found: &LeaveRecord) -> About {
    About { topic: Topic::Leave, id: found.submission.clone(), guardian: found.guardian.clone() }
}

/// What was typed, and why it was not taken.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) typed: Typed,
    pub(super) decision: Option<app::rules::leave::DecideForm>,
    pub(super) problems: Vec<Said>,
    pub(super) refused: Option<&'static str>,
}

pub(super) async fn draw(portal: &Portal, staff: &Staff, found: LeaveRecord, desk: Desk) -> Result<Response, Failure> {
    let roles = &staff.session.roles;
    let may_prepare = may_do(roles, Act::PrepareLeave);
    let about = about(&found);
    let (lines, reach) = talk::shown(portal, staff, (&about, &found.guardian_name), may_prepare).await?;
    staff.note(portal, "leave", found.reference.as_str()).await?;
    let words = portal.words();
    let (w, hide) = (&words.leave_staff, staff.session.hide_words);
    let leave_said::Said { steps: mut answered, form, version } = leave_said::said(portal, &found).await?;
    if hide {
        hide_answers(portal, &form, &mut answered);
    }
    let mut children = Vec::new();
    let mut siblings = Vec::new();
    for child in &found.children {
        let (mut shown, beside) = one_child(portal, &found, child, may_do(roles, Act::ReadReports)).await?;
        if hide {
            shown.hide_words(words.messages.hidden);
        }
        children.push(shown);
        siblings.extend(beside);
    }
    siblings.dedup();
    let notes = portal.school.leave_notes(&found).await?;
    let decide = if may_do(roles, Act::DecideLeave) {
        decide::form(portal, staff, &found, &siblings, desk.decision)
    } else {
        None
    };
    let files = files_shown(portal, portal.school.leave_evidence(&found.reference).await?, hide);
    let mut typed = desk.typed;
    for id in [&mut typed.note, &mut typed.message] {
        if id.is_empty() {
            *id = app::rules::id::NoteId::from_bytes(rand::random()).to_string();
        }
    }
    let page = RequestPage {
        received: leave_said::received(portal, &found),
        days: (words.leave.from_to)(found.span.first, found.span.last),
        notice: (found.span.first.date - london::today(found.received_at)).num_days(),
        differ: differ(portal, &found, &siblings),
        in_advance: found.in_advance,
        steps: answered,
        statements: form.statements,
        signed: (found.signed_name.clone(), leave_said::signed(portal, &found)),
        version,
        signers: found
            .signers
            .iter()
            .map(|one| (one.name.clone(), one.signed, when(portal, one.answered_at.unwrap_or(one.asked_at))))
            .collect(),
        files,
        beside: Beside {
            reference: found.reference.clone(),
            applicant: found.guardian_name.clone(),
            notes: notes.into_iter().map(|note| note_shown(portal, note, hide)).collect(),
            lines,
            may_prepare,
            may_recommend: may_do(roles, Act::RecommendLeave),
            can_check: found
                .children
                .iter()
                .any(|child| child.state != LeaveState::Considered && child.state.after(Move::Consider).is_ok()),
            reach,
            typed,
            csrf: staff.csrf.clone(),
        },
        children,
        decide,
        problems: desk.problems,
        refused: desk.refused,
        applicant: found.guardian_name,
        entered_by: found.entered_by,
        replaced_by: found.replaced_by,
        reference: found.reference,
    };
    Ok(render::staff(portal, staff, w.one_title, "", || request::page(words, page)))
}

/// One child with all that stands beside its request, and the requests of brothers and sisters.
async fn one_child(
    portal: &Portal,
    found: &LeaveRecord,
    child: &LeaveChild,
    to_page: bool,
) -> Result<(ChildShown, Vec<LeaveBeside>), Failure> {
    let (school, today) = (&portal.school, portal.today());
    let known = school.roll_child(&child.pupil).await?.ok_or(Failure::NotFound)?.known;
    let year = SchoolYear::of(today);
    let before = SchoolYear(year.0 - 1).days();
    let marks = school.marks_of(&child.pupil, *before.start()..=today).await?;
    let asked: Vec<_> = child.sessions.iter().map(|one| one.at).collect();
    let earlier = school.leaves_of(&child.pupil, found).await?;
    let siblings = school.leaves_of_siblings(&child.pupil, &found.span, found).await?;
    // The whole weeks: a test on the day after is worth knowing of.
    let from = monday_of(found.span.first.date);
    let until = monday_of(found.span.last.date).checked_add_days(Days::new(6)).unwrap_or(found.span.last.date);
    let tests = portal.policy.leave.tests.iter().filter(|test| test.touch(child.year, from, until));
    let shown = ChildShown {
        page: to_page.then(|| child.pupil.clone()),
        called: child.called.clone(),
        full_name: child.full_name.clone(),
        class: child.class.clone(),
        state: child.state,
        sessions: child.sessions.iter().map(|one| (one.at, one.granted, one.code)).collect(),
        tallies: [year_tally(known.admitted, today, &marks), year_tally(known.admitted, *before.end(), &marks)],
        preview: preview_of(portal, &child.pupil, child.year, &asked).await?,
        earlier: earlier.iter().map(|one| beside(portal, one, false)).collect(),
        siblings: siblings.iter().map(|one| beside(portal, one, true)).collect(),
        tests: tests.cloned().collect(),
        moves: child.moves.iter().map(|(state, at, who)| (*state, when(portal, *at), who.clone())).collect(),
        decisions: child
            .decisions
            .iter()
            .map(|one| DecisionShown {
                number: one.decision,
                outcome: one.outcome,
                reasons: one.reasons.clone(),
                words: one.words.clone(),
                by: (portal.words().leave_staff.decided_by)(
                    one.decided_by.as_deref().unwrap_or(portal.words().leave_staff.somebody),
                    one.decided_as == "designate",
                    &when(portal, one.decided_at),
                ),
            })
            .collect(),
    };
    Ok((shown, siblings))
}

fn beside(portal: &Portal, one: &LeaveBeside, whose: bool) -> BesideShown {
    let words = portal.words();
    let state = when(portal, one.state_at);
    let said = (words.leave_staff.beside)(one.sessions, one.first, one.last, one.state, &state);
    BesideShown {
        reference: one.reference.clone(),
        whose: whose.then(|| (one.child.clone(), one.class.clone())),
        said: format!("{said} ({})", (words.leave_staff.by)(&one.applicant)),
    }
}

/// What is said where children of one family have different answers for these days.
fn differ(portal: &Portal, found: &LeaveRecord, siblings: &[LeaveBeside]) -> Option<String> {
    let w = &portal.words().leave_staff;
    let here = found.children.iter().map(|child| (child.full_name.as_str(), child.state));
    let all: Vec<(&str, LeaveState)> = here
        .chain(siblings.iter().map(|one| (one.child.as_str(), one.state)))
        .filter(|(_, of)| of.is_decided())
        .collect();
    let (_, first) = all.first()?;
    all.iter().any(|(_, state)| state != first).then(|| {
        let each: Vec<String> = all.iter().map(|(name, state)| (w.differ_one)(name, *state)).collect();
        (w.differ)(&each.join(" "))
    })
}

fn note_shown(portal: &Portal, note: LeaveNote, hide: bool) -> NoteShown {
    let w = &portal.words().leave_staff;
    let by = note.by.as_deref().unwrap_or(w.somebody);
    NoteShown {
        kind: note.kind,
        recommends: note.recommends.filter(|one| Recommends::ALL.contains(one)),
        by: (w.noted)(by, &when(portal, note.at)),
        text: note.text.map(|text| if hide { portal.words().messages.hidden.to_owned() } else { text }),
    }
}
