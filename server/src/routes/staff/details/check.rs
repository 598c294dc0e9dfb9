//! Who has looked at their details this school year.

use app::{
    paths,
    rules::{details::FEWEST_TO_RING, london, school_year::SchoolYear},
    staff::details::check::{self as pages, CheckPage, ChildLine, Looked},
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    routes::sheet,
    store::DetailsLooked,
    web::{
        Failure, Portal, render,
        session::{KeepDetails, May},
    },
};

/// Which class.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfClass {
    class: Option<String>,
}

/// `GET /staff/details/check`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDetails>,
    Query(of): Query<OfClass>,
) -> Result<Response, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let year = SchoolYear::of(today);
    let classes: Vec<(String, String)> =
        portal.school.classes().await?.into_iter().map(|class| (class.class_id, class.name)).collect();
    let class = match of.class {
        Some(class) if classes.iter().any(|(id, _)| *id == class) => Some(class),
        Some(_) => return Err(Failure::NotFound),
        None => classes.first().map(|(id, _)| id.clone()),
    };
    let shown = match class {
        Some(class) => {
            let found = portal.school.details_of_class(&class, year.0, today).await?;
            Some((class, children(&portal, found)))
        }
        None => None,
    };
    let from = portal.policy.check_from.in_year(year, &portal.policy.calendar);
    let page = CheckPage { year: year.to_string(), from: (words.common.full_date)(from), classes, shown };
    Ok(render::staff(&portal, &may.staff, words.details_staff.check_title, "", || pages::page(words, page)))
}

fn children(portal: &Portal, found: Vec<DetailsLooked>) -> Vec<ChildLine> {
    let mut lines: Vec<(app::rules::id::PupilId, ChildLine)> = Vec::new();
    for one in found {
        let looked = looked(portal, &one);
        if lines.last().is_none_or(|(pupil, _)| *pupil != one.pupil) {
            let line = ChildLine { name: one.child, adults: Vec::new(), to_ring: 0, few: false };
            lines.push((one.pupil, line));
        }
        if let Some((_, line)) = lines.last_mut() {
            line.adults.push((one.guardian, one.is_asked.then_some(looked)));
            line.to_ring += usize::from(one.can_be_rung);
            line.few = line.to_ring < FEWEST_TO_RING;
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn looked(portal: &Portal, one: &DetailsLooked) -> Looked {
    let date = |at| (portal.words().common.full_date)(london::today(at));
    match one.looked {
        Some((at, true)) => Looked::Right(date(at)),
        Some((at, false)) => Looked::Asked(date(at)),
        None => Looked::NotYet,
    }
}

/// `GET /staff/details/check.csv`: every class.
pub(in crate::routes) async fn csv(State(portal): State<Portal>, may: May<KeepDetails>) -> Result<Response, Failure> {
    if !may.staff.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::staff_prove(paths::DETAILS_CHECK_CSV)).into_response());
    }
    may.staff.note(&portal, "details_check_file", "").await?;
    let today = portal.today();
    let year = SchoolYear::of(today);
    let heads = ["Class", "Child", "Adult", "Asked here", "Looked", "All right", "Has a number to ring"];
    let mut records = vec![heads.map(str::to_owned).to_vec()];
    let yes = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    for class in portal.school.classes().await? {
        for one in portal.school.details_of_class(&class.class_id, year.0, today).await? {
            let looked = one.looked.filter(|_| one.is_asked);
            records.push(vec![
                class.name.clone(),
                one.child.clone(),
                one.guardian.clone(),
                yes(one.is_asked),
                looked.map(|(at, _)| london::today(at).to_string()).unwrap_or_default(),
                looked.map(|(_, right)| yes(right)).unwrap_or_default(),
                yes(one.can_be_rung),
            ]);
        }
    }
    Ok(sheet::download(&format!("details-checked-{today}.csv"), records))
}
