//! Publishing the policy, following who has answered, paper, reminders and slips, as staff do it.

use app::{
    paths,
    rules::{declaration::Answer, id::ReminderRunId},
};
use lopdf::Dictionary;
use reqwest::Method;
use server::{
    demo::people::{CHIDI, DARREN, NGOZI},
    reminders,
    store::journal::Actor,
};

use super::{
    browser::Browser,
    declarations::{answered, declared, published, published_anew},
    files::{MULTIPART, form, letter, letter_with_script, photo},
    hostile::HOSTILE,
    house::{House, Node},
    page::Answer as Page,
    people::{guardian, pupil},
};

const OFFICE: &str = "office@demo.example";
const HEAD: &str = "head@demo.example";

async fn of(house: &House, email: &str) -> Browser {
    let ids = house.staff_ids().await;
    house.session(&ids[email], true).await
}

/// A whole draft's fields.
fn whole<'a>(text: &'a str, title: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("title", title),
        ("adopted", "2026-11-20"),
        ("renewal", "2027-11-01"),
        ("summary", "In short."),
        ("changes", "Another word."),
        ("body", text),
    ]
}

/// Sends the draft's form as its page has it.
async fn sends(browser: &mut Browser, fields: &[(&str, &str)], then: &str) -> Page {
    let page = browser.get(paths::POLICY_DRAFT).await;
    let (seen, after) = (page.hidden("seen").unwrap(), page.hidden("after").unwrap());
    let mut all = vec![("seen", seen.as_str()), ("after", after.as_str()), ("then", then)];
    all.extend(fields);
    browser.post(paths::POLICY_DRAFT, &all).await
}

#[tokio::test]
async fn a_version_is_written_looked_at_and_published_and_never_changes() {
    let house = House::open().await;
    let mut head = of(&house, HEAD).await;
    let list = head.get(paths::STAFF_POLICY).await;
    assert!(list.text().contains("No version") && list.text().contains(paths::POLICY_DRAFT), "{}", list.main());
    let hostile = format!("# {}\n\n{} [x](javascript:alert(1))", HOSTILE[0].0, HOSTILE[1].0);
    let looked = sends(&mut head, &whole(&hostile, "Policy"), "look").await;
    assert_eq!(looked.status, 200, "{}", looked.main());
    assert!(
        !looked.text().contains("<script>alert") && !looked.text().contains("href=\"javascript"),
        "{}",
        looked.main()
    );
    assert!(looked.text().contains("What families will see"));
    assert_eq!(house.place.count("policy_version").await, 0, "looking publishes nothing");
    // What is wrong is told at its field; what was typed stays, on another device too.
    let mut wrong = whole("No heading.", "");
    wrong[2].1 = "2026-11-01";
    let told = sends(&mut head, &wrong, "publish").await;
    assert_eq!(told.complaints(), ["title", "body", "renewal"], "{}", told.main());
    let mut other = of(&house, "attendance@demo.example").await;
    let draft = other.get(paths::POLICY_DRAFT).await;
    assert_eq!(draft.text_area("body"), "No heading.");
    // A stale page saves nothing over what somebody else has saved.
    let stale = draft.hidden("seen").unwrap();
    let text = "# Every day\r\n\r\nCome at **8.45**.";
    assert_eq!(sends(&mut head, &whole(text, "Policy"), "look").await.status, 200);
    let mut fields = vec![("seen", stale.as_str()), ("after", "0"), ("then", "publish")];
    fields.extend(whole("# Mine", "Mine"));
    let refused = other.post(paths::POLICY_DRAFT, &fields).await;
    assert_eq!((refused.status.as_u16(), refused.text_area("body").as_str()), (409, "# Mine"));
    let done = sends(&mut head, &whole(text, "Policy"), "publish").await;
    assert_eq!(done.location(), paths::staff_policy_version(1), "{}", done.main());
    assert_eq!((house.place.count("policy_version").await, house.place.count("policy_draft").await), (1, 0));
    let version = head.get(&paths::staff_policy_version(1)).await;
    assert!(version.text().contains("Every part is as it was published"), "{}", version.main());
    let kept = house.portal.school.policy_version().await.unwrap().unwrap();
    assert_eq!(kept.text.text, "# Every day\n\nCome at **8.45**.");
    let line = "journal WHERE action = 'publish_policy' AND subject_id = '1'";
    assert_eq!(house.place.count(line).await, 1);
    // The code has grown old: publishing asks for another, and what was typed is kept.
    let later = house.later(30).await;
    let mut head = head.at(&later.site);
    let asked = sends(&mut head, &whole("# Second", "Policy"), "publish").await;
    assert_eq!(asked.location(), paths::staff_prove(paths::POLICY_DRAFT), "{}", asked.main());
    assert_eq!(house.place.count("policy_version").await, 1);
    assert_eq!(head.get(paths::POLICY_DRAFT).await.text_area("body"), "# Second");
}

