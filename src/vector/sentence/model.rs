//! [`SentenceModel`]: a model that turns a text into a vector of its meaning.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::progress::Progress;
use crate::vector::sentence::kept::{Kept, key_of};

/// What turns one text into a vector, on the thread that asks.
pub(super) trait Encoder: Send + Sync {
    /// Returns the number of dimensions of a vector.
    fn n_dimensions(&self) -> usize;

    /// Returns the number of word pieces of a text, those beyond the longest input included.
    fn n_pieces(&self, text: &str) -> Result<usize>;

    /// Returns the greatest number of word pieces that are read; what stands beyond is left out.
    fn max_pieces(&self) -> usize;

    /// Returns the number of operations that a piece takes.
    fn n_operations(&self) -> u64;

    /// Returns the vector of a text, of any length.
    fn encode(&self, text: &str) -> Result<Vec<f32>>;
}

/// A model that turns a text into a vector of its meaning, read from a folder; cheap to clone.
///
/// Any model of the kind of all-MiniLM-L6-v2 will do: a BERT encoder (Devlin et al., 2019) trained for sentences
/// (Reimers and Gurevych, 2019), as a folder with `config.json`, `tokenizer.json` and `model.safetensors`. Nothing is
/// fetched from a network. Give it to [`RepresentationParams`](crate::similarity::RepresentationParams).
///
/// A text is worked out by one thread, texts in parallel, so that the vectors are the same to the bit on any number of threads.
/// Processors of another kind may add numbers in another order; the same bits are not promised there.
///
/// # Examples
///
/// ```
/// use consonance::vector::SentenceModel;
///
/// let missing = SentenceModel::open("no/such/folder").unwrap_err();
/// assert!(missing.to_string().contains("no/such/folder"));
/// ```
#[derive(Clone)]
pub struct SentenceModel(Arc<Inner>);

struct Inner {
    identity: ModelIdentity,
    encoder: Box<dyn Encoder>,
    kept: Kept,
}

/// What tells a model from others.
pub(super) struct ModelIdentity {
    /// The name of its folder.
    pub(super) name: String,
    /// The SHA-256 of its tensors.
    pub(super) digest: String,
    /// A hash of all its files.
    pub(super) number: u64,
}

/// The work that the sentence vectors of a corpus will take: see [`SentenceModel::work`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentenceWork {
    /// The clauses whose vectors are kept from before.
    pub n_kept: usize,
    /// The different texts of clauses that are to be worked out.
    pub n_texts: usize,
    /// The multiplications and additions of numbers that these take, without those of attention.
    pub n_operations: u64,
    /// The texts among these that are longer than the model reads: only their beginning counts.
    pub n_cut: usize,
}

