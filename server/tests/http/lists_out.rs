//! Lists that leave as files, whichever there are: the URL table says which.

use app::paths;
use reqwest::Method;
use server::routes::{Audience, table};

use super::{browser::Browser, declarations::published, house::House, leave::look};

/// Every list that staff can take away.
fn lists() -> Vec<&'static str> {
    let list = |route: &server::routes::Route| {
        let staff = matches!(route.audience, Audience::May(_) | Audience::Staff);
        staff && route.method == Method::GET && route.path.ends_with(".csv")
    };
    table().iter().filter(|route| list(route)).map(|route| route.path).collect()
}

/// What taking one away leaves behind.
async fn noted(house: &House) -> (i64, i64) {
    (house.place.count("journal").await, house.place.count("reading").await)
}

#[tokio::test]
async fn every_list_that_staff_take_away_asks_for_a_fresh_code() {
    let house = House::open().await;
    published(&house).await;
    let ids = house.staff_ids().await;
    let mut staff: Vec<Browser> = Vec::new();
    for email in ["office@demo.example", "attendance@demo.example", "head@demo.example"] {
        staff.push(house.session(&ids[email], true).await);
    }
    let later = house.later(16).await;
    let lists = lists();
    for named in [paths::LEAVING_RETURN, paths::DETAILS_CHECK_CSV, paths::DETAILS_LIST_CSV, paths::DECLARATIONS_CSV] {
        assert!(lists.contains(&named), "{named}");
    }
    for list in lists {
        let mut taken = 0;
        for browser in &staff {
            let before = noted(&house).await;
            let stale = look(&browser.at(&later.site), list).await;
            if stale.status == 403 {
                continue;
            }
            assert!(stale.location().starts_with(&paths::staff_prove(list)), "{list}: {}", stale.main());
            assert_eq!(noted(&house).await, before, "{list}: nothing left");
            let fresh = look(browser, list).await;
            assert_eq!(
                (fresh.status.as_u16(), fresh.header("content-type")),
                (200, "text/csv; charset=utf-8"),
                "{list}"
            );
            assert_ne!(noted(&house).await, before, "{list}: what leaves is noted");
            taken += 1;
        }
        assert!(taken > 0, "nobody may take {list}");
    }
}
