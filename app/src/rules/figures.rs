//! What the register says of a child by a date: the school year so far, and the ten school weeks that end with it.
//!
//! Source: domain sections 2 and 3.2. The year counts from admission on (2.2); the window knows no year and no
//! school, so marks of last year and of the school before count in it.

use std::{borrow::Cow, ops::RangeInclusive};

use chrono::NaiveDate;

use super::{
    calendar::{Calendar, SessionDay},
    code::Code,
    compulsory_age::compulsory_from,
    mark::Mark,
    percentage::Tally,
    school_year::SchoolYear,
    threshold::{self, State, Window, window_at},
};

/// Where a child stands in the ten school weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WindowState {
    /// Not yet of the age at which children must go to school: nothing counts.
    NotCompulsoryAge,
    /// Ten or more without `N`.
    Met,
    /// Ten or more, if reasons not yet known turn out not to be agreed.
    MetIfNStands,
    /// Fewer, but the window begins before the first mark that is held: there may be more elsewhere.
    HistoryIncomplete,
    /// Fewer.
    Below,
}

impl WindowState {
    /// Every state, in the order in which the first that holds is taken.
    pub const ALL: [Self; 5] =
        [Self::NotCompulsoryAge, Self::Met, Self::MetIfNStands, Self::HistoryIncomplete, Self::Below];

    /// The word for files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotCompulsoryAge => "not_compulsory_age",
            Self::Met => "met",
            Self::MetIfNStands => "met_if_n_stands",
            Self::HistoryIncomplete => "history_incomplete",
            Self::Below => "below",
        }
    }
}

/// What has to be known of a child besides its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The date of birth.
    pub born: NaiveDate,
    /// The first day on roll here.
    pub admitted: NaiveDate,
    /// The day of the first mark that is held, wherever it was made; `Z` ("not on roll yet") is none.
    pub first_mark: Option<NaiveDate>,
}

/// What the register says of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// The school year so far.
    pub tally: Tally,
    /// Open sessions of it without a mark.
    pub not_recorded: u32,
    /// Sessions of the window that count: `G`, `N`, `O`, `U`.
    pub window_sessions: u32,
    /// Those without `N`.
    pub window_without_n: u32,
    /// Where that stands.
    pub window_state: WindowState,
}

/// The days of the school year up to and with `date` on which a child of this admission was on roll;
/// empty where it was admitted later.
#[must_use]
pub fn year_so_far(admitted: NaiveDate, date: NaiveDate) -> RangeInclusive<NaiveDate> {
    admitted.max(*SchoolYear::of(date).days().start())..=date
}

/// The counts of the school year up to and with `date`: from the first day on roll here.
#[must_use]
pub fn year_tally(admitted: NaiveDate, date: NaiveDate, marks: &[Mark]) -> Tally {
    let days = year_so_far(admitted, date);
    marks.iter().filter(|mark| days.contains(&mark.date)).map(|mark| mark.code).collect()
}

/// The days whose marks count in the ten school weeks of a date; `None` before the calendar's first school week.
#[must_use]
pub fn window_days(date: NaiveDate, calendar: &Calendar) -> Option<RangeInclusive<NaiveDate>> {
    window_at(&[], date, None, calendar).map(|window| window.first..=date)
}

/// The ten school weeks of a child, from its marks of [`window_days`]: only what came from compulsory school age
/// on counts. `None` as there.
#[must_use]
pub fn window_of(born: NaiveDate, date: NaiveDate, calendar: &Calendar, marks: &[Mark]) -> Option<Window> {
    let pairs: Vec<(NaiveDate, Code)> = marks.iter().map(|mark| (mark.date, mark.code)).collect();
    window_at(&pairs, date, Some(compulsory_from(born)), calendar)
}

/// A date, and what the calendar says of it, made ready for many children.
#[derive(Debug, Clone)]
pub struct AsOf<'a> {
    date: NaiveDate,
    /// The school's calendar.
    school: &'a Calendar,
    /// The calendar of the children it is for.
    calendar: Cow<'a, Calendar>,
    /// The year's open sessions up to and with the date.
    open: Vec<SessionDay>,
    window: Option<Window>,
}

impl<'a> AsOf<'a> {
    /// `None` where the calendar has no term in the date's school year: nobody knows then which sessions there
    /// were.
    #[must_use]
    pub fn new(date: NaiveDate, school: &'a Calendar) -> Option<Self> {
        let year = SchoolYear::of(date).days();
        let known = school.terms().iter().any(|term| term.first <= *year.end() && term.last >= *year.start());
        known.then(|| Self::of(date, school, Cow::Borrowed(school)))
    }

