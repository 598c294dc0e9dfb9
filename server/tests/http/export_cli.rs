//! `export attendance` on the command line, line by line as counted by hand.

use std::{fs, path::Path};

use app::rules::{
    calendar::edit::{EntryForm, entered},
    id::StaffId,
};
use server::{
    config, start,
    store::{CalendarKept, NewCalendar},
};
use tempfile::TempDir;

use super::{
    hand::Hand,
    house::morning,
    import_cli::said,
    program::{run, verify},
};

const HEADS: &str = "upn,class,possible,attended,authorised,unauthorised,late,not_recorded,shown_percent,below_95,\
                     persistent,severe,window_sessions,window_sessions_without_n,window_state";

/// Ann has been here for years, Bo has no number and joined on 9 November with marks of the school before,
/// Cy left on 13 November, Di is four, Ed joined on 16 November and has no history.
const ROSTER: &str = "\
UPN,Admission number,Surname,Forename,DOB,Year,Class,Admission date,Leaving date
A823100000001,1,Able,Ann,12/03/2019,3,3 Oak,01/09/2024,
,2,Best,Bo,12/03/2019,3,3 Oak,09/11/2026,
A823100000003,3,Cole,Cy,12/03/2020,2,\"Żółw, 2\",01/09/2024,13/11/2026
A823100000004,4,Dove,Di,01/10/2021,0,10 Fir,01/09/2026,
A823100000005,5,East,Ed,12/03/2020,2,\"Żółw, 2\",16/11/2026,
";

struct Data {
    folder: TempDir,
    at: String,
}

impl Data {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let data = Self { at: data.display().to_string(), folder };
        // Somebody who has left must have been known before.
        data.takes("roster", &ROSTER.replace("13/11/2026", ""), &[]);
        data.takes("roster", ROSTER, &["--anyway"]);
        data
    }

    fn takes(&self, kind: &str, text: &str, more: &[&str]) {
        let file = self.folder.path().join(format!("{kind}.csv"));
        fs::write(&file, text).unwrap();
        let file = file.display().to_string();
        said(&[&["import", kind, &file, "--data", &self.at], more].concat(), 0);
    }

    /// Closes a day for everybody, as the page does it.
    async fn closes(&self, date: &str) {
        let data = Path::new(&self.at);
        let file = config::read(None, data).unwrap();
        let (store, school) = start::stored_school(data, &file, morning()).await.unwrap();
        let before = start::policy(&school).await.unwrap().calendar;
        let [what, kind, part] = ["day", "closure", "all"].map(str::to_owned);
        let form = EntryForm { what, kind, part, first: date.to_owned(), ..EntryForm::default() };
        let becomes = entered(&form, &before).unwrap();
        let seen = school.calendar_version().await.unwrap();
        let by = StaffId::from_bytes([31; 16]);
        let new = NewCalendar { seen, before, becomes, changed: "{}".into(), by };
        assert!(matches!(school.keep_calendar(new, morning()).await.unwrap(), CalendarKept::Done(_)));
        store.close().await;
    }

    fn exports(&self, date: &str) -> String {
        let done = run(&["export", "attendance", "--as-of", date, "--format", "csv", "--data", &self.at]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }
}

