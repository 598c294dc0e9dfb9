//! What a file of marks would change: every mark held against the calendar, the roll and what is stored.

use std::{borrow::Cow, collections::HashMap};

use app::rules::{
    calendar::{Calendar, DayKind, Session, SessionDay},
    code::Code,
    compulsory_age::compulsory_from,
    import::marks::{Caution, Fault},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Child, Given, Marks};
use crate::import::cell;

/// Where a mark came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// This school's MIS.
    Import,
    /// The school before.
    PreviousSchool,
    /// A correction made here.
    Staff,
}

impl Source {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::PreviousSchool => "previous-school",
            Self::Staff => "staff",
        }
    }

    /// The source of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Import, Self::PreviousSchool, Self::Staff].into_iter().find(|source| source.word() == word)
    }
}

/// A child the school holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPupil {
    /// The id.
    pub pupil_id: String,
    /// "" where there is none yet.
    pub upn: String,
    /// The number in the MIS.
    pub mis_id: String,
    /// "Ada Okafor".
    pub name: String,
    /// Their year group, 0 for Reception.
    pub year: i64,
    /// Date of birth.
    pub born: NaiveDate,
    /// First day on roll.
    pub admitted: NaiveDate,
    /// Last day on roll.
    pub left_on: Option<NaiveDate>,
}

/// A mark that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMark {
    /// The code that counts.
    pub code: Code,
    /// The withdrawn letter it stands for.
    pub withdrawn: Option<String>,
    /// Minutes late.
    pub minutes: Option<i64>,
    /// The note.
    pub note: Option<String>,
    /// Where it came from.
    pub source: Source,
}

/// What the school holds of the children in a file.
#[derive(Debug, Default)]
pub struct Stored {
    /// All children.
    pub pupils: Vec<StoredPupil>,
    /// Their marks, by the place of the child.
    pub marks: HashMap<(usize, SessionDay), StoredMark>,
}

impl Stored {
    /// The same for whoever may not learn what is stored: that there is a mark stays, which it is does not, nor
    /// whose. Of a plan made with it, changed and as before are one, and nothing in it depends on a stored code.
    #[must_use]
    pub fn without_codes(mut self) -> Self {
        for mark in self.marks.values_mut() {
            // A source that nothing is said of, whatever the code.
            *mark = StoredMark {
                code: Code::N,
                withdrawn: None,
                minutes: None,
                note: None,
                source: Source::PreviousSchool,
            };
        }
        self
    }
}

/// A mark that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The line.
    pub line: u64,
    /// The place among the stored children.
    pub pupil: usize,
    /// The session.
    pub at: SessionDay,
    /// The mark as it becomes.
    pub becomes: StoredMark,
    /// The mark as it was; `None` where there was none.
    pub was: Option<StoredMark>,
}

/// Marks of which the same is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<S> {
    /// The first line.
    pub line: u64,
    /// Whose; "" where it is said of several children.
    pub who: String,
    /// Of which session; `None` where it is said of several.
    pub at: Option<SessionDay>,
    /// The first mark.
    pub mark: String,
    /// How many marks.
    pub count: usize,
    /// What.
    pub said: S,
}

/// What a file would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is added and changed, child by child and session by session.
    pub steps: Vec<Step>,
    /// How many marks stay as they are.
    pub kept: usize,
    /// What is set aside.
    pub aside: Vec<Listed<Fault>>,
    /// What to look at.
    pub cautions: Vec<Listed<Caution>>,
    /// Sessions without a mark.
    pub blanks: usize,
    /// Lines that are no child's.
    pub footers: usize,
}

/// A plan in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Marks: added, changed, as before.
    pub marks: [usize; 3],
    /// Marks set aside.
    pub aside: usize,
    /// Marks to look at.
    pub cautions: usize,
    /// Sessions without a mark.
    pub blanks: usize,
}

impl Tally {
    /// Whether anything is added or changed.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.marks[0] + self.marks[1] > 0
    }
}

impl Plan {
    /// The plan in numbers.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let changed = self.steps.iter().filter(|step| step.was.is_some()).count();
        Tally {
            marks: [self.steps.len() - changed, changed, self.kept],
            aside: self.aside.iter().map(|listed| listed.count).sum(),
            cautions: self.cautions.iter().map(|listed| listed.count).sum(),
            blanks: self.blanks,
        }
    }

    /// What stands for the whole plan: two plans with one digest do the same.
    #[must_use]
    pub fn digest(&self, stored: &Stored) -> String {
        let mut digest = Sha256::new();
        let mut put = |text: &str| {
            digest.update(text.len().to_be_bytes());
            digest.update(text);
        };
        for step in &self.steps {
            put(stored.pupils.get(step.pupil).map_or("", |pupil| pupil.pupil_id.as_str()));
            put(&step.at.to_string());
            for mark in [Some(&step.becomes), step.was.as_ref()] {
                put(&mark.map(|mark| format!("{mark:?}")).unwrap_or_default());
            }
        }
        put(&self.kept.to_string());
        put(&format!("{:?}", self.tally()));
        BASE64.encode(digest.finalize())
    }
}

