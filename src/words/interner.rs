//! [`Interner`]: numbers distinct words in the order of their first occurrence.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// The longest word, in bytes, that is stored as one number.
const MAX_SHORT: usize = 15;

/// Numbers distinct words in the order of their first occurrence, from 0.
///
/// A look-up costs one hash. Words of up to 15 bytes, which nearly all words are, are stored and
/// compared as one 16-byte number without any other memory access.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    short: HashMap<u128, u32, RandomState>,
    long: HashMap<Box<str>, u32, RandomState>,
}

impl Interner {
    /// Returns the number of a word; calls `on_new` first if the word is new.
    pub(crate) fn number_of(&mut self, word: &str, on_new: impl FnOnce()) -> u32 {
        self.find(word).unwrap_or_else(|| {
            on_new();
            self.add(word)
        })
    }

    fn find(&self, word: &str) -> Option<u32> {
        match packed(word) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(word).copied(),
        }
    }

    fn add(&mut self, word: &str) -> u32 {
        let number = u32::try_from(self.short.len() + self.long.len());
        let number = number.expect("there are fewer than 2^32 distinct words");
        match packed(word) {
            Some(packed) => self.short.insert(packed, number),
            None => self.long.insert(word.into(), number),
        };
        number
    }
}

/// Packs the bytes and the length of a short word into one number; `None` for a longer word.
///
/// Reads the first and the last bytes, which overlap, and shifts away what was read twice: a copy
/// of a length known only at run time would cost more than everything else.
fn packed(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    let (low, high) = match length {
        0 => (0, 0),
        1..4 => {
            let [first, middle, last] = [0, length / 2, length - 1].map(|i| u64::from(bytes[i]));
            (first | middle << 8 | last << 16, 0)
        }
        4..8 => {
            let first = u64::from(u32::from_le_bytes(*bytes.first_chunk()?));
            let last = u64::from(u32::from_le_bytes(*bytes.last_chunk()?));
            (first | last >> (8 * (8 - length)) << 32, 0)
        }
        8 => (u64::from_le_bytes(*bytes.first_chunk()?), 0),
        9..=MAX_SHORT => {
            let first = u64::from_le_bytes(*bytes.first_chunk()?);
            let last = u64::from_le_bytes(*bytes.last_chunk()?);
            (first, last >> (8 * (16 - length)))
        }
        _ => return None,
    };
    Some(u128::from(low) | u128::from(high) << 64 | (length as u128) << (8 * MAX_SHORT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn words_are_numbered_as_with_a_plain_map(
            words in prop::collection::vec("[ab\\x00é]{0,9}|[ab]{7,18}", 0..60)
        ) {
            let mut memory = Interner::default();
            let mut plain: HashMap<String, u32> = HashMap::new();
            for word in words {
                let next = u32::try_from(plain.len()).unwrap();
                let expected = *plain.entry(word.clone()).or_insert(next);
                let mut is_new = false;
                let found = memory.number_of(&word, || is_new = true);
                prop_assert_eq!((found, is_new), (expected, expected == next));
            }
        }
    }
}
