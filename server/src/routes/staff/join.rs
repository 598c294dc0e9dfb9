//! Joining with a one-time link. The first administrator's is printed at the first start.

use app::{
    paths,
    rules::{access::Role, id::StaffId, text::tidy_line},
    staff::join::{self as pages, Joining, Qr},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use subtle::ConstantTimeEq;

use super::sign_in::address;
use crate::{
    password::{Weak, make, weakness},
    second_factor::{self, Given},
    store::{NewStaff, StaffAccount, StoreError, journal::Actor},
    web::{Failure, Fields, Portal, Posted, cookies, render, session::Visitor},
};

/// The longest name.
pub(super) const NAME_MOST: usize = 120;

/// `GET /staff/join/{token}`: looking uses nothing up, since a mail scanner looks too.
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    match portal.school.invitation(&link_hash(&portal, &token), portal.now()).await? {
        Some(account) => {
            let form = Form { token, secret: second_factor::new_secret(), asks_who: asks_who(&account), account };
            Ok(form.draw(&portal, &visitor, Vec::new()))
        }
        None => Ok(dead(&portal)),
    }
}

/// `POST /staff/join/{token}`
pub(in crate::routes) async fn join(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let now = portal.now();
    let hash = link_hash(&portal, &token);
    let Some(invited) = portal.school.invitation(&hash, now).await? else { return Ok(dead(&portal)) };
    portal.limits.act(&hash, "join_staff")?;
    let secret = fields.one("secret");
    let sealed = seal(&portal, &token, &secret).as_bytes().ct_eq(fields.one("seal").as_bytes());
    if !bool::from(sealed) {
        return Err(Failure::StaleForm);
    }
    let words = &portal.words().staff;
    let (account, mut problems) = answers(&portal, &invited, &fields).await?;
    let code = match second_factor::given(&fields.one("code")) {
        Given::Code(code) => second_factor::check(&secret, &code, now),
        Given::Recovery(_) => None,
    };
    if code.is_none() {
        problems.push(("code".to_owned(), words.wrong_code.to_owned()));
    }
    let form = Form { token, secret, asks_who: asks_who(&invited), account };
    let Some(step) = code.filter(|_| problems.is_empty()) else { return Ok(form.refuse(&portal, &visitor, problems)) };
    let password_hash = make(&portal, fields.one("password")).await?;
    // The code that proves the app works does not open a session too.
    if !portal.school.take_totp_step(&form.account.staff_id, step).await? {
        return Ok(form.refuse(&portal, &visitor, vec![("code".to_owned(), words.wrong_code.to_owned())]));
    }
    let codes = second_factor::new_recovery_codes();
    let hashes =
        codes.iter().map(|code| second_factor::recovery_hash(&portal.keys, &form.account.staff_id, code)).collect();
    let account = StaffAccount { password_hash: Some(password_hash), totp_secret: Some(form.secret), ..form.account };
    if !portal.school.join_staff(&hash, account, hashes, now).await? {
        return Ok(dead(&portal));
    }
    Ok(render::anonymous(&portal, words.recovery_title, None, || pages::recovery(portal.words(), codes)))
}

/// The one-time link to print where nobody works yet: for an administrator without name and
/// address, who gives both when joining. As long as nobody has joined each start makes a new one.
///
/// # Errors
/// What the store says.
pub async fn first_administrator(portal: &Portal) -> Result<Option<String>, StoreError> {
    let staff = portal.school.staff_list().await?;
    if staff.iter().any(|person| person.joined) {
        return Ok(None);
    }
    let (token, now, actor) = (cookies::new_token(), portal.now(), Actor::System("first_administrator"));
    let hash = link_hash(portal, &token);
    let made = match staff.iter().find(|person| person.email.is_empty()) {
        Some(waiting) => portal.school.reset_staff(&waiting.staff_id, hash, actor, now).await?,
        None if staff.is_empty() => {
            let new = NewStaff {
                staff_id: StaffId::from_bytes(rand::random()),
                name: String::new(),
                email: String::new(),
                roles: vec![Role::Administrator],
            };
            portal.school.invite_staff(new, hash, actor, now).await?
        }
        None => false,
    };
    Ok(made.then(|| portal.address(&paths::staff_join(&token))))
}

/// The keyed hash under which a one-time link's token is kept.
pub(super) fn link_hash(portal: &Portal, token: &str) -> String {
    portal.keys.hide("staff invitation", token)
}

/// Ties the second factor's secret to this link: the form carries it, nobody can choose it.
fn seal(portal: &Portal, token: &str, secret: &str) -> String {
    portal.keys.hide("join secret", &format!("{token} {secret}"))
}

/// The account with what was typed, and what is wrong with it.
async fn answers(
    portal: &Portal,
    invited: &StaffAccount,
    fields: &Fields,
) -> Result<(StaffAccount, Vec<Said>), Failure> {
    let w = &portal.words().staff;
    let mut account = invited.clone();
    let mut problems = Vec::new();
    let mut wrong = |field: &str, said: &str| problems.push((field.to_owned(), said.to_owned()));
    if asks_who(invited) {
        let (name, email) = (fields.one("name"), fields.one("email"));
        account.name = tidy_line(&name, NAME_MOST).ok().flatten().unwrap_or_else(|| {
            wrong("name", w.no_name);
            name
        });
        match address(&email) {
            Some(email) => {
                if portal.school.staff_by_email(&email).await?.is_some() {
                    wrong("email", w.taken);
                }
                account.email = email;
            }
            None => {
                wrong("email", w.no_email);
                account.email = email;
            }
        }
    }
    match weakness(&fields.one("password"), &portal.policy.school_name, &account.email) {
        Some(Weak::Short) => wrong("password", w.short_password),
        Some(Weak::Long) => wrong("password", w.long_password),
        Some(Weak::Common) => wrong("password", w.common_password),
        Some(Weak::Known) => wrong("password", w.known_password),
        None => {}
    }
    Ok((account, problems))
}

/// Only the first administrator is invited without an address.
fn asks_who(invited: &StaffAccount) -> bool {
    invited.email.is_empty()
}

/// The form, drawn and drawn again with the same secret.
struct Form {
    token: String,
    secret: String,
    asks_who: bool,
    account: StaffAccount,
}

impl Form {
    fn draw(&self, portal: &Portal, visitor: &Visitor, problems: Vec<Said>) -> Response {
        let words = portal.words();
        let school = &portal.policy.school_name;
        let issuer = format!("{} ({school})", words.common.product);
        // What is typed shall not change what was scanned.
        let account = if self.asks_who { Role::Administrator.word() } else { &self.account.email };
        let app_link = second_factor::address(&self.secret, &issuer, account).unwrap_or_default();
        let joining = Joining {
            token: self.token.clone(),
            school: school.clone(),
            name: self.account.name.clone(),
            email: self.account.email.clone(),
            asks_who: self.asks_who,
            secret: self.secret.clone(),
            seal: seal(portal, &self.token, &self.secret),
            qr: second_factor::qr(&app_link).map(|(side, path)| Qr { side, path }),
            app_link,
            csrf: visitor.csrf.clone(),
            problems,
        };
        let mut page = render::anonymous(portal, words.staff.join_title, None, || pages::page(words, joining));
        visitor.remember(&mut page);
        page
    }

    fn refuse(&self, portal: &Portal, visitor: &Visitor, problems: Vec<Said>) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, self.draw(portal, visitor, problems)).into_response()
    }
}

fn dead(portal: &Portal) -> Response {
    let words = portal.words();
    render::anonymous(portal, words.staff.join_dead.0, None, || pages::dead(words))
}
