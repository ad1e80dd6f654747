//! [`confusions`]: where a table and a coding disagree most, with the texts of the clauses.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{ClauseRef, Quoted};
use crate::evaluation::bcubed;
use crate::evaluation::coding::Coding;
use crate::evaluation::figures::{clusters_of, columns_of};
use crate::evaluation::placing::{Matching, place};
use crate::evaluation::sample::Sample;
use crate::score::Score;
use crate::table::ConvergenceTable;

/// Where a table and a coding disagree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Confusions {
    /// Pairs of clauses, the worst first.
    pub pairs: Vec<ConfusedPair>,
    /// Issues in rows matched to other issues, the most clauses first.
    pub cells: Vec<ConfusedCell>,
}

/// Two clauses that are together in the table or in the coding, but not in both.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConfusedPair {
    /// `kept-apart` if only the coding puts them together (they share an issue, but no row),
    /// `put-together` if only the table does (they share a row, but no issue).
    pub confusion: &'static str,
    /// How badly both clauses are assigned, in `0..=1`: the mean over the two of 1 minus the clause's own
    /// B-cubed F1.
    pub badness: Score,
    /// The clauses, in the order of the coding.
    pub clauses: [ConfusedClause; 2],
}

/// A clause of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConfusedClause {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// Its text.
    pub text: String,
    /// Its issues in the coding.
    pub issues: Vec<String>,
    /// Its row in the table; `None` for a clause standing alone.
    pub row: Option<String>,
}

/// Clauses of one issue in a row matched to another issue, or in no row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConfusedCell {
    /// The issue in the coding.
    pub issue: String,
    /// The row in the table; `None` for clauses standing alone.
    pub row: Option<String>,
    /// The issue to which the row was matched.
    pub issue_of_row: Option<String>,
    /// The keys of the clauses, in the order of the coding.
    pub clauses: Vec<String>,
}

/// The clauses of a table by their keys, each with its row; `None` for a clause standing alone.
type Shown<'t> = BTreeMap<&'t str, (&'t Quoted, Option<&'t String>)>;

/// Returns the `n_worst` pairs, and the cells, on which a table and a coding disagree most.
///
/// Only clauses in both are compared; ties are in the order of the coding. Rows are matched to issues as
/// for [`CodingFigures::cells`](super::CodingFigures::cells). Cost: the number of coded clauses squared.
pub fn confusions(coding: &Coding, table: &ConvergenceTable, n_worst: usize) -> Confusions {
    let shown = shown_in(table);
    let known = coding.only(|id| shown.contains_key(id));
    if known.clauses().is_empty() {
        return Confusions::default();
    }
    let sample = Sample::of(&known, &clusters_of(table), &columns_of(table));
    let pairs = worst_pairs(&sample, n_worst).into_iter();
    let pairs = pairs.map(|(badness, confusion, pair)| ConfusedPair {
        confusion,
        badness: badness.0,
        clauses: pair.map(|place| confused(&known, place, &shown)),
    });
    Confusions {
        pairs: pairs.collect(),
        cells: confused_cells(&known, &sample, &shown),
    }
}

/// Returns the clauses of a table by their keys, each with its first row.
fn shown_in(table: &ConvergenceTable) -> Shown<'_> {
    let rows = table.rows.iter();
    let in_rows = rows.flat_map(|row| row.quotes().map(|quote| (&quote.quoted, Some(&row.issue))));
    let alone = table.alone.iter().map(|alone| (&alone.quoted, None));
    let mut shown = Shown::new();
    for (quoted, row) in in_rows.chain(alone) {
        shown.entry(&quoted.id).or_insert((quoted, row));
    }
    shown
}

/// Returns pairs of clauses with the degree and kind of their confusion, the worst first.
fn worst_pairs(sample: &Sample, n_worst: usize) -> Vec<(Reverse<Score>, &'static str, [usize; 2])> {
    let lack: Vec<f64> = bcubed::of_each_clause(sample)
        .iter()
        .map(|shares| 1.0 - shares.f1.value())
        .collect();
    let mut pairs = Vec::new();
    for second in 0..lack.len() {
        for first in 0..second {
            let is_alike = share(&sample.issues, first, second);
            let is_together = share(&sample.clusters, first, second);
            let confusion = match (is_alike, is_together) {
                (true, false) => "kept-apart",
                (false, true) => "put-together",
                _ => continue,
            };
            let badness = Score::new(f64::midpoint(lack[first], lack[second]));
            pairs.push((Reverse(badness), confusion, [first, second]));
        }
    }
    pairs.sort_by_key(|&(badness, confusion, pair)| (badness, pair, confusion));
    pairs.truncate(n_worst);
    pairs
}

fn share(groups: &[Vec<usize>], first: usize, second: usize) -> bool {
    groups[first]
        .iter()
        .any(|group| groups[second].contains(group))
}

fn confused(coding: &Coding, place: usize, shown: &Shown<'_>) -> ConfusedClause {
    let clause = &coding.clauses()[place];
    let (quoted, row) = shown[clause.id.as_str()];
    ConfusedClause {
        clause: quoted.clause.clone(),
        text: quoted.text.clone(),
        issues: clause.issues.clone(),
        row: row.cloned(),
    }
}

fn confused_cells(coding: &Coding, sample: &Sample, shown: &Shown<'_>) -> Vec<ConfusedCell> {
    let issue_of_cluster = place(sample, Matching::Best).issue_of_cluster;
    let issues = coding.issues();
    let mut cells: BTreeMap<(usize, Option<usize>), ConfusedCell> = BTreeMap::new();
    for (place, clause) in coding.clauses().iter().enumerate() {
        let cluster = sample.clusters[place][0];
        let issue_of_row = issue_of_cluster[cluster];
        if issue_of_row.is_some_and(|issue| sample.issues[place].contains(&issue)) {
            continue;
        }
        let (_, row) = shown[clause.id.as_str()];
        let issue = sample.issues[place][0];
        let cell = cells.entry((issue, row.map(|_| cluster)));
        let cell = cell.or_insert_with(|| ConfusedCell {
            issue: clause.issues[0].clone(),
            row: row.cloned(),
            issue_of_row: issue_of_row.map(|issue| issues[issue].to_owned()),
            clauses: Vec::new(),
        });
        cell.clauses.push(clause.id.clone());
    }
    let mut cells: Vec<ConfusedCell> = cells.into_values().collect();
    // A stable sort: ties stay in the order of the coding.
    cells.sort_by_key(|cell| Reverse(cell.clauses.len()));
    cells
}
