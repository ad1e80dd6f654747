//! [`read`]: a file of plain text as one agreement.

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Result};
use crate::read::document::{Body, Parsed};
use crate::read::limits::ReadLimits;
use crate::read::text;

/// Reads a file of plain text as one agreement without structure. Front matter that names a field of an
/// agreement is read as in Markdown, with the feature `markdown`.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the bytes are not text,
/// [`ErrorKind::Manifest`](crate::error::ErrorKind::Manifest) if the front matter breaks its rules.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let (metadata, rest) = split(&decoded, &mut diagnostics)?;
    let body = Body::Text {
        text: rest.to_owned(),
        hints: Vec::new(),
    };
    Ok(Parsed::of_one(metadata, body, diagnostics))
}

#[cfg(feature = "markdown")]
fn split<'t>(text: &'t str, diagnostics: &mut Vec<Diagnostic>) -> Result<(Metadata, &'t str)> {
    crate::read::front_matter::split_with_field(text, diagnostics)
}

#[cfg(not(feature = "markdown"))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the same function with the feature refuses"
)]
fn split<'t>(text: &'t str, _: &mut Vec<Diagnostic>) -> Result<(Metadata, &'t str)> {
    Ok((Metadata::default(), text))
}
