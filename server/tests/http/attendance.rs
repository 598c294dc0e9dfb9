//! A child's year, as its parents see it.

use app::{paths, rules::id::PupilId};
use reqwest::Method;
use server::demo::people::{CHIDI, MALGORZATA, NGOZI};

use super::{
    browser::Browser,
    guests::reported,
    house::House,
    page::{Answer, between, tags},
    people::pupil,
};

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

#[tokio::test]
async fn the_counts_are_those_of_the_marks_and_the_file_has_every_one() {
    let house = House::open().await;
    house.has_its_register().await;
    let (browser, ada) = (house.device_of(NGOZI).await, pupil("Ada Okafor"));
    let count = async |which: &str| {
        house.place.count(&format!("mark WHERE pupil_id = '{ada}' AND day >= '2026-09-01' {which}")).await
    };
    let missed = count("AND code IN ('I','M','R','C','O','G','U','N')").await;
    let all = count("").await;
    let page = look(&browser, &paths::attendance(&ada)).await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "Attendance – Nine Fifteen"), "no name in the title");
    assert!(page.read().contains(&format!("{} of {all} sessions", all - missed)), "{}", page.read());
    let file = look(&browser, &paths::attendance_csv(&ada, 2026)).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"attendance-2026-27.csv\"");
    assert_eq!(file.text().lines().count(), usize::try_from(all).unwrap() + 1);
    // Each day that is listed can be reached from its cell.
    let links: Vec<String> =
        tags(page.main()).iter().map(|tag| tag.at("href")).filter(|href| href.starts_with("#d-")).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(page.main().contains(&format!("id=\"{}\"", &link[1..])), "{link}");
    }
    let before = look(&browser, &format!("{}?year=2025", paths::attendance(&ada))).await;
    assert!(
        before.read().contains("school year 2025/26") && before.read().contains("380 sessions"),
        "{}",
        before.read()
    );
}

#[tokio::test]
async fn parents_and_staff_read_the_same_counts() {
    let house = House::open().await;
    house.has_its_register().await;
    let ada = pupil("Ada Okafor");
    for day in ["2026-10-01", "2026-11-19"] {
        house.place.by_hand(&format!("UPDATE mark SET code = 'O' WHERE pupil_id = '{ada}' AND day = '{day}'")).await;
    }
    let parent = house.device_of(NGOZI).await;
    let office = house.session(&house.staff_ids().await["office@demo.example"], true).await;
    // What was before admission is another school's: it counts in the ten weeks alone.
    for (admitted, year, last) in [("2026-10-05", "", "2026-11-23"), ("2026-06-01", "?year=2025", "2026-08-31")] {
        house.place.by_hand(&format!("UPDATE pupil SET admitted = '{admitted}' WHERE pupil_id = '{ada}'")).await;
        let of_year = format!("mark WHERE pupil_id = '{ada}' AND day BETWEEN '{admitted}' AND '{last}'");
        let of_year = format!(" of {} sessions", house.place.count(&of_year).await);
        let hers = look(&parent, &format!("{}{year}", paths::attendance(&ada))).await.read();
        let theirs = look(&office, &format!("{}{year}", paths::child(&ada))).await.read();
        assert!(hers.contains(&of_year) && theirs.contains(&of_year), "{of_year}: {hers} {theirs}");
        assert!(hers.contains("In the last ten school weeks 4 sessions were not agreed"), "{hers}");
        assert!(!year.is_empty() || theirs.contains("4 sessions not agreed since"), "{theirs}");
    }
}

#[tokio::test]
async fn an_unknown_reason_can_be_explained_until_somebody_has() {
    let house = House::open().await;
    house.has_its_register().await;
    let (browser, ada) = (house.device_of(NGOZI).await, pupil("Ada Okafor"));
    house.place.by_hand(&format!("UPDATE mark SET code = 'N' WHERE pupil_id = '{ada}' AND day = '2026-11-19'")).await;
    let thursday = "2026-11-19".parse().unwrap();
    let page = look(&browser, &paths::attendance(&ada)).await;
    assert!(page.read().contains("Reason not known yet") && page.main().contains(&paths::explain(&ada, thursday)));
    assert!(page.read().contains("2 sessions were not agreed"), "{}", page.read());
    let form = look(&browser, &paths::explain(&ada, thursday)).await;
    assert_eq!(form.inputs("first")[0].at("value"), "2026-11-19");
}

#[tokio::test]
async fn both_parents_see_the_marks_and_each_only_their_own_words() {
    let house = House::open().await;
    house.has_its_register().await;
    let ada = pupil("Ada Okafor");
    let reference = reported(&house, NGOZI, &ada).await;
    let (hers, his) = (house.device_of(NGOZI).await, house.device_of(CHIDI).await);
    let page = look(&hers, &paths::attendance(&ada)).await;
    assert!(page.read().contains("You told us at") && page.main().contains(reference.as_str()));
    let page = look(&his, &paths::attendance(&ada)).await;
    assert!(page.read().contains("Another adult told us at"));
    assert!(!page.main().contains(reference.as_str()) && !page.read().contains("Sick or diarrhoea"));
    let other = house.device_of(MALGORZATA).await;
    for path in [paths::attendance(&ada), paths::attendance_csv(&ada, 2026)] {
        assert_eq!(look(&other, &path).await.status, 404);
    }
}

#[tokio::test]
async fn several_children_stand_side_by_side_and_none_that_the_guardian_may_not_see() {
    let house = House::open().await;
    house.has_its_register().await;
    let (ada, sam) = (pupil("Ada Okafor"), pupil("Sam Okafor"));
    let browser = house.device_of(NGOZI).await;
    // So that the two have not the same counts.
    house.place.by_hand(&format!("UPDATE mark SET code = 'L' WHERE pupil_id = '{sam}' AND day = '2026-11-20'")).await;
    let count = async |child: &PupilId, which: &str| {
        house.place.count(&format!("mark WHERE pupil_id = '{child}' AND day >= '2026-09-01' {which}")).await
    };
    let page = look(&browser, &paths::attendance(&ada)).await;
    let table = between(page.main(), "<table class=\"siblings\">", "</table>").expect("a table").to_owned();
    for (child, name) in [(&ada, "Ada"), (&sam, "Sam")] {
        let line = table.split("<tr>").find(|line| line.contains(name)).expect("a line");
        let mut cells = Vec::new();
        for which in ["AND code IN ('I','M','R','C')", "AND code IN ('G','N','O','U')", "AND code = 'L'"] {
            cells.push(format!("<td>{}</td>", count(child, which).await));
        }
        assert!(line.contains(&cells.concat()), "{cells:?}: {line}");
    }
    assert!(table.contains("Sam") && table.contains(&paths::attendance(&sam)));
    assert_eq!(house.place.count(&format!("reading WHERE what = 'attendance' AND subject_id = '{sam}'")).await, 1);
    house.place.by_hand(&format!("UPDATE guardian_pupil SET reviewed = FALSE WHERE pupil_id = '{sam}'")).await;
    let page = look(&browser, &paths::attendance(&ada)).await;
    assert!(page.status == 200 && !page.main().contains("class=\"siblings\"") && !page.read().contains("Sam"));
}

#[tokio::test]
async fn a_child_without_a_mark_has_no_percentage() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    for year in ["", "?year=1999", "?year=99999", "?year=2030"] {
        let page = look(&browser, &format!("{}{year}", paths::attendance(&pupil("Sam Okafor")))).await;
        assert!(page.status == 200 && page.read().contains("nothing in the register yet"), "{year}");
        assert!(!page.main().contains('%'));
    }
}