    fn of(date: NaiveDate, school: &'a Calendar, calendar: Cow<'a, Calendar>) -> Self {
        let open = calendar.open_sessions(*SchoolYear::of(date).days().start()..=date);
        Self { date, school, open, window: window_at(&[], date, None, &calendar), calendar }
    }

    /// The same for children who are in year group `year` on the day `on`: see [`Calendar::for_year_group`].
    #[must_use]
    pub fn for_year_group(&self, year: i64, on: NaiveDate) -> Self {
        Self::of(self.date, self.school, self.school.for_year_group(year, on))
    }

    /// The days whose marks count in anything.
    #[must_use]
    pub fn days(&self) -> RangeInclusive<NaiveDate> {
        let year = *SchoolYear::of(self.date).days().start();
        self.window.map_or(year, |window| window.first.min(year))..=self.date
    }

    /// The Monday with which the window begins; `None` before the first school week.
    #[must_use]
    pub fn window_begins(&self) -> Option<NaiveDate> {
        self.window.map(|window| window.first)
    }

    /// A child's figures from its marks of [`Self::days`], which may come in any order. A session has one
    /// mark at most.
    #[must_use]
    pub fn figures(&self, known: Known, marks: &[Mark]) -> Figures {
        let days = year_so_far(known.admitted, self.date);
        let mut marked: Vec<SessionDay> =
            marks.iter().map(|mark| SessionDay { date: mark.date, session: mark.session }).collect();
        marked.sort_unstable();
        let open = self.open.iter().filter(|at| days.contains(&at.date));
        let not_recorded = open.filter(|at| marked.binary_search(at).is_err()).count();
        let window = window_of(known.born, self.date, &self.calendar, marks);
        Figures {
            tally: year_tally(known.admitted, self.date, marks),
            not_recorded: u32::try_from(not_recorded).unwrap_or(u32::MAX),
            window_sessions: window.map_or(0, |window| window.sessions),
            window_without_n: window.map_or(0, |window| window.without_n),
            window_state: state(window, compulsory_from(known.born), known.first_mark, self.date),
        }
    }
}

fn state(window: Option<Window>, compulsory: NaiveDate, first_mark: Option<NaiveDate>, date: NaiveDate) -> WindowState {
    if date < compulsory {
        return WindowState::NotCompulsoryAge;
    }
    match window.map(|window| window.state()) {
        Some(State::Met) => WindowState::Met,
        Some(State::MetIfNStands) => WindowState::MetIfNStands,
        Some(State::Below) | None => {
            let held = window.zip(first_mark).is_some_and(|(window, first)| first <= window.first);
            if held { WindowState::Below } else { WindowState::HistoryIncomplete }
        }
    }
}

/// How many school weeks "most improved" looks at, and as many before them.
pub const IMPROVED_WEEKS: usize = 6;

/// The two spans that "most improved" compares for a date, the earlier first: six school weeks up to and with
/// the date's, and the six before them, within the school year. `None` while the year has had fewer than twelve.
#[must_use]
pub fn improved_spans(date: NaiveDate, calendar: &Calendar) -> Option<[RangeInclusive<NaiveDate>; 2]> {
    let year = *SchoolYear::of(date).days().start();
    let mondays = threshold::weeks_until(date, calendar, 2 * IMPROVED_WEEKS);
    let (middle, first) = (*mondays.get(IMPROVED_WEEKS - 1)?, *mondays.get(2 * IMPROVED_WEEKS - 1)?);
    // The year's first week may begin in August.
    let first = first.max(year);
    let in_year = mondays.last().is_some_and(|monday| *monday + chrono::Days::new(6) >= year);
    in_year.then(|| [first..=middle.pred_opt().unwrap_or(middle), middle..=date])
}

/// By how many tenths of a percent a child has improved, if both spans have enough sessions to say so and the
/// later is better: compared by their counts, shown by their percentages.
#[must_use]
pub fn improved(before: Tally, after: Tally) -> Option<u32> {
    let enough = |tally: Tally| tally.possible() >= super::percentage::ENOUGH;
    let better = u64::from(after.attended) * u64::from(before.possible())
        > u64::from(before.attended) * u64::from(after.possible());
    if !(enough(before) && enough(after) && better) {
        return None;
    }
    Some(after.shown()?.tenths().saturating_sub(before.shown()?.tenths()))
}

#[cfg(test)]
mod tests;
