//! [`CorpusBuilder`]: documents in any order to one [`Corpus`] in a fixed order.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::agreement::natural_order;
use crate::corpus::assemble::{assemble, one_spelling};
use crate::corpus::collection::Corpus;
use crate::corpus::copies::settle_copies;
use crate::corpus::draft::{Draft, DraftSource, draft_of, placed, tell_languages};
use crate::corpus::original::{SourceFile, starts_of};
use crate::corpus::params::LoadParams;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::{Parsed, Placement};
use crate::words::fold_name;

/// Collects documents in any order and builds one corpus of them, in a fixed order.
///
/// Documents of clause records whose names differ only in accents, case or punctuation are one
/// agreement; process names that differ only so are one process. A text that is a copy of another is left
/// out, and versions of one agreement are one process, unless their processes are given. All this is
/// reported in diagnostics.
#[derive(Clone, Debug, Default)]
pub struct CorpusBuilder {
    sources: Vec<DraftSource>,
    /// The files that were opened, each with its hash.
    files: Vec<SourceFile>,
    placements: Vec<Placement>,
    diagnostics: Vec<Diagnostic>,
    /// Files whose texts are no copies or versions of others.
    apart: Vec<String>,
    pub(super) params: LoadParams,
}

impl CorpusBuilder {
    /// Returns an empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns an empty builder that segments texts as the parameters say.
    pub fn with_params(params: &LoadParams) -> Self {
        Self {
            params: params.clone(),
            ..Self::default()
        }
    }

    /// Adds everything that one file contains; `file` is its name relative to the folder that was read.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::CorpusBuilder;
    /// use consonance::read::{ReadLimits, read};
    ///
    /// // What a download brought, which is in no file.
    /// let parsed = read(b"1. Members shall keep a light.", "code.txt", &ReadLimits::default())?;
    /// let mut builder = CorpusBuilder::new();
    /// builder.add(parsed, Some("code.txt"));
    /// let corpus = builder.build()?;
    /// assert_eq!(corpus.clauses()[0].key, "code/1");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn add(&mut self, reading: Parsed, file: Option<&str>) -> &mut Self {
        let starts = starts_of(&reading.documents);
        let documents = reading.documents.into_iter().zip(starts);
        let sources = documents.map(|(document, start)| DraftSource {
            document,
            file: file.map(str::to_owned),
            start,
        });
        self.sources.extend(sources);
        self.placements.extend(reading.placements);
        self.diagnostics.extend(reading.diagnostics);
        self
    }

    /// Makes the texts of a file agreements of their own, also where they are copies or versions of others:
    /// as for a draft that is held against its sources. Each is an agreement of its own process.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use consonance::corpus::CorpusBuilder;
    ///
    /// let text = "1. Keep the lights of the harbor.\n2. Keep the bells of the reef.\n3. Keep the logs of the pier.\n";
    /// let mut builder = CorpusBuilder::new();
    /// builder.add_files(&BTreeMap::from([("agreed.txt", text.as_bytes()), ("draft.txt", text.as_bytes())]))?;
    /// assert_eq!(builder.clone().build()?.agreements().len(), 1);
    /// builder.keep_apart("draft.txt");
    /// assert_eq!(builder.build()?.agreements().len(), 2);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn keep_apart(&mut self, file: &str) -> &mut Self {
        self.apart.push(file.to_owned());
        self
    }

    /// Returns the files that were opened, in the order of their names in each input.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Adds files that were opened.
    pub(super) fn note_files(&mut self, files: impl IntoIterator<Item = SourceFile>) -> &mut Self {
        self.files.extend(files);
        self
    }

    /// Adds a diagnostic that belongs to no document.
    pub(super) fn diagnose(&mut self, diagnostic: Diagnostic) -> &mut Self {
        self.diagnostics.push(diagnostic);
        self
    }

    /// Returns the corpus of everything that was added.
    ///
    /// Takes time linear in the text, and n log n in the number of clauses for their order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Empty`] if no document contains a clause; [`ErrorKind::Limit`] if there are more than
    /// [`LoadParams::max_clauses`].
    pub fn build(self) -> Result<Corpus> {
        let mut diagnostics = self.diagnostics;
        let groups = group_by_key(self.sources, &mut diagnostics);
        let made: Vec<(Draft, Vec<Diagnostic>)> = groups
            .into_par_iter()
            .map(|(key, group)| {
                let mut told = Vec::new();
                let draft = draft_of(key, group, &self.params, &mut told);
                (draft, told)
            })
            .collect();
        let mut drafts = Vec::new();
        for (draft, told) in made {
            diagnostics.extend(told);
            if draft.clauses.is_empty() {
                let message = format!("`{}` holds no clause", draft.key);
                diagnostics.push(placed(Severity::Skipped, message, draft.file.as_deref()));
            } else {
                drafts.push(draft);
            }
        }
        let drafts = settle_copies(drafts, &self.apart, &mut diagnostics);
        tell_languages(&drafts, &mut diagnostics);
        let n_clauses: usize = drafts.iter().map(|draft| draft.clauses.len()).sum();
        if n_clauses == 0 {
            return Err(nothing_to_read(&diagnostics));
        }
        let max_clauses = self.params.max_clauses;
        if n_clauses > max_clauses {
            let message = format!(
                "{n_clauses} clauses are more than the {max_clauses} of `max_clauses`: read fewer files"
            );
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let corpus = assemble(drafts, self.placements, diagnostics);
        Ok(corpus.with_files(self.files))
    }
}

fn nothing_to_read(diagnostics: &[Diagnostic]) -> Error {
    let refused = diagnostics.iter();
    let refused = refused.filter(|told| told.severity >= Severity::Skipped);
    let refused: Vec<String> = refused.take(5).map(ToString::to_string).collect();
    let colon = if refused.is_empty() { "" } else { ": " };
    let reasons = refused.join("; ");
    let message = format!("no clause was found in the input{colon}{reasons}");
    Error::new(ErrorKind::Empty, message)
}

/// Combines the documents of one agreement; agreements are in the order of their keys.
fn group_by_key(
    mut sources: Vec<DraftSource>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Vec<DraftSource>)> {
    let order = |of: &DraftSource| (of.file.clone(), of.document.key.clone(), of.is_whole_text());
    sources.sort_by_cached_key(order);
    let mut n_texts_of_stem: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.is_whole_text()) {
        let stem = fold_name(&source.stem());
        *n_texts_of_stem.entry(stem).or_default() += 1;
    }
    let mut groups: BTreeMap<String, (Vec<String>, Vec<DraftSource>)> = BTreeMap::new();
    for source in sources {
        let stem = source.stem();
        let n_texts = n_texts_of_stem.get(&fold_name(&stem));
        let is_ambiguous = n_texts.is_some_and(|n| *n > 1);
        let key = match &source.file {
            Some(file) if source.is_whole_text() && is_ambiguous => file.clone(),
            _ => stem,
        };
        // Two files are two agreements even if their names differ only in an accent.
        let group = if source.is_whole_text() {
            key.clone()
        } else {
            fold_name(&key)
        };
        let (keys, members) = groups.entry(group).or_default();
        keys.push(key);
        members.push(source);
    }
    let mut result: Vec<(String, Vec<DraftSource>)> = groups
        .into_values()
        .map(|(keys, members)| (one_spelling(&keys, "agreement", diagnostics), members))
        .collect();
    result.sort_by(|a, b| natural_order(&a.0, &b.0));
    result
}
