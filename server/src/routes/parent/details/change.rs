//! Asking for changes: the form, the look at it, and sending it.

use app::{
    parent::details::change::{self as pages, ChangePage, CheckPage},
    paths,
    rules::{
        details::{Field, Of, Problem, Wanted, check, key},
        form::Answers,
        id::{PupilId, SubmissionId},
        reference::Reference,
        school_year::SchoolYear,
    },
    ui::errors::Said,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sha2::{Digest, Sha256};

use super::{
    super::{prove::cannot_sign, report_absence::new_submission},
    find, refuse,
};
use crate::{
    routes::details_said::{value, what},
    store::{Details, DetailsAsked, NewDetails, NewMail},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// `GET /details/change`: with a fresh code.
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let details = find(&portal, &parent).await?;
    if let Some(why) = cannot_sign(&portal, &parent) {
        return Ok(refuse(&portal, &parent, why));
    }
    if !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(paths::DETAILS_CHANGE)).into_response());
    }
    let mut typed = details.offer().begins();
    if let Some(line) = details.asked(&Of::own(Field::Address)) {
        typed.set(key::ADDRESS_FROM, line.from.map(|day| day.to_string()).unwrap_or_default());
        typed.set(key::ADDRESS_WITH, line.with.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" "));
    }
    Ok(draw(&portal, &parent, &details, Typed { submission: new_submission(), typed, ..Typed::default() }))
}

/// A form as it was typed.
#[derive(Default)]
struct Typed {
    submission: String,
    typed: Answers,
    problems: Vec<Said>,
    refused: Option<&'static str>,
}

fn draw(portal: &Portal, parent: &Parent, details: &Details, form: Typed) -> Response {
    let words = portal.words();
    let page = ChangePage {
        offer: details.offer(),
        children: details.children.iter().map(|child| (child.pupil.clone(), child.called.clone())).collect(),
        typed: form.typed,
        submission: form.submission,
        seen: details.seen(),
        problems: form.problems,
        refused: form.refused,
        csrf: parent.device.csrf.clone(),
    };
    render::parent(portal, parent, words.details.form_title, || pages::form(words, page))
}

/// What stands in the form's inputs. Where an address has to be kept secret none is taken from here on, not even to show it
/// again.
fn read(details: &Details, fields: &Fields) -> Answers {
    let mut typed = Answers::default();
    let secret = fields.says_yes(Field::Secret.word());
    for (name, several) in details.offer().inputs() {
        let address = [Field::Address.word(), key::ADDRESS_FROM, key::ADDRESS_WITH].contains(&name.as_str());
        if !(secret && address) {
            typed.set(&name, if several { fields.all(&name).join(" ") } else { fields.one(&name) });
        }
    }
    typed
}

/// `POST /details/change`: shows what was changed, or sends it.
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "ask_details")?;
    let details = find(&portal, &parent).await?;
    if let Some(why) = cannot_sign(&portal, &parent) {
        return Ok((StatusCode::FORBIDDEN, refuse(&portal, &parent, why)).into_response());
    }
    let w = &portal.words().details;
    let typed = read(&details, &fields);
    let submission = SubmissionId::parse(&fields.one("submission"));
    let form = Typed {
        submission: submission.as_ref().map_or_else(new_submission, ToString::to_string),
        typed,
        ..Typed::default()
    };
    let then = fields.one("then");
    if then == "again" {
        return Ok(draw(&portal, &parent, &details, form));
    }
    let wanted = match check(&details.offer(), &form.typed, portal.today()) {
        Ok(wanted) => wanted,
        Err(problems) => {
            let said = |problem: Problem| (problem.at, (w.wrong)(problem.field, problem.wrong));
            let problems = problems.into_iter().map(said).collect();
            let page = draw(&portal, &parent, &details, Typed { problems, ..form });
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let fresh = parent.is_fresh(portal.now());
    if then != "send" || !fresh {
        let stale = then == "send" && !fresh;
        let page = look(&portal, &parent, (&details, &wanted), &fields, (&form, stale));
        return Ok(if stale { (StatusCode::FORBIDDEN, page).into_response() } else { page });
    }
    let new = NewDetails {
        guardian: parent.guardian.clone(),
        submission: submission.ok_or(Failure::BadRequest)?,
        digest: digest(&form.typed),
        seen: fields.one("seen"),
        wanted,
        year: SchoolYear::of(portal.today()).0,
        at: portal.now(),
        today: portal.today(),
    };
    let mail = mail(&portal, &new.wanted);
    let refused = match portal.school.ask_details(new, mail).await? {
        DetailsAsked::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            return Ok(Redirect::to(&paths::details_sent(&reference)).into_response());
        }
        DetailsAsked::Again(reference) => return Ok(Redirect::to(&paths::details_sent(&reference)).into_response()),
        DetailsAsked::NotAllowed => return Err(Failure::NotFound),
        DetailsAsked::Changed => w.changed,
        DetailsAsked::Differs => w.differs,
    };
    let details = find(&portal, &parent).await?;
    let form = Typed { submission: new_submission(), refused: Some(refused), ..form };
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, &details, form)).into_response())
}

