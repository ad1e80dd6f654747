//! [`doubtful_clauses`]: what the page asks a person about clauses whose place is unsure.

use serde::Serialize;

use crate::id::ClauseId;
use crate::report::html::scope::Scope;
use crate::table::{ClauseAnchor, Contender, Doubt};

/// A clause to ask about: its number, the row it is in, the rows it may belong to, and why.
#[derive(Serialize)]
pub(super) struct DoubtfulClause<'a>(usize, Option<PossibleRow>, Vec<PossibleRow>, &'a str);

/// A row that a clause may belong to: its place, how near the clause is to it in hundredths, and the number of a
/// typical clause.
#[derive(Serialize)]
struct PossibleRow(usize, f64, Option<usize>);

/// Returns the doubtful clauses that the page shows, each with those of its rows that the page shows. One that has a
/// twin is left out: corrections could not tell the two apart.
pub(super) fn doubtful_clauses<'s>(scope: &'s Scope<'_>) -> Vec<DoubtfulClause<'s>> {
    let doubts = scope.findings.doubts.iter();
    doubts.filter_map(|doubt| of_doubt(scope, doubt)).collect()
}

fn of_doubt<'s>(scope: &Scope<'_>, doubt: &'s Doubt) -> Option<DoubtfulClause<'s>> {
    let clause = scope.clause(&doubt.quoted.id)?;
    if !scope.shown.contains(&clause) || has_twin(scope, clause) {
        return None;
    }
    let place = match &doubt.place {
        Some(place) => Some(possible_row(scope, place)?),
        None => None,
    };
    let rivals = doubt.rivals.iter();
    let rivals = rivals.filter_map(|rival| possible_row(scope, rival));
    let rivals: Vec<PossibleRow> = rivals.collect();
    let is_choice = !rivals.is_empty();
    is_choice.then(|| DoubtfulClause(clause.index(), place, rivals, &doubt.why))
}

fn possible_row(scope: &Scope<'_>, contender: &Contender) -> Option<PossibleRow> {
    let typical = contender.typical.as_ref();
    let typical = typical.and_then(|typical| scope.clause(&typical.id));
    let hundredths = (contender.score.value() * 100.0).round();
    let place = scope.place_of(contender.row)?;
    Some(PossibleRow(place, hundredths, typical.map(ClauseId::index)))
}

fn has_twin(scope: &Scope<'_>, clause: ClauseId) -> bool {
    let corpus = scope.corpus();
    let own = ClauseAnchor::of(corpus, clause);
    let label = |id: ClauseId| corpus.clause(id).label.as_ref();
    let others = corpus.clauses_of(corpus.clause(clause).agreement);
    let mut others = others.filter(|other| *other != clause && label(*other) == label(clause));
    others.any(|other| ClauseAnchor::of(corpus, other) == own)
}
