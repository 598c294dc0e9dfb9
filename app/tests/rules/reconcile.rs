//! Every combination of what can be known of a child's session, and what it comes to.

use app::rules::{
    absence::{Details, Kind},
    calendar::Session,
    code::Code,
    n_deadline::n_runs_out,
    reconcile::{Known, Next, Verdict, Waited, Why, Word, n_stands, to_ring},
    register::{Tick, session_at, session_of, waits_until},
};

use crate::example::{at, date, school_year, time, times};

const TICKS: [Option<Tick>; 4] = [None, Some(Tick::Present), Some(Tick::Absent), Some(Tick::Late(Some(9)))];

fn words() -> [Word; 6] {
    [Word::Nothing, Word::Expected, Word::Away, Word::Late(None), Word::Late(Some(time("10:15"))), Word::Leaving]
}

fn codes() -> Vec<Option<Code>> {
    Code::ALL.iter().copied().map(Some).chain([None]).collect()
}

/// Everything that can be known of a session.
fn everything() -> Vec<Known> {
    let mut all = Vec::new();
    for is_in in [true, false] {
        for tick in TICKS {
            for mark in codes() {
                for word in words() {
                    all.extend(codes().into_iter().map(|coded| Known { is_in, tick, mark, word, coded }));
                }
            }
        }
    }
    all
}

const NOT_YET: Waited = Waited { for_word: false, arrivals_by: None };

fn late() -> Waited {
    Waited { for_word: true, arrivals_by: Some(time("14:00")) }
}

#[test]
fn in_a_register_that_is_not_in_nobody_is_absent_whatever_else_is_known() {
    for known in everything().into_iter().filter(|known| !known.is_in) {
        assert_eq!(known.verdict(), Verdict::NotYetIn, "{known:?}");
        assert_eq!(to_ring(known, late()), None, "{known:?}");
        assert!(!known.is_missing() && !known.was_seen());
    }
}

#[test]
fn a_register_that_is_in_and_says_nothing_of_a_child_says_not_that_it_is_absent_nor_that_it_is_there() {
    for known in everything().into_iter().filter(|known| known.tick.is_none() && known.mark.is_none()) {
        assert_eq!(known.verdict(), Verdict::NotYetIn, "{known:?}");
        assert_eq!(to_ring(known, late()), None, "{known:?}");
        assert!(!known.was_seen());
    }
}

#[test]
fn a_child_absent_without_a_word_is_always_rung_about_unless_the_office_has_settled_why() {
    let away = |code: Code| code != Code::N && !code.class().counts_as_attended();
    for known in everything().into_iter().filter(|known| known.is_missing()) {
        let silent = matches!(known.word, Word::Nothing | Word::Leaving);
        if silent && !known.coded.is_some_and(away) {
            assert_eq!(to_ring(known, NOT_YET), Some(Why::NoWord), "{known:?}");
        }
        if known.word == Word::Away || known.coded.is_some_and(away) {
            assert_eq!(to_ring(known, late()), None, "{known:?}");
        }
        // `O` is an answer for the register's sake, and none to where the child is.
        assert!(known.verdict() != Verdict::Nothing || known.mark == Some(Code::O), "{known:?}");
        assert_ne!(known.verdict(), Verdict::ReportedButPresent, "{known:?}");
        if known.verdict() == Verdict::Unexplained {
            assert!(to_ring(known, NOT_YET).is_some(), "{known:?}");
        }
    }
}

#[test]
fn nobody_who_is_there_is_rung_about_and_nobody_is_both_there_and_missing() {
    for known in everything() {
        assert!(!(known.was_seen() && known.is_missing()), "{known:?}");
        if known.was_seen() {
            assert_eq!(to_ring(known, late()), None, "{known:?}");
            assert_ne!(known.verdict(), Verdict::Unexplained, "{known:?}");
        }
    }
}

#[test]
fn the_mark_of_the_mis_counts_and_not_the_tick() {
    for known in everything().into_iter().filter(|known| known.mark.is_some()) {
        for tick in TICKS {
            let other = Known { tick, ..known };
            assert_eq!(known.verdict(), other.verdict(), "{known:?}");
            assert_eq!(to_ring(known, late()), to_ring(other, late()), "{known:?}");
        }
    }
}

