//! A school year of marks: how long it takes to bring in, and how long a family waits for its receipt meanwhile.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::{Failure, Outcome, While};
use crate::load::{BROWSER, Form, School, folder, sign_in};
use crate::run::{read, root};

/// Two-form entry with seven year groups, and some: a large primary school.
const PUPILS: usize = 600;
/// Sessions of a school year.
const SESSIONS: usize = 380;
/// How many families report while the file comes in.
const FAMILIES: usize = 40;
/// The half terms of the demo school's year 2025/26, its training days left out: year, month, day.
const TERMS: [[(u32, u32, u32); 2]; 6] = [
    [(2025, 9, 3), (2025, 10, 24)],
    [(2025, 11, 3), (2025, 12, 19)],
    [(2026, 1, 6), (2026, 2, 13)],
    [(2026, 2, 23), (2026, 3, 27)],
    [(2026, 4, 13), (2026, 5, 22)],
    [(2026, 6, 2), (2026, 7, 17)],
];
/// The one bank holiday in them.
const BANK_HOLIDAY: (u32, u32, u32) = (2026, 5, 4);

/// What was measured.
pub(super) struct Marks {
    /// Marks in the file.
    pub(super) marks: usize,
    /// Seconds until the command has brought the file in.
    pub(super) first: f64,
    /// Seconds for the same file again, which changes nothing.
    pub(super) again: f64,
    /// The longest that a report waited for its answer while the file came in by the watched folder, in
    /// milliseconds, and the longest before.
    pub(super) waited: [f64; 2],
    /// How many reports were sent meanwhile.
    pub(super) reports: usize,
}

/// Measures on schools of their own.
pub(super) fn measure(binary: &Path) -> Outcome<Marks> {
    let place = folder("bench/marks")?;
    let mut school = School::new(binary.to_path_buf(), place.join("school"));
    school.log = "info";
    school.start()?.stop()?;
    let (roster, marks) = (place.join("roster.csv"), place.join("marks.csv"));
    fs::write(&roster, pupils()).doing("writing a roster")?;
    let text = register();
    let count = text.lines().count() - 1;
    if count != PUPILS * SESSIONS {
        return Err(Failure::new(format!("a school year of {count} marks")));
    }
    fs::write(&marks, text).doing("writing marks")?;
    import(binary, &school.data, &["roster", "--anyway"], &roster)?;
    let other = place.join("other");
    copy(&school.data, &other)?;
    let first = import(binary, &other, &["marks"], &marks)?;
    let again = import(binary, &other, &["marks"], &marks)?;
    let (waited, reports) = waited(&mut school, &place, &marks)?;
    let _ = fs::remove_dir_all(&place);
    Ok(Marks { marks: count, first, again, waited, reports })
}

/// Runs `import`; how many seconds it took.
fn import(binary: &Path, data: &Path, what: &[&str], file: &Path) -> Outcome<f64> {
    let mut command = Command::new(binary);
    command.arg("import").args(what).arg(file).arg("--data").arg(data);
    let started = Instant::now();
    read(&mut command)?;
    Ok(started.elapsed().as_secs_f64())
}

