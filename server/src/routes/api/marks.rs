//! `POST /api/v1/marks`: marks of the register as rows of JSON, by the same rules as a file's.

use app::{
    paths,
    rules::calendar::SessionDay,
    rules::text::tidy_line,
    words::{MarksWords, Words},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
};
use serde::Serialize;

use super::asked::{Cell, Given, read};
use crate::{
    import::{
        self, Marks,
        marks::plan::{Listed, Plan},
        said::hash,
        table::{Row, Table},
    },
    store::{Against, NewMarks, Progress, Reading, Way, journal::Actor},
    web::{
        Failure, Portal,
        bearer::{BringsMarks, Refusal},
    },
};

/// How many bytes a request may have.
const BYTES: usize = 8 << 20;
/// How many lines an answer lists of each kind.
const LISTED: usize = 500;
/// How many characters a cell may have.
const CELL: usize = 2_000;
/// The heads of the table that rows become.
const HEADS: [&str; 7] = ["UPN", "Admission number", "Date", "Session", "Mark", "Minutes late", "Comment"];

/// What came of it.
#[derive(Debug, Serialize)]
pub(in crate::routes) struct Came {
    dry_run: bool,
    added: usize,
    #[serde(flatten)]
    here: Here,
    without_mark: usize,
    set_aside: Lines,
    to_look_at: Lines,
}

/// What became of rows whose session has a mark here.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Here {
    /// They came in, and were journalled.
    CameIn { changed: usize, as_before: usize },
    /// Nothing came in: who could ask without a trace whether a mark is another would learn every one.
    NotTold { already_here: usize },
}

/// Lines of which something is said: never a child's name, for whoever holds the token has the numbers.
#[derive(Debug, Serialize)]
struct Lines {
    count: usize,
    rows: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    /// The first row it is said of, from 1.
    row: u64,
    /// Of how many rows.
    of: usize,
    /// Which session, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    why: String,
}

/// `POST /api/v1/marks`
pub(in crate::routes) async fn bring_in(
    State(portal): State<Portal>,
    BringsMarks(bearer): BringsMarks,
    request: Request,
) -> Result<Json<Came>, Refusal> {
    let account = bearer.token.as_str().to_owned();
    let often =
        |_| Refusal::new(StatusCode::TOO_MANY_REQUESTS, "That was often. Send more rows at once, and wait a minute.");
    portal.limits.act(&account, paths::API_MARKS).map_err(often)?;
    let _place = portal.limits.uploads.take(&account).await.map_err(|failure| match failure {
        Failure::TooOften => often(failure),
        _ => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Others are bringing files in. Send it again in a minute."),
    })?;
    let body = body(request).await?;
    let (asked, sha256, table) = tokio::task::spawn_blocking(move || {
        let asked = read(&body)?;
        let table = table(&asked.marks.kept)?;
        Ok::<_, Refusal>((asked, hash(&body), table))
    })
    .await
    .map_err(|_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Nothing was brought in. Send it again."))??;
    let words = portal.words();
    let unreadable = |why| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, (words.import.unreadable)(why));
    let marks = import::marks::read(&table, &import::Meanings::default()).map_err(unreadable)?;
    let (today, now) = (portal.today(), portal.now());
    let against = Against { calendar: &portal.policy.calendar, previous_school: asked.previous_school, today };
    let actor = Actor::Token(account);
    // Whatever is answered tells something of what is stored.
    let what = if asked.dry_run { "marks_dry_run" } else { "marks_request" };
    portal.school.note_reading(Reading { reader: actor.clone(), what, subject: days(&marks), at: now }).await?;
    if asked.dry_run {
        let plan = portal.school.plan_marks_unseen(marks, against).await?;
        return Ok(Json(came(words, &plan, true)));
    }
    let new = NewMarks { marks, sha256, way: Way::Api, name: Some(bearer.name), actor };
    let (plan, _) = portal.school.bring_in_marks(new, against, Progress::default(), now).await?;
    portal.changed();
    Ok(Json(came(words, &plan, false)))
}

/// Of which days marks were sent: "2026-11-20..2026-11-23".
fn days(marks: &Marks) -> String {
    let days = || marks.given.iter().map(|given| given.at.date);
    days().min().zip(days().max()).map(|(first, last)| format!("{first}..{last}")).unwrap_or_default()
}

/// The body, if it is JSON and no larger than it may be.
async fn body(request: Request) -> Result<Vec<u8>, Refusal> {
    if !is_json(request.headers()) {
        let said = "Send JSON, not compressed, as Content-Type: application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, said));
    }
    let read = axum::body::to_bytes(request.into_body(), BYTES).await;
    let large = |_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "That is more than 8 MB. Send fewer rows at once.");
    Ok(read.map_err(large)?.to_vec())
}

/// Whether a body is JSON as it is, not compressed.
fn is_json(headers: &HeaderMap) -> bool {
    let head = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = head(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") && !headers.contains_key(header::CONTENT_ENCODING)
}

/// The rows as the table that a file would have been.
fn table(given: &[Given]) -> Result<Table, Refusal> {
    let cell = |value: &Cell, row: usize| {
        let text = match value {
            Cell::Nothing => Some(String::new()),
            Cell::Text(text) => tidy_line(text, CELL).ok().map(Option::unwrap_or_default),
            Cell::Number(number) => Some(number.to_string()),
        };
        text.ok_or_else(|| {
            let said = format!("Row {row}: a value is longer than {CELL} characters.");
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, said)
        })
    };
    let heads = HEADS.iter().map(|head| (*head).to_owned()).collect();
    let mut rows = vec![Row { line: 0, cells: heads, broken: Vec::new() }];
    for (one, row) in given.iter().zip(1_usize..) {
        let values = [&one.upn, &one.number, &one.date, &one.session, &one.mark, &one.minutes_late, &one.comment];
        let cells = values.into_iter().map(|value| cell(value, row)).collect::<Result<_, _>>()?;
        rows.push(Row { line: u64::try_from(row).unwrap_or(u64::MAX), cells, broken: Vec::new() });
    }
    Ok(Table { delimiter: ',', rows })
}

fn came(words: &Words, plan: &Plan, dry_run: bool) -> Came {
    let (w, tally) = (&words.marks, plan.tally());
    let [added, changed, as_before] = tally.marks;
    Came {
        dry_run,
        added,
        here: if dry_run {
            Here::NotTold { already_here: changed + as_before }
        } else {
            Here::CameIn { changed, as_before }
        },
        without_mark: plan.blanks,
        set_aside: lines(w, &plan.aside, tally.aside, |fault| (w.fault)(*fault)),
        to_look_at: lines(w, &plan.cautions, tally.cautions, |caution| (w.caution)(*caution)),
    }
}

fn lines<S>(w: &MarksWords, listed: &[Listed<S>], count: usize, said: impl Fn(&S) -> String) -> Lines {
    let session = |at: SessionDay| (w.session)(at);
    let line = |one: &Listed<S>| Line {
        row: one.line,
        of: one.count,
        session: one.at.filter(|_| one.count == 1).map(session),
        why: said(&one.said),
    };
    Lines { count, rows: listed.iter().take(LISTED).map(line).collect() }
}
