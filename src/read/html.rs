//! Web pages: the words of the main content, and what the elements tell about their structure.

use std::mem;

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::language::Language;
use crate::provision::Numeral;
use crate::read::blocks::{Blocks, append_collapsed, is_list_mark};
use crate::read::document::{HintKind, Reading};
use crate::read::html_content::{Content, NodeRef, is_row_of_words, main_content};
use crate::read::limits::ReadLimits;
use crate::read::markdown::begins_with_number;
use crate::read::xml::declared_encoding;
use crate::read::{html_guard, table, text};

/// Elements whose words are a block of their own.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "legend",
    "main",
    "menu",
    "nav",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
];

/// Reads a web page as one agreement.
///
/// The main content is kept, script, style, navigation and what is hidden are dropped. Items of
/// ordered lists bear the number a browser would show, a number in a table cell of its own joins
/// the words beside it, footnotes go to the end and the marks that refer to them go. A page with a
/// comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if the page is nested too deeply; [`ErrorKind::Format`] if there are no words
/// in it.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Reading> {
    let mut diagnostics = Vec::new();
    let page = text::decode_declared(bytes, declared_encoding(bytes), limits, &mut diagnostics)?;
    html_guard::check(&page, limits)?;
    let html = Html::parse_document(&page);
    if let Some(reading) = table::read_page(&html, limits, &diagnostics)? {
        return Ok(reading);
    }
    let content = main_content(&html);
    let mut walk = Walk::new(&content);
    walk.walk();
    tell(&content, &walk, &mut diagnostics);
    if walk.blocks.is_empty() {
        let message = "there are no words in the page; a script may write them when it is shown";
        return Err(Error::new(ErrorKind::Format, message));
    }
    let metadata = Metadata {
        title: title_of(&html, walk.title),
        language: language_of(&html),
        ..Metadata::default()
    };
    Ok(Reading::of_one(
        metadata,
        walk.blocks.into_body(),
        diagnostics,
    ))
}

fn tell(content: &Content<'_>, walk: &Walk<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let dropped = content.n_dropped;
    if dropped > 0 {
        let message = format!(
            "{dropped} parts of the page that are no text are left out: menus, forms, scripts, what is hidden"
        );
        diagnostics.push(Diagnostic::new(Severity::Note, message));
    }
    let (n_notes, n_marks) = (walk.blocks.n_notes(), walk.n_marks);
    if n_notes + n_marks > 0 {
        let message = format!(
            "{n_notes} footnotes stand at the end, {n_marks} marks that refer to them are left out"
        );
        diagnostics.push(Diagnostic::new(Severity::Note, message));
    }
}

/// Returns the heading of level 1, else the `<title>` if it is made of words.
fn title_of(html: &Html, heading: Option<String>) -> Option<String> {
    let titles = html.tree.nodes().filter_map(ElementRef::wrap);
    let from_head = || {
        let title = titles
            .filter(|element| element.value().name() == "title")
            .find(|element| {
                element
                    .parent()
                    .is_some_and(|node| is_element(node, "head"))
            })?;
        let mut words = String::new();
        for part in title.text() {
            append_collapsed(&mut words, part);
        }
        let words = words.trim();
        let is_name = words.split(' ').count() > 1;
        is_name.then(|| words.to_owned())
    };
    heading.or_else(from_head)
}

fn is_element(node: NodeRef<'_>, name: &str) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| element.name() == name)
}

fn language_of(html: &Html) -> Option<Language> {
    let root = html.root_element();
    let tag = root
        .value()
        .attr("lang")
        .or_else(|| root.value().attr("xml:lang"))?;
    Language::from_tag(tag)
}

/// A list being walked.
#[derive(Debug)]
struct List {
    numeral: Numeral,
    next: i64,
    step: i64,
}

/// Walks the content and writes it block by block.
#[derive(Debug)]
struct Walk<'a> {
    content: &'a Content<'a>,
    blocks: Blocks,
    /// The words of the block that is open.
    words: String,
    /// A number that waits for the words it stands before.
    number: Option<String>,
    lists: Vec<List>,
    /// The depths of the headings that are open.
    headings: Vec<u8>,
    /// Whether line ends of the source are shown, once for each open element that says so.
    kept_lines: usize,
    /// Whether the open block is a footnote.
    is_note: bool,
    /// Whether the cells of the open row stand in one line, and how many cells it has had.
    row: Option<Row>,
    rows: Vec<Option<Row>>,
    title: Option<String>,
    n_marks: usize,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    is_line: bool,
    n_cells: usize,
}

