//! Who gets in where: every route, every verb, every guest.

use std::{collections::BTreeSet, time::Duration};

use app::{paths, rules::access::Role};
use reqwest::Method;
use server::{
    demo::people::{DARREN, LEAVER, NGOZI, TOM},
    routes,
    web::cookies,
};

use super::{
    access_table::{TABLE, means},
    guests::{Welcome, Who, reported},
    house::House,
    page::Answer,
    people::pupil,
};

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routes: BTreeSet<String> =
        routes::table().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| format!("{} {}", row.verb, row.path)).collect();
    assert_eq!(routes.difference(&rows).collect::<Vec<_>>(), Vec::<&String>::new(), "routes without a row");
    assert_eq!(rows.difference(&routes).collect::<Vec<_>>(), Vec::<&String>::new(), "rows without a route");
    assert_eq!((rows.len(), routes.len()), (TABLE.len(), routes::table().len()), "each stands once");
}

#[tokio::test]
async fn everybody_gets_from_every_route_what_the_table_says() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let mut wrong = Vec::new();
    for route in routes::table() {
        let Some(row) = TABLE.iter().find(|row| row.verb == route.method.as_str() && row.path == route.path) else {
            wrong.push(format!("{} {} has no row", route.method, route.path));
            continue;
        };
        for who in Who::all() {
            let guest = welcome.come(&house, who).await;
            let (path, fields) = welcome.request(&house, &route, &guest).await;
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let response = guest.asks(&route, &path, &fields).await;
            let location = response.headers().get("location").map_or("", |to| to.to_str().unwrap());
            let swept = response.headers().contains_key("clear-site-data");
            let gets = row.gets(who);
            let right = match means(gets) {
                None => response.status().as_str() == gets && location.is_empty(),
                Some(to) if to.ends_with(['/', '=', '-']) && to.len() > 1 => {
                    response.status() == 303 && location.starts_with(to)
                }
                Some(to) => response.status() == 303 && location == to && swept == (gets == "out" || gets == "leave"),
            };
            if !right {
                let got = response.status();
                wrong.push(format!("{who:?}: {} {path} gets {got} {location}, not {gets}", route.method));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_verb_that_no_route_has_gets_the_same_page_as_no_route() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    // Somebody who may everything.
    let parent = welcome.come(&house, Who::Full).await.browser;
    let admin = welcome.come(&house, Who::Staff(Role::Administrator)).await.browser;
    let both = parent.clone().with_cookie(cookies::STAFF, &admin.jar[cookies::STAFF]);
    let table = routes::table();
    let paths: BTreeSet<&str> = table.iter().map(|route| route.path).collect();
    for path in paths {
        for verb in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"] {
            if table.iter().any(|route| route.path == path && route.method.as_str() == verb) {
                continue;
            }
            let verb: Method = verb.parse().unwrap();
            let answer = both.send(verb.clone(), path, &[("origin", "")], both.form(&[])).await;
            let nowhere = both.send(verb.clone(), "/no/such/page", &[("origin", "")], both.form(&[])).await;
            assert_eq!(answer.status, 404, "{verb} {path}");
            // Another program reads no page.
            if path.starts_with(paths::API) {
                assert_eq!(answer.header("content-type"), "application/json", "{verb} {path}");
                continue;
            }
            // But for the way home: each to their own.
            let nowhere = nowhere.text().replace("<a href=\"/\" class=\"tap\">", "<a href=\"/staff\" class=\"tap\">");
            let answer = answer.text().replace("<a href=\"/\" class=\"tap\">", "<a href=\"/staff\" class=\"tap\">");
            assert!(answer == nowhere, "{verb} {path}");
        }
    }
}

#[tokio::test]
async fn a_path_written_otherwise_is_no_path() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    for path in
        ["/staff/board/", "//staff/board", "/STAFF/board", "/staff//board", "/staff/board%00", "/staff/board.html"]
    {
        assert_eq!(office.send(Method::GET, path, &[], Vec::new()).await.status, 404, "{path}");
    }
    assert_eq!(office.send(Method::GET, "/staff/board", &[], Vec::new()).await.status, 200);
}

#[tokio::test]
async fn a_barred_guardian_sees_the_same_pages_as_one_with_no_children() {
    let house = House::open().await;
    let mut pages: Vec<(&str, Vec<Answer>)> = Vec::new();
    for email in [LEAVER, DARREN, TOM] {
        let browser = house.device_of(email).await;
        let mut seen = Vec::new();
        for path in [paths::HOME, paths::RECEIPTS, paths::REPORT, paths::LEAVE] {
            seen.push(browser.send(Method::GET, path, &[], Vec::new()).await);
        }
        pages.push((email, seen));
    }
    let (_, childless) = pages.remove(0);
    assert!(childless[0].text().contains("<h1>"), "{}", childless[0].text());
    for (email, seen) in pages {
        for (his, theirs) in seen.iter().zip(&childless) {
            assert_eq!(his.status, theirs.status, "{email}");
            assert_eq!(his.masked(), theirs.masked(), "{email}");
        }
    }
    let home = house.device_of(NGOZI).await.send(Method::GET, paths::HOME, &[], Vec::new()).await;
    assert_ne!(home.masked(), childless[0].masked());
}

#[tokio::test]
async fn a_guardian_whose_address_the_school_takes_away_is_signed_out_at_once() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    assert_eq!(browser.send(Method::GET, paths::HOME, &[], Vec::new()).await.status, 200);
    house.place.by_hand(&format!("UPDATE guardian SET email = NULL WHERE email = '{NGOZI}'")).await;
    assert_eq!(browser.send(Method::GET, paths::HOME, &[], Vec::new()).await.location(), paths::SIGN_IN);
}

#[tokio::test]
async fn the_demos_pages_are_in_the_demo_school_only() {
    let house = House::open().await;
    let real = house.another(|inner| inner.demo = false).await;
    let nowhere = real.browser().get("/no/such/page").await;
    for path in [paths::DEMO_MAIL, paths::DEMO_CODES] {
        assert_eq!(house.browser().get(path).await.status, 200, "{path}");
        let answer = real.browser().get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (404, nowhere.text()), "{path}");
    }
}

#[tokio::test]
async fn a_board_that_listens_hears_nothing_more_once_its_session_or_its_role_has_ended() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let mut ears = Vec::new();
    for role in [Role::Office, Role::AttendanceOfficer, Role::Headteacher] {
        let browser = welcome.come(&house, Who::Staff(role)).await.browser;
        let mut stream = browser.begin(Method::GET, paths::BOARD_CHANGES, &[], Vec::new()).await.unwrap();
        assert!(stream.chunk().await.unwrap().is_some(), "the first tick comes at once");
        ears.push((browser, stream));
    }
    assert_eq!(ears[0].0.post(paths::STAFF_SIGN_OUT, &[]).await.status, 303);
    house.place.by_hand("DELETE FROM staff_role WHERE role = 'attendance-officer'").await;
    reported(&house, NGOZI, &pupil("Ada Okafor")).await;
    house.portal.changed();
    for ((_, stream), hears) in ears.iter_mut().zip([false, false, true]) {
        let heard = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.expect("a tick, or the end");
        assert_eq!(heard.unwrap().is_some(), hears);
    }
}
