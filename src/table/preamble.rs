//! [`nearest_issues`]: the issues that clauses beside the rows are about.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::similarity::Representation;
use crate::table::issue::Issue;
use crate::table::parts::sums_of_issues;

/// A clause belongs beside a row from this mean similarity to its clauses, on the vectors that are clustered,
/// with neighbor smoothing and without.
const FROM_SMOOTHED: f64 = 0.4;
const FROM_PLAIN: f64 = 0.2;

/// Returns for each clause the index of the issue in its language whose clauses are most similar on average;
/// clauses that are similar to none are left out. Costs one product for each clause and issue.
pub(crate) fn nearest_issues(
    corpus: &Corpus,
    representation: &Representation,
    issues: &[&Issue],
    clauses: &[ClauseId],
) -> Vec<(ClauseId, usize)> {
    let rows = representation.rows();
    let sums = sums_of_issues(rows, issues);
    let least = if representation.is_smoothed() {
        FROM_SMOOTHED
    } else {
        FROM_PLAIN
    };
    let language = |clause: ClauseId| corpus.clause(clause).language;
    let nearest = |&clause: &ClauseId| {
        let row = rows.row(clause.index());
        let similar = issues.iter().zip(sums.rows()).enumerate();
        let similar = similar.filter_map(|(place, (issue, sum))| {
            let first = issue.clauses.first()?;
            let mean = row.dot(sum) / issue.clauses.len() as f64;
            (language(*first) == language(clause) && mean >= least).then_some((place, mean))
        });
        // Ties: the first.
        let (place, _) = similar.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((clause, place))
    };
    clauses.par_iter().filter_map(nearest).collect()
}
