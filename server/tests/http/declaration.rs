//! Reading the policy and answering it with forms only: both parents for themselves, those who may not, a version that is
//! published in the middle, and a file that anybody can check.

use std::path::Path;

use app::{
    paths,
    rules::{declaration::Answer as Declared, id::SubmissionId, reference::Reference},
};
use reqwest::Method;
use server::{
    declaration::{Flaw, Sheet, check, draw},
    demo::people::{CHIDI, DARREN, NGOZI, PATRICIA, RAHMAN, TOM},
    store::journal::{Actor, Verdict},
};

use super::{
    browser::Browser,
    declarations::{answered, declared, published, published_anew},
    hostile::HOSTILE,
    house::House,
    page::Answer,
    people::{guardian, guardians, pupil},
    program::run,
};

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// Sends the form as its page has it, with these fields.
async fn sends(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(paths::DECLARE).await;
    let (submission, version) = (page.hidden("submission").expect("a form"), page.hidden("version").unwrap());
    let mut all = vec![("submission", submission.as_str()), ("version", version.as_str())];
    all.extend(fields);
    browser.post(paths::DECLARE, &all).await
}

/// A signature for these children.
fn signs<'a>(children: &[&'a str], name: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = children.iter().map(|child| ("child", *child)).collect();
    fields.extend([("answer", "signed"), ("agree", "yes"), ("name", name)]);
    fields
}

fn okafors() -> [String; 2] {
    ["Ada Okafor", "Sam Okafor"].map(|name| pupil(name).to_string())
}

fn reference_of(answer: &Answer) -> Reference {
    Reference::parse(answer.location().rsplit('/').next().unwrap()).unwrap_or_else(|| panic!("{}", answer.main()))
}

#[tokio::test]
async fn a_parent_reads_finds_and_signs_for_two_children_in_one_go_once() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    assert!(look(&phone, paths::POLICY).await.text().contains("has not published"));
    assert_eq!(look(&phone, paths::DECLARE).await.location(), paths::POLICY);
    published(&house).await;
    assert!(look(&phone, paths::HOME).await.text().contains("Sign the attendance policy for Ada and Sam"));
    let page = look(&phone, paths::POLICY).await;
    assert!(
        page.text().contains("id=\"part-the-school-day\"") && page.text().contains("href=\"#part-the-school-day\"")
    );
    let found = look(&phone, "/policy?q=HEAD+LICE").await;
    assert!(found.text().contains("One part has “HEAD LICE” in it"), "{}", found.main());
    assert!(
        found.text().contains("<mark>head lice</mark>") && !found.text().contains("Penalty notices"),
        "{}",
        found.main()
    );
    let [ada, sam] = okafors();
    let before = house.place.count("mail").await;
    let page = phone.get(paths::DECLARE).await;
    assert_eq!(
        page.chosen("agree").len() + page.chosen("child").len() + page.chosen("answer").len(),
        0,
        "nothing is ticked"
    );
    let submission = page.hidden("submission").unwrap();
    let mut fields = vec![("submission", submission.as_str()), ("version", "1")];
    fields.extend(signs(&[&ada, &sam], "  ngozi   OKAFOR "));
    let first = phone.post(paths::DECLARE, &fields).await;
    let again = phone.post(paths::DECLARE, &fields).await;
    assert_eq!((first.status.as_u16(), again.location()), (303, first.location()), "two taps, one receipt");
    assert_eq!(house.place.count("declaration_form").await, 1);
    assert_eq!(house.place.count("declaration WHERE replaced_at IS NULL AND answer = 'signed'").await, 2);
    assert_eq!(house.place.count("mail").await, before + 1);
    let mail = house.site.mail_to(NGOZI).await.remove(0);
    let receipt = look(&phone, first.location()).await;
    let reference = reference_of(&first);
    assert!(receipt.text().contains("Signed. Thank you") && receipt.text().contains(&reference.to_string()));
    assert!(mail.body.contains(&reference.to_string()), "{}", mail.body);
    for secret in ["Ada", "Sam", "Okafor"] {
        assert!(!mail.body.contains(secret) && !mail.subject.contains(secret) && !receipt.title().contains(secret));
    }
    assert!(!look(&phone, paths::HOME).await.text().contains("Sign the attendance policy for"));
    // With other answers the same form says so, and changes nothing.
    fields.retain(|(name, value)| *name != "child" || *value != sam);
    let other = phone.post(paths::DECLARE, &fields).await;
    assert_eq!(other.status, 409, "{}", other.main());
    assert_eq!(house.place.count("declaration_form").await, 1);
    // Evidence: what 8.6 asks for, address and browser apart.
    assert_eq!(house.place.count("declaration_form WHERE ip = '127.0.0.1' AND user_agent LIKE '%Firefox%'").await, 1);
    let line = format!("journal WHERE action = 'declare' AND subject_id = '{}'", reference.as_str());
    assert_eq!(house.place.count(&line).await, 1);
    assert!(matches!(house.portal.school.verify_journal(&[]).await, Ok(Verdict::Whole(_))));
    house.portal.school.forget_old_addresses(house.portal.now() + chrono::Duration::days(1)).await.unwrap();
    assert_eq!(house.place.count("declaration_form WHERE ip IS NOT NULL OR user_agent IS NOT NULL").await, 0);
}

