//! [`Keyness`]: the words by which the clauses of a query differ from all others; and
//! [`Collocations`]: the words that occur near a query's matches.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::index::count::{Contrast, TermCounts, log_dice};
use crate::index::retrieve::highlight::{Marker, OccurrenceRanges};
use crate::index::search::ClauseIndex;
use crate::index::store::schema::index_term;
use crate::setters::setters;

/// The log-likelihood from which a difference is significant (p < 0.01; chi-squared with one degree of
/// freedom).
const HARDLY_CHANCE: f64 = 6.63;

/// How to compare the clauses of a query with the others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeynessParams {
    /// The maximum number of words to return (default 20).
    pub limit: usize,
    /// The minimum number of occurrences of a word in the clauses of the query (default 3).
    pub min_count: u64,
    /// The order of the words.
    pub order: WordOrder,
    /// For collocations: the number of words considered on either side of a match (default 5).
    pub window: usize,
}

impl Default for KeynessParams {
    fn default() -> Self {
        Self {
            limit: 20,
            min_count: 3,
            order: WordOrder::LogLikelihood,
            window: 5,
        }
    }
}

impl KeynessParams {
    setters! {
        limit: usize,
        min_count: u64,
        order: WordOrder,
        window: usize,
    }
}

/// The order of words; ties are in alphabetical order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WordOrder {
    /// By significance: log-likelihood (Dunning, 1993); the default.
    #[default]
    LogLikelihood,
    /// By size of the difference, among significant words (log-likelihood of 6.63 or more): the log ratio
    /// (Hardie, 2014) for keyness, logDice (Rychlý, 2008) for collocations.
    Size,
}

/// The words by which the clauses of a query differ from all other clauses.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Keyness {
    /// The name and version of this form: `consonance.keyness/1`.
    pub schema: &'static str,
    /// The query as given.
    pub query: String,
    /// The number of clauses that match.
    pub n_clauses: usize,
    /// The number of terms in them, without stop words.
    pub n_terms: u64,
    /// The number of terms in all other clauses.
    pub n_terms_elsewhere: u64,
    /// Words that are more frequent in the matching clauses than elsewhere.
    pub words: Vec<KeyWord>,
    /// Notes about the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A word that is more frequent in the clauses of a query than elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KeyWord {
    /// The word, in its most frequent spelling there.
    pub word: String,
    /// The counted stem.
    pub term: String,
    /// Its number of occurrences in the clauses of the query.
    pub n: u64,
    /// Its number of occurrences in all other clauses.
    pub n_elsewhere: u64,
    /// The significance of the difference: 2 * sum of O * ln(O / E) over the table of four cells.
    pub log_likelihood: f64,
    /// The size of the difference: 1 is twice as frequent, 2 four times; a count of 0 is taken as one half.
    pub log_ratio: f64,
}

/// The words that occur near a query's matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Collocations {
    /// The name and version of this form: `consonance.collocations/1`.
    pub schema: &'static str,
    /// The query as given.
    pub query: String,
    /// The number of words considered on either side.
    pub window: usize,
    /// The number of matches of the query.
    pub n_places: u64,
    /// Words that are more frequent near the matches than elsewhere.
    pub words: Vec<Collocate>,
    /// Notes about the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A word that occurs near a query's matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Collocate {
    /// The word, in its most frequent spelling there.
    pub word: String,
    /// The counted stem.
    pub term: String,
    /// Its number of occurrences near matches; an occurrence near two matches counts once.
    pub n: u64,
    /// Its number of occurrences in all clauses.
    pub n_at_all: u64,
    /// Significance: log-likelihood of its frequency near the matches and elsewhere.
    pub log_likelihood: f64,
    /// Strength, at most 14: 14 + log2(2 * n / (matches + all occurrences)).
    pub log_dice: f64,
}

