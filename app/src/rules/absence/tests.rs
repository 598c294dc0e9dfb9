use chrono::NaiveTime;

use super::*;
use crate::rules::{
    calendar::Session,
    code::Code,
    policy::FollowUp::{self, *},
};

fn ada() -> PupilId {
    PupilId::from_bytes([1; 16])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn at(text: &str) -> Option<NaiveTime> {
    Some(text.parse().unwrap_or_default())
}

/// The Monday of the tests; Friday is a training day, and the afternoon of Tuesday is closed.
fn offer() -> Offer {
    let open = |date: NaiveDate, session| {
        let weekend = matches!(chrono::Datelike::weekday(&date), chrono::Weekday::Sat | chrono::Weekday::Sun);
        !weekend && date != day("2026-11-27") && !(date == day("2026-11-24") && session == Session::Pm)
    };
    let reason = |key: &str, asks: FollowUp| OfferedReason {
        key: key.into(),
        asks,
        ahead: key == "doc",
        ill: matches!(asks, LastSick | Illness),
    };
    Offer {
        today: day("2026-11-23"),
        children: vec![ada()],
        soon: vec![day("2026-11-23"), day("2026-11-24")],
        open: OpenDays::new(day("2026-10-12"), day("2027-02-23"), open),
        max_run: 5,
        clock: Clock {
            taken: at("08:45:00").unwrap_or_default(),
            closes: at("09:15:00").unwrap_or_default(),
            pm_taken: at("13:00:00"),
            ends: at("15:15:00").unwrap_or_default(),
        },
        reasons: [("sick", LastSick), ("rash", Illness), ("since", Since), ("doc", Times), ("else", OwnWords)]
            .map(|(key, asks)| reason(key, asks))
            .into(),
        illnesses: vec!["chickenpox".into()],
    }
}

fn form() -> ReportForm {
    ReportForm {
        who: vec![ada().to_string()],
        day: "2026-11-23".into(),
        reason: "sick".into(),
        ..ReportForm::default()
    }
}

fn other(first: &str, until: &str) -> ReportForm {
    ReportForm { day: OTHER_DAY.into(), first: first.into(), until: until.into(), ..form() }
}

fn problem(form: &ReportForm) -> Option<(Field, Problem)> {
    check(form, &offer()).err().and_then(|problems| problems.first().copied())
}

fn days(form: &ReportForm) -> Vec<(String, Part)> {
    let days = check(form, &offer()).map(|report| report.days).unwrap_or_default();
    days.into_iter().map(|day| (day.date.to_string(), day.part)).collect()
}

#[test]
fn a_child_and_a_reason_are_enough() {
    let report = check(&form(), &offer());
    let day = ReportedDay { date: day("2026-11-23"), part: Part::All };
    assert_eq!(report.map(|r| (r.children, r.kind, r.days, r.note)), Ok((vec![ada()], Kind::Away, vec![day], None)));
}

#[test]
fn an_empty_form_names_each_missing_answer_in_order() {
    let problems = check(&ReportForm::default(), &offer());
    let expected = vec![
        (Field::Who, Problem::NobodyChosen),
        (Field::Day, Problem::DayNotOffered),
        (Field::Reason, Problem::NoReason),
    ];
    assert_eq!(problems, Err(expected));
}

#[test]
fn another_familys_child_is_no_child_at_all() {
    let stranger = PupilId::from_bytes([2; 16]).to_string();
    let made_up = "1".to_owned();
    for id in [stranger, made_up] {
        let form = ReportForm { who: vec![ada().to_string(), id], ..form() };
        assert_eq!(problem(&form), Some((Field::Who, Problem::UnknownChild)));
    }
}

#[test]
fn a_child_named_twice_is_reported_once() {
    let form = ReportForm { who: vec![ada().to_string(), ada().to_string()], ..form() };
    assert_eq!(check(&form, &offer()).map(|r| r.children.len()), Ok(1));
}

#[test]
fn a_tap_takes_only_the_days_on_offer() {
    for day in ["2026-11-22", "2027-11-23", "2026-11-25", "yesterday", "2026-11-23T09:00", ""] {
        assert_eq!(problem(&ReportForm { day: day.into(), ..form() }), Some((Field::Day, Problem::DayNotOffered)));
    }
}

#[test]
fn all_day_on_a_half_day_is_the_open_half() {
    let tuesday = ReportForm { day: "2026-11-24".into(), ..form() };
    assert_eq!(days(&tuesday), [("2026-11-24".to_owned(), Part::Am)]);
    let afternoon = ReportForm { part: "pm".into(), ..tuesday };
    assert_eq!(problem(&afternoon), Some((Field::Part, Problem::PartClosed)));
}

#[test]
fn a_range_counts_open_sessions_only() {
    let week = [("2026-11-23", Part::All), ("2026-11-24", Part::Am), ("2026-11-25", Part::All)];
    let expected: Vec<_> = week.map(|(day, part)| (day.to_owned(), part)).into();
    assert_eq!(days(&other("2026-11-23", "2026-11-25")), expected);
    // Over the weekend, a training day before it.
    let thursday: Vec<_> = ["2026-11-26", "2026-11-30"].map(|day| (day.to_owned(), Part::All)).into();
    let form = ReportForm { reason: "doc".into(), ..other("2026-11-26", "2026-11-30") };
    assert_eq!(days(&form), thursday);
    let mornings = ReportForm { part: "pm".into(), ..other("2026-11-23", "2026-11-25") };
    let expected: Vec<_> = ["2026-11-23", "2026-11-25"].map(|day| (day.to_owned(), Part::Pm)).into();
    assert_eq!(days(&mornings), expected, "an afternoon that is closed is not reported");
}

#[test]
fn a_range_has_its_bounds() {
    let wrong = |first: &str, until: &str| problem(&other(first, until));
    assert_eq!(wrong("", ""), Some((Field::First, Problem::NoDate)));
    assert_eq!(wrong("soon", ""), Some((Field::First, Problem::NotADate)));
    assert_eq!(wrong("2026-11-25", "2026-11-24"), Some((Field::Until, Problem::EndsBeforeStart)));
    assert_eq!(wrong("2026-11-28", "2026-11-29"), Some((Field::First, Problem::Closed)));
    assert_eq!(wrong("2026-11-27", ""), Some((Field::First, Problem::Closed)));
    assert_eq!(wrong("2026-10-11", ""), Some((Field::First, Problem::TooLongAgo)));
    assert_eq!(wrong("2026-10-12", ""), None);
    assert_eq!(wrong("2027-02-24", ""), Some((Field::First, Problem::TooFarAhead)));
    assert_eq!(wrong("2026-11-25", ""), Some((Field::First, Problem::NotYet)));
    assert_eq!(problem(&ReportForm { reason: "doc".into(), ..other("2026-11-25", "") }), None);
    // Six school days: Monday to Thursday and two of the next week.
    assert_eq!(wrong("2026-11-23", "2026-12-01"), Some((Field::Until, Problem::TooManyDays(5))));
    assert_eq!(days(&other("2026-11-23", "2026-11-30")).len(), 5);
}

#[test]
fn a_late_child_says_when_it_comes() {
    let late = |arrives: &str| ReportForm { part: "late".into(), arrives: arrives.into(), ..form() };
    assert_eq!(problem(&late("")), Some((Field::Arrives, Problem::NoTime)));
    assert_eq!(problem(&late("08:45")), Some((Field::Arrives, Problem::OutsideSchool)));
    assert_eq!(problem(&late("15:16")), Some((Field::Arrives, Problem::OutsideSchool)));
    assert_eq!(problem(&late("ten")), Some((Field::Arrives, Problem::NotATime)));
    let part = |form: &ReportForm| days(form).first().map(|(_, part)| *part);
    assert_eq!(part(&late("09:30")), Some(Part::Am));
    assert_eq!(part(&late("13:00")), Some(Part::Am));
    assert_eq!(part(&late("13:01")), Some(Part::All));
    let week = ReportForm { part: "late".into(), arrives: "09:30".into(), ..other("2026-11-23", "2026-11-24") };
    assert_eq!(problem(&week), Some((Field::Until, Problem::OneDayOnly)));
    let weeks = ReportForm { until: "2026-12-01".into(), ..week };
    assert_eq!(check(&weeks, &offer()), Err(vec![(Field::Until, Problem::OneDayOnly)]), "one problem a field");
}

#[test]
fn a_child_that_leaves_touches_the_registers_it_is_not_there_for() {
    let leaving =
        |goes: &str, back: &str| ReportForm { part: "leaving".into(), goes: goes.into(), back: back.into(), ..form() };
    let part = |goes, back| days(&leaving(goes, back)).first().map(|(_, part)| *part);
    assert_eq!(part("09:00", ""), Some(Part::All));
    assert_eq!(part("09:00", "11:00"), Some(Part::Am));
    assert_eq!(part("10:00", "11:30"), Some(Part::Am), "misses none: the one it is in");
    assert_eq!(part("10:00", "13:30"), Some(Part::Pm));
    assert_eq!(part("10:00", ""), Some(Part::Pm));
    assert_eq!(part("14:00", ""), Some(Part::Pm));
    assert_eq!(problem(&leaving("", "")), Some((Field::Goes, Problem::NoTime)));
    assert_eq!(problem(&leaving("14:00", "13:00")), Some((Field::Back, Problem::BackBeforeLeaving)));
    assert_eq!(problem(&leaving("14:00", "later")), Some((Field::Back, Problem::NotATime)));
}

#[test]
fn the_code_proposed_follows_the_registers() {
    let proposed = |form: ReportForm, reasons, offer: &Offer| {
        let report = check(&form, offer);
        assert!(report.is_ok(), "{report:?}");
        let clock = &offer.clock;
        report
            .ok()
            .and_then(|it| it.days.first().and_then(|day| proposed(it.kind, day.part, &it.details, reasons, clock)))
    };
    let leaving = |day: &str, goes: &str, back: &str| ReportForm {
        part: "leaving".into(),
        day: day.into(),
        goes: goes.into(),
        back: back.into(),
        ..form()
    };
    let late = |arrives: &str| ReportForm { part: "late".into(), arrives: arrives.into(), ..form() };
    let said = |form| proposed(form, Some(Code::M), &offer());
    assert_eq!(said(form()), Some(Code::M));
    assert_eq!(said(late("09:15")), Some(Code::L));
    assert_eq!(said(late("09:16")), Some(Code::M));
    assert_eq!(proposed(late("10:00"), None, &offer()), Some(Code::U));
    let monday = "2026-11-23";
    assert_eq!(said(leaving(monday, "09:00", "")), Some(Code::M));
    assert_eq!(said(leaving(monday, "10:00", "12:00")), Some(Code::PresentAm));
    assert_eq!(said(leaving(monday, "10:00", "13:30")), Some(Code::M));
    assert_eq!(said(leaving(monday, "14:00", "")), Some(Code::PresentPm));
    // Closed in the afternoon: the one register there is has been answered.
    for goes in ["11:00", "14:00"] {
        assert_eq!(said(leaving("2026-11-24", goes, "")), Some(Code::PresentAm), "{goes}");
    }
    assert_eq!(said(leaving("2026-11-24", "09:00", "")), Some(Code::M));
    let unsaid = Offer { clock: Clock { pm_taken: None, ..offer().clock }, ..offer() };
    assert_eq!(proposed(leaving(monday, "10:00", "11:00"), Some(Code::M), &unsaid), Some(Code::PresentAm));
    assert_eq!(proposed(leaving(monday, "12:30", ""), None, &unsaid), None);
    assert_eq!(proposed(leaving(monday, "14:00", ""), Some(Code::M), &unsaid), Some(Code::M));
}

#[test]
fn only_the_chosen_reasons_follow_up_is_read() {
    let form = ReportForm { last: "night".into(), since: "nonsense".into(), leaves: "99:99".into(), ..form() };
    let details = check(&form, &offer()).map(|r| r.details);
    assert_eq!(details, Ok(Details { last: Some(super::LastSick::Night), ..Details::default() }));
}

#[test]
fn an_illness_may_be_named_and_a_child_sent_home() {
    let rash = ReportForm { reason: "rash".into(), illness: "chickenpox".into(), sent_home: "yes".into(), ..form() };
    let details = check(&rash, &offer()).map(|report| report.details).unwrap_or_default();
    assert_eq!((details.illness.as_deref(), details.sent_home), (Some("chickenpox"), true));
    let unknown = ReportForm { illness: "plague".into(), ..rash };
    assert_eq!(problem(&unknown), Some((Field::Illness, Problem::NotAChoice)));
    let doctor = ReportForm { reason: "doc".into(), sent_home: "yes".into(), ..form() };
    assert_eq!(check(&doctor, &offer()).map(|report| report.details.sent_home), Ok(false));
}

#[test]
fn follow_ups_may_be_empty_but_not_nonsense() {
    let since = |since: &str| ReportForm { reason: "since".into(), since: since.into(), ..form() };
    assert_eq!(problem(&since("")), None);
    assert_eq!(problem(&since("2026-11-24")), Some((Field::Since, Problem::InTheFuture)));
    assert_eq!(problem(&since("last week")), Some((Field::Since, Problem::NotADate)));
    let doc = |leaves: &str, returns: &str| ReportForm {
        reason: "doc".into(),
        leaves: leaves.into(),
        returns: returns.into(),
        ..form()
    };
    assert_eq!(problem(&doc("10:00", "11:30")), None);
    assert_eq!(problem(&doc("", "11:30")), None);
    assert_eq!(problem(&doc("11:30", "10:00")), Some((Field::Returns, Problem::BackBeforeLeaving)));
    assert_eq!(problem(&doc("ten", "")), Some((Field::Leaves, Problem::NotATime)));
}

#[test]
fn long_words_are_refused_and_short_ones_kept() {
    let long = ReportForm { note: "x".repeat(NOTE_MOST + 1), ..form() };
    assert_eq!(problem(&long), Some((Field::Note, Problem::TooLong(NOTE_MOST))));
    let note = ReportForm { note: " <script>alert(1)</script>\u{202E} ".into(), ..form() };
    assert_eq!(check(&note, &offer()).map(|r| r.note), Ok(Some("<script>alert(1)</script>".into())));
}

#[test]
fn a_run_of_days_says_what_is_open_and_nothing_beyond_its_ends() {
    let open = offer().open;
    assert_eq!((open.first(), open.last()), (day("2026-10-12"), day("2027-02-23")));
    assert_eq!(open.on(day("2026-11-24")), Some(Part::Am));
    for closed in ["2026-10-11", "2026-11-27", "2026-11-28", "2027-02-24"] {
        assert_eq!(open.on(day(closed)), None, "{closed}");
    }
}

#[test]
fn an_offer_arrives_as_it_was_sent() {
    let arrives = |offer: Offer| Offer::try_from(String::from(offer));
    assert_eq!(arrives(offer()), Ok(offer()));
    let bare =
        Offer { soon: Vec::new(), illnesses: Vec::new(), clock: Clock { pm_taken: None, ..offer().clock }, ..offer() };
    assert_eq!(arrives(bare.clone()), Ok(bare));
    assert!(Offer::try_from("2026-11-23\nx".to_owned()).is_err());
}
