//! Families' details, for the office.

pub(in crate::routes) mod check;
pub(in crate::routes) mod keying;
pub(in crate::routes) mod request;

use app::staff::details::{self as pages, ListPage, Row};
use axum::{extract::State, response::Response};

use crate::{
    routes::parent::written,
    web::{
        Failure, Portal, render,
        session::{KeepDetails, May},
    },
};

/// How many changes of details wait for the office, with those about which a family has written: for the morning.
pub(super) async fn waiting(portal: &Portal) -> Result<usize, Failure> {
    Ok(portal.school.details_waiting().await?.len())
}

/// `GET /staff/details`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<KeepDetails>) -> Result<Response, Failure> {
    let waiting = portal.school.details_waiting().await?;
    let to_key = portal.school.details_to_key().await?;
    let (waiting, written_since): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|listed| !listed.fields.is_empty());
    let row = |listed: crate::store::DetailsListed| Row {
        reference: listed.reference,
        guardian: listed.guardian,
        fields: listed.fields,
        since: written(&portal, listed.asked_at, portal.today()),
        unread: listed.unread,
        asked_back: listed.asked_back,
    };
    let page = ListPage {
        waiting: waiting.into_iter().map(row).collect(),
        written: written_since.into_iter().map(row).collect(),
        to_key: to_key.iter().filter(|line| line.keyed.is_none()).count(),
    };
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.details_staff.title, "", || pages::page(words, page)))
}
