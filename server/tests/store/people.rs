//! The people of the tests: two families that share nothing, and one inbox that two adults share.

use std::sync::atomic::{AtomicU64, Ordering};

use app::rules::{
    absence::{CheckedReport, Details, Kind, Part, ReportedDay},
    access::{Access, Link, Role},
    code::Code,
    id::{DeviceId, GuardianId, PupilId, SignInId, StaffId, SubmissionId},
    reference::Reference,
};
use server::store::{
    Channel, Coding, NewClass, NewDevice, NewGuardian, NewLink, NewPupil, NewStaff, NewSubmission, StaffAccount,
    journal::Actor,
};

use super::house::{at, day, monday};

/// A child of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Ada = 1,
    Ben,
    Zara,
}
pub(super) use Child::{Ada, Ben, Zara};

impl Child {
    pub(super) fn id(self) -> PupilId {
        PupilId::from_bytes([self as u8; 16])
    }
}

/// An adult of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adult {
    /// Ada's and Ben's mother.
    Ngozi = 11,
    /// Their father.
    Chidi,
    /// Barred from Ada.
    Barry,
    /// May look at Ada's pages, not write.
    Viola,
    /// Linked to Ada by an import that nobody has looked at.
    Una,
    /// On Ada's record, with no access.
    Nils,
    /// Zara's mother, who shares an inbox with
    Farah,
    /// Zara's father.
    Faisal,
}
pub(super) use Adult::{Barry, Chidi, Faisal, Farah, Ngozi, Nils, Una, Viola};

impl Adult {
    pub(super) fn id(self) -> GuardianId {
        GuardianId::from_bytes([self as u8; 16])
    }

    pub(super) fn email(self) -> &'static str {
        match self {
            Ngozi => "ngozi@example.org",
            Chidi => "chidi@example.org",
            Barry => "barry@example.org",
            Viola => "viola@example.org",
            Una => "una@example.org",
            Nils => "nils@example.org",
            Farah | Faisal => "khans@example.org",
        }
    }
}

type Roster = (Vec<NewClass>, Vec<NewPupil>, Vec<NewGuardian>, Vec<NewLink>);

pub(super) const FULL: Link = Link { access: Access::Full, barred: false, reviewed: true };

pub(super) fn roster() -> Roster {
    let class = |id: &str, name: &str, year| NewClass { class_id: id.into(), name: name.into(), year };
    let links = [
        (Ngozi, Ada, FULL),
        (Ngozi, Ben, FULL),
        (Chidi, Ada, FULL),
        (Chidi, Ben, FULL),
        (Barry, Ada, Link { barred: true, ..FULL }),
        (Viola, Ada, Link { access: Access::View, ..FULL }),
        (Una, Ada, Link { reviewed: false, ..FULL }),
        (Nils, Ada, Link { access: Access::None, ..FULL }),
        (Farah, Zara, FULL),
        (Faisal, Zara, FULL),
    ];
    (
        vec![class("oak", "3 Oak", 3), class("acorn", "R Acorn", 0)],
        vec![
            pupil(Ada, "Adaeze", "Okafor", Some("Ada"), "oak"),
            pupil(Ben, "Ben", "Okafor", None, "acorn"),
            pupil(Zara, "Zara", "", None, "oak"),
        ],
        vec![
            adult(Ngozi, "Ngozi", "Okafor"),
            adult(Chidi, "Chidi", "Okafor"),
            adult(Barry, "Barry", "Gone"),
            adult(Viola, "Viola", "Gran"),
            adult(Una, "Una", "Known"),
            adult(Nils, "Nils", "None"),
            adult(Farah, "Farah", "Khan"),
            adult(Faisal, "Faisal", "Khan"),
        ],
        links.into_iter().map(|(adult, child, how)| link(adult, child, how)).collect(),
    )
}

pub(super) fn pupil(child: Child, forename: &str, surname: &str, known_as: Option<&str>, class: &str) -> NewPupil {
    NewPupil {
        pupil_id: child.id(),
        upn: format!("A82310{:06}X", child as u8),
        mis_id: (child as u8).to_string(),
        forename: forename.into(),
        surname: surname.into(),
        known_as: known_as.map(Into::into),
        born: day("2018-02-28"),
        class_id: class.into(),
        admitted: day("2022-09-01"),
        left_on: None,
    }
}

pub(super) fn adult(adult: Adult, forename: &str, surname: &str) -> NewGuardian {
    NewGuardian {
        guardian_id: adult.id(),
        title: None,
        forename: forename.into(),
        surname: surname.into(),
        email: Some(adult.email().into()),
        mobile: None,
        address: None,
    }
}

pub(super) fn link(adult: Adult, child: Child, link: Link) -> NewLink {
    NewLink {
        guardian_id: adult.id(),
        pupil_id: child.id(),
        relationship: "parent".into(),
        priority: 1,
        parental_responsibility: true,
        lives_with: true,
        link,
    }
}

