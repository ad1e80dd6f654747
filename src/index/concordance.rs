//! [`Concordance`]: every match of a query, with the words to its left and right.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::ClauseId;
use crate::index::retrieve::highlight::Marker;
use crate::index::search::ClauseIndex;
use crate::index::store::schema::words_of;
use crate::setters::setters;

/// The number of context words by which lines are sorted.
const N_SORTED_WORDS: usize = 8;

/// How to make a concordance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConcordanceParams {
    /// The maximum number of lines to return (default 100); all are counted.
    pub limit: usize,
    /// The maximum number of characters of context on either side (default 100).
    pub width: usize,
    /// The order of the lines.
    pub order: LineOrder,
    /// Only processes with these words in their name.
    pub process: Option<String>,
}

impl Default for ConcordanceParams {
    fn default() -> Self {
        Self {
            limit: 100,
            width: 100,
            order: LineOrder::Position,
            process: None,
        }
    }
}

impl ConcordanceParams {
    setters! {
        limit: usize,
        width: usize,
        order: LineOrder,
        process: impl Into<Option<String>>,
    }
}

/// The order of the lines of a concordance; ties are in corpus order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LineOrder {
    /// Corpus order; the default.
    #[default]
    Position,
    /// By the words to the left of the match, the nearest first, ignoring case and accents.
    Left,
    /// By the words to the right of the match, ignoring case and accents.
    Right,
}

/// Every match of a query, one per line (key word in context; Luhn, 1960).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Concordance {
    /// The name and version of this form: `consonance.concordance/1`.
    pub schema: &'static str,
    /// The query as given.
    pub query: String,
    /// The number of clauses that match.
    pub n_clauses: usize,
    /// The number of matches in them.
    pub n_lines: usize,
    /// The first lines, in the requested order.
    pub lines: Vec<ConcordanceLine>,
    /// Notes about the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A match of a query: a word, or a phrase from its first word to its last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConcordanceLine {
    /// The clause's position in its corpus.
    #[serde(skip)]
    pub clause_id: ClauseId,
    /// The key that identifies the clause in every report.
    #[serde(rename = "id")]
    pub key: String,
    /// How to cite the clause.
    pub citation: String,
    /// The process it belongs to.
    pub process: String,
    /// The year of its agreement, if known.
    pub year: Option<i32>,
    /// The words to the left, runs of white space as one space.
    pub left: String,
    /// The match, runs of white space as one space.
    pub hit: String,
    /// The words to the right, runs of white space as one space.
    pub right: String,
    /// The bytes of the match in the clause's text.
    pub range: Range<usize>,
}

impl ClauseIndex {
    /// Returns every match of a query, with its context.
    ///
    /// Reads every matching clause; the context ends at the limits of the clause.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Self::search).
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, ConcordanceParams, IndexParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// let found = index.concordance("sovereign*", &ConcordanceParams::default().width(30))?;
    /// assert_eq!((found.n_lines, found.n_clauses), (7, 6));
    /// let line = &found.lines[1];
    /// assert_eq!(line.citation, "GGE 2015 ¶13(h)");
    /// assert_eq!(line.left, "broad, with proper regard for ");
    /// assert_eq!((line.hit.as_str(), line.right.as_str()), ("sovereignty", "."));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn concordance(&self, query: &str, params: &ConcordanceParams) -> Result<Concordance> {
        let matched = self.matched(query, params.process.as_deref())?;
        let wanted = matched.wanted();
        let mut lines: Vec<(SortKey, ConcordanceLine)> = Vec::new();
        for clause in matched.clauses.iter().map(|item| item.id) {
            let stored = self.stored(clause)?;
            let entry = self.entry_of(clause);
            let read = self.read_clause(clause, &stored);
            for place in Marker::of_wanted(&self.analyzer, read, &wanted).places() {
                let (Some(first), Some(last)) = (place.first(), place.last()) else {
                    continue;
                };
                let range = first.start..last.end;
                let line = ConcordanceLine {
                    clause_id: ClauseId::new(clause as usize),
                    key: stored.key.clone(),
                    citation: self.citation(clause, &stored),
                    process: entry.process.clone(),
                    year: entry.year,
                    left: last_characters(&stored.text[..range.start], params.width),
                    hit: one_line(&stored.text[range.clone()]),
                    right: first_characters(&stored.text[range.end..], params.width),
                    range,
                };
                lines.push((sort_key(&line, params.order), line));
            }
        }
        // Stable: equal lines keep the order of the corpus.
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        let n_lines = lines.len();
        lines.truncate(params.limit);
        Ok(Concordance {
            schema: "consonance.concordance/1",
            query: query.to_owned(),
            n_clauses: matched.n_hits,
            n_lines,
            lines: lines.into_iter().map(|(_, line)| line).collect(),
            notes: matched.notes,
        })
    }
}

/// The words by which a line is sorted: those of the chosen side, then those of the other.
type SortKey = [Vec<String>; 2];

fn sort_key(line: &ConcordanceLine, order: LineOrder) -> SortKey {
    let folded = |text: &str| words_of(text).into_iter().map(|word| word.folded);
    let left = || folded(&line.left).rev().take(N_SORTED_WORDS).collect();
    let right = || folded(&line.right).take(N_SORTED_WORDS).collect();
    match order {
        LineOrder::Position => [Vec::new(), Vec::new()],
        LineOrder::Left => [left(), right()],
        LineOrder::Right => [right(), left()],
    }
}

/// Replaces each run of white space by one space, also at the ends.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

fn first_characters(text: &str, n: usize) -> String {
    one_line(text).chars().take(n).collect()
}

fn last_characters(text: &str, n: usize) -> String {
    let line = one_line(text);
    let n_dropped = line.chars().count().saturating_sub(n);
    line.chars().skip(n_dropped).collect()
}
