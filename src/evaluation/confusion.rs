//! [`confused_pairs`] and [`confused_cells`]: where a table and a coding disagree most, with the texts of the clauses.

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

/// Returns the `n_worst` pairs of clauses on which a table and a coding disagree most, the worst first.
///
/// Only clauses in both are compared; ties are in the order of the coding. Cost: the number of coded clauses
/// squared.
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use consonance::corpus::{Corpus, LoadParams, read_file};
/// use consonance::evaluation::{Coding, confused_pairs};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let coding = Coding::parse(&read_file(Path::new("corpus/coding.jsonl"))?)?;
/// let worst = confused_pairs(&coding, &table, 2);
/// assert_eq!(worst.len(), 2);
/// let [a, b] = &worst[0].clauses;
/// assert_eq!(worst[0].confusion, "kept-apart");
/// assert!(a.row != b.row && a.issues[0] == b.issues[0]);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn confused_pairs(
    coding: &Coding,
    table: &ConvergenceTable,
    n_worst: usize,
) -> Vec<ConfusedPair> {
    let Some(known) = Known::of(coding, table) else {
        return Vec::new();
    };
    let pairs = worst_pairs(&known.sample, n_worst).into_iter();
    let pairs = pairs.map(|(badness, confusion, pair)| ConfusedPair {
        confusion,
        badness: badness.0,
        clauses: pair.map(|place| known.confused(place)),
    });
    pairs.collect()
}

/// Returns the clauses of each issue that a table has in a row matched to another issue, or in no row: the
/// most clauses first.
///
/// Only clauses in both are compared; ties are in the order of the coding. Rows are matched to issues as
/// for [`CodingFigures::cells`](super::CodingFigures::cells). Takes time linear in the coded clauses, besides
/// the matching.
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use consonance::corpus::{Corpus, LoadParams, read_file};
/// use consonance::evaluation::{Coding, confused_cells};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let coding = Coding::parse(&read_file(Path::new("corpus/coding.jsonl"))?)?;
/// let worst = confused_cells(&coding, &table);
/// assert!(worst[0].clauses.len() >= worst[1].clauses.len());
/// assert!(coding.issues().contains(&worst[0].issue.as_str()));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn confused_cells(coding: &Coding, table: &ConvergenceTable) -> Vec<ConfusedCell> {
    Known::of(coding, table).map_or_else(Vec::new, |known| known.cells())
}

/// The clauses that a coding and a table have in common.
struct Known<'t> {
    coding: Coding,
    sample: Sample,
    shown: Shown<'t>,
}

impl<'t> Known<'t> {
    /// Returns the common clauses; `None` if there are none.
    fn of(coding: &Coding, table: &'t ConvergenceTable) -> Option<Self> {
        let shown = shown_in(table);
        let coding = coding.only(|id| shown.contains_key(id));
        (!coding.clauses().is_empty()).then(|| Self {
            sample: Sample::of(&coding, &clusters_of(table), &columns_of(table)),
            coding,
            shown,
        })
    }

    fn confused(&self, place: usize) -> ConfusedClause {
        let clause = &self.coding.clauses()[place];
        let (quoted, row) = self.shown[clause.id.as_str()];
        ConfusedClause {
            clause: quoted.clause.clone(),
            text: quoted.text.clone(),
            issues: clause.issues.clone(),
            row: row.cloned(),
        }
    }

    fn cells(&self) -> Vec<ConfusedCell> {
        let issue_of_cluster = place(&self.sample, Matching::Best).issue_of_cluster;
        let issues = self.coding.issues();
        let mut cells: BTreeMap<(usize, Option<usize>), ConfusedCell> = BTreeMap::new();
        for (place, clause) in self.coding.clauses().iter().enumerate() {
            let cluster = self.sample.clusters[place][0];
            let issue_of_row = issue_of_cluster[cluster];
            if issue_of_row.is_some_and(|issue| self.sample.issues[place].contains(&issue)) {
                continue;
            }
            let (_, row) = self.shown[clause.id.as_str()];
            let issue = self.sample.issues[place][0];
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