impl<'a> Walk<'a> {
    fn new(content: &'a Content<'a>) -> Self {
        Self {
            content,
            blocks: Blocks::default(),
            words: String::new(),
            number: None,
            lists: Vec::new(),
            headings: Vec::new(),
            kept_lines: 0,
            is_note: false,
            row: None,
            rows: Vec::new(),
            title: None,
            n_marks: 0,
        }
    }

    fn walk(&mut self) {
        let content = self.content;
        let mut skipped = None;
        for edge in content.root.traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) => {
                    if skipped.is_some() {
                        continue;
                    }
                    if content.is_dropped(node) || self.is_mark_of_note(node) {
                        skipped = Some(node.id());
                        continue;
                    }
                    match node.value() {
                        Node::Text(words) => self.add(words),
                        Node::Element(element) => self.open(node, element),
                        _ => {}
                    }
                }
                ego_tree::iter::Edge::Close(node) => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    } else if skipped.is_none()
                        && let Some(element) = node.value().as_element()
                    {
                        self.close(element);
                    }
                }
            }
        }
        self.flush();
    }

    fn add(&mut self, words: &str) {
        if self.kept_lines == 0 {
            append_collapsed(&mut self.words, words);
            return;
        }
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 && line.trim().is_empty() {
                self.flush();
            } else if index > 0 {
                self.break_line();
            }
            append_collapsed(&mut self.words, line);
        }
    }

    fn break_line(&mut self) {
        let kept = self.words.trim_end().len();
        self.words.truncate(kept);
        if kept > 0 {
            self.words.push('\n');
        }
    }

    /// Leaves out a link that is nothing but the mark of a footnote behind the words it is about.
    fn is_mark_of_note(&mut self, node: NodeRef<'_>) -> bool {
        let is_mark = !self.words.trim().is_empty() && is_note_link(node);
        self.n_marks += usize::from(is_mark);
        is_mark
    }

    fn open(&mut self, node: NodeRef<'_>, element: &Element) {
        let name = element.name();
        if keeps_lines(element) {
            self.flush();
            self.kept_lines += 1;
        }
        match name {
            "br" => self.open_break(),
            "ol" | "ul" => {
                self.flush();
                self.lists.push(list_of(element, node));
            }
            "li" => self.open_item(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.headings.push(name.as_bytes()[1] - b'0');
            }
            "table" => {
                self.flush();
                self.rows.push(self.row.take());
            }
            "tr" => {
                self.flush();
                let is_line = is_row_of_words(node);
                self.row = Some(Row {
                    is_line,
                    n_cells: 0,
                });
            }
            "td" | "th" => self.open_cell(),
            _ if BLOCKS.contains(&name) && !self.is_in_line() => {
                self.flush();
                self.is_note = is_note_block(node, element);
            }
            _ if BLOCKS.contains(&name) => append_collapsed(&mut self.words, " "),
            _ => {}
        }
    }

    /// A line break; two in a row part paragraphs.
    fn open_break(&mut self) {
        if self.is_in_line() {
            append_collapsed(&mut self.words, " ");
        } else if self.words.ends_with('\n') {
            self.flush();
        } else {
            self.break_line();
        }
    }

    fn open_item(&mut self, element: &Element) {
        self.flush();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        if let Some(value) = element.attr("value").and_then(|value| value.parse().ok()) {
            list.next = value;
        }
        self.number = Some(number_of(list));
        list.next = list.next.saturating_add(list.step);
    }

    fn open_cell(&mut self) {
        let Some(row) = &mut self.row else {
            self.flush();
            return;
        };
        row.n_cells += 1;
        if !row.is_line {
            self.flush();
        } else if row.n_cells > 1 {
            let kept = self.words.trim_end_matches(' ').len();
            self.words.truncate(kept);
            self.words.push('\t');
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "ol" | "ul" => {
                self.flush();
                self.lists.pop();
                self.number = None;
            }
            "li" => {
                self.flush();
                self.number = None;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.headings.pop();
            }
            "td" | "th" => self.close_cell(),
            "tr" => {
                self.flush();
                self.number = None;
                self.row = None;
            }
            "table" => {
                self.flush();
                self.row = self.rows.pop().flatten();
            }
            _ if BLOCKS.contains(&name) && !self.is_in_line() && !self.awaits_neighbor() => {
                self.flush();
                self.is_note = false;
            }
            _ => {}
        }
        if keeps_lines(element) {
            self.flush();
            self.kept_lines = self.kept_lines.saturating_sub(1);
        }
    }

    /// Whether the open words are the mark of a list in a cell of their own: its end decides.
    fn awaits_neighbor(&self) -> bool {
        self.row.is_some() && is_list_mark(&self.words)
    }

    fn close_cell(&mut self) {
        if self.is_in_line() {
            return;
        }
        if self.row.is_some() && is_list_mark(&self.words) {
            let mark = mem::take(&mut self.words);
            self.number = Some(mark.trim().to_owned());
        } else {
            self.flush();
        }
    }

    fn is_in_line(&self) -> bool {
        self.row.is_some_and(|row| row.is_line)
    }

    /// Ends the open block.
    fn flush(&mut self) {
        let words = mem::take(&mut self.words);
        let words = words.trim_matches([' ', '\n']);
        if words.trim().is_empty() {
            return;
        }
        if let Some(depth) = self.headings.last() {
            let words = words.replace('\n', " ");
            if *depth == 1 && self.title.is_none() {
                self.title = Some(words.clone());
            }
            self.blocks.push(&words, HintKind::Heading(*depth));
            return;
        }
        let number = self.number.take();
        let is_item = number.is_some();
        let numbered = match number.filter(|number| !number.is_empty()) {
            Some(number) if !begins_with_number(words) => format!("{number} {words}"),
            _ => words.to_owned(),
        };
        if self.is_note {
            self.blocks.push_note(&numbered);
        } else if is_item {
            let depth = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
            self.blocks.push(&numbered, HintKind::ListItem(depth));
        } else {
            self.blocks.push(&numbered, HintKind::Paragraph);
        }
    }
}

