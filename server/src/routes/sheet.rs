//! Files that a spreadsheet opens and does not run.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use crate::export::csv;

/// A CSV file of this name: a line a record, readable as UTF-8, cells that begin as a formula does
/// with an apostrophe before them, which a spreadsheet does not show.
pub(super) fn download(name: &str, records: impl IntoIterator<Item = Vec<String>>) -> Response {
    download_bytes(name, bytes(records))
}

fn bytes(records: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    csv(b"\xEF\xBB\xBF", records)
}

/// A file of this name that was made elsewhere, as it is.
pub(super) fn download_bytes(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_formulas_are_names() {
        let cells =
            ["=HYPERLINK(\"http://evil\")", "+44", "@SUM(A1)", "-1", "O'Neill, \"Bo\"", "Zoë\nAnn", "004711", "\\"];
        let sheet =
            String::from_utf8(bytes([vec!["Name".to_owned(); 8], cells.map(str::to_owned).into()])).unwrap_or_default();
        assert!(sheet.starts_with('\u{feff}'), "a spreadsheet reads it as UTF-8");
        let mut reader = ::csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().flatten().collect();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{rows:?}");
        assert_eq!(rows[0].iter().skip(4).collect::<Vec<_>>(), cells[4..]);
    }
}
