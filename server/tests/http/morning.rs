//! Registers, the call list and the reconciliation, as the office has them before it.

use app::{
    paths,
    rules::{
        calendar::{Session, SessionDay},
        code::Code,
        id::PupilId,
        mark::Mark,
    },
};
use reqwest::Method;
use server::demo::people::NGOZI;

use super::{
    browser::Browser,
    guests::reported,
    house::{House, MONDAY},
    page::Answer,
    people::{class_of, pupil},
};

pub(super) const OFFICE: &str = "office@demo.example";
pub(super) const OFFICER: &str = "attendance@demo.example";
pub(super) const SAFEGUARDING: &str = "safeguarding@demo.example";

pub(super) fn am() -> SessionDay {
    SessionDay { date: MONDAY.parse().unwrap(), session: Session::Am }
}

/// The register of Ada's class, 3 Oak.
pub(super) fn oak() -> String {
    paths::register(&class_of("Ada Okafor"), am())
}

/// The fields of a register's page as it stands, with these children ticked absent besides, or instead.
pub(super) fn fields(page: &Answer, absent: &[&PupilId], act: &str) -> Vec<(String, String)> {
    let mut fields = vec![("seen".to_owned(), page.hidden("seen").unwrap()), ("act".to_owned(), act.to_owned())];
    fields.extend(page.inputs("child").iter().map(|tag| ("child".to_owned(), tag.at("value"))));
    fields.extend(page.chosen("absent").into_iter().map(|id| ("absent".to_owned(), id)));
    fields.extend(absent.iter().map(|id| ("absent".to_owned(), id.to_string())));
    fields
}

pub(super) async fn post(browser: &Browser, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

/// The office takes 3 Oak with these children absent besides those who were foreseen.
pub(super) async fn takes_oak(browser: &mut Browser, absent: &[&PupilId]) -> Answer {
    let page = browser.get(&oak()).await;
    post(browser, &oak(), &fields(&page, absent, "complete")).await
}

/// What a person reads of a page, without its marks.
pub(super) trait Words {
    fn words(&self) -> String;
}

impl Words for Answer {
    fn words(&self) -> String {
        let mut inside = false;
        let text: String = self
            .read()
            .replace("<!>", "")
            .chars()
            .filter_map(|sign| match sign {
                '<' => {
                    inside = true;
                    Some(' ')
                }
                '>' => {
                    inside = false;
                    None
                }
                sign => (!inside).then_some(sign),
            })
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn card<'a>(page: &'a str, pupil: &PupilId) -> Option<&'a str> {
    let from = page.find(&format!("id=\"c-{pupil}\""))?;
    let end = page[from + 10..].find("id=\"c-").map_or(page.len(), |end| from + 10 + end);
    Some(&page[from..end])
}

#[tokio::test]
async fn a_class_is_taken_and_who_is_absent_without_a_word_is_to_be_rung_about_until_word_comes() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let mut office = house.staff(OFFICE).await;
    let board = office.get(paths::BOARD).await.words();
    assert!(board.contains("Register not in: 14 classes") && !board.contains("without a word"), "{board}");
    let before = office.get(paths::CALLS).await.words();
    assert!(before.contains("There is nobody to ring.") && before.contains("14 registers are not in yet"), "{before}");

    let done = takes_oak(&mut office, &[&ada]).await;
    assert_eq!(
        (done.status.as_u16(), done.location()),
        (303, format!("{}&done={}", paths::morning(am()), class_of("Ada Okafor")).as_str())
    );
    let morning = office.get(done.location()).await.words();
    assert!(morning.contains("3 Oak is in: 1 absent.") && morning.contains("by Jean Tanner"), "{morning}");
    let board = office.get(paths::BOARD).await.words();
    assert!(board.contains("Register not in: 13 classes") && board.contains("1 child without a word"), "{board}");

    let calls = office.get(paths::CALLS).await;
    let about = card(calls.main(), &ada).expect("she is on the list");
    assert!(about.contains("Ngozi Okafor") && about.contains("href=\"tel:0"), "{about}");
    assert!(calls.words().contains("The register closes at 9.15."), "it is 8.04");
    reported(&house, NGOZI, &ada).await;
    let calls = office.get(paths::CALLS).await;
    assert!(card(calls.main(), &ada).is_none());
    let said = calls.words();
    assert!(said.contains("Off the list (1)") && said.contains("reported by Ngozi Okafor"), "{said}");
    assert!(!office.get(paths::BOARD).await.words().contains("without a word"));
    assert!(house.place.count("reading WHERE what = 'calls'").await == 3);
}

