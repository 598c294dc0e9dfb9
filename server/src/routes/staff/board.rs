//! The morning board.

use std::{collections::HashMap, convert::Infallible};

use app::{
    paths,
    rules::{
        absence::Details,
        access::{Act, may as may_do},
        calendar::SessionDay,
        code::Code,
        conversation::Standing,
        id::PupilId,
        iso, london,
        n_deadline::n_runs_out,
        pattern::{Away, hints},
        reference::Reference,
        register::session_of,
    },
    staff::board::{self, Board, BoardLeave, BoardLetter, BoardLine, BoardMorning, BoardSaid, LeaveLine, NotBackLine},
    wire::BoardTick,
};
use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use futures_util::StreamExt;
use serde::Deserialize;
use tokio_stream::wrappers::WatchStream;

use super::{
    morning::{classes, ringing},
    reconciliation::differences,
};
use crate::{
    store::{BoardRow, Coding, CodingOutcome, ForOffice},
    web::{
        Failure, Fields, Portal, Posted, render,
        session::{CodeAbsence, May, ReadReports, Staff},
    },
};

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OnDay {
    day: Option<String>,
}

impl OnDay {
    /// The day asked for; today where none is.
    pub(super) fn day(&self, portal: &Portal) -> Result<NaiveDate, Failure> {
        match &self.day {
            None => Ok(portal.today()),
            Some(text) => iso::date(text).ok_or(Failure::NotFound),
        }
    }
}

/// `GET /staff/board`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(on): Query<OnDay>,
) -> Result<Response, Failure> {
    let day = on.day(&portal)?;
    draw(&portal, &may.staff, day, None).await
}

