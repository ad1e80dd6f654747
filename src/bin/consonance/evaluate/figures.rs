//! [`evaluate`]: computes the figures of a test set.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use consonance::corpus::Corpus;
use consonance::evaluation::{CodingFigures, RetrievalFigures, score_rankings, score_table};
use consonance::id::ClauseId;
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, ConvergenceTable, converge};

use super::set::Set;

/// The results of a test set.
pub(crate) struct Evaluation {
    pub(crate) table: ConvergenceTable,
    pub(crate) figures: CodingFigures,
    pub(crate) retrieval: RetrievalFigures,
    pub(crate) rankings: BTreeMap<String, Vec<String>>,
}

pub(crate) fn evaluate(set: &Set, params: &ConvergeParams) -> Result<Evaluation> {
    let (table, figures) = tabulate(set, params)?;
    let (retrieval, rankings) = rank(set, params)?;
    Ok(Evaluation {
        table,
        figures,
        retrieval,
        rankings,
    })
}

/// Returns the table of a set and its agreement with the coding.
pub(crate) fn tabulate(
    set: &Set,
    params: &ConvergeParams,
) -> Result<(ConvergenceTable, CodingFigures)> {
    let table = converge(&set.corpus, params)?;
    let figures = score_table(&set.coding, &table).context("the coding does not fit")?;
    Ok((table, figures))
}

/// Returns the rankings of the clauses of a set, and their quality.
pub(crate) fn rank(
    set: &Set,
    params: &ConvergeParams,
) -> Result<(RetrievalFigures, BTreeMap<String, Vec<String>>)> {
    let representation = Representation::of(&set.corpus, &params.representation)?;
    let key = |id: ClauseId| set.corpus.clause(id).key.clone();
    let rankings: BTreeMap<String, Vec<String>> = set
        .corpus
        .clause_ids()
        .map(|id| (key(id), keys_of(&set.corpus, &representation.ranking(id))))
        .collect();
    let figures = score_rankings(&set.coding, &rankings, &set.groups)?;
    Ok((figures, rankings))
}

pub(crate) fn keys_of(corpus: &Corpus, clauses: &[ClauseId]) -> Vec<String> {
    clauses
        .iter()
        .map(|&id| corpus.clause(id).key.clone())
        .collect()
}
