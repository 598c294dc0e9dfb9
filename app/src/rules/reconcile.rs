//! Report and mark side by side: what a session of a child comes to, and who has to be rung.
//!
//! Two rules stand above the others. In a register that is not in nobody is absent. And a child who
//! is absent in a register that is in, of whom nobody has said anything, is always on the call list:
//! where two facts contradict each other the child is rung about rather than forgotten.
//!
//! Source: the statutory guidance on the first day of absence (domain, section 4); SI 2024/208
//! reg 10(7)-(9) for `N`.

use chrono::{NaiveDate, NaiveTime};

use super::{
    absence::{Details, Kind},
    calendar::{Calendar, Session, SessionDay},
    code::Code,
    deadline::DayTimes,
    london::local,
    n_deadline::n_runs_out,
    register::{Tick, closes},
};

/// What families have said of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Word {
    /// Nothing.
    #[default]
    Nothing,
    /// Of a run of days, and nobody has said so again this morning.
    Expected,
    /// The child does not come.
    Away,
    /// The child comes later, at this time if one was said.
    Late(Option<NaiveTime>),
    /// The child comes and leaves after the register has closed: no word that it would be away.
    Leaving,
}

impl Word {
    /// What a report says of one of the sessions it speaks of.
    #[must_use]
    pub fn of(kind: Kind, expected: bool, details: &Details, session: Session, times: &DayTimes) -> Self {
        let closes = local(closes(SessionDay { date: NaiveDate::default(), session }, times)).time();
        match kind {
            Kind::Away if expected => Self::Expected,
            Kind::Away => Self::Away,
            Kind::Late => Self::Late(details.arrives),
            // Gone before the register closes and not back by then: away in this session.
            Kind::Leaving if details.leaves.is_some_and(|leaves| leaves < closes) => {
                let back = details.returns.is_some_and(|back| back <= closes);
                if back { Self::Leaving } else { Self::Away }
            }
            Kind::Leaving => Self::Leaving,
        }
    }

    /// The word that counts, where two people speak of a session. A child whom one of them expects to come is
    /// looked for, whatever the other says.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let weight = |word: Self| match word {
            Self::Nothing => 0,
            Self::Leaving => 1,
            Self::Expected => 2,
            Self::Away => 3,
            Self::Late(None) => 4,
            Self::Late(Some(_)) => 5,
        };
        match (self, other) {
            // The earlier of two times is the one by which somebody has to look.
            (Self::Late(Some(one)), Self::Late(Some(two))) => Self::Late(Some(one.min(two))),
            _ if weight(other) > weight(self) => other,
            _ => self,
        }
    }

    /// Whether it says that the child is not there when the register is taken.
    #[must_use]
    pub fn explains(self) -> bool {
        matches!(self, Self::Expected | Self::Away | Self::Late(_))
    }
}

/// What is known of one child for one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Whether the register is in: the class list complete, or a mark for every child of the class.
    pub is_in: bool,
    /// What the class list says of the child.
    pub tick: Option<Tick>,
    /// The mark of the MIS. Where there is one it counts, whatever was ticked.
    pub mark: Option<Code>,
    /// What families have said.
    pub word: Word,
    /// The code given here.
    pub coded: Option<Code>,
}

/// What is left to do where report and mark agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    /// Nothing.
    Nothing,
    /// Give it a code here.
    Code,
    /// Key the code given here into the MIS.
    KeyIn,
}

/// What a session of a child comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The register is not in, or says nothing of this child: nobody is absent.
    NotYetIn,
    /// Nothing to say: in school with nothing reported, or settled in the MIS.
    Nothing,
    /// Away, and it is known why.
    Explained(Next),
    /// Away, and nobody has said why.
    Unexplained,
    /// Reported or coded away, and marked as in school.
    ReportedButPresent,
    /// Coded here, and otherwise in the MIS.
    CodedOtherwise {
        /// The code given here.
        here: Code,
        /// The mark.
        mis: Code,
    },
}

