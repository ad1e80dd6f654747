//! [`keyness`]: compares each column's terms with those of the others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::ClauseRef;
use crate::finding::keyness::log_odds::{Prior, log_odds};
use crate::finding::keyness::result::{
    Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm, TableKeyness,
};
use crate::finding::study::Study;
use crate::id::{ClauseId, RowId, TermId};
use crate::term::TokenizedCorpus;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.column-keyness/1";
/// The `|z|` from which a term is clearly over- or under-used, and from which there is a hint of it.
const CLEAR_FROM: f64 = 1.96;
const HINT_FROM: f64 = 1.0;
/// The fewest uses of a term by the side that uses it more: a single use is chance.
const MIN_COUNT: usize = 2;
/// The fewest terms that each side needs for a comparison.
const MIN_TERMS: usize = 20;
/// The most terms reported on either side, and the most examples of a term.
const MAX_TERMS: usize = 5;
const MAX_EXAMPLES: usize = 2;

/// Terms and the number of uses of each by a side.
type Counts = BTreeMap<TermId, usize>;

/// Returns the keyness of each column of a table, over the whole corpus and within each issue that
/// several columns address.
///
/// Terms are compared by their log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and
/// Quinn, 2008). For a term used `y` times among `n` by one side and `y'` among `n'` by the others, with the
/// prior `a` for the term, `A` for all terms:
/// `d = ln((y + a) / (n + A - y - a)) - ln((y' + a) / (n' + A - y' - a))`,
/// `z = d / sqrt(1 / (y + a) + 1 / (y' + a))`. `A` is the number of terms of both sides
/// together, distributed as the whole corpus uses its terms, so a term that is common everywhere needs a greater difference, and a term used once by chance counts
/// little. Domain stop words are left out. Many terms are tested, so some differ by chance: read the
/// examples. Costs one pass over the terms of each row.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Study, keyness};
/// use consonance::report::Report;
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let page = keyness(&study).page(5).to_markdown();
/// assert!(page.contains("**European Parliament** more: **parliament** (2:0"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn keyness(study: &Study) -> TableKeyness {
    let all: Vec<ClauseId> = study.corpus().clause_ids().collect();
    let everywhere = counts_of(study.representation().lists(), &all);
    let comparison = Comparison {
        study,
        n_everywhere: everywhere.values().sum(),
        everywhere,
    };
    let overall = comparison.columns_of(&all);
    let rows: Vec<RowId> = study.table().row_ids().collect();
    let issues: Vec<IssueKeyness> = rows
        .into_par_iter()
        .map(|row| IssueKeyness {
            row,
            issue: study.issue(row),
            columns: comparison.columns_of(study.clauses_of(row)),
        })
        .filter(|issue| issue.columns.len() > 1)
        .collect();
    let columns = overall.iter();
    let columns = columns.chain(issues.iter().flat_map(|issue| &issue.columns));
    let terms = columns.flat_map(|column| column.over.iter().chain(&column.under));
    let examples = terms.flat_map(|term| &term.examples);
    TableKeyness {
        schema: SCHEMA.to_owned(),
        texts: study.texts_of(examples.map(|example| &example.clause)),
        overall,
        issues,
    }
}

