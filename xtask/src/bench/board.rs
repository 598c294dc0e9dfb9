//! The office's board with a morning's reports on it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::error::{Failure, Outcome, While};
use crate::load::{BROWSER, Client, Form, Running, School, decoded, sign_in, value};

/// How often the board is asked for.
pub(super) const TIMES: usize = 50;

/// What one board costs.
pub(super) struct Board {
    pub(super) reports: usize,
    /// The server's own time, in milliseconds: the median and the longest.
    pub(super) median: f64,
    pub(super) longest: f64,
    /// As a browser takes it, and plain.
    pub(super) bytes: [usize; 2],
}

/// Sends reports for different children, all for today, and looks at the board at each of these numbers.
pub(super) fn measure(school: &School, at: &[usize]) -> Outcome<Vec<Board>> {
    let most = at.iter().copied().max().unwrap_or(0);
    let running = school.start()?;
    // Some guardians share their children.
    let families = sign_in(school, &running, (most * 2).min(school.addresses()?.len()))?;
    let office = office(&running)?;
    let mut client = running.client(BROWSER);
    let mut room = Vec::new();
    let mut reported = BTreeSet::new();
    let mut boards = Vec::new();
    for family in &families {
        let Some(pupil) = family.pupils.iter().find(|pupil| !reported.contains(pupil.as_str())) else { continue };
        if at.contains(&reported.len()) {
            boards.push(look(school, &running, &office, reported.len())?);
        }
        if reported.len() == most {
            break;
        }
        let form = Form::get(&mut client, family, &mut room).doing("the form")?;
        let body = form.today(family, pupil, reported.len());
        let status = client.post("/absences/new", &family.cookie, &body).doing("sending")?.status;
        if status != 303 {
            return Err(Failure::new(format!("sending answered {status}")));
        }
        reported.insert(pupil.as_str());
    }
    running.stop()?;
    if boards.len() < at.len() {
        return Err(Failure::new(format!("only {} children could be reported", reported.len())));
    }
    Ok(boards)
}

fn look(school: &School, running: &Running, office: &str, reports: usize) -> Outcome<Board> {
    let bytes = |codings: &'static str| -> Outcome<usize> {
        let mut client = running.client(codings);
        let page = client.get("/staff/board", office).doing("the board")?;
        if page.status == 200 { Ok(page.body.len()) } else { Err(Failure::new("no board")) }
    };
    let plain = bytes("identity")?;
    let mut packed = 0;
    for _ in 0..TIMES {
        packed = bytes(BROWSER)?;
    }
    let (median, longest) = times(school, "/staff/board")?;
    Ok(Board { reports, median, longest, bytes: [packed, plain] })
}

/// The server's own time for the last [`TIMES`] answers of a route, in milliseconds: the median and the longest.
pub(super) fn times(school: &School, route: &str) -> Outcome<(f64, f64)> {
    let log = fs::read_to_string(school.log_file()).doing("the log")?;
    let mut times: Vec<u64> = log.lines().rev().filter_map(|line| micros(line, route)).take(TIMES).collect();
    times.sort_unstable();
    let milliseconds = |micros: Option<&u64>| micros.map_or(0.0, |micros| *micros as f64 / 1000.0);
    Ok((milliseconds(times.get(times.len() / 2)), milliseconds(times.last())))
}

/// The time of a route's page in a line of the log.
fn micros(line: &str, route: &str) -> Option<u64> {
    let line: Value = serde_json::from_str(line).ok()?;
    (line["route"] == route && line["status"] == 200).then(|| line["micros"].as_u64()).flatten()
}

/// Signs the office in with both factors; the cookie.
pub(super) fn office(running: &Running) -> Outcome<String> {
    let mut client = running.client("identity");
    let mut room = Vec::new();
    let (visit, csrf) = {
        let page = client.get("/staff/sign-in", "").doing("the staff's sign-in")?;
        let visit = page.cookie("__Host-nf-visit").unwrap_or_default();
        (format!("__Host-nf-visit={visit}"), field(decoded(&page, &mut room)?, "csrf")?)
    };
    let fields = format!("csrf={csrf}&email=office%40demo.example&password=quarter+past+nine");
    let half = staff_cookie(&mut client, "/staff/sign-in", &visit, &fields)?;
    let csrf = {
        let page = client.get("/staff/second-factor", &half).doing("the second factor")?;
        field(decoded(&page, &mut room)?, "csrf")?
    };
    let code = {
        let page = client.get("/demo/codes", "").doing("the demo's codes")?;
        let html = decoded(&page, &mut room)?;
        html.split_once("office@demo.example").and_then(|(_, after)| figures(after)).unwrap_or_default()
    };
    staff_cookie(&mut client, "/staff/second-factor", &half, &format!("csrf={csrf}&code={code}"))
}

fn staff_cookie(client: &mut Client, path: &str, cookie: &str, fields: &str) -> Outcome<String> {
    let answer = client.post(path, cookie, fields).doing(path)?;
    let set = answer.cookie("__Host-nf-staff");
    set.map(|token| format!("__Host-nf-staff={token}"))
        .ok_or_else(|| Failure::new(format!("{path} answered {} and signed nobody in", answer.status)))
}

fn field(html: &str, name: &str) -> Outcome<String> {
    value(html, name).map(str::to_owned).ok_or_else(|| Failure::new(format!("no field {name}")))
}

/// The first six figures in a row, outside tags.
fn figures(html: &str) -> Option<String> {
    let text = html.split('<').map(|part| part.rsplit('>').next().unwrap_or_default());
    text.flat_map(str::split_whitespace)
        .find(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_boards_that_were_shown_count() {
        let line = |route, status| format!(r#"{{"route":"{route}","status":{status},"micros":1500}}"#);
        assert_eq!(micros(&line("/staff/board", 200), "/staff/board"), Some(1500));
        assert_eq!(micros(&line("/staff/board", 503), "/staff/board"), None);
        assert_eq!(micros(&line("/staff/board/code", 200), "/staff/board"), None);
        assert_eq!(micros("not a line of the log", "/staff/board"), None);
    }

    #[test]
    fn a_code_is_six_figures_of_text() {
        assert_eq!(figures("</td><td class=\"123456\"><b>065 1</b> 650651</td>").as_deref(), Some("650651"));
        assert_eq!(figures("<p>none</p>"), None);
    }
}
