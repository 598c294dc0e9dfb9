//! A program that dies while the policy is being signed: every receipt that was given is stored, nothing is half there, and
//! whoever was not answered sends the same form again and has one receipt.

use std::{collections::BTreeMap, path::Path, process::Command, time::Duration};

use app::paths;
use reqwest::Method;
use server::demo::people::{CHIDI, GRACE, JO, MALGORZATA, NGOZI, PATRICIA};
use tempfile::TempDir;

use super::{
    browser::{Browser, FORM},
    people::guardian,
    program::{Program, demo, run, verify},
    trap::Trap,
};

/// In whose transaction the program dies.
const HERS: &str = MALGORZATA;

/// A form that is filled in and not sent, in its guardian's own browser.
struct Filled {
    email: &'static str,
    browser: Browser,
    body: Vec<u8>,
}

impl Filled {
    async fn by(program: &Program, email: &'static str) -> Self {
        let mut browser = program.browser();
        browser.sign_in(email).await;
        let page = browser.get(paths::DECLARE).await;
        let [submission, version] = ["submission", "version"].map(|name| page.hidden(name).expect("a form"));
        let children: Vec<String> = page.inputs("child").iter().map(|child| child.at("value")).collect();
        let mut fields = vec![("submission", submission.as_str()), ("version", version.as_str())];
        fields.extend(children.iter().map(|child| ("child", child.as_str())));
        fields.extend([("answer", "signed"), ("agree", "yes"), ("name", "A parent"), ("explanation", "It is mine.")]);
        let body = browser.form(&fields);
        Self { email, browser, body }
    }

    /// Sends it to the program that is there now; where the receipt is, if an answer comes.
    async fn sends(&self, program: &Program) -> Option<String> {
        let browser = self.browser.at(&program.site);
        let kind = [("content-type", FORM)];
        let answer = browser.begin(Method::POST, paths::DECLARE, &kind, self.body.clone()).await.ok()?;
        assert_eq!(answer.status(), 303, "{}", self.email);
        Some(answer.headers()["location"].to_str().unwrap().to_owned())
    }
}

/// What the program says of all that it left behind.
fn check(data: &Path) {
    let done = run(&["check", "--data", data.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
}

/// References of what these guardians have declared in the database, by guardian.
fn stored(data: &Path) -> BTreeMap<String, Vec<String>> {
    let hand = rusqlite::Connection::open(data.join("nine-fifteen.db")).unwrap();
    let mut all = hand.prepare("SELECT guardian_id, reference FROM declaration_form").unwrap();
    let rows = all.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        let (guardian, reference) = row.unwrap();
        stored.entry(guardian).or_default().push(reference);
    }
    stored
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_that_was_acknowledged_outlives_a_kill_in_the_middle_of_another() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut program = Program::start(TempDir::new().unwrap(), &data, demo(&data)).await;
    let mut forms = Vec::new();
    for email in [NGOZI, CHIDI, GRACE, PATRICIA, JO, HERS] {
        forms.push(Filled::by(&program, email).await);
    }
    let mut told = BTreeMap::new();
    for form in &forms[..2] {
        told.insert(form.email, form.sends(&program).await.expect("a receipt"));
    }
    // Her form's row is written, and neither her children's nor the journal's line.
    let hers = guardian(HERS);
    let when = format!("AFTER INSERT ON declaration_form WHEN NEW.guardian_id = '{hers}'");
    let mut trap = Trap::sqlite(&data.join("nine-fifteen.db"), &when);
    let sending = futures_util::future::join_all(forms[2..].iter().map(|form| form.sends(&program)));
    let killing = async {
        // Nobody else writes for so long.
        let mut stands = 0;
        for _ in 0..2000 {
            stands = if trap.is_sprung().await { stands + 1 } else { 0 };
            if stands == 20 {
                assert!(Command::new("kill").args(["-KILL", &program.pid()]).status().unwrap().success());
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody signs");
    };
    let (answers, ()) = tokio::join!(sending, killing);
    for (form, receipt) in forms[2..].iter().zip(answers) {
        assert!(form.email != HERS || receipt.is_none(), "hers was never committed");
        told.extend(receipt.map(|receipt| (form.email, receipt)));
    }
    assert!(!program.ended().await.success());
    trap.lift().await;

    check(&data);
    let kept = stored(&data);
    assert_eq!(kept.get(hers.as_str()), None, "nothing of hers");
    for (email, receipt) in &told {
        let reference = receipt.rsplit('/').next().unwrap();
        assert_eq!(kept.get(guardian(email).as_str()), Some(&vec![reference.to_owned()]), "{email}");
    }
    let mut again = demo(&data);
    again.arg("--keep");
    let mut program = Program::start(TempDir::new().unwrap(), &data, again).await;
    for form in &forms {
        let receipt = form.sends(&program).await.expect("a receipt");
        assert_eq!(form.sends(&program).await.as_ref(), Some(&receipt), "{}", form.email);
        assert_eq!(*told.entry(form.email).or_insert(receipt.clone()), receipt, "{}", form.email);
        let page = form.browser.at(&program.site).get(&receipt).await;
        assert!(page.status == 200 && page.text().contains("Signed. Thank you"), "{}", page.main());
    }
    program.terminate();
    assert!(program.ended().await.success());
    let kept = stored(&data);
    for (email, receipt) in &told {
        let reference = receipt.rsplit('/').next().unwrap();
        assert_eq!(kept.get(guardian(email).as_str()), Some(&vec![reference.to_owned()]), "{email}");
    }
    let hand = rusqlite::Connection::open(data.join("nine-fifteen.db")).unwrap();
    let mails: i64 =
        hand.query_row("SELECT COUNT(*) FROM mail WHERE kind = 'declaration'", (), |row| row.get(0)).unwrap();
    assert_eq!(mails, 6, "a receipt's mail each");
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
    check(&data);
}