#[test]
fn more_time_never_takes_anybody_off_the_list() {
    for known in everything() {
        if let Some(why) = to_ring(known, NOT_YET) {
            assert_eq!(to_ring(known, late()), Some(why), "{known:?}");
        }
    }
}

#[test]
fn two_reports_come_to_the_same_in_either_order_and_a_word_of_silence_adds_nothing() {
    for one in words() {
        assert_eq!(one.and(Word::Nothing), one);
        assert_eq!(one.and(one), one);
        for two in words() {
            assert_eq!(one.and(two), two.and(one), "{one:?} {two:?}");
            assert_eq!(one.and(two).explains(), one.explains() || two.explains(), "{one:?} {two:?}");
        }
    }
    let (early, later) = (Word::Late(Some(time("09:40"))), Word::Late(Some(time("11:00"))));
    assert_eq!(later.and(early), early);
    // One says ill, the other says on the way: somebody looks once the time has passed.
    let both = Known { is_in: true, tick: Some(Tick::Absent), word: early.and(Word::Away), ..Known::default() };
    assert_eq!(to_ring(both, NOT_YET), None);
    assert_eq!(to_ring(both, late()), Some(Why::NotArrived(time("09:40"))));
}

fn known(tick: Option<Tick>, mark: &str, word: Word, coded: &str) -> Verdict {
    let code = |letters| Code::parse(letters);
    Known { is_in: true, tick, mark: code(mark), word, coded: code(coded) }.verdict()
}

#[test]
fn each_list_has_what_belongs_to_it() {
    use Verdict::{CodedOtherwise, Explained, Nothing, ReportedButPresent, Unexplained};
    let otherwise = |here, mis| CodedOtherwise { here: Code::parse(here).unwrap(), mis: Code::parse(mis).unwrap() };
    let absent = Some(Tick::Absent);
    let late = Word::Late(None);
    // tick, mark, word, coded here
    for (tick, mark, word, coded, is) in [
        (absent, "", Word::Nothing, "", Unexplained),
        (absent, "", Word::Nothing, "N", Unexplained),
        (absent, "", Word::Nothing, "/", Unexplained),
        (absent, "", Word::Leaving, "", Unexplained),
        (absent, "", Word::Away, "", Explained(Next::Code)),
        (absent, "", Word::Expected, "", Explained(Next::Code)),
        (absent, "", late, "", Explained(Next::Code)),
        (absent, "", Word::Away, "I", Explained(Next::KeyIn)),
        (absent, "", Word::Nothing, "I", Explained(Next::KeyIn)),
        (Some(Tick::Present), "", Word::Nothing, "", Nothing),
        (Some(Tick::Present), "", Word::Away, "", ReportedButPresent),
        (Some(Tick::Present), "", Word::Away, "I", ReportedButPresent),
        (Some(Tick::Present), "", Word::Away, "/", Nothing),
        (Some(Tick::Late(None)), "", Word::Away, "", ReportedButPresent),
        (Some(Tick::Late(None)), "", late, "", Nothing),
        (None, "N", Word::Nothing, "", Unexplained),
        (None, "N", Word::Nothing, "N", Unexplained),
        (None, "N", Word::Away, "", Explained(Next::Code)),
        (None, "N", Word::Away, "N", Explained(Next::Code)),
        (None, "N", Word::Away, "I", otherwise("I", "N")),
        (None, "N", Word::Nothing, "/", otherwise("/", "N")),
        (None, "I", Word::Away, "I", Explained(Next::Nothing)),
        (None, "I", Word::Away, "", Explained(Next::Code)),
        (None, "I", Word::Nothing, "", Nothing),
        (None, "O", Word::Away, "I", otherwise("I", "O")),
        (None, "O", Word::Nothing, "N", otherwise("N", "O")),
        (None, "/", Word::Away, "", ReportedButPresent),
        (None, "/", Word::Away, "I", ReportedButPresent),
        (None, "L", Word::Away, "", ReportedButPresent),
        (None, "V", Word::Away, "", ReportedButPresent),
        (None, "/", Word::Away, "/", Nothing),
        (None, "L", Word::Nothing, "/", Nothing),
        (None, "/", Word::Nothing, "I", otherwise("I", "/")),
        (None, "/", Word::Nothing, "", Nothing),
        (None, "/", Word::Leaving, "", Nothing),
        (None, "L", late, "", Explained(Next::Nothing)),
        (None, "U", late, "", Explained(Next::Code)),
        (None, "U", late, "M", otherwise("M", "U")),
        (None, "X", Word::Away, "", Nothing),
        (None, "X", Word::Away, "I", otherwise("I", "X")),
    ] {
        assert_eq!(known(tick, mark, word, coded), is, "{tick:?} {mark} {word:?} {coded}");
    }
}

