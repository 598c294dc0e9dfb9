//! A form for leave in a program that dies in the middle: what was answered as saved is there, and nothing else is.

use std::process::Command;

use app::{paths, rules::id::SubmissionId};
use server::demo::people::NGOZI;
use tempfile::TempDir;

use super::program::{Program, demo, verify};

#[tokio::test]
async fn what_was_saved_of_a_form_survives_a_kill_and_can_be_gone_on_with() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut program = Program::start(TempDir::new().unwrap(), &data, demo(&data)).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    let id = browser.get(paths::LEAVE).await.hidden("draft").expect("a form begins");
    let draft = SubmissionId::parse(&id).unwrap();
    assert_eq!(browser.post_form(paths::LEAVE, &[("draft", &id)]).await.status, 303);
    let step = paths::leave_step(&draft, "adults");
    let seen = browser.get(&step).await.hidden("seen").unwrap();
    let saved = browser.post_form(&step, &[("seen", &seen), ("with", "Both of us.")]).await;
    assert_eq!(saved.status, 303, "{}", saved.main());
    assert!(Command::new("kill").args(["-KILL", &program.pid()]).status().unwrap().success());
    assert!(!program.ended().await.success());

    let mut again = demo(&data);
    again.arg("--keep");
    let mut program = Program::start(TempDir::new().unwrap(), &data, again).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    let list = browser.get(paths::LEAVE).await;
    assert!(list.text().contains(&paths::leave_draft(&draft)), "{}", list.main());
    assert!(browser.get(&step).await.text_area("with").contains("Both of us."));
    let other = paths::leave_step(&draft, "travel");
    let seen = browser.get(&other).await.hidden("seen").unwrap();
    assert_eq!(browser.post_form(&other, &[("seen", &seen), ("away", "home")]).await.status, 303);
    program.terminate();
    assert!(program.ended().await.success());
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
}
