//! [`n_before`]: a place in an ordered list that is likely to be near.

/// Returns how many of the first values of a list come before a place, where those that do stand first.
///
/// Steps that double, then halves (Bentley and Yao, 1976): costs the logarithm of the result, so that
/// going through a long list in leaps costs no more than what is leapt to.
pub(crate) fn n_before<T>(list: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while list.get(step).is_some_and(&is_before) {
        step *= 2;
    }
    let end = list.len().min(step + 1);
    list[..end].partition_point(is_before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_what_counting_one_by_one_gives(mut list in prop::collection::vec(0_u8..40, 0..80), place in 0_u8..42) {
            list.sort_unstable();
            let counted = list.iter().filter(|value| **value < place).count();
            prop_assert_eq!(n_before(&list, |value| *value < place), counted);
        }
    }
}
