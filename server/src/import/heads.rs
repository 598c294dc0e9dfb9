//! Which column holds what, by a table of aliases. MIS exports are defined by whoever made the
//! report, so no file's heads are known beforehand (domain, section 6.1).

use std::fmt::Debug;

use super::table::Row;

/// How many rows may stand above the heads: titles, dates, the school's name.
const ABOVE: usize = 12;

/// What columns can hold, and what they are called.
pub trait Heads: Copy + PartialEq + Debug + 'static {
    /// Every kind of column with its aliases as [`normal`] writes them, the better name first.
    const ALIASES: &'static [(Self, &'static [&'static str])];

    /// What a column with this head holds, and how good a name it is (0 is best).
    #[must_use]
    fn named(head: &str) -> Option<(Self, usize)> {
        Self::aliased(head)
    }

    /// The same by the aliases alone.
    #[must_use]
    fn aliased(head: &str) -> Option<(Self, usize)> {
        let head = normal(head);
        Self::ALIASES.iter().find_map(|(field, aliases)| {
            let rank = aliases.iter().position(|alias| *alias == head)?;
            Some((*field, rank))
        })
    }
}

/// What the unique pupil number is called.
pub const UPN: &[&str] = &["upn", "uniquepupilnumber", "pupilupn", "studentupn"];
/// What the pupil's number in the MIS is called.
pub const MIS_ID: &[&str] = &[
    "adno",
    "admissionnumber",
    "admissionno",
    "studentid",
    "pupilid",
    "pupilno",
    "studentno",
    "personid",
    "arborid",
    "misid",
    "arborstudentid",
    "arborpupilid",
    "id",
];
/// What a row below the table begins with.
const BELOW: [&str; 9] =
    ["total", "grandtotal", "subtotal", "count", "numberof", "endofreport", "printed", "page", "reportrun"];

/// Where the columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<F> {
    /// The place of the row with the heads among the rows.
    pub row: usize,
    /// All heads as [`normal`] writes them.
    pub heads: Vec<String>,
    /// What each known column holds, left to right, with how good a name it has (0 is best).
    pub known: Vec<Known<F>>,
}

/// A column that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<F> {
    /// What it holds.
    pub field: F,
    /// Its place.
    pub place: usize,
    /// The place of its name among the aliases.
    pub rank: usize,
}

/// A head without capitals, blanks and marks; what stands in brackets at its end is left out.
#[must_use]
pub fn normal(head: &str) -> String {
    let head = head.trim();
    let head = match head.rfind('(') {
        Some(at) if at > 0 && head.ends_with(')') => &head[..at],
        _ => head,
    };
    head.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a row is a total or a word below the table.
#[must_use]
pub fn is_below(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| normal(cell)).unwrap_or_default();
    let words = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    words <= 3 && BELOW.iter().any(|below| first.starts_with(below))
}

/// Finds the row of heads: of the first rows the one with the most heads that are known, two at least.
#[must_use]
pub fn find<F: Heads>(rows: &[Row]) -> Option<Columns<F>> {
    find_named(rows, F::named)
}

/// The same where something else says what a column holds.
#[must_use]
pub fn find_named<F: Heads>(rows: &[Row], named: impl Fn(&str) -> Option<(F, usize)>) -> Option<Columns<F>> {
    let mut best: Option<Columns<F>> = None;
    for (row, cells) in rows.iter().take(ABOVE).enumerate() {
        let known = known(&cells.cells, &named);
        if known.len() >= 2 && best.as_ref().is_none_or(|best| known.len() > best.known.len()) {
            let width = cells.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            let heads = cells.cells.iter().take(width).map(|head| normal(head)).collect();
            best = Some(Columns { row, heads, known });
        }
    }
    best
}

fn known<F: Heads>(cells: &[String], named: &impl Fn(&str) -> Option<(F, usize)>) -> Vec<Known<F>> {
    let mut found = Vec::new();
    for (place, cell) in cells.iter().enumerate() {
        found.extend(named(cell).map(|(field, rank)| Known { field, place, rank }));
    }
    found
}

