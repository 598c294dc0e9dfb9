//! Figures of groups that are too small to show to who may know no child's: hidden, and so that nobody can work
//! them out by taking the groups that are shown from their whole.

/// Which of the groups of one whole stay hidden, given how many children each has. The whole's figures are
/// known. Hidden are those with fewer than `least` children, and as many more, the smallest first, as it takes
/// that those hidden are at least two groups and together at least `least` children. Groups of nobody say
/// nothing and are not hidden.
#[must_use]
pub fn hidden(sizes: &[usize], least: usize) -> Vec<bool> {
    let mut hidden: Vec<bool> = sizes.iter().map(|size| *size > 0 && *size < least).collect();
    loop {
        let children: usize = sizes.iter().zip(&hidden).filter(|(_, hide)| **hide).map(|(size, _)| size).sum();
        // One group alone is never enough: it is hidden because it is small.
        if children == 0 || children >= least {
            return hidden;
        }
        let shown = sizes.iter().enumerate().filter(|(place, size)| **size > 0 && !hidden[*place]);
        match shown.min_by_key(|(place, size)| (**size, *place)).map(|(place, _)| place) {
            Some(place) => hidden[place] = true,
            None => return hidden,
        }
    }
}

/// Whether a count of children within a group may be shown: nobody, or enough on either side of the line.
#[must_use]
pub fn may_show_count(count: usize, of: usize, least: usize) -> bool {
    let enough = |part: usize| part == 0 || part >= least;
    enough(count) && enough(of.saturating_sub(count))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_small_group_takes_the_next_with_it() {
        assert_eq!(hidden(&[30, 4, 28], 10), [false, true, true]);
        assert_eq!(hidden(&[30, 28], 10), [false, false]);
        assert_eq!(hidden(&[3, 4, 30], 10), [true, true, true], "seven together are too few");
        assert_eq!(hidden(&[6, 6, 30], 10), [true, true, false]);
        assert_eq!(hidden(&[0, 30], 10), [false, false]);
        assert_eq!(hidden(&[9], 10), [true]);
    }

    #[test]
    fn few_on_either_side_are_few() {
        assert!(may_show_count(0, 400, 10) && may_show_count(10, 400, 10) && may_show_count(400, 400, 10));
        assert!(!may_show_count(9, 400, 10) && !may_show_count(395, 400, 10) && !may_show_count(1, 5, 10));
    }

    proptest! {
        #[test]
        fn no_small_group_can_be_worked_out(sizes in prop::collection::vec(0_usize..40, 0..9), least in 5_usize..20) {
            let hide = hidden(&sizes, least);
            for (size, hide) in sizes.iter().zip(&hide) {
                prop_assert!(*hide || *size == 0 || *size >= least);
            }
            // What is left when the shown ones are taken from the whole is nobody, or many of several groups; or
            // everything is hidden.
            let left: Vec<usize> = sizes.iter().zip(&hide).filter(|(size, hide)| **hide && **size > 0).map(|(size, _)| *size).collect();
            let shown = sizes.iter().zip(&hide).filter(|(size, hide)| !**hide && **size > 0).count();
            prop_assert!(left.is_empty() || shown == 0 || (left.len() >= 2 && left.iter().sum::<usize>() >= least));
        }
    }
}
