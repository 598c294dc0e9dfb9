//! A word about a child's health, followed through the whole program: where it may stand, and that
//! it stands nowhere else.

use std::path::{Path, PathBuf};

use app::paths;
use reqwest::Method;
use server::demo::people::{CHIDI, NGOZI};
use tempfile::TempDir;

use super::{
    browser::Browser,
    hand::Hand,
    house::{House, MONDAY},
    page::Answer,
    people::pupil,
    program::{Program, demo},
};

/// What nobody else says, in every field that takes words.
const CANARY: &str = "kanarienvogel";

/// Names and labels that are as private, outside the pages themselves.
const PRIVATE: [&str; 5] = [CANARY, "Ada", "Okafor", "Something else", "Religious festival"];

pub(super) fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

/// What an answer says besides the page itself must hold nothing private.
fn outside_is_clean(answer: &Answer, what: &str) {
    let headers = format!("{:?}", answer.headers);
    for word in PRIVATE {
        assert!(!headers.contains(word), "{word} in the headers of {what}: {headers}");
        assert!(!answer.title().contains(word), "{word} in the title of {what}: {}", answer.title());
    }
}

/// A morning in which the word is typed wherever words can be; answers with every page on the way.
async fn a_morning_with_the_word(parent: &mut Browser, office: &mut Browser) -> Vec<(String, Answer)> {
    let ada = pupil("Ada Okafor").to_string();
    let mut seen = Vec::new();
    let long = format!("{CANARY} {}", "x".repeat(600));
    for (reason, field) in [("other", "other-other"), ("festival", "which-festival")] {
        let form = parent.get(&paths::report_child(&pupil("Ada Okafor"))).await;
        let id = form.hidden("submission").unwrap();
        let whole = |note: &str, more: (&'static str, &str)| -> Vec<(String, String)> {
            let fields =
                [("submission", id.as_str()), ("who", &ada), ("day", MONDAY), ("part", "all"), ("reason", reason)];
            let all = [fields.as_slice(), &[(field, CANARY), ("note", note), more]].concat();
            all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        let mut reference = String::new();
        for (fields, status) in [
            (whole(&long, ("", "")), 422),
            (whole(CANARY, ("csrf", "wrong")), 403),
            (whole(CANARY, ("", "")), 303),
            (whole("otherwise", ("", "")), 409),
        ] {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = parent.post_form(paths::REPORT, &fields).await;
            assert_eq!(answer.status, status);
            if status == 303 {
                reference = answer.location().to_owned();
            }
            seen.push((format!("POST {status}"), answer));
        }
        for path in [reference.clone(), format!("{reference}/change"), paths::HOME.into(), paths::RECEIPTS.into()] {
            seen.push((path.clone(), parent.get(&path).await));
        }
        seen.push((paths::BOARD.to_owned(), office.get(paths::BOARD).await));
        if reason == "other" {
            parent.get(&format!("{reference}/withdraw")).await;
            seen.push(("withdraw".into(), parent.post_form(&format!("{reference}/withdraw"), &[]).await));
        } else {
            let coded = [("pupil", ada.as_str()), ("day", MONDAY), ("seen", ""), ("code", "R")];
            seen.push(("code".into(), office.post_form(paths::BOARD_CODE, &coded).await));
        }
    }
    seen
}

#[tokio::test]
async fn a_word_about_health_stands_on_its_pages_and_in_its_rows_and_nowhere_else() {
    let folder = TempDir::new().unwrap();
    let scratch = folder.path().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let data = folder.path().join("data");
    let mut words = demo(&data);
    words.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1").env("TMPDIR", &scratch);
    let mut program = Program::start(folder, &data, words).await;
    let (mut parent, mut office) = (program.browser(), program.browser());
    let sent = parent.ask_code(NGOZI).await.expect("a message");
    let code = [("sign_in", sent.asking.as_str()), ("code", &sent.figures)];
    assert_eq!(parent.post_form(paths::SIGN_IN_CODE, &code).await.status, 303);
    office.staff("office@demo.example").await;
    let seen = a_morning_with_the_word(&mut parent, &mut office).await;
    assert!(seen.iter().any(|(path, page)| path == paths::BOARD && page.read().contains(CANARY)), "the test looks");
    seen.iter().for_each(|(what, answer)| outside_is_clean(answer, what));
    // The other parent learns that there was a report, and no word of it.
    let mut other = program.browser();
    other.sign_in(CHIDI).await;
    for path in [paths::HOME, paths::RECEIPTS] {
        assert!(!other.get(path).await.text().contains(CANARY), "{path}");
    }
    assert!(!program.site.mail_to(NGOZI).await.is_empty());
    program.terminate();
    assert!(program.ended().await.success());

    let log = program.log();
    assert!(log.contains("\"route\":\"/absences/new\"") && log.contains("\"status\":303"), "{log}");
    let references = seen.iter().filter_map(|(_, answer)| answer.location().strip_prefix("/receipts/"));
    let ada = pupil("Ada Okafor");
    let secrets = [sent.figures.as_str(), &sent.link[14..], NGOZI, ada.as_str()].into_iter().chain(references);
    let cookies = parent.jar.values().chain(office.jar.values()).map(String::as_str);
    for word in PRIVATE.into_iter().chain(secrets).chain(cookies) {
        assert!(!log.contains(word), "{word} in the log");
    }
    let mut files = Vec::new();
    files_below(program.folder.path(), &mut files);
    // The demo's own file of made-up people lies there to be tried.
    let public = ["nine-fifteen.db", server::demo::roster::FILE];
    for file in files.iter().filter(|file| !public.iter().any(|name| file.to_string_lossy().contains(name))) {
        let bytes = std::fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for word in PRIVATE {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
    let mut hand = Hand::sqlite(&program.data.join("nine-fifteen.db"));
    let tables = hand.texts("SELECT name FROM sqlite_master WHERE type = 'table'").await;
    for table in &tables {
        let columns = hand.texts(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let holds = columns.iter().map(|column| format!("CAST({column} AS TEXT) LIKE '%{CANARY}%'"));
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {}", holds.collect::<Vec<_>>().join(" OR "));
        let found = hand.number(&sql).await;
        assert_eq!(found > 0, table == "report", "{table}: {found}");
    }
}

#[tokio::test]
async fn a_page_of_a_failure_repeats_nothing_that_was_typed() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let typed = browser.form(&[("note", CANARY), ("submission", CANARY), (CANARY, CANARY)]);
    let long = [typed.clone(), b"&note=".to_vec(), vec![b'x'; 100_000]].concat();
    let many = [typed.clone(), "&a".repeat(300).into_bytes()].concat();
    let plain: [(&str, &str); 1] = [("content-type", "text/plain")];
    let foreign = [("origin", "https://kanarienvogel.example")];
    let path = format!("/{CANARY}?q={CANARY}");
    let report = paths::REPORT;
    for (status, path, headers, body) in [
        (404, path.as_str(), [].as_slice(), typed.clone()),
        (400, report, &[], typed.clone()),
        (400, report, &plain, typed.clone()),
        (400, report, &[], many),
        (403, report, &foreign, typed.clone()),
        (413, report, &[], long),
        (403, &format!("{report}?csrf={CANARY}"), &[], format!("note={CANARY}").into_bytes()),
    ] {
        let answer = browser.send(Method::POST, path, headers, body).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.text().contains(CANARY), "{status} {path}: {}", answer.main());
        assert!(!format!("{:?}", answer.headers).contains(CANARY), "{status} {path}");
    }
    house.portal.store.close().await;
    let answer = browser.send(Method::POST, report, &[], typed).await;
    assert!(answer.status == 503 && answer.says_not_received() && !answer.text().contains(CANARY), "{}", answer.main());
}

#[tokio::test]
async fn hidden_words_are_not_in_the_page_at_all() {
    let house = House::open().await;
    let parent = house.device_of(NGOZI).await;
    let ada = pupil("Ada Okafor").to_string();
    let mut fields =
        vec![("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("who", &ada), ("day", MONDAY), ("part", "all")];
    fields.extend([("reason", "other"), ("other-other", CANARY), ("note", CANARY)]);
    assert_eq!(parent.post(paths::REPORT, &fields).await.status, 303);
    let mut office = house.staff("office@demo.example").await;
    for (hide, shown) in [("yes", false), ("no", true)] {
        office.get(paths::BOARD).await;
        assert_eq!(office.post_form(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await.status, 303);
        let board = office.get(paths::BOARD).await;
        assert!(board.text().contains("Okafor, Ada"));
        assert_eq!(board.text().contains(CANARY) || board.text().contains("Something else"), shown, "{}", board.main());
    }
}

#[tokio::test]
async fn pages_about_people_are_kept_nowhere_and_swept_away_at_sign_out() {
    let house = House::open().await;
    let mut parent = house.parent(NGOZI).await;
    let mut office = house.staff("office@demo.example").await;
    for (browser, pages, out) in [
        (&mut parent, [paths::HOME, paths::REPORT, paths::RECEIPTS, paths::DEVICES].as_slice(), paths::SIGN_OUT),
        (&mut office, &[paths::BOARD, paths::STAFF_MAIL, paths::BOARD], paths::STAFF_SIGN_OUT),
    ] {
        for path in pages {
            let answer = browser.get(path).await;
            assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{path}");
        }
        let left = browser.post_form(out, &[]).await;
        assert_eq!((left.status.as_u16(), left.header("clear-site-data")), (303, "\"cache\", \"storage\""));
        assert_eq!(left.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn what_the_store_says_of_its_errors_holds_no_value() {
    let house = House::open().await;
    let odd = [
        format!("UPDATE guardian SET guardian_id = '{CANARY}'"),
        format!("UPDATE guardian_pupil SET access = '{CANARY}'"),
        format!("INSERT INTO class (school_id, class_id, name, year) VALUES ('{CANARY}', 'x', 'x', 1)"),
        format!("SELECT {CANARY} FROM pupil"),
        format!("'{CANARY}"),
    ];
    for sql in odd {
        let refused = house.place.refusal(&sql).await;
        let said = refused.to_string();
        assert!(said.starts_with("database: code") && !said.contains(CANARY), "{sql}: {said}");
    }
}
