//! Footnotes of web pages, recognized by the marks that refer to them.

use scraper::Node;
use scraper::node::Element;

use crate::read::blocks::append_collapsed;
use crate::read::html::content::{NodeRef, is_named};

/// Returns whether a node is a link within the page whose words are the mark of a footnote.
pub(super) fn is_note_link(node: NodeRef<'_>) -> bool {
    let Some(element) = node.value().as_element() else {
        return false;
    };
    let is_local = element
        .attr("href")
        .is_some_and(|address| address.starts_with('#'));
    if element.name() == "sup" {
        let mut links = node.children().filter(|child| is_named(*child, "a"));
        return links.any(is_note_link) && is_note_mark(&short_words(node));
    }
    if element.name() != "a" || !is_local {
        return false;
    }
    let is_raised = |element: &Element| {
        element.name() == "sup" || element.classes().any(|class| class.contains("super"))
    };
    let is_raised = node
        .parent()
        .into_iter()
        .chain(node.descendants())
        .filter_map(|node| node.value().as_element())
        .any(is_raised);
    is_raised && is_note_mark(&short_words(node))
}

fn is_note_mark(words: &str) -> bool {
    let mark = words.trim_matches(['(', ')', '[', ']', ' ']);
    let is_number = mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
    let is_sign = mark.chars().count() <= 3 && mark.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    !mark.is_empty() && (is_number || is_sign)
}

/// Returns the first words of a node, enough to decide whether they are a mark.
fn short_words(node: NodeRef<'_>) -> String {
    let mut words = String::new();
    for part in node.descendants().filter_map(|node| node.value().as_text()) {
        append_collapsed(&mut words, part);
        if words.len() > 16 {
            break;
        }
    }
    words.trim().to_owned()
}

/// Returns whether a block is a footnote: it begins with a mark that links back to the text, or its
/// class says so.
pub(super) fn is_note_block(node: NodeRef<'_>, element: &Element) -> bool {
    let by_class = element.name() == "p"
        && element
            .classes()
            .any(|class| matches!(class, "note" | "footnote" | "oj-note" | "MsoFootnoteText"));
    let first = node
        .children()
        .find(|child| !matches!(child.value(), Node::Text(words) if words.trim().is_empty()));
    by_class || first.is_some_and(|first| element.name() == "p" && is_note_link(first))
}
