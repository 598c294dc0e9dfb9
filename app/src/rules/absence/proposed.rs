//! The code proposed to staff. A proposal only: the school decides.

use super::{Clock, Details, Kind};
use crate::rules::code::Code;

/// The code to propose: the reason's own where the child is not there when a register is taken;
/// `L` for one that comes while it is open; present for one that leaves and misses none.
/// `None` where staff must choose.
#[must_use]
pub fn proposed(kind: Kind, details: &Details, reasons: Option<Code>, clock: &Clock) -> Option<Code> {
    match (kind, details.arrives, details.leaves) {
        (Kind::Late, Some(arrives), _) if arrives <= clock.closes => Some(Code::L),
        (Kind::Late, ..) => reasons.or(Some(Code::U)),
        (Kind::Leaving, _, Some(leaves)) if leaves > clock.closes => {
            let Some(afternoon) = clock.pm_taken else { return reasons };
            let back_in_time = details.returns.is_some_and(|returns| returns <= afternoon);
            if leaves > afternoon {
                Some(Code::PresentPm)
            } else if back_in_time {
                Some(Code::PresentAm)
            } else {
                reasons
            }
        }
        _ => reasons,
    }
}
