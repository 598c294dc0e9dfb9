use app::rules::figures::Known;

use super::*;

/// So many children in each of these classes (year, name, how many), each with a mark for every day of ten.
fn school(classes: &[(i64, &str, usize)]) -> (Vec<RollChild>, HashMap<PupilId, Tally>) {
    let born = NaiveDate::from_ymd_opt(2018, 5, 4).unwrap_or_default();
    let mut roll = Vec::new();
    for (year, name, count) in classes {
        for _ in 0..*count {
            let number = u8::try_from(roll.len()).unwrap_or(u8::MAX);
            let text = (*name).to_owned();
            roll.push(RollChild {
                pupil_id: PupilId::from_bytes([number; 16]),
                upn: String::new(),
                listed: text.clone(),
                full_name: text.clone(),
                class_id: text.clone(),
                class: text,
                year: *year,
                left_on: None,
                known: Known { born, admitted: born, first_mark: None },
            });
        }
    }
    let tally = Tally { attended: 9, authorised: 1, ..Tally::default() };
    let tallies = roll.iter().map(|child| (child.pupil_id.clone(), tally)).collect();
    (roll, tallies)
}

/// The names of the groups of years and of classes that are shown.
fn shown(classes: &[(i64, &str, usize)], least: Option<usize>) -> (bool, Vec<String>, Vec<String>) {
    let (roll, tallies) = school(classes);
    let [whole, years, classes] = Counted { roll: &roll, tallies: &tallies }.groups(|year| format!("Y{year}"), least);
    let names = |groups: Vec<Group>| -> Vec<String> {
        groups.into_iter().filter(|group| group.sums.is_some()).map(|group| group.name).collect()
    };
    (whole[0].sums.is_some(), names(years), names(classes))
}

const CLASSES: [(i64, &str, usize); 5] = [(1, "1A", 20), (1, "1B", 6), (2, "2", 8), (3, "3A", 25), (3, "3B", 26)];

#[test]
fn who_may_see_every_child_sees_every_group_and_the_way_to_it() {
    let (roll, tallies) = school(&CLASSES);
    let [whole, years, classes] = Counted { roll: &roll, tallies: &tallies }.groups(|year| year.to_string(), None);
    assert_eq!((years.len(), classes.len()), (3, 5));
    let sums = whole[0].sums.unwrap_or_default();
    assert_eq!((sums.children, sums.tally.attended, sums.counts), (85, 765, [Some(85), Some(85), Some(0)]));
    assert_eq!(classes[1].link, Some(paths::class("1B")));
    assert_eq!(classes[1].sums.map(|sums| (sums.children, sums.tally.possible())), Some((6, 60)));
}

#[test]
fn a_governor_sees_no_small_group_and_none_that_could_be_worked_out() {
    let (whole, years, classes) = shown(&CLASSES, Some(10));
    // Year 2 is small; year 1 goes with it, and so do the classes of both.
    assert_eq!((whole, years, classes), (true, vec!["Y3".to_owned()], vec!["3A".to_owned(), "3B".to_owned()]));
    let (_, _, classes) = shown(&[(1, "1A", 20), (1, "1B", 6), (1, "1C", 22), (2, "2", 30)], Some(10));
    assert_eq!(classes, ["1C", "2"], "1A hides 1B");
    assert_eq!(shown(&[(1, "1", 9)], Some(10)), (false, vec![], vec![]));
    let (roll, tallies) = school(&CLASSES);
    let [_, years, classes] = Counted { roll: &roll, tallies: &tallies }.groups(|year| year.to_string(), Some(10));
    for group in years.iter().chain(&classes) {
        assert!(group.sums.is_none_or(|sums| sums.counts == [None; 3]), "{group:?}");
    }
    assert!(classes.iter().all(|class| class.link.is_none()));
}

#[test]
fn few_children_are_not_counted_aloud() {
    let sums = |counts: [usize; 3]| Sums { children: 400, tally: Tally::default(), counts: counts.map(Some) };
    assert_eq!(countable(sums([120, 60, 0]), 10), [Some(120), Some(60), Some(0)]);
    assert_eq!(countable(sums([120, 60, 3]), 10), [Some(120), Some(60), None], "three");
    assert_eq!(countable(sums([65, 60, 0]), 10), [None, Some(60), Some(0)], "five between the lines");
    assert_eq!(countable(sums([395, 60, 20]), 10), [None, Some(60), Some(20)], "five above the line");
}
