//! [`converge`]: makes the convergence table of a corpus.

use std::collections::BTreeSet;

use crate::cluster::Resampling;
use crate::corpus::{ClauseRef, Corpus};
use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::similarity::Representation;
use crate::table::codebook::{Assignments, Codebook, place};
use crate::table::convergence_table::{Alone, Assigned, ConvergenceTable, IssueCandidate, Row};
use crate::table::corrections::{Action, Outcome, checked_clauses};
use crate::table::counted::CountedClauses;
use crate::table::found::{clustered, parameters_in_words, resampled};
use crate::table::issue::Issue;
use crate::table::judged::{Membership, RowEvidence, WeakRows};
use crate::table::params::ConvergeParams;
use crate::table::rows::TableMaker;

/// The reason of a clause that stands alone since the table has no rows but given ones.
const IN_NO_GIVEN_ISSUE: &str = "it is in none of the given issues";

/// Makes the convergence table of a corpus.
///
/// Terms are counted, clauses become vectors, neighbor smoothing over other processes is applied, and
/// the clauses are clustered. Each cluster of two clauses or more is a row; every other clause is
/// listed as standing alone, with its nearest neighbor in another process. The same corpus and
/// parameters give the same table, on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if a parameter is outside its range or does not fit the rule;
/// [`ErrorKind::Limit`] if the rule cannot process this number of clauses, or needs too much memory;
/// [`ErrorKind::Empty`] if there is no clause; [`ErrorKind::Cancelled`] if the progress was.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// // As many issues as the texts suggest; 100 resampled runs, which are left out here, tell how stable
/// // each row is.
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let widest = &table.rows[0];
/// assert_eq!(widest.issue, "Human rights online");
/// assert_eq!((widest.n_processes, table.columns.len()), (8, 20));
/// let in_rows: usize = table.rows.iter().map(|row| row.quotes().count()).sum();
/// assert_eq!(in_rows + table.alone.len(), 93, "no clause is lost");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn converge(corpus: &Corpus, params: &ConvergeParams) -> Result<ConvergenceTable> {
    if corpus.clauses().is_empty() {
        return Err(Error::new(ErrorKind::Empty, "the corpus holds no clause"));
    }
    let representation = Representation::of(corpus, &params.representation)?;
    converge_on(corpus, &representation, params)
}

/// Makes the convergence table of a corpus from an existing representation. It must be that of
/// [`ConvergeParams::representation`], which the table reports as its parameters.
///
/// # Errors
///
/// Those of [`converge`] that come after the representation.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// // The costly part is made once, for several tables.
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let coarse = converge_on(&corpus, &representation, &params.clone().n_clusters(10))?;
/// let fine = converge_on(&corpus, &representation, &params.n_clusters(30))?;
/// assert!(coarse.rows.len() < fine.rows.len());
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn converge_on(
    corpus: &Corpus,
    representation: &Representation,
    params: &ConvergeParams,
) -> Result<ConvergenceTable> {
    let counted = CountedClauses::of(corpus, params.kinds.as_deref());
    let placing = match &params.guide {
        Some(guide) => Some(place(corpus, representation, guide)?),
        None => None,
    };
    let mut issues = given_issues(params.guide.as_ref(), placing.as_ref(), &counted);
    let mut free = placing
        .as_ref()
        .map_or_else(|| corpus.clause_ids().collect(), Assignments::free);
    free.retain(|clause| counted.has(*clause));
    let clustered = if params.is_exclusive() {
        Vec::new()
    } else {
        clustered(corpus, representation, &free, params)?
    };
    let mut parameters = parameters_in_words(params, &clustered);
    issues.extend(clustered.into_iter().flat_map(|part| part.issues));
    let (issues, decisions) = match &params.corrections {
        Some(corrections) => corrections.replay(corpus, issues),
        None => (issues, Vec::new()),
    };
    let decided = decided(corpus, &decisions);
    let corrections = params.corrections.as_ref();
    let checked = corrections.map(|all| checked_clauses(corpus, all, &decisions));
    let checked = checked.unwrap_or_default();
    let rows_stage = params
        .representation
        .progress
        .stage("rows", issues.len() as u64);
    rows_stage.advance(0)?;
    let resampling = resampled(representation, &issues, params)?;
    let n_runs = resampling.as_ref().map_or(0, Resampling::n_runs);
    parameters.insert("resamples".to_owned(), n_runs.to_string());
    parameters.insert("rows".to_owned(), representation.in_words());
    let evidence = RowEvidence {
        resampling: resampling.as_ref(),
        placing: placing.as_ref(),
        membership: Membership::One,
        weak_rows: if params.finer > 1.0 {
            WeakRows::Shown
        } else {
            WeakRows::Hidden
        },
        decided: &decided,
        checked: &checked,
        counted: &counted,
    };
    let maker = TableMaker::new(corpus, representation, &params.layout);
    let maker = maker.catalogue(params.catalogue.as_ref());
    let mut table = maker.table(issues, evidence, parameters);
    if params.is_exclusive() {
        for alone in table.alone.iter_mut().filter(|alone| alone.is_compared) {
            IN_NO_GIVEN_ISSUE.clone_into(&mut alone.reason);
        }
    }
    explain_alone(&mut table.alone, &decisions);
    if let (Some(guide), Some(placing)) = (&params.guide, &placing) {
        table.candidates = candidates(corpus, guide, placing, &table);
    }
    let of_placing = placing.into_iter().flat_map(|placing| placing.diagnostics);
    table.diagnostics.extend(of_placing);
    let of_decisions = decisions.iter().filter_map(Outcome::diagnostic);
    table.diagnostics.extend(of_decisions);
    table.decisions = decisions;
    Ok(table)
}

