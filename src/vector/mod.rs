//! Clauses as vectors: sparse TF-IDF ([`VectorSpace`]) and its reduction to a few dozen dense dimensions
//! ([`LatentParams`]).
//!
//! For whoever computes with the vectors themselves; most programs need not look here.

mod centered;
mod count;
mod latent;
mod ngram;
mod orthogonal;
mod params;
mod sentence;
mod space;
mod sparse;
mod weight;

pub use latent::LatentParams;
pub(crate) use latent::reduce;
pub(crate) use ngram::Ngram;
pub use params::VectorParams;
pub(crate) use sentence::SentenceSpace;
pub use sentence::{SentenceEncoder, SentenceModel, SentenceWork};
pub use space::{Contribution, VectorSpace};
pub use sparse::{SparseMatrix, SparseRow};
pub(crate) use sparse::{normalize, single, unit_row};

#[cfg(test)]
pub(crate) mod sparse_test {
    use std::collections::BTreeMap;

    use super::{SparseMatrix, normalize};

    /// Returns a matrix with these cells, its rows scaled to length 1.
    pub(crate) fn unit_matrix(n_columns: usize, cells: &[BTreeMap<u32, u8>]) -> SparseMatrix {
        let rows = cells.iter().map(|cells| {
            let mut row: Vec<(u32, f32)> = cells
                .iter()
                .map(|(column, value)| (*column, f32::from(*value)))
                .collect();
            normalize(&mut row);
            row
        });
        SparseMatrix::from_rows(n_columns, rows)
    }
}
