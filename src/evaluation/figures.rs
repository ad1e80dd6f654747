//! The figures of agreement between a table and a coding.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::evaluation::alpha::alpha_of_units;
use crate::evaluation::bcubed;
use crate::evaluation::coding::Coding;
use crate::evaluation::partition::Contingency;
use crate::evaluation::placing::{self, Matching};
use crate::evaluation::precision_recall::PrecisionRecall;
use crate::evaluation::sample::{ClustersOfClauses, ColumnsOfClauses, Sample, counts};
use crate::score::Score;
use crate::table::ConvergenceTable;

/// How well clusters agree with a human coding.
///
/// All figures are over the coded clauses. A coded clause that is in no cluster is a cluster of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodingFigures {
    /// The number of coded clauses.
    pub n_clauses: usize,
    /// The number of issues in the coding.
    pub n_issues: usize,
    /// The number of filled cells, issue by column, in the coding.
    pub n_cells: usize,
    /// The number of clusters with at least two coded clauses.
    pub n_clusters: usize,
    /// The number of clusters with one coded clause, including clauses left out.
    pub n_singletons: usize,
    /// The number of coded clauses in no cluster.
    pub n_left_out: usize,
    /// Extended B-cubed, in `0..=1`: among the clauses that share a cluster with a clause, how many
    /// share as many issues (precision), and vice versa (recall), averaged over clauses.
    ///
    /// For clauses e, f with c common clusters and l common issues, precision of e is the mean of
    /// `min(c, l) / c` over all f with c > 0 (e itself among them), recall the mean of
    /// `min(c, l) / l` over all f with l > 0. Cost: the sum of the squared sizes of clusters and
    /// issues. Source: Amigó, Gonzalo, Artiles and Verdejo, 2009.
    pub bcubed: PrecisionRecall,
    /// The adjusted Rand index, at most 1, about 0 for chance, below 0 for worse than chance.
    ///
    /// `(pairs - expected) / (mean - expected)`, where `pairs` counts the pairs of clauses together
    /// in both, `mean` is the mean of the pairs together in the coding and of those together in the
    /// clusters, and `expected` is the product of these two over all pairs. Cost: linear. Source:
    /// Hubert and Arabie, 1985.
    pub adjusted_rand: f64,
    /// V-measure, in `0..=1`: the harmonic mean of homogeneity, `I / H(issues)`, and completeness,
    /// `I / H(clusters)`, where I is the mutual information and H the entropy. Cost: linear.
    /// Source: Rosenberg and Hirschberg, 2007. High by chance for many clusters.
    pub v_measure: Score,
    /// Normalized mutual information, in `0..=1`: `I / ((H(issues) + H(clusters)) / 2)`. It equals
    /// the V-measure and is given because both names are in use. Cost: linear. Source: Strehl and
    /// Ghosh, 2002; this normalization Kvålseth, 1987.
    pub normalized_information: Score,
    /// Adjusted mutual information, at most 1, about 0 for chance: `(I - E) / (mean H - E)`, where E
    /// is the expected mutual information of random clusters of the same sizes. Cost: the number of
    /// distinct sizes of issues times that of clusters, times the smaller size. Source: Vinh, Epps and
    /// Bailey, 2010.
    pub adjusted_information: f64,
    /// Purity, in `0..=1`: the proportion of clauses that have the most frequent issue of their cluster.
    /// Cost: linear. Source: Zhao and Karypis, 2004. It is 1 if every clause is a cluster of its own.
    pub purity: Score,
    /// Filled cells, in `0..=1`: rows are matched one to one to issues so that the most clauses are right;
    /// a cell is right if one of its clauses has the issue of its row.
    ///
    /// Clauses standing alone form no cell. Cost: cubic in the number of rows or issues, for the
    /// matching. Source of the matching: Kuhn, 1955. If several matchings are best, the choice can change
    /// these figures; it is fixed by the order of clauses in the coding.
    pub cells: PrecisionRecall,
    /// Assignments of single clauses under the same matching, in `0..=1`: an assignment is right if the
    /// clause has the issue of its row. The same for every best matching.
    pub placements: PrecisionRecall,
    /// Krippendorff's alpha of the coding and the clusters as two coders, at most 1, 0 for chance: a
    /// cluster's code is the issue it is matched to, else a code of its own. Only first issues and first
    /// clusters count. `None` if all codes are the same. Source: Krippendorff, 2004.
    pub alpha: Option<f64>,
    /// The same for all issues and clusters of a clause, with the MASI distance. Source:
    /// Passonneau, 2006.
    pub alpha_of_sets: Option<f64>,
    /// Of issues given by name ([`score_labels`](crate::evaluation::score_labels)): of all issues assigned to
    /// clauses, how many the coding has too, and vice versa, over all clauses together (micro-average), in
    /// `0..=1`. Cost: linear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<PrecisionRecall>,
    /// Of issues given by name: the proportion of coded clauses whose first issue is in the coding, in
    /// `0..=1`. Cost: linear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_issue: Option<Score>,
    /// The keys of coded clauses that are not among the clustered ones, in the coding's order.
    pub missing: Vec<String>,
    /// The keys of clustered clauses without a coding, in order; they are ignored.
    pub uncoded: Vec<String>,
}

