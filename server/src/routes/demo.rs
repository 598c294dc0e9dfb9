//! The demo school's two extra pages: its mail and its second-factor codes.

use app::parent::demo as pages;
use axum::{extract::State, response::Response};

use crate::{
    demo,
    web::{Failure, Portal, render},
};

/// `GET /demo/mail`: the newest first.
pub(super) async fn mail(State(portal): State<Portal>) -> Result<Response, Failure> {
    let mut messages = crate::post::folder::read(&portal.mail_folder).await;
    messages.truncate(40);
    Ok(render::anonymous(&portal, "Demo mail", None, || pages::mail(messages)))
}

/// `GET /demo/codes`
pub(super) async fn codes(State(portal): State<Portal>) -> Result<Response, Failure> {
    let now = portal.now();
    let staff = portal.school.staff_list().await?;
    let mut codes = Vec::new();
    for person in staff {
        let account = portal.school.staff_account(&person.staff_id).await?;
        if let Some(secret) = account.and_then(|account| account.totp_secret) {
            let code = crate::second_factor::code_now(&secret, now).unwrap_or_default();
            codes.push((person.name, person.email, code));
        }
    }
    Ok(render::anonymous(&portal, "Demo codes", None, || pages::codes(demo::PASSWORD, codes)))
}
