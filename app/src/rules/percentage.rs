//! Attendance as a count and as a percentage.
//!
//! Source: domain sections 2.1 to 2.4. Sums are of integers; what is shown is rounded half up to one
//! decimal and never claims more than is true: 100.0 only where nothing was missed. A status comes
//! from the counts, never from what is shown.

use std::ops::{Add, AddAssign};

use super::code::{Class, Code};

/// From how many possible sessions on a family is told more than the counts (domain 2.2).
pub const ENOUGH: u32 = 20;

/// Counted sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Attended, late or on an approved activity included.
    pub attended: u32,
    /// Missed with the school's agreement.
    pub authorised: u32,
    /// Missed without.
    pub unauthorised: u32,
    /// Of those attended: came while the register was open (`L`).
    pub late: u32,
}

impl AddAssign<Code> for Tally {
    fn add_assign(&mut self, code: Code) {
        match code.class() {
            Class::Present | Class::ApprovedActivity => self.attended += 1,
            Class::AuthorisedAbsence => self.authorised += 1,
            Class::UnauthorisedAbsence => self.unauthorised += 1,
            Class::NotPossible | Class::NotCollected => {}
        }
        self.late += u32::from(code == Code::L);
    }
}

/// A group is its children's sessions together, never the mean of their percentages.
impl Add for Tally {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            attended: self.attended + other.attended,
            authorised: self.authorised + other.authorised,
            unauthorised: self.unauthorised + other.unauthorised,
            late: self.late + other.late,
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl FromIterator<Code> for Tally {
    fn from_iter<I: IntoIterator<Item = Code>>(codes: I) -> Self {
        let mut tally = Self::default();
        for code in codes {
            tally += code;
        }
        tally
    }
}

impl Tally {
    /// Sessions missed, agreed or not.
    #[must_use]
    pub fn missed(self) -> u32 {
        self.authorised + self.unauthorised
    }

    /// Sessions the child could have attended.
    #[must_use]
    pub fn possible(self) -> u32 {
        self.attended + self.missed()
    }

    /// The attendance as it is shown; none where nothing was possible.
    #[must_use]
    pub fn shown(self) -> Option<Percent> {
        let (attended, possible) = (u64::from(self.attended), u64::from(self.possible()));
        let tenths = (2000 * attended + possible).checked_div(2 * possible)?;
        let most = if attended < possible { 999 } else { 1000 };
        let least = u64::from(attended > 0);
        u32::try_from(tenths.clamp(least, most)).ok().map(Percent)
    }

    /// Whether less than 95 in 100 possible sessions were attended.
    #[must_use]
    pub fn is_below_95(self) -> bool {
        u64::from(self.attended) * 100 < u64::from(self.possible()) * 95
    }

    /// Whether a tenth or more was missed: persistent absence.
    #[must_use]
    pub fn is_persistent(self) -> bool {
        self.possible() > 0 && u64::from(self.missed()) * 10 >= u64::from(self.possible())
    }

    /// Whether a half or more was missed: severe absence.
    #[must_use]
    pub fn is_severe(self) -> bool {
        self.possible() > 0 && u64::from(self.missed()) * 2 >= u64::from(self.possible())
    }
}

/// A percentage in tenths, from 0 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

impl Percent {
    /// The tenths.
    #[must_use]
    pub fn tenths(self) -> u32 {
        self.0
    }

    /// What is missing to a hundred, so that the two add up as shown.
    #[must_use]
    pub fn rest(self) -> Self {
        Self(1000 - self.0)
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_code() -> impl Strategy<Value = Code> {
        prop::sample::select(Code::ALL)
    }

    fn tally(codes: &[Code]) -> Tally {
        codes.iter().copied().collect()
    }

    proptest! {
        #[test]
        fn the_order_of_marks_does_not_matter(mut codes in prop::collection::vec(any_code(), 0..400)) {
            let before = tally(&codes);
            codes.reverse();
            prop_assert_eq!(tally(&codes), before);
            codes.sort();
            prop_assert_eq!(tally(&codes), before);
        }

        #[test]
        fn one_more_unauthorised_absence_never_makes_anything_better(codes in prop::collection::vec(any_code(), 0..400)) {
            let before = tally(&codes);
            for code in [Code::G, Code::N, Code::O, Code::U] {
                let after = before + tally(&[code]);
                prop_assert!(after.shown() <= before.shown().or(Some(Percent(1000))));
                prop_assert!(after.unauthorised == before.unauthorised + 1 && after.possible() == before.possible() + 1);
                prop_assert!(after.is_severe() || !before.is_severe());
                prop_assert!(after.is_persistent() || !before.is_persistent());
                prop_assert!(after.is_below_95() || !before.is_below_95());
            }
        }

        #[test]
        fn a_mark_changed_and_changed_back_leaves_no_trace(codes in prop::collection::vec(any_code(), 1..200), place in any::<prop::sample::Index>(), other in any_code()) {
            let before = tally(&codes);
            let mut changed = codes.clone();
            let at = place.index(codes.len());
            changed[at] = other;
            changed[at] = codes[at];
            prop_assert_eq!(tally(&changed), before);
        }

        #[test]
        fn what_is_shown_is_the_nearest_tenth_and_never_flatters(attended in 0_u32..3000, missed in 0_u32..3000) {
            let tally = Tally { attended, unauthorised: missed, ..Tally::default() };
            match tally.shown() {
                None => prop_assert_eq!(tally.possible(), 0),
                Some(shown) => {
                    let exact = 1000.0 * f64::from(attended) / f64::from(tally.possible());
                    prop_assert!((f64::from(shown.tenths()) - exact).abs() <= 0.5 + 1e-9 || shown.tenths() == 999 || shown.tenths() == 1);
                    prop_assert_eq!(shown.tenths() == 1000, missed == 0);
                    prop_assert_eq!(shown.tenths() == 0, attended == 0);
                    prop_assert_eq!(shown.tenths() + shown.rest().tenths(), 1000);
                }
            }
        }
    }

    #[test]
    fn nothing_possible_has_no_percentage_and_no_status() {
        let none = tally(&[Code::X, Code::Y4, Code::Closed, Code::Z, Code::D]);
        assert_eq!((none.possible(), none.shown()), (0, None));
        assert!(!none.is_persistent() && !none.is_severe() && !none.is_below_95());
    }

    #[test]
    fn a_group_is_not_the_mean_of_its_children() {
        let one = Tally { attended: 10, ..Tally::default() };
        let other = Tally { attended: 90, authorised: 10, ..Tally::default() };
        assert_eq!([one, other].into_iter().sum::<Tally>().shown().map(|shown| shown.to_string()), Some("90.9".into()));
    }
}
