//! Weights of terms by their number and by their rarity.

/// Returns the sublinear weight of a term that occurs `count` times in a clause (Salton and Buckley, 1988):
/// `1 + ln n` for `n` of at least 1, else `n`, which can be a fraction, since boilerplate words count less.
pub(super) fn sublinear(count: f64) -> f64 {
    if count >= 1.0 {
        1.0 + count.ln()
    } else {
        count
    }
}

/// Returns the weight of a term by its rarity: the smoothed inverse document frequency (Spärck Jones, 1972)
/// of a term in `df` of `N` clauses, `ln((1 + N) / (1 + df)) + 1`. Never 0, as if one additional clause
/// contained every term.
pub(super) fn inverse_document_frequency(n_clauses: usize, df: u32) -> f64 {
    ((1.0 + n_clauses as f64) / (1.0 + f64::from(df))).ln() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_by_hand() {
        let rarity = inverse_document_frequency(8, 2);
        assert!((rarity - (3.0_f64.ln() + 1.0)).abs() < 1e-12, "{rarity}");
        assert!((sublinear(4.0) - (1.0 + 4.0_f64.ln())).abs() < 1e-12);
        assert!((sublinear(0.3) - 0.3).abs() < 1e-12);
    }
}