#[tokio::test]
async fn who_was_reported_is_ticked_for_the_office_and_plainly_marked_without_a_health_word() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    reported(&house, NGOZI, &ada).await;
    let mut office = house.staff(OFFICE).await;
    let page = office.get(&oak()).await;
    assert_eq!(page.chosen("absent"), [ada.to_string()]);
    let said = page.words();
    assert!(said.contains("reported away") && said.contains("ticked for you"), "{said}");
    assert!(!said.to_lowercase().contains("sick"), "{said}");
    takes_oak(&mut office, &[]).await;
    assert!(office.get(paths::CALLS).await.words().contains("There is nobody to ring."));
    // In the room after all: the office takes the tick away.
    let page = office.get(&oak()).await;
    let mut sent = fields(&page, &[], "complete");
    sent.retain(|(name, _)| name != "absent");
    post(&office, &oak(), &sent).await;
    let board = office.get(paths::BOARD).await.words();
    assert!(board.contains("1 difference"), "{board}");
    let lists = office.get(&paths::reconciliation(am().date, am().date)).await.words();
    assert!(
        lists.contains("Reported away, marked as in school (1)") && lists.contains("Look whether the child is in."),
        "{lists}"
    );
    assert!(lists.contains("Ngozi Okafor, 8.04"), "{lists}");
}

#[tokio::test]
async fn two_offices_at_one_class_and_nothing_is_lost() {
    let house = House::open().await;
    let (ada, other) = (pupil("Ada Okafor"), PupilId::parse(&other_in_oak(&house).await).unwrap());
    let (mut one, mut two) = (house.staff(OFFICE).await, house.staff(OFFICER).await);
    let (first, second) = (one.get(&oak()).await, two.get(&oak()).await);
    assert_eq!(post(&one, &oak(), &fields(&first, &[&ada], "complete")).await.status, 303);
    let told = post(&two, &oak(), &fields(&second, &[&other], "complete")).await;
    assert_eq!(told.status, 409);
    assert!(told.words().contains("Jean Tanner saved this register at"), "{}", told.words());
    let mut ticked = told.chosen("absent");
    ticked.sort();
    let mut both = [ada.to_string(), other.to_string()];
    both.sort();
    assert_eq!(ticked, both, "whoever one of them has ticked");
    assert!(told.words().contains("one of you ticked this"));
    assert_eq!(post(&two, &oak(), &fields(&told, &[], "complete")).await.status, 303);
    let calls = one.get(paths::CALLS).await;
    assert!(card(calls.main(), &ada).is_some() && card(calls.main(), &other).is_some());
    // The same once more is no change; undo brings back what stood.
    let page = two.get(&oak()).await;
    assert_eq!(post(&two, &oak(), &fields(&page, &[], "complete")).await.status, 303);
    assert_eq!(house.place.count("register").await, 2);
    assert_eq!(post(&two, &oak(), &fields(&page, &[], "undo")).await.status, 303);
    let calls = one.get(paths::CALLS).await;
    assert!(card(calls.main(), &ada).is_some() && card(calls.main(), &other).is_none());
    assert_eq!(post(&one, &oak(), &fields(&page, &[], "undo")).await.status, 409, "an old page undoes nothing");
}

