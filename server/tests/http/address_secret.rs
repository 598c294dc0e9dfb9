//! An address that the school keeps secret: a canary followed through the whole program, before and after.

use app::{
    paths,
    rules::{
        id::{LetterId, SubmissionId},
        leave::key,
    },
};
use reqwest::Method;
use server::{
    demo::{
        self,
        people::{CHIDI, NGOZI},
    },
    store::{Drafter, LeaveDecided, NewLeaveDecision, NewSignature, SignatureTaken},
};

use super::{
    browser::Browser,
    house::House,
    leave::{okafors, save, signs},
    leave_after::text_of,
    leave_forms::{answers, asked_saying, asked_with, begun_with},
    leaving_forms::gave_notice_with,
    page::Answer,
    people::{guardian, pupil},
    roster::{fields_of, hand_in},
};

const CANARY: &str = "9 Kanarienvogel Row";
const OFFICE: &str = "office@demo.example";
const HEAD: &str = "head@demo.example";

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

pub(super) async fn staff(house: &House, email: &str) -> Browser {
    house.session(&house.staff_ids().await[email], true).await
}

/// Every row that holds the canary, as text or as bytes.
async fn rows_with_it(house: &House) -> Vec<String> {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let holds = |row: &String| row.contains(CANARY) || row.to_lowercase().contains(&hex);
    house.place.everything_but(&[]).await.into_iter().filter(holds).collect()
}

/// The demo's roster with this as Ngozi's address, and this in the column that says whether it is a secret.
pub(super) fn with_address(address: &str, secret: &str) -> String {
    let with_it = |line: &str| match line.rsplit_once(",\"") {
        Some((rest, _)) if line.contains(NGOZI) => {
            let rest = rest.replace(&format!(",,{NGOZI}"), &format!(",{secret},{NGOZI}"));
            format!("{rest},\"{address}, Hazelbridge, HZ1 4AB\"")
        }
        _ => line.to_owned(),
    };
    demo::roster::csv().lines().map(with_it).collect::<Vec<_>>().join("\r\n")
}

fn roster(secret: &str) -> String {
    with_address(CANARY, secret)
}

pub(super) async fn brings_in(house: &House, office: &Browser, file: &str) -> Answer {
    let handed = hand_in(office, file.as_bytes()).await;
    assert_eq!(handed.status, 303, "{}", handed.main());
    let shown = look(office, handed.location()).await;
    let digest = shown.hidden("shown").unwrap();
    let done = office.post(&format!("{}/confirm", handed.location()), &[("shown", &digest)]).await;
    assert_eq!(done.status, 303, "{}", done.main());
    assert_eq!(house.place.count("file_import WHERE file IS NOT NULL").await, 0);
    shown
}

#[tokio::test]
async fn a_file_that_says_secret_brings_no_address_in_and_takes_the_stored_one_away() {
    let house = House::open().await;
    let office = staff(&house, OFFICE).await;
    // First as any address: then it stands there, and in the journal as a salted hash.
    brings_in(&house, &office, &roster("")).await;
    assert_eq!(rows_with_it(&house).await.len(), 1);
    let hers = format!("'{}'", guardian(NGOZI));
    let salted = format!("journal WHERE subject_kind = 'guardian' AND subject_id = {hers} AND salt IS NOT NULL");
    assert!(house.place.count(&salted).await > 0);
    let shown = brings_in(&house, &office, &roster("T")).await;
    assert!(shown.read().contains("Address kept secret: no → yes"), "{}", shown.read());
    assert!(!shown.text().contains("Kanarienvogel"), "not even while it is looked at");
    assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
    assert_eq!(house.place.count(&salted).await, 1, "what was hashed before cannot be guessed any more");
    // Neither a no, nor nothing, nor a file without the column lets an address in again.
    for file in [roster("F"), roster(""), roster("T").replace(",Address kept secret,", ",Anything else,")] {
        let shown = brings_in(&house, &office, &file).await;
        assert!(!shown.read().contains("Kanarienvogel"), "{}", shown.read());
        assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
    }
    assert_eq!(house.place.count(&format!("guardian WHERE address_secret AND guardian_id = {hers}")).await, 1);
    // Whoever reaches past the store is refused by the database.
    let by_hand = format!("UPDATE guardian SET address = '{CANARY}' WHERE guardian_id = {hers}");
    house.place.refusal(&by_hand).await;
}

