//! Choices that look like chance and are the same in every run.

/// A small generator (splitmix64): the same seed gives the same choices for ever.
/// For demo data only; it is no source of secrets.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not, `end`; 0 when there is no room.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// The same for a place in a list.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let end = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(end)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, in_a_hundred: u64) -> bool {
        self.below(100) < in_a_hundred
    }

    /// A place in a list of weights; a place of weight 0 never comes, unless all have none.
    pub(super) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}

/// Names that come in mixed order, each once before any comes again.
pub(super) struct Deck {
    names: Vec<&'static str>,
    left: usize,
}

impl Deck {
    /// A deck of the names in this text, with commas between them.
    pub(super) fn new(text: &'static str) -> Self {
        let names: Vec<_> = text.split(',').map(str::trim).collect();
        Self { names, left: 0 }
    }

    pub(super) fn next(&mut self, draw: &mut Draw) -> &'static str {
        if self.left == 0 {
            self.left = self.names.len();
        }
        let chosen = draw.place(self.left);
        self.left -= 1;
        self.names.swap(chosen, self.left);
        self.names[self.left]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_gives_each_name_once_before_any_again() {
        let mut draw = Draw::new(1);
        let mut deck = Deck::new("Ash, Birch,\n Elm");
        for _ in 0..5 {
            let mut round: Vec<_> = (0..3).map(|_| deck.next(&mut draw)).collect();
            round.sort_unstable();
            assert_eq!(round, ["Ash", "Birch", "Elm"]);
        }
    }

    #[test]
    fn a_weight_of_nothing_is_never_chosen() {
        let mut draw = Draw::new(2);
        for _ in 0..100 {
            assert_ne!(draw.weighted(&[3, 0, 1]), 1);
        }
        assert_eq!(draw.weighted(&[0, 0]), 0);
        assert_eq!(draw.weighted(&[]), 0);
    }
}
