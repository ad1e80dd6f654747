//! [`emphasis`]: what each process stresses, within an issue and over all.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{ClauseId, TermId};
use crate::similarity::Representation;
use crate::table::Grid;
use crate::table::{CitedClause, ConvergenceTable};
use crate::term::TermLists;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.emphasis/1";
/// From which `|z|` on a term is clearly over- or under-used, and from which on there is a hint of it.
const CLEAR_FROM: f64 = 1.96;
const HINT_FROM: f64 = 1.0;

/// How emphasis is looked for; the default needs no tuning.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct EmphasisParams {
    /// What the words of the whole corpus count beside those of the two sides, in terms; by default
    /// as many as the two sides have together.
    pub prior: Option<f64>,
    /// The fewest terms that either side must have to be compared, 20 by default.
    pub min_terms: usize,
    /// How often the side that uses a term more must use it, 2 by default: a word used once is chance.
    pub min_count: usize,
    /// The most terms told on either side, 5 by default.
    pub n_terms: usize,
    /// The most examples of a term, 2 by default.
    pub n_examples: usize,
}

impl Default for EmphasisParams {
    fn default() -> Self {
        Self {
            prior: None,
            min_terms: 20,
            min_count: 2,
            n_terms: 5,
            n_examples: 2,
        }
    }
}

/// What processes stress: terms that they use more or less than the others do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Emphasis {
    /// The name and version of this form: `consonance.emphasis/1`.
    pub schema: String,
    /// Each column against all others, over the whole corpus, in the order of the columns.
    pub overall: Vec<ColumnEmphasis>,
    /// Each column against the others within an issue, in the order of the rows; issues of one
    /// column are left out.
    pub issues: Vec<IssueEmphasis>,
    /// The words of every clause that an example stands in, by id.
    pub texts: BTreeMap<String, String>,
}

/// What each column stresses within an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IssueEmphasis {
    /// The row's issue.
    pub issue: String,
    /// Its columns, in the table's order.
    pub columns: Vec<ColumnEmphasis>,
}

/// What one column stresses against others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnEmphasis {
    /// The id of the column.
    pub column: String,
    /// Its title.
    pub title: String,
    /// The number of terms it uses here, repetitions counted, and the number the others use; stop
    /// words and words of the genre do not count.
    pub n_terms: [usize; 2],
    /// Whether either side has too few terms to say anything; then none are told.
    pub is_too_little: bool,
    /// The terms it uses more than the others, the clearest first.
    pub over: Vec<StressedTerm>,
    /// The terms it uses less than the others, the clearest first.
    pub under: Vec<StressedTerm>,
}

/// A term that one side uses more than the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StressedTerm {
    /// The term as it is most often written.
    pub word: String,
    /// The stem that is counted.
    pub stem: String,
    /// How often the column uses it, and how often the others do.
    pub counts: [usize; 2],
    /// The difference of the log-odds, above 0 where the column uses it more.
    pub log_odds: f64,
    /// That difference in standard deviations.
    pub z: f64,
    /// What the difference is worth.
    pub clarity: Clarity,
    /// Where it stands: in the column's own clauses if it is over-used, else in the others'.
    pub examples: Vec<Example>,
}

/// What a difference between two sides is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Clarity {
    /// `|z|` of at least 1: no more than a hint.
    Hint,
    /// `|z|` of at least 1.96: were there no difference, one term in twenty would show as much.
    Clear,
}

/// A place where a term stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Example {
    /// The clause.
    pub clause: CitedClause,
    /// The bytes of the term in the clause's text.
    pub range: Range<usize>,
}

/// Terms and how often a side uses each.
type Counts = BTreeMap<TermId, usize>;

/// Returns what each column of a table stresses, over all and within each issue that several columns
/// speak of.
///
/// Terms are compared by their log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi
/// and Quinn, 2008). For a term used `y` times among `n` by one side and `y'` among `n'` by the
/// others, with the prior `a` for the term, `A` for all terms:
/// `d = ln((y + a) / (n + A - y - a)) - ln((y' + a) / (n' + A - y' - a))`,
/// `z = d / sqrt(1 / (y + a) + 1 / (y' + a))`. The prior shares `A` out as the whole corpus uses its
/// terms, so a term that is common everywhere needs a greater difference to stand out, and a term
/// used once by chance is worth little. Words of the genre are left out. Many terms are looked at, so
/// some stand out by chance: read the examples. Costs one pass over the terms of each row.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if the prior is not a number above 0.
pub fn emphasis(
    corpus: &Corpus,
    representation: &Representation,
    table: &ConvergenceTable,
    params: EmphasisParams,
) -> Result<Emphasis> {
    if params
        .prior
        .is_some_and(|prior| !(prior > 0.0 && prior.is_finite()))
    {
        let message = "the prior of emphasis must be a number above 0";
        return Err(Error::new(ErrorKind::Parameter, message));
    }
    let all: Vec<ClauseId> = corpus.clause_ids().collect();
    let comparison = Comparison {
        corpus,
        representation,
        table,
        grid: Grid::of(corpus, table),
        everywhere: counts_of(representation.lists(), &all),
        params,
    };
    let overall = comparison.columns_of(&all);
    let issues: Vec<IssueEmphasis> = (0..table.rows.len())
        .into_par_iter()
        .map(|row| IssueEmphasis {
            issue: table.rows[row].issue.clone(),
            columns: comparison.columns_of(comparison.grid.row(row)),
        })
        .filter(|issue| issue.columns.len() > 1)
        .collect();
    let texts = texts_of(corpus, &overall, &issues);
    Ok(Emphasis {
        schema: SCHEMA.to_owned(),
        overall,
        issues,
        texts,
    })
}

