//! [`StableHash`]: a hash of bytes that is the same on every machine and in every run.

/// An odd number that spreads the bits of a number it is multiplied with (Knuth, 1973).
pub(crate) const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A running 64-bit FNV-1a hash (Fowler, Noll and Vo, 1991).
///
/// Every step maps different states to different states, so a single changed byte is always
/// detected. It protects against accidents, not against attacks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StableHash(u64);

impl StableHash {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;

    /// Returns the hash of some bytes.
    pub(crate) fn of(bytes: impl IntoIterator<Item = u8>) -> Self {
        let mut hash = Self(Self::BASIS);
        hash.add(bytes);
        hash
    }

    /// Adds bytes as they are.
    pub(crate) fn add(&mut self, bytes: impl IntoIterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// Adds bytes eight at a time, and their number: another hash than that of [`add`](Self::add), made in a
    /// fraction of the time.
    pub(crate) fn add_block(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.step(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.step(u64::from_le_bytes(last));
        self.step(bytes.len() as u64);
    }

    fn step(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(29) ^ number).wrapping_mul(SPREAD);
    }

    /// Returns the hash as a number.
    pub(crate) fn number(self) -> u64 {
        self.0
    }

    /// Returns the hash as sixteen hexadecimal digits.
    pub(crate) fn digits(self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_published_values() {
        assert_eq!(StableHash::of(*b"").digits(), "cbf29ce484222325");
        assert_eq!(StableHash::of(*b"a").digits(), "af63dc4c8601ec8c");
    }

    #[test]
    fn a_block_is_told_from_a_longer_a_shorter_and_a_changed_one() {
        let of = |bytes: &[u8]| {
            let mut hash = StableHash::of([]);
            hash.add_block(bytes);
            hash.number()
        };
        let text = b"Harbors keep their lights lit.";
        for length in 0..text.len() {
            assert_ne!(of(&text[..length]), of(&text[..=length]));
            let mut changed = *text;
            changed[length] ^= 0x80;
            assert_ne!(of(text), of(&changed));
        }
        assert_ne!(of(b"a"), of(b"a\0"));
    }
}
