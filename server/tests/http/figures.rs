//! What staff see of marks, how one is corrected, and what a parent asks about one.

use app::paths;
use reqwest::Method;
use server::{
    demo::people::{CHIDI, MALGORZATA, NGOZI, PATRICIA},
    export::attendance::attendance,
};

use super::{
    browser::Browser,
    guests::reported,
    house::House,
    page::{Answer, tags},
    people::{guardian, pupil},
};

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// Somebody's session without the way through password and code.
async fn staff(house: &House, email: &str) -> Browser {
    let ids = house.staff_ids().await;
    house.session(&ids[email], true).await
}

const FRIDAY: &str = "2026-11-20";

fn friday() -> chrono::NaiveDate {
    FRIDAY.parse().unwrap()
}

#[tokio::test]
async fn a_mark_is_corrected_with_a_reason_and_what_it_was_stays_in_sight() {
    let house = House::open().await;
    house.has_its_register().await;
    let (office, ada) = (staff(&house, "office@demo.example").await, pupil("Ada Okafor"));
    house.place.by_hand(&format!("UPDATE mark SET code = 'N' WHERE pupil_id = '{ada}' AND day = '{FRIDAY}'")).await;
    let day = paths::child_day(&ada, friday());
    let page = look(&office, &day).await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "A child’s day – Nine Fifteen"), "no name in the title");
    assert_eq!(page.inputs("seen-AM")[0].at("value"), "N");
    let to = paths::correct_mark(&ada, friday());
    for (fields, said) in [
        (vec![("code", "M"), ("reason", "rang")], "Choose the morning or the afternoon"),
        (vec![("session", "AM"), ("reason", "rang")], "Choose a code"),
        (vec![("session", "AM"), ("code", "W"), ("reason", "rang")], "Choose a code"),
        (vec![("session", "AM"), ("code", "\\"), ("reason", "rang")], "belongs to the other half"),
        (vec![("session", "AM"), ("seen-AM", "N"), ("code", "N"), ("reason", "rang")], "stands there already"),
        (vec![("session", "AM"), ("code", "M"), ("reason", " ")], "Say why"),
    ] {
        let answer = office.post(&to, &fields).await;
        assert!(answer.status == 422 && answer.read().contains(said), "{fields:?}: {}", answer.read());
    }
    let long = "x".repeat(501);
    let answer = office.post(&to, &[("session", "AM"), ("code", "M"), ("reason", &long)]).await;
    assert!(answer.status == 422 && answer.text().contains(&long), "typed words are kept");
    assert_eq!(house.place.count("mark_change").await, 0);
    let right = [("session", "AM"), ("seen-AM", "N"), ("code", "M"), ("reason", "<b>Dentist</b>, mother rang")];
    let answer = office.post(&to, &right).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, format!("{day}?done").as_str()));
    let page = look(&office, &day).await;
    let read = page.read();
    assert!(read.contains("Reason not known yet (N) became") && read.contains("Jean Tanner"), "{read}");
    assert!(page.text().contains("&lt;b&gt;Dentist&lt;/b&gt;, mother rang"));
    // Whoever has the page of before is told, and changes nothing.
    let stale = [("session", "AM"), ("seen-AM", "N"), ("code", "I"), ("reason", "unwell")];
    let answer = office.post(&to, &stale).await;
    assert!(answer.status == 409 && answer.read().contains("It is now"), "{}", answer.read());
    assert_eq!(answer.inputs("seen-AM")[0].at("value"), "M", "sent again it counts");
    assert_eq!(house.place.count("mark_change").await, 1);
    assert_eq!(house.place.count("journal WHERE action = 'correct_mark'").await, 1);
    // A parent sees that it was changed, and not the office's words.
    let page = look(&house.device_of(NGOZI).await, &paths::attendance_day_of(&ada, friday())).await;
    assert!(page.read().contains("Changed by the school") && !page.text().contains("Dentist"), "{}", page.read());
}

