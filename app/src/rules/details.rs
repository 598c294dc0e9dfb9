//! What the school holds about a family, and what a family asks to be changed in it (domain 5.5). Every change is a
//! request: nothing that a parent types takes the place of what the school's own file says.

mod check;
mod field;
mod same;
mod state;
mod year;

pub use check::{Offer, Offered, Problem, Wanted, Wrong, check, key};
pub use field::{Field, NEEDS, Of};
pub use same::{arrived, is_change};
pub use state::{ARRIVES_DAYS, Move, NotNow, State, is_late};
pub use year::{CheckFrom, is_due};

/// With fewer people than this to ring in an emergency, the school and the parent are warned (domain 5.5).
pub const FEWEST_TO_RING: usize = 2;

/// How many people a guardian has told the school of whom it can ring for a child: themselves, if they have a number, and
/// whomever else they named. Deliberately nothing of what anybody else has told the school: a warning that came or went with
/// another parent's number, or with a bar, would tell of it.
#[must_use]
pub fn told_of(own_number: bool, others: usize) -> usize {
    usize::from(own_number) + others
}