/// Returns the clauses of the decisions that hold and say where they are: each in its own issue.
fn decided(corpus: &Corpus, decisions: &[Outcome]) -> BTreeSet<ClauseId> {
    let places = |outcome: &&Outcome| {
        let is_elsewhere = matches!(outcome.action, Action::Also | Action::Check | Action::Open);
        outcome.is_applied() && !is_elsewhere
    };
    let held = decisions.iter().filter(places);
    let held = held.flat_map(|outcome| &outcome.clauses);
    held.filter_map(|id| corpus.find(id)).collect()
}

/// Returns the issues of a codebook with the clauses assigned to them.
fn given_issues(
    guide: Option<&Codebook>,
    placing: Option<&Assignments>,
    counted: &CountedClauses,
) -> Vec<Issue> {
    let (Some(guide), Some(placing)) = (guide, placing) else {
        return Vec::new();
    };
    let clauses = placing.clauses_of_issues(guide.issues.len());
    let issues = guide.issues.iter().zip(clauses).enumerate();
    issues
        .map(|(place, (issue, mut clauses))| {
            clauses.retain(|clause| counted.has(*clause));
            Issue {
                given: Some(place),
                ..Issue::given(&issue.name, clauses)
            }
        })
        .collect()
}

/// Returns the clauses that may belong to a given issue; those that a decision put in one, and
/// those of kinds that make no rows, are left out.
fn candidates(
    corpus: &Corpus,
    guide: &Codebook,
    placing: &Assignments,
    table: &ConvergenceTable,
) -> Vec<IssueCandidate> {
    let given = table.rows.iter().filter(|row| row.is_given());
    let placed = given.flat_map(Row::quotes).map(|quote| quote.id.as_str());
    let listed = table.alone.iter().filter(|alone| !alone.is_compared);
    let placed: BTreeSet<&str> = placed
        .chain(listed.map(|alone| alone.id.as_str()))
        .collect();
    let candidates = placing.candidates().into_iter();
    candidates
        .map(|(clause, issue, score)| IssueCandidate {
            clause: ClauseRef::of(corpus, clause),
            issue: guide.issues[issue].name.clone(),
            assigned: Assigned {
                score,
                words: placing.clauses[clause.index()].words.clone(),
            },
        })
        .filter(|candidate| !placed.contains(candidate.clause.id.as_str()))
        .collect()
}

/// Explains the clauses that stand alone by a decision.
fn explain_alone(alone: &mut [Alone], decisions: &[Outcome]) {
    let is_kept = |outcome: &&Outcome| outcome.action == Action::Alone && outcome.is_applied();
    let kept = decisions.iter().filter(is_kept);
    let kept: BTreeSet<&String> = kept.flat_map(|outcome| &outcome.clauses).collect();
    for clause in alone.iter_mut().filter(|alone| kept.contains(&alone.id)) {
        "a decision keeps it alone".clone_into(&mut clause.reason);
    }
}
