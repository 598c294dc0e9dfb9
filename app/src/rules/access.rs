//! Who may what (design, section 9). Deny wins, and nothing here is remembered:
//! callers ask again on every request.

use serde::{Deserialize, Serialize};

/// What a guardian may do for one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Read and write.
    Full,
    /// Read only.
    View,
    /// Nothing.
    None,
}

impl Access {
    /// The access a row's word means; an unknown word is none.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "full" => Self::Full,
            "view" => Self::View,
            _ => Self::None,
        }
    }

    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::View => "view",
            Self::None => "none",
        }
    }
}

/// What the school recorded about one guardian and one pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The access given.
    pub access: Access,
    /// A bar set in the portal. It wins over everything.
    pub barred: bool,
    /// Whether the office has looked at this link, where it has to.
    pub reviewed: bool,
}

impl Link {
    /// What a row says that may be missing: access, bar, review. Where there is none, it opens nothing.
    #[must_use]
    pub fn of_row(access: Option<&str>, barred: Option<bool>, reviewed: Option<bool>) -> Self {
        Self {
            access: access.map_or(Access::None, Access::parse),
            barred: barred.unwrap_or(true),
            reviewed: reviewed.unwrap_or(false),
        }
    }

    /// Whether the guardian sees this child at all.
    #[must_use]
    pub fn may_read(self) -> bool {
        !self.barred && self.reviewed && self.access != Access::None
    }

    /// What the file's flags give a contact: parental responsibility or living with the child opens
    /// everything; a court order, or neither flag, opens nothing until the office has looked.
    #[must_use]
    pub fn of_flags(responsibility: bool, lives_with: bool, court_order: bool) -> Self {
        let open = (responsibility || lives_with) && !court_order;
        Self { access: if open { Access::Full } else { Access::None }, barred: false, reviewed: open }
    }

    /// Whether the guardian may report for this child.
    #[must_use]
    pub fn may_report(self) -> bool {
        self.may_read() && self.access == Access::Full
    }
}

/// What a member of staff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The school office.
    Office,
    /// The attendance officer.
    AttendanceOfficer,
    /// The headteacher.
    Headteacher,
    /// Decides leave for the headteacher between dates, and nothing else.
    Designate,
    /// The safeguarding lead.
    SafeguardingLead,
    /// A governor.
    Governor,
    /// Keeps people, settings, mail and backup; sees no health word and no mark.
    Administrator,
    /// The data-protection officer.
    DataProtectionOfficer,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Office,
        Self::AttendanceOfficer,
        Self::Headteacher,
        Self::Designate,
        Self::SafeguardingLead,
        Self::Governor,
        Self::Administrator,
        Self::DataProtectionOfficer,
    ];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::AttendanceOfficer => "attendance-officer",
            Self::Headteacher => "headteacher",
            Self::Designate => "designate",
            Self::SafeguardingLead => "safeguarding-lead",
            Self::Governor => "governor",
            Self::Administrator => "administrator",
            Self::DataProtectionOfficer => "data-protection-officer",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What staff can do that not all staff may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read all children's reports and marks: the board, a child's and a class's page.
    ReadReports,
    /// Code an absence, change and undo a code, correct a mark.
    CodeAbsence,
    /// Read the whole school's figures. Who may not read all children's marks sees no child's, and no small group's.
    ReadFigures,
    /// Invite, disable and reset staff.
    ManageStaff,
    /// See which mail could not be delivered (addresses and times, never a text).
    SeeMail,
    /// Bring in the school's file of pupils and contacts.
    ImportRoster,
    /// Bring in marks of the register.
    ImportMarks,
    /// See who may do what for which child, and that a bar exists.
    SeeAccess,
    /// Give and take a contact's access, print an invitation.
    ReviewAccess,
    /// Set and lift a bar.
    SetBar,
    /// Say that a contact's address is kept secret, and that it no longer is.
    KeepAddressSecret,
    /// See the school's calendar with what stands on its days.
    SeeCalendar,
    /// Change terms and closed days.
    KeepCalendar,
    /// Make and revoke tokens for other programs.
    ManageTokens,
    /// Name who decides leave for the headteacher, by dates.
    NameDesignate,
    /// Read what families ask leave for, and what became of it.
    ReadLeave,
    /// Look whether a form is complete, note, ask the family, enter a form that came on paper.
    PrepareLeave,
    /// Recommend what the headteacher should decide.
    RecommendLeave,
    /// Decide leave.
    DecideLeave,
    /// Read which children leave, and what the school has done about it.
    ReadLeaving,
    /// Note what is done when a child leaves, ask the family, make the return to the council.
    KeepLeaving,
    /// Keep the questions of forms and the words of letters.
    KeepForms,
    /// Send or print letters to families.
    PostLetters,
    /// Read letters that went to families.
    ReadLetters,
    /// See what families ask to be changed in their details, decide it, key it in.
    KeepDetails,
    /// Publish a version of the attendance policy.
    PublishPolicy,
    /// Read who has declared what about the policy, remind families, record what was signed on paper, answer those who want to
    /// talk.
    KeepDeclarations,
    /// See how long what is kept is kept, what went and what goes next: numbers only.
    SeeRetention,
    /// Decide how long it is kept.
    KeepRetention,
}

