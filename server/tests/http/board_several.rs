//! Several children coded at once, the list for the MIS, the hints.

use app::{paths, rules::id::PupilId};
use reqwest::Method;
use server::demo::people::{MALGORZATA, NGOZI, TWINS};

use super::{
    browser::Browser,
    guests::reported,
    house::{House, MONDAY},
    people::pupil,
};

const OFFICE: &str = "office@demo.example";

async fn office(house: &House) -> Browser {
    let mut office = house.staff(OFFICE).await;
    office.get(paths::BOARD).await;
    office
}

/// Three children of three families are reported sick; their ids.
async fn three(house: &House) -> [PupilId; 3] {
    let children = [(NGOZI, "Ada Okafor"), (MALGORZATA, "Zofia Kaczmarek"), (TWINS, "Rupert Penhaligon")];
    for (guardian, child) in children {
        reported(house, guardian, &pupil(child)).await;
    }
    children.map(|(_, child)| pupil(child))
}

fn row(pupil: &PupilId, proposed: &str, seen: &str) -> String {
    format!("{pupil}|{proposed}|{seen}")
}

async fn codes(house: &House) -> Vec<String> {
    house.place.texts("SELECT DISTINCT pupil_id || ' ' || code FROM absence WHERE code IS NOT NULL ORDER BY 1").await
}

#[tokio::test]
async fn the_ticked_ones_are_coded_as_proposed_or_all_alike_and_the_others_not() {
    let house = House::open().await;
    let [ada, zofia, rupert] = three(&house).await;
    let office = office(&house).await;
    let (a, z) = (row(&ada, "I", ""), row(&zofia, "M", ""));
    let done = office.post(paths::BOARD_SEVERAL, &[("day", MONDAY), ("row", &a), ("row", &z)]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, paths::BOARD));
    let mut expected = vec![format!("{ada} I"), format!("{zofia} M")];
    expected.sort();
    assert_eq!(codes(&house).await, expected);
    // All with one code, whatever was proposed; once coded, a row has to have seen its code.
    let (r, stale) = (row(&rupert, "I", ""), row(&ada, "I", ""));
    let fields = [("day", MONDAY), ("row", &r), ("row", &stale), ("use", "other"), ("other", "O")];
    let some = office.post(paths::BOARD_SEVERAL, &fields).await;
    assert_eq!(some.status, 409);
    assert!(some.read().contains("1 coded. 1 left as they are"), "{}", some.read());
    expected.push(format!("{rupert} O"));
    expected.sort();
    assert_eq!(codes(&house).await, expected);
}

#[tokio::test]
async fn nothing_ticked_nothing_proposed_and_nonsense_code_nobody() {
    let house = House::open().await;
    let [ada, ..] = three(&house).await;
    let office = office(&house).await;
    let none = office.post(paths::BOARD_SEVERAL, &[("day", MONDAY)]).await;
    assert!(none.status == 422 && none.read().contains("Tick the children first"));
    let unproposed = row(&ada, "", "");
    assert_eq!(office.post(paths::BOARD_SEVERAL, &[("day", MONDAY), ("row", &unproposed)]).await.status, 409);
    for odd in ["x", "|I|", &format!("{ada}"), "a|b"] {
        assert_eq!(office.post(paths::BOARD_SEVERAL, &[("day", MONDAY), ("row", odd)]).await.status, 400, "{odd}");
    }
    let no_code = [("day", MONDAY), ("row", &row(&ada, "I", "")), ("use", "other"), ("other", "ZZ")];
    assert_eq!(office.post(paths::BOARD_SEVERAL, &no_code).await.status, 400);
    assert!(codes(&house).await.is_empty());
}

#[tokio::test]
async fn a_line_is_ticked_off_until_its_code_changes() {
    let house = House::open().await;
    let [ada, zofia, _] = three(&house).await;
    let mut office = office(&house).await;
    for child in [&ada, &zofia] {
        office.post(paths::BOARD_SEVERAL, &[("day", MONDAY), ("row", &row(child, "I", ""))]).await;
    }
    let list = office.get(paths::KEYING).await;
    assert!(list.read().contains("2 of 2 to key in"), "{}", list.read());
    let (a, z) = (format!("{ada}|I,I"), format!("{zofia}|I,I"));
    let ticked = office.post(paths::KEYING, &[("line", &a), ("line", &z)]).await;
    assert_eq!(ticked.location(), paths::keying(MONDAY.parse().unwrap()));
    assert!(office.get(paths::KEYING).await.read().contains("all 2 keyed in"));
    // The code changes: the tick no longer holds, and an old page cannot set it again.
    let change = [("day", MONDAY), ("pupil", ada.as_str()), ("seen", "I,I"), ("code", "M")];
    office.post(paths::BOARD_CODE, &change).await;
    let list = office.get(paths::KEYING).await.read();
    assert!(list.contains("1 of 2 to key in") && list.contains("code changed since"), "{list}");
    office.post(paths::KEYING, &[("line", &a), ("had", &z), ("line", &z)]).await;
    assert!(office.get(paths::KEYING).await.read().contains("1 of 2 to key in"));
    // Unticked.
    office.post(paths::KEYING, &[("had", &z)]).await;
    assert!(office.get(paths::KEYING).await.read().contains("2 of 2 to key in"));
}

