//! [`converge`]: a corpus into its convergence table.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agreement::fold_name;
use crate::cluster::{Choice, Clustering, IssueName, Rule, name_clusters};
use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Alone, Column, ConvergenceTable, Nearest, Quote, Row};
use crate::id::{ClauseId, ProcessId};
use crate::score::Score;
use crate::similarity::{ExpansionParams, NeighborSearch, expand};
use crate::term::{Analyzer, AnalyzerParams, TermLists, Thesaurus};
use crate::vector::latent::{self, LatentParams};
use crate::vector::{SparseMatrix, VectorParams, VectorSpace};

/// The name and version of the table's JSON form.
const SCHEMA: &str = "consonance.table/1";
/// The most clauses whose neighbors are looked up for expansion; above, it would take minutes.
const MAX_EXPANDED: usize = 10_000;
/// From how many clauses on a feature must stand in two of them.
const MANY_CLAUSES: usize = 10_000;

/// How a table is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConvergeParams {
    /// Which words are one term; the bundled thesaurus by default.
    pub analyzer: AnalyzerParams,
    /// How clauses are weighed.
    pub vectors: VectorParams,
    /// How clauses are reduced to latent dimensions; without, they are clustered on their words.
    pub latent: Option<LatentParams>,
    /// How far clauses lean on their neighbors of other processes.
    pub expansion: ExpansionParams,
    /// The clustering rule; by default the one for the corpus's size.
    pub rule: Option<Rule>,
    /// The number of clusters, those of one clause among them; by default the data choose.
    pub n_clusters: Option<usize>,
    /// What the columns are.
    pub columns: ColumnKind,
    /// What the order of the rows counts.
    pub counting: Counting,
    /// Rows of fewer processes are not shown as rows: their clauses stand alone. 1 by default.
    pub min_processes: usize,
    /// What chance starts from, for rules that use it.
    pub seed: u64,
}

impl Default for ConvergeParams {
    fn default() -> Self {
        Self {
            analyzer: AnalyzerParams {
                thesaurus: Thesaurus::bundled(),
                ..AnalyzerParams::default()
            },
            vectors: VectorParams::default(),
            latent: Some(LatentParams::default()),
            expansion: ExpansionParams::default(),
            rule: None,
            n_clusters: None,
            columns: ColumnKind::default(),
            counting: Counting::default(),
            min_processes: 1,
            seed: 1,
        }
    }
}

/// What the columns of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// One column a process. The default.
    #[default]
    Process,
    /// One column an agreement.
    Agreement,
}

/// What is counted to order the rows; ties go by processes, agreements, then name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counting {
    /// Distinct processes: a long-winded text cannot converge with itself. The default.
    #[default]
    Processes,
    /// Distinct agreements: a process that says it in many texts counts more.
    Agreements,
    /// Clauses.
    Clauses,
}

/// Makes the convergence table of a corpus.
///
/// Terms are counted, clauses become vectors, lean on their nearest neighbors in other processes,
/// and are clustered; each cluster of two clauses or more is a row, and every other clause is listed
/// as standing alone with its nearest neighbor in another process. The same corpus and parameters
/// give the same table, on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if a parameter lies outside its range or does not fit the rule;
/// [`ErrorKind::Limit`] if the rule cannot hold so many clauses; [`ErrorKind::Empty`] if there is
/// no clause.
pub fn converge(corpus: &Corpus, params: &ConvergeParams) -> Result<ConvergenceTable> {
    let n_clauses = corpus.clauses().len();
    if n_clauses == 0 {
        return Err(Error::new(ErrorKind::Empty, "the corpus holds no clause"));
    }
    let analyzer = Analyzer::new(params.analyzer.clone());
    let lists = TermLists::of(corpus, &analyzer);
    let space = VectorSpace::fit(corpus, &lists, vector_params(params, n_clauses))?;
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(n_clauses));
    let matrix = cluster_space(corpus, &space, params)?;
    let clustering = rule.fit(matrix, params.n_clusters, params.seed)?;
    let clusters = clustering.clusters();
    let names = name_clusters(corpus, &lists, &analyzer, &clusters);
    let maker = TableMaker::new(corpus, &space, params);
    let issues: Vec<(Vec<ClauseId>, IssueName)> = clusters.into_iter().zip(names).collect();
    let (rows, alone) = maker.rows_and_alone(issues, &clustering);
    Ok(ConvergenceTable {
        schema: SCHEMA.to_owned(),
        parameters: parameters_in_words(params, rule, &clustering),
        columns: maker.columns(),
        rows,
        alone,
        diagnostics: corpus.diagnostics().to_vec(),
    })
}

/// In a large corpus a feature of a single clause is left out: it joins nothing and costs memory.
fn vector_params(params: &ConvergeParams, n_clauses: usize) -> VectorParams {
    let mut vectors = params.vectors.clone();
    if n_clauses > MANY_CLAUSES {
        vectors.min_document_frequency = vectors.min_document_frequency.max(2);
    }
    vectors
}

/// Returns the matrix the clauses are clustered on: latent dimensions without the house style of
/// the processes, each clause leaning on its neighbors.
fn cluster_space(
    corpus: &Corpus,
    space: &VectorSpace,
    params: &ConvergeParams,
) -> Result<SparseMatrix> {
    let process_of: Vec<ProcessId> = corpus
        .clause_ids()
        .map(|id| corpus.process_of(id))
        .collect();
    let matrix = match params.latent {
        Some(latent) if space.matrix().n_columns() > 0 => {
            SparseMatrix::from_dense(&latent::reduce(space.matrix(), &process_of, latent)?)
        }
        _ => space.matrix().clone(),
    };
    if corpus.clauses().len() > MAX_EXPANDED {
        return Ok(matrix);
    }
    Ok(expand(&matrix, &process_of, params.expansion))
}

