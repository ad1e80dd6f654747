//! Trade agreements in a `treaty` element: articles with number and name as attributes, their text plain.

use std::mem;

use roxmltree::Node;

use crate::agreement::Metadata;
use crate::language::Language;
use crate::read::blocks::{Blocks, append_collapsed, begins_with_number};
use crate::read::document::HintKind;
use crate::read::xml::{words_of, year_of};

/// Returns what a `treaty` says about itself.
pub(crate) fn treaty_metadata(root: Node<'_, '_>) -> Metadata {
    let value = |name: &str| {
        let node = root.descendants().find(|node| node.has_tag_name(name))?;
        let words = words_of(node);
        (!words.is_empty()).then_some(words)
    };
    let signed = value("date_signed");
    Metadata {
        title: value("name"),
        status: value("type"),
        region: value("region"),
        year: signed.as_deref().and_then(year_of),
        first_published: signed,
        language: value("language").and_then(|tag| Language::from_tag(&tag)),
        ..Metadata::default()
    }
}

/// Writes a `treaty`: its chapters and articles have number and name as attributes, their text is plain.
pub(crate) fn treaty_blocks(root: Node<'_, '_>) -> Blocks {
    let mut blocks = Blocks::default();
    let parts = root
        .descendants()
        .filter(|node| matches!(node.tag_name().name(), "chapter" | "article" | "annex"));
    for part in parts {
        let depth = if part.has_tag_name("article") { 2 } else { 1 };
        for name in ["number", "name"] {
            let words = part.attribute(name).unwrap_or_default();
            blocks.push(words, HintKind::Heading(depth));
        }
        let texts = part.children().filter(Node::is_text);
        for words in texts.filter_map(|node| node.text()) {
            push_paragraphs(&mut blocks, words);
        }
    }
    blocks
}

/// Writes a plain text paragraph by paragraph; a paragraph broken within a sentence is joined.
fn push_paragraphs(blocks: &mut Blocks, words: &str) {
    let mut paragraph = String::new();
    let mut was_blank = false;
    // A line that was wrapped ends with the space before its next word.
    let mut was_wrapped = false;
    for line in words.lines() {
        let mut plain = String::new();
        append_collapsed(&mut plain, line);
        let plain = plain.trim();
        if plain.is_empty() {
            was_blank = true;
            continue;
        }
        let goes_on = (was_wrapped || plain.starts_with(char::is_lowercase))
            && !begins_with_number(plain)
            && !paragraph.ends_with(['.', ';', ':', ','])
            && !paragraph.is_empty();
        if was_blank && !goes_on {
            blocks.push(&mem::take(&mut paragraph), HintKind::Paragraph);
        }
        if !paragraph.is_empty() {
            paragraph.push(if goes_on { ' ' } else { '\n' });
        }
        paragraph.push_str(plain);
        was_blank = false;
        was_wrapped = line.ends_with(' ') && plain.contains(char::is_lowercase);
    }
    blocks.push(&paragraph, HintKind::Paragraph);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_broken_within_a_sentence_is_joined() {
        let text = |words: &str| {
            let mut blocks = Blocks::default();
            push_paragraphs(&mut blocks, words);
            match blocks.into_body() {
                crate::read::document::Body::Text { text, .. } => text,
                crate::read::document::Body::Clauses(_) => String::new(),
            }
        };
        let cases = [
            (
                "of the Contracting \n\n\nParties shall",
                "of the Contracting Parties shall\n",
            ),
            ("goods \n\nof all", "goods of all\n"),
            ("Scope\n\nParties shall", "Scope\n\nParties shall\n"),
            ("SCOPE \n\nParties shall", "SCOPE\n\nParties shall\n"),
            (
                "Parties shall keep \n\n(a) lights",
                "Parties shall keep\n\n(a) lights\n",
            ),
            ("one. \n\nTwo", "one.\n\nTwo\n"),
            (
                "of these \nParties. \nThey keep",
                "of these Parties.\nThey keep\n",
            ),
        ];
        for (words, expected) in cases {
            assert_eq!(text(words), expected, "{words}");
        }
    }
}
