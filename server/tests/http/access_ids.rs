//! Ids in path, query, body and hidden fields: another family's thing is a thing that does not exist.

use app::{paths, rules::access::Role};
use reqwest::Method;
use server::{
    demo::people::{MALGORZATA, NGOZI, RAHMAN},
    routes::{self, Audience},
    store::Drafter,
};

use super::{
    browser::Browser,
    declarations::{declared, published},
    files::good_form,
    guests::{NO_RECEIPT, NOTHING, Welcome, Who, added, reported},
    house::{House, MONDAY, Node},
    leave_forms::{asked_for_leave, begun, with_photo},
    leaving_forms::{began_notice, gave_notice},
    page::Answer,
    people::{guardian, guardians, pupil},
};

/// What stands in the place of an id and is none.
const ODD: [&str; 12] = [
    "1",
    "-1",
    "0",
    "9223372036854775808",
    "1e9",
    "null",
    "%00",
    "..%2f..%2fstaff%2fboard",
    "%27%20OR%201%3D1%20--",
    "mmmmmmmmmmmmmmmmmmmmmmmmmmm",
    "%F0%9F%A6%8A",
    "a%0d%0aLocation:%20x",
];

/// Ids of everything that Ngozi has.
struct Hers {
    pupil: String,
    reference: String,
    evidence: String,
    /// A file that stands with her form.
    file: String,
    device: String,
    draft: String,
    leave: String,
    notice_draft: String,
    notice_file: String,
    notice: String,
    declaration: String,
}

impl Hers {
    async fn of(house: &Node) -> Self {
        let ada = pupil("Ada Okafor");
        let reference = reported(house, NGOZI, &ada).await;
        let evidence = added(house, NGOZI, &reference).await.to_string();
        let reference = reference.as_str().to_owned();
        let device = house.device(NGOZI, Some(&guardian(NGOZI))).await.1.to_string();
        let draft = begun(house, NGOZI).await;
        let file = with_photo(house, &Drafter::Guardian(guardian(NGOZI)), &draft).await.to_string();
        let draft = draft.to_string();
        let leave = asked_for_leave(house, NGOZI, std::slice::from_ref(&ada)).await.as_str().to_owned();
        let notice_draft = began_notice(house, NGOZI).await;
        let notice_file = with_photo(house, &Drafter::Guardian(guardian(NGOZI)), &notice_draft).await.to_string();
        let notice_draft = notice_draft.to_string();
        let notice = gave_notice(house, NGOZI, std::slice::from_ref(&ada)).await.as_str().to_owned();
        published(house).await;
        let declaration = declared(house, NGOZI, std::slice::from_ref(&ada)).await.as_str().to_owned();
        Self {
            pupil: ada.to_string(),
            reference,
            evidence,
            file,
            device,
            draft,
            leave,
            notice_draft,
            notice_file,
            notice,
            declaration,
        }
    }

    /// A route's path with her ids in it, and with one that nothing has.
    fn paths(&self, pattern: &str) -> (String, String) {
        let fill = |pupil: &str, reference: &str, evidence: &str, device: &str, draft: &str| {
            let path = pattern.replace("{pupil}", pupil).replace("{reference}", reference);
            let path = path.replace("{evidence}", evidence).replace("{device}", device);
            let step = if pattern.starts_with(paths::LEAVING) { "last-day" } else { "dates" };
            path.replace("{draft}", draft).replace("{step}", step).replace("{leave}", NOTHING)
        };
        let (reference, draft) = if pattern.starts_with(paths::LEAVING) {
            (&self.notice, &self.notice_draft)
        } else if pattern.starts_with(paths::LEAVE) {
            (&self.leave, &self.draft)
        } else if pattern.starts_with(paths::POLICY) {
            (&self.declaration, &self.draft)
        } else {
            (&self.reference, &self.draft)
        };
        let of_draft = [paths::LEAVE_DRAFT, paths::LEAVING_DRAFT].iter().any(|form| pattern.starts_with(form));
        let evidence = match pattern.starts_with(paths::LEAVING) {
            true if of_draft => &self.notice_file,
            false if of_draft => &self.file,
            _ => &self.evidence,
        };
        let hers = fill(&self.pupil, reference, evidence, &self.device, draft);
        (hers, fill(NOTHING, NO_RECEIPT, NOTHING, NOTHING, NOTHING))
    }
}