/// Which stored child each child of the file is.
#[must_use]
pub fn matched(marks: &Marks, pupils: &[StoredPupil]) -> Vec<Result<usize, Fault>> {
    let mut by_upn: HashMap<&str, usize> = HashMap::new();
    let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, pupil) in pupils.iter().enumerate() {
        if !pupil.upn.is_empty() {
            by_upn.insert(&pupil.upn, place);
        }
        if !pupil.mis_id.is_empty() {
            by_number.entry(cell::number(&pupil.mis_id)).or_default().push(place);
        }
    }
    let find = |child: &Child| {
        let upn = by_upn.get(child.upn.as_str()).copied();
        let numbers = by_number.get(&cell::number(&child.mis_id)).filter(|_| !child.mis_id.is_empty());
        match (upn, numbers.map(Vec::as_slice)) {
            (Some(place), None) => Ok(place),
            (Some(place), Some(numbers)) if numbers.contains(&place) => Ok(place),
            (Some(_), Some(_)) => Err(Fault::TwoChildren),
            (None, None) => Err(Fault::UnknownPupil),
            // A UPN nobody has beside the number of a child who has another: one of them is wrong.
            (None, Some([place])) if child.upn.is_empty() || pupils[*place].upn.is_empty() => Ok(*place),
            (None, Some(_)) => Err(Fault::TwoChildren),
        }
    };
    marks.children.iter().map(find).collect()
}

/// Holds a file against the school.
#[must_use]
pub fn plan(marks: Marks, stored: &Stored, calendar: &Calendar, source: Source, today: NaiveDate) -> Plan {
    let matched = matched(&marks, &stored.pupils);
    let Marks { children, given, aside, footers, blanks } = marks;
    let mut making = Making {
        plan: Plan { blanks, footers, ..Plan::default() },
        stored,
        calendar,
        by_year: HashMap::new(),
        source,
        today,
        taken: HashMap::with_capacity(given.len()),
        listed: HashMap::new(),
        noted: HashMap::new(),
    };
    for one in aside {
        let listed = Listed { line: one.line, who: one.who, at: one.at, mark: one.mark, count: 1, said: one.fault };
        making.plan.aside.push(listed);
    }
    for one in given {
        making.take(one, &children, &matched);
    }
    let mut plan = making.plan;
    plan.steps.sort_by_key(|step| (step.pupil, step.at));
    plan.aside.sort_by_key(|listed| listed.line);
    plan.cautions.sort_by_key(|listed| listed.line);
    plan
}

/// A plan being made.
struct Making<'a> {
    plan: Plan,
    stored: &'a Stored,
    calendar: &'a Calendar,
    /// The calendars of the children's year groups.
    by_year: HashMap<i64, Cow<'a, Calendar>>,
    source: Source,
    today: NaiveDate,
    /// The line of each mark taken so far, and its code.
    taken: HashMap<(usize, SessionDay), (u64, Code)>,
    /// Where what is said of a child or a session stands among what is set aside.
    listed: HashMap<(Option<usize>, Option<SessionDay>, Fault), usize>,
    /// The same for what to look at; without a child it is said once.
    noted: HashMap<(Option<usize>, Caution), usize>,
}

