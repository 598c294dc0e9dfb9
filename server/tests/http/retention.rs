//! What has been kept for long enough goes, and nothing else: nobody leaves a trace once their years are over, and nobody
//! loses a word before.

use std::collections::BTreeMap;

use app::{
    paths,
    rules::{
        id::SubmissionId,
        retention::{Kind, Retention},
        school_year::SchoolYear,
    },
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use server::{demo::people::NGOZI, store::journal::Verdict};

use super::{
    address_secret::{decided, staff},
    declarations::{declared, published, published_anew},
    details::asked_for_change,
    house::{House, MONDAY},
    leave::{look, okafors},
    leave_forms::begun,
    leaving_forms::gave_notice,
    page::Answer,
    people::{guardian, pupil},
};

const HEAD: &str = "head@demo.example";
const OFFICER: &str = "dpo@demo.example";

/// What a school keeps about itself. Nobody's child, parent or word is in these.
const OF_THE_SCHOOL: [&str; 20] = [
    "api_token",
    "calendar",
    "class",
    "form_version",
    "heading",
    "journal",
    "journal_head",
    "letter_template",
    "policy_draft",
    "policy_file",
    "policy_file_piece",
    "policy_version",
    "recovery_code",
    "retention_day",
    "school",
    "setting",
    "staff",
    "staff_role",
    "sign_in",
    "throttle",
];

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()).and_utc()
}

/// The whole round of a day; how many steps it took.
async fn round(house: &House, says: Retention, today: NaiveDate) -> usize {
    let mut steps = 0;
    while house.portal.school.retain(says.before(today), today, noon(today)).await.unwrap() {
        steps += 1;
        assert!(steps < 5_000, "it never ends");
    }
    assert!(house.portal.school.retained(today).await.unwrap());
    steps
}

/// A day whose round notes what is due, and the day a fortnight later, when it goes.
async fn noted_then_gone(house: &House, says: Retention, then: NaiveDate) -> usize {
    let before = then.checked_sub_days(Days::new(14)).unwrap();
    round(house, says, before).await;
    round(house, says, then).await
}

async fn rows(house: &House) -> BTreeMap<String, i64> {
    let mut rows = house.place.counts().await;
    rows.retain(|table, _| !OF_THE_SCHOOL.contains(&table.as_str()));
    rows
}

