//! What the office does when a child leaves.

use app::{paths, rules::id::NoteId};
use reqwest::StatusCode;
use server::demo::people::{CHIDI, NGOZI};

use super::{
    browser::Browser,
    house::House,
    leave::{look, okafors},
    leaving_forms::{LAST_DAY, gave_notice, notice_of},
    page::Answer,
};

async fn notes(browser: &mut Browser, path: &str, notice: &str, (task, fields): (&str, &[(&str, &str)])) -> Answer {
    browser.get(path).await;
    let note = NoteId::from_bytes(rand::random()).to_string();
    let mut all = vec![("note", note.as_str()), ("notice", notice), ("task", task), ("act", "done")];
    all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    all.extend(fields);
    browser.post_form(&format!("{path}/lines"), &all).await
}

#[tokio::test]
async fn the_list_follows_from_the_answers_and_from_what_the_new_school_says() {
    let house = House::open().await;
    let [ada, _] = okafors();
    let reference = gave_notice(&house, NGOZI, &[ada]).await;
    let mut office = house.staff("office@demo.example").await;
    let path = paths::staff_notice(&reference);
    let list = office.get(paths::STAFF_LEAVING).await;
    assert!(list.text().contains("Open (1)") && list.text().contains("Okafor, Ada"), "{}", list.main());
    let page = office.get(&path).await;
    assert!(page.text().contains("scenario 3") && page.text().contains("missing education"), "{}", page.main());
    let notice = notice_of(&house, &path).await;
    let confirmed = notes(&mut office, &path, &notice, ("new-school", &[("day", "2026-11-23")])).await;
    assert_eq!((confirmed.status, confirmed.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = office.get(&path).await;
    assert!(page.text().contains("scenario 2") && page.text().contains("Not needed"), "{}", page.main());
    for (task, fields, said) in [
        ("ground", vec![("day", "2026-11-23")], "Choose a ground"),
        ("file", vec![("day", "2026-11-24")], "The day must not lie ahead"),
        ("file", vec![("day", "x")], "Give the day"),
    ] {
        let refused = notes(&mut office, &path, &notice, (task, &fields)).await;
        assert!(refused.status == 422 && refused.text().contains(said), "{said}: {}", refused.main());
    }
    // Nobody takes a child off the roll here.
    let off = notes(&mut office, &path, &notice, ("off-roll", &[("day", "2026-11-23")])).await;
    assert_eq!(off.status, 400);
    for (task, fields) in [
        ("city-form", vec![("day", "2026-11-23")]),
        ("ground", vec![("day", "2026-11-23"), ("ground", "b")]),
        ("return", vec![("day", "2026-11-23")]),
        ("file", vec![("day", "2026-11-23")]),
    ] {
        assert_eq!(notes(&mut office, &path, &notice, (task, &fields)).await.status, 303, "{task}");
    }
    let page = office.get(&path).await;
    assert!(page.text().contains("(b) Registered at another school"), "{}", page.main());
    assert!(office.get(paths::STAFF_LEAVING).await.text().contains("1 line open"), "the roster has not said so yet");
    let undone = notes(&mut office, &path, &notice, ("file", &[("act", "undo")])).await;
    assert_eq!(undone.status, 303);
    assert!(office.get(&path).await.text().contains("Not done after all"));
    assert_eq!(house.place.count("leaving_line").await, 6);
}

#[tokio::test]
async fn the_same_note_sent_twice_is_one_and_a_notice_taken_back_takes_none() {
    let house = House::open().await;
    let [ada, _] = okafors();
    let reference = gave_notice(&house, NGOZI, &[ada]).await;
    let path = paths::staff_notice(&reference);
    let notice = notice_of(&house, &path).await;
    let mut office = house.staff("office@demo.example").await;
    office.get(&path).await;
    let note = NoteId::from_bytes(rand::random()).to_string();
    let fields =
        |day| [("note", note.as_str()), ("notice", notice.as_str()), ("task", "file"), ("day", day), ("act", "done")];
    for _ in 0..2 {
        assert_eq!(office.post_form(&format!("{path}/lines"), &fields("2026-11-23")).await.status, 303);
    }
    assert_eq!(office.post_form(&format!("{path}/lines"), &fields("2026-11-20")).await.status, 409);
    assert_eq!(house.place.count("leaving_line").await, 1);
    let (school, now) = (&house.portal.school, house.portal.now());
    assert!(school.withdraw_notice(&super::people::guardian(NGOZI), &reference, now).await.unwrap());
    assert_eq!(notes(&mut office, &path, &notice, ("return", &[("day", "2026-11-23")])).await.status, 409);
    assert!(office.get(paths::STAFF_LEAVING).await.text().contains("Open (0)"));
}

#[tokio::test]
async fn the_office_and_the_family_write_to_each_other_and_nobody_else_reads_it() {
    let house = House::open().await;
    let reference = gave_notice(&house, NGOZI, &okafors()).await;
    let path = paths::staff_notice(&reference);
    let mut office = house.staff("office@demo.example").await;
    let message = office.get(&path).await.hidden("message").unwrap();
    let fields = [("message", message.as_str()), ("text", "Which class will she join?"), ("asks", "yes")];
    assert_eq!(office.post_form(&format!("{path}/messages"), &fields).await.location(), format!("{path}#messages"));
    let mut family = house.device_of(NGOZI).await;
    assert!(family.get(paths::HOME).await.text().contains("The school asks you something about"));
    let page = family.get(&paths::leaving_notice(&reference)).await;
    assert!(page.text().contains("Which class will she join?"), "{}", page.main());
    let message = page.hidden("message").unwrap();
    let answer = [("message", message.as_str()), ("text", "Year 4, they said.")];
    let said = family.post_form(&paths::leaving_messages(&reference), &answer).await;
    assert_eq!(said.location(), paths::leaving_conversation(&reference));
    assert!(office.get(paths::STAFF_LEAVING).await.text().contains("New message"));
    assert!(office.get(&path).await.text().contains("Year 4, they said."));
    assert!(!office.get(paths::STAFF_LEAVING).await.text().contains("New message"));
    assert!(!house.device_of(CHIDI).await.get(paths::HOME).await.text().contains("about"), "the other parent");
}

#[tokio::test]
async fn the_return_has_what_the_regulation_asks_and_is_noted() {
    let house = House::open().await;
    let [ada, _] = okafors();
    let reference = gave_notice(&house, NGOZI, &[ada]).await;
    let office = house.staff("office@demo.example").await;
    let file = look(&office, paths::LEAVING_RETURN).await;
    assert_eq!(file.status, 200, "{}", file.main());
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row = reader.records().next().expect("a line").unwrap();
    let of = |name: &str| row[heads.iter().position(|head| head == name).unwrap()].to_owned();
    assert_eq!((of("child"), of("last_day")), ("Ada Okafor".to_owned(), LAST_DAY.to_owned()));
    assert_eq!((of("parent_1"), of("future_school")), ("Ngozi Okafor".to_owned(), "Canary Primary School".to_owned()));
    assert_eq!(of("future_address"), "1 Canary Street, Leeds");
    assert!(!of("parent_1_address").is_empty() && !of("upn").is_empty());
    let noted = house.place.texts("SELECT action FROM journal WHERE action = 'export_leavers'").await;
    assert_eq!(noted.len(), 1);
    // The safeguarding lead reads the notice, and no address that the file is for.
    let lead = house.staff("safeguarding@demo.example").await;
    let page = look(&lead, &paths::staff_notice(&reference)).await;
    assert!(page.status == 200 && !page.text().contains("Note as done"), "{}", page.main());
    assert_eq!(look(&lead, paths::LEAVING_RETURN).await.status, 403);
    let pdf = look(&office, &paths::staff_notice_pdf(&reference)).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn the_morning_tells_of_a_day_that_has_passed_with_something_open() {
    let house = House::open().await;
    gave_notice(&house, NGOZI, &okafors()).await;
    let morning = async |node: &super::house::Node| {
        let mut office = node.browser();
        office.staff("office@demo.example").await;
        office.get(paths::MORNING).await.text().to_owned()
    };
    // The last day is a Friday: on it nothing is late yet.
    let on_the_day = house.later(18 * 24 * 60).await;
    assert_eq!(on_the_day.portal.today().to_string(), LAST_DAY);
    assert!(!morning(&on_the_day).await.contains("not everything is done"));
    let after = house.later(21 * 24 * 60).await;
    assert!(morning(&after).await.contains("2 children have left, and not everything is done"));
}

#[tokio::test]
async fn every_form_of_a_page_has_an_id_of_its_own_and_what_was_typed_stays() {
    let house = House::open().await;
    let reference = gave_notice(&house, NGOZI, &okafors()).await;
    let path = paths::staff_notice(&reference);
    let mut office = house.staff("office@demo.example").await;
    let ids: Vec<String> = office.get(&path).await.inputs("note").iter().map(|tag| tag.at("value")).collect();
    let different: std::collections::HashSet<&String> = ids.iter().collect();
    assert!(ids.len() > 4 && different.len() == ids.len(), "{ids:?}");
    let notice = notice_of(&house, &path).await;
    let typed = format!("note-file-{notice}");
    let fields = |day, words| {
        let all =
            [("note", ids[0].as_str()), ("notice", notice.as_str()), ("task", "file"), ("day", day), ("act", "done")];
        all.into_iter().chain([(typed.as_str(), words)]).collect::<Vec<_>>()
    };
    let lines = format!("{path}/lines");
    assert_eq!(office.post_form(&lines, &fields("2026-11-23", "sent")).await.status, 303);
    let differs = office.post_form(&lines, &fields("2026-11-20", "canary words")).await;
    assert!(differs.status == 409 && differs.text_area(&typed) == "canary words", "{}", differs.main());
    // Where the notice stands no more there is no form; the words are shown all the same.
    let (school, now) = (&house.portal.school, house.portal.now());
    assert!(school.withdraw_notice(&super::people::guardian(NGOZI), &reference, now).await.unwrap());
    let fresh = NoteId::from_bytes(rand::random()).to_string();
    let mut late = fields("2026-11-20", "canary words");
    late[0] = ("note", &fresh);
    let gone = office.post_form(&lines, &late).await;
    assert!(gone.status == 409 && gone.text().contains("canary words"), "{}", gone.main());
}

#[tokio::test]
async fn a_message_about_a_notice_that_was_taken_back_is_listed_and_hidden_words_hide_it() {
    let house = House::open().await;
    let reference = gave_notice(&house, NGOZI, &okafors()).await;
    let (school, now) = (&house.portal.school, house.portal.now());
    assert!(school.withdraw_notice(&super::people::guardian(NGOZI), &reference, now).await.unwrap());
    let mut family = house.device_of(NGOZI).await;
    let message = family.get(&paths::leaving_notice(&reference)).await.hidden("message").expect("a box to write in");
    let said = [("message", message.as_str()), ("text", "canary words")];
    assert_eq!(family.post_form(&paths::leaving_messages(&reference), &said).await.status, 303);
    let mut office = house.staff("office@demo.example").await;
    let list = office.get(paths::STAFF_LEAVING).await;
    assert!(
        list.text().contains("taken back or replaced (1)") && list.text().contains("New message"),
        "{}",
        list.main()
    );
    office.get(paths::BOARD).await;
    for (hide, shown) in [("yes", false), ("no", true)] {
        let hidden = [("day", super::house::MONDAY), ("hide", hide)];
        office.get(paths::BOARD).await;
        assert_eq!(office.post_form(paths::BOARD_WORDS, &hidden).await.status, 303);
        let page = office.get(&paths::staff_notice(&reference)).await;
        assert_eq!(page.text().contains("canary words"), shown, "{}", page.main());
    }
    assert!(!office.get(paths::STAFF_LEAVING).await.text().contains("New message"), "it was read");
}

#[tokio::test]
async fn the_return_has_columns_for_every_parent_and_the_number_there_is() {
    let house = House::open().await;
    let [ada, _] = okafors();
    gave_notice(&house, NGOZI, std::slice::from_ref(&ada)).await;
    let ngozi = super::people::guardian(NGOZI);
    house
        .place
        .by_hand(&format!(
            "UPDATE guardian SET mobile = NULL, work_phone = '01632 960002' WHERE guardian_id = '{ngozi}'"
        ))
        .await;
    let sql = "INSERT INTO guardian_pupil (school_id, guardian_id, pupil_id, relationship, priority, parental_responsibility, lives_with, flags_said, \
               court_order, access, barred, reviewed) SELECT school_id, guardian_id, '{ada}', 'grandparent', 5, FALSE, TRUE, TRUE, FALSE, 'none', FALSE, TRUE \
               FROM guardian WHERE guardian_id IN ('{one}', '{two}')";
    let [one, two] = [super::people::guardian(server::demo::people::MALGORZATA), super::people::guardian(CHIDI)];
    let sql = sql.replace("{ada}", ada.as_str()).replace("{one}", one.as_str()).replace("{two}", two.as_str());
    house
        .place
        .by_hand(&format!("DELETE FROM guardian_pupil WHERE guardian_id = '{two}' AND pupil_id = '{ada}'"))
        .await;
    house.place.by_hand(&sql).await;
    let office = house.staff("office@demo.example").await;
    let file = look(&office, paths::LEAVING_RETURN).await;
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row = reader.records().next().expect("a line").unwrap();
    let of =
        |name: &str| row[heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}"))].to_owned();
    assert_eq!((of("parent_1"), of("parent_1_phone")), ("Ngozi Okafor".to_owned(), "01632 960002".to_owned()));
    assert!(!of("parent_2").is_empty() && !of("parent_3").is_empty(), "{text}");
    assert_eq!(of("future_school"), "Canary Primary School");
}