#[test]
fn who_was_given_time_is_rung_about_once_it_has_passed() {
    let absent = |word| Known { is_in: true, tick: Some(Tick::Absent), word, ..Known::default() };
    let ten = time("10:15");
    let by = |text: &str| Waited { for_word: false, arrivals_by: Some(time(text)) };
    assert_eq!(to_ring(absent(Word::Expected), NOT_YET), None);
    assert_eq!(to_ring(absent(Word::Expected), late()), Some(Why::NotConfirmed));
    assert_eq!(to_ring(absent(Word::Late(Some(ten))), by("10:14")), None);
    assert_eq!(to_ring(absent(Word::Late(Some(ten))), by("10:15")), Some(Why::NotArrived(ten)));
    assert_eq!(to_ring(absent(Word::Late(None)), NOT_YET), None);
    assert_eq!(to_ring(absent(Word::Late(None)), late()), Some(Why::NoWord));
    let times = times();
    let monday = app::rules::calendar::SessionDay { date: date("2026-11-23"), session: Session::Am };
    assert_eq!(waits_until(monday, &times, 60), at("2026-11-23T10:15:00Z"));
}

#[test]
fn who_leaves_before_the_close_is_away_and_who_leaves_later_is_not() {
    let times = times();
    let word = |leaves: &str, returns: Option<&str>| {
        let details = Details { leaves: Some(time(leaves)), returns: returns.map(time), ..Details::default() };
        Word::of(Kind::Leaving, false, &details, Session::Am, &times)
    };
    assert_eq!(word("10:15", Some("11:30")), Word::Leaving);
    assert_eq!(word("09:00", Some("11:30")), Word::Away);
    assert_eq!(word("08:50", Some("09:10")), Word::Leaving);
    assert_eq!(Word::of(Kind::Leaving, false, &Details::default(), Session::Am, &times), Word::Leaving);
    assert_eq!(Word::of(Kind::Away, true, &Details::default(), Session::Pm, &times), Word::Expected);
}

#[test]
fn n_stands_for_five_school_days_and_says_how_many_are_left() {
    let calendar = school_year();
    let friday = date("2026-11-20");
    let seen = |today: &str| {
        let stands = n_stands(friday, date(today), &calendar);
        assert_eq!(stands.until, n_runs_out(friday, &calendar));
        stands.left
    };
    let days = ["2026-11-20", "2026-11-22", "2026-11-23", "2026-11-26", "2026-11-27", "2026-11-28", "2026-12-10"];
    assert_eq!(days.map(seen), [5, 5, 4, 1, 0, -1, -1]);
    // Half-term is no school day.
    assert_eq!(n_stands(date("2026-10-20"), date("2026-10-23"), &calendar).left, 2);
    let end = n_stands(date("2027-02-11"), date("2027-02-11"), &calendar);
    assert_eq!((end.until, end.left), (None, 5));
}

#[test]
fn the_afternoons_register_begins_when_it_is_taken() {
    let (calendar, times) = (school_year(), times());
    let session = |when: &str| session_at(at(when), &times, &calendar);
    assert_eq!(session("2026-11-23T09:16:00Z"), Session::Am);
    assert_eq!(session("2026-11-23T12:59:59Z"), Session::Am);
    assert_eq!(session("2026-11-23T13:00:00Z"), Session::Pm);
    // Another day is looked at from its morning, whatever the hour.
    let other = |day: &str| session_of(date(day), at("2026-11-23T13:30:00Z"), &times, &calendar);
    assert_eq!((other("2026-11-20"), other("2026-11-23")), (Session::Am, Session::Pm));
}
