//! A file that a spreadsheet opens and does not run.

use app::rules::code::Code;
use chrono::NaiveDate;

use crate::store::ToKey;

/// The day's codes, a line a child.
pub(super) fn codes(day: NaiveDate, lines: &[ToKey]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let heads = ["Date", "UPN", "Admission number", "Surname", "Forename", "Class", "AM", "PM", "Keyed in"];
    // Writing to memory does not fail.
    let _ = sheet.write_record(heads);
    for line in lines {
        let letters = |code: Option<Code>| code.map(Code::letters).unwrap_or_default().to_owned();
        let cells = [
            day.to_string(),
            line.upn.clone(),
            line.mis_id.clone(),
            line.surname.clone(),
            line.forename.clone(),
            line.class.clone(),
            letters(line.am),
            letters(line.pm),
            if line.keyed.is_some() { "yes" } else { "" }.to_owned(),
        ];
        let _ = sheet.write_record(cells.iter().map(|cell| harmless(cell)));
    }
    sheet.into_inner().unwrap_or_default()
}

/// A cell that begins as a formula does gets an apostrophe before it, which a spreadsheet does not show.
fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use app::rules::id::PupilId;

    use super::*;

    fn line(surname: &str, forename: &str) -> ToKey {
        ToKey {
            pupil_id: PupilId::from_bytes([1; 16]),
            mis_id: "004711".into(),
            upn: "A123456789012".into(),
            forename: forename.into(),
            surname: surname.into(),
            class: "3 Oak".into(),
            am: Some(Code::I),
            pm: Some(Code::PresentPm),
            keyed: None,
            changed_since: false,
        }
    }

    #[test]
    fn names_that_are_formulas_are_names() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        let hostile =
            [line("=HYPERLINK(\"http://evil\")", "+44"), line("@SUM(A1)", "-1"), line("O'Neill, \"Bo\"", "Zoë\nAnn")];
        let sheet = String::from_utf8(codes(day, &hostile)).unwrap_or_default();
        assert!(sheet.starts_with('\u{feff}'), "a spreadsheet reads it as UTF-8");
        let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().flatten().collect();
        assert_eq!(rows.len(), 3);
        for cell in rows.iter().flat_map(|row| row.iter()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
        assert_eq!((rows[2].get(3), rows[2].get(4)), (Some("O'Neill, \"Bo\""), Some("Zoë\nAnn")));
        assert_eq!((rows[0].get(2), rows[0].get(6), rows[0].get(7)), (Some("004711"), Some("I"), Some("\\")));
    }
}
