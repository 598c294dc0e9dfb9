//! Forenames and surnames: the decks they come from, their forms, their plain letters.

use crate::demo::draw::Deck;
use crate::demo::names::Culture;

/// The names of one culture, mixed.
pub(super) struct Decks {
    pub(super) women: Deck,
    pub(super) men: Deck,
    pub(super) older_women: Deck,
    pub(super) older_men: Deck,
    pub(super) girls: Deck,
    pub(super) boys: Deck,
    pub(super) surnames: Deck,
    pub(super) school_names: Option<(Deck, Deck)>,
}

impl Decks {
    pub(super) fn new(culture: &Culture) -> Self {
        Self {
            women: Deck::new(culture.women),
            men: Deck::new(culture.men),
            older_women: Deck::new(culture.older_women),
            older_men: Deck::new(culture.older_men),
            girls: Deck::new(culture.girls),
            boys: Deck::new(culture.boys),
            surnames: Deck::new(culture.surnames),
            school_names: culture.school_names.map(|(girls, boys)| (Deck::new(girls), Deck::new(boys))),
        }
    }
}

/// A surname in the forms its bearers use.
#[derive(Clone, Copy)]
pub(super) struct Surname {
    pub(super) man: &'static str,
    pub(super) woman: &'static str,
    pub(super) girl: &'static str,
}

impl Surname {
    pub(super) fn read(text: &'static str) -> Self {
        let mut forms = text.split('/');
        let man = forms.next().unwrap_or(text);
        let woman = forms.next().unwrap_or(man);
        Self { man, woman, girl: forms.next().unwrap_or(woman) }
    }
}

/// Whether two surnames are one but for the ending: Nowicki and Nowicka.
pub(super) fn same_stem(one: &str, other: &str) -> bool {
    one.chars().take(4).eq(other.chars().take(4))
}

/// A name as people write it in an e-mail address: small letters from a to z only.
pub(super) fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter_map(plain_letter).collect()
}

fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' => letter,
        'ą' | 'á' | 'ã' | 'â' | 'ă' | 'à' | 'ä' => 'a',
        'ć' | 'č' | 'ç' => 'c',
        'ę' | 'ė' | 'é' | 'ê' | 'ë' | 'è' => 'e',
        'í' | 'î' | 'į' | 'ï' => 'i',
        'ł' => 'l',
        'ń' | 'ñ' => 'n',
        'ó' | 'õ' | 'ô' | 'ö' => 'o',
        'ś' | 'š' | 'ș' => 's',
        'ț' => 't',
        'ú' | 'ū' | 'ų' | 'ü' => 'u',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::names::CULTURES;

    #[test]
    fn every_letter_of_every_name_has_a_plain_one() {
        for culture in &CULTURES {
            let lists = [culture.women, culture.men, culture.older_women, culture.older_men, culture.surnames];
            for letter in lists.concat().to_lowercase().chars().filter(|letter| letter.is_alphabetic()) {
                assert!(plain_letter(letter).is_some(), "{letter}");
            }
        }
    }

    #[test]
    fn surnames_change_with_their_bearer() {
        let names = Surname::read("Kazlauskas/Kazlauskienė/Kazlauskaitė");
        assert_eq!((names.man, names.woman, names.girl), ("Kazlauskas", "Kazlauskienė", "Kazlauskaitė"));
        let names = Surname::read("Nowicki/Nowicka");
        assert_eq!((names.man, names.girl), ("Nowicki", "Nowicka"));
        assert_eq!(Surname::read("Zając").girl, "Zając");
    }
}
