//! The versions that are read: a text a file, or one of the texts of a file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::VersionText;
use consonance::id::AgreementId;

use crate::command::Outcome;
use crate::inputs::tell_unread;

/// Reads each version by itself, so that none is taken for a copy of another.
pub(super) fn read(paths: &[PathBuf]) -> Result<(Vec<VersionText>, Outcome)> {
    let mut texts: Vec<VersionText> = Vec::new();
    let mut outcome = Outcome::Done;
    for typed in paths {
        let chosen = Chosen::of(typed);
        let corpus = Corpus::load(std::slice::from_ref(&chosen.path), &LoadParams::default())?;
        let agreement = chosen.agreement_in(&corpus)?;
        let name = chosen.name(&texts);
        texts.push(VersionText::of(&corpus, agreement).named(&name));
        if tell_unread(&corpus) == Outcome::SomeRefused {
            outcome = Outcome::SomeRefused;
        }
    }
    Ok((texts, outcome))
}

/// A file, and the key of one of its texts.
struct Chosen<'t> {
    typed: &'t Path,
    path: PathBuf,
    key: Option<String>,
}

impl<'t> Chosen<'t> {
    /// Divides `FILE#KEY`, unless there is a file of that whole name.
    fn of(typed: &'t Path) -> Self {
        let text = typed.to_string_lossy();
        let (path, key) = match text.rsplit_once('#') {
            Some((path, key)) if !typed.exists() => (PathBuf::from(path), Some(key.to_owned())),
            _ => (typed.to_owned(), None),
        };
        Self { typed, path, key }
    }

    fn agreement_in(&self, corpus: &Corpus) -> Result<AgreementId> {
        let agreements = corpus.agreements();
        let keys = || {
            let keys: Vec<&str> = agreements.iter().map(|of| of.key.as_str()).collect();
            keys.join(", ")
        };
        let file = self.path.display();
        match (&self.key, agreements) {
            (Some(key), _) => {
                let place = agreements.iter().position(|of| of.key == *key);
                let place = place
                    .with_context(|| format!("{file} has no text `{key}`: it has {}", keys()))?;
                Ok(AgreementId::new(place))
            }
            (None, [_]) => Ok(AgreementId::new(0)),
            (None, _) => bail!(
                "{file} holds several texts: choose one, as in `{file}#KEY`, of {}",
                keys()
            ),
        }
    }

    /// Returns the key or the file's name; the whole path if another version has that name.
    fn name(&self, others: &[VersionText]) -> String {
        let file = self.path.file_name().unwrap_or_default().to_string_lossy();
        let short = self.key.clone().unwrap_or_else(|| file.into_owned());
        if others.iter().any(|text| text.name() == short) {
            self.typed.display().to_string()
        } else {
            short
        }
    }
}
