//! From rows to marks. Long: a child's session a row. Wide: a child a row, a session a column. What the
//! marks mean for the school is not known here: that is the [`plan`].

mod heads;
pub mod plan;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::HashMap;

use app::rules::{
    calendar::SessionDay,
    code::Code,
    import::{Unreadable, marks::Fault},
    mark,
};
use chrono::NaiveDate;

use super::{
    cell,
    heads::{first, is_below},
    table::{Row, Table},
};
use heads::{Long, Places, Shape, half_of};
pub use heads::{MEANINGS, Meanings, heads_of};

/// By how many minutes a child can be late: the day is not longer.
const MOST_LATE: i64 = 400;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The children, in the order of the file.
    pub children: Vec<Child>,
    /// The marks, in the order of the file.
    pub given: Vec<Given>,
    /// What is set aside.
    pub aside: Vec<Aside>,
    /// Lines that are no child's: totals, "end of report".
    pub footers: usize,
    /// Sessions without a mark: not taken yet.
    pub blanks: usize,
}

/// A child as a file names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Child {
    /// In capitals; "" where the file has none.
    pub upn: String,
    /// "" where the file has none.
    pub mis_id: String,
    /// "" where the file has none.
    pub name: String,
}

/// A mark as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The line.
    pub line: u64,
    /// The place among the children.
    pub child: usize,
    /// The session.
    pub at: SessionDay,
    /// The code that counts.
    pub code: Code,
    /// The letter that stands there, where it was withdrawn in 2024.
    pub withdrawn: Option<&'static str>,
    /// Minutes late.
    pub minutes: Option<i64>,
    /// Whether minutes stand there that cannot be read.
    pub minutes_unread: bool,
    /// The note.
    pub note: Option<String>,
}

/// What is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The line.
    pub line: u64,
    /// Whose, as far as it can be read.
    pub who: String,
    /// Of which session, where that can be read.
    pub at: Option<SessionDay>,
    /// The mark that stands there.
    pub mark: String,
    /// Why.
    pub fault: Fault,
}

/// Reads the marks of a table.
///
/// # Errors
/// [`Unreadable::NoMarkHeads`], [`Unreadable::Summary`], [`Unreadable::MarkString`].
pub fn read(table: &Table, meanings: &Meanings) -> Result<Marks, Unreadable> {
    let places = heads::places(&table.rows, meanings)?;
    let mut reading =
        Reading { places: &places, marks: Marks::default(), known: HashMap::new(), dates: HashMap::new() };
    if let (Shape::Wide { spoilt, .. }, Some(heads)) = (&places.shape, table.rows.get(places.columns.row)) {
        for (place, fault) in spoilt {
            let who = heads.cells.get(*place).cloned().unwrap_or_default();
            let aside = Aside { line: heads.line, who, at: None, mark: String::new(), fault: *fault };
            reading.marks.aside.push(aside);
        }
    }
    for row in table.rows.iter().skip(places.columns.row + 1) {
        reading.take(row);
    }
    Ok(reading.marks)
}

/// A file being read.
struct Reading<'a> {
    places: &'a Places,
    marks: Marks,
    known: HashMap<Child, usize>,
    /// A school year has few days and many lines.
    dates: HashMap<String, Result<NaiveDate, Fault>>,
}

