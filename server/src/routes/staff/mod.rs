//! The staff's handlers; the same file names as in `app`.

pub(super) mod board;
pub(super) mod calendar;
pub(super) mod calls;
pub(super) mod child;
pub(super) mod child_day;
pub(super) mod children;
pub(super) mod class;
pub(super) mod declaration;
pub(super) mod designates;
pub(super) mod details;
pub(super) mod enter_report;
pub(super) mod evidence;
pub(super) mod figures;
mod file_import;
mod find;
pub(super) mod forms;
pub(super) mod join;
pub(super) mod keying;
pub(super) mod leave;
pub(super) mod leaving;
pub(super) mod letters;
pub(super) mod mail;
pub(super) mod marks;
pub(super) mod morning;
pub(super) mod one_report;
pub(super) mod paste;
pub(super) mod people;
pub(super) mod policy;
pub(super) mod policy_draft;
pub(super) mod prove;
pub(super) mod reconciliation;
pub(super) mod register;
pub(super) mod reminders;
pub(super) mod retention;
pub(super) mod roster;
pub(super) mod roster_review;
pub(super) mod sign_in;
pub(super) mod slips;
mod talk;
pub(super) mod tokens;

use app::{
    paths,
    rules::access::{Act, may},
    staff::welcome,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::web::{Portal, render, session::Staff};

/// `GET /staff`: to the first room that somebody's roles open.
pub(super) async fn land(State(portal): State<Portal>, staff: Staff) -> Response {
    let rooms = [
        (Act::ReadReports, paths::BOARD),
        (Act::ReadLeave, paths::STAFF_LEAVE),
        (Act::ReadFigures, paths::FIGURES),
        (Act::ManageStaff, paths::PEOPLE),
        (Act::SeeMail, paths::STAFF_MAIL),
        (Act::SeeRetention, paths::RETENTION),
    ];
    match rooms.into_iter().find(|(act, _)| may(&staff.session.roles, *act)) {
        Some((_, path)) => Redirect::to(path).into_response(),
        None => {
            let title = portal.words().staff.nothing_here.0;
            render::staff(&portal, &staff, title, "", || welcome::page(portal.words(), &staff.session.name))
        }
    }
}
