//! [`DocxWalk`]: the body of a document, written paragraph by paragraph.

use std::collections::HashMap;
use std::mem;

use roxmltree::Node;

use crate::error::{Diagnostic, Severity};
use crate::read::blocks::{Blocks, is_list_mark};
use crate::read::document::HintKind;
use crate::read::docx::numbering::{Counts, Numbering};
use crate::read::docx::styles::{ParagraphStyle, Styles};
use crate::read::docx::words::{Words, collapsed};
use crate::read::xml::{child_of, value_of};

/// A cell of at least this many characters is running text, not an entry of a table.
const MAX_ENTRY: usize = 200;

/// A paragraph ready for writing.
#[derive(Clone, Debug)]
struct Paragraph {
    number: Option<String>,
    words: String,
    kind: HintKind,
}

impl Paragraph {
    fn line(&self) -> String {
        match self.number.as_deref().filter(|number| !number.is_empty()) {
            Some(number) => format!("{number} {}", self.words),
            None => self.words.clone(),
        }
    }
}

/// Walks the body and writes it paragraph by paragraph.
#[derive(Debug, Default)]
pub(super) struct DocxWalk {
    styles: Styles,
    numbering: Numbering,
    /// The words of footnotes and endnotes, by their keys.
    notes: HashMap<String, String>,
    pub(super) blocks: Blocks,
    counts: Counts,
    pub(super) title: Option<String>,
    /// Where paragraphs are collected while a cell is read.
    cell: Option<Vec<Paragraph>>,
    /// Words of a paragraph whose end is deleted: they belong to the next paragraph.
    carried: String,
    n_deleted: usize,
    n_inserted: usize,
    n_struck: usize,
    n_contents: usize,
}

