//! Signing in without a password: code and link by mail.

use app::{
    parent::sign_in as pages,
    paths,
    rules::{
        id::{DeviceId, GuardianId, SignInId},
        text::tidy_line,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use crate::{
    store::{Claim, DEVICE_DAYS, NewDevice, journal::token_hash},
    web::{
        Failure, Fields, Portal, Posted, client, cookies, render,
        session::{OnDevice, Visitor},
    },
};

/// How many askings one address and one code page get in [`ASKS_MINUTES`].
pub(super) const ASKS: i64 = 10;
/// Minutes over which askings are counted.
pub(super) const ASKS_MINUTES: i64 = 10;

/// `GET /sign-in`
pub(in crate::routes) async fn ask(State(portal): State<Portal>, visitor: Visitor) -> Response {
    let w = &portal.words().sign_in;
    let mut page = render::anonymous(&portal, w.title, None, || pages::ask(portal.words(), &visitor.csrf, "", None));
    visitor.remember(&mut page);
    page
}

/// `POST /sign-in`: the same page in the same time for every address.
pub(in crate::routes) async fn asked(
    State(portal): State<Portal>,
    visitor: Visitor,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let words = portal.words();
    let w = &words.sign_in;
    let typed = fields.one("email");
    let Some(email) = address(&typed) else {
        let page = render::anonymous(&portal, w.title, None, || {
            pages::ask(words, &visitor.csrf, &typed, Some(w.not_an_address))
        });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let now = portal.now();
    if !portal.school.within_limit(&ask_key(&email), ASKS, ASKS_MINUTES, now).await? {
        return Ok(too_many(&portal, &visitor, &typed));
    }
    let sign_in = SignInId::from_bytes(rand::random());
    portal.school.ask_sign_in(&sign_in, &email, now).await?;
    portal.mail_waits.notify_one();
    Ok(code_page(&portal, &visitor, sign_in.as_str(), None))
}

/// `POST /sign-in/code`
pub(in crate::routes) async fn code(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let sign_in = SignInId::parse(&fields.one("sign_in")).ok_or(Failure::BadRequest)?;
    let now = portal.now();
    let code_hash = code_hash(&portal, sign_in.as_str(), &typed_code(&fields));
    let claim = Claim::Code { sign_in: sign_in.clone(), code_hash };
    match portal.school.claim_sign_in(claim, now).await? {
        Some(email) => sign_in_device(&portal, &headers, &email, now).await,
        None => {
            let page = code_page(&portal, &visitor, sign_in.as_str(), Some(portal.words().sign_in.wrong_code));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `GET /sign-in/link/{token}`: a button. Looking uses nothing up.
pub(in crate::routes) async fn link(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let works = portal.school.link_works(&link_hash(&portal, &token), portal.now()).await?;
    Ok(if works { link_page(&portal, &visitor, &token) } else { dead_link(&portal) })
}

/// `POST /sign-in/link/{token}`: signs in the browser that presses.
pub(in crate::routes) async fn link_pressed(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let now = portal.now();
    let claim = Claim::Link { link_hash: link_hash(&portal, &token) };
    match portal.school.claim_sign_in(claim, now).await? {
        Some(email) => sign_in_device(&portal, &headers, &email, now).await,
        None => Ok(dead_link(&portal)),
    }
}

/// `GET /sign-in/who`
pub(in crate::routes) async fn who(State(portal): State<Portal>, device: OnDevice) -> Result<Response, Failure> {
    if device.signed_in.guardian.is_some() {
        return Ok(Redirect::to(paths::HOME).into_response());
    }
    let sharers = portal.school.sharers(&device.signed_in.email).await?;
    let names = sharers.into_iter().map(|sharer| (sharer.guardian_id, sharer.name)).collect();
    let words = portal.words();
    Ok(render::anonymous(&portal, words.sign_in.who_title, None, || pages::who(words, &device.csrf, names)))
}

/// `POST /sign-in/who`
pub(in crate::routes) async fn chosen(
    State(portal): State<Portal>,
    device: OnDevice,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let guardian = GuardianId::parse(&fields.one("guardian")).ok_or(Failure::NotFound)?;
    if portal.school.choose_guardian(&device.token_hash, &guardian, portal.now()).await? {
        Ok(Redirect::to(paths::HOME).into_response())
    } else {
        Err(Failure::NotFound)
    }
}

/// `POST /sign-out`
pub(in crate::routes) async fn sign_out(
    State(portal): State<Portal>,
    device: OnDevice,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let guardian = device.signed_in.guardian.map(|(id, _)| id);
    portal.school.revoke_device(guardian.as_ref(), &device.signed_in.device_id, portal.now()).await?;
    let mut response = Redirect::to(paths::SIGN_IN).into_response();
    cookies::clear(response.headers_mut(), cookies::DEVICE);
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// Signs in the browser that asks: always with a new secret, so that none can be planted before.
async fn sign_in_device(
    portal: &Portal,
    headers: &HeaderMap,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Response, Failure> {
    let sharers = portal.school.sharers(email).await?;
    let shared = sharers.len() > 1;
    if sharers.is_empty() || (shared && sharers.iter().any(|sharer| sharer.barred)) {
        return Ok(dead_link(portal));
    }
    let token = cookies::new_token();
    let label = device_label(portal, headers);
    let device = NewDevice {
        token_hash: token_hash(&token),
        device_id: DeviceId::from_bytes(rand::random()),
        email: email.to_owned(),
        guardian: sharers.into_iter().next().filter(|_| !shared).map(|sharer| sharer.guardian_id),
        shared,
        label,
    };
    portal.school.sign_in_device(device, now).await?;
    let mut response = Redirect::to(if shared { paths::SIGN_IN_WHO } else { paths::HOME }).into_response();
    cookies::set(response.headers_mut(), cookies::DEVICE, &token, DEVICE_DAYS * 24 * 3600);
    cookies::clear(response.headers_mut(), cookies::VISIT);
    Ok(response)
}

/// What to call the device, from what its browser says of itself.
pub(super) fn device_label(portal: &Portal, headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let words = &portal.words().devices;
    match client::device(agent) {
        (Some(browser), Some(system)) => (words.label)(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => words.unknown.to_owned(),
    }
}

/// What askings of an address are counted under.
pub(super) fn ask_key(email: &str) -> String {
    format!("ask {}", token_hash(email))
}

/// The figures of the code that was typed, whatever stands between them.
pub(super) fn typed_code(fields: &Fields) -> String {
    fields.one("code").chars().filter(char::is_ascii_digit).take(12).collect()
}

/// The keyed hash under which a code is kept.
pub(crate) fn code_hash(portal: &Portal, sign_in: &str, code: &str) -> String {
    portal.keys.hide("sign-in code", &format!("{sign_in} {code}"))
}

/// The keyed hash under which a link's token is kept.
pub(crate) fn link_hash(portal: &Portal, token: &str) -> String {
    portal.keys.hide("sign-in link", token)
}

/// The address, plain, if it can be one at all.
fn address(typed: &str) -> Option<String> {
    let email = tidy_line(typed, 254).ok().flatten()?.to_lowercase();
    let (name, host) = email.rsplit_once('@')?;
    let good = !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace) && !host.ends_with('.');
    good.then_some(email)
}

fn code_page(portal: &Portal, visitor: &Visitor, sign_in: &str, problem: Option<&'static str>) -> Response {
    let words = portal.words();
    let phone = portal.office_phone();
    let mut page = render::anonymous(portal, words.sign_in.sent_title, None, || {
        pages::code(words, &visitor.csrf, sign_in, &phone, problem)
    });
    visitor.remember(&mut page);
    page
}

fn link_page(portal: &Portal, visitor: &Visitor, token: &str) -> Response {
    let words = portal.words();
    let mut page =
        render::anonymous(portal, words.sign_in.link_title, None, || pages::link(words, &visitor.csrf, token));
    visitor.remember(&mut page);
    page
}

fn dead_link(portal: &Portal) -> Response {
    let words = portal.words();
    render::anonymous(portal, words.sign_in.link_dead_title, None, || pages::link_dead(words))
}

fn too_many(portal: &Portal, visitor: &Visitor, typed: &str) -> Response {
    let words = portal.words();
    let w = &words.sign_in;
    let page = render::anonymous(portal, w.title, None, || pages::ask(words, &visitor.csrf, typed, Some(w.too_many)));
    (StatusCode::TOO_MANY_REQUESTS, page).into_response()
}
