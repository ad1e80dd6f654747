//! The issues that clustering finds, language by language, and how they were found in words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cluster::{Choice, Resampling, Rule};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::Representation;
use crate::table::counted::{by_language, shares_of};
use crate::table::issue::Issue;
use crate::table::params::ConvergeParams;

/// The most times finer that rows are cut.
const MAX_FINER: f64 = 10.0;

/// The default and the smallest useful number of resampled runs, and the most pairs of clauses that
/// all runs together may compare.
const MAX_RESAMPLES: usize = 100;
const MIN_RESAMPLES: usize = 10;
const RESAMPLED_PAIRS: usize = 30_000_000;

/// The issues found in the clauses of one language.
pub(super) struct LanguagePart {
    language: Language,
    rule: Rule,
    choice: Choice,
    pub(super) issues: Vec<Issue>,
}

/// Clusters the free clauses of each language, which never meet, the language of most clauses first.
pub(super) fn clustered(
    corpus: &Corpus,
    representation: &Representation,
    free: &[ClauseId],
    params: &ConvergeParams,
) -> Result<Vec<LanguagePart>> {
    Error::check("finer", params.finer, 1.0..=MAX_FINER, "from 1 to 10")?;
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
            let rule = params.rule.unwrap_or_else(|| Rule::for_size(clauses.len()));
            let finer = |n: usize| n_finer(n, params.finer, clauses.len());
            let given = n_clusters.as_ref().map(|shares| finer(shares[place]));
            let of_rule = params
                .of_rule(given)
                .max_clusters(most.as_ref().map(|shares| shares[place]));
            let mut clustering = rule.fit(&rows, &of_rule)?;
            if params.finer > 1.0 && clustering.choice == Choice::Silhouette {
                let n_finer = finer(clustering.n_clusters());
                clustering = rule.fit(&rows, &params.of_rule(Some(n_finer)))?;
            }
            let issue = |cluster: Vec<ClauseId>| {
                let clauses = cluster.iter().map(|place| clauses[place.index()]);
                Issue::found(clauses.collect())
            };
            Ok(LanguagePart {
                language,
                rule,
                issues: clustering.clusters().into_iter().map(issue).collect(),
                choice: clustering.choice,
            })
        });
    fitted.collect()
}

/// Returns a number of clusters times `finer`, rounded; unless that is 1, no more than there are clauses.
fn n_finer(n_clusters: usize, finer: f64, n_clauses: usize) -> usize {
    if finer <= 1.0 {
        return n_clusters;
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of clusters is small and positive"
    )]
    let n_finer = (n_clusters as f64 * finer).round() as usize;
    n_finer.clamp(1, n_clauses)
}

/// Clusters resampled parts of the clauses in issues, each into as many clusters as there are issues; `None` if
/// no run was requested.
pub(super) fn resampled(
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

/// Returns how a table is made, by name and value.
pub(super) fn parameters_in_words(
    params: &ConvergeParams,
    parts: &[LanguagePart],
) -> BTreeMap<String, String> {
    let layout = &params.layout;
    let in_words = [
        ("rule", rules_in_words(params, parts)),
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
        None => "norms, ready clauses of no stated kind, descriptions in excerpts".to_owned(),
    }
}

/// Returns the rule, or that of each language if they differ: a rule follows the number of clauses.
fn rules_in_words(params: &ConvergeParams, parts: &[LanguagePart]) -> String {
    let Some(first) = parts.first() else {
        return params.rule.map_or("none", Rule::name).to_owned();
    };
    if parts.iter().all(|part| part.rule == first.rule) {
        return first.rule.to_string();
    }
    let each = parts
        .iter()
        .map(|part| format!("{}: {}", part.language, part.rule));
    each.collect::<Vec<_>>().join("; ")
}

fn clusters_in_words(params: &ConvergeParams, parts: &[LanguagePart]) -> String {
    if params.is_exclusive() {
        return "none: the issues are given".to_owned();
    }
    if parts.is_empty() {
        return "none: every clause has a given issue".to_owned();
    }
    let of_part = |part: &LanguagePart| {
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
