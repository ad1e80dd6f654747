//! [`score_labels`]: evaluates the assignment of clauses to issues given by name.

use crate::error::Result;
use crate::evaluation::coding::Coding;
use crate::evaluation::figures::{CodingFigures, score_by};
use crate::evaluation::placing::Matching;
use crate::evaluation::precision_recall::PrecisionRecall;
use crate::evaluation::sample::{ClustersOfClauses, ColumnsOfClauses};
use crate::score::Score;

/// Returns how well named issues assigned to clauses agree with a human coding.
///
/// `labels` has for each clause its issues, the first first, named as in the coding. As
/// [`score`](super::score()), but a row is only matched to the issue of its name, and
/// [`CodingFigures::names`] and [`CodingFigures::first_issue`] are known.
///
/// # Errors
///
/// As [`score`](super::score()).
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::evaluation::{Coding, score_labels};
///
/// let coding = Coding::parse(
///     r#"{"clause_id": "a/1", "issue": "Light"}
///        {"clause_id": "b/1", "issue": "Light"}
///        {"clause_id": "a/2", "issue": "Toll"}"#,
/// )?;
/// let labels = [("a/1", "Light"), ("b/1", "Toll"), ("a/2", "Toll")];
/// let labels = labels.map(|(key, issue)| (key.to_owned(), vec![issue.to_owned()]));
/// let figures = score_labels(&coding, &BTreeMap::from(labels), &BTreeMap::new())?;
/// let names = figures.names.unwrap();
/// assert!((names.precision.value() - 2.0 / 3.0).abs() < 1e-9, "two of three are right");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn score_labels(
    coding: &Coding,
    labels: &ClustersOfClauses,
    columns: &ColumnsOfClauses,
) -> Result<CodingFigures> {
    let figures = score_by(coding, labels, columns, Matching::ByName)?;
    let (mut n_right, mut n_found, mut n_true, mut n_first) = (0, 0, 0, 0);
    for clause in coding.clauses() {
        let given = labels.get(&clause.id).map_or(&[][..], Vec::as_slice);
        let is_right = |issue: &String| clause.issues.contains(issue);
        let mut distinct: Vec<&String> = given.iter().collect();
        distinct.sort();
        distinct.dedup();
        n_found += distinct.len();
        n_right += distinct.into_iter().filter(|issue| is_right(issue)).count();
        n_true += clause.issues.len();
        n_first += usize::from(given.first().is_some_and(is_right));
    }
    let n_clauses = coding.clauses().len() as f64;
    Ok(CodingFigures {
        names: Some(PrecisionRecall::of_counts(n_right, n_found, n_true)),
        first_issue: Some(Score::new(n_first as f64 / n_clauses)),
        ..figures
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_on_three_clauses() {
        let coding = Coding::parse(concat!(
            "{\"id\": \"a\", \"issue\": \"x\"}\n",
            "{\"id\": \"a\", \"issue\": \"y\"}\n",
            "{\"id\": \"b\", \"issue\": \"x\"}\n",
            "{\"id\": \"c\", \"issue\": \"y\"}\n",
        ))
        .unwrap();
        let labels = [("a", vec!["x"]), ("b", vec!["y", "x"]), ("c", vec![])];
        let labels = labels
            .map(|(id, names)| (id.to_owned(), names.into_iter().map(String::from).collect()))
            .into();
        let found = score_labels(&coding, &labels, &ColumnsOfClauses::new()).unwrap();
        // Of three names given, x of a and x of b are right; four are true.
        assert_eq!(found.names, Some(PrecisionRecall::of_counts(2, 3, 4)));
        // Only a has a right first issue.
        assert!((found.first_issue.unwrap().value() - 1.0 / 3.0).abs() < 1e-12);
        // The only row of two, x with a and b, has both right, of four assignments.
        let placements = PrecisionRecall::of_counts(2, 2, 4);
        assert_eq!(found.placements, placements);
    }
}
