//! Word documents: paragraphs with the numbers that Word computes, tables in order, footnotes apart.

use std::collections::HashMap;
use std::mem;

use roxmltree::{Document as Xml, Node};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::blocks::{Blocks, is_list_mark};
use crate::read::document::{HintKind, Reading};
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::word_numbering::{Counts, Numbering, attribute_of, child_of, value_of};
use crate::read::xml;
use crate::read::xml::not_well_formed;
use crate::read::{table, text, written};

/// A cell of so many characters is running text, not an entry of a table.
const MAX_ENTRY: usize = 200;

/// Elements of a paragraph that are no words of it.
const NEVER: [&str; 12] = [
    "pPr",
    "rPr",
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "Fallback",
    "footnoteRef",
    "endnoteRef",
    "annotationRef",
    "softHyphen",
];

/// Reads a Word document as one agreement.
///
/// What tracked changes delete is dropped, what they insert is kept. Headers, footers, comments and
/// the table of contents are left out. A document with a comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Format`] if a part is missing or damaged or there are no words;
/// [`ErrorKind::Limit`] if a part passes one of the `limits`.
pub(crate) fn read(mut package: Package<'_>, limits: &ReadLimits) -> Result<Reading> {
    let main = package
        .names()
        .iter()
        .find(|name| {
            let number = name
                .strip_prefix("word/document")
                .and_then(|rest| rest.strip_suffix(".xml"));
            number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
        })
        .cloned()
        .unwrap_or_default();
    let source = part(&mut package, &main, limits)?
        .ok_or_else(|| Error::new(ErrorKind::Format, "the document's text is missing"))?;
    let mut diagnostics = Vec::new();
    let mut optional = |name: &str| match part(&mut package, name, limits) {
        Ok(source) => source.unwrap_or_default(),
        Err(error) => {
            let message = format!("`{name}` is left out: {error:#}");
            diagnostics.push(Diagnostic::new(Severity::Skipped, message));
            String::new()
        }
    };
    let (styles, numbering) = (optional("word/styles.xml"), optional("word/numbering.xml"));
    let footnotes = optional("word/footnotes.xml");
    let endnotes = optional("word/endnotes.xml");
    let core = optional("docProps/core.xml");
    let parsed = Xml::parse(&source).map_err(|error| not_well_formed(&error))?;
    if let Some(reading) = written::word::read(parsed.root_element()) {
        return Ok(reading);
    }
    if let Some(reading) = table::read_document(parsed.root_element(), &table::WORD) {
        return Ok(reading);
    }
    let context = Context {
        styles: parse_part(&styles, Styles::of),
        numbering: parse_part(&numbering, Numbering::of),
        footnotes: parse_part(&footnotes, notes_of),
        endnotes: parse_part(&endnotes, notes_of),
    };
    let mut walk = Walk::new(&context);
    if let Some(body) = child_of(parsed.root_element(), "body") {
        walk.blocks_of(body);
    }
    walk.end_carried();
    walk.tell(&mut diagnostics);
    if walk.blocks.is_empty() {
        let message = "there are no words in the document; it may hold pictures only";
        return Err(Error::new(ErrorKind::Format, message));
    }
    let heading = walk.blocks.first_heading().map(str::to_owned);
    let metadata = Metadata {
        title: walk.title.or(heading).or_else(|| core_title(&core)),
        ..Metadata::default()
    };
    Ok(Reading::of_one(
        metadata,
        walk.blocks.into_body(),
        diagnostics,
    ))
}

/// Returns a checked part of the package as text.
fn part(package: &mut Package<'_>, name: &str, limits: &ReadLimits) -> Result<Option<String>> {
    let Some(bytes) = package.entry(name)? else {
        return Ok(None);
    };
    let source = text::decode(&bytes, limits, &mut Vec::new())?.into_owned();
    xml::check(&source, limits)?;
    Ok(Some(source))
}

/// Reads what a part says; one that is missing or damaged says nothing.
fn parse_part<T: Default>(source: &str, read: impl Fn(Node<'_, '_>) -> T) -> T {
    match Xml::parse(source) {
        Ok(parsed) => read(parsed.root_element()),
        Err(_) => T::default(),
    }
}

/// Returns the title that the properties give, if it is made of words.
fn core_title(source: &str) -> Option<String> {
    parse_part(source, |root| {
        let title = child_of(root, "title")?.text()?.trim().to_owned();
        (title.split(' ').count() > 1).then_some(title)
    })
}

