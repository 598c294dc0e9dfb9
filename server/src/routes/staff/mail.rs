//! Mail that could not be delivered.

use app::{
    rules::london,
    staff::mail::{self, Late},
};
use axum::{extract::State, response::Response};
use chrono::{DateTime, Utc};

use crate::web::{
    Failure, Portal, render,
    session::{May, SeeMail},
};

/// `GET /staff/mail`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<SeeMail>) -> Result<Response, Failure> {
    let late = portal
        .school
        .undelivered_mail()
        .await?
        .into_iter()
        .map(|message| Late {
            written: written(&portal, message.made_at),
            to: message.to_address,
            kind: message.kind,
            tries: message.tries,
            given_up: message.given_up_at.is_some(),
            error: message.last_error,
        })
        .collect();
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.staff.mail_title, "", || mail::page(words, late)))
}

/// The written time in London: "8.04"; with its date if that is not today.
pub(super) fn written(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    let time = london::clock(local.time());
    if local.date() == portal.today() { time } else { (portal.words().common.date_at)(local.date(), &time) }
}
