//! Official XML: Akoma Ntoso with its United Nations profile; a `treaty` is read by its own rules.

use std::mem;

use roxmltree::{Document as Xml, Node, ParsingOptions};

use crate::agreement::Metadata;
use crate::error::Result;
use crate::language::Language;
use crate::provision::{Form, word};
use crate::read::blocks::{Blocks, NOTE_MARK, append_collapsed, is_one_of, without_note_marks};
use crate::read::document::{HintKind, Parsed};
use crate::read::limits::ReadLimits;
use crate::read::text;
use crate::read::treaty::{treaty_blocks, treaty_metadata};
use crate::read::xml;
use crate::read::xml::{not_well_formed, words_of, year_of};
use crate::words::prefix_length;

/// Elements of running text.
const INLINE: &str = "a abbr affectedDocument b block change concept courtType date decoration def \
                      docAuthority docCommittee docDate docIntroducer docJurisdiction docNumber \
                      docProponent docPurpose docStage docStatus docTitle docType docketNumber \
                      embeddedText entity event extractText fillIn i img inline ins judge lawyer \
                      legislature location marker mmod mod mref neutralCitation object opinion \
                      organization outcome party person placeholder process quantity quotedText \
                      ref relatedDocument remark rmod role rref session shortTitle signature span \
                      sub sup term time tocItem u vote";

/// Elements of headings.
const HEADINGS: &str = "heading subheading crossHeading";

/// Elements that are not part of the agreement's text.
const NEVER: [&str; 4] = ["meta", "toc", "del", "img"];

/// The divisions whose number and title are a heading, whatever they contain.
const DIVISIONS: &str = "article book chapter division part rule section subchapter subdivision \
                         subpart subtitle title tome attachment annex appendix hcontainer";

/// Reads official XML as one agreement.
///
/// Numbers, headings and words are written as lines, in the order of the file. Quoted provisions
/// stay inside the paragraph that quotes them; footnotes are moved to the end. A number without any
/// sign gets the signs of printed texts: `(2)` for a paragraph, `2.` for a section.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if it is not well-formed, has a document type or no words;
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if it exceeds one of the `limits`.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let source = text::decode_declared(bytes, limits, &mut diagnostics)?;
    xml::check(&source, limits)?;
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let parsed = Xml::parse_with_options(&source, options).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or_default();
        not_well_formed(&error).at_line(line)
    })?;
    let root = parsed.root_element();
    let (metadata, blocks) = if root.tag_name().name() == "treaty" {
        (treaty_metadata(root), treaty_blocks(root))
    } else {
        let mut walk = Walk::default();
        walk.part(root);
        walk.flush();
        (akn_metadata(root), walk.blocks)
    };
    diagnostics.extend(blocks.told_notes());
    blocks.into_parsed(metadata, diagnostics, "there are no words in it")
}

/// Writes an Akoma Ntoso text part by part.
#[derive(Debug, Default)]
struct Walk {
    blocks: Blocks,
    words: String,
    /// A number that waits for the words after it.
    number: Option<String>,
    /// The number of open divisions, and of numbered parts in the innermost one.
    depth: u8,
    n_items: u8,
    /// The number of open quotations: inside one, no block begins.
    n_quoted: usize,
    /// Whether the next block begins a document and so ends the provision before it.
    opens_document: bool,
}

impl Walk {
    fn part(&mut self, node: Node<'_, '_>) {
        if let Some(words) = node.text().filter(|_| node.is_text()) {
            append_collapsed(&mut self.words, words);
            return;
        }
        if !node.is_element() {
            return;
        }
        match node.tag_name().name() {
            "noteRef" => self.words.push(NOTE_MARK),
            name if NEVER.contains(&name) => {}
            "authorialNote" => {
                self.words.push(NOTE_MARK);
                self.note(node);
            }
            "br" | "eol" => append_collapsed(&mut self.words, " "),
            "num" => self.number(node),
            // It is written with the heading above it.
            "subheading" if has_heading(node) && self.n_quoted == 0 => {}
            name if is_one_of(name, HEADINGS) => self.heading(node),
            "quotedStructure" => self.quoted(node),
            "preface" if self.n_quoted == 0 => {
                self.flush();
                self.opens_document = true;
                self.parts_of(node);
                self.flush();
            }
            "tr" => self.row(node),
            name if is_one_of(name, INLINE) => self.parts_of(node),
            name if is_division(name) && self.n_quoted == 0 => self.division(node),
            _ if has_number(node) && self.n_quoted == 0 => {
                self.flush();
                self.n_items = self.n_items.saturating_add(1);
                self.parts_of(node);
                self.flush();
                self.n_items = self.n_items.saturating_sub(1);
            }
            _ => {
                self.flush();
                self.parts_of(node);
                self.flush();
            }
        }
    }

