//! [`add_to_file_text`]: the text of a file in which offsets count, whatever its format.

/// What stands between two texts, or two ready clauses, of a file.
const BETWEEN: &str = "\n\n";

/// Adds the words of a document, or of a ready clause, to the text of their file, and returns the byte where
/// they begin. Added in the order of the file, an empty line between two, they make the text in which the offsets of
/// clauses count, and that `consonance segment --text` writes.
///
/// # Examples
///
/// ```
/// use consonance::read::add_to_file_text;
///
/// let mut text = String::new();
/// assert_eq!(add_to_file_text(&mut text, "Keep a light."), 0);
/// assert_eq!(add_to_file_text(&mut text, "Keep a log."), 15);
/// assert_eq!(&text[15..], "Keep a log.");
/// ```
pub fn add_to_file_text(text: &mut String, words: &str) -> usize {
    let start = start_after(text.len());
    if start > text.len() {
        text.push_str(BETWEEN);
    }
    text.push_str(words);
    start
}

/// Returns where words begin that follow this number of bytes in the text of a file.
pub(crate) fn start_after(n_bytes: usize) -> usize {
    match n_bytes {
        0 => 0,
        n_bytes => n_bytes + BETWEEN.len(),
    }
}
