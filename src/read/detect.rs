//! [`kind_of`]: the format of a file, decided by its content first and by its name second.

use crate::error::{Error, ErrorKind, Result};
use crate::read::kind::Kind;
use crate::read::{encoding, table, text, written};
use crate::words::prefix_length;

/// The first bytes of formats that are not supported, and their names.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xD0\xCF\x11\xE0", "an old office document (DOC, XLS)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
];

/// The number of bytes of a marked-up file in which its first element is searched for.
const HEAD_BYTES: usize = 64 << 10;

/// The first elements of marked-up formats, without prefix, and their kinds.
const ROOTS: [(&str, Kind); 3] = [
    ("html", Kind::Html),
    ("akomantoso", Kind::Xml),
    ("treaty", Kind::Xml),
];

/// Returns the kind of a file that is not compressed; an office document counts as an archive,
/// whose entry names decide further.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the format is not supported; the message names it.
pub(crate) fn kind_of(bytes: &[u8], file_name: &str) -> Result<Kind> {
    let mut signatures = SIGNATURES.iter();
    if let Some((_, what)) = signatures.find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(not_read(what));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Archive);
    }
    let by_name = Kind::of_name(file_name);
    let head = &bytes[..bytes.len().min(1_024)];
    // PDF viewers allow other bytes before the signature.
    let is_pdf = by_name == Some(Kind::Pdf) && head.windows(5).any(|part| part == b"%PDF-");
    if is_pdf || head.trim_ascii_start().starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if let Some(kind) = by_name.filter(|kind| kind.has_signature()) {
        let message = format!("the name says {kind:?}, but the bytes are no such file");
        return Err(Error::new(ErrorKind::Format, message));
    }
    let start = text::without_bom(bytes);
    if let Some(kind) = kind_of_markup(start)? {
        return Ok(kind);
    }
    let is_quoting = || by_name == Some(Kind::Table) && table::quotes_clauses_in_tabs(start);
    if table::has_header_of_tabs(start) || is_quoting() {
        return Ok(Kind::Table);
    }
    if table::has_header_of_pipes(start) {
        return Ok(Kind::Markdown);
    }
    if written::json::is_table(start) {
        return Ok(Kind::Table);
    }
    if by_name == Some(Kind::Records) || starts_with_record(start) {
        return Ok(Kind::Records);
    }
    Ok(by_name
        .filter(|kind| !matches!(kind, Kind::Table | Kind::Xml))
        .unwrap_or(Kind::Text))
}

/// Returns the kind of a marked-up file, which begins with a declaration, a document type or a
/// known first element.
fn kind_of_markup(bytes: &[u8]) -> Result<Option<Kind>> {
    let head = head_of(bytes);
    let Some(root) = root_of(&head) else {
        return Ok(None);
    };
    let name = root.to_ascii_lowercase();
    let kind = ROOTS.iter().find(|(known, _)| *known == name);
    match kind {
        Some((_, kind)) => Ok(Some(*kind)),
        None if head.starts_with("<?xml") => {
            let shown: String = root.chars().take(40).collect();
            Err(not_read(&format!("an XML document of `{shown}`")))
        }
        None => Ok(None),
    }
}

/// Returns the first characters of a file in UTF-8 or UTF-16.
fn head_of(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let head = match encoding::by_mark(head) {
        Ok(Some(decoded)) => decoded.text,
        // Where no such text is read, what begins with its mark is no markup either.
        _ => String::from_utf8_lossy(text::without_bom(head)),
    };
    head.trim_start().to_owned()
}

/// Returns the name of the first element of a marked-up text, without its prefix; a document type
/// counts as one.
fn root_of(head: &str) -> Option<&str> {
    let mut rest = head;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(instruction) = rest.strip_prefix('?') {
            rest = instruction.split_once('>')?.1;
        } else {
            let is_type = rest
                .get(..8)
                .is_some_and(|start| start.eq_ignore_ascii_case("!doctype"));
            rest = if is_type {
                rest[8..].trim_start()
            } else {
                rest
            };
            let end = prefix_length(rest, |c| !c.is_whitespace() && !">/[".contains(c));
            let name = rest[..end].rsplit(':').next().unwrap_or_default();
            return Some(name);
        }
    }
}

fn not_read(what: &str) -> Error {
    let message = format!("this is {what}, which is not read yet by this version");
    Error::new(ErrorKind::Format, message)
}

/// Returns whether the first line that is not blank is a JSON object.
fn starts_with_record(bytes: &[u8]) -> bool {
    let line = text::lines_of(bytes)
        .map(<[u8]>::trim_ascii)
        .find(|line| !line.is_empty());
    line.is_some_and(|line| {
        line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        let cases: [(&[u8], &str, Kind); 10] = [
            (b"words", "a.txt", Kind::Text),
            (b"words", "a", Kind::Text),
            (b"words", "a.md", Kind::Markdown),
            (b"words", "a.MARKDOWN", Kind::Markdown),
            (b"{\"text\": \"words\"}\n", "a.txt", Kind::Records),
            (b"{curly} words", "a.txt", Kind::Text),
            (b"no record", "a.jsonl", Kind::Records),
            (b"x\n\nIssue\tOne\tTwo\n", "a.txt", Kind::Table),
            (b"Issue\tOne\n", "a.tsv", Kind::Text),
            (
                b"Norm\tA\tB\nx\tArt. 1: \"y\"\tArt. 2: \"z\"\n",
                "a.tsv",
                Kind::Table,
            ),
        ];
        for (bytes, name, kind) in cases {
            assert_eq!(kind_of(bytes, name).unwrap(), kind, "{name}");
        }
    }

    #[test]
    fn marked_up_files_are_recognized_by_their_first_element() {
        let cases: [(&[u8], Kind); 5] = [
            (b"\xEF\xBB\xBF <!DOCTYPE HTML><p>", Kind::Html),
            (
                b"<?xml version='1.0'?>\n<!-- x --><html xmlns='y'>",
                Kind::Html,
            ),
            (b"<HTML>", Kind::Html),
            (b"<b>bold</b> words", Kind::Text),
            (b"<!-- a remark", Kind::Text),
        ];
        for (bytes, kind) in cases {
            let found = kind_of(bytes, "a.txt").unwrap();
            assert_eq!(found, kind, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn unsupported_formats_are_named() {
        let cases: [(&[u8], &str); 3] = [
            (b"PK\x05\x06", "ZIP"),
            (b"<?xml version='1.0'?><x:feed>", "XML document of `feed`"),
            (b"\xD0\xCF\x11\xE0", "DOC"),
        ];
        for (bytes, word) in cases {
            let message = kind_of(bytes, "a.txt").unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }
}
