//! [`label`]: assigns the clauses of a set to given issues.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use consonance::evaluation::{CodingFigures, score_labels};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::place;
use consonance::table::{AssignedClause, Codebook, GivenIssue};

use crate::set::Set;

/// Assigns every clause to the most similar given issue, however low the similarity, and returns the
/// agreement with the coding.
pub(crate) fn label(
    set: &Set,
    params: &RepresentationParams,
    guide: &Codebook,
) -> Result<(CodingFigures, BTreeMap<String, Vec<String>>)> {
    let representation = Representation::of(&set.corpus, params)?;
    let placing = place(&set.corpus, &representation, guide)?;
    let key = |assigned: &AssignedClause| set.corpus.clause(assigned.clause).key.clone();
    let first_issue = |assigned: &AssignedClause| {
        let first = assigned.ranked.first().into_iter();
        let name = first.map(|ranked| guide.issues[ranked.issue].name.clone());
        name.collect()
    };
    let labels: BTreeMap<String, Vec<String>> = placing
        .clauses
        .iter()
        .map(|assigned| (key(assigned), first_issue(assigned)))
        .collect();
    let figures = score_labels(&set.coding, &labels, &set.groups);
    Ok((figures.context("the coding does not fit")?, labels))
}

/// Returns a codebook with only the names of the coding's issues.
pub(crate) fn names_of_coding(set: &Set) -> Result<Codebook> {
    let named = |name: &str| {
        let mut issue = GivenIssue::default();
        name.clone_into(&mut issue.name);
        issue
    };
    let issues = set.coding.issues().into_iter().map(named).collect();
    Ok(Codebook::new(issues)?)
}
