//! [`TableMaker`]: turns issues into the rows of a table, and lists the clauses in none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::once;

use rayon::prelude::*;

use crate::clause::ClauseKind;
use crate::cluster::{Catalogue, IssueName, NameSource, first_free, name_clusters};
use crate::corpus::{ClauseRef, Corpus, Quoted};
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::columns::columns_of;
use crate::table::convergence_table::{
    Alone, Column, ConvergenceTable, Nearest, Quote, Row, SCHEMA, SourceAgreement, Theme,
};
use crate::table::counted::CountedClauses;
use crate::table::issue::{Issue, Origin};
use crate::table::judged::{Judged, KnownRows, RowEvidence, WeakRows, judged};
use crate::table::layout::{ColumnKind, LayoutParams};
use crate::table::order::in_order;
use crate::table::preamble::nearest_issues;
use crate::table::stability::row_trust;
use crate::table::themes::{n_themes, themes_of};
use crate::vector::SparseMatrix;

/// The reason of a clause that is in no issue.
const LEFT_OUT: &str = "the rule left it out: no clause lies close";

/// Makes the rows and the list of clauses that stand alone.
pub(crate) struct TableMaker<'c> {
    corpus: &'c Corpus,
    representation: &'c Representation,
    layout: &'c LayoutParams,
    /// The subjects by which rows can be named.
    catalogue: Option<&'c Catalogue>,
    search: NeighborSearch,
    /// The columns, in the order of the processes or agreements.
    columns: Vec<Column>,
}

