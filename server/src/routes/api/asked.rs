//! What another program asks, read so that no more of it is kept than may be: a body is small, what it stands
//! for need not be.

use std::fmt;

use axum::http::StatusCode;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, SeqAccess, Visitor},
};

use crate::web::bearer::Refusal;

/// How many rows: a week of a large school.
pub(super) const ROWS: usize = 20_000;

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    pub dry_run: bool,
    #[serde(default)]
    pub previous_school: bool,
    pub marks: Rows,
}

/// The rows: no more than [`ROWS`] are kept.
#[derive(Debug)]
pub(super) struct Rows {
    pub kept: Vec<Given>,
    /// Whether there were more.
    pub more: bool,
}

/// A mark.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    #[serde(default)]
    pub upn: Cell,
    #[serde(default)]
    pub number: Cell,
    #[serde(default)]
    pub date: Cell,
    #[serde(default)]
    pub session: Cell,
    #[serde(default)]
    pub mark: Cell,
    #[serde(default)]
    pub minutes_late: Cell,
    #[serde(default)]
    pub comment: Cell,
}

/// A value: nothing, a text or a number, never more of them in one.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Nothing,
    Text(String),
    Number(serde_json::Number),
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Bounded;
        impl<'de> Visitor<'de> for Bounded {
            type Value = Rows;

            fn expecting(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
                into.write_str("rows")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Rows, A::Error> {
                let mut kept = Vec::new();
                while kept.len() < ROWS {
                    let Some(row) = rows.next_element()? else { return Ok(Rows { kept, more: false }) };
                    kept.push(row);
                }
                let more = rows.next_element::<IgnoredAny>()?.is_some();
                // Read to the end, for what follows is JSON too, and kept nowhere.
                while rows.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Rows { kept, more })
            }
        }
        from.deserialize_seq(Bounded)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct One;
        impl Visitor<'_> for One {
            type Value = Cell;

            fn expecting(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
                into.write_str("a text, a number or null")
            }

            fn visit_unit<E: Error>(self) -> Result<Cell, E> {
                Ok(Cell::Nothing)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
                Ok(Cell::Text(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Cell, E> {
                Ok(Cell::Text(text))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
                Ok(Cell::Number(number.into()))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
                Ok(Cell::Number(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Cell, E> {
                serde_json::Number::from_f64(number).map(Cell::Number).ok_or_else(|| E::custom("no number"))
            }
        }
        from.deserialize_any(One)
    }
}

/// Reads a body.
///
/// # Errors
/// Where it is no such request, or one of too many rows.
pub(super) fn read(body: &[u8]) -> Result<Asked, Refusal> {
    // What stands in the body is not repeated: it is children's data, and errors are logged by others.
    let asked: Asked = serde_json::from_slice(body).map_err(|error| {
        let said = format!(
            "This is not the JSON that is needed, at line {}, character {}. docs/marks.md shows it.",
            error.line(),
            error.column()
        );
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, said)
    })?;
    if asked.marks.more {
        let said = format!("That is more than {ROWS} rows. Send fewer at once.");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, said));
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> String {
        format!("{{\"marks\": [{}]}}", vec!["{}"; count].join(","))
    }

    #[test]
    fn millions_of_rows_are_refused_and_not_kept() {
        let body = rows(2_000_000);
        assert!(body.len() < 8 << 20, "it fits into a request");
        let asked: Asked = serde_json::from_str(&body).unwrap();
        assert!(asked.marks.more && asked.marks.kept.len() == ROWS);
        assert!(asked.marks.kept.capacity() * size_of::<Given>() < 8 << 20, "{}", asked.marks.kept.capacity());
        assert_eq!(read(body.as_bytes()).unwrap_err().status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(read(rows(ROWS + 1).as_bytes()).unwrap_err().status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(read(rows(ROWS).as_bytes()).unwrap().marks.kept.len(), ROWS);
    }

    #[test]
    fn what_follows_the_last_row_that_is_kept_is_still_json() {
        let torn = rows(ROWS + 2).replace("{}]", "{]");
        assert_eq!(read(torn.as_bytes()).unwrap_err().status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn a_value_is_nothing_a_text_or_a_number() {
        let read = |value: &str| serde_json::from_str::<Cell>(value).ok();
        assert_eq!(read("null"), Some(Cell::Nothing));
        assert_eq!(read("\"a\\nb\""), Some(Cell::Text("a\nb".into())));
        for number in ["7", "-7", "7.5", "18446744073709551615"] {
            assert_eq!(read(number), Some(Cell::Number(number.parse().unwrap())), "{number}");
        }
        for other in ["true", "[]", "[7]", "{}", "{\"a\": 7}"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
