//! [`SentenceModel::open`]: a model from its folder, or the feature to turn on.

use std::path::Path;

use crate::error::Result;
use crate::vector::sentence::model::SentenceModel;

impl SentenceModel {
    /// Reads a model from a folder with the files `config.json`, `tokenizer.json` and `model.safetensors`. Takes the size of
    /// the model in memory. Its name is that of the folder.
    ///
    /// Its digest is the SHA-256 of these files, one after another in this order: what
    /// `cat config.json tokenizer.json model.safetensors | sha256sum` prints. Of `1_Pooling/config.json` and
    /// `sentence_bert_config.json`, if they are there, it is heeded how pieces become one vector and how many are read.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::error::ErrorKind::Io) if a file of the folder cannot be read;
    /// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if one breaks its rules or the model is of another kind, or if this
    /// build lacks the feature `vectors`.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        opened(folder.as_ref())
    }
}

#[cfg(feature = "vectors")]
fn opened(folder: &Path) -> Result<SentenceModel> {
    super::files::read(folder)
}

#[cfg(not(feature = "vectors"))]
fn opened(folder: &Path) -> Result<SentenceModel> {
    use crate::error::{Error, ErrorKind};

    let message = "a model of sentence vectors is read only with the feature `vectors`";
    Err(Error::new(ErrorKind::Format, message).in_file(folder.display().to_string()))
}
