//! No encoding but UTF-8: any other is refused.

use crate::error::{Error, Result};
use crate::read::encoding::decoded::Decoded;
use crate::read::off::off_without;

/// # Errors
///
/// [`ErrorKind::Format`] if the text begins with the byte order mark of UTF-16.
pub(crate) fn by_mark(bytes: &[u8]) -> Result<Option<Decoded<'_>>> {
    let has_mark = bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xFF\xFE");
    if has_mark {
        return Err(off("in UTF-16"));
    }
    Ok(None)
}

/// # Errors
///
/// [`ErrorKind::Format`] if the name is not that of UTF-8.
pub(crate) fn by_name<'a>(_: &'a [u8], name: &str) -> Result<Option<Decoded<'a>>> {
    if !["utf-8", "utf8"].contains(&name.to_ascii_lowercase().as_str()) {
        return Err(off(&format!("in `{name}`")));
    }
    Ok(None)
}

/// # Errors
///
/// [`ErrorKind::Format`]: there is nothing to choose from.
pub(crate) fn by_guess(_: &[u8]) -> Result<Decoded<'_>> {
    Err(off("not in UTF-8"))
}

fn off(what: &str) -> Error {
    off_without(&format!("a text {what}"), "encodings")
}
