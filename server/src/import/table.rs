//! From bytes to rows of text: encoding, delimiter, quotes. What the cells mean is not known here.

use app::rules::{
    import::Unreadable,
    text::{tidy, tidy_line},
};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How large a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

/// How many characters a cell may have. A quotation mark that never closes makes one that is longer.
const MOST_CHARACTERS: usize = 2_000;
/// How many line breaks a cell may have: an address has five.
const MOST_BREAKS: usize = 20;
/// What separates cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// By how many rows a delimiter is judged.
const JUDGED: usize = 30;

/// A table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What separated the cells.
    pub delimiter: char,
    /// Rows with something in them, heads and titles included.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// Its cells, on one line each and without control characters.
    pub cells: Vec<String>,
    /// The cells that have line breaks in them, once more and with these, by their places.
    pub broken: Vec<(usize, String)>,
}

impl Row {
    /// A cell with its line breaks; "" where there is none.
    #[must_use]
    pub fn with_breaks(&self, place: usize) -> &str {
        let broken = self.broken.iter().find(|(other, _)| *other == place).map(|(_, cell)| cell);
        broken.or_else(|| self.cells.get(place)).map_or("", String::as_str)
    }
}

/// Reads a table.
///
/// # Errors
/// [`Unreadable`], but for missing heads.
pub fn read(bytes: &[u8], most: Most) -> Result<Table, Unreadable> {
    let text = text(bytes)?;
    // A spreadsheet program's own hint, not a row.
    let (text, skipped, told) = match text.strip_prefix("sep=") {
        Some(rest) => (rest.split_once('\n').map_or("", |(_, rest)| rest), 1, rest.bytes().next()),
        None => (text.as_str(), 0, None),
    };
    let delimiter = told.filter(|told| DELIMITERS.contains(told)).unwrap_or_else(|| likeliest(text));
    let mut rows = Vec::new();
    let mut line = Lines::of(text);
    for record in reader(text, delimiter).into_records() {
        let Ok(record) = record else { return Err(Unreadable::NotText) };
        let at = record.position().map_or(0, csv::Position::byte);
        let line = line.at(at) + skipped;
        let mut cells = Vec::with_capacity(record.len());
        let mut broken = Vec::new();
        for raw in &record {
            if raw.matches('\n').count() > MOST_BREAKS || raw.len() > 4 * MOST_CHARACTERS {
                return Err(Unreadable::OpenQuote(line));
            }
            let cell = tidy_line(raw, MOST_CHARACTERS).map_err(|_| Unreadable::OpenQuote(line))?;
            if raw.contains(['\n', '\r'])
                && let Ok(Some(cell)) =
                    tidy(&raw.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "), MOST_CHARACTERS)
            {
                broken.push((cells.len(), cell));
            }
            cells.push(cell.unwrap_or_default());
        }
        if cells.iter().all(String::is_empty) {
            continue;
        }
        rows.push(Row { line, cells, broken });
        if rows.len() > most.rows || rows.last().is_some_and(|row| row.cells.len() > most.columns) {
            return Err(Unreadable::TooLong);
        }
    }
    if rows.is_empty() { Err(Unreadable::Empty) } else { Ok(Table { delimiter: char::from(delimiter), rows }) }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The delimiter that cuts the first rows into the most cells, row by row the same.
fn likeliest(text: &str) -> u8 {
    let middle = |delimiter: u8| {
        let records = reader(text, delimiter).into_records().take(JUDGED);
        let mut widths: Vec<usize> = records.filter_map(|record| record.ok().map(|record| record.len())).collect();
        widths.sort_unstable();
        widths.get(widths.len() / 2).copied().unwrap_or(0)
    };
    let mut best = (DELIMITERS[0], 0);
    for delimiter in DELIMITERS {
        let cells = middle(delimiter);
        if cells > best.1 {
            best = (delimiter, cells);
        }
    }
    best.0
}

/// Where lines begin, so that a row can say which one it stands on.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of the first thing at or after this byte. Bytes are asked for in their order.
    fn at(&mut self, byte: u64) -> u64 {
        let mut byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.bytes.len());
        // The reader says where it began to look, which may be blank lines earlier.
        while self.bytes.get(byte).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            byte += 1;
        }
        if let Some(passed) = self.bytes.get(self.at..byte) {
            self.line += passed.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
            self.at = byte;
        }
        self.line
    }
}

