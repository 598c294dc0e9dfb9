//! Finding a child, and what waits about marks.

use app::{
    paths,
    staff::{
        children::{self as pages, Children, Waiting},
        enter_report::Found,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::find;
use crate::{
    routes::parent::written,
    store::OnRoll,
    web::{
        Failure, Portal, Posted, render,
        session::{May, ReadReports, Staff},
    },
};

/// How many children a search shows.
const MOST_FOUND: usize = 20;

/// `GET /staff/children`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ReadReports>) -> Result<Response, Failure> {
    draw(&portal, &may.staff, String::new(), None).await
}

/// `POST /staff/children`: by post, so that a child's name stands in no address.
pub(in crate::routes) async fn find(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let typed = fields.one("q");
    if typed.trim().is_empty() {
        return draw(&portal, &may.staff, typed, None).await;
    }
    let everybody = portal.school.everybody_on_roll(portal.today()).await?;
    let found = find::find(&everybody, &typed);
    if let [only] = found.as_slice() {
        return Ok(Redirect::to(&paths::child(&only.pupil_id)).into_response());
    }
    let line =
        |child: &OnRoll| Found { pupil: child.pupil_id.clone(), name: child.listed(), class: child.class.clone() };
    let found = found.into_iter().take(MOST_FOUND).map(line).collect();
    draw(&portal, &may.staff, typed, Some(found)).await
}

async fn draw(portal: &Portal, staff: &Staff, typed: String, found: Option<Vec<Found>>) -> Result<Response, Failure> {
    let waiting = portal.school.marks_wait_for_office().await?;
    let page = Children {
        typed,
        found,
        waiting: waiting
            .into_iter()
            .map(|one| Waiting {
                at: written(portal, one.sent_at, portal.today()),
                pupil: one.mark.pupil,
                date: one.mark.date,
                name: one.child,
                class: one.class,
            })
            .collect(),
        classes: portal.school.classes().await?.into_iter().map(|class| (class.class_id, class.name)).collect(),
        csrf: staff.csrf.clone(),
    };
    let words = portal.words();
    Ok(render::staff(portal, staff, words.figures.find_title, "", || pages::page(words, page)))
}
