//! The headers of every answer, what may be kept and for how long, and that packed pages unpack.

use std::{collections::BTreeSet, io::Read};

use app::{paths, rules::access::Role};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use reqwest::{Method, Response};
use server::{demo::people::NGOZI, routes};
use sha2::{Digest, Sha256};

use super::{
    browser::Browser,
    guests::{Welcome, Who},
    house::House,
    page::{Answer, between},
    program::Program,
};

/// What every answer says, whatever it is.
const ALWAYS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("strict-transport-security", "max-age=63072000"),
];

/// The whole policy, with the hash of the sheet that this page carries.
fn policy(page: &str) -> String {
    let sheet = between(page, "<style>", "</style>").expect("the sheet in the page");
    let hash = BASE64.encode(Sha256::digest(sheet.as_bytes()));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-{hash}'; connect-src 'self'; \
         img-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// What is wrong with the headers of an answer, if anything.
fn complaints(response: &Response, policy: &str, keeps: &str) -> Vec<String> {
    let mut all = ALWAYS.to_vec();
    all.extend([("content-security-policy", policy), ("cache-control", keeps)]);
    let wrong = all.iter().filter(|(name, value)| {
        response.headers().get_all(*name).iter().count() != 1 || header(response, name) != *value
    });
    let mut found: Vec<String> = wrong.map(|(name, _)| format!("{name}: {}", header(response, name))).collect();
    for chatty in ["server", "x-powered-by", "access-control-allow-origin"] {
        found.extend(response.headers().get(chatty).map(|value| format!("{chatty}: {value:?}")));
    }
    found
}

#[tokio::test]
async fn every_answer_of_every_route_carries_every_header() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let policy = policy(house.browser().get(paths::SIGN_IN).await.text());
    let mut wrong = Vec::new();
    let mut statuses = BTreeSet::new();
    for route in routes::table() {
        for who in [
            Who::Nobody,
            Who::Full,
            Who::View,
            Who::HalfSignedIn,
            Who::Staff(Role::Office),
            Who::Staff(Role::Administrator),
        ] {
            let guest = welcome.come(&house, who).await;
            let (path, fields) = welcome.request(&house, &route, &guest).await;
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let response = guest.asks(&route, &path, &fields).await;
            let file = [
                paths::EVIDENCE_FILE,
                paths::STAFF_EVIDENCE_FILE,
                paths::LEAVE_PDF,
                paths::LEAVE_FILE,
                paths::PAPER_FILE,
                paths::STAFF_LEAVE_FILE,
                paths::LEAVING_PDF,
                paths::LEAVING_FILE,
                paths::STAFF_NOTICE_PDF,
                paths::STAFF_NOTICE_FILE,
                paths::POLICY_FILE,
                paths::DECLARATION_PDF,
                paths::DECLARATION_SCAN,
            ]
            .contains(&route.path);
            let (policy, file) = match file && response.status() == 200 {
                true => ("default-src 'none'; sandbox", true),
                false => (policy.as_str(), false),
            };
            let keeps = match route.path {
                _ if file => "private, no-store",
                paths::ASSETS => "public, max-age=31536000, immutable",
                // Their addresses do not change with what is in them.
                "/robots.txt" | "/favicon.ico" => "public, max-age=3600",
                _ => "no-store",
            };
            statuses.insert(response.status().as_u16());
            let found = complaints(&response, policy, keeps);
            wrong.extend(found.into_iter().map(|what| format!("{} {path} for {who:?}: {what}", route.method)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(statuses.is_superset(&[200, 303, 403, 404, 422].into()), "{statuses:?}");
}

#[tokio::test]
async fn every_error_carries_every_header() {
    let house = House::with(|plan| plan.coarse = Some(8)).await;
    let browser = house.device_of(NGOZI).await;
    let policy = policy(browser.send(Method::GET, paths::HOME, &[], Vec::new()).await.text());
    let form = [("content-type", "text/plain")];
    for (status, method, path, headers, length) in [
        (404, Method::GET, "/no/such/page", [].as_slice(), 0),
        (404, Method::DELETE, paths::HOME, &[], 0),
        (404, Method::GET, "/assets/missing", &[], 0),
        (403, Method::POST, paths::REPORT, &[], 0),
        (400, Method::POST, paths::REPORT, &form, 0),
        (413, Method::POST, paths::REPORT, &[], 100_000),
        (421, Method::GET, paths::HOME, &[("host", "evil.example")], 0),
    ] {
        let response = browser.begin(method, path, headers, vec![b'x'; length]).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(complaints(&response, &policy, "no-store"), Vec::<String>::new(), "{status} {path}");
    }
    house.portal.store.close().await;
    let mut seen = BTreeSet::new();
    for _ in 0..60 {
        let response = browser.begin(Method::GET, paths::HOME, &[], Vec::new()).await.unwrap();
        seen.insert(response.status().as_u16());
        assert_eq!(complaints(&response, &policy, "no-store"), Vec::<String>::new(), "{}", response.status());
    }
    assert_eq!(seen, [429, 503].into());
}

#[tokio::test]
async fn no_promise_of_https_is_made_where_there_is_none() {
    let program = Program::demo().await;
    let answer = program.browser().get(paths::SIGN_IN).await;
    assert_eq!((answer.status.as_u16(), answer.header("strict-transport-security")), (200, ""));
}

#[tokio::test]
async fn cookies_are_for_this_host_over_https_and_no_script() {
    let house = House::open().await;
    let mut browser = house.browser();
    let mut answers = vec![browser.get(paths::SIGN_IN).await, browser.sign_in(NGOZI).await];
    browser.half_staff("office@demo.example").await;
    let code = browser.app_code("office@demo.example").await;
    answers.push(browser.post_form(paths::STAFF_SECOND_FACTOR, &[("code", &code)]).await);
    browser.get(paths::BOARD).await;
    answers.push(browser.post_form(paths::STAFF_SIGN_OUT, &[]).await);
    let cookies = answers.iter().flat_map(|answer| answer.headers.get_all("set-cookie"));
    let cookies: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(cookies.len() >= 5, "{cookies:?}");
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-nf"), "{cookie}");
        let (_, said) = cookie.split_once(';').unwrap();
        assert!(said.starts_with(" Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="), "{cookie}");
    }
}

/// Every built file that pages, the script and the manifest name.
async fn assets(browser: &Browser, pages: &[&Answer]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut texts: Vec<String> = pages.iter().map(|page| page.text().to_owned()).collect();
    while let Some(text) = texts.pop() {
        let ends = |c: char| !(c.is_ascii_alphanumeric() || ".-_/".contains(c));
        for (at, _) in text.match_indices("/assets/") {
            let path = text[at..].split(ends).next().unwrap().to_owned();
            if found.insert(path.clone()) {
                let file = browser.send(Method::GET, &path, &[], Vec::new()).await;
                assert_eq!(file.status, 200, "{path}");
                texts.extend(String::from_utf8(file.bytes));
            }
        }
    }
    found
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answer.header("content-encoding") {
        "br" => drop(brotli::Decompressor::new(answer.bytes.as_slice(), 4096).read_to_end(&mut bytes).unwrap()),
        "gzip" => drop(flate2::read::GzDecoder::new(answer.bytes.as_slice()).read_to_end(&mut bytes).unwrap()),
        "" => bytes.clone_from(&answer.bytes),
        other => panic!("{other}"),
    }
    bytes
}

#[tokio::test]
async fn a_built_file_is_kept_for_ever_and_unpacks_to_itself() {
    let house = House::open().await;
    let parent = house.device_of(NGOZI).await;
    let office = house.staff("office@demo.example").await;
    let home = parent.send(Method::GET, paths::HOME, &[], Vec::new()).await;
    let board = office.send(Method::GET, paths::BOARD, &[], Vec::new()).await;
    let assets = assets(&parent, &[&home, &board]).await;
    for kind in [".css", ".js", ".wasm", ".svg", ".png", ".webmanifest"] {
        assert!(assets.iter().any(|path| path.ends_with(kind)), "no {kind} in {assets:?}");
    }
    for path in assets {
        let plain = parent.send(Method::GET, &path, &[], Vec::new()).await;
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        let kind = match path.rsplit('.').next().unwrap() {
            "js" => "text/javascript",
            "css" => "text/css",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "webmanifest" => "application/manifest+json",
            other => panic!("{other}"),
        };
        assert!(plain.header("content-type").starts_with(kind), "{path}: {}", plain.header("content-type"));
        for (accepts, coding) in [("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("identity", "")] {
            let packed = parent.send(Method::GET, &path, &[("accept-encoding", accepts)], Vec::new()).await;
            let used = packed.header("content-encoding");
            // Pictures gain nothing; what is text does.
            assert!(used == coding || (used.is_empty() && kind == "image/png"), "{path}: {used}");
            assert!(used.is_empty() || packed.bytes.len() < plain.bytes.len(), "{path}");
            assert!(unpacked(&packed) == plain.bytes, "{path} as {used}");
            assert_eq!(packed.header("vary"), "accept-encoding", "{path}");
        }
    }
}

#[tokio::test]
async fn a_packed_page_is_the_same_page() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    for path in [paths::HOME, paths::REPORT, paths::RECEIPTS, paths::DEVICES, paths::SIGN_IN, "/no/such/page"] {
        let plain = browser.send(Method::GET, path, &[], Vec::new()).await;
        for (accepts, coding) in
            [("br", ""), ("gzip, deflate, br, zstd", "gzip"), ("gzip;q=0.5", "gzip"), ("deflate", ""), ("gzip;q=0", "")]
        {
            let packed = browser.send(Method::GET, path, &[("accept-encoding", accepts)], Vec::new()).await;
            assert_eq!((packed.header("content-encoding"), packed.status), (coding, plain.status), "{path} {accepts}");
            let length = packed.header("content-length");
            assert!(length.is_empty() || length == packed.bytes.len().to_string(), "{path}: {length}");
            let again = Answer { bytes: unpacked(&packed), ..packed.clone() };
            assert_eq!(again.masked(), plain.masked(), "{path} {accepts}");
            if path == "/no/such/page" {
                assert_eq!(again.bytes, plain.bytes);
            }
            assert!(coding.is_empty() || packed.bytes.len() < plain.bytes.len() / 2, "{path}");
        }
    }
}