async fn ask(browser: &Browser, method: &Method, path: &str) -> Answer {
    let (kind, body) = match *method {
        Method::POST => {
            let files = path.ends_with("/evidence") || path.ends_with("/files");
            good_form(browser, if files { paths::EVIDENCE } else { "" }, &[])
        }
        _ => ("", Vec::new()),
    };
    browser.send(method.clone(), path, &[("content-type", kind)], body).await
}

/// The routes of parents with an id in them.
fn routes_with_ids() -> Vec<(Method, &'static str)> {
    // A version of the policy is everybody's.
    let everybodys = |path: &str| path.starts_with(paths::POLICY) && path.contains("{version}");
    let with_id = |route: &routes::Route| {
        route.audience == Audience::Parent && route.path.contains('{') && !everybodys(route.path)
    };
    let mut found: Vec<_> =
        routes::table().into_iter().filter(with_id).map(|route| (route.method, route.path)).collect();
    assert!(found.len() >= 6, "{found:?}");
    // Taken back, it answers less: that comes last.
    let last = [paths::WITHDRAW, paths::LEAVE_DROP, paths::LEAVING_DROP, paths::LEAVING_WITHDRAW];
    found.sort_by_key(|(method, path)| last.contains(path).then(|| method.to_string()));
    found
}

#[tokio::test]
async fn another_familys_thing_answers_byte_for_byte_like_one_that_does_not_exist() {
    let house = House::open().await;
    let hers = Hers::of(&house).await;
    let (ngozi, other) = (house.device_of(NGOZI).await, house.device_of(MALGORZATA).await);
    for (method, pattern) in routes_with_ids() {
        let (real, made_up) = hers.paths(pattern);
        let (seen, nothing) = (ask(&other, &method, &real).await, ask(&other, &method, &made_up).await);
        assert_eq!((seen.status.as_u16(), seen.text()), (404, nothing.text()), "{method} {real}");
        let names = |answer: &Answer| answer.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&seen), names(&nothing), "{method} {real}");
        // For her it is there: nothing above was done to it.
        if [paths::LEAVE_SIGN, paths::LEAVE_LETTER].contains(&pattern) {
            continue;
        }
        let own = ask(&ngozi, &method, &real).await;
        assert!([200, 303, 422].contains(&own.status.as_u16()), "{method} {real}: {}", own.status);
    }
}

#[tokio::test]
async fn what_is_no_id_is_no_thing() {
    let house = House::open().await;
    let hers = Hers::of(&house).await;
    let ngozi = house.device_of(NGOZI).await;
    let nothing = ask(&ngozi, &Method::GET, "/no/such/page").await;
    let (upper, long) = (hers.pupil.to_uppercase(), format!("{0}{0}", hers.reference));
    let odd = ODD.iter().copied().chain([upper.as_str(), long.as_str()]);
    let before = house.place.everything_but(&[]).await;
    for id in odd {
        for (method, pattern) in routes_with_ids() {
            let path = pattern.replace("{pupil}", id).replace("{reference}", id).replace("{device}", id);
            let path =
                path.replace("{evidence}", id).replace("{draft}", id).replace("{step}", id).replace("{leave}", id);
            let answer = ask(&ngozi, &method, &path).await;
            assert_eq!(answer.status, 404, "{method} {path}");
            if method == Method::GET {
                assert_eq!(answer.text(), nothing.text(), "{method} {path}");
            }
        }
    }
    assert_eq!(house.place.everything_but(&[]).await, before);
}

