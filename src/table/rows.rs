//! [`TableMaker`]: issues into the rows of a table, and the clauses in none of them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::agreement::fold_name;
use crate::cluster::{IssueName, Resampling, name_clusters};
use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::converge::{ColumnKind, ConvergeParams, Counting};
use crate::table::convergence_table::{Alone, Column, Nearest, Quote, Row};
use crate::table::issue::{Issue, Origin};
use crate::table::stability::AlsoNear;
use crate::table::stability::{Standing, formula, row_trust, standings};
use crate::vector::SparseMatrix;

/// Makes rows and the list of clauses alone.
pub(crate) struct TableMaker<'c> {
    corpus: &'c Corpus,
    representation: &'c Representation,
    params: &'c ConvergeParams,
    search: NeighborSearch,
    /// The column ids, in the order of the processes or agreements.
    column_ids: Vec<String>,
}

impl<'c> TableMaker<'c> {
    pub(crate) fn new(
        corpus: &'c Corpus,
        representation: &'c Representation,
        params: &'c ConvergeParams,
    ) -> Self {
        let names: Vec<&str> = match params.columns {
            ColumnKind::Process => corpus.processes().iter().map(|p| p.name.as_str()).collect(),
            ColumnKind::Agreement => corpus.agreements().iter().map(|a| a.key.as_str()).collect(),
        };
        let column_ids = unique_slugs(&names);
        let search = NeighborSearch::new(representation.words().matrix());
        Self {
            corpus,
            representation,
            params,
            search,
            column_ids,
        }
    }

    pub(crate) fn columns(&self) -> Vec<Column> {
        let titles: Vec<String> = match self.params.columns {
            ColumnKind::Process => self
                .corpus
                .processes()
                .iter()
                .map(|p| p.name.clone())
                .collect(),
            ColumnKind::Agreement => self
                .corpus
                .agreements()
                .iter()
                .map(|a| a.name.clone())
                .collect(),
        };
        let ids = self.column_ids.iter().cloned();
        ids.zip(titles)
            .map(|(id, title)| Column { id, title })
            .collect()
    }

    /// Returns the rows in their order, and every clause that is in none of them.
    pub(crate) fn rows_and_alone(
        &self,
        issues: Vec<Issue>,
        resampling: Option<&Resampling>,
    ) -> (Vec<Row>, Vec<Alone>) {
        let names = self.names(&issues);
        let with_names = issues.into_iter().zip(names);
        let (shown, hidden): (Vec<_>, Vec<_>) =
            with_names.partition(|(issue, _)| self.is_row(issue));
        let in_rows: BTreeSet<ClauseId> = shown
            .iter()
            .flat_map(|(issue, _)| issue.clauses.iter().copied())
            .collect();
        let alone = self.alone_but(&in_rows, &hidden);
        let shown_issues: Vec<&Issue> = shown.iter().map(|(issue, _)| issue).collect();
        let standings = standings(self.representation, &shown_issues);
        let issue_names: Vec<&str> = shown.iter().map(|(_, name)| name.name.as_str()).collect();
        let beside = Beside {
            resampling,
            standings: &standings,
            issue_names: &issue_names,
        };
        let mut rows: Vec<Row> = shown
            .par_iter()
            .map(|(issue, name)| self.row(issue, name, &beside))
            .collect();
        rows.sort_by(|a, b| order_of_rows(self.params.counting, a, b));
        (rows, alone)
    }

    /// Returns the clauses that no row holds, with the reason for each.
    fn alone_but(&self, in_rows: &BTreeSet<ClauseId>, hidden: &[(Issue, IssueName)]) -> Vec<Alone> {
        let mut reasons: BTreeMap<ClauseId, &str> = BTreeMap::new();
        for (issue, _) in hidden {
            let reason = if issue.clauses.len() == 1 {
                "no clause is near enough to share an issue with"
            } else {
                "its issue is shared by fewer processes than asked for"
            };
            reasons.extend(issue.clauses.iter().map(|clause| (*clause, reason)));
        }
        let alone: Vec<(ClauseId, &str)> = self
            .corpus
            .clause_ids()
            .filter(|clause| !in_rows.contains(clause))
            .map(|clause| {
                let reason = reasons.get(&clause).copied();
                (
                    clause,
                    reason.unwrap_or("the rule left it out: no clause lies close"),
                )
            })
            .collect();
        alone
            .par_iter()
            .map(|(clause, reason)| self.alone(*clause, reason))
            .collect()
    }

