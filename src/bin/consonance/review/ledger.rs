//! [`Ledger`]: the file of corrections in which answers are kept.

use std::path::Path;

use anyhow::{Result, bail};
use consonance::table::Decision;

use super::Args;
use crate::corrections::{append, take_back};

/// The file of corrections, and who answers when.
pub(super) struct Ledger<'a> {
    path: &'a Path,
    args: &'a Args,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(args: &'a Args) -> Result<Self> {
        match &args.corrections {
            Some(path) => Ok(Self { path, args }),
            None => bail!("answers need a file: give --corrections"),
        }
    }

    /// Adds decisions; returns them as they were signed, for [`Ledger::take_back`].
    pub(super) fn add(&self, mut decisions: Vec<Decision>) -> Result<Vec<Decision>> {
        for decision in &mut decisions {
            decision.author.clone_from(&self.args.author);
            decision.date.clone_from(&self.args.date);
        }
        if !decisions.is_empty() {
            let entries: Vec<String> = decisions.iter().map(Decision::to_toml).collect();
            append(self.path, &entries.join("\n"))?;
        }
        Ok(decisions)
    }

    pub(super) fn take_back(&self, decisions: &[Decision]) -> Result<()> {
        if !decisions.is_empty() {
            take_back(self.path, decisions)?;
        }
        Ok(())
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }
}
