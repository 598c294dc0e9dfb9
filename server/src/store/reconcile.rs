//! What is known of every child's sessions: registers, marks, reports and codes of some days, side by side.

use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeInclusive,
};

use app::rules::{
    absence::{Details, Kind, Part},
    calendar::{Session, SessionDay},
    code::Code,
    deadline::DayTimes,
    id::PupilId,
    leave::Decided,
    reconcile::{Known, Word},
    register::Tick,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Channel, School, StoreError,
    db::{columns, rows},
    leave_today::DecidedRow,
    register::{Listed, ListedRow, Register, listed},
    roster::full_name,
};

/// A report that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The receipt.
    pub reference: String,
    /// Which sessions it speaks of.
    pub part: Part,
    /// Away, late or leaving.
    pub kind: Kind,
    /// Whether it waits for a word on its own morning.
    pub expected: bool,
    /// Follow-up answers.
    pub details: Details,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Who sent it.
    pub from: String,
    guardian: String,
    /// Whether it says where the child is: what somebody sent who has been barred since, or waits for the office
    /// to look, does not. What the office has heard itself does.
    counts: bool,
}

/// A session of a class: day, session, class.
type ClassAt = (SessionDay, String);

/// Everything that is known of some days.
#[derive(Debug, Default)]
pub struct Facts {
    /// Every child on roll on one of the days, by class and name.
    pub children: Vec<Listed>,
    /// The registers as they stand, begun or complete.
    pub registers: HashMap<ClassAt, Register>,
    /// Which registers of a session speak of a child.
    lists: HashMap<(PupilId, SessionDay), Vec<String>>,
    marks: HashMap<(PupilId, SessionDay), Code>,
    codes: HashMap<(PupilId, SessionDay), Code>,
    leave: HashMap<(PupilId, SessionDay), Decided>,
    heard: HashMap<(PupilId, NaiveDate), Vec<Heard>>,
    /// Classes with a mark for each child.
    marked: HashMap<ClassAt, bool>,
}

columns! {
    struct RegisterRow {
        class_id: String,
        day: NaiveDate,
        session: String,
        version: i64,
        complete: bool,
        saved_at: DateTime<Utc>,
        saved_by: Option<String>,
    }
}

columns! {
    struct TickRow {
        class_id: String,
        day: NaiveDate,
        session: String,
        version: i64,
        pupil_id: String,
        tick: String,
        minutes_late: Option<i64>,
    }
}

columns! {
    struct CodeRow {
        pupil_id: String,
        day: NaiveDate,
        session: String,
        code: String,
    }
}

columns! {
    struct HeardRow {
        pupil_id: String,
        day: NaiveDate,
        am: bool,
        pm: bool,
        kind: String,
        expected: bool,
        details: String,
        received_at: DateTime<Utc>,
        reference: String,
        channel: String,
        guardian_id: String,
        trusted: Option<bool>,
        forename: String,
        surname: String,
    }
}

