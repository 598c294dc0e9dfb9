//! The headteacher's designates: between two days, and not beyond.

use app::rules::{access::Role, designate::Term, id::StaffId, london};
use server::store::{Designate, Named, NewDesignate, NewStaff};

use super::{
    house::{TestStore, at, day, monday, on},
    people::{account, adam, office, olive, staff_id},
};

fn hilda() -> StaffId {
    staff_id(34)
}

fn term(first: &str, last: &str) -> Term {
    Term { first: day(first), last: day(last) }
}

async fn names(house: &TestStore, by: StaffId, staff: StaffId, term: Term, today: &str) -> Named {
    let new = NewDesignate { staff, term, by };
    house.school().name_designate(new, day(today), on(today, "08:00:00")).await.unwrap()
}

async fn hilda_names(house: &TestStore, first: &str, last: &str, today: &str) -> Named {
    names(house, hilda(), olive(), term(first, last), today).await
}

async fn ends(house: &TestStore, by: StaffId, today: &str) -> bool {
    house.school().end_designate(&olive(), &by, day(today), on(today, "12:00:00")).await.unwrap()
}

async fn decides(house: &TestStore, staff: &StaffId, today: &str) -> bool {
    house.school().roles(staff, day(today)).await.unwrap().contains(&Role::Designate)
}

async fn listed(house: &TestStore) -> Vec<Option<Term>> {
    house.school().designates().await.unwrap().into_iter().map(|one: Designate| one.term).collect()
}

/// The journal's lines about designates, oldest first.
async fn lines(house: &TestStore) -> Vec<String> {
    house.texts("SELECT action FROM journal WHERE action LIKE '%_designate' ORDER BY seq").await
}

#[tokio::test]
async fn a_named_colleague_decides_on_both_days_and_keeps_what_they_were() {
    let house = TestStore::with_staff().await;
    let week = term("2026-11-23", "2026-11-27");
    assert_eq!(hilda_names(&house, "2026-11-23", "2026-11-27", "2026-11-20").await, Named::Done(week));
    for (on, expected) in [("2026-11-22", false), ("2026-11-23", true), ("2026-11-27", true), ("2026-11-28", false)] {
        assert_eq!(decides(&house, &olive(), on).await, expected, "{on}");
        assert!(house.school().roles(&olive(), day(on)).await.unwrap().contains(&Role::Office), "{on}");
    }
    assert_eq!((listed(&house).await, lines(&house).await), (vec![Some(week)], vec!["name_designate".to_owned()]));
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_term_begins_and_ends_at_midnight_in_london() {
    let house = TestStore::with_staff().await;
    // Summer time: London's midnight is 23:00 of the day before.
    assert!(matches!(hilda_names(&house, "2027-06-14", "2027-06-18", "2027-06-01").await, Named::Done(_)));
    for (instant, expected) in [
        ("2027-06-13T22:59:59Z", false),
        ("2027-06-13T23:00:00Z", true),
        ("2027-06-18T22:59:59Z", true),
        ("2027-06-18T23:00:00Z", false),
    ] {
        let now = instant.parse().unwrap();
        let half = format!("half {instant}");
        let whole = format!("whole {instant}");
        house.school().begin_staff_session(&olive(), &half, now).await.unwrap();
        assert!(house.school().complete_staff_session(&half, &whole, &olive(), now).await.unwrap());
        let session = house.school().staff_session(&whole, now, london::today(now)).await.unwrap().unwrap();
        assert_eq!(session.roles.contains(&Role::Designate), expected, "{instant}");
        assert!(session.roles.contains(&Role::Office), "{instant}");
    }
}

#[tokio::test]
async fn only_the_headteacher_names_and_ends_and_only_while_she_is_it() {
    let house = TestStore::with_staff().await;
    let week = term("2026-11-23", "2026-11-27");
    for by in [olive(), adam()] {
        assert_eq!(names(&house, by, olive(), week, "2026-11-23").await, Named::NotAllowed);
    }
    assert!(matches!(hilda_names(&house, "2026-11-23", "2026-11-27", "2026-11-23").await, Named::Done(_)));
    // A designate names nobody, not even herself for longer.
    assert_eq!(
        names(&house, olive(), olive(), term("2026-11-23", "2026-12-31"), "2026-11-23").await,
        Named::NotAllowed
    );
    assert!(!ends(&house, olive(), "2026-11-24").await);
    assert!(house.school().disable_staff(&hilda(), true, office(), at("09:00:00")).await.unwrap());
    assert!(!ends(&house, hilda(), "2026-11-24").await);
    assert_eq!(hilda_names(&house, "2026-11-24", "2026-12-31", "2026-11-24").await, Named::NotAllowed);
    assert!(decides(&house, &olive(), "2026-11-24").await && !decides(&house, &olive(), "2026-12-31").await);
    assert_eq!(lines(&house).await, ["name_designate"]);
}

#[tokio::test]
async fn whoever_has_not_joined_is_shut_or_is_the_headteacher_cannot_be_named() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    let new = NewStaff {
        staff_id: staff_id(40),
        name: "Ines Invited".into(),
        email: "ines@hillside.example".into(),
        roles: vec![Role::Office],
    };
    assert!(school.invite_staff(new.clone(), "link".into(), office(), at("08:00:00")).await.unwrap());
    assert!(school.disable_staff(&olive(), true, office(), at("08:00:00")).await.unwrap());
    let week = term("2026-11-23", "2026-11-27");
    for nobody in [staff_id(40), olive(), hilda(), staff_id(99)] {
        assert_eq!(names(&house, hilda(), nobody.clone(), week, "2026-11-23").await, Named::Nobody, "{nobody}");
    }
    let offered = school.may_be_designates().await.unwrap();
    assert_eq!(offered.into_iter().map(|(_, name)| name).collect::<Vec<_>>(), ["Adam Admin", "Alma Admin"]);
    assert!(school.join_staff("link", account(&new), Vec::new(), at("08:02:00")).await.unwrap());
    assert!(matches!(names(&house, hilda(), staff_id(40), week, "2026-11-23").await, Named::Done(_)));
    assert!(lines(&house).await.len() == 1 && listed(&house).await.len() == 1);
}