#[tokio::test]
async fn a_page_from_before_a_version_was_published_saves_nothing_over_what_came_after() {
    let house = House::open().await;
    let mut head = of(&house, HEAD).await;
    let mut other = of(&house, "attendance@demo.example").await;
    // Opened before there was a draft, and once it was saved: both numbers come again after publishing.
    let before = other.get(paths::POLICY_DRAFT).await;
    assert_eq!(sends(&mut head, &whole("# One", "Policy"), "look").await.status, 200);
    let saved = other.get(paths::POLICY_DRAFT).await;
    assert_eq!(sends(&mut head, &whole("# One", "Policy"), "publish").await.status, 303);
    let stale = async |page: &Page, then: &str| {
        let (seen, after) = (page.hidden("seen").unwrap(), page.hidden("after").unwrap());
        let mut fields = vec![("seen", seen.as_str()), ("after", after.as_str()), ("then", then)];
        fields.extend(whole("# Mine", "Mine"));
        other.post(paths::POLICY_DRAFT, &fields).await
    };
    let refused = stale(&before, "look").await;
    assert_eq!((refused.status.as_u16(), refused.text_area("body").as_str()), (409, "# Mine"));
    assert_eq!(house.place.count("policy_draft").await, 0, "the version is not undone by a draft of before");
    assert_eq!(sends(&mut head, &whole("# Two", "Policy"), "look").await.status, 200);
    for then in ["look", "publish"] {
        let refused = stale(&saved, then).await;
        assert_eq!((refused.status.as_u16(), refused.text_area("body").as_str()), (409, "# Mine"), "{then}");
    }
    assert_eq!(house.place.texts("SELECT body FROM policy_draft").await, ["# Two"]);
    // The same of a file.
    let (seen, after) = (saved.hidden("seen").unwrap(), saved.hidden("after").unwrap());
    let pdf = letter(Dictionary::new());
    let body = form(&[("csrf", &other.token()), ("seen", &seen), ("after", &after)], &[("Old.pdf", &pdf)]);
    let sent = other.send(Method::POST, paths::POLICY_DRAFT_FILE, &[("content-type", MULTIPART)], body).await;
    assert_eq!((sent.status.as_u16(), house.place.count("policy_file").await), (409, 0), "{}", sent.main());
    // Told once, what was typed can be saved from the page that told it.
    let (seen, after) = (refused.hidden("seen").unwrap(), refused.hidden("after").unwrap());
    assert_eq!((seen.as_str(), after.as_str()), ("0", "1"));
}

#[tokio::test]
async fn more_headings_or_cells_than_a_page_bears_are_refused_with_a_sentence() {
    let house = House::open().await;
    let mut head = of(&house, HEAD).await;
    let headings = "# a\n".repeat(501);
    // A short line stands for a wide row of empty cells.
    let wide = format!("# a\n\n{}\n{}\n{}", "|h".repeat(300), "|-".repeat(300), "|x\n".repeat(5_000));
    for (text, sentence) in [(&headings, "at most 500 headings"), (&wide, "at most 5000 cells")] {
        for then in ["look", "publish"] {
            let told = sends(&mut head, &whole(text, "Policy"), then).await;
            assert_eq!((told.status.as_u16(), told.complaints()), (422, vec!["body".to_owned()]), "{then}");
            assert!(told.text().contains(sentence) && !told.text().contains("What families will see"), "{then}");
        }
    }
    assert_eq!(house.place.count("policy_version").await, 0);
    let most = format!("{}# b\n", "# a\n".repeat(499));
    assert_eq!(sends(&mut head, &whole(&most, "Policy"), "publish").await.status, 303);
}

