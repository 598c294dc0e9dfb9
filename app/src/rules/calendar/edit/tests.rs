use super::*;
use crate::rules::cases::leighton_calendar;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn closing(first: &str, last: &str) -> EntryForm {
    EntryForm {
        what: "day".into(),
        first: first.into(),
        last: last.into(),
        kind: "inset".into(),
        part: "all".into(),
        confirmed: "yes".into(),
        ..EntryForm::default()
    }
}

fn term(name: &str, first: &str, last: &str) -> EntryForm {
    EntryForm { what: "term".into(), name: name.into(), first: first.into(), last: last.into(), ..EntryForm::default() }
}

fn says(form: &EntryForm) -> Vec<(Field, Problem)> {
    entered(form, &leighton_calendar()).err().unwrap_or_default()
}

#[test]
fn a_training_day_is_moved_and_the_day_before_is_open_again() {
    let calendar = leighton_calendar();
    let at = calendar.closed().iter().position(|closed| closed.date == day("2027-01-04")).map(Place::Closed);
    let mut form = at.and_then(|place| form_of(place, &calendar)).unwrap_or_default();
    assert_eq!((form.kind.as_str(), form.part.as_str(), form.confirmed.as_str()), ("inset", "all", ""));
    form.first = "2027-01-05".into();
    form.confirmed = "yes".into();
    let moved = entered(&form, &calendar).unwrap_or_default();
    assert!(moved.is_school_day(day("2027-01-04")) && !moved.is_school_day(day("2027-01-05")));
    assert_eq!(moved.closed().len(), calendar.closed().len());
    assert!(moved.unconfirmed_in(day("2027-01-05")..=day("2027-01-05")).is_empty());
}

#[test]
fn days_of_snow_leave_the_weekend_between_them_out() {
    let form = EntryForm { kind: "closure".into(), ..closing("2026-11-26", "2026-12-01") };
    let calendar = entered(&form, &leighton_calendar()).unwrap_or_default();
    let shut: Vec<String> = calendar
        .closed()
        .iter()
        .filter(|closed| closed.kind == ClosedKind::UnplannedClosure)
        .map(|closed| closed.date.to_string())
        .collect();
    assert_eq!(shut, ["2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"]);
}

#[test]
fn a_year_group_is_closed_and_the_school_stays_open() {
    let form = EntryForm { years: vec!["4".into(), "3".into()], part: "pm".into(), ..closing("2026-11-26", "") };
    let calendar = entered(&form, &leighton_calendar()).unwrap_or_default();
    assert!(calendar.is_open(day("2026-11-26"), Session::Pm));
    assert_eq!(calendar.closed_for_years()[0].years, [3, 4]);
    let fourth = calendar.for_year_group(4, day("2026-11-24"));
    assert!(fourth.is_open(day("2026-11-26"), Session::Am) && !fourth.is_open(day("2026-11-26"), Session::Pm));
    let again = form_of(Place::Years(0), &calendar).unwrap_or_default();
    assert_eq!(again.years, ["3", "4"]);
    assert_eq!(removed(Place::Years(0), &calendar).ok(), Some(leighton_calendar()));
}