/// The data for all comparisons.
struct Comparison<'a> {
    study: &'a Study,
    /// The number of uses of each term in the whole corpus.
    everywhere: Counts,
    n_everywhere: usize,
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
    fn columns_of(&self, clauses: &[ClauseId]) -> Vec<ColumnKeyness> {
        let grid = self.study.grid();
        let columns = clauses.iter().filter_map(|clause| grid.column_of(*clause));
        let columns: BTreeSet<usize> = columns.collect();
        let of_column = |column: usize| {
            let is_own = |clause: &ClauseId| self.study.grid().column_of(*clause) == Some(column);
            let (own, others): (Vec<ClauseId>, Vec<ClauseId>) =
                clauses.iter().copied().partition(is_own);
            self.column(column, [&own, &others])
        };
        columns.into_iter().map(of_column).collect()
    }

    fn column(&self, column: usize, sides: [&[ClauseId]; 2]) -> ColumnKeyness {
        let lists = self.study.representation().lists();
        let counts = sides.map(|clauses| counts_of(lists, clauses));
        let n_terms = [0, 1].map(|side: usize| counts[side].values().sum::<usize>());
        let is_too_little = n_terms.iter().any(|n| *n < MIN_TERMS);
        let differences = if is_too_little {
            Vec::new()
        } else {
            self.differences(&counts, n_terms)
        };
        let (over, under): (Vec<Difference>, Vec<Difference>) = differences
            .into_iter()
            .partition(|difference| difference.z > 0.0);
        let of_table = &self.study.table().columns[column];
        ColumnKeyness {
            column: of_table.id.clone(),
            title: of_table.title.clone(),
            n_terms,
            is_too_little,
            over: self.told(&over[..MAX_TERMS.min(over.len())], sides[0]),
            under: self.told(&under[..MAX_TERMS.min(under.len())], sides[1]),
        }
    }

    /// Returns the terms whose use differs, the clearest first, ties by id.
    fn differences(&self, counts: &[Counts; 2], n_terms: [usize; 2]) -> Vec<Difference> {
        let n = n_terms.map(|n| n as f64);
        let prior = n[0] + n[1];
        let terms: BTreeSet<TermId> = counts.iter().flat_map(|of| of.keys().copied()).collect();
        let mut differences: Vec<Difference> = terms
            .into_iter()
            .filter_map(|term| {
                let share = self.everywhere[&term] as f64 / self.n_everywhere as f64;
                let counts =
                    [0, 1].map(|side: usize| counts[side].get(&term).copied().unwrap_or(0));
                let y = counts.map(|count| count as f64);
                let prior = Prior {
                    of_term: prior * share,
                    of_all: prior,
                };
                let (log_odds, z) = log_odds(y, n, prior)?;
                let difference = Difference {
                    term,
                    counts,
                    log_odds,
                    z,
                };
                let of_more = counts[usize::from(z < 0.0)];
                let is_told = z.abs() >= HINT_FROM && of_more >= MIN_COUNT;
                is_told.then_some(difference)
            })
            .collect();
        differences.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.term.cmp(&b.term)));
        differences
    }

    /// Returns the terms with their spelling and examples from these clauses.
    fn told(&self, differences: &[Difference], clauses: &[ClauseId]) -> Vec<KeyTerm> {
        let vocabulary = self.study.representation().lists().vocabulary();
        let terms: BTreeSet<TermId> = differences.iter().map(|d| d.term).collect();
        let places = self.places(&terms, clauses);
        let told = |difference: &Difference| {
            let stem = vocabulary.term(difference.term);
            let places = places.get(&difference.term).map_or(&[][..], Vec::as_slice);
            KeyTerm {
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

    /// Returns where terms occur in the texts of clauses, in order.
    fn places(
        &self,
        terms: &BTreeSet<TermId>,
        clauses: &[ClauseId],
    ) -> BTreeMap<TermId, Vec<(ClauseId, Range<usize>)>> {
        let mut places: BTreeMap<TermId, Vec<(ClauseId, Range<usize>)>> = BTreeMap::new();
        let lists = self.study.representation().lists();
        for &clause in clauses {
            let mut own = lists.of_clause(clause).iter();
            if !own.any(|term| terms.contains(&term.term)) {
                continue;
            }
            let language = self.study.corpus().clause(clause).language;
            let text = self.study.corpus().text(clause);
            let analyzer = self.study.representation().analyzer();
            for token in analyzer.analyze(text, language) {
                let term = lists.vocabulary().find(&token.term);
                if let Some(term) = term.filter(|term| terms.contains(term)) {
                    places.entry(term).or_default().push((clause, token.range));
                }
            }
        }
        places
    }

    /// Returns the most frequent spelling of a term, in lower case; ties go to the first in
    /// alphabetical order.
    fn most_written(&self, places: &[(ClauseId, Range<usize>)]) -> Option<String> {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        for (clause, range) in places {
            let word = &self.study.corpus().text(*clause)[range.clone()];
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            *written.entry(word.to_lowercase()).or_default() += 1;
        }
        let most = written.into_iter().rev().max_by_key(|(_, n)| *n);
        most.map(|(word, _)| word)
    }

    /// Returns the first occurrence in each of the first clauses.
    fn examples(&self, places: &[(ClauseId, Range<usize>)]) -> Vec<Example> {
        let of_clauses = places.chunk_by(|a, b| a.0 == b.0).take(MAX_EXAMPLES);
        let example = |of_clause: &[(ClauseId, Range<usize>)]| Example {
            clause: ClauseRef::of(self.study.corpus(), of_clause[0].0),
            range: of_clause[0].1.clone(),
        };
        of_clauses.map(example).collect()
    }
}

/// Returns the number of uses of each term in these clauses; domain stop words are left out.
fn counts_of(lists: &TokenizedCorpus, clauses: &[ClauseId]) -> Counts {
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
