//! Files that leave the portal: the same bytes by page and by command.

pub mod attendance;

/// A CSV file: a line a record, cells that begin as a formula does with an apostrophe before them, which a
/// spreadsheet does not show.
pub(crate) fn csv(begin: &[u8], records: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(begin.to_vec());
    for record in records {
        // Writing to memory does not fail.
        let _ = sheet.write_record(record.iter().map(|cell| harmless(cell)));
    }
    sheet.into_inner().unwrap_or_default()
}

fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}