/// Lets the file come in by the watched folder while families report.
fn waited(school: &mut School, place: &Path, marks: &Path) -> Outcome<([f64; 2], usize)> {
    let watched = place.join("watched");
    fs::create_dir(&watched).doing("making a folder")?;
    let shipped = fs::read_to_string(root().join("school.toml")).doing("reading school.toml")?;
    let config = place.join("school.toml");
    let text = shipped.replacen("[import]\n", &format!("[import]\nwatch = {:?}\n", watched.display().to_string()), 1);
    fs::write(&config, text).doing("writing a configuration")?;
    school.config = Some(config);
    let running = school.start()?;
    let families = sign_in(school, &running, FAMILIES)?;
    let mut client = running.client(BROWSER);
    let mut room = Vec::new();
    let mut report = |turn: usize| -> Outcome<f64> {
        let family = &families[turn % families.len()];
        let form = Form::get(&mut client, family, &mut room).doing("the form")?;
        let filled = form.filled(family, turn);
        let started = Instant::now();
        let answer = client.post("/absences/new", &family.cookie, &filled).doing("a report")?;
        match answer.status {
            303 | 422 => Ok(started.elapsed().as_secs_f64() * 1000.0),
            status => Err(Failure::new(format!("a report was answered {status}"))),
        }
    };
    let (mut before, mut during) = (0.0_f64, 0.0_f64);
    let mut turns = 0;
    for _ in 0..100 {
        before = before.max(report(turns)?);
        turns += 1;
        std::thread::sleep(Duration::from_millis(10));
    }
    fs::copy(marks, watched.join("marks.part")).doing("copying marks")?;
    fs::rename(watched.join("marks.part"), watched.join("marks.csv")).doing("handing marks in")?;
    let started = Instant::now();
    while !watched.join("done/marks.csv").is_file() {
        if started.elapsed() > Duration::from_secs(120) {
            return Err(Failure::new("the watched folder took no file within two minutes"));
        }
        during = during.max(report(turns)?);
        turns += 1;
        // Thirty reports a minute are one family's limit.
        std::thread::sleep(Duration::from_millis(60));
    }
    running.stop()?;
    Ok(([during, before], turns))
}

/// Children without contacts.
fn pupils() -> String {
    let mut text =
        "Admission number,Legal surname,Legal forename,Date of birth,Year group,Registration group,Admission date\n"
            .to_owned();
    for number in 0..PUPILS {
        let year = number % 6 + 1;
        let born = 2020 - year;
        let _ = writeln!(text, "B{number:04},Bench{number:04},Child,04/05/{born},{year},{year} Bench,02/09/2024");
    }
    text
}

/// A line for each child and session.
fn register() -> String {
    let days: Vec<(u32, u32, u32)> = TERMS.into_iter().flat_map(|[first, last]| weekdays(first, last)).collect();
    let mut text = "Admission number,Date,Session,Mark,Minutes late,Comment\n".to_owned();
    for number in 0..PUPILS {
        for (place, (year, month, day)) in days.iter().enumerate() {
            let ill = (place + 7 * number) % 31 == 0;
            for (session, mark) in [("AM", if ill { "I" } else { "/" }), ("PM", if ill { "I" } else { "\\" })] {
                let _ = writeln!(text, "B{number:04},{day:02}/{month:02}/{year},{session},{mark},,");
            }
        }
    }
    text
}

/// The weekdays from one day to another, the bank holiday left out.
fn weekdays(first: (u32, u32, u32), last: (u32, u32, u32)) -> Vec<(u32, u32, u32)> {
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        if weekday(day) < 5 && day != BANK_HOLIDAY {
            days.push(day);
        }
        day = next(day);
    }
    days
}

/// 0 for Monday (Zeller's congruence).
fn weekday((year, month, day): (u32, u32, u32)) -> u32 {
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let (century, of_century) = (year / 100, year % 100);
    // Saturday is 0.
    ((day + 13 * (month + 1) / 5 + of_century + of_century / 4 + century / 4 + 5 * century) % 7 + 5) % 7
}

fn next((year, month, day): (u32, u32, u32)) -> (u32, u32, u32) {
    let leap = year % 4 == 0;
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (day < length, month < 12) {
        (true, _) => (year, month, day + 1),
        (false, true) => (year, month + 1, 1),
        (false, false) => (year + 1, 1, 1),
    }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).doing("making a folder")?;
    for entry in fs::read_dir(from).doing("reading a folder")? {
        let path: PathBuf = entry.doing("reading a folder")?.path();
        let there = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &there)?;
        } else {
            fs::copy(&path, &there).doing("copying a file")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_has_as_many_sessions_as_a_school_year() {
        assert_eq!((weekday((2025, 9, 3)), weekday((2026, 2, 22)), weekday((2026, 1, 5))), (2, 6, 0));
        let days: usize = TERMS.into_iter().map(|[first, last]| weekdays(first, last).len()).sum();
        assert_eq!(2 * days, SESSIONS);
    }
}
