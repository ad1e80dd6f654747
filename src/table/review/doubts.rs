//! [`doubts`]: the clauses of a table whose place is unsure, the most unsure first.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::corpus::{Corpus, Quoted};
use crate::error::Result;
use crate::id::{ClauseId, RowId};
use crate::score::Score;
use crate::setters::setters;
use crate::similarity::Representation;
use crate::table::codebook::Codebook;
use crate::table::convergence_table::{ConvergenceTable, Quote, Row};
use crate::table::corrections::Checked;
use crate::table::review::contest::{Among, Contest, Contests};
use crate::table::review::doubt::{Contender, Doubt};

/// Below this mean similarity a clause is little like the others of its row.
const LITTLE_LIKE: f64 = 0.5;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DoubtParams {
    /// The issues that were given for the table: clauses in them are compared by their scores with these.
    pub guide: Option<Codebook>,
    /// The most doubts; all by default.
    pub most: Option<usize>,
}

impl DoubtParams {
    setters! {
        guide: impl Into<Option<Codebook>>,
        most: impl Into<Option<usize>>,
    }
}

/// Returns the clauses of a table whose place is unsure, the most unsure first; those that a person has checked
/// are not among them.
///
/// A clause in a given issue is compared with the given issues, by its scores `s` with them
/// ([`Codebook::assign`], before the score with the second issue is taken off). Its place is as sure as
/// `exp(20 s) / sum of exp(20 t)` over the scores t with all issues (soft maximum), plus half the share of its
/// two nearest clauses that are in the same row, each by its similarity. A clause that may be in a given issue, for which
/// some words speak, is as sure not to be as its score is below the one from which clauses are placed, in
/// proportion. Any other clause is compared with all
/// rows, by its mean similarity to their clauses on the vectors that are clustered. Its place is as sure as it is
/// similar to its own row; that of a clause in no row, the less similar it is to the nearest one. Given issues
/// come first. Ties are in the order of the clauses.
///
/// On three coded sets under the names of their issues, 11, 16 and 15 of the first 20 were wrong, by the margin
/// between the first and second score 11, 13 and 14; of all clauses 26, 42 and 71 of 93, 249 and 551. In rows that
/// were found, about half of the first 20 were wrong, a quarter of all; margins were no better.
///
/// Costs clauses times rows, the pairs of clauses up to 10,000, and with given issues what [`Codebook::assign`]
/// costs. The same on any number of threads.
///
/// # Errors
///
/// As [`Codebook::assign`], if there is a codebook.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, DoubtParams, converge_on, doubts};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let asked = doubts(&corpus, &representation, &table, &DoubtParams::default().most(20))?;
/// assert_eq!(asked.len(), 20);
/// assert!(asked.iter().all(|doubt| (1..=3).contains(&doubt.rivals.len())));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn doubts(
    corpus: &Corpus,
    representation: &Representation,
    table: &ConvergenceTable,
    params: &DoubtParams,
) -> Result<Vec<Doubt>> {
    let contests = Contests::of(corpus, representation, table, params.guide.as_ref())?;
    let asked = unchecked(corpus, table).into_par_iter();
    let asked = asked.map(|clause| contests.about(clause));
    let mut asked: Vec<Contest> = asked.filter(|of| !of.rivals.is_empty()).collect();
    asked.sort_by(least_sure);
    asked.truncate(params.most.unwrap_or(usize::MAX));
    let told = asked.iter().map(|contest| told(corpus, table, contest));
    Ok(told.collect())
}

/// Orders contests: those about given issues first, then by how sure they are.
fn least_sure(a: &Contest, b: &Contest) -> Ordering {
    let is_found = |of: &Contest| of.among == Among::Found;
    let by_among = is_found(a).cmp(&is_found(b));
    let by_sureness = a.sureness.total_cmp(&b.sureness);
    by_among.then(by_sureness).then(a.clause.cmp(&b.clause))
}

/// Returns the compared clauses of a table of which no person said anything, or only in another row.
fn unchecked(corpus: &Corpus, table: &ConvergenceTable) -> Vec<ClauseId> {
    let quotes = table.rows.iter().flat_map(Row::quotes);
    let is_open = |checked: &Option<Checked>| checked.as_ref().is_none_or(|of| !of.is_current());
    let in_rows = quotes.filter(|quote| is_open(&quote.checked));
    let alone = table.alone.iter();
    let alone = alone.filter(|alone| alone.is_compared && is_open(&alone.checked));
    let ids = in_rows
        .map(|quote| &quote.id)
        .chain(alone.map(|alone| &alone.id));
    let clauses: BTreeSet<ClauseId> = ids.filter_map(|id| corpus.find(id)).collect();
    clauses.into_iter().collect()
}

fn told(corpus: &Corpus, table: &ConvergenceTable, contest: &Contest) -> Doubt {
    let contender = |row: usize, near: f64| {
        let id = RowId::new(row);
        let row = table.row(id);
        let typical = typical_of(row, &corpus.clause(contest.clause).key);
        Contender {
            row: id,
            issue: row.issue.clone(),
            // The parts of a score may sum to more than 1.
            score: Score::new(near.clamp(0.0, 1.0)),
            typical: typical.map(|quote| quote.quoted.clone()),
        }
    };
    let place = contest.place.map(|row| contender(row, contest.own));
    let rivals = contest.rivals.iter();
    let rivals: Vec<Contender> = rivals.map(|(row, near)| contender(*row, *near)).collect();
    Doubt {
        quoted: Quoted::of(corpus, contest.clause),
        why: why(contest, place.as_ref(), &rivals),
        place,
        rivals,
    }
}

/// Returns the quote of a row that is most similar to all others, of those that are not of one clause.
fn typical_of<'r>(row: &'r Row, but: &str) -> Option<&'r Quote> {
    let others = row.quotes().filter(|quote| quote.id != but);
    let rank = |quote: &Quote| (quote.id == row.medoid, quote.score);
    others.max_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.id.cmp(&a.id)))
}

/// Returns why a place is unsure, in a sentence.
fn why(contest: &Contest, place: Option<&Contender>, rivals: &[Contender]) -> String {
    let near = |of: &Contender| format!("“{}” ({:.2})", of.issue, of.score.value());
    let rival = rivals.first().map(near).unwrap_or_default();
    let is_ahead = |own: &Contender| rivals.first().is_some_and(|first| first.score > own.score);
    let why = match (place, contest.among) {
        (_, Among::Candidate) => {
            format!("some words speak for {rival}, too few to place it there")
        }
        (None, _) => format!("it is in no row; {rival} is the nearest"),
        (Some(own), _) if is_ahead(own) => {
            format!("{rival} is nearer to it than its row {}", near(own))
        }
        (Some(own), Among::Found) if own.score.value() < LITTLE_LIKE => format!(
            "it is little like the other clauses of its row {}; {rival} comes next",
            near(own)
        ),
        (Some(own), _) => format!("{rival} comes next to its row {}", near(own)),
    };
    let is_placed = place.is_some() && contest.among != Among::Candidate;
    let is_elsewhere = contest.agreeing.is_some_and(|share| share <= 0.0) && is_placed;
    let nearest = if is_elsewhere {
        ", and its nearest clauses are in other rows"
    } else {
        ""
    };
    why + nearest
}
