//! Leave of absence in term time: what is asked for, what it would come to, who decided what.
//!
//! Source: the policy (prescribed form, in advance, exceptional, headteacher or designate alone) and
//! SI 2024/208 reg 11 (domain sections 4 and 5.1).

mod decide;
mod filled;
mod note;
mod paper;
mod preview;
mod span;
mod state;

pub use decide::{
    AnswerForm, ChildDecision, DecideForm, DecideProblem, KIND, Ruled, Scope, ToDecide, WORDS_MOST, check_decision,
    proposed_codes, session_key,
};
pub use filled::{Family, OtherParent, SessionsOf, StepProblem, key, shown};
pub use note::{CheckedNote, NOTE_MOST, NoteKind, NoteProblem, Recommends, check_note};
pub use paper::{CheckedPaper, PaperForm, PaperProblem, check_paper, received};
pub use preview::{Preview, preview};
pub use span::{Count, Span, SpanProblem};
pub use state::{Move, NotNow, Outcome, State};

pub use super::form::Eligible;
use super::{access::Link, code::Code};

/// The steps of the leave form that the program asks in its own way.
pub const BUILT_IN: [&str; 4] = ["children", "dates", "other-parent", "preview"];

/// How many days a form that nobody sends is kept, from the last saving.
pub const DRAFT_DAYS: i64 = 30;

/// The codes a headteacher may grant leave with. `S` is not for primary schools.
pub const GRANTED: [Code; 6] = [Code::C, Code::C1, Code::R, Code::M, Code::T, Code::J1];

/// The codes proposed for a refused session that is taken anyway: a holiday, or any other reason.
pub const REFUSED: [Code; 2] = [Code::G, Code::O];

/// What was decided for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decided {
    /// Agreed: the child is expected to be away, with this code.
    Granted(Code),
    /// Not agreed: the code proposed if the child is away all the same.
    Refused(Code),
}

impl Decided {
    /// What counts where two requests speak of a session: what one of them agreed to stays agreed.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Granted(_), _) | (Self::Refused(_), Self::Refused(_)) => self,
            (Self::Refused(_), Self::Granted(_)) => other,
        }
    }
}

/// Whether leave may be granted with this code. Exceptional leave (`C`) needs an application in advance: what
/// came after the absence began is information only (reg 11; domain 5.1).
#[must_use]
pub fn may_grant(code: Code, in_advance: bool) -> bool {
    GRANTED.contains(&code) && (in_advance || code != Code::C)
}

/// Whether a guardian may apply: a parent with whom the child normally lives, and who may write for the child.
#[must_use]
pub fn may_apply(link: Link, lives_with: bool) -> bool {
    link.may_report() && lives_with
}

/// Whether the office may type in a form that this guardian gave in on paper: a parent with whom the child normally
/// lives, and who may see the child; not to write here does not keep anybody from asking on paper.
#[must_use]
pub fn may_hand_in(link: Link, lives_with: bool) -> bool {
    link.may_read() && lives_with
}

/// Whether another guardian may be asked to sign as well, given their link to every child on the form: signing
/// binds, so each must let them write.
#[must_use]
pub fn may_sign(links: &[Link]) -> bool {
    !links.is_empty() && links.iter().all(|link| link.may_report())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::access::Access;

    #[test]
    fn no_code_but_those_of_leave_grants_and_late_forms_never_become_c() {
        let granting = |in_advance| Code::ALL.iter().filter(|code| may_grant(**code, in_advance)).count();
        assert_eq!((granting(true), granting(false)), (6, 5));
        assert!(!may_grant(Code::S, true) && !may_grant(Code::C2, true) && !may_grant(Code::C, false));
    }

    #[test]
    fn only_who_lives_with_the_child_applies_and_deny_wins() {
        let full = Link { access: Access::Full, barred: false, reviewed: true };
        assert!(may_apply(full, true) && !may_apply(full, false));
        assert!(may_hand_in(full, true) && !may_hand_in(full, false));
        assert!(may_sign(&[full, full]) && !may_sign(&[]));
        for link in [
            Link { barred: true, ..full },
            Link { reviewed: false, ..full },
            Link { access: Access::View, ..full },
            Link { access: Access::None, ..full },
        ] {
            assert!(!may_apply(link, true) && !may_sign(&[full, link]), "{link:?}");
            assert_eq!(may_hand_in(link, true), link.access == Access::View, "{link:?}");
        }
    }
}
