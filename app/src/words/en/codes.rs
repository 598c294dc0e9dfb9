use super::super::CodeWords;
use crate::rules::code::{Class, Code};

fn meaning(code: Code) -> &'static str {
    match code.letters() {
        "/" => "In school, morning",
        "\\" => "In school, afternoon",
        "L" => "Late, before the register closed",
        "K" => "Lessons arranged by the council",
        "V" => "School trip",
        "P" => "Sport, agreed by the school",
        "W" => "Work experience",
        "B" => "Learning elsewhere, agreed by the school",
        "D" => "At the other school on roll",
        "C" => "Leave agreed by the headteacher",
        "C1" => "Leave for a performance",
        "C2" => "Part-time timetable",
        "E" => "Suspended or excluded",
        "I" => "Illness",
        "J1" => "Interview",
        "M" => "Medical or dental appointment",
        "R" => "Religious observance",
        "S" => "Study leave",
        "T" => "Family travelling for work",
        "G" => "Holiday that was not agreed",
        "N" => "Reason not known yet",
        "O" => "Absent without agreement",
        "U" => "Arrived after the register closed",
        "Q" => "No transport or access arranged",
        "X" => "Not required to attend yet",
        "Y1" => "School transport did not run",
        "Y2" => "Widespread travel disruption",
        "Y3" => "Part of the school closed",
        "Y4" => "School closed unexpectedly",
        "Y5" => "In custody",
        "Y6" => "Public health advice",
        "Y7" => "Another unavoidable cause",
        "Z" => "Not on the register yet",
        _ => "School closed as planned",
    }
}

fn short(code: Code) -> &'static str {
    match code.letters() {
        "C" => "Agreed leave",
        "M" => "Appointment",
        "R" => "Religious day",
        "N" => "Not known yet",
        "O" => "Not agreed",
        _ => meaning(code),
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Present => "in school",
        Class::ApprovedActivity => "counts as attended",
        Class::AuthorisedAbsence => "authorised",
        Class::UnauthorisedAbsence => "not authorised",
        Class::NotPossible => "does not count",
        Class::NotCollected => "not counted",
    }
}

pub(super) const WORDS: CodeWords = CodeWords {
    meaning,
    short,
    class,
    full: |code| format!("{}, {} ({})", meaning(code), class(code.class()), code.letters()),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| meaning(*code)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
