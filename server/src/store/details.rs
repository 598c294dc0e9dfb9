//! What the school holds about one guardian and their ties to children, and how what they asked for stands.
//!
//! Only this guardian's own: no query here looks at another adult.

use std::collections::BTreeMap;

use app::rules::{
    access::{Access, Link},
    details::{Field, Of, Offer, Offered, State},
    form::{NO, YES},
    id::{GuardianId, PupilId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::{
    School, StoreError,
    db::{columns, row, rows},
    roster::full_name,
};

/// A child in a guardian's details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsChild {
    /// The child.
    pub pupil: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// Whether the guardian may act for the child, and not only look.
    pub full: bool,
}

/// A change that was asked for, of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsLine {
    /// Of what.
    pub of: Of,
    /// What the roster said on the day it was asked for.
    pub held: Option<String>,
    /// What it is to become.
    pub wanted: Option<String>,
    /// From when, for an address.
    pub from: Option<NaiveDate>,
    /// Which children live there, for an address.
    pub with: Vec<PupilId>,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// The request it is part of.
    pub reference: Reference,
    /// The same, by the id made with its form.
    pub submission: String,
    /// When that came.
    pub asked_at: DateTime<Utc>,
}

/// What the school holds about a guardian, with what they asked for.
#[derive(Debug, Clone)]
pub struct Details {
    /// Who.
    pub guardian: GuardianId,
    /// The children on roll whom the guardian may see, by name.
    pub children: Vec<DetailsChild>,
    /// Whether nothing of where they live may be kept or shown.
    pub secret: bool,
    held: BTreeMap<Of, String>,
    /// What was asked for, the latest first.
    pub lines: Vec<DetailsLine>,
    /// The latest request, whatever became of it, with its submission: what is said about details is said there.
    pub latest: Option<(Reference, String)>,
}

/// Who looks at a guardian's details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The guardian: nothing of a child whom they may not see.
    Guardian,
    /// The office: every child of theirs, those who have left too.
    Office,
}

impl Details {
    /// What the roster says.
    #[must_use]
    pub fn held(&self, of: &Of) -> Option<&str> {
        self.held.get(of).map(String::as_str)
    }

    /// What was agreed for a field and has not come with the roster, or never comes with it.
    #[must_use]
    pub fn agreed(&self, of: &Of) -> Option<&DetailsLine> {
        self.lines.iter().find(|line| line.of == *of && line.state.is_agreed())
    }

    /// What was asked for and nobody has decided.
    #[must_use]
    pub fn asked(&self, of: &Of) -> Option<&DetailsLine> {
        self.lines.iter().find(|line| line.of == *of && line.state == State::Asked)
    }

    /// What counts for a field: what the office has agreed to, else what the roster says.
    #[must_use]
    pub fn stands(&self, of: &Of) -> Option<&str> {
        self.agreed(of).map_or_else(|| self.held(of), |line| line.wanted.as_deref())
    }

    /// Whether a line ends when the guardian asks for something else or takes it back: not decided yet, and not that an
    /// address is a secret. The school keeps that from the moment it was said, and the office is still to ring.
    #[must_use]
    pub fn can_give_way(&self, line: &DetailsLine) -> bool {
        line.state == State::Asked && !(self.secret && line.of.field == Field::Secret)
    }

    /// Whether the school may keep where this guardian lives: not where it is noted as secret, nor from the moment they
    /// ask for that.
    #[must_use]
    pub fn keeps_address(&self) -> bool {
        let of = Of::own(Field::Secret);
        let asked = self.asked(&of).map(|line| line.wanted.as_deref());
        !self.secret && asked.unwrap_or_else(|| self.stands(&of)) != Some(YES)
    }

    /// What the form offers.
    #[must_use]
    pub fn offer(&self) -> Offer {
        let own = Field::OWN.into_iter().filter(|field| match field {
            Field::Address => self.keeps_address(),
            Field::Secret => !self.secret,
            _ => true,
        });
        let own = own.map(Of::own);
        let children = self.children.iter().flat_map(|child| {
            let fields = Field::OF_CHILD.into_iter().filter(|field| child.full || *field != Field::KnownAs);
            fields.map(|field| Of::child(&child.pupil, field))
        });
        let offered = |of: Of| Offered {
            held: self.held(&of).map(str::to_owned),
            stands: self.stands(&of).map(str::to_owned),
            asked: self.asked(&of).map(|line| line.wanted.clone()),
            of,
        };
        Offer {
            fields: own.chain(children).map(offered).collect(),
            children: self.children.iter().map(|child| child.pupil.clone()).collect(),
        }
    }

