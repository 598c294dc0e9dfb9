//! Staff sign in: address and password open a session half way, the second factor wholly.

use app::{
    paths,
    rules::{id::StaffId, text::tidy_line},
    staff::sign_in as pages,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use crate::{
    password::fits,
    second_factor::{self, Given},
    store::{HALF_OPEN_MINUTES, STAFF_HOURS, StaffAccount, StoreError, journal::token_hash},
    web::{
        Failure, Portal, Posted, cookies, render,
        session::{HalfSignedIn, Staff, Visitor},
    },
};

/// How many passwords one address gets in [`SPAN`] minutes.
const PASSWORDS: i64 = 10;
/// How many codes one half-open session gets.
const CODES_OF_SESSION: i64 = 5;
/// How many codes one account gets in [`SPAN`] minutes.
const CODES_OF_ACCOUNT: i64 = 10;
/// The same for a day: a stolen password shall not buy a thousand guesses.
const CODES_OF_DAY: i64 = 60;
/// Minutes over which tries are counted.
pub(super) const SPAN: i64 = 15;
pub(super) const DAY: i64 = 24 * 60;
/// Seconds for the second factor, as the store has it.
const HALF_OPEN: i64 = HALF_OPEN_MINUTES * 60;
/// Seconds of a working day, as the store has it.
const WHOLE: i64 = STAFF_HOURS * 3600;

/// `GET /staff/sign-in`
pub(in crate::routes) async fn ask(State(portal): State<Portal>, visitor: Visitor) -> Response {
    password_page(&portal, &visitor, "", None)
}

/// `POST /staff/sign-in`: text, status and time are the same whether there is such an account,
/// whether it has joined, and whether it is shut.
pub(in crate::routes) async fn password(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let w = &portal.words().staff;
    let typed = fields.one("email");
    let Some(email) = address(&typed) else {
        let page = password_page(&portal, &visitor, &typed, Some(w.no_email));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let now = portal.now();
    let account = token_hash(&email);
    portal.limits.act(&account, "staff password")?;
    if !portal.school.within_limit(&format!("staff password {account}"), PASSWORDS, SPAN, now).await? {
        let page = password_page(&portal, &visitor, &typed, Some(w.too_many));
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let found = portal.school.staff_by_email(&email).await?;
    let kept = found.as_ref().and_then(|account| account.password_hash.clone());
    let right = fits(&portal, fields.one("password"), kept).await?;
    match found.filter(|account| right && !account.disabled) {
        Some(account) => half_open(&portal, &headers, &account, now).await,
        None => {
            let page = password_page(&portal, &visitor, &typed, Some(w.wrong));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `GET /staff/second-factor`
pub(in crate::routes) async fn second_factor(
    State(portal): State<Portal>,
    HalfSignedIn(staff): HalfSignedIn,
) -> Response {
    code_page(&portal, &staff, None)
}

/// `POST /staff/second-factor`
pub(in crate::routes) async fn second_factor_given(
    State(portal): State<Portal>,
    HalfSignedIn(staff): HalfSignedIn,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let w = &portal.words().staff;
    let now = portal.now();
    let id = &staff.session.staff_id;
    if !may_try(&portal, &staff, now).await? {
        return Ok((StatusCode::TOO_MANY_REQUESTS, code_page(&portal, &staff, Some(w.too_many))).into_response());
    }
    if !is_right(&portal, id, &fields.one("code"), now).await? {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, code_page(&portal, &staff, Some(w.wrong_code))).into_response());
    }
    // Always under a new secret: the one from before the second factor is worth nothing.
    let token = cookies::new_token();
    if !portal.school.complete_staff_session(&staff.token_hash, &token_hash(&token), id, now).await? {
        return Err(Failure::SignIn(paths::STAFF_SIGN_IN));
    }
    let mut response = Redirect::to(paths::STAFF).into_response();
    cookies::set(response.headers_mut(), cookies::STAFF, &token, WHOLE);
    Ok(response)
}

/// `POST /staff/sign-out`
pub(in crate::routes) async fn sign_out(
    State(portal): State<Portal>,
    staff: Staff,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.school.end_staff_session(&staff.token_hash, portal.now()).await?;
    let mut response = Redirect::to(paths::STAFF_SIGN_IN).into_response();
    cookies::clear(response.headers_mut(), cookies::STAFF);
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// Whether this is the code of the moment, or a recovery code; either works once.
pub(super) async fn is_right(
    portal: &Portal,
    id: &StaffId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    match second_factor::given(typed) {
        Given::Code(code) => {
            let secret = portal.school.staff_account(id).await?.and_then(|account| account.totp_secret);
            match secret.and_then(|secret| second_factor::check(&secret, &code, now)) {
                Some(step) => portal.school.take_totp_step(id, step).await,
                None => Ok(false),
            }
        }
        Given::Recovery(code) => {
            portal.school.use_recovery_code(id, &second_factor::recovery_hash(&portal.keys, id, &code), now).await
        }
    }
}

/// Whether one more code may be tried: by this session, by this account, today.
async fn may_try(portal: &Portal, staff: &Staff, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let id = &staff.session.staff_id;
    let limits = [
        (format!("staff code session {}", staff.token_hash), CODES_OF_SESSION, DAY),
        (format!("staff code {id}"), CODES_OF_ACCOUNT, SPAN),
        (format!("staff code day {id}"), CODES_OF_DAY, DAY),
    ];
    for (key, most, minutes) in limits {
        if !portal.school.within_limit(&key, most, minutes, now).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Begins a session that opens the second factor's page only. Whoever was signed in here no
/// longer is.
async fn half_open(
    portal: &Portal,
    headers: &HeaderMap,
    account: &StaffAccount,
    now: DateTime<Utc>,
) -> Result<Response, Failure> {
    if let Some(old) = cookies::read(headers, cookies::STAFF) {
        portal.school.end_staff_session(&token_hash(old), now).await?;
    }
    let token = cookies::new_token();
    portal.school.begin_staff_session(&account.staff_id, &token_hash(&token), now).await?;
    let mut response = Redirect::to(paths::STAFF_SECOND_FACTOR).into_response();
    cookies::set(response.headers_mut(), cookies::STAFF, &token, HALF_OPEN);
    cookies::clear(response.headers_mut(), cookies::VISIT);
    Ok(response)
}

/// The address, plain, if it can be one at all.
pub(super) fn address(typed: &str) -> Option<String> {
    let email = tidy_line(typed, 254).ok().flatten()?.to_lowercase();
    let (name, host) = email.rsplit_once('@')?;
    let good = !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace) && !host.ends_with('.');
    good.then_some(email)
}

fn password_page(portal: &Portal, visitor: &Visitor, typed: &str, problem: Option<&'static str>) -> Response {
    let words = portal.words();
    let mut page =
        render::anonymous(portal, words.staff.title, None, || pages::password(words, &visitor.csrf, typed, problem));
    visitor.remember(&mut page);
    page
}

fn code_page(portal: &Portal, staff: &Staff, problem: Option<&'static str>) -> Response {
    let words = portal.words();
    render::anonymous(portal, words.staff.second_title, None, || pages::second_factor(words, &staff.csrf, problem))
}