impl School {
    /// What is known of these days, both ends included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn facts(&self, days: RangeInclusive<NaiveDate>) -> Result<Facts, StoreError> {
        let (first, last) = days.into_inner();
        let children = rows!(
            self.db(),
            ListedRow,
            "SELECT p.pupil_id, p.upn, p.mis_id, p.forename, p.surname, p.known_as, p.class_id, c.name AS class, c.year, p.admitted, p.left_on \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 AND p.admitted <= $3 AND (p.left_on IS NULL OR p.left_on >= $2) \
             ORDER BY c.year, c.name, p.class_id, p.surname, p.forename, p.pupil_id",
            self.id(),
            first,
            last
        )?;
        let registers = rows!(
            self.db(),
            RegisterRow,
            "SELECT r.class_id, r.day, r.session, r.version, r.complete, r.saved_at, t.name AS saved_by FROM register r \
             LEFT JOIN staff t ON t.school_id = r.school_id AND t.staff_id = r.saved_by \
             WHERE r.school_id = $1 AND r.day BETWEEN $2 AND $3 ORDER BY r.version",
            self.id(),
            first,
            last
        )?;
        let ticks = rows!(
            self.db(),
            TickRow,
            "SELECT class_id, day, session, version, pupil_id, tick, minutes_late FROM register_tick \
             WHERE school_id = $1 AND day BETWEEN $2 AND $3",
            self.id(),
            first,
            last
        )?;
        let marks = rows!(
            self.db(),
            CodeRow,
            "SELECT pupil_id, day, session, code FROM mark WHERE school_id = $1 AND day BETWEEN $2 AND $3",
            self.id(),
            first,
            last
        )?;
        let codes = rows!(
            self.db(),
            CodeRow,
            "SELECT pupil_id, day, session, code FROM absence WHERE school_id = $1 AND day BETWEEN $2 AND $3 AND code IS NOT NULL",
            self.id(),
            first,
            last
        )?;
        let leave = rows!(
            self.db(),
            DecidedRow,
            "SELECT t.pupil_id, t.day, t.session, t.granted, t.code FROM leave_session t \
             JOIN leave_request r ON r.school_id = t.school_id AND r.leave_id = t.leave_id \
             WHERE t.school_id = $1 AND t.day BETWEEN $2 AND $3 AND t.granted IS NOT NULL \
             AND r.state IN ('granted', 'granted-in-part', 'refused')",
            self.id(),
            first,
            last
        )?;
        let heard = rows!(
            self.db(),
            HeardRow,
            "SELECT r.pupil_id, r.day, r.am, r.pm, r.kind, r.expected, r.details, r.received_at, s.reference, s.channel, \
             r.guardian_id, l.reviewed AND NOT l.barred AS trusted, g.forename, g.surname \
             FROM report r \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
             LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
             WHERE r.school_id = $1 AND r.day BETWEEN $2 AND $3 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             ORDER BY r.received_at, r.report_id",
            self.id(),
            first,
            last
        )?;
        let mut facts = Facts {
            children: children.into_iter().map(listed).collect::<Result<_, _>>()?,
            marks: coded(marks, "mark")?,
            codes: coded(codes, "absence")?,
            ..Facts::default()
        };
        for row in leave {
            let (at, decided) = row.read()?;
            facts.leave.entry(at).and_modify(|before| *before = before.and(decided)).or_insert(decided);
        }
        for row in registers {
            let at = session_day(row.day, &row.session).ok_or(StoreError::Unreadable("register"))?;
            // In their order: the last version stands.
            let register = Register {
                version: row.version,
                complete: row.complete,
                saved_at: row.saved_at,
                saved_by: row.saved_by.unwrap_or_default(),
                ticks: BTreeMap::new(),
            };
            facts.registers.insert((at, row.class_id), register);
        }
        for row in ticks {
            facts.tick(row).ok_or(StoreError::Unreadable("register_tick"))?;
        }
        for row in heard {
            facts.hear(row).ok_or(StoreError::Unreadable("report"))?;
        }
        facts.count_marks();
        Ok(facts)
    }

    /// Of how many children `N` still has to be explained, day by day since this one, the earliest first: nothing that
    /// explains it is reported, and no other code is given here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_marks(&self, since: NaiveDate) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
        Ok(rows!(
            self.db(),
            (NaiveDate, i64),
            "SELECT m.day, COUNT(DISTINCT m.pupil_id) FROM mark m WHERE m.school_id = $1 AND m.day >= $2 AND m.code = 'N' \
             AND NOT EXISTS (SELECT 1 FROM report r WHERE r.school_id = m.school_id AND r.pupil_id = m.pupil_id AND r.day = m.day AND r.kind <> 'leaving' \
                AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL AND (m.session = 'AM' AND r.am OR m.session = 'PM' AND r.pm)) \
             AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = m.school_id AND a.pupil_id = m.pupil_id AND a.day = m.day \
                AND a.session = m.session AND a.code <> 'N') \
             GROUP BY m.day ORDER BY m.day",
            self.id(),
            since
        )?)
    }
}

fn session_day(date: NaiveDate, session: &str) -> Option<SessionDay> {
    Some(SessionDay { date, session: Session::parse(session)? })
}

fn coded(rows: Vec<CodeRow>, table: &'static str) -> Result<HashMap<(PupilId, SessionDay), Code>, StoreError> {
    let read = |row: CodeRow| {
        let at = session_day(row.day, &row.session)?;
        Some(((PupilId::parse(&row.pupil_id)?, at), Code::parse(&row.code)?))
    };
    rows.into_iter().map(|row| read(row).ok_or(StoreError::Unreadable(table))).collect()
}

impl Facts {
    fn tick(&mut self, row: TickRow) -> Option<()> {
        let at = session_day(row.day, &row.session)?;
        let (pupil, tick) = (PupilId::parse(&row.pupil_id)?, Tick::parse(&row.tick, row.minutes_late)?);
        let Some(register) = self.registers.get_mut(&(at, row.class_id.clone())) else { return Some(()) };
        if register.version == row.version {
            register.ticks.insert(pupil.clone(), tick);
            self.lists.entry((pupil, at)).or_default().push(row.class_id);
        }
        Some(())
    }

    fn hear(&mut self, row: HeardRow) -> Option<()> {
        let heard = Heard {
            reference: row.reference,
            part: Part::of(row.am, row.pm)?,
            kind: Kind::parse(&row.kind)?,
            expected: row.expected,
            details: serde_json::from_str(&row.details).ok()?,
            received_at: row.received_at,
            from: full_name(&row.forename, &row.surname),
            guardian: row.guardian_id,
            counts: row.channel != Channel::Web.word() || row.trusted == Some(true),
        };
        self.heard.entry((PupilId::parse(&row.pupil_id)?, row.day)).or_default().push(heard);
        Some(())
    }

    /// Which classes have a mark for every child. Whoever has joined that very day may come with the next file:
    /// the others' marks stand without.
    fn count_marks(&mut self) {
        let days: std::collections::BTreeSet<SessionDay> = self.marks.keys().map(|(_, at)| *at).collect();
        for at in days {
            for child in self.children.iter().filter(|child| child.is_on_roll(at.date) && child.admitted < at.date) {
                let has = self.marks.contains_key(&(child.pupil_id.clone(), at));
                *self.marked.entry((at, child.class_id.clone())).or_insert(true) &= has;
            }
        }
    }