#[test]
fn what_cannot_be_is_said_at_its_field() {
    use Problem::{
        ClosedTwice, EndsBeforeStart, Gone, NoDate, NoName, NoSchoolDays, NotAChoice, NotADate, OutsideTerm, Overlaps,
        TooManyDays, Weekend,
    };
    let cases = [
        (term("Spring 3", "2027-03-20", "2027-04-01"), (Field::First, Overlaps("2026/27 from 2027-02-22".into()))),
        (term("Summer 0", "2027-04-05", "2027-04-12"), (Field::Last, Overlaps("2026/27 from 2027-04-12".into()))),
        (term("Late", "2027-09-20", "2027-09-01"), (Field::Last, EndsBeforeStart)),
        (term("Long", "2027-09-01", "2028-07-20"), (Field::Last, TooManyDays(LONGEST_TERM))),
        (term(" ", "2027-09-01", "2027-10-22"), (Field::Name, NoName)),
        (term("Weekend", "2027-09-04", "2027-09-05"), (Field::First, NoSchoolDays("Weekend".into()))),
        (term("No end", "2027-09-01", ""), (Field::Last, NoDate)),
        (term("No day", "2027-02-30", "2027-10-22"), (Field::First, NotADate)),
        (closing("2026-10-27", ""), (Field::First, OutsideTerm(day("2026-10-27")))),
        (closing("2026-10-23", "2026-10-26"), (Field::Last, OutsideTerm(day("2026-10-26")))),
        (closing("2026-11-28", ""), (Field::First, Weekend)),
        (closing("2027-01-04", ""), (Field::First, ClosedTwice(day("2027-01-04"), Session::Am))),
        (closing("2026-11-27", "2026-11-26"), (Field::Last, EndsBeforeStart)),
        (closing("2026-11-02", "2026-12-18"), (Field::Last, TooManyDays(30))),
        (EntryForm { kind: "party".into(), ..closing("2026-11-27", "") }, (Field::Kind, NotAChoice)),
        (EntryForm { part: "noon".into(), ..closing("2026-11-27", "") }, (Field::Part, NotAChoice)),
        (EntryForm { years: vec!["99".into()], ..closing("2026-11-27", "") }, (Field::Years, NotAChoice)),
        (EntryForm { place: "c900".into(), ..closing("2026-11-27", "") }, (Field::First, Gone)),
        (EntryForm { place: "'; --".into(), ..closing("2026-11-27", "") }, (Field::First, Gone)),
    ];
    for (form, said) in cases {
        assert_eq!(says(&form), [said], "{form:?}");
    }
}

#[test]
fn a_term_is_never_closed_to_its_last_day_and_the_last_term_stays() {
    let term = |first: &str, last: &str| Term { name: "Only".into(), first: day(first), last: day(last) };
    let calendar = Calendar::new(vec![term("2026-11-23", "2026-11-24")], Vec::new()).unwrap_or_default();
    let said = entered(&closing("2026-11-23", "2026-11-24"), &calendar).err();
    assert_eq!(said, Some(vec![(Field::First, Problem::NoSchoolDays("Only".into()))]));
    assert!(entered(&closing("2026-11-23", ""), &calendar).is_ok());
    assert_eq!(removed(Place::Term(0), &calendar).err(), Some(vec![(Field::First, Problem::LastTerm)]));
}

#[test]
fn a_bank_holiday_may_lie_between_terms() {
    let form = EntryForm { kind: "bank-holiday".into(), ..closing("2026-12-25", "") };
    let without = Calendar::new(leighton_calendar().terms().to_vec(), Vec::new()).unwrap_or_default();
    assert!(entered(&form, &without).is_ok());
}

#[test]
fn a_calendar_that_ends_soon_or_has_odd_training_days_is_looked_at() {
    let calendar = leighton_calendar();
    assert_eq!(cautions(&calendar, day("2026-11-24")), []);
    assert_eq!(cautions(&calendar, day("2027-06-01")), [Caution::RunsOut(day("2027-07-21"))]);
    let six = entered(&closing("2026-11-27", ""), &calendar).unwrap_or_default();
    assert_eq!(cautions(&six, day("2026-11-24")), [Caution::TrainingDays(2026, 6)]);
    // The term of a training day is made shorter.
    let at = calendar.terms().iter().position(|term| term.first == day("2027-01-04")).unwrap_or_default();
    let shorter = EntryForm { place: Place::Term(at).word(), ..term("Spring 1", "2027-01-05", "2027-02-12") };
    let shorter = entered(&shorter, &calendar).unwrap_or_default();
    assert_eq!(cautions(&shorter, day("2026-11-24")), [Caution::OutsideTerm(day("2027-01-04"))]);
}

#[test]
fn every_place_reads_back_from_its_word() {
    for place in [Place::Term(0), Place::Closed(12), Place::Years(3)] {
        assert_eq!(Place::parse(&place.word()), Some(place));
    }
    for word in ["", "t", "x3", "3", "t-1", "é3", "t99999999999999999999999"] {
        assert_eq!(Place::parse(word), None, "{word}");
    }
}