    /// Writes the parts of an element, its number before its headings.
    fn parts_of(&mut self, node: Node<'_, '_>) {
        let mut numbers = node.children().filter(|child| xml::is_named(*child, "num"));
        let number = numbers.next().filter(|number| {
            let before = node.children().take_while(|child| child != number);
            before
                .filter(Node::is_element)
                .all(|part| is_one_of(part.tag_name().name(), HEADINGS))
        });
        if let Some(number) = number {
            self.part(number);
        }
        for child in node.children().filter(|child| Some(*child) != number) {
            self.part(child);
        }
    }

    fn division(&mut self, node: Node<'_, '_>) {
        self.flush();
        let n_items = mem::take(&mut self.n_items);
        self.depth = self.depth.saturating_add(1);
        self.parts_of(node);
        self.flush();
        self.depth = self.depth.saturating_sub(1);
        self.n_items = n_items;
    }

    fn number(&mut self, node: Node<'_, '_>) {
        let container = node
            .parent_element()
            .map_or("", |part| part.tag_name().name());
        let number = with_signs(without_short_word(words_of(node), container), container);
        if self.n_quoted > 0 {
            append_collapsed(&mut self.words, &format!(" {number} "));
            return;
        }
        self.flush();
        let is_heading = is_division(container) && number.contains(char::is_alphabetic);
        if is_heading {
            self.push_heading(&number);
        } else {
            self.number = Some(number);
        }
    }

    fn heading(&mut self, node: Node<'_, '_>) {
        if self.n_quoted > 0 {
            append_collapsed(&mut self.words, " ");
            self.parts_of(node);
            append_collapsed(&mut self.words, " ");
            return;
        }
        self.flush();
        let number = self.number.take();
        self.parts_of(node);
        for more in subheadings_of(node) {
            self.words.push_str(": ");
            self.parts_of(more);
        }
        let words = mem::take(&mut self.words);
        let words = without_note_marks(&words);
        let words = words.trim();
        match number {
            Some(number) => self.push_heading(&format!("{number} {words}")),
            None => self.push_heading(words),
        }
    }

    fn push_heading(&mut self, words: &str) {
        let depth = self.depth.saturating_add(self.n_items).clamp(1, 6);
        self.blocks.push(words, HintKind::Heading(depth));
    }

    fn quoted(&mut self, node: Node<'_, '_>) {
        self.n_quoted += 1;
        append_collapsed(&mut self.words, " ");
        self.words
            .push_str(node.attribute("startQuote").unwrap_or_default());
        self.parts_of(node);
        let kept = self.words.trim_end().len();
        self.words.truncate(kept);
        self.words
            .push_str(node.attribute("endQuote").unwrap_or_default());
        append_collapsed(&mut self.words, " ");
        self.n_quoted -= 1;
    }

    fn note(&mut self, node: Node<'_, '_>) {
        let words = words_of(node);
        let numbered = match node.attribute("marker") {
            Some(marker) => format!("{} {words}", marker.trim()),
            None => words,
        };
        self.blocks.push_note(&numbered);
    }

    fn row(&mut self, node: Node<'_, '_>) {
        self.flush();
        let cells = node.children().filter(Node::is_element);
        let cells: Vec<String> = cells.map(words_of).collect();
        self.words = cells.join("\t");
        self.flush();
    }

