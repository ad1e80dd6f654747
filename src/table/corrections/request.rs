//! [`Wish`]: a decision in a person's words, before it is an entry of the ledger.

use crate::agreement::fold_name;
use crate::corpus::Corpus;
use crate::corpus::find_clause;
use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::table::convergence_table::{ConvergenceTable, Row};
use crate::table::corrections::anchor::{ClauseMark, IssueMark};
use crate::table::corrections::anchor::{Known, KnownClauses};
use crate::table::corrections::{Action, Decision};

/// The most candidates that a message names.
const MAX_NAMED: usize = 8;

/// A decision as a person says it: citations for clauses, names of rows for issues.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wish {
    /// What to do.
    pub action: Action,
    /// The clauses, as [`find_clause`] reads them.
    pub clauses: Vec<String>,
    /// The rows: their names, or words that only one of them has.
    pub rows: Vec<String>,
    /// The name to give.
    pub name: Option<String>,
}

impl Wish {
    /// Returns the wish to do something, to nothing yet.
    pub fn to(action: Action) -> Self {
        Self {
            action,
            clauses: Vec::new(),
            rows: Vec::new(),
            name: None,
        }
    }

    /// Returns the entry of the ledger that the wish asks for, made from the table it looks at.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if a citation or a name fits nothing or several, with the candidates;
    /// if a part is missing or too many; or if the name to give is another row's.
    pub fn decide(&self, corpus: &Corpus, table: &ConvergenceTable) -> Result<Decision> {
        let clauses = self.clauses.iter().map(|typed| clause_mark(corpus, typed));
        let clauses: Vec<ClauseMark> = clauses.collect::<Result<_>>()?;
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .map(|typed| find_row(table, typed))
            .collect::<Result<_>>()?;
        let is_twice =
            |row: &&Row| rows.iter().filter(|other| other.issue == row.issue).count() > 1;
        if let Some(row) = rows.iter().find(|row| is_twice(row)) {
            return Err(refusal(format!("the row `{}` is named twice", row.issue)));
        }
        let twice = (1..clauses.len()).find(|&place| clauses[..place].contains(&clauses[place]));
        if let Some(place) = twice {
            let clause = clauses[place].in_words();
            return Err(refusal(format!("the clause {clause} is named twice")));
        }
        self.check_name(table, &rows)?;
        let decision = Decision {
            action: self.action,
            clauses,
            issues: rows.iter().map(|row| IssueMark::of(corpus, row)).collect(),
            name: self.name.clone(),
            date: None,
            author: None,
            note: None,
        };
        decision.check().map_err(refusal)?;
        Ok(decision)
    }

    /// Refuses a name that a row has which is not the one to be named.
    fn check_name(&self, table: &ConvergenceTable, rows: &[&Row]) -> Result<()> {
        let Some(name) = &self.name else {
            return Ok(());
        };
        let has_name = |row: &&Row| fold_name(&row.issue) == fold_name(name);
        let Some(row) = table.rows.iter().find(has_name) else {
            return Ok(());
        };
        let is_named = rows.iter().any(|named| named.issue == row.issue);
        // To pin clauses to an issue that a person named is to add to it.
        let is_added_to = self.action == Action::Pin && !row.origin.is_found();
        if is_named || is_added_to {
            return Ok(());
        }
        let message = format!(
            "there is a row `{}` already: move the clauses to it",
            row.issue
        );
        Err(refusal(message))
    }
}

fn refusal(message: String) -> Error {
    Error::new(ErrorKind::Parameter, message)
}

fn clause_mark(corpus: &Corpus, typed: &str) -> Result<ClauseMark> {
    let clause: ClauseId = find_clause(corpus, typed)?;
    let mark = ClauseMark::of(corpus, clause);
    if KnownClauses::of(corpus).find(&mark) == Known::Same(clause) {
        return Ok(mark);
    }
    let message =
        format!("`{typed}` has a twin of the same label and words: they cannot be told apart");
    Err(refusal(message))
}

/// Returns the row of this name, or the only one whose name holds it; case does not count.
///
/// # Errors
///
/// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if no row or several fit; the message names
/// them.
pub fn find_row<'t>(table: &'t ConvergenceTable, typed: &str) -> Result<&'t Row> {
    let wanted = fold_name(typed);
    let rows = || table.rows.iter();
    if let Some(row) = rows().find(|row| fold_name(&row.issue) == wanted) {
        return Ok(row);
    }
    let holds = |row: &&Row| !wanted.is_empty() && fold_name(&row.issue).contains(&wanted);
    let holding: Vec<&Row> = rows().filter(holds).collect();
    match holding[..] {
        [only] => Ok(only),
        [] => {
            let all: Vec<&Row> = rows().collect();
            let names = names_in_words(&all);
            Err(refusal(format!(
                "no row is named `{typed}`: there are {names}"
            )))
        }
        _ => {
            let names = names_in_words(&holding);
            Err(refusal(format!(
                "`{typed}` is in the names of several rows: {names}"
            )))
        }
    }
}

fn names_in_words(rows: &[&Row]) -> String {
    let mut names: Vec<String> = rows
        .iter()
        .take(MAX_NAMED)
        .map(|row| format!("`{}`", row.issue))
        .collect();
    if rows.len() > MAX_NAMED {
        names.push(format!("{} more", rows.len() - MAX_NAMED));
    }
    names.join(", ")
}
