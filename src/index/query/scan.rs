//! [`Parser`]: a query being parsed, and its lexical elements: signs, quotations, values.

use crate::error::{Error, ErrorKind, Result};

/// The deepest nesting of parentheses and negations.
const MAX_DEPTH: usize = 64;
/// The most words, phrases and field queries in one query.
const MAX_PARTS: usize = 1024;
/// The largest slop of a phrase, in words.
const MAX_SLOP: usize = 1000;

/// A query, parsed up to a position.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The number of open parentheses and signs.
    pub(super) depth: usize,
    pub(super) n_parts: usize,
}

impl<'a> Parser<'a> {
    /// Reads a quotation and returns the text between the marks.
    pub(super) fn quoted(&mut self) -> Result<&'a str> {
        let start = self.at;
        let opening = self.peek().map_or(0, char::len_utf8);
        let inner = &self.rest()[opening..];
        let Some(length) = inner.find(is_quote) else {
            return Err(self.error(start, "this quotation mark is not closed: expected `\"`"));
        };
        let closing = inner[length..].chars().next().map_or(0, char::len_utf8);
        self.at += opening + length + closing;
        Ok(&inner[..length])
    }

    pub(super) fn slop(&mut self) -> Result<usize> {
        let Some(rest) = self.rest().strip_prefix('~') else {
            return Ok(0);
        };
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let slop = rest[..n_digits].parse().ok().filter(|&n| n <= MAX_SLOP);
        let Some(slop) = slop else {
            let message = format!("`~` needs a number of words from 0 to {MAX_SLOP} after it");
            return Err(self.error(self.at, &message));
        };
        self.at += 1 + n_digits;
        Ok(slop)
    }

    /// Reads a value up to white space or an unbalanced closing parenthesis: `13(f)`.
    pub(super) fn bare_value(&mut self) -> &'a str {
        let rest = self.rest();
        let mut n_open = 0_usize;
        let ends_value = |c: char| {
            let ends = c.is_whitespace() || (c == ')' && n_open == 0);
            match c {
                '(' => n_open += 1,
                ')' => n_open = n_open.saturating_sub(1),
                _ => {}
            }
            ends
        };
        let end = rest.find(ends_value).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Reads an operator word, if it is next, and returns its position.
    pub(super) fn keyword(&mut self, word: &str) -> Option<usize> {
        let rest = self.rest().strip_prefix(word)?;
        if !rest.chars().next().is_none_or(ends_word) {
            return None;
        }
        let start = self.at;
        self.at += word.len();
        Some(start)
    }

    pub(super) fn descend(&mut self, at: usize) -> Result<()> {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            return Ok(());
        }
        let message = format!("the query is nested deeper than {MAX_DEPTH} levels here");
        Err(self.error(at, &message))
    }

    pub(super) fn count_part(&mut self, at: usize) -> Result<()> {
        self.n_parts += 1;
        if self.n_parts <= MAX_PARTS {
            return Ok(());
        }
        let message = format!("the query has more than {MAX_PARTS} parts");
        Err(self.error(at, &message))
    }

    pub(super) fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Returns the error for a missing part.
    pub(super) fn lacking(&self, at: usize, what: &str) -> Error {
        let message = format!("{what}: expected a word, a phrase or a field");
        self.error(at, &message)
    }

    pub(super) fn error(&self, at: usize, message: &str) -> Error {
        let column = self.text[..at].chars().count() + 1;
        Error::new(ErrorKind::Query, format!("column {column}: {message}"))
    }
}

/// Returns the number of bytes before the slash that ends a regular expression; `\\/` does not end it.
pub(super) fn length_to_slash(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '/' if !is_escaped => return Some(at),
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    None
}

/// Returns whether a character ends a word.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
