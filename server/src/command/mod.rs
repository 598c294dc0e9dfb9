//! What the program does on the command line besides serving.

pub mod export_attendance;
pub mod import_marks;
pub mod import_roster;
pub mod verify_declaration;

use std::path::Path;

use crate::start::StartError;

/// What came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Brought in, or shown as asked.
    Good,
    /// In doubt: nothing was changed.
    Doubt,
}

/// The bytes of a file, if it has no more than it may, for the school in a data folder.
fn file_of(file: &Path, data: &Path, most: usize, too_large: &str) -> Result<Vec<u8>, StartError> {
    let said = |error| StartError::Io(file.display().to_string(), error);
    let length = std::fs::metadata(file).map_err(said)?.len();
    if usize::try_from(length).is_ok_and(|length| length > most) {
        return Err(StartError::Other(too_large.to_owned()));
    }
    let bytes = std::fs::read(file).map_err(said)?;
    if !data.is_dir() {
        return Err(StartError::Other(format!("there is no folder {}", data.display())));
    }
    Ok(bytes)
}