#[tokio::test]
async fn every_line_is_what_a_pencil_counts() {
    let data = Data::new();
    data.takes(
        "marks",
        "Adno,Date,Session,Mark\n\
         1,2026-07-16,AM,O\n1,2026-07-16,PM,O\n\
         1,2026-09-03,AM,/\n1,2026-09-03,PM,\\\n1,2026-11-16,AM,L\n1,2026-11-16,PM,N\n1,2026-11-17,AM,I\n1,2026-11-17,PM,Y4\n\
         2,2026-11-09,AM,G\n2,2026-11-09,PM,U\n2,2026-11-24,AM,/\n\
         3,2026-09-03,AM,/\n\
         4,2026-11-16,AM,X\n4,2026-11-16,PM,X\n\
         5,2026-11-16,AM,/\n5,2026-11-16,PM,C2\n",
        &[],
    );
    data.takes(
        "marks",
        "Adno,Date,Session,Mark\n2,2026-09-07,AM,O\n2,2026-09-16,AM,O\n2,2026-09-16,PM,N\n",
        &["--previous-school"],
    );
    // The window that ends with 17 November's week begins on 7 September. The year has 37 days from 3 September to
    // half-term and 12 after it: 98 sessions.
    let expected = [
        HEADS,
        // Four years old on 1 October 2025: of age from 31 December 2026. Two marks, none of them possible.
        "A823100000004,10 Fir,0,0,0,0,0,96,,false,false,false,0,0,not_compulsory_age",
        // No number yet: before the others of the class. Admitted on the 9th: 14 sessions, 2 marked. Last school's
        // count in the window and not in the year.
        ",3 Oak,2,0,0,2,0,12,0.0,true,true,true,5,4,below",
        // 3 of 5 attended; July lies before the window.
        "A823100000001,3 Oak,5,3,1,1,1,92,60.0,true,true,false,1,0,below",
        "A823100000005,\"Żółw, 2\",2,1,1,0,0,2,50.0,true,true,true,0,0,history_incomplete",
    ];
    assert_eq!(data.exports("2026-11-17"), expected.join("\n") + "\n");
    // On his last day Cy is on roll, and Ed is not yet.
    let friday = data.exports("2026-11-13");
    assert!(
        friday.contains("\nA823100000003,\"Żółw, 2\",1,1,0,0,0,93,100.0,false,false,false,0,0,history_incomplete\n"),
        "{friday}"
    );
    assert!(!friday.contains("A823100000005"), "{friday}");
    // A Sunday is its week.
    let figures = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(figures(&data.exports("2026-11-20")), figures(&data.exports("2026-11-22")));
    let mut journal = Hand::sqlite(&Path::new(&data.at).join("nine-fifteen.db"));
    let lines = journal.number("SELECT COUNT(*) FROM journal WHERE action = 'export_attendance'").await;
    assert_eq!(lines, 4, "each that left is written down");
    assert_eq!(verify(Path::new(&data.at)).0, Some(0));
}

#[tokio::test]
async fn the_calendar_that_counts_is_the_one_of_the_page() {
    let data = Data::new();
    data.takes("marks", "Adno,Date,Session,Mark\n1,2026-11-16,AM,N\n", &[]);
    let not_recorded = |text: &str| -> Vec<i64> {
        text.lines().skip(1).filter_map(|line| line.rsplit(',').nth(7)?.parse().ok()).collect()
    };
    let before = not_recorded(&data.exports("2026-11-17"));
    data.closes("2026-11-17").await;
    let after = not_recorded(&data.exports("2026-11-17"));
    assert_eq!(before.len(), 4);
    assert_eq!(after, before.iter().map(|count| count - 2).collect::<Vec<_>>(), "a day fewer");
}

#[tokio::test]
async fn the_last_mark_of_a_session_counts() {
    let data = Data::new();
    data.takes("marks", "Adno,Date,Session,Mark\n1,2026-11-16,AM,N\n", &[]);
    data.takes("marks", "Adno,Date,Session,Mark\n1,2026-11-16,AM,I\n", &[]);
    let line = data.exports("2026-11-16");
    assert!(line.contains("\nA823100000001,3 Oak,1,0,1,0,0,95,0.0,true,true,true,0,0,history_incomplete\n"), "{line}");
}

#[tokio::test]
async fn what_cannot_be_exported_says_why_and_writes_nothing() {
    let data = Data::new();
    let export = |words: &[&str]| {
        let done = run(&[&["export", "attendance"], words].concat());
        (done.status.code(), done.stdout.len(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (code, out, said) = export(&["--as-of", "2019-01-07", "--data", &data.at]);
    assert_eq!((code, out), (Some(1), 0));
    assert!(said.contains("no term in the school year 2018/19"), "{said}");
    for (words, part) in [
        (["--as-of", "2026-02-30", "--data", &data.at], "2026-02-30"),
        (["--as-of", "24/11/2026", "--data", &data.at], "24/11/2026"),
    ] {
        let (code, out, said) = export(&words);
        assert!((code, out) == (Some(2), 0) && said.contains(part), "{said}");
    }
    let (code, out, _) = export(&["--as-of", "2026-11-24", "--format", "xml", "--data", &data.at]);
    assert_eq!((code, out), (Some(2), 0));
    let (code, out, said) = export(&["--as-of", "2026-11-24"]);
    assert!((code, out) == (Some(2), 0) && said.contains("--data"), "{said}");
    let empty = TempDir::new().unwrap();
    let (code, out, said) = export(&["--as-of", "2026-11-24", "--data", &empty.path().display().to_string()]);
    assert!((code, out) == (Some(1), 0) && said.contains("no database"), "{said}");
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "nothing was founded there");
}
