//! A question and its answer on one report, with forms only, as parent and office have them.

use app::{
    paths,
    rules::{access::Role, id::MessageId, reference::Reference},
};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, MALGORZATA, NGOZI},
    store::journal::{Actor, Verdict},
};

use super::{
    browser::Browser,
    guests::{NO_RECEIPT, Welcome, Who, reported},
    hostile::HOSTILE,
    house::{House, MONDAY},
    page::{Answer, between},
    people::{guardian, pupil},
};

const OFFICE: &str = "office@demo.example";

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

fn new_message() -> String {
    MessageId::from_bytes(rand::random()).to_string()
}

/// A mother who has reported Ada, and the office.
struct Morning {
    house: House,
    reference: Reference,
    mother: Browser,
    office: Browser,
}

impl Morning {
    async fn open() -> Self {
        let house = House::open().await;
        let reference = reported(&house, NGOZI, &pupil("Ada Okafor")).await;
        let mother = house.device_of(NGOZI).await;
        let mut office = house.staff(OFFICE).await;
        office.make_token();
        Self { house, reference, mother, office }
    }

    /// What the office's form sends.
    async fn asks(&mut self, question: &str, text: &str) -> Answer {
        let page = self.office.get(&paths::staff_report(&self.reference)).await;
        let message = page.hidden("message").unwrap_or_default();
        let fields = [("message", message.as_str()), ("question", question), ("text", text)];
        self.office.post_form(&paths::staff_messages(&self.reference), &fields).await
    }

    async fn answers(&mut self, text: &str) -> Answer {
        let page = self.mother.get(&paths::receipt(&self.reference)).await;
        let message = page.hidden("message").expect("a form");
        self.mother.post_form(&paths::messages(&self.reference), &[("message", &message), ("text", text)]).await
    }

    async fn board(&self) -> String {
        look(&self.office, paths::BOARD).await.main().to_owned()
    }

    async fn codes(&self) {
        let ada = pupil("Ada Okafor").to_string();
        let coded = [("pupil", ada.as_str()), ("day", MONDAY), ("seen", ""), ("code", "I")];
        assert_eq!(self.office.post(paths::BOARD_CODE, &coded).await.status, 303);
    }

    async fn messages(&self) -> i64 {
        self.house.place.count("message").await
    }
}

#[tokio::test]
async fn a_question_goes_to_the_parent_and_its_answer_to_the_same_report() {
    let mut it = Morning::open().await;
    let link = format!("href=\"{}\"", paths::staff_report(&it.reference));
    assert!(it.board().await.contains(&link));
    assert!(!look(&it.mother, &paths::receipt(&it.reference)).await.text().contains("Messages with the school"));
    let asked = it.asks("letter", "").await;
    assert_eq!((asked.status.as_u16(), asked.location()), (303, paths::staff_conversation(&it.reference).as_str()));
    assert!(it.board().await.contains("question asked"));
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(
        page.text().contains("Please send us a photo of the appointment letter")
            && page.text().contains("Not read yet")
    );

    let line = "The school asks you something about Ada";
    for _ in 0..2 {
        let home = it.mother.get(paths::HOME).await;
        assert!(
            home.text().contains(line) && home.text().contains(&paths::conversation(&it.reference)),
            "{}",
            home.main()
        );
        // Reading it does not end it.
        let receipt = it.mother.get(&paths::receipt(&it.reference)).await;
        assert!(receipt.text().contains("Please send us a photo") && receipt.text().contains("Send answer"));
    }
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(page.text().contains("Read by them: 8.04"), "{}", page.main());

    let sent = it.answers("On its way.\nTomorrow.").await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, paths::conversation(&it.reference).as_str()));
    assert!(!it.mother.get(paths::HOME).await.text().contains(line));
    let receipt = it.mother.get(&paths::receipt(&it.reference)).await;
    assert!(
        receipt.text().contains("On its way.\nTomorrow.") && receipt.text().contains("Write to the school about this")
    );
    let board = it.board().await;
    let letters = between(&board, "class=\"letters\"", "</section>").expect("what waits for the office");
    assert!(board.contains("tag answer") && letters.contains("Okafor, Ada") && letters.contains(&link), "{board}");
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(
        page.text().contains("On its way.") && page.text().contains("Ngozi Okafor") && page.text().contains("tag new")
    );
    let board = it.board().await;
    assert!(board.contains("answer read") && !board.contains("letters"), "{board}");
    assert!(it.mother.get(&paths::receipt(&it.reference)).await.text().contains("Read by the school: 8.04"));
    assert!(matches!(it.house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
}

#[tokio::test]
async fn the_mail_says_that_a_message_is_waiting_and_nothing_else() {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("own", "Is the rash of Ada Okafor gone?").await.status, 303);
    let mail = it.house.site.mail_to(NGOZI).await;
    let mail = mail.iter().find(|mail| mail.subject.contains("message")).expect("a mail");
    assert_eq!(mail.subject, "Hazel Row Primary School: a message about attendance is waiting");
    let link = it.house.portal.address(&paths::conversation(&it.reference));
    let body = format!(
        "A message about attendance is waiting for you.\n\nYou can read it and answer it here, after signing in:\n{link}\n\nHazel Row Primary School\n"
    );
    assert_eq!(mail.body.trim(), body.trim());
    assert!(it.house.site.mail_to(CHIDI).await.is_empty());
    // The family's answer is mailed to nobody.
    let before = it.house.place.count("mail").await;
    assert_eq!(it.answers("It is gone.").await.status, 303);
    assert_eq!(it.house.place.count("mail").await, before);
}

