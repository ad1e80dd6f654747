//! [`Set`]: clauses with their coding, filed under what counts as one process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::evaluation::Coding;
use serde::Deserialize;

use super::args::Other;
use crate::bundled;
use crate::inputs::{load, parsed_at};

/// What stands for the clauses' own lines on the command line.
const OWN_LABELS: &str = "label";

/// Clauses and what a person made of them.
pub(crate) struct Set {
    pub(crate) corpus: Corpus,
    pub(crate) coding: Coding,
    /// The process, or what stands for it, of each clause.
    pub(crate) groups: BTreeMap<String, String>,
}

/// Where a set lies.
pub(crate) struct Source {
    /// Nothing for the bundled corpus.
    pub(crate) clauses: Option<PathBuf>,
    /// Nothing for the coding of the bundled corpus.
    pub(crate) coding: Option<PathBuf>,
    pub(crate) other: Other,
}

/// The part of a clause's line that no corpus keeps.
#[derive(Deserialize)]
struct FamilyLine {
    id: String,
    family: Option<String>,
}

impl Set {
    pub(crate) fn load(source: &Source) -> Result<Self> {
        let coding = match (&source.coding, &source.clauses) {
            (Some(coding), clauses) => read_coding(coding, clauses.as_deref())?,
            (None, None) => bundled::coding()?,
            (None, Some(_)) => bail!("there is no coding to score against: give --coding"),
        };
        let corpus = load(source.clauses.as_slice(), &LoadParams::default())?;
        let corpus = file_under(corpus, source)?;
        let groups = groups_of(&corpus);
        Ok(Self {
            corpus,
            coding,
            groups,
        })
    }
}

/// Returns the coding in a file, or in the lines of the clauses.
fn read_coding(coding: &Path, clauses: Option<&Path>) -> Result<Coding> {
    let (path, field) = match clauses {
        Some(clauses) if coding.as_os_str() == OWN_LABELS => (clauses, OWN_LABELS),
        _ => (coding, "issue"),
    };
    parsed_at(path, |text| Coding::parse_field(text, field))
}

/// Files agreements under what counts as one process.
fn file_under(corpus: Corpus, source: &Source) -> Result<Corpus> {
    match (source.other, &source.clauses) {
        (Other::Process, _) => Ok(corpus),
        (Other::Agreement, _) => Ok(corpus.with_processes(|agreement| agreement.key.clone())),
        (Other::Family, None) => bail!("the clauses of the bundled corpus have no `family`"),
        (Other::Family, Some(clauses)) => {
            let family_of = families(&corpus, clauses)?;
            Ok(corpus.with_processes(|agreement| {
                let family = family_of.get(&agreement.key);
                family.unwrap_or(&agreement.key).clone()
            }))
        }
    }
}

/// Returns the family of each agreement, by its key.
fn families(corpus: &Corpus, clauses: &Path) -> Result<BTreeMap<String, String>> {
    let mut family_of = BTreeMap::new();
    for (number, line) in (1..).zip(read_file(clauses)?.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{}:{number}", clauses.display());
        let line: FamilyLine = serde_json::from_str(line).with_context(place)?;
        let Some(family) = line.family else {
            bail!("{}: the clause has no `family`", place());
        };
        let Some(clause) = corpus.find(&line.id) else {
            continue;
        };
        let agreement = corpus.agreement(corpus.clause(clause).agreement);
        family_of.insert(agreement.key.clone(), family);
    }
    Ok(family_of)
}

fn groups_of(corpus: &Corpus) -> BTreeMap<String, String> {
    corpus
        .clause_ids()
        .map(|id| {
            let process = corpus.process(corpus.process_of(id));
            (corpus.clause(id).key.clone(), process.name.clone())
        })
        .collect()
}