impl Reading<'_> {
    fn take(&mut self, row: &Row) {
        let places = self.places;
        let number = cell::plain(first(&places.upn, row));
        let mis_id = cell::plain(first(&places.mis_id, row));
        let numbered = [number, mis_id].iter().any(|number| number.contains(|c: char| c.is_ascii_digit()));
        if places.columns.come_again(row) || !numbered && is_below(row) {
            self.marks.footers += 1;
            return;
        }
        let names = [&places.forename, &places.surname].map(|places| cell::plain(first(places, row)));
        let name = names.join(" ").trim().to_owned();
        let child = Child { upn: number.to_uppercase(), mis_id: mis_id.to_owned(), name };
        let fault = if places.columns.overflows(row) {
            Some(Fault::MoreCells)
        } else if [number, mis_id].iter().any(|number| cell::spoilt(number)) {
            Some(Fault::SpoiltNumber)
        } else if number.is_empty() && mis_id.is_empty() {
            Some(Fault::NoNumber)
        } else {
            None
        };
        match (&places.shape, fault) {
            (_, Some(fault)) => self.set_aside(row.line, &child, None, "", fault),
            (Shape::Long(long), None) => self.long(row, long, child),
            (Shape::Wide { at, .. }, None) => {
                let place = self.place(child);
                for (column, at) in at {
                    let mark = row.cells.get(*column).map_or("", String::as_str);
                    self.mark(row.line, place, *at, mark, (None, false), None);
                }
            }
        }
    }

    fn long(&mut self, row: &Row, long: &Long, child: Child) {
        let cell = |places: &[usize]| cell::plain(first(places, row));
        let date = match self.date(cell(&long.date)) {
            Ok(date) => date,
            Err(fault) => return self.set_aside(row.line, &child, None, cell(&long.mark), fault),
        };
        let note = Some(cell(&long.note).to_owned()).filter(|note| !note.is_empty());
        let late = minutes(cell(&long.minutes));
        let place = self.place(child);
        for (column, session) in &long.halves {
            let mark = row.cells.get(*column).map_or("", String::as_str);
            self.mark(row.line, place, SessionDay { date, session: *session }, mark, (None, false), note.clone());
        }
        if !long.halves.is_empty() {
            return;
        }
        match half_of(cell(&long.session)) {
            Some(session) => {
                self.mark(row.line, place, SessionDay { date, session }, first(&long.mark, row), late, note);
            }
            None => {
                let child = self.marks.children[place].clone();
                self.set_aside(row.line, &child, None, cell(&long.mark), Fault::BadSession);
            }
        }
    }

    fn mark(
        &mut self,
        line: u64,
        child: usize,
        at: SessionDay,
        text: &str,
        (minutes, minutes_unread): (Option<i64>, bool),
        note: Option<String>,
    ) {
        let text = cell::plain(text);
        if text.is_empty() {
            self.marks.blanks += 1;
            return;
        }
        match code(text, at.date) {
            Ok((code, withdrawn)) => {
                self.marks.given.push(Given { line, child, at, code, withdrawn, minutes, minutes_unread, note });
            }
            Err(fault) => {
                let child = self.marks.children[child].clone();
                self.set_aside(line, &child, Some(at), text, fault);
            }
        }
    }

    fn set_aside(&mut self, line: u64, child: &Child, at: Option<SessionDay>, mark: &str, fault: Fault) {
        // Enough to find it by; what stands in its place may be anything.
        let mark = mark.chars().take(12).collect();
        self.marks.aside.push(Aside { line, who: child.said(), at, mark, fault });
    }

    fn date(&mut self, text: &str) -> Result<NaiveDate, Fault> {
        if let Some(known) = self.dates.get(text) {
            return *known;
        }
        let date = if text.is_empty() { Err(Fault::NoDate) } else { heads::date(text) };
        self.dates.insert(text.to_owned(), date);
        date
    }

    fn place(&mut self, child: Child) -> usize {
        // Lines of one child mostly stand together.
        if let Some(last) = self.marks.children.len().checked_sub(1).filter(|last| self.marks.children[*last] == child)
        {
            return last;
        }
        if let Some(place) = self.known.get(&child) {
            return *place;
        }
        let place = self.marks.children.len();
        self.marks.children.push(child.clone());
        self.known.insert(child, place);
        place
    }
}

impl Child {
    /// What to call it by, as far as the file says.
    #[must_use]
    pub fn said(&self) -> String {
        [&self.name, &self.upn, &self.mis_id].into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
    }
}

/// The code of a cell: as written, for case matters.
fn code(text: &str, date: NaiveDate) -> Result<(Code, Option<&'static str>), Fault> {
    if let Some(code) = Code::parse(text) {
        return Ok((code, None));
    }
    if let Some(code) = mark::withdrawn(text, date) {
        return Ok((code, ["H", "J", "Y", "F"].into_iter().find(|letter| *letter == text)));
    }
    let mut letters = text.chars().filter(|c| !c.is_whitespace());
    let one = |c: char| Code::parse(c.encode_utf8(&mut [0; 4])).is_some() || matches!(c, 'H' | 'J' | 'Y' | 'F' | '-');
    let many = text.chars().count() > 1 && letters.all(|c| one(c) || c.is_ascii_digit());
    Err(if many { Fault::MarkString } else { Fault::UnknownCode })
}

/// Minutes late, and whether something else stands there. Nought is what exports put everywhere.
fn minutes(text: &str) -> (Option<i64>, bool) {
    let text = text.to_lowercase();
    let text =
        ["minutes", "minute", "mins", "min", "m"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let text = text.trim().trim_end_matches(".0");
    if text.is_empty() {
        return (None, false);
    }
    match text.parse::<i64>() {
        Ok(0) => (None, false),
        Ok(minutes) if (1..=MOST_LATE).contains(&minutes) => (Some(minutes), false),
        _ => (None, true),
    }
}
