//! Every usual encoding, by its byte order mark, its name, or a guess.

#![allow(
    clippy::unnecessary_wraps,
    reason = "the same functions without the feature refuse"
)]

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::error::Result;
use crate::read::encoding::decoded::Decoded;

/// Decodes a text that begins with the byte order mark of UTF-16; `None` for any other.
///
/// # Errors
///
/// None with this feature.
pub(crate) fn by_mark(bytes: &[u8]) -> Result<Option<Decoded<'_>>> {
    let marked = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8);
    Ok(marked.map(|(encoding, length)| decoded(&bytes[length..], encoding)))
}

/// Decodes a text in the encoding of this name; `None` if no encoding is called so, and for UTF-8.
///
/// # Errors
///
/// None with this feature.
pub(crate) fn by_name<'a>(bytes: &'a [u8], name: &str) -> Result<Option<Decoded<'a>>> {
    let known = Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != UTF_8);
    Ok(known.map(|encoding| decoded(bytes, encoding)))
}

/// Decodes a text that is not UTF-8 in the most likely encoding.
///
/// # Errors
///
/// None with this feature.
pub(crate) fn by_guess(bytes: &[u8]) -> Result<Decoded<'_>> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(decoded(bytes, detector.guess(None, Utf8Detection::Deny)))
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: encoding.name(),
    }
}
