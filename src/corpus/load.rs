//! [`Corpus::load`]: stand-in until the real reader is merged; reads JSONL and plain text only.

use std::fs;
use std::path::{Path, PathBuf};

use crate::agreement::Metadata;
use crate::corpus::{Corpus, CorpusBuilder};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::{Body, ClauseRecord, Document, Reading};

/// How to load (nothing to set yet).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct LoadParams {}

impl Corpus {
    /// Reads files and folders into a corpus.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if a path cannot be read; [`ErrorKind::Empty`] if there is no clause.
    pub fn load(paths: &[PathBuf], _params: &LoadParams) -> Result<Corpus> {
        let mut builder = CorpusBuilder::new();
        for path in paths {
            let mut files = vec![path.clone()];
            if path.is_dir() {
                let entries = fs::read_dir(path).map_err(|error| unreadable(path, error))?;
                files = entries
                    .filter_map(|entry| Some(entry.ok()?.path()))
                    .collect();
                files.sort();
            }
            for file in files {
                let name = file
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                match fs::read_to_string(&file) {
                    Ok(text) => add(&mut builder, &text, &name),
                    Err(_) if path.is_dir() => {
                        let refused = Diagnostic::new(Severity::Refused, "cannot be read");
                        builder.diagnose(refused.in_file(name));
                    }
                    Err(error) => return Err(unreadable(&file, error)),
                }
            }
        }
        builder.build()
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot be read")
        .in_file(path.display().to_string())
        .caused_by(error)
}

fn add(builder: &mut CorpusBuilder, text: &str, name: &str) {
    if Path::new(name)
        .extension()
        .is_none_or(|ending| ending != "jsonl")
    {
        let body = Body::Text {
            text: text.to_owned(),
            hints: Vec::new(),
        };
        let document = Document {
            key: None,
            metadata: Metadata::default(),
            body,
        };
        builder.add(
            Reading {
                documents: vec![document],
                ..Reading::default()
            },
            Some(name),
        );
        return;
    }
    let mut documents = Vec::new();
    for line in text.lines() {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let field = |field: &str| value[field].as_str().map(str::to_owned);
        let number = value["year"]
            .as_i64()
            .and_then(|year| i32::try_from(year).ok());
        let record = ClauseRecord {
            id: field("id"),
            label: field("clause"),
            heading: field("heading"),
            text: field("text").unwrap_or_default(),
            language: field("lang").and_then(|l| crate::language::Language::from_tag(&l)),
            ..ClauseRecord::default()
        };
        documents.push(Document {
            key: field("agreement"),
            metadata: Metadata {
                process: field("process"),
                year: number,
                ..Metadata::default()
            },
            body: Body::Clauses(vec![record]),
        });
    }
    builder.add(
        Reading {
            documents,
            ..Reading::default()
        },
        Some(name),
    );
}
