//! [`Kept`]: vectors worked out before, by the words they stand for.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::{Error, ErrorKind, Result};
use crate::words::StableHash;

/// The first bytes of kept vectors, with the version of the layout.
const MARK: &[u8; 16] = b"sentence vecs 1\n";
/// The bytes before the vectors: the mark, the identity of the model and the number of dimensions.
const HEAD: usize = MARK.len() + 8 + 4;

/// The vectors of texts, by a hash of their words.
#[derive(Debug, Default)]
pub(super) struct Kept(RwLock<BTreeMap<u64, Arc<[f32]>>>);

/// The key of a text.
pub(super) fn key_of(text: &str) -> u64 {
    StableHash::of(text.bytes()).number()
}

impl Kept {
    pub(super) fn get(&self, key: u64) -> Option<Arc<[f32]>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key).cloned()
    }

    pub(super) fn put(&self, key: u64, vector: Arc<[f32]>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, vector);
    }

    pub(super) fn len(&self) -> usize {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.len()
    }

    /// Returns the vectors as bytes: a head, then for each text, in the order of keys, its key and its
    /// numbers, least significant byte first.
    pub(super) fn to_bytes(&self, identity: u64, n_dimensions: usize) -> Vec<u8> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::with_capacity(HEAD + kept.len() * entry_size(n_dimensions));
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(&identity.to_le_bytes());
        bytes.extend_from_slice(&dimensions_of(n_dimensions).to_le_bytes());
        for (key, vector) in kept.iter() {
            bytes.extend_from_slice(&key.to_le_bytes());
            for value in vector.iter() {
                bytes.extend_from_slice(&value.to_le_bytes());
            }
        }
        bytes
    }

    /// Adds the vectors in the bytes that [`Kept::to_bytes`] gave.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if the bytes are damaged, of another model or no vectors at all; then none is
    /// added.
    pub(super) fn add_bytes(&self, bytes: &[u8], identity: u64, n_dimensions: usize) -> Result<()> {
        let Some((head, entries)) = bytes.split_at_checked(HEAD) else {
            return Err(foreign());
        };
        let (mark, head) = head.split_at(MARK.len());
        if mark != MARK {
            return Err(foreign());
        }
        let (model, dimensions) = head.split_at(8);
        if model != identity.to_le_bytes() {
            let message = "the kept sentence vectors are of another model";
            return Err(Error::new(ErrorKind::Format, message));
        }
        let size = entry_size(n_dimensions);
        let is_whole = dimensions == dimensions_of(n_dimensions).to_le_bytes()
            && entries.len().is_multiple_of(size);
        let read: Vec<(u64, Arc<[f32]>)> = entries.chunks_exact(size).map(entry).collect();
        let is_sound = |vector: &[f32]| vector.iter().all(|value| value.is_finite());
        if !is_whole || !read.iter().all(|(_, vector)| is_sound(vector)) {
            let message = "the kept sentence vectors are damaged";
            return Err(Error::new(ErrorKind::Format, message));
        }
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.extend(read);
        Ok(())
    }
}

fn foreign() -> Error {
    let message = "these are no sentence vectors kept by this program";
    Error::new(ErrorKind::Format, message)
}

fn entry_size(n_dimensions: usize) -> usize {
    8 + 4 * n_dimensions
}

fn dimensions_of(n_dimensions: usize) -> u32 {
    u32::try_from(n_dimensions).unwrap_or(u32::MAX)
}

fn entry(bytes: &[u8]) -> (u64, Arc<[f32]>) {
    let (key, values) = bytes.split_at(8);
    let key = key
        .iter()
        .rev()
        .fold(0, |key, byte| key << 8 | u64::from(*byte));
    let value = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    (key, values.chunks_exact(4).map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_vectors_are_read_back_or_refused() {
        let kept = Kept::default();
        kept.put(key_of("b"), Arc::from([0.6_f32, 0.8]));
        kept.put(key_of("a"), Arc::from([1.0_f32, 0.0]));
        let bytes = kept.to_bytes(7, 2);
        assert_eq!(bytes.len(), HEAD + 2 * 16);
        let again = Kept::default();
        again.add_bytes(&bytes, 7, 2).unwrap();
        assert_eq!(again.len(), 2);
        assert_eq!(again.get(key_of("b")).as_deref(), Some(&[0.6_f32, 0.8][..]));
        assert_eq!(again.to_bytes(7, 2), bytes);

        let mut infinite = bytes.clone();
        infinite[HEAD + 8..HEAD + 12].copy_from_slice(&f32::INFINITY.to_le_bytes());
        let cases = [
            (&bytes[..10], 7, "no sentence vectors"),
            (
                &b"some other file, longer than a head"[..],
                7,
                "no sentence vectors",
            ),
            (&bytes[..], 8, "of another model"),
            (&bytes[..HEAD + 15], 7, "damaged"),
            (&infinite[..], 7, "damaged"),
        ];
        for (bytes, identity, expected) in cases {
            let error = again.add_bytes(bytes, identity, 2).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        assert_eq!(again.len(), 2, "nothing was added");
    }
}
