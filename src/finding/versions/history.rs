//! [`histories`]: each clause over all versions of a text.

use std::collections::BTreeMap;

use crate::finding::versions::result::{
    ClauseChange, ClauseFate, ClauseHistory, HistoricWording, VersionStep,
};
use crate::finding::versions::text::{VersionClause, VersionText};
use crate::words::{fold_word, single_spaced, word_ranges};

/// Returns the clauses of all versions, those that changed most often first, then in the order they came.
///
/// Clauses of neighboring versions belong together as the steps say; a dropped clause whose words come back later is
/// one clause with them. Costs the length of the texts.
pub(crate) fn histories(texts: &[VersionText], steps: &[VersionStep]) -> Vec<ClauseHistory> {
    let mut threads = Threads::of(texts);
    for (step, change) in changes_of(steps) {
        threads.join(step, change);
    }
    threads.join_returned(texts, steps);
    let n_changes = n_changes(&threads, steps);
    let members = members(&threads, texts).into_iter();
    let history = |(root, clauses): (usize, Vec<Vec<&VersionClause>>)| {
        history(&clauses, n_changes.get(&root).copied().unwrap_or(0))
    };
    let mut histories: Vec<ClauseHistory> = members.map(history).collect();
    // The sort is stable: equal ones keep the order in which they came.
    histories.sort_by_key(|history| std::cmp::Reverse(history.n_changes));
    histories
}

/// Returns all changes, each with the index of its step.
fn changes_of(steps: &[VersionStep]) -> impl Iterator<Item = (usize, &ClauseChange)> {
    let steps = steps.iter().enumerate();
    steps.flat_map(|(step, of)| of.changes.iter().map(move |change| (step, change)))
}

/// Returns how often the words of each clause changed, by the first clause of its tree.
fn n_changes(threads: &Threads, steps: &[VersionStep]) -> BTreeMap<usize, usize> {
    let mut n_changes: BTreeMap<usize, usize> = BTreeMap::new();
    let changes = changes_of(steps).filter(|(_, change)| has_new_words(change));
    for (step, change) in changes {
        let root = threads.root(threads.node(step, change.before[0].place));
        *n_changes.entry(root).or_default() += 1;
    }
    n_changes
}

/// Returns the clauses of each tree, by version.
fn members<'t>(
    threads: &Threads,
    texts: &'t [VersionText],
) -> BTreeMap<usize, Vec<Vec<&'t VersionClause>>> {
    let mut members: BTreeMap<usize, Vec<Vec<&VersionClause>>> = BTreeMap::new();
    for (version, text) in texts.iter().enumerate() {
        for clause in &text.clauses {
            let root = threads.root(threads.node(version, clause.place));
            let of_root = members.entry(root);
            of_root.or_insert_with(|| vec![Vec::new(); texts.len()])[version].push(clause);
        }
    }
    members
}

fn history(clauses: &[Vec<&VersionClause>], n_changes: usize) -> ClauseHistory {
    let cited = |of: &Vec<&VersionClause>| of.iter().map(|of| of.quoted.clause.clone()).collect();
    ClauseHistory {
        n_changes,
        numbers: clauses.iter().map(|of| numbers_of(of)).collect(),
        wordings: wordings_of(clauses),
        clauses: clauses.iter().map(cited).collect(),
    }
}

fn has_new_words(change: &ClauseChange) -> bool {
    matches!(
        change.fate,
        ClauseFate::Changed | ClauseFate::Split | ClauseFate::Merged
    )
}

fn numbers_of(clauses: &[&VersionClause]) -> String {
    let numbers: Vec<String> = clauses.iter().map(|clause| clause.shown_number()).collect();
    numbers.join(", ")
}

/// Returns the different wordings of a clause and where each stands.
fn wordings_of(clauses: &[Vec<&VersionClause>]) -> Vec<HistoricWording> {
    let mut wordings: Vec<HistoricWording> = Vec::new();
    for (version, clauses) in clauses.iter().enumerate().filter(|(_, of)| !of.is_empty()) {
        let text = joined(clauses);
        match wordings
            .iter_mut()
            .find(|of| plain(&of.text) == plain(&text))
        {
            Some(known) => known.versions.push(version),
            None => wordings.push(HistoricWording::new(text, version)),
        }
    }
    wordings
}

/// Returns the words of clauses, a line end between two.
fn joined(clauses: &[&VersionClause]) -> String {
    let texts: Vec<String> = clauses.iter().map(|of| single_spaced(of.text())).collect();
    texts.join("\n")
}

/// Returns the words of a text without case and punctuation.
fn plain(text: &str) -> Vec<String> {
    word_ranges(text)
        .map(|range| fold_word(&text[range]))
        .collect()
}

/// Which clauses of all versions belong together: a forest, in which each tree is one clause (Tarjan, 1975).
struct Threads {
    /// The number of the first clause of each version.
    starts: Vec<usize>,
    parents: Vec<usize>,
}

impl Threads {
    fn of(texts: &[VersionText]) -> Self {
        let mut starts = vec![0];
        for text in texts {
            starts.push(starts[starts.len() - 1] + text.clauses.len());
        }
        let n = starts[starts.len() - 1];
        Self {
            starts,
            parents: (0..n).collect(),
        }
    }

    fn node(&self, version: usize, place: usize) -> usize {
        self.starts[version] + place
    }

    /// Returns the first clause of the tree of a clause.
    fn root(&self, node: usize) -> usize {
        let mut root = node;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        root
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn join(&mut self, step: usize, change: &ClauseChange) {
        let before = change
            .before
            .iter()
            .map(|clause| self.node(step, clause.place));
        let after = change
            .after
            .iter()
            .map(|clause| self.node(step + 1, clause.place));
        let nodes: Vec<usize> = before.chain(after).collect();
        for pair in nodes.windows(2) {
            self.unite(pair[0], pair[1]);
        }
    }

    /// Joins each new clause with one of the same words that was dropped earlier.
    fn join_returned(&mut self, texts: &[VersionText], steps: &[VersionStep]) {
        let mut dropped: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (step, of) in steps.iter().enumerate() {
            for clause in alone(of, ClauseFate::New) {
                let place = dropped.remove(&plain(texts[step + 1].clauses[clause].text()));
                if let Some(earlier) = place {
                    self.unite(earlier, self.node(step + 1, clause));
                }
            }
            for clause in alone(of, ClauseFate::Dropped) {
                let words = plain(texts[step].clauses[clause].text());
                dropped.insert(words, self.node(step, clause));
            }
        }
    }
}

/// Returns the places of the new or the dropped clauses of a step.
fn alone(step: &VersionStep, fate: ClauseFate) -> impl Iterator<Item = usize> + '_ {
    let changes = step
        .changes
        .iter()
        .filter(move |change| change.fate == fate);
    changes.flat_map(|change| change.before.iter().chain(&change.after).map(|of| of.place))
}