impl ClauseIndex {
    /// Returns the words by which the clauses that match a query differ from all others, without the words
    /// of the query itself.
    ///
    /// Reads and analyzes every matching clause.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Self::search).
    pub fn keyness(&self, query: &str, params: &KeynessParams) -> Result<Keyness> {
        let matched = self.matched(query, None)?;
        let mut counts = TermCounts::default();
        let mut asked = BTreeSet::new();
        for clause in matched.clauses.iter().map(|item| item.id) {
            let stored = self.stored(clause)?;
            let marker = self.marker(clause, &stored);
            let places = marker.places(&matched.plan);
            for (number, token) in marker.tokens.iter().enumerate() {
                counts.add(&marker, &stored.text, number);
                if places
                    .iter()
                    .flatten()
                    .any(|range| range.contains(&token.range.start))
                {
                    asked.insert(index_term(&token.term).to_owned());
                }
            }
        }
        let n_terms_elsewhere = self.table.norms.n_terms.saturating_sub(counts.n_terms);
        let mut words = Vec::new();
        for (term, count) in counts.iter() {
            if count.n < params.min_count || asked.contains(term) {
                continue;
            }
            let n_elsewhere = self.postings().n_occurrences(term)?.saturating_sub(count.n);
            let contrast = Contrast {
                n: [count.n, n_elsewhere],
                of: [counts.n_terms, n_terms_elsewhere],
            };
            words.push(KeyWord {
                word: count.spelling().to_owned(),
                term: term.clone(),
                n: count.n,
                n_elsewhere,
                log_likelihood: contrast.log_likelihood(),
                log_ratio: contrast.log_ratio(),
            });
        }
        words.retain(|word| word.log_ratio > 0.0);
        let measures = |word: &KeyWord| (word.log_likelihood, word.log_ratio);
        keep_first(&mut words, measures, params);
        Ok(Keyness {
            schema: "consonance.keyness/1",
            query: query.to_owned(),
            n_clauses: matched.clauses.len(),
            n_terms: counts.n_terms,
            n_terms_elsewhere,
            words,
            notes: matched.notes,
        })
    }

    /// Returns the words that occur near a query's matches more often than elsewhere.
    ///
    /// Near means within `window` words of the same clause, stop words included. Reads and analyzes every
    /// matching clause.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Self::search).
    pub fn collocations(&self, query: &str, params: &KeynessParams) -> Result<Collocations> {
        let matched = self.matched(query, None)?;
        let mut near = TermCounts::default();
        let mut n_places = 0;
        for clause in matched.clauses.iter().map(|item| item.id) {
            let stored = self.stored(clause)?;
            let marker = self.marker(clause, &stored);
            let places = marker.places(&matched.plan);
            n_places += places.len() as u64;
            for token in tokens_near(&marker, &places, params.window) {
                near.add(&marker, &stored.text, token);
            }
        }
        let n_elsewhere = self.table.norms.n_terms.saturating_sub(near.n_terms);
        let mut words = Vec::new();
        for (term, count) in near.iter() {
            if count.n < params.min_count {
                continue;
            }
            let n_at_all = self.postings().n_occurrences(term)?;
            let contrast = Contrast {
                n: [count.n, n_at_all.saturating_sub(count.n)],
                of: [near.n_terms, n_elsewhere],
            };
            if contrast.log_ratio() > 0.0 {
                words.push(Collocate {
                    word: count.spelling().to_owned(),
                    term: term.clone(),
                    n: count.n,
                    n_at_all,
                    log_likelihood: contrast.log_likelihood(),
                    log_dice: log_dice(count.n, n_places, n_at_all),
                });
            }
        }
        let measures = |word: &Collocate| (word.log_likelihood, word.log_dice);
        keep_first(&mut words, measures, params);
        Ok(Collocations {
            schema: "consonance.collocations/1",
            query: query.to_owned(),
            window: params.window,
            n_places,
            words,
            notes: matched.notes,
        })
    }
}

/// Sorts words, which come in alphabetical order, and keeps the first.
fn keep_first<T>(words: &mut Vec<T>, measures: impl Fn(&T) -> (f64, f64), params: &KeynessParams) {
    match params.order {
        WordOrder::LogLikelihood => {
            words.sort_by(|a, b| measures(b).0.total_cmp(&measures(a).0));
        }
        WordOrder::Size => {
            words.retain(|word| measures(word).0 >= HARDLY_CHANCE);
            words.sort_by(|a, b| measures(b).1.total_cmp(&measures(a).1));
        }
    }
    words.truncate(params.limit);
}

/// Returns the tokens within `window` words of a match, without those of the matches.
fn tokens_near(marker: &Marker<'_>, places: &[OccurrenceRanges], window: usize) -> Vec<usize> {
    let words = marker.words();
    let mut is_near = vec![false; words.len()];
    for place in places {
        let (Some(first), Some(last)) = (place.first(), place.last()) else {
            continue;
        };
        let start = words.partition_point(|word| word.range.end <= first.start);
        let end = words.partition_point(|word| word.range.start < last.end);
        is_near[start.saturating_sub(window)..(end + window).min(words.len())].fill(true);
    }
    let is_hit = |at: usize| places.iter().flatten().any(|range| range.contains(&at));
    let tokens = marker.tokens.iter().enumerate();
    let near = tokens.filter(|(_, token)| {
        let at = token.range.start;
        let word = words.partition_point(|word| word.range.end <= at);
        is_near.get(word) == Some(&true) && !is_hit(at)
    });
    near.map(|(number, _)| number).collect()
}
