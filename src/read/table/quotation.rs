//! Quotation marks: where a quotation is open, and how its words are joined and restored.

use crate::words::single_spaced;

/// Marks in a cell where the name of a link begins.
pub(crate) const LINK_START: char = '\u{E000}';
/// Marks in a cell where the name of a link ends.
pub(crate) const LINK_END: char = '\u{E001}';

/// Quoted words up to this number within a longer quotation are a term, not a provision.
const MAX_TERM_WORDS: usize = 3;
/// Brackets around more bytes than this contain a remark, not changed letters.
const MAX_FITTED_BYTES: usize = 64;

/// The effect of a character on the state of being inside a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Opens,
    Closes,
    /// A straight mark: it opens outside a quotation and closes inside one.
    Either,
}

/// Returns the quotation marks of a text with their positions, without those in the names of links.
pub(crate) fn marks(text: &str) -> Vec<(usize, Mark)> {
    let mut is_in_link = false;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            LINK_START => is_in_link = true,
            LINK_END => is_in_link = false,
            _ if is_in_link => {}
            '“' | '„' | '«' => found.push((at, Mark::Opens)),
            '”' | '»' => found.push((at, Mark::Closes)),
            '"' => found.push((at, Mark::Either)),
            _ => {}
        }
    }
    found
}

/// Whether a position in a text is inside a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Quoting {
    #[default]
    Outside,
    Inside,
}

impl Quoting {
    /// Returns the state after a mark.
    pub(crate) fn after(self, mark: Mark) -> Self {
        match (mark, self) {
            (Mark::Opens, _) | (Mark::Either, Self::Outside) => Self::Inside,
            (Mark::Closes, _) | (Mark::Either, Self::Inside) => Self::Outside,
        }
    }

    /// Returns the state at the end of a text.
    pub(crate) fn after_words(self, text: &str) -> Self {
        let found = marks(text);
        found
            .iter()
            .fold(self, |quoting, (_, mark)| quoting.after(*mark))
    }
}

/// Splits a text that begins with a superfluous quotation mark (`“States pledge “[t]o talk”`) into
/// the words before the true quotation and the rest; `None` if the first mark is not superfluous.
pub(crate) fn split_stray_mark(text: &str) -> Option<(&str, &str)> {
    let found = marks(text);
    let n_of = |wanted: Mark| found.iter().filter(|(_, mark)| *mark == wanted).count();
    match found[..] {
        [(first, Mark::Opens), (second, Mark::Opens), ..]
            if n_of(Mark::Opens) > n_of(Mark::Closes) =>
        {
            let after_first = first + text[first..].chars().next()?.len_utf8();
            Some((text[after_first..second].trim(), &text[second..]))
        }
        _ => None,
    }
}

/// Returns the quoted words of a text. Parts are joined by an ellipsis where words of the table's
/// author are between them. A quotation that is never closed extends to the end.
pub(crate) fn quoted_words(text: &str) -> String {
    let all = pieces(text);
    let n_pieces = all.len();
    let mut words = String::new();
    for piece in all {
        let is_term = n_pieces > 1
            && piece.split_whitespace().count() <= MAX_TERM_WORDS
            && !piece.ends_with(['.', ';', ',']);
        if is_term || piece.is_empty() {
            continue;
        }
        if !words.is_empty() {
            let is_elided =
                words.ends_with("...") || words.ends_with(". .") || words.ends_with('…');
            words.push_str(if is_elided { " " } else { " ... " });
        }
        words.push_str(piece);
    }
    words
}

/// Returns the outermost quotations of a text, without their marks.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, mark) in marks(text) {
        let opens = mark == Mark::Opens || (mark == Mark::Either && depth == 0);
        if opens {
            if depth == 0 {
                let length = text[at..].chars().next().map_or(1, char::len_utf8);
                start = at + length;
            }
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push(text[start..at].trim());
            }
        }
    }
    if depth > 0 {
        found.push(text[start..].trim());
    }
    found
}

/// Returns quoted words as in the clause itself: without a leading ellipsis, without brackets
/// around letters that were changed to fit a sentence (`[t]o`), with a capital at the start.
pub(crate) fn mend(words: &str) -> String {
    let bare = words
        .trim_start_matches(|c: char| matches!(c, '.' | '…') || c.is_whitespace())
        .trim_end();
    let mut mended = String::with_capacity(bare.len());
    let mut rest = bare;
    while let Some(at) = rest.find('[') {
        mended.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        let end = inner.bytes().take(MAX_FITTED_BYTES).position(|b| b == b']');
        match end {
            Some(end) if is_fitted(&inner[..end]) => {
                mended.push_str(&inner[..end]);
                rest = &inner[end + 1..];
            }
            _ => {
                mended.push('[');
                rest = inner;
            }
        }
    }
    mended.push_str(rest);
    with_capital(&single_spaced(&mended))
}

fn is_fitted(letters: &str) -> bool {
    !letters.is_empty()
        && letters
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '-')
}

fn with_capital(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Returns the parts of a text between its ellipses (`...`, `. . .`, `…`).
pub(crate) fn between_ellipses(text: &str) -> Vec<String> {
    const GAP: char = '…';
    let one_sign = text
        .replace(". . . .", "…")
        .replace(". . .", "…")
        .replace("....", "…");
    one_sign
        .replace("...", "…")
        .split(GAP)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_joined_and_terms_left_out() {
        let cases = [
            ("“One.”", "One."),
            (
                "“One,” says the author “two three four five”",
                "One, ... two three four five",
            ),
            (
                "“We talk a lot ...” also to “keep the peace at sea”",
                "We talk a lot ... keep the peace at sea",
            ),
            (
                "“We do not harm it.” (Calling “public core” “what carries the traffic”)",
                "We do not harm it. ... what carries the traffic",
            ),
            ("“Never closed", "Never closed"),
            ("\"Straight marks\"", "Straight marks"),
            ("“Outer “inner” outer”", "Outer “inner” outer"),
            ("none", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted_words(text), expected, "{text}");
        }
    }

    #[test]
    fn words_changed_to_fit_a_sentence_are_restored() {
        let cases = [
            ("[t]o talk", "To talk"),
            ("... we talk", "We talk"),
            (
                "the [Manifesto] says [...] so [note: x]",
                "The Manifesto says [...] so [note: x]",
            ),
            ("", ""),
        ];
        for (words, expected) in cases {
            assert_eq!(mend(words), expected);
        }
    }

    #[test]
    fn a_superfluous_mark_is_found() {
        let split = split_stray_mark("“States pledge “[t]o talk”");
        assert_eq!(split, Some(("States pledge", "“[t]o talk”")));
        assert_eq!(split_stray_mark("“States “so-called” talk”"), None);
    }

    #[test]
    fn ellipses_divide_a_text() {
        assert_eq!(
            between_ellipses("one. . . two ... three…"),
            ["one", "two", "three"]
        );
    }
}
