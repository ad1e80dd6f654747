//! The signs of a kind among the words of a clause: at its beginning, anywhere in it, in a term and a colon.

use crate::clause::kind::lexicon::{InnerSign, KindLexicon, OpeningSign};
use crate::deontic::Word;

/// The most words before an opening that tell nothing.
const MAX_BEFORE_OPENING: usize = 4;

/// The most words of a term before a colon.
const MAX_BEFORE_COLON: usize = 9;

/// A sign at some words.
#[derive(Clone, Copy)]
pub(crate) struct FoundSign<S> {
    pub(crate) sign: S,
    pub(crate) at: usize,
    pub(crate) length: usize,
}

/// The sign at the beginning, after marks, numbers and words that tell nothing.
pub(crate) fn opening_of(
    words: &[Word<'_>],
    lexicon: &KindLexicon,
) -> Option<FoundSign<OpeningSign>> {
    let first = first_word(words)?;
    for at in first..words.len().min(first + MAX_BEFORE_OPENING) {
        if let Some((sign, length)) = lexicon.openings.at(words, at) {
            let sign = *sign;
            return Some(FoundSign { sign, at, length });
        }
        let word = &words[at];
        if !word.is_in(&lexicon.before_opening) && !word.is_mark() {
            return None;
        }
    }
    None
}

/// The index of the first word after bullets and a number such as `II.` or `(a)`.
pub(crate) fn first_word(words: &[Word<'_>]) -> Option<usize> {
    let is_word = |at: &usize| !words[*at].is_mark();
    let first = (0..words.len()).find(is_word)?;
    let next = words.get(first + 1);
    let is_closed = next.is_some_and(|next| matches!(&*next.form, "." | ")"));
    let is_number = words[first].form.chars().count() <= 4 && is_closed;
    let behind = (first + 2..words.len()).find(is_word);
    if is_number {
        behind.or(Some(first))
    } else {
        Some(first)
    }
}

/// The signs anywhere in the words.
pub(crate) fn inner_of(words: &[Word<'_>], lexicon: &KindLexicon) -> Vec<FoundSign<InnerSign>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (sign, length) = match lexicon.inner.at(words, at) {
            Some((sign, length)) => (Some(*sign), length),
            None => (None, 1),
        };
        found.extend(sign.map(|sign| FoundSign { sign, at, length }));
        at += length;
    }
    found
}

/// A term before a colon that begins the words after it defines it: "Quay: A quay is a place".
pub(crate) fn repeated_term(words: &[Word<'_>]) -> Option<FoundSign<()>> {
    let first = first_word(words)?;
    let end = (first + MAX_BEFORE_COLON).min(words.len());
    let colon = (first..end).find(|at| words[*at].form == ":")?;
    let term = &words[first..colon];
    let is_article = |word: &Word<'_>| word.form.chars().count() <= 3;
    let rest = &words[colon + 1..];
    let repeats = |rest: &[Word<'_>]| {
        let forms = rest.iter().map(|word| &word.form);
        rest.len() > term.len() && forms.zip(term).all(|(form, word)| *form == word.form)
    };
    let is_repeated = repeats(rest) || rest.first().is_some_and(is_article) && repeats(&rest[1..]);
    let is_term = !term.is_empty() && is_repeated;
    is_term.then_some(FoundSign {
        sign: (),
        at: first,
        length: term.len(),
    })
}
