//! [`listed_by_kind`]: the clauses of kinds that make no rows, by kind and citation.

use std::collections::BTreeMap;

use crate::clause::ClauseKind;
use crate::report::form::words::joined;
use crate::table::{Alone, ConvergenceTable};

/// The title of the list of clauses that make no rows.
pub(in crate::report) const NOT_COMPARED: &str = "Not compared, by kind";
/// The most citations of a kind.
const MAX_CITED: usize = 100;

/// Returns each kind of clause that makes no rows, with the number of its clauses, and their citations: the
/// name of an agreement stands once before all its numbers.
pub(in crate::report) fn listed_by_kind(table: &ConvergenceTable) -> Vec<(String, String)> {
    let mut of_kind: BTreeMap<ClauseKind, Vec<&Alone>> = BTreeMap::new();
    for alone in table.alone.iter().filter(|alone| !alone.is_compared) {
        of_kind.entry(alone.kind).or_default().push(alone);
    }
    let listed = of_kind.into_iter().map(|(kind, clauses)| {
        let title = format!("{} ({})", kind.name(), clauses.len());
        (title, citations_of(table, &clauses))
    });
    listed.collect()
}

fn citations_of(table: &ConvergenceTable, clauses: &[&Alone]) -> String {
    let shown = &clauses[..clauses.len().min(MAX_CITED)];
    let mut of_agreement: Vec<(&str, Vec<&str>)> = Vec::new();
    for alone in shown {
        match of_agreement.last_mut() {
            Some((agreement, cited)) if *agreement == alone.agreement => {
                cited.push(&alone.citation);
            }
            _ => of_agreement.push((&alone.agreement, vec![&alone.citation])),
        }
    }
    let in_words = of_agreement.iter().map(|(key, cited)| {
        let source = table.agreements.iter().find(|source| source.key == *key);
        let name = source.map_or("", |source| source.name.as_str());
        let number = |citation: &&str| {
            citation
                .strip_prefix(name)
                .unwrap_or(citation)
                .trim()
                .to_owned()
        };
        let rest = cited.iter().skip(1).map(number);
        joined(std::iter::once(cited[0].to_owned()).chain(rest), ", ")
    });
    let all = joined(in_words, "; ");
    match clauses.len() - shown.len() {
        0 => all,
        n_more => format!("{all}; and {n_more} more"),
    }
}