#[tokio::test]
async fn each_parent_answers_for_themselves_and_sees_nothing_of_the_others() {
    let house = House::open().await;
    published(&house).await;
    let [ada, sam] = okafors();
    let mut mother = house.device_of(NGOZI).await;
    let sent = sends(&mut mother, &signs(&[&ada, &sam], "Ngozi Okafor")).await;
    let hers = sent.location().to_owned();
    let mut father = house.device_of(CHIDI).await;
    assert!(look(&father, paths::HOME).await.text().contains("Sign the attendance policy for Ada and Sam"));
    for path in [paths::POLICY, paths::DECLARE] {
        let page = look(&father, path).await;
        assert!(!page.text().contains("Ngozi") && !page.text().contains("You signed"), "{path}");
    }
    let nothing = look(&father, "/policy/declarations/CDFHJKM3").await;
    for path in [hers.clone(), format!("{hers}/declaration.pdf")] {
        let his = look(&father, &path).await;
        assert_eq!((his.status.as_u16(), his.text()), (404, nothing.text()), "{path}");
    }
    // He signs with another name than the one on record: said so, and explained.
    let short = sends(&mut father, &signs(&[&ada], "Chidi O.")).await;
    assert_eq!((short.status.as_u16(), short.complaints()), (422, vec!["name".to_owned()]));
    assert_eq!(short.chosen("child"), std::slice::from_ref(&ada), "what was typed stays");
    assert_eq!(short.chosen("agree"), Vec::<String>::new(), "but for the box");
    let mut fields = signs(&[&ada], "Chidi O.");
    fields.push(("explanation", HOSTILE[0].0));
    let signed = sends(&mut father, &fields).await;
    let receipt = look(&father, signed.location()).await;
    assert!(receipt.read().contains("Chidi O."), "{}", receipt.main());
    assert!(!receipt.text().contains("<script>alert"), "{}", receipt.main());
    assert_eq!(house.place.count("declaration WHERE answer = 'signed'").await, 3);
}

