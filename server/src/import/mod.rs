//! Files that schools hand in, read without knowing a database: bytes become a table (`table`), its
//! heads become columns (`heads`), a roster's rows become people (`roster`), and people held against
//! what is stored become a plan (`plan`) that the store carries out or nobody does.

pub mod cell;
#[cfg(test)]
mod fuzz;
pub mod heads;
pub mod plan;
pub mod roster;
pub mod table;

use app::rules::import::Unreadable;
use chrono::NaiveDate;

pub use plan::{Plan, Stored};
pub use roster::Roster;

/// How many bytes a file may have.
pub const FILE_BYTES: usize = 10 << 20;

/// Reads a roster from the bytes of a file.
///
/// # Errors
/// [`Unreadable`] when the file is wrong as a whole.
pub fn read_roster(bytes: &[u8], today: NaiveDate) -> Result<Roster, Unreadable> {
    roster::read(&table::read(bytes)?, today)
}
