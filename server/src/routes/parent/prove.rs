//! A fresh code before an act that binds: a phone that stays signed in for 90 days may be in a child's hand.

use std::sync::LazyLock;

use app::{
    parent::prove::{self as pages, Cannot},
    paths,
    rules::id::SignInId,
};
use axum::{
    extract::{Query, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use rand::Rng;
use serde::Deserialize;

use super::sign_in::{ASKS, ASKS_MINUTES, ask_key, typed_code};
use crate::{
    routes::{Audience, table},
    store::{NewMail, ProofAsked, Prover},
    web::{Failure, Portal, Posted, render, session::Parent},
};

/// Where to go afterwards, and which asking the code answers.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Onward {
    to: Option<String>,
    sign_in: Option<String>,
}

impl Onward {
    /// A page of the parents', whatever was asked for.
    fn path(&self) -> &str {
        self.to.as_deref().filter(|to| is_a_parents_page(to)).unwrap_or(paths::HOME)
    }
}

/// Whether this is a page that the table has for parents, but for this one.
fn is_a_parents_page(to: &str) -> bool {
    static PAGES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let ours = |route: &crate::routes::Route| {
            route.method == Method::GET && route.audience == Audience::Parent && route.path != paths::PROVE
        };
        table().iter().filter(|route| ours(route)).map(|route| route.path).collect()
    });
    let plain = to.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_?=.&".contains(&b));
    let path = to.split('?').next().unwrap_or_default();
    let fits = |pattern: &&str| {
        let (mut there, mut here) = (pattern.split('/'), path.split('/'));
        there.by_ref().zip(here.by_ref()).all(|(part, said)| part == said || part.starts_with('{') && !said.is_empty())
            && pattern.split('/').count() == path.split('/').count()
    };
    plain && PAGES.iter().any(fits)
}

/// `GET /prove`: the button; with an asking the field.
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    parent: Parent,
    Query(onward): Query<Onward>,
) -> Response {
    if let Some(why) = cannot(&parent) {
        return refuse(&portal, &parent, why);
    }
    match onward.sign_in.as_deref().and_then(SignInId::parse) {
        Some(sign_in) => field(&portal, &parent, (onward.path(), &sign_in), None),
        None => button(&portal, &parent, onward.path(), None),
    }
}

/// `POST /prove`: sends a code, or takes the one that was typed.
pub(in crate::routes) async fn given(
    State(portal): State<Portal>,
    parent: Parent,
    Query(onward): Query<Onward>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    if let Some(why) = cannot(&parent) {
        return Ok((StatusCode::FORBIDDEN, refuse(&portal, &parent, why)).into_response());
    }
    let asking = fields.one("sign_in");
    if asking.is_empty() {
        return send(&portal, &parent, onward.path()).await;
    }
    let sign_in = SignInId::parse(&asking).ok_or(Failure::BadRequest)?;
    let hash = code_hash(&portal, &parent, &sign_in, &typed_code(&fields));
    if portal.school.prove_device(prover(&parent), &sign_in, hash, portal.now()).await? {
        return Ok(Redirect::to(onward.path()).into_response());
    }
    let wrong = portal.words().sign_in.wrong_code;
    let page = field(&portal, &parent, (onward.path(), &sign_in), Some(wrong));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Sends a code to the address that the device was signed in with.
async fn send(portal: &Portal, parent: &Parent, to: &str) -> Result<Response, Failure> {
    let (words, phone, now) = (portal.words(), portal.office_phone(), portal.now());
    let many = || {
        let page = button(portal, parent, to, Some((words.prove.too_many)(&phone)));
        (StatusCode::TOO_MANY_REQUESTS, page).into_response()
    };
    let key = ask_key(&parent.device.signed_in.email);
    if !portal.school.within_limit(&key, ASKS, ASKS_MINUTES, now).await? {
        return Ok(many());
    }
    let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
    let sign_in = SignInId::from_bytes(rand::random());
    let hash = code_hash(portal, parent, &sign_in, &code);
    let (subject, body) = (words.mail.prove)(&portal.policy.school_name, &code, &phone);
    let mail = NewMail { to: None, kind: "sign-in", subject, body };
    match portal.school.ask_proof(prover(parent), &sign_in, hash, mail, now).await? {
        ProofAsked::Sent => {
            portal.mail_waits.notify_one();
            Ok(Redirect::to(&paths::prove_with(to, &sign_in)).into_response())
        }
        ProofAsked::TooMany => Ok(many()),
        // The address has come to be somebody else's too since the request began.
        ProofAsked::No => Ok((StatusCode::FORBIDDEN, refuse(portal, parent, Cannot::Shared)).into_response()),
    }
}

fn prover(parent: &Parent) -> Prover {
    Prover { token_hash: parent.device.token_hash.clone(), guardian: parent.guardian.clone() }
}

/// The keyed hash under which the code is kept: good on this device, for this guardian, and for nothing else, signing
/// in least of all.
fn code_hash(portal: &Portal, parent: &Parent, sign_in: &SignInId, code: &str) -> String {
    let device = &parent.device.signed_in.device_id;
    portal.keys.hide("prove code", &format!("{sign_in} {device} {} {code}", parent.guardian))
}

/// Why nothing can be signed from this device, as a parent reads it, if nothing can.
pub(super) fn cannot_sign(portal: &Portal, parent: &Parent) -> Option<String> {
    let w = &portal.words().prove;
    cannot(parent).map(|why| match why {
        Cannot::Shared => (w.shared)(&portal.office_phone()),
        Cannot::Paper => (w.paper)(&portal.office_phone()),
    })
}

/// Why no code can be sent, if none can.
fn cannot(parent: &Parent) -> Option<Cannot> {
    let signed_in = &parent.device.signed_in;
    match (signed_in.shared, signed_in.email.is_empty()) {
        (true, _) => Some(Cannot::Shared),
        (false, true) => Some(Cannot::Paper),
        (false, false) => None,
    }
}

fn button(portal: &Portal, parent: &Parent, to: &str, problem: Option<String>) -> Response {
    let words = portal.words();
    render::parent(portal, parent, words.prove.title, || pages::ask(words, &parent.device.csrf, to, problem))
}

fn field(portal: &Portal, parent: &Parent, asking: (&str, &SignInId), problem: Option<&'static str>) -> Response {
    let (words, phone) = (portal.words(), portal.office_phone());
    render::parent(portal, parent, words.sign_in.sent_title, || {
        pages::code(words, &parent.device.csrf, asking, &phone, problem)
    })
}

fn refuse(portal: &Portal, parent: &Parent, why: Cannot) -> Response {
    let (words, phone) = (portal.words(), portal.office_phone());
    render::parent(portal, parent, words.prove.cannot_title, || pages::cannot(words, why, &phone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_parents_pages() {
        let path = |to: &str| Onward { to: Some(to.to_owned()), sign_in: None }.path().to_owned();
        for ours in ["/", "/devices", "/children/abc/attendance?year=2026", "/receipts/CDFHJKM3/change", "/?a=1&b=2"] {
            assert_eq!(path(ours), ours);
        }
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "//devices",
            "/\\evil",
            "/devices@evil.example",
            "/devices/",
            "/devices/abc/revoke",
            "/no/such/page",
            "/children//attendance",
            "/devices\r\nx: y",
            "/staff",
            "/staff/board",
            "/sign-in",
            "/demo/mail",
            "/assets/x",
            "/api/v1/marks",
            "/prove",
            "/prove?to=/devices",
            "devices",
            "",
        ] {
            assert_eq!(path(elsewhere), paths::HOME, "{elsewhere}");
        }
    }
}