#[tokio::test]
async fn a_renewed_term_takes_the_place_of_the_one_before() {
    let house = TestStore::with_staff().await;
    assert!(matches!(hilda_names(&house, "2026-11-23", "2026-11-27", "2026-11-23").await, Named::Done(_)));
    // While it counts it is made longer, without a gap.
    assert_eq!(hilda_names(&house, "2026-11-30", "2026-12-04", "2026-11-25").await, Named::Until(day("2026-11-27")));
    let longer = term("2026-11-23", "2026-12-04");
    assert_eq!(hilda_names(&house, "2026-11-28", "2026-12-04", "2026-11-25").await, Named::Done(longer));
    // Once it has passed, another one is all there is.
    let spring = term("2027-01-11", "2027-01-15");
    assert_eq!(hilda_names(&house, "2027-01-11", "2027-01-15", "2026-12-14").await, Named::Done(spring));
    assert!(!decides(&house, &olive(), "2026-11-25").await && decides(&house, &olive(), "2027-01-11").await);
    assert_eq!(listed(&house).await, [Some(spring)]);
    assert_eq!(lines(&house).await, ["name_designate"; 3]);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_term_that_is_ended_counts_no_more_from_that_moment() {
    let house = TestStore::with_staff().await;
    assert!(!ends(&house, hilda(), "2026-11-24").await, "there is none");
    assert!(matches!(hilda_names(&house, "2026-11-23", "2026-11-27", "2026-11-23").await, Named::Done(_)));
    assert!(ends(&house, hilda(), "2026-11-25").await);
    assert!(!decides(&house, &olive(), "2026-11-25").await && decides(&house, &olive(), "2026-11-24").await);
    assert_eq!(listed(&house).await, [Some(term("2026-11-23", "2026-11-24"))], "what counted still shows");
    assert!(!ends(&house, hilda(), "2026-11-25").await, "once");
    // One that has not begun, or began today, leaves only its lines.
    for (first, today) in [("2026-12-01", "2026-11-26"), ("2026-11-26", "2026-11-26")] {
        assert!(matches!(hilda_names(&house, first, "2026-12-04", today).await, Named::Done(_)));
        assert!(ends(&house, hilda(), today).await);
        assert!(!decides(&house, &olive(), first).await && listed(&house).await.is_empty(), "{first}");
    }
    assert_eq!(lines(&house).await, ["name_designate", "end_designate"].repeat(3));
    assert!(house.school().roles(&olive(), monday()).await.unwrap().contains(&Role::Office));
}

#[tokio::test]
async fn an_invitation_to_be_a_designate_counts_for_nothing_until_the_headteacher_gives_dates() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    let new = NewStaff {
        staff_id: staff_id(40),
        name: "Dora Deputy".into(),
        email: "dora@hillside.example".into(),
        roles: vec![Role::Designate],
    };
    assert!(school.invite_staff(new.clone(), "link".into(), office(), at("08:00:00")).await.unwrap());
    assert!(school.join_staff("link", account(&new), Vec::new(), at("08:02:00")).await.unwrap());
    assert!(school.roles(&staff_id(40), monday()).await.unwrap().is_empty());
    assert_eq!(listed(&house).await, [None]);
    let week = term("2026-11-23", "2026-11-27");
    assert_eq!(names(&house, hilda(), staff_id(40), week, "2026-11-23").await, Named::Done(week));
    assert_eq!(school.roles(&staff_id(40), monday()).await.unwrap(), [Role::Designate]);
}