#[tokio::test]
async fn a_file_stands_beside_the_text_and_hostile_ones_are_refused_with_a_sentence() {
    let house = House::open().await;
    let mut head = of(&house, HEAD).await;
    sends(&mut head, &whole("# One", "Policy"), "look").await;
    let pdf = letter(Dictionary::new());
    let huge = vec![b' '; (10 << 20) + 1];
    for (name, bytes, status) in [
        ("photo.jpg", photo(40, 30), 422),
        ("policy.pdf", b"<html>no pdf</html>".to_vec(), 422),
        ("policy.pdf.exe", pdf.clone(), 422),
        ("script.pdf", letter_with_script(), 422),
        ("huge.pdf", huge, 413),
    ] {
        let page = hands_in(&mut head, &[(name, &bytes)]).await;
        assert_eq!(page.status.as_u16(), status, "{name}: {}", page.main());
        assert!(page.text().contains("class=\"errors\""), "{name}");
    }
    assert_eq!(hands_in(&mut head, &[]).await.status, 422);
    assert_eq!(house.place.count("policy_file").await, 0);
    assert_eq!(hands_in(&mut head, &[("Policy 2026.pdf", &pdf)]).await.status, 303);
    assert!(head.get(paths::POLICY_DRAFT).await.text().contains("Policy 2026.pdf"));
    assert_eq!(sends(&mut head, &whole("# One", "Policy"), "publish").await.status, 303);
    let phone = house.device_of(NGOZI).await;
    let file = phone.send(Method::GET, &paths::policy_file(1), &[], Vec::new()).await;
    assert!(file.bytes == pdf, "the exact bytes");
    let version = house.portal.school.policy_version().await.unwrap().unwrap();
    assert_eq!(house.portal.school.policy_faults(&version).await.unwrap(), Vec::<&str>::new());
    // One byte of it altered by hand.
    house.place.by_hand("UPDATE policy_file_piece SET seq = 7").await;
    assert_eq!(house.portal.school.policy_faults(&version).await.unwrap(), ["file"]);
}

async fn hands_in(browser: &mut Browser, files: &[(&str, &[u8])]) -> Page {
    let page = browser.get(paths::POLICY_DRAFT).await;
    let (seen, after) = (page.hidden("seen").unwrap(), page.hidden("after").unwrap());
    let body = form(&[("csrf", &browser.token()), ("seen", &seen), ("after", &after)], files);
    browser.send(Method::POST, paths::POLICY_DRAFT_FILE, &[("content-type", MULTIPART)], body).await
}

#[tokio::test]
async fn staff_see_who_has_signed_by_class_and_governors_get_no_name() {
    let house = House::open().await;
    published(&house).await;
    declared(&house, NGOZI, &["Ada Okafor", "Sam Okafor"].map(pupil)).await;
    declared(&house, CHIDI, &[pupil("Ada Okafor")]).await;
    let mut office = of(&house, OFFICE).await;
    let list = office.get(paths::STAFF_POLICY).await;
    assert!(list.text().contains("1 child: everybody asked has signed"), "{}", list.main());
    assert!(list.text().contains("1 child: some of those asked have signed"), "{}", list.main());
    let class = super::people::class_of("Sam Okafor");
    let of_class = office.get(&paths::staff_policy_class(&class)).await;
    assert!(of_class.text().contains("Okafor, Sam") && of_class.text().contains("Chidi Okafor"), "{}", of_class.main());
    // Whoever is barred is not asked, and staff are not led to them.
    let leo = office.get(&paths::staff_declaration(&pupil("Leo Whitfield"))).await;
    assert!(!leo.text().contains("Darren"), "{}", leo.main());
    let csv = office.get(paths::DECLARATIONS_CSV).await;
    assert!(csv.text().contains("Whole school") && !csv.text().contains("Okafor"), "{}", csv.text());
    assert_eq!(house.place.count("journal WHERE action = 'export_declarations'").await, 1);
    let stale = office.at(&house.later(30).await.site);
    let asked = stale.send(Method::GET, paths::DECLARATIONS_CSV, &[], Vec::new()).await;
    assert_eq!(asked.location(), paths::staff_prove(paths::DECLARATIONS_CSV));
    // The history of a version shows those who answered it then.
    assert_eq!(published_anew(&house, "# Two").await, 2);
    let first = office.get(&paths::staff_policy_version(1)).await;
    assert!(first.text().contains("3 signatures, 0 wish to talk"), "{}", first.main());
    assert!(office.get(paths::STAFF_POLICY).await.text().contains("0 children: everybody asked has signed"));
}

