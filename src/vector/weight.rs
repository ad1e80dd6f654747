//! Weights of terms: [`TermFrequency`] and [`DocumentFrequency`].

use serde::{Deserialize, Serialize};

/// The weight of a term by its number of occurrences in a clause (Salton and Buckley, 1988).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TermFrequency {
    /// The count `n` itself (`n` can be a fraction, since boilerplate words count less). The default.
    #[default]
    Raw,
    /// `1 + ln n` for `n` of at least 1, else `n`.
    Sublinear,
}

impl TermFrequency {
    /// Returns the weight of a term that occurs `count` times; 0 or more.
    pub fn weight(self, count: f64) -> f64 {
        match self {
            Self::Sublinear if count >= 1.0 => 1.0 + count.ln(),
            Self::Raw | Self::Sublinear => count,
        }
    }
}

/// The weight of a term by its rarity: the inverse document frequency (Spärck Jones, 1972) of a term in
/// `df` of `N` clauses, or in `pf` of `P` processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentFrequency {
    /// `ln(N / df)`: 0 for a term in every clause.
    Plain,
    /// `ln((1 + N) / (1 + df)) + 1`: never 0, as if one additional clause contained every term. The default.
    #[default]
    Smooth,
    /// `ln((1 + P) / (1 + pf)) + 1`: counts processes, not clauses, so that a long process cannot make its
    /// own words look common.
    ProcessAware,
}

/// The number of clauses and processes with a term, and of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frequencies {
    pub(super) n_clauses: usize,
    pub(super) df: u32,
    pub(super) n_processes: usize,
    pub(super) pf: u32,
}

impl DocumentFrequency {
    /// Returns the weight of a term, 0 or more.
    pub(super) fn weight(self, of: Frequencies) -> f64 {
        let smooth = |n: usize, f: u32| ((1.0 + n as f64) / (1.0 + f64::from(f))).ln() + 1.0;
        match self {
            Self::Plain => (of.n_clauses as f64 / f64::from(of.df)).ln(),
            Self::Smooth => smooth(of.n_clauses, of.df),
            Self::ProcessAware => smooth(of.n_processes, of.pf),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_by_hand() {
        let of = Frequencies {
            n_clauses: 8,
            df: 2,
            n_processes: 3,
            pf: 1,
        };
        let cases = [
            (DocumentFrequency::Plain, 4.0_f64.ln()),
            (DocumentFrequency::Smooth, 3.0_f64.ln() + 1.0),
            (DocumentFrequency::ProcessAware, 2.0_f64.ln() + 1.0),
        ];
        for (weighting, expected) in cases {
            assert!(
                (weighting.weight(of) - expected).abs() < 1e-12,
                "{weighting:?}"
            );
        }
        assert!((TermFrequency::Sublinear.weight(4.0) - (1.0 + 4.0_f64.ln())).abs() < 1e-12);
        assert!((TermFrequency::Sublinear.weight(0.3) - 0.3).abs() < 1e-12);
        assert!((TermFrequency::Raw.weight(4.0) - 4.0).abs() < 1e-12);
    }
}