impl Act {
    /// Every act, for tests that walk the whole table.
    pub const ALL: [Self; 29] = [
        Self::ReadReports,
        Self::CodeAbsence,
        Self::ReadFigures,
        Self::ManageStaff,
        Self::SeeMail,
        Self::ImportRoster,
        Self::ImportMarks,
        Self::SeeAccess,
        Self::ReviewAccess,
        Self::SetBar,
        Self::KeepAddressSecret,
        Self::SeeCalendar,
        Self::KeepCalendar,
        Self::ManageTokens,
        Self::NameDesignate,
        Self::ReadLeave,
        Self::PrepareLeave,
        Self::RecommendLeave,
        Self::DecideLeave,
        Self::ReadLeaving,
        Self::KeepLeaving,
        Self::KeepForms,
        Self::PostLetters,
        Self::ReadLetters,
        Self::KeepDetails,
        Self::PublishPolicy,
        Self::KeepDeclarations,
        Self::SeeRetention,
        Self::KeepRetention,
    ];
}

/// Whether somebody with these roles may do this.
#[must_use]
pub fn may(roles: &[Role], act: Act) -> bool {
    roles.iter().any(|role| match act {
        Act::ReadReports | Act::SeeAccess | Act::ReadLetters | Act::ReadLeaving => {
            matches!(role, Role::Office | Role::AttendanceOfficer | Role::Headteacher | Role::SafeguardingLead)
        }
        Act::CodeAbsence
        | Act::SeeCalendar
        | Act::PrepareLeave
        | Act::PostLetters
        | Act::KeepLeaving
        | Act::KeepDeclarations => {
            matches!(role, Role::Office | Role::AttendanceOfficer | Role::Headteacher)
        }
        Act::ReadFigures => matches!(
            role,
            Role::Office | Role::AttendanceOfficer | Role::Headteacher | Role::SafeguardingLead | Role::Governor
        ),
        Act::ManageStaff | Act::ManageTokens => matches!(role, Role::Administrator),
        Act::SeeMail => matches!(role, Role::Administrator | Role::Office | Role::AttendanceOfficer),
        Act::ImportRoster | Act::ImportMarks => matches!(role, Role::Office | Role::AttendanceOfficer),
        Act::ReviewAccess | Act::KeepDetails => matches!(role, Role::Office | Role::AttendanceOfficer),
        Act::SetBar => matches!(role, Role::SafeguardingLead),
        Act::KeepAddressSecret => matches!(role, Role::Headteacher | Role::SafeguardingLead),
        Act::KeepCalendar | Act::KeepForms | Act::PublishPolicy => {
            matches!(role, Role::AttendanceOfficer | Role::Headteacher)
        }
        Act::NameDesignate => matches!(role, Role::Headteacher),
        Act::ReadLeave => {
            matches!(role, Role::Office | Role::AttendanceOfficer | Role::Headteacher | Role::Designate)
        }
        Act::RecommendLeave => matches!(role, Role::AttendanceOfficer),
        Act::DecideLeave => matches!(role, Role::Headteacher | Role::Designate),
        Act::SeeRetention => {
            matches!(role, Role::Headteacher | Role::Administrator | Role::DataProtectionOfficer)
        }
        Act::KeepRetention => matches!(role, Role::DataProtectionOfficer),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Link = Link { access: Access::Full, barred: false, reviewed: true };

    #[test]
    fn deny_wins_whatever_else_is_recorded() {
        assert!(FULL.may_report());
        for link in
            [Link { barred: true, ..FULL }, Link { reviewed: false, ..FULL }, Link { access: Access::None, ..FULL }]
        {
            assert!(!link.may_read() && !link.may_report(), "{link:?}");
        }
    }

    #[test]
    fn a_row_says_what_it_says_and_none_says_no() {
        assert_eq!(Link::of_row(Some("full"), Some(false), Some(true)), FULL);
        assert!(!Link::of_row(Some("Full"), Some(false), Some(true)).may_read());
        assert!(!Link::of_row(None, None, None).may_read());
    }

    #[test]
    fn a_viewing_guardian_reads_and_never_reports() {
        let link = Link { access: Access::View, ..FULL };
        assert!(link.may_read() && !link.may_report());
    }

    #[test]
    fn an_administrator_sees_no_report_and_the_office_no_staff_list() {
        assert!(!may(&[Role::Administrator], Act::ReadReports));
        assert!(!may(&[Role::Office], Act::ManageStaff));
        assert!(may(&[Role::Office], Act::CodeAbsence));
        assert!(!may(&[Role::SafeguardingLead], Act::CodeAbsence));
        assert!(!may(&[Role::Governor], Act::ReadReports));
    }

    #[test]
    fn a_governor_reads_figures_and_nothing_else() {
        let acts: Vec<Act> = Act::ALL.into_iter().filter(|act| may(&[Role::Governor], *act)).collect();
        assert_eq!(acts, [Act::ReadFigures]);
        for role in Role::ALL.into_iter().filter(|role| may(&[*role], Act::ReadReports)) {
            assert!(may(&[role], Act::ReadFigures), "{role:?}");
        }
        assert!(
            !may(&[Role::Administrator], Act::ReadFigures) && !may(&[Role::DataProtectionOfficer], Act::ReadFigures)
        );
    }

    #[test]
    fn a_claim_opens_everything_unless_there_is_a_court_order() {
        for (responsibility, lives_with) in [(true, false), (false, true), (true, true)] {
            assert_eq!(Link::of_flags(responsibility, lives_with, false), FULL);
            assert!(!Link::of_flags(responsibility, lives_with, true).may_read());
        }
        assert_eq!(Link::of_flags(false, false, false), Link { access: Access::None, barred: false, reviewed: false });
    }

    #[test]
    fn bars_imports_and_reviews_follow_the_table_of_roles() {
        let who = |act| Role::ALL.into_iter().filter(|role| may(&[*role], act)).collect::<Vec<_>>();
        let office = [Role::Office, Role::AttendanceOfficer];
        for act in [Act::ImportRoster, Act::ImportMarks, Act::ReviewAccess, Act::KeepDetails] {
            assert_eq!(who(act), office, "{act:?}");
        }
        assert_eq!(who(Act::SetBar), [Role::SafeguardingLead]);
        assert_eq!(who(Act::KeepAddressSecret), [Role::Headteacher, Role::SafeguardingLead]);
        assert_eq!(who(Act::KeepCalendar), [Role::AttendanceOfficer, Role::Headteacher]);
        assert_eq!(who(Act::SeeCalendar), [&office[..], &[Role::Headteacher]].concat());
        assert_eq!(who(Act::ManageTokens), [Role::Administrator]);
        assert_eq!(who(Act::KeepRetention), [Role::DataProtectionOfficer]);
        assert_eq!(who(Act::SeeRetention), [Role::Headteacher, Role::Administrator, Role::DataProtectionOfficer]);
        assert_eq!(who(Act::SeeAccess), [&office[..], &[Role::Headteacher, Role::SafeguardingLead]].concat());
    }

    #[test]
    fn leave_and_letters_follow_the_table_of_roles() {
        let who = |act| Role::ALL.into_iter().filter(|role| may(&[*role], act)).collect::<Vec<_>>();
        let house = [Role::Office, Role::AttendanceOfficer, Role::Headteacher];
        assert_eq!(who(Act::NameDesignate), [Role::Headteacher]);
        assert_eq!(who(Act::ReadLeave), [&house[..], &[Role::Designate]].concat());
        assert_eq!(who(Act::PrepareLeave), house);
        assert_eq!(who(Act::RecommendLeave), [Role::AttendanceOfficer]);
        assert_eq!(who(Act::DecideLeave), [Role::Headteacher, Role::Designate]);
        assert_eq!(who(Act::KeepForms), [Role::AttendanceOfficer, Role::Headteacher]);
        assert_eq!(who(Act::PostLetters), house);
        assert_eq!(who(Act::KeepLeaving), house);
        assert_eq!(who(Act::ReadLeaving), [&house[..], &[Role::SafeguardingLead]].concat());
        assert_eq!(who(Act::ReadLetters), [&house[..], &[Role::SafeguardingLead]].concat());
        assert_eq!(who(Act::PublishPolicy), [Role::AttendanceOfficer, Role::Headteacher]);
        assert_eq!(who(Act::KeepDeclarations), house);
    }

    #[test]
    fn a_designate_reads_and_decides_leave_and_nothing_else() {
        let acts: Vec<Act> = Act::ALL.into_iter().filter(|act| may(&[Role::Designate], *act)).collect();
        assert_eq!(acts, [Act::ReadLeave, Act::DecideLeave]);
    }

    #[test]
    fn nobody_without_a_role_may_anything() {
        for act in Act::ALL {
            assert!(!may(&[], act));
        }
    }

    #[test]
    fn every_role_reads_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
        assert_eq!(Role::parse("Office"), None);
    }
}
