//! Corrections on the command line: one new entry for the file.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use consonance::corpus::read_file;
use consonance::report::save;
use consonance::table::{Action, Corrections, Decision, Request};

use crate::inputs::parsed_at;
use crate::output::is_same_file;

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
        ];
        let about_clauses = clauses.into_iter().find(|(_, cited)| !cited.is_empty());
        let mut request = Request::to(match about_clauses {
            Some((action, _)) => action,
            None if given.rename.is_some() => Action::Rename,
            None if !given.merge.is_empty() => Action::Merge,
            None => return None,
        });
        request.clauses = about_clauses.map_or_else(Vec::new, |(_, cited)| cited.clone());
        request.rows = given.merge.iter().chain(&given.rename).cloned().collect();
        match request.action {
            Action::Move => request.rows.extend(self.to.clone()),
            _ => request.name.clone_from(&self.to),
        }
        Some(request)
    }

    /// Appends a decision to the file of corrections, whose text is kept, and returns the corrections.
    ///
    /// The file is locked meanwhile, so that of several programs that write at once none loses a decision.
    pub(crate) fn write(&self, mut decision: Decision, path: &Path) -> Result<Corrections> {
        decision.author.clone_from(&self.author);
        decision.date.clone_from(&self.date);
        decision.note.clone_from(&self.note);
        let _lock = lock(path).with_context(|| path.display().to_string())?;
        let mut text = read_file(path)?;
        if !text.is_empty() {
            let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
            text.push_str(gap);
        }
        text.push_str(&decision.to_toml());
        let corrections =
            Corrections::parse(&text).context("the corrections with the new entry")?;
        save(path, &text)?;
        Ok(corrections)
    }
}

/// Returns the file at `path`, which is created if missing, locked until it is dropped.
fn lock(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        file.lock()?;
        // While this program waited, another may have put a new file in its place.
        let is_replaced = match fs::metadata(path) {
            Ok(there) => !is_same_file(&file.metadata()?, &there),
            Err(_) => true,
        };
        if !is_replaced || cfg!(not(unix)) {
            return Ok(file);
        }
    }
}

/// Returns the corrections in a file.
pub(crate) fn read_corrections(path: &Path) -> Result<Corrections> {
    parsed_at(path, Corrections::parse)
}
