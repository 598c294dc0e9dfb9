//! Words of the staff's figures: whole school, class, child, day.

use chrono::NaiveDate;

/// Figures and the marks behind them.
#[derive(Debug)]
pub struct FiguresWords {
    /// The calendar has no term in the date's school year.
    pub no_calendar: fn(NaiveDate) -> String,
}
