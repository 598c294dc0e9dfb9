//! The calendar on its page: looked at, changed, taken back, and seen by everybody on the next request.

use app::{paths, rules::id::SubmissionId};
use server::{clock::Clock, demo::people::NGOZI};

use super::{
    browser::Browser,
    house::{House, MONDAY, instant},
    page::Answer,
    people::pupil,
};

const HEAD: &str = "head@demo.example";

/// A closed day as the form sends it.
fn day<'a>(first: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("what", "day"), ("first", first), ("kind", "inset"), ("part", "all"), ("confirmed", "yes")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    fields
}

async fn seen(browser: &mut Browser) -> String {
    browser.get(paths::CALENDAR_ENTRY).await.hidden("seen").unwrap()
}

/// Looks, then does it.
async fn change(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let seen = seen(browser).await;
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    assert_eq!(browser.post(paths::CALENDAR_LOOK, &fields).await.status, 200);
    browser.post(paths::CALENDAR, &fields).await
}

/// The place of the closed day of this date, as the page links to it.
async fn place_of(browser: &mut Browser, date: &str) -> String {
    let page = browser.get(paths::CALENDAR).await;
    let row = page.text().split(&format!("id=\"d-{date}\"")).nth(1).expect("a row").to_owned();
    row.split("place=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned()
}

async fn report(browser: &Browser, child: &str, date: &str) -> Answer {
    let (id, child) = (SubmissionId::from_bytes(rand::random()).to_string(), pupil(child).to_string());
    let day = if date == MONDAY { MONDAY } else { "other" };
    let fields = [("submission", id.as_str()), ("who", &child), ("day", day), ("first", date), ("reason", "sick")];
    browser.post(paths::REPORT, &fields).await
}

#[tokio::test]
async fn a_training_day_is_moved_and_families_see_it_on_the_next_request() {
    let house = House::with_clock(Clock::set_to(instant("2026-12-18T07:50:00Z"))).await;
    let (mut head, mut parent) = (house.staff(HEAD).await, house.device_of(NGOZI).await);
    let sent = report(&parent, "Ada Okafor", "2026-12-18").await;
    let back = format!("{}/coming-back", sent.location());
    parent.post(&back, &[("back-day", "2026-12-17"), ("back-time", "20:00")]).await;
    assert!(parent.get(sent.location()).await.read().contains("Not before Tuesday 5 January"));
    let place = place_of(&mut head, "2027-01-04").await;
    let seen = seen(&mut head).await;
    let fields = day("2027-01-06", &[("place", &place), ("seen", &seen)]);
    let look = head.post(paths::CALENDAR_LOOK, &fields).await;
    let said = look.read();
    assert!(said.contains("Nothing has changed yet"), "{said}");
    assert!(
        said.contains("2 sessions are closed: 6 January 2027") && said.contains("2 sessions are open: 4 January 2027")
    );
    assert!(said.contains("1 report of an illness has another first day back"), "{said}");
    assert!(parent.get(sent.location()).await.read().contains("Not before Tuesday 5 January"), "only looked at");
    let done = head.post(paths::CALENDAR, &fields).await;
    assert_eq!(done.status, 303);
    let page = head.get(done.location()).await;
    assert!(page.read().contains("The calendar is changed") && page.read().contains("another first day back"));
    assert!(parent.get(sent.location()).await.read().contains("Not before Monday 4 January"));
    // Another program on the same database, too.
    let other = house.another(|_| ()).await;
    let mut elsewhere = parent.at(&other.site);
    assert!(elsewhere.get(sent.location()).await.read().contains("Not before Monday 4 January"));
    let version = head.get(paths::CALENDAR).await.hidden("seen").unwrap();
    let undone = head.post(paths::CALENDAR_UNDO, &[("seen", &version)]).await;
    assert!(head.get(undone.location()).await.read().contains("The last change is taken back"));
    assert!(parent.get(sent.location()).await.read().contains("Not before Tuesday 5 January"));
    assert_eq!(house.place.count("journal WHERE action = 'change_calendar'").await, 2);
    assert_eq!(house.place.texts("SELECT CAST(version AS TEXT) FROM calendar ORDER BY version").await, ["1", "2", "3"]);
}

#[tokio::test]
async fn a_year_group_at_home_has_no_school_and_its_sibling_has() {
    let house = House::open().await;
    let (mut head, mut parent) = (house.staff(HEAD).await, house.device_of(NGOZI).await);
    // Ada is in Year 3, Sam in Year 1.
    let fields = day(MONDAY, &[("kind", "closure"), ("years", "3"), ("note", "no heating")]);
    assert_eq!(change(&mut head, &fields).await.status, 303);
    let home = parent.get(paths::HOME).await.read();
    assert!(
        home.contains("School is closed for Ada’s year group today. It is open for Ada again on Tuesday 24 November")
    );
    assert!(home.contains("Sam is not coming in today") && !home.contains("Ada is not coming in today"), "{home}");
    let closed = report(&parent, "Ada Okafor", MONDAY).await;
    assert_eq!((closed.status.as_u16(), closed.complaints()), (422, vec!["day".to_owned()]));
    assert!(closed.read().contains("There is no school that day for a child you chose"));
    assert_eq!(report(&parent, "Sam Okafor", MONDAY).await.status, 303);
    // Her form offers the day on which she has school again.
    let form = parent.get(&paths::report_child(&pupil("Ada Okafor"))).await;
    assert!(!form.inputs("day").iter().any(|input| input.is("value", MONDAY)), "{}", form.main());
    let page = head.get(paths::CALENDAR).await;
    assert!(page.read().contains("Closed without warning, Year 3, no heating"), "{}", page.read());
}

/// What the file of a date says of a child: sessions not recorded, and not agreed in the ten weeks.
async fn filed(house: &House, head: &mut Browser, child: &str, date: &str) -> [i64; 2] {
    let upn = house.place.texts(&format!("SELECT upn FROM pupil WHERE pupil_id = '{}'", pupil(child))).await;
    let file = head.get(&paths::figures_csv(date.parse().unwrap())).await;
    let line = file.text().lines().find(|line| line.starts_with(&format!("{},", upn[0]))).expect("a line");
    let cells: Vec<&str> = line.rsplit(',').collect();
    [7, 2].map(|place| cells[place].parse().unwrap())
}

#[tokio::test]
async fn a_year_group_at_home_misses_nothing_and_others_do() {
    let house = House::open().await;
    house.has_its_register().await;
    let thursday = "2026-11-19".parse().unwrap();
    house.place.by_hand("DELETE FROM mark WHERE day = '2026-11-19'").await;
    let mut head = house.staff(HEAD).await;
    let (ada, sam) = (pupil("Ada Okafor"), pupil("Sam Okafor"));
    // Monday's sessions are open too and have no mark yet; the file ends with Friday.
    let paged = async |head: &mut Browser, child| {
        let page = head.get(&paths::child(child)).await;
        let count = |count: i64| format!("<dt>Without a mark</dt><dd>{count}</dd>");
        (0..9).find(|missing| page.main().contains(&count(*missing)))
    };
    assert_eq!(filed(&house, &mut head, "Ada Okafor", "2026-11-20").await, [2, 0]);
    assert_eq!((paged(&mut head, &ada).await, paged(&mut head, &sam).await), (Some(4), Some(4)));
    let fields = day("2026-11-19", &[("kind", "closure"), ("years", "3")]);
    assert_eq!(change(&mut head, &fields).await.status, 303);
    assert_eq!(filed(&house, &mut head, "Ada Okafor", "2026-11-20").await, [0, 0]);
    assert_eq!(filed(&house, &mut head, "Sam Okafor", "2026-11-20").await, [2, 0]);
    assert_eq!((paged(&mut head, &ada).await, paged(&mut head, &sam).await), (Some(2), Some(4)));
    // The day is none of hers, on no page; and one of his.
    for (child, open) in [(&ada, false), (&sam, true)] {
        let of_day = paths::child_day(child, thursday);
        assert_eq!(head.get(&of_day).await.status == 200, open);
        assert_eq!(head.get(&paths::child(child)).await.main().contains(&of_day), open);
        let class = house.place.texts(&format!("SELECT class_id FROM pupil WHERE pupil_id = '{child}'")).await;
        let week = paths::class_week(&class[0], "2026-11-16".parse().unwrap());
        assert_eq!(head.get(&week).await.main().contains(&of_day), open);
    }
}

#[tokio::test]
async fn a_week_at_home_is_none_of_a_year_groups_ten() {
    let house = House::open().await;
    house.has_its_register().await;
    let (mut head, mut parent) = (house.staff(HEAD).await, house.device_of(NGOZI).await);
    let (ada, sam) = (pupil("Ada Okafor"), pupil("Sam Okafor"));
    // The week before the school's ten.
    house.place.by_hand("UPDATE mark SET code = 'O' WHERE day = '2026-09-10'").await;
    assert!(!parent.get(&paths::attendance(&ada)).await.read().contains("not agreed by the school"));
    let fields = day("2026-11-16", &[("last", "2026-11-20"), ("kind", "closure"), ("years", "3")]);
    assert_eq!(change(&mut head, &fields).await.status, 303);
    let said = parent.get(&paths::attendance(&ada)).await.read();
    assert!(said.contains("2 sessions were not agreed by the school"), "{said}");
    assert!(!parent.get(&paths::attendance(&sam)).await.read().contains("not agreed by the school"));
    let said = head.get(&paths::child(&ada)).await.read();
    assert!(said.contains("2 sessions not agreed since 7 Sep"), "{said}");
    assert_eq!(filed(&house, &mut head, "Ada Okafor", MONDAY).await, [2, 2]);
    assert_eq!(filed(&house, &mut head, "Sam Okafor", MONDAY).await, [2, 0]);
}

#[tokio::test]
async fn what_was_reported_of_a_day_that_closed_for_the_child_is_still_reached() {
    let house = House::open().await;
    let (mut head, parent) = (house.staff(HEAD).await, house.device_of(NGOZI).await);
    assert_eq!(report(&parent, "Ada Okafor", MONDAY).await.status, 303);
    let fields = day(MONDAY, &[("kind", "closure"), ("years", "3")]);
    assert_eq!(change(&mut head, &fields).await.status, 303);
    let ada = pupil("Ada Okafor");
    let to = paths::child_day(&ada, MONDAY.parse().unwrap());
    assert!(head.get(&paths::child(&ada)).await.main().contains(&to));
    let page = head.get(&to).await;
    assert!(page.status == 200 && page.read().contains("Ngozi Okafor told us"), "{}", page.read());
    assert!(!page.read().contains("No mark"), "no session of hers: {}", page.read());
}

#[tokio::test]
async fn what_stands_on_a_day_that_closes_is_told_before_and_listed_after() {
    let house = House::open().await;
    house.has_its_register().await;
    let (mut head, mut parent) = (house.staff(HEAD).await, house.device_of(NGOZI).await);
    let sent = report(&parent, "Ada Okafor", MONDAY).await;
    let now = seen(&mut head).await;
    let friday = day("2026-11-20", &[("last", MONDAY), ("kind", "closure"), ("seen", &now)]);
    let said = head.post(paths::CALENDAR_LOOK, &friday).await.read();
    assert!(said.contains("1 report stands on days that are closed then"), "{said}");
    assert!(said.contains("marks lie in sessions that are closed then"), "{said}");
    assert_eq!(change(&mut head, &day("2026-11-20", &[("last", MONDAY), ("kind", "closure")])).await.status, 303);
    let page = head.get(paths::CALENDAR).await.read();
    assert!(
        page.contains("Reports on days that are closed") && page.contains("Monday 23 November: 1 report"),
        "{page}"
    );
    assert!(parent.get(sent.location()).await.read().contains("no school that day"));
    assert_eq!(report(&parent, "Sam Okafor", MONDAY).await.status, 422);
    // Nothing of what was there has gone.
    assert_eq!(house.place.count("report WHERE withdrawn_at IS NULL").await, 1);
}

#[tokio::test]
async fn what_is_typed_wrong_stays_typed_and_is_said_at_its_field() {
    let house = House::open().await;
    let mut head = house.staff(HEAD).await;
    seen(&mut head).await;
    let note = "<b>no heating</b>";
    let wrong = day("2026-11-28", &[("last", "2026-02-30"), ("kind", ""), ("years", "4"), ("note", note)]);
    let answer = head.post(paths::CALENDAR_LOOK, &wrong).await;
    assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["last".to_owned(), "kind".to_owned()]));
    assert_eq!(answer.inputs("first")[0].at("value"), "2026-11-28");
    assert_eq!(answer.chosen("years"), ["4"]);
    assert!(!answer.text().contains(note) && answer.inputs("note")[0].at("value").contains("no heating"));
    let term = [("what", "term"), ("name", "Spring 1"), ("first", "2027-02-01"), ("last", "2027-02-20")];
    let answer = head.post(paths::CALENDAR_LOOK, &term).await;
    assert!(answer.read().contains("Two terms cannot share a day"), "{}", answer.read());
    assert_eq!(
        head.post(paths::CALENDAR_LOOK, &[("what", "day"), ("place", "c999"), ("seen", "0"), ("act", "remove")])
            .await
            .status,
        422
    );
    assert_eq!(head.get(&paths::calendar_entry("c999")).await.status, 404);
    assert_eq!(house.place.count("calendar").await, 0);
}

