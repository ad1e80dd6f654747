//! `OpenDocument` texts: paragraphs with the numbers that a word processor computes, footnotes at the end.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::provision::Numeral;
use crate::read::blocks::{Blocks, NOTE_MARK, append_collapsed, is_one_of, without_note_marks};
use crate::read::document::{HintKind, Parsed};
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::xml::{attribute_of, child_of, is_named, not_well_formed};
use crate::read::{table, xml};

/// The greatest depth of a list.
const N_LEVELS: usize = 10;

/// Elements of the text that do not contain its words.
const NEVER: &str = "tracked-changes table-of-content alphabetical-index illustration-index \
                     table-index annotation sequence-decls forms";

/// Reads an `OpenDocument` text as one agreement.
///
/// Deletions in tracked changes are dropped, insertions are kept; comments, indexes, headers and
/// footers are left out. A document with a comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the text is missing, damaged or has no words; [`ErrorKind::Limit`] if
/// it exceeds one of the `limits`.
pub(crate) fn read(mut package: Package<'_>, limits: &ReadLimits) -> Result<Parsed> {
    let mut part = |name: &str| -> Result<String> {
        match package.entry(name)? {
            Some(bytes) if !bytes.is_empty() => xml::decode(&bytes, limits),
            _ => Ok(String::new()),
        }
    };
    let source = part("content.xml")?;
    let styles = part("styles.xml").unwrap_or_default();
    let meta = part("meta.xml").unwrap_or_default();
    let parsed = Xml::parse(&source).map_err(|error| not_well_formed(&error))?;
    let root = parsed.root_element();
    if let Some(reading) = table::read_document(root, &table::OPEN_DOCUMENT) {
        return Ok(reading);
    }
    let mut walk = Walk::default();
    if let Ok(styles) = Xml::parse(&styles) {
        walk.add_styles(styles.root_element());
    }
    walk.add_styles(root);
    let body = root.descendants().find(|node| is_named(*node, "text"));
    let Some(body) = body.filter(|body| body.parent().is_some_and(|node| is_named(node, "body")))
    else {
        let message = "this is an OpenDocument file without a text, such as a spreadsheet";
        return Err(Error::new(ErrorKind::Format, message));
    };
    walk.blocks_of(body);
    let mut diagnostics = Vec::new();
    let what = "tracked changes are taken as accepted";
    diagnostics.extend(Diagnostic::counted(Severity::Note, walk.n_changes, what));
    diagnostics.extend(walk.blocks.told_notes());
    let heading = walk.blocks.first_heading().map(str::to_owned);
    let metadata = Metadata {
        title: walk.title.or(heading).or_else(|| xml::title_in(&meta)),
        ..Metadata::default()
    };
    let without_words = "there are no words in the document; it may hold pictures only";
    walk.blocks
        .into_parsed(metadata, diagnostics, without_words)
}

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    numeral: Numeral,
    prefix: String,
    suffix: String,
    start: u32,
    /// The number of levels shown, including its own.
    n_shown: usize,
}

/// A list during the walk.
#[derive(Clone, Debug)]
struct List {
    style: String,
    counts: [Option<u32>; N_LEVELS],
}

#[derive(Debug, Default)]
struct Walk {
    /// The levels of each list style; the style of headings has no name.
    styles: HashMap<String, HashMap<usize, Level>>,
    blocks: Blocks,
    list: Option<List>,
    depth: usize,
    /// The number of the open item, until its first words.
    number: Option<String>,
    /// The counts of the latest list of each style, to continue them.
    earlier: HashMap<String, [Option<u32>; N_LEVELS]>,
    headings: [Option<u32>; N_LEVELS],
    title: Option<String>,
    n_changes: usize,
}

impl Walk {
    fn add_styles(&mut self, root: Node<'_, '_>) {
        let lists = root
            .descendants()
            .filter(|node| is_named(*node, "list-style") || is_named(*node, "outline-style"));
        for list in lists {
            let name = match list.tag_name().name() {
                "list-style" => attribute_of(list, "name").unwrap_or_default(),
                _ => "",
            };
            let levels = list
                .children()
                .filter(Node::is_element)
                .filter_map(|node| {
                    let level = attribute_of(node, "level")?.parse::<usize>().ok()?;
                    Some((level.checked_sub(1)?, level_of(node)))
                })
                .filter(|(level, _)| *level < N_LEVELS);
            self.styles.insert(name.to_owned(), levels.collect());
        }
    }