/// Sixteen bytes that no other call gets.
fn fresh() -> [u8; 16] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    u128::from(NEXT.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
}

pub(super) fn a_sign_in() -> SignInId {
    SignInId::from_bytes(fresh())
}

/// What an adult sends for a sick child on Monday, all day, at 8.04.
pub(super) fn sick(adult: Adult, children: &[Child]) -> NewSubmission {
    let submission = SubmissionId::from_bytes(fresh());
    NewSubmission {
        guardian: adult.id(),
        // Other words each time, unless a test wants the same.
        digest: format!("digest of {submission}"),
        submission,
        channel: Channel::Web,
        received_at: at("08:04:00"),
        after_close: Vec::new(),
        expected: Vec::new(),
        proposed: Some(Code::I),
        report: CheckedReport {
            children: children.iter().map(|child| child.id()).collect(),
            kind: Kind::Away,
            days: vec![ReportedDay { date: monday(), part: Part::All }],
            reason: "vomiting".into(),
            details: Details::default(),
            note: None,
        },
        entered_by: None,
        tell_others: None,
        instead_of: None,
    }
}

/// The ways in which a submission differs from [`sick`], in words.
pub(super) trait Saying: Sized {
    fn at(self, time: &str) -> Self;
    /// The same words in a form of its own.
    fn in_a_new_form(self) -> Self;
    fn noting(self, words: &str) -> Self;
    fn part(self, part: Part) -> Self;
    /// All day on these days.
    fn days(self, days: &[&str]) -> Self;
    fn proposing(self, code: Option<Code>) -> Self;
    fn instead_of(self, reference: &Reference) -> Self;
}

impl Saying for NewSubmission {
    fn at(mut self, time: &str) -> Self {
        self.received_at = at(time);
        self
    }
    fn in_a_new_form(mut self) -> Self {
        self.submission = SubmissionId::from_bytes(fresh());
        self
    }
    fn noting(mut self, words: &str) -> Self {
        self.report.note = Some(words.into());
        self
    }
    fn part(mut self, part: Part) -> Self {
        self.report.days.iter_mut().for_each(|day| day.part = part);
        self
    }

    fn days(mut self, days: &[&str]) -> Self {
        self.report.days = days.iter().map(|date| ReportedDay { date: day(date), part: Part::All }).collect();
        self
    }
    fn proposing(mut self, code: Option<Code>) -> Self {
        self.proposed = code;
        self
    }
    fn instead_of(mut self, reference: &Reference) -> Self {
        self.instead_of = Some(reference.clone());
        self
    }
}

/// Olive of the office, Adam and Alma who administer, Hilda the head.
pub(super) fn staff() -> Vec<(NewStaff, StaffAccount)> {
    [
        ("Olive Office", 31, Role::Office),
        ("Adam Admin", 32, Role::Administrator),
        ("Alma Admin", 33, Role::Administrator),
        ("Hilda Head", 34, Role::Headteacher),
    ]
    .into_iter()
    .map(|(name, number, role)| {
        let email = format!("{}@hillside.example", name.split(' ').next().unwrap_or_default().to_lowercase());
        let new = NewStaff { staff_id: staff_id(number), name: name.into(), email, roles: vec![role] };
        let account = account(&new);
        (new, account)
    })
    .collect()
}

pub(super) fn staff_id(number: u8) -> StaffId {
    StaffId::from_bytes([number; 16])
}

pub(super) fn olive() -> StaffId {
    staff_id(31)
}

pub(super) fn adam() -> StaffId {
    staff_id(32)
}

pub(super) fn alma() -> StaffId {
    staff_id(33)
}

pub(super) fn office() -> Actor {
    Actor::Staff(olive().to_string())
}

/// The account with which somebody joins.
pub(super) fn account(new: &NewStaff) -> StaffAccount {
    StaffAccount {
        staff_id: new.staff_id.clone(),
        name: new.name.clone(),
        email: new.email.clone(),
        password_hash: Some("$argon2id$".into()),
        totp_secret: Some("SECRET".into()),
        totp_step: 0,
        disabled: false,
    }
}

/// Olive codes a child's Monday at 9.16, having seen these codes; an empty code takes it back.
pub(super) fn coding(child: Child, code: &str, seen: &str) -> Coding {
    Coding {
        pupil: child.id(),
        day: monday(),
        code: (!code.is_empty()).then(|| Code::parse(code).expect("a code")),
        seen: seen.into(),
        staff: olive(),
        at: at("09:16:00"),
    }
}

/// A phone with this secret's hash, signed in as this adult, or as nobody yet in a shared inbox.
pub(super) fn phone(hash: &str, email: &str, adult: Option<Adult>) -> NewDevice {
    NewDevice {
        token_hash: hash.into(),
        device_id: DeviceId::from_bytes(fresh()),
        email: email.into(),
        guardian: adult.map(Adult::id),
        shared: email == Farah.email(),
        label: "Chrome on Android".into(),
    }
}
