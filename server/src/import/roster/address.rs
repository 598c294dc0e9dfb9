//! Where a contact lives: columns by many names, and whose the plain ones are; then the lines of an envelope.
//!
//! A pupil's address must never become a contact's: a letter would tell a parent who lives elsewhere where the child is.

use app::rules::import::{AddressPart, Field};

use super::heads::CONTACTS;
use crate::import::{
    cell,
    heads::{Columns, normal},
    table::Row,
};

/// How many lines an envelope's window holds under the name.
const LINES: usize = 7;
/// How many characters such a line has at most.
const WIDTH: usize = 60;
/// Whose a column is called.
const OWNERS: [&str; 8] = ["contacts", "contact", "parents", "parent", "guardians", "guardian", "carers", "carer"];
/// Which of several addresses; the one where post goes.
const KINDS: [&str; 6] = ["home", "main", "postal", "current", "primary", "mailing"];
/// The whole address.
const WHOLE: [&str; 5] = ["address", "fulladdress", "addressblock", "addressfull", "addresssingleline"];
/// Parts that are called so wherever they stand.
const PARTS: [(&str, AddressPart); 22] = [
    ("apartment", AddressPart::Flat),
    ("flat", AddressPart::Flat),
    ("housename", AddressPart::HouseName),
    ("buildingname", AddressPart::HouseName),
    ("housenumber", AddressPart::HouseNumber),
    ("houseno", AddressPart::HouseNumber),
    ("housenamenumber", AddressPart::HouseNumber),
    ("housenameornumber", AddressPart::HouseNumber),
    ("housenumbername", AddressPart::HouseNumber),
    ("housenumberorname", AddressPart::HouseNumber),
    ("street", AddressPart::Street),
    ("streetname", AddressPart::Street),
    ("road", AddressPart::Street),
    ("district", AddressPart::District),
    ("locality", AddressPart::District),
    ("village", AddressPart::District),
    ("town", AddressPart::Town),
    ("city", AddressPart::Town),
    ("towncity", AddressPart::Town),
    ("county", AddressPart::County),
    ("postcode", AddressPart::Postcode),
    ("postalcode", AddressPart::Postcode),
];
/// Parts that need "address" or an owner before them: a child's house is no building.
const SHORT: [(&str, AddressPart); 12] = [
    ("house", AddressPart::HouseNumber),
    ("building", AddressPart::HouseName),
    ("line1", AddressPart::Line(1)),
    ("line2", AddressPart::Line(2)),
    ("line3", AddressPart::Line(3)),
    ("line4", AddressPart::Line(4)),
    ("line5", AddressPart::Line(5)),
    ("1", AddressPart::Line(1)),
    ("2", AddressPart::Line(2)),
    ("3", AddressPart::Line(3)),
    ("4", AddressPart::Line(4)),
    ("5", AddressPart::Line(5)),
];

/// What of an address a column with this head holds, and whether its name says whose.
pub(super) fn named(head: &str) -> Option<Field> {
    let head = normal(head);
    let part = |rest: &str, owned| {
        let kind = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)).filter(|rest| !rest.is_empty());
        part(kind.unwrap_or(rest), owned)
    };
    let owned = OWNERS.iter().find_map(|owner| part(head.strip_prefix(owner)?, true));
    owned.map(Field::Address).or_else(|| part(&head, false).map(Field::PlainAddress))
}

fn part(text: &str, owned: bool) -> Option<AddressPart> {
    if WHOLE.contains(&text) {
        return Some(AddressPart::Whole);
    }
    let of =
        |table: &[(&str, AddressPart)], text: &str| table.iter().find(|(name, _)| *name == text).map(|(_, part)| *part);
    match text.strip_prefix("address") {
        Some(rest) => of(&PARTS, rest).or_else(|| of(&SHORT, rest)),
        // "Parent 1" is a person.
        None => of(&PARTS, text).or_else(|| of(&SHORT[..7], text).filter(|_| owned)),
    }
}

/// Gives plain columns to the contact where they follow a column of the contact's, and none is called the contact's;
/// all others are nobody's.
pub(super) fn settle(columns: &mut Columns<Field>) {
    let named = columns.known.iter().any(|known| matches!(known.field, Field::Address(_)));
    let mut theirs = false;
    let mut begun = false;
    for known in &mut columns.known {
        match known.field {
            Field::PlainAddress(part) if theirs && !named => known.field = Field::Address(part),
            Field::PlainAddress(_) | Field::Address(_) => {}
            field => {
                begun |= CONTACTS.contains(&field);
                let after = matches!(
                    field,
                    Field::Title
                        | Field::Email
                        | Field::HomePhone
                        | Field::WorkPhone
                        | Field::Phone
                        | Field::AddressSecret
                );
                theirs = CONTACTS.contains(&field) || begun && after;
            }
        }
    }
}

