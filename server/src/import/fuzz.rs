//! Random bytes and spoilt files: reading never fails but by saying why, and what a file brought in it
//! does not bring in again. Short in the gate; `NINE_FIFTEEN_FUZZ_SECONDS=600 cargo test -p server --lib
//! fuzz` runs longer.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use app::rules::upn;
use chrono::NaiveDate;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{
    plan::{self, Stored, tests::after},
    read_roster, table,
};
use crate::demo::roster;

/// What real files go wrong with.
const SPOILS: [&str; 26] = [
    "", ",", ",,", "\n", "\r\n", "\r", "\"", "\"\"", "\t", ";", "\0", "=", "=SUM(A1)", "-", "'", "\u{FEFF}", "Ã¡",
    "🦊", "\u{202E}", "1E+05", "04/05/18", "T", "F", "x@y", "Total,", "\"\n\n",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// A few families of the demo's file, glued together in any order, some twice.
fn file(random: &mut StdRng) -> Vec<u8> {
    static WHOLE: LazyLock<String> = LazyLock::new(roster::csv);
    let whole = &*WHOLE;
    let lines: Vec<&str> = whole.lines().collect();
    let mut file = lines[0].to_owned();
    for _ in 0..random.random_range(1..25) {
        let from = random.random_range(1..lines.len());
        for line in &lines[from..(from + random.random_range(1..5)).min(lines.len())] {
            file += "\r\n";
            file += line;
        }
    }
    file.into_bytes()
}

fn spoil(random: &mut StdRng, mut file: Vec<u8>) -> Vec<u8> {
    for _ in 0..random.random_range(0..12) {
        if file.is_empty() {
            break;
        }
        let (from, to) = (random.random_range(0..file.len()), random.random_range(0..file.len()));
        match random.random_range(0..6) {
            0 => file[from] = random.random(),
            1 => drop(file.splice(from..from, SPOILS.choose(random).unwrap().bytes())),
            2 => drop(file.drain(from..(from + random.random_range(1..40)).min(file.len()))),
            3 => file.swap(from, to),
            4 => {
                let piece = file[from..(from + random.random_range(1..60)).min(file.len())].to_vec();
                drop(file.splice(to..to, piece));
            }
            _ => file.truncate(file.len() - random.random_range(0..file.len().min(30))),
        }
    }
    if random.random_bool(0.1) {
        let text = String::from_utf8_lossy(&file).into_owned();
        file = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    file
}

/// What holds for every file there is.
fn holds(bytes: &[u8]) {
    if let Ok(table) = table::read(bytes, super::ROSTER) {
        assert!(table.rows.windows(2).all(|rows| rows[0].line < rows[1].line));
        assert!(table.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.contains(|c: char| c.is_control())));
    }
    let Ok(roster) = read_roster(bytes, today()) else { return };
    for pupil in &roster.pupils {
        assert!(!pupil.upn.is_empty() || !pupil.mis_id.is_empty());
        assert!(pupil.upn.is_empty() || upn::standing(&pupil.upn) != upn::Standing::Malformed);
        assert!(!pupil.forename.is_empty() || !pupil.surname.is_empty());
        assert!(pupil.ties.iter().all(|tie| tie.contact < roster.contacts.len()));
    }
    assert!(roster.contacts.iter().all(|contact| contact.email.as_ref().is_none_or(|email| email.contains('@'))));
    let empty = Stored::default();
    let first = plan::plan(roster.clone(), &empty, today());
    assert_eq!(
        first.pupils.len() + first.aside.iter().filter(|aside| !aside.fault.contact_only()).count() > 0,
        roster.lines > 0
    );
    // Nothing opens without a claim, and nothing in spite of a court order.
    for tie in &first.ties {
        let link = &tie.step.becomes;
        let claim = (link.responsibility || link.lives_with) && !link.court_order;
        assert_eq!(link.reviewed && link.access == app::rules::access::Access::Full, claim);
    }
    let stored = after(&first, &empty);
    let mut upns: Vec<&str> =
        stored.pupils.iter().map(|pupil| pupil.row.upn.as_str()).filter(|upn| !upn.is_empty()).collect();
    upns.sort_unstable();
    assert!(upns.windows(2).all(|pair| pair[0] != pair[1]), "two children with one UPN");
    let again = plan::plan(roster.clone(), &stored, today());
    assert!(!again.tally().changes(), "{:?}\n{again:#?}", again.tally());
    assert!(again.missing_pupils.is_empty() && again.missing_ties.is_empty(), "{:?}", again.missing_ties);
    assert_eq!(again.digest(), plan::plan(roster, &stored, today()).digest());
}

#[test]
fn no_file_breaks_the_import_or_comes_in_twice() {
    let seconds = std::env::var("NINE_FIFTEEN_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let long = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let start: u64 = if long.is_some() { rand::random() } else { 915 };
    for round in 0.. {
        match long {
            Some(end) if Instant::now() > end => break,
            None if round == 400 => break,
            _ => {}
        }
        let seed = start.wrapping_add(round);
        let tried = std::panic::catch_unwind(|| {
            let mut random = StdRng::seed_from_u64(seed);
            let bytes = if random.random_bool(0.15) {
                (0..random.random_range(0..400)).map(|_| random.random()).collect()
            } else {
                let file = file(&mut random);
                spoil(&mut random, file)
            };
            holds(&bytes);
        });
        assert!(tried.is_ok(), "seed {seed}");
    }
}