/// The issue that each preamble clause is about.
type Beside = BTreeMap<ClauseId, String>;

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
            catalogue: None,
            search: NeighborSearch::new(representation.words().matrix()),
            columns: columns_of(corpus, layout.columns),
        }
    }

    /// Lets rows be named by the subjects of a catalogue.
    pub(crate) fn catalogue(self, catalogue: Option<&'c Catalogue>) -> Self {
        Self { catalogue, ..self }
    }

    /// Returns the table of some issues: the rows in order, every clause in none of them, and the
    /// diagnostics of the corpus.
    pub(crate) fn table(
        &self,
        issues: Vec<Issue>,
        evidence: RowEvidence<'_>,
        mut parameters: BTreeMap<String, String>,
    ) -> ConvergenceTable {
        let issues = judged(self.corpus, self.representation, issues, evidence);
        let names = self.names(&issues);
        let with_names = issues.into_iter().zip(names);
        let (shown, hidden): (Vec<_>, Vec<_>) =
            with_names.partition(|(judged, _)| self.is_row(judged, evidence.weak_rows));
        let found = shown
            .iter()
            .filter(|(judged, _)| judged.issue.name.is_none());
        let sources: Vec<NameSource> = found.map(|(_, name)| name.source).collect();
        if !sources.is_empty() {
            parameters.insert("names".to_owned(), NameSource::counted(&sources));
        }
        let known = KnownRows::new(evidence, &shown);
        let rows = shown.par_iter().enumerate();
        let rows = rows.map(|(place, (judged, name))| (place, self.row(judged, name, &known)));
        let mut rows: Vec<(usize, Row)> = rows.collect();
        let issues: Vec<&Issue> = shown.iter().map(|(judged, _)| &judged.issue).collect();
        let beside = self.preamble_of(&shown, evidence.counted);
        let themes = self.add_themes(&shown, &mut rows);
        ConvergenceTable {
            schema: SCHEMA.to_owned(),
            parameters,
            columns: self.columns.clone(),
            agreements: SourceAgreement::all_of(self.corpus),
            rows: in_order(rows, &themes, self.layout.counting),
            themes,
            alone: self.alone_but(&issues, &hidden, &beside, evidence),
            candidates: Vec::new(),
            decisions: Vec::new(),
            diagnostics: self.corpus.diagnostics().to_vec(),
        }
    }

    /// Returns the row that each preamble clause is about, if it is as near to one as a member should be.
    fn preamble_of(&self, shown: &[(Judged, IssueName)], counted: &CountedClauses) -> Beside {
        let is_preamble = |clause: &ClauseId| {
            !counted.has(*clause) && self.corpus.clause(*clause).kind == ClauseKind::Preamble
        };
        let clauses: Vec<ClauseId> = self.corpus.clause_ids().filter(is_preamble).collect();
        let issues: Vec<&Issue> = shown.iter().map(|(judged, _)| &judged.issue).collect();
        let near = nearest_issues(self.corpus, self.representation, &issues, &clauses);
        near.into_iter()
            .map(|(clause, place)| (clause, shown[place].1.name.clone()))
            .collect()
    }

    /// Groups the rows under themes, in the order of the themes' counts; none for a table that needs none.
    fn add_themes(&self, shown: &[(Judged, IssueName)], rows: &mut [(usize, Row)]) -> Vec<Theme> {
        let issues: Vec<&Issue> = shown.iter().map(|(judged, _)| &judged.issue).collect();
        let n_found = issues.iter().filter(|issue| issue.origin == Origin::Found);
        let n_themes = match self.layout.n_themes {
            None => n_themes(None, n_found.count()),
            given => n_themes(given, issues.len()),
        };
        if n_themes == 0 {
            return Vec::new();
        }
        let theme_of = themes_of(self.corpus, self.representation, &issues, n_themes);
        let mut clauses = vec![Vec::new(); n_themes];
        let mut counted = vec![Vec::new(); n_themes];
        for ((judged, _), theme) in shown.iter().zip(&theme_of) {
            clauses[*theme].extend(judged.issue.clauses.iter().copied());
            counted[*theme].extend(judged.strong());
        }
        let names = self.names_of(&clauses);
        for ((_, row), theme) in rows.iter_mut().zip(&theme_of) {
            row.theme = Some(names[*theme].name.clone());
        }
        let of_theme = |(theme, (name, counted)): (usize, (IssueName, Vec<ClauseId>))| Theme {
            name: name.name,
            terms: name.terms,
            n_rows: theme_of.iter().filter(|of| **of == theme).count(),
            n_processes: self.n_processes(&counted),
            n_agreements: self.n_agreements(&counted),
        };
        let themes = names.into_iter().zip(counted).enumerate().map(of_theme);
        let mut themes: Vec<Theme> = themes.collect();
        themes.sort_by(|a, b| {
            b.n_processes
                .cmp(&a.n_processes)
                .then_with(|| b.n_agreements.cmp(&a.n_agreements))
                .then_with(|| a.name.cmp(&b.name))
        });
        themes
    }

    /// Returns the clauses in no row, with the reason for each.
    fn alone_but(
        &self,
        issues: &[&Issue],
        hidden: &[(Judged, IssueName)],
        beside: &Beside,
        evidence: RowEvidence<'_>,
    ) -> Vec<Alone> {
        let placed = issues.iter().flat_map(|issue| issue.clauses.iter());
        let placed: BTreeSet<&ClauseId> = placed.collect();
        let mut reasons: BTreeMap<ClauseId, &str> = BTreeMap::new();
        for (judged, _) in hidden {
            let clauses = &judged.issue.clauses;
            let reason = if clauses.len() == 1 {
                "no clause is near enough to share an issue with"
            } else if clauses.len() - judged.weak.len() < 2 {
                "it shares too little with its nearest clauses"
            } else {
                "its issue is shared by fewer processes than asked for"
            };
            reasons.extend(clauses.iter().map(|clause| (*clause, reason)));
        }
        let alone = self.corpus.clause_ids().filter(|id| !placed.contains(id));
        let alone: Vec<ClauseId> = alone.collect();
        let of_clause = |&clause: &ClauseId| Alone {
            checked: evidence.checked.get(&clause).cloned(),
            ..if evidence.counted.has(clause) {
                self.alone(clause, reasons.get(&clause).unwrap_or(&LEFT_OUT))
            } else {
                self.listed(clause, beside.get(&clause).cloned())
            }
        };
        alone.par_iter().map(of_clause).collect()
    }

    fn names_of(&self, clusters: &[Vec<ClauseId>]) -> Vec<IssueName> {
        name_clusters(self.corpus, self.representation, self.catalogue, clusters)
    }

    /// Returns the names of issues: those given by persons, otherwise made from the words of their clauses.
    fn names(&self, issues: &[Judged]) -> Vec<IssueName> {
        let clusters: Vec<Vec<ClauseId>> = issues.iter().map(Judged::strong).collect();
        let mut names = self.names_of(&clusters);
        let given = issues.iter().filter_map(|judged| judged.issue.name.clone());
        let mut taken: BTreeSet<String> = given.collect();
        for (name, judged) in names.iter_mut().zip(issues) {
            name.name = if let Some(given) = &judged.issue.name {
                name.source = NameSource::Given;
                given.clone()
            } else {
                let numbered = (2..).map(|n| format!("{} ({n})", name.name));
                first_free(&mut taken, once(name.name.clone()).chain(numbered))
            };
        }
        names
    }

    fn is_row(&self, judged: &Judged, weak_rows: WeakRows) -> bool {
        let members = match weak_rows {
            WeakRows::Hidden => judged.strong(),
            WeakRows::Shown => judged.issue.clauses.clone(),
        };
        let n_processes = self.n_processes(&members);
        let is_shared = members.len() > 1 && n_processes >= self.layout.min_processes;
        is_shared || judged.issue.origin == Origin::Given
    }

    fn n_processes(&self, clauses: &[ClauseId]) -> usize {
        let processes = clauses.iter().map(|id| self.corpus.process_of(*id));
        processes.collect::<BTreeSet<_>>().len()
    }

    fn n_agreements(&self, clauses: &[ClauseId]) -> usize {
        let agreements = clauses.iter().map(|id| self.corpus.clause(*id).agreement);
        agreements.collect::<BTreeSet<_>>().len()
    }

    fn row(&self, judged: &Judged, name: &IssueName, known: &KnownRows<'_>) -> Row {
        let clauses = &judged.issue.clauses;
        let scores = mean_similarities(self.representation.words().matrix(), clauses);
        let medoid = (0..clauses.len()).max_by(|&i, &j| scores[i].cmp(&scores[j]).then(j.cmp(&i)));
        let strong = judged.strong();
        let (stability, stabilities) = match known.evidence.resampling {
            Some(resampling) => row_trust(resampling, clauses),
            None => (None, vec![None; clauses.len()]),
        };
        let mut cells: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for ((&clause, &score), stability) in clauses.iter().zip(&scores).zip(stabilities) {
            let cell = cells.entry(self.column_id(clause).to_owned()).or_default();
            let standing = judged.standings.get(&clause);
            cell.push(Quote {
                stability,
                silhouette: standing.and_then(|of| of.silhouette),
                also_near: standing.map_or_else(Vec::new, |of| known.also_near(of)),
                assigned: known.assigned(&judged.issue, clause),
                weak: judged.weak.get(&clause).copied(),
                checked: known.evidence.checked.get(&clause).cloned(),
                ..Quote::of(self.corpus, clause, score)
            });
        }
        Row {
            issue: name.name.clone(),
            origin: judged.issue.origin,
            name_source: Some(name.source),
            theme: None,
            terms: name.terms.clone(),
            n_processes: self.n_processes(&strong),
            n_agreements: self.n_agreements(&strong),
            medoid: medoid.map_or_else(String::new, |place| {
                self.corpus.clause(clauses[place]).key.clone()
            }),
            stability,
            boilerplate: judged.boilerplate.clone(),
            checked: judged.issue.checked.clone(),
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
            beside: None,
            is_compared: true,
            checked: None,
            nearest: nearest.first().map(|neighbor| Nearest {
                clause: ClauseRef::of(self.corpus, neighbor.clause),
                score: neighbor.score,
            }),
        }
    }

    /// Returns a clause of a kind that makes no rows, and the row it is shown beside.
    fn listed(&self, clause: ClauseId, beside: Option<String>) -> Alone {
        let quoted = Quoted::of(self.corpus, clause);
        Alone {
            reason: format!("its kind, {}, makes no rows", quoted.kind.name()),
            quoted,
            column: self.column_id(clause).to_owned(),
            beside,
            is_compared: false,
            checked: None,
            nearest: None,
        }
    }
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
