//! [`WordMemory`]: distinct words, numbered in the order met.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// The longest word, in bytes, that is kept as one number.
const MAX_SHORT: usize = 15;

/// Numbers distinct words in the order met, from 0.
///
/// A look-up costs one hash. Words of up to 15 bytes are held and compared as one 16-byte number:
/// nearly all words are so short, and no other memory is touched for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordMemory {
    short: HashMap<u128, u32, RandomState>,
    long: HashMap<Box<str>, u32, RandomState>,
}

impl WordMemory {
    /// Returns the number of a word, if it was met before.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        match packed(word) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Numbers a word that was not met before.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        let number = u32::try_from(self.short.len() + self.long.len());
        let number = number.expect("there are fewer than 2^32 distinct words");
        match packed(word) {
            Some(packed) => self.short.insert(packed, number),
            None => self.long.insert(word.into(), number),
        };
        number
    }
}

/// Returns the bytes of a short word and their number as one number.
fn packed(word: &str) -> Option<u128> {
    let length = u8::try_from(word.len()).ok()?;
    if usize::from(length) > MAX_SHORT {
        return None;
    }
    let mut bytes = [0; MAX_SHORT + 1];
    bytes[..word.len()].copy_from_slice(word.as_bytes());
    bytes[MAX_SHORT] = length;
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn words_are_numbered_as_a_plain_map_numbers_them(
            words in prop::collection::vec("[ab\\x00é]{0,4}|[a-c]{13,18}", 0..60)
        ) {
            let mut memory = WordMemory::default();
            let mut plain: HashMap<String, u32> = HashMap::new();
            for word in words {
                let next = u32::try_from(plain.len()).unwrap();
                let expected = *plain.entry(word.clone()).or_insert(next);
                let found = memory.find(&word);
                prop_assert_eq!(found, (expected != next).then_some(expected));
                prop_assert_eq!(found.unwrap_or_else(|| memory.add(&word)), expected);
            }
        }
    }
}
