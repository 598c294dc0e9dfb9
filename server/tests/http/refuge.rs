//! A family in a refuge (domain 8.5). One address was known before it had to be a secret, another is typed and brought in
//! afterwards: both are looked for on every page of everybody, in every file, mail, row and line of the log.

use std::collections::BTreeSet;

use app::{
    paths::{self, Hand},
    rules::{id::LetterId, leaving::key},
};
use reqwest::Method;
use server::{
    demo::{
        self,
        people::{CHIDI, NGOZI},
    },
    routes,
};
use tempfile::TempDir;

use super::{
    address_secret::{brings_in, decided, staff, with_address},
    details::{asks, filled},
    guests::{Welcome, Who},
    house::House,
    leave::{look, okafors, save},
    leave_after::text_of,
    leave_forms::{answers, begun_with},
    leaving_forms::{self, began_with, gave_notice_with},
    page::Answer,
    people::{class_of, guardian},
    program::{Program, demo as demo_program},
    roster::{fields_of, hand_in},
};

/// Where she lived before: the school knew it, and so did her letters, her forms and what she asked for.
const BEFORE: &str = "9 Kanarienvogel Row";
/// Where she is now.
const REFUGE: &str = "3 Zufluchtsort Lane";
/// Where the other parent lives, which is no secret: so that the test is known to look.
const OPEN: &str = "5 Sichtbar Close";

const OFFICE: &str = "office@demo.example";
const HEAD: &str = "head@demo.example";

/// What a reader takes out of an answer: a page's or a file's text, and what its headers say.
fn said(answer: &Answer) -> String {
    let body = if answer.bytes.starts_with(b"%PDF") {
        text_of(&answer.bytes)
    } else {
        String::from_utf8_lossy(&answer.bytes).into_owned()
    };
    format!("{:?} {body}", answer.headers)
}

/// Whether one of the two secrets stands there, in whatever case and with whatever between its words.
fn tells(text: &str) -> bool {
    let text = text.to_lowercase();
    ["kanarienvogel", "zufluchtsort"].iter().any(|word| {
        let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
        let hex_of_name: String =
            word[..1].to_uppercase().bytes().chain(word[1..].bytes()).map(|byte| format!("{byte:02x}")).collect();
        text.contains(word) || text.contains(&hex) || text.contains(&hex_of_name)
    })
}

/// Everything that everybody gets by looking: each `GET` of the table, as each guest.
async fn everything_seen(house: &House) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    // Her letters and the other parent's, by their own addresses; before a guest comes whom a bar shuts out.
    let head = staff(house, HEAD).await;
    for letter in house.portal.school.letters().await.unwrap() {
        let path = paths::letter_pdf(&LetterId::parse(&letter.letter_id).unwrap());
        seen.push((format!("letter to {}", letter.forename), said(&look(&head, &path).await)));
    }
    let welcome = Welcome::prepare(house).await;
    for who in Who::all() {
        let guest = welcome.come(house, who).await;
        for route in routes::table().into_iter().filter(|route| route.method == Method::GET) {
            // It never ends: the board listens there.
            if route.path == paths::BOARD_CHANGES {
                continue;
            }
            let (path, _) = welcome.request(house, &route, &guest).await;
            let answer = guest.browser.send(Method::GET, &path, &[], Vec::new()).await;
            seen.push((format!("{who:?} {path}"), said(&answer)));
        }
    }
    seen
}