#[tokio::test]
async fn a_signature_on_paper_is_noted_once_with_its_scan_and_who_noted_it() {
    let house = House::open().await;
    published(&house).await;
    let ada = pupil("Ada Okafor");
    let mut office = of(&house, OFFICE).await;
    let (page, to) = (office.get(&paths::staff_declaration(&ada)).await, paths::declaration_paper(&ada));
    let submission = page.hidden("submission").unwrap();
    let chidi = guardian(CHIDI).to_string();
    let sends = async |fields: &[(&str, &str)], files: &[(&str, &[u8])]| {
        let token = office.token();
        let mut all = vec![("csrf", token.as_str()), ("submission", submission.as_str()), ("version", "1")];
        all.extend(fields);
        office.send(Method::POST, &to, &[("content-type", MULTIPART)], form(&all, files)).await
    };
    let none = sends(&[("day", "2026-11-24")], &[("x.exe", b"MZ")]).await;
    assert_eq!(
        (none.status.as_u16(), none.complaints()),
        (422, ["who", "day", "name", "files"].map(str::to_owned).into())
    );
    // Nobody who is not asked: a barred contact of another child.
    let darren = guardian(DARREN).to_string();
    let barred = sends(&[("who", &darren), ("day", "2026-11-20"), ("name", "Darren")], &[]).await;
    assert_eq!(barred.complaints(), ["who"]);
    let good = [("who", chidi.as_str()), ("day", "2026-11-20"), ("name", "Chidi Okafor")];
    let (picture, taps) = (photo(40, 30), 2);
    for _ in 0..taps {
        let noted = sends(&good, &[("paper.jpg", &picture)]).await;
        assert_eq!(noted.status, 303, "{}", noted.main());
    }
    assert_eq!((house.place.count("declaration_form").await, house.place.count("policy_file").await), (1, 1));
    let page = office.get(&paths::staff_declaration(&ada)).await;
    assert!(page.text().contains("On paper") && page.text().contains("/staff/policy/scans/"), "{}", page.main());
    let scan = super::page::between(page.text(), "/staff/policy/scans/", "\"").unwrap();
    let file = office.get(&format!("/staff/policy/scans/{scan}")).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "image/jpeg"));
    // He sees it himself, and that it was on paper.
    let father = house.device_of(CHIDI).await;
    let policy = father.send(Method::GET, paths::POLICY, &[], Vec::new()).await;
    assert!(policy.text().contains("You signed for Ada"), "{}", policy.main());
}

