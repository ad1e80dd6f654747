//! [`parts_of`]: how a row that holds several subjects may be divided.

use crate::id::ClauseId;
use crate::report::html::scope::Scope;
use crate::table::{Row, proposals};

/// The numbers of parts that are proposed.
const N_PARTS: [usize; 2] = [2, 3];
/// The most clauses of a row that is divided.
const MAX_CLAUSES: usize = 500;

/// Returns the proposals for a row that no person named, of two parts and of three: for each clause that counts, in
/// the order of their numbers, the digit of its part. A row with too few or too many clauses has none.
pub(super) fn parts_of(scope: &Scope<'_>, row: &Row) -> Vec<String> {
    let ids = row.counted_ids().filter_map(|id| scope.clause(id));
    let mut clauses: Vec<ClauseId> = ids.collect();
    clauses.sort_unstable();
    if row.is_given() || clauses.len() > MAX_CLAUSES {
        return Vec::new();
    }
    let wanted = N_PARTS.into_iter().filter(|n| *n <= clauses.len());
    wanted
        .filter_map(|n_parts| digits(scope, &clauses, n_parts))
        .collect()
}

fn digits(scope: &Scope<'_>, clauses: &[ClauseId], n_parts: usize) -> Option<String> {
    let parts = proposals(scope.study().representation(), clauses, n_parts).ok()?;
    let digit_of = |clause: &ClauseId| {
        let part = parts.iter().zip('0'..);
        let mut part = part.filter(|(part, _)| part.contains(clause));
        part.next().map(|(_, digit)| digit)
    };
    clauses.iter().map(digit_of).collect()
}
