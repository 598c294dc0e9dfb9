//! The secrets that stand outside the database, in the folder `keys/`.

use std::{io::Write, path::Path};

use crate::store::journal::Keys;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// A file is not a key.
    #[error("{0} is not a key of 64 hexadecimal figures: restore it from a backup")]
    NotAKey(String),
    /// The data is there and its key is not.
    #[error(
        "{0} is missing although the school's data is there: restore it from a backup, or the journal cannot be checked"
    )]
    Missing(String),
}

/// Reads the keys, or makes them for a school that has no data yet.
///
/// # Errors
/// [`KeysError`].
pub fn open(data: &Path, has_data: bool) -> Result<Keys, KeysError> {
    let folder = data.join("keys");
    std::fs::create_dir_all(&folder).map_err(|error| KeysError::Io(folder.display().to_string(), error))?;
    Ok(Keys { journal: key(&folder.join("journal.key"), has_data)?, server: key(&folder.join("server.key"), false)? })
}

fn key(path: &Path, must_exist: bool) -> Result<[u8; 32], KeysError> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(text.trim()).ok_or(KeysError::NotAKey(name)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if must_exist {
                return Err(KeysError::Missing(name));
            }
            let key: [u8; 32] = rand::random();
            write(path, &key).map_err(|error| KeysError::Io(name, error))?;
            Ok(key)
        }
        Err(error) => Err(KeysError::Io(name, error)),
    }
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..32).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()).collect();
    bytes?.try_into().ok()
}

fn write(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_read_again() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let first = open(folder.path(), false)?;
        let again = open(folder.path(), true)?;
        assert_eq!(first.journal, again.journal);
        assert_eq!(first.server, again.server);
        assert_ne!(first.server, first.journal);
        Ok(())
    }

    #[test]
    fn data_without_its_key_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        assert!(matches!(open(folder.path(), true), Err(KeysError::Missing(_))));
        std::fs::write(folder.path().join("keys/journal.key"), "short")?;
        assert!(matches!(open(folder.path(), true), Err(KeysError::NotAKey(_))));
        Ok(())
    }
}
