//! Clauses that share wording with a row they are not in.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::ClauseRef;
use crate::finding::study::Study;
use crate::id::{ClauseId, RowId, TermId};
use crate::reuse::{Passage, Run, SharedWording};
use crate::score::Score;

/// The smallest proportion of the clauses with a passage that must be in the row; below it, the
/// passage is no evidence for a row.
const MIN_SHARE: f64 = 0.3;
/// The fewest rare terms that two clauses must share if they share no passage.
const MIN_RARE_TERMS: usize = 3;
/// The least similarity of two clauses that share no passage: long clauses share rare terms by chance.
const MIN_SCORE: f64 = 0.2;
/// The largest proportion of the clauses that may have a rare term; two clauses may in any case.
const RARE_SHARE: f64 = 0.03;
/// The most candidates that are reported.
const MAX_MISSED: usize = 200;
/// The most rare terms that are reported.
const MAX_TERMS: usize = 8;

/// A candidate false negative: a clause that shares wording with a clause in a row, of another column.
///
/// The evidence is the most informative shared passage that is not boilerplate, and the rare terms.
/// Each counts its information `ln(N / n)` (`n` of `N` clauses have it; a passage counts the sum over
/// its words) times the proportion of the other clauses with it that are in the row: what occurs in
/// many rows counts little in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MissedClause {
    /// The clause.
    pub clause: ClauseRef,
    /// The id of its column.
    pub column: String,
    /// The row that it may belong to.
    #[serde(skip)]
    pub row: RowId,
    /// The issue of that row.
    pub issue: String,
    /// Whether its column has no clause in the row.
    pub fills_empty_cell: bool,
    /// The clause of the row whose wording it shares.
    pub like: ClauseRef,
    /// The passage both have; `None` if they share only rare terms.
    pub run: Option<Passage>,
    /// The number of clauses of other agreements that have the whole passage, and the number of these
    /// in the row; zeros without a passage.
    pub n_sharers: [usize; 2],
    /// The rare terms both have, the rarest first, as stems.
    pub terms: Vec<String>,
    /// Their TF-IDF cosine.
    pub score: Score,
    /// The weight of the shared wording, in nats, by which the candidates are sorted.
    pub weight: f64,
    /// The issues it is in; empty if it stands alone.
    pub stands_in: Vec<String>,
}

/// The evidence that links a clause to a row.
struct Lead {
    like: ClauseId,
    run: Option<(Run, [usize; 2])>,
    terms: Vec<TermId>,
    weight: f64,
}

/// What a clause shares with clauses of other columns, without boilerplate.
#[derive(Default)]
struct OwnWords {
    /// The passages, by the other clause.
    runs: BTreeMap<ClauseId, Vec<Run>>,
    /// The clauses that have the whole of a passage, by the positions where it begins and ends.
    sharers: BTreeMap<[usize; 2], BTreeSet<ClauseId>>,
}

/// The data in which evidence is looked up.
struct Wording<'a> {
    study: &'a Study,
    shared: &'a SharedWording,
    /// The passages of each clause, with the clause as their first side.
    of_clause: Vec<Vec<Run>>,
    /// The number of clauses each word occurs in.
    frequencies: Vec<u32>,
    /// The clauses of each rare term; empty for other terms.
    rare: Vec<Vec<ClauseId>>,
}

/// Returns the candidate false negatives: those that fill an empty cell first, then by weight, then by id.
pub(crate) fn missed(study: &Study) -> Vec<MissedClause> {
    let shared = study.wording();
    let wording = Wording {
        study,
        of_clause: shared.passages().by_clause(),
        frequencies: shared.passages().words().frequencies(),
        shared,
        rare: rare_terms(study),
    };
    let clauses: Vec<ClauseId> = study.corpus().clause_ids().collect();
    let mut missed: Vec<MissedClause> = clauses
        .par_iter()
        .flat_map_iter(|&clause| {
            let leads = wording.leads(clause).into_iter();
            leads.map(move |(row, lead)| (clause, row, lead))
        })
        .map(|(clause, row, lead)| wording.missed(clause, row, &lead))
        .collect();
    missed.sort_by(|a, b| {
        let by_cell = b.fills_empty_cell.cmp(&a.fills_empty_cell);
        let by_id = || (&a.clause.id, &a.issue).cmp(&(&b.clause.id, &b.issue));
        by_cell.then(b.weight.total_cmp(&a.weight)).then_with(by_id)
    });
    missed.truncate(MAX_MISSED);
    missed
}