/// Returns how well a table agrees with a human coding.
///
/// The rows are the clusters, a clause standing alone is left out, and a clause without a column in the
/// coding has its column in the table. Cost: see the fields of [`CodingFigures`].
///
/// # Errors
///
/// As [`score`].
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use consonance::corpus::{Corpus, LoadParams, read_file};
/// use consonance::evaluation::{Coding, score_table};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let coding = Coding::parse(&read_file(Path::new("corpus/coding.jsonl"))?)?;
/// // As many issues as the person made, so that the two can be compared.
/// let params = ConvergeParams::default().n_resamples(0).n_clusters(coding.issues().len());
/// let figures = score_table(&coding, &converge(&corpus, &params)?)?;
/// assert_eq!((figures.n_clauses, figures.n_issues), (93, 21));
/// assert!(figures.bcubed.f1.value() > 0.5);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn score_table(coding: &Coding, table: &ConvergenceTable) -> Result<CodingFigures> {
    score(coding, &clusters_of(table), &columns_of(table))
}

/// Returns how well clusters agree with a human coding; `columns` applies where the coding has none.
///
/// # Errors
///
/// [`ErrorKind::Empty`] if the coding has no clause, or none of its clauses is in `clusters`, so that it
/// belongs to other texts.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::evaluation::{Coding, score};
///
/// let coding = Coding::parse(
///     r#"{"clause_id": "a/1", "issue": "Light"}
///        {"clause_id": "b/1", "issue": "Light"}
///        {"clause_id": "a/2", "issue": "Toll"}"#,
/// )?;
/// // Clusters of any origin, here of a person who put all into one.
/// let keys = ["a/1", "b/1", "a/2"];
/// let clusters = keys.map(|key| (key.to_owned(), vec!["all".to_owned()]));
/// let figures = score(&coding, &BTreeMap::from(clusters), &BTreeMap::new())?;
/// assert_eq!(figures.bcubed.recall.value(), 1.0, "what belongs together is together");
/// assert!((figures.bcubed.precision.value() - 5.0 / 9.0).abs() < 1e-9, "but so is the rest");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn score(
    coding: &Coding,
    clusters: &ClustersOfClauses,
    columns: &ColumnsOfClauses,
) -> Result<CodingFigures> {
    score_by(coding, clusters, columns, Matching::Best)
}

pub(crate) fn score_by(
    coding: &Coding,
    clusters: &ClustersOfClauses,
    columns: &ColumnsOfClauses,
    matching: Matching,
) -> Result<CodingFigures> {
    let coded = coding.clauses();
    let ids = || coded.iter().map(|clause| &clause.id);
    let is_missing = |id: &&String| !clusters.contains_key(*id);
    let missing: Vec<String> = ids().filter(is_missing).cloned().collect();
    if let Some(example) = missing.first()
        && missing.len() == coded.len()
    {
        let message = format!(
            "none of the coding's {} clauses is among the clauses read, neither `{example}` nor the others",
            coded.len()
        );
        return Err(Error::new(ErrorKind::Empty, message));
    }
    if coded.is_empty() {
        return Err(Error::new(
            ErrorKind::Empty,
            "the coding puts no clause under an issue",
        ));
    }
    let coded_ids: BTreeSet<&String> = ids().collect();
    let uncoded = clusters.keys().filter(|id| !coded_ids.contains(id));
    let sample = Sample::of(coding, clusters, columns);
    Ok(CodingFigures {
        missing,
        uncoded: uncoded.cloned().collect(),
        ..figures_of(&sample, matching)
    })
}

