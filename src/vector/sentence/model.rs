//! [`SentenceModel`]: an encoder with its name, and the vectors that it has worked out.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::progress::Progress;
use crate::vector::sentence::encoder::SentenceEncoder;
use crate::vector::sentence::kept::{Kept, key_of};
use crate::vector::sparse::single;

/// A model that turns a text into a vector of its meaning, and the vectors it has worked out; cheap to clone.
///
/// [`SentenceModel::open`] reads models of the kind of all-MiniLM-L6-v2: a BERT encoder (Devlin et al., 2019) trained for sentences
/// (Reimers and Gurevych, 2019). Nothing is fetched from a network. Give it to
/// [`RepresentationParams`](crate::similarity::RepresentationParams).
///
/// A text is worked out by one thread, texts in parallel, so that the vectors are the same to the bit on any number of
/// threads. Processors of another kind may add numbers in another order; the same bits are not promised there.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::error::Result;
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::vector::{SentenceEncoder, SentenceModel};
///
/// // `SentenceModel::open("models/all-MiniLM-L6-v2")?` reads a model; this one knows two things only.
/// struct Toy;
///
/// impl SentenceEncoder for Toy {
///     fn n_dimensions(&self) -> usize {
///         2
///     }
///     fn encode(&self, text: &str) -> Result<Vec<f32>> {
///         let is_about_rights = text.contains("right");
///         Ok(if is_about_rights { vec![1.0, 0.0] } else { vec![0.0, 1.0] })
///     }
/// }
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let model = SentenceModel::new("toy", "version 1", Toy);
/// let params = RepresentationParams::default().sentences(model.clone());
/// let representation = Representation::of(&corpus, &params)?;
/// assert_eq!(representation.rows().n_columns(), 38 + 2, "words, then meaning");
/// assert!(representation.in_words().contains("toy (version 1)"));
///
/// let kept = model.kept();
/// let again = SentenceModel::new("toy", "version 1", Toy);
/// again.keep(&kept)?;
/// assert_eq!(again.work(&corpus)?.n_texts, 0, "all is known");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone)]
pub struct SentenceModel(Arc<Inner>);

struct Inner {
    name: String,
    digest: String,
    encoder: Box<dyn SentenceEncoder>,
    kept: Kept,
}

/// The work that the sentence vectors of a corpus will take: see [`SentenceModel::work`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentenceWork {
    /// The clauses whose vectors are known.
    pub n_known: usize,
    /// The different texts of the other clauses.
    pub n_texts: usize,
    /// About how many multiplications and additions these take; 0 if that is not known.
    pub n_operations: u64,
    /// The texts among these that are longer than the model reads: only their beginning counts.
    pub n_cut: usize,
}

impl SentenceModel {
    /// Returns a model with this encoder. The digest tells it from others: vectors kept of a model with another digest are refused.
    pub fn new(
        name: impl Into<String>,
        digest: impl Into<String>,
        encoder: impl SentenceEncoder + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            name: name.into(),
            digest: digest.into(),
            encoder: Box::new(encoder),
            kept: Kept::default(),
        }))
    }

    /// Returns the name of the model.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns what tells the model from others: see [`SentenceModel::open`].
    pub fn digest(&self) -> &str {
        &self.0.digest
    }

    /// Returns the number of dimensions of a vector.
    pub fn n_dimensions(&self) -> usize {
        self.0.encoder.n_dimensions()
    }

    /// Adds vectors that were worked out before: the bytes that [`SentenceModel::kept`] gave.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if the bytes are damaged or of another model; then none is added.
    pub fn keep(&self, bytes: &[u8]) -> Result<()> {
        let kept = &self.0.kept;
        kept.add_bytes(bytes, key_of(self.digest()), self.n_dimensions())
    }

    /// Returns all vectors worked out so far, by the hash of their words, as bytes to keep in a file.
    pub fn kept(&self) -> Vec<u8> {
        self.0
            .kept
            .to_bytes(key_of(self.digest()), self.n_dimensions())
    }

    /// Returns the number of texts whose vectors are known.
    pub fn n_kept(&self) -> usize {
        self.0.kept.len()
    }

    /// Returns what work the vectors of a corpus will take, without doing it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if a text cannot be read.
    pub fn work(&self, corpus: &Corpus) -> Result<SentenceWork> {
        let mut texts: Vec<Cow<'_, str>> = texts_of(corpus).collect();
        let n_clauses = texts.len();
        texts.retain(|text| self.0.kept.get(key_of(text)).is_none());
        let n_known = n_clauses - texts.len();
        texts.sort_unstable();
        texts.dedup();
        let encoder = &self.0.encoder;
        let of_text = |text: &Cow<'_, str>| {
            let is_cut = !encoder.reads_whole(text)?;
            Ok((encoder.n_operations(text)?, usize::from(is_cut)))
        };
        let of_texts: Vec<(u64, usize)> = texts.par_iter().map(of_text).collect::<Result<_>>()?;
        Ok(SentenceWork {
            n_known,
            n_texts: texts.len(),
            n_operations: of_texts.iter().map(|(n, _)| n).sum(),
            n_cut: of_texts.iter().map(|(_, n)| n).sum(),
        })
    }

    /// Returns the vector of a text, of length 1; kept for the next time.
    pub(super) fn vector(&self, text: &str) -> Result<Arc<[f32]>> {
        let key = key_of(text);
        if let Some(vector) = self.0.kept.get(key) {
            return Ok(vector);
        }
        let vector = unit(self.0.encoder.encode(text)?)?;
        if vector.len() != self.n_dimensions() {
            let message =
                "the model of sentence vectors gives a vector of another length than it says";
            return Err(Error::new(ErrorKind::Format, message));
        }
        let vector: Arc<[f32]> = vector.into();
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
        *value = single(f64::from(*value) / norm);
    }
    Ok(vector)
}

impl PartialEq for SentenceModel {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest == other.0.digest
    }
}

impl fmt::Debug for SentenceModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentenceModel")
            .field("name", &self.0.name)
            .field("digest", &self.0.digest)
            .finish_non_exhaustive()
    }
}