#[tokio::test]
async fn sent_twice_it_is_one_message_and_the_same_form_with_other_words_says_so() {
    let mut it = Morning::open().await;
    let path = paths::staff_messages(&it.reference);
    let form = new_message();
    let fields = |question: &'static str| [("message", form.clone()), ("question", question.to_owned())];
    let send = async |browser: &Browser, path: &str, fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(path, &fields).await
    };
    for _ in 0..2 {
        assert_eq!(send(&it.office, &path, &fields("back")).await.status, 303);
    }
    let other = send(&it.office, &path, &fields("illness")).await;
    assert_eq!((other.status.as_u16(), other.chosen("question")), (409, vec!["illness".to_owned()]));
    assert!(other.text().contains("You already sent another message with this form at 8.04"), "{}", other.main());
    assert_eq!((it.messages().await, it.house.site.mail_to(NGOZI).await.len()), (1, 1));
    // Its new id sends it.
    let again = [("message", other.hidden("message").unwrap()), ("question", "illness".to_owned())];
    assert_eq!(send(&it.office, &path, &again).await.status, 303);

    let (path, form) = (paths::messages(&it.reference), new_message());
    let fields = |text: &str| [("message", form.clone()), ("text", text.to_owned())];
    for _ in 0..2 {
        assert_eq!(send(&it.mother, &path, &fields("On Friday")).await.status, 303);
    }
    let other = send(&it.mother, &path, &fields("On Monday")).await;
    assert_eq!((other.status.as_u16(), other.text_area("text")), (409, "On Monday".to_owned()));
    assert!(other.text().contains("You already sent another message"));
    assert_eq!(it.messages().await, 3);
    it.mother.remember(&other);
    let again = [("message", other.hidden("message").unwrap()), ("text", "On Monday".to_owned())];
    assert_eq!(send(&it.mother, &path, &again).await.status, 303);
    assert_eq!(it.messages().await, 4);
}