/// Says that Ada is ill today.
async fn reported(house: &House) {
    let (id, ada) = (SubmissionId::from_bytes(rand::random()).to_string(), pupil("Ada Okafor").to_string());
    let fields = [("submission", id.as_str()), ("who", &ada), ("day", MONDAY), ("reason", "sick")];
    let sent = house.device_of(NGOZI).await.post(paths::REPORT, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
}

/// Something of everything that the program keeps about anybody.
async fn everything_kept(house: &House) {
    house.has_its_register().await;
    published(house).await;
    declared(house, NGOZI, &okafors()).await;
    decided(house, &staff(house, HEAD).await, "1 Plain Street").await;
    asked_for_change(house, NGOZI).await;
    gave_notice(house, NGOZI, &okafors()).await;
    begun(house, NGOZI).await;
    reported(house).await;
    // The year's marks would take many steps: those of a fortnight show as much.
    house.place.by_hand("DELETE FROM mark_change WHERE day < '2026-11-09'").await;
    house.place.by_hand("DELETE FROM mark WHERE day < '2026-11-09'").await;
    for sql in [
        "INSERT INTO evidence (school_id, evidence_id, guardian_id, submission_id, name, kind, size, sha256, added_at) \
         SELECT school_id, 'e' || submission_id, guardian_id, submission_id, 'letter.jpg', 'jpeg', 0, 'x', received_at FROM submission",
        "INSERT INTO message (school_id, from_kind, from_id, message_id, about_kind, about_id, guardian_id, place, asks, text, sent_at) \
         SELECT school_id, 'guardian', guardian_id, 'm' || submission_id, 'submission', submission_id, guardian_id, 90, FALSE, 'words', received_at FROM submission",
        "INSERT INTO message (school_id, from_kind, from_id, message_id, about_kind, about_id, guardian_id, place, asks, text, sent_at) \
         SELECT school_id, 'guardian', guardian_id, 'd' || submission_id, 'declaration', submission_id, guardian_id, 90, FALSE, 'words', answered_at FROM declaration_form",
        "INSERT INTO mark_question (school_id, pupil_id, day, session, guardian_id, about_id) \
         SELECT school_id, pupil_id, '2026-11-20', 'PM', guardian_id, pupil_id || guardian_id FROM guardian_pupil",
        "INSERT INTO message (school_id, from_kind, from_id, message_id, about_kind, about_id, guardian_id, place, asks, text, sent_at) \
         SELECT q.school_id, 'guardian', q.guardian_id, 'q' || q.about_id, 'mark', q.about_id, q.guardian_id, 90, FALSE, 'words', s.created_at \
         FROM mark_question q JOIN school s ON s.school_id = q.school_id",
        "INSERT INTO register (school_id, day, session, class_id, version, complete, taken, saved_at, saved_by) \
         SELECT c.school_id, '2026-11-20', 'PM', c.class_id, 90, TRUE, 'list', s.created_at, '' FROM class c JOIN school s ON s.school_id = c.school_id",
        "INSERT INTO register_tick (school_id, day, session, class_id, version, pupil_id, tick) \
         SELECT school_id, '2026-11-20', 'PM', class_id, 90, pupil_id, 'present' FROM pupil",
        "INSERT INTO call_note (school_id, call_id, pupil_id, day, outcome, note, rung_at, rung_by) \
         SELECT p.school_id, 'c' || p.pupil_id, p.pupil_id, '2026-11-20', 'no-answer', 'words', s.created_at, '' FROM pupil p JOIN school s ON s.school_id = p.school_id",
        "INSERT INTO keyed (school_id, pupil_id, day, codes, keyed_at, keyed_by) \
         SELECT p.school_id, p.pupil_id, '2026-11-20', 'I', s.created_at, '' FROM pupil p JOIN school s ON s.school_id = p.school_id",
        "INSERT INTO leave_note (school_id, note_id, guardian_id, submission_id, kind, note, noted_at, noted_by) \
         SELECT school_id, 'n' || submission_id, guardian_id, submission_id, 'note', 'words', signed_at, '' FROM leave_form",
        "INSERT INTO details_check (school_id, guardian_id, year, checked_at, all_right) \
         SELECT g.school_id, g.guardian_id, 2030, s.created_at, TRUE FROM guardian g JOIN school s ON s.school_id = g.school_id",
        "INSERT INTO reading (school_id, reading_id, at, reader_kind, reader_id, what, subject_id) \
         SELECT school_id, 'r', created_at, 'staff', '', 'board', '' FROM school",
        "INSERT INTO reminder_run (school_id, run_id, version, begun_at, begun_by, ended_at, stopped) \
         SELECT school_id, 'r', 1, created_at, '', created_at, FALSE FROM school",
        "INSERT INTO reminder (school_id, run_id, guardian_id) SELECT school_id, 'r', guardian_id FROM guardian",
        "INSERT INTO invitation (school_id, invitation_id, guardian_id, code_hash, made_at, made_by, expires_at, tries) \
         SELECT g.school_id, 'i' || g.guardian_id, g.guardian_id, 'h' || g.guardian_id, s.created_at, '', s.created_at, 0 \
         FROM guardian g JOIN school s ON s.school_id = g.school_id",
        "INSERT INTO file_import (school_id, import_id, kind, sha256, made_at, made_by) SELECT school_id, 'f', 'marks', 'x', created_at, '' FROM school",
    ] {
        house.place.by_hand(sql).await;
    }
    // Mail is written, and gone.
    house.place.by_hand("UPDATE mail SET sent_at = made_at").await;
}

#[tokio::test]
async fn once_their_years_are_over_nobody_has_left_a_trace() {
    let house = House::open().await;
    everything_kept(&house).await;
    let before = rows(&house).await;
    let small: Vec<_> = before.iter().filter(|(_, rows)| **rows == 0).map(|(table, _)| table.as_str()).collect();
    let made_elsewhere =
        ["draft_evidence", "draft_evidence_piece", "evidence_piece", "mark_change", "leaving_line", "staff_invitation"];
    assert!(small.iter().all(|table| made_elsewhere.contains(table)), "nothing of {small:?} to look at");
    house.place.by_hand("UPDATE pupil SET left_on = '2027-07-21'").await;
    house.portal.school.sweep_drafts(noon(day("2027-01-01"))).await.unwrap();
    let (says, then) = (Retention::default(), day("2045-01-15"));
    let (children, contacts) = (house.place.count("pupil").await, house.place.count("guardian").await);
    let shown = house.portal.school.retention(says.before(then), then).await.unwrap().due;
    let seen = |kind| shown.get(&kind).copied().and_then(|count| i64::try_from(count).ok());
    assert_eq!((seen(Kind::Children), seen(Kind::Contacts)), (Some(children), Some(contacts)), "nobody goes unseen");
    assert!(noted_then_gone(&house, says, then).await > 10);
    let left: BTreeMap<_, _> = rows(&house).await.into_iter().filter(|(_, rows)| *rows > 0).collect();
    assert_eq!(left, BTreeMap::new());
    // The journal says that it was so, and of what it was no more.
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
    let old = "journal WHERE salt IS NOT NULL AND action <> 'erase'";
    assert_eq!(house.place.count(old).await, 0);
    assert!(house.place.count("journal WHERE action = 'erase' AND subject_kind = 'pupil'").await > 400);
    // What the school is stays.
    assert!(house.place.count("policy_version").await > 0 && house.place.count("staff").await > 0);
    assert_eq!(round(&house, says, day("2045-01-16")).await, 0, "nothing is left for the next day");
}

#[tokio::test]
async fn the_journal_cannot_prove_what_somebody_was_who_is_gone_even_while_its_own_years_run() {
    let house = House::open().await;
    everything_kept(&house).await;
    house
        .portal
        .school
        .keep_address_secret(&guardian(NGOZI), true, &house.staff_ids().await[HEAD], noon(day(MONDAY)))
        .await
        .unwrap();
    let said = "journal WHERE action <> 'erase' AND salt IS NOT NULL AND subject_kind IN ";
    let people = "('guardian', 'pupil', 'declaration', 'submission', 'leave', 'letter', 'notice')";
    assert!(house.place.count(&format!("{said} ('guardian')")).await > 0);
    assert!(house.place.count(&format!("{said} ('declaration')")).await > 0);
    house.place.by_hand("UPDATE pupil SET left_on = '2027-07-21'").await;
    house.portal.school.sweep_drafts(noon(day("2027-01-01"))).await.unwrap();
    noted_then_gone(&house, Retention { journal_years: 25, ..Retention::default() }, day("2040-01-15")).await;
    assert_eq!(house.place.count("guardian").await, 0);
    let sql =
        format!("SELECT action || ' ' || subject_kind || ' ' || actor_kind || ' ' || fields FROM {said} {people}");
    assert_eq!(house.place.texts(&sql).await, Vec::<String>::new());
}

#[tokio::test]
async fn while_children_are_here_and_nothing_is_old_nothing_goes() {
    let house = House::open().await;
    everything_kept(&house).await;
    let but = ["retention_day"];
    let before = house.place.everything_but(&but).await;
    assert_eq!(noted_then_gone(&house, Retention::default(), day("2026-12-14")).await, 0);
    assert_eq!(house.place.everything_but(&but).await, before);
}

#[tokio::test]
async fn what_was_not_noted_a_fortnight_ago_stays_whatever_the_clock_or_the_settings_say() {
    let house = House::open().await;
    everything_kept(&house).await;
    let says = Retention::default();
    round(&house, says, day(MONDAY)).await;
    let sent = house.place.count("submission").await;
    // The clock jumps by years: by what was noted on Monday nothing is due.
    let jump = day("2045-01-15");
    assert_eq!(round(&house, says, jump).await, 0);
    assert_eq!(round(&house, says, jump.checked_add_days(Days::new(13)).unwrap()).await, 0);
    assert_eq!(house.place.count("submission").await, sent);
    // And back: the days it noted in the future count for nothing.
    assert_eq!(round(&house, says, day("2026-12-15")).await, 0);
    // A fortnight in that time, and it is so.
    assert!(round(&house, says, jump.checked_add_days(Days::new(14)).unwrap()).await > 0);
    assert_eq!(house.place.count("submission WHERE received_at < '2027-01-01'").await, 0);
    assert!(house.place.count("pupil").await > 400, "children who have not left stay");
    assert!(house.place.count("guardian").await > 600, "and so do their contacts");
}

#[tokio::test]
async fn a_longer_time_holds_at_once_and_a_shorter_one_after_a_fortnight() {
    let house = House::open().await;
    everything_kept(&house).await;
    let (short, long) = (Retention::default(), Retention { sent_years: 20, ..Retention::default() });
    let then = day("2031-01-15");
    round(&house, short, then.checked_sub_days(Days::new(14)).unwrap()).await;
    round(&house, long, then).await;
    let asked = "leave_form WHERE signed_at < '2027-01-01'";
    assert!(house.place.count(asked).await > 0);
    round(&house, short, then.checked_add_days(Days::new(14)).unwrap()).await;
    assert!(house.place.count(asked).await > 0, "a fortnight ago it was to be kept");
    round(&house, short, then.checked_add_days(Days::new(28)).unwrap()).await;
    assert_eq!(house.place.count(asked).await, 0);
    // The journal can still prove what is kept, and of what went nothing, though its own years are not over.
    let proofs = "journal WHERE subject_kind = 'submission' AND action <> 'erase' AND salt IS NOT NULL AND subject_id";
    let gone = "(SELECT subject_id FROM journal WHERE action = 'erase')";
    assert_eq!(house.place.count(&format!("{proofs} IN {gone}")).await, 0);
    assert!(house.place.count(&format!("{proofs} NOT IN {gone}")).await > 0);
}

#[tokio::test]
async fn what_somebody_wrote_about_later_or_what_is_about_a_later_day_stays() {
    let house = House::open().await;
    everything_kept(&house).await;
    let hers = guardian(NGOZI);
    let said = "UPDATE message SET sent_at = '2031-06-01T10:00:00Z' WHERE about_kind = 'submission' AND guardian_id = ";
    house.place.by_hand(&format!("{said}'{hers}'")).await;
    house
        .place
        .by_hand("UPDATE mark SET changed_at = '2031-06-01T10:00:00Z' WHERE day = '2026-11-20' AND session = 'AM'")
        .await;
    noted_then_gone(&house, Retention::default(), day("2033-11-15")).await;
    assert!(house.place.count(&format!("report WHERE guardian_id = '{hers}'")).await > 0);
    assert!(house.place.count(&format!("leave_form WHERE guardian_id = '{hers}'")).await > 0);
    assert!(house.place.count("evidence").await > 0, "with everything that belongs to it");
    assert_eq!(house.place.count(&format!("submission WHERE guardian_id <> '{hers}'")).await, 0);
    assert_eq!(house.place.count("mark WHERE session = 'PM'").await, 0);
    assert!(house.place.count("mark WHERE session = 'AM' AND day = '2026-11-20'").await > 400);
    assert_eq!(house.place.count("mark WHERE session = 'AM' AND day <> '2026-11-20'").await, 0);
    assert_eq!(house.portal.school.standing().await.unwrap().halves, []);
}

#[tokio::test]
async fn a_declaration_stays_while_its_version_counts_and_for_years_after() {
    let house = House::open().await;
    published(&house).await;
    declared(&house, NGOZI, &okafors()).await;
    let all = house.place.count("declaration_form").await;
    noted_then_gone(&house, Retention::default(), day("2044-01-15")).await;
    assert_eq!(house.place.count("declaration_form").await, all, "no newer version has come");
    published_anew(&house, "A newer one.").await;
    noted_then_gone(&house, Retention::default(), day("2032-11-01")).await;
    assert_eq!(house.place.count("declaration_form").await, all, "not yet six years");
    noted_then_gone(&house, Retention::default(), day("2044-03-15")).await;
    assert_eq!(house.place.count("declaration_form").await, 0);
    assert!(house.place.count("policy_version").await >= 2, "what the school published is its own");
}

#[tokio::test]
async fn two_programs_and_a_second_call_share_one_round() {
    let house = House::open().await;
    everything_kept(&house).await;
    let other = house.another(|_| ()).await;
    let (says, then) = (Retention::default(), day("2040-01-15"));
    round(&house, says, then.checked_sub_days(Days::new(14)).unwrap()).await;
    let step = |school: server::store::School| async move {
        let mut steps = 0;
        while school.retain(says.before(then), then, noon(then)).await.unwrap() {
            steps += 1;
        }
        steps
    };
    let (one, two) = tokio::join!(step(house.portal.school.clone()), step(other.portal.school.clone()));
    assert!(one + two > 10);
    let twice = "SELECT subject_id FROM journal WHERE action = 'erase' AND subject_kind = 'submission' GROUP BY subject_id HAVING COUNT(*) > 1";
    assert_eq!(house.place.texts(twice).await, Vec::<String>::new());
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
    let listed = house.portal.school.retention(says.before(then), *SchoolYear::of(then).days().start()).await.unwrap();
    let lines = house.place.count("journal WHERE action = 'erase' AND subject_kind = 'submission'").await;
    let counted = listed.erased.get(&Kind::Sent).copied().unwrap_or_default()
        + listed.erased.get(&Kind::Leaving).copied().unwrap_or_default();
    assert_eq!(counted, u64::try_from(lines).unwrap());
    assert!(listed.due.is_empty() && listed.last.is_some_and(|round| round.day == then));
}

/// The whole form, with one number changed.
fn numbers<'a>(key: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("register_years", "6"),
        ("sent_years", "3"),
        ("leaving_years", "6"),
        ("declaration_years", "6"),
        ("journal_years", "6"),
        ("sign_in_months", "12"),
    ];
    all.into_iter().map(|(name, was)| if name == key { (name, value) } else { (name, was) }).collect()
}