impl SentenceModel {
    /// Reads a model from a folder. Takes the size of the model in memory.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if a file of the folder cannot be read; [`ErrorKind::Format`] if one breaks its rules or the
    /// model is of another kind, or if this build lacks the feature `vectors`.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        opened(folder.as_ref())
    }

    #[cfg(any(test, feature = "vectors"))]
    pub(super) fn new(identity: ModelIdentity, encoder: Box<dyn Encoder>) -> Self {
        Self(Arc::new(Inner {
            identity,
            encoder,
            kept: Kept::default(),
        }))
    }

    /// Returns the name of the model: that of its folder.
    pub fn name(&self) -> &str {
        &self.0.identity.name
    }

    /// Returns the SHA-256 of the model's tensors, as 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.0.identity.digest
    }

    /// Returns the number of dimensions of a vector.
    pub fn n_dimensions(&self) -> usize {
        self.0.encoder.n_dimensions()
    }

    /// Adds vectors that were worked out before: the bytes that [`SentenceModel::kept`] gave.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if the bytes are damaged or of another model.
    pub fn keep(&self, bytes: &[u8]) -> Result<()> {
        let kept = &self.0.kept;
        kept.add_bytes(bytes, self.0.identity.number, self.n_dimensions())
    }

    /// Returns all vectors worked out so far, by the hash of their words, as bytes to keep in a file.
    pub fn kept(&self) -> Vec<u8> {
        self.0
            .kept
            .to_bytes(self.0.identity.number, self.n_dimensions())
    }

    /// Returns the number of texts whose vectors are known.
    pub fn n_kept(&self) -> usize {
        self.0.kept.len()
    }

    /// Returns what work the vectors of a corpus will take. Costs the cutting of the texts into word pieces.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if a text cannot be cut into word pieces.
    pub fn work(&self, corpus: &Corpus) -> Result<SentenceWork> {
        let mut work = SentenceWork::default();
        let mut texts: Vec<Cow<'_, str>> = texts_of(corpus).collect();
        let n_clauses = texts.len();
        texts.retain(|text| self.0.kept.get(key_of(text)).is_none());
        work.n_kept = n_clauses - texts.len();
        texts.sort_unstable();
        texts.dedup();
        let encoder = &self.0.encoder;
        let pieces = texts.par_iter().map(|text| encoder.n_pieces(text));
        let pieces: Vec<usize> = pieces.collect::<Result<_>>()?;
        let most = encoder.max_pieces();
        work.n_texts = pieces.len();
        let n_pieces: usize = pieces.iter().map(|n| n.min(&most)).sum();
        work.n_operations = n_pieces as u64 * encoder.n_operations();
        work.n_cut = pieces.iter().filter(|n| **n > most).count();
        Ok(work)
    }

    /// Returns the vector of a text, of length 1; kept for the next time.
    pub(super) fn vector(&self, text: &str) -> Result<Arc<[f32]>> {
        let key = key_of(text);
        if let Some(vector) = self.0.kept.get(key) {
            return Ok(vector);
        }
        let vector: Arc<[f32]> = unit(self.0.encoder.encode(text)?)?.into();
        self.0.kept.put(key, Arc::clone(&vector));
        Ok(vector)
    }

    /// Returns the vectors of the clauses of a corpus, in the order of their ids.
    pub(super) fn vectors(&self, corpus: &Corpus, progress: &Progress) -> Result<Vec<Arc<[f32]>>> {
        let texts: Vec<Cow<'_, str>> = texts_of(corpus).collect();
        let stage = progress.stage("sentences", texts.len() as u64);
        let vectors = texts.par_iter().map(|text| {
            let vector = self.vector(text)?;
            stage.advance(1)?;
            Ok(vector)
        });
        vectors.collect()
    }
}

/// Returns the words by which the clauses are compared, in the order of their ids.
fn texts_of(corpus: &Corpus) -> impl Iterator<Item = Cow<'_, str>> {
    corpus.clause_ids().map(|id| corpus.compared_text(id))
}

/// Returns a vector scaled to length 1.
fn unit(mut vector: Vec<f32>) -> Result<Vec<f32>> {
    let squares = vector.iter().map(|value| f64::from(*value).powi(2));
    let norm = squares.sum::<f64>().sqrt();
    if !(norm.is_finite() && norm > 0.0) {
        let message = "the model of sentence vectors gives no finite vector for a text";
        return Err(Error::new(ErrorKind::Format, message));
    }
    for value in &mut vector {
        *value = crate::vector::single(f64::from(*value) / norm);
    }
    Ok(vector)
}

#[cfg(feature = "vectors")]
fn opened(folder: &Path) -> Result<SentenceModel> {
    super::files::open(folder)
}

#[cfg(not(feature = "vectors"))]
fn opened(folder: &Path) -> Result<SentenceModel> {
    let message = "a model of sentence vectors is read only with the feature `vectors`";
    Err(Error::new(ErrorKind::Format, message).in_file(folder.display().to_string()))
}

impl PartialEq for SentenceModel {
    fn eq(&self, other: &Self) -> bool {
        self.0.identity.number == other.0.identity.number
    }
}

impl fmt::Debug for SentenceModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentenceModel")
            .field("name", &self.name())
            .field("digest", &self.digest())
            .finish_non_exhaustive()
    }
}
