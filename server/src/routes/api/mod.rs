//! What other programs ask: JSON in, JSON out, a token in the head.

pub(super) mod marks;
