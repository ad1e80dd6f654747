//! The words that terms are made of: standard words, with hyphenated and joined spellings made one.

use std::borrow::Cow;
use std::ops::Range;

use crate::words::fold::is_ignorable;
use crate::words::standard::{each_standard_word, standard_words};

/// A word as it occurs in a text, or the two halves of a hyphenated one joined.
pub(crate) struct RawWord<'t> {
    pub(crate) spelling: Cow<'t, str>,
    /// The bytes of the standard words that it is made of, or that it is a part of.
    pub(crate) written: Range<usize>,
    pub(crate) range: Range<usize>,
}

/// Prefixes that are joined to the word after their hyphen: "co-operation" is "cooperation".
const JOINED_PREFIXES: [&str; 20] = [
    "anti", "bi", "co", "counter", "cross", "e", "extra", "inter", "intra", "mis", "multi", "non",
    "post", "pre", "pro", "re", "sub", "trans", "un", "under",
];

/// A prefix that is a word of its own: "cyberattack", "cyber-attack" and "cyber attack" are one.
const SPLIT_PREFIX: &str = "cyber";

/// Returns the words of a text, prefixes joined.
pub(crate) fn raw_words(text: &str) -> Vec<RawWord<'_>> {
    let mut words = Vec::new();
    each_raw_word(text, |word| words.push(word));
    words
}

/// Calls `each` with the words of a text, in order: `co-operation` is one, `cyberattack` is two.
pub(crate) fn each_raw_word<'t>(text: &'t str, mut each: impl FnMut(RawWord<'t>)) {
    // The latest word, until it is known whether the next one belongs to it.
    let mut waiting: Option<RawWord<'t>> = None;
    each_standard_word(text, |start, spelling| {
        let range = start..start + spelling.len();
        if let Some(prefix) = waiting.as_mut()
            && is_joined(text, prefix, start)
        {
            prefix.spelling = format!("{}{spelling}", prefix.spelling).into();
            prefix.range.end = range.end;
            prefix.written.end = range.end;
            return;
        }
        waiting.take().into_iter().for_each(&mut each);
        let mut rest = RawWord {
            spelling: spelling.into(),
            written: range.clone(),
            range,
        };
        if has_split_prefix(spelling) {
            let (first, second) = spelling.split_at(SPLIT_PREFIX.len());
            let middle = start + first.len();
            each(RawWord {
                spelling: first.into(),
                written: rest.written.clone(),
                range: start..middle,
            });
            rest.spelling = second.into();
            rest.range.start = middle;
        }
        waiting = Some(rest);
    });
    waiting.into_iter().for_each(each);
}

/// Returns whether `prefix` and the word at `next` are one word: separated by a hyphen that is
/// ignored, or by zero-width characters between letters that would otherwise be one word.
fn is_joined(text: &str, prefix: &RawWord<'_>, next: usize) -> bool {
    let between = &text[prefix.range.end..next];
    let first = between.bytes().next();
    if first.is_some_and(|byte| byte.is_ascii() && byte != b'-') {
        return false;
    }
    if !between.is_empty() && between.chars().all(is_ignorable) {
        let ends = text[..prefix.range.end].chars().next_back();
        let seam: String = ends
            .into_iter()
            .chain(text[next..].chars().next())
            .collect();
        return standard_words(&seam).len() == 1;
    }
    matches!(between, "-" | "‐" | "‑")
        && JOINED_PREFIXES
            .iter()
            .any(|known| prefix.spelling.eq_ignore_ascii_case(known))
}

fn has_split_prefix(word: &str) -> bool {
    let length = SPLIT_PREFIX.len();
    word.len() >= length + 3
        && word.is_ascii()
        && word[..length].eq_ignore_ascii_case(SPLIT_PREFIX)
        && word.as_bytes()[length].is_ascii_alphabetic()
}
