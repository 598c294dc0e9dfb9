//! Days and times as forms and rows write them, read by hand: chrono's own reader understands far
//! more than a form ever sends and would double what a phone has to download.

use chrono::{NaiveDate, NaiveTime};

/// Two figures at this place.
fn two(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..at + 2)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0')),
        _ => None,
    }
}

/// Reads "2026-11-23".
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = two(bytes, 0)? * 100 + two(bytes, 2)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two(bytes, 5)?, two(bytes, 8)?)
}

/// Reads "09:15" and "09:15:00".
#[must_use]
pub fn time(text: &str) -> Option<NaiveTime> {
    let bytes = text.as_bytes();
    let seconds = match bytes.len() {
        5 => 0,
        8 if bytes[5] == b':' => two(bytes, 6)?,
        _ => return None,
    };
    if bytes[2] != b':' {
        return None;
    }
    NaiveTime::from_hms_opt(two(bytes, 0)?, two(bytes, 3)?, seconds)
}

/// A day in JSON, for `#[serde(with = "...")]`.
pub mod serde_date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    /// Reads it.
    ///
    /// # Errors
    /// When the text is not a day.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(from)?;
        super::date(&text).ok_or_else(|| D::Error::custom("not a day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nonsense_is_no_day_and_no_time() {
        for text in ["", "2026-1-23", "2026-02-30", "2026/11/23", "+026-11-23", "2026-11-23T", "２０２６-11"] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["", "9:15", "24:00", "09:60", "09.15", "09:15:60", "09:15:", "ab:cd"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_and_minute_reads_back(days in 0_i32..1_000_000, minutes in 0_u32..1440) {
            let day = NaiveDate::from_num_days_from_ce_opt(days + 366).unwrap_or_default();
            prop_assert_eq!(date(&day.to_string()), Some(day));
            let at = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or_default();
            prop_assert_eq!(time(&at.format("%H:%M").to_string()), Some(at));
            prop_assert_eq!(time(&at.to_string()), Some(at));
        }
    }
}
