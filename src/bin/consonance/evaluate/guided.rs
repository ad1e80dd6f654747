//! [`label`]: assigns the clauses of a set to given issues.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use consonance::evaluation::{CodingFigures, score_labels};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::{Codebook, GivenIssue};

use super::set::Set;

/// Assigns every clause to the most similar given issue, however low the similarity, and returns the
/// agreement with the coding.
pub(crate) fn label(
    set: &Set,
    params: &RepresentationParams,
    guide: &Codebook,
) -> Result<(CodingFigures, BTreeMap<String, Vec<String>>)> {
    let representation = Representation::of(&set.corpus, params)?;
    let nearest = guide.nearest(&set.corpus, &representation)?;
    let name = |issue: usize| guide.issues[issue].name.clone();
    let keys = set.corpus.clauses().iter().map(|clause| clause.key.clone());
    let names = nearest.into_iter().map(|issue| issue.map(name));
    let labels: BTreeMap<String, Vec<String>> = keys
        .zip(names.map(|name| name.into_iter().collect()))
        .collect();
    let figures = score_labels(&set.coding, &labels, &set.groups);
    Ok((figures.context("the coding does not fit")?, labels))
}

/// Returns a codebook with only the names of the coding's issues.
pub(crate) fn names_of_coding(set: &Set) -> Result<Codebook> {
    let issues = set.coding.issues().into_iter().map(GivenIssue::new);
    Ok(Codebook::new(issues.collect())?)
}
