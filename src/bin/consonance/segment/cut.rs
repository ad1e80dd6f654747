//! A file cut into clauses.

use std::fs;
use std::ops::Range;
use std::path::Path;

use consonance::agreement::Metadata;
use consonance::clause::{
    Classified, ClauseKind, Granularity, KindReason, Kinds, Segment, Segmentation, segment,
};
use consonance::error::{Diagnostic, Error, ErrorKind, Severity};
use consonance::language::Language;
use consonance::read::{
    Body, ClauseRecord, Document, Parsed, ReadLimits, add_to_file_text, format_of, read,
};
use serde::Serialize;

/// A file and its clauses, as printed.
#[derive(Debug, Serialize)]
pub(crate) struct CutFile {
    pub(crate) file: String,
    pub(crate) format: String,
    pub(crate) title: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) clauses: Vec<CutClause>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    pub(crate) text: String,
    #[serde(skip)]
    pub(crate) is_refused: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct CutClause {
    pub(crate) label: Option<String>,
    pub(crate) kind: ClauseKind,
    pub(crate) kind_reason: KindReason,
    pub(crate) heading: Option<String>,
    pub(crate) level: u8,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) lead_in: Option<String>,
    pub(crate) text: String,
}

/// Reads a file and cuts it into clauses; one that cannot be read is refused.
pub(crate) fn cut_file(path: &Path, grain: Granularity) -> CutFile {
    let name = path.display().to_string();
    let mut cut = CutFile {
        format: format_of(&name).to_owned(),
        file: name.clone(),
        title: None,
        language: None,
        clauses: Vec::new(),
        diagnostics: Vec::new(),
        text: String::new(),
        is_refused: false,
    };
    match reading_of(path, &name) {
        Ok(reading) => {
            reading.format().clone_into(&mut cut.format);
            cut.diagnostics.extend(reading.diagnostics);
            let is_single = reading.documents.len() == 1;
            for document in reading.documents {
                if is_single {
                    cut.title.clone_from(&document.metadata.title);
                }
                add_document(&mut cut, document, grain);
            }
        }
        Err(error) => {
            cut.is_refused = true;
            cut.diagnostics.push(Diagnostic::refusal(&error));
        }
    }
    cut
}

fn reading_of(path: &Path, name: &str) -> consonance::error::Result<Parsed> {
    let refuse = |message: &str| Error::new(ErrorKind::Io, message).in_file(name);
    let limits = ReadLimits::default();
    let about = fs::metadata(path).map_err(|error| refuse("cannot be opened").caused_by(error))?;
    if !about.is_file() {
        return Err(refuse("is no regular file"));
    }
    let largest = limits.max_text_bytes.max(limits.max_record_bytes);
    if usize::try_from(about.len()).unwrap_or(usize::MAX) > largest {
        return Err(refuse("is larger than any file that is read"));
    }
    let bytes = fs::read(path).map_err(|error| refuse("cannot be read").caused_by(error))?;
    read(&bytes, name, &limits)
}

/// Adds the clauses of one document after those of the preceding documents.
fn add_document(cut: &mut CutFile, document: Document, grain: Granularity) {
    add_metadata(cut, &document.metadata);
    match document.body {
        Body::Text { text, hints } => {
            let language = document
                .metadata
                .language
                .or_else(|| Language::detect(&text));
            let base = add_to_file_text(&mut cut.text, &text);
            let found = segment(&text, &hints);
            let whole = CutText {
                kinds: Kinds::of(&text, &found, language),
                found: &found,
                text: &text,
                base,
            };
            let clauses = found.at(grain).into_iter();
            cut.clauses
                .extend(clauses.map(|passage| whole.cut_clause(&passage)));
            cut.diagnostics.extend(
                found
                    .diagnostics
                    .iter()
                    .map(|diagnostic| diagnostic.clone().in_file(cut.file.clone())),
            );
            if cut.language.is_none()
                && let Some(language) = language
            {
                let message = format!("language taken to be `{language}` from the words");
                let guess = Diagnostic::new(Severity::Guessed, message);
                cut.diagnostics.push(guess.in_file(cut.file.clone()));
                cut.language = Some(language.code().to_owned());
            }
        }
        Body::Clauses(records) => {
            let language = document.metadata.language;
            for record in records {
                add_record(cut, record, language);
            }
        }
    }
}

fn add_metadata(cut: &mut CutFile, metadata: &Metadata) {
    if cut.language.is_none() {
        cut.language = metadata.language.map(|language| language.code().to_owned());
    }
}

/// A text of a file, segmented.
struct CutText<'t> {
    found: &'t Segmentation,
    kinds: Kinds,
    text: &'t str,
    /// The number of bytes of the file's texts before it.
    base: usize,
}

impl CutText<'_> {
    fn cut_clause(&self, passage: &Segment) -> CutClause {
        let words = |range: &Range<usize>| self.found.words(self.text, range.clone()).into_owned();
        let Classified { kind, reason, .. } = self.kinds.of_passage(passage);
        CutClause {
            label: passage.label.as_ref().map(ToString::to_string),
            kind,
            kind_reason: reason,
            heading: passage.heading.as_ref().map(words),
            level: passage.level,
            start: self.base + passage.range.start,
            end: self.base + passage.range.end,
            lead_in: passage.lead_in.as_ref().map(words),
            text: words(&passage.body),
        }
    }
}

fn add_record(cut: &mut CutFile, record: ClauseRecord, language: Option<Language>) {
    let start = add_to_file_text(&mut cut.text, &record.text);
    let Classified { kind, reason, .. } = record.classify(language.unwrap_or(Language::ENGLISH));
    cut.clauses.push(CutClause {
        label: record.label,
        kind,
        kind_reason: reason,
        heading: record.heading,
        level: 0,
        start,
        end: cut.text.len(),
        lead_in: record.lead_in,
        text: record.text,
    });
}
