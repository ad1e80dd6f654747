//! Comments as Word markup.

use std::fmt::Write;

use crate::error::Result;
use crate::report::form::xml::in_xml;
use crate::report::redline::RedlineParams;

/// The comments of a document in preparation.
pub(super) struct CommentMarkup {
    /// The elements of the comments.
    pub(super) comments: String,
    /// The prefix of elements, with the colon.
    prefix: String,
    /// The attributes that say who commented, and when.
    stamp: String,
    next: usize,
}

/// The marks at both ends of the words that a comment is about.
pub(super) struct CommentEnds {
    pub(super) start: String,
    pub(super) end: String,
}

impl CommentMarkup {
    /// Begins with a number that no other comment of the document has.
    pub(super) fn new(params: &RedlineParams, prefix: &str, first: usize) -> Result<Self> {
        let date = params.date_in_word()?;
        let date = date.map(|date| format!(" {prefix}date=\"{date}\""));
        Ok(Self {
            comments: String::new(),
            prefix: prefix.to_owned(),
            stamp: format!(
                " {prefix}author=\"{}\"{}",
                in_xml(&params.author),
                date.unwrap_or_default()
            ),
            next: first,
        })
    }

    /// Adds a comment; returns what is put around its words.
    pub(super) fn add(&mut self, words: &str) -> CommentEnds {
        let (w, number, stamp) = (&self.prefix, self.next, &self.stamp);
        let _ = write!(
            self.comments,
            "<{w}comment {w}id=\"{number}\"{stamp}><{w}p><{w}r><{w}t xml:space=\"preserve\">{}</{w}t></{w}r></{w}p></{w}comment>",
            in_xml(words)
        );
        self.next += 1;
        CommentEnds {
            start: format!("<{w}commentRangeStart {w}id=\"{number}\"/>"),
            end: format!(
                "<{w}commentRangeEnd {w}id=\"{number}\"/><{w}r><{w}commentReference {w}id=\"{number}\"/></{w}r>"
            ),
        }
    }
}
