//! [`table_of_coding`]: the table that a person's coding is, so that findings can be read from it.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::finding::converge::SCHEMA;
use crate::finding::score::Coding;
use crate::finding::{ConvergeParams, ConvergenceTable, Issue, SourceAgreement, TableMaker};
use crate::id::ClauseId;
use crate::similarity::Representation;

/// The most clauses that a diagnostic names.
const MAX_NAMED: usize = 5;

/// Returns the convergence table that a human coding describes: a row an issue, with the clauses that
/// the person put there; a clause under several issues stands in several rows.
///
/// Names, scores and nearest neighbors are worked out as in [`converge`](crate::finding::converge);
/// nothing is clustered or resampled. Of the parameters only columns, counting and the fewest
/// processes count. Coded clauses that the corpus lacks are told in a diagnostic.
///
/// # Errors
///
/// [`ErrorKind::Empty`] if no coded clause is in the corpus.
pub fn table_of_coding(
    corpus: &Corpus,
    representation: &Representation,
    coding: &Coding,
    params: &ConvergeParams,
) -> Result<ConvergenceTable> {
    let (issues, missing) = issues_of(corpus, coding);
    if issues.is_empty() {
        let message = "no clause of the coding is in the corpus";
        return Err(Error::new(ErrorKind::Empty, message));
    }
    let n_issues = issues.len();
    let maker = TableMaker::new(corpus, representation, params);
    let (mut rows, alone) = maker.rows_and_alone(issues, None);
    // A silhouette takes one row a clause for granted; a person may have given several.
    for quote in rows
        .iter_mut()
        .flat_map(|row| row.cells.values_mut())
        .flatten()
    {
        quote.silhouette = None;
        quote.also_near.clear();
    }
    let mut diagnostics = corpus.diagnostics().to_vec();
    diagnostics.extend(diagnostic_of(&missing));
    let made = format!("{n_issues} issues of a human coding");
    Ok(ConvergenceTable {
        schema: SCHEMA.to_owned(),
        parameters: BTreeMap::from([("coding".to_owned(), made)]),
        columns: maker.columns(),
        agreements: SourceAgreement::all_of(corpus),
        rows,
        alone,
        decisions: Vec::new(),
        gaps: None,
        diagnostics,
    })
}

/// Returns the issues of a coding in its order, and the keys that name no clause.
fn issues_of<'c>(corpus: &Corpus, coding: &'c Coding) -> (Vec<Issue>, Vec<&'c str>) {
    let names = coding.issues();
    let place_of: BTreeMap<&str, usize> = (0..).zip(&names).map(|(n, name)| (*name, n)).collect();
    let mut clauses: Vec<Vec<ClauseId>> = vec![Vec::new(); names.len()];
    let mut missing = Vec::new();
    for coded in coding.clauses() {
        let Some(clause) = corpus.find(&coded.id) else {
            missing.push(coded.id.as_str());
            continue;
        };
        for issue in &coded.issues {
            clauses[place_of[issue.as_str()]].push(clause);
        }
    }
    let issues = names.iter().zip(clauses).filter(|(_, of)| !of.is_empty());
    let issues = issues
        .map(|(name, mut of)| {
            of.sort_unstable();
            Issue::given(*name, of)
        })
        .collect();
    (issues, missing)
}

fn diagnostic_of(missing: &[&str]) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let named: Vec<String> = missing
        .iter()
        .take(MAX_NAMED)
        .map(|key| format!("`{key}`"))
        .collect();
    let message = format!(
        "coded clauses that the corpus lacks: {}, {}{}",
        missing.len(),
        named.join(", "),
        if missing.len() > MAX_NAMED {
            ", ..."
        } else {
            ""
        }
    );
    Some(Diagnostic::new(Severity::Skipped, message))
}