#[tokio::test]
async fn what_cannot_be_sent_comes_back_with_what_was_typed() {
    let mut it = Morning::open().await;
    let long = "é".repeat(1001);
    for (question, text, field) in
        [("", "", "question"), ("rubbish", " ", "question"), ("own", "", "text"), ("own", &long, "text")]
    {
        let answer = it.asks(question, text).await;
        assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec![field.to_owned()]), "{question}");
        assert_eq!(answer.text_area("text"), text);
        assert_eq!(answer.chosen("question"), if question == "own" { vec!["own".to_owned()] } else { vec![] });
        assert!(!answer.text().contains("rubbish"));
    }
    it.codes().await;
    for text in ["", " \u{200b}", &long] {
        let page = it.mother.get(&paths::receipt(&it.reference)).await;
        let message = page.hidden("message").expect("a form");
        let answer = it.answers(text).await;
        assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["text".to_owned()]), "{text}");
        assert_eq!(answer.text_area("text"), text);
        assert_ne!(answer.hidden("message").unwrap(), message, "a page a form");
        let fold = between(answer.main(), "id=\"messages\"", "</summary>").expect("the fold");
        assert!(fold.contains("<details open") && fold.contains("Ask for a change"), "{fold}");
    }
    // The id of a form that is put right stays.
    let form = new_message();
    let refused = it.mother.post(&paths::messages(&it.reference), &[("message", &form), ("text", "")]).await;
    assert_eq!(refused.hidden("message").as_deref(), Some(form.as_str()));
    for path in [paths::messages(&it.reference), paths::staff_messages(&it.reference)] {
        let browser = if path.starts_with("/staff") { &it.office } else { &it.mother };
        let fields = [("message", "no id"), ("text", "words"), ("question", "own")];
        assert_eq!(browser.post(&path, &fields).await.status, 400, "{path}");
    }
    assert_eq!(it.messages().await, 0);
}

#[tokio::test]
async fn a_thousand_characters_and_own_words_that_ask_nothing_are_taken() {
    let mut it = Morning::open().await;
    let fields = [("message", &*new_message()), ("question", "own"), ("text", &"é".repeat(1000)), ("no-answer", "yes")];
    assert_eq!(it.office.post(&paths::staff_messages(&it.reference), &fields).await.status, 303);
    let home = it.mother.get(paths::HOME).await;
    assert!(home.text().contains("The school has written to you about Ada"), "{}", home.main());
    it.mother.get(&paths::receipt(&it.reference)).await;
    assert!(!it.mother.get(paths::HOME).await.text().contains("The school has written"));
    assert!(!it.board().await.contains("question asked"));
}

#[tokio::test]
async fn once_it_is_recorded_a_parent_asks_for_a_change_on_the_receipt() {
    let mut it = Morning::open().await;
    assert!(!it.mother.get(&paths::receipt(&it.reference)).await.text().contains("Ask for a change"));
    it.codes().await;
    let receipt = it.mother.get(&paths::receipt(&it.reference)).await;
    assert!(receipt.text().contains("Ask for a change") && receipt.text().contains("01632 960915"));
    assert_eq!(receipt.text_area("text"), "");
    assert_eq!(it.answers("It was the dentist.").await.status, 303);
    let board = it.board().await;
    assert!(board.contains("tag answer\">message"), "{board}");
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(
        page.text().contains("It was the dentist.") && page.text().contains("Illness, authorised (I)"),
        "{}",
        page.main()
    );
}

#[tokio::test]
async fn a_conversation_is_nobody_elses() {
    let mut it = Morning::open().await;
    let fathers = reported(&it.house, CHIDI, &pupil("Ada Okafor")).await;
    assert_eq!(it.asks("own", "A word for one").await.status, 303);
    let (father, stranger) = (it.house.device_of(CHIDI).await, it.house.device_of(MALGORZATA).await);
    let none = Reference::parse(NO_RECEIPT).unwrap();
    for other in [&father, &stranger] {
        for path in [paths::HOME.to_owned(), paths::RECEIPTS.to_owned()] {
            let page = look(other, &path).await;
            assert!(!page.text().contains("asks you something") && !page.text().contains("A word for one"), "{path}");
        }
        let fields = [("message", &*new_message()), ("text", "Let me in")];
        let seen = other.post(&paths::messages(&it.reference), &fields).await;
        let nothing = other.post(&paths::messages(&none), &fields).await;
        assert_eq!((seen.status.as_u16(), seen.text()), (404, nothing.text()));
        assert_eq!(look(other, &paths::receipt(&it.reference)).await.status, 404);
    }
    let his = look(&father, &paths::receipt(&fathers)).await;
    assert!(his.status == 200 && !his.text().contains("A word for one") && !his.text().contains("id=\"messages\""));
    for (method, path) in [(Method::GET, paths::staff_report(&none)), (Method::POST, paths::staff_messages(&none))] {
        assert_eq!(it.office.send(method, &path, &[], it.office.form(&[])).await.status, 404, "{path}");
    }
    assert_eq!(it.messages().await, 1);
}

