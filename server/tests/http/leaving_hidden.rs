//! Words hidden on the staff's screen: nothing that a family or the office wrote about leaving stands on it, and none of it
//! counts as read.

use app::{
    paths,
    rules::{conversation::Topic, evidence::Kind},
};
use server::{
    demo::people::NGOZI,
    store::{Added, NewEvidence},
};

use super::{
    browser::Browser,
    hidden_words::writes,
    house::{House, MONDAY},
    leave::okafors,
    leaving_forms::{gave_notice_with, notice_of},
    people::guardian,
};

/// Stands in everything that was written, typed or named.
const CANARY: &str = "kanarienvogel";

async fn hides(office: &mut Browser, hide: &str) {
    office.get(paths::BOARD).await;
    assert_eq!(office.post_form(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await.status, 303);
}

#[tokio::test]
async fn hidden_words_hide_all_that_was_written_about_leaving_and_it_is_not_noted_as_read() {
    let house = House::open().await;
    let [ada, _] = okafors();
    let of = |what: &str| format!("{CANARY} {what}");
    // The reason in own words, the place, the school, with whom, and how they are reached.
    let typed = [
        ("reason", "other".to_owned()),
        ("reason-words", of("reason")),
        ("new-address", of("address")),
        ("school-name", of("school")),
        ("school-address", of("town")),
        ("school-council", of("council")),
        ("lives-with", of("parent")),
        ("phone", of("phone")),
        ("email", of("mail")),
        ("more-words", of("more")),
    ];
    let more: Vec<(&str, &str)> = typed.iter().map(|(key, answer)| (*key, answer.as_str())).collect();
    let reference = gave_notice_with(&house, NGOZI, std::slice::from_ref(&ada), &more).await;
    let (school, now) = (&house.portal.school, house.portal.now());
    let file = NewEvidence {
        guardian: guardian(NGOZI),
        reference: reference.clone(),
        name: format!("{CANARY}.pdf"),
        kind: Kind::Pdf,
        bytes: b"a letter".to_vec(),
        sha256: "a digest".to_owned(),
        at: now,
    };
    assert!(matches!(school.add_evidence(file).await.unwrap(), Added::Kept(_)));
    writes(&house, Topic::Leaving, &reference, &of("message")).await;
    // What the roster has of her, for the return; and what the office has noted.
    let address = format!("UPDATE guardian SET address = '{}' WHERE guardian_id = '{}'", of("home"), guardian(NGOZI));
    house.place.by_hand(&address).await;
    let path = paths::staff_notice(&reference);
    let notice = notice_of(&house, &path).await;
    let mut office = house.staff("office@demo.example").await;
    hides(&mut office, "yes").await;
    let note = office.get(&path).await.inputs("note")[0].at("value");
    let (field, words) = (format!("note-file-{notice}"), of("note"));
    let fields = [
        ("note", note.as_str()),
        ("notice", notice.as_str()),
        ("task", "file"),
        ("day", MONDAY),
        ("act", "done"),
        (field.as_str(), words.as_str()),
    ];
    assert_eq!(office.post_form(&format!("{path}/lines"), &fields).await.status, 303);

    for hide in ["yes", "no", "yes"] {
        hides(&mut office, hide).await;
        let list = office.get(paths::STAFF_LEAVING).await;
        assert!(list.text().contains("Okafor, Ada") && !list.text().contains(CANARY), "{}", list.main());
        // Until the words were on the screen it is a new message.
        let unread = house.place.count("message WHERE about_kind = 'leaving' AND read_at IS NULL").await;
        let page = office.get(&path).await;
        assert_eq!(page.status, 200);
        let shown = page.text().matches(CANARY).count();
        match hide {
            "no" => {
                for (_, words) in &typed {
                    assert!(words == "other" || page.text().contains(words.as_str()), "{words}: {}", page.main());
                }
                for what in ["message", "home", "note"] {
                    assert!(page.text().contains(&of(what)), "{what}: {}", page.main());
                }
                assert!(page.text().contains(&format!("{CANARY}.pdf")), "{}", page.main());
                assert_eq!(unread, 1, "it was hidden so far");
                assert!(list.text().contains("New message"), "{}", list.main());
            }
            _ => assert_eq!(shown, 0, "{}", page.main()),
        }
    }
    assert_eq!(
        house.place.count("message WHERE about_kind = 'leaving' AND read_at IS NULL").await,
        0,
        "now it was read"
    );
}
