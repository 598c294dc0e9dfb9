//! Other programs: a token made on a page, marks as JSON by the same rules as a file's.

use app::{paths, rules::calendar::Session};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    browser::Browser,
    house::House,
    page::{Answer, between},
    people::pupil,
};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn admin(house: &House) -> Browser {
    house.session(&house.staff_ids().await["admin@demo.example"], true).await
}

/// A token as the administrator's page shows it, once.
async fn token(house: &House) -> String {
    let mut admin = admin(house).await;
    admin.get(paths::TOKENS).await;
    let made = admin.post(paths::TOKENS, &[("name", "MIS, every night"), ("days", "365")]).await;
    assert_eq!(made.status, 200, "{}", made.main());
    let secret = between(made.text(), "<code class=\"secret\">", "</code>").expect("a secret").to_owned();
    assert!(!admin.get(paths::TOKENS).await.text().contains(&secret), "shown once");
    secret
}

async fn send(browser: &Browser, secret: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let bearer = format!("Bearer {secret}");
    let mut all = vec![("authorization", bearer.as_str()), ("origin", "")];
    all.extend(headers);
    browser.send(Method::POST, paths::API_MARKS, &all, body.to_string().into_bytes()).await
}

fn read(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

async fn number(house: &House) -> String {
    let id = pupil("Ada Okafor");
    house.place.texts(&format!("SELECT mis_id FROM pupil WHERE pupil_id = '{id}'")).await.remove(0)
}

#[tokio::test]
async fn rows_come_in_once_and_what_does_not_fit_is_told_by_its_row() {
    let house = House::open().await;
    let (secret, program, number) = (token(&house).await, house.browser(), number(&house).await);
    let row = |date: &str, session: &str, mark: &str| json!({"number": number, "date": date, "session": session, "mark": mark});
    let mut late = row("2026-11-20", "PM", "L");
    late["minutes_late"] = json!(7);
    late["comment"] = json!("bus\nlate");
    let rows = json!([row("20/11/2026", "AM", "I"), late, row("2026-11-21", "AM", "/"), row("2026-11-20", "AM", "?"), {"upn": "X", "date": "2026-11-20", "session": "AM", "mark": "/"}]);
    let dry = send(&program, &secret, &[JSON], &json!({"dry_run": true, "marks": rows})).await;
    assert_eq!((dry.status, read(&dry)["added"].as_u64()), (StatusCode::OK, Some(2)), "{}", dry.text());
    assert_eq!(house.place.count("mark").await, 0);
    let body = json!({"marks": rows});
    let came = read(&send(&program, &secret, &[JSON], &body).await);
    assert_eq!((&came["added"], &came["set_aside"]["count"]), (&json!(2), &json!(3)), "{came}");
    let asides: Vec<(u64, &str)> = came["set_aside"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["row"].as_u64().unwrap(), line["why"].as_str().unwrap()))
        .collect();
    assert_eq!(asides.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(asides[0].1.contains("weekend"), "{asides:?}");
    assert!(!came.to_string().contains("Okafor"), "{came}");
    let again = read(&send(&program, &secret, &[JSON], &body).await);
    assert_eq!((&again["added"], &again["as_before"]), (&json!(0), &json!(2)));
    let friday = "2026-11-20".parse().unwrap();
    let marks = house.portal.school.marks_of(&pupil("Ada Okafor"), friday..=friday).await.unwrap();
    assert_eq!((marks.len(), marks[1].session, marks[1].minutes_late), (2, Session::Pm, Some(7)));
    let token_id = house.place.texts("SELECT token_id FROM api_token WHERE used_at IS NOT NULL").await.remove(0);
    let lines = format!("journal WHERE action = 'import_marks' AND actor_kind = 'token' AND actor_id = '{token_id}'");
    assert_eq!(house.place.count(&lines).await, 2);
    // Staff see it among the last files, by the token's name.
    let page = house.staff("office@demo.example").await.get(paths::MARKS).await.read();
    assert!(page.contains("MIS, every night, by another program"), "{page}");
}

#[tokio::test]
async fn a_dry_run_does_not_tell_which_marks_are_here_and_every_request_is_noted() {
    let house = House::open().await;
    let (secret, program, number) = (token(&house).await, house.browser(), number(&house).await);
    let row = |date: &str, session: &str, mark: &str| json!({"number": number, "date": date, "session": session, "mark": mark});
    let rows = json!([
        row("2026-11-19", "AM", "I"),
        row("2026-11-19", "PM", "W"),
        row("2026-11-20", "AM", "N"),
        row("2026-11-20", "PM", "/"),
        row("2026-11-18", "AM", "I")
    ]);
    let seeded = json!({"marks": rows.as_array().unwrap()[..4]});
    assert_eq!(read(&send(&program, &secret, &[JSON], &seeded).await)["added"], 4);
    let token_id = house.place.texts("SELECT token_id FROM api_token").await.remove(0);
    let noted = async |what: &str, days: &str| {
        house
            .place
            .count(&format!(
                "reading WHERE reader_kind = 'token' AND reader_id = '{token_id}' AND what = '{what}' AND subject_id = '{days}'"
            ))
            .await
    };
    assert_eq!(noted("marks_request", "2026-11-19..2026-11-20").await, 1);
    let before = house.place.everything_but(&["reading", "api_token.used_at"]).await;
    let mut asked = 0;
    for previous in [false, true] {
        let body = json!({"dry_run": true, "previous_school": previous, "marks": rows});
        let mut answers = Vec::new();
        for source in ["import", "staff", "previous-school"] {
            for code in ["I", "N", "W", "/"] {
                house.place.by_hand(&format!("UPDATE mark SET code = '{code}', source = '{source}'")).await;
                answers.push(read(&send(&program, &secret, &[JSON], &body).await));
                asked += 1;
            }
        }
        let first = &answers[0];
        assert!(answers.iter().all(|answer| answer == first), "{answers:#?}");
        assert_eq!((&first["added"], &first["already_here"]), (&json!(1), &json!(4)), "{first}");
        assert!(first.get("changed").is_none() && first.get("as_before").is_none(), "{first}");
    }
    assert_eq!(noted("marks_dry_run", "2026-11-18..2026-11-20").await, asked);
    for (session, day, code) in [("AM", 19, "I"), ("PM", 19, "W"), ("AM", 20, "N"), ("PM", 20, "/")] {
        let set = format!(
            "UPDATE mark SET code = '{code}', source = 'import' WHERE session = '{session}' AND day = '2026-11-{day}'"
        );
        house.place.by_hand(&set).await;
    }
    assert_eq!(house.place.everything_but(&["reading", "api_token.used_at"]).await, before, "nothing came in");
}

#[tokio::test]
async fn only_a_token_that_works_opens_it_and_no_cookie_does() {
    let house = House::open().await;
    let (secret, program) = (token(&house).await, house.browser());
    let body = json!({"marks": []});
    assert_eq!(send(&program, &secret, &[JSON], &body).await.status, 200);
    let office = house.staff("office@demo.example").await;
    for answer in [
        office.send(Method::POST, paths::API_MARKS, &[JSON], body.to_string().into_bytes()).await,
        send(&program, &"A".repeat(43), &[JSON], &body).await,
        send(&program, "short", &[JSON], &body).await,
        send(&program, &format!("{secret}A"), &[JSON], &body).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"));
        assert!(read(&answer)["error"].as_str().unwrap().contains("token"));
    }
    house.place.by_hand("UPDATE api_token SET scope = 'other'").await;
    assert_eq!(send(&program, &secret, &[JSON], &body).await.status, 403);
    house.place.by_hand("UPDATE api_token SET scope = 'marks'").await;
    let later = house.later(366 * 24 * 60).await;
    assert_eq!(send(&program.at(&later.site), &secret, &[JSON], &body).await.status, 401, "it has run out");
    assert_eq!(send(&program, &secret, &[JSON], &body).await.status, 200);
    let mut admin = admin(&house).await;
    let list = admin.get(paths::TOKENS).await;
    let revoke = format!("/staff/tokens/{}/revoke", between(list.text(), "/staff/tokens/", "/revoke").unwrap());
    assert_eq!(admin.post(&revoke, &[]).await.status, 303);
    assert_eq!(send(&program, &secret, &[JSON], &body).await.status, 401, "revoked");
    assert!(admin.get(paths::TOKENS).await.read().contains("revoked"));
    assert!(
        !house.place.texts("SELECT token_hash FROM api_token").await.contains(&secret),
        "the secret is kept nowhere"
    );
}

#[tokio::test]
async fn what_is_no_such_request_is_said_in_json_and_quotes_nothing() {
    let house = House::open().await;
    let (secret, program) = (token(&house).await, house.browser());
    let status = async |headers: &[(&str, &str)], body: &[u8]| {
        let bearer = format!("Bearer {secret}");
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend(headers);
        let answer = program.send(Method::POST, paths::API_MARKS, &all, body.to_vec()).await;
        let said = read(&answer)["error"].as_str().unwrap().to_owned();
        assert!(!said.contains("canary") && said.ends_with(['.', '!']), "{said}");
        answer.status.as_u16()
    };
    assert_eq!(status(&[("content-type", "text/csv")], b"canary").await, 415);
    assert_eq!(status(&[JSON, ("content-encoding", "gzip")], b"canary").await, 415);
    let wrong: [&[u8]; 8] = [
        b"",
        b"canary",
        b"{\"marks\": [{\"canary\": 1}]}",
        b"{\"marks\": [{\"upn\": {\"canary\": 1}}]}",
        b"{\"marks\": [{\"upn\": [\"canary\"]}]}",
        b"{\"marks\": [{\"upn\": true}]}",
        b"[]",
        b"{\"marks\": \"canary\"}",
    ];
    for body in wrong {
        assert_eq!(status(&[JSON], body).await, 422, "{}", String::from_utf8_lossy(body));
    }
    assert_eq!(status(&[JSON], format!("{{\"marks\": {}", "[".repeat(100_000)).as_bytes()).await, 422);
    assert_eq!(status(&[JSON], &vec![b' '; (8 << 20) + 1]).await, 413);
    let many = json!({"marks": vec![json!({}); 20_001]}).to_string();
    assert_eq!(status(&[JSON], many.as_bytes()).await, 413);
    let millions = format!("{{\"marks\": [{}]}}", vec!["{}"; 2_000_000].join(","));
    assert_eq!(status(&[JSON], millions.as_bytes()).await, 413);
    for _ in 0..40 {
        if status(&[JSON], b"{}").await == 429 {
            return;
        }
    }
    panic!("nobody stops a program that asks for ever");
}

#[tokio::test]
async fn a_token_has_a_name_and_an_end_and_is_made_with_a_fresh_code() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    admin.get(paths::TOKENS).await;
    let answer = admin.post(paths::TOKENS, &[("name", " "), ("days", "99999")]).await;
    assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["name".to_owned(), "days".to_owned()]));
    let hour = house.later(60).await;
    let stale = admin.at(&hour.site).post(paths::TOKENS, &[("name", "MIS"), ("days", "30")]).await;
    assert_eq!(stale.location(), paths::staff_prove(paths::TOKENS));
    assert_eq!(house.place.count("api_token").await, 0);
}