#[tokio::test]
async fn a_parent_barred_meanwhile_is_out_with_the_next_request_and_the_office_is_told() {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("back", "").await.status, 303);
    assert!(it.mother.get(paths::HOME).await.text().contains("asks you something"));
    let school = &it.house.portal.school;
    let bar = Actor::System("test");
    school.set_bar(&guardian(NGOZI), &pupil("Ada Okafor"), true, bar, it.house.portal.now()).await.unwrap();
    let fields = [("message", &*new_message()), ("text", "On Friday")];
    assert_eq!(it.mother.post(&paths::messages(&it.reference), &fields).await.status, 404);
    assert!(!it.mother.get(paths::HOME).await.text().contains("asks you something"));
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(
        page.text().contains("nothing can be sent") && !page.text().contains("name=\"question\""),
        "{}",
        page.main()
    );
    let fields = [("message", &*new_message()), ("question", "back")];
    let refused = it.office.post(&paths::staff_messages(&it.reference), &fields).await;
    assert!(refused.status == 409 && refused.text().contains("nothing was sent"), "{}", refused.main());
    assert_eq!(it.messages().await, 1);
}

#[tokio::test]
async fn a_parent_without_an_address_is_to_be_rung_and_gets_no_mail() {
    let it = Morning::open().await;
    it.house
        .place
        .by_hand(&format!("UPDATE guardian SET email = NULL, mobile = '07700 900123' WHERE email = '{NGOZI}'"))
        .await;
    it.house.place.by_hand("UPDATE submission SET channel = 'phone'").await;
    let page = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(page.text().contains("No e-mail address") && page.text().contains("tel:07700900123"), "{}", page.main());
    assert!(page.text().contains("Ngozi Okafor, by telephone") && !page.text().contains("name=\"question\""));
    let fields = [("message", &*new_message()), ("question", "back")];
    assert_eq!(it.office.post(&paths::staff_messages(&it.reference), &fields).await.status, 409);
    assert_eq!((it.messages().await, it.house.place.count("mail WHERE kind = 'message'").await), (0, 0));
}

#[tokio::test]
async fn staff_who_may_only_read_see_what_was_said_and_no_form() {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("own", "A word for one").await.status, 303);
    assert_eq!(it.answers("An answer").await.status, 303);
    let welcome = Welcome::prepare(&it.house).await;
    let safeguarding = welcome.come(&it.house, Who::Staff(Role::SafeguardingLead)).await.browser;
    let page = look(&safeguarding, &paths::staff_report(&it.reference)).await;
    assert!(page.text().contains("An answer") && !page.main().contains("<form"), "{}", page.main());
    assert!(it.board().await.contains("tag answer"), "the office has not read it");
    let read = it.house.place.texts("SELECT reader_id || what || subject_id FROM reading WHERE what = 'report'").await;
    let staff = it.house.staff_ids().await;
    let line = format!("{}report{}", staff["safeguarding@demo.example"], it.reference.as_str());
    assert!(read.contains(&line), "{read:?}");
}

#[tokio::test]
async fn hidden_words_hide_what_families_and_office_wrote() {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("own", "kanarienvogel").await.status, 303);
    assert_eq!(it.answers("kanarienvogel").await.status, 303);
    for (hide, shown) in [("yes", false), ("no", true)] {
        assert_eq!(it.office.post(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await.status, 303);
        for path in [paths::staff_report(&it.reference), paths::BOARD.to_owned()] {
            let page = look(&it.office, &path).await;
            let words = page.text().contains("kanarienvogel") || page.text().contains("Sick or diarrhoea");
            assert_eq!(words, shown, "{path}: {}", page.main());
        }
    }
}

