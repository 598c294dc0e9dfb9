//! Writing the next version of the policy: saved as typed, looked at, published with a fresh code.

use app::{
    paths,
    rules::{
        declaration::{DraftProblem, PolicyDraft, check_draft, check_parts},
        evidence::{Kind, MOST_BYTES, Refusal},
        id::PolicyFileId,
    },
    staff::policy_draft::{self as pages, DraftPage},
    ui::errors::Said,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    prose,
    routes::{parent::written, uploading::said},
    store::{
        DraftFile, NewPolicyDraft, NewPolicyFile, NewPolicyVersion, PolicyDraftKept, PolicyDraftSaved, PolicyVersion,
        Published,
    },
    web::{
        Failure, Fields, Part, Portal, Posted, PostedFiles, render,
        session::{May, PublishPolicy},
    },
};

/// What is drawn beside what is kept.
#[derive(Default)]
struct Drawn {
    /// What was typed and is not kept, with the saving it was made from.
    typed: Option<(PolicyDraft, i64)>,
    problems: Vec<Said>,
    notice: Option<(String, bool)>,
    /// Whether to show what families would see.
    shows: bool,
}

/// `GET /staff/policy/draft`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<PublishPolicy>,
) -> Result<Response, Failure> {
    draw(&portal, &may, Drawn::default()).await
}

/// What stands in the form before anything is saved: the version that counts, to be changed.
fn of_version(version: Option<&PolicyVersion>) -> PolicyDraft {
    let Some(found) = version else { return PolicyDraft::default() };
    PolicyDraft {
        title: found.text.title.clone(),
        text: found.text.text.clone(),
        summary: found.text.summary.clone(),
        ..PolicyDraft::default()
    }
}

async fn draw(portal: &Portal, may: &May<PublishPolicy>, drawn: Drawn) -> Result<Response, Failure> {
    let words = portal.words();
    let kept = portal.school.policy_draft().await?;
    let version = portal.school.policy_version().await?;
    let after = version.as_ref().map_or(0, |found| found.version);
    let file = match kept.as_ref().and_then(|kept| kept.file.as_ref()) {
        Some(file) => portal.school.policy_file(file).await?.map(|file| file.name),
        None => None,
    };
    let saved = kept.as_ref().map(|kept| (written(portal, kept.saved_at, portal.today()), kept.by.clone()));
    let (draft, seen) = match (drawn.typed, kept) {
        (Some(typed), _) => typed,
        (None, Some(PolicyDraftKept { draft, saved, .. })) => (draft, saved),
        (None, None) => (of_version(version.as_ref()), 0),
    };
    let page = DraftPage {
        shown: drawn.shows.then(|| (prose::read(&draft.summary), prose::read(&draft.text))),
        draft,
        seen,
        after,
        saved,
        file,
        statement: portal.policy.statement.clone(),
        problems: drawn.problems,
        notice: drawn.notice,
        csrf: may.staff.csrf.clone(),
    };
    let title = words.declaration_staff.draft_title;
    Ok(render::staff(portal, &may.staff, title, "", || pages::page(words, page)))
}

fn typed(fields: &Fields) -> PolicyDraft {
    let text = |name: &str| fields.one(name).replace("\r\n", "\n");
    PolicyDraft {
        title: text("title"),
        text: text("body"),
        summary: text("summary"),
        changes: text("changes"),
        adopted: text("adopted"),
        renewal: text("renewal"),
    }
}

/// The fields with more headings or cells than a page can bear.
fn too_many(draft: &PolicyDraft) -> Vec<(&'static str, DraftProblem)> {
    [("summary", &draft.summary), ("changes", &draft.changes), ("body", &draft.text)]
        .into_iter()
        .filter_map(|(field, text)| Some((field, check_parts(&prose::read(text))?)))
        .collect()
}