impl DocxWalk {
    pub(super) fn new(
        styles: Styles,
        numbering: Numbering,
        notes: HashMap<String, String>,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            ..Self::default()
        }
    }

    /// Writes what is in an element.
    pub(super) fn blocks_of(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "p" => self.paragraph(child),
                "tr" => self.row(child),
                "sectPr" | "tblPr" | "tblGrid" | "sdtPr" | "del" | "moveFrom" => {}
                _ => self.blocks_of(child),
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let properties = child_of(node, "pPr");
        let value = |name: &str| properties.and_then(|properties| value_of(properties, name));
        let style = self.styles.resolved(value("pStyle").unwrap_or_default());
        if style.name.starts_with("toc ") {
            self.n_contents += 1;
            return;
        }
        let mut words = Words::default();
        words.of(node);
        self.n_deleted += words.n_deleted;
        self.n_inserted += words.n_inserted;
        self.n_struck += words.n_struck;
        for note in words.notes.iter().filter_map(|key| self.notes.get(key)) {
            let number = self.blocks.n_notes() + 1;
            self.blocks.push_note(&format!("{number} {note}"));
        }
        let line = mem::take(&mut self.carried) + &words.line;
        let is_end_deleted = properties
            .and_then(|properties| child_of(properties, "rPr"))
            .is_some_and(|run| child_of(run, "del").is_some());
        if is_end_deleted {
            self.carried = line;
            return;
        }
        let line = collapsed(&line);
        if line.is_empty() {
            return;
        }
        let numbered = properties.and_then(|properties| child_of(properties, "numPr"));
        let number = self.number_of(numbered, &style);
        let outline = value("outlineLvl").and_then(|level| level.parse::<u8>().ok());
        let depth = outline
            .filter(|level| *level < 9)
            .map(|level| level + 1)
            .or(style.heading);
        if style.name == "title" && self.title.is_none() {
            self.title = Some(line.replace('\n', " "));
        }
        let kind = match (depth, &number) {
            (Some(depth), _) => HintKind::Heading(depth.clamp(1, 6)),
            (None, Some((level, _))) => HintKind::ListItem(*level),
            (None, None) => HintKind::Paragraph,
        };
        let words = match kind {
            HintKind::Heading(_) => line.replace('\n', " "),
            _ => line,
        };
        self.write(Paragraph {
            number: number.map(|(_, number)| number),
            words,
            kind,
        });
    }

    /// Returns the depth and number of a paragraph in a list; a paragraph's own list overrides that
    /// of its style, and list 0 is none.
    fn number_of(
        &mut self,
        numbered: Option<Node<'_, '_>>,
        style: &ParagraphStyle,
    ) -> Option<(u8, String)> {
        let own = numbered.and_then(|numbered| value_of(numbered, "numId"));
        let list = own.or(style.list.as_deref()).filter(|list| *list != "0")?;
        let level = numbered
            .and_then(|numbered| value_of(numbered, "ilvl"))
            .and_then(|level| level.parse().ok())
            .or(style.level)
            .unwrap_or(0);
        let number = self.numbering.next(list, level, &mut self.counts)?;
        Some((u8::try_from(level + 1).unwrap_or(u8::MAX), number))
    }

    fn write(&mut self, paragraph: Paragraph) {
        match &mut self.cell {
            Some(cell) => cell.push(paragraph),
            None => self.blocks.push(&paragraph.line(), paragraph.kind),
        }
    }

    /// Writes a row: short entries on one line, a number in a cell of its own before the words next
    /// to it, otherwise paragraph after paragraph.
    fn row(&mut self, node: Node<'_, '_>) {
        let outer = self.cell.take();
        let mut cells: Vec<Vec<Paragraph>> = Vec::new();
        let nodes = node.descendants().filter(|cell| {
            let row = cell
                .ancestors()
                .skip(1)
                .find(|above| above.tag_name().name() == "tr");
            cell.tag_name().name() == "tc" && row == Some(node)
        });
        for cell in nodes {
            self.cell = Some(Vec::new());
            self.blocks_of(cell);
            self.end_carried();
            cells.push(self.cell.take().unwrap_or_default());
        }
        self.cell = outer;
        cells.retain(|cell| !cell.is_empty());
        for paragraph in paragraphs_of(cells) {
            self.write(paragraph);
        }
    }

    /// Writes the carried words if no further paragraph follows.
    pub(super) fn end_carried(&mut self) {
        let words = collapsed(&mem::take(&mut self.carried));
        if !words.is_empty() {
            self.write(Paragraph {
                number: None,
                words,
                kind: HintKind::Paragraph,
            });
        }
    }

    /// Reports what was changed, left out or moved.
    pub(super) fn tell(&self, diagnostics: &mut Vec<Diagnostic>) {
        let facts = [
            (self.n_deleted, "tracked deletions are left out"),
            (self.n_inserted, "tracked insertions are kept"),
            (self.n_struck, "runs of words are struck through and kept"),
            (self.n_contents, "lines of a table of contents are left out"),
        ];
        let told = facts.map(|(n, what)| Diagnostic::counted(Severity::Note, n, what));
        diagnostics.extend(told.into_iter().flatten());
        diagnostics.extend(self.blocks.told_notes());
    }
}

/// Returns the paragraphs in the cells of a row.
fn paragraphs_of(mut cells: Vec<Vec<Paragraph>>) -> Vec<Paragraph> {
    let is_entry = |cell: &Vec<Paragraph>| {
        cell.len() == 1
            && !matches!(cell[0].kind, HintKind::Heading(_))
            && cell[0].words.chars().count() <= MAX_ENTRY
    };
    let is_marked = cells.len() > 1 && cells[0].len() == 1 && is_list_mark(&cells[0][0].line());
    if is_marked {
        let mark = cells.remove(0)[0].line();
        let first = &mut cells[0][0];
        let own = first.line();
        first.words = format!("{mark} {own}");
        first.number = None;
        first.kind = HintKind::ListItem(1);
    } else if cells.len() > 1 && cells.iter().all(is_entry) {
        let entries: Vec<String> = cells.iter().map(|cell| cell[0].line()).collect();
        return vec![Paragraph {
            number: None,
            words: entries.join("\t"),
            kind: HintKind::Paragraph,
        }];
    }
    cells.into_iter().flatten().collect()
}
