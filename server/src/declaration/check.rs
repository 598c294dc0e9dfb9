//! Looking whether a file says what was signed.

use app::rules::declaration::{Facts, Manifest};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::{RECORD, Sheet, draw, drawn_by};
use crate::forms::fingerprint;

/// How large a file may be that is looked at.
pub const MOST_BYTES: usize = 4 << 20;
/// How large what lies packed in it may be: letters of a few words, fonts, and the record.
const MOST_UNPACKED: usize = 16 << 20;
/// How large the record may be. One with ten children in it has a few thousand bytes.
const MOST_RECORD: usize = 256 << 10;
/// The years of which a declaration can speak.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// No PDF with a record of a declaration in it.
    NotOurs,
    /// The facts are not those whose digest is the signature.
    Facts,
    /// The manifest is not the one that the facts name.
    Manifest,
    /// The statement is not the one that the manifest names.
    Statement,
    /// The title is not the one that the manifest names.
    Title,
    /// The version's number is not the one that the manifest names.
    Version,
    /// A day in it lies in no year of which a declaration can speak.
    Years,
    /// The pages are not what the record says.
    Pages,
}

/// A file that has been looked at.
#[derive(Debug)]
pub struct Checked {
    /// What it carries; `None` where it is none of ours.
    pub sheet: Option<Sheet>,
    /// The facts in it, where they can be read.
    pub facts: Option<Facts>,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
    /// Whether the pages could be held against the record: only the program that drew them draws the same.
    pub pages_compared: bool,
}

/// Looks at a file. Digests show that nothing was changed by accident or without care; whoever wants to be sure that the
/// school's own record says the same has to ask the school's store.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    let sheet = if bytes.len() > MOST_BYTES { None } else { record(bytes) };
    let Some(sheet) = sheet.and_then(|bytes| serde_json::from_slice::<Sheet>(&bytes).ok()) else {
        return Checked { sheet: None, facts: None, flaws: vec![Flaw::NotOurs], pages_compared: false };
    };
    let facts = serde_json::from_str::<Facts>(&sheet.facts).ok();
    let mut flaws = Vec::new();
    match &facts {
        Some(facts) if fingerprint(&sheet.facts) == sheet.signature => {
            if fingerprint(&sheet.manifest) != facts.policy_sha256 {
                flaws.push(Flaw::Manifest);
            }
            if Manifest::part(&sheet.manifest, "statement") != Some(fingerprint(&facts.statement).as_str()) {
                flaws.push(Flaw::Statement);
            }
            if Manifest::part(&sheet.manifest, "title") != Some(fingerprint(&sheet.title).as_str()) {
                flaws.push(Flaw::Title);
            }
            if Manifest::part(&sheet.manifest, "version") != Some(facts.policy_version.to_string().as_str()) {
                flaws.push(Flaw::Version);
            }
        }
        _ => flaws.push(Flaw::Facts),
    }
    // Nothing is drawn of a day that no calendar can write.
    let years = facts.as_ref().is_none_or(in_years);
    if !years {
        flaws.push(Flaw::Years);
    }
    let pages_compared = years && sheet.drawn_by == drawn_by();
    if pages_compared && !matches!(draw(&sheet), Ok(Some(drawn)) if drawn == bytes) {
        flaws.push(Flaw::Pages);
    }
    Checked { sheet: Some(sheet), facts, flaws, pages_compared }
}

/// Whether every time and day is one of which a declaration can speak.
fn in_years(facts: &Facts) -> bool {
    let time = |at: &DateTime<Utc>| YEARS.contains(&at.year());
    let day = |day: &NaiveDate| YEARS.contains(&day.year());
    time(&facts.at) && facts.code_given_at.iter().all(time) && facts.paper_day.iter().all(day)
}

