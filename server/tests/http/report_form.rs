//! A report that cannot be taken as it is: nothing typed is lost, and each problem is named.

use app::{
    paths,
    rules::absence::{LINE_MOST, NOTE_MOST},
};
use server::demo::people::NGOZI;

use super::{
    browser::Browser,
    guests::NOTHING,
    house::{House, MONDAY},
    page::Answer,
    people::pupil,
};

const TUESDAY: &str = "2026-11-24";

async fn send(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(paths::REPORT, &[fields, &[("submission", NOTHING)]].concat()).await;
    assert_eq!(answer.status, 422, "{fields:?}");
    answer
}

#[tokio::test]
async fn every_typed_value_is_still_there_when_something_has_to_be_put_right() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (ada, sam) = (pupil("Ada Okafor").to_string(), pupil("Sam Okafor").to_string());
    let long = format!("Seen the doctor. {}", "x".repeat(NOTE_MOST));
    for (reason, answers) in [
        ("sick", vec![("last-sick", "night")]),
        ("rash", vec![("since-rash", "2026-11-20")]),
        ("appointment", vec![("leaves-appointment", "10:15"), ("returns-appointment", "11:30")]),
        ("festival", vec![("which-festival", "Guru Nanak’s birthday")]),
        ("other", vec![("other-other", "Boiler man, 2 < 3 & \"so on\"")]),
        ("ring", vec![]),
        ("cold", vec![]),
    ] {
        for instead_of in [None, Some("CDFHJKM3")] {
            let mut fields = vec![("who", ada.as_str()), ("who", &sam), ("day", TUESDAY), ("part", "pm")];
            fields.extend([("reason", reason), ("note", &long)]);
            fields.extend(&answers);
            fields.extend(instead_of.map(|reference| ("instead_of", reference)));
            let form = send(&browser, &fields).await;
            assert_eq!(form.complaints(), ["note"], "{reason}");
            assert_eq!(form.chosen("who"), [ada.clone(), sam.clone()], "{reason}");
            assert_eq!(
                (form.chosen("day"), form.chosen("part")),
                (vec![TUESDAY.into()], vec!["pm".into()]),
                "{reason}"
            );
            assert_eq!(form.chosen("reason"), [reason]);
            assert_eq!(form.text_area("note"), long, "{reason}");
            for (name, typed) in &answers {
                let inputs = form.inputs(name);
                let kept = if inputs.len() > 1 { form.chosen(name) } else { vec![inputs[0].at("value")] };
                assert_eq!(kept, [*typed], "{name}");
            }
            // The same form, so that sending it again is the same report.
            assert_eq!(form.hidden("submission").as_deref(), Some(NOTHING));
            assert_eq!(form.hidden("instead_of").as_deref(), instead_of);
        }
    }
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn every_problem_is_named_and_leads_to_its_field() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let ada = pupil("Ada Okafor").to_string();
    let (note, line) = ("x".repeat(NOTE_MOST + 1), "x".repeat(LINE_MOST + 1));
    let whole = [("who", ada.as_str()), ("day", MONDAY), ("part", "all")];
    let with = |more: &[(&'static str, &str)]| -> Vec<(&str, String)> {
        let kept = whole.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
        kept.chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    for (fields, named) in [
        (vec![], vec!["who", "day", "reason"]),
        (with(&[("reason", "cold"), ("day", "2026-11-22")]), vec!["day"]),
        (with(&[("reason", "cold"), ("day", "2026-12-01")]), vec!["day"]),
        (with(&[("reason", "cold"), ("part", "midday")]), vec!["part"]),
        (with(&[("reason", "no-such-reason")]), vec!["reason"]),
        (with(&[("reason", "sick"), ("last-sick", "never")]), vec!["last-sick"]),
        (with(&[("reason", "rash"), ("since-rash", "last week")]), vec!["since-rash"]),
        (with(&[("reason", "rash"), ("since-rash", TUESDAY)]), vec!["since-rash"]),
        (
            with(&[("reason", "appointment"), ("leaves-appointment", "ten"), ("returns-appointment", "25:00")]),
            vec!["leaves-appointment", "returns-appointment"],
        ),
        (
            with(&[("reason", "appointment"), ("leaves-appointment", "11:00"), ("returns-appointment", "10:00")]),
            vec!["returns-appointment"],
        ),
        (with(&[("reason", "festival"), ("which-festival", &line)]), vec!["which-festival"]),
        (with(&[("reason", "other"), ("other-other", &line), ("note", &note)]), vec!["other-other", "note"]),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let form = send(&browser, &fields).await;
        assert_eq!(form.complaints(), named, "{fields:?}");
        for field in &named {
            assert!(
                form.main().contains(&format!("id=\"{field}-why\"")),
                "{field} says nothing itself: {}",
                form.main()
            );
            assert!(form.main().contains(&format!(" id=\"{field}\"")), "nothing to lead to for {field}");
        }
        assert!(form.main().contains("Not sent yet."), "{}", form.main());
        // What was typed and cannot be is still what was typed.
        for (name, typed) in fields.iter().filter(|(name, _)| named.contains(name)) {
            match form.inputs(name).as_slice() {
                [] if *name == "note" => assert_eq!(form.text_area("note"), *typed),
                [input] => assert_eq!(input.at("value"), *typed, "{name}"),
                choices => assert!(choices.len() > 1, "{name}"),
            }
        }
    }
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn a_form_that_is_no_form_of_ours_is_refused_whole() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let ada = pupil("Ada Okafor").to_string();
    for submission in ["", "1", "MMMMMMMMMMMMMMMMMMMMMMMMMM", "'; DROP TABLE report; --"] {
        let fields = [("submission", submission), ("who", &ada), ("day", MONDAY), ("reason", "cold")];
        let answer = browser.post(paths::REPORT, &fields).await;
        assert!(answer.status == 400 && answer.says_not_received(), "{submission}: {}", answer.main());
    }
    assert_eq!(house.place.count("submission").await, 0);
}
