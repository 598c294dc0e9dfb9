//! Giving a code again, in the middle of a session: before an export or an act that binds.

use app::{paths, staff::sign_in as pages};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::sign_in::{is_right, may_try};
use crate::web::{Failure, Portal, Posted, render, session::Staff};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Onward {
    to: Option<String>,
}

impl Onward {
    /// A path of the staff's, whatever was asked for.
    fn path(self) -> String {
        let ours = |to: &String| {
            to.strip_prefix(paths::STAFF).is_some_and(|rest| rest.starts_with('/'))
                && to.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_?=.".contains(&b))
        };
        self.to.filter(ours).unwrap_or_else(|| paths::STAFF.to_owned())
    }
}

/// `GET /staff/prove`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    staff: Staff,
    Query(onward): Query<Onward>,
) -> Response {
    draw(&portal, &staff, &onward.path(), None)
}

/// `POST /staff/prove`
pub(in crate::routes) async fn given(
    State(portal): State<Portal>,
    staff: Staff,
    Query(onward): Query<Onward>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (w, now, to) = (&portal.words().staff, portal.now(), onward.path());
    if !may_try(&portal, &staff, now).await? {
        return Ok((StatusCode::TOO_MANY_REQUESTS, draw(&portal, &staff, &to, Some(w.too_many))).into_response());
    }
    if !is_right(&portal, &staff.session.staff_id, &fields.one("code"), now).await? {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &staff, &to, Some(w.wrong_code))).into_response());
    }
    portal.school.staff_proved(&staff.token_hash, now).await?;
    Ok(Redirect::to(&to).into_response())
}

fn draw(portal: &Portal, staff: &Staff, to: &str, problem: Option<&'static str>) -> Response {
    let words = portal.words();
    render::staff(portal, staff, words.staff.prove_title, "", || pages::prove(words, &staff.csrf, problem, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_school() {
        let path = |to: &str| Onward { to: Some(to.to_owned()) }.path();
        assert_eq!(path("/staff/board/list.csv?day=2026-11-24"), "/staff/board/list.csv?day=2026-11-24");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/staff@evil.example",
            "/staffroom",
            "/\\evil",
            "/staff/\r\nx: y",
            "",
        ] {
            assert_eq!(path(elsewhere), paths::STAFF, "{elsewhere}");
        }
    }
}
