//! Families: signed in through their mail like anybody, then sending reports.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::{BROWSER, Client, Running, School, decoded, value, values};
use crate::error::{Failure, Outcome, While};

/// How many ask for their code at once: the mail worker looks at fifty a round.
const AT_ONCE: usize = 40;
/// Reasons, and what is answered to what they ask.
const REASONS: [&str; 5] = [
    "sick&last-sick=night",
    "temperature",
    "cold",
    "appointment&leaves-appointment=10%3A15&returns-appointment=11%3A30",
    "other&other-other=Her+bus+did+not+come",
];
/// Every form says something of its own: the same words twice are one report.
static NUMBER: AtomicUsize = AtomicUsize::new(1);

/// One guardian's browser, signed in.
pub(crate) struct Family {
    /// The whole cookie header.
    pub(crate) cookie: String,
    /// The children that the form offers.
    pub(crate) pupils: Vec<String>,
    /// The days that it offers.
    days: Vec<String>,
}

/// What a browser needs of a form page to send the form.
#[derive(Clone)]
pub(crate) struct Form {
    csrf: String,
    pub(crate) submission: String,
}

impl Form {
    /// Gets the form and reads it as a browser would.
    pub(crate) fn get(client: &mut Client, family: &Family, room: &mut Vec<u8>) -> io::Result<Self> {
        let answer = client.get("/absences/new", &family.cookie)?;
        let status = answer.status;
        let html = decoded(&answer, room).map_err(|why| io::Error::other(why.to_string()))?;
        match (value(html, "csrf"), value(html, "submission")) {
            (Some(csrf), Some(submission)) if status == 200 => {
                Ok(Self { csrf: csrf.to_owned(), submission: submission.to_owned() })
            }
            _ => Err(io::Error::other(format!("no form: {status}"))),
        }
    }

    /// The form filled in; `turn` chooses child, day, part and reason.
    pub(crate) fn filled(&self, family: &Family, turn: usize) -> String {
        let pick = |from: &[String]| from.get(turn % from.len().max(1)).cloned().unwrap_or_default();
        let part = ["all", "am", "pm"][turn / 2 % 3];
        self.fields(&pick(&family.pupils), &pick(&family.days), part, turn)
    }

    /// The form filled in for this child, today, the whole day.
    pub(crate) fn today(&self, family: &Family, pupil: &str, turn: usize) -> String {
        self.fields(pupil, family.days.first().map_or("", String::as_str), "all", turn)
    }

    fn fields(&self, who: &str, day: &str, part: &str, turn: usize) -> String {
        let (csrf, submission) = (&self.csrf, &self.submission);
        let (reason, number) = (REASONS[turn % REASONS.len()], NUMBER.fetch_add(1, Ordering::Relaxed));
        let what = format!("who={who}&day={day}&part={part}&reason={reason}");
        format!("csrf={csrf}&submission={submission}&{what}&note=Word+no.+{number}")
    }
}

/// Signs in the first `many` families that can. It takes a while and is not measured.
pub(crate) fn sign_in(school: &School, running: &Running, many: usize) -> Outcome<Vec<Family>> {
    let addresses = school.addresses()?;
    if addresses.len() < many {
        return Err(Failure::new(format!("the demo school has only {} such families", addresses.len())));
    }
    let mut families = Vec::new();
    for some in addresses[..many].chunks(AT_ONCE) {
        let mut client = running.client(BROWSER);
        let mut room = Vec::new();
        let asked: Vec<Asked> =
            some.iter().map(|address| ask(&mut client, address, &mut room)).collect::<Outcome<_>>()?;
        let codes = codes(school, &asked)?;
        for asked in asked {
            let code = codes.get(&asked.address).cloned().unwrap_or_default();
            families.push(answer(&mut client, &asked, &code, &mut room)?);
        }
    }
    Ok(families)
}

/// A sign-in that waits for its code.
struct Asked {
    address: String,
    visit: String,
    csrf: String,
    sign_in: String,
}

fn ask(client: &mut Client, address: &str, room: &mut Vec<u8>) -> Outcome<Asked> {
    let missing = |what: &str| Failure::new(format!("the sign-in page has no {what}"));
    let page = client.get("/sign-in", "").doing("GET /sign-in")?;
    let visit = page.cookie("__Host-nf-visit").ok_or_else(|| missing("cookie"))?;
    let visit = format!("__Host-nf-visit={visit}");
    let csrf = value(decoded(&page, room)?, "csrf").ok_or_else(|| missing("csrf token"))?.to_owned();
    let fields = format!("csrf={csrf}&email={}", address.replace('@', "%40").replace('+', "%2B"));
    let page = client.post("/sign-in", &visit, &fields).doing("POST /sign-in")?;
    let html = decoded(&page, room)?;
    let field = |name: &str| value(html, name).map(str::to_owned).ok_or_else(|| missing(name));
    Ok(Asked { address: address.to_owned(), visit, csrf: field("csrf")?, sign_in: field("sign_in")? })
}

/// Waits for everybody's mail and reads the codes in it.
fn codes(school: &School, asked: &[Asked]) -> Outcome<BTreeMap<String, String>> {
    let start = Instant::now();
    let mut codes = BTreeMap::new();
    while start.elapsed() < Duration::from_secs(60) {
        for entry in fs::read_dir(school.data.join("mail")).into_iter().flatten().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let after = |mark: &str| text.lines().find_map(|line| line.strip_prefix(mark));
            if let (Some(to), Some(code)) = (after("To: "), after("Your code is ")) {
                codes.insert(to.to_owned(), code.to_owned());
                let _ = fs::remove_file(entry.path());
            }
        }
        if asked.iter().all(|asked| codes.contains_key(&asked.address)) {
            return Ok(codes);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(Failure::new("the mail with the codes did not come within a minute"))
}

fn answer(client: &mut Client, asked: &Asked, code: &str, room: &mut Vec<u8>) -> Outcome<Family> {
    let fields = format!("csrf={}&sign_in={}&code={code}", asked.csrf, asked.sign_in);
    let page = client.post("/sign-in/code", &asked.visit, &fields).doing("POST /sign-in/code")?;
    let cookie = page.cookie("__Host-nf").ok_or_else(|| Failure::new(format!("{} is not let in", asked.address)))?;
    let cookie = format!("__Host-nf={cookie}");
    let page = client.get("/absences/new", &cookie).doing("the form")?;
    let html = decoded(&page, room)?;
    let all = |name| values(html, name).map(str::to_owned).collect::<Vec<_>>();
    // "Another day" needs dates beside it.
    let days = all("day").into_iter().filter(|day| day != "other").collect();
    let family = Family { cookie: cookie.clone(), pupils: all("who"), days };
    if family.pupils.is_empty() || family.days.is_empty() {
        return Err(Failure::new(format!("{} is offered nothing to report", asked.address)));
    }
    Ok(family)
}
