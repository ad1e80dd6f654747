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

    /// Adds decisions; returns the entries, which [`Ledger::take_back`] removes again.
    pub(super) fn add(&self, decisions: Vec<Decision>) -> Result<String> {
        let signed = decisions.into_iter().map(|mut decision| {
            decision.author.clone_from(&self.args.author);
            decision.date.clone_from(&self.args.date);
            decision.to_toml()
        });
        let entries = signed.collect::<Vec<_>>().join("\n");
        if !entries.is_empty() {
            append(self.path, &entries)?;
        }
        Ok(entries)
    }

    pub(super) fn take_back(&self, entries: &str) -> Result<()> {
        if !entries.is_empty() {
            take_back(self.path, entries)?;
        }
        Ok(())
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }
}