async fn other_in_oak(house: &House) -> String {
    let class = class_of("Ada Okafor");
    let sql =
        format!("SELECT MIN(pupil_id) FROM pupil WHERE class_id = '{class}' AND left_on IS NULL AND forename <> 'Ada'");
    house.place.texts(&sql).await[0].clone()
}

#[tokio::test]
async fn what_cannot_be_kept_is_told_with_what_was_typed() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let mut office = house.staff(OFFICE).await;
    let page = office.get(&oak()).await;
    let sent = |more: &[(&str, &str)]| {
        let mut sent = fields(&page, &[], "complete");
        sent.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        sent
    };
    let minutes = format!("minutes-{ada}");
    let both = post(&office, &oak(), &sent(&[("absent", ada.as_str()), ("late", ada.as_str())])).await;
    assert_eq!(both.status, 422);
    assert!(both.words().contains("Okafor, Ada: tick absent or late, not both"));
    assert_eq!((both.chosen("absent"), both.chosen("late")), (vec![ada.to_string()], vec![ada.to_string()]));
    for odd in ["soon", "-5", "999"] {
        let late = post(&office, &oak(), &sent(&[("late", ada.as_str()), (&minutes, odd)])).await;
        assert_eq!(late.status, 422, "{odd}");
        assert!(late.inputs(&minutes)[0].is("value", odd), "{odd}");
    }
    assert_eq!(house.place.count("register").await, 0);
    assert_eq!(post(&office, &oak(), &sent(&[("late", ada.as_str()), (&minutes, "12")])).await.status, 303);
    let again = office.get(&oak()).await;
    assert_eq!(again.chosen("late"), [ada.to_string()]);
    assert!(again.inputs(&minutes)[0].is("value", "12"));
    // Children of other classes and nonsense are none of this page's.
    for odd in [pupil("Sam Okafor").as_str(), "x"] {
        assert_eq!(post(&office, &oak(), &sent(&[("absent", odd)])).await.status, 400, "{odd}");
    }
    assert_eq!(post(&office, &oak(), &[("seen".into(), "x".into())]).await.status, 400);
    for nowhere in ["", "?class=none", "?class=none&day=2026-11-23&session=AM"] {
        assert_eq!(office.get(&format!("{}{nowhere}", paths::REGISTER)).await.status, 404, "{nowhere}");
    }
    let tomorrow = SessionDay { date: "2026-11-24".parse().unwrap(), ..am() };
    assert_eq!(office.get(&paths::morning(tomorrow)).await.status, 404);
}

#[tokio::test]
async fn a_page_left_open_overnight_or_over_a_joiner_saves_nothing() {
    let house = House::open().await;
    let mut office = house.staff(OFFICE).await;
    let page = office.get(&oak()).await;
    let class = class_of("Ada Okafor");
    house
        .place
        .by_hand(&format!("UPDATE pupil SET class_id = '{class}' WHERE pupil_id = '{}'", pupil("Sam Okafor")))
        .await;
    let joined = post(&office, &oak(), &fields(&page, &[], "complete")).await;
    assert_eq!(joined.status, 409);
    assert!(
        joined.words().contains("Somebody has joined or left this class") && joined.words().contains("Okafor, Sam")
    );
    let night = house.later(24 * 60).await;
    let mut late = night.staff(OFFICE).await;
    late.get(paths::BOARD).await;
    let late = post(&late, &oak(), &fields(&joined, &[], "complete")).await;
    assert_eq!(late.status, 409);
    assert!(late.words().contains("Registers are taken on their own day."), "{}", late.words());
    assert!(late.inputs("absent").is_empty());
    assert_eq!(house.place.count("register").await, 0);
}