/// The text of a file, with "\n" between its lines.
fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let workbook = [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0"].iter().any(|start| bytes.starts_with(start));
    if workbook {
        return Err(Unreadable::Workbook);
    }
    let text = decoded(bytes);
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if odd > 4 && odd * 50 > text.chars().count() {
        return Err(Unreadable::NotText);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    if text.trim().is_empty() { Err(Unreadable::Empty) } else { Ok(text) }
}

fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return by_line(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return UTF_16LE.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    // Without a mark: English text in UTF-16 has a nought in every second place.
    let noughts = |from: usize| bytes.iter().skip(from).step_by(2).take(2_000).filter(|byte| **byte == 0).count();
    let half = (bytes.len() / 2).min(2_000);
    if half > 2 && noughts(1) * 10 > half * 7 {
        return UTF_16LE.decode_without_bom_handling(bytes).0.into_owned();
    }
    if half > 2 && noughts(0) * 10 > half * 7 {
        return UTF_16BE.decode_without_bom_handling(bytes).0.into_owned();
    }
    by_line(bytes)
}

/// UTF-8; a line that is none is Windows-1252, since files are also glued together.
fn by_line(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: Most = Most { rows: 100_000, columns: 300 };

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes, MOST).map(|table| table.rows.into_iter().map(|row| row.cells).collect()).unwrap_or_default()
    }

    const PLAIN: &str = "Name,Town\nZoë Núñez,\"Ely, Cambs\"\nŁukasz,“Eye”\n";

    fn wanted() -> Vec<Vec<String>> {
        [["Name", "Town"], ["Zoë Núñez", "Ely, Cambs"], ["Łukasz", "“Eye”"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec()
    }

    #[test]
    fn utf_8_is_read_with_and_without_its_mark() {
        assert_eq!(cells(PLAIN.as_bytes()), wanted());
        assert_eq!(cells(format!("\u{FEFF}{PLAIN}").as_bytes()), wanted());
    }

    #[test]
    fn utf_16_is_read_in_both_orders_with_and_without_its_mark() {
        for marked in [true, false] {
            let text = if marked { format!("\u{FEFF}{PLAIN}") } else { PLAIN.to_owned() };
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(cells(&little), wanted(), "marked: {marked}");
            assert_eq!(cells(&big), wanted(), "marked: {marked}");
        }
    }

    #[test]
    fn windows_1252_is_read_and_one_line_of_it_spoils_no_other() {
        assert_eq!(cells(b"Name,Town\nZo\xEB N\xFA\xF1ez,\x93Eye\x94\n"), [["Name", "Town"], ["Zoë Núñez", "“Eye”"]]);
        let glued = [b"Name\nO\x92Brien\n".as_slice(), "Łukasz\n".as_bytes()].concat();
        assert_eq!(cells(&glued), [["Name"], ["O’Brien"], ["Łukasz"]]);
    }

    #[test]
    fn every_delimiter_is_found_also_past_a_title_and_inside_quotes() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = ["UPN|Name|Town", "1|Ada|\"Ely, Cambs; UK\"", "2|Sam|Eye"].join("\n").replace('|', delimiter);
            let table = read(text.as_bytes(), MOST).unwrap();
            assert_eq!(table.delimiter.to_string(), delimiter);
            assert_eq!(table.rows[1].cells, ["1", "Ada", "Ely, Cambs; UK"], "{delimiter}");
        }
        let titled = "Pupils, contacts, all\n\nUPN;Name\n1;Ada\n2;Sam\n3;Noor\n";
        assert_eq!(read(titled.as_bytes(), MOST).unwrap().delimiter, ';');
        assert_eq!(read(b"sep=|\nUPN|Name, all\n", MOST).unwrap().rows[0].cells, ["UPN", "Name, all"]);
    }

    #[test]
    fn rows_know_their_lines_past_blank_lines_and_breaks_in_quotes() {
        let text = "UPN,Address\r\n\r\n1,\"1 High St\r\nEly\"\r\n,\r\n  , \r\n2,Eye\r\n";
        let table = read(text.as_bytes(), MOST).unwrap();
        let rows: Vec<(u64, &str)> = table.rows.iter().map(|row| (row.line, row.cells[1].as_str())).collect();
        assert_eq!(rows, [(1, "Address"), (3, "1 High St Ely"), (7, "Eye")]);
        assert_eq!(table.rows[1].with_breaks(1), "1 High St\nEly");
        assert_eq!((table.rows[1].with_breaks(0), table.rows[1].with_breaks(9)), ("1", ""));
        assert_eq!(read(b"sep=;\na;b\n1;2\n", MOST).unwrap().rows[1].line, 3);
        assert_eq!(
            read(b"a,b\r1,2\r3,4", MOST).unwrap().rows[2],
            Row { line: 3, cells: vec!["3".into(), "4".into()], broken: vec![] }
        );
    }

    #[test]
    fn what_is_no_table_says_why() {
        assert_eq!(read(b"", MOST), Err(Unreadable::Empty));
        assert_eq!(read(b"\xEF\xBB\xBF\r\n \n,,\n", MOST), Err(Unreadable::Empty));
        assert_eq!(read(b"PK\x03\x04rest", MOST), Err(Unreadable::Workbook));
        assert_eq!(read(b"\xD0\xCF\x11\xE0\xA1", MOST), Err(Unreadable::Workbook));
        assert_eq!(read(&[1, 2, 3, 4, 5, 6, 7, 8, 14, 15], MOST), Err(Unreadable::NotText));
        assert_eq!(read(vec![b','; 400].as_slice(), MOST), Err(Unreadable::Empty));
        assert_eq!(read("x,".repeat(400).as_bytes(), MOST), Err(Unreadable::TooLong));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_named_by_its_line() {
        let text = format!("a,b\n1,\"open\n{}", "2,3\n".repeat(40));
        assert_eq!(read(text.as_bytes(), MOST), Err(Unreadable::OpenQuote(2)));
    }

    #[test]
    fn a_backslash_and_a_quotation_mark_inside_are_letters() {
        assert_eq!(cells(b"a,b\n\\,5' 2\" tall\n"), [["a", "b"], ["\\", "5' 2\" tall"]]);
    }
}
