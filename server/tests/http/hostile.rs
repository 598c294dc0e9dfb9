//! Hostile text in every field: it comes back as the text it is, or not at all, and changes no page.

use app::{paths, rules::id::SubmissionId};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, NGOZI},
    store::journal::Verdict,
};

use super::{
    browser::Browser,
    house::{House, MONDAY},
    page::Answer,
    people::pupil,
};

/// What is typed, and what is kept of it.
pub(super) const HOSTILE: [(&str, &str); 17] = [
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("</textarea><script>alert(1)</script>", "</textarea><script>alert(1)</script>"),
    ("</style></title></script><svg onload=alert(1)>", "</style></title></script><svg onload=alert(1)>"),
    ("\"><img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>"),
    ("\" autofocus onfocus=\"alert(1)", "\" autofocus onfocus=\"alert(1)"),
    ("' onmouseover='alert(1)", "' onmouseover='alert(1)"),
    ("<!-- --!> <![CDATA[ ]]>", "<!-- --!> <![CDATA[ ]]>"),
    ("&lt;b&gt; &amp; &#60;", "&lt;b&gt; &amp; &#60;"),
    ("{{7*7}} ${7*7} <%= 7*7 %>", "{{7*7}} ${7*7} <%= 7*7 %>"),
    ("'); DROP TABLE report; --", "'); DROP TABLE report; --"),
    ("=HYPERLINK(\"http://evil.example\",\"x\")", "=HYPERLINK(\"http://evil.example\",\"x\")"),
    ("@SUM(1+1)*cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("\u{1b}[31mred\u{1b}[0m \u{7}bell", "[31mred[0m bell"),
    ("abc\u{202e}dcba\u{2066}x\u{200b}y\u{feff}", "abcdcbaxy"),
    ("😷🦊 👩\u{200d}👧 𝕬", "😷🦊 👩\u{200d}👧 𝕬"),
    ("javascript:alert(1)//http://x", "javascript:alert(1)//http://x"),
    ("nul\0nul", "nulnul"),
];

/// Everything that shows what a guardian typed about Ada, and what the office reads of it.
struct Seen {
    refused: Answer,
    receipt: Answer,
    change: Answer,
    differs: Answer,
    board: Answer,
}

impl Seen {
    async fn of(browser: &Browser, office: &Browser, reason: &str, field: &str, text: &str) -> Self {
        let look = async |path: &str| browser.send(Method::GET, path, &[], Vec::new()).await;
        let (form, ada) = (SubmissionId::from_bytes(rand::random()).to_string(), pupil("Ada Okafor").to_string());
        let mut fields =
            vec![("submission", form.as_str()), ("who", &ada), ("reason", reason), (field, text), ("note", text)];
        let refused = browser.post(paths::REPORT, &fields).await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        fields.extend([("day", MONDAY), ("part", "all")]);
        let sent = browser.post(paths::REPORT, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.main());
        let receipt = look(sent.location()).await;
        let change = look(&format!("{}/change", sent.location())).await;
        fields.push(("part", "am"));
        let at = fields.iter().position(|(name, _)| *name == "part").expect("a part");
        fields.remove(at);
        let differs = browser.post(paths::REPORT, &fields).await;
        assert_eq!(differs.status, 409, "{}", differs.main());
        let board = office.send(Method::GET, paths::BOARD, &[], Vec::new()).await;
        let withdrawn = browser.post(&format!("{}/withdraw", sent.location()), &[]).await;
        assert_eq!(withdrawn.status, 303);
        Self { refused, receipt, change, differs, board }
    }

    fn pages(&self) -> [(&'static str, &Answer); 5] {
        let Self { refused, receipt, change, differs, board } = self;
        [("422", refused), ("receipt", receipt), ("change", change), ("409", differs), ("board", board)]
    }
}

#[tokio::test]
async fn hostile_words_about_a_child_change_no_page_and_are_shown_as_they_are() {
    let house = House::open().await;
    let (ngozi, chidi) = (house.device_of(NGOZI).await, house.device_of(CHIDI).await);
    let office = house.staff("office@demo.example").await;
    for (browser, reason, field) in [(&ngozi, "festival", "which-festival"), (&chidi, "other", "other-other")] {
        let harmless = Seen::of(browser, &office, reason, field, "harmless words").await;
        for (typed, kept) in HOSTILE {
            // A program of its own, since one takes thirty acts a minute of one account.
            let fresh = house.another(|_| ()).await;
            let seen = Seen::of(&browser.at(&fresh.site), &office, reason, field, typed).await;
            for ((page, hostile), (_, plain)) in seen.pages().into_iter().zip(harmless.pages()) {
                assert_eq!(hostile.skeleton(), plain.skeleton(), "{page} with {typed}");
                assert_eq!(hostile.title(), plain.title(), "{page}");
                // A form that was not taken holds what was typed; anywhere else stands what was kept.
                let text = if ["422", "409"].contains(&page) { typed } else { kept };
                assert!(hostile.read().contains(text), "{page} without {text:?}: {}", hostile.main());
            }
            for page in [&seen.receipt, &seen.change, &seen.board] {
                let stray = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
                assert!(!page.main().contains(stray), "{typed:?}: {}", page.main());
            }
        }
    }
    assert_eq!(house.place.count("report").await, i64::try_from(2 * (HOSTILE.len() + 1)).unwrap());
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
}

#[tokio::test]
async fn hostile_words_in_a_field_of_choices_do_not_come_back() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor").to_string();
    for (typed, _) in HOSTILE {
        let fresh = house.another(|_| ()).await;
        let browser = house.device_of(NGOZI).await.at(&fresh.site);
        for name in ["day", "part", "reason", "last-sick"] {
            let mut fields = vec![("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("who", &ada), (name, typed)];
            fields.extend(
                [("day", MONDAY), ("part", "all"), ("reason", "sick")].iter().filter(|(other, _)| *other != name),
            );
            let answer = browser.post(paths::REPORT, &fields).await;
            assert_eq!(answer.status, 422, "{name}: {typed}");
            assert!(!answer.text().contains(typed) && !answer.read().contains(typed), "{name}: {typed}");
        }
    }
}

#[tokio::test]
async fn hostile_addresses_and_names_change_no_page_either() {
    let house = House::open().await;
    let mut admin = house.staff("admin@demo.example").await;
    admin.get(paths::PEOPLE).await;
    let mut visitor = house.browser();
    visitor.get(paths::SIGN_IN).await;
    let ask = async |email: &str| visitor.post(paths::SIGN_IN, &[("email", email)]).await;
    let staff = async |email: &str| visitor.post(paths::STAFF_SIGN_IN, &[("email", email), ("password", email)]).await;
    let invite =
        async |admin: &Browser, name: &str| admin.post(paths::PEOPLE, &[("name", name), ("email", name)]).await;
    let harmless = [ask("harmless").await, staff("harmless").await, invite(&admin, "harmless").await];
    for (typed, _) in HOSTILE {
        // A program of its own for each, since one counts what an administrator does.
        let fresh = house.another(|_| ()).await;
        let hostile = [ask(typed).await, staff(typed).await, invite(&admin.at(&fresh.site), typed).await];
        for (hostile, plain) in hostile.iter().zip(&harmless) {
            assert_eq!((hostile.status, hostile.skeleton()), (plain.status, plain.skeleton()), "{typed}");
        }
    }
}

#[tokio::test]
async fn a_hostile_name_is_kept_on_one_line_of_page_and_mail() {
    let house = House::open().await;
    let mut admin = house.staff("admin@demo.example").await;
    admin.get(paths::PEOPLE).await;
    let name = "<b>Jo</b>\r\nBcc: everybody@evil.example\r\n\r\nHi";
    let fields = [("name", name), ("email", "jo@demo.example"), ("roles", "governor")];
    assert_eq!(admin.post_form(paths::PEOPLE, &fields).await.status, 303);
    let people = admin.get(paths::PEOPLE).await;
    assert!(people.main().contains("&lt;b&gt;Jo&lt;/b&gt;  Bcc: everybody@evil.example "), "{}", people.main());
    let mail = house.site.mail_to("jo@demo.example").await.remove(0);
    assert!(mail.body.starts_with("Hello <b>Jo</b>  Bcc: everybody@evil.example    Hi,\n"), "{}", mail.body);
    for address in ["jo@demo.example\r\nBcc: x@evil.example", "jo@demo.example, x@evil.example", "jo @demo.example"] {
        let fields = [("name", "Jo"), ("email", address), ("roles", "governor")];
        assert_eq!(admin.post_form(paths::PEOPLE, &fields).await.status, 422, "{address}");
    }
}

#[tokio::test]
async fn a_browser_that_lies_about_its_name_is_an_unknown_device() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = browser.ask_code(NGOZI).await.expect("a message");
    let agent = [("user-agent", "<script>alert(1)</script> \u{e9}")];
    let form = browser.form(&[("sign_in", &sent.asking), ("code", &sent.figures)]);
    let answer = browser.send(Method::POST, paths::SIGN_IN_CODE, &agent, form).await;
    browser.remember(&answer);
    let devices = browser.get(paths::DEVICES).await;
    assert!(devices.status == 200 && !devices.text().contains("alert"), "{}", devices.main());
}
