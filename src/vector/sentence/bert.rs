//! [`Bert`]: an encoder of transformer layers that turns word pieces into one vector.

use ndarray::{Array2, Axis};
use tokenizers::Tokenizer;

use crate::error::{Error, ErrorKind, Result};
use crate::vector::sentence::encoder::SentenceEncoder;
use crate::vector::sentence::layer::{Layer, Norm, mean};

/// How the rows of the pieces become one vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Their mean.
    Mean,
    /// The row of the piece that begins every text.
    First,
}

/// A BERT encoder (Devlin et al., 2019), run on one thread.
///
/// A text of `n` pieces takes about twice as many operations as the layers have weights, times `n`, and
/// `n` squared for attention.
pub(super) struct Bert {
    pub(super) tokenizer: Tokenizer,
    pub(super) max_pieces: usize,
    /// `(pieces of the vocabulary, dimensions)`.
    pub(super) word: Array2<f32>,
    /// `(positions, dimensions)`, the vector of the first segment added.
    pub(super) position: Array2<f32>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) pooling: Pooling,
}

impl Bert {
    /// Returns the numbers of the pieces of a text, with the pieces that begin and end it.
    fn pieces(&self, text: &str) -> Result<Vec<u32>> {
        let encoding = self.tokenizer.encode_fast(text, true);
        let encoding = encoding.map_err(|cause| {
            let message = "a text cannot be cut into word pieces";
            Error::new(ErrorKind::Format, message).caused_by(cause)
        })?;
        Ok(encoding.get_ids().to_vec())
    }

    /// Returns the rows that enter the first layer, `(pieces, dimensions)`.
    fn embedded(&self, pieces: &[u32]) -> Result<Array2<f32>> {
        let places: Vec<usize> = pieces.iter().map(|piece| *piece as usize).collect();
        if let Some(beyond) = places.iter().find(|place| **place >= self.word.nrows()) {
            let message =
                format!("the tokenizer gives piece {beyond}, which the model does not know");
            return Err(Error::new(ErrorKind::Format, message));
        }
        let mut rows = self.word.select(Axis(0), &places);
        for (mut row, position) in rows.rows_mut().into_iter().zip(self.position.rows()) {
            row += &position;
        }
        self.norm.apply(&mut rows);
        Ok(rows)
    }
}

impl SentenceEncoder for Bert {
    fn n_dimensions(&self) -> usize {
        self.word.ncols()
    }

    fn encode(&self, text: &str) -> Result<Vec<f32>> {
        let pieces = cut(self.pieces(text)?, self.max_pieces);
        let rows = self.embedded(&pieces)?;
        let rows = self.layers.iter().fold(rows, |rows, layer| layer.of(rows));
        Ok(match self.pooling {
            Pooling::Mean => mean(&rows),
            Pooling::First => rows.row(0).to_vec(),
        })
    }

    fn reads_whole(&self, text: &str) -> Result<bool> {
        Ok(self.pieces(text)?.len() <= self.max_pieces)
    }

    fn n_operations(&self, text: &str) -> Result<u64> {
        let n_pieces = self.pieces(text)?.len().min(self.max_pieces);
        let n_weights: usize = self.layers.iter().map(Layer::n_weights).sum();
        Ok(2 * n_weights as u64 * n_pieces as u64)
    }
}

/// Leaves out what is beyond the longest input, but for the piece that ends the text.
fn cut(mut pieces: Vec<u32>, most: usize) -> Vec<u32> {
    if pieces.len() > most {
        let last = pieces.len() - 1;
        pieces.swap(most - 1, last);
        pieces.truncate(most);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_loses_its_middle_not_its_end() {
        assert_eq!(cut(vec![1, 5, 6, 7, 2], 4), [1, 5, 6, 2]);
        assert_eq!(cut(vec![1, 5, 2], 4), [1, 5, 2]);
    }
}
