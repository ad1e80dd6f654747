//! [`Keyness`]: the words by which the clauses of a query differ from all others; and
//! [`Collocations`]: the words that occur near a query's matches.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::error::Result;
use crate::index::answer::Matched;
use crate::index::count::{Contrast, TermCount, TermCounts, log_dice};
use crate::index::retrieve::highlight::{Marker, OccurrenceRanges};
use crate::index::search::ClauseIndex;
use crate::index::store::schema::index_term;
use crate::setters::setters;
use crate::term::Token;

/// How to compare the clauses of a query with the others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeynessParams {
    /// The maximum number of words to return (default 20).
    pub limit: usize,
    /// The minimum number of occurrences of a word in the clauses of the query (default 3).
    pub min_count: u64,
    /// For collocations: the number of words considered on either side of a match (default 5).
    pub window: usize,
}

impl Default for KeynessParams {
    fn default() -> Self {
        Self {
            limit: 20,
            min_count: 3,
            window: 5,
        }
    }
}

impl KeynessParams {
    setters! {
        limit: usize,
        min_count: u64,
        window: usize,
    }
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
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams, KeynessParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// // What clauses about human rights say more often than all others.
    /// let found = index.keyness("\"human rights\"", &KeynessParams::default())?;
    /// let respected = found.words.iter().find(|word| word.word == "respected");
    /// assert_eq!(respected.map(|word| (word.n, word.n_elsewhere)), Some((4, 1)));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn keyness(&self, query: &str, params: &KeynessParams) -> Result<Keyness> {
        let matched = self.matched(query, None)?;
        let mut asked = BTreeSet::new();
        let here = self.counted(&matched, |marker, places| {
            let tokens = marker.tokens.iter();
            let is_asked = |token: &&Token| is_in(places, token.range.start);
            let terms = tokens.filter(is_asked).map(|token| index_term(&token.term));
            asked.extend(terms.map(str::to_owned));
            (0..marker.tokens.len()).collect()
        })?;
        let more = self.more_frequent(&here, params)?;
        let words = more.filter(|more| !asked.contains(more.term));
        let words = words.map(|more| KeyWord {
            word: more.word(),
            term: more.term.clone(),
            n: more.contrast.n[0],
            n_elsewhere: more.contrast.n[1],
            log_likelihood: more.contrast.log_likelihood(),
            log_ratio: more.contrast.log_ratio(),
        });
        Ok(Keyness {
            schema: "consonance.keyness/1",
            query: query.to_owned(),
            n_clauses: matched.n_hits,
            n_terms: here.n_terms,
            n_terms_elsewhere: self.n_terms_beside(&here),
            words: words.take(params.limit).collect(),
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
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams, KeynessParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// let found = index.collocations("infrastructure", &KeynessParams::default())?;
    /// let first = &found.words[0];
    /// assert_eq!((first.word.as_str(), first.n, first.n_at_all), ("critical", 15, 15));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn collocations(&self, query: &str, params: &KeynessParams) -> Result<Collocations> {
        let matched = self.matched(query, None)?;
        let mut n_places = 0;
        let near = self.counted(&matched, |marker, places| {
            n_places += places.len() as u64;
            tokens_near(marker, places, params.window)
        })?;
        let words = self.more_frequent(&near, params)?.map(|more| {
            let [n, n_elsewhere] = more.contrast.n;
            Collocate {
                word: more.word(),
                term: more.term.clone(),
                n,
                n_at_all: n + n_elsewhere,
                log_likelihood: more.contrast.log_likelihood(),
                log_dice: log_dice(n, n_places, n + n_elsewhere),
            }
        });
        Ok(Collocations {
            schema: "consonance.collocations/1",
            query: query.to_owned(),
            window: params.window,
            n_places,
            words: words.take(params.limit).collect(),
            notes: matched.notes,
        })
    }

    /// Counts the terms of the matching clauses, of each the tokens that `chosen` returns.
    fn counted(
        &self,
        matched: &Matched,
        mut chosen: impl FnMut(&Marker<'_>, &[OccurrenceRanges]) -> Vec<usize>,
    ) -> Result<TermCounts> {
        let wanted = matched.wanted();
        let mut counts = TermCounts::default();
        for item in &matched.clauses {
            let stored = self.stored(item.id)?;
            let clause = self.read_clause(item.id, &stored);
            let marker = Marker::new(&self.analyzer, clause, &wanted);
            for token in chosen(&marker, &marker.places()) {
                counts.add(&marker.tokens[token], &stored.text);
            }
        }
        Ok(counts)
    }

    /// Returns the terms that are often enough among those counted, and more frequent than elsewhere: by
    /// significance (log-likelihood; Dunning, 1993), ties in alphabetical order.
    fn more_frequent<'c>(
        &self,
        here: &'c TermCounts,
        params: &KeynessParams,
    ) -> Result<impl Iterator<Item = MoreFrequent<'c>>> {
        let of = [here.n_terms, self.n_terms_beside(here)];
        let mut more = Vec::new();
        for (term, count) in here.iter().filter(|(_, count)| count.n >= params.min_count) {
            let n_elsewhere = self.postings().n_occurrences(term)?.saturating_sub(count.n);
            let n = [count.n, n_elsewhere];
            let contrast = Contrast { n, of };
            more.push(MoreFrequent {
                term,
                count,
                contrast,
            });
        }
        more.retain(|more| more.contrast.log_ratio() > 0.0);
        let by_likelihood = |more: &MoreFrequent<'_>| more.contrast.log_likelihood();
        more.sort_by(|a, b| by_likelihood(b).total_cmp(&by_likelihood(a)));
        Ok(more.into_iter())
    }

    fn n_terms_beside(&self, here: &TermCounts) -> u64 {
        self.table.norms.n_terms.saturating_sub(here.n_terms)
    }
}

/// A term that is more frequent here than elsewhere.
struct MoreFrequent<'c> {
    term: &'c String,
    count: &'c TermCount,
    contrast: Contrast,
}

impl MoreFrequent<'_> {
    fn word(&self) -> String {
        self.count.spelling().to_owned()
    }
}

/// Returns whether a byte is in one of the places.
fn is_in(places: &[OccurrenceRanges], at: usize) -> bool {
    places.iter().flatten().any(|range| range.contains(&at))
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
    let tokens = marker.tokens.iter().enumerate();
    let near = tokens.filter(|(_, token)| {
        let at = token.range.start;
        let word = words.partition_point(|word| word.range.end <= at);
        is_near.get(word) == Some(&true) && !is_in(places, at)
    });
    near.map(|(number, _)| number).collect()
}