/// `POST /staff/policy/draft`: saves what was typed, right or not; then shows it or publishes it.
pub(in crate::routes) async fn keep(
    State(portal): State<Portal>,
    may: May<PublishPolicy>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "policy_draft")?;
    let w = &portal.words().declaration_staff;
    let draft = typed(&fields);
    let (seen, after): (i64, i64) =
        (fields.one("seen").parse().unwrap_or(-1), fields.one("after").parse().unwrap_or(-1));
    let changed = |draft: PolicyDraft, seen: i64| {
        let notice = Some((w.changed.to_owned(), true));
        Drawn { typed: Some((draft, seen)), notice, ..Drawn::default() }
    };
    let publishes = fields.one("then") == "publish";
    let new = NewPolicyDraft {
        seen,
        after,
        draft: draft.clone(),
        file: DraftFile::Stays,
        by: staff.clone(),
        at: portal.now(),
    };
    let saved = match portal.school.save_policy_draft(new).await? {
        PolicyDraftSaved::Done(saved) => saved,
        PolicyDraftSaved::Changed => {
            let seen = portal.school.policy_draft().await?.map_or(0, |kept| kept.saved);
            return Ok((StatusCode::CONFLICT, draw(&portal, &may, changed(draft, seen)).await?).into_response());
        }
    };
    let told = |problems: Vec<(&'static str, DraftProblem)>| {
        let said = |(field, why): (&str, DraftProblem)| (field.to_owned(), (w.problem)(why));
        Drawn { problems: problems.into_iter().map(said).collect(), ..Drawn::default() }
    };
    // Neither looked at nor published: a page of it would be more than a browser, or this server, can bear.
    let many = too_many(&draft);
    if !many.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &may, told(many)).await?).into_response());
    }
    if !publishes {
        let notice = Some((w.kept.to_owned(), false));
        return draw(&portal, &may, Drawn { notice, shows: true, ..Drawn::default() }).await;
    }
    let text = match check_draft(&draft, (after == 0, portal.today())) {
        Ok(text) => text,
        Err(problems) => {
            let page = draw(&portal, &may, told(problems)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !may.staff.is_fresh(portal.now()) {
        // What was typed is saved: the way back leads to it.
        return Ok(Redirect::to(&paths::staff_prove(paths::POLICY_DRAFT)).into_response());
    }
    let file = portal.school.policy_draft().await?.and_then(|kept| kept.file);
    let new = NewPolicyVersion {
        after,
        saved: Some(saved),
        text,
        statement: portal.policy.statement.clone(),
        file,
        by: Some(staff.clone()),
        at: portal.now(),
    };
    match portal.school.publish_policy(new).await? {
        Published::Done(version) => {
            portal.changed();
            Ok(Redirect::to(&paths::staff_policy_version(version)).into_response())
        }
        Published::Changed => {
            let seen = portal.school.policy_draft().await?.map_or(0, |kept| kept.saved);
            Ok((StatusCode::CONFLICT, draw(&portal, &may, changed(draft, seen)).await?).into_response())
        }
    }
}

/// `POST /staff/policy/draft/file`: the PDF beside the text, or none any more.
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<PublishPolicy>,
    mut posted: PostedFiles,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "policy_file")?;
    let _place = portal.limits.uploads.take(staff.as_str()).await?;
    let words = portal.words();
    let w = &words.declaration_staff;
    let (mut seen, mut after, mut removes, mut handed) = (-1_i64, -1_i64, false, None);
    while let Some(part) = posted.next(MOST_BYTES).await? {
        match part {
            Part::Field(name, value) if name == "seen" => seen = value.parse().unwrap_or(-1),
            Part::Field(name, value) if name == "after" => after = value.parse().unwrap_or(-1),
            Part::Field(name, _) if name == "remove" => removes = true,
            // A browser sends a file without a name where nothing was chosen.
            Part::File { field, name, bytes } if field == "files" && !name.is_empty() => handed = Some((name, bytes)),
            _ => {}
        }
    }
    let refused = async |status: StatusCode, text: String| {
        let page = draw(&portal, &may, Drawn { notice: Some((text, true)), ..Drawn::default() }).await?;
        Ok::<_, Failure>((status, page).into_response())
    };
    let Some(kept) = portal.school.policy_draft().await? else {
        // The draft to which it was to be added has been published.
        return refused(StatusCode::CONFLICT, w.changed.to_owned()).await;
    };
    let file = match handed {
        _ if removes => DraftFile::Gone,
        None => return refused(StatusCode::UNPROCESSABLE_ENTITY, w.file_none.to_owned()).await,
        Some((name, bytes)) => {
            let looked = match bytes {
                None => Err(Refusal::TooLarge),
                Some(bytes) => portal.limits.bench.look_at(name.clone(), bytes).await.ok_or(Failure::Unavailable)?,
            };
            let clean = match looked {
                Ok(clean) if clean.kind == Kind::Pdf => clean,
                Ok(_) => return refused(StatusCode::UNPROCESSABLE_ENTITY, w.file_not_pdf.to_owned()).await,
                Err(why) => {
                    let large = why == Refusal::TooLarge;
                    let status = if large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
                    return refused(status, (words.evidence.refused)(&said(&name), why)).await;
                }
            };
            DraftFile::New(Box::new(NewPolicyFile {
                file: PolicyFileId::from_bytes(rand::random()),
                name: clean.name,
                kind: clean.kind,
                bytes: clean.bytes,
                sha256: clean.sha256,
                by: staff.clone(),
                at: portal.now(),
            }))
        }
    };
    let new = NewPolicyDraft { seen, after, draft: kept.draft, file, by: staff.clone(), at: portal.now() };
    match portal.school.save_policy_draft(new).await? {
        PolicyDraftSaved::Done(_) => Ok(Redirect::to(paths::POLICY_DRAFT).into_response()),
        PolicyDraftSaved::Changed => refused(StatusCode::CONFLICT, w.changed.to_owned()).await,
    }
}