#[tokio::test]
async fn a_second_value_changes_nothing() {
    let house = House::open().await;
    let hers = Hers::of(&house).await;
    let zofia = pupil("Zofia Kaczmarek");
    let own = reported(&house, MALGORZATA, &zofia).await;
    let other = house.device_of(MALGORZATA).await;
    let (pupil, reference) = (&hers.pupil, &hers.reference);
    for path in [
        paths::HOME.to_owned(),
        paths::RECEIPTS.to_owned(),
        paths::REPORT.to_owned(),
        paths::report_child(&zofia),
        paths::receipt(&own),
        paths::change(&own),
    ] {
        let plain = ask(&other, &Method::GET, &path).await;
        let query =
            format!("{path}?pupil={pupil}&pupil[]={pupil}&who={pupil}&reference={reference}&guardian={NOTHING}");
        let doubled = ask(&other, &Method::GET, &query).await;
        assert_eq!(plain.status, 200);
        assert_eq!(doubled.masked(), plain.masked(), "{path}");
    }
}

/// A report with these children, sent with what stands in its other fields.
async fn send(browser: &Browser, submission: &str, who: &[&str], more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("submission", submission), ("day", MONDAY), ("part", "all"), ("reason", "cold")];
    fields.extend(who.iter().map(|id| ("who", *id)));
    fields.extend(more);
    browser.post(paths::REPORT, &fields).await
}

#[tokio::test]
async fn another_familys_child_in_the_form_is_a_child_that_does_not_exist() {
    let house = House::open().await;
    let hers = Hers::of(&house).await;
    let zofia = pupil("Zofia Kaczmarek").to_string();
    let other = house.device_of(MALGORZATA).await;
    let before = house.place.everything_but(&[]).await;
    for (real, made_up) in
        [(vec![hers.pupil.as_str()], vec![NOTHING]), (vec![&zofia, &hers.pupil], vec![&zofia, NOTHING])]
    {
        let (seen, nothing) = (send(&other, NOTHING, &real, &[]).await, send(&other, NOTHING, &made_up, &[]).await);
        assert_eq!((seen.status.as_u16(), seen.text()), (404, nothing.text()), "{real:?}");
    }
    for odd in ODD.iter().copied().chain([hers.pupil.to_uppercase().as_str()]) {
        assert_eq!(send(&other, NOTHING, &[&zofia, odd], &[]).await.status, 404, "{odd}");
    }
    // Nobody is chosen by a name that is not the field's.
    let answer = send(&other, NOTHING, &[], &[("who[]", &hers.pupil), ("pupil", &hers.pupil), ("WHO", &zofia)]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(house.place.everything_but(&[]).await, before);
}

#[tokio::test]
async fn another_familys_receipt_cannot_be_changed_by_naming_it() {
    let house = House::open().await;
    let hers = Hers::of(&house).await;
    let zofia = pupil("Zofia Kaczmarek").to_string();
    let other = house.device_of(MALGORZATA).await;
    let before = house.place.everything_but(&[]).await;
    let seen = send(&other, NOTHING, &[&zofia], &[("instead_of", &hers.reference)]).await;
    let nothing = send(&other, NOTHING, &[&zofia], &[("instead_of", NO_RECEIPT)]).await;
    assert_eq!((seen.status, nothing.status), (nothing.status, reqwest::StatusCode::CONFLICT));
    assert_eq!(seen.masked(), nothing.masked());
    assert_eq!(house.place.everything_but(&[]).await, before);
}

#[tokio::test]
async fn the_id_of_somebody_elses_form_opens_nothing_of_theirs() {
    let house = House::open().await;
    let (ada, zofia) = (pupil("Ada Okafor").to_string(), pupil("Zofia Kaczmarek").to_string());
    let (ngozi, other) = (house.device_of(NGOZI).await, house.device_of(MALGORZATA).await);
    let first = send(&ngozi, NOTHING, &[&ada], &[("note", "hers")]).await;
    let second = send(&other, NOTHING, &[&zofia], &[("note", "hers")]).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 303));
    assert_ne!(first.location(), second.location());
    assert_eq!(ask(&other, &Method::GET, first.location()).await.status, 404);
    assert_eq!(house.place.count("submission").await, 2);
}

