//! [`DocxWalk`]: the body of a document, written paragraph by paragraph.

use std::collections::HashMap;
use std::mem;

use roxmltree::Node;

use crate::error::{Diagnostic, Severity};
use crate::read::bilingual::{SIDE_BY_SIDE, columns_of, is_row_of_names};
use crate::read::blocks::{Blocks, NOTE_MARK, is_list_mark};
use crate::read::document::HintKind;
use crate::read::docx::number_field::{ListPlace, NumberField};
use crate::read::docx::numbering::{Counts, Numbering};
use crate::read::docx::styles::{ParagraphStyle, Styles};
use crate::read::docx::words::{FIELD_MARK, Words, collapsed};
use crate::read::table;
use crate::read::xml::{attribute_of, child_of, value_of};

/// A cell of at least this many characters is running text, not an entry of a table.
const MAX_ENTRY: usize = 200;

/// A paragraph ready for writing.
#[derive(Clone, Debug)]
struct Paragraph {
    number: Option<String>,
    words: String,
    kind: HintKind,
    /// Whether it is set apart as a quotation.
    is_quotation: bool,
}

impl Paragraph {
    fn line(&self) -> String {
        match self.number.as_deref().filter(|number| !number.is_empty()) {
            // `2.` before `—(1) The owner`: the dash joins both numbers.
            Some(number) if self.words.starts_with("—(") => format!("{number}{}", self.words),
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
    n_bilingual: usize,
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
                "tbl" => self.table(child),
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
            self.carried = line.replace(FIELD_MARK, "");
            return;
        }
        let is_blank = |c: char| c.is_whitespace() || c == NOTE_MARK;
        if line.trim_matches(is_blank).is_empty() {
            return;
        }
        let numbered = properties.and_then(|properties| child_of(properties, "numPr"));
        let place = self.place_of(numbered, &style);
        let number = place.as_ref().and_then(|place| self.number_at(place));
        let line = collapsed(&self.with_numbers(&line, &words.numbers, place.as_ref()));
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
            is_quotation: style.is_quotation || properties.is_some_and(is_indented_on_both_sides),
        });
    }

    /// Returns the list of a paragraph and its level there; a paragraph's own list overrides that of its
    /// style, and list 0 is none.
    fn place_of(
        &self,
        numbered: Option<Node<'_, '_>>,
        style: &ParagraphStyle,
    ) -> Option<ListPlace> {
        let own = numbered.and_then(|numbered| value_of(numbered, "numId"));
        let list = own.or(style.list.as_deref()).filter(|list| *list != "0")?;
        let level = numbered
            .and_then(|numbered| value_of(numbered, "ilvl"))
            .and_then(|level| level.parse().ok())
            .or(style.level)
            .or_else(|| self.numbering.level_of_style(list, &style.id))
            .unwrap_or(0);
        Some(ListPlace {
            list: list.to_owned(),
            level,
        })
    }

    /// Counts one more item of a list; returns its depth and number.
    fn number_at(&mut self, place: &ListPlace) -> Option<(u8, String)> {
        let number = self
            .numbering
            .next(&place.list, place.level, &mut self.counts)?;
        Some((u8::try_from(place.level + 1).unwrap_or(u8::MAX), number))
    }

    /// Writes the numbers that fields in a line ask for at their marks.
    fn with_numbers(
        &mut self,
        line: &str,
        fields: &[NumberField],
        paragraph: Option<&ListPlace>,
    ) -> String {
        let mut written = String::with_capacity(line.len());
        let mut fields = fields.iter();
        for (index, part) in line.split(FIELD_MARK).enumerate() {
            if index > 0
                && let Some(field) = fields.next()
            {
                let place = self.numbering.place_of_field(field, paragraph);
                if let Some(start) = field.start {
                    self.numbering.restart(&place, start, &mut self.counts);
                }
                let number = self.number_at(&place).map(|(_, number)| number);
                written.push_str(&number.unwrap_or_default());
            }
            written.push_str(part);
        }
        written
    }

    fn write(&mut self, paragraph: Paragraph) {
        if let Some(cell) = &mut self.cell {
            cell.push(paragraph);
            return;
        }
        let start = self.blocks.position();
        self.blocks.push(&paragraph.line(), paragraph.kind);
        if paragraph.is_quotation && paragraph.kind == HintKind::Paragraph {
            self.blocks.mark_since(start, HintKind::Quotation);
        }
    }

    /// Writes a table row by row, or column by column if each column is in a language of its own.
    fn table(&mut self, node: Node<'_, '_>) {
        // Tables inside others are not examined: that would take time quadratic in their number.
        if self.cell.is_some() {
            self.blocks_of(node);
            return;
        }
        let rows: Vec<Vec<Node<'_, '_>>> = table::rows_of(node, &table::WORD)
            .map(|row| cells_of(row).collect())
            .collect();
        let words_of = |cell: &Node<'_, '_>| {
            let mut words = Words::default();
            words.of(*cell);
            collapsed(&words.line.replace(FIELD_MARK, ""))
        };
        let words: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(words_of).collect())
            .collect();
        let Some(columns) = columns_of(&words) else {
            self.blocks_of(node);
            return;
        };
        self.end_carried();
        // The numbers of lists are counted in the order of the file, row by row.
        let mut in_columns: Vec<Vec<Paragraph>> = vec![Vec::new(); columns.languages.len()];
        let mut is_first = true;
        for (row, words) in rows.iter().zip(&words) {
            if row.len() < 2 {
                for cell in row {
                    self.blocks_of(*cell);
                }
                continue;
            }
            let mut cells: Vec<Vec<Paragraph>> =
                row.iter().map(|cell| self.paragraphs_in(*cell)).collect();
            let has_names = mem::take(&mut is_first)
                && is_row_of_names(&words[usize::from(columns.has_numbers)..]);
            if columns.has_numbers {
                let number = if has_names { "" } else { &words[0] };
                give_number(number, &mut cells);
            }
            for paragraph in cells.iter_mut().flatten().filter(|_| has_names) {
                paragraph.kind = HintKind::Heading(2);
            }
            for (column, cell) in in_columns.iter_mut().zip(cells) {
                column.extend(cell);
            }
        }
        for (paragraphs, language) in in_columns.into_iter().zip(&columns.languages) {
            let start = self.blocks.position();
            for paragraph in paragraphs {
                self.write(paragraph);
            }
            self.blocks.mark_since(start, HintKind::Language(*language));
        }
        self.n_bilingual += 1;
    }

    /// Returns the paragraphs of a cell.
    fn paragraphs_in(&mut self, cell: Node<'_, '_>) -> Vec<Paragraph> {
        let outer = self.cell.replace(Vec::new());
        self.blocks_of(cell);
        self.end_carried();
        mem::replace(&mut self.cell, outer).unwrap_or_default()
    }

    /// Writes a row: short entries on one line, a number in a cell of its own before the words next
    /// to it, otherwise paragraph after paragraph.
    fn row(&mut self, node: Node<'_, '_>) {
        let mut cells: Vec<Vec<Paragraph>> = cells_of(node)
            .map(|cell| self.paragraphs_in(cell))
            .collect();
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
                is_quotation: false,
            });
        }
    }

    /// Reports what was changed, left out or moved.
    pub(super) fn tell(&self, diagnostics: &mut Vec<Diagnostic>) {
        let facts = [
            (self.n_deleted, "tracked deletions are left out"),
            (self.n_inserted, "tracked insertions are kept"),
            (self.n_struck, "runs of words are struck through and kept"),
            (self.n_bilingual, SIDE_BY_SIDE),
            (self.n_contents, "lines of a table of contents are left out"),
        ];
        let told = facts.map(|(n, what)| Diagnostic::counted(Severity::Note, n, what));
        diagnostics.extend(told.into_iter().flatten());
        diagnostics.extend(self.blocks.told_notes());
    }
}