/// Returns whether a page says that the line ends of an element's source are shown.
fn keeps_lines(element: &Element) -> bool {
    let by_class = element
        .classes()
        .any(|class| class.starts_with("whitespace-pre"));
    let by_style = element.attr("style").is_some_and(|style| {
        let style = style.replace(' ', "");
        style.contains("white-space:pre")
    });
    element.name() == "pre" || by_class || by_style
}

/// Returns whether a node is a link inside the page whose words are the mark of a footnote.
fn is_note_link(node: NodeRef<'_>) -> bool {
    let Some(element) = node.value().as_element() else {
        return false;
    };
    let is_local = element
        .attr("href")
        .is_some_and(|address| address.starts_with('#'));
    if element.name() == "sup" {
        let mut links = node.children().filter(|child| is_element(*child, "a"));
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

/// Returns the first words of a node: enough to tell whether they are a mark.
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

/// Returns whether a block is a footnote: it begins with a mark that leads back to the text, or its
/// class says so.
fn is_note_block(node: NodeRef<'_>, element: &Element) -> bool {
    let by_class = element.name() == "p"
        && element
            .classes()
            .any(|class| matches!(class, "note" | "footnote" | "oj-note" | "MsoFootnoteText"));
    let first = node
        .children()
        .find(|child| !matches!(child.value(), Node::Text(words) if words.trim().is_empty()));
    by_class || first.is_some_and(|first| element.name() == "p" && is_note_link(first))
}

fn list_of(element: &Element, node: NodeRef<'_>) -> List {
    let style = element.attr("style").unwrap_or_default();
    let kind = element.attr("type").unwrap_or_default();
    let has = |name: &str| style.contains(name);
    let numeral = match kind {
        _ if element.name() == "ul" || has("none") => Numeral::Bullet,
        "a" => Numeral::Letters,
        "A" => Numeral::Capitals,
        "i" => Numeral::Roman,
        "I" => Numeral::UpperRoman,
        _ if has("lower-alpha") || has("lower-latin") => Numeral::Letters,
        _ if has("upper-alpha") || has("upper-latin") => Numeral::Capitals,
        _ if has("lower-roman") => Numeral::Roman,
        _ if has("upper-roman") => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    };
    let is_reversed = element.attr("reversed").is_some();
    let n_items = node
        .children()
        .filter(|child| is_element(*child, "li"))
        .count();
    let first = if is_reversed {
        i64::try_from(n_items).unwrap_or(i64::MAX)
    } else {
        1
    };
    let start = element.attr("start").and_then(|start| start.parse().ok());
    List {
        numeral,
        next: start.unwrap_or(first),
        step: if is_reversed { -1 } else { 1 },
    }
}

/// Returns the number of the next item; bullets are nothing, but mark an item.
fn number_of(list: &List) -> String {
    if list.numeral == Numeral::Bullet {
        return String::new();
    }
    match u32::try_from(list.next) {
        Ok(count) if count > 0 => format!("{}.", list.numeral.write(count)),
        _ => format!("{}.", list.next),
    }
}