    fn blocks_of(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "tracked-changes" => {
                    let changes = child.children().filter(Node::is_element);
                    self.n_changes += changes.count();
                }
                name if is_one_of(name, NEVER) => {}
                "h" => self.heading(child),
                "p" => self.paragraph(child),
                "list" => self.list(child),
                "table-row" => self.row(child),
                _ => self.blocks_of(child),
            }
        }
    }

    fn heading(&mut self, node: Node<'_, '_>) {
        let words = self.words_of(node);
        if words.is_empty() {
            return;
        }
        let depth = attribute_of(node, "outline-level").and_then(|level| level.parse().ok());
        let depth: usize = depth.unwrap_or(1).clamp(1, N_LEVELS);
        let mut number = self.number.take();
        if number.is_none() && attribute_of(node, "is-list-header") != Some("true") {
            let levels = self.styles.get("");
            number = levels.map(|levels| next_of(levels, &mut self.headings, depth - 1));
        }
        let line = numbered(number.as_deref(), &words.replace('\n', " "));
        let depth = u8::try_from(depth.min(6)).unwrap_or(6);
        self.blocks.push(&line, HintKind::Heading(depth));
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let words = self.words_of(node);
        if words.is_empty() {
            return;
        }
        if attribute_of(node, "style-name") == Some("Title") && self.title.is_none() {
            self.title = Some(words.replace('\n', " "));
            self.blocks
                .push(&words.replace('\n', " "), HintKind::Heading(1));
            return;
        }
        let number = self.number.take();
        let line = numbered(number.as_deref(), &words);
        let depth = u8::try_from(self.depth.max(1)).unwrap_or(u8::MAX);
        let kind = match number {
            Some(_) => HintKind::ListItem(depth),
            None => HintKind::Paragraph,
        };
        self.blocks.push(&line, kind);
    }

    fn list(&mut self, node: Node<'_, '_>) {
        let style = attribute_of(node, "style-name").map(str::to_owned);
        let outer = self.list.clone();
        let style = style
            .or_else(|| outer.as_ref().map(|list| list.style.clone()))
            .unwrap_or_default();
        if self.depth == 0 {
            let continues = attribute_of(node, "continue-numbering") == Some("true")
                || attribute_of(node, "continue-list").is_some();
            let earlier = self.earlier.get(&style).copied().filter(|_| continues);
            self.list = Some(List {
                style,
                counts: earlier.unwrap_or_default(),
            });
        } else if let Some(list) = &mut self.list {
            list.style = style;
        }
        self.depth += 1;
        for item in node.children().filter(Node::is_element) {
            if is_named(item, "list-item") {
                self.begin_item(item);
            }
            self.blocks_of(item);
            self.number = None;
        }
        self.depth -= 1;
        if self.depth == 0
            && let Some(list) = self.list.take()
        {
            self.earlier.insert(list.style, list.counts);
        } else if let (Some(list), Some(outer)) = (&mut self.list, outer) {
            list.style = outer.style;
        }
    }

    fn begin_item(&mut self, item: Node<'_, '_>) {
        let level = self.depth - 1;
        // An item that only wraps a list of the next level is not counted.
        let wraps = item.children().find(Node::is_element);
        if level >= N_LEVELS || wraps.is_none_or(|first| is_named(first, "list")) {
            return;
        }
        let start = attribute_of(item, "start-value").and_then(|start| start.parse::<u32>().ok());
        let Some(list) = &mut self.list else { return };
        if let Some(start) = start {
            list.counts[level] = start.checked_sub(1);
        }
        let levels = self.styles.get(&list.style);
        self.number = Some(levels.map_or_else(String::new, |levels| {
            next_of(levels, &mut list.counts, level)
        }));
    }

    /// Writes the cells of a row on one line if they are short, else one after the other.
    fn row(&mut self, node: Node<'_, '_>) {
        let cells: Vec<Node<'_, '_>> = node
            .children()
            .filter(|cell| is_named(*cell, "table-cell"))
            .collect();
        let is_entry = |cell: &Node<'_, '_>| {
            let n_parts = cell.children().filter(Node::is_element).count();
            let is_plain = cell
                .descendants()
                .all(|part| !matches!(part.tag_name().name(), "list" | "table" | "h" | "note"));
            let texts = cell.descendants().filter(Node::is_text);
            let n_bytes: usize = texts.map(|part| part.text().map_or(0, str::len)).sum();
            n_parts <= 1 && is_plain && n_bytes <= 200
        };
        if cells.len() < 2 || !cells.iter().all(is_entry) {
            self.blocks_of(node);
            return;
        }
        let words: Vec<String> = cells.into_iter().map(|cell| self.words_of(cell)).collect();
        self.blocks.push(&words.join("\t"), HintKind::Paragraph);
    }

    fn words_of(&mut self, node: Node<'_, '_>) -> String {
        let mut words = String::new();
        self.add_words(node, &mut words);
        without_note_marks(&words).trim().to_owned()
    }

    fn add_words(&mut self, node: Node<'_, '_>, words: &mut String) {
        for child in node.children() {
            if let Some(more) = child.text().filter(|_| child.is_text()) {
                append_collapsed(words, more);
                continue;
            }
            match child.tag_name().name() {
                "s" | "tab" => append_collapsed(words, " "),
                "line-break" => {
                    words.truncate(words.trim_end().len());
                    words.push('\n');
                }
                "note" => {
                    words.push(NOTE_MARK);
                    self.note(child);
                }
                "soft-page-break" | "change" => {}
                name if is_one_of(name, NEVER) => {}
                "p" | "h" => {
                    append_collapsed(words, " ");
                    self.add_words(child, words);
                }
                _ => self.add_words(child, words),
            }
        }
    }

    fn note(&mut self, node: Node<'_, '_>) {
        let mut words = |name: &str| {
            let part = child_of(node, name);
            part.map(|part| self.words_of(part)).unwrap_or_default()
        };
        let (mark, body) = (words("note-citation"), words("note-body"));
        self.blocks.push_note(&format!("{mark} {body}"));
    }
}