/// A request of Ngozi's with this address in it, signed by Chidi, decided, its letters made.
pub(super) async fn decided(house: &House, head: &Browser, address: &str) {
    let reference = asked_with(house, NGOZI, &okafors(), &[guardian(CHIDI)]).await;
    let signature = NewSignature {
        signer: guardian(CHIDI),
        reference: reference.clone(),
        signed: Some(("Chidi Okafor".into(), "I agree.".into())),
        at: house.portal.now(),
    };
    assert_eq!(house.portal.school.sign_leave(signature).await.unwrap(), SignatureTaken::Done);
    let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
    let children = found.children.iter().map(|child| (super::leave_after::ruling(child, 10), 0)).collect();
    let new = NewLeaveDecision {
        guardian: found.guardian.clone(),
        submission: found.submission.clone(),
        children,
        by: house.staff_ids().await[HEAD].clone(),
        today: house.portal.today(),
        at: house.portal.now(),
        mail: ("A decision waits".into(), "Nothing of what it is.".into()),
        signer_mail: ("A decision waits".into(), "Nothing of what it is.".into()),
    };
    assert_eq!(house.portal.school.decide_leave(new).await.unwrap(), LeaveDecided::Done);
    let stays = format!("{{\"away\":\"uk\",\"away-address\":\"{address}\",\"value\":\"Her aunt marries.\"}}");
    house.place.by_hand(&format!("UPDATE leave_form SET answers = '{stays}'")).await;
    look(head, paths::LETTERS).await;
}