#[tokio::test]
async fn a_pasted_list_is_shown_first_and_not_understood_changes_nothing() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let mut office = house.staff(OFFICE).await;
    let paste = paths::morning_paste(am());
    office.get(&paste).await;
    let class = class_of("Ada Okafor");
    assert_eq!(office.post(&paste, &[]).await.status, 422);
    let text = "Surname\tForename\tClass\nOkafor\tAda\t3 Oak\nSomebody\tElse\t3 Oak\n";
    let doubt = office.post(&paste, &[("text", text), ("class", &class)]).await;
    assert_eq!(doubt.status, 422);
    assert!(doubt.words().contains("Line 3: nobody on roll is called"), "{}", doubt.words());
    assert!(doubt.text_area("text").contains("Somebody\tElse"));
    let text = "Okafor, Ada\nSam Okafor";
    let shown = office.post(&paste, &[("text", text), ("class", &class)]).await;
    assert_eq!(shown.status, 200);
    let said = shown.words();
    assert!(
        said.contains("3 Oak register complete Okafor, Ada") && said.contains("1 Elm not complete yet Okafor, Sam"),
        "{said}"
    );
    assert_eq!(house.place.count("register").await, 0, "nothing yet");
    let digest = shown.hidden("shown").unwrap();
    // Somebody else takes the class meanwhile: what was shown is not what would be saved.
    takes_oak(&mut office, &[]).await;
    let sent = [("text", text), ("class", class.as_str()), ("shown", digest.as_str())];
    let told = office.post(&paste, &sent).await;
    assert_eq!(told.status, 409);
    let digest = told.hidden("shown").unwrap();
    let sent = [("text", text), ("class", class.as_str()), ("shown", digest.as_str())];
    assert_eq!(office.post(&paste, &sent).await.location(), paths::morning(am()));
    let calls = office.get(paths::CALLS).await;
    assert!(card(calls.main(), &ada).is_some());
    assert!(card(calls.main(), &pupil("Sam Okafor")).is_none(), "1 Elm is not in");
    // Every class with nobody absent but Ada.
    let every = office.post(&paste, &[("class", "every")]).await;
    let digest = every.hidden("shown").unwrap();
    office.post(&paste, &[("class", "every"), ("shown", digest.as_str())]).await;
    let morning = office.get(&paths::morning(am())).await.words();
    assert!(morning.contains("Every register is in."), "{morning}");
    let calls = office.get(paths::CALLS).await;
    assert!(card(calls.main(), &pupil("Sam Okafor")).is_some(), "what was ticked before stays ticked");
}

#[tokio::test]
async fn a_pasted_line_with_two_marks_is_asked_about_and_who_is_there_is_named() {
    let house = House::open().await;
    let mut office = house.staff(OFFICE).await;
    let paste = paths::morning_paste(am());
    office.get(&paste).await;
    let doubt = office.post(&paste, &[("text", "Okafor\tSam\t/\nOkafor\tAda\t/\tN")]).await;
    assert_eq!(doubt.status, 422);
    let said = doubt.words();
    assert!(said.contains("Line 2: ") && said.contains("has two marks that do not agree"), "{said}");
    let shown = office.post(&paste, &[("text", "Okafor\tSam\t/\nOkafor\tAda\tN")]).await;
    assert_eq!(shown.status, 200);
    let said = shown.words();
    assert!(
        said.contains("1 line says that a child is in the room; nothing is ticked for them: Okafor, Sam (1 Elm)"),
        "{said}"
    );
    assert!(said.contains("3 Oak not complete yet Okafor, Ada"), "{said}");
}