#[tokio::test]
async fn a_paper_is_noted_for_the_version_that_staff_had_before_them() {
    let house = House::open().await;
    published(&house).await;
    let ada = pupil("Ada Okafor");
    let mut office = of(&house, OFFICE).await;
    let to = paths::declaration_paper(&ada);
    let sends = async |office: &Browser, page: &Page, more: &[(&str, &str)]| {
        let (token, chidi) = (office.token(), guardian(CHIDI).to_string());
        let [submission, version] = ["submission", "version"].map(|name| page.hidden(name).unwrap());
        let mut all = vec![("csrf", token.as_str()), ("submission", &submission), ("version", &version)];
        all.extend([("who", chidi.as_str()), ("name", "Chidi Okafor")]);
        all.extend(more);
        office.send(Method::POST, &to, &[("content-type", MULTIPART)], form(&all, &[])).await
    };
    let kept = |page: &Page| {
        let value = |name: &str| page.inputs(name)[0].at("value");
        assert_eq!((page.chosen("who"), value("name")), (vec![guardian(CHIDI).to_string()], "Chidi Okafor".to_owned()));
        value("day")
    };
    let page = office.get(&paths::staff_declaration(&ada)).await;
    assert!(page.text().contains("a signature of version 1"), "{}", page.main());
    // Published while the page stood open: nothing is noted, and nothing that was typed is lost.
    assert_eq!(published_anew(&house, "# Two").await, 2);
    let told = sends(&office, &page, &[("day", "2026-11-20")]).await;
    assert_eq!((told.status.as_u16(), kept(&told).as_str()), (409, "2026-11-20"), "{}", told.main());
    assert!(told.text().contains("Another version was published") && told.text().contains("a signature of version 2"));
    assert_eq!(house.place.count("declaration_form").await, 0);
    // The paper's day lies before this version was published: it is said, and noted after a look alone.
    let early = sends(&office, &told, &[("day", "2026-11-20")]).await;
    assert_eq!((early.status.as_u16(), early.complaints()), (422, vec!["day".to_owned()]), "{}", early.main());
    assert!(
        early.text().contains("before Monday 23 November") || early.text().contains("before 23 November"),
        "{}",
        early.main()
    );
    assert_eq!((kept(&early).as_str(), early.inputs("early").len()), ("2026-11-20", 1));
    assert_eq!(house.place.count("declaration_form").await, 0);
    let noted = sends(&office, &early, &[("day", "2026-11-20"), ("early", "yes")]).await;
    assert_eq!(noted.status, 303, "{}", noted.main());
    assert_eq!(house.place.count("declaration WHERE version = 2 AND answer = 'signed'").await, 1);
    // Signed meanwhile: what was typed stays.
    let sam = pupil("Sam Okafor");
    let mother = office.get(&paths::staff_declaration(&sam)).await;
    declared(&house, NGOZI, std::slice::from_ref(&sam)).await;
    let [submission, version] = ["submission", "version"].map(|name| mother.hidden(name).unwrap());
    let (token, ngozi) = (office.token(), guardian(NGOZI).to_string());
    let all = [
        ("csrf", token.as_str()),
        ("submission", &submission),
        ("version", &version),
        ("who", &ngozi),
        ("day", "2026-11-23"),
        ("name", "Ngozi Okafor"),
    ];
    let to = paths::declaration_paper(&sam);
    let late = office.send(Method::POST, &to, &[("content-type", MULTIPART)], form(&all, &[])).await;
    assert!(late.status == 409 && late.text().contains("Nothing was noted"), "{}", late.main());
    let value = |name: &str| late.inputs(name)[0].at("value");
    assert_eq!((value("name").as_str(), value("day").as_str()), ("Ngozi Okafor", "2026-11-23"));
    assert_ne!(value("submission"), submission, "a form of its own");
}

/// Begins reminders as the page offers them.
async fn begins(browser: &mut Browser) -> (Page, usize) {
    let page = browser.get(paths::REMINDERS).await;
    let (run, people) = (page.hidden("run").expect("a button"), page.hidden("people").unwrap());
    let begun = browser.post(paths::REMINDERS, &[("run", &run), ("people", &people)]).await;
    (begun, people.parse().unwrap())
}

/// Rounds until nothing is left.
async fn all_rounds(node: &Node) {
    for _ in 0..300 {
        reminders::round(&node.portal).await.unwrap();
    }
}

