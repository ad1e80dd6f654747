//! Weights of terms, named after the literature: [`TermFrequency`] and [`DocumentFrequency`].

use serde::{Deserialize, Serialize};

/// How often a term occurs in a clause, as a weight (Salton and Buckley, 1988).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TermFrequency {
    /// The count `n` itself (`n` may be a fraction where words of the genre count less). The default.
    #[default]
    Raw,
    /// `1 + ln n` from 1 up, `n` below.
    Sublinear,
}

impl TermFrequency {
    /// Returns the weight of a term that occurs `count` times; from 0 up.
    pub fn weight(self, count: f64) -> f64 {
        match self {
            Self::Sublinear if count >= 1.0 => 1.0 + count.ln(),
            Self::Raw | Self::Sublinear => count,
        }
    }
}

/// How rare a term is, as a weight: the inverse document frequency (Spärck Jones, 1972) of a term
/// in `df` of `N` clauses, or in `pf` of `P` processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentFrequency {
    /// `ln(N / df)`: 0 for a term in every clause.
    Plain,
    /// `ln((1 + N) / (1 + df)) + 1`: never 0, as if one more clause held every term. The default.
    #[default]
    Smooth,
    /// `ln((1 + P) / (1 + pf)) + 1`: processes are counted, not clauses, so that a long-winded
    /// process cannot make its own words look common.
    ProcessAware,
}

/// In how many clauses and processes a term occurs, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frequencies {
    pub(super) n_clauses: usize,
    pub(super) df: u32,
    pub(super) n_processes: usize,
    pub(super) pf: u32,
}

impl DocumentFrequency {
    /// Returns the weight of a term, from 0 up.
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