/// The mail to the address that the school holds: that something was asked for, and nothing of what but that it is the
/// address itself.
fn mail(portal: &Portal, wanted: &[Wanted]) -> impl FnOnce(&Reference) -> NewMail + Send + 'static {
    let words = &portal.words().details;
    let text = if wanted.iter().any(|one| one.of.field == Field::Email) { words.mail_email } else { words.mail_asked };
    let (school, phone) = (portal.policy.school_name.clone(), portal.office_phone());
    let link = portal.address(paths::DETAILS);
    move |reference| {
        let (subject, body) = text(&school, &reference.to_string(), &link, &phone);
        NewMail { to: None, kind: "details", subject, body }
    }
}

/// Of everything typed: a retry and a second thought can be told apart.
fn digest(typed: &Answers) -> String {
    let mut digest = Sha256::new();
    for (name, value) in typed.iter() {
        digest.update(format!("{name}\0{value}\0"));
    }
    digest.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was changed, before it is sent.
fn look(
    portal: &Portal,
    parent: &Parent,
    (details, wanted): (&Details, &[Wanted]),
    fields: &Fields,
    (form, stale): (&Typed, bool),
) -> Response {
    let words = portal.words();
    let w = &words.details;
    let lines = wanted.iter().map(|one| {
        let becomes = value(words, &one.of, one.value.as_deref()).unwrap_or_else(|| w.taken_away.to_owned());
        let becomes = match one.from {
            None => becomes,
            Some(from) => {
                let with = details.children.iter().filter(|child| one.with.contains(&child.pupil));
                let names: Vec<&str> = with.map(|child| child.called.as_str()).collect();
                let names = if names.is_empty() { w.with_nobody.to_owned() } else { (words.common.list)(&names) };
                format!("{becomes}\n{}", (w.from_with)(&(words.common.full_date)(from), &names))
            }
        };
        let was = value(words, &one.of, one.held.as_deref()).unwrap_or_else(|| w.nothing.to_owned());
        (what(details, &one.of, w.field), was, becomes)
    });
    let asks = |field: Field| wanted.iter().any(|one| one.of.field == field && one.value.as_deref() != Some("no"));
    let notes = [
        asks(Field::Secret).then(|| (w.check_secret)(&portal.office_phone())),
        asks(Field::CourtOrder).then(|| w.check_order.to_owned()),
        asks(Field::Email).then(|| w.check_email.to_owned()),
    ];
    let several = |name: &str| [Field::Needs.word(), key::ADDRESS_WITH].contains(&name);
    let mut sent = vec![("submission".to_owned(), form.submission.clone()), ("seen".to_owned(), fields.one("seen"))];
    for (name, value) in form.typed.iter() {
        if several(name) {
            sent.extend(value.split(' ').map(|one| (name.to_owned(), one.to_owned())));
        } else {
            sent.push((name.to_owned(), value.to_owned()));
        }
    }
    let page = CheckPage {
        lines: lines.collect(),
        notes: notes.into_iter().flatten().collect(),
        stale,
        fields: sent,
        csrf: parent.device.csrf.clone(),
    };
    render::parent(portal, parent, w.check_title, || pages::check(words, page))
}
