//! [`Features`]: the weightiest features of clauses, so that the page can say what any two share.

use std::collections::{BTreeSet, HashMap};

use super::scope::Scope;
use crate::id::{ClauseId, FeatureId};
use crate::similarity::Representation;

/// The most features of a clause that are told: its weightiest ones make most of every cosine.
const MAX_FEATURES: usize = 14;

/// The features told so far, and how to write them.
pub(super) struct Features<'a> {
    representation: &'a Representation,
    /// How a stem is first written.
    written: HashMap<String, String>,
    place_of: HashMap<u32, usize>,
    words: Vec<String>,
}

impl<'a> Features<'a> {
    /// Returns no features yet; the words of the clauses say how stems are written.
    pub(super) fn of(scope: &Scope<'a>, clauses: &BTreeSet<ClauseId>) -> Self {
        let (corpus, representation) = (scope.corpus(), scope.dossier.representation);
        let mut written = HashMap::new();
        for &id in clauses {
            let text = corpus.compared_text(id);
            let tokens = representation
                .analyzer()
                .analyze(&text, corpus.clause(id).language);
            for token in tokens {
                let word = text[token.range].trim_matches(|c: char| !c.is_alphanumeric());
                written
                    .entry(token.term)
                    .or_insert_with(|| word.to_lowercase());
            }
        }
        Self {
            representation,
            written,
            place_of: HashMap::new(),
            words: Vec::new(),
        }
    }

    /// Returns the weightiest features of a clause by their places, each followed by its weight in
    /// thousandths.
    pub(super) fn of_clause(&mut self, id: ClauseId) -> Vec<usize> {
        let row = self.representation.words().matrix().row(id.index());
        let mut weights: Vec<(u32, f32)> = row.iter().collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(MAX_FEATURES);
        let mut told = Vec::with_capacity(2 * weights.len());
        for (column, weight) in weights {
            told.push(self.place(column));
            told.push(thousandths(weight));
        }
        told
    }

    /// Returns the features by their places.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }

    fn place(&mut self, column: u32) -> usize {
        if let Some(place) = self.place_of.get(&column) {
            return *place;
        }
        let feature = self
            .representation
            .words()
            .feature(FeatureId::new(column as usize));
        let terms = feature.split(' ').map(|term| {
            let written = self.written.get(term);
            written.map_or(term, String::as_str)
        });
        let word = terms.collect::<Vec<_>>().join(" ");
        self.words.push(word);
        self.place_of.insert(column, self.words.len() - 1);
        self.words.len() - 1
    }
}

/// Returns a weight in `0..=1` in thousandths.
fn thousandths(weight: f32) -> usize {
    (0..=1000)
        .rev()
        .find(|n| f64::from(weight) * 1000.0 >= f64::from(*n) - 0.5)
        .and_then(|n: i32| usize::try_from(n).ok())
        .unwrap_or(0)
}
