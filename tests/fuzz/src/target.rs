//! [`Target`]: what the changed texts are given to.

use std::fs;
use std::path::{Path, PathBuf};

use consonance::clause::segment;
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::error::Result;
use consonance::index::{ClauseIndex, IndexParams, SearchParams};
use consonance::read::{Body, ReadLimits, read};
use consonance::table::{Codebook, Corrections};
use consonance::term::Analyzer;
use tempfile::TempDir;

/// What a reader says when a panic in it was caught.
const CAUGHT: &str = "the reader of this format failed";

/// A part of the crate that takes foreign bytes.
pub(crate) trait Target {
    /// Returns the names and bytes that the changes begin with.
    fn seeds(&self, files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        files
    }

    /// Takes one input; panics if a promise is broken.
    fn take(&mut self, name: &str, bytes: &[u8]);
}

/// The segmenter: the parts joined give the text.
pub(crate) struct Segmenter;

impl Target for Segmenter {
    fn take(&mut self, _: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut end = 0;
        for part in segment(&text, &[]).segments {
            assert_eq!(part.range.start, end, "the parts are not in a row");
            end = part.range.end;
        }
        assert_eq!(end, text.len(), "the end is lost");
    }
}

/// Every reader, by the name of the file, and the corpus that results.
pub(crate) struct Readers;

impl Target for Readers {
    fn take(&mut self, name: &str, bytes: &[u8]) {
        match read(bytes, name, &ReadLimits::default()) {
            Ok(parsed) => {
                let hints = parsed
                    .documents
                    .iter()
                    .filter_map(|document| match &document.body {
                        Body::Text { text, hints } => Some((text, hints)),
                        _ => None,
                    });
                for (text, hints) in hints {
                    assert!(
                        hints
                            .iter()
                            .all(|hint| text.get(hint.range.clone()).is_some())
                    );
                }
                let mut builder = CorpusBuilder::new();
                builder.add(parsed, Some(name));
                let _ = builder.build();
            }
            Err(error) => assert!(!error.to_string().contains(CAUGHT), "{error}"),
        }
    }
}

/// Corrections and codebooks.
pub(crate) struct Decisions;

impl Target for Decisions {
    fn take(&mut self, _: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(corrections) = Corrections::parse(&text) {
            let again = Corrections::parse(&corrections.to_toml());
            assert!(
                again.is_ok_and(|again| again == corrections),
                "not the same when written"
            );
        }
        let _ = Codebook::parse(&text);
    }
}

/// The query language, on an index of the bundled corpus.
pub(crate) struct Queries {
    index: ClauseIndex,
}

impl Queries {
    pub(crate) fn new() -> Result<Self> {
        let index = ClauseIndex::build(&bundled()?, &Analyzer::default(), &IndexParams::default())?;
        Ok(Self { index })
    }
}

impl Target for Queries {
    fn seeds(&self, _: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        let queries = [
            "critical infrastructure",
            "\"protect infrastructure\"~2",
            "cyber* inter*al state?",
            "sovereignity~1",
            "/coop.*|collab.*/",
            "(cyber OR digital) AND peace NOT armed",
            "+cyber -armed process:\"UN GGE\"",
            "label:13(f) year:2010..2018",
            "kind:norm force:obligation key:gge2015/13(f)",
        ];
        queries
            .map(|query| (String::new(), query.as_bytes().to_vec()))
            .into()
    }

    fn take(&mut self, _: &str, bytes: &[u8]) {
        let _ = self
            .index
            .search(&String::from_utf8_lossy(bytes), &SearchParams::default());
    }
}

/// The loader of an index: a file of it is changed, and it is opened and asked. It answers as before, or refuses.
pub(crate) struct IndexFiles {
    folder: TempDir,
    before: String,
}

impl IndexFiles {
    pub(crate) fn new() -> Result<Self> {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let params = IndexParams::default().directory(Some(folder.path().to_owned()));
        let index = ClauseIndex::build(&bundled()?, &Analyzer::default(), &params)?;
        let before = answer(&index);
        Ok(Self { folder, before })
    }
}

impl Target for IndexFiles {
    fn seeds(&self, _: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        let paths = files_below(self.folder.path());
        let seeds = paths.into_iter().map(|path| {
            let bytes = fs::read(&path).unwrap_or_default();
            (path.display().to_string(), bytes)
        });
        seeds.collect()
    }

    fn take(&mut self, name: &str, bytes: &[u8]) {
        let whole = fs::read(name).expect("the index is there");
        fs::write(name, bytes).expect("the index can be written");
        if let Ok(index) = ClauseIndex::open(self.folder.path(), &Analyzer::default()) {
            assert_eq!(answer(&index), self.before, "another answer");
        }
        fs::write(name, whole).expect("the index can be written");
    }
}

fn answer(index: &ClauseIndex) -> String {
    let ranked = index.rank("supply chain", &SearchParams::default());
    ranked.map_or_else(|_| String::new(), |ranked| format!("{ranked:?}"))
}

fn bundled() -> Result<Corpus> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    Corpus::load(&[folder], &LoadParams::default())
}

/// Returns the files in a folder and those below it, in order.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}
