//! What was agreed, for the MIS: ticked off line by line, or taken along as a file.

use app::{
    paths,
    rules::{details::is_late, london},
    staff::details::keying::{self as pages, KeyLine, KeyingPage},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    routes::{details_said::value, parent::written, sheet},
    store::DetailsToKey,
    web::{
        Failure, Portal, PostedList, render,
        session::{KeepDetails, May},
    },
};

/// `GET /staff/details/list`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<KeepDetails>) -> Result<Response, Failure> {
    let lines = portal.school.details_to_key().await?;
    may.staff.note(&portal, "details_list", "").await?;
    let words = portal.words();
    let mut shown = Vec::new();
    for line in lines {
        shown.push(key_line(&portal, line).await?);
    }
    let page = KeyingPage { lines: shown, csrf: may.staff.csrf.clone() };
    Ok(render::staff(&portal, &may.staff, words.details_staff.list_title, "", || pages::page(words, page)))
}

async fn key_line(portal: &Portal, line: DetailsToKey) -> Result<KeyLine, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let w = &words.details_staff;
    let of = &line.line.of;
    let since = london::today(line.line.state_at);
    let number = line.mis_id.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
    Ok(KeyLine {
        name: line.name(),
        reference: line.line.reference.clone(),
        who: format!("{}{number}", line.guardian),
        child: line.child.as_ref().map(|(name, class, _)| format!("{name}, {class}")),
        what: (w.field)(of.field),
        now: value(words, of, line.now.as_deref()).unwrap_or_else(|| w.nothing.to_owned()),
        moved: line.has_moved(),
        wanted: value(words, of, line.line.wanted.as_deref()).unwrap_or_else(|| w.taken_away.to_owned()),
        besides: besides(portal, &line).await?,
        agreed: written(portal, line.decided_at.unwrap_or(line.line.state_at), today),
        late: is_late(line.line.state, since, today).then(|| (today - since).num_days()),
        keyed: line.keyed.map(|(by, at)| (by, written(portal, at, today))),
    })
}

/// From when an address counts, and who lives there.
async fn besides(portal: &Portal, line: &DetailsToKey) -> Result<Option<String>, Failure> {
    let words = portal.words();
    let Some(from) = line.line.from else { return Ok(None) };
    let mut names = Vec::new();
    for pupil in &line.line.with {
        names.extend(portal.school.roll_child(pupil).await?.map(|child| child.full_name));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let w = &words.details_staff;
    let names = if names.is_empty() { w.with_nobody.to_owned() } else { (words.common.list)(&names) };
    Ok(Some((w.from_with)(&(words.common.full_date)(from), &names)))
}

/// `POST /staff/details/list`: what is ticked on the page is keyed in, what is not is not.
pub(in crate::routes) async fn tick(
    State(portal): State<Portal>,
    may: May<KeepDetails>,
    PostedList(fields): PostedList,
) -> Result<Response, Failure> {
    let (ticked, had) = (fields.all("line"), fields.all("had"));
    // Only what this page showed as ticked can have been unticked on it.
    let taken_back = had.into_iter().filter(|name| !ticked.contains(name)).collect();
    let by = &may.staff.session.staff_id;
    portal.school.key_details(ticked, taken_back, by, portal.now()).await?.ok_or(Failure::NotAllowed)?;
    Ok(Redirect::to(paths::DETAILS_LIST).into_response())
}

/// `GET /staff/details/list.csv`
pub(in crate::routes) async fn csv(State(portal): State<Portal>, may: May<KeepDetails>) -> Result<Response, Failure> {
    if !may.staff.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::staff_prove(paths::DETAILS_LIST_CSV)).into_response());
    }
    let lines = portal.school.details_to_key().await?;
    may.staff.note(&portal, "details_file", "").await?;
    let words = portal.words();
    let heads = [
        "Contact number",
        "Contact",
        "Pupil number",
        "Pupil",
        "Class",
        "What",
        "In the MIS",
        "New",
        "From and with whom",
        "Keyed in",
    ];
    let mut records = vec![heads.map(str::to_owned).to_vec()];
    for line in lines {
        let of = &line.line.of;
        let one_line = |text: Option<&str>| value(words, of, text).unwrap_or_default().replace('\n', ", ");
        let (child, class, number) = line.child.clone().unwrap_or_default();
        records.push(vec![
            line.mis_id.clone().unwrap_or_default(),
            line.guardian.clone(),
            number,
            child,
            class,
            (words.details_staff.field)(of.field).to_owned(),
            one_line(line.now.as_deref()),
            one_line(line.line.wanted.as_deref()),
            besides(&portal, &line).await?.unwrap_or_default(),
            if line.keyed.is_some() { "yes" } else { "" }.to_owned(),
        ]);
    }
    Ok(sheet::download(&format!("details-{}.csv", portal.today()), records))
}
