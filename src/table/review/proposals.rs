//! [`proposals`]: how a row that holds several subjects may be divided.

use crate::cluster::{Rule, RuleParams};
use crate::error::Result;
use crate::id::ClauseId;
use crate::similarity::Representation;

/// Divides the clauses of a row into `n_parts` proposals, by average linkage on the vectors that are clustered; the
/// proposal of the first clause comes first. Costs the pairs of these clauses.
///
/// # Errors
///
/// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if there are no clauses, or fewer than parts.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, find_clause};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::proposals;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let row = ["GGE 13(i)", "GGE 13(e)", "Paris Call 2018 Principle 6"];
/// let row = row.map(|typed| find_clause(&corpus, typed)).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let parts = proposals(&representation, &row, 2)?;
/// // Two on supply chains, one on human rights.
/// assert_eq!(parts, [vec![row[0], row[2]], vec![row[1]]]);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn proposals(
    representation: &Representation,
    clauses: &[ClauseId],
    n_parts: usize,
) -> Result<Vec<Vec<ClauseId>>> {
    let places = clauses.iter().map(|clause| clause.index());
    let rows = representation.rows().rows_at(places);
    let params = RuleParams::default().n_clusters(n_parts);
    let parts = Rule::AverageLinkage.fit(&rows, &params)?.clusters();
    let of_part = |part: Vec<ClauseId>| part.iter().map(|place| clauses[place.index()]).collect();
    Ok(parts.into_iter().map(of_part).collect())
}