/// The row that is likeliest the heads where none is known: of the first rows the one with the most cells that
/// have something in them, the first of them.
#[must_use]
pub fn likeliest(rows: &[Row]) -> Option<usize> {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let most = rows.iter().take(ABOVE).map(filled).max().filter(|most| *most >= 2)?;
    rows.iter().take(ABOVE).position(|row| filled(row) == most)
}

/// The first of the cells at these places with something in it; "" if none has.
#[must_use]
pub fn first<'r>(places: &[usize], row: &'r Row) -> &'r str {
    let mut cells = places.iter().filter_map(|place| row.cells.get(*place));
    cells.find(|cell| !cell.is_empty()).map_or("", String::as_str)
}

impl<F: Heads> Columns<F> {
    /// Whether there is a column of this kind.
    #[must_use]
    pub fn has(&self, field: F) -> bool {
        self.known.iter().any(|known| known.field == field)
    }

    /// The first of these cells with something in it, the column with the better name first; "" if none has.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, field: F) -> &'r str {
        first(&self.places(field), row)
    }

    /// Where such cells stand, the column with the better name first.
    #[must_use]
    pub fn places(&self, field: F) -> Vec<usize> {
        let mut columns: Vec<_> = self.known.iter().filter(|known| known.field == field).collect();
        columns.sort_by_key(|known| (known.rank, known.place));
        columns.into_iter().map(|known| known.place).collect()
    }

    /// Whether a row has cells beyond the last head.
    #[must_use]
    pub fn overflows(&self, row: &Row) -> bool {
        row.cells.iter().skip(self.heads.len()).any(|cell| !cell.is_empty())
    }

    /// Whether the heads stand here again, as after a page break.
    #[must_use]
    pub fn come_again(&self, row: &Row) -> bool {
        !self.overflows(row)
            && row.cells.iter().take(self.heads.len()).map(|cell| normal(cell)).eq(self.heads.iter().cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Of {
        Number,
        Phone,
    }

    impl Heads for Of {
        const ALIASES: &'static [(Self, &'static [&'static str])] =
            &[(Self::Number, &["upn"]), (Self::Phone, &["mobile", "homephone"])];
    }

    fn rows(lines: &[&str]) -> Vec<Row> {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        lines.iter().zip(1..).map(|(text, line)| Row { line, cells: cells(text), broken: vec![] }).collect()
    }

    #[test]
    fn heads_are_compared_without_capitals_blanks_and_marks() {
        for head in ["Home Phone", "home_phone", " HOME-PHONE ", "HomePhone (evenings)", "Home.Phone:"] {
            assert_eq!(normal(head), "homephone", "{head}");
        }
        assert_eq!(normal("(Contact) Priority"), "contactpriority");
        assert_eq!(normal("Élève"), "élève");
    }

    #[test]
    fn the_heads_may_stand_below_a_title() {
        let rows = rows(&["Mobile list", "", "Home phone,UPN,Mobile", "1,2,3"]);
        let columns = find::<Of>(&rows).unwrap();
        assert_eq!((columns.row, columns.heads.join(",")), (2, "homephone,upn,mobile".to_owned()));
        assert!(find::<Of>(&rows[..2]).is_none());
    }

    #[test]
    fn heads_come_again_whole_or_not_at_all() {
        let rows = rows(&[
            "Home phone,UPN,Mobile,",
            "home_phone,upn,MOBILE",
            "Home phone,UPN",
            "1,UPN,Mobile",
            "Home phone,UPN,Mobile,,x",
        ]);
        let columns = find::<Of>(&rows).unwrap();
        let again: Vec<bool> = rows.iter().map(|row| columns.come_again(row)).collect();
        assert_eq!(again, [true, true, false, false, false]);
    }

    #[test]
    fn the_better_name_wins_and_a_blank_gives_way() {
        let rows = rows(&["Home phone,UPN,Mobile", "1,2,3", "1,2,", "1", "1,2,3,4"]);
        let columns = find::<Of>(&rows).unwrap();
        let phones: Vec<&str> = rows[1..4].iter().map(|row| columns.cell(row, Of::Phone)).collect();
        assert_eq!(phones, ["3", "1", "1"]);
        assert_eq!(columns.cell(&rows[3], Of::Number), "");
        assert!(columns.overflows(&rows[4]) && !columns.overflows(&rows[1]));
    }
}
