//! [`Walk`]: the content of a page, written block by block.

use std::mem;

use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;

use crate::read::blocks::{
    Blocks, NOTE_MARK, append_collapsed, begins_with_number, is_list_mark, is_one_of,
    without_note_marks,
};
use crate::read::document::HintKind;
use crate::read::html::content::{Content, NodeRef, is_row_of_words};
use crate::read::html::language_table::LanguageTable;
use crate::read::html::list::{List, list_of, number_of};
use crate::read::html::note::{is_note_block, is_note_link};

/// Elements whose words are a separate block.
const BLOCKS: &str = "address article aside blockquote body caption center dd details dialog dir div dl dt \
                      fieldset figcaption figure footer form header hgroup hr legend main menu nav p pre \
                      search section summary table tbody td th tr";

/// The most tables around one that may be in several languages.
const MAX_TABLES: usize = 4;

/// Walks the content and writes it block by block.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) blocks: Blocks,
    /// The words of the open block.
    words: String,
    /// A number that waits for the words after it.
    number: Option<String>,
    lists: Vec<List>,
    /// The depths of the open headings.
    headings: Vec<u8>,
    /// The number of open elements that preserve the line ends of the source.
    kept_lines: usize,
    /// Whether the open block is a footnote.
    is_note: bool,
    /// Whether the cells of the open row are written on one line, and how many cells it has had.
    row: Option<Row>,
    rows: Vec<Option<Row>>,
    pub(super) title: Option<String>,
    /// The number of footnote marks that were left out.
    pub(super) n_marks: usize,
    /// The number of tables in several languages.
    pub(super) n_bilingual: usize,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    is_line: bool,
    n_cells: usize,
}

impl Walk {
    /// Writes all of the content.
    pub(super) fn walk(&mut self, content: &Content<'_>) {
        self.walk_part(content, content.root);
    }

    fn walk_part(&mut self, content: &Content<'_>, part: NodeRef<'_>) {
        let mut skipped = None;
        for edge in part.traverse() {
            match edge {
                Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
                _ if skipped.is_some() => {}
                Edge::Open(node) if content.is_dropped(node) || self.is_mark_of_note(node) => {
                    skipped = Some(node.id());
                }
                Edge::Open(node) if self.is_in_languages(content, node) => {
                    skipped = Some(node.id());
                }
                Edge::Open(node) => match node.value() {
                    Node::Text(words) => self.add(words),
                    Node::Element(element) => self.open(node, element),
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        self.close(element);
                    }
                }
            }
        }
        self.flush();
    }

    /// Writes a table of several languages, column by column; returns whether it is one.
    fn is_in_languages(&mut self, content: &Content<'_>, node: NodeRef<'_>) -> bool {
        // Tables deep inside others are not examined: that would take time quadratic in their number.
        if self.rows.len() > MAX_TABLES {
            return false;
        }
        let Some(table) = LanguageTable::of(node) else {
            return false;
        };
        self.flush();
        let (rows, numbers) = (mem::take(&mut self.rows), self.number.take());
        let row = self.row.take();
        for title in &table.titles {
            self.walk_part(content, *title);
        }
        for column in &table.columns {
            let start = self.blocks.position();
            for cell in &column.cells {
                self.number.clone_from(&cell.number);
                if cell.is_name {
                    self.headings.push(2);
                }
                self.walk_part(content, cell.node);
                self.flush();
                if cell.is_name {
                    self.headings.pop();
                }
            }
            self.blocks
                .mark_since(start, HintKind::Language(column.language));
        }
        self.n_bilingual += 1;
        (self.rows, self.number, self.row) = (rows, numbers, row);
        true
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

    /// Leaves out a link that is only the mark of a footnote after the words it refers to.
    fn is_mark_of_note(&mut self, node: NodeRef<'_>) -> bool {
        let is_mark = !self.words.trim().is_empty() && is_note_link(node);
        if is_mark {
            self.words.push(NOTE_MARK);
            self.n_marks += 1;
        }
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
            _ if is_one_of(name, BLOCKS) && !self.is_in_line() => {
                self.flush();
                self.is_note = is_note_block(node, element);
            }
            _ if is_one_of(name, BLOCKS) => append_collapsed(&mut self.words, " "),
            _ => {}
        }
    }

    /// A line break; two in a row separate paragraphs.
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
            _ if is_one_of(name, BLOCKS) && !self.is_in_line() && !self.awaits_neighbor() => {
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

    /// Whether the open words are the mark of a list in a cell of their own, to be joined to the next cell.
    fn awaits_neighbor(&self) -> bool {
        self.row.is_some() && is_list_mark(&self.words)
    }

    fn close_cell(&mut self) {
        if self.is_in_line() {
            return;
        }
        if self.row.is_some() && is_list_mark(&self.words) {
            let mark = mem::take(&mut self.words);
            self.number = Some(without_note_marks(&mark).trim().to_owned());
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
        let words = without_note_marks(&words);
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

/// Returns whether an element preserves the line ends of its source.
fn keeps_lines(element: &Element) -> bool {
    let by_class = element
        .classes()
        .any(|class| class.starts_with("whitespace-pre"));
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    let by_style = style.contains("white-space:pre");
    element.name() == "pre" || by_class || by_style
}