#[tokio::test]
async fn the_data_protection_officer_decides_how_long_with_a_fresh_code() {
    let house = House::open().await;
    let officer = staff(&house, OFFICER).await;
    let shown = look(&officer, paths::RETENTION).await;
    assert_eq!(shown.status, 200);
    let later = house.later(120).await;
    let stale = officer.at(&later.site).post(paths::RETENTION, &numbers("sent_years", "5")).await;
    assert_eq!(stale.location(), paths::staff_prove(paths::RETENTION));
    for odd in ["2", "26", "", "three", "3.5", "-3", "99999999999999"] {
        let answer = officer.post(paths::RETENTION, &numbers("sent_years", odd)).await;
        assert_eq!(answer.status, 422, "{odd}");
        assert!(answer.read().contains("whole number from 3 to 25"), "{odd}: {}", answer.read());
    }
    assert_eq!(server::retention::decided(&house.portal).await.unwrap(), Retention::default());
    let done = officer.post(paths::RETENTION, &numbers("sent_years", " 5 ")).await;
    assert_eq!(done.status, 303, "{}", done.main());
    let says = server::retention::decided(&house.portal).await.unwrap();
    assert_eq!(says, Retention { sent_years: 5, ..Retention::default() });
    assert!(look(&officer, paths::RETENTION).await.read().contains("5 years after the school year"));
    assert_eq!(house.place.count("journal WHERE action = 'keep_retention'").await, 1);
    officer.post(paths::RETENTION, &numbers("sent_years", "5")).await;
    assert_eq!(house.place.count("journal WHERE action = 'keep_retention'").await, 1, "nothing has changed");
    // The headteacher sees it and has no form.
    let head: Answer = look(&staff(&house, HEAD).await, paths::RETENTION).await;
    assert!(head.status == 200 && !head.text().contains("name=\"sent_years\""), "{}", head.main());
}

