//! [`IndexFolder`]: an index on disk, updated agreement by agreement.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::error::Result;
use crate::id::AgreementId;
use crate::index::search::ClauseIndex;
use crate::index::store::build::{Filling, IndexParams};
use crate::index::store::catalog::{CatalogEntry, entries_of, sort_entries};
use crate::index::store::folder;
use crate::index::store::manifest::{IndexManifest, require_manifest};
use crate::index::store::write::fill;
use crate::term::Analyzer;

/// A search index in a folder that is kept up to date with a corpus: one agreement is added, replaced
/// or removed without reading the others again.
///
/// A change is written next to the index and takes effect in one step. An index that was opened before
/// keeps its old content until [`ClauseIndex::reload`]. There is one writer at a time: a second one is
/// refused. After any changes the answers equal those of an index built from scratch from the same
/// agreements.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::index::{ClauseIndex, IndexFolder, IndexParams};
/// use consonance::term::Analyzer;
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let folder = folder.path();
/// let analyzer = Analyzer::default();
/// let corpus = Corpus::load(&["corpus/gge2015.md".into()], &LoadParams::default())?;
/// ClauseIndex::build(&corpus, &analyzer, &IndexParams::default().directory(folder.to_owned()))?;
///
/// let index = IndexFolder::new(folder, &analyzer);
/// assert!(index.update(&corpus)?.is_empty(), "nothing has changed");
/// // Agreements come and go one by one.
/// let paris = Corpus::load(&["corpus/paris2018.md".into()], &LoadParams::default())?;
/// assert_eq!(index.put(&paris, paris.clauses()[0].agreement)?.added, ["paris2018"]);
/// assert_eq!(index.remove("gge2015")?.removed, ["gge2015"]);
/// assert!(index.open()?.is_of(&paris));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IndexFolder<'a> {
    directory: PathBuf,
    analyzer: &'a Analyzer,
    params: IndexParams,
}

/// The keys of the agreements that an update changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndexChanges {
    /// New agreements.
    pub added: Vec<String>,
    /// Agreements whose words or metadata changed.
    pub replaced: Vec<String>,
    /// Agreements removed.
    pub removed: Vec<String>,
}

impl IndexChanges {
    /// Returns whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.replaced.is_empty() && self.removed.is_empty()
    }
}

impl<'a> IndexFolder<'a> {
    /// Returns the index in a folder; the folder is opened by each change only.
    pub fn new(directory: &Path, analyzer: &'a Analyzer) -> Self {
        Self {
            directory: directory.to_owned(),
            analyzer,
            params: IndexParams::default(),
        }
    }

    /// Adds an agreement of a corpus, or replaces the one with its key.
    ///
    /// Analyzes only this agreement; the files of the index are read once, to check them. Returns the
    /// changes: none if the index already holds exactly this agreement.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Index`](crate::error::ErrorKind::Index) if the folder has no index, one of another
    /// analyzer or version, or a damaged one, or if another program is writing there;
    /// [`ErrorKind::Io`](crate::error::ErrorKind::Io) if writing fails.
    ///
    /// # Panics
    ///
    /// Panics if the agreement comes from another, larger corpus.
    pub fn put(&self, corpus: &Corpus, agreement: AgreementId) -> Result<IndexChanges> {
        self.change(|mut manifest, changes| {
            let new = CatalogEntry::of(corpus, agreement, manifest.next_number);
            let mut old = manifest.agreements.iter();
            let old = old.position(|entry| entry.key == new.key);
            let mut change = Filling::of(corpus, self.analyzer);
            if let Some(place) = old {
                if manifest.agreements[place].fingerprint == new.fingerprint {
                    return None;
                }
                let replaced = manifest.agreements.remove(place);
                change.removed.push(replaced.number);
                changes.replaced.push(new.key.clone());
            } else {
                changes.added.push(new.key.clone());
            }
            change.agreements.push((agreement, new.number));
            manifest.next_number += 1;
            manifest.agreements.push(new);
            Some((manifest, change))
        })
    }

    /// Removes the agreement with this key.
    ///
    /// Returns the changes: none if there is no such agreement.
    ///
    /// # Errors
    ///
    /// Those of [`put`](Self::put).
    pub fn remove(&self, key: &str) -> Result<IndexChanges> {
        let nothing = Corpus::default();
        self.change(|mut manifest, changes| {
            let mut entries = manifest.agreements.iter();
            let place = entries.position(|entry| entry.key == key)?;
            let removed = manifest.agreements.remove(place);
            let mut change = Filling::of(&nothing, self.analyzer);
            change.removed.push(removed.number);
            changes.removed.push(removed.key);
            Some((manifest, change))
        })
    }

    /// Updates the index to a corpus: adds, replaces and removes what differs, in one step.
    ///
    /// Costs one pass over the text to find the differences, then the work on those alone.
    ///
    /// # Errors
    ///
    /// Those of [`put`](Self::put).
    pub fn update(&self, corpus: &Corpus) -> Result<IndexChanges> {
        self.change(|mut manifest, changes| {
            let mut change = Filling::of(corpus, self.analyzer);
            let mut old: BTreeMap<String, CatalogEntry> = std::mem::take(&mut manifest.agreements)
                .into_iter()
                .map(|entry| (entry.key.clone(), entry))
                .collect();
            for (index, mut new) in entries_of(corpus).into_iter().enumerate() {
                let known = old.remove(&new.key);
                match known {
                    Some(same) if same.fingerprint == new.fingerprint => new = same,
                    _ => {
                        new.number = manifest.next_number;
                        manifest.next_number += 1;
                        change
                            .agreements
                            .push((AgreementId::new(index), new.number));
                        let list = match &known {
                            Some(_) => &mut changes.replaced,
                            None => &mut changes.added,
                        };
                        list.push(new.key.clone());
                        change.removed.extend(known.map(|known| known.number));
                    }
                }
                manifest.agreements.push(new);
            }
            for (key, gone) in old {
                change.removed.push(gone.number);
                changes.removed.push(key);
            }
            (!changes.is_empty()).then_some((manifest, change))
        })
    }

    /// Opens the index in its current state.
    ///
    /// # Errors
    ///
    /// Those of [`ClauseIndex::open`].
    pub fn open(&self) -> Result<ClauseIndex> {
        ClauseIndex::open(&self.directory, self.analyzer)
    }

    /// Writes the change that `decide` derives from the manifest, if any.
    fn change<'c>(
        &'c self,
        decide: impl FnOnce(IndexManifest, &mut IndexChanges) -> Option<(IndexManifest, Filling<'c>)>,
    ) -> Result<IndexChanges> {
        // A folder without an index is not even created.
        require_manifest(&self.directory)?;
        folder::locked(&self.directory, || {
            let base = require_manifest(&self.directory)?;
            let origin = base.check_origin(self.analyzer);
            origin.map_err(|error| error.in_file(self.directory.display().to_string()))?;
            let mut changes = IndexChanges::default();
            if let Some((mut manifest, change)) = decide(base.clone(), &mut changes) {
                sort_entries(&mut manifest.agreements);
                folder::check(&self.directory, &base)?;
                folder::write(&self.directory, manifest, Some(&base), |index| {
                    fill(index, &change, &self.params)
                })?;
            }
            Ok(changes)
        })
    }
}
