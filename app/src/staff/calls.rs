//! The call list: whom to ring now about whom, and what came of it.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        calls::{Outcome, SAID_MOST},
        id::{CallId, GuardianId, PupilId},
        reconcile::Why,
    },
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct CallsPage {
    /// The day.
    pub day: NaiveDate,
    /// The written time of the close, before it.
    pub closes: Option<String>,
    /// Registers that are not in.
    pub not_in: usize,
    /// How many children stand in no register though their class's is in: who has joined since.
    pub unlisted: usize,
    /// Children to ring about, the most urgent first.
    pub to_ring: Vec<CallLine>,
    /// Children whose families were spoken to.
    pub spoken: Vec<CallLine>,
    /// Children who were on the list and are explained since.
    pub off: Vec<OffLine>,
    /// Whether words are hidden.
    pub hide_words: bool,
    /// Whether this reader may note calls: on the day itself.
    pub may_call: bool,
    /// What came of the last note, if it was not kept or there is more to say.
    pub refused: Option<String>,
    /// What has to be put right.
    pub problems: Vec<errors::Said>,
    /// The csrf token.
    pub csrf: String,
}

/// A child somebody has to be rung about.
#[derive(Debug, Clone)]
pub struct CallLine {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Why.
    pub why: Why,
    /// The time in it, written.
    pub time: String,
    /// School days in a row without a word, this one with them.
    pub days: usize,
    /// Whom the office may ring, in its order.
    pub contacts: Vec<Contact>,
    /// The calls so far, the first one first.
    pub calls: Vec<Call>,
    /// How many were noted, with those that only said that somebody rings.
    pub noted: usize,
    /// Who is ringing now and since when, written.
    pub ringing: Option<(String, String)>,
    /// Made for the next note.
    pub call: CallId,
    /// What was typed and not kept.
    pub typed: String,
}

/// Somebody who may be rung.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The guardian.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// The number.
    pub phone: Option<String>,
}

/// A call that was noted, its time written.
#[derive(Debug, Clone)]
pub struct Call {
    /// What came of it.
    pub outcome: Outcome,
    /// Whom.
    pub whom: Option<String>,
    /// When.
    pub time: String,
    /// Who rang.
    pub by: String,
    /// What was said.
    pub said: Option<String>,
}

/// A child who has left the list.
#[derive(Debug, Clone)]
pub struct OffLine {
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Why.
    pub because: Because,
    /// How often somebody has rung before.
    pub calls: Vec<Call>,
}

/// Why a child has left the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Reported: by whom and when, written.
    Reported(String, String),
    /// Coded.
    Coded,
    /// In school after all.
    Arrived,
}

/// The page.
pub fn page(words: &'static Words, page: CallsPage) -> impl IntoView {
    let w = &words.calls;
    let refused = page.refused.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let closes = page.closes.as_ref().map(|time| view! { <p class="warn">{(w.before_close)(time)}</p> });
    let not_in = (page.not_in > 0).then(|| {
        view! { <p class="warn"><a href=paths::MORNING>{(w.not_in)(page.not_in)}</a></p> }
    });
    let unlisted = (page.unlisted > 0).then(|| {
        view! { <p class="warn"><a href=paths::MORNING>{(w.unlisted)(page.unlisted)}</a></p> }
    });
    let to_ring = if page.to_ring.is_empty() {
        view! { <p>{w.nobody}</p> }.piece()
    } else {
        let rows = page.to_ring.iter().map(|line| row(words, &page, line)).collect_view();
        view! { <ul class="calls">{rows}</ul> }.piece()
    };
    let spoken = (!page.spoken.is_empty()).then(|| {
        let rows = page.spoken.iter().map(|line| row(words, &page, line)).collect_view();
        view! {
            <section aria-labelledby="spoken" class="stack">
                <h2 id="spoken" class="ruled">{w.spoken} " (" {page.spoken.len()} ")"</h2>
                <p class="small soft noprint">{w.spoken_lead}</p>
                <ul class="calls">{rows}</ul>
            </section>
        }
    });
    let off = (!page.off.is_empty()).then(|| {
        let rows = page.off.iter().map(|line| off(words, &page, line)).collect_view();
        view! {
            <section aria-labelledby="off" class="stack">
                <h2 id="off" class="ruled">{w.off} " (" {page.off.len()} ")"</h2>
                <p class="small soft">{w.off_lead}</p>
                <ul class="rows lines">{rows}</ul>
            </section>
        }
    });
    let other_day = (!page.may_call).then(|| view! { <p class="small soft noprint">{w.other_day}</p> });
    view! {
        <div class="stack">
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <p class="dateline"><span>{(words.common.long_date)(page.day)}</span></p>
            <h1>{w.title}</h1>
            <p class="noprint">{w.lead}</p>
            {closes}
            {not_in}
            {unlisted}
            {other_day}
            <section aria-labelledby="ring" class="stack">
                <h2 id="ring" class="ruled">{w.to_ring} " (" {page.to_ring.len()} ")"</h2>
                {to_ring}
            </section>
            {spoken}
            {off}
        </div>
    }
}

