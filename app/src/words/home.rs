//! Words of the parent's home.

use crate::rules::absence::Kind;

/// The parent's home.
#[derive(Debug)]
pub struct HomeWords {
    /// Title.
    pub title: &'static str,
    /// "Good morning, Ngozi", given the hour and the name.
    pub greeting: fn(u32, &str) -> String,
    /// How long until the register closes, given minutes in words.
    pub closes_in: fn(&str) -> String,
    /// The register has closed.
    pub closed: &'static str,
    /// School is over for today.
    pub day_over: &'static str,
    /// No school today.
    pub no_school: &'static str,
    /// When school is next, given the day.
    pub next_day: fn(&str) -> String,
    /// The school is open, but not for this child's year group: given the name and the day it has school again.
    pub year_at_home: fn(&str, Option<&str>) -> String,
    /// The calendar has run out: given the telephone number.
    pub no_calendar: fn(&str) -> String,
    /// Nothing to do if everybody is on their way, given names and how many.
    pub calm: fn(&str, usize) -> String,
    /// After the close.
    pub late_calm: &'static str,
    /// The time, for the ruler: given now, opening and close.
    pub ruler: fn(&str, &str, &str) -> String,
    /// Left end of the ruler.
    pub opens: fn(&str) -> String,
    /// Right end of the ruler.
    pub closes: fn(&str) -> String,
    /// Nothing reported.
    pub nothing: &'static str,
    /// Nothing reported for today, though for another day.
    pub nothing_today: &'static str,
    /// Reported for a coming day: day, reason (none for another adult's), time.
    pub reported_for: fn(&str, Option<&str>, &str) -> String,
    /// Own report: kind, reason, time, whether after the close.
    pub reported: fn(Kind, &str, &str, bool) -> String,
    /// It goes on until this day.
    pub until: fn(&str) -> String,
    /// Expected from a run of days, and not confirmed this morning.
    pub expected: &'static str,
    /// The button for one more day at home, given a name.
    pub still: fn(&str) -> String,
    /// Late, leaving early, another day.
    pub other_ways: &'static str,
    /// Whom it is about, for those who do not see where it stands.
    pub other_ways_for: fn(&str) -> String,
    /// Another adult's report, given the time.
    pub reported_other: fn(&str) -> String,
    /// What the school recorded, given code words.
    pub recorded: fn(&str) -> String,
    /// The button, given a name, and the day if it is not today.
    pub not_coming: fn(&str, Option<&str>) -> String,
    /// Another adult has reported; to do so as well, given a name.
    pub report_too: fn(&str) -> String,
    /// Links to the receipt.
    pub see_receipt: &'static str,
    /// Report all together.
    pub together: fn(usize) -> String,
    /// May look, not report.
    pub view_only: &'static str,
    /// Nobody linked, or nobody this person may see.
    pub nobody_title: &'static str,
    /// What then.
    pub nobody: fn(&str) -> String,
    /// Everything sent.
    pub everything: &'static str,
    /// Devices.
    pub devices: &'static str,
    /// The cell's words: not marked yet.
    pub cell_nothing: &'static str,
    /// The cell's words: reported.
    pub cell_reported: &'static str,
    /// The cell's words: no school.
    pub cell_closed: &'static str,
}
