//! Absent children pasted out of a MIS: names in either order, UPNs, numbers, other columns beside.
//!
//! Nothing is guessed. A line that is not exactly one child's is told, and until every line is
//! understood nothing is saved: a child that was overlooked would count as in the room.

use std::collections::HashMap;

use any_ascii::any_ascii;
use app::rules::{code::Code, register::Tick};

/// A child as a line may name it.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    /// Given name.
    pub forename: &'a str,
    /// What everybody calls the child, if something else.
    pub known_as: Option<&'a str>,
    /// Family name; may be empty.
    pub surname: &'a str,
    /// The unique pupil number; "" where there is none.
    pub upn: &'a str,
    /// The number in the MIS; "" where there is none.
    pub mis_id: &'a str,
    /// "3 Oak".
    pub class: &'a str,
}

/// Why a line is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody is called so.
    Unknown,
    /// These children are.
    Several(Vec<usize>),
    /// Its numbers are two children's, or not the named child's.
    TwoChildren,
    /// This child stands further up with another mark.
    Twice(usize),
    /// It has two marks that say otherwise: a morning's and an afternoon's, or yesterday's and today's.
    TwoMarks,
}

/// What was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The children, by place, and what the list says of them: absent or late.
    pub found: Vec<(usize, Tick)>,
    /// The children, by place, of whom a line says that they are there.
    pub present: Vec<usize>,
    /// Lines that are not understood: their number from 1, their text, why.
    pub troubles: Vec<(usize, String, Trouble)>,
}

/// Small Latin letters, digits and single blanks: "Żółtowski-O'Neill" becomes "zoltowski oneill".
#[must_use]
pub fn plain(text: &str) -> String {
    let text = any_ascii(text).to_lowercase();
    let letters = text.chars().filter(|letter| !matches!(letter, '\'' | '`'));
    let words: String = letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that stand over columns: a line of nothing else is no child's.
const HEADS: [&str; 24] = [
    "name",
    "names",
    "surname",
    "forename",
    "first",
    "last",
    "family",
    "given",
    "pupil",
    "student",
    "child",
    "class",
    "reg",
    "form",
    "group",
    "upn",
    "number",
    "admission",
    "no",
    "id",
    "mark",
    "code",
    "date",
    "session",
];

/// What a line says of a child besides who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Tick(Tick),
    There,
}

/// What a cell says if it is a mark or a word for one, written exactly so.
fn mark(cell: &str) -> Option<Says> {
    match cell.to_lowercase().as_str() {
        "absent" | "away" => return Some(Says::Tick(Tick::Absent)),
        "late" => return Some(Says::Tick(Tick::Late(None))),
        "present" | "here" => return Some(Says::There),
        _ => {}
    }
    let code = Code::parse(cell)?;
    Some(match code {
        Code::L => Says::Tick(Tick::Late(None)),
        code if code.class().counts_as_attended() => Says::There,
        // Came after the close: there, and late.
        Code::U => Says::Tick(Tick::Late(None)),
        _ => Says::Tick(Tick::Absent),
    })
}

/// Reads what was pasted against everybody on roll.
#[must_use]
pub fn read(text: &str, everybody: &[Named<'_>]) -> Pasted {
    let desk = Desk::of(everybody);
    let mut pasted = Pasted::default();
    let mut seen: HashMap<usize, Says> = HashMap::new();
    let lines = text.lines().enumerate().filter(|(_, line)| line.chars().any(char::is_alphanumeric));
    for (number, line) in lines {
        if desk.is_head(line) {
            continue;
        }
        let trouble = match desk.line(line) {
            Err(trouble) => trouble,
            Ok((child, says)) => match seen.get(&child) {
                Some(before) if *before == says => continue,
                Some(_) => Trouble::Twice(child),
                None => {
                    seen.insert(child, says);
                    match says {
                        Says::Tick(tick) => pasted.found.push((child, tick)),
                        Says::There => pasted.present.push(child),
                    }
                    continue;
                }
            },
        };
        pasted.troubles.push((number + 1, line.trim().to_owned(), trouble));
    }
    pasted
}

/// Everybody, by what a line may call them.
struct Desk<'a> {
    everybody: &'a [Named<'a>],
    names: HashMap<String, Vec<usize>>,
    numbers: HashMap<String, Vec<usize>>,
    classes: HashMap<String, String>,
}