    /// A digest of all that a form is drawn from: a form drawn from something else has to be looked at again.
    #[must_use]
    pub fn seen(&self) -> String {
        let mut digest = Sha256::new();
        for offered in self.offer().fields {
            digest.update(format!("{:?}\0", offered));
        }
        digest.finalize()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

columns! {
    pub(super) struct GuardianRow {
        title: Option<String>,
        forename: String,
        surname: String,
        email: Option<String>,
        mobile: Option<String>,
        home_phone: Option<String>,
        work_phone: Option<String>,
        address: Option<String>,
        language: Option<String>,
        interpreter: Option<bool>,
    }
}

columns! {
    pub(super) struct TieRow {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        born: NaiveDate,
        relationship: String,
        priority: i64,
        parental_responsibility: bool,
        lives_with: bool,
        flags_said: bool,
        access: String,
        barred: bool,
        reviewed: bool,
    }
}

columns! {
    pub(super) struct LineRow {
        pub(super) submission_id: String,
        pub(super) pupil_id: String,
        pub(super) field: String,
        pub(super) held: Option<String>,
        pub(super) wanted: Option<String>,
        pub(super) from_day: Option<NaiveDate>,
        pub(super) with_pupils: String,
        pub(super) state: String,
        pub(super) state_at: DateTime<Utc>,
        pub(super) reference: String,
        pub(super) received_at: DateTime<Utc>,
    }
}

impl LineRow {
    pub(super) fn of(&self) -> Result<Of, StoreError> {
        let field = Field::parse(&self.field).ok_or(StoreError::Unreadable("details_line"))?;
        let pupil = match self.pupil_id.as_str() {
            "" => None,
            id => Some(PupilId::parse(id).ok_or(StoreError::Unreadable("details_line"))?),
        };
        Ok(Of { pupil, field })
    }

    pub(super) fn line(self) -> Result<DetailsLine, StoreError> {
        Ok(DetailsLine {
            of: self.of()?,
            with: self.with_pupils.split_ascii_whitespace().filter_map(PupilId::parse).collect(),
            state: State::parse(&self.state).ok_or(StoreError::Unreadable("details_line"))?,
            reference: Reference::parse(&self.reference).ok_or(StoreError::Unreadable("submission"))?,
            held: self.held,
            wanted: self.wanted,
            from: self.from_day,
            state_at: self.state_at,
            submission: self.submission_id,
            asked_at: self.received_at,
        })
    }
}

/// A guardian's own row.
pub(super) const GUARDIAN: &str = "SELECT title, forename, surname, email, mobile, home_phone, work_phone, address, language, interpreter \
     FROM guardian WHERE school_id = $1 AND guardian_id = $2";

/// A guardian's ties to children on roll.
pub(super) const TIES: &str = "SELECT l.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, p.born, l.relationship, l.priority, \
     l.parental_responsibility, l.lives_with, l.flags_said, l.access, l.barred, l.reviewed FROM guardian_pupil l \
     JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
     JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
     WHERE l.school_id = $1 AND l.guardian_id = $2 AND (p.left_on IS NULL OR p.left_on >= $3) \
     ORDER BY c.year DESC, p.forename, p.pupil_id";

/// Everything a guardian ever asked for, the latest first.
pub(super) const LINES: &str = "SELECT d.submission_id, d.pupil_id, d.field, d.held, d.wanted, d.from_day, d.with_pupils, d.state, \
     d.state_at, s.reference, s.received_at FROM details_line d \
     JOIN submission s ON s.school_id = d.school_id AND s.guardian_id = d.guardian_id AND s.submission_id = d.submission_id \
     WHERE d.school_id = $1 AND d.guardian_id = $2 ORDER BY s.received_at DESC, d.submission_id, d.pupil_id, d.field";

/// A guardian's details as they have them, on a pool or within a transaction; `None` where there is no child they may see.
macro_rules! details {
    ($on:expr, $school:expr, $guardian:expr, $today:expr) => {{
        let reader = $crate::store::details::Reader::Guardian;
        $crate::store::details::details_for!($on, $school, $guardian, $today, reader)
    }};
}
pub(super) use details;

/// The same as the office has them: whatever the guardian may see, so that nothing they asked for is lost to it.
macro_rules! details_for_office {
    ($on:expr, $school:expr, $guardian:expr) => {{
        let reader = $crate::store::details::Reader::Office;
        $crate::store::details::details_for!($on, $school, $guardian, $crate::store::details::ever(), reader)
    }};
}
pub(super) use details_for_office;

/// A day that lies before every last day on roll.
pub(super) fn ever() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

macro_rules! details_for {
    ($on:expr, $school:expr, $guardian:expr, $today:expr, $reader:expr) => {{
        use $crate::store::details::{GUARDIAN, GuardianRow, LINES, LineRow, TIES, TieRow, put_together};
        let guardian = $guardian;
        let own = row!($on, GuardianRow, GUARDIAN, $school, guardian.as_str())?;
        let ties = rows!($on, TieRow, TIES, $school, guardian.as_str(), $today)?;
        let lines = rows!($on, LineRow, LINES, $school, guardian.as_str())?;
        let secret = $crate::store::details::address_is_secret!($on, $school, guardian);
        put_together(guardian, (own, secret), ties, lines, $reader)
    }};
}
pub(super) use details_for;

/// Whether nothing of where this guardian lives may be kept. The one place that asks.
macro_rules! address_is_secret {
    ($on:expr, $school:expr, $guardian:expr) => {{
        let sql = "SELECT address_secret FROM guardian WHERE school_id = $1 AND guardian_id = $2";
        row!($on, (bool,), sql, $school, $guardian.as_str())?.is_some_and(|(secret,)| secret)
    }};
}
pub(super) use address_is_secret;

pub(super) fn put_together(
    guardian: &GuardianId,
    (own, secret): (Option<GuardianRow>, bool),
    ties: Vec<TieRow>,
    lines: Vec<LineRow>,
    reader: Reader,
) -> Result<Option<Details>, StoreError> {
    let mut held = BTreeMap::new();
    let mut put = |of: Of, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            held.insert(of, value);
        }
    };
    let yes_no = |yes: bool| if yes { YES } else { NO }.to_owned();
    let Some(own) = own else { return Ok(None) };
    for (field, value) in [
        (Field::Title, own.title),
        (Field::Forename, Some(own.forename)),
        (Field::Surname, Some(own.surname)),
        (Field::Email, own.email),
        (Field::Mobile, own.mobile),
        (Field::HomePhone, own.home_phone),
        (Field::WorkPhone, own.work_phone),
        (Field::Address, own.address.filter(|_| !secret)),
        (Field::Language, own.language),
        (Field::Interpreter, own.interpreter.map(yes_no)),
    ] {
        put(Of::own(field), value);
    }
    let mut children = Vec::new();
    for tie in ties {
        let link = Link { access: Access::parse(&tie.access), barred: tie.barred, reviewed: tie.reviewed };
        if reader == Reader::Guardian && !link.may_read() {
            continue;
        }
        let pupil = PupilId::parse(&tie.pupil_id).ok_or(StoreError::Unreadable("pupil"))?;
        for (field, value) in [
            (Field::Relationship, Some(tie.relationship)),
            (Field::LivesWith, tie.flags_said.then(|| yes_no(tie.lives_with))),
            (Field::Responsibility, tie.flags_said.then(|| yes_no(tie.parental_responsibility))),
            (Field::Priority, Some(tie.priority.to_string())),
            (Field::KnownAs, tie.known_as.clone()),
        ] {
            put(Of::child(&pupil, field), value);
        }
        children.push(DetailsChild {
            pupil,
            full_name: full_name(&tie.forename, &tie.surname),
            called: tie.known_as.unwrap_or(tie.forename),
            class: tie.class,
            born: tie.born,
            full: link.may_report(),
        });
    }
    if reader == Reader::Guardian && children.is_empty() {
        return Ok(None);
    }
    let lines = lines.into_iter().map(LineRow::line).collect::<Result<Vec<_>, _>>()?;
    let latest = lines.first().map(|line| (line.reference.clone(), line.submission.clone()));
    // Of a child whom they may not see any more nothing is told, not even what they themselves wrote.
    let theirs = |pupil: &PupilId| reader == Reader::Office || children.iter().any(|child| child.pupil == *pupil);
    // An address cannot be asked away: one without a value was erased, and is spoken of no more.
    let erased = |line: &DetailsLine| line.of.field == Field::Address && line.wanted.is_none();
    let seen = |line: &DetailsLine| line.of.pupil.as_ref().is_none_or(theirs) && !erased(line);
    let lines = lines.into_iter().filter(seen).collect();
    Ok(Some(Details { guardian: guardian.clone(), children, secret, held, lines, latest }))
}

impl School {
    /// What the school holds about this guardian; `None` where there is no child they may see.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details(&self, guardian: &GuardianId, today: NaiveDate) -> Result<Option<Details>, StoreError> {
        details!(self.db(), self.id(), guardian, today)
    }
}
