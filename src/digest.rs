//! [`sha256_of`]: the hash by which anyone can tell that a file is the same.

use std::fmt::Write;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The bytes read at a time.
const BLOCK: usize = 1 << 16;

/// Returns the SHA-256 of some bytes, in 64 hexadecimal digits, as `sha256sum` prints it.
pub(crate) fn sha256_of(bytes: &[u8]) -> String {
    in_digits(&Sha256::digest(bytes))
}

/// The SHA-256 of what is read step by step.
#[derive(Debug, Default)]
pub(crate) struct RunningSha256(Sha256);

impl RunningSha256 {
    /// Adds everything that a reader gives, block by block.
    pub(crate) fn add(&mut self, mut reader: impl Read) -> io::Result<()> {
        let mut block = vec![0; BLOCK];
        loop {
            match reader.read(&mut block)? {
                0 => return Ok(()),
                n => self.0.update(&block[..n]),
            }
        }
    }

    /// Returns the hash, in hexadecimal digits.
    pub(crate) fn finish(self) -> String {
        in_digits(&self.0.finalize())
    }
}

/// Returns bytes in hexadecimal digits.
fn in_digits(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_three_letters_is_that_of_the_standard() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(b"abc"), expected);
        let mut running = RunningSha256::default();
        for part in ["a", "bc"] {
            running.add(part.as_bytes()).unwrap();
        }
        assert_eq!(running.finish(), expected);
    }
}
