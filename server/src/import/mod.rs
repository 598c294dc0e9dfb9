//! Files that schools hand in, read without knowing a database: bytes become a table (`table`), its
//! heads become columns (`heads`), a roster's rows become people (`roster`), and people held against
//! what is stored become a plan (`plan`) that the store carries out or nobody does. `marks` does the same for the register;
//! `said` puts plans into words.

pub mod cell;
#[cfg(test)]
mod fuzz;
pub mod heads;
pub mod marks;
pub mod paste;
pub mod plan;
pub mod roster;
pub(crate) mod said;
pub mod table;

use app::rules::import::Unreadable;
use chrono::NaiveDate;

pub use marks::{Marks, Meanings};
pub use plan::{Plan, Stored};
pub use roster::Roster;
use table::Most;

/// How many bytes a roster may have.
pub const ROSTER_BYTES: usize = 10 << 20;
/// How many bytes a file of marks may have: a school year, a line for each child's session.
pub const MARKS_BYTES: usize = 32 << 20;

/// How large a roster may be.
const ROSTER: Most = Most { rows: 100_000, columns: 300 };
/// How large a file of marks may be: two years of a large school, or a column for each session of two years.
const MARKS: Most = Most { rows: 500_000, columns: 1_000 };

/// Reads a roster from the bytes of a file.
///
/// # Errors
/// [`Unreadable`] when the file is wrong as a whole.
pub fn read_roster(bytes: &[u8], today: NaiveDate) -> Result<Roster, Unreadable> {
    roster::read(&table::read(bytes, ROSTER)?, today)
}

/// Reads marks from the bytes of a file whose heads are known.
///
/// # Errors
/// [`Unreadable`] when the file is wrong as a whole.
pub fn read_marks(bytes: &[u8]) -> Result<Marks, Unreadable> {
    read_marks_as(bytes, &Meanings::default())
}

/// The same; `meanings` is what staff have said of its heads.
///
/// # Errors
/// [`Unreadable`] when the file is wrong as a whole.
pub fn read_marks_as(bytes: &[u8], meanings: &Meanings) -> Result<Marks, Unreadable> {
    marks::read(&table::read(bytes, MARKS)?, meanings)
}

/// The heads of a file of marks as they stand in it, each with its first cells, so that somebody can say what
/// they mean.
///
/// # Errors
/// [`Unreadable`] when the file is no table.
pub fn heads_of_marks(bytes: &[u8]) -> Result<Vec<(String, Vec<String>)>, Unreadable> {
    Ok(marks::heads_of(&table::read(bytes, MARKS)?.rows))
}
