//! How long what is kept is kept: see it, and decide it.

use app::{
    paths,
    rules::{
        access::{Act, may},
        retention::{self, Retention},
        school_year::SchoolYear,
    },
    staff::retention::{self as pages, Change, RetentionPage},
    ui::errors::Said,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::file_import::{actor, written};
use crate::{
    retention::decided,
    web::{
        Failure, Portal, Posted, render,
        session::{KeepRetention, May, SeeRetention, Staff},
    },
};

/// `GET /staff/retention`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<SeeRetention>) -> Result<Response, Failure> {
    let says = decided(&portal).await?;
    let typed = says.numbers().map(|number| number.value.to_string());
    draw(&portal, &may.staff, says, typed, Vec::new()).await
}

/// `POST /staff/retention`
pub(in crate::routes) async fn keep(
    State(portal): State<Portal>,
    may: May<KeepRetention>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    // What is erased does not come back.
    if !staff.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::staff_prove(paths::RETENTION)).into_response());
    }
    let says = decided(&portal).await?;
    let mut problems: Vec<Said> = Vec::new();
    let typed = says.numbers().map(|number| fields.one(number.key));
    let mut wanted = says.numbers();
    for (number, typed) in wanted.iter_mut().zip(&typed) {
        // Nothing that is typed is zero; what is no number is as much out of bounds.
        number.value = typed.trim().parse().unwrap_or(0);
        if !number.fits() {
            let why = (portal.words().retention.wrong)(number.least, number.most);
            problems.push((number.key.to_owned(), why));
        }
    }
    if !problems.is_empty() {
        let page = draw(&portal, staff, says, typed, problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let wanted = Retention::of(wanted.map(|number| number.value));
    portal.school.keep_retention(says, wanted, actor(staff), portal.now()).await?;
    Ok(Redirect::to(paths::RETENTION).into_response())
}

async fn draw(
    portal: &Portal,
    staff: &Staff,
    says: Retention,
    typed: [String; 6],
    problems: Vec<Said>,
) -> Result<Response, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let since = *SchoolYear::of(today).days().start();
    let found = portal.school.retention(says.before(today), since).await?;
    let late = retention::late(found.last.as_ref().map(|round| round.day).or(found.begun), today);
    let change = may(&staff.session.roles, Act::KeepRetention).then(|| Change {
        csrf: staff.csrf.clone(),
        fresh: staff.is_fresh(portal.now()),
        typed,
        problems,
    });
    let page = RetentionPage {
        says,
        last: found.last.and_then(|round| Some((written(portal, round.ended_at?), round.erased.values().sum()))),
        late,
        since: (words.common.full_date)(since),
        erased: found.erased,
        due: found.due,
        change,
    };
    Ok(render::staff(portal, staff, words.retention.title, "", || pages::page(words, page)))
}
