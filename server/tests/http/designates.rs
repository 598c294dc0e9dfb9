//! The headteacher lets somebody decide leave, by dates.

use app::{paths, rules::access::Role};
use reqwest::Method;
use server::store::journal::Actor;

use super::{
    browser::Browser,
    guests::{Welcome, Who},
    house::{House, MONDAY},
    page::Answer,
};

const HEAD: &str = "head@demo.example";
const OFFICE: &str = "office@demo.example";

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

struct Desk {
    house: House,
    head: Browser,
    /// The office's id.
    office: String,
}

impl Desk {
    async fn open() -> Self {
        let house = House::open().await;
        let ids = house.staff_ids().await;
        Self { head: house.session(&ids[HEAD], true).await, office: ids[OFFICE].to_string(), house }
    }

    async fn names(&self, who: &str, first: &str, last: &str) -> Answer {
        self.head.post(paths::DESIGNATES, &[("who", who), ("first", first), ("last", last)]).await
    }
}

#[tokio::test]
async fn she_names_a_colleague_sees_it_and_ends_it() {
    let desk = Desk::open().await;
    let page = look(&desk.head, paths::DESIGNATES).await;
    assert!(page.read().contains("Miles Harper") && page.main().contains("name=\"first\""), "{}", page.main());
    let named = desk.names(&desk.office, MONDAY, "2026-11-27").await;
    assert_eq!((named.status.as_u16(), named.location()), (303, paths::DESIGNATES), "{}", named.main());
    let page = look(&desk.head, paths::DESIGNATES).await.read();
    assert!(
        page.contains("<b>Jean Tanner</b>")
            && page.contains("decides now")
            && page.contains("23 November 2026 to 27 November 2026"),
        "{page}"
    );
    let end = desk.head.post(&format!("/staff/designates/{}/end", desk.office), &[]).await;
    assert_eq!((end.status.as_u16(), end.location()), (303, paths::DESIGNATES));
    // Again, or for somebody who is none, it changes nothing.
    for (who, status) in [(desk.office.as_str(), 303), ("mmmmmmmmmmmmmmmmmmmmmmmmmm", 303), ("nobody", 404)] {
        assert_eq!(desk.head.post(&format!("/staff/designates/{who}/end"), &[]).await.status, status, "{who}");
    }
    assert_eq!(desk.house.place.count("journal WHERE action LIKE '%_designate'").await, 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept() {
    let desk = Desk::open().await;
    for (who, first, last, fields) in [
        ("", "", "", &["who", "first", "last"][..]),
        (desk.office.as_str(), "2026-11-22", "2026-11-27", &["first"]),
        (desk.office.as_str(), "2026-11-27", "2026-11-26", &["last"]),
        (desk.office.as_str(), MONDAY, "2027-11-24", &["last"]),
        (desk.office.as_str(), "tomorrow", "31/12/2026", &["first", "last"]),
        ("mmmmmmmmmmmmmmmmmmmmmmmmmm", MONDAY, "2026-11-27", &["who"]),
    ] {
        let page = desk.names(who, first, last).await;
        assert_eq!(page.status, 422, "{first} {last}");
        for field in ["who", "first", "last"] {
            let link = format!("href=\"#{field}\"");
            assert_eq!(page.main().contains(&link), fields.contains(&field), "{first} {last}: {}", page.main());
        }
        assert!(page.main().contains(&format!("value=\"{last}\"")), "{}", page.main());
    }
    assert_eq!(desk.house.place.count("journal WHERE action = 'name_designate'").await, 0);
}

#[tokio::test]
async fn naming_asks_for_a_code_and_ending_does_not() {
    let desk = Desk::open().await;
    assert_eq!(desk.names(&desk.office, MONDAY, "2026-11-27").await.status, 303);
    let later = desk.head.at(&desk.house.later(16).await.site);
    let page = look(&later, paths::DESIGNATES).await;
    assert!(!page.main().contains("name=\"first\""), "no form is drawn that would be typed in vain");
    assert!(page.main().contains(&paths::staff_prove(paths::DESIGNATES)), "{}", page.main());
    let fields = [("who", desk.office.as_str()), ("first", MONDAY), ("last", "2026-12-18")];
    let asked = later.post(paths::DESIGNATES, &fields).await;
    assert_eq!(asked.location(), paths::staff_prove(paths::DESIGNATES));
    assert_eq!(desk.house.place.count("staff_role WHERE to_day = '2026-12-18'").await, 0);
    assert_eq!(later.post(&format!("/staff/designates/{}/end", desk.office), &[]).await.status, 303);
}

#[tokio::test]
async fn a_designate_opens_no_other_room_and_the_headteacher_alone_opens_this_one() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let deputy = welcome.come(&house, Who::Staff(Role::Designate)).await.browser;
    // Whoever decides leave lands where requests wait.
    let landed = look(&deputy, paths::STAFF).await;
    assert_eq!((landed.status.as_u16(), landed.location()), (303, paths::STAFF_LEAVE));
    let landed = look(&deputy, paths::STAFF_LEAVE).await;
    assert_eq!(landed.status, 200);
    for path in [paths::BOARD, paths::CHILDREN, paths::FIGURES, paths::PEOPLE, paths::DESIGNATES, paths::ROSTER_REVIEW]
    {
        assert_eq!(look(&deputy, path).await.status, 403, "{path}");
        assert!(!landed.text().contains(&format!("href=\"{path}\"")), "{path}");
    }
    for (role, shown) in [(Role::Headteacher, true), (Role::Administrator, false), (Role::AttendanceOfficer, false)] {
        let page = look(&welcome.come(&house, Who::Staff(role)).await.browser, paths::STAFF_PROVE).await;
        assert_eq!(page.text().contains(&format!("href=\"{}\"", paths::DESIGNATES)), shown, "{role:?}");
    }
}

#[tokio::test]
async fn a_headteacher_who_is_shut_meanwhile_names_nobody() {
    let desk = Desk::open().await;
    let head = desk.house.staff_ids().await[HEAD].clone();
    let now = desk.house.portal.now();
    assert!(desk.house.portal.school.disable_staff(&head, true, Actor::System("test"), now).await.unwrap());
    assert_eq!(desk.names(&desk.office, MONDAY, "2026-11-27").await.location(), paths::STAFF_SIGN_IN);
}
