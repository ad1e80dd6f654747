//! [`TableMaker`]: turns issues into the rows of a table, and lists the clauses in none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::once;

use rayon::prelude::*;

use crate::cluster::{IssueName, Resampling, first_free, name_clusters};
use crate::corpus::{ClauseRef, Corpus, Quoted};
use crate::id::{ClauseId, RowId};
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::codebook::Assignments;
use crate::table::convergence_table::{
    Alone, Assigned, Column, ConvergenceTable, Nearest, Quote, Row, SCHEMA, SourceAgreement,
};
use crate::table::issue::{Issue, Origin};
use crate::table::layout::{ColumnKind, Counting, LayoutParams};
use crate::table::stability::{AlsoNear, Standing, boilerplate, row_trust, standings};
use crate::vector::SparseMatrix;
use crate::words::fold_name;

/// The reason of a clause that is in no issue.
const LEFT_OUT: &str = "the rule left it out: no clause lies close";

/// Makes the rows and the list of clauses that stand alone.
pub(crate) struct TableMaker<'c> {
    corpus: &'c Corpus,
    representation: &'c Representation,
    layout: &'c LayoutParams,
    search: NeighborSearch,
    /// The columns, in the order of the processes or agreements.
    columns: Vec<Column>,
}

/// Evidence about the clauses of issues, apart from their words.
#[derive(Clone, Copy)]
pub(crate) struct RowEvidence<'a> {
    /// Which clauses stay together.
    pub(crate) resampling: Option<&'a Resampling>,
    /// Why clauses are in the issues of a codebook.
    pub(crate) placing: Option<&'a Assignments>,
    /// The number of issues a clause can have.
    pub(crate) membership: Membership,
}

/// The number of issues a clause can have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Membership {
    /// At most one; similar other issues can be shown.
    One,
    /// Several, as a person may have assigned them.
    Several,
}

impl<'c> TableMaker<'c> {
    pub(crate) fn new(
        corpus: &'c Corpus,
        representation: &'c Representation,
        layout: &'c LayoutParams,
    ) -> Self {
        Self {
            corpus,
            representation,
            layout,
            search: NeighborSearch::new(representation.words().matrix()),
            columns: columns_of(corpus, layout.columns),
        }
    }

    /// Returns the table of some issues: the rows in order, every clause in none of them, and the
    /// diagnostics of the corpus.
    pub(crate) fn table(
        &self,
        issues: Vec<Issue>,
        evidence: RowEvidence<'_>,
        parameters: BTreeMap<String, String>,
    ) -> ConvergenceTable {
        let names = self.names(&issues);
        let with_names = issues.into_iter().zip(names);
        let (shown, hidden): (Vec<_>, Vec<_>) =
            with_names.partition(|(issue, _)| self.is_row(issue));
        let issues: Vec<&Issue> = shown.iter().map(|(issue, _)| issue).collect();
        let known = Known {
            evidence,
            standings: match evidence.membership {
                Membership::One => standings(self.representation, &issues),
                Membership::Several => BTreeMap::new(),
            },
            shown: &shown,
            issues: &issues,
        };
        let rows = shown.par_iter().enumerate();
        let rows = rows.map(|(place, (issue, name))| (place, self.row(issue, name, &known)));
        ConvergenceTable {
            schema: SCHEMA.to_owned(),
            parameters,
            columns: self.columns.clone(),
            agreements: SourceAgreement::all_of(self.corpus),
            rows: in_order(rows.collect(), self.layout.counting),
            alone: self.alone_but(&issues, &hidden),
            candidates: Vec::new(),
            decisions: Vec::new(),
            diagnostics: self.corpus.diagnostics().to_vec(),
        }
    }

    /// Returns the clauses in no row, with the reason for each.
    fn alone_but(&self, shown: &[&Issue], hidden: &[(Issue, IssueName)]) -> Vec<Alone> {
        let in_rows = shown.iter().flat_map(|issue| issue.clauses.iter().copied());
        let in_rows: BTreeSet<ClauseId> = in_rows.collect();
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
            .map(|clause| (clause, *reasons.get(&clause).unwrap_or(&LEFT_OUT)))
            .collect();
        alone
            .par_iter()
            .map(|(clause, reason)| self.alone(*clause, reason))
            .collect()
    }

    /// Returns the names of issues: those given by persons, otherwise made from the words of their clauses.
    fn names(&self, issues: &[Issue]) -> Vec<IssueName> {
        let clusters = issues.iter().map(|issue| issue.clauses.clone());
        let clusters: Vec<Vec<ClauseId>> = clusters.collect();
        let mut names = name_clusters(self.corpus, self.representation, &clusters);
        let given = issues.iter().filter_map(|issue| issue.name.clone());
        let mut taken: BTreeSet<String> = given.collect();
        for (name, issue) in names.iter_mut().zip(issues) {
            name.name = if let Some(given) = &issue.name {
                given.clone()
            } else {
                let numbered = (2..).map(|n| format!("{} ({n})", name.name));
                first_free(&mut taken, once(name.name.clone()).chain(numbered))
            };
        }
        names
    }

    fn is_row(&self, issue: &Issue) -> bool {
        let is_shared = issue.clauses.len() > 1
            && self.n_processes(&issue.clauses) >= self.layout.min_processes;
        is_shared || issue.origin == Origin::Given
    }

    fn n_processes(&self, clauses: &[ClauseId]) -> usize {
        let processes = clauses.iter().map(|id| self.corpus.process_of(*id));
        processes.collect::<BTreeSet<_>>().len()
    }

