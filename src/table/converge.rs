//! [`converge`]: makes the convergence table of a corpus.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::clause::ClauseKind;
use crate::cluster::{Catalogue, Choice, Resampling, Rule, RuleParams};
use crate::corpus::{ClauseRef, Corpus};
use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::language::Language;
use crate::setters::setters;
use crate::similarity::{Representation, RepresentationParams};
use crate::table::codebook::{Assignments, Codebook, place};
use crate::table::convergence_table::{Alone, Assigned, ConvergenceTable, IssueCandidate, Row};
use crate::table::corrections::{Action, Corrections, Outcome};
use crate::table::counted::{Counted, by_language, shares_of};
use crate::table::issue::Issue;
use crate::table::layout::LayoutParams;
use crate::table::rows::{Membership, RowEvidence, TableMaker};

/// The most issues that a person can read, if their number is chosen.
const MAX_ISSUES: usize = 40;
/// The default and the smallest useful number of resampled runs, and the most pairs of clauses that
/// all runs together may compare.
const MAX_RESAMPLES: usize = 100;
const MIN_RESAMPLES: usize = 10;
const RESAMPLED_PAIRS: usize = 30_000_000;

/// The reason of a clause that stands alone since the table has no rows but given ones.
const IN_NO_GIVEN_ISSUE: &str = "it is in none of the given issues";

/// How a table is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConvergeParams {
    /// How clauses are represented before they are clustered; its progress and its memory limit cover
    /// the whole call.
    pub representation: RepresentationParams,
    /// The clustering rule; by default the one for the corpus's size.
    pub rule: Option<Rule>,
    /// The number of clusters, including those of one clause; by default it is chosen from the data.
    pub n_clusters: Option<usize>,
    /// The most clusters if their number is chosen: as many as a person can read. 40 by default; `None` for
    /// no limit.
    pub max_issues: Option<usize>,
    /// The kinds of clauses that make rows; others are listed beside the table. By default norms, and ready
    /// clauses whose kind their file does not state.
    pub kinds: Option<Vec<ClauseKind>>,
    /// The number of resampled runs that measure the stability of rows, 0 for none. By default 100 for
    /// some hundred clauses, fewer for more, none from 1,733 clauses on.
    pub n_resamples: Option<usize>,
    /// The random seed, for rules that use one.
    pub seed: u64,
    /// Issues that a person gives; clauses similar to none of them are clustered freely.
    pub guide: Option<Codebook>,
    /// A person's corrections of earlier tables.
    pub corrections: Option<Corrections>,
    /// The usual subjects by which rows can be named, the bundled ones by default; `None` to name rows by
    /// the words and headings of their clauses, and the concepts of the thesaurus.
    pub catalogue: Option<Catalogue>,
    /// How the table is laid out.
    pub layout: LayoutParams,
}

impl Default for ConvergeParams {
    fn default() -> Self {
        Self {
            representation: RepresentationParams::default(),
            rule: None,
            n_clusters: None,
            max_issues: Some(MAX_ISSUES),
            kinds: None,
            n_resamples: None,
            seed: 1,
            guide: None,
            corrections: None,
            catalogue: Some(Catalogue::bundled()),
            layout: LayoutParams::default(),
        }
    }
}

impl ConvergeParams {
    setters! {
        representation: RepresentationParams,
        rule: impl Into<Option<Rule>>,
        n_clusters: impl Into<Option<usize>>,
        max_issues: impl Into<Option<usize>>,
        kinds: impl Into<Option<Vec<ClauseKind>>>,
        n_resamples: impl Into<Option<usize>>,
        seed: u64,
        guide: impl Into<Option<Codebook>>,
        corrections: impl Into<Option<Corrections>>,
        catalogue: impl Into<Option<Catalogue>>,
        layout: LayoutParams,
    }