fn parameters_in_words(
    params: &ConvergeParams,
    rule: Rule,
    clustering: &Clustering,
) -> BTreeMap<String, String> {
    let in_words = [
        ("rule", rule.to_string()),
        ("clusters", clusters_in_words(params, clustering)),
        ("counting", in_kebab_case(&params.counting)),
        ("columns", in_kebab_case(&params.columns)),
        ("min-processes", params.min_processes.to_string()),
        ("seed", params.seed.to_string()),
        (
            "thesaurus",
            format!("{} terms", params.analyzer.thesaurus.len()),
        ),
    ];
    in_words
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn clusters_in_words(params: &ConvergeParams, clustering: &Clustering) -> String {
    let found = format!("{}, {}", clustering.n_clusters(), clustering.choice);
    match params.n_clusters {
        Some(wanted) if clustering.choice == Choice::Density => {
            format!("{found} ({wanted} were asked for, but this rule finds the number itself)")
        }
        _ => found,
    }
}

/// Returns the name serde gives a value without fields.
fn in_kebab_case(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}

/// Makes rows and the list of clauses alone.
struct TableMaker<'c> {
    corpus: &'c Corpus,
    space: &'c VectorSpace,
    params: &'c ConvergeParams,
    search: NeighborSearch,
    /// The column ids, in the order of the processes or agreements.
    column_ids: Vec<String>,
}

impl<'c> TableMaker<'c> {
    fn new(corpus: &'c Corpus, space: &'c VectorSpace, params: &'c ConvergeParams) -> Self {
        let names: Vec<&str> = match params.columns {
            ColumnKind::Process => corpus.processes().iter().map(|p| p.name.as_str()).collect(),
            ColumnKind::Agreement => corpus.agreements().iter().map(|a| a.key.as_str()).collect(),
        };
        let column_ids = unique_slugs(&names);
        let search = NeighborSearch::new(space.matrix());
        Self {
            corpus,
            space,
            params,
            search,
            column_ids,
        }
    }

    fn columns(&self) -> Vec<Column> {
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

    fn rows_and_alone(
        &self,
        issues: Vec<(Vec<ClauseId>, IssueName)>,
        clustering: &Clustering,
    ) -> (Vec<Row>, Vec<Alone>) {
        let mut reasons: BTreeMap<ClauseId, &str> = BTreeMap::new();
        for (index, cluster) in clustering.cluster_of.iter().enumerate() {
            if cluster.is_none() {
                reasons.insert(
                    ClauseId::new(index),
                    "the rule left it out: no clause lies close",
                );
            }
        }
        let (shown, hidden): (Vec<_>, Vec<_>) = issues
            .into_iter()
            .partition(|(clauses, _)| self.is_row(clauses));
        for (clauses, _) in &hidden {
            let reason = if clauses.len() == 1 {
                "no clause is near enough to share an issue with"
            } else {
                "its issue is shared by fewer processes than asked for"
            };
            reasons.extend(clauses.iter().map(|clause| (*clause, reason)));
        }
        let mut rows: Vec<Row> = shown
            .into_par_iter()
            .map(|(clauses, name)| self.row(&clauses, name))
            .collect();
        rows.sort_by(|a, b| order_of_rows(self.params.counting, a, b));
        let reasons: Vec<(ClauseId, &str)> = reasons.into_iter().collect();
        let alone = reasons
            .par_iter()
            .map(|(clause, reason)| self.alone(*clause, reason))
            .collect();
        (rows, alone)
    }

    fn is_row(&self, clauses: &[ClauseId]) -> bool {
        clauses.len() > 1 && self.n_processes(clauses) >= self.params.min_processes
    }

    fn n_processes(&self, clauses: &[ClauseId]) -> usize {
        clauses
            .iter()
            .map(|&id| self.corpus.process_of(id))
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn row(&self, clauses: &[ClauseId], name: IssueName) -> Row {
        let scores = mean_similarities(self.space.matrix(), clauses);
        let medoid = (0..clauses.len()).max_by(|&i, &j| scores[i].cmp(&scores[j]).then(j.cmp(&i)));
        let agreements: BTreeSet<_> = clauses
            .iter()
            .map(|&id| self.corpus.clause(id).agreement)
            .collect();
        let mut cells: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for (&clause, &score) in clauses.iter().zip(&scores) {
            cells
                .entry(self.column_id(clause).to_owned())
                .or_default()
                .push(self.quote(clause, score));
        }
        Row {
            issue: name.name,
            terms: name.terms,
            n_processes: self.n_processes(clauses),
            n_agreements: agreements.len(),
            medoid: medoid
                .map(|place| self.key(clauses[place]))
                .unwrap_or_default(),
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

    fn quote(&self, clause: ClauseId, score: Score) -> Quote {
        Quote {
            id: self.key(clause),
            citation: self.corpus.citation(clause),
            lead_in: self.corpus.clause(clause).lead_in.clone(),
            text: self.corpus.text(clause).to_owned(),
            score,
        }
    }

    fn alone(&self, clause: ClauseId, reason: &str) -> Alone {
        let own_process = self.corpus.process_of(clause);
        let row = self.space.matrix().row(clause.index());
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
            lead_in: self.corpus.clause(clause).lead_in.clone(),
            text: self.corpus.text(clause).to_owned(),
            reason: reason.to_owned(),
            nearest,
        }
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
            Score::new((row.dot(total.row(0)) - row.dot(row)) / n_others)
        })
        .collect()
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