impl Making<'_> {
    fn take(&mut self, given: Given, children: &[Child], matched: &[Result<usize, Fault>]) {
        let place = match matched[given.child] {
            Ok(place) => place,
            Err(fault) => {
                let key = (Some(given.child), None, fault);
                return self.set_aside(key, &given, children[given.child].said());
            }
        };
        let pupil = &self.stored.pupils[place];
        if let Some(fault) = self.closed(given.at, given.code, pupil.year) {
            // Said once of a session, and once more of a child whose year group alone is at home.
            let alone = self.calendar.is_open(given.at.date, given.at.session);
            let (child, who) = if alone { (Some(given.child), pupil.name.clone()) } else { (None, String::new()) };
            return self.set_aside((child, Some(given.at), fault), &given, who);
        }
        if pupil.left_on.is_some_and(|left| left < given.at.date) {
            let key = (Some(given.child), None, Fault::AfterLeaving);
            return self.set_aside(key, &given, pupil.name.clone());
        }
        let was = self.stored.marks.get(&(place, given.at));
        if let Some((line, code)) = self.taken.get(&(place, given.at)) {
            if *code != given.code {
                let key = (Some(given.child), Some(given.at), Fault::Contradicts(*line));
                self.set_aside(key, &given, pupil.name.clone());
            }
            return;
        }
        self.taken.insert((place, given.at), (given.line, given.code));
        let ours = was.is_some_and(|was| was.source != Source::PreviousSchool && was.code != given.code);
        if self.source == Source::PreviousSchool && ours {
            let key = (Some(given.child), Some(given.at), Fault::HereAlready);
            return self.set_aside(key, &given, pupil.name.clone());
        }
        self.cautions(&given, place, was);
        self.step(given, place, was);
    }

    fn step(&mut self, given: Given, pupil: usize, was: Option<&StoredMark>) {
        let same = was.filter(|was| was.code == given.code && was.withdrawn.as_deref() == given.withdrawn);
        // What a file does not speak of stays, while the mark is the same.
        let becomes = StoredMark {
            code: given.code,
            withdrawn: given.withdrawn.map(str::to_owned),
            minutes: given.minutes.or(same.and_then(|was| was.minutes)),
            note: given.note.or_else(|| same.and_then(|was| was.note.clone())),
            source: same.map_or(self.source, |was| was.source),
        };
        if was == Some(&becomes) {
            self.plan.kept += 1;
        } else {
            let was = was.cloned();
            self.plan.steps.push(Step { line: given.line, pupil, at: given.at, becomes, was });
        }
    }

    /// Why the school has no such session.
    fn closed(&mut self, at: SessionDay, code: Code, year: i64) -> Option<Fault> {
        if matches!(at.date.weekday(), Weekday::Sat | Weekday::Sun) {
            return Some(Fault::NotOpen(DayKind::Weekend));
        }
        // Another school has other holidays.
        if self.source == Source::PreviousSchool {
            return None;
        }
        let (school, today) = (self.calendar, self.today);
        let calendar = self.by_year.entry(year).or_insert_with(|| school.for_year_group(year, today));
        if calendar.is_open(at.date, at.session) {
            return None;
        }
        let shut = matches!(code, Code::Y1 | Code::Y2 | Code::Y3 | Code::Y4 | Code::Y5 | Code::Y6 | Code::Y7);
        match calendar.day(at.date) {
            // The register of a day of snow says so itself.
            DayKind::UnplannedClosure if shut => None,
            DayKind::School => Some(Fault::HalfClosed),
            DayKind::Unknown if calendar.last_day().is_some_and(|last| last < at.date) => Some(Fault::BeyondCalendar),
            DayKind::Unknown => None,
            kind => Some(Fault::NotOpen(kind)),
        }
    }

    fn cautions(&mut self, given: &Given, place: usize, was: Option<&StoredMark>) {
        let pupil = &self.stored.pupils[place];
        let (date, session, code) = (given.at.date, given.at.session, given.code);
        let compulsory = date >= compulsory_from(pupil.born);
        let mark = match code {
            Code::W | Code::S => Some(Caution::NotPrimary),
            Code::Z => Some(Caution::NotJoined),
            Code::Closed => Some(Caution::SaysClosed),
            Code::C2 if !compulsory => Some(Caution::UnderAge),
            Code::X if compulsory => Some(Caution::OfAge),
            Code::PresentAm if session == Session::Pm => Some(Caution::OtherHalf),
            Code::PresentPm if session == Session::Am => Some(Caution::OtherHalf),
            _ => None,
        };
        let before = date < pupil.admitted && !matches!(code, Code::Z | Code::Closed);
        let roll = match self.source {
            Source::PreviousSchool => (date >= pupil.admitted).then_some(Caution::AfterAdmission),
            _ => before.then_some(Caution::BeforeAdmission),
        };
        let corrected = was.is_some_and(|was| was.source == Source::Staff && was.code != code);
        let of_child = [
            mark,
            given.withdrawn.map(|_| Caution::Withdrawn(code)),
            (code.needs_note() && given.withdrawn.is_none() && given.note.is_none()).then_some(Caution::NoNote),
            given.minutes_unread.then_some(Caution::BadMinutes),
            roll,
            corrected.then_some(Caution::Corrected),
        ];
        let unknown = self.source == Source::Import && self.calendar.day(date) == DayKind::Unknown;
        let of_file = [unknown.then_some(Caution::BeforeCalendar), (date > self.today).then_some(Caution::Ahead)];
        let name = pupil.name.clone();
        for caution in of_child.into_iter().flatten() {
            self.note((Some(place), caution), given, &name);
        }
        for caution in of_file.into_iter().flatten() {
            self.note((None, caution), given, "");
        }
    }

    fn set_aside(&mut self, key: (Option<usize>, Option<SessionDay>, Fault), given: &Given, who: String) {
        if let Some(place) = self.listed.get(&key) {
            self.plan.aside[*place].count += 1;
            return;
        }
        self.listed.insert(key, self.plan.aside.len());
        self.plan.aside.push(listed(given, who, key.2));
    }

    fn note(&mut self, key: (Option<usize>, Caution), given: &Given, who: &str) {
        if let Some(place) = self.noted.get(&key) {
            self.plan.cautions[*place].count += 1;
            return;
        }
        self.noted.insert(key, self.plan.cautions.len());
        self.plan.cautions.push(listed(given, who.to_owned(), key.1));
    }
}

fn listed<S>(given: &Given, who: String, said: S) -> Listed<S> {
    let mark = given.withdrawn.unwrap_or(given.code.letters()).to_owned();
    Listed { line: given.line, who, at: Some(given.at), mark, count: 1, said }
}