/// What the other parts of the package say about the text.
#[derive(Debug)]
struct Context {
    styles: Styles,
    numbering: Numbering,
    footnotes: HashMap<String, String>,
    endnotes: HashMap<String, String>,
}

/// What a style says of its paragraphs, the styles it is based on included.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    /// The depth of a heading, from 1.
    heading: Option<u8>,
    list: Option<String>,
    level: Option<usize>,
    based_on: Option<String>,
}

#[derive(Debug, Default)]
struct Styles(HashMap<String, Style>);

impl Styles {
    fn of(root: Node<'_, '_>) -> Self {
        let styles = root
            .children()
            .filter(|node| node.tag_name().name() == "style")
            .filter_map(|node| Some((attribute_of(node, "styleId")?.to_owned(), style_of(node))))
            .collect();
        Self(styles)
    }

    /// Returns a style with all that it takes from the styles it is based on.
    fn resolved(&self, id: &str) -> Style {
        let mut style = self.0.get(id).cloned().unwrap_or_default();
        let mut base = style.based_on.clone();
        for _ in 0..16 {
            let Some(above) = base.as_ref().and_then(|id| self.0.get(id)) else {
                break;
            };
            style.heading = style.heading.or(above.heading);
            style.list = style.list.or_else(|| above.list.clone());
            style.level = style.level.or(above.level);
            base.clone_from(&above.based_on);
        }
        style
    }
}

fn style_of(node: Node<'_, '_>) -> Style {
    let name = value_of(node, "name").unwrap_or_default().to_lowercase();
    let properties = child_of(node, "pPr");
    let outline = properties
        .and_then(|properties| value_of(properties, "outlineLvl"))
        .and_then(|level| level.parse::<u8>().ok())
        .filter(|level| *level < 9);
    let by_name = name
        .strip_prefix("heading ")
        .and_then(|depth| depth.parse::<u8>().ok());
    let numbered = properties.and_then(|properties| child_of(properties, "numPr"));
    Style {
        heading: outline
            .map(|level| level + 1)
            .or(by_name)
            .or((name == "title").then_some(1)),
        list: numbered.and_then(|numbered| value_of(numbered, "numId").map(str::to_owned)),
        level: numbered
            .and_then(|numbered| value_of(numbered, "ilvl"))
            .and_then(|level| level.parse().ok()),
        based_on: value_of(node, "basedOn").map(str::to_owned),
        name,
    }
}

/// Returns the words of all notes by their ids.
fn notes_of(root: Node<'_, '_>) -> HashMap<String, String> {
    let notes = root.children().filter(|node| {
        let is_separator = attribute_of(*node, "type").is_some_and(|kind| kind != "normal");
        node.is_element() && !is_separator
    });
    notes
        .filter_map(|note| {
            let mut words = Words::default();
            for paragraph in note.descendants().filter(|n| n.tag_name().name() == "p") {
                words.line.push(' ');
                words.of(paragraph);
            }
            Some((attribute_of(note, "id")?.to_owned(), collapsed(&words.line)))
        })
        .collect()
}

/// Returns words with every run of spaces as one, line ends kept.
fn collapsed(words: &str) -> String {
    let lines = words
        .split('\n')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The words of a paragraph and what is odd about them.
#[derive(Debug, Default)]
struct Words {
    line: String,
    /// The notes referred to: whether it is an endnote, and its id.
    notes: Vec<(bool, String)>,
    n_deleted: usize,
    n_inserted: usize,
    n_struck: usize,
}

impl Words {
    fn of(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "t" => self.line.push_str(child.text().unwrap_or_default()),
                "tab" => self.line.push(' '),
                "br" | "cr" => self.line.push('\n'),
                "noBreakHyphen" => self.line.push('\u{2011}'),
                "footnoteReference" => self.refer(child, false),
                "endnoteReference" => self.refer(child, true),
                "r" if is_hidden(child) => {}
                "r" => {
                    self.n_struck += usize::from(has_property(child, "strike"));
                    self.of(child);
                }
                "ins" | "moveTo" => {
                    self.n_inserted += 1;
                    self.of(child);
                }
                "del" | "moveFrom" => self.n_deleted += 1,
                name if NEVER.contains(&name) => {}
                "p" => {
                    self.line.push('\n');
                    self.of(child);
                }
                _ => self.of(child),
            }
        }
    }

    fn refer(&mut self, reference: Node<'_, '_>, is_endnote: bool) {
        if let Some(id) = attribute_of(reference, "id") {
            self.notes.push((is_endnote, id.to_owned()));
        }
    }
}