#[tokio::test]
async fn a_word_of_the_headteacher_erases_the_address_everywhere() {
    let house = House::open().await;
    let hers = guardian(NGOZI);
    house
        .place
        .by_hand(&format!(
            "UPDATE guardian SET address = '{CANARY}\nHazelbridge\nHZ1 4AB' WHERE guardian_id = '{hers}'"
        ))
        .await;
    let (office, head) = (staff(&house, OFFICE).await, staff(&house, HEAD).await);
    decided(&house, &head, CANARY).await;
    let mut draft = answers(&okafors(), &[]);
    draft.set("away", "uk");
    draft.set("away-address", CANARY);
    begun_with(&house, NGOZI, draft).await;
    hand_in(&office, roster("").as_bytes()).await;
    let signed = "SELECT s.digest FROM submission s JOIN leave_form f ON f.submission_id = s.submission_id";
    let salted = "journal WHERE action = 'ask_for_leave' AND salt IS NOT NULL";
    let (digests, salts) = (house.place.texts(signed).await, house.place.count(salted).await);
    assert!(salts > 0);
    // On the contact, in her two letters, in the form she sent and the one she has begun, in the file that waits.
    assert_eq!(rows_with_it(&house).await.len(), 6, "{:?}", rows_with_it(&house).await);

    let page = look(&head, &paths::roster_review_class(&super::people::class_of("Ada Okafor"))).await;
    let fields = fields_of(&page, "Ngozi Okafor");
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.push(("secret", "yes"));
    assert_eq!(office.post(paths::ROSTER_SECRET, &all).await.status, 403, "the office sees the mark and sets none");
    for _ in 0..2 {
        assert_eq!(head.post(paths::ROSTER_SECRET, &all).await.status, 303);
    }
    assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
    assert_ne!(house.place.texts(signed).await, digests, "no address can be tried on what is left");
    assert!(house.place.count(salted).await < salts);
    assert_eq!(
        house.place.count(&format!("journal WHERE action = 'keep_address_secret' AND subject_id = '{hers}'")).await,
        1,
        "two taps are one"
    );
    let seen = look(&office, paths::ROSTER_REVIEW).await;
    assert!(
        seen.read().contains("Addresses kept secret: 2") && seen.read().contains("Ngozi Okafor"),
        "{}",
        seen.read()
    );
    assert!(!seen.text().contains(paths::ROSTER_SECRET));

    let list = look(&office, paths::LETTERS).await;
    assert!(list.text().contains("address kept secret: hand it over, or ring first"), "{}", list.main());
    for letter in house.portal.school.letters().await.unwrap() {
        let file = look(&office, &paths::letter_pdf(&LetterId::parse(&letter.letter_id).unwrap())).await;
        let text = text_of(&file.bytes);
        assert!(!text.contains("Kanarienvogel") && !text.contains("HZ1 4AB"), "{text}");
        let secret = text.contains("Address kept secret by the school: hand this over, or ring first");
        assert_eq!(secret, letter.forename == "Ngozi", "{text}");
    }
    assert!(matches!(
        house.portal.school.verify_journal(&[]).await.unwrap(),
        server::store::journal::Verdict::Whole { .. }
    ));
    // Lifted, nothing comes back.
    all.pop();
    all.push(("secret", "no"));
    let later = house.later(16).await;
    let asked = head.at(&later.site).post(paths::ROSTER_SECRET, &all).await;
    assert!(asked.location().starts_with("/staff/prove"), "letting an address in again asks for a code");
    assert_eq!(head.post(paths::ROSTER_SECRET, &all).await.status, 303);
    assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_letter_made_a_moment_before_does_not_bring_the_address_back() {
    let house = House::open().await;
    let head = staff(&house, HEAD).await;
    decided(&house, &head, CANARY).await;
    house.place.by_hand("DELETE FROM letter").await;
    let school = &house.portal.school;
    let leave = house.place.texts("SELECT leave_id FROM leave_request").await.remove(0);
    let letter = server::store::NewLetter {
        guardian: guardian(NGOZI),
        leave: app::rules::id::LeaveId::parse(&leave).unwrap(),
        decision: 1,
        letter: app::rules::letter::Letter::LeaveGranted,
        template_version: 0,
        body: format!("{{\"to\":[\"Ngozi Okafor\",\"{CANARY}\"]}}"),
        with_address: true,
        at: house.portal.now(),
    };
    let by = &house.staff_ids().await[HEAD];
    assert!(school.keep_address_secret(&guardian(NGOZI), true, by, house.portal.now()).await.unwrap());
    school.keep_letters(vec![letter.clone()]).await.unwrap();
    assert_eq!(house.place.count("letter").await, 0);
    school.keep_letters(vec![server::store::NewLetter { with_address: false, ..letter }]).await.unwrap();
    assert_eq!(house.place.count("letter").await, 1);
}

/// The answers that stand in Ngozi's draft.
async fn kept(house: &House, draft: &SubmissionId) -> app::rules::form::Answers {
    let whose = Drafter::Guardian(guardian(NGOZI));
    house.portal.school.draft(&whose, draft, house.portal.now()).await.unwrap().unwrap().answers
}

#[tokio::test]
async fn a_form_asks_whose_address_is_secret_for_none_and_tells_nobody_else_why() {
    let house = House::open().await;
    let by = house.staff_ids().await[HEAD].clone();
    let school = &house.portal.school;
    let mut ngozi = house.device_of(NGOZI).await;
    let mut filled = answers(&okafors(), &[]);
    for (key, answer) in [("away", "uk"), ("destination", "Leeds"), ("away-phone", "07700 900123")] {
        filled.set(key, answer);
    }
    let draft = begun_with(&house, NGOZI, filled.clone()).await;
    let where_to = paths::leave_step(&draft, "travel-where");
    let page = ngozi.get(&where_to).await;
    assert!(page.text().contains("away-address") && !page.text().contains("address secret"), "{}", page.main());
    assert_eq!(ngozi.get(&paths::leave_check(&draft)).await.location(), where_to, "it is missing");

    school.keep_address_secret(&guardian(NGOZI), true, &by, house.portal.now()).await.unwrap();
    let page = ngozi.get(&where_to).await;
    assert!(!page.text().contains("away-address"), "{}", page.main());
    assert!(page.text().contains("The school keeps your address secret"), "{}", page.main());
    assert!(ngozi.get(&paths::leave_draft(&draft)).await.text().contains("The school keeps your address secret"));
    // What is typed past the page is not kept.
    let typed = [("destination", "Leeds"), ("away-phone", "07700 900123"), ("away-address", CANARY)];
    assert_eq!(save(&mut ngozi, &draft, "travel-where", &typed).await.location(), paths::leave_check(&draft));
    assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
    let sent = signs(&mut ngozi, &draft, "Ngozi Okafor", 6).await;
    assert!(sent.location().starts_with("/leave/requests/"), "{}", sent.main());
    let request = ngozi.get(sent.location()).await;
    assert!(request.text().contains("Leeds") && !request.text().contains("Address there"), "{}", request.main());

    // The secret of somebody who lives with the same child: no question, and no reason.
    school.keep_address_secret(&guardian(NGOZI), false, &by, house.portal.now()).await.unwrap();
    let (ada, chidi) = (pupil("Ada Okafor"), guardian(CHIDI));
    house
        .place
        .by_hand(&format!(
            "UPDATE guardian_pupil SET lives_with = TRUE WHERE guardian_id = '{chidi}' AND pupil_id = '{ada}'"
        ))
        .await;
    school.keep_address_secret(&chidi, true, &by, house.portal.now()).await.unwrap();
    filled.set("away-address", CANARY);
    filled.set(key::CHILDREN, okafors()[1].as_str());
    filled.set(key::PREVIEWED, app::rules::leave::shown(&filled));
    let draft = begun_with(&house, NGOZI, filled).await;
    let page = ngozi.get(&paths::leave_step(&draft, "travel-where")).await;
    assert!(page.text().contains("The school needs no address here.") && !page.text().contains("secret"));
    assert!(!page.text().contains("away-address"), "{}", page.main());
    assert_eq!(kept(&house, &draft).await.get("away-address"), "", "what was typed before is gone");
    let sent = signs(&mut ngozi, &draft, "Ngozi Okafor", 6).await;
    assert!(sent.location().starts_with("/leave/requests/"), "{}", sent.main());
    assert_eq!(rows_with_it(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_signed_from_a_page_of_before_keeps_no_address() {
    let house = House::open().await;
    let [ada, sam] = okafors();
    let (hers, his) = (guardian(NGOZI), guardian(CHIDI));
    let leave = [("away", "uk"), ("destination", "Leeds"), ("away-address", CANARY)];
    let leaving =
        [("new-address", CANARY), ("school-name", CANARY), ("school-address", CANARY), ("more-words", "We write.")];
    // As by a file that came in after the page was drawn and the draft was saved: somebody else's secret, then her own.
    let lives =
        format!("UPDATE guardian_pupil SET lives_with = TRUE WHERE guardian_id = '{his}' AND pupil_id = '{ada}'");
    house.place.by_hand(&lives).await;
    for secret in [his, hers] {
        let sql = format!("UPDATE guardian SET address = NULL, address_secret = (guardian_id = '{secret}')");
        house.place.by_hand(&format!("{sql} WHERE email IN ('{NGOZI}', '{CHIDI}')")).await;
        for child in [&ada, &sam] {
            let child = std::slice::from_ref(child);
            asked_saying(&house, NGOZI, (child, &[]), &leave).await;
            gave_notice_with(&house, NGOZI, child, &leaving).await;
        }
        assert_eq!(rows_with_it(&house).await, Vec::<String>::new(), "{secret}");
    }
    // The rest of what she said is there.
    assert_eq!(house.place.count("leave_form WHERE answers LIKE '%Leeds%'").await, 4);
    assert_eq!(house.place.count("leaving_form WHERE answers LIKE '%We write.%'").await, 4);
    // Where nobody's is a secret, it is kept: else this test would tell nothing.
    house.place.by_hand("UPDATE guardian SET address_secret = FALSE").await;
    asked_saying(&house, NGOZI, (std::slice::from_ref(&ada), &[]), &leave).await;
    gave_notice_with(&house, NGOZI, std::slice::from_ref(&ada), &leaving).await;
    assert_eq!(rows_with_it(&house).await.len(), 2);
}
