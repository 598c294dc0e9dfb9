//! The same page sent fifty times at once, from two tabs that two programs answer: one notice, one request, and each answer
//! leads there.

use app::{
    paths::{self, Hand},
    rules::id::SubmissionId,
};
use futures_util::future::join_all;
use reqwest::Method;
use server::demo::people::{CHIDI, NGOZI};

use super::{
    browser::{Browser, FORM},
    details::filled,
    house::House,
    leave::okafors,
    leaving_forms::{answers, began_with},
};

/// As many as a guardian may send in a minute to one program, nearly.
const COPIES: usize = 25;

/// Sends the same bytes from every tab at once; where each answer leads.
async fn sends(tabs: &[Browser], path: &str, body: &[u8]) -> Vec<String> {
    let kind = [("content-type", FORM)];
    let copies = tabs.iter().flat_map(|tab| std::iter::repeat_n(tab, COPIES));
    let answers = join_all(copies.map(|tab| tab.send(Method::POST, path, &kind, body.to_vec()))).await;
    answers
        .iter()
        .map(|answer| {
            assert_eq!(answer.status, 303, "{}", answer.main());
            answer.location().to_owned()
        })
        .collect()
}

/// The last page of a notice as it is posted when everything is ticked and signed.
async fn signed(browser: &mut Browser, draft: &SubmissionId, name: &str) -> Vec<u8> {
    let page = browser.get(&Hand::Leaving.check(draft)).await;
    let [seen, version] = ["seen", "version"].map(|name| page.hidden(name).expect("nothing is missing"));
    let ticked: Vec<String> = (0..4).map(|place| format!("statement-{place}")).collect();
    let mut fields = vec![("seen", seen.as_str()), ("version", version.as_str()), ("name", name)];
    fields.extend(ticked.iter().map(|field| (field.as_str(), "yes")));
    browser.form(&fields)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_copies_of_a_leavers_notice_are_one_and_the_other_parents_is_another() {
    let house = House::open().await;
    let other = house.another(|_| ()).await;
    let mut kept = Vec::new();
    for (email, name) in [(NGOZI, "Ngozi Okafor"), (CHIDI, "Chidi Okafor")] {
        let draft = began_with(&house, email, answers(&okafors(), &[])).await;
        let mut tab = house.device_of(email).await;
        let body = signed(&mut tab, &draft, name).await;
        kept.push((tab, Hand::Leaving.check(&draft), body));
    }
    let [(hers, her_path, her_body), (his, his_path, his_body)] = &kept[..] else { panic!("two parents") };
    let [hers, his] = [hers, his].map(|tab| [tab.clone(), tab.at(&other.site)]);
    let (hers, his) = tokio::join!(sends(&hers, her_path, her_body), sends(&his, his_path, his_body));
    for (mut led, whose) in [(hers, NGOZI), (his, CHIDI)] {
        assert_eq!(led.len(), 2 * COPIES);
        led.dedup();
        assert_eq!(led.len(), 1, "{whose}: {led:?}");
        assert!(led[0].starts_with("/leaving/notices/"), "{led:?}");
    }
    for (table, rows) in [("submission", 2), ("leaving_form", 2), ("leaving_notice", 4), ("form_draft", 0)] {
        assert_eq!(house.place.count(table).await, rows, "{table}");
    }
    assert_eq!(house.place.count("mail WHERE kind = 'leaving'").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_copies_of_a_request_about_details_are_one() {
    let house = House::open().await;
    let other = house.another(|_| ()).await;
    let mut tab = house.device_of(NGOZI).await;
    let page = tab.get(paths::DETAILS_CHANGE).await;
    let mut fields = filled(&page, &[("mobile", "07700 900456")]);
    fields.push(("then".to_owned(), "send".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = tab.form(&fields);
    let mut led = sends(&[tab.clone(), tab.at(&other.site)], paths::DETAILS_CHANGE, &body).await;
    led.dedup();
    assert!(led.len() == 1 && led[0].starts_with(paths::DETAILS), "{led:?}");
    for (table, rows) in [("submission", 1), ("details_line", 1), ("mail WHERE kind = 'details'", 1)] {
        assert_eq!(house.place.count(table).await, rows, "{table}");
    }
}
