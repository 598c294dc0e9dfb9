//! Letters and photos: sent with a plain form, drawn anew, refused with a sentence, given to nobody
//! but who sent them and the staff who read reports.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use app::{paths, rules::reference::Reference};
use lopdf::{Object, dictionary};
use reqwest::Method;
use server::demo::people::{CHIDI, NGOZI};
use tempfile::TempDir;

use super::{
    browser::Browser,
    files::{MULTIPART, bomb, form, letter, letter_with_script, photo},
    guests::{added, reported},
    health::{SmallDisk, rows},
    house::{House, MONDAY, ORIGIN},
    page::{Answer, tags},
    people::pupil,
    program::{Program, demo},
    roster,
};

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// Ngozi's browser, and the receipt of her report for Ada.
async fn reported_ada(house: &House) -> (Browser, Reference) {
    let reference = reported(house, NGOZI, &pupil("Ada Okafor")).await;
    (house.device_of(NGOZI).await, reference)
}

/// Where the files on a page are downloaded.
fn downloads(page: &Answer) -> Vec<String> {
    let links = tags(page.text()).into_iter().filter(|tag| tag.name == "a" && tag.at("href").contains("/evidence/"));
    links.map(|tag| tag.at("href")).collect()
}

#[tokio::test]
async fn a_photo_from_a_phone_is_added_and_comes_back_with_nothing_but_the_picture() {
    let house = House::open().await;
    let (mut browser, reference) = reported_ada(&house).await;
    let receipt = look(&browser, &paths::receipt(&reference)).await;
    let path = paths::evidence(&reference);
    assert!(receipt.read().contains("You do not need one for an ordinary illness"), "{}", receipt.read());
    assert!(receipt.text().contains(&path));
    let page = browser.get(&path).await;
    assert!(page.read().contains("You do not need this for an ordinary illness"), "{}", page.read());
    let photo = photo(4032, 3024);
    let sent = browser
        .upload(&path, &[("IMG_2031.JPG", &photo), ("from the hospital.pdf", &letter(Default::default()))])
        .await;
    let page = browser.follow(&sent).await;
    assert!(page.read().contains("IMG_2031.jpg") && page.read().contains("from the hospital.pdf"), "{}", page.read());
    let files = downloads(&page);
    assert_eq!(files.len(), 2);
    let kept = look(&browser, &files[0]).await;
    assert_eq!(kept.header("content-type"), "image/jpeg");
    assert_eq!(kept.header("content-length"), kept.bytes.len().to_string());
    assert_eq!(
        kept.header("content-disposition"),
        "attachment; filename=\"IMG_2031.jpg\"; filename*=UTF-8''IMG_2031.jpg"
    );
    let seen = image::load_from_memory(&kept.bytes).unwrap();
    assert_eq!((seen.width(), seen.height()), (1800, 2400), "turned and made smaller");
    assert!(!kept.bytes.windows(3).any(|part| part == b"GPS") && photo.windows(3).any(|part| part == b"GPS"));
    let kept = look(&browser, &files[1]).await;
    assert_eq!((kept.header("content-type"), &kept.bytes), ("application/pdf", &letter(Default::default())));
    assert!(look(&browser, &paths::receipt(&reference)).await.read().contains("You added 2 files."));
    // Once more is once.
    assert_eq!(browser.upload(&path, &[("again.jpg", &photo)]).await.status, 303);
    assert_eq!(downloads(&look(&browser, &path).await).len(), 2);
    let opened = "reading WHERE reader_kind = 'guardian' AND what = 'evidence_file'";
    assert_eq!(house.place.count(opened).await, 2);
}

#[tokio::test]
async fn a_hostile_file_is_refused_with_a_sentence_and_takes_no_good_one_with_it() {
    let house = House::open().await;
    let (mut browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    browser.get(&path).await;
    let good = letter(Default::default());
    let long = format!("{}.pdf", "x".repeat(296));
    for (name, bytes, said) in [
        ("bomb.png", bomb(), "too large a picture"),
        ("letter.pdf", letter_with_script(), "a program or another file inside"),
        ("note.pdf.exe", good.clone(), "ends like another kind of file"),
        (long.as_str(), good.clone(), "very long name"),
        ("page.html", b"<script>alert(1)</script>".to_vec(), "is not a photo or a PDF"),
        ("photo.jpg", b"<svg onload=alert(1)>".to_vec(), "is not a photo or a PDF"),
        ("photo.heic", b"\0\0\0\x18ftypheic0000".to_vec(), "a kind of picture we cannot open"),
        ("half.jpg", photo(80, 60)[..300].to_vec(), "cannot be opened as a picture"),
        ("empty.jpg", Vec::new(), "has nothing in it"),
        ("<img src=x onerror=alert(1)>.exe", good.clone(), "ends like another kind of file"),
    ] {
        let answer = browser.upload(&path, &[(name, &bytes)]).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.read().contains(said) && answer.complaints() == ["files"], "{name}: {}", answer.read());
        assert!(answer.read().contains("One file was not added") && !answer.text().contains("<img"), "{name}");
        assert!(downloads(&answer).is_empty(), "{name}");
    }
    assert_eq!(house.place.count("evidence").await, 0);
    let mixed =
        browser.upload(&path, &[("a.png", &bomb()), ("good.pdf", &good), ("b.pdf", &letter_with_script())]).await;
    assert_eq!(mixed.status, 422);
    assert!(mixed.read().contains("2 files were not added") && mixed.read().contains("good.pdf"), "{}", mixed.read());
    assert_eq!(downloads(&mixed).len(), 1);
    // Nothing chosen: browsers send a file without a name.
    let nothing = browser.upload(&path, &[("", b"")]).await;
    assert!(nothing.status == 422 && nothing.read().contains("Choose a photo or a PDF first"), "{}", nothing.read());
}