#[tokio::test]
async fn whoever_shares_an_inbox_or_came_with_a_letter_reads_and_does_not_sign() {
    let house = House::open().await;
    published(&house).await;
    let (shared, _) = house.device(RAHMAN, None).await;
    let imran = guardians(RAHMAN)[1].to_string();
    assert_eq!(shared.post(app::paths::SIGN_IN_WHO, &[("guardian", &imran)]).await.status, 303);
    assert_eq!(look(&shared, paths::POLICY).await.status, 200);
    let page = look(&shared, paths::DECLARE).await;
    assert!(page.status == 200 && page.hidden("submission").is_none(), "{}", page.main());
    let forced = shared
        .post(paths::DECLARE, &[("submission", SubmissionId::from_bytes([7; 16]).as_str()), ("version", "1")])
        .await;
    assert_eq!(forced.status, 403);
    // A code is older than a quarter of an hour: a fresh one is asked for, and nothing is taken without it.
    let later = house.later(20).await;
    let phone = house.device_of(NGOZI).await.at(&later.site);
    assert_eq!(look(&phone, paths::DECLARE).await.location(), paths::prove(paths::DECLARE));
    let [ada, _] = okafors();
    let mut fields = vec![("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("version", "1")];
    fields.extend(signs(&[&ada], "Ngozi Okafor"));
    assert_eq!(phone.post(paths::DECLARE, &fields).await.status, 403);
    assert_eq!(house.place.count("declaration_form").await, 0);
}

#[tokio::test]
async fn a_barred_or_unreviewed_guardian_is_not_asked_and_cannot_answer() {
    let house = House::open().await;
    published(&house).await;
    for (email, child) in [(DARREN, "Leo Whitfield"), (TOM, "Isla Brennan")] {
        let browser = house.device_of(email).await;
        assert!(!look(&browser, paths::HOME).await.text().contains("Sign the attendance policy for"));
        assert!(look(&browser, paths::DECLARE).await.hidden("submission").is_none());
        let child = pupil(child).to_string();
        let mut fields = vec![("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("version", "1")];
        fields.extend(signs(&[&child], "Anybody"));
        assert_eq!(browser.post(paths::DECLARE, &fields).await.status, 404, "{email}");
    }
    // Somebody else's child beside one's own: nothing is kept of either.
    let mut ngozi = house.device_of(NGOZI).await;
    let ([ada, _], zofia) = (okafors(), pupil("Zofia Kaczmarek").to_string());
    assert_eq!(sends(&mut ngozi, &signs(&[&ada, &zofia], "Ngozi Okafor")).await.status, 404);
    // A bar that is set while the form stands open holds.
    let mut chidi = house.device_of(CHIDI).await;
    let page = chidi.get(paths::DECLARE).await;
    let submission = page.hidden("submission").unwrap();
    let (school, now) = (&house.portal.school, house.portal.now());
    school.set_bar(&guardian(CHIDI), &pupil("Ada Okafor"), true, Actor::System("test"), now).await.unwrap();
    let mut fields = vec![("submission", submission.as_str()), ("version", "1")];
    fields.extend(signs(&[&ada], "Chidi Okafor"));
    assert_eq!(chidi.post(paths::DECLARE, &fields).await.status, 404);
    assert_eq!(house.place.count("declaration_form").await, 0);
    // Who may look may also answer for themselves.
    let mut patricia = house.device_of(PATRICIA).await;
    let noah = pupil("Noah Clarke").to_string();
    let answered = sends(&mut patricia, &[("child", &noah), ("answer", "talk"), ("words-talk", "Please ring.")]).await;
    assert_eq!(answered.status, 303, "{}", answered.main());
}

#[tokio::test]
async fn a_new_version_in_the_middle_is_told_and_nothing_typed_is_lost() {
    let house = House::open().await;
    published(&house).await;
    let mut phone = house.device_of(NGOZI).await;
    let [ada, sam] = okafors();
    let page = phone.get(paths::DECLARE).await;
    let submission = page.hidden("submission").unwrap();
    assert_eq!(published_anew(&house, "# Other\n\nwords").await, 2);
    let mut fields = vec![("submission", submission.as_str()), ("version", "1")];
    fields.extend(signs(&[&ada, &sam], "Ngozi Okoro"));
    fields.push(("explanation", "My name before we married"));
    let told = phone.post(paths::DECLARE, &fields).await;
    assert_eq!(told.status, 409);
    assert!(told.text().contains("published a new version"), "{}", told.main());
    assert_eq!(told.chosen("child"), [ada.clone(), sam.clone()]);
    assert_eq!(told.chosen("answer"), ["signed"]);
    assert_eq!(told.chosen("agree"), Vec::<String>::new(), "the box is to be ticked for the new version");
    let read = told.read();
    assert!(read.contains("value=\"Ngozi Okoro\"") && read.contains("My name before we married"), "{read}");
    assert_eq!((told.hidden("version").as_deref(), house.place.count("declaration_form").await), (Some("2"), 0));
    // Published between the look and the write: the store says the same.
    let submission = told.hidden("submission").unwrap();
    let mut fields = vec![("submission", submission.as_str()), ("version", "2")];
    fields.extend(signs(&[&ada, &sam], "Ngozi Okafor"));
    let signed = phone.post(paths::DECLARE, &fields).await;
    assert_eq!(signed.status, 303, "{}", signed.main());
    // What was signed stays with its version, and another asks everybody again.
    assert_eq!(published_anew(&house, "# Third\n\nwords").await, 3);
    assert!(look(&phone, paths::HOME).await.text().contains("Sign the attendance policy for Ada and Sam"));
    let receipt = look(&phone, signed.location()).await;
    assert!(receipt.text().contains("href=\"/policy/versions/2\""), "{}", receipt.main());
    let old = look(&phone, "/policy/versions/2").await;
    assert!(old.text().contains("This is an earlier version") && old.text().contains("Other"), "{}", old.main());
    for none in ["0", "4", "01", "+1", "-1", "1e0", "x", "9223372036854775808"] {
        assert_eq!(look(&phone, &format!("/policy/versions/{none}")).await.status, 404, "{none}");
    }
}

#[tokio::test]
async fn wishing_to_talk_is_a_whole_answer_that_can_become_a_signature() {
    let house = House::open().await;
    published(&house).await;
    let mut phone = house.device_of(NGOZI).await;
    let [ada, sam] = okafors();
    let none = sends(&mut phone, &[]).await;
    assert_eq!((none.status.as_u16(), none.complaints()), (422, vec!["child".to_owned(), "answer".to_owned()]));
    let long = "x".repeat(1001);
    let long = sends(&mut phone, &[("child", &ada), ("answer", "no"), ("words-no", &long)]).await;
    assert_eq!((long.status.as_u16(), long.complaints()), (422, vec!["words-no".to_owned()]));
    assert_eq!(long.text_area("words-no").len(), 1001);
    let said = HOSTILE[1].0;
    let talks = sends(&mut phone, &[("child", &ada), ("child", &sam), ("answer", "talk"), ("words-talk", said)]).await;
    let receipt = look(&phone, talks.location()).await;
    assert!(receipt.text().contains("You asked to talk first"), "{}", receipt.main());
    assert_eq!(look(&phone, &format!("{}/declaration.pdf", talks.location())).await.status, 404, "nothing is signed");
    // She is no longer asked; staff have a conversation.
    assert!(!look(&phone, paths::HOME).await.text().contains("Sign the attendance policy for"));
    let mut office = house.staff("office@demo.example").await;
    let list = office.get(paths::STAFF_POLICY).await;
    assert!(list.text().contains("Wants to talk") && list.text().contains("Waits for us"), "{}", list.main());
    let child = pupil("Ada Okafor");
    let page = office.get(&paths::staff_declaration(&child)).await;
    assert!(page.read().contains(said) && !page.text().contains("<script>alert"), "{}", page.main());
    let reference = reference_of(&talks);
    let (to, field) = (paths::staff_declaration_messages(&reference), format!("text-{}", reference.as_str()));
    let message = page.hidden("message").unwrap();
    let answer = office.post(&to, &[("message", &message), (&field, "May we ring you at 4?"), ("asks", "yes")]).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert!(look(&phone, paths::HOME).await.text().contains("has a question about your answer"));
    let receipt = look(&phone, talks.location()).await;
    let next = receipt.hidden("message").unwrap();
    let say = paths::declaration_messages(&reference);
    assert_eq!(phone.post(&say, &[("message", &next), ("text", "Yes, please.")]).await.status, 303);
    // Nobody else of the family has it.
    let father = house.device_of(CHIDI).await;
    assert_eq!(father.post(&say, &[("message", &next), ("text", "What is this?")]).await.status, 404);
    // Then she signs for one of them; the earlier answer stays where it was.
    let signed = sends(&mut phone, &signs(&[&ada], "Ngozi Okafor")).await;
    assert_eq!(signed.status, 303, "{}", signed.main());
    assert_eq!(house.place.count("declaration WHERE replaced_at IS NOT NULL").await, 1);
    assert_eq!(house.place.count("declaration WHERE replaced_at IS NULL AND answer = 'talk'").await, 1);
    assert_eq!(look(&phone, talks.location()).await.status, 200);
    // A signature stays: no other answer takes its place.
    let taken_back = sends(&mut phone, &[("child", &ada), ("answer", "no")]).await;
    assert_eq!(taken_back.status, 409, "{}", taken_back.main());
}

#[tokio::test]
async fn the_signed_file_can_be_checked_by_anybody_and_beside_the_school() {
    let house = House::open().await;
    published(&house).await;
    let mut phone = house.device_of(NGOZI).await;
    let [ada, sam] = okafors();
    let signed = sends(&mut phone, &signs(&[&ada, &sam], "Ngozi Okafor")).await;
    let file = look(&phone, &format!("{}/declaration.pdf", signed.location())).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "application/pdf"));
    let again = look(&phone, &format!("{}/declaration.pdf", signed.location())).await;
    assert!(file.bytes == again.bytes, "the same file every time");
    let checked = check(&file.bytes);
    assert_eq!(checked.flaws, [], "{checked:?}");
    let facts = checked.facts.unwrap();
    assert_eq!((facts.signed_name.as_str(), facts.children.len()), ("Ngozi Okafor", 2));
    assert!(facts.code_given_at.is_some() && facts.statement == house.portal.policy.statement);
    if house.place.database().is_some() {
        return;
    }
    let path = house.place.data().join("declaration.pdf");
    std::fs::write(&path, &file.bytes).unwrap();
    let (code, said) = verify(&path, None);
    assert!(code == Some(0) && said.contains("The fingerprints fit") && said.contains("Ada Okafor"), "{said}");
    let (code, said) = verify(&path, Some(house.place.data()));
    assert!(code == Some(0) && said.contains("The school's record says the same."), "{said}");
    assert!(said.contains("The journal says the same.") && said.contains("as it was published"), "{said}");
    assert!(
        said.contains(&format!("Declared: {:?}", facts.statement)) && said.contains("Answer: \"signed\""),
        "{said}"
    );
    // Drawn by another program: what it carries holds, and that its pages were not looked at is no small thing.
    let of = |change: fn(&mut Sheet)| {
        let mut sheet = checked.sheet.clone().unwrap();
        change(&mut sheet);
        std::fs::write(&path, draw(&sheet).unwrap().unwrap()).unwrap();
        [verify(&path, None), verify(&path, Some(house.place.data()))]
    };
    for (code, said) in of(|sheet| "nine-fifteen 0.0.1".clone_into(&mut sheet.drawn_by)) {
        assert!(code == Some(4) && said.contains("THE PAGES WERE NOT COMPARED"), "{said}");
    }
    let [_, (code, said)] = of(|sheet| "Another School".clone_into(&mut sheet.school));
    assert!(code == Some(3) && said.contains("DIFFERENT: the file is from \"Another School\""), "{said}");
    let [(code, said), _] = of(|sheet| "Another policy".clone_into(&mut sheet.title));
    assert!(code == Some(3) && said.contains("ALTERED: the policy's title"), "{said}");
    // An altered file.
    let mut altered = file.bytes.clone();
    let at = altered.len() / 2;
    altered[at] ^= 1;
    assert_ne!(check(&altered).flaws, []);
    std::fs::write(&path, &altered).unwrap();
    let (code, said) = verify(&path, None);
    assert!(code == Some(3) && (said.contains("ALTERED") || said.contains("NO DECLARATION")), "{said}");
    std::fs::write(&path, b"%PDF-1.7 nothing").unwrap();
    assert_eq!(verify(&path, None).0, Some(3));
    assert_eq!(verify(&house.place.data().join("none.pdf"), None).0, Some(1));
    std::fs::write(&path, &file.bytes).unwrap();
    // An altered policy, an altered record, an altered journal: each is told.
    house.place.by_hand("UPDATE policy_version SET body = body || ' '").await;
    let (code, said) = verify(&path, Some(house.place.data()));
    assert!(code == Some(3) && said.contains("ALTERED: of the published policy: text"), "{said}");
    let mut head = house.staff("head@demo.example").await;
    assert!(head.get(&paths::staff_policy_version(1)).await.text().contains("ALTERED SINCE IT WAS PUBLISHED: text"));
    house.place.by_hand("UPDATE policy_version SET body = substr(body, 1, length(body) - 1)").await;
    assert!(head.get(&paths::staff_policy_version(1)).await.text().contains("Every part is as it was published"));
    house.place.by_hand("UPDATE declaration_form SET facts = replace(facts, 'Ngozi', 'Ngosi')").await;
    let (code, said) = verify(&path, Some(house.place.data()));
    assert!(code == Some(3) && said.contains("DIFFERENT: the school's record"), "{said}");
    house.place.by_hand("UPDATE declaration_form SET facts = replace(facts, 'Ngosi', 'Ngozi')").await;
    house.place.by_hand("UPDATE journal SET fields = replace(fields, 'a', 'b') WHERE action = 'declare'").await;
    let (code, said) = verify(&path, Some(house.place.data()));
    assert!(code == Some(3) && said.contains("THE JOURNAL IS BROKEN"), "{said}");
    assert!(said.contains("DIFFERENT: the journal has another signature"), "{said}");
    assert_eq!(check(b"").flaws, [Flaw::NotOurs]);
}

/// What the command says, and how it ends.
fn verify(file: &Path, data: Option<&Path>) -> (Option<i32>, String) {
    let mut words = vec!["verify-declaration", file.to_str().unwrap()];
    if let Some(data) = data {
        words.extend(["--data", data.to_str().unwrap()]);
    }
    let done = run(&words);
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.code(), said)
}

#[tokio::test]
async fn a_child_whom_they_lose_takes_the_answer_out_of_sight() {
    let house = House::open().await;
    published(&house).await;
    let reference = declared(&house, CHIDI, &["Ada Okafor", "Sam Okafor"].map(pupil)).await;
    let father = house.device_of(CHIDI).await;
    assert_eq!(look(&father, &paths::declaration(&reference)).await.status, 200);
    let (school, now) = (&house.portal.school, house.portal.now());
    school.set_bar(&guardian(CHIDI), &pupil("Sam Okafor"), true, Actor::System("test"), now).await.unwrap();
    assert_eq!(look(&father, &paths::declaration(&reference)).await.status, 404);
    assert_eq!(look(&father, &paths::declaration_pdf(&reference)).await.status, 404);
    // For the child he still sees he has answered.
    assert!(look(&father, paths::POLICY).await.text().contains("You signed for Ada"));
    let mother = answered(&house, NGOZI, &[pupil("Ada Okafor")], Declared::No).await;
    assert_eq!(look(&father, &paths::declaration(&mother)).await.status, 404);
}
