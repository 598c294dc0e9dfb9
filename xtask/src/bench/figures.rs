//! A child's page, a class's week and the whole school's figures, with 600 pupils and three more years of marks.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::board::{TIMES, office, times};
use crate::error::{Failure, Outcome, While};
use crate::load::{BROWSER, Running, School, decoded};
use crate::run::run;

/// Children besides the demo's.
const MORE: usize = 190;
/// The years before the demo's calendar, by the year they begin in.
const YEARS: [u32; 3] = [2022, 2023, 2024];
/// A school year's days, month and day, without weekends, which differ: holidays and all, for a register of
/// another calendar is taken as it is.
const MONTHS: [u32; 10] = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6];
const DAYS_OF_MONTH: u32 = 19;

/// What a page costs.
pub(super) struct Cost {
    pub(super) page: &'static str,
    /// What it may cost, in milliseconds.
    pub(super) most: f64,
    /// The server's own time: the median and the longest.
    pub(super) median: f64,
    pub(super) longest: f64,
}

/// Grows the school, which has been started once and is stopped, and looks at each page.
pub(super) fn measure(school: &School, binary: &Path, data: &Path) -> Outcome<Vec<Cost>> {
    let children = grow(binary, data)?;
    for year in YEARS {
        import(binary, data, "marks", &marks(&children, year), &[])?;
    }
    let running = school.start()?;
    let cookie = office(&running)?;
    let all = get(&running, &cookie, "/staff/figures")?;
    let link = |begin: &str| {
        let from = all.find(&format!("href=\"{begin}")).map(|at| &all[at + 6..]);
        let path = from.and_then(|rest| rest.split('"').next());
        path.map(str::to_owned).ok_or_else(|| Failure::new(format!("no link to {begin}")))
    };
    let pages = [
        ("a child's year", link("/staff/children/")?, "/staff/children/{pupil}", 20.0),
        ("a class's week", link("/staff/classes/")?, "/staff/classes/{class}", 50.0),
        ("the whole school's figures", "/staff/figures".to_owned(), "/staff/figures", 150.0),
    ];
    let mut costs = Vec::new();
    for (page, path, route, most) in pages {
        for _ in 0..TIMES {
            get(&running, &cookie, &path)?;
        }
        let (median, longest) = times(school, route)?;
        costs.push(Cost { page, most, median, longest });
    }
    running.stop()?;
    Ok(costs)
}

fn get(running: &Running, cookie: &str, path: &str) -> Outcome<String> {
    let mut client = running.client(BROWSER);
    let mut room = Vec::new();
    let page = client.get(path, cookie).doing(path)?;
    if page.status != 200 {
        return Err(Failure::new(format!("{path} answered {}", page.status)));
    }
    Ok(decoded(&page, &mut room)?.to_owned())
}

/// Brings in more children; the numbers of everybody in the MIS.
fn grow(binary: &Path, data: &Path) -> Outcome<Vec<String>> {
    let demo = fs::read_to_string(data.join("roster.csv")).doing("the demo's roster")?;
    let mut lines = demo.lines();
    let heads: Vec<&str> = lines.next().unwrap_or_default().trim_start_matches('\u{feff}').split(',').collect();
    let place = heads.iter().position(|head| *head == "Admission number").ok_or_else(|| Failure::new("no numbers"))?;
    let mut children: Vec<String> = lines
        .filter_map(|line| line.split(',').nth(place))
        .filter(|cell| !cell.is_empty())
        .map(str::to_owned)
        .collect();
    children.sort_unstable();
    children.dedup();
    let mut more = "Admission number,Surname,Forename,DOB,Year,Class,Admission date\n".to_owned();
    for n in 0..MORE {
        let _ = writeln!(more, "9{n:05},Name{n},Child,12/03/2018,{},{} Bench,01/09/2022", n % 7, n % 7);
        children.push(format!("9{n:05}"));
    }
    import(binary, data, "roster", &more, &["--anyway"])?;
    Ok(children)
}

/// A year of marks: a line for each child and day.
fn marks(children: &[String], year: u32) -> String {
    let mut text = "Admission number,Date,AM,PM\n".to_owned();
    for (place, child) in children.iter().enumerate() {
        for month in MONTHS {
            for day in 1..=DAYS_OF_MONTH {
                let year = if month < 9 { year + 1 } else { year };
                let away = (place as u32 * 7 + month * 31 + day).is_multiple_of(17);
                let _ = writeln!(text, "{child},{year}-{month:02}-{day:02},{}", if away { "I,I" } else { "/,\\" });
            }
        }
    }
    text
}

fn import(binary: &Path, data: &Path, kind: &str, text: &str, more: &[&str]) -> Outcome {
    let file = data.join(format!("bench-{kind}.csv"));
    fs::write(&file, text).doing("a file to import")?;
    let mut command = Command::new(binary);
    command.args(["import", kind]).arg(&file).arg("--data").arg(data).args(more).stdout(std::process::Stdio::null());
    run(&mut command)
}