/// Whether the columns say where contacts live.
pub(super) fn said(columns: &Columns<Field>) -> bool {
    columns.known.iter().any(|known| matches!(known.field, Field::Address(_)))
}

/// The lines of the envelope, a line each: `Ok(None)` where nothing stands.
///
/// # Errors
/// What stands there is no address, or more than an envelope holds.
pub(super) fn read(columns: &Columns<Field>, row: &Row) -> Result<Option<String>, cell::Neither> {
    let mut parts: Vec<AddressPart> = columns
        .known
        .iter()
        .filter_map(|known| match known.field {
            Field::Address(part) => Some(part),
            _ => None,
        })
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let cell = |part| cell::plain(columns.cell(row, Field::Address(part)));
    let whole = columns.places(Field::Address(AddressPart::Whole)).into_iter();
    let whole =
        whole.map(|place| cell::plain(row.with_breaks(place))).find(|cell| !cell.is_empty()).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    if whole.is_empty() {
        let mut number = String::new();
        for part in parts.into_iter().filter(|part| *part != AddressPart::Whole) {
            let text = tidy(cell(part));
            if part == AddressPart::HouseNumber && text.len() <= 6 {
                number = text;
            } else if !text.is_empty() {
                // "14" and "Lantern Street" are one line.
                lines.push([std::mem::take(&mut number), text].join(" ").trim().to_owned());
            }
        }
    } else {
        let broken = whole.contains(['\n', '\r']);
        let split = if broken { whole.split(['\n', '\r']).collect::<Vec<_>>() } else { whole.split(',').collect() };
        lines.extend(split.into_iter().map(|line| tidy(line.trim().trim_end_matches(','))));
    }
    lines.retain(|line| !line.is_empty());
    lines.dedup();
    envelope(lines)
}

