//! [`SentenceEncoder`]: what turns a text into a vector.

use crate::error::Result;

/// What turns a text into a vector of its meaning.
///
/// [`SentenceModel::open`](crate::vector::SentenceModel::open) reads one from a folder; a program that runs models in another way
/// brings its own. See [`SentenceModel`](crate::vector::SentenceModel) for an example.
pub trait SentenceEncoder: Send + Sync {
    /// Returns the number of dimensions of a vector.
    fn n_dimensions(&self) -> usize;

    /// Returns the vector of a text, of any length but 0, worked out on the thread that asks.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the text cannot be read.
    fn encode(&self, text: &str) -> Result<Vec<f32>>;

    /// Returns whether the whole text is read, not its beginning alone.
    ///
    /// # Errors
    ///
    /// As [`SentenceEncoder::encode`].
    fn reads_whole(&self, _text: &str) -> Result<bool> {
        Ok(true)
    }

    /// Returns about how many multiplications and additions the vector of a text takes; 0 if that is not known.
    ///
    /// # Errors
    ///
    /// As [`SentenceEncoder::encode`].
    fn n_operations(&self, _text: &str) -> Result<u64> {
        Ok(0)
    }
}