#[tokio::test]
async fn everybody_who_has_not_answered_is_reminded_once_and_nobody_barred() {
    let house = House::open().await;
    published(&house).await;
    declared(&house, NGOZI, &["Ada Okafor", "Sam Okafor"].map(pupil)).await;
    answered(&house, "m.kaczmarek@demo.example", &[pupil("Zofia Kaczmarek")], Answer::Talk).await;
    let mut office = of(&house, OFFICE).await;
    let (begun, people) = begins(&mut office).await;
    assert_eq!(begun.location(), paths::REMINDERS, "{}", begun.main());
    assert!(people > 300, "{people}");
    assert_eq!(house.place.count("mail WHERE kind = 'reminder'").await, 0, "counting sends nothing");
    // Another cannot be begun while this one is under way; the same form begins nothing twice.
    let page = office.get(paths::REMINDERS).await;
    assert!(page.hidden("run").is_none() && page.text().contains("Under way"), "{}", page.main());
    // Somebody answers, and somebody is barred, before their turn.
    declared(&house, CHIDI, &["Ada Okafor", "Sam Okafor"].map(pupil)).await;
    let (school, now) = (&house.portal.school, house.portal.now());
    let grace = guardian("grace.adeyemi@demo.example");
    for child in school.children_of(&grace, house.portal.today()).await.unwrap() {
        school.set_bar(&grace, &child.pupil_id, true, Actor::System("test"), now).await.unwrap();
    }
    all_rounds(&house).await;
    let sent = house.place.count("mail WHERE kind = 'reminder'").await;
    assert_eq!(sent, i64::try_from(people).unwrap() - 2);
    let to = |email: &str| format!("mail WHERE kind = 'reminder' AND to_address = '{email}'");
    for email in
        [NGOZI, CHIDI, DARREN, "m.kaczmarek@demo.example", "grace.adeyemi@demo.example", "lowe.home@demo.example"]
    {
        assert_eq!(house.place.count(&to(email)).await, 0, "{email}");
    }
    assert_eq!(house.place.count("reminder WHERE sent").await, sent);
    let page = office.get(paths::REMINDERS).await;
    assert!(page.text().contains("Finished"), "{}", page.main());
    for words in ["Okafor", "Ada"] {
        assert_eq!(house.place.count(&format!("mail WHERE kind = 'reminder' AND body LIKE '%{words}%'")).await, 0);
    }
}

#[tokio::test]
async fn a_run_keeps_to_the_hours_and_stops_between_two_messages() {
    let house = House::open().await;
    published(&house).await;
    let mut office = of(&house, OFFICE).await;
    let night = house.later(12 * 60).await;
    begins(&mut office).await;
    all_rounds(&night).await;
    assert_eq!(house.place.count("mail WHERE kind = 'reminder'").await, 0, "not at 20.04");
    reminders::round(&house.portal).await.unwrap();
    let some = house.place.count("mail WHERE kind = 'reminder'").await;
    assert!(some > 0);
    let run = house.portal.school.reminder_runs().await.unwrap().remove(0).run_id;
    let run = ReminderRunId::parse(&run).unwrap();
    assert_eq!(office.post(&paths::reminders_stop(&run), &[]).await.location(), paths::REMINDERS);
    all_rounds(&house).await;
    assert_eq!(house.place.count("mail WHERE kind = 'reminder'").await, some);
    assert!(office.get(paths::REMINDERS).await.text().contains("Stopped"));
    // A count that has changed since it was shown begins nothing.
    let page = office.get(paths::REMINDERS).await;
    let (run, people) = (page.hidden("run").unwrap(), page.hidden("people").unwrap());
    declared(&house, NGOZI, &["Ada Okafor", "Sam Okafor"].map(pupil)).await;
    let changed = office.post(paths::REMINDERS, &[("run", &run), ("people", &people)]).await;
    assert!(changed.status == 409 && changed.text().contains("Nothing was sent"), "{}", changed.main());
    assert_eq!(house.place.count("reminder_run").await, 1);
}

#[tokio::test]
async fn slips_carry_a_code_that_leads_to_the_right_page() {
    let house = House::open().await;
    published(&house).await;
    let mut office = of(&house, OFFICE).await;
    let class = super::people::class_of("Ada Okafor");
    let slips = office.get(&paths::slips_of(&class)).await;
    assert!(slips.text().contains("For Ngozi Okafor") && slips.text().contains("https://hazelrow.example/policy/sign"));
    let path =
        super::page::between(slips.text(), "<path d=\"M0 0h1v1h-1z", "\"").expect("a code begins with its corner");
    let mut expected = String::new();
    let code = qrcode::QrCode::with_error_correction_level("https://hazelrow.example/policy/sign", qrcode::EcLevel::M)
        .unwrap();
    for (at, color) in code.to_colors().into_iter().enumerate().skip(1) {
        if color == qrcode::Color::Dark {
            expected.push_str(&format!("M{} {}h1v1h-1z", at % code.width(), at / code.width()));
        }
    }
    assert_eq!(path, expected);
    // Without a class only those whom no mail reaches.
    let all = office.get(paths::SLIPS).await;
    assert!(!all.text().contains("For Ngozi Okafor") && !all.text().contains("Darren"), "{}", all.main());
}
