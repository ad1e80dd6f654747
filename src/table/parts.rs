//! What the clauses of a row have in common: the features of their similarity, and where their terms occur.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::similarity::Representation;
use crate::table::issue::Issue;
use crate::vector::SparseMatrix;

/// Returns the contribution of each column to the mean product over all pairs of rows.
pub(crate) fn parts_of_mean(matrix: &SparseMatrix, clauses: &[ClauseId]) -> Vec<(u32, f64)> {
    let places: Vec<usize> = clauses.iter().map(|id| id.index()).collect();
    let n = places.len() as f64;
    let n_pairs = (n * (n - 1.0)).max(1.0);
    let mut parts: Vec<(u32, f64)> = matrix
        .sum_of_rows(&places)
        .into_iter()
        .map(|(column, sum)| (column, f64::from(sum) * f64::from(sum)))
        .collect();
    for &place in &places {
        for (column, value) in matrix.row(place).iter() {
            if let Ok(at) = parts.binary_search_by_key(&column, |(column, _)| *column) {
                parts[at].1 -= f64::from(value) * f64::from(value);
            }
        }
    }
    for (_, part) in &mut parts {
        *part /= n_pairs;
    }
    parts
}

/// Returns for each issue the sum of the rows of its clauses.
pub(crate) fn sums_of_issues(rows: &SparseMatrix, issues: &[&Issue]) -> SparseMatrix {
    let sums = issues.iter().map(|issue| {
        let places: Vec<usize> = issue.clauses.iter().map(|id| id.index()).collect();
        rows.sum_of_rows(&places)
    });
    SparseMatrix::from_rows(rows.n_columns(), sums)
}

/// A counted term of a clause.
pub(crate) struct PlacedTerm {
    pub(crate) id: TermId,
    /// Its bytes in the compared text of the clause.
    pub(crate) range: Range<usize>,
}

/// Returns the counted terms of a clause.
pub(crate) fn placed_terms(
    corpus: &Corpus,
    representation: &Representation,
    clause: ClauseId,
) -> Vec<PlacedTerm> {
    let text = corpus.compared_text(clause);
    let language = corpus.clause(clause).language;
    let terms = representation.lists().of_clause(clause).iter();
    let tokens = representation.analyzer().analyze(&text, language);
    let counted = tokens.into_iter().filter(|token| token.weight > 0.0);
    let assigned = terms.zip(counted).map(|(term, token)| PlacedTerm {
        id: term.term,
        range: token.range,
    });
    assigned.collect()
}

/// The counted terms of clauses, worked out once a clause.
pub(crate) struct PlacedTerms<'a> {
    corpus: &'a Corpus,
    representation: &'a Representation,
    of_clause: BTreeMap<ClauseId, Vec<PlacedTerm>>,
}

impl<'a> PlacedTerms<'a> {
    pub(crate) fn new(corpus: &'a Corpus, representation: &'a Representation) -> Self {
        Self {
            corpus,
            representation,
            of_clause: BTreeMap::new(),
        }
    }

    /// Returns the words of a clause from one of its counted terms to another.
    pub(crate) fn words(&mut self, clause: ClauseId, terms: Range<usize>) -> Option<String> {
        let (corpus, representation) = (self.corpus, self.representation);
        let made = || placed_terms(corpus, representation, clause);
        let placed = self.of_clause.entry(clause).or_insert_with(made);
        let placed = placed.get(terms)?;
        let bytes = placed.first()?.range.start..placed.last()?.range.end;
        Some(corpus.compared_text(clause)[bytes].to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_mean_by_hand() {
        // Three rows, pairs' products 0.6, 1 and 0.6: their mean is 2.2 / 3.
        let rows = [vec![(0, 1.0)], vec![(0, 0.6), (1, 0.8)], vec![(0, 1.0)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let clauses: Vec<ClauseId> = (0..3).map(ClauseId::new).collect();
        let parts = parts_of_mean(&matrix, &clauses);
        assert!((parts[0].1 - 2.2 / 3.0).abs() < 1e-6, "{parts:?}");
        assert!(parts[1].1.abs() < 1e-6, "{parts:?}");
    }
}
