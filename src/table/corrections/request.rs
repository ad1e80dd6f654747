//! [`Request`]: a decision as a person states it, before it becomes an entry of the corrections.

use crate::corpus::{Corpus, find_clause};
use crate::error::{Error, ErrorKind, Result, named};
use crate::id::{ClauseId, RowId};
use crate::table::convergence_table::{ConvergenceTable, Quote, Row};
use crate::table::corrections::anchor::{ClauseAnchor, IssueAnchor, Known, KnownClauses};
use crate::table::corrections::decision::{Action, Decision};
use crate::words::fold_name;

/// The most candidates that a message names.
const MAX_NAMED: usize = 8;
/// The most anchors stored for an issue, but for one that was checked.
const MAX_ANCHORS: usize = 50;

/// A decision as a person states it: citations for clauses, names of rows for issues.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::table::{Action, ConvergeParams, Corrections, Request, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let table = converge(&corpus, &params)?;
/// let mut request = Request::to(Action::Alone);
/// request.clauses.push("GGE 13(i)".to_owned());
/// let decision = request.decide(&corpus, &table)?;
///
/// let corrections = Corrections::parse(&decision.to_toml())?;
/// let corrected = converge(&corpus, &params.corrections(corrections))?;
/// assert!(corrected.decisions[0].is_applied());
/// assert!(corrected.alone.iter().any(|clause| clause.id == "gge2015/13(i)"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// What to do.
    pub action: Action,
    /// The clauses, as citations that [`find_clause`] reads.
    pub clauses: Vec<String>,
    /// The rows: their names, or words that occur in one name only.
    pub rows: Vec<String>,
    /// The name to give.
    pub name: Option<String>,
}

impl Request {
    /// Returns a request for an action, without clauses and rows.
    pub fn to(action: Action) -> Self {
        Self {
            action,
            clauses: Vec::new(),
            rows: Vec::new(),
            name: None,
        }
    }

    /// Returns the entry of the corrections for the request, made from the current table.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if a citation or a name matches none or several, with the candidates;
    /// if a part is missing or superfluous; or if the new name is another row's.
    pub fn decide(&self, corpus: &Corpus, table: &ConvergenceTable) -> Result<Decision> {
        let known = KnownClauses::of(corpus);
        let ids = self.clauses.iter();
        let ids = ids.map(|typed| clause_of(corpus, &known, typed));
        let ids: Vec<ClauseId> = ids.collect::<Result<_>>()?;
        let clauses = ids.iter().map(|id| ClauseAnchor::of(corpus, *id));
        let clauses: Vec<ClauseAnchor> = clauses.collect();
        let rows = self.rows.iter().map(|typed| find_row(table, typed));
        let mut rows: Vec<RowId> = rows.collect::<Result<_>>()?;
        let twice = (1..rows.len()).find(|&place| rows[..place].contains(&rows[place]));
        if let Some(place) = twice {
            let issue = &table.row(rows[place]).issue;
            return Err(refusal(format!("the row `{issue}` is named twice")));
        }
        let twice = (1..clauses.len()).find(|&place| clauses[..place].contains(&clauses[place]));
        if let Some(place) = twice {
            let clause = clauses[place].in_words();
            return Err(refusal(format!("the clause {clause} is named twice")));
        }
        self.check_name(table, &rows)?;
        let is_check = matches!(self.action, Action::Check | Action::Open);
        // What changes in a row after it was checked is told for each of its clauses, and that a checked clause left its row
        // for each that was named; these come first.
        let most = match is_check {
            true if ids.is_empty() => usize::MAX,
            true => MAX_ANCHORS.max(ids.len()),
            false => MAX_ANCHORS,
        };
        // A clause is checked as one of its row.
        if is_check && rows.is_empty() {
            rows = rows_of(corpus, table, &ids);
        }
        let mark = |row: &RowId| {
            let clauses = stored_clauses(corpus, table.row(*row), &ids);
            mark_of(corpus, table.row(*row), &clauses[..most.min(clauses.len())])
        };
        let decision = Decision {
            action: self.action,
            clauses,
            issues: rows.iter().map(mark).collect(),
            name: self.name.clone(),
            date: None,
            author: None,
            note: None,
        };
        decision.check().map_err(refusal)?;
        Ok(decision)
    }