#[tokio::test]
async fn hostile_words_change_no_page_and_stand_outside_none() {
    let harmless = hostile_pages("harmless words").await;
    for (typed, kept) in HOSTILE {
        let hostile = hostile_pages(typed).await;
        for ((page, hostile), (_, plain)) in hostile.iter().zip(&harmless) {
            assert_eq!(hostile.skeleton(), plain.skeleton(), "{page} with {typed}");
            assert_eq!(hostile.title(), plain.title(), "{page}");
            assert!(!format!("{:?}", hostile.headers).contains(kept), "{page}");
            let text = if *page == "409" { typed } else { kept };
            assert!(hostile.read().contains(text), "{page} without {text:?}: {}", hostile.main());
        }
    }
}

async fn hostile_pages(text: &str) -> Vec<(&'static str, Answer)> {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("own", text).await.status, 303);
    assert_eq!(it.answers(text).await.status, 303);
    let form = new_message();
    let path = paths::messages(&it.reference);
    assert_eq!(it.mother.post(&path, &[("message", &form), ("text", "first")]).await.status, 303);
    let differs = it.mother.post(&path, &[("message", &form), ("text", text)]).await;
    assert_eq!(differs.status, 409);
    let receipt = look(&it.mother, &paths::receipt(&it.reference)).await;
    let report = look(&it.office, &paths::staff_report(&it.reference)).await;
    vec![("409", differs), ("receipt", receipt), ("report", report)]
}

#[tokio::test]
async fn whoever_is_signed_out_while_writing_is_told_that_nothing_was_sent() {
    let it = Morning::open().await;
    it.house.place.by_hand("UPDATE device SET revoked_at = signed_in_at").await;
    let fields = [("message", &*new_message()), ("text", "kanarienvogel")];
    let answer = it.mother.post(&paths::messages(&it.reference), &fields).await;
    assert!(answer.status == 403 && answer.says_not_received(), "{}", answer.main());
    assert!(!answer.text().contains("kanarienvogel"));
}

#[tokio::test]
async fn a_machine_that_writes_is_stopped() {
    let it = Morning::open().await;
    let path = paths::messages(&it.reference);
    let mut statuses = Vec::new();
    for _ in 0..40 {
        statuses.push(it.mother.post(&path, &[("message", &*new_message()), ("text", "again")]).await.status.as_u16());
    }
    assert!(statuses[..30].iter().all(|status| *status == 303) && statuses[39] == 429, "{statuses:?}");
}

#[tokio::test]
async fn an_old_form_answers_on_the_report_that_took_its_place() {
    let mut it = Morning::open().await;
    assert_eq!(it.asks("back", "").await.status, 303);
    let form = it.mother.get(&paths::receipt(&it.reference)).await.hidden("message").unwrap();
    let office_form = look(&it.office, &paths::staff_report(&it.reference)).await.hidden("message").unwrap();
    let (submission, ada) = (new_message(), pupil("Ada Okafor").to_string());
    let change = [
        ("submission", submission.as_str()),
        ("who", &ada),
        ("day", MONDAY),
        ("part", "all"),
        ("reason", "rash"),
        ("instead_of", it.reference.as_str()),
    ];
    let changed = it.mother.post(paths::REPORT, &change).await;
    assert_eq!(changed.status, 303, "{}", changed.main());
    let new = Reference::parse(changed.location().rsplit('/').next().unwrap()).unwrap();
    assert!(it.mother.get(paths::HOME).await.text().contains(&paths::conversation(&new)));
    let fields = [("message", form.as_str()), ("text", "On Friday")];
    assert_eq!(it.mother.post(&paths::messages(&it.reference), &fields).await.location(), paths::conversation(&new));
    assert!(!it.mother.get(paths::HOME).await.text().contains("asks you something"));
    let old = look(&it.office, &paths::staff_report(&it.reference)).await;
    assert!(old.text().contains(&paths::staff_report(&new)) && !old.text().contains("name=\"question\""));
    let fields = [("message", office_form.as_str()), ("question", "thanks")];
    let asked = it.office.post(&paths::staff_messages(&it.reference), &fields).await;
    assert_eq!(asked.location(), paths::staff_conversation(&new));
    assert!(look(&it.office, &paths::staff_report(&new)).await.text().contains("On Friday"));
}