/// Without control characters and doubled blanks.
fn tidy(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn envelope(mut lines: Vec<String>) -> Result<Option<String>, cell::Neither> {
    let Some(last) = lines.pop() else { return Ok(None) };
    // "Hazelbridge HZ1 4AB": the postcode has a line of its own.
    let words: Vec<&str> = last.split(' ').collect();
    let split = (1..=2).rev().filter(|count| *count <= words.len()).find_map(|count| {
        let (before, code) = words.split_at(words.len() - count);
        postcode(&code.concat()).map(|code| (before.join(" "), code))
    });
    match split {
        Some((before, code)) => lines.extend([before, code].into_iter().filter(|line| !line.is_empty())),
        None => lines.push(last),
    }
    let fits = lines.iter().all(|line| line.chars().count() <= WIDTH && !cell::formula(line));
    if !(2..=LINES).contains(&lines.len()) || !fits {
        return Err(cell::Neither);
    }
    Ok(Some(lines.join("\n")))
}

/// A postcode as it is written, "HZ1 4AB", if this is one.
fn postcode(text: &str) -> Option<String> {
    let code = text.to_ascii_uppercase();
    let split = code.len().checked_sub(3).filter(|at| (2..=4).contains(at) && code.is_ascii())?;
    let (outward, inward) = code.split_at(split);
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let plain =
        outward.bytes().all(|byte| byte.is_ascii_alphanumeric()) && outward.bytes().any(|byte| byte.is_ascii_digit());
    let good = plain && letters(&outward[..1]) && inward.as_bytes()[0].is_ascii_digit() && letters(&inward[1..]);
    good.then(|| format!("{outward} {inward}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{heads::find, table};

    fn address(heads: &str, cells: &[&str]) -> Result<Option<String>, cell::Neither> {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        let file = format!("{heads}\n{}", quoted.join(","));
        let rows = table::read(file.as_bytes(), table::Most { rows: 9, columns: 30 }).unwrap().rows;
        let mut columns = find::<Field>(&rows).unwrap();
        super::super::heads::settle(&mut columns);
        read(&columns, &rows[1])
    }

    #[test]
    fn one_column_is_the_lines_of_the_envelope() {
        let of = |text| address("UPN,Contact ID,Contact Address", &["x", "1", text]).unwrap();
        let wanted = Some("14 Lantern Street\nHazelbridge\nHZ1 4AB".to_owned());
        for text in [
            "14 Lantern Street, Hazelbridge, HZ1 4AB",
            "14  Lantern Street,Hazelbridge hz14ab",
            "14 Lantern Street\r\nHazelbridge\r\n\r\nHZ1 4AB",
            "14 Lantern Street,\nHazelbridge,\nHZ1 4AB",
        ] {
            assert_eq!(of(text), wanted, "{text:?}");
        }
        assert_eq!(of(""), None);
        assert_eq!(of("-"), None);
    }

    #[test]
    fn several_columns_are_put_in_the_envelopes_order() {
        let wanted = Ok(Some("Flat 2\n14 Lantern Street\nOrchard Park\nHazelbridge\nFenshire\nHZ1 4AB".to_owned()));
        let sims = "UPN,Contact ID,Contact Postcode,Contact House Number,Contact Street,Contact Apartment,Contact District,Contact Town,Contact County";
        assert_eq!(
            address(
                sims,
                &["x", "1", "HZ14AB", "14", "Lantern Street", "Flat 2", "Orchard Park", "Hazelbridge", "Fenshire"]
            ),
            wanted
        );
        let lines = "UPN,Parent ID,Parent address line 1,Parent address line 2,Parent address line 3,Parent address line 4,Parent address line 5,Parent postcode";
        assert_eq!(
            address(
                lines,
                &["x", "1", "Flat 2", "14 Lantern Street", "Orchard Park", "Hazelbridge", "Fenshire", "HZ1 4AB"]
            ),
            wanted
        );
        let short = "UPN,Contact ID,Contact Address 1,Contact Address 2,Contact Address 3,Contact Address Postcode";
        assert_eq!(
            address(short, &["x", "1", "The Old Mill", "", "Hazelbridge", "hz1 4ab"]),
            Ok(Some("The Old Mill\nHazelbridge\nHZ1 4AB".to_owned()))
        );
    }

    #[test]
    fn a_plain_address_is_the_contacts_only_right_behind_the_contacts_columns() {
        let cells = ["x", "1", "14 Lantern Street, HZ1 4AB", "Mum"];
        assert!(address("UPN,Contact ID,Address,Contact Surname", &cells).unwrap().is_some());
        assert!(address("UPN,Contact ID,Home Address,Contact Surname", &cells).unwrap().is_some());
        // A list of pupils; the child's columns between; the pupil's by name.
        let pupils = ["x", "14 Lantern Street, HZ1 4AB", "1", "Mum"];
        assert_eq!(address("UPN,Address,Contact ID,Contact Surname", &pupils), Ok(None));
        assert_eq!(address("UPN,Pupil Address,Contact ID,Contact Surname", &pupils), Ok(None));
        let between = ["x", "1", "3 Oak", "14 Lantern Street, HZ1 4AB"];
        assert_eq!(address("UPN,Contact ID,Class,Address", &between), Ok(None));
        let phone = ["x", "07700 900123", "14 Lantern Street, HZ1 4AB", "1"];
        assert_eq!(address("UPN,Mobile,Address,Contact ID", &phone), Ok(None));
        // Where one is called the contact's, a plain one is not.
        let both = ["x", "1", "14 Lantern Street, HZ1 4AB", ""];
        assert_eq!(address("UPN,Contact ID,Address,Contact Address", &both), Ok(None));
    }

    #[test]
    fn a_childs_house_and_a_second_parent_are_no_addresses() {
        for head in [
            "House",
            "Parent 1",
            "Contact 2",
            "Line 1",
            "Number",
            "Email address",
            "Contact email address",
            "Pupil postcode",
            "Student address",
        ] {
            assert_eq!(named(head), None, "{head}");
        }
    }

    #[test]
    fn what_is_no_address_is_left_out() {
        let of = |text: &str| address("UPN,Contact ID,Contact Address", &["x", "1", text]);
        for text in ["HZ1 4AB", "unknown", "=1+1, HZ1 4AB", "a,b,c,d,e,f,g,h", &format!("{}, HZ1 4AB", "x".repeat(61))]
        {
            assert_eq!(of(text), Err(cell::Neither), "{text}");
        }
        assert_eq!(of("a, b\u{7}c"), Ok(Some("a\nbc".to_owned())));
    }
}
