//! [`quotations_in`]: what a paper quotes, in marks or set apart.

use std::ops::Range;

use crate::finding::quotations::marks::{MarkedWords, marked_quotations};
use crate::finding::quotations::paper::Paper;
use crate::finding::quotations::result::QuotedIn;
use crate::finding::quotations::wording::QuotedWording;
use crate::provision::{instruments, references};
use crate::words::word_ranges;

/// The fewest words of a quotation: fewer are a term or a name.
const MIN_WORDS: usize = 4;
/// The proportion of a block that a marked quotation at its beginning covers, if the two are one.
const MOST_OF_BLOCK: f64 = 0.6;

/// Words that a paper quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QuotedWords {
    /// The bytes of the paper with the marks.
    pub(super) outer: Range<usize>,
    /// The bytes of the words.
    pub(super) inner: Range<usize>,
    pub(super) quoted_in: QuotedIn,
    /// The ways to understand the words, the most literal first.
    pub(super) ways: Vec<QuotedWording>,
    /// Whether it stands inside another quotation.
    pub(super) is_nested: bool,
}

/// Returns what a paper quotes with at least four words, in order; a quotation inside another comes after it.
pub(super) fn quotations_in(paper: &Paper) -> Vec<QuotedWords> {
    let mut marked = marked_quotations(&paper.text, &paper.paragraphs);
    let mut quoted = Vec::new();
    for block in &paper.blocks {
        let words = block_words(&paper.text, block, &mut marked);
        quoted.extend(quoted_words(paper, &words, QuotedIn::Block));
    }
    for words in &marked {
        quoted.extend(quoted_words(paper, words, QuotedIn::Marks));
    }
    quoted.sort_by_key(|words| (words.outer.start, std::cmp::Reverse(words.outer.end)));
    let mut end = 0;
    for words in &mut quoted {
        words.is_nested = words.outer.start < end;
        end = end.max(words.outer.end);
    }
    quoted
}

fn quoted_words(paper: &Paper, words: &MarkedWords, quoted_in: QuotedIn) -> Option<QuotedWords> {
    let ways = QuotedWording::ways(&paper.text[words.inner.clone()]);
    let n_words = |way: &QuotedWording| {
        let parts = way.parts.iter().map(|part| n_words(&part.text));
        parts.sum::<usize>()
    };
    let is_long = ways.iter().any(|way| n_words(way) >= MIN_WORDS);
    is_long.then(|| QuotedWords {
        outer: words.outer.clone(),
        inner: words.inner.clone(),
        quoted_in,
        ways,
        is_nested: false,
    })
}

/// Returns the number of words; in scripts without spaces, two characters are one.
fn n_words(text: &str) -> usize {
    let words: Vec<Range<usize>> = word_ranges(text).collect();
    let touching = words.windows(2).filter(|pair| pair[0].end == pair[1].start);
    words.len() - touching.count() / 2
}

/// Returns a block without the marks around it and without the source it ends with; a marked quotation that is most of
/// it is taken off the others.
fn block_words(text: &str, block: &Range<usize>, marked: &mut Vec<MarkedWords>) -> MarkedWords {
    let whole = block.start..block.start + without_source(&text[block.clone()]).len();
    let is_most = |words: &MarkedWords| {
        let covered = words.outer.len() as f64 / whole.len().max(1) as f64;
        words.outer.start == whole.start && words.outer.end <= block.end && covered >= MOST_OF_BLOCK
    };
    match marked.iter().position(is_most) {
        Some(place) => marked.remove(place),
        None => MarkedWords {
            outer: whole.clone(),
            inner: whole,
        },
    }
}

/// Returns a block without a last line after a dash, or last brackets that name a source.
fn without_source(block: &str) -> &str {
    let last_line = block.rfind('\n').map_or(0, |end| end + 1);
    if block[last_line..].trim_start().starts_with(['—', '–', '-']) && last_line > 0 {
        return block[..last_line].trim_end();
    }
    let trimmed = block.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let opening = match trimmed.chars().next_back() {
        Some(')') => trimmed.rfind(" ("),
        Some(']') => trimmed.rfind(" ["),
        _ => None,
    };
    let names_source =
        |source: &str| !references(source).is_empty() || !instruments(source).is_empty();
    match opening.filter(|start| names_source(&trimmed[*start..])) {
        Some(start) => block[..start].trim_end(),
        None => block,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_told_without_its_source() {
        let check = |block: &str, expected: &str| assert_eq!(without_source(block), expected);
        check("Keep a light. (Code, para. 4)", "Keep a light.");
        check("Keep a light. (Code, para. 13(c)).", "Keep a light.");
        check("Keep a light.\n— Code, para. 4", "Keep a light.");
        check("Keep a light (at night).", "Keep a light (at night).");
    }
}