#[tokio::test]
async fn in_a_shared_inbox_only_those_who_read_it_can_be_chosen() {
    let house = House::open().await;
    let (browser, _) = house.device(RAHMAN, None).await;
    let made_up = browser.post(paths::SIGN_IN_WHO, &[("guardian", NOTHING)]).await;
    assert_eq!(made_up.status, 404);
    let stranger = guardian(NGOZI).to_string();
    for fields in [vec![("guardian", stranger.as_str())], vec![("guardian", stranger.as_str()), ("guardian", NOTHING)]]
    {
        assert_eq!(browser.post(paths::SIGN_IN_WHO, &fields).await.text(), made_up.text());
    }
    for odd in ODD {
        assert_eq!(browser.post(paths::SIGN_IN_WHO, &[("guardian", odd)]).await.text(), made_up.text(), "{odd}");
    }
    assert_eq!(ask(&browser, &Method::GET, paths::HOME).await.location(), paths::SIGN_IN_WHO);
    let imran = guardians(RAHMAN)[1].to_string();
    assert_eq!(browser.post(paths::SIGN_IN_WHO, &[("guardian", &imran)]).await.location(), paths::HOME);
    assert_eq!(ask(&browser, &Method::GET, paths::HOME).await.status, 200);
}

#[tokio::test]
async fn staff_who_name_nobody_and_no_day_are_told_so() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let admin = welcome.come(&house, Who::Staff(Role::Administrator)).await.browser;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    // A board that is drawn again notes that it was.
    let noted = ["reading", "report.seen_at", "report.seen_by"];
    let before = house.place.everything_but(&noted).await;
    for id in ODD.iter().copied().chain([NOTHING]) {
        for pattern in [paths::PEOPLE_DISABLE, paths::PEOPLE_RESET] {
            let answer = admin.post(&pattern.replace("{staff}", id), &[("disabled", "yes")]).await;
            assert_eq!(answer.status, 404, "{pattern} {id}");
        }
    }
    for (pupil, day, code, status) in [
        ("1", MONDAY, "I", 400),
        (NOTHING, MONDAY, "I", 409),
        (NOTHING, "2026-02-30", "I", 400),
        (NOTHING, "1", "I", 400),
        (NOTHING, MONDAY, "<b>", 422),
    ] {
        let fields = [("pupil", pupil), ("day", day), ("code", code), ("seen", "")];
        assert_eq!(office.post(paths::BOARD_CODE, &fields).await.status, status, "{fields:?}");
    }
    assert_eq!(house.place.everything_but(&noted).await, before);
}

#[tokio::test]
async fn a_board_of_no_day_is_no_page_and_one_of_a_far_day_is_empty() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    let none = ["", "1", "2026-02-30", "today", "2026-11-23T08:00:00Z", "-262143-01-01", "%2B262142-12-31", "%00"];
    for day in none {
        for path in [paths::BOARD, paths::BOARD_CHANGES] {
            let answer = ask(&office, &Method::GET, &format!("{path}?day={day}")).await;
            assert_eq!(answer.status, 404, "{path} {day}");
        }
    }
    for day in ["0000-01-01", "1900-01-01", "2262-04-12", "9999-12-31"] {
        let answer = ask(&office, &Method::GET, &format!("{}?day={day}", paths::BOARD)).await;
        assert_eq!(answer.status, 200, "{day}");
    }
    let twice = ask(&office, &Method::GET, &format!("{}?day={MONDAY}&day=1", paths::BOARD)).await;
    assert!(twice.status.is_client_error() && twice.text().contains("<h1>"), "{}", twice.status);
}