#[tokio::test]
async fn six_files_are_five() {
    let house = House::open().await;
    let (mut browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    browser.get(&path).await;
    let photos: Vec<Vec<u8>> = (30..36).map(|width| photo(width, 30)).collect();
    let files: Vec<(&str, &[u8])> = photos.iter().map(|bytes| ("photo.jpg", bytes.as_slice())).collect();
    let answer = browser.upload(&path, &files).await;
    assert!(answer.status == 422 && answer.read().contains("is one too many"), "{}", answer.read());
    assert_eq!(downloads(&answer).len(), 5);
    assert!(answer.inputs("files").is_empty() && answer.read().contains("You have added 5 files"), "{}", answer.read());
    let remove = format!("{}/remove", downloads(&answer)[0]);
    let page = browser.post_form(&remove, &[]).await;
    let page = browser.follow(&page).await;
    assert_eq!((downloads(&page).len(), page.inputs("files").len()), (4, 1));
    assert_eq!(look(&browser, remove.strip_suffix("/remove").unwrap()).await.status, 404);
}

#[tokio::test]
async fn too_many_bytes_are_refused_with_a_page_that_arrives() {
    let house = House::open().await;
    let (mut browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    browser.get(&path).await;
    let (large, good) = (vec![b'x'; (10 << 20) + 1], letter(Default::default()));
    let answer = browser.upload(&path, &[("video.mp4", &large), ("good.pdf", &good)]).await;
    assert!(answer.status == 413 && answer.read().contains("is larger than 10 MB"), "{}", answer.read());
    assert_eq!(downloads(&answer).len(), 1, "what stood behind it was read");
    // All of the form is more than any may be: what was good before that has been kept.
    let huge = vec![b'x'; 54 << 20];
    let answer = browser.upload(&path, &[("video.mp4", &huge)]).await;
    assert!(answer.status == 413 && answer.read().contains("Those files are too large"), "{}", answer.read());
    assert!(answer.says_not_received());
    assert_eq!(downloads(&look(&browser, &path).await).len(), 1);
    // A field without an end is not read for ever, nor a head.
    let endless = [form(&[("csrf", &browser.token())], &[]), Vec::new()].concat();
    let start = endless.len() - 40;
    for inside in ["\r\n\r\n", "; filename=\"a\"\r\nX: "] {
        let mut body = endless[..endless.len() - "--\r\n".len()].to_vec();
        body.extend(format!("\r\nContent-Disposition: form-data; name=\"x\"{inside}").into_bytes());
        body.resize(start + (1 << 20), b'x');
        let answer = browser.send(Method::POST, &path, &[("content-type", MULTIPART)], body).await;
        assert!(answer.status == 400 && answer.says_not_received(), "{}: {}", answer.status, answer.read());
    }
    assert_eq!(look(&browser, paths::HOME).await.status, 200);
}

#[tokio::test]
async fn a_form_that_breaks_off_keeps_what_had_arrived_whole() {
    let house = House::open().await;
    let (mut browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    browser.get(&path).await;
    let body =
        form(&[("csrf", &browser.token())], &[("first.pdf", &letter(Default::default())), ("b.jpg", &photo(64, 64))]);
    let body = body[..body.len() - 200].to_vec();
    let answer = browser.send(Method::POST, &path, &[("content-type", MULTIPART)], body).await;
    assert!(answer.status == 400 && answer.says_not_received(), "{}", answer.read());
    assert_eq!(house.place.texts("SELECT name FROM evidence").await, ["first.pdf"]);
}

#[tokio::test]
async fn the_token_is_asked_for_before_any_file_is_read() {
    let house = House::open().await;
    let (browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    let token = browser.token();
    let mut last = form(&[], &[("a.jpg", &photo(40, 30))]);
    last.truncate(last.len() - "--\r\n".len());
    last.extend(format!("\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes());
    last.extend(b"------WebKitFormBoundaryxXx--\r\n");
    let answer = browser.send(Method::POST, &path, &[("content-type", MULTIPART)], last).await;
    assert!(answer.status == 403 && answer.says_not_received(), "{}", answer.read());
    assert_eq!(house.place.count("evidence").await, 0);
}

#[tokio::test]
async fn the_other_parent_sees_neither_the_files_nor_that_there_are_any() {
    let house = House::open().await;
    let (ngozi, hers) = reported_ada(&house).await;
    let his = reported(&house, CHIDI, &pupil("Ada Okafor")).await;
    let chidi = house.device_of(CHIDI).await;
    let pages = [paths::HOME.to_owned(), paths::RECEIPTS.to_owned(), paths::receipt(&his), paths::evidence(&his)];
    let mut before = Vec::new();
    for path in &pages {
        before.push(look(&chidi, path).await.masked());
    }
    let evidence = added(&house, NGOZI, &hers).await;
    assert_eq!(look(&ngozi, &paths::evidence_file(&hers, &evidence)).await.bytes, b"a letter");
    for (path, before) in pages.iter().zip(&before) {
        assert_eq!(&look(&chidi, path).await.masked(), before, "{path}");
    }
    let nothing = look(&chidi, "/no/such/page").await;
    for path in [paths::evidence(&hers), paths::evidence_file(&hers, &evidence), paths::evidence_file(&his, &evidence)]
    {
        let answer = look(&chidi, &path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (404, nothing.text()), "{path}");
    }
    let removed = chidi.post(&paths::evidence_remove(&his, &evidence), &[]).await;
    assert_eq!(removed.status, 404);
    assert_eq!(downloads(&look(&ngozi, &paths::evidence(&hers)).await).len(), 1);
}

#[tokio::test]
async fn staff_who_read_reports_open_files_and_it_is_noted() {
    let house = House::open().await;
    let (_, reference) = reported_ada(&house).await;
    let evidence = added(&house, NGOZI, &reference).await;
    let (list, file) = (paths::staff_evidence(&reference), paths::staff_evidence_file(&reference, &evidence));
    let mut office = house.staff("office@demo.example").await;
    let page = office.get(&list).await;
    assert!(page.read().contains("letter.pdf") && page.read().contains("Ada Okafor"), "{}", page.read());
    assert_eq!(downloads(&page), [file.as_str()]);
    assert!(!page.title().contains("Ada") && !page.title().contains("letter.pdf"));
    assert_eq!(look(&office, &file).await.bytes, b"a letter");
    let noted = house.place.texts("SELECT what FROM reading WHERE reader_kind = 'staff' ORDER BY at").await;
    assert_eq!(noted, ["evidence", "evidence_file"]);
    // On a projector names are hidden like other words.
    let day = MONDAY;
    assert_eq!(office.post_form(paths::BOARD_WORDS, &[("day", day), ("hide", "yes")]).await.status, 303);
    let hidden = office.get(&list).await;
    assert!(hidden.read().contains("File 1") && !hidden.text().contains("letter.pdf"), "{}", hidden.read());
    // Neither administrators nor anybody else.
    for email in ["admin@demo.example", "governor@demo.example", "dpo@demo.example", "deputy@demo.example"] {
        let other = house.staff(email).await;
        for path in [&list, &file] {
            let answer = look(&other, path).await;
            assert!(answer.status == 403 && !answer.text().contains("letter.pdf"), "{email} {path}: {}", answer.status);
        }
    }
    assert_eq!(house.place.count("reading WHERE reader_kind = 'staff'").await, 3);
    // What was withdrawn is no business of the school's any more.
    let mut ngozi = house.device_of(NGOZI).await;
    assert_eq!(ngozi.post_form(&paths::withdraw(&reference), &[]).await.status, 303);
    let nothing = look(&office, "/staff/no/such/page").await;
    for path in [&list, &file] {
        let answer = look(&office, path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (404, nothing.text()));
    }
}

#[tokio::test]
async fn once_the_day_is_coded_files_stay_and_more_may_come() {
    let house = House::open().await;
    let (mut ngozi, reference) = reported_ada(&house).await;
    let evidence = added(&house, NGOZI, &reference).await;
    let mut office = house.staff("office@demo.example").await;
    office.get(paths::BOARD).await;
    let ada = pupil("Ada Okafor").to_string();
    let coded = [("pupil", ada.as_str()), ("day", MONDAY), ("seen", ""), ("code", "I")];
    assert_eq!(office.post_form(paths::BOARD_CODE, &coded).await.status, 303);
    let path = paths::evidence(&reference);
    let page = ngozi.get(&path).await;
    assert!(page.read().contains("The school has recorded this day") && !page.text().contains("/remove"));
    let refused = ngozi.post_form(&paths::evidence_remove(&reference, &evidence), &[]).await;
    assert!(refused.status == 409 && downloads(&refused).len() == 1, "{}", refused.read());
    assert_eq!(ngozi.upload(&path, &[("asked for.jpg", &photo(40, 30))]).await.status, 303);
    assert_eq!(downloads(&ngozi.get(&path).await).len(), 2);
}

#[tokio::test]
async fn a_store_that_fails_says_that_nothing_was_received_and_loses_nothing() {
    let house = House::open().await;
    let (browser, reference) = reported_ada(&house).await;
    let path = paths::evidence(&reference);
    assert_eq!(browser.upload(&path, &[("first.jpg", &photo(40, 30))]).await.status, 303);
    // A table that takes no more stands for a disk that takes no more.
    house.place.by_hand("ALTER TABLE evidence_piece RENAME TO elsewhere").await;
    let answer = browser.upload(&path, &[("second.jpg", &photo(41, 30))]).await;
    assert!(answer.status == 503 && answer.says_not_received(), "{}", answer.read());
    house.place.by_hand("ALTER TABLE elsewhere RENAME TO evidence_piece").await;
    let page = look(&browser, &path).await;
    assert_eq!(downloads(&page).len(), 1);
    assert_eq!(look(&browser, &downloads(&page)[0]).await.header("content-type"), "image/jpeg");
    assert_eq!(browser.upload(&path, &[("second.jpg", &photo(41, 30))]).await.status, 303);
}

#[tokio::test]
async fn nobody_is_answered_while_still_sending_files() {
    let house = House::open().await;
    let (browser, reference) = reported_ada(&house).await;
    let (address, path) = (house.site.address, paths::evidence(&reference));
    let cookie: Vec<String> = browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    for (cookie, said) in [(String::new(), "You are signed out"), (cookie.join("; "), "This form is too old")] {
        let body = form(&[("csrf", "wrong")], &[("a.jpg", &vec![b'x'; 300_000])]);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: hazelrow.example\r\nOrigin: {ORIGIN}\r\nCookie: {cookie}\r\nContent-Type: {MULTIPART}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        // On a slow line the files come after the token; an answer before them would break the connection.
        let slow = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body[..1000]).unwrap();
            stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            let early = stream.read(&mut [0; 512]).is_ok();
            stream.write_all(&body[1000..]).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).map(|_| (early, answer))
        };
        let (early, answer) = tokio::task::spawn_blocking(slow).await.unwrap().expect("a whole answer");
        assert!(!early && answer.starts_with("HTTP/1.1 403"), "{answer}");
        assert!(answer.contains(said) && answer.contains("NOT received"), "{answer}");
    }
}

#[tokio::test]
async fn the_last_room_on_a_disk_is_left_to_reports() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("skipped: only root may mount a small disk");
        return;
    };
    let data = disk.0.path().join("data");
    let program = Program::start(TempDir::new().unwrap(), &data, demo(&data)).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    let page = browser.get(&paths::report_child(&pupil("Ada Okafor"))).await;
    let (id, who) = (page.hidden("submission").unwrap(), pupil("Ada Okafor").to_string());
    let said = [("day", MONDAY), ("part", "all"), ("reason", "cold")];
    let fields = [&[("submission", id.as_str()), ("who", &who)][..], &said].concat();
    let path = format!("{}/evidence", browser.post_form(paths::REPORT, &fields).await.location());
    browser.get(&path).await;
    let small = letter(Default::default());
    let large = letter(dictionary! { "Scan" => Object::string_literal(vec![b'a'; 9 << 20]) });
    for file in [&large, &small] {
        let answer = browser.upload(&path, &[("letter.pdf", file)]).await;
        assert!(answer.status == 503 && answer.says_not_received(), "{}", answer.read());
    }
    assert!(downloads(&browser.get(&path).await).is_empty());
    let mut office = program.browser();
    office.staff("office@demo.example").await;
    office.get(paths::ROSTER).await;
    let roster = roster::hand_in(&office, server::demo::roster::csv().as_bytes()).await;
    assert!(roster.status == 503 && roster.says_not_received(), "{}", roster.read());
    assert_eq!(rows(&data, "file_import").await, 0);
    let fields = [("who", pupil("Sam Okafor").to_string()), ("submission", id.replace(&id[..4], "aaaa"))];
    let fields = [&fields.each_ref().map(|(name, value)| (*name, value.as_str()))[..], &said].concat();
    assert_eq!(browser.post_form(paths::REPORT, &fields).await.status, 303);
    assert_eq!(rows(&data, &format!("report WHERE day = '{MONDAY}'")).await, 2);
}