    /// Refuses a name that another row has.
    fn check_name(&self, table: &ConvergenceTable, rows: &[RowId]) -> Result<()> {
        let Some(name) = &self.name else {
            return Ok(());
        };
        let Some(holder) = row_named(table, name) else {
            return Ok(());
        };
        let row = table.row(holder);
        let is_named = rows.contains(&holder);
        // Pinning clauses to an issue that a person named adds to it.
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

impl Decision {
    /// Returns the decision that clauses stay together in an issue of this name, without those that have a twin.
    pub(crate) fn pin(corpus: &Corpus, name: &str, clauses: &[ClauseId]) -> Self {
        let known = KnownClauses::of(corpus);
        let mark = |clause: &ClauseId| {
            let mark = ClauseAnchor::of(corpus, *clause);
            (known.find(&mark) == Known::Same(*clause)).then_some(mark)
        };
        Self {
            action: Action::Pin,
            clauses: clauses.iter().filter_map(mark).collect(),
            issues: Vec::new(),
            name: Some(name.to_owned()),
            date: None,
            author: None,
            note: None,
        }
    }
}

fn refusal(message: String) -> Error {
    Error::new(ErrorKind::Parameter, message)
}

fn clause_of(corpus: &Corpus, known: &KnownClauses<'_>, typed: &str) -> Result<ClauseId> {
    let clause: ClauseId = find_clause(corpus, typed)?;
    if known.find(&ClauseAnchor::of(corpus, clause)) == Known::Same(clause) {
        return Ok(clause);
    }
    let message =
        format!("`{typed}` has a twin of the same label and words: they cannot be told apart");
    Err(refusal(message))
}

/// Returns the rows that hold one of some clauses.
fn rows_of(corpus: &Corpus, table: &ConvergenceTable, clauses: &[ClauseId]) -> Vec<RowId> {
    let holds = |row: &RowId| {
        let mut quotes = table.row(*row).quotes();
        quotes.any(|quote| {
            corpus
                .find(&quote.id)
                .is_some_and(|id| clauses.contains(&id))
        })
    };
    table.row_ids().filter(holds).collect()
}

/// Returns the clauses of a row of a table of this corpus, as they are stored if not all can be: those of a decision,
/// then those most similar to the others.
fn stored_clauses(corpus: &Corpus, row: &Row, decided: &[ClauseId]) -> Vec<ClauseId> {
    let mut quotes: Vec<&Quote> = row.quotes().collect();
    quotes.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let clauses = quotes.iter().filter_map(|quote| corpus.find(&quote.id));
    let mut clauses: Vec<ClauseId> = clauses.collect();
    clauses.sort_by_key(|clause| !decided.contains(clause));
    clauses
}

/// Returns the anchor of a row with some of its clauses.
fn mark_of(corpus: &Corpus, row: &Row, clauses: &[ClauseId]) -> IssueAnchor {
    let mut clauses = clauses.to_vec();
    clauses.sort_unstable();
    let anchors = clauses.iter().map(|id| ClauseAnchor::of(corpus, *id));
    IssueAnchor {
        name: row.issue.clone(),
        anchors: anchors.collect(),
    }
}

/// Returns the row with this name, or the only one whose name contains it; case does not count.
///
/// # Errors
///
/// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if no row or several match; the
/// message names them.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::table::{ConvergeParams, converge, find_row};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let row = find_row(&table, "human rights")?;
/// assert_eq!(table.row(row).n_processes, 8);
/// assert!(find_row(&table, "lighthouses").is_err());
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn find_row(table: &ConvergenceTable, typed: &str) -> Result<RowId> {
    if let Some(row) = row_named(table, typed) {
        return Ok(row);
    }
    let wanted = fold_name(typed);
    let holds =
        |id: &RowId| !wanted.is_empty() && fold_name(&table.row(*id).issue).contains(&wanted);
    let holding: Vec<RowId> = table.row_ids().filter(holds).collect();
    Err(refusal(match holding[..] {
        [only] => return Ok(only),
        [] => {
            let names = names_in_words(table, table.row_ids());
            format!("no row is named `{typed}`: there are {names}")
        }
        _ => {
            let names = names_in_words(table, holding.into_iter());
            format!("`{typed}` is in the names of several rows: {names}")
        }
    }))
}

/// Returns the row with this name, but for case, accents and punctuation.
pub(crate) fn row_named(table: &ConvergenceTable, name: &str) -> Option<RowId> {
    let wanted = fold_name(name);
    let mut rows = table.row_ids();
    rows.find(|row| fold_name(&table.row(*row).issue) == wanted)
}

fn names_in_words(table: &ConvergenceTable, rows: impl ExactSizeIterator<Item = RowId>) -> String {
    named(rows.map(|id| &table.row(id).issue), MAX_NAMED)
}
