//! Pre-tokenized terms for the index library: serialized into one string, which a tokenizer for the
//! library reads.
//!
//! The library accepts pre-tokenized text too, but converts it to JSON and back for every clause, which
//! costs several times as much as the whole analysis.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of the tokenizer in an index.
pub(crate) const READY_TERMS: &str = "consonance_ready";

/// Follows each term; no term contains it, since it is not a letter, digit or mark.
const END: char = '\u{1f}';
/// Precedes a term once for each position by which it is after the preceding term.
const STEP: char = '\u{1e}';

/// Serialized terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadyTerms {
    written: String,
    position: usize,
}

impl ReadyTerms {
    /// Returns an empty list with capacity for the terms of a text.
    pub(crate) fn for_text(text: &str) -> Self {
        Self {
            written: String::with_capacity(text.len() + text.len() / 4),
            position: 0,
        }
    }

    /// Adds a term at a position not below that of the preceding term.
    pub(crate) fn add(&mut self, term: &str, position: usize) {
        for _ in self.position..position {
            self.written.push(STEP);
        }
        self.position = position;
        self.written.push_str(term);
        self.written.push(END);
    }

    /// Returns the string that [`TermReader`] reads.
    pub(crate) fn finish(self) -> String {
        self.written
    }
}

/// Reads what [`ReadyTerms`] wrote.
#[derive(Clone, Debug)]
pub(crate) struct TermReader;

impl Tokenizer for TermReader {
    type TokenStream<'a> = ReadyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyStream<'a> {
        ReadyStream {
            rest: text,
            token: Token {
                position: 0,
                ..Token::default()
            },
        }
    }
}

/// The terms of one string.
pub(crate) struct ReadyStream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for ReadyStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((written, rest)) = self.rest.split_once(END) else {
            return false;
        };
        let term = written.trim_start_matches(STEP);
        self.token.position += written.len() - term.len();
        self.token.text.clear();
        self.token.text.push_str(term);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_as_they_were_written() {
        let terms = [("state", 1), ("state", 1), ("hôpital", 4), ("x", 9)];
        let mut ready = ReadyTerms::default();
        for (term, position) in terms {
            ready.add(term, position);
        }
        let written = ready.finish();
        let (mut reader, mut read) = (TermReader, Vec::new());
        let mut stream = reader.token_stream(&written);
        while let Some(token) = stream.next() {
            read.push((token.text.clone(), token.position));
        }
        let expected = terms.map(|(term, position)| (term.to_owned(), position));
        assert_eq!(read, expected);
    }
}