/// Returns the clauses of each rare term, in order.
fn rare_terms(study: &Study) -> Vec<Vec<ClauseId>> {
    let lists = study.representation().lists();
    let mut clauses_of: Vec<Vec<ClauseId>> = vec![Vec::new(); lists.vocabulary().len()];
    for clause in study.corpus().clause_ids() {
        for term in lists.of_clause(clause) {
            let clauses = &mut clauses_of[term.term.index()];
            if clauses.last() != Some(&clause) {
                clauses.push(clause);
            }
        }
    }
    let most = (lists.n_clauses() as f64 * RARE_SHARE).max(2.0);
    for clauses in &mut clauses_of {
        if clauses.len() as f64 > most {
            clauses.clear();
        }
    }
    clauses_of
}

impl Wording<'_> {
    /// Returns the best evidence that links a clause to each row it is not in.
    fn leads(&self, clause: ClauseId) -> BTreeMap<RowId, Lead> {
        let column = self.study.grid().column_of(clause);
        let is_foreign = |other: ClauseId| {
            let other_column = self.study.grid().column_of(other);
            column.is_some() && other_column.is_some() && other_column != column
        };
        let words = self.own_words(clause, is_foreign);
        let terms = self.shared_rare_terms(clause, is_foreign);
        let mut others: Vec<ClauseId> = words.runs.keys().chain(terms.keys()).copied().collect();
        others.sort_unstable();
        others.dedup();
        let mut best: BTreeMap<RowId, Lead> = BTreeMap::new();
        for like in others {
            let terms = terms.get(&like).map_or(&[][..], Vec::as_slice);
            for &row in self.study.grid().rows_of(like) {
                if self.study.grid().rows_of(clause).contains(&row) {
                    continue;
                }
                let Some(lead) = self.lead([clause, like], row, &words, terms) else {
                    continue;
                };
                let known = best.get(&row);
                if known.is_none_or(|known| lead.weight > known.weight) {
                    best.insert(row, lead);
                }
            }
        }
        best
    }

    /// Returns the passages that a clause shares with others and that are not boilerplate.
    fn own_words(&self, clause: ClauseId, is_wanted: impl Fn(ClauseId) -> bool) -> OwnWords {
        let passages = self.shared.passages();
        let all = &self.of_clause[clause.index()];
        let mut words = OwnWords::default();
        for &run in all {
            let [_, other] = passages.clauses_of(run);
            if !is_wanted(other) || self.shared.is_boilerplate(run) {
                continue;
            }
            words.runs.entry(other).or_default().push(run);
            words.sharers.entry(span_of(run)).or_insert_with(|| {
                let has_all = |other: &&Run| {
                    let (part, whole) = (run.places(), other.places());
                    whole.start <= part.start && part.end <= whole.end
                };
                let having = all.iter().filter(has_all);
                having.map(|run| passages.clauses_of(*run)[1]).collect()
            });
        }
        words
    }

    /// Returns the rare terms that a clause shares with others, in the order of the terms.
    fn shared_rare_terms(
        &self,
        clause: ClauseId,
        is_wanted: impl Fn(ClauseId) -> bool,
    ) -> BTreeMap<ClauseId, Vec<TermId>> {
        let lists = self.study.representation().lists();
        let own = lists.of_clause(clause).iter().map(|term| term.term);
        let mut shared: BTreeMap<ClauseId, Vec<TermId>> = BTreeMap::new();
        for term in own.collect::<BTreeSet<TermId>>() {
            let having = self.rare[term.index()].iter();
            for &other in having.filter(|other| is_wanted(**other)) {
                shared.entry(other).or_default().push(term);
            }
        }
        shared
    }

    /// Returns the evidence that links a clause to a row through one of the row's clauses; `None` if
    /// they share too little.
    fn lead(
        &self,
        [clause, like]: [ClauseId; 2],
        row: RowId,
        words: &OwnWords,
        terms: &[TermId],
    ) -> Option<Lead> {
        let runs = words.runs.get(&like).into_iter().flatten();
        let run = runs
            .map(|&run| (self.weight_of_run(run, row, words), run))
            .filter(|((_, n_sharers), _)| share(*n_sharers) >= MIN_SHARE)
            .max_by(|a, b| a.0.0.total_cmp(&b.0.0).then(b.1.cmp(&a.1)));
        let is_alike = || {
            let score = self.study.representation().words().similarity(clause, like);
            terms.len() >= MIN_RARE_TERMS && score.value() >= MIN_SCORE
        };
        if run.is_none() && !is_alike() {
            return None;
        }
        let weight = |term: &TermId| self.weight_of_term(*term, clause, row);
        let of_terms: f64 = terms.iter().map(weight).sum();
        let of_run = run.map_or(0.0, |((weight, _), _)| weight);
        Some(Lead {
            like,
            run: run.map(|((_, n_sharers), run)| (run, n_sharers)),
            terms: terms.to_vec(),
            weight: of_run + of_terms,
        })
    }

    fn weight_of_run(&self, run: Run, row: RowId, words: &OwnWords) -> (f64, [usize; 2]) {
        let sharers = &words.sharers[&span_of(run)];
        let n_sharers = [sharers.len(), self.n_in_row(sharers, row)];
        let information = self.shared.passages().information(run, &self.frequencies);
        (information * share(n_sharers), n_sharers)
    }

    fn weight_of_term(&self, term: TermId, clause: ClauseId, row: RowId) -> f64 {
        let clauses = &self.rare[term.index()];
        let n_clauses = self.study.corpus().clauses().len() as f64;
        let others = clauses.iter().filter(|id| **id != clause);
        let n_sharers = [others.clone().count(), self.n_in_row(others, row)];
        (n_clauses / clauses.len() as f64).ln() * share(n_sharers)
    }

    fn n_in_row<'c>(&self, clauses: impl IntoIterator<Item = &'c ClauseId>, row: RowId) -> usize {
        let is_there = |clause: &&ClauseId| self.study.grid().rows_of(**clause).contains(&row);
        clauses.into_iter().filter(is_there).count()
    }

    fn missed(&self, clause: ClauseId, row: RowId, lead: &Lead) -> MissedClause {
        let study = self.study;
        let column = study.grid().column_of(clause).unwrap_or_default();
        let mut terms = lead.terms.clone();
        terms.sort_by_key(|term| (self.rare[term.index()].len(), *term));
        terms.truncate(MAX_TERMS);
        let vocabulary = study.representation().lists().vocabulary();
        let written = |term: &TermId| vocabulary.term(*term).to_owned();
        let passage = |(run, _)| self.shared.passages().passage(study.corpus(), run);
        MissedClause {
            clause: ClauseRef::of(study.corpus(), clause),
            column: study.table().columns[column].id.clone(),
            row,
            issue: study.issue(row),
            fills_empty_cell: !study.grid().filled(row)[column],
            like: ClauseRef::of(study.corpus(), lead.like),
            run: lead.run.map(passage),
            n_sharers: lead.run.map_or([0, 0], |(_, n_sharers)| n_sharers),
            terms: terms.iter().map(written).collect(),
            score: study.representation().words().similarity(clause, lead.like),
            weight: lead.weight,
            stands_in: study.issues_of(clause),
        }
    }
}

fn span_of(run: Run) -> [usize; 2] {
    [run.places().start, run.places().end]
}

/// Returns the proportion of all sharers that is in the row.
fn share([n_all, n_in_row]: [usize; 2]) -> f64 {
    n_in_row as f64 / n_all.max(1) as f64
}
