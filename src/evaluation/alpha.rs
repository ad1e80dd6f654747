//! [`alpha_of_units`]: agreement of coders, corrected for chance.

use std::collections::BTreeSet;

use crate::evaluation::sample::counts;

/// The codes that one coder gave one clause.
type Codes = BTreeSet<usize>;

/// Returns Krippendorff's alpha of units, each with the codes of all its coders: 1 for perfect
/// agreement, 0 for chance agreement, below 0 for less. `None` if no unit has two coders, or if all
/// codes are the same.
///
/// `1 - observed / expected`. Observed is the mean distance of the codes of one unit: each of its
/// m coders is compared with the m - 1 others. Expected is the mean distance of all codes given,
/// whatever the unit. Units with only one coder are left out of both. Cost: the number of distinct
/// sets of codes squared, plus the number of coders of each unit squared. Source: Krippendorff, 2004.
pub(crate) fn alpha_of_units(units: &[Vec<Codes>]) -> Option<f64> {
    let compared = || units.iter().filter(|unit| unit.len() > 1);
    let n_of_codes = counts(compared().flatten());
    let n_codes: usize = n_of_codes.values().sum();
    let mut observed = 0.0;
    for unit in compared() {
        let n_others = (unit.len() - 1) as f64;
        let ordered_pairs = unit.iter().flat_map(|a| unit.iter().map(move |b| (a, b)));
        observed += ordered_pairs.map(|(a, b)| masi(a, b)).sum::<f64>() / n_others;
    }
    let mut expected = 0.0;
    for (a, n_a) in &n_of_codes {
        for (b, n_b) in &n_of_codes {
            expected += (n_a * n_b) as f64 * masi(a, b);
        }
    }
    let n_others = n_codes.saturating_sub(1) as f64;
    (expected > 0.0).then(|| 1.0 - observed * n_others / expected)
}

/// Returns the MASI distance: `1 - J * M`, where J is the size of the intersection divided by that of
/// the union, and M is 1 for equal sets, 2/3 if one contains the other, 1/3 if they overlap otherwise.
/// For single codes: 0 if they are the same, else 1. Source: Passonneau, 2006.
fn masi(a: &Codes, b: &Codes) -> f64 {
    let n_shared = a.intersection(b).count();
    let monotone = if a == b {
        1.0
    } else if n_shared == a.len().min(b.len()) {
        2.0 / 3.0
    } else {
        1.0 / 3.0
    };
    let n_all = a.union(b).count().max(1);
    1.0 - monotone * n_shared as f64 / n_all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(codes: &[usize]) -> Codes {
        codes.iter().copied().collect()
    }

    fn check(found: Option<f64>, by_hand: f64) {
        assert!(
            (found.unwrap() - by_hand).abs() < 1e-12,
            "{found:?} {by_hand}"
        );
    }

    #[test]
    fn nominal_by_hand_on_three_clauses() {
        // Two coders: a a, a b, b b; a fourth clause has one coder and does not count.
        let (a, b) = (codes(&[0]), codes(&[1]));
        let units = [
            vec![a.clone(), a.clone()],
            vec![a.clone(), b.clone()],
            vec![b.clone(), b],
            vec![a],
        ];
        // Observed: 2 of 6 codes meet a different one; expected: 3 * 3 * 2 of 6 * 5 pairs.
        let by_hand = 1.0 - (2.0 / 6.0) / (18.0 / 30.0);
        check(alpha_of_units(&units), by_hand);
    }

    #[test]
    fn sets_by_hand_on_two_clauses() {
        // Distances: {0} and {0, 1}: 1 - 2/3 * 1/2 = 2/3; {2} is 1 from both.
        let units = [
            vec![codes(&[0]), codes(&[0, 1])],
            vec![codes(&[2]), codes(&[2])],
        ];
        let observed = 2.0 * (2.0 / 3.0) / 4.0;
        let expected = (2.0 * (2.0 / 3.0) + 2.0 * 2.0 + 2.0 * 2.0) / 12.0;
        check(alpha_of_units(&units), 1.0 - observed / expected);
    }

    #[test]
    fn sets_that_overlap_are_nearer_than_sets_that_do_not() {
        let cases: [(&[usize], &[usize], f64); 4] = [
            (&[0, 1], &[0, 1], 0.0),
            (&[0], &[0, 1], 1.0 - 2.0 / 3.0 / 2.0),
            (&[0, 2], &[0, 1], 1.0 - 1.0 / 3.0 / 3.0),
            (&[0], &[1], 1.0),
        ];
        for (a, b, by_hand) in cases {
            check(Some(masi(&codes(a), &codes(b))), by_hand);
        }
    }

    #[test]
    fn coders_who_agree_have_alpha_one() {
        let alike = |code: usize| vec![codes(&[code]), codes(&[code])];
        check(alpha_of_units(&[alike(0), alike(0), alike(1)]), 1.0);
        let alone = [vec![codes(&[0])], vec![codes(&[1])]];
        assert_eq!(alpha_of_units(&alone), None);
    }

    #[test]
    fn without_two_codes_alpha_is_none() {
        let units = [vec![codes(&[0]), codes(&[0])]];
        assert_eq!(alpha_of_units(&units), None);
        assert_eq!(alpha_of_units(&[]), None);
    }
}
