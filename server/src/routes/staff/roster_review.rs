//! Who may do what for which child: giving access, setting bars, printing invitations.

use std::collections::{BTreeMap, HashMap, HashSet};

use app::{
    paths,
    rules::{
        access::{Access, Act, may},
        id::{GuardianId, InvitationId, PupilId},
        invitation::{DAYS, InvitationCode},
        london,
    },
    staff::{
        invitation::{self, Sheet},
        roster_review::{self as pages, Desk, Paper, Review, Tie, Why},
    },
    ui::errors::Said,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Duration, NaiveDate};
use serde::Deserialize;

use crate::{
    store::{Decision, LinkListed, NewInvitation, journal::Actor},
    web::{
        Failure, Fields, Portal, Posted, render,
        session::{KeepAddressSecret, May, ReviewAccess, SeeAccess, SetBar, Staff},
    },
};

/// How many who never signed in stand on the page; the classes have them all.
const SHOWN: usize = 60;

/// Which class to show.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Asked {
    class: Option<String>,
}

/// `GET /staff/roster/review`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<SeeAccess>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    draw(&portal, &may.staff, asked.class, Vec::new()).await
}

/// `POST /staff/roster/review/access`
pub(in crate::routes) async fn decide(
    State(portal): State<Portal>,
    may: May<ReviewAccess>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (guardian, pupil) = link(&fields)?;
    let access = match fields.one("access").as_str() {
        word @ ("full" | "view" | "none") => Access::parse(word),
        _ => return Err(Failure::BadRequest),
    };
    let (seen, by) = (fields.one("seen"), may.staff.session.staff_id.clone());
    let decision = Decision { guardian: guardian.clone(), pupil: pupil.clone(), access, seen, by };
    if portal.school.decide_access(decision, portal.now()).await? {
        return Ok(back(&fields));
    }
    let stale = (Tie::anchor(guardian.as_str(), pupil.as_str()), portal.words().review.stale.to_owned());
    refuse(&portal, &may.staff, &fields, stale, StatusCode::CONFLICT).await
}

/// `POST /staff/roster/review/bar`
pub(in crate::routes) async fn bar(
    State(portal): State<Portal>,
    may: May<SetBar>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (guardian, pupil) = link(&fields)?;
    let barred = match fields.one("barred").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::BadRequest),
    };
    // A bar is set at once; to lift one lets somebody in.
    if !barred && !may.staff.is_fresh(portal.now()) {
        return Ok(prove_first(&fields));
    }
    portal.school.set_bar(&guardian, &pupil, barred, actor(&may.staff), portal.now()).await?;
    Ok(back(&fields))
}

/// `POST /staff/roster/review/secret`
pub(in crate::routes) async fn keep_secret(
    State(portal): State<Portal>,
    may: May<KeepAddressSecret>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (guardian, _) = link(&fields)?;
    let secret = match fields.one("secret").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::BadRequest),
    };
    // It is kept at once; to lift it lets an address in again.
    if !secret && !may.staff.is_fresh(portal.now()) {
        return Ok(prove_first(&fields));
    }
    let by = &may.staff.session.staff_id;
    if portal.school.keep_address_secret(&guardian, secret, by, portal.now()).await? {
        Ok(back(&fields))
    } else {
        Err(Failure::NotFound)
    }
}

