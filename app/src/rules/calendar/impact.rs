//! What another calendar changes: sessions that open and close, for everybody and for year groups.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Calendar, SessionDay};

/// Sessions that open and close.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Closed from now on, in order.
    pub closed: Vec<SessionDay>,
    /// Open from now on, in order.
    pub opened: Vec<SessionDay>,
}

impl Moved {
    /// The first and the last day that something happens to.
    #[must_use]
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.closed.iter().chain(&self.opened).map(|at| at.date);
        Some((days().min()?, days().max()?))
    }
}

/// What moves when `new` takes the place of `old`.
#[must_use]
pub fn moved(old: &Calendar, new: &Calendar) -> Moved {
    let first = [old, new].iter().filter_map(|calendar| calendar.terms().first()).map(|term| term.first).min();
    let last = [old, new].iter().filter_map(|calendar| calendar.last_day()).max();
    let (Some(first), Some(last)) = (first, last) else { return Moved::default() };
    let (was, is) = (old.open_sessions(first..=last), new.open_sessions(first..=last));
    let not_in = |these: &[SessionDay], those: &[SessionDay]| -> Vec<SessionDay> {
        these.iter().filter(|at| those.binary_search(at).is_err()).copied().collect()
    };
    Moved { closed: not_in(&was, &is), opened: not_in(&is, &was) }
}

/// What moves for the children who are in each of these year groups on the day `on`.
#[must_use]
pub fn moved_by_year(old: &Calendar, new: &Calendar, years: &[i64], on: NaiveDate) -> Vec<(i64, Moved)> {
    years.iter().map(|year| (*year, moved(&old.for_year_group(*year, on), &new.for_year_group(*year, on)))).collect()
}

/// What a change of the calendar does to the school's days and to what stands on them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// For the school as a whole.
    pub school: Moved,
    /// For year groups for whom something else moves.
    pub years: Vec<(i64, Moved)>,
    /// Whether nothing moves, and only names, notes or what is confirmed is another.
    pub words_only: bool,
    /// Reports that stand on days closed from now on, and those days.
    pub reports: (i64, Vec<NaiveDate>),
    /// Marks that lie in sessions closed from now on, and their days; marks that say so themselves left out.
    pub marks: (i64, Vec<NaiveDate>),
    /// Marks "reason not yet known" whose last day is another.
    pub deadlines: i64,
    /// Reports of an illness whose first day back is another.
    pub returns: i64,
    /// Whether a change was taken back.
    pub undone: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        calendar::{
            ClosedDay, ClosedKind, Session, YearsClosed,
            edit::{EntryForm, entered},
        },
        cases::leighton_calendar,
    };

    fn closing(first: &str, last: &str) -> Calendar {
        let form = EntryForm {
            what: "day".into(),
            first: first.into(),
            last: last.into(),
            kind: "closure".into(),
            part: "all".into(),
            ..EntryForm::default()
        };
        entered(&form, &leighton_calendar()).unwrap_or_default()
    }

    #[test]
    fn what_closes_one_way_opens_the_other() {
        let (old, new) = (leighton_calendar(), closing("2026-11-27", "2026-11-30"));
        let there = moved(&old, &new);
        assert_eq!((there.closed.len(), there.opened.len()), (4, 0));
        assert_eq!(there.span().map(|(first, last)| (last - first).num_days()), Some(3));
        let back = moved(&new, &old);
        assert_eq!((back.closed.len(), back.opened), (0, there.closed));
        assert_eq!(moved(&old, &old), Moved::default());
    }

    #[test]
    fn a_year_group_alone_moves() {
        let old = leighton_calendar();
        let date = "2026-11-27".parse().unwrap_or_default();
        let kind = ClosedKind::UnplannedClosure;
        let day = ClosedDay { date, kind, confirmed: true, am_closed: false, pm_closed: true, note: None };
        let partly = vec![YearsClosed { years: vec![3], day }];
        let new = Calendar::with_years(old.terms().to_vec(), old.closed().to_vec(), partly).unwrap_or_default();
        assert_eq!(moved(&old, &new), Moved::default());
        let years = moved_by_year(&old, &new, &[2, 3], date);
        assert_eq!(years[0].1, Moved::default());
        assert_eq!(years[1].1.closed, [SessionDay { date, session: Session::Pm }]);
    }
}