#[tokio::test]
async fn two_who_change_at_once_do_not_undo_each_other() {
    let house = House::open().await;
    let (mut head, mut officer) = (house.staff(HEAD).await, house.staff("attendance@demo.example").await);
    let theirs = seen(&mut officer).await;
    assert_eq!(change(&mut head, &day("2026-11-27", &[])).await.status, 303);
    let late = officer.post(paths::CALENDAR, &day("2026-11-30", &[("seen", &theirs), ("note", "boiler")])).await;
    assert_eq!(late.status, 409);
    assert!(
        late.read().contains("Somebody else has changed the calendar") && late.inputs("note")[0].is("value", "boiler")
    );
    assert_eq!(change(&mut officer, &day("2026-11-30", &[])).await.status, 303);
    let page = head.get(paths::CALENDAR).await.read();
    assert!(page.contains("<b>Friday 27 November</b>") && page.contains("<b>Monday 30 November</b>"), "{page}");
    // An undo of what somebody else has changed since is none.
    assert_eq!(head.post(paths::CALENDAR_UNDO, &[("seen", "2")]).await.location(), paths::CALENDAR);
    assert_eq!(house.place.count("calendar").await, 3);
}

#[tokio::test]
async fn the_office_looks_and_changes_nothing() {
    let house = House::open().await;
    let mut office = house.staff("office@demo.example").await;
    let page = office.get(paths::CALENDAR).await;
    assert!(page.read().contains("190 school days (380 sessions), 5 training days"), "{}", page.read());
    assert!(!page.text().contains("/staff/calendar/entry"), "no link that leads nowhere");
}