/// `POST /staff/board/code`
pub(in crate::routes) async fn code(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let pupil = PupilId::parse(&fields.one("pupil")).ok_or(Failure::BadRequest)?;
    let day = day_of(&fields)?;
    let w = &portal.words().board;
    let letters = fields.one("code");
    let code = if letters.is_empty() { None } else { Code::parse(&letters) };
    if code.is_none() && !letters.is_empty() {
        let page = draw(&portal, &may.staff, day, Some(w.not_a_code.to_owned())).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let coding = Coding {
        pupil,
        day,
        code,
        seen: fields.one("seen"),
        staff: may.staff.session.staff_id.clone(),
        at: portal.now(),
    };
    let refused = match portal.school.code_absence(coding).await? {
        CodingOutcome::Kept | CodingOutcome::Already => {
            portal.changed();
            return Ok(Redirect::to(&back(&portal, day)).into_response());
        }
        CodingOutcome::ChangedMeanwhile => w.changed_meanwhile,
        CodingOutcome::NothingReported => w.nothing_reported,
    };
    let page = draw(&portal, &may.staff, day, Some(refused.to_owned())).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// `POST /staff/board/several`: codes the ticked children, each as proposed or all with one code.
/// What somebody else has changed meanwhile is left alone and counted.
pub(in crate::routes) async fn several(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let day = day_of(&fields)?;
    let w = &portal.words().board;
    let letters = if fields.one("use") == "other" { fields.one("other") } else { String::new() };
    let one_code = if letters.is_empty() { None } else { Some(Code::parse(&letters).ok_or(Failure::BadRequest)?) };
    // pupil|proposed|seen
    let row = |text: &String| {
        let mut parts = text.splitn(3, '|');
        let pupil = PupilId::parse(parts.next()?)?;
        let proposed = Code::parse(parts.next()?);
        Some((pupil, one_code.or(proposed), parts.next()?.to_owned()))
    };
    let ticked: Vec<_> = fields.all("row").iter().map(row).collect::<Option<_>>().ok_or(Failure::BadRequest)?;
    let (mut kept, mut left) = (0, 0);
    for (pupil, code, seen) in ticked {
        let coding = Coding { pupil, day, code, seen, staff: may.staff.session.staff_id.clone(), at: portal.now() };
        let outcome = match code {
            Some(_) => portal.school.code_absence(coding).await?,
            // Nothing is proposed: somebody has to choose.
            None => CodingOutcome::NothingReported,
        };
        match outcome {
            CodingOutcome::Kept | CodingOutcome::Already => kept += 1,
            CodingOutcome::ChangedMeanwhile | CodingOutcome::NothingReported => left += 1,
        }
    }
    if kept > 0 {
        portal.changed();
    }
    match (kept, left) {
        (0, 0) => {
            let page = draw(&portal, &may.staff, day, Some(w.none_ticked.to_owned())).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        (_, 0) => Ok(Redirect::to(&back(&portal, day)).into_response()),
        _ => {
            let page = draw(&portal, &may.staff, day, Some((w.some_left)(kept, left))).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// `POST /staff/board/words`
pub(in crate::routes) async fn words(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.school.hide_words(&may.staff.token_hash, fields.says_yes("hide")).await?;
    Ok(Redirect::to(&back(&portal, day_of(&fields)?)).into_response())
}

/// `GET /staff/board/changes`: a tick with each change; the first at once.
pub(in crate::routes) async fn changes(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(on): Query<OnDay>,
) -> Result<impl IntoResponse, Failure> {
    let day = on.day(&portal)?;
    let changes = WatchStream::new(portal.changes.subscribe());
    let token_hash = may.staff.token_hash;
    // Asked again with every tick: a session that has ended hears nothing more, nor does a role.
    let mut stopping = portal.stopping.subscribe();
    let stopped = Box::pin(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    let ticks = changes
        .take_until(stopped)
        .then(move |_| {
            let (portal, token_hash) = (portal.clone(), token_hash.clone());
            async move {
                let signed_in =
                    portal.school.staff_session(&token_hash, portal.now(), portal.today()).await.ok().flatten();
                match signed_in {
                    Some(session) if may_do(&session.roles, Act::ReadReports) => {
                        portal.school.board_tick(day).await.ok()
                    }
                    _ => None,
                }
            }
        })
        .take_while(|tick| std::future::ready(tick.is_some()))
        .filter_map(std::future::ready)
        .map(|(reports, seq)| Ok::<_, Infallible>(Event::default().data(format!("{reports} {seq}"))));
    // axum says "no-cache" by itself, which a browser may keep all the same.
    Ok(([(header::CACHE_CONTROL, "no-store")], Sse::new(ticks).keep_alive(KeepAlive::default())))
}

fn day_of(fields: &Fields) -> Result<NaiveDate, Failure> {
    iso::date(&fields.one("day")).ok_or(Failure::BadRequest)
}

fn back(portal: &Portal, day: NaiveDate) -> String {
    if day == portal.today() { paths::BOARD.to_owned() } else { paths::board_on(day) }
}

async fn draw(portal: &Portal, staff: &Staff, day: NaiveDate, refused: Option<String>) -> Result<Response, Failure> {
    let now = portal.now();
    let today = portal.today();
    let may_code = may_do(&staff.session.roles, Act::CodeAbsence);
    // The tick is read before the rows: what comes between is offered, never lost.
    let (reports, seq) = portal.school.board_tick(day).await?;
    let mut rows = portal.school.board(day).await?;
    // What was coded last stands first among the coded: it is what an undo means.
    rows.sort_by_key(|row| std::cmp::Reverse(row.coded_at.filter(|_| row.is_coded())));
    let waiting = portal.school.uncoded_before(today).await?;
    let standings = portal.school.conversations_on(day).await?.into_iter().collect();
    let letters = portal.school.waits_for_office().await?;
    let on_roll = portal.school.on_roll(day).await?;
    portal.school.board_seen(day, staff.session.staff_id.as_str(), may_code, now).await?;
    let policy = &portal.policy;
    let away = away(portal, day).await?;
    let mut warnings = Vec::new();
    let w = &portal.words().board;
    if !policy.calendar.covers(today) {
        warnings.push(w.no_calendar);
    } else if !policy.calendar.is_school_day(day) {
        warnings.push(w.no_school);
    }
    let year = today - chrono::Duration::days(30)..=today + chrono::Duration::days(330);
    if !policy.afternoon_confirmed || !policy.calendar.unconfirmed_in(year).is_empty() {
        warnings.push(w.unconfirmed);
    }
    let board = Board {
        now: london::local(now),
        day,
        rows: rows.into_iter().map(|row| line(portal, row, day, &away, &standings)).collect(),
        letters: letters.into_iter().map(|letter| board_letter(portal, letter, day)).collect(),
        on_roll,
        hide_words: staff.session.hide_words,
        may_code,
        closes: london::clock(policy.times.report_by),
        beside: beside(portal, day),
        waiting,
        warnings,
        leave: leave(portal, staff, day).await?,
        morning: if policy.calendar.is_school_day(day) && day <= today {
            Some(morning(portal, day).await?)
        } else {
            None
        },
        refused,
        tick: BoardTick { reports, seq },
        csrf: staff.csrf.clone(),
    };
    Ok(render::staff(portal, staff, w.title, "board", || board::page(portal.words(), board)))
}

/// How many school days before today an `N` is looked for: those that have run out stand a while longer.
const OPEN_DAYS: i64 = 30;

/// What leave means for a day. Who should be back is asked for today alone.
async fn leave(portal: &Portal, staff: &Staff, day: NaiveDate) -> Result<BoardLeave, Failure> {
    let reads = may_do(&staff.session.roles, Act::ReadLeave);
    let desk = if reads { Some(portal.school.leave_waits().await?) } else { None };
    let decided = portal.school.leave_on(day).await?;
    let not_back = if day == portal.today() { portal.school.not_back(day).await? } else { Vec::new() };
    Ok(BoardLeave {
        decided: decided
            .into_iter()
            .map(|child| LeaveLine {
                reference: child.reference,
                pupil: child.pupil,
                name: child.name,
                class: child.class,
                sessions: child.sessions,
            })
            .collect(),
        not_back: not_back
            .into_iter()
            .map(|child| NotBackLine {
                reference: child.reference,
                pupil: child.pupil,
                name: child.name,
                class: child.class,
                back: child.back,
            })
            .collect(),
        desk,
    })
}

/// What the registers of a day come to.
async fn morning(portal: &Portal, day: NaiveDate) -> Result<BoardMorning, Failure> {
    let facts = portal.school.facts(day..=day).await?;
    let calendar = &portal.policy.calendar;
    let session = session_of(day, portal.now(), &portal.policy.times, calendar);
    let classes = classes(portal, &facts, SessionDay { date: day, session });
    let open = portal.school.open_marks(day - chrono::Duration::days(OPEN_DAYS)).await?;
    let first = open.iter().find_map(|(day, _)| n_runs_out(*day, calendar));
    Ok(BoardMorning {
        session,
        wrong: portal.school.marks_wait_for_office().await?.len(),
        unlisted: classes.iter().map(|class| class.unlisted).sum(),
        not_in: classes.into_iter().filter(|class| !class.state.is_in()).map(|class| class.name).collect(),
        to_ring: ringing(portal, &facts, day).len(),
        differences: differences(portal, &facts, day),
        open: first.map(|until| (open.iter().map(|(_, count)| count).sum(), until)),
    })
}

/// The school days before and after this one.
fn beside(portal: &Portal, day: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let calendar = &portal.policy.calendar;
    let before = calendar.last_school_day_before(day);
    let after = day.succ_opt().and_then(|next| calendar.next_school_day(next));
    (before, after)
}

/// The days of this school year on which the children of a day's board were away.
async fn away(portal: &Portal, day: NaiveDate) -> Result<HashMap<PupilId, Vec<Away>>, Failure> {
    let policy = &portal.policy;
    let september = NaiveDate::from_ymd_opt(if day.month() < 9 { day.year() - 1 } else { day.year() }, 9, 1);
    let mut away: HashMap<PupilId, Vec<Away>> = HashMap::new();
    for (pupil, date, reason) in portal.school.away_since(day, september.unwrap_or(day)).await? {
        let ill = policy.reason(&reason).is_some_and(|reason| reason.ill);
        away.entry(pupil).or_default().push(Away { date, ill });
    }
    Ok(away)
}

/// The written time on the board of a day: "08:04"; with its day if that is another.
fn written_on(portal: &Portal, at: DateTime<Utc>, day: NaiveDate) -> String {
    let local = london::local(at);
    let time = &london::clock_seconds(local.time())[..5];
    let short_day = portal.words().common.short_day;
    if local.date() == day { time.to_owned() } else { format!("{} {time}", short_day(local.date())) }
}

fn board_letter(portal: &Portal, letter: ForOffice, day: NaiveDate) -> BoardLetter {
    let at = written_on(portal, letter.sent_at, day);
    BoardLetter { reference: letter.reference, children: letter.children, at }
}

fn line(
    portal: &Portal,
    row: BoardRow,
    day: NaiveDate,
    away: &HashMap<PupilId, Vec<Away>>,
    standings: &HashMap<String, Standing>,
) -> BoardLine {
    let written = |at: DateTime<Utc>| written_on(portal, at, day);
    let illness = |details: &Details| portal.policy.illness(details.illness.as_deref()?);
    let coded =
        row.coded_at.filter(|_| row.is_coded()).map(|at| (written(at), row.coded_by.clone().unwrap_or_default()));
    BoardLine {
        hints: away.get(&row.pupil_id).map(|days| hints(days, day, &portal.policy.calendar)).unwrap_or_default(),
        seen: row.seen(),
        pupil: row.pupil_id,
        name: row.name,
        class: row.class,
        part: row.part,
        proposed: row.proposed,
        codes: (row.am, row.pm),
        coded,
        reports: row
            .reports
            .into_iter()
            .map(|report| BoardSaid {
                at: written(report.received_at),
                late: report.after_close,
                reference: Reference::parse(&report.reference),
                standing: standings.get(&report.reference).copied(),
                from: report.from,
                channel: report.channel,
                reason: portal
                    .policy
                    .reason(&report.reason)
                    .map_or(report.reason.clone(), |reason| reason.label.clone()),
                kind: report.kind,
                expected: report.expected,
                illness: illness(&report.details).map(|illness| illness.label.clone()),
                tell_pregnant: illness(&report.details).is_some_and(|illness| illness.tell_pregnant),
                details: report.details,
                note: report.note,
                new: report.new,
            })
            .collect(),
    }
}
