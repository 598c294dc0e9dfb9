//! Load as attack: too much, too many, too slow, from the wrong host, through a proxy that lies.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use app::paths;
use reqwest::Method;
use server::demo::people::NGOZI;

use super::{
    browser::{Browser, FORM, Site},
    house::{House, ORIGIN},
    program::Program,
};

/// How long the program waits for a request's head, as `serve` has it.
const HEAD: Duration = Duration::from_secs(10);

/// Sends these bytes and reads until the other end closes, or for so long.
fn exchange(address: SocketAddr, bytes: &[u8], patience: Duration) -> (String, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    // The other end may close before it has everything: that is its right.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..length]);
    }
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

async fn nothing_was_written(house: &House) {
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn ten_megabytes_are_refused_with_a_page_that_arrives() {
    let program = Program::demo().await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    let form = browser.get(paths::REPORT).await;
    let mut body = browser.form(&[("submission", &form.hidden("submission").unwrap())]);
    body.extend_from_slice(b"&note=");
    body.resize(10 << 20, b'x');
    let begun = Instant::now();
    let answer = browser.send(Method::POST, paths::REPORT, &[], body).await;
    assert!(answer.status == 413 && answer.says_not_received(), "{}: {}", answer.status, answer.main());
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert_eq!(browser.get(paths::HOME).await.status, 200);
}

#[tokio::test]
async fn whoever_asks_too_often_gets_the_page_that_says_so() {
    let house = House::with(|plan| plan.coarse = Some(1)).await;
    let browser = house.device_of(NGOZI).await;
    let mut refused = None;
    for _ in 0..12 {
        let answer = browser.post(paths::REPORT, &[("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm")]).await;
        refused = refused.or(Some(answer).filter(|answer| answer.status == 429));
    }
    let refused = refused.expect("a limit");
    assert!(refused.says_not_received(), "{}", refused.main());
}

#[tokio::test]
async fn nobody_is_answered_while_still_sending() {
    let house = House::open().await;
    let address = house.site.address;
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: hazelrow.example\r\nOrigin: {ORIGIN}\r\nContent-Type: {FORM}\r\nContent-Length: 20000\r\n",
        paths::REPORT
    );
    // On a slow line the form comes after its head; an answer before it would break the connection.
    let slow = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let early = stream.read(&mut [0; 512]).is_ok();
        stream.write_all(&[b'x'; 20_000]).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map(|_| (early, answer))
    };
    let (early, answer) = tokio::task::spawn_blocking(slow).await.unwrap().expect("a whole answer");
    assert!(!early && answer.starts_with("HTTP/1.1 403") && answer.contains("NOT received"), "{answer}");
}

#[tokio::test]
async fn a_hundred_thousand_fields_are_refused_whole() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    for (fields, status) in [("a=1&".repeat(100_000), 413), ("a&".repeat(20_000), 400), ("&".repeat(60_000), 422)] {
        let token = browser.form(&[("submission", "mmmmmmmmmmmmmmmmmmmmmmmmmm")]);
        let body = [token, b"&".to_vec(), fields.into_bytes()].concat();
        let length = body.len();
        let answer = browser.send(Method::POST, paths::REPORT, &[], body).await;
        assert_eq!(answer.status, status, "{length} bytes");
        assert!(status == 422 || answer.says_not_received(), "{}", answer.main());
    }
    nothing_was_written(&house).await;
}

#[tokio::test]
async fn packed_bodies_are_not_unpacked() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let bomb = [browser.form(&[]), b"&note=".to_vec(), vec![b'x'; 20 << 20]].concat();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&bomb).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 64 * 1024);
    for coding in ["gzip", "br", "deflate", "zstd", "gzip, gzip"] {
        let begun = Instant::now();
        let answer = browser.send(Method::POST, paths::REPORT, &[("content-encoding", coding)], packed.clone()).await;
        assert!([400, 403, 415].contains(&answer.status.as_u16()), "{coding}: {}", answer.status);
        assert!(answer.says_not_received(), "{}", answer.main());
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    }
    nothing_was_written(&house).await;
}

#[tokio::test]
async fn a_foreign_host_gets_nothing() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    for host in ["evil.example", "hazelrow.example.evil.example", "hazelrow.example:8443", "127.0.0.1", ""] {
        let site = Site { origin: format!("https://{host}"), ..house.site.clone() };
        let answer =
            browser.at(&site).send(Method::GET, paths::HOME, &[("host", "x"), ("host", host)], Vec::new()).await;
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("Ada") && !answer.text().contains("evil"), "{}", answer.text());
    }
    let capitals = browser.send(Method::GET, paths::HOME, &[("host", "HazelRow.Example")], Vec::new()).await;
    assert_eq!(capitals.status, 200);
    // Whoever watches the program asks by its address.
    let watch = browser.send(Method::GET, paths::HEALTHZ, &[("host", "10.0.0.1:9150")], Vec::new()).await;
    assert_eq!(watch.status, 200);
    // Two hosts are one too many.
    let two = "GET / HTTP/1.1\r\nHost: hazelrow.example\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    let address = house.site.address;
    let wait = move || exchange(address, two.as_bytes(), Duration::from_secs(5)).0;
    let answer = tokio::task::spawn_blocking(wait).await.unwrap();
    assert!(!answer.contains("evil"), "{answer}");
}