#[tokio::test]
async fn a_file_of_todays_marks_brings_the_registers_in_class_by_class() {
    let house = House::open().await;
    let class = class_of("Ada Okafor");
    let (ada, day) = (pupil("Ada Okafor"), am().date);
    let ids =
        house.place.texts(&format!("SELECT pupil_id FROM pupil WHERE class_id = '{class}' AND left_on IS NULL")).await;
    let mark = |id: &String| {
        let id = PupilId::parse(id).unwrap();
        let code = if id == ada { Code::N } else { Code::PresentAm };
        (id, Mark { date: day, session: Session::Am, code, minutes_late: None })
    };
    let mut marks: Vec<(PupilId, Mark)> = ids.iter().map(mark).collect();
    let last = marks.pop().unwrap();
    house.portal.school.seed_marks(marks, house.portal.now()).await.unwrap();
    let mut office = house.staff(OFFICE).await;
    let board = office.get(paths::BOARD).await.words();
    assert!(board.contains("Register not in: 14 classes") && !board.contains("without a word"), "{board}");
    house.portal.school.seed_marks(vec![last], house.portal.now()).await.unwrap();
    let board = office.get(paths::BOARD).await.words();
    assert!(board.contains("Register not in: 13 classes") && board.contains("1 child without a word"), "{board}");
    assert!(board.contains("1 × N not explained, the first until Mon 30"), "{board}");
    let lists = office.get(paths::RECONCILIATION).await.words();
    assert!(lists.contains("N runs out on Monday 30 November, 5 school days left"), "{lists}");
}

#[tokio::test]
async fn a_register_shows_no_letter_where_words_are_hidden_and_who_looked_is_noted() {
    let house = House::open().await;
    let mark = Mark { date: am().date, session: Session::Am, code: Code::I, minutes_late: None };
    house.portal.school.seed_marks(vec![(pupil("Ada Okafor"), mark)], house.portal.now()).await.unwrap();
    let mut office = house.staff(OFFICE).await;
    let noted = format!(
        "reading WHERE reader_kind = 'staff' AND what = 'register' AND subject_id = '{} {}'",
        class_of("Ada Okafor"),
        am()
    );
    for (hide, looks) in [("no", 1), ("yes", 2)] {
        office.get(paths::BOARD).await;
        office.post(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await;
        let page = office.get(&oak()).await;
        assert_eq!(page.words().contains("I in the MIS"), hide == "no", "{}", page.words());
        assert_eq!(page.chosen("absent"), [pupil("Ada Okafor").to_string()], "ticked all the same");
        assert_eq!(house.place.count(&noted).await, looks);
    }
}

#[tokio::test]
async fn the_file_asks_for_a_fresh_code_and_holds_the_lists() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let mut office = house.staff(OFFICE).await;
    takes_oak(&mut office, &[&ada]).await;
    let day = am().date;
    let path = paths::reconciliation_csv(day, day);
    let file = office.send(Method::GET, &path, &[], Vec::new()).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
    let text = file.text();
    assert!(text.contains("\"Absent, not explained\",2026-11-23,AM,") && text.contains(",Okafor,Ada,3 Oak,"), "{text}");
    assert!(text.contains(",2026-11-30,5,"), "{text}");
    let line = "journal WHERE action = 'export_reconciliation' AND actor_kind = 'staff' AND subject_id = '2026-11-23..2026-11-23'";
    assert_eq!(house.place.count(line).await, 1);
    let later = house.later(16).await;
    let asked = office.at(&later.site).send(Method::GET, &path, &[], Vec::new()).await;
    assert_eq!(asked.location(), paths::staff_prove(&path));
    for odd in ["?span=2026-11-23..2026-11-20", "?span=soon", "?span=2026-01-01..2026-11-23", "?span=2026-11-24"] {
        let page = office.get(&format!("{}{odd}", paths::RECONCILIATION)).await;
        assert!(page.status == 422 && page.words().contains("Give two days"), "{odd}");
        let file = office.send(Method::GET, &format!("{}{odd}", paths::RECONCILIATION_CSV), &[], Vec::new()).await;
        assert_eq!(file.status, 404, "{odd}");
    }
    let typed = office.get(&format!("{}?from=2026-11-24&until=x", paths::RECONCILIATION)).await;
    assert!(typed.inputs("from")[0].is("value", "2026-11-24"));
    assert_eq!(house.place.count("reading WHERE what = 'reconciliation_file'").await, 1);
    assert_eq!(house.place.count("journal WHERE action = 'export_reconciliation'").await, 1, "only what left");
}
