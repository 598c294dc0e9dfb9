//! Forms that this site did not give to this browser, and looking that must change nothing.

use app::{
    paths,
    rules::access::{Act, Role},
};
use reqwest::Method;
use server::{
    demo::people::{NGOZI, RAHMAN},
    routes::{self, Audience, Route},
    web::cookies,
};

use super::{
    browser::{Browser, FORM},
    files::{self, MULTIPART, photo, takes_files},
    guests::{Guest, Welcome, Who},
    house::House,
    people::guardian,
};

/// Somebody who may do what the route is for.
fn who_may(route: &Route) -> Who {
    match (route.audience, route.path) {
        (_, paths::SIGN_IN_WHO) => Who::Inbox,
        (Audience::Parent | Audience::Device, _) => Who::Full,
        (Audience::HalfSignedIn, _) => Who::HalfSignedIn,
        (Audience::May(Act::ManageStaff | Act::ManageTokens), _) => Who::Staff(Role::Administrator),
        (
            Audience::May(
                Act::KeepCalendar | Act::KeepForms | Act::PublishPolicy | Act::NameDesignate | Act::DecideLeave,
            ),
            _,
        ) => Who::Staff(Role::Headteacher),
        (Audience::May(Act::RecommendLeave), _) => Who::Staff(Role::AttendanceOfficer),
        (Audience::May(Act::KeepRetention), _) => Who::Staff(Role::DataProtectionOfficer),
        (Audience::May(Act::SetBar | Act::KeepAddressSecret), _) => Who::Staff(Role::SafeguardingLead),
        (Audience::Staff | Audience::May(_), _) => Who::Staff(Role::Office),
        (Audience::Anyone | Audience::Program | Audience::Demo, _) => Who::Nobody,
    }
}

/// A way of sending a form that no page of ours sends.
struct Forged {
    name: &'static str,
    headers: &'static [(&'static str, &'static str)],
    token: Token,
    body: Body,
}

#[derive(PartialEq)]
enum Token {
    Right,
    Missing,
    AnotherSessions,
    Nonsense,
}

#[derive(PartialEq)]
enum Body {
    Form,
    Json,
    Multipart,
    InTheQuery,
}

const fn forged(
    name: &'static str,
    headers: &'static [(&'static str, &'static str)],
    token: Token,
    body: Body,
) -> Forged {
    Forged { name, headers, token, body }
}

const FORGERIES: [Forged; 17] = [
    forged("no Origin", &[("origin", "")], Token::Right, Body::Form),
    forged("a foreign Origin", &[("origin", "https://evil.example")], Token::Right, Body::Form),
    forged("a longer Origin", &[("origin", "https://hazelrow.example.evil.example")], Token::Right, Body::Form),
    forged("another scheme", &[("origin", "http://hazelrow.example")], Token::Right, Body::Form),
    forged("another port", &[("origin", "https://hazelrow.example:8443")], Token::Right, Body::Form),
    forged("Origin null", &[("origin", "null")], Token::Right, Body::Form),
    forged("cross-site", &[("sec-fetch-site", "cross-site")], Token::Right, Body::Form),
    forged("same-site", &[("sec-fetch-site", "same-site")], Token::Right, Body::Form),
    forged("no page at all", &[("sec-fetch-site", "none"), ("origin", "")], Token::Right, Body::Form),
    forged("no token", &[], Token::Missing, Body::Form),
    forged("another session's token", &[], Token::AnotherSessions, Body::Form),
    forged("no real token", &[], Token::Nonsense, Body::Form),
    forged("the token in the query", &[], Token::Missing, Body::InTheQuery),
    forged("text/plain", &[("content-type", "text/plain")], Token::Right, Body::Form),
    forged("no kind of body", &[("content-type", "")], Token::Right, Body::Form),
    forged("JSON", &[("content-type", "application/json")], Token::Right, Body::Json),
    forged("multipart", &[("content-type", "multipart/form-data; boundary=x")], Token::Right, Body::Multipart),
];

impl Forged {
    /// `files` tells whether the route takes forms with files: then an ordinary form is forged there,
    /// where a form with files is elsewhere.
    async fn send(
        &self,
        guest: &Guest,
        other: &Browser,
        (path, files): (&str, bool),
        fields: &[(&str, &str)],
    ) -> reqwest::Response {
        let token = match self.token {
            Token::Right => guest.browser.token(),
            Token::Missing => String::new(),
            Token::AnotherSessions => other.token(),
            Token::Nonsense => "A".repeat(43),
        };
        let mut fields = fields.to_vec();
        if self.token != Token::Missing {
            fields.push(("csrf", &token));
        }
        let right = guest.browser.token();
        let path = match self.body {
            Body::InTheQuery => format!("{path}?csrf={right}"),
            _ => path.to_owned(),
        };
        let mut headers = self.headers.to_vec();
        let body = match self.body {
            Body::Form | Body::InTheQuery if files => {
                headers.insert(0, ("content-type", MULTIPART));
                files::form(&fields, &[("photo.jpg", &photo(40, 30))])
            }
            Body::Multipart if files => {
                headers = vec![("content-type", FORM)];
                guest.browser.form(&fields)
            }
            Body::Form | Body::InTheQuery => {
                form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish().into_bytes()
            }
            Body::Json => {
                let object: serde_json::Map<String, serde_json::Value> =
                    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
                serde_json::to_vec(&object).unwrap()
            }
            Body::Multipart => {
                let part = |(name, value): &(&str, &str)| {
                    format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                };
                format!("{}--x--\r\n", fields.iter().map(part).collect::<String>()).into_bytes()
            }
        };
        guest.browser.begin(Method::POST, &path, &headers, body).await.unwrap()
    }
}

