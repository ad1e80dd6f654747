//! [`ClauseIndex`]: built or opened once, then queried.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::{DocAddress, Index, ReloadPolicy, Searcher};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::id::AgreementId;
use crate::index::retrieve::highlight::ReadClause;
use crate::index::retrieve::postings::Postings;
use crate::index::store::build::{Filling, IndexParams};
use crate::index::store::catalog::{Catalog, CatalogEntry, entries_of};
use crate::index::store::folder::{self, MAX_BYTES_IN_MEMORY};
use crate::index::store::manifest::{IndexManifest, read_manifest, require_manifest};
use crate::index::store::schema::{Fields, OrIndexError, schema};
use crate::index::store::stored::Stored;
use crate::index::store::table::ClauseTable;
use crate::index::store::write::fill;
use crate::language::Language;
use crate::term::Analyzer;

const OPENING: &str = "the index cannot be opened";

/// All clauses of a corpus, indexed for search.
///
/// Held in memory or in a folder; immutable, and safe to search from several threads. An index in a
/// folder can be rebuilt from the texts at any time. [`IndexFolder`] changes it there; an index that
/// was opened before keeps its old content until [`reload`](Self::reload).
///
/// [`IndexFolder`]: crate::index::store::update::IndexFolder
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::index::{ClauseIndex, IndexParams, SearchParams};
/// use consonance::term::Analyzer;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
/// let found = index.search("\"supply chain\" NOT force:obligation", &SearchParams::default())?;
/// assert_eq!(found.hits[0].citation, "Paris Call 2018 Principle 6");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Debug)]
pub struct ClauseIndex {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) analyzer: Analyzer,
    /// The languages of the clauses, in order.
    pub(crate) languages: Vec<Language>,
    pub(crate) table: ClauseTable,
    pub(crate) catalog: Catalog,
    /// The folder it was opened from, and the check value of its manifest.
    origin: Option<(PathBuf, String)>,
}

impl ClauseIndex {
    /// Builds the index of a corpus, in memory or in the folder that `params` names.
    ///
    /// Takes time linear in the text; every clause is analyzed in its own language, on all threads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if a parameter is out of range; [`ErrorKind::Index`] if the folder
    /// holds something else or another program writes there; [`ErrorKind::Io`] if it cannot be
    /// written.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// assert_eq!(index.n_clauses(), 93);
    /// assert!(index.is_of(&corpus));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn build(corpus: &Corpus, analyzer: &Analyzer, params: &IndexParams) -> Result<Self> {
        params.check()?;
        let entries = entries_of(corpus);
        let numbered = entries.iter().enumerate();
        let agreements = numbered.map(|(index, entry)| (AgreementId::new(index), entry.number));
        let mut filling = Filling::of(corpus, analyzer);
        filling.agreements.extend(agreements);
        if let Some(directory) = &params.directory {
            let manifest = IndexManifest::new(analyzer.signature(), entries);
            folder::locked(directory, || {
                folder::write(directory, manifest, None, |index| {
                    fill(index, &filling, params)
                })
            })?;
            return Self::open(directory, analyzer);
        }
        let index = folder::in_memory()?;
        fill(&index, &filling, params)?;
        Self::from_index(&index, analyzer, entries)
    }

    /// Opens the index in a folder.
    ///
    /// Every file is read once and checked. Up to 256 MiB they stay in memory, so the folder may be
    /// read-only and may change while the index is in use. A larger index is mapped, needs to create a
    /// lock file in its folder, and must not be truncated while in use. Replacing it by
    /// [`ClauseIndex::build`] or changing it by an
    /// [`IndexFolder`](crate::index::store::update::IndexFolder) is safe.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Index`] if there is no index, if it is damaged, or if it was made by another
    /// analyzer or another version; [`ErrorKind::Io`] if a file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams};
    /// use consonance::term::Analyzer;
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let folder = folder.path();
    /// let analyzer = Analyzer::default();
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let params = IndexParams::default().directory(folder.to_owned());
    /// ClauseIndex::build(&corpus, &analyzer, &params)?;
    ///
    /// // Later, in another program, without the texts:
    /// assert!(ClauseIndex::exists_in(folder));
    /// assert_eq!(ClauseIndex::open(folder, &analyzer)?.n_clauses(), 93);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn open(directory: &Path, analyzer: &Analyzer) -> Result<Self> {
        Self::open_with(directory, analyzer, MAX_BYTES_IN_MEMORY)
    }

    fn open_with(directory: &Path, analyzer: &Analyzer, max_bytes_in_memory: u64) -> Result<Self> {
        let in_folder = |error: Error| error.in_file(directory.display().to_string());
        let accept = |manifest: &IndexManifest| manifest.check_origin(analyzer).map_err(in_folder);
        let (index, manifest) = folder::open(directory, max_bytes_in_memory, accept)?;
        let check = manifest.check.clone();
        let opened = Self::from_index(&index, analyzer, manifest.agreements);
        let mut opened = opened.map_err(in_folder)?;
        opened.origin = Some((directory.to_owned(), check));
        Ok(opened)
    }

    /// Returns whether a folder holds an index, whole or damaged, of this version or another.
    ///
    /// # Errors
    ///
    /// None: a folder that cannot be read counts as one without an index.
    pub fn exists_in(directory: &Path) -> bool {
        !matches!(read_manifest(directory), Ok(None))
    }

    /// Loads the changes made in the folder since the index was opened; returns whether there were any.
    ///
    /// An index in memory never changes. After an error the index keeps its previous content.
    ///
    /// # Errors
    ///
    /// Those of [`ClauseIndex::open`].
    pub fn reload(&mut self) -> Result<bool> {
        let Some((directory, check)) = &self.origin else {
            return Ok(false);
        };
        if require_manifest(directory)?.check == *check {
            return Ok(false);
        }
        *self = Self::open(directory, &self.analyzer)?;
        Ok(true)
    }

    fn from_index(index: &Index, analyzer: &Analyzer, entries: Vec<CatalogEntry>) -> Result<Self> {
        let (schema, fields) = schema();
        if index.schema() != schema {
            let message = "the index has other fields than this version";
            return Err(Error::new(ErrorKind::Index, message));
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .or_index_error(OPENING)?;
        let searcher = reader.searcher();
        let catalog = Catalog::new(entries);
        let table = ClauseTable::read(&searcher, &catalog)?;
        Ok(Self {
            languages: languages_of(&catalog),
            table,
            catalog,
            searcher,
            fields,
            analyzer: Analyzer::new(analyzer.params().clone()),
            origin: None,
        })
    }

    /// Returns the number of clauses.
    pub fn n_clauses(&self) -> usize {
        self.table.n_clauses()
    }

    /// Returns whether the index holds exactly this corpus; if not, rebuild or update it.
    ///
    /// Takes time linear in the text.
    pub fn is_of(&self, corpus: &Corpus) -> bool {
        let held = self.catalog.entries.iter().map(|entry| &entry.fingerprint);
        let wanted = entries_of(corpus);
        held.eq(wanted.iter().map(|entry| &entry.fingerprint))
    }

    /// Reads the stored fields of a clause.
    pub(crate) fn stored(&self, clause: u32) -> Result<Stored> {
        let (segment, doc) = self.table.address_of[clause as usize];
        Stored::read(&self.searcher, self.fields, DocAddress::new(segment, doc))
    }

    /// Returns the citation of a clause.
    pub(crate) fn citation(&self, clause: u32, stored: &Stored) -> String {
        format!("{} {}", self.entry_of(clause).name, stored.mark)
    }

    /// Returns the language of a clause.
    pub(crate) fn language_of(&self, clause: u32) -> Language {
        let code = self.table.languages.values_of(clause).next();
        let language = code.and_then(Language::from_tag);
        language.unwrap_or(Language::ENGLISH)
    }

    /// Returns a clause to be marked.
    pub(crate) fn read_clause<'a>(&self, id: u32, stored: &'a Stored) -> ReadClause<'a> {
        ReadClause {
            id,
            text: &stored.text,
            language: self.language_of(id),
        }
    }

    /// Returns the metadata of the agreement of a clause.
    pub(crate) fn entry_of(&self, clause: u32) -> &CatalogEntry {
        &self.catalog.entries[self.table.agreement_of(clause)]
    }

    pub(crate) fn postings(&self) -> Postings<'_> {
        Postings {
            searcher: &self.searcher,
            fields: self.fields,
            table: &self.table,
        }
    }
}

