//! What other programs ask: JSON in, JSON out, a token in the head.

mod asked;
pub(super) mod marks;