    /// Returns the names of issues: those that persons gave, else what their clauses speak of.
    fn names(&self, issues: &[Issue]) -> Vec<IssueName> {
        let clusters: Vec<Vec<ClauseId>> =
            issues.iter().map(|issue| issue.clauses.clone()).collect();
        let mut names = name_clusters(
            self.corpus,
            self.representation.lists(),
            self.representation.analyzer(),
            &clusters,
        );
        let mut taken: BTreeSet<String> = issues
            .iter()
            .filter_map(|issue| issue.name.clone())
            .collect();
        for (name, issue) in names.iter_mut().zip(issues) {
            name.name = match &issue.name {
                Some(given) => given.clone(),
                None => free_name(&name.name, &mut taken),
            };
        }
        names
    }

    fn is_row(&self, issue: &Issue) -> bool {
        let is_shared = issue.clauses.len() > 1
            && self.n_processes(&issue.clauses) >= self.params.min_processes;
        is_shared || issue.origin == Origin::Given
    }

    fn n_processes(&self, clauses: &[ClauseId]) -> usize {
        clauses
            .iter()
            .map(|&id| self.corpus.process_of(id))
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn row(&self, issue: &Issue, name: &IssueName, beside: &Beside<'_>) -> Row {
        let clauses = &issue.clauses;
        let scores = mean_similarities(self.representation.words().matrix(), clauses);
        let medoid = (0..clauses.len()).max_by(|&i, &j| scores[i].cmp(&scores[j]).then(j.cmp(&i)));
        let agreements: BTreeSet<_> = clauses
            .iter()
            .map(|&id| self.corpus.clause(id).agreement)
            .collect();
        let (trust, stabilities) = match beside.resampling {
            Some(resampling) => row_trust(resampling, clauses),
            None => (None, vec![None; clauses.len()]),
        };
        let mut cells: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for ((&clause, &score), stability) in clauses.iter().zip(&scores).zip(stabilities) {
            let mut quote = self.quote(clause, score);
            quote.stability = stability;
            beside.tell(clause, &mut quote);
            cells
                .entry(self.column_id(clause).to_owned())
                .or_default()
                .push(quote);
        }
        Row {
            issue: name.name.clone(),
            origin: issue.origin,
            terms: name.terms.clone(),
            n_processes: self.n_processes(clauses),
            n_agreements: agreements.len(),
            medoid: medoid
                .map(|place| self.key(clauses[place]))
                .unwrap_or_default(),
            trust,
            formula: formula(self.corpus, self.representation, clauses),
            force: None,
            cells,
        }
    }

    fn column_id(&self, clause: ClauseId) -> &str {
        let index = match self.params.columns {
            ColumnKind::Process => self.corpus.process_of(clause).index(),
            ColumnKind::Agreement => self.corpus.clause(clause).agreement.index(),
        };
        &self.column_ids[index]
    }

    fn key(&self, clause: ClauseId) -> String {
        self.corpus.clause(clause).key.clone()
    }

    fn agreement(&self, clause: ClauseId) -> String {
        let agreement = self.corpus.clause(clause).agreement;
        self.corpus.agreement(agreement).key.clone()
    }

    fn label(&self, clause: ClauseId) -> Option<String> {
        let label = self.corpus.clause(clause).label.as_ref()?;
        Some(label.as_str().to_owned())
    }

    fn quote(&self, clause: ClauseId, score: Score) -> Quote {
        Quote {
            id: self.key(clause),
            citation: self.corpus.citation(clause),
            agreement: self.agreement(clause),
            label: self.label(clause),
            lead_in: self.corpus.clause(clause).lead_in.clone(),
            text: self.corpus.text(clause).to_owned(),
            score,
            stability: None,
            silhouette: None,
            also_near: Vec::new(),
            force: None,
            placed: None,
        }
    }

    fn alone(&self, clause: ClauseId, reason: &str) -> Alone {
        let own_process = self.corpus.process_of(clause);
        let row = self.representation.words().matrix().row(clause.index());
        let is_foreign = |other| self.corpus.process_of(other) != own_process;
        let nearest = self
            .search
            .nearest(row, 1, is_foreign)
            .first()
            .map(|neighbor| Nearest {
                id: self.key(neighbor.clause),
                citation: self.corpus.citation(neighbor.clause),
                score: neighbor.score,
            });
        Alone {
            id: self.key(clause),
            citation: self.corpus.citation(clause),
            column: self.column_id(clause).to_owned(),
            agreement: self.agreement(clause),
            label: self.label(clause),
            lead_in: self.corpus.clause(clause).lead_in.clone(),
            text: self.corpus.text(clause).to_owned(),
            force: None,
            reason: reason.to_owned(),
            nearest,
        }
    }
}

/// What is known of the clauses of a row beside the row itself.
struct Beside<'a> {
    resampling: Option<&'a Resampling>,
    standings: &'a BTreeMap<ClauseId, Standing>,
    /// The names of the issues that standings count.
    issue_names: &'a [&'a str],
}