    fn row(&self, issue: &Issue, name: &IssueName, known: &Known<'_>) -> Row {
        let clauses = &issue.clauses;
        let scores = mean_similarities(self.representation.words().matrix(), clauses);
        let medoid = (0..clauses.len()).max_by(|&i, &j| scores[i].cmp(&scores[j]).then(j.cmp(&i)));
        let agreements = clauses.iter().map(|id| self.corpus.clause(*id).agreement);
        let agreements: BTreeSet<_> = agreements.collect();
        let (stability, stabilities) = match known.evidence.resampling {
            Some(resampling) => row_trust(resampling, clauses),
            None => (None, vec![None; clauses.len()]),
        };
        let mut cells: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for ((&clause, &score), stability) in clauses.iter().zip(&scores).zip(stabilities) {
            let cell = cells.entry(self.column_id(clause).to_owned()).or_default();
            cell.push(Quote {
                quoted: Quoted::of(self.corpus, clause),
                score,
                stability,
                silhouette: known.standings.get(&clause).and_then(|of| of.silhouette),
                also_near: known.also_near(clause),
                assigned: known.assigned(issue, clause),
            });
        }
        Row {
            issue: name.name.clone(),
            origin: issue.origin,
            terms: name.terms.clone(),
            n_processes: self.n_processes(clauses),
            n_agreements: agreements.len(),
            medoid: medoid.map_or_else(String::new, |place| {
                self.corpus.clause(clauses[place]).key.clone()
            }),
            stability,
            boilerplate: boilerplate(self.corpus, self.representation, clauses, known.issues),
            cells,
        }
    }

    fn column_id(&self, clause: ClauseId) -> &str {
        let index = match self.layout.columns {
            ColumnKind::Process => self.corpus.process_of(clause).index(),
            ColumnKind::Agreement => self.corpus.clause(clause).agreement.index(),
        };
        &self.columns[index].id
    }

    fn alone(&self, clause: ClauseId, reason: &str) -> Alone {
        let own_process = self.corpus.process_of(clause);
        let row = self.representation.words().matrix().row(clause.index());
        let is_foreign = |other| self.corpus.process_of(other) != own_process;
        let nearest = self.search.nearest(row, 1, is_foreign);
        Alone {
            quoted: Quoted::of(self.corpus, clause),
            column: self.column_id(clause).to_owned(),
            reason: reason.to_owned(),
            nearest: nearest.first().map(|neighbor| Nearest {
                clause: ClauseRef::of(self.corpus, neighbor.clause),
                score: neighbor.score,
            }),
        }
    }
}

/// Evidence about the clauses of all rows.
struct Known<'a> {
    evidence: RowEvidence<'a>,
    standings: BTreeMap<ClauseId, Standing>,
    /// The issues that become rows, before sorting; standings refer to them by index.
    shown: &'a [(Issue, IssueName)],
    /// The same without their names.
    issues: &'a [&'a Issue],
}

impl Known<'_> {
    fn also_near(&self, clause: ClauseId) -> Vec<AlsoNear> {
        let standing = self.standings.get(&clause).into_iter();
        let also_near = standing.flat_map(|standing| &standing.also_near);
        also_near
            .map(|(place, score)| AlsoNear {
                row: RowId::new(*place),
                issue: self.shown[*place].1.name.clone(),
                score: *score,
            })
            .collect()
    }

    /// Returns why a clause is in an issue of the codebook; a decision may have moved it there.
    fn assigned(&self, issue: &Issue, clause: ClauseId) -> Option<Assigned> {
        let assigned = &self.evidence.placing?.clauses[clause.index()];
        let (first, score) = assigned.first?;
        (issue.given == Some(first)).then(|| Assigned {
            score,
            words: assigned.words.clone(),
        })
    }
}

/// Sorts the rows, and updates references to them by index.
fn in_order(mut rows: Vec<(usize, Row)>, counting: Counting) -> Vec<Row> {
    rows.sort_by(|(_, a), (_, b)| order_of_rows(counting, a, b));
    let places = rows.iter().map(|(place, _)| *place).zip(0..);
    let new_place: BTreeMap<usize, usize> = places.collect();
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let cells = rows.iter_mut().flat_map(|row| row.cells.values_mut());
    for near in cells.flatten().flat_map(|quote| &mut quote.also_near) {
        near.row = RowId::new(new_place[&near.row.index()]);
    }
    rows
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

/// Returns the mean cosine of each clause with the others, from the sum of all: the products of a unit
/// row with the others sum to `x * S - 1`.
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

/// Returns the columns of a table with this kind of column.
fn columns_of(corpus: &Corpus, kind: ColumnKind) -> Vec<Column> {
    let titles: Vec<&String> = match kind {
        ColumnKind::Process => corpus.processes().iter().map(|p| &p.name).collect(),
        ColumnKind::Agreement => corpus.agreements().iter().map(|a| &a.name).collect(),
    };
    let names: Vec<&String> = match kind {
        ColumnKind::Process => titles.clone(),
        ColumnKind::Agreement => corpus.agreements().iter().map(|a| &a.key).collect(),
    };
    let mut taken = BTreeSet::new();
    let columns = names.into_iter().zip(titles).map(|(name, title)| {
        let slug = fold_name(name).replace(' ', "-");
        let base = if slug.is_empty() { "column" } else { &slug };
        let numbered = (2..).map(|n| format!("{base}-{n}"));
        Column {
            id: first_free(&mut taken, once(base.to_owned()).chain(numbered)),
            title: title.clone(),
        }
    });
    columns.collect()
}
