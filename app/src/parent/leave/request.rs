//! A request that was sent: the receipt, each state with its date, the decision.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    super::messages::{self, Messages},
    tag,
};
use crate::{
    paths,
    rules::{
        calendar::SessionDay,
        id::LeaveId,
        leave::{Outcome, State},
        reference::Reference,
    },
    ui::{
        answered::{StepShown, answered_steps},
        csrf_field,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RequestPage {
    /// The reference.
    pub reference: Reference,
    /// The written date and time it was received, to the second.
    pub received: String,
    /// Whether it came on paper.
    pub on_paper: bool,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// Each child.
    pub children: Vec<ChildRequest>,
    /// From when to when, as one text.
    pub days: String,
    /// The answers, with the questions of their day.
    pub steps: Vec<StepShown>,
    /// What was declared.
    pub statements: Vec<String>,
    /// The name beneath, and the written time.
    pub signed: (String, String),
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// The other parents who were asked: name, whether they signed, the written time.
    pub signers: Vec<(String, Option<bool>, String)>,
    /// Whether it can be changed.
    pub can_change: bool,
    /// Whether some of it can be taken back.
    pub can_withdraw: bool,
    /// Something that was not to be expected.
    pub notice: Option<String>,
    /// The conversation with the school; `None` where this guardian may not have it.
    pub messages: Option<Messages>,
    /// How many letters and photos stand with it; `None` where there are none and none can be added.
    pub evidence: Option<usize>,
    /// The id made for a form that changes this one.
    pub new: String,
    /// The csrf token.
    pub csrf: String,
}

/// One child's request.
#[derive(Debug, Clone)]
pub struct ChildRequest {
    /// The whole name with the class.
    pub named: String,
    /// Where it stands.
    pub state: State,
    /// How much school was asked for, as one text.
    pub asked: String,
    /// Each state with its written time.
    pub moves: Vec<(State, String)>,
    /// The day on which the child is expected back.
    pub back: NaiveDate,
    /// The request, where there is a letter about it.
    pub letter: Option<LeaveId>,
    /// The decision that counts.
    pub decision: Option<DecisionShown>,
    /// Earlier ones.
    pub earlier: Vec<DecisionShown>,
    /// Sessions agreed and not agreed; empty before a decision.
    pub granted: Vec<SessionDay>,
    /// Sessions that were not.
    pub refused: Vec<SessionDay>,
}

/// A decision as people read it.
#[derive(Debug, Clone)]
pub struct DecisionShown {
    /// All, some or none.
    pub outcome: Outcome,
    /// The reasons.
    pub reasons: Vec<String>,
    /// The head's own words.
    pub words: Option<String>,
    /// Who decided, and when, as one text.
    pub by: String,
}

/// The page.
pub fn page(words: &'static Words, page: RequestPage) -> impl IntoView {
    let w = &words.leave;
    let notice = page.notice.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let replaced = page.replaced_by.as_ref().map(|reference| {
        view! {
            <div class="warn stack">
                <p>{w.replaced}</p>
                <p><a class="btn plain" href=paths::leave_request(reference)>{w.replaced_see}</a></p>
            </div>
        }
    });
    let fixed = !page.can_change;
    let talk = page.messages.as_ref();
    let talk =
        talk.and_then(|it| messages::section(words, it, &paths::leave_messages(&page.reference), &page.csrf, fixed));
    let open = page.children.iter().any(|child| child.state.is_open());
    let next = (open && page.replaced_by.is_none()).then(|| {
        let steps = w.next_steps.iter().map(|step| view! { <li><p>{*step}</p></li> }).collect_view();
        view! {
            <section aria-labelledby="next">
                <h2 class="ruled" id="next">{w.next}</h2>
                <ol class="steps">{steps}</ol>
                <p class="note"><b>{w.not_yet}</b></p>
            </section>
        }
    });
    let late = (!page.in_advance).then(|| {
        view! { <p class="warn"><b>{w.late}"."</b> " " {w.late_means}</p> }
    });
    let children = page.children.iter().map(|child| one(words, child)).collect_view();
    let signers = (!page.signers.is_empty()).then(|| {
        let rows = page
            .signers
            .iter()
            .map(|(name, signed, when)| {
                view! { <div><dt>{name.clone()}</dt><dd>{(w.other_state)(*signed, when)}</dd></div> }
            })
            .collect_view();
        view! { <div><h3 class="ruled">{w.others}</h3><dl class="facts">{rows}</dl></div> }
    });
    let statements = page.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let (version, digest) = &page.version;
    view! {
        <div class="stack read">
            <a class="back noprint" href=paths::LEAVE>{w.back_to_list}</a>
            {notice}
            <h1>{w.request}</h1>
            {replaced}
            <dl class="facts">
                <div><dt>{w.reference}</dt><dd><b class="nb">{page.reference.to_string()}</b></dd></div>
                <div><dt>{w.received}</dt><dd>{page.received.clone()} {page.on_paper.then(|| view! { <p class="small soft">{w.on_paper}</p> })}</dd></div>
                <div><dt>{w.sign_when}</dt><dd>{page.days.clone()}</dd></div>
            </dl>
            {late}
            {children}
            {talk}
            {next}
            {acts(words, &page)}
            <section class="stack" aria-labelledby="what">
                <h2 class="ruled" id="what">{w.what}</h2>
                {answered_steps(words, page.steps.clone(), |_| None)}
                {signers}
                <div>
                    <h3 class="ruled">{w.statements}</h3>
                    <ul class="declared">{statements}</ul>
                    <p>{(w.signed_by)(&page.signed.0, &page.signed.1)}</p>
                    <p class="small soft">{(w.version)(*version, digest)}</p>
                </div>
            </section>
        </div>
    }
}

fn acts(words: &'static Words, page: &RequestPage) -> impl IntoView + use<> {
    let w = &words.leave;
    let asked = !page.signers.is_empty();
    let evidence = page.evidence.map(|count| {
        let label = if count == 0 { w.evidence } else { words.evidence.staff_title };
        let count = (count > 0).then(|| format!(" ({count})"));
        view! { <a class="btn plain" href=paths::evidence(&page.reference)>{label}{count}</a> }
    });
    let change = page.can_change.then(|| {
        view! {
            <form method="post" action=paths::leave_change(&page.reference)>
                {csrf_field(&page.csrf)}
                <input type="hidden" name="draft" value=page.new.clone() />
                <button class="btn plain">{w.change_request}</button>
                {asked.then(|| view! { <p class="small soft">{w.change_signers}</p> })}
            </form>
        }
    });
    let withdraw = page.can_withdraw.then(|| {
        view! { <a class="btn stop" href=paths::leave_withdraw(&page.reference)>{w.withdraw}</a> }
    });
    view! {
        <div class="acts noprint">
            <a class="btn plain" href=paths::leave_pdf(&page.reference)>{w.pdf}</a>
            {evidence}
            {change}
            {withdraw}
        </div>
    }
}

fn one(words: &'static Words, child: &ChildRequest) -> impl IntoView + use<> {
    let w = &words.leave;
    let moves = child
        .moves
        .iter()
        .map(|(state, when)| view! { <div><dt>{when.clone()}</dt><dd>{(w.state)(*state)}</dd></div> })
        .collect_view();
    let decided = child.decision.as_ref().filter(|_| child.state.is_decided()).map(|decision| {
        let advice = (decision.outcome != Outcome::Refused).then(|| {
            view! { <h4>{w.advice_heading}</h4><p>{w.advice}</p><p>{(w.back_on)(child.back)}</p> }
        });
        let letter = child.letter.as_ref().map(|leave| {
            view! { <p class="noprint"><a class="tap" href=paths::leave_letter(leave)>{w.letter}<span class="vh">": " {child.named.clone()}</span></a></p> }
        });
        view! {
            <div class="note stack">
                <p><b>{(w.agreed)(child.granted.len(), child.granted.len() + child.refused.len())}</b></p>
                {list(words, w.agreed_list, &child.granted)}
                {list(words, w.refused_list, &child.refused)}
                {(!child.refused.is_empty()).then(|| view! { <p>{w.refused_means}</p> })}
                {decision_shown(words, decision)}
                {advice}
                {letter}
            </div>
        }
    });
    let earlier = child
        .earlier
        .iter()
        .map(|decision| {
            view! {
                <details class="fold">
                    <summary><span>{w.earlier} ": " {(w.state)(decision.outcome.state())}</span> <u>{words.report.show}</u></summary>
                    <div class="stack">{decision_shown(words, decision)}</div>
                </details>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <div class="ruled"><h2>{child.named.clone()}</h2>{tag(words, child.state)}</div>
            <p>{child.asked.clone()}</p>
            {decided}
            {earlier}
            <details class="fold">
                <summary><span><b>{w.so_far}</b></span> <u>{words.report.show}</u></summary>
                <div><dl class="facts">{moves}</dl></div>
            </details>
        </section>
    }
}

fn list(words: &'static Words, heading: &'static str, sessions: &[SessionDay]) -> impl IntoView + use<> {
    (!sessions.is_empty()).then(|| {
        let rows = sessions.iter().map(|at| view! { <li>{(words.leave.session)(*at)}</li> }).collect_view();
        view! { <div><h3>{heading}</h3><ul>{rows}</ul></div> }
    })
}

fn decision_shown(words: &'static Words, decision: &DecisionShown) -> impl IntoView + use<> {
    let w = &words.leave;
    let reasons = decision.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
    let own = decision.words.clone().map(|text| view! { <p class="words">{text}</p> });
    view! {
        <h3>{w.reasons}</h3>
        <ul>{reasons}</ul>
        {own}
        <p class="small soft">{decision.by.clone()}</p>
    }
}

/// The question before taking it back.
#[derive(Debug, Clone)]
pub struct WithdrawPage {
    /// The reference.
    pub reference: Reference,
    /// The children for whom it can be taken back: the request's id and the name.
    pub children: Vec<(String, String)>,
    /// Whether none was chosen.
    pub none: bool,
    /// The csrf token.
    pub csrf: String,
}

/// Asks before taking it back.
pub fn withdraw(words: &'static Words, page: WithdrawPage) -> impl IntoView {
    let w = &words.leave;
    let boxes = page
        .children
        .into_iter()
        .map(|(id, name)| {
            view! { <label class="opt whole"><input type="checkbox" name="leave" value=id checked=true />{name}</label> }
        })
        .collect_view();
    let none = page
        .none
        .then(|| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.withdraw_none}</p></div> });
    view! {
        <div class="stack read">
            <a class="back" href=paths::leave_request(&page.reference)>{w.request}</a>
            {none}
            <h1>{w.withdraw_ask}</h1>
            <form method="post" action=paths::leave_withdraw(&page.reference) class="stack">
                {csrf_field(&page.csrf)}
                <fieldset><legend>{w.withdraw_for}</legend><div class="opts">{boxes}</div></fieldset>
                <button class="btn stop">{w.withdraw_go}</button>
            </form>
        </div>
    }
}