fn calls(words: &'static Words, hide: bool, calls: &[Call]) -> impl IntoView + use<> {
    let w = &words.calls;
    let rows = calls
        .iter()
        .map(|call| {
            let line = (w.line)((w.outcome)(call.outcome), call.whom.as_deref(), &call.time, &call.by);
            let said = match (&call.said, hide) {
                (None, _) => None,
                (Some(_), true) => Some(view! { <span class="line soft">{w.hidden}</span> }.piece()),
                (Some(said), false) => Some(view! { <span class="line words">{said.clone()}</span> }.piece()),
            };
            view! { <li>{line}{said}</li> }
        })
        .collect_view();
    (!calls.is_empty()).then(|| view! { <ul class="rung small">{rows}</ul> })
}

fn row(words: &'static Words, page: &CallsPage, line: &CallLine) -> impl IntoView + use<> {
    let w = &words.calls;
    let about = (w.about)(&line.name);
    let days = (line.days > 1).then(|| view! { <b class="line">{(w.days)(line.days)}</b> });
    let ringing = line.ringing.as_ref().map(|(who, since)| {
        view! { " " <span class="tag new">{(w.ringing)(who, since)}</span> }
    });
    let contacts = if line.contacts.is_empty() {
        view! { <p class="tag ask wrap-tag">{w.no_contact}</p> }.piece()
    } else {
        let rows = line
            .contacts
            .iter()
            .map(|contact| {
                let who = (w.contact)(&contact.name, &contact.relationship);
                let ring = match &contact.phone {
                    Some(phone) => {
                        let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                        view! { <a class="tap nb" href=format!("tel:{dial}")><span class="vh">{(w.ring)(&contact.name)}</span>{phone.clone()}</a> }
                            .piece()
                    }
                    None => view! { <span class="soft small">{w.no_number}</span> }.piece(),
                };
                view! { <li><span>{who}</span> {ring}</li> }
            })
            .collect_view();
        view! { <ol class="contacts">{rows}</ol> }.piece()
    };
    let form = page.may_call.then(|| note(words, page, line));
    let enter = page.may_call.then(|| {
        view! { <p class="noprint"><a class="tap" href=paths::enter_report_for(&line.pupil)>{w.enter}<span class="vh">{about}</span></a></p> }
    });
    view! {
        <li id=format!("c-{}", line.pupil)>
            <div class="whom">
                <h3>{line.name.clone()} " " <span class="soft">{line.class.clone()}</span></h3>
                <p><span class="tag ask">{(w.why)(line.why, &line.time)}</span>{ringing}{days}</p>
                {contacts}
            </div>
            <div class="came">
                {calls(words, page.hide_words, &line.calls)}
                {form}
                {enter}
            </div>
        </li>
    }
}

/// Notes a call: one tap for what came of it; whom and what was said may be left out.
fn note(words: &'static Words, page: &CallsPage, line: &CallLine) -> impl IntoView + use<> {
    let w = &words.calls;
    let (said, whom) = (format!("said-{}", line.pupil), format!("whom-{}", line.pupil));
    let about = (w.about)(&line.name);
    let options = line
        .contacts
        .iter()
        .map(|contact| view! { <option value=contact.guardian.to_string()>{contact.name.clone()}</option> })
        .collect_view();
    let buttons = Outcome::ALL
        .into_iter()
        .map(|outcome| {
            view! {
                <button class="btn plain less" name="outcome" value=outcome.word()>{(w.button)(outcome)}<span class="vh">{about.clone()}</span></button>
            }
        })
        .collect_view();
    let described = errors::described(&page.problems, &said);
    let invalid = described.is_some().then_some("true");
    view! {
        <form method="post" action=paths::CALLS class="note-call noprint">
            {csrf_field(&page.csrf)}
            <input type="hidden" name="call" value=line.call.to_string() />
            <input type="hidden" name="pupil" value=line.pupil.to_string() />
            <input type="hidden" name="day" value=page.day.to_string() />
            <input type="hidden" name="had" value=line.noted.to_string() />
            <div>
                <label class="small" for=whom.clone()>{w.whom}<span class="vh">{about.clone()}</span></label>
                <select class="in" id=whom.clone() name="whom">{options}<option value="">{w.somebody}</option></select>
            </div>
            <div class=errors::bad(&page.problems, &said)>
                {errors::why(&page.problems, &said)}
                <label class="small" for=said.clone()>{w.said} " " <span class="opt-word">{words.common.optional}</span><span class="vh">{about.clone()}</span></label>
                <input class="in" type="text" id=said.clone() name="said" value=line.typed.clone() maxlength=SAID_MOST.to_string()
                    autocomplete="off" aria-describedby=described aria-invalid=invalid />
            </div>
            <div class="acts" role="group" aria-label=format!("{}{about}", w.note)>{buttons}</div>
        </form>
    }
}

fn off(words: &'static Words, page: &CallsPage, line: &OffLine) -> impl IntoView + use<> {
    let w = &words.calls;
    let because = match &line.because {
        Because::Reported(who, time) => (w.reported)(who, time),
        Because::Coded => w.coded.to_owned(),
        Because::Arrived => w.arrived.to_owned(),
    };
    view! {
        <li>
            <div><s><b>{line.name.clone()}</b></s> " " <span class="soft">{line.class.clone()}</span> {calls(words, page.hide_words, &line.calls)}</div>
            <span class="tag done wrap-tag">{because}</span>
        </li>
    }
}
