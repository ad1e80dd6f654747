//! Which parts of a web page are its content.

use std::collections::HashSet;

use scraper::node::Element;
use scraper::{Html, Node};

use crate::read::blocks::{append_collapsed, is_list_mark, is_one_of};

/// A node of the page.
pub(crate) type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// Elements that never contain words of the text.
const NEVER: [&str; 22] = [
    "head", "script", "style", "noscript", "template", "nav", "aside", "form", "button", "select",
    "input", "textarea", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "dialog", "map",
];

/// The values of `role` of elements that never contain words of the text.
const ROLES: &str = "navigation banner contentinfo search dialog alert complementary menu \
                     toolbar";

/// A header, footer or list with at least this many characters of running text is content.
const MIN_WORDS: usize = 200;

/// A main element contains at least this many characters of running text.
const MIN_MAIN: usize = 200;

/// A cell of at least this many characters is running text, not an entry of a table.
const MAX_ENTRY: usize = 200;

/// The number of nodes of a row that are examined to decide what it is.
const MAX_LOOKED_AT: usize = 400;

/// The part of a page that contains its text, and the nodes in it that are left out.
#[derive(Debug)]
pub(crate) struct Content<'a> {
    pub(crate) root: NodeRef<'a>,
    dropped: HashSet<ego_tree::NodeId>,
    /// The number of parts with words that are left out.
    pub(crate) n_dropped: usize,
}

impl Content<'_> {
    pub(crate) fn is_dropped(&self, node: NodeRef<'_>) -> bool {
        self.dropped.contains(&node.id())
    }
}

/// The characters in an element, those of them in links, and the number of links.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// In all elements.
    all: usize,
    /// In links and buttons.
    linked: usize,
    links: usize,
}

/// Returns the content of a page: its `<main>`, its only `<article>`, else its body.
///
/// Navigation, forms, hidden parts, headers and footers without running text and lists of only
/// links are left out. Takes two passes over the page.
pub(crate) fn main_content(html: &Html) -> Content<'_> {
    let body = html
        .tree
        .nodes()
        .find(|node| is_named(*node, "body"))
        .unwrap_or_else(|| html.tree.root());
    let root = main_of(body).unwrap_or(body);
    let mut dropped = HashSet::new();
    let mut n_dropped = 0;
    let mut open: Vec<(NodeRef<'_>, Weight)> = Vec::new();
    let mut skipped = None;
    for edge in root.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if skipped.is_none() => {
                let is_root = node.id() == root.id();
                if !is_root && node.value().as_element().is_some_and(is_never_content) {
                    dropped.insert(node.id());
                    skipped = Some(node.id());
                    n_dropped += 1;
                    continue;
                }
                if let (Node::Text(words), Some((_, weight))) = (node.value(), open.last_mut()) {
                    weight.all += words.trim().chars().count();
                }
                if node.value().is_element() {
                    open.push((node, Weight::default()));
                }
            }
            ego_tree::iter::Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            ego_tree::iter::Edge::Close(node) if skipped.is_none() && node.value().is_element() => {
                let Some((_, mut weight)) = open.pop() else {
                    continue;
                };
                if is_named(node, "a") {
                    weight.linked = weight.all;
                    weight.links += 1;
                }
                if open.is_empty() || !is_furniture(node, weight) {
                    if let Some((_, parent)) = open.last_mut() {
                        parent.all += weight.all;
                        parent.linked += weight.linked;
                        parent.links += weight.links;
                    }
                } else {
                    dropped.insert(node.id());
                    n_dropped += 1;
                }
            }
            _ => {}
        }
    }
    Content {
        root,
        dropped,
        n_dropped,
    }
}

/// Returns the element marked as the main one, if there are words in it.
fn main_of(body: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_main = |node: &NodeRef<'_>| {
        let element = node.value().as_element();
        element
            .is_some_and(|element| element.name() == "main" || element.attr("role") == Some("main"))
    };
    if let Some(main) = body.descendants().find(is_main) {
        return has_words(main).then_some(main);
    }
    let mut articles = body.descendants().filter(|node| is_named(*node, "article"));
    let article = articles.next()?;
    (articles.next().is_none() && has_words(article)).then_some(article)
}

fn has_words(node: NodeRef<'_>) -> bool {
    let mut n_characters = 0;
    for words in node.descendants().filter_map(|node| node.value().as_text()) {
        n_characters += words.trim().chars().count();
        if n_characters >= MIN_MAIN {
            return true;
        }
    }
    false
}

pub(crate) fn is_named(node: NodeRef<'_>, name: &str) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| element.name() == name)
}

fn is_never_content(element: &Element) -> bool {
    let role = element.attr("role");
    let has_role = role.is_some_and(|role| is_one_of(role, ROLES));
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    let is_hidden = element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style.contains("display:none");
    NEVER.contains(&element.name()) || has_role || is_hidden
}

/// Returns whether an element is a header or footer without running text, or a list of links.
fn is_furniture(node: NodeRef<'_>, weight: Weight) -> bool {
    let Some(element) = node.value().as_element() else {
        return false;
    };
    let n_running = weight.all - weight.linked;
    match element.name() {
        "footer" => n_running < MIN_WORDS || weight.links > 10,
        "header" => n_running < MIN_WORDS && !has_title(node),
        "ul" | "ol" | "div" | "section" => {
            let is_linked = weight.linked * 10 > weight.all * 7;
            weight.links >= 3 && is_linked && n_running < MIN_WORDS
        }
        _ => false,
    }
}

fn has_title(node: NodeRef<'_>) -> bool {
    node.descendants().any(|node| is_named(node, "h1"))
}

/// Returns whether the cells of a row are short entries for one line: no lists, no tables, no
/// running text, and no number in a cell of its own before the words it numbers.
pub(crate) fn is_row_of_words(row: NodeRef<'_>) -> bool {
    let mut n_characters = 0;
    for (index, node) in row.descendants().enumerate() {
        match node.value() {
            _ if index > MAX_LOOKED_AT => return false,
            Node::Element(element) => match element.name() {
                "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" => {
                    return false;
                }
                "td" | "th" => n_characters = 0,
                _ => {}
            },
            Node::Text(words) => {
                n_characters += words.trim().chars().count();
                if n_characters > MAX_ENTRY {
                    return false;
                }
            }
            _ => {}
        }
    }
    let mut filled = cells_of(row)
        .map(words_of)
        .filter(|words| !words.trim().is_empty());
    let (first, second) = (filled.next(), filled.next());
    let is_numbered = second.is_some() && first.is_some_and(|first| is_list_mark(&first));
    second.is_some() && !is_numbered
}

/// Returns the rows of a table, without those of tables inside it.
pub(crate) fn rows_of(table: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    table.children().flat_map(|part| {
        let own = is_named(part, "tr").then_some(part);
        let groups = ["thead", "tbody", "tfoot"];
        let is_group = groups.iter().any(|name| is_named(part, name));
        let inner = is_group.then(|| part.children().filter(|row| is_named(*row, "tr")));
        own.into_iter().chain(inner.into_iter().flatten())
    })
}

/// Returns the cells of a row, without those of tables inside it.
pub(crate) fn cells_of(row: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    row.children()
        .filter(|cell| is_named(*cell, "td") || is_named(*cell, "th"))
}

/// Returns the words of a node.
pub(super) fn words_of(node: NodeRef<'_>) -> String {
    let mut words = String::new();
    for part in node.descendants().filter_map(|node| node.value().as_text()) {
        append_collapsed(&mut words, part);
    }
    words
}
