//! `Kind`: the kind of a file, and what its name says about it.

/// The kinds of file that this version reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Plain text.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// Clause records in a CSV file, with the column names in the first row.
    Csv,
    /// A PDF document, read with the feature `pdf`.
    Pdf,
    /// A Word document.
    Docx,
    /// An `OpenDocument` text.
    Odt,
    /// A spreadsheet whose sheets are comparison tables.
    Xlsx,
    /// A ZIP archive.
    Archive,
    /// Official XML: Akoma Ntoso or a trade agreement.
    Xml,
    /// Clause records: one JSON object on each line, or one JSON array of them.
    Records,
    /// A comparison table, made by hand or by this crate: issues down the side, sources across,
    /// quotations in the cells; with tabs between cells, or as JSON.
    Table,
}

/// Endings of common document formats that this version does not read.
const UNREAD_ENDINGS: [&str; 4] = ["doc", "rtf", "epub", "xls"];

impl Kind {
    /// Returns the kind for the ending of a file name, ignoring a final `.gz`.
    pub(crate) fn of_name(file_name: &str) -> Option<Self> {
        Some(match ending_of(file_name).as_str() {
            "txt" | "text" | "asc" => Self::Text,
            "tsv" => Self::Table,
            "html" | "htm" | "xhtml" => Self::Html,
            "xml" => Self::Xml,
            "pdf" => Self::Pdf,
            "csv" => Self::Csv,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "xlsx" => Self::Xlsx,
            "zip" => Self::Archive,
            "md" | "markdown" => Self::Markdown,
            "jsonl" | "ndjson" | "json" => Self::Records,
            _ => return None,
        })
    }

    /// Whether every file of this kind begins with the same bytes.
    pub(crate) fn has_signature(self) -> bool {
        self == Self::Pdf || self.is_packed()
    }

    /// Whether every file of this kind is a ZIP archive.
    pub(crate) fn is_packed(self) -> bool {
        matches!(self, Self::Docx | Self::Odt | Self::Xlsx | Self::Archive)
    }

    /// Returns the name of the kind for programs: one word in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Xlsx => "xlsx",
            Self::Archive => "zip",
            Self::Xml => "xml",
            Self::Records => "jsonl",
            Self::Table => "table",
        }
    }
}

/// Returns the name of the kind of file that a file name tells: one word in lower case, `text` where
/// nothing is known.
///
/// # Examples
///
/// ```
/// use consonance::read::format_of;
///
/// assert_eq!(format_of("treaty.DOCX"), "docx");
/// assert_eq!(format_of("clauses.jsonl.gz"), "jsonl");
/// assert_eq!(format_of("no ending"), "text");
/// ```
pub fn format_of(file_name: &str) -> &'static str {
    Kind::of_name(file_name).unwrap_or(Kind::Text).name()
}

/// Returns whether a file of this name in a folder should be opened: it is read, or refused with a
/// reason that its owner should know.
pub(crate) fn is_document_name(file_name: &str) -> bool {
    let ending = ending_of(file_name);
    Kind::of_name(file_name).is_some() || UNREAD_ENDINGS.contains(&ending.as_str())
}

/// Returns the last ending of a file name in lower case, ignoring a final `.gz`.
fn ending_of(file_name: &str) -> String {
    let lower = file_name.to_lowercase();
    let inner = lower.strip_suffix(".gz").unwrap_or(&lower);
    let name = inner.rsplit('/').next().unwrap_or(inner);
    match name.rsplit_once('.') {
        Some((_, ending)) => ending.to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compressed_file_has_the_kind_of_its_inner_ending() {
        assert_eq!(Kind::of_name("x/clauses.jsonl.gz"), Some(Kind::Records));
        assert_eq!(Kind::of_name("x.y/notes"), None);
        assert!(is_document_name("scan.PDF") && !is_document_name("photo.png"));
    }
}
