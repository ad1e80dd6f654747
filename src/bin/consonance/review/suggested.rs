//! [`Suggestions`]: the names that a row may have.

use std::collections::BTreeMap;

use anyhow::Result;
use consonance::id::ClauseId;
use consonance::table::{Codebook, GivenIssue, Row};

use super::rows::Unnamed;
use super::{Args, Reviewed};
use crate::inputs::codebook_at;

/// The most names of a codebook, and of rows already named, that are suggested.
const N_OF_CODEBOOK: usize = 2;
const N_NAMED: usize = 4;

/// The names that rows may have: those already given, and those of a codebook.
pub(super) struct Suggestions<'a> {
    reviewed: &'a Reviewed,
    /// The names already given, in their order, each with its clauses.
    named: Vec<NamedClauses>,
    codebook: Option<Codebook>,
    /// For each clause the issue of the codebook that is nearest.
    nearest: Vec<Option<usize>>,
}

struct NamedClauses {
    name: String,
    /// Whether it was there before the questions: it stays if its last clause is taken back.
    is_given: bool,
    clauses: Vec<ClauseId>,
}

impl<'a> Suggestions<'a> {
    pub(super) fn of(args: &Args, reviewed: &'a Reviewed) -> Result<Self> {
        let corpus = &reviewed.corpus;
        let codebook = args.names.as_deref().map(codebook_at).transpose()?;
        let nearest = match &codebook {
            Some(codebook) => codebook.nearest(corpus, &reviewed.representation)?,
            None => Vec::new(),
        };
        let given = reviewed.table.rows.iter().filter(|row| row.is_given());
        let clauses = |row: &Row| {
            row.quotes()
                .filter_map(|quote| corpus.find(&quote.id))
                .collect()
        };
        let named = given.map(|row| NamedClauses {
            name: row.issue.clone(),
            is_given: true,
            clauses: clauses(row),
        });
        Ok(Self {
            reviewed,
            named: named.collect(),
            codebook,
            nearest,
        })
    }

    /// Returns the names to choose from, each once: the row's own, those of the codebook that are nearest to its
    /// clauses, and those already given whose clauses are the most similar.
    pub(super) fn for_row(&self, row: &Unnamed) -> Vec<String> {
        let mut names: Vec<String> = row.title.iter().cloned().collect();
        for name in [self.of_codebook(row), self.of_named(row)].concat() {
            if !names.iter().any(|own| is_same(own, &name)) {
                names.push(name);
            }
        }
        names
    }

    fn of_codebook(&self, row: &Unnamed) -> Vec<String> {
        let Some(codebook) = &self.codebook else {
            return Vec::new();
        };
        let mut n_of: BTreeMap<usize, usize> = BTreeMap::new();
        for clause in &row.clauses {
            if let Some(issue) = self.nearest[clause.index()] {
                *n_of.entry(issue).or_default() += 1;
            }
        }
        let mut issues: Vec<(usize, usize)> = n_of.into_iter().collect();
        issues.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let issues = issues.iter().take(N_OF_CODEBOOK);
        issues
            .map(|(issue, _)| codebook.issues[*issue].name.clone())
            .collect()
    }

    fn of_named(&self, row: &Unnamed) -> Vec<String> {
        let named = self.named.iter().filter(|of| !of.clauses.is_empty());
        let named = named.map(|of| (self.similarity(&row.clauses, &of.clauses), of));
        let mut named: Vec<(f64, &NamedClauses)> = named.collect();
        // The sort is stable: ties keep the order in which the names were given.
        named.sort_by(|a, b| b.0.total_cmp(&a.0));
        let nearest = named.iter().take(N_NAMED);
        nearest.map(|(_, of)| of.name.clone()).collect()
    }

    /// Returns the mean similarity of the clauses of two lists.
    fn similarity(&self, some: &[ClauseId], others: &[ClauseId]) -> f64 {
        let rows = self.reviewed.representation.rows();
        let of_one = |clause: &ClauseId| -> f64 {
            let own = rows.row(clause.index());
            others
                .iter()
                .map(|other| own.dot(rows.row(other.index())))
                .sum()
        };
        let sum: f64 = some.iter().map(of_one).sum();
        sum / (some.len() * others.len()).max(1) as f64
    }

    /// Returns a name as it was given before, if it was.
    pub(super) fn known(&self, name: &str) -> Option<String> {
        let known = self.named.iter().find(|of| is_same(&of.name, name));
        known.map(|of| of.name.clone())
    }

    /// Notes that clauses have a name.
    pub(super) fn add(&mut self, name: &str, clauses: &[ClauseId]) {
        match self.named.iter_mut().find(|of| is_same(&of.name, name)) {
            Some(of) => of.clauses.extend(clauses),
            None => self.named.push(NamedClauses {
                name: name.to_owned(),
                is_given: false,
                clauses: clauses.to_vec(),
            }),
        }
    }

    /// Takes a name back from clauses; one that was new is forgotten with its last clause.
    pub(super) fn take_back(&mut self, name: &str, clauses: &[ClauseId]) {
        for of in self.named.iter_mut().filter(|of| is_same(&of.name, name)) {
            of.clauses.retain(|clause| !clauses.contains(clause));
        }
        self.named
            .retain(|of| of.is_given || !is_same(&of.name, name) || !of.clauses.is_empty());
    }

    /// Returns the named issues with their clauses.
    pub(super) fn named(&self) -> Vec<GivenIssue> {
        let corpus = &self.reviewed.corpus;
        let issue = |of: &NamedClauses| {
            let mut issue = GivenIssue::new(&of.name);
            let keys = of
                .clauses
                .iter()
                .map(|clause| corpus.clause(*clause).key.clone());
            issue.clauses = keys.collect();
            issue
        };
        self.named.iter().map(issue).collect()
    }
}

/// Returns whether two names are one for a codebook.
fn is_same(a: &str, b: &str) -> bool {
    GivenIssue::new(a).is_named(b)
}