    /// Returns the clauses of a corpus that make rows, in order.
    pub fn counted(&self, corpus: &Corpus) -> Vec<ClauseId> {
        let counted = Counted::of(corpus, self.kinds.as_deref());
        corpus.clause_ids().filter(|id| counted.has(*id)).collect()
    }

    fn of_rule(&self, n_clusters: Option<usize>) -> RuleParams {
        let params = RuleParams::default()
            .n_clusters(n_clusters)
            .max_clusters(self.max_issues);
        let progress = self.representation.progress.clone();
        params.seed(self.seed).progress(progress)
    }
}

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
    let counted = Counted::of(corpus, params.kinds.as_deref());
    let placing = match &params.guide {
        Some(guide) => Some(place(corpus, representation, guide)?),
        None => None,
    };
    let mut issues = given_issues(params.guide.as_ref(), placing.as_ref(), &counted);
    let mut free = placing
        .as_ref()
        .map_or_else(|| corpus.clause_ids().collect(), Assignments::free);
    free.retain(|clause| counted.has(*clause));
    let n_counted = corpus.clause_ids().filter(|id| counted.has(*id)).count();
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(n_counted));
    let clustered = if is_exclusive(params) {
        Vec::new()
    } else {
        clustered(corpus, representation, &free, params)?
    };
    let mut parameters = parameters_in_words(params, rule, &clustered);
    issues.extend(clustered.into_iter().flat_map(|part| part.issues));
    let (issues, decisions) = match &params.corrections {
        Some(corrections) => corrections.replay(corpus, issues),
        None => (issues, Vec::new()),
    };
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
        counted: &counted,
    };
    let maker = TableMaker::new(corpus, representation, &params.layout);
    let maker = maker.catalogue(params.catalogue.as_ref());
    let mut table = maker.table(issues, evidence, parameters);
    if is_exclusive(params) {
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

/// Returns the issues of a codebook with the clauses assigned to them.
fn given_issues(
    guide: Option<&Codebook>,
    placing: Option<&Assignments>,
    counted: &Counted,
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

/// Returns whether the table has no rows but given ones.
fn is_exclusive(params: &ConvergeParams) -> bool {
    params
        .guide
        .as_ref()
        .is_some_and(|guide| guide.is_exclusive)
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

/// The issues found in the clauses of one language.
struct Part {
    language: Language,
    choice: Choice,
    issues: Vec<Issue>,
}

/// Clusters the free clauses of each language, which never meet, the language of most clauses first.
fn clustered(
    corpus: &Corpus,
    representation: &Representation,
    free: &[ClauseId],
    params: &ConvergeParams,
) -> Result<Vec<Part>> {
    let parts = by_language(corpus, free);
    let sizes: Vec<usize> = parts.iter().map(|(_, clauses)| clauses.len()).collect();
    let share = |n: Option<usize>| n.map(|n| shares_of(n, &sizes));
    // With given issues, the requested number may exceed the number of remaining clauses.
    let n_clusters = match params.guide {
        Some(_) => params.n_clusters.map(|n| n.min(free.len())),
        None => params.n_clusters,
    };
    let (n_clusters, most) = (share(n_clusters), share(params.max_issues));
    let fitted = parts
        .into_iter()
        .enumerate()
        .map(|(place, (language, clauses))| {
            let all = representation.rows();
            let rows = if clauses.len() == all.n_rows() {
                all.clone()
            } else {
                all.rows_at(clauses.iter().map(|clause| clause.index()))
            };
            let of_rule = params
                .of_rule(n_clusters.as_ref().map(|shares| shares[place]))
                .max_clusters(most.as_ref().map(|shares| shares[place]));
            let rule = params.rule.unwrap_or_else(|| Rule::for_size(clauses.len()));
            let clustering = rule.fit(&rows, &of_rule)?;
            let issue = |cluster: Vec<ClauseId>| {
                let clauses = cluster.iter().map(|place| clauses[place.index()]);
                Issue::found(clauses.collect())
            };
            Ok(Part {
                language,
                issues: clustering.clusters().into_iter().map(issue).collect(),
                choice: clustering.choice,
            })
        });
    fitted.collect()
}

/// Clusters resampled parts of the clauses in issues, each into as many clusters as there are issues; `None` if
/// no run was requested.
fn resampled(
    representation: &Representation,
    issues: &[Issue],
    params: &ConvergeParams,
) -> Result<Option<Resampling>> {
    let mut clauses: Vec<ClauseId> = issues
        .iter()
        .flat_map(|issue| issue.clauses.iter().copied())
        .collect();
    clauses.sort_unstable();
    clauses.dedup();
    let n_runs = params
        .n_resamples
        .unwrap_or_else(|| default_resamples(clauses.len()));
    let n_issues = issues.iter().filter(|issue| !issue.clauses.is_empty());
    let n_clusters = n_issues.count();
    if n_runs == 0 || n_clusters == 0 {
        return Ok(None);
    }
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(clauses.len()));
    let of_rule = params.of_rule(Some(n_clusters)).n_resamples(n_runs);
    Resampling::of(representation, &clauses, rule, &of_rule).map(Some)
}

/// Returns the default number of resampled runs: 100 if they take about a second, fewer for more
/// clauses, and none if they would take longer than the table.
fn default_resamples(n_clauses: usize) -> usize {
    let affordable = RESAMPLED_PAIRS / n_clauses.pow(2).max(1);
    if affordable < MIN_RESAMPLES {
        return 0;
    }
    affordable.min(MAX_RESAMPLES)
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

fn parameters_in_words(
    params: &ConvergeParams,
    rule: Rule,
    parts: &[Part],
) -> BTreeMap<String, String> {
    let layout = &params.layout;
    let in_words = [
        ("rule", rule.to_string()),
        ("clusters", clusters_in_words(params, parts)),
        ("kinds", kinds_in_words(params)),
        ("counting", in_kebab_case(&layout.counting)),
        ("columns", in_kebab_case(&layout.columns)),
        ("min-processes", layout.min_processes.to_string()),
        ("seed", params.seed.to_string()),
        (
            "thesaurus",
            format!("{} terms", params.representation.analyzer.thesaurus.len()),
        ),
    ];
    let guided = params.guide.as_ref().map(|guide| {
        let (n_issues, min_score) = (guide.issues.len(), guide.min_score);
        let only = if guide.is_exclusive {
            ", nothing else"
        } else {
            ""
        };
        let in_words = format!("{n_issues} issues, from score {min_score}{only}");
        ("guide", in_words)
    });
    let corrected = params.corrections.as_ref().map(|corrections| {
        let in_words = match corrections.decisions.len() {
            1 => "1 decision".to_owned(),
            n_decisions => format!("{n_decisions} decisions"),
        };
        ("ledger", in_words)
    });
    let all = in_words.into_iter().chain(guided).chain(corrected);
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn kinds_in_words(params: &ConvergeParams) -> String {
    match &params.kinds {
        Some(kinds) => {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            names.join(", ")
        }
        None => "norms, and ready clauses of no stated kind".to_owned(),
    }
}

fn clusters_in_words(params: &ConvergeParams, parts: &[Part]) -> String {
    if is_exclusive(params) {
        return "none: the issues are given".to_owned();
    }
    if parts.is_empty() {
        return "none: every clause has a given issue".to_owned();
    }
    let of_part = |part: &Part| {
        let found = format!("{}, {}", part.issues.len(), part.choice);
        match params.n_clusters {
            Some(wanted) if part.choice == Choice::Density => {
                format!("{found} ({wanted} were asked for, but this rule finds the number itself)")
            }
            _ => found,
        }
    };
    if let [only] = parts {
        return of_part(only);
    }
    let each = parts
        .iter()
        .map(|part| format!("{}: {}", part.language, of_part(part)));
    each.collect::<Vec<_>>().join("; ")
}

/// Returns the name serde gives a value without fields.
fn in_kebab_case(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}
