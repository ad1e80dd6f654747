//! [`read`]: a ZIP archive, which is one office document or holds files of any kind.

use crate::error::{Error, ErrorKind, Result};
use crate::read::document::Parsed;
use crate::read::input::{ArchiveLevel, Input};
use crate::read::kind::Kind;
use crate::read::package::Package;
#[cfg(feature = "xlsx")]
use crate::read::xlsx;
use crate::read::{archive, docx, odt};

/// Reads a ZIP archive; `read_entry` reads the files in one that is no office document.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is damaged, is no document that is read, or is in another archive;
/// [`ErrorKind::Limit`] if it exceeds one of the limits.
pub(crate) fn read(
    input: &Input<'_>,
    read_entry: impl Fn(&[u8], &str) -> Result<Parsed>,
) -> Result<Parsed> {
    let package = Package::open(input.bytes, input.limits)?;
    let kind = package.content()?;
    let doubles = package.tell_double_names(input.file_name);
    let mut reading = match kind {
        Kind::Docx => docx::read(package, input.limits)?,
        Kind::Odt => odt::read(package, input.limits)?,
        #[cfg(feature = "xlsx")]
        Kind::Xlsx => xlsx::read(package, input.bytes, input.limits)?,
        #[cfg(not(feature = "xlsx"))]
        Kind::Xlsx => return Err(crate::read::off::off(kind)),
        _ if input.nesting == ArchiveLevel::Inside => {
            let message = "an archive inside an archive is not read";
            return Err(Error::new(ErrorKind::Format, message));
        }
        _ => archive::read(package, input.file_name, read_entry)?,
    };
    reading.diagnostics.extend(doubles);
    Ok(Parsed {
        kind: Some(kind),
        ..reading
    })
}
