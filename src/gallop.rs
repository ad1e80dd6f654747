//! [`n_before`]: galloping search in a sorted list.

/// Returns the number of values that come before a position; these must be the first values of the list.
///
/// Doubles its steps, then halves them (Bentley and Yao, 1976). Costs the logarithm of the result,
/// so skipping through a long list costs no more than the values that are skipped to.
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
        fn gives_the_result_of_counting_one_by_one(mut list in prop::collection::vec(0_u8..40, 0..80), place in 0_u8..42) {
            list.sort_unstable();
            let counted = list.iter().filter(|value| **value < place).count();
            prop_assert_eq!(n_before(&list, |value| *value < place), counted);
        }
    }
}