/// `POST /staff/roster/review/invite`: the sheet, shown this once.
pub(in crate::routes) async fn invite(
    State(portal): State<Portal>,
    may: May<ReviewAccess>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(may.staff.session.staff_id.as_str(), "invite_guardian")?;
    let (guardian, pupil) = link(&fields)?;
    // The sheet is a way in, for whoever holds it.
    if !may.staff.is_fresh(portal.now()) {
        return Ok(prove_first(&fields));
    }
    let words = portal.words();
    let (now, today) = (portal.now(), portal.today());
    let code = InvitationCode::from_bytes(rand::random());
    let new = NewInvitation {
        invitation: InvitationId::from_bytes(rand::random()),
        guardian: guardian.clone(),
        code_hash: code_hash(&portal, &code),
        by: may.staff.session.staff_id.clone(),
    };
    let links = portal.school.links(today).await?;
    let name = links.iter().find(|link| link.guardian_id == guardian).map(|link| link.name.clone());
    let (Some(name), true) = (name, portal.school.invite_guardian(new, now, today).await?) else {
        let nothing = (Tie::anchor(guardian.as_str(), pupil.as_str()), words.review.nothing_to_see.to_owned());
        return refuse(&portal, &may.staff, &fields, nothing, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let address = portal.address(paths::INVITATION);
    let sheet = Sheet {
        school: portal.policy.school_name.clone(),
        name,
        address: address.trim_start_matches("https://").trim_start_matches("http://").to_owned(),
        code: code.to_string(),
        until: (words.common.long_date)(london::local(now + Duration::days(DAYS)).date()),
    };
    let title = words.invitation.sheet_title;
    Ok(render::staff(&portal, &may.staff, title, "", || invitation::page(words, sheet)))
}

/// `POST /staff/roster/review/revoke`
pub(in crate::routes) async fn revoke(
    State(portal): State<Portal>,
    may: May<ReviewAccess>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (guardian, _) = link(&fields)?;
    portal.school.revoke_invitations(&guardian, actor(&may.staff), portal.now()).await?;
    Ok(back(&fields))
}

/// The keyed hash under which an invitation's code is kept.
pub(crate) fn code_hash(portal: &Portal, code: &InvitationCode) -> String {
    portal.keys.hide("invitation", code.as_str())
}

fn actor(staff: &Staff) -> Actor {
    Actor::Staff(staff.session.staff_id.to_string())
}

fn link(fields: &Fields) -> Result<(GuardianId, PupilId), Failure> {
    let guardian = GuardianId::parse(&fields.one("guardian")).ok_or(Failure::NotFound)?;
    Ok((guardian, PupilId::parse(&fields.one("pupil")).ok_or(Failure::NotFound)?))
}

/// The class a form came from. Only what can be a class's id leads anywhere.
fn class_of(fields: &Fields) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    Some(fields.one("class")).filter(|class| !class.is_empty() && class.len() <= 40 && class.chars().all(plain))
}

fn back(fields: &Fields) -> Response {
    Redirect::to(&page_of(fields)).into_response()
}

/// Asks for a code; then the page comes back, with the button to be pressed again.
fn prove_first(fields: &Fields) -> Response {
    Redirect::to(&paths::staff_prove(&page_of(fields))).into_response()
}

/// The page a form came from.
fn page_of(fields: &Fields) -> String {
    class_of(fields).map_or(paths::ROSTER_REVIEW.to_owned(), |class| paths::roster_review_class(&class))
}

async fn refuse(
    portal: &Portal,
    staff: &Staff,
    fields: &Fields,
    problem: Said,
    status: StatusCode,
) -> Result<Response, Failure> {
    let page = draw(portal, staff, class_of(fields), vec![problem]).await?;
    Ok((status, page).into_response())
}

async fn draw(portal: &Portal, staff: &Staff, class: Option<String>, problems: Vec<Said>) -> Result<Response, Failure> {
    let words = portal.words();
    let today = portal.today();
    let links = portal.school.links(today).await?;
    let papers = papers(portal).await?;
    let roles = &staff.session.roles;
    let may = pages::May {
        decide: may(roles, Act::ReviewAccess),
        bar: may(roles, Act::SetBar),
        secret: may(roles, Act::KeepAddressSecret),
    };
    let desk = Desk { may, class: class.clone(), csrf: staff.csrf.clone(), problems };
    let tie = |link: &LinkListed| shown(portal, link, &papers);
    if let Some(class) = class {
        let all: Vec<&LinkListed> = links.iter().filter(|link| link.class_id == class).collect();
        let name = all.first().ok_or(Failure::NotFound)?.class.clone();
        let all = all.into_iter().map(tie).collect();
        return Ok(render::staff(portal, staff, words.review.title, "", || pages::class(words, &desk, &name, all)));
    }
    let signed_in: HashSet<String> = portal.school.ever_signed_in().await?.into_iter().collect();
    let mut seen = HashSet::new();
    let never: Vec<&LinkListed> = links
        .iter()
        .filter(|link| link.link.may_read() && !signed_in.contains(link.guardian_id.as_str()))
        .filter(|link| seen.insert(link.guardian_id.clone()))
        .collect();
    let mut named = HashSet::new();
    let gone = |link: &&LinkListed| {
        link.missing_since.is_some() && (!link.child_missing || named.insert(link.pupil_id.clone()))
    };
    let review = Review {
        waiting: waiting(&links).into_iter().map(tie).collect(),
        barred: links.iter().filter(|link| link.link.barred).map(tie).collect(),
        alone: alone(&links, &papers).into_iter().chain(portal.school.children_alone(today).await?).collect(),
        shared: shared(&links),
        never: (never.iter().take(SHOWN).map(|link| tie(link)).collect(), never.len()),
        left: portal.school.links_left().await?.iter().map(tie).collect(),
        missing: links.iter().filter(gone).map(tie).collect(),
        secret: secret(&links).into_iter().map(tie).collect(),
        classes: classes(&links),
    };
    Ok(render::staff(portal, staff, words.review.title, "", || pages::page(words, &desk, review)))
}

/// Whose address is kept secret, each once.
fn secret(links: &[LinkListed]) -> Vec<&LinkListed> {
    let mut seen = HashSet::new();
    links.iter().filter(|link| link.address_secret && seen.insert(link.guardian_id.as_str())).collect()
}

/// How the invitations of each guardian stand.
async fn papers(portal: &Portal) -> Result<HashMap<String, Paper>, Failure> {
    let mut papers = HashMap::new();
    for one in portal.school.invited(portal.now()).await? {
        let day = london::local(one.expires_at).date();
        papers.insert(one.guardian, if one.used { Paper::Used } else { Paper::Waits(day_of(portal, day)) });
    }
    Ok(papers)
}

fn day_of(portal: &Portal, day: NaiveDate) -> String {
    (portal.words().common.day_date)(day)
}

/// Who waits, court orders first.
fn waiting(links: &[LinkListed]) -> Vec<&LinkListed> {
    let mut waiting: Vec<&LinkListed> = links.iter().filter(|link| !link.link.reviewed && !link.link.barred).collect();
    waiting.sort_by_key(|link| why(link) as usize);
    waiting
}

fn why(link: &LinkListed) -> Why {
    match link {
        _ if link.court_order => Why::CourtOrder,
        _ if !link.flags_said => Why::Silence,
        _ if !link.responsibility && !link.lives_with => Why::Neither,
        _ => Why::Other,
    }
}

fn shown(portal: &Portal, link: &LinkListed, papers: &HashMap<String, Paper>) -> Tie {
    Tie {
        guardian: link.guardian_id.clone(),
        name: link.name.clone(),
        email: link.email.clone(),
        address_secret: link.address_secret,
        pupil: link.pupil_id.clone(),
        child: link.child.clone(),
        class: link.class.clone(),
        relationship: link.relationship.clone(),
        access: link.link.reviewed.then_some(link.link.access),
        barred: link.link.barred,
        why: Some(why(link)).filter(|_| !link.link.reviewed),
        seen: link.seen(),
        missing: link.missing_since.map(|day| day_of(portal, day)),
        left: link.left.map(|(day, given)| ((portal.words().common.full_date)(day), given)),
        paper: papers.get(link.guardian_id.as_str()).cloned().unwrap_or(Paper::None),
    }
}

/// Children whom nobody can report who has a way in: an address without somebody barred behind it, or paper.
fn alone(links: &[LinkListed], papers: &HashMap<String, Paper>) -> Vec<(String, String)> {
    let barred: HashSet<&str> =
        links.iter().filter(|link| link.link.barred).filter_map(|link| link.email.as_deref()).collect();
    let mut readers: HashMap<&str, HashSet<&str>> = HashMap::new();
    for link in links {
        if let Some(email) = &link.email {
            readers.entry(email).or_default().insert(link.guardian_id.as_str());
        }
    }
    let way_in = |link: &LinkListed| {
        let shut = |email: &str| barred.contains(email) && readers.get(email).is_some_and(|readers| readers.len() > 1);
        papers.contains_key(link.guardian_id.as_str()) || link.email.as_deref().is_some_and(|email| !shut(email))
    };
    let mut children: Vec<(&PupilId, &LinkListed, bool)> = Vec::new();
    for link in links {
        let can = link.link.may_report() && way_in(link);
        match children.last_mut() {
            Some((pupil, _, found)) if **pupil == link.pupil_id => *found |= can,
            _ => children.push((&link.pupil_id, link, can)),
        }
    }
    let alone = children.into_iter().filter(|(_, _, can)| !can);
    alone.map(|(_, link, _)| (link.child.clone(), link.class.clone())).collect()
}

/// Addresses that several people read, and whether two of them have one name.
fn shared(links: &[LinkListed]) -> Vec<(String, Vec<String>, bool)> {
    let mut readers: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for link in links {
        if let Some(email) = &link.email {
            readers.entry(email).or_default().insert(link.guardian_id.as_str(), &link.name);
        }
    }
    let several = readers.into_iter().filter(|(_, readers)| readers.len() > 1);
    several
        .map(|(email, readers)| {
            let names: Vec<String> = readers.values().map(|name| (*name).to_owned()).collect();
            let different: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            let twice = different.len() < names.len();
            (email.to_owned(), names, twice)
        })
        .collect()
}

fn classes(links: &[LinkListed]) -> Vec<(String, String)> {
    let mut classes: Vec<(String, String)> = Vec::new();
    for link in links {
        if classes.last().is_none_or(|(id, _)| *id != link.class_id) {
            classes.push((link.class_id.clone(), link.class.clone()));
        }
    }
    classes
}