impl Beside<'_> {
    /// Writes beside a quote where its clause stands among the rows.
    fn tell(&self, clause: ClauseId, quote: &mut Quote) {
        let Some(standing) = self.standings.get(&clause) else {
            return;
        };
        quote.silhouette = standing.silhouette;
        let also_near = standing.also_near.iter();
        quote.also_near = also_near
            .map(|(place, score)| AlsoNear {
                issue: self.issue_names[*place].to_owned(),
                score: *score,
            })
            .collect();
    }
}

fn order_of_rows(counting: Counting, a: &Row, b: &Row) -> std::cmp::Ordering {
    let n_clauses = |row: &Row| row.cells.values().map(Vec::len).sum::<usize>();
    let first = match counting {
        Counting::Processes => b.n_processes.cmp(&a.n_processes),
        Counting::Agreements => b.n_agreements.cmp(&a.n_agreements),
        Counting::Clauses => n_clauses(b).cmp(&n_clauses(a)),
    };
    first
        .then_with(|| b.n_processes.cmp(&a.n_processes))
        .then_with(|| b.n_agreements.cmp(&a.n_agreements))
        .then_with(|| a.issue.cmp(&b.issue))
}

/// Returns for each clause its mean cosine with the others, from the sum of all: of unit rows the
/// products with the others sum to `x * S - 1`.
fn mean_similarities(matrix: &SparseMatrix, clauses: &[ClauseId]) -> Vec<Score> {
    let places: Vec<usize> = clauses.iter().map(|id| id.index()).collect();
    let total = SparseMatrix::from_rows(matrix.n_columns(), [matrix.sum_of_rows(&places)]);
    let n_others = clauses.len().saturating_sub(1).max(1) as f64;
    clauses
        .iter()
        .map(|id| {
            let row = matrix.row(id.index());
            Score::of_cosine((row.dot(total.row(0)) - row.dot(row)) / n_others)
        })
        .collect()
}

/// Returns a name that no issue has yet, numbered if need be, and takes it.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_usize..).map(|n| format!("{name} ({n})"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    let free = candidates
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or_default();
    taken.insert(free.clone());
    free
}

/// Returns lower-case words joined by hyphens for each name, numbered where two would be equal.
fn unique_slugs(names: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    names
        .iter()
        .map(|name| {
            let slug = fold_name(name).replace(' ', "-");
            let base = if slug.is_empty() {
                "column".to_owned()
            } else {
                slug
            };
            let numbered = (2_usize..).map(|n| format!("{base}-{n}"));
            let mut candidates = std::iter::once(base.clone()).chain(numbered);
            let free = candidates
                .find(|id| !taken.contains(id))
                .unwrap_or_default();
            taken.insert(free.clone());
            free
        })
        .collect()
}
