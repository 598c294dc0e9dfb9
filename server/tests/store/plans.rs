//! How SQLite goes about each query of the store: by an index, never row by row through a year.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use super::house::TestStore;

/// Tables that grow with every morning or every family. Those left out stay small.
const GROWING: [&str; 26] = [
    "declaration",
    "declaration_form",
    "reminder",
    "register",
    "register_tick",
    "call_note",
    "mark",
    "mark_change",
    "keyed",
    "submission",
    "report",
    "absence",
    "journal",
    "reading",
    "mail",
    "device",
    "sign_in",
    "guardian",
    "guardian_pupil",
    "pupil",
    "staff_session",
    "evidence",
    "evidence_piece",
    "message",
    "details_line",
    "details_check",
];

/// Queries that look at the rows of a whole school, and why they may.
const ON_PURPOSE: [(&str, &str); 20] = [
    (
        "SELECT p.pupil_id, p.forename, p.surname, p.known_as, p.class_id, c.name AS class, c.year, l.guardian_id",
        "everybody is asked about the policy",
    ),
    ("SELECT g.guardian_id, g.email, (SELECT COUNT(*)", "everybody is reminded"),
    ("SELECT (SELECT COUNT(*) FROM mark", "an index alone is counted"),
    ("SELECT p.pupil_id, p.forename, p.known_as, p.surname, c.name AS class FROM pupil p", "a name may be any child's"),
    (COUNTS, "figures count everybody on roll; see below for their marks"),
    ("SELECT COUNT(*) FROM pupil", "the roll is counted"),
    ("SELECT pupil_id FROM pupil WHERE school_id = $1 LIMIT 1", "one row is enough"),
    ("SELECT p.pupil_id, p.upn,", "a file is held against everybody"),
    ("SELECT guardian_id, mis_id,", "the same"),
    ("SELECT guardian_id, pupil_id, relationship,", "the same"),
    ("SELECT g.guardian_id, g.forename, g.surname, g.email, p.pupil_id", "a review looks at everybody"),
    ("SELECT p.forename, p.surname, p.known_as, c.name", "the same"),
    ("SELECT DISTINCT guardian_id FROM device", "the same"),
    ("SELECT s.guardian_id, s.submission_id FROM submission s WHERE", "once a day, what is old is looked for"),
    ("SELECT f.guardian_id, f.submission_id, f.reference, f.file_id FROM declaration_form f", "the same"),
    ("DELETE FROM device WHERE school_id = $1 AND expires_at", "the same"),
    ("SELECT a.pupil_id, a.session FROM absence a WHERE", "the same, and an index alone"),
    ("DELETE FROM staff_session WHERE school_id = $1 AND expires_at", "the same"),
    ("SELECT g.guardian_id FROM guardian g WHERE", "the same"),
    ("SELECT COALESCE(MAX(seq), 0) FROM journal", "the last entry of the index is enough"),
];

/// How the statement begins that counts sessions.
const COUNTS: &str = "SELECT p.pupil_id, CAST(SUM(";

/// Every statement in the store's sources that looks for rows, with its file.
fn statements() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    // `check.rs` looks at everything: it is asked for by hand.
    let looked_at = |path: &std::path::PathBuf| path.is_file() && !path.ends_with("check.rs");
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(looked_at) {
        let source = std::fs::read_to_string(&file).unwrap();
        let begins = |text: &&str| ["SELECT ", "UPDATE ", "DELETE "].iter().any(|word| text.starts_with(word));
        for literal in source.split('"').skip(1).filter(begins) {
            let lines: Vec<_> = literal.split("\\\n").map(str::trim_start).collect();
            found.push((file.file_name().unwrap().to_string_lossy().into_owned(), lines.join("")));
        }
    }
    found
}

/// Whether a step of a plan walks through a growing table. An alias hides the table, its index names it:
/// "SEARCH r USING INDEX report_day (school_id=? AND day=?)".
fn walks(step: &str, tables: &HashMap<String, String>) -> bool {
    if let Some(what) = step.strip_prefix("SCAN ") {
        return !["CONSTANT ROW", "school "].iter().any(|small| what.starts_with(small));
    }
    let Some((_, index)) = step.split_once("INDEX ") else { return false };
    let (name, by) = index.split_once(' ').unwrap_or((index, ""));
    by == "(school_id=?)" && tables.get(name).is_some_and(|table| GROWING.contains(&table.as_str()))
}

/// Whether a step that is taken for each row reads a span of a growing table, "(school_id=? AND day>?)", and not what hangs on
/// that row: 25 old submissions were looked for in 1.7 s so, and in 2 ms without.
fn spans(step: &str, tables: &HashMap<String, String>) -> bool {
    let Some((_, index)) = step.split_once("INDEX ") else { return false };
    let (name, by) = index.split_once(' ').unwrap_or((index, ""));
    by.matches("=?").count() == 1
        && by.contains(['<', '>'])
        && tables.get(name).is_some_and(|table| GROWING.contains(&table.as_str()))
}

#[tokio::test]
async fn no_query_of_the_store_walks_through_a_growing_table() {
    let house = TestStore::empty().await;
    if house.is_postgres() {
        return;
    }
    let hand = rusqlite::Connection::open(&house.url).unwrap();
    let mut indexes = hand.prepare("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'").unwrap();
    let tables = indexes.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let tables: HashMap<String, String> = tables.map(Result::unwrap).collect();
    let statements = statements();
    assert!(statements.len() > 60, "{}", statements.len());
    let mut faults = Vec::new();
    for (file, sql) in statements.iter().filter(|(_, sql)| !sql.contains("FOR UPDATE")) {
        let mut plan =
            hand.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|error| panic!("{file}: {sql}: {error}"));
        let mut found = plan.raw_query();
        let (mut steps, mut again, mut inside) = (Vec::<String>::new(), Vec::<String>::new(), HashSet::<i64>::new());
        while let Some(step) = found.next().unwrap() {
            let (id, parent, detail): (i64, i64, String) =
                (step.get("id").unwrap(), step.get("parent").unwrap(), step.get("detail").unwrap());
            // What hangs under a correlated subquery is done for each row.
            if inside.contains(&parent) {
                again.push(detail.clone());
            }
            if inside.contains(&parent) || detail.starts_with("CORRELATED") {
                inside.insert(id);
            }
            steps.push(detail);
        }
        let on_purpose = ON_PURPOSE.iter().any(|(begin, _)| sql.starts_with(begin));
        for step in steps.iter().filter(|step| !on_purpose && walks(step, &tables)) {
            faults.push(format!("{file}: {sql}\n    {step}"));
        }
        for step in again.iter().filter(|step| spans(step, &tables)) {
            faults.push(format!("{file}: for each row again, {sql}\n    {step}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn figures_look_at_the_days_asked_for_and_at_an_index_alone() {
    let house = TestStore::empty().await;
    if house.is_postgres() {
        return;
    }
    let hand = rusqlite::Connection::open(&house.url).unwrap();
    let (_, sql) = statements().into_iter().find(|(_, sql)| sql.starts_with(COUNTS)).expect("it counts");
    let mut plan = hand.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = rusqlite::params!["", "", "", ""];
    let steps: Vec<String> = plan.query_map(nothing, |row| row.get("detail")).unwrap().map(Result::unwrap).collect();
    let marks = "SEARCH m USING COVERING INDEX mark_counted (school_id=? AND pupil_id=? AND day>? AND day<?)";
    assert!(
        steps.iter().any(|step| step == marks) && !steps.iter().any(|step| step.contains("TEMP B-TREE")),
        "{steps:?}"
    );
}