impl<'a> Desk<'a> {
    fn of(everybody: &'a [Named<'a>]) -> Self {
        let mut desk = Self { everybody, names: HashMap::new(), numbers: HashMap::new(), classes: HashMap::new() };
        for (place, child) in everybody.iter().enumerate() {
            let mut forms = Vec::new();
            for given in [Some(child.forename), child.known_as].into_iter().flatten() {
                forms.push(plain(&format!("{given} {}", child.surname)));
                forms.push(plain(&format!("{} {given}", child.surname)));
            }
            forms.sort();
            forms.dedup();
            for form in forms.into_iter().filter(|form| !form.is_empty()) {
                desk.names.entry(form).or_default().push(place);
            }
            for number in [child.upn, child.mis_id].into_iter().filter(|number| !number.is_empty()) {
                let places = desk.numbers.entry(number.to_uppercase()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
            desk.classes.insert(plain(child.class), child.class.to_owned());
        }
        desk
    }

    fn is_head(&self, line: &str) -> bool {
        let words = plain(line);
        words.split(' ').all(|word| HEADS.contains(&word)) && !self.names.contains_key(&words)
    }

    /// The one child of a line, and what it says.
    fn line(&self, line: &str) -> Result<(usize, Says), Trouble> {
        // A tab, a semicolon or several blanks part columns; a comma may, or stands in a name.
        let cells: Vec<&str> = line.split(['\t', ';', '|']).flat_map(|cell| cell.split("  ")).map(str::trim).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let pieces: Vec<&str> =
            cells.iter().flat_map(|cell| cell.split(',')).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let mut says: Option<Says> = None;
        let mut numbered: Option<Vec<usize>> = None;
        let mut class = None;
        let mut rest = Vec::new();
        for piece in pieces {
            if let Some(said) = mark(piece) {
                // Which of two is this session's nobody can tell from here.
                if says.is_some_and(|before| before != said) {
                    return Err(Trouble::TwoMarks);
                }
                says = Some(said);
            } else if let Some(found) = self.numbers.get(&piece.to_uppercase()) {
                let both = |old: Vec<usize>| old.into_iter().filter(|place| found.contains(place)).collect();
                numbered = Some(numbered.map_or_else(|| found.clone(), both));
            } else if let Some(name) = self.classes.get(&plain(piece)) {
                class = Some(name.as_str());
            } else {
                rest.push(plain(piece));
            }
        }
        let (named, class) = self.named(&rest, class);
        let says = says.unwrap_or(Says::Tick(Tick::Absent));
        let found = match (numbered, named) {
            (Some(numbered), Some(named)) => {
                let both: Vec<usize> = numbered.into_iter().filter(|place| named.contains(place)).collect();
                if both.is_empty() {
                    return Err(Trouble::TwoChildren);
                }
                both
            }
            // A number and a name that nobody has: the number may be somebody else's.
            (Some(_), None) if rest.iter().any(|words| words.chars().any(char::is_alphabetic)) => {
                return Err(Trouble::TwoChildren);
            }
            (Some(numbered), None) if numbered.is_empty() => return Err(Trouble::TwoChildren),
            (Some(numbered), None) => numbered,
            (None, Some(named)) => named,
            (None, None) => return Err(Trouble::Unknown),
        };
        let found = match class {
            Some(class) if found.len() > 1 => {
                let within: Vec<usize> =
                    found.iter().copied().filter(|place| self.everybody[*place].class == class).collect();
                if within.is_empty() { found } else { within }
            }
            _ => found,
        };
        match found.as_slice() {
            [one] => Ok((*one, says)),
            _ => Err(Trouble::Several(found)),
        }
    }

    /// Whom words name: all of them together, with or without a class at either end, or some of the cells.
    fn named<'s>(&'s self, words: &[String], class: Option<&'s str>) -> (Option<Vec<usize>>, Option<&'s str>) {
        let all = words.join(" ");
        let mut tries = vec![(all.clone(), class)];
        for (plain, name) in &self.classes {
            let end = all.strip_suffix(plain.as_str()).and_then(|rest| rest.strip_suffix(' '));
            let begin = all.strip_prefix(plain.as_str()).and_then(|rest| rest.strip_prefix(' '));
            tries.extend([end, begin].into_iter().flatten().map(|rest| (rest.to_owned(), Some(name.as_str()))));
        }
        if let Some((found, class)) = tries.into_iter().find_map(|(text, class)| Some((self.names.get(&text)?, class)))
        {
            return (Some(found.clone()), class);
        }
        // Among other columns: two cells beside each other, or one with a whole name in it. One word alone is a
        // name only where nothing else could be the rest of it.
        let lettered = |words: &String| words.chars().any(char::is_alphabetic);
        let alone = words.iter().filter(|words| lettered(words)).count() == 1;
        let pairs = words.windows(2).map(|pair| pair.join(" "));
        let cells = words.iter().filter(|cell| alone || cell.contains(' ')).cloned();
        let mut named: Option<Vec<usize>> = None;
        for found in pairs.chain(cells).filter_map(|text| self.names.get(&text)) {
            let mut all = named.unwrap_or_default();
            all.extend(found.iter().filter(|place| !all.contains(place)).copied().collect::<Vec<_>>());
            named = Some(all);
        }
        if named.is_some() {
            return (named, class);
        }
        (None, class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(
        forename: &'static str,
        known_as: Option<&'static str>,
        surname: &'static str,
        number: &'static str,
        class: &'static str,
    ) -> Named<'static> {
        let upn = match number {
            "101" => "A823102215001",
            "102" => "B823102215002",
            _ => "",
        };
        Named { forename, known_as, surname, upn, mis_id: number, class }
    }

    fn everybody() -> Vec<Named<'static>> {
        vec![
            child("Adaeze", Some("Ada"), "Okafor", "101", "3 Oak"),
            child("Sam", None, "Okafor", "102", "1 Elm"),
            child("Ada", None, "Smith", "103", "3 Oak"),
            child("Ada", None, "Smith", "104", "1 Elm"),
            child("Zofia", None, "Żółtowska", "105", "1 Elm"),
            child("Rory", None, "O'Brien-Oakes", "106", "3 Oak"),
            child("Sukarno", None, "", "107", "3 Oak"),
        ]
    }

    fn absent(text: &str) -> Vec<usize> {
        let pasted = read(text, &everybody());
        assert_eq!(pasted.troubles, [], "{text}");
        pasted.found.into_iter().map(|(place, _)| place).collect()
    }

    fn trouble(text: &str) -> Trouble {
        let pasted = read(text, &everybody());
        assert!(pasted.found.is_empty() && pasted.troubles.len() == 1, "{text}: {pasted:?}");
        pasted.troubles[0].2.clone()
    }

    #[test]
    fn names_are_read_in_either_order_with_columns_beside_them() {
        for line in [
            "Okafor, Ada",
            "Ada Okafor",
            "okafor ada",
            "Okafor, Adaeze",
            "Okafor\tAda\t3 Oak\tN",
            "3 Oak\tOkafor, Ada\tI",
            "Okafor, Ada 3 Oak",
            "3 Oak Ada Okafor",
            "Ada;Okafor",
            "12/05/2018\tOkafor\tAda",
            "A823102215001",
            "101\tOkafor, Ada",
            "101",
            "  Okafor, Ada   (3 Oak) ",
        ] {
            assert_eq!(absent(line), [0], "{line}");
        }
        assert_eq!(absent("Zoltowska, Zofia\nRory OBrien Oakes\nSukarno"), [4, 5, 6]);
        assert_eq!(absent("Smith, Ada\t1 Elm\nSmith, Ada 3 Oak\n103"), [3, 2]);
    }

    #[test]
    fn a_mark_beside_says_late_or_there_and_a_head_and_empty_lines_are_nobody() {
        let pasted = read(
            "Surname\tForename\tReg Group\tMark\nOkafor\tAda\t3 Oak\tL\n\n-\nOkafor\tSam\t1 Elm\t/\nSukarno\tN\n",
            &everybody(),
        );
        assert_eq!(pasted.found, [(0, Tick::Late(None)), (6, Tick::Absent)]);
        assert_eq!((pasted.present, pasted.troubles.len()), (vec![1], 0));
    }

    #[test]
    fn two_marks_on_a_line_are_told_where_they_say_otherwise_whatever_their_order() {
        for line in [
            "Okafor\tAda\t/\tN",
            "Okafor\tAda\tN\t/",
            "Okafor\tAda\tB\tN",
            "Okafor, Ada, L, N",
            "Okafor, Ada\t/\tlate",
            "101\tI\t3 Oak\t\\",
            "N\tSomebody Else\t/",
        ] {
            assert_eq!(trouble(line), Trouble::TwoMarks, "{line}");
        }
        // Two that come to the same are no doubt: both sessions ill, both there.
        assert_eq!(absent("Okafor\tAda\tI\tI\nOkafor\tSam\tN\tM"), [0, 1]);
        let there = read("Okafor\tAda\t/\t\\", &everybody());
        assert_eq!((there.present, there.found.len(), there.troubles.len()), (vec![0], 0, 0));
    }

    #[test]
    fn what_is_not_exactly_one_child_is_told_and_nothing_is_guessed() {
        assert_eq!(trouble("Okafor"), Trouble::Unknown);
        assert_eq!(trouble("Ada Okafo"), Trouble::Unknown);
        assert_eq!(trouble("Somebody Else"), Trouble::Unknown);
        assert_eq!(trouble("Sukarno\tBudi"), Trouble::Unknown);
        assert_eq!(trouble("Okafor, Sam\tmother of Ada\tOkafor, Ada"), Trouble::Several(vec![1, 0]));
        assert_eq!(trouble("Smith, Ada"), Trouble::Several(vec![2, 3]));
        assert_eq!(trouble("101\tOkafor, Sam"), Trouble::TwoChildren);
        assert_eq!(trouble("101 102\t102\t101"), Trouble::TwoChildren);
        assert_eq!(trouble("101\tSomebody Else"), Trouble::TwoChildren);
        let twice = read("Okafor, Ada\tN\nAda Okafor\nOkafor, Ada\tL\nOkafor, Ada\t/", &everybody());
        assert_eq!(twice.found, [(0, Tick::Absent)]);
        assert_eq!(twice.troubles.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(twice.troubles[0].2, Trouble::Twice(0));
    }

    #[test]
    fn each_line_is_somebodys_or_told_whatever_it_is() {
        let parts = ["Okafor", "Ada", ",", "\t", " ", "101", "3 Oak", "N", "/", "L", "Smith", "é", "'", ";"];
        let mut draw = 9_u32;
        for _ in 0..3_000 {
            let line: String = (0..6)
                .map(|_| {
                    draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    parts[(draw >> 16) as usize % parts.len()]
                })
                .collect();
            let pasted = read(&line, &everybody());
            let told = pasted.found.len() + pasted.present.len() + pasted.troubles.len();
            let somebody = line.chars().any(char::is_alphanumeric);
            assert_eq!(told, usize::from(somebody), "{line:?}: {pasted:?}");
        }
    }
}
