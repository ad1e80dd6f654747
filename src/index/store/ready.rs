//! Terms that are ready for the index library: written into one string, which a tokenizer for the library
//! reads.
//!
//! The library accepts pre-tokenized text too, but converts it to JSON and back for every clause, which
//! costs several times as much as the whole analysis.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of the tokenizer in an index.
pub(crate) const READY_TERMS: &str = "consonance_ready";

/// The digit of a count that says that another digit follows; a count is the sum of its digits.
const MORE: u8 = 127;

/// Terms being written: before each one its distance from the one before and its length in bytes.
#[derive(Debug)]
pub(crate) struct ReadyTerms<'a> {
    written: &'a mut String,
    position: usize,
}

impl<'a> ReadyTerms<'a> {
    /// Returns a list that is written to the end of a string.
    pub(crate) fn at_end_of(written: &'a mut String) -> Self {
        Self {
            written,
            position: 0,
        }
    }

    /// Adds a term at a position not below that of the preceding term.
    pub(crate) fn add(&mut self, term: &str, position: usize) {
        self.add_count(position - self.position);
        self.position = position;
        self.add_count(term.len());
        self.written.push_str(term);
    }

    fn add_count(&mut self, count: usize) {
        let mut rest = count;
        while rest >= usize::from(MORE) {
            self.written.push(char::from(MORE));
            rest -= usize::from(MORE);
        }
        self.written
            .push(char::from(u8::try_from(rest).unwrap_or(0)));
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

impl ReadyStream<'_> {
    fn count(&mut self) -> Option<usize> {
        let mut count = 0;
        for (at, digit) in self.rest.bytes().enumerate() {
            count += usize::from(digit);
            if digit != MORE {
                self.rest = &self.rest[at + 1..];
                return Some(count);
            }
        }
        None
    }
}

impl TokenStream for ReadyStream<'_> {
    fn advance(&mut self) -> bool {
        let (Some(distance), Some(length)) = (self.count(), self.count()) else {
            return false;
        };
        let (term, rest) = self.rest.split_at(length);
        self.token.position += distance;
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
        let long = "é".repeat(200);
        let terms = [
            ("state", 1),
            ("state", 1),
            ("hôpital", 4),
            ("", 4),
            (&*long, 131),
            ("x", 600),
        ];
        let mut written = "before".to_owned();
        let mut ready = ReadyTerms::at_end_of(&mut written);
        for (term, position) in terms {
            ready.add(term, position);
        }
        let (mut reader, mut read) = (TermReader, Vec::new());
        let mut stream = reader.token_stream(&written["before".len()..]);
        while let Some(token) = stream.next() {
            read.push((token.text.clone(), token.position));
        }
        let expected = terms.map(|(term, position)| (term.to_owned(), position));
        assert_eq!(read, expected);
    }
}