    fn flush(&mut self) {
        if self.n_quoted > 0 {
            append_collapsed(&mut self.words, " ");
            return;
        }
        let words = mem::take(&mut self.words);
        let words = without_note_marks(&words);
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let opens_document = mem::take(&mut self.opens_document);
        match self.number.take() {
            None if opens_document => self.blocks.push(words, HintKind::Heading(1)),
            Some(number) => {
                let line = format!("{number} {words}");
                let depth = self.n_items.max(1);
                self.blocks.push(&line, HintKind::ListItem(depth));
            }
            None => self.blocks.push(words, HintKind::Paragraph),
        }
    }
}

/// Returns the subheadings next to a heading.
fn subheadings_of<'a, 'b>(heading: Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    let whole = heading
        .parent_element()
        .filter(|_| xml::is_named(heading, "heading"));
    let parts = whole.into_iter().flat_map(|whole| whole.children());
    parts.filter(|part| xml::is_named(*part, "subheading"))
}

/// Returns whether the element of a subheading has a heading.
fn has_heading(subheading: Node<'_, '_>) -> bool {
    let whole = subheading.parent_element();
    whole.is_some_and(|whole| whole.children().any(|part| xml::is_named(part, "heading")))
}

fn has_number(node: Node<'_, '_>) -> bool {
    node.children().any(|child| xml::is_named(child, "num"))
}

fn is_division(name: &str) -> bool {
    is_one_of(name, DIVISIONS)
}

/// Returns the number of a section without the short word before it: `SEC. 5.` is `5.`.
fn without_short_word(number: String, container: &str) -> String {
    let length = prefix_length(&number, char::is_alphabetic);
    let is_short = word(&number[..length]).is_some_and(|known| known.form == Form::Short);
    if container != "section" || !is_short {
        return number;
    }
    let rest = number[length..].trim_start_matches(['.', ' ', '\u{a0}']);
    rest.to_owned()
}

/// Adds the signs of printed texts to the number of an element that has none.
fn with_signs(number: String, container: &str) -> String {
    let is_bare = !number.is_empty()
        && number.chars().count() <= 5
        && number.chars().all(char::is_alphanumeric);
    let has_digit = number.contains(|c: char| c.is_ascii_digit());
    match (is_bare, is_division(container)) {
        (true, true) if has_digit => format!("{number}."),
        (true, false) => format!("({number})"),
        _ => number,
    }
}

fn akn_metadata(root: Node<'_, '_>) -> Metadata {
    let find = |name: &str| {
        root.descendants()
            .find(|node| node.tag_name().name() == name)
    };
    let words = |name: &str| find(name).map(words_of).filter(|words| !words.is_empty());
    let value = |name: &str, attribute: &str| {
        let value = find(name)?.attribute(attribute)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let date = find("FRBRWork").and_then(|work| {
        let mut dates = work
            .children()
            .filter(|n| n.tag_name().name() == "FRBRdate");
        dates.find_map(|n| n.attribute("date"))
    });
    Metadata {
        title: words("docTitle")
            .or_else(|| words("longTitle"))
            .or_else(|| value("FRBRname", "value"))
            .or_else(|| value("FRBRalias", "value")),
        short_name: words("shortTitle"),
        year: date.and_then(year_of),
        first_published: date.map(str::to_owned),
        language: value("FRBRlanguage", "language").and_then(|tag| Language::from_tag(&tag)),
        ..Metadata::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_before_the_number_of_a_section_goes() {
        let cases = [
            ("SEC. 5.", "section", "5."),
            ("Sec. 5", "section", "5"),
            ("Section 5", "section", "Section 5"),
            ("Art. 5", "article", "Art. 5"),
        ];
        for (number, container, expected) in cases {
            assert_eq!(without_short_word(number.to_owned(), container), expected);
        }
    }

    #[test]
    fn bare_numbers_get_the_signs_of_printed_texts() {
        let cases = [
            ("2A", "paragraph", "(2A)"),
            ("a", "point", "(a)"),
            ("4", "section", "4."),
            ("1.", "paragraph", "1."),
            ("Article 5", "article", "Article 5"),
            ("", "paragraph", ""),
        ];
        for (number, container, expected) in cases {
            assert_eq!(with_signs(number.to_owned(), container), expected);
        }
    }
}
