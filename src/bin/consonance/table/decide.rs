//! Corrections on the command line: one new entry for the file.

use std::path::Path;

use anyhow::Result;
use clap::Args;
use consonance::table::{Action, Corrections, Decision, Request};

use crate::corrections::append;

/// One correction; clauses are given by citation (\"GGE 13(i)\"), rows by part of their name.
#[derive(Debug, Args)]
#[command(next_help_heading = "Corrections, written into the file of --corrections")]
#[group(id = "correction", multiple = false, requires = "corrections")]
pub(crate) struct CorrectionArgs {
    /// Move a clause to the row named by --to; may be given several times.
    #[arg(long = "move", value_name = "CLAUSE", requires = "to")]
    moved: Vec<String>,

    /// Merge two rows, with the name --to if given.
    #[arg(long, num_args = 2, value_name = "ROW")]
    merge: Vec<String>,

    /// Take a clause out of its row into a new one, with the name --to if given; may be given several times.
    #[arg(long, value_name = "CLAUSE")]
    split: Vec<String>,

    /// Give a row the name --to.
    #[arg(long, value_name = "ROW", requires = "to")]
    rename: Option<String>,

    /// Keep a clause in a row with the name --to; may be given several times.
    #[arg(long, value_name = "CLAUSE", requires = "to")]
    pin: Vec<String>,

    /// Never put these two clauses into one row.
    #[arg(long, num_args = 2, value_name = "CLAUSE")]
    not_same: Vec<String>,

    /// Let a clause stand alone; may be given several times.
    #[arg(long, value_name = "CLAUSE")]
    alone: Vec<String>,

    /// Count a clause in the row named by --to as well; may be given several times.
    #[arg(long, value_name = "CLAUSE", requires = "to")]
    also: Vec<String>,

    /// Note that a person checked that a clause is in the right row; may be given several times.
    #[arg(long, value_name = "CLAUSE")]
    check: Vec<String>,

    /// Note that a person checked a row.
    #[arg(long, value_name = "ROW")]
    check_row: Option<String>,

    /// Note that a clause is an open question; may be given several times.
    #[arg(long, value_name = "CLAUSE")]
    open: Vec<String>,

    /// Note that a row is an open question.
    #[arg(long, value_name = "ROW")]
    open_row: Option<String>,
}

/// A correction and its details.
#[derive(Debug, Args)]
pub(crate) struct DecisionArgs {
    #[command(flatten)]
    correction: CorrectionArgs,

    /// The row to move to, or the new name.
    #[arg(long, value_name = "NAME", requires = "correction")]
    to: Option<String>,

    /// The author of the decision, for the record.
    #[arg(long, value_name = "NAME", requires = "correction")]
    author: Option<String>,

    /// The date of the decision, for the record.
    #[arg(long, value_name = "DATE", requires = "correction")]
    date: Option<String>,

    /// The reason for the decision, for the record.
    #[arg(long, value_name = "TEXT", requires = "correction")]
    note: Option<String>,
}

impl DecisionArgs {
    /// Returns the requested correction, if there is one.
    pub(crate) fn request(&self) -> Option<Request> {
        let given = &self.correction;
        let clauses = [
            (Action::Move, &given.moved),
            (Action::Split, &given.split),
            (Action::Pin, &given.pin),
            (Action::NotSame, &given.not_same),
            (Action::Alone, &given.alone),
            (Action::Also, &given.also),
            (Action::Check, &given.check),
            (Action::Open, &given.open),
        ];
        let about_clauses = clauses.into_iter().find(|(_, cited)| !cited.is_empty());
        let mut request = Request::to(match about_clauses {
            Some((action, _)) => action,
            None if given.rename.is_some() => Action::Rename,
            None if !given.merge.is_empty() => Action::Merge,
            None if given.check_row.is_some() => Action::Check,
            None if given.open_row.is_some() => Action::Open,
            None => return None,
        });
        request.clauses = about_clauses.map_or_else(Vec::new, |(_, cited)| cited.clone());
        let single = [&given.rename, &given.check_row, &given.open_row];
        let single = single.into_iter().flatten();
        request.rows = given.merge.iter().chain(single).cloned().collect();
        match request.action {
            Action::Move | Action::Also => request.rows.extend(self.to.clone()),
            _ => request.name.clone_from(&self.to),
        }
        Some(request)
    }

    /// Appends a decision to the file of corrections, and returns the corrections.
    pub(crate) fn write(&self, mut decision: Decision, path: &Path) -> Result<Corrections> {
        decision.author.clone_from(&self.author);
        decision.date.clone_from(&self.date);
        decision.note.clone_from(&self.note);
        append(path, &decision.to_toml())
    }
}
