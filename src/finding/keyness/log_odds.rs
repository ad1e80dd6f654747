//! [`log_odds`]: how much more one side uses a term than the other, and how certain that is.

/// The weight of the words of the whole corpus as a prior, in terms.
#[derive(Clone, Copy)]
pub(crate) struct Prior {
    /// For the term that is compared.
    pub(crate) of_term: f64,
    /// For all terms.
    pub(crate) of_all: f64,
}

/// Returns the difference of the log-odds of a term between two sides, and that difference in standard
/// deviations; `None` if the sides have no other term.
pub(crate) fn log_odds(y: [f64; 2], n: [f64; 2], prior: Prior) -> Option<(f64, f64)> {
    let odds = [0, 1].map(|side: usize| {
        let with = y[side] + prior.of_term;
        with / (n[side] + prior.of_all - with)
    });
    let difference = odds[0].ln() - odds[1].ln();
    let variance = 1.0 / (y[0] + prior.of_term) + 1.0 / (y[1] + prior.of_term);
    let z = difference / variance.sqrt();
    z.is_finite().then_some((difference, z))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior(of_term: f64, of_all: f64) -> Prior {
        Prior { of_term, of_all }
    }

    #[test]
    fn log_odds_by_hand() {
        // One side uses the word 3 times of 10, the other once of 10; prior 2 of 20. The odds are
        // `5 / 25` and `3 / 27`: 0.2 and 0.1111; ln 1.8 = 0.5878; variance 1/5 + 1/3 = 0.5333.
        let (difference, z) = log_odds([3.0, 1.0], [10.0, 10.0], prior(2.0, 20.0)).unwrap();
        assert!((difference - 0.587_787).abs() < 1e-6, "{difference}");
        assert!((z - 0.804_860).abs() < 1e-6, "{z}");
        let (back, _) = log_odds([1.0, 3.0], [10.0, 10.0], prior(2.0, 20.0)).unwrap();
        assert!((back + difference).abs() < 1e-12, "the other way round");
        // The same proportions of ten times the text are more certain.
        let (_, surer) = log_odds([30.0, 10.0], [100.0, 100.0], prior(20.0, 200.0)).unwrap();
        assert!((surer - z * 10.0_f64.sqrt()).abs() < 1e-9, "{surer}");
        assert_eq!(
            log_odds([1.0, 1.0], [1.0, 1.0], prior(2.0, 2.0)),
            None,
            "no other term"
        );
    }
}
