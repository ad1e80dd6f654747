//! [`confusions`]: where a table and a coding disagree most, with the texts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, Quoted};
use crate::evaluation::bcubed;
use crate::evaluation::coding::Coding;
use crate::evaluation::figures::{clusters_of, columns_of};
use crate::evaluation::placing::{Matching, place};
use crate::evaluation::sample::Sample;
use crate::score::Score;
use crate::table::ConvergenceTable;

/// Where a table and a coding disagree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Confusions {
    /// Pairs of clauses, the worst first.
    pub pairs: Vec<ConfusedPair>,
    /// Issues in rows that were matched to other issues, the most clauses first.
    pub cells: Vec<ConfusedCell>,
}

/// Two clauses that one side puts together and the other does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConfusedPair {
    /// Which side puts them together.
    pub confusion: Confusion,
    /// How far both clauses are from their places, in `0..=1`: the mean over the two of what their
    /// own B-cubed F1 lacks to 1.
    pub badness: Score,
    /// The clauses, in the order of the coding.
    pub clauses: [ConfusedClause; 2],
}

/// Which side puts two clauses together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Confusion {
    /// The coding: they share an issue, but no row.
    KeptApart,
    /// The table: they share a row, but no issue.
    PutTogether,
}

/// A clause of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConfusedClause {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// Its words.
    pub text: String,
    /// Its issues in the coding.
    pub issues: Vec<String>,
    /// Its row in the table; nothing for a clause alone.
    pub row: Option<String>,
}

/// Clauses of one issue in a row that was matched to another, or in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConfusedCell {
    /// The issue in the coding.
    pub issue: String,
    /// The row in the table; nothing for clauses alone.
    pub row: Option<String>,
    /// The issue that the row was matched to.
    pub issue_of_row: Option<String>,
    /// The keys of the clauses, in the order of the coding.
    pub clauses: Vec<String>,
}

/// What a table says of a clause.
struct Shown<'t> {
    quoted: &'t Quoted,
    row: Option<&'t str>,
}

/// Returns the `n_worst` pairs, and the cells, on which a table and a coding disagree most.
///
/// Only clauses that both know are compared; equally bad ones come in the order of the coding. Rows
/// are matched to issues as for [`CodingFigures::cells`](super::CodingFigures::cells). Cost: the
/// number of coded clauses squared.
pub fn confusions(coding: &Coding, table: &ConvergenceTable, n_worst: usize) -> Confusions {
    let shown = shown_in(table);
    let known = coding.only(|id| shown.contains_key(id));
    if known.clauses().is_empty() {
        return Confusions::default();
    }
    let sample = Sample::of(&known, &clusters_of(table), &columns_of(table));
    let pairs = worst_pairs(&sample, n_worst)
        .into_iter()
        .map(|(badness, confusion, pair)| ConfusedPair {
            confusion,
            badness: badness.0,
            clauses: pair.map(|place| confused(&known, place, &shown)),
        })
        .collect();
    Confusions {
        pairs,
        cells: confused_cells(&known, &sample, &shown),
    }
}

fn shown_in(table: &ConvergenceTable) -> BTreeMap<&str, Shown<'_>> {
    let mut shown = BTreeMap::new();
    for row in &table.rows {
        for quote in row.quotes() {
            let of_quote = Shown {
                quoted: &quote.quoted,
                row: Some(&row.issue),
            };
            shown.entry(quote.id.as_str()).or_insert(of_quote);
        }
    }
    for alone in &table.alone {
        let of_alone = Shown {
            quoted: &alone.quoted,
            row: None,
        };
        shown.entry(alone.id.as_str()).or_insert(of_alone);
    }
    shown
}

/// Returns pairs of clauses with how bad and in which way they are confused, the worst first.
fn worst_pairs(sample: &Sample, n_worst: usize) -> Vec<(Reverse<Score>, Confusion, [usize; 2])> {
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
                (true, false) => Confusion::KeptApart,
                (false, true) => Confusion::PutTogether,
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

fn confused(coding: &Coding, place: usize, shown: &BTreeMap<&str, Shown<'_>>) -> ConfusedClause {
    let clause = &coding.clauses()[place];
    let of_clause = &shown[clause.id.as_str()];
    ConfusedClause {
        clause: of_clause.quoted.clause.clone(),
        text: of_clause.quoted.text.clone(),
        issues: clause.issues.clone(),
        row: of_clause.row.map(str::to_owned),
    }
}

fn confused_cells(
    coding: &Coding,
    sample: &Sample,
    shown: &BTreeMap<&str, Shown<'_>>,
) -> Vec<ConfusedCell> {
    let issue_of_cluster = place(sample, Matching::Best).issue_of_cluster;
    let issues = coding.issues();
    let mut cells: BTreeMap<(usize, Option<usize>), ConfusedCell> = BTreeMap::new();
    for (place, clause) in coding.clauses().iter().enumerate() {
        let cluster = sample.clusters[place][0];
        let issue_of_row = issue_of_cluster[cluster];
        if issue_of_row.is_some_and(|issue| sample.issues[place].contains(&issue)) {
            continue;
        }
        let row = shown[clause.id.as_str()].row;
        let issue = sample.issues[place][0];
        let cell = cells.entry((issue, row.map(|_| cluster)));
        let cell = cell.or_insert_with(|| ConfusedCell {
            issue: clause.issues[0].clone(),
            row: row.map(str::to_owned),
            issue_of_row: issue_of_row.map(|issue| issues[issue].to_owned()),
            clauses: Vec::new(),
        });
        cell.clauses.push(clause.id.clone());
    }
    let mut cells: Vec<ConfusedCell> = cells.into_values().collect();
    // A stable sort: equally many come in the order of the coding.
    cells.sort_by_key(|cell| Reverse(cell.clauses.len()));
    cells
}
