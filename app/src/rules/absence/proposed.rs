//! The code proposed to staff. A proposal only: the school decides.

use super::{Clock, Details, Kind, Part};
use crate::rules::code::Code;

/// The code to propose for the sessions that a report touches on a day: the reason's own where the
/// child is not there when a register is taken; `L` for one that comes while it is open; present
/// for one that leaves and misses none. `None` where staff must choose.
#[must_use]
pub fn proposed(kind: Kind, part: Part, details: &Details, reasons: Option<Code>, clock: &Clock) -> Option<Code> {
    match (kind, details.arrives, details.leaves) {
        (Kind::Late, Some(arrives), _) if arrives <= clock.closes => Some(Code::L),
        (Kind::Late, ..) => reasons.or(Some(Code::U)),
        (Kind::Leaving, _, Some(leaves)) if leaves > clock.closes => match (part, clock.pm_taken) {
            // It has answered this register, and no other is asked about.
            (Part::Am, _) => Some(Code::PresentAm),
            (_, Some(afternoon)) if leaves > afternoon => Some(Code::PresentPm),
            _ => reasons,
        },
        _ => reasons,
    }
}
