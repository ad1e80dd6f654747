//! [`Remarks`]: notes on rows and on clauses that stand alone.

use crate::finding::{Annotated, RowForce};
use crate::report::form::snippet::first_words;
use crate::report::form::words::joined;
use crate::table::{Alone, ConvergenceTable, Row};

/// The most characters quoted of a row's typical clause.
const TYPICAL_CHARS: usize = 110;

/// Notes on a row, one line each; `None` if unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remarks {
    /// The stability of the row, and the boilerplate that drives it: for example
    /// `firm: its clauses stay together in 0.82 of 100 resampled runs`.
    pub stability: Option<String>,
    /// The clause most similar to all others of the row: `typical: CITATION, “its first words …”`;
    /// `None` for a row of fewer than three clauses.
    pub typical: Option<String>,
    /// The range of strength: `strengths differ: obligation to declaration`.
    pub force: Option<String>,
}

impl Remarks {
    /// Returns the notes on a row.
    pub fn of(table: Annotated<'_>, row: &Row) -> Self {
        Self {
            stability: stability(row),
            typical: typical(row),
            force: table.row_force(row).map(force),
        }
    }

    /// Returns the lines that are not `None`.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let all = [&self.stability, &self.typical, &self.force];
        all.into_iter().flatten().map(String::as_str)
    }
}

fn stability(row: &Row) -> Option<String> {
    let level = row.stability.map(|stability| {
        format!(
            "stability {}: its clauses stay together in {:.2} of {} resampled runs",
            stability.level.word(),
            stability.stability.value(),
            stability.n_runs
        )
    });
    let boilerplate = row.boilerplate.as_ref().map(|boilerplate| {
        format!(
            "hangs on boilerplate, “{}” ({:.2} of its similarity)",
            boilerplate.words,
            boilerplate.share.value()
        )
    });
    let known = joined(level.into_iter().chain(boilerplate), "; ");
    (!known.is_empty()).then_some(known)
}

fn typical(row: &Row) -> Option<String> {
    let quotes = || row.quotes();
    let quote = quotes().find(|quote| quote.id == row.medoid)?;
    (quotes().count() > 2).then(|| {
        let words = first_words(&quote.text, TYPICAL_CHARS);
        format!("typical: {}, “{words}”", quote.citation)
    })
}

fn force(force: RowForce) -> String {
    if force.differs {
        format!("strengths differ: {} to {}", force.strongest, force.weakest)
    } else {
        format!("of one strength: {}", force.strongest)
    }
}

/// Returns how a table was made, in a sentence: `Made with name: value; name: value.`; `None` if the
/// table does not say.
pub fn made_with(table: &ConvergenceTable) -> Option<String> {
    let parameters = table.parameters.iter();
    let parameters = joined(
        parameters.map(|(name, value)| format!("{name}: {value}")),
        "; ",
    );
    (!parameters.is_empty()).then(|| format!("Made with {parameters}."))
}

/// Returns why a clause stands alone: its nearest neighbor with the similarity, then the reason.
pub(in crate::report) fn why_alone(alone: &Alone) -> String {
    if alone.nearest.is_none() || alone.reason.is_empty() {
        nearest_or_reason(alone)
    } else {
        format!("{}; {}", nearest_or_reason(alone), alone.reason)
    }
}

/// Returns the nearest neighbor of a clause that stands alone, with the similarity; the reason if
/// there is no neighbor.
pub(in crate::report) fn nearest_or_reason(alone: &Alone) -> String {
    match &alone.nearest {
        Some(nearest) => format!(
            "nearest: {} {:.2}",
            nearest.clause.citation,
            nearest.score.value()
        ),
        None => alone.reason.clone(),
    }
}
