//! The day's codes for the MIS: ticked off line by line, or taken along as a file.

use app::{
    paths,
    rules::{code::Code, id::PupilId, london},
    staff::keying::{self as pages, KeyLine, KeyingPage},
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};

use super::board::OnDay;
use crate::{
    routes::sheet,
    store::ToKey,
    web::{
        Failure, Portal, PostedList, render,
        session::{CodeAbsence, May},
    },
};

/// `GET /staff/board/list`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(on): Query<OnDay>,
) -> Result<Response, Failure> {
    let day = on.day(&portal)?;
    let lines = portal.school.to_key(day).await?;
    may.staff.note(&portal, "codes", &day.to_string()).await?;
    let words = portal.words();
    let page = KeyingPage {
        day,
        lines: lines.into_iter().map(|line| key_line(&portal, line)).collect(),
        hide_words: may.staff.session.hide_words,
        csrf: may.staff.csrf.clone(),
    };
    Ok(render::staff(&portal, &may.staff, words.keying.title, "board", || pages::page(words, page)))
}

fn key_line(portal: &Portal, line: ToKey) -> KeyLine {
    KeyLine {
        seen: line.seen(),
        name: [line.surname.as_str(), line.forename.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        pupil: line.pupil_id,
        class: line.class,
        codes: (line.am, line.pm),
        keyed: line.keyed.map(|(by, at)| {
            let local = london::local(at);
            (by, (portal.words().common.date_at)(local.date(), &london::clock(local.time())))
        }),
        changed_since: line.changed_since,
    }
}

/// `POST /staff/board/list`: what is ticked on the page is keyed in, what is not is not.
pub(in crate::routes) async fn tick(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(on): Query<OnDay>,
    PostedList(fields): PostedList,
) -> Result<Response, Failure> {
    let day = on.day(&portal)?;
    let line = |text: &String| {
        let (pupil, codes) = text.split_once('|')?;
        Some((PupilId::parse(pupil)?, codes.to_owned()))
    };
    let read = |name: &str| -> Result<Vec<_>, Failure> {
        fields.all(name).iter().map(line).collect::<Option<_>>().ok_or(Failure::BadRequest)
    };
    let (ticked, had) = (read("line")?, read("had")?);
    // Only what this page showed as ticked can have been unticked on it.
    let still = |pupil: &PupilId| ticked.iter().any(|(other, _)| other == pupil);
    let taken_back = had.into_iter().map(|(pupil, _)| pupil).filter(|pupil| !still(pupil)).collect();
    portal.school.tick_off(day, ticked, taken_back, &may.staff.session.staff_id, portal.now()).await?;
    Ok(Redirect::to(&paths::keying(day)).into_response())
}

/// `GET /staff/board/list.csv`
pub(in crate::routes) async fn csv(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(on): Query<OnDay>,
) -> Result<Response, Failure> {
    let day = on.day(&portal)?;
    if !may.staff.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::staff_prove(&paths::keying_csv(day))).into_response());
    }
    let lines = portal.school.to_key(day).await?;
    may.staff.note(&portal, "codes_file", &day.to_string()).await?;
    let letters = |code: Option<Code>| code.map(Code::letters).unwrap_or_default().to_owned();
    let record = |line: ToKey| {
        let keyed = if line.keyed.is_some() { "yes" } else { "" };
        let day = day.to_string();
        let codes = [letters(line.am), letters(line.pm), keyed.to_owned()];
        [day, line.upn, line.mis_id, line.surname, line.forename, line.class].into_iter().chain(codes).collect()
    };
    let heads = ["Date", "UPN", "Admission number", "Surname", "Forename", "Class", "AM", "PM", "Keyed in"];
    let records = std::iter::once(heads.map(str::to_owned).into()).chain(lines.into_iter().map(record));
    Ok(sheet::download(&format!("codes-{day}.csv"), records))
}
