//! Who has declared what: the whole school, by class, as a file for governors; and each version as it was published.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        declaration::{Answer, Standing},
        small_groups::hidden,
    },
    staff::{
        policy::{self as pages, ChildRow, Counts, PolicyPage, TalkRow},
        policy_version::{self, VersionPage},
    },
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    prose,
    routes::{
        parent::{policy::find, written},
        sheet,
    },
    store::{DeclaringChild, journal::Actor},
    web::{
        Failure, Portal, render,
        session::{KeepDeclarations, May},
    },
};

/// Which class's children.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfClass {
    pub(super) class: Option<String>,
}

/// How a child's declaration stands.
pub(super) fn standing(child: &DeclaringChild) -> Standing {
    Standing::of(child.guardians.iter().map(|one| one.said.as_ref().map(|(answer, ..)| *answer)))
}

/// Each class with its counts, in the school's order: id, name, counts.
fn classes(children: &[DeclaringChild]) -> Vec<(String, String, Counts)> {
    let mut classes: Vec<(String, String, Counts)> = Vec::new();
    for child in children {
        if classes.last().is_none_or(|(id, ..)| *id != child.class_id) {
            classes.push((child.class_id.clone(), child.class.clone(), Counts::default()));
        }
        if let Some((.., counts)) = classes.last_mut() {
            *counts = counts.and(standing(child));
        }
    }
    classes
}

/// `GET /staff/policy`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Query(of): Query<OfClass>,
) -> Result<Response, Failure> {
    let today = portal.today();
    let words = portal.words();
    let version = portal.school.policy_version().await?;
    let number = version.as_ref().map_or(0, |found| found.version);
    let children = portal.school.declaring(number, today).await?;
    let chosen = of.class.as_deref().and_then(|id| {
        let of: Vec<&DeclaringChild> = children.iter().filter(|child| child.class_id == id).collect();
        let class = of.first()?.class.clone();
        let row = |child: &&DeclaringChild| ChildRow {
            pupil: child.pupil.clone(),
            name: child.listed.clone(),
            guardians: child
                .guardians
                .iter()
                .map(|one| {
                    let said = one.said.as_ref().map(|(answer, _, at, _)| (*answer, written(&portal, *at, today)));
                    (one.name.clone(), said)
                })
                .collect(),
        };
        Some((id.to_owned(), class, of.iter().map(row).collect()))
    });
    let talks = portal.school.declaration_talks(number).await?;
    let page = PolicyPage {
        version: version.map(|found| (found.version, found.text.adopted)),
        whole: children.iter().fold(Counts::default(), |counts, child| counts.and(standing(child))),
        classes: classes(&children),
        chosen,
        talks: talks
            .into_iter()
            .map(|talk| TalkRow {
                children: talk.children.join("; "),
                at: written(&portal, talk.at, today),
                pupil: talk.pupil,
                from: talk.from,
                answer: talk.answer,
                earlier: Some(talk.version).filter(|of| *of != number),
                waits: talk.waits,
            })
            .collect(),
        versions: portal
            .school
            .policy_versions()
            .await?
            .into_iter()
            .map(|one| (one.version, one.adopted, written(&portal, one.published_at, today), one.name))
            .collect(),
        may_publish: may_do(&may.staff.session.roles, Act::PublishPolicy),
    };
    Ok(render::staff(&portal, &may.staff, words.declaration_staff.title, "", || pages::page(words, page)))
}

/// `GET /staff/policy/declarations.csv`: by class, no child's name; classes too small are hidden, and so that nobody works
/// them out from the whole.
pub(in crate::routes) async fn csv(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
) -> Result<Response, Failure> {
    let now = portal.now();
    if !may.staff.is_fresh(now) {
        return Ok(Redirect::to(&paths::staff_prove(paths::DECLARATIONS_CSV)).into_response());
    }
    let w = &portal.words().declaration_staff;
    let number = portal.school.policy_number().await?;
    let children = portal.school.declaring(number, portal.today()).await?;
    let classes = classes(&children);
    let sizes: Vec<usize> = classes.iter().map(|(.., counts)| counts.children).collect();
    let hide = hidden(&sizes, portal.policy.small_group);
    let line = |name: &str, counts: Counts| {
        let counts = [counts.children, counts.all, counts.some, counts.none, counts.nobody];
        std::iter::once(name.to_owned()).chain(counts.map(|count| count.to_string())).collect::<Vec<_>>()
    };
    let whole = children.iter().fold(Counts::default(), |counts, child| counts.and(standing(child)));
    let mut records = vec![w.csv_heads.map(str::to_owned).to_vec(), line(w.whole, whole)];
    for ((_, name, counts), hide) in classes.iter().zip(hide) {
        records.push(if hide { vec![name.clone(), w.small.to_owned()] } else { line(name, *counts) });
        let heads = w.csv_heads.len();
        if let Some(last) = records.last_mut() {
            last.resize(heads, String::new());
        }
    }
    let actor = Actor::Staff(may.staff.session.staff_id.to_string());
    portal.school.note_export(actor, "export_declarations", number.to_string(), children.len(), now).await?;
    Ok(sheet::download(&format!("declarations-version-{number}.csv"), records))
}

/// `GET /staff/policy/versions/{version}`
pub(in crate::routes) async fn version(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(version): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &version).await?;
    let words = portal.words();
    let w = &words.declaration_staff;
    let altered = portal.school.policy_faults(&found).await?;
    if !altered.is_empty() {
        tracing::error!(version = found.version, parts = altered.join(" "), "a published policy has been altered");
    }
    let children = portal.school.declaring(found.version, portal.today()).await?;
    let count = |answer: Answer| {
        let said = children.iter().flat_map(|child| &child.guardians).filter_map(|one| one.said.as_ref());
        said.filter(|(one, ..)| *one == answer).count()
    };
    let published = written(&portal, found.published_at, portal.today());
    let page = VersionPage {
        version: found.version,
        adopted: found.text.adopted,
        renewal: found.text.renewal,
        listed: (w.listed)(found.version, found.text.adopted, &published, found.by.as_deref()),
        statement: found.statement,
        summary: prose::read(&found.text.summary),
        changes: prose::read(&found.text.changes),
        text: prose::read(&found.text.text),
        title: found.text.title,
        manifest: found.manifest,
        sha256: found.sha256,
        altered,
        answers: (count(Answer::Signed), count(Answer::Talk), count(Answer::No)),
    };
    Ok(render::staff(&portal, &may.staff, w.title, "", || policy_version::page(words, page)))
}