/// What sides are compared with.
struct Comparison<'a> {
    corpus: &'a Corpus,
    representation: &'a Representation,
    table: &'a ConvergenceTable,
    grid: Grid,
    /// How often the whole corpus uses each term.
    everywhere: Counts,
    params: EmphasisParams,
}

/// A term with its difference.
struct Difference {
    term: TermId,
    counts: [usize; 2],
    log_odds: f64,
    z: f64,
}

impl Comparison<'_> {
    /// Compares each column that has one of these clauses with the other columns.
    fn columns_of(&self, clauses: &[ClauseId]) -> Vec<ColumnEmphasis> {
        let columns: BTreeSet<usize> = clauses
            .iter()
            .filter_map(|clause| self.grid.column_of(*clause))
            .collect();
        let of_column = |column: usize| {
            let is_own = |clause: &ClauseId| self.grid.column_of(*clause) == Some(column);
            let (own, others): (Vec<ClauseId>, Vec<ClauseId>) =
                clauses.iter().copied().partition(is_own);
            self.column(column, [&own, &others])
        };
        columns.into_iter().map(of_column).collect()
    }

    fn column(&self, column: usize, sides: [&[ClauseId]; 2]) -> ColumnEmphasis {
        let lists = self.representation.lists();
        let counts = sides.map(|clauses| counts_of(lists, clauses));
        let n_terms = [0, 1].map(|side: usize| counts[side].values().sum::<usize>());
        let is_too_little = n_terms.iter().any(|n| *n < self.params.min_terms);
        let differences = if is_too_little {
            Vec::new()
        } else {
            self.differences(&counts, n_terms)
        };
        let (over, under): (Vec<Difference>, Vec<Difference>) = differences
            .into_iter()
            .partition(|difference| difference.z > 0.0);
        let Self { table, params, .. } = self;
        ColumnEmphasis {
            column: table.columns[column].id.clone(),
            title: table.columns[column].title.clone(),
            n_terms,
            is_too_little,
            over: self.told(&over[..params.n_terms.min(over.len())], sides[0]),
            under: self.told(&under[..params.n_terms.min(under.len())], sides[1]),
        }
    }

    /// Returns the terms that make a difference, the clearest first, equally clear ones by id.
    fn differences(&self, counts: &[Counts; 2], n_terms: [usize; 2]) -> Vec<Difference> {
        let n_everywhere: usize = self.everywhere.values().sum();
        let n = n_terms.map(|n| n as f64);
        let prior = self.params.prior.unwrap_or(n[0] + n[1]);
        let terms: BTreeSet<TermId> = counts.iter().flat_map(|of| of.keys().copied()).collect();
        let mut differences: Vec<Difference> = terms
            .into_iter()
            .filter_map(|term| {
                let share = self.everywhere[&term] as f64 / n_everywhere as f64;
                let counts =
                    [0, 1].map(|side: usize| counts[side].get(&term).copied().unwrap_or(0));
                let y = counts.map(|count| count as f64);
                let (log_odds, z) = log_odds(y, n, (prior * share, prior))?;
                let difference = Difference {
                    term,
                    counts,
                    log_odds,
                    z,
                };
                let of_more = counts[usize::from(z < 0.0)];
                let is_told = z.abs() >= HINT_FROM && of_more >= self.params.min_count;
                is_told.then_some(difference)
            })
            .collect();
        differences.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.term.cmp(&b.term)));
        differences
    }

    /// Returns the terms with their words and examples from these clauses.
    fn told(&self, differences: &[Difference], clauses: &[ClauseId]) -> Vec<StressedTerm> {
        let vocabulary = self.representation.lists().vocabulary();
        let terms: BTreeSet<TermId> = differences.iter().map(|d| d.term).collect();
        let places = self.places(&terms, clauses);
        let told = |difference: &Difference| {
            let stem = vocabulary.term(difference.term);
            let places = places.get(&difference.term).map_or(&[][..], Vec::as_slice);
            StressedTerm {
                word: self.most_written(places).unwrap_or_else(|| stem.to_owned()),
                stem: stem.to_owned(),
                counts: difference.counts,
                log_odds: difference.log_odds,
                z: difference.z,
                clarity: if difference.z.abs() >= CLEAR_FROM {
                    Clarity::Clear
                } else {
                    Clarity::Hint
                },
                examples: self.examples(places),
            }
        };
        differences.iter().map(told).collect()
    }

    /// Returns where terms stand in the texts of clauses, in order.
    fn places(
        &self,
        terms: &BTreeSet<TermId>,
        clauses: &[ClauseId],
    ) -> BTreeMap<TermId, Vec<(ClauseId, Range<usize>)>> {
        let mut places: BTreeMap<TermId, Vec<(ClauseId, Range<usize>)>> = BTreeMap::new();
        let lists = self.representation.lists();
        for &clause in clauses {
            if !lists
                .of_clause(clause)
                .iter()
                .any(|term| terms.contains(&term.term))
            {
                continue;
            }
            let language = self.corpus.clause(clause).language;
            let text = self.corpus.text(clause);
            for token in self.representation.analyzer().analyze(text, language) {
                let term = lists.vocabulary().find(&token.term);
                if let Some(term) = term.filter(|term| terms.contains(term)) {
                    places.entry(term).or_default().push((clause, token.range));
                }
            }
        }
        places
    }

    /// Returns the most frequent way a term is written, in lower case; of equally frequent ones the
    /// first in alphabetical order.
    fn most_written(&self, places: &[(ClauseId, Range<usize>)]) -> Option<String> {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        for (clause, range) in places {
            let word = &self.corpus.text(*clause)[range.clone()];
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            *written.entry(word.to_lowercase()).or_default() += 1;
        }
        let most = written.into_iter().rev().max_by_key(|(_, n)| *n);
        most.map(|(word, _)| word)
    }

    /// Returns the first place in each of the first clauses.
    fn examples(&self, places: &[(ClauseId, Range<usize>)]) -> Vec<Example> {
        let mut examples: Vec<Example> = Vec::new();
        for of_clause in places
            .chunk_by(|a, b| a.0 == b.0)
            .take(self.params.n_examples)
        {
            let (clause, range) = &of_clause[0];
            examples.push(Example {
                clause: CitedClause::of(self.corpus, *clause),
                range: range.clone(),
            });
        }
        examples
    }
}