#[tokio::test]
async fn a_forged_form_is_refused_on_every_route_and_writes_nothing() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let (other, _) = house.device(NGOZI, Some(&guardian(NGOZI))).await;
    let mut posts = 0;
    // Other programs send no form, and no cookie of theirs counts.
    let forms = |route: &Route| route.method == Method::POST && route.audience != Audience::Program;
    for route in routes::table().into_iter().filter(forms) {
        posts += 1;
        let guest = welcome.come(&house, who_may(&route)).await;
        let (path, fields) = welcome.request(&house, &route, &guest).await;
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = house.place.everything_but(&[]).await;
        let there = (path.as_str(), takes_files(route.path));
        for forgery in &FORGERIES {
            let response = forgery.send(&guest, &other, there, &fields).await;
            let (status, page) = (response.status().as_u16(), response.text().await.unwrap());
            let what = format!("{} with {}: {status}", route.path, forgery.name);
            let as_expected = if forgery.headers.iter().any(|(name, _)| *name == "content-type") { 400 } else { 403 };
            assert_eq!(status, as_expected, "{what}");
            assert!(page.contains("NOT received") && page.contains("01632 960915"), "{what}\n{page}");
        }
        assert_eq!(house.place.everything_but(&[]).await, before, "{}", route.path);
        // The same form with everything right is taken for what it is.
        let honest = forged("nothing wrong", &[("sec-fetch-site", "same-origin")], Token::Right, Body::Form);
        let status = honest.send(&guest, &other, there, &fields).await.status().as_u16();
        // Nobody is asked to sign what they have asked for themselves: a good form leads nowhere either.
        let nowhere = route.path == paths::LEAVE_SIGN && status == 404;
        assert!(nowhere || [200, 303, 409, 422].contains(&status), "{}: {status}", route.path);
    }
    assert!(posts >= 15, "{posts}");
}

#[tokio::test]
async fn a_token_works_with_the_cookie_it_was_made_for_and_no_other() {
    let house = House::open().await;
    let mut one = house.browser();
    let mut other = house.browser();
    one.get(paths::SIGN_IN).await;
    other.get(paths::SIGN_IN).await;
    let crossed = house.browser().with_cookie(cookies::VISIT, &other.jar[cookies::VISIT]);
    let ask = async |browser: &Browser, token: &str| {
        browser.post(paths::SIGN_IN, &[("email", "a@example.org"), ("csrf", token)]).await.status.as_u16()
    };
    let (ones, others) = (one.token(), other.token());
    assert_eq!((ask(&one, &ones).await, ask(&crossed, &others).await), (200, 200));
    assert_eq!((ask(&crossed, &ones).await, ask(&house.browser(), &ones).await), (403, 403));
    // Not even with the first of two tokens right in the wrong place.
    let twice = one.post(paths::SIGN_IN, &[("email", "a@example.org"), ("csrf", &others), ("csrf", &ones)]).await;
    assert_eq!(twice.status, 403);
}

#[tokio::test]
async fn an_old_browser_without_the_new_headers_is_believed_by_its_origin() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(paths::SIGN_IN).await;
    let form = browser.form(&[("email", "a@example.org")]);
    let kind = format!("{FORM}; charset=UTF-8");
    let said = [("content-type", kind.as_str())];
    assert_eq!(browser.send(Method::POST, paths::SIGN_IN, &said, form).await.status, 200);
}

#[tokio::test]
async fn looking_at_any_page_changes_nothing() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    // Links that work, so that looking at them could use them up.
    let sent = house.browser().ask_code(NGOZI).await.expect("a message");
    let mut admin = house.staff("admin@demo.example").await;
    admin.get(paths::PEOPLE).await;
    let invited = [("name", "New"), ("email", "new@demo.example"), ("roles", "office")];
    assert_eq!(admin.post_form(paths::PEOPLE, &invited).await.status, 303);
    let invitation = house.site.mail_to("new@demo.example").await.remove(0);
    let joining = invitation.body.lines().find_map(|line| line.strip_prefix("https://hazelrow.example")).unwrap();
    let mut visits: Vec<(Browser, String)> = Vec::new();
    for route in routes::table().into_iter().filter(|route| route.method == Method::GET) {
        for who in Who::all() {
            let guest = welcome.come(&house, who).await;
            let path = welcome.request(&house, &route, &guest).await.0;
            visits.push((guest.browser, path));
        }
    }
    visits.extend([sent.link.as_str(), joining].map(|path| (house.browser(), path.to_owned())));
    let (shared, _) = house.device(RAHMAN, None).await;
    visits.push((shared, format!("{}?guardian={}", paths::SIGN_IN_WHO, guardian(RAHMAN))));
    // What looking may leave behind: who read whose words, that the office has seen a report, and that
    // everybody's figures left the school.
    let noted = ["reading", "report.seen_at", "report.seen_by", "journal", "journal_head"];
    let before = house.place.everything_but(&noted).await;
    for (browser, path) in &visits {
        for verb in [Method::GET, Method::HEAD] {
            let answer = browser.begin(verb, path, &[], Vec::new()).await.unwrap();
            assert!(answer.status().as_u16() < 500, "{path}");
        }
    }
    assert!(visits.len() > 300, "{}", visits.len());
    assert_eq!(house.place.everything_but(&noted).await, before);
}