#[tokio::test]
async fn a_day_that_is_none_has_no_page() {
    let house = House::open().await;
    let (office, ada) = (staff(&house, "office@demo.example").await, pupil("Ada Okafor"));
    for day in ["2026-11-21", "2026-10-28", "2026-11-24", "2026-02-30", "x", "-1"] {
        let path = format!("/staff/children/{ada}/days/{day}");
        assert_eq!(look(&office, &path).await.status, 404, "{day}");
        assert_eq!(office.post(&format!("{path}/marks"), &[("session", "AM")]).await.status, 404, "{day}");
    }
    let nobody = "mmmmmmmmmmmmmmmmmmmmmmmmmm";
    for path in [
        format!("/staff/children/{nobody}"),
        format!("/staff/children/{nobody}/days/{FRIDAY}"),
        "/staff/classes/none".into(),
    ] {
        assert_eq!(look(&office, &path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_looks_wrong_to_a_parent_is_answered_where_it_was_asked_and_nobody_else_sees_it() {
    let house = House::open().await;
    house.has_its_register().await;
    let ada = pupil("Ada Okafor");
    let (hers, his, office) =
        (house.device_of(NGOZI).await, house.device_of(CHIDI).await, staff(&house, "office@demo.example").await);
    let path = paths::attendance_day_of(&ada, friday());
    let page = look(&hers, &path).await;
    assert!(page.read().contains("If a mark looks wrong"), "{}", page.read());
    let message = page.inputs("message")[0].at("value");
    for (fields, said) in [
        (vec![("message", message.as_str()), ("session", "AM"), ("text", " ")], "Write something first"),
        (vec![("message", message.as_str()), ("text", "She was there")], "Choose the morning"),
        (vec![("message", message.as_str()), ("session", "noon"), ("text", "She was there")], "Choose the morning"),
    ] {
        let answer = hers.post(&path, &fields).await;
        assert!(answer.status == 422 && answer.read().contains(said), "{fields:?}");
        assert!(answer.text().contains(fields.last().unwrap().1.trim()));
    }
    let words = "canary-asked </textarea><script>";
    let fields = [("message", message.as_str()), ("session", "AM"), ("text", words)];
    assert_eq!(hers.post(&path, &fields).await.location(), path);
    assert_eq!(hers.post(&path, &fields).await.location(), path, "twice is once");
    assert_eq!(house.place.count("message").await, 1);
    let other = [("message", message.as_str()), ("session", "AM"), ("text", "something else")];
    assert_eq!(hers.post(&path, &other).await.status, 409);
    // The office finds it, and the mark is one click away.
    let found = look(&office, paths::CHILDREN).await;
    let day = paths::child_day(&ada, friday());
    assert!(found.main().contains(&day) && found.read().contains("Okafor, Ada") && !found.text().contains("canary"));
    assert!(look(&office, &paths::child(&ada)).await.read().contains("a parent waits"));
    let page = look(&office, &day).await;
    assert!(page.text().contains("canary-asked &lt;/textarea&gt;&lt;script&gt;"), "shown and harmless");
    assert!(look(&office, paths::CHILDREN).await.main().contains(&day), "read, and not answered");
    assert!(look(&office, paths::BOARD).await.read().contains("1 mark looks wrong to a family"));
    let to = format!("AM {}", guardian(NGOZI));
    let send = paths::mark_answer(&ada, friday());
    let message = page.inputs("message")[0].at("value");
    let empty = office.post(&send, &[("message", &message), ("to", &to), ("text", "")]).await;
    assert_eq!(empty.status, 422);
    // Nobody is written to who has not asked.
    let father = format!("AM {}", guardian(CHIDI));
    for to in [father.as_str(), "AM x", "", &format!("PM {}", guardian(NGOZI))] {
        assert_eq!(
            office.post(&send, &[("message", &message), ("to", to), ("text", "Hello")]).await.status,
            404,
            "{to}"
        );
    }
    let answer = [("message", message.as_str()), ("to", to.as_str()), ("text", "canary-answered")];
    assert_eq!(office.post(&send, &answer).await.location(), day);
    assert!(!look(&office, paths::CHILDREN).await.main().contains(&day), "answered");
    let mail = house.place.texts("SELECT subject || body FROM mail WHERE kind = 'message'").await;
    assert_eq!(mail.len(), 1);
    for private in ["canary", "Ada", ada.as_str(), FRIDAY] {
        assert!(!mail[0].contains(private), "{private}: {}", mail[0]);
    }
    let home = look(&hers, paths::HOME).await;
    assert!(home.read().contains("The school has answered you about Ada") && home.main().contains(&path));
    assert!(look(&hers, &paths::attendance(&ada)).await.read().contains("The school has answered"));
    assert!(look(&hers, &path).await.read().contains("canary-answered"));
    assert!(!look(&hers, paths::HOME).await.read().contains("The school has answered you"), "read");
    // Her husband: the same marks, none of the words, no notice.
    for path in [path.as_str(), paths::HOME, paths::RECEIPTS, &paths::attendance(&ada)] {
        let page = look(&his, path).await;
        assert!(
            page.status == 200 && !page.text().contains("canary") && !page.read().contains("has answered"),
            "{path}"
        );
    }
    let stranger = house.device_of(MALGORZATA).await;
    assert_eq!(look(&stranger, &path).await.status, 404);
    assert_eq!(stranger.post(&path, &fields).await.status, 404);
}

#[tokio::test]
async fn who_may_only_look_looks_and_a_session_without_a_mark_cannot_look_wrong() {
    let house = House::open().await;
    house.has_its_register().await;
    let (pat, noah) = (house.device_of(PATRICIA).await, pupil("Noah Clarke"));
    let path = paths::attendance_day_of(&noah, friday());
    let page = look(&pat, &path).await;
    assert!(page.status == 200 && page.read().contains("You may look") && page.inputs("message").is_empty());
    assert_eq!(pat.post(&path, &[("session", "AM"), ("text", "Mine")]).await.status, 404);
    let (ngozi, ada) = (house.device_of(NGOZI).await, pupil("Ada Okafor"));
    let today = paths::attendance_day_of(&ada, "2026-11-23".parse().unwrap());
    let page = look(&ngozi, &today).await;
    assert!(page.read().contains("no mark for this day") && page.inputs("text").is_empty());
    let fields = [("message", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("session", "AM"), ("text", "Mine")];
    assert_eq!(ngozi.post(&today, &fields).await.status, 404);
    for day in ["x", "2026-02-30", "2026-13-01"] {
        assert_eq!(look(&ngozi, &format!("/children/{ada}/attendance/day?day={day}")).await.status, 404);
    }
    assert_eq!(house.place.count("message").await, 0);
}

#[tokio::test]
async fn the_figures_are_the_marks_and_lead_to_them() {
    let house = House::open().await;
    house.has_its_register().await;
    let office = staff(&house, "office@demo.example").await;
    let page = look(&office, paths::FIGURES).await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "Figures – Nine Fifteen"));
    let counted = async |codes: &str| {
        let on_roll = "JOIN pupil p ON p.pupil_id = m.pupil_id AND p.admitted <= m.day AND p.admitted <= '2026-11-23' AND (p.left_on IS NULL OR p.left_on >= '2026-11-23')";
        house.place.count(&format!("mark m {on_roll} WHERE m.day >= '2026-09-01' AND m.code IN ({codes})")).await
    };
    let attended = counted("'/','\\','L','V','P','B','K'").await;
    let away = counted("'I','M','R','C','C2','E','T','O','G','U','N'").await;
    let percent = (2000 * attended + attended + away) / (2 * (attended + away));
    assert!(page.read().contains(&format!("{}.{} %", percent / 10, percent % 10)), "{}", page.read());
    // Every class and every child that is named can be opened.
    let links: Vec<String> = tags(page.main()).iter().map(|tag| tag.at("href")).collect();
    let (classes, children) = (
        links.iter().filter(|href| href.starts_with("/staff/classes/")).count(),
        links.iter().filter(|href| href.starts_with("/staff/children/")).count(),
    );
    assert!(classes == 14 && children > 20, "{classes} {children}");
    for href in links.iter().filter(|href| href.starts_with("/staff/classes/")).take(2) {
        let class = look(&office, href).await;
        assert!(class.status == 200 && class.main().matches("<tr").count() > 20);
        assert!(class.main().contains(&format!("/days/{FRIDAY}")) || class.read().contains("Week before"));
        let before = look(&office, &format!("{href}?week={FRIDAY}")).await;
        assert!(before.main().contains(&format!("/days/{FRIDAY}")), "each cell leads to its day");
    }
    for date in ["2019-01-07", "x"] {
        assert_eq!(look(&office, &format!("{}?date={date}", paths::FIGURES)).await.status, 404, "{date}");
    }
    let early = look(&office, &format!("{}?date=2026-10-02", paths::FIGURES)).await;
    assert!(early.status == 200 && early.read().contains("twelve school weeks"), "{}", early.read());
}

#[tokio::test]
async fn a_governor_sees_the_whole_and_no_child() {
    let house = House::open().await;
    house.has_its_register().await;
    let governor = staff(&house, "governor@demo.example").await;
    let office = staff(&house, "office@demo.example").await;
    let names = house.place.texts("SELECT DISTINCT surname FROM pupil WHERE length(surname) > 4").await;
    // A date makes no difference: two of them would tell who came between.
    for path in [paths::FIGURES.to_owned(), format!("{}?date=2026-10-02", paths::FIGURES)] {
        let page = look(&governor, &path).await;
        assert_eq!(page.status, 200);
        assert!(
            page.read().contains("Groups of fewer than 10 children are hidden") && page.read().contains("23 November")
        );
        for href in tags(page.main()).iter().map(|tag| tag.at("href")) {
            assert!(!href.starts_with("/staff/c") && !href.contains("csv"), "{href}");
        }
        for name in &names {
            assert!(!page.read().contains(&format!("{name},")), "{name}");
        }
    }
    // Seven children of a class leave: it is hidden, and the other class of its year with it.
    let class = house.place.texts("SELECT class_id FROM class WHERE name = '3 Oak'").await.remove(0);
    let some = format!("SELECT pupil_id FROM pupil WHERE class_id = '{class}' ORDER BY pupil_id LIMIT 5");
    house
        .place
        .by_hand(&format!(
            "UPDATE pupil SET left_on = '2026-11-01' WHERE class_id = '{class}' AND pupil_id NOT IN ({some})"
        ))
        .await;
    let page = look(&governor, paths::FIGURES).await.read();
    let row = |name: &str| {
        let cells = page.split(&format!(">{name}</th>")).nth(1).and_then(|rest| rest.split("</tr>").next());
        cells.expect("a row").matches(">hidden<").count()
    };
    assert_eq!((row("3 Oak"), row("3 Maple")), (5, 5), "{page}");
    assert_eq!(row("4 Lime"), 0, "{page}");
    let all = look(&office, paths::FIGURES).await.read();
    assert!(!all.contains("hidden"), "{all}");
}

#[tokio::test]
async fn the_file_asks_for_a_code_is_the_same_as_by_command_and_is_written_down() {
    let house = House::open().await;
    house.has_its_register().await;
    let ids = house.staff_ids().await;
    let head = house.session(&ids["head@demo.example"], true).await;
    let path = paths::figures_csv(friday());
    let file = look(&head, &path).await;
    assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"attendance-{FRIDAY}.csv\""));
    let portal = &house.portal;
    let made = attendance(&portal.school, &portal.policy.calendar, friday(), friday()).await.unwrap().unwrap();
    assert_eq!(file.text().as_bytes(), made.csv);
    assert!(made.children > 400 && file.text().lines().count() == made.children + 1);
    assert_eq!(house.place.count("journal WHERE action = 'export_attendance'").await, 1);
    // Not without a code given lately.
    house.place.by_hand("UPDATE staff_session SET proved_at = '2026-11-23 07:00:00.000000+00:00'").await;
    assert_eq!(look(&head, &path).await.location(), paths::staff_prove(&path));
    assert_eq!(house.place.count("journal WHERE action = 'export_attendance'").await, 1);
}

#[tokio::test]
async fn a_childs_page_has_the_year_the_reports_and_the_way_to_each_day() {
    let house = House::open().await;
    house.has_its_register().await;
    let ada = pupil("Ada Okafor");
    let reference = reported(&house, NGOZI, &ada).await;
    let safeguarding = staff(&house, "safeguarding@demo.example").await;
    let page = look(&safeguarding, &paths::child(&ada)).await;
    assert_eq!(page.title(), "A child’s attendance – Nine Fifteen");
    assert!(page.main().contains(&paths::staff_report(&reference)) && page.read().contains("Ngozi Okafor told us"));
    assert!(page.main().contains(&paths::child_day(&ada, friday())));
    // Who may read and not correct has no form, and its reading is written down.
    let day = look(&safeguarding, &paths::child_day(&ada, friday())).await;
    assert!(
        day.status == 200
            && day.inputs("seen-AM").is_empty()
            && !day.text().contains("<form method=\"post\" action=\"/staff/children")
    );
    assert!(house.place.count(&format!("reading WHERE what = 'attendance' AND subject_id = '{ada}'")).await >= 2);
    let last = look(&safeguarding, &format!("{}?year=2025", paths::child(&ada))).await;
    assert!(last.read().contains("school year 2025/26") && last.read().contains("of 380 sessions"), "{}", last.read());
    let found = safeguarding.post(paths::CHILDREN, &[("q", "okafor ada")]).await;
    assert_eq!(found.location(), paths::child(&ada));
    let several = safeguarding.post(paths::CHILDREN, &[("q", "oka")]).await;
    assert!(several.status == 200 && several.main().contains(&paths::child(&ada)));
}