/// Types the refuge wherever a parent can, past pages that ask for none: each answer is what she would see.
async fn typed_everywhere(house: &House) -> Vec<(String, Answer)> {
    let mut hers = house.device_of(NGOZI).await;
    let mut seen = Vec::new();
    let mut leave = answers(&okafors(), &[]);
    leave.set("away", "uk");
    let draft = begun_with(house, NGOZI, leave).await;
    let typed = [("destination", "Away"), ("away-phone", "07700 900123"), ("away-address", REFUGE)];
    seen.push(("leave".to_owned(), save(&mut hers, &draft, "travel-where", &typed).await));
    seen.push(("leave".to_owned(), hers.get(&paths::leave_draft(&draft)).await));
    let draft = began_with(house, NGOZI, leaving_forms::answers(&okafors(), &[(key::ADDRESS, "")])).await;
    let page = hers.get(&Hand::Leaving.step(&draft, "home")).await;
    let knew = page.hidden("seen").unwrap_or_default();
    let typed = [("seen", knew.as_str()), (key::WHEREABOUTS, "told"), (key::ADDRESS, REFUGE), ("lives-with", "Me")];
    seen.push(("leaving".to_owned(), hers.post_form(&Hand::Leaving.step(&draft, "home"), &typed).await));
    seen.push(("leaving".to_owned(), hers.get(&Hand::Leaving.form(&draft)).await));
    let form = hers.get(paths::DETAILS_CHANGE).await;
    let mut fields = filled(&form, &[("address", REFUGE), ("address-from", "2026-12-01"), ("mobile", "07700 900777")]);
    for then in ["look", "send"] {
        fields.retain(|(name, _)| name != "then");
        fields.push(("then".to_owned(), then.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        seen.push((format!("details: {then}"), hers.post_form(paths::DETAILS_CHANGE, &fields).await));
    }
    seen
}

#[tokio::test]
async fn a_secret_address_is_on_no_page_of_anybody_and_in_no_file_row_or_mail() {
    let house = House::open().await;
    let (hers, his) = (guardian(NGOZI), guardian(CHIDI));
    for (who, address) in [(&hers, BEFORE), (&his, OPEN)] {
        let sql = format!("UPDATE guardian SET address = '{address}\nHazelbridge' WHERE guardian_id = '{who}'");
        house.place.by_hand(&sql).await;
    }
    let (office, head) = (staff(&house, OFFICE).await, staff(&house, HEAD).await);
    decided(&house, &head, BEFORE).await;
    let mut browser = house.device_of(NGOZI).await;
    let moves = [("address", "10 Kanarienvogel Row\nHazelbridge\nHZ1 4AB"), ("address-from", "2026-12-01")];
    let (_, asked) = asks(&mut browser, &moves).await;
    assert_eq!(asked.status, 303, "{}", asked.main());
    gave_notice_with(&house, NGOZI, &okafors(), &[(key::ADDRESS, "11 Kanarienvogel Row\nHazelbridge")]).await;
    hand_in(&office, with_address(BEFORE, "").as_bytes()).await;
    assert!(house.place.everything_but(&[]).await.iter().filter(|row| tells(row)).count() > 4, "it stood everywhere");

    let page = look(&head, &paths::roster_review_class(&class_of("Ada Okafor"))).await;
    let fields = fields_of(&page, "Ngozi Okafor");
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.push(("secret", "yes"));
    assert_eq!(head.post(paths::ROSTER_SECRET, &all).await.status, 303);

    let mut seen: Vec<(String, String)> =
        typed_everywhere(&house).await.into_iter().map(|(what, answer)| (what, said(&answer))).collect();
    let shown = brings_in(&house, &office, &with_address(REFUGE, "T")).await;
    seen.push(("the file".to_owned(), said(&shown)));
    seen.extend(everything_seen(&house).await);
    house.site.deliver().await;
    for email in [NGOZI, CHIDI] {
        let mails = house.site.mail_to(email).await;
        seen.extend(mails.into_iter().map(|mail| (format!("mail to {email}"), format!("{mail:?}"))));
    }
    seen.extend(house.place.everything_but(&[]).await.into_iter().map(|row| ("a row".to_owned(), row)));

    let told: BTreeSet<&str> = seen.iter().filter(|(_, text)| tells(text)).map(|(what, _)| what.as_str()).collect();
    assert_eq!(told, BTreeSet::new());
    let open: BTreeSet<&str> =
        seen.iter().filter(|(_, text)| text.contains(OPEN)).map(|(what, _)| what.as_str()).collect();
    assert!(open.contains("letter to Chidi") && open.contains("a row"), "the test looks: {open:?}");
    assert!(seen.len() > 500, "and at everything: {}", seen.len());
}

#[tokio::test]
async fn a_secret_address_leaves_no_trace_of_a_running_program() {
    let folder = TempDir::new().unwrap();
    let scratch = folder.path().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let data = folder.path().join("data");
    let mut words = demo_program(&data);
    words.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1").env("TMPDIR", &scratch);
    let mut program = Program::start(folder, &data, words).await;
    let mut office = program.browser();
    office.staff(OFFICE).await;
    office.get(paths::ROSTER).await;
    let handed = hand_in(&office, with_address(REFUGE, "T").as_bytes()).await;
    assert_eq!(handed.status, 303, "{}", handed.main());
    let plan = office.get(handed.location()).await;
    let digest = plan.hidden("shown").unwrap();
    let done = office.post_form(&format!("{}/confirm", handed.location()), &[("shown", &digest)]).await;
    assert_eq!(done.status, 303, "{}", done.main());
    assert!(!tells(&said(&plan)));
    let mut hers = program.browser();
    let sent = hers.ask_code(NGOZI).await.expect("a message");
    let code = [("sign_in", sent.asking.as_str()), ("code", &sent.figures)];
    assert_eq!(hers.post_form(paths::SIGN_IN_CODE, &code).await.status, 303);
    let form = hers.get(paths::DETAILS_CHANGE).await;
    let typed = filled(&form, &[("address", REFUGE), ("address-from", "2026-12-01"), ("mobile", "07700 900777")]);
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for then in ["look", "send"] {
        let answer = hers.post_form(paths::DETAILS_CHANGE, &[typed.as_slice(), &[("then", then)]].concat()).await;
        assert!(answer.status.as_u16() < 400 && !tells(&said(&answer)), "{}", answer.main());
    }
    program.site.deliver().await;
    program.terminate();
    assert!(program.ended().await.success());
    assert!(program.log().contains(paths::DETAILS_CHANGE) && !tells(&program.log()));
    let mut files = Vec::new();
    super::leaks::files_below(program.folder.path(), &mut files);
    // The database's rows are looked at in the test above; a page that it has freed is not a row.
    for file in files.iter().filter(|file| !file.to_string_lossy().contains("nine-fifteen.db")) {
        assert!(!tells(&String::from_utf8_lossy(&std::fs::read(file).unwrap())), "{}", file.display());
    }
    assert!(!tells(&demo::roster::csv()));
}
