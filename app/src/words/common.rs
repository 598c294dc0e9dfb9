//! Words that stand on every page.

use chrono::NaiveDate;

/// Head, foot, dates.
#[derive(Debug)]
pub struct CommonWords {
    /// The product's name.
    pub product: &'static str,
    /// Jumps over the head.
    pub skip: &'static str,
    /// Before the telephone number in the foot.
    pub trouble: &'static str,
    /// The navigation's name.
    pub more: &'static str,
    /// Home.
    pub home: &'static str,
    /// Everything sent.
    pub sent: &'static str,
    /// Devices.
    pub devices: &'static str,
    /// Signing out.
    pub sign_out: &'static str,
    /// Marks what may be left empty.
    pub optional: &'static str,
    /// Heading over what has to be put right.
    pub put_right: fn(usize) -> String,
    /// "Monday 23 November 2026".
    pub long_date: fn(NaiveDate) -> String,
    /// "23 November 2026".
    pub full_date: fn(NaiveDate) -> String,
    /// "Monday 23 November".
    pub day_date: fn(NaiveDate) -> String,
    /// "23 Nov".
    pub day_month: fn(NaiveDate) -> String,
    /// "Nov".
    pub short_month: fn(NaiveDate) -> &'static str,
    /// "Mon".
    pub short_weekday: fn(NaiveDate) -> &'static str,
    /// "Mon 23".
    pub short_day: fn(NaiveDate) -> String,
    /// "23 November at 8.04", from a date and a written time.
    pub date_at: fn(NaiveDate, &str) -> String,
    /// "Ada", "Ada and Sam", "Ada, Sam and Noor".
    pub list: fn(&[&str]) -> String,
    /// "1 hour 11 minutes".
    pub span: fn(u32) -> String,
}