#[tokio::test]
async fn a_head_that_does_not_end_is_cut_off() {
    let program = Program::demo().await;
    let address = program.site.address;
    let slow = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let begun = Instant::now();
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\nX-Slow: ").as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(250))).unwrap();
        let mut piece = [0; 512];
        loop {
            match stream.read(&mut piece) {
                Ok(0) => return begun.elapsed(),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    // A byte now and then does not buy more time.
                    let _ = stream.write_all(b"x");
                }
                Err(_) => return begun.elapsed(),
            }
            assert!(begun.elapsed() < HEAD + Duration::from_secs(2), "still open");
        }
    };
    let closed = tokio::task::spawn_blocking(slow).await.unwrap();
    assert!(closed + Duration::from_millis(500) > HEAD, "{closed:?}");
}

#[tokio::test]
async fn a_head_too_large_is_refused() {
    let program = Program::demo().await;
    let address = program.site.address;
    for head in [
        format!("GET /{} HTTP/1.1\r\nHost: {address}\r\n\r\n", "x".repeat(200_000)),
        format!("GET / HTTP/1.1\r\nHost: {address}\r\nX: {}\r\n\r\n", "x".repeat(200_000)),
        format!("GET / HTTP/1.1\r\nHost: {address}\r\n{}\r\n", "X: x\r\n".repeat(2_000)),
    ] {
        let wait = move || exchange(address, head.as_bytes(), Duration::from_secs(3)).0;
        let answer = tokio::task::spawn_blocking(wait).await.unwrap();
        assert!(!answer.starts_with("HTTP/1.1 2") && !answer.starts_with("HTTP/1.1 3"), "{answer}");
    }
    assert_eq!(program.browser().get(paths::HEALTHZ).await.status, 200);
}

#[tokio::test]
async fn five_hundred_idle_connections_hold_nobody_up() {
    let program = Program::demo().await;
    let idle: Vec<TcpStream> = (0..500).map(|_| TcpStream::connect(program.site.address).unwrap()).collect();
    let begun = Instant::now();
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    assert_eq!(browser.get(paths::HOME).await.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    drop(idle);
}

/// How many of twelve requests get through, each said to come from somewhere else.
async fn let_through(site: &Site, forwarded: impl Fn(usize) -> String) -> usize {
    let browser = Browser::of(site);
    let mut through = 0;
    for turn in 0..12 {
        let answer =
            browser.send(Method::GET, paths::SIGN_IN, &[("x-forwarded-for", &forwarded(turn))], Vec::new()).await;
        assert!([200, 429].contains(&answer.status.as_u16()), "{}", answer.status);
        through += usize::from(answer.status == 200);
    }
    through
}

#[tokio::test]
async fn only_a_trusted_proxy_is_believed_about_addresses() {
    let trusting = House::with(|plan| plan.coarse = Some(1)).await;
    let alone = House::with(|plan| {
        plan.coarse = Some(1);
        plan.file.site.trusted_proxies = vec!["192.0.2.1".parse().unwrap()];
    })
    .await;
    assert_eq!(let_through(&trusting.site, |turn| format!("198.51.100.{turn}")).await, 12);
    // Four at once and one a second: twelve never pass within a second or two.
    for (house, forwarded) in [
        (&alone, (|turn| format!("198.51.100.{turn}")) as fn(usize) -> String),
        // A client's own words stand before what the proxy saw.
        (&trusting, |turn| format!("198.51.100.{turn}, 203.0.113.1")),
        (&trusting, |turn| format!("203.0.113.{turn}, 203.0.113.2:4711")),
        (&trusting, |turn| format!("198.51.100.{turn}, [2001:db8::1]:4711")),
        (&trusting, |turn| format!("198.51.100.{turn}, unknown")),
    ] {
        let through = let_through(&house.site, forwarded).await;
        assert!((4..9).contains(&through), "{}: {through}", forwarded(1));
    }
}

#[tokio::test]
async fn a_request_hidden_in_the_body_of_another_is_no_request() {
    let house = House::open().await;
    let address = house.site.address;
    // A second request hidden in the body of the first is a body, not a request.
    let smuggled = "GET /demo/mail HTTP/1.1\r\nHost: hazelrow.example\r\n\r\n";
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: hazelrow.example\r\nOrigin: {ORIGIN}\r\nContent-Type: {FORM}\r\n\
         Content-Length: {}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n{smuggled}",
        smuggled.len()
    );
    let wait = move || exchange(address, request.as_bytes(), Duration::from_secs(5)).0;
    let answer = tokio::task::spawn_blocking(wait).await.unwrap();
    assert!(!answer.contains("Demo mail") && answer.matches("HTTP/1.1").count() <= 1, "{answer}");
}
