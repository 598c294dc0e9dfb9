//! Finding a child by part of a name, whatever letters it is written in.

use crate::{import::paste::plain, store::OnRoll};

/// The children whose names or class have every word that was typed, those first whose words
/// begin so; in the order of registers.
pub(super) fn find<'a>(everybody: &'a [OnRoll], typed: &str) -> Vec<&'a OnRoll> {
    let typed = plain(typed);
    let asked: Vec<&str> = typed.split(' ').filter(|word| !word.is_empty()).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, String, &OnRoll)> = everybody
        .iter()
        .filter_map(|child| {
            let known_as = child.known_as.as_deref().unwrap_or_default();
            let text = plain(&format!("{} {known_as} {} {}", child.forename, child.surname, child.class));
            let words: Vec<&str> = text.split(' ').collect();
            let begins = asked.iter().all(|part| words.iter().any(|word| word.starts_with(part)));
            (begins || asked.iter().all(|part| text.contains(part)))
                .then(|| (!begins, plain(&format!("{} {}", child.surname, child.called())), child))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1, &a.2.pupil_id).cmp(&(b.0, &b.1, &b.2.pupil_id)));
    found.into_iter().map(|(.., child)| child).collect()
}

#[cfg(test)]
mod tests {
    use app::rules::id::PupilId;

    use super::*;

    fn child(number: u8, forename: &str, known_as: Option<&str>, surname: &str, class: &str) -> OnRoll {
        OnRoll {
            pupil_id: PupilId::from_bytes([number; 16]),
            forename: forename.into(),
            known_as: known_as.map(Into::into),
            surname: surname.into(),
            class: class.into(),
        }
    }

    fn everybody() -> Vec<OnRoll> {
        vec![
            child(1, "Ada", None, "Okafor", "3 Oak"),
            child(2, "Samuel", Some("Sam"), "Okafor", "1 Elm"),
            child(3, "Zofia", None, "Żółtowska", "5 Rowan"),
            child(4, "Rory", None, "O'Brien-Oakes", "3 Elm"),
            child(5, "Sukarno", None, "", "R Ash"),
            child(6, "عائشہ", None, "خان", "2 Fir"),
        ]
    }

    fn found(typed: &str) -> Vec<u8> {
        let everybody = everybody();
        let number = |child: &&OnRoll| (1..=6).find(|n| child.pupil_id == PupilId::from_bytes([*n; 16])).unwrap_or(0);
        find(&everybody, typed).iter().map(number).collect()
    }

    #[test]
    fn a_few_letters_of_any_part_are_enough() {
        assert_eq!(found("oka"), [1, 2]);
        assert_eq!(found("ada ok"), [1]);
        assert_eq!(found("OKAFOR, sam"), [2]);
        assert_eq!(found("samuel"), [2]);
        assert_eq!(found("suk"), [5]);
        assert_eq!(found("3 elm"), [4]);
    }

    #[test]
    fn letters_need_not_be_typed_as_they_are_written() {
        assert_eq!(found("zolt"), [3]);
        assert_eq!(found("Żółt"), [3]);
        assert_eq!(found("obrien"), [4]);
        assert_eq!(found("خان"), [6]);
    }

    #[test]
    fn beginnings_come_before_middles_and_nonsense_finds_nobody() {
        assert_eq!(found("oak"), [4, 1], "Oakes and Oak begin so; by surname");
        assert_eq!(found("for"), [1, 2]);
        assert!(found("").is_empty() && found(" -' ").is_empty() && found("qqq").is_empty());
    }
}