/// Returns how often clauses use each term; words of the genre are left out.
fn counts_of(lists: &TermLists, clauses: &[ClauseId]) -> Counts {
    let mut counts = Counts::new();
    for clause in clauses {
        for term in lists.of_clause(*clause) {
            if term.weight >= 1.0 {
                *counts.entry(term.term).or_default() += 1;
            }
        }
    }
    counts
}

/// Returns the difference of the log-odds of a term between two sides, and that difference in
/// standard deviations; nothing where the sides hold no other term.
fn log_odds(y: [f64; 2], n: [f64; 2], (of_term, of_all): (f64, f64)) -> Option<(f64, f64)> {
    let odds = [0, 1].map(|side: usize| {
        let with = y[side] + of_term;
        with / (n[side] + of_all - with)
    });
    let difference = odds[0].ln() - odds[1].ln();
    let variance = 1.0 / (y[0] + of_term) + 1.0 / (y[1] + of_term);
    let z = difference / variance.sqrt();
    z.is_finite().then_some((difference, z))
}

fn texts_of(
    corpus: &Corpus,
    overall: &[ColumnEmphasis],
    issues: &[IssueEmphasis],
) -> BTreeMap<String, String> {
    let of_issues = issues.iter().flat_map(|issue| &issue.columns);
    overall
        .iter()
        .chain(of_issues)
        .flat_map(|column| column.over.iter().chain(&column.under))
        .flat_map(|term| &term.examples)
        .filter_map(|example| {
            let clause = corpus.find(&example.clause.id)?;
            Some((example.clause.id.clone(), corpus.text(clause).to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_odds_by_hand() {
        // One side says the word 3 times of 10, the other once of 10; prior 2 of 20. The odds are
        // 5 / 25 and 3 / 27: 0.2 and 0.1111; ln 1.8 = 0.5878; variance 1/5 + 1/3 = 0.5333.
        let (difference, z) = log_odds([3.0, 1.0], [10.0, 10.0], (2.0, 20.0)).unwrap();
        assert!((difference - 0.587_787).abs() < 1e-6, "{difference}");
        assert!((z - 0.804_860).abs() < 1e-6, "{z}");
        let (back, _) = log_odds([1.0, 3.0], [10.0, 10.0], (2.0, 20.0)).unwrap();
        assert!((back + difference).abs() < 1e-12, "the other way round");
        // The same shares of ten times the text are worth more.
        let (_, surer) = log_odds([30.0, 10.0], [100.0, 100.0], (20.0, 200.0)).unwrap();
        assert!((surer - z * 10.0_f64.sqrt()).abs() < 1e-9, "{surer}");
        assert_eq!(
            log_odds([1.0, 1.0], [1.0, 1.0], (2.0, 2.0)),
            None,
            "no other term"
        );
    }
}
