//! [`converge`]: a corpus into its convergence table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::{Choice, Clustering, ResampleParams, Resampling, Rule, RuleParams};
use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{GapParams, gaps};
use crate::id::ClauseId;
use crate::similarity::{Representation, RepresentationParams};
use crate::table::codebook::{Guide, Placing, RankedIssue, place};
use crate::table::convergence_table::{Alone, ConvergenceTable, Placed, Row, SourceAgreement};
use crate::table::corrections::{Action, Ledger, Outcome};
use crate::table::issue::Issue;
use crate::table::rows::TableMaker;
use crate::vector::SparseMatrix;

/// The name and version of the table's JSON form.
pub(crate) const SCHEMA: &str = "consonance.table/1";

/// The most runs of resampling unless asked, the fewest that say something, and the number of pairs
/// of clauses that all runs together may compare.
const MAX_RESAMPLES: usize = 100;
const MIN_RESAMPLES: usize = 10;
const RESAMPLED_PAIRS: usize = 30_000_000;

/// How a table is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConvergeParams {
    /// How clauses are represented before they are clustered; its watch is told how far the whole is,
    /// and its limit of memory holds for the whole.
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
    /// How many times the corpus is resampled to tell firm rows from loose ones, 0 for not at all. By
    /// default 100 for some hundred clauses, fewer for more, none from 1,733 on.
    pub n_resamples: Option<usize>,
    /// What chance starts from, for rules that use it.
    pub seed: u64,
    /// Issues that a person gives; clauses near none of them cluster freely.
    pub guide: Option<Guide>,
    /// A person's corrections of earlier tables.
    pub ledger: Option<Ledger>,
    /// What counts as a gap, if the table is to tell its gaps; not by default.
    pub gaps: Option<GapParams>,
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
            n_resamples: None,
            seed: 1,
            guide: None,
            ledger: None,
            gaps: None,
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
/// [`ErrorKind::Limit`] if the rule cannot hold so many clauses or they would take too much memory;
/// [`ErrorKind::Empty`] if there is no clause; [`ErrorKind::Cancelled`] if the watch was.
pub fn converge(corpus: &Corpus, params: &ConvergeParams) -> Result<ConvergenceTable> {
    if corpus.clauses().is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the corpus holds no clause"));
    }
    let representation = Representation::of(corpus, &params.representation)?;
    converge_on(corpus, &representation, params)
}

/// Makes the convergence table of a corpus on a representation of it that is there already: that of
/// [`ConvergeParams::representation`], for the table to tell how it was made.
///
/// # Errors
///
/// Those of [`converge`] that come after the representation.
pub fn converge_on(
    corpus: &Corpus,
    representation: &Representation,
    params: &ConvergeParams,
) -> Result<ConvergenceTable> {
    let n_clauses = corpus.clauses().len();
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(n_clauses));
    let placing = match &params.guide {
        Some(guide) => Some(place(corpus, representation, guide)?),
        None => None,
    };
    let mut issues = given_issues(params.guide.as_ref(), placing.as_ref());
    let free = placing
        .as_ref()
        .map_or_else(|| corpus.clause_ids().collect(), Placing::free);
    let (found, clusters) = found_issues(representation, &free, (params, rule))?;
    issues.extend(found);
    let (issues, decisions) = match &params.ledger {
        Some(ledger) => ledger.replay(corpus, issues),
        None => (issues, Vec::new()),
    };
    let rows_stage = params
        .representation
        .watch
        .stage("rows", issues.len() as u64);
    rows_stage.advance(0)?;
    let mut parameters = parameters_in_words(params, rule, clusters);
    let maker = TableMaker::new(corpus, representation, params);
    let resampling = resampled(representation, &issues, (params, rule))?;
    let n_runs = resampling.as_ref().map_or(0, Resampling::n_runs);
    parameters.insert("resamples".to_owned(), n_runs.to_string());
    parameters.insert("rows".to_owned(), representation.in_words());
    let (mut rows, mut alone) = maker.rows_and_alone(issues, resampling.as_ref());
    if let (Some(guide), Some(placing)) = (&params.guide, &placing) {
        explain_placings(&mut rows, corpus, (guide, placing));
    }
    explain_alone(&mut alone, &decisions);
    let mut diagnostics = corpus.diagnostics().to_vec();
    diagnostics.extend(placing.into_iter().flat_map(|placing| placing.diagnostics));
    diagnostics.extend(decisions.iter().filter_map(Outcome::diagnostic));
    let mut table = ConvergenceTable {
        schema: SCHEMA.to_owned(),
        parameters,
        columns: maker.columns(),
        agreements: SourceAgreement::all_of(corpus),
        rows,
        alone,
        decisions,
        gaps: None,
        diagnostics,
    };
    table.gaps = params
        .gaps
        .map(|params| gaps(corpus, representation, &table, params));
    Ok(table)
}

/// Returns the issues of a guide with the clauses placed in them.
fn given_issues(guide: Option<&Guide>, placing: Option<&Placing>) -> Vec<Issue> {
    let (Some(guide), Some(placing)) = (guide, placing) else {
        return Vec::new();
    };
    let clauses = placing.clauses_of_issues(guide.issues.len());
    let issues = guide.issues.iter().zip(clauses);
    issues
        .map(|(issue, clauses)| Issue::given(&issue.name, clauses))
        .collect()
}

