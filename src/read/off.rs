//! [`off`]: the refusal of a file whose format this build of the crate leaves out.

use crate::error::{Error, ErrorKind};
use crate::read::kind::Kind;

/// Returns the error for a file of a kind that only a feature of the crate brings; it names the feature.
pub(crate) fn off(kind: Kind) -> Error {
    let (what, feature) = match kind {
        Kind::Markdown => ("a Markdown file", "markdown"),
        Kind::Html => ("a web page", "html"),
        Kind::Docx => ("a Word document", "office"),
        Kind::Odt => ("an OpenDocument text", "office"),
        Kind::Xml => ("an XML document", "office"),
        Kind::Archive => ("a ZIP archive", "office"),
        Kind::Xlsx => ("a workbook", "xlsx"),
        Kind::Pdf => ("a PDF document", "pdf"),
        Kind::Text | Kind::Csv | Kind::Records | Kind::Table => ("a text", "default"),
    };
    off_without(what, feature)
}

/// Returns the error for what only a feature of the crate reads.
pub(crate) fn off_without(what: &str, feature: &str) -> Error {
    let message = format!("this is {what}, which is read only with the feature `{feature}`");
    Error::new(ErrorKind::Format, message)
}