fn numbered(number: Option<&str>, words: &str) -> String {
    match number.filter(|number| !number.is_empty()) {
        Some(number) => format!("{number} {words}"),
        None => words.to_owned(),
    }
}

fn level_of(node: Node<'_, '_>) -> Level {
    let text = |name: &str| attribute_of(node, name).unwrap_or_default().to_owned();
    let number = |name: &str| attribute_of(node, name).and_then(|value| value.parse().ok());
    let sign = attribute_of(node, "num-format").and_then(|sign| sign.parse().ok());
    let numeral = match node.tag_name().name() {
        "list-level-style-bullet" | "list-level-style-image" => Numeral::Bullet,
        _ => sign.and_then(Numeral::of_sign).unwrap_or(Numeral::Nothing),
    };
    Level {
        numeral,
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        start: number("start-value").unwrap_or(1),
        n_shown: attribute_of(node, "display-levels")
            .and_then(|shown| shown.parse().ok())
            .unwrap_or(1),
    }
}

/// Counts one more item of a level and returns its number, which is empty for a bullet or an unnumbered item.
fn next_of(
    levels: &HashMap<usize, Level>,
    counts: &mut [Option<u32>; N_LEVELS],
    level: usize,
) -> String {
    let Some(this) = levels.get(&level) else {
        return String::new();
    };
    counts[level] = Some(counts[level].map_or(this.start, |count| count.saturating_add(1)));
    for below in counts.iter_mut().skip(level + 1) {
        *below = None;
    }
    if matches!(this.numeral, Numeral::Bullet | Numeral::Nothing) {
        return String::new();
    }
    let first = (level + 1).saturating_sub(this.n_shown.max(1));
    let shown: Vec<String> = (first..=level)
        .filter_map(|place| {
            let of_place = levels.get(&place)?;
            Some(
                of_place
                    .numeral
                    .write(counts[place].unwrap_or(of_place.start)),
            )
        })
        .filter(|number| !number.is_empty())
        .collect();
    let number = format!("{}{}{}", this.prefix, shown.join("."), this.suffix);
    number.trim().to_owned()
}