/// Returns the languages of the clauses, in order.
fn languages_of(catalog: &Catalog) -> Vec<Language> {
    let runs = catalog.entries.iter().flat_map(|entry| &entry.languages);
    let languages: BTreeSet<Language> = runs.map(|run| run.value).collect();
    languages.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::answer::SearchParams;
    use crate::index::store::schema::SCHEMA_VERSION;

    #[test]
    fn an_index_of_another_analyzer_or_version_is_refused() {
        let analyzer = Analyzer::default();
        let cases = [
            ("other/9", SCHEMA_VERSION, "the analyzer `other/9`"),
            (
                &*analyzer.signature(),
                "consonance.index/0",
                "the fields `consonance.index/0`",
            ),
        ];
        for (signature, version, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            let mut manifest = IndexManifest::new(signature.to_owned(), Vec::new());
            version.clone_into(&mut manifest.schema);
            folder::locked(folder.path(), || {
                folder::write(folder.path(), manifest, None, |_| Ok(()))
            })
            .unwrap();
            let kept = crate::index::store::update::IndexFolder::new(folder.path(), &analyzer);
            for error in [kept.open().unwrap_err(), kept.remove("x").unwrap_err()] {
                assert_eq!(error.kind(), ErrorKind::Index);
                assert!(error.message().contains(expected), "{error}");
            }
        }
    }

    #[test]
    fn a_large_index_is_mapped_and_answers_the_same() {
        let mut builder = crate::corpus::CorpusBuilder::new();
        let mut reading = crate::read::Parsed::default();
        reading.documents.push(crate::read::Document {
            key: Some("a".to_owned()),
            metadata: crate::agreement::Metadata::default(),
            body: crate::read::Body::Clauses(vec![crate::read::ClauseRecord {
                text: "states protect hospitals".to_owned(),
                language: Some(Language::ENGLISH),
                ..crate::read::ClauseRecord::default()
            }]),
        });
        builder.add(reading, None);
        let (corpus, analyzer) = (builder.build().unwrap(), Analyzer::default());
        let folder = tempfile::tempdir().unwrap();
        let params = IndexParams {
            directory: Some(folder.path().to_owned()),
            ..IndexParams::default()
        };
        let in_memory = ClauseIndex::build(&corpus, &analyzer, &params).unwrap();
        let mapped = ClauseIndex::open_with(folder.path(), &analyzer, 0).unwrap();
        let ask =
            |index: &ClauseIndex| index.search("hospitals", &SearchParams::default()).unwrap();
        assert_eq!(ask(&mapped), ask(&in_memory));
        assert_eq!(ask(&mapped).n_hits, 1);
    }
}
