//! Giving a code again, in the middle of a session: before an export or an act that binds.

use app::{paths, rules::id::StaffId, staff::sign_in as pages};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::sign_in::{DAY, SPAN, is_right};
use crate::{
    store::StoreError,
    web::{Failure, Portal, Posted, render, session::Staff},
};

/// How many wrong codes one account gets in [`SPAN`] minutes. Right ones are work: a morning may ask for many.
const WRONG: i64 = 5;
/// The same for a day: a session left open shall not buy hundreds of guesses.
const WRONG_OF_DAY: i64 = 30;

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
    let id = &staff.session.staff_id;
    let tries = Tries::of(id);
    if let Some(limit) = tries.passed(&portal, now).await? {
        let problem = if limit == DAY { w.too_many_today } else { w.too_many };
        return Ok((StatusCode::TOO_MANY_REQUESTS, draw(&portal, &staff, &to, Some(problem))).into_response());
    }
    if !is_right(&portal, id, &fields.one("code"), now).await? {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &staff, &to, Some(w.wrong_code))).into_response());
    }
    tries.forgiven(&portal, now).await?;
    portal.school.staff_proved(&staff.token_hash, id, now).await?;
    Ok(Redirect::to(&to).into_response())
}

/// A code given with the form of an act that binds, where none was given lately: `None` if it is right, else with
/// which status it is refused and what is said.
pub(super) async fn again(
    portal: &Portal,
    staff: &Staff,
    code: &str,
) -> Result<Option<(StatusCode, &'static str)>, Failure> {
    let (w, now, id) = (&portal.words().staff, portal.now(), &staff.session.staff_id);
    let tries = Tries::of(id);
    if let Some(limit) = tries.passed(portal, now).await? {
        let said = if limit == DAY { w.too_many_today } else { w.too_many };
        return Ok(Some((StatusCode::TOO_MANY_REQUESTS, said)));
    }
    if !is_right(portal, id, code, now).await? {
        return Ok(Some((StatusCode::UNPROCESSABLE_ENTITY, w.wrong_code)));
    }
    tries.forgiven(portal, now).await?;
    portal.school.staff_proved(&staff.token_hash, id, now).await?;
    Ok(None)
}

/// What is counted: key, how many, over how many minutes. Apart from the codes of signing in, which
/// count whether right or wrong.
struct Tries([(String, i64, i64); 2]);

impl Tries {
    fn of(id: &StaffId) -> Self {
        Self([(format!("staff prove {id}"), WRONG, SPAN), (format!("staff prove day {id}"), WRONG_OF_DAY, DAY)])
    }

    /// Counts a try; the minutes of the limit that it passes, if it passes one.
    async fn passed(&self, portal: &Portal, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
        for (key, most, minutes) in &self.0 {
            if !portal.school.within_limit(key, *most, *minutes, now).await? {
                return Ok(Some(*minutes));
            }
        }
        Ok(None)
    }

    /// Takes the try back: it was right.
    async fn forgiven(&self, portal: &Portal, now: DateTime<Utc>) -> Result<(), StoreError> {
        for (key, _, minutes) in &self.0 {
            portal.school.forgive(key, *minutes, now).await?;
        }
        Ok(())
    }
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
