//! [`converge`]: a corpus into its convergence table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::{Choice, Clustering, Rule};
use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{ConvergenceTable, Issue, TableMaker};
use crate::similarity::{Representation, RepresentationParams};

/// The name and version of the table's JSON form.
const SCHEMA: &str = "consonance.table/1";

/// How a table is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConvergeParams {
    /// How clauses are represented before they are clustered.
    pub representation: RepresentationParams,
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
            representation: RepresentationParams::default(),
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
    let representation = Representation::of(corpus, &params.representation)?;
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(n_clauses));
    let clustering = rule.fit(
        representation.rows().clone(),
        params.n_clusters,
        params.seed,
    )?;
    let issues: Vec<Issue> = clustering
        .clusters()
        .into_iter()
        .map(Issue::found)
        .collect();
    let maker = TableMaker::new(corpus, &representation, params);
    let (rows, alone) = maker.rows_and_alone(issues);
    Ok(ConvergenceTable {
        schema: SCHEMA.to_owned(),
        parameters: parameters_in_words(params, rule, &clustering),
        columns: maker.columns(),
        rows,
        alone,
        diagnostics: corpus.diagnostics().to_vec(),
    })
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
            format!("{} terms", params.representation.analyzer.thesaurus.len()),
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