/// The bytes of the record inside a PDF. A small file can stand for one that fills the memory: it is not unpacked.
fn record(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let pdf = Document::load_mem_with_options(bytes, options).ok()?;
    let is_record = |dict: &Dictionary| {
        let name = dict.get(b"F").and_then(Object::as_str).ok();
        dict.has(b"EF") && name == Some(RECORD.as_bytes())
    };
    let spec = pdf.objects.values().filter_map(|object| object.as_dict().ok()).find(|dict| is_record(dict))?;
    let files = pdf.dereference(spec.get(b"EF").ok()?).ok()?.1.as_dict().ok()?;
    let stream = pdf.dereference(files.get(b"F").ok()?).ok()?.1.as_stream().ok()?;
    stream.decompressed_content_with_limit(MOST_RECORD).ok()
}

#[cfg(test)]
mod tests {
    use app::rules::declaration::{DeclaredChild, KIND};

    use super::*;

    fn sheet() -> Sheet {
        let manifest = Manifest {
            version: 1,
            adopted: "2026-10-05".parse().unwrap_or_default(),
            renewal: "2027-10-01".parse().unwrap_or_default(),
            title: fingerprint("Attendance policy"),
            text: fingerprint("# Every day"),
            summary: fingerprint("Come."),
            changes: fingerprint(""),
            statement: fingerprint("I have read it."),
            file: None,
        }
        .canonical();
        let facts = Facts {
            kind: KIND.to_owned(),
            school: "demo".into(),
            reference: "CDFH-JKM3".into(),
            policy_version: 1,
            policy_sha256: fingerprint(&manifest),
            statement: "I have read it.".into(),
            answer: "signed".into(),
            guardian: "a".repeat(26),
            name_on_record: "Ngozi Okafor".into(),
            signed_name: "Ngozi Okafor".into(),
            explanation: None,
            children: vec![DeclaredChild {
                pupil: "b".repeat(26),
                name: "Ada Okafor".into(),
                class: "3 Oak".into(),
                relationship: "mother".into(),
            }],
            channel: "web".into(),
            at: "2026-11-23T08:04:00.123456Z".parse().unwrap_or_default(),
            zone: "Europe/London".into(),
            code_given_at: None,
            paper_day: None,
            recorded_by: None,
            scan_sha256: None,
            journal_before: (41, "mac".into()),
        };
        let facts = serde_json::to_string(&facts).unwrap_or_default();
        Sheet {
            drawn_by: drawn_by(),
            school: "Hazel Row Primary School".into(),
            address: vec!["Hazel Row".into()],
            contact: vec!["01632 960915".into()],
            title: "Attendance policy".into(),
            signature: fingerprint(&facts),
            facts,
            manifest,
        }
    }

    fn drawn(sheet: &Sheet) -> Vec<u8> {
        draw(sheet).ok().flatten().unwrap_or_default()
    }

    #[test]
    fn a_file_as_it_was_drawn_has_no_flaw_and_says_what_was_signed() {
        let sheet = sheet();
        let bytes = drawn(&sheet);
        assert_eq!(bytes, drawn(&sheet), "the same every time");
        let checked = check(&bytes);
        assert_eq!((checked.flaws, checked.sheet, checked.pages_compared), (Vec::new(), Some(sheet), true));
        assert_eq!(checked.facts.map(|facts| facts.signed_name).as_deref(), Some("Ngozi Okafor"));
    }