/// Clusters the free clauses; returns their issues, and how many in words.
fn found_issues(
    representation: &Representation,
    free: &[ClauseId],
    (params, rule): (&ConvergeParams, Rule),
) -> Result<(Vec<Issue>, String)> {
    if free.is_empty() {
        return Ok((
            Vec::new(),
            "none: every clause has a given issue".to_owned(),
        ));
    }
    let all = representation.rows();
    let rows = if free.len() == all.n_rows() {
        all.clone()
    } else {
        let rows = free
            .iter()
            .map(|clause| all.row(clause.index()).iter().collect());
        SparseMatrix::from_rows(all.n_columns(), rows)
    };
    // With given issues the number asked for may be more than the clauses they leave.
    let n_clusters = match params.guide {
        Some(_) => params.n_clusters.map(|n| n.min(free.len())),
        None => params.n_clusters,
    };
    let watch = &params.representation.watch;
    let fit = RuleParams::default()
        .n_clusters(n_clusters)
        .seed(params.seed);
    let clustering = rule.fit(rows, &fit.watch(watch.clone()))?;
    let issues = clustering
        .clusters()
        .into_iter()
        .map(|cluster| Issue::found(cluster.iter().map(|place| free[place.index()]).collect()))
        .collect();
    Ok((issues, clusters_in_words(params, &clustering)))
}

/// Clusters parts of the corpus again and again, with as many clusters as there are issues; nothing
/// if no run is wanted.
fn resampled(
    representation: &Representation,
    issues: &[Issue],
    (params, rule): (&ConvergeParams, Rule),
) -> Result<Option<Resampling>> {
    let n_clauses = representation.rows().n_rows();
    let n_runs = params
        .n_resamples
        .unwrap_or_else(|| default_resamples(n_clauses));
    let n_issues = issues.iter().filter(|issue| !issue.clauses.is_empty());
    let n_clusters = n_issues.count();
    if n_runs == 0 || n_clusters == 0 {
        return Ok(None);
    }
    let watch = params.representation.watch.clone();
    let resample = ResampleParams::new(n_runs).seed(params.seed).watch(watch);
    Resampling::of(representation, rule, n_clusters, &resample).map(Some)
}

/// Returns how often a corpus is resampled unless asked: 100 times if that is a matter of a second,
/// less often for more clauses, and not at all where it would take longer than the table.
fn default_resamples(n_clauses: usize) -> usize {
    let affordable = RESAMPLED_PAIRS / n_clauses.pow(2).max(1);
    if affordable < MIN_RESAMPLES {
        return 0;
    }
    affordable.min(MAX_RESAMPLES)
}

/// Writes beside each quoted clause of a given issue why it stands there.
fn explain_placings(rows: &mut [Row], corpus: &Corpus, (guide, placing): (&Guide, &Placing)) {
    for row in rows.iter_mut().filter(|row| !row.origin.is_found()) {
        for quote in row.cells.values_mut().flatten() {
            let Some(clause) = corpus.find(&quote.id) else {
                continue;
            };
            let placed = &placing.clauses[clause.index()];
            // A decision may have moved the clause or named the issue anew.
            let is_there = |ranked: &&RankedIssue| guide.issues[ranked.issue].name == row.issue;
            let first = placed.ranked.first().filter(is_there);
            quote.placed = first.map(|first| Placed {
                score: first.score,
                words: placed.words.clone(),
            });
        }
    }
}

/// Says of the clauses that a decision keeps alone that it does.
fn explain_alone(alone: &mut [Alone], decisions: &[Outcome]) {
    let is_alone =
        |outcome: &&Outcome| outcome.action == Action::Alone && outcome.status.is_applied();
    for outcome in decisions.iter().filter(is_alone) {
        for clause in alone
            .iter_mut()
            .filter(|alone| outcome.clauses.contains(&alone.id))
        {
            "a decision keeps it alone".clone_into(&mut clause.reason);
        }
    }
}

fn parameters_in_words(
    params: &ConvergeParams,
    rule: Rule,
    clusters: String,
) -> BTreeMap<String, String> {
    let in_words = [
        ("rule", rule.to_string()),
        ("clusters", clusters),
        ("counting", in_kebab_case(&params.counting)),
        ("columns", in_kebab_case(&params.columns)),
        ("min-processes", params.min_processes.to_string()),
        ("seed", params.seed.to_string()),
        (
            "thesaurus",
            format!("{} terms", params.representation.analyzer.thesaurus.len()),
        ),
    ];
    let guided = params.guide.as_ref().map(|guide| {
        let n_issues = guide.issues.len();
        let min_score = guide.params.min_score;
        (
            "guide",
            format!("{n_issues} issues, from score {min_score}"),
        )
    });
    let corrected = params.ledger.as_ref().map(|ledger| {
        let n_decisions = ledger.decisions.len();
        let noun = if n_decisions == 1 {
            "decision"
        } else {
            "decisions"
        };
        ("ledger", format!("{n_decisions} {noun}"))
    });
    in_words
        .into_iter()
        .chain(guided)
        .chain(corrected)
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
