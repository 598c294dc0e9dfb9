//! Who decides leave for the headteacher, and between which days.

use app::{
    paths,
    rules::{
        designate::{self, Problem, Term},
        id::StaffId,
        iso,
    },
    staff::designates::{self as pages, DesignatesPage, Shown, Typed},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use crate::{
    store::{Named, NewDesignate},
    web::{
        Failure, Portal, Posted, render,
        session::{May, NameDesignate, Staff},
    },
};

/// `GET /staff/designates`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<NameDesignate>,
) -> Result<Response, Failure> {
    draw(&portal, &may.staff, Typed::default(), Vec::new()).await
}

/// `POST /staff/designates`: lets somebody decide leave between two days.
pub(in crate::routes) async fn name(
    State(portal): State<Portal>,
    may: May<NameDesignate>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (staff, today, now) = (&may.staff, portal.today(), portal.now());
    // The page offers its form only soon after a code: little is typed in vain.
    if !staff.is_fresh(now) {
        return Ok(Redirect::to(&paths::staff_prove(paths::DESIGNATES)).into_response());
    }
    let typed = Typed { who: fields.one("who"), first: fields.one("first"), last: fields.one("last") };
    let (who, term) = match read(&portal, &typed, today) {
        Ok(read) => read,
        Err(problems) => return refuse(&portal, staff, typed, problems).await,
    };
    let w = &portal.words().designates;
    let new = NewDesignate { staff: who, term, by: staff.session.staff_id.clone() };
    let problem = match portal.school.name_designate(new, today, now).await? {
        Named::Done(_) => return Ok(Redirect::to(paths::DESIGNATES).into_response()),
        Named::NotAllowed => return Err(Failure::NotAllowed),
        Named::Nobody => ("who".to_owned(), w.nobody.to_owned()),
        Named::Until(last) => ("first".to_owned(), (w.until)(&(portal.words().common.full_date)(last))),
    };
    refuse(&portal, staff, typed, vec![problem]).await
}

/// `POST /staff/designates/{staff}/end`. Asks for no code: taking a right away is never to wait.
pub(in crate::routes) async fn end(
    State(portal): State<Portal>,
    may: May<NameDesignate>,
    Path(staff): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let staff = StaffId::parse(&staff).ok_or(Failure::NotFound)?;
    let by = &may.staff.session.staff_id;
    // Where there is none to end, the list says so.
    portal.school.end_designate(&staff, by, portal.today(), portal.now()).await?;
    Ok(Redirect::to(paths::DESIGNATES).into_response())
}

/// Who, and on which days; or everything that is wrong.
fn read(portal: &Portal, typed: &Typed, today: NaiveDate) -> Result<(StaffId, Term), Vec<Said>> {
    let w = &portal.words().designates;
    let said = |problem: Problem| (pages::anchor(problem).to_owned(), (w.problem)(problem).to_owned());
    let who = StaffId::parse(&typed.who);
    let term = designate::check(iso::date(&typed.first), iso::date(&typed.last), today);
    let mut problems: Vec<Said> = who.is_none().then(|| ("who".to_owned(), w.no_who.to_owned())).into_iter().collect();
    match (who, term) {
        (Some(who), Ok(term)) => Ok((who, term)),
        (_, term) => {
            problems.extend(term.err().into_iter().flatten().map(said));
            Err(problems)
        }
    }
}

async fn refuse(portal: &Portal, staff: &Staff, typed: Typed, problems: Vec<Said>) -> Result<Response, Failure> {
    let page = draw(portal, staff, typed, problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn draw(portal: &Portal, staff: &Staff, typed: Typed, problems: Vec<Said>) -> Result<Response, Failure> {
    let all = portal.school.designates().await?.into_iter();
    let page = DesignatesPage {
        csrf: staff.csrf.clone(),
        today: portal.today(),
        all: all
            .map(|one| Shown { staff: one.staff, name: one.name, term: one.term, disabled: one.disabled })
            .collect(),
        people: portal.school.may_be_designates().await?,
        fresh: staff.is_fresh(portal.now()),
        typed,
        problems,
    };
    let words = portal.words();
    Ok(render::staff(portal, staff, words.designates.title, "", || pages::page(words, page)))
}