#[tokio::test]
async fn the_page_tells_what_went_what_goes_next_and_that_rounds_have_stopped() {
    let house = House::open().await;
    let officer = staff(&house, OFFICER).await;
    let page = look(&officer, paths::RETENTION).await.read();
    assert!(
        page.contains("The first round has not ended yet") && !page.contains("ask your technician to look"),
        "{page}"
    );
    reported(&house).await;
    let old = "UPDATE submission SET received_at = '2020-01-10T08:00:00Z' WHERE submission_id IN (SELECT submission_id FROM report)";
    house.place.by_hand(old).await;
    house.place.by_hand("UPDATE report SET day = '2020-01-10'").await;
    let page = look(&officer, paths::RETENTION).await.read();
    assert!(page.contains("1 sent"), "what goes next is counted: {page}");
    round(&house, Retention::default(), day("2026-11-09")).await;
    let sent = house.place.count("submission").await;
    round(&house, Retention::default(), day(MONDAY)).await;
    let gone = sent - house.place.count("submission").await;
    assert!(gone > 0);
    let page = look(&officer, paths::RETENTION).await.read();
    assert!(page.contains(&format!("{gone} sent")), "{page}");
    assert!(page.contains("The last round ended 23 November at 12.00"), "{page}");
    let later = house.later(6 * 24 * 60).await;
    let officer = later.session(&later.staff_ids().await[OFFICER], true).await;
    let page = look(&officer, paths::RETENTION).await.read();
    assert!(page.contains("ask your technician to look at the log"), "{page}");
}
