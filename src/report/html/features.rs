//! [`Features`]: the features of clauses with the greatest weights, from which the page shows what any
//! two share.

use std::collections::{BTreeSet, HashMap};

use crate::id::ClauseId;
use crate::report::form::words::joined;
use crate::report::html::scope::Scope;
use crate::similarity::Representation;

/// The most features of a clause in the page: those with the greatest weights that another clause also
/// has. They make most of every cosine.
const MAX_FEATURES: usize = 12;

/// The features in use so far, and their spelling.
pub(super) struct Features<'a> {
    representation: &'a Representation,
    /// The first spelling of each stem.
    written: HashMap<String, String>,
    /// The number of clauses each feature occurs in.
    n_clauses: HashMap<u32, usize>,
    place_of: HashMap<u32, usize>,
    words: Vec<String>,
}

impl<'a> Features<'a> {
    /// Returns no features yet; stems are spelled as in these clauses.
    pub(super) fn of(scope: &Scope<'a>, clauses: &BTreeSet<ClauseId>) -> Self {
        let (corpus, representation) = (scope.corpus(), scope.study().representation());
        let mut written = HashMap::new();
        let mut n_clauses: HashMap<u32, usize> = HashMap::new();
        for &id in clauses {
            for column in representation.words().matrix().row(id.index()).columns {
                *n_clauses.entry(*column).or_default() += 1;
            }
            let text = corpus.compared_text(id);
            let analyzer = representation.analyzer();
            for token in analyzer.analyze(&text, corpus.clause(id).language) {
                let word = text[token.range].trim_matches(|c: char| !c.is_alphanumeric());
                let written = written.entry(token.term);
                written.or_insert_with(|| word.to_lowercase());
            }
        }
        Self {
            representation,
            written,
            n_clauses,
            place_of: HashMap::new(),
            words: Vec::new(),
        }
    }

    /// Returns the features of a clause with the greatest weights, in base 64: three digits for the index of each,
    /// two for its weight in thousandths.
    pub(super) fn of_clause(&mut self, id: ClauseId) -> String {
        let row = self.representation.words().matrix().row(id.index());
        let is_shared = |column: &u32| self.n_clauses.get(column).is_some_and(|n| *n > 1);
        let shared = row.iter().filter(|(column, _)| is_shared(column));
        let mut weights: Vec<(u32, f32)> = shared.collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(MAX_FEATURES);
        let mut told = String::with_capacity(5 * weights.len());
        for (column, weight) in weights {
            push_digits(&mut told, self.place(column), 3);
            push_digits(&mut told, thousandths(weight), 2);
        }
        told
    }

    /// Returns the words of the features, by index.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }

    fn place(&mut self, column: u32) -> usize {
        if let Some(place) = self.place_of.get(&column) {
            return *place;
        }
        let feature = self.representation.words().feature(column);
        let terms = feature.split(' ').map(|term| {
            let written = self.written.get(term);
            written.map_or(term, String::as_str)
        });
        self.words.push(joined(terms, " "));
        self.place_of.insert(column, self.words.len() - 1);
        self.words.len() - 1
    }
}

/// The digits of numbers in base 64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends the last digits of a number in base 64.
fn push_digits(out: &mut String, number: usize, n_digits: u32) {
    for place in (0..n_digits).rev() {
        out.push(char::from(DIGITS[(number >> (6 * place)) % 64]));
    }
}

/// Returns a weight in `0..=1` in thousandths.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 0 and 1000"
)]
fn thousandths(weight: f32) -> usize {
    (weight.clamp(0.0, 1.0) * 1000.0).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_base_64() {
        let mut digits = String::new();
        push_digits(&mut digits, 0, 3);
        // 64 * 64 + 2 * 64 + 63
        push_digits(&mut digits, 4287, 3);
        push_digits(&mut digits, 1000, 2);
        assert_eq!(digits, "AAABC_Po");
    }
}