#[tokio::test]
async fn a_morning_on_which_a_hundred_and_fifty_are_away_can_be_ticked_off() {
    let house = House::open().await;
    reported(&house, NGOZI, &pupil("Ada Okafor")).await;
    let all = "INSERT INTO absence (school_id, pupil_id, day, session) SELECT p.school_id, p.pupil_id, a.day, a.session \
               FROM pupil p JOIN absence a ON a.school_id = p.school_id WHERE p.left_on IS NULL ON CONFLICT DO NOTHING";
    house.place.by_hand(all).await;
    house.place.by_hand("UPDATE absence SET code = 'I'").await;
    let mut office = office(&house).await;
    let list = office.get(paths::KEYING).await;
    let lines: Vec<String> = list.inputs("line").iter().take(150).map(|tag| tag.at("value")).collect();
    assert_eq!(lines.len(), 150);
    let ticks: Vec<(&str, &str)> = lines.iter().map(|line| ("line", line.as_str())).collect();
    assert_eq!(office.post(paths::KEYING, &ticks).await.status, 303);
    // Once more, as the page is now: each of them has been ticked, and stays so but for one.
    let list = office.get(paths::KEYING).await;
    let had: Vec<String> = list.inputs("had").iter().map(|tag| tag.at("value")).collect();
    assert_eq!((had.len(), list.chosen("line").len()), (150, 150));
    let fields: Vec<(&str, &str)> = had.iter().map(|line| ("had", line.as_str())).chain(ticks[1..].to_vec()).collect();
    assert_eq!(office.post(paths::KEYING, &fields).await.status, 303);
    assert_eq!(house.place.count("keyed").await, 149);
}

#[tokio::test]
async fn the_file_asks_for_a_code_once_the_last_one_is_old() {
    let house = House::open().await;
    let [ada, ..] = three(&house).await;
    let office = office(&house).await;
    office.post(paths::BOARD_SEVERAL, &[("day", MONDAY), ("row", &row(&ada, "I", ""))]).await;
    let file = office.send(Method::GET, paths::KEYING_CSV, &[], Vec::new()).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.text().contains("Okafor,Ada,3 Oak,I,I"), "{}", file.text());
    let later = house.later(16).await;
    let at = office.at(&later.site);
    let asked = at.send(Method::GET, paths::KEYING_CSV, &[], Vec::new()).await;
    let prove = paths::staff_prove(&paths::keying_csv(MONDAY.parse().unwrap()));
    assert_eq!(asked.location(), prove);
    assert_eq!(at.post(&prove, &[("code", "000000")]).await.status, 422);
    let code = at.app_code(OFFICE).await;
    let proved = at.post(&prove, &[("code", &code)]).await;
    assert_eq!(proved.location(), paths::keying_csv(MONDAY.parse().unwrap()));
    assert_eq!(at.send(Method::GET, paths::KEYING_CSV, &[], Vec::new()).await.status, 200);
    assert_eq!(at.post(&prove, &[("code", &code)]).await.status, 422, "a code works once");
}

#[tokio::test]
async fn a_third_monday_is_said_to_the_office_and_to_nobody_else() {
    let house = House::open().await;
    for day in ["2026-11-09", "2026-11-16"] {
        let monday = house
            .another(|inner| {
                inner.clock = server::clock::Clock::set_to(super::house::instant(&format!("{day}T08:00:00Z")))
            })
            .await;
        let parent = house.device_of(NGOZI).await.at(&monday.site);
        let (id, ada) =
            (app::rules::id::SubmissionId::from_bytes(rand::random()).to_string(), pupil("Ada Okafor").to_string());
        let sent =
            parent.post(paths::REPORT, &[("submission", &id), ("who", &ada), ("day", day), ("reason", "pain")]).await;
        assert_eq!(sent.status, 303);
    }
    three(&house).await;
    let mut office = office(&house).await;
    let board = office.get(paths::BOARD).await.read();
    assert_eq!(board.matches("3rd Monday this term").count(), 1, "{board}");
    let mut parent = house.device_of(NGOZI).await;
    for path in [paths::HOME, paths::RECEIPTS] {
        assert!(!parent.get(path).await.read().contains("Monday this term"));
    }
}