fn has_property(run: Node<'_, '_>, name: &str) -> bool {
    let property = child_of(run, "rPr").and_then(|properties| child_of(properties, name));
    property.is_some_and(|property| {
        !matches!(attribute_of(property, "val"), Some("0" | "false" | "off"))
    })
}

fn is_hidden(run: Node<'_, '_>) -> bool {
    has_property(run, "vanish")
}

/// A paragraph ready to be written.
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
#[derive(Debug)]
struct Walk<'a> {
    context: &'a Context,
    blocks: Blocks,
    counts: Counts,
    title: Option<String>,
    /// Where paragraphs go while a cell is read.
    cell: Option<Vec<Paragraph>>,
    /// Words of a paragraph whose end is deleted: they belong to the next.
    carried: String,
    n_deleted: usize,
    n_inserted: usize,
    n_struck: usize,
    n_contents: usize,
}

impl<'a> Walk<'a> {
    fn new(context: &'a Context) -> Self {
        Self {
            context,
            blocks: Blocks::default(),
            counts: Counts::default(),
            title: None,
            cell: None,
            carried: String::new(),
            n_deleted: 0,
            n_inserted: 0,
            n_struck: 0,
            n_contents: 0,
        }
    }

    fn blocks_of(&mut self, node: Node<'_, '_>) {
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
        let style = self
            .context
            .styles
            .resolved(value("pStyle").unwrap_or_default());
        if style.name.starts_with("toc ") {
            self.n_contents += 1;
            return;
        }
        let mut words = Words::default();
        words.of(node);
        self.n_deleted += words.n_deleted;
        self.n_inserted += words.n_inserted;
        self.n_struck += words.n_struck;
        for (is_endnote, id) in &words.notes {
            self.note(*is_endnote, id);
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

    /// Returns the depth and number of a paragraph in a list; a paragraph's own list wins over that of
    /// its style, and list 0 is none.
    fn number_of(&mut self, numbered: Option<Node<'_, '_>>, style: &Style) -> Option<(u8, String)> {
        let own = numbered.and_then(|numbered| value_of(numbered, "numId"));
        let list = own.or(style.list.as_deref()).filter(|list| *list != "0")?;
        let level = numbered
            .and_then(|numbered| value_of(numbered, "ilvl"))
            .and_then(|level| level.parse().ok())
            .or(style.level)
            .unwrap_or(0);
        let number = self.context.numbering.next(list, level, &mut self.counts)?;
        Some((u8::try_from(level + 1).unwrap_or(u8::MAX), number))
    }

    fn write(&mut self, paragraph: Paragraph) {
        match &mut self.cell {
            Some(cell) => cell.push(paragraph),
            None => self.blocks.push(&paragraph.line(), paragraph.kind),
        }
    }

    fn note(&mut self, is_endnote: bool, id: &str) {
        let context = self.context;
        let notes = if is_endnote {
            &context.endnotes
        } else {
            &context.footnotes
        };
        if let Some(words) = notes.get(id) {
            let number = self.blocks.n_notes() + 1;
            self.blocks.push_note(&format!("{number} {words}"));
        }
    }

    /// Writes a row: short entries in one line, a number in a cell of its own before the words beside
    /// it, else paragraph after paragraph.
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

    fn end_carried(&mut self) {
        let words = collapsed(&mem::take(&mut self.carried));
        if !words.is_empty() {
            self.write(Paragraph {
                number: None,
                words,
                kind: HintKind::Paragraph,
            });
        }
    }

    fn tell(&self, diagnostics: &mut Vec<Diagnostic>) {
        let facts = [
            (self.n_deleted, "tracked deletions are left out"),
            (self.n_inserted, "tracked insertions are kept"),
            (self.n_struck, "runs of words are struck through and kept"),
            (self.n_contents, "lines of a table of contents are left out"),
            (self.blocks.n_notes(), "footnotes stand at the end"),
        ];
        for (n, what) in facts.into_iter().filter(|(n, _)| *n > 0) {
            let message = format!("{n} {what}");
            diagnostics.push(Diagnostic::new(Severity::Note, message));
        }
    }
}

/// Returns the paragraphs that the cells of a row make.
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
