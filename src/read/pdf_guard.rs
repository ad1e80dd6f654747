//! A look over the bytes of a PDF before it is parsed: nesting that would exhaust a parser's stack.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::error::{Error, ErrorKind, Result};

/// How deep arrays and dictionaries may nest.
const MAX_DEPTH: usize = 500;

/// The most bytes that all streams together may inflate to.
const MAX_INFLATED: u64 = 512 << 20;

/// The nesting of arrays and dictionaries at a place.
#[derive(Debug, Default)]
struct Depth {
    depth: usize,
    before: u8,
}

impl Depth {
    /// Counts on over some bytes; returns whether they nest too deeply.
    ///
    /// A byte outside ASCII is taken for the middle of a picture or font, where brackets mean
    /// nothing.
    fn exceeds(&mut self, bytes: &[u8]) -> bool {
        for &byte in bytes {
            let is_pair = byte == self.before;
            match byte {
                b'[' => self.depth += 1,
                b']' => self.depth = self.depth.saturating_sub(1),
                b'<' if is_pair => self.depth += 1,
                b'>' if is_pair => self.depth = self.depth.saturating_sub(1),
                _ if !byte.is_ascii() => self.depth = 0,
                _ => {}
            }
            self.before = byte;
            if self.depth > MAX_DEPTH {
                return true;
            }
        }
        false
    }
}

/// Refuses a PDF whose objects nest deeper than any document needs, in the open or in compressed
/// streams, or that inflates to more than 512 MiB.
///
/// Streams that are encrypted or packed in another way than Flate are not looked into. Takes one
/// pass over the bytes and over what they inflate to.
///
/// # Errors
///
/// [`ErrorKind::Limit`] in these cases.
pub(crate) fn check(bytes: &[u8]) -> Result<()> {
    if Depth::default().exceeds(bytes) {
        return Err(too_deep());
    }
    let mut n_left = MAX_INFLATED;
    let mut at = 0;
    let mut buffer = vec![0; 64 << 10];
    while let Some(found) = bytes[at..].windows(6).position(|part| part == b"stream") {
        at += found + 6;
        let skipped = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace());
        let start = at + skipped.count();
        // A deflated stream begins with 0x78 as all programs write it, and with 0x?8 as they may.
        if bytes.get(start).is_none_or(|byte| byte & 0x0F != 8) {
            continue;
        }
        let mut depth = Depth::default();
        let mut inflated = ZlibDecoder::new(&bytes[start..]);
        while let Ok(n @ 1..) = inflated.read(&mut buffer) {
            let length = u64::try_from(n).unwrap_or(u64::MAX);
            n_left = n_left.checked_sub(length).ok_or_else(|| {
                let message = "the PDF inflates to more than 512 MiB";
                Error::new(ErrorKind::Limit, message)
            })?;
            if depth.exceeds(&buffer[..n]) {
                return Err(too_deep());
            }
        }
    }
    Ok(())
}

fn too_deep() -> Error {
    let message = format!("objects of the PDF are nested more than {MAX_DEPTH} deep");
    Error::new(ErrorKind::Limit, message)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn deep_nesting_is_seen_in_the_open_and_in_streams() {
        let deep = "[".repeat(600);
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(deep.as_bytes()).unwrap();
        let packed = [b"stream\r\n", encoder.finish().unwrap().as_slice()].concat();
        for bytes in [deep.as_bytes(), "<</A".repeat(600).as_bytes(), &packed] {
            assert!(check(bytes).is_err());
        }
        assert!(check("[<<>>]".repeat(600).as_bytes()).is_ok());
        assert!(check("[\u{e9}".repeat(600).as_bytes()).is_ok());
    }
}