    #[test]
    fn whatever_is_changed_in_what_it_carries_is_told() {
        let whole = sheet();
        let flaws = |change: fn(&mut Sheet)| {
            let mut other = whole.clone();
            change(&mut other);
            check(&drawn(&other)).flaws
        };
        assert_eq!(flaws(|it| it.facts = it.facts.replace("Ngozi Okafor", "Ngozi Okafer")), [Flaw::Facts]);
        assert_eq!(flaws(|it| it.facts = it.facts.replace("08:04:00", "08:05:00")), [Flaw::Facts]);
        assert_eq!(flaws(|it| it.signature = it.signature.replace(&it.signature[..1], "x")), [Flaw::Facts]);
        assert_eq!(flaws(|it| it.manifest.push('\n')), [Flaw::Manifest]);
        let sworn = |it: &mut Sheet| {
            it.facts = it.facts.replace("I have read it.", "I agree to everything.");
            it.signature = fingerprint(&it.facts);
        };
        assert_eq!(flaws(sworn), [Flaw::Statement], "another statement, signed anew");
        assert_eq!(flaws(|it| it.title.push('!')), [Flaw::Title]);
        let another = |it: &mut Sheet| {
            it.facts = it.facts.replace("\"policy_version\":1", "\"policy_version\":2");
            it.signature = fingerprint(&it.facts);
        };
        assert_eq!(flaws(another), [Flaw::Version], "signed anew");
        let older = |it: &mut Sheet| "nine-fifteen 0.0.1".clone_into(&mut it.drawn_by);
        assert_eq!(flaws(older), []);
    }

    /// A file as `draw` makes it, with another record of the same name in it.
    fn carrying(record: Vec<u8>, packed: bool) -> Vec<u8> {
        let mut pdf = Document::load_mem(&drawn(&sheet())).unwrap();
        let is_file = |object: &Object| {
            let stream = object.as_stream().ok();
            stream
                .is_some_and(|stream| stream.dict.get(b"Type").and_then(Object::as_name).ok() == Some(b"EmbeddedFile"))
        };
        let at = *pdf.objects.iter().find(|(_, object)| is_file(object)).unwrap().0;
        let mut stream = lopdf::Stream::new(Dictionary::new(), record);
        if packed {
            stream.compress().unwrap();
        }
        pdf.objects.insert(at, Object::Stream(stream));
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn days_of_no_calendar_and_records_without_end_are_refused() {
        for (of, to) in
            [("2026-11-23T", "+262142-11-23T"), ("2026-11-23T", "1999-11-23T"), ("2026-11-23T", "2201-11-23T")]
        {
            let mut other = sheet();
            other.facts = other.facts.replace(of, to);
            other.signature = fingerprint(&other.facts);
            let checked = check(&carrying(serde_json::to_vec(&other).unwrap(), true));
            assert_eq!((checked.flaws, checked.pages_compared), (vec![Flaw::Years], false), "{to}");
        }
        let mut other = sheet();
        other.facts = other.facts.replace("\"paper_day\":null", "\"paper_day\":\"+262000-01-01\"");
        other.signature = fingerprint(&other.facts);
        assert_eq!(check(&carrying(serde_json::to_vec(&other).unwrap(), true)).flaws, [Flaw::Years]);
        // Read as it stands, and by no other name than its own.
        let whole = serde_json::to_vec(&sheet()).unwrap();
        assert_eq!(check(&carrying(whole.clone(), true)).sheet, Some(sheet()));
        for packed in [true, false] {
            let mut padded = vec![b' '; MOST_RECORD];
            padded.extend(&whole);
            assert_eq!(check(&carrying(padded, packed)).flaws, [Flaw::NotOurs], "{packed}");
        }
        let mut large = drawn(&sheet());
        large.resize(MOST_BYTES + 1, b' ');
        assert_eq!(check(&large).flaws, [Flaw::NotOurs]);
    }

    #[test]
    fn a_changed_byte_anywhere_is_told() {
        let bytes = drawn(&sheet());
        let mut quiet = Vec::new();
        for at in (0..bytes.len()).step_by(997) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            if check(&other).flaws.is_empty() {
                quiet.push(at);
            }
        }
        assert_eq!(quiet, Vec::<usize>::new());
    }

    #[test]
    fn what_is_none_of_ours_is_said_to_be_none() {
        for bytes in [&b""[..], b"%PDF-1.7\n%%EOF", b"hello"] {
            assert_eq!(check(bytes).flaws, [Flaw::NotOurs]);
        }
    }
}