    /// Whether a class has a mark of the MIS for every child.
    #[must_use]
    pub fn all_marked(&self, class_id: &str, at: SessionDay) -> bool {
        self.marked.get(&(at, class_id.to_owned())).copied().unwrap_or(false)
    }

    /// Whether a class's register is in.
    #[must_use]
    pub fn is_in(&self, class_id: &str, at: SessionDay) -> bool {
        let complete = self.registers.get(&(at, class_id.to_owned())).is_some_and(|register| register.complete);
        complete || self.all_marked(class_id, at)
    }

    /// The mark of the MIS.
    #[must_use]
    pub fn mark(&self, pupil: &PupilId, at: SessionDay) -> Option<Code> {
        self.marks.get(&(pupil.clone(), at)).copied()
    }

    /// What was decided about leave for a session.
    #[must_use]
    pub fn leave(&self, pupil: &PupilId, at: SessionDay) -> Option<Decided> {
        self.leave.get(&(pupil.clone(), at)).copied()
    }

    /// The reports that stand for a child's day, the earliest first.
    #[must_use]
    pub fn heard(&self, pupil: &PupilId, day: NaiveDate) -> &[Heard] {
        self.heard.get(&(pupil.clone(), day)).map_or(&[], Vec::as_slice)
    }

    /// What families have said of a session. Of each of them the last word counts, and a day of a run only where
    /// they have said nothing of that day.
    #[must_use]
    pub fn word(&self, child: &Listed, at: SessionDay, times: &DayTimes) -> Word {
        let came = at.session == Session::Pm && self.came(child, at.date);
        let taken = self.registers.get(&(SessionDay { session: Session::Am, ..at }, child.class_id.clone()));
        // Whoever has come after all is not away any more by what was said of the whole day before.
        let stale = |heard: &Heard| {
            came && heard.part == Part::All && taken.is_none_or(|taken| heard.received_at <= taken.saved_at)
        };
        let mut last: HashMap<&str, &Heard> = HashMap::new();
        for heard in self.heard(&child.pupil_id, at.date) {
            let speaks = heard.counts && heard.part.sessions().contains(&at.session) && !stale(heard);
            let fresh = last.get(heard.guardian.as_str()).is_some_and(|before| !before.expected);
            if speaks && !(heard.expected && fresh) {
                last.insert(&heard.guardian, heard);
            }
        }
        last.values()
            .map(|heard| Word::of(heard.kind, heard.expected, &heard.details, at.session, times))
            .fold(Word::Nothing, Word::and)
    }

    /// Whether a child was in school that morning: by mark or tick, or because the office has coded it so.
    fn came(&self, child: &Listed, date: NaiveDate) -> bool {
        let at = SessionDay { date, session: Session::Am };
        let coded = self.codes.get(&(child.pupil_id.clone(), at));
        let (mark, tick) = (self.mark(&child.pupil_id, at), self.ticked(child, at));
        let known = Known { is_in: mark.is_some() || tick.is_some(), tick, mark, ..Known::default() };
        known.was_seen() || coded.is_some_and(|code| code.class().counts_as_attended())
    }

    /// What the complete registers say of a child. The own class's counts; but nobody is lost who was ticked in one
    /// class and stands in another since.
    fn ticked(&self, child: &Listed, at: SessionDay) -> Option<Tick> {
        let lists = self.lists.get(&(child.pupil_id.clone(), at))?;
        let tick = |class: &String| {
            let register = self.registers.get(&(at, class.clone())).filter(|register| register.complete)?;
            register.ticks.get(&child.pupil_id).copied()
        };
        let own = lists.iter().filter(|class| **class == child.class_id).find_map(tick);
        let mut others: Vec<Tick> = lists.iter().filter_map(tick).collect();
        others.sort_by_key(|tick| *tick != Tick::Absent);
        own.or(others.first().copied())
    }

    /// What is known of a child's session, seen from today. Of a day gone by a mark stands by itself.
    #[must_use]
    pub fn known(&self, child: &Listed, at: SessionDay, today: NaiveDate, times: &DayTimes) -> Known {
        let pupil = &child.pupil_id;
        let (mark, tick) = (self.mark(pupil, at), self.ticked(child, at));
        let code = |session| self.codes.get(&(pupil.clone(), SessionDay { date: at.date, session })).copied();
        let came = code(Session::Am) == Some(Code::PresentAm);
        let agreed = match self.leave(pupil, at) {
            Some(Decided::Granted(code)) => Some(code),
            Some(Decided::Refused(_)) | None => None,
        };
        Known {
            is_in: tick.is_some() || self.is_in(&child.class_id, at) || (at.date < today && mark.is_some()),
            tick,
            mark,
            word: self.word(child, at, times),
            // "/" says that the child came after all: the afternoon has no code of its own then.
            // Agreed leave is a code that the headteacher has given; what the office has coded since wins.
            coded: code(at.session).or(agreed).or((came && at.session == Session::Pm).then_some(Code::PresentPm)),
        }
    }
}