/// Returns the clusters of a table: the row numbers of each clause, none for a clause standing alone.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::evaluation::clusters_of;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let clusters = clusters_of(&table);
/// assert_eq!(clusters["gge2015/13(e)"], clusters["hrc34-7/operative-cl-4"]);
/// assert_ne!(clusters["gge2015/13(e)"], clusters["gge2015/13(i)"]);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn clusters_of(table: &ConvergenceTable) -> ClustersOfClauses {
    let mut clusters = ClustersOfClauses::new();
    for (row_number, row) in table.rows.iter().enumerate() {
        for quote in row.quotes() {
            let rows = clusters.entry(quote.id.clone()).or_default();
            rows.push(row_number.to_string());
        }
    }
    for alone in &table.alone {
        clusters.entry(alone.id.clone()).or_default();
    }
    clusters
}

/// Returns the column of each clause in a row of a table.
pub(crate) fn columns_of(table: &ConvergenceTable) -> ColumnsOfClauses {
    let mut columns = ColumnsOfClauses::new();
    for row in &table.rows {
        for (column, quotes) in &row.cells {
            for quote in quotes {
                columns.insert(quote.id.clone(), column.clone());
            }
        }
    }
    columns
}

fn figures_of(sample: &Sample, matching: Matching) -> CodingFigures {
    let n_clauses_of = counts(sample.clusters.iter().flatten());
    let sizes = || n_clauses_of.values();
    let clauses = sample.issues.iter().zip(&sample.columns);
    let cells_of_coding: BTreeSet<(usize, usize)> = clauses
        .flat_map(|(issues, &column)| issues.iter().map(move |&issue| (issue, column)))
        .collect();
    let first = |lists: &[Vec<usize>]| lists.iter().map(|list| list[0]).collect::<Vec<_>>();
    let table = Contingency::of(&first(&sample.issues), &first(&sample.clusters));
    let information = Score::new(table.normalized_information());
    let placing = placing::place(sample, matching);
    CodingFigures {
        n_clauses: sample.issues.len(),
        n_issues: sample.n_issues,
        n_cells: cells_of_coding.len(),
        n_clusters: sizes().filter(|&&size| size >= 2).count(),
        n_singletons: sizes().filter(|&&size| size == 1).count(),
        n_left_out: sample.is_left_out.iter().filter(|&&is_out| is_out).count(),
        bcubed: bcubed::bcubed(sample),
        adjusted_rand: table.adjusted_rand(),
        v_measure: information,
        normalized_information: information,
        adjusted_information: table.adjusted_information(),
        purity: Score::new(table.purity()),
        cells: placing.cells,
        placements: placing.placements,
        alpha: alpha_with_rows(sample, &placing.issue_of_cluster, 1),
        alpha_of_sets: alpha_with_rows(sample, &placing.issue_of_cluster, usize::MAX),
        names: None,
        first_issue: None,
        missing: Vec::new(),
        uncoded: Vec::new(),
    }
}

/// Returns the alpha of the coding and the clusters by the first `n_codes` codes of each clause; a cluster
/// without an issue is a code of its own.
fn alpha_with_rows(
    sample: &Sample,
    issue_of_cluster: &[Option<usize>],
    n_codes: usize,
) -> Option<f64> {
    let code_of = |&cluster: &usize| issue_of_cluster[cluster].unwrap_or(sample.n_issues + cluster);
    let clauses = sample.issues.iter().zip(&sample.clusters);
    let units: Vec<Vec<BTreeSet<usize>>> = clauses
        .map(|(issues, clusters)| {
            let rows = clusters.iter().map(code_of);
            let issues = issues.iter().copied();
            vec![issues.take(n_codes).collect(), rows.take(n_codes).collect()]
        })
        .collect();
    alpha_of_units(&units)
}
