//! Answers from a list that was filled in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use consonance::read::{ReadLimits, read_answers};
use consonance::report::counted;

use super::ledger::Ledger;
use super::{Args, Reviewed};
use crate::output::tell;

/// Keeps the answers of a list; one that is not understood is told with its place and costs no other.
///
/// Returns whether all were understood.
pub(super) fn read_from(path: &Path, args: &Args, reviewed: &Reviewed) -> Result<bool> {
    let ledger = Ledger::of(args)?;
    let name = path.display();
    let bytes = fs::read(path).with_context(|| name.to_string())?;
    let answers = read_answers(&bytes, &ReadLimits::default());
    let answers = answers.map_err(|error| error.in_file(name.to_string()))?;
    let (mut n_kept, mut n_empty, mut decisions) = (0, 0, Vec::new());
    for answer in &answers {
        match answer.decide(&reviewed.corpus, &reviewed.table) {
            Ok(made) if made.is_empty() => n_empty += 1,
            Ok(made) => {
                n_kept += 1;
                decisions.extend(made);
            }
            Err(error) => tell(&format!(
                "{name}, {} ({}): not kept: {error}",
                answer.place, answer.clause
            )),
        }
    }
    ledger.add(decisions)?;
    tell(&format!(
        "{} of {} kept in {}, {n_empty} left empty",
        counted(n_kept, "answer", "answers"),
        answers.len(),
        ledger.name()
    ));
    Ok(n_kept + n_empty == answers.len())
}
