//! The members of staff: inviting, shutting, starting afresh.

use std::collections::HashMap;

use app::{
    paths,
    rules::{access::Role, id::StaffId, text::tidy_line},
    staff::people::{self as pages, Invitation, Person, Standing},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    join::{NAME_MOST, link_hash},
    sign_in::address,
};
use crate::{
    store::{NewMail, NewStaff, StaffListed, journal::Actor},
    web::{
        Failure, Portal, Posted, cookies, render,
        session::{ManageStaff, May, Staff},
    },
};

/// `GET /staff/people`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ManageStaff>) -> Result<Response, Failure> {
    draw(&portal, &may.staff, Invitation::default(), Vec::new()).await
}

/// `POST /staff/people`
pub(in crate::routes) async fn invite(
    State(portal): State<Portal>,
    may: May<ManageStaff>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let w = &portal.words().staff;
    portal.limits.act(may.staff.session.staff_id.as_str(), "invite_staff")?;
    let typed = Invitation {
        name: fields.one("name"),
        email: fields.one("email"),
        roles: fields
            .all("roles")
            .iter()
            .map(|word| Role::parse(word))
            .collect::<Option<_>>()
            .ok_or(Failure::BadRequest)?,
    };
    let mut problems = Vec::new();
    let mut wrong = |field: &str, said: &str| problems.push((field.to_owned(), said.to_owned()));
    let name = tidy_line(&typed.name, NAME_MOST).ok().flatten();
    if name.is_none() {
        wrong("name", w.no_their_name);
    }
    let email = address(&typed.email);
    if email.is_none() {
        wrong("email", w.no_their_email);
    }
    if typed.roles.is_empty() {
        wrong("roles", w.no_role);
    }
    let (Some(name), Some(email), true) = (name, email, problems.is_empty()) else {
        return refuse(&portal, &may.staff, typed, problems).await;
    };
    let token = cookies::new_token();
    let mut roles = typed.roles.clone();
    roles.sort_by_key(|role| role.word());
    roles.dedup();
    let new =
        NewStaff { staff_id: StaffId::from_bytes(rand::random()), name: name.clone(), email: email.clone(), roles };
    if !portal.school.invite_staff(new, link_hash(&portal, &token), actor(&may.staff), portal.now()).await? {
        return refuse(&portal, &may.staff, typed, vec![("email".to_owned(), w.taken.to_owned())]).await;
    }
    send_link(&portal, &name, &email, &token).await?;
    Ok(Redirect::to(paths::PEOPLE).into_response())
}

/// `POST /staff/people/{staff}/disable`: shuts an account or opens it again.
pub(in crate::routes) async fn disable(
    State(portal): State<Portal>,
    may: May<ManageStaff>,
    Path(staff): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let disabled = match fields.one("disabled").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::BadRequest),
    };
    let staff = find(&portal, &staff).await?.staff_id;
    if portal.school.disable_staff(&staff, disabled, actor(&may.staff), portal.now()).await? {
        return Ok(Redirect::to(paths::PEOPLE).into_response());
    }
    let last = (pages::disable_anchor(&staff), portal.words().staff.last_administrator.to_owned());
    refuse(&portal, &may.staff, Invitation::default(), vec![last]).await
}

/// `POST /staff/people/{staff}/reset`: a new one-time link, by mail. For somebody who has joined
/// password, second factor and sessions are gone at once.
pub(in crate::routes) async fn reset(
    State(portal): State<Portal>,
    may: May<ManageStaff>,
    Path(staff): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(may.staff.session.staff_id.as_str(), "reset_staff")?;
    let person = find(&portal, &staff).await?;
    if person.disabled {
        return Err(Failure::NotFound);
    }
    // Were the mail lost, nobody could let the last administrator in again.
    let others = portal.school.staff_list().await?;
    let keeps = |other: &StaffListed| {
        other.staff_id != person.staff_id
            && other.joined
            && !other.disabled
            && other.roles.contains(&Role::Administrator)
    };
    if !others.iter().any(keeps) {
        let last = (pages::reset_anchor(&person.staff_id), portal.words().staff.last_administrator.to_owned());
        return refuse(&portal, &may.staff, Invitation::default(), vec![last]).await;
    }
    let token = cookies::new_token();
    if !portal.school.reset_staff(&person.staff_id, link_hash(&portal, &token), actor(&may.staff), portal.now()).await?
    {
        return Err(Failure::NotFound);
    }
    send_link(&portal, &person.name, &person.email, &token).await?;
    Ok(Redirect::to(paths::PEOPLE).into_response())
}

async fn find(portal: &Portal, staff: &str) -> Result<StaffListed, Failure> {
    let staff = StaffId::parse(staff).ok_or(Failure::NotFound)?;
    portal.school.staff_list().await?.into_iter().find(|person| person.staff_id == staff).ok_or(Failure::NotFound)
}

fn actor(staff: &Staff) -> Actor {
    Actor::Staff(staff.session.staff_id.to_string())
}

async fn send_link(portal: &Portal, name: &str, email: &str, token: &str) -> Result<(), Failure> {
    let link = portal.address(&paths::staff_join(token));
    let (subject, body) = (portal.words().mail.invitation)(&portal.policy.school_name, name, &link);
    let mail = NewMail { to: Some(email.to_owned()), kind: "invitation", subject, body };
    portal.school.post_mail(mail, portal.now()).await?;
    portal.mail_waits.notify_one();
    Ok(())
}

async fn refuse(portal: &Portal, staff: &Staff, typed: Invitation, problems: Vec<Said>) -> Result<Response, Failure> {
    let page = draw(portal, staff, typed, problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn draw(portal: &Portal, staff: &Staff, typed: Invitation, problems: Vec<Said>) -> Result<Response, Failure> {
    let people = portal.school.staff_list().await?;
    let mut roles = HashMap::new();
    for person in &people {
        roles.insert(person.staff_id.clone(), portal.school.roles(&person.staff_id, portal.today()).await?);
    }
    let people = people
        .into_iter()
        .map(|person| Person {
            standing: match (person.disabled, person.joined) {
                (true, _) => Standing::Shut,
                (false, true) => Standing::Active,
                (false, false) => Standing::Invited,
            },
            yourself: person.staff_id == staff.session.staff_id,
            name: person.name,
            email: person.email,
            // What they are today: a designate is one between two dates.
            roles: roles.remove(&person.staff_id).unwrap_or_default(),
            staff: person.staff_id,
        })
        .collect();
    let words = portal.words();
    Ok(render::staff(portal, staff, words.staff.people, "", || {
        pages::page(words, &staff.csrf, people, typed, problems)
    }))
}
