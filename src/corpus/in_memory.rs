//! Files that are in memory to a corpus, as those of a folder.

use std::collections::BTreeMap;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::listing::{Contents, Folder, Listed, Listing};
use crate::corpus::load::is_hidden;
use crate::corpus::manifest::{MANIFEST, Manifest};
use crate::error::Result;

impl CorpusBuilder {
    /// Adds the files of a folder that is in memory, such as a corpus embedded in a program, by their
    /// paths in the folder.
    ///
    /// A `corpus.toml` among them, hidden files and endings count as in a folder on disk.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`](crate::ErrorKind::Manifest) if the `corpus.toml` breaks its rules, [`ErrorKind::Format`](crate::ErrorKind::Format) if it is
    /// not a text; nothing is then added.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use consonance::corpus::CorpusBuilder;
    ///
    /// let files: BTreeMap<&str, &[u8]> = BTreeMap::from([
    ///     ("corpus.toml", &b"[[agreement]]\nfile = \"code.txt\"\nyear = 2015"[..]),
    ///     ("code.txt", b"1. Members shall keep their lights burning."),
    /// ]);
    /// let mut builder = CorpusBuilder::new();
    /// builder.add_files(&files)?;
    /// let corpus = builder.build()?;
    /// assert_eq!(corpus.agreements()[0].metadata.year, Some(2015));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn add_files(&mut self, files: &BTreeMap<&str, &[u8]>) -> Result<&mut Self> {
        let mut listing = Listing::default();
        let manifest = match files.get(MANIFEST) {
            Some(bytes) => {
                listing.note(MANIFEST, bytes);
                Manifest::read(bytes, &self.params.limits)
                    .map_err(|error| error.in_file(MANIFEST))?
            }
            None => Manifest::default(),
        };
        let folder = Folder {
            manifest,
            ..Folder::default()
        };
        for (&name, &bytes) in files {
            if name.split('/').any(is_hidden) {
                continue;
            }
            if let Some(entries) = listing.entries_to_read(&folder, name) {
                let file = Listed {
                    contents: Contents::Bytes(bytes),
                    name: name.to_owned(),
                    entries,
                };
                listing.add_file(file, None);
            }
        }
        let names = files.keys().map(|&name| name.to_owned());
        listing.tell_missing(&folder, &names.collect());
        Ok(self.add_listing(listing))
    }
}