impl Known {
    /// What it comes to.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        if !self.is_in {
            return Verdict::NotYetIn;
        }
        match (self.mark, self.tick) {
            (Some(mark), _) => self.beside(mark),
            (None, None) => Verdict::NotYetIn,
            (None, Some(Tick::Absent)) => self.absent_here(),
            (None, Some(Tick::Present | Tick::Late(_))) => self.in_here(),
        }
    }

    fn beside(self, mark: Code) -> Verdict {
        let differs = self.coded.filter(|here| *here != mark);
        let otherwise = |here| Verdict::CodedOtherwise { here, mis: mark };
        let class = mark.class();
        if class.counts_as_attended() {
            let came = self.coded.is_some_and(|code| code.class().counts_as_attended());
            return match (self.word, differs) {
                (Word::Away | Word::Expected, _) if !came => Verdict::ReportedButPresent,
                // Two ways of saying that the child is there.
                (_, Some(_)) if came => Verdict::Nothing,
                (_, Some(here)) => otherwise(here),
                (Word::Late(_), None) => Verdict::Explained(Next::Nothing),
                _ => Verdict::Nothing,
            };
        }
        match differs {
            // `N` here says no more than no code at all.
            Some(here) if here != Code::N => otherwise(here),
            Some(_) if mark != Code::N && !self.word.explains() => otherwise(Code::N),
            _ if self.coded == Some(mark) && mark != Code::N => Verdict::Explained(Next::Nothing),
            _ if class.is_absence() && self.word.explains() => Verdict::Explained(Next::Code),
            _ if mark == Code::N => Verdict::Unexplained,
            _ => Verdict::Nothing,
        }
    }

    fn absent_here(self) -> Verdict {
        match self.coded {
            Some(code) if code != Code::N && !code.class().counts_as_attended() => Verdict::Explained(Next::KeyIn),
            _ if self.word.explains() => Verdict::Explained(Next::Code),
            _ => Verdict::Unexplained,
        }
    }

    fn in_here(self) -> Verdict {
        let coded_away = self.coded.is_some_and(|code| code != Code::U && !code.class().counts_as_attended());
        let said_away = matches!(self.word, Word::Away | Word::Expected) && self.coded.is_none();
        if coded_away || said_away { Verdict::ReportedButPresent } else { Verdict::Nothing }
    }

    /// Whether the register says that the child is not there, and not why. `O` says no more of where a child
    /// is than `N` does.
    #[must_use]
    pub fn is_missing(self) -> bool {
        let absent = match self.mark {
            Some(mark) => matches!(mark, Code::N | Code::O),
            None => self.tick == Some(Tick::Absent),
        };
        self.is_in && absent
    }

    /// Whether the child was there: by mark, or by tick where there is no mark.
    #[must_use]
    pub fn was_seen(self) -> bool {
        let seen = match self.mark {
            Some(mark) => mark.class().counts_as_attended() || mark == Code::U,
            None => matches!(self.tick, Some(Tick::Present | Tick::Late(_))),
        };
        self.is_in && seen
    }
}

/// Why somebody has to be rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Nobody has said anything.
    NoWord,
    /// Said to come at this time, and not here.
    NotArrived(NaiveTime),
    /// Expected away, and nobody has said so today.
    NotConfirmed,
}

/// Which of those who are given time have had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    /// Whether the time has passed that is left to families to say again that a child is away.
    pub for_word: bool,
    /// Children who were said to come by this time should be here; `None` before any should.
    pub arrivals_by: Option<NaiveTime>,
}

/// Whether somebody has to be rung about this child, and why.
#[must_use]
pub fn to_ring(known: Known, waited: Waited) -> Option<Why> {
    if !known.is_missing() {
        return None;
    }
    let settled = known.coded.is_some_and(|code| code != Code::N && !code.class().counts_as_attended());
    match known.word {
        _ if settled => None,
        Word::Nothing | Word::Leaving => Some(Why::NoWord),
        Word::Away => None,
        Word::Expected => waited.for_word.then_some(Why::NotConfirmed),
        Word::Late(None) => waited.for_word.then_some(Why::NoWord),
        Word::Late(Some(at)) => waited.arrivals_by.is_some_and(|by| at <= by).then_some(Why::NotArrived(at)),
    }
}

/// Until when `N` may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NStands {
    /// The last day on which it may be made another code; `None` where the calendar ends before it.
    pub until: Option<NaiveDate>,
    /// School days after today up to and with that day; 0 on the day itself, -1 once it has passed.
    pub left: i64,
}

/// Until when `N` for a session of this day may stand, seen from today.
#[must_use]
pub fn n_stands(day: NaiveDate, today: NaiveDate, calendar: &Calendar) -> NStands {
    let until = n_runs_out(day, calendar);
    let left = match until {
        Some(until) if until < today => -1,
        Some(until) => {
            let after = |day: &NaiveDate| day.succ_opt().and_then(|next| calendar.next_school_day(next));
            let days = std::iter::successors(after(&today), after).take_while(|day| *day <= until);
            i64::try_from(days.count()).unwrap_or(i64::MAX)
        }
        None => i64::from(super::n_deadline::N_STANDS_SCHOOL_DAYS),
    };
    NStands { until, left }
}