/// Returns the cells of a row, without those of tables inside it.
fn cells_of<'a, 'b: 'a>(row: Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    table::parts_of(row, "tr", &["tc"])
}

/// Whether a paragraph is set in from both margins, as quotations are.
fn is_indented_on_both_sides(properties: Node<'_, '_>) -> bool {
    let indent = child_of(properties, "ind");
    indent.is_some_and(|indent| {
        is_set_in(indent, ["left", "start"]) && is_set_in(indent, ["right", "end"])
    })
}

/// Whether an indent has a side, under the first of its names that is given, set in from the margin.
fn is_set_in(indent: Node<'_, '_>, names: [&str; 2]) -> bool {
    let own = names.iter().find_map(|name| attribute_of(indent, name));
    let twips = own.and_then(|own| own.parse::<i32>().ok());
    twips.is_some_and(|twips| twips > 0)
}

/// Moves the number in the first cell of a row to the words of each other cell.
fn give_number(number: &str, cells: &mut Vec<Vec<Paragraph>>) {
    cells.remove(0);
    let firsts = cells.iter_mut().filter_map(|cell| cell.first_mut());
    for first in firsts.filter(|_| !number.is_empty()) {
        first.words = format!("{number} {}", first.line());
        first.number = None;
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
            is_quotation: false,
        }];
    }
    cells.into_iter().flatten().collect()
}
