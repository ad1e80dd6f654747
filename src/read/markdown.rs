//! Markdown: the words without the markup, and what the markup says about their structure.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::error::{Diagnostic, Result, Severity};
use crate::read::blocks::begins_with_number;
use crate::read::document::{Body, Hint, HintKind, Parsed};
use crate::read::limits::ReadLimits;
use crate::read::markdown_html::words_of_html;
use crate::read::{front_matter, table, text};

/// Bold text of at least this many characters is emphasis, not a label.
const MAX_LABEL_CHARACTERS: usize = 60;

/// Reads a Markdown file as one agreement.
///
/// The text is what a reader sees: entities decoded, emphasis and addresses of links dropped,
/// comments and tags of HTML left out, hard-wrapped lines joined, blocks separated by a blank line.
/// List items keep the number they are written with, whatever a renderer would count; bullets are
/// removed. A file with a comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the bytes are not text,
/// [`ErrorKind::Manifest`](crate::error::ErrorKind::Manifest) if the front matter breaks its rules.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let (mut metadata, source) = front_matter::split(&decoded, &mut diagnostics)?;
    let first_line = text::line_of(&decoded, decoded.len() - source.len());
    if let Some(reading) = table::read_markdown(source, first_line, &diagnostics) {
        return Ok(reading);
    }
    let (source, n_mended) = with_spaced_headings(source);
    let what = "headings without a space after `#` are taken for such";
    diagnostics.extend(Diagnostic::counted(Severity::Repaired, n_mended, what));
    let plain = Writer::write(&source);
    if let Some(first) = plain.first_beyond {
        let line = first_line + text::line_of(&source, first) - 1;
        let message = format!(
            "{} cells beyond the header of their table are kept",
            plain.n_beyond
        );
        diagnostics.push(Diagnostic::new(Severity::Repaired, message).at_line(line));
    }
    metadata.title = metadata.title.or(plain.title);
    let body = Body::Text {
        text: plain.text,
        hints: plain.hints,
    };
    Ok(Parsed::of_one(metadata, body, diagnostics))
}

/// Inserts a space after two to six `#` at the start of a line that are directly followed by a
/// word, as older dialects allow; returns the number of such lines.
fn with_spaced_headings(source: &str) -> (Cow<'_, str>, usize) {
    let touching = |line: &str| {
        let n_marks = line.bytes().take_while(|&b| b == b'#').count();
        let is_heading = (2..=6).contains(&n_marks)
            && line[n_marks..].starts_with(|c: char| c.is_alphanumeric());
        is_heading.then_some(n_marks)
    };
    let n_touching = source.lines().filter_map(touching).count();
    if n_touching == 0 {
        return (Cow::Borrowed(source), 0);
    }
    let mut spaced = String::with_capacity(source.len() + n_touching);
    for line in source.split_inclusive('\n') {
        let n_marks = touching(line).unwrap_or(0);
        let (marks, words) = line.split_at(n_marks);
        spaced.push_str(marks);
        if n_marks > 0 {
            spaced.push(' ');
        }
        spaced.push_str(words);
    }
    (Cow::Owned(spaced), n_touching)
}

/// A list item being written.
#[derive(Debug)]
struct Item {
    /// The range of its words so far, including its number.
    range: Range<usize>,
    /// Whether a list inside it has begun: what follows is not part of its own words.
    has_list: bool,
}

/// Writes the plain text event by event.
#[derive(Debug, Default)]
struct Writer {
    /// The text without its markup.
    text: String,
    hints: Vec<Hint>,
    /// The first heading of level 1.
    title: Option<String>,
    items: Vec<Item>,
    /// Where the current paragraph, heading or line of an item begins.
    block_start: usize,
    /// Where the bold text at the start of the block begins, while it is open.
    bold_start: Option<usize>,
    /// The finished bold text at the start of the block.
    bold: Option<Range<usize>>,
    /// Where the open block quotations begin.
    quotations: Vec<usize>,
    /// The number of open images: their words are not part of the text.
    n_images: usize,
    /// The source of the open HTML block.
    html: String,
    /// The number of columns of the open table.
    n_columns: usize,
    /// The number of cells that have no column, and where the row of the first begins.
    n_beyond: usize,
    first_beyond: Option<usize>,
}

impl Writer {
    /// Takes time linear in the source, except for the tables of links, which the parser limits.
    fn write(source: &str) -> Self {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let mut writer = Self::default();
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            match event {
                Event::End(TagEnd::TableRow) => writer.end_row(&source[range.clone()], range.start),
                Event::Start(tag) => writer.start(&tag, source, range.start),
                Event::End(tag) => writer.end(tag),
                Event::Text(words) | Event::Code(words) => writer.push(&words),
                Event::SoftBreak => writer.break_line(&source[range.end..]),
                Event::HardBreak => writer.push("\n"),
                Event::Html(html) => writer.html.push_str(&html),
                Event::InlineHtml(html) if is_line_break(&html) => writer.push("\n"),
                _ => {}
            }
        }
        writer.finish()
    }

    fn start(&mut self, tag: &Tag<'_>, source: &str, at: usize) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) => self.begin_block(),
            Tag::Item => self.begin_item(&source[at..]),
            Tag::List(_) => {
                self.end_tight_words();
                match self.items.last_mut() {
                    Some(item) => item.has_list = true,
                    None => self.part("\n\n"),
                }
            }
            Tag::Table(columns) => {
                self.begin_block();
                self.n_columns = columns.len();
            }
            Tag::BlockQuote(_) => self.quotations.push(self.text.len()),
            Tag::TableRow => self.part("\n"),
            Tag::TableCell if !self.at_line_start() => self.push("\t"),
            Tag::Strong if self.text.len() == self.block_start && self.bold.is_none() => {
                self.bold_start = Some(self.block_start);
            }
            Tag::Image { .. } => self.n_images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Table => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::BlockQuote(_) => self.end_quotation(),
            TagEnd::Item => self.end_item(),
            TagEnd::Strong => {
                if let Some(start) = self.bold_start.take() {
                    self.bold = Some(start..self.text.len());
                }
            }
            TagEnd::Image => self.n_images -= 1,
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.n_images == 0 {
            self.text.push_str(words);
        }
    }

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Begins a block on a new line, or at once if an item's number has just been written.
    fn begin_block(&mut self) {
        let last = self.items.last();
        let after_number = last.is_some_and(|of| of.range.end == self.text.len() && !of.has_list);
        if !after_number || self.at_line_start() {
            self.part(if self.items.is_empty() { "\n\n" } else { "\n" });
        }
        self.begin_words();
    }

    fn begin_words(&mut self) {
        self.block_start = self.text.len();
        self.bold_start = None;
        self.bold = None;
    }

    /// Ends the text with exactly the line breaks of `gap`, unless it is empty.
    fn part(&mut self, gap: &str) {
        let kept = self.text.trim_end_matches([' ', '\n']).len();
        let n_breaks = self.text[kept..].matches('\n').count().max(gap.len());
        self.text.truncate(kept);
        if kept > 0 {
            let breaks = if n_breaks > 1 { "\n\n" } else { "\n" };
            self.text.push_str(breaks);
        }
    }

    fn begin_item(&mut self, source: &str) {
        self.part("\n");
        let start = self.text.len();
        let number = number_of_item(source);
        if !number.is_empty() {
            self.text.push_str(number);
            self.text.push(' ');
        }
        self.items.push(Item {
            range: start..self.text.len(),
            has_list: false,
        });
        self.begin_words();
    }

    fn end_item(&mut self) {
        self.end_tight_words();
        let depth = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
        if let Some(item) = self.items.pop() {
            self.hint(item.range, HintKind::ListItem(depth));
        }
    }

    /// Ends the words of an item that has no paragraphs of its own.
    fn end_tight_words(&mut self) {
        let end = self.text.trim_end().len();
        let start = self.block_start;
        if let Some(item) = self.items.last_mut()
            && !item.has_list
            && end > item.range.end
        {
            item.range.end = end;
            self.end_label(start..end);
        }
    }

    fn end_paragraph(&mut self) {
        if self.items.is_empty() {
            let range = self.block_start..self.text.trim_end().len();
            self.end_label(range.clone());
            self.hint(range, HintKind::Paragraph);
            self.part("\n\n");
        } else {
            self.end_tight_words();
            self.part("\n");
        }
        self.begin_words();
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let end = self.text.trim_end().len();
        let range = self.block_start.min(end)..end;
        let words = &self.text[range.clone()];
        if level == HeadingLevel::H1 && self.title.is_none() && !words.is_empty() {
            self.title = Some(words.to_owned());
        }
        self.hint(range, HintKind::Heading(level as u8));
        self.part("\n\n");
        self.begin_words();
    }

    /// Tells the whole of a block quotation, once the outermost ends.
    fn end_quotation(&mut self) {
        let start = self.quotations.pop().unwrap_or_default();
        let words = self.text.get(start..).unwrap_or_default();
        let start = self.text.len() - words.trim_start().len();
        if self.quotations.is_empty() {
            self.hint(start..self.text.trim_end().len(), HintKind::Quotation);
        }
    }

    /// Writes the words of an HTML block.
    fn end_html(&mut self) {
        for (words, kind) in words_of_html(&mem::take(&mut self.html)) {
            self.begin_block();
            self.push(&words);
            match kind {
                HintKind::Heading(depth) => {
                    self.end_heading(
                        HeadingLevel::try_from(usize::from(depth)).unwrap_or(HeadingLevel::H6),
                    );
                }
                HintKind::ListItem(_) if self.items.is_empty() => {
                    self.hint(self.block_start..self.text.len(), kind);
                    self.part("\n");
                }
                _ => self.end_paragraph(),
            }
        }
    }

    /// Writes the cells of a row beyond the header of its table, which renderers leave out.
    fn end_row(&mut self, row: &str, at: usize) {
        let cells = table::cells_of_row(row);
        for cell in cells
            .iter()
            .skip(self.n_columns)
            .filter(|cell| !cell.is_empty())
        {
            self.push("\t");
            let row = format!("|{cell}|\n|-|");
            for event in Parser::new_ext(&row, Options::ENABLE_TABLES) {
                match event {
                    Event::Text(words) | Event::Code(words) => self.push(&words),
                    Event::InlineHtml(html) if is_line_break(&html) => self.push("\n"),
                    _ => {}
                }
            }
            self.n_beyond += 1;
            self.first_beyond.get_or_insert(at);
        }
    }

    /// Marks the bold text at the start of a block as a label if words follow it.
    fn end_label(&mut self, block: Range<usize>) {
        let Some(bold) = self.bold.take() else { return };
        let words = self.text[bold.clone()].trim_end_matches([':', '.', ' ', '\n']);
        let follows = self.text.get(bold.end..block.end).unwrap_or_default();
        let is_label = words.chars().count() < MAX_LABEL_CHARACTERS
            && follows.chars().any(char::is_alphanumeric);
        let end = bold.start + words.len();
        if is_label {
            self.hint(bold.start..end, HintKind::Label);
        }
    }

    fn hint(&mut self, range: Range<usize>, kind: HintKind) {
        if !range.is_empty() {
            self.hints.push(Hint { range, kind });
        }
    }

    /// Joins two source lines by a space, unless the second begins with a number and the first ends
    /// a sentence or item.
    fn break_line(&mut self, next: &str) {
        let words = self.text.trim_end();
        let has_stopped = words.ends_with(['.', ';', ':', ','])
            || words.ends_with(" and")
            || words.ends_with(" or");
        let joint = if has_stopped && begins_with_number(next) {
            "\n"
        } else {
            " "
        };
        self.push(joint);
    }

    fn finish(mut self) -> Self {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let order = |hint: &Hint| (hint.range.start, Reverse(hint.range.end));
        self.hints.sort_by_key(order);
        self
    }
}

fn is_line_break(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    matches!(lower.as_str(), "<br>" | "<br/>" | "<br />")
}

/// Returns the number an item is written with (`1.`, `12)`), empty for a bullet.
fn number_of_item(source: &str) -> &str {
    let source = source.trim_start();
    let n_digits = source.bytes().take_while(u8::is_ascii_digit).count();
    let has_stop = source[n_digits..].starts_with(['.', ')']);
    let number = (n_digits > 0 && has_stop).then(|| &source[..=n_digits]);
    number.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str, hints: &[(&str, HintKind)]) {
        let plain = Writer::write(source);
        assert_eq!(plain.text, expected, "{source}");
        let found: Vec<(&str, HintKind)> = plain
            .hints
            .iter()
            .map(|hint| (&plain.text[hint.range.clone()], hint.kind))
            .collect();
        assert_eq!(found, hints, "{source}");
    }

    #[test]
    fn markup_is_removed_and_words_stay() {
        check(
            "Some *words* with [a link](http://x.org), `code` &amp; more <!-- gone -->\nwrapped.",
            "Some words with a link, code & more  wrapped.\n",
            &[(
                "Some words with a link, code & more  wrapped.",
                HintKind::Paragraph,
            )],
        );
        check(
            "<div>\n\nkept\n\n</div>",
            "kept\n",
            &[("kept", HintKind::Paragraph)],
        );
        check("![a picture](x.png)", "", &[]);
    }

    #[test]
    fn headings_and_paragraphs_become_hints() {
        check(
            "# A *Code*\n\nFirst.\n\n### Part &lt;1&gt;\nSecond.",
            "A Code\n\nFirst.\n\nPart <1>\n\nSecond.\n",
            &[
                ("A Code", HintKind::Heading(1)),
                ("First.", HintKind::Paragraph),
                ("Part <1>", HintKind::Heading(3)),
                ("Second.", HintKind::Paragraph),
            ],
        );
        assert_eq!(Writer::write("# A *Code*").title.as_deref(), Some("A Code"));
    }

    #[test]
    fn items_keep_the_number_they_are_written_with() {
        check(
            "States should:\n\n3. talk;\n7. listen:\n   - to all\n   - and each\n9) part",
            "States should:\n\n3. talk;\n7. listen:\nto all\nand each\n\n9) part\n",
            &[
                ("States should:", HintKind::Paragraph),
                ("3. talk;", HintKind::ListItem(1)),
                ("7. listen:", HintKind::ListItem(1)),
                ("to all", HintKind::ListItem(2)),
                ("and each", HintKind::ListItem(2)),
                ("9) part", HintKind::ListItem(1)),
            ],
        );
        check(
            "1. One.\n\n   More of one.\n\n2. Two.",
            "1. One.\nMore of one.\n2. Two.\n",
            &[
                ("1. One.\nMore of one.", HintKind::ListItem(1)),
                ("2. Two.", HintKind::ListItem(1)),
            ],
        );
    }

    #[test]
    fn bold_text_before_words_is_a_label() {
        check(
            "**Norm 4:** No harm.\n\n**¶13(f)** Protect.\n\n**Bold alone**\n\nWords **in** bold.",
            "Norm 4: No harm.\n\n¶13(f) Protect.\n\nBold alone\n\nWords in bold.\n",
            &[
                ("Norm 4: No harm.", HintKind::Paragraph),
                ("Norm 4", HintKind::Label),
                ("¶13(f) Protect.", HintKind::Paragraph),
                ("¶13(f)", HintKind::Label),
                ("Bold alone", HintKind::Paragraph),
                ("Words in bold.", HintKind::Paragraph),
            ],
        );
        check(
            "- **Article 5.** Do it.",
            "Article 5. Do it.\n",
            &[
                ("Article 5. Do it.", HintKind::ListItem(1)),
                ("Article 5", HintKind::Label),
            ],
        );
    }

    #[test]
    fn lettered_lines_stay_lines_and_wrapped_lines_are_joined() {
        check(
            "States should:\n(a) talk;\n(b) listen as\nin paragraph\n(a) above.",
            "States should:\n(a) talk;\n(b) listen as in paragraph (a) above.\n",
            &[(
                "States should:\n(a) talk;\n(b) listen as in paragraph (a) above.",
                HintKind::Paragraph,
            )],
        );
    }

    #[test]
    fn a_block_quotation_is_told_as_a_whole() {
        check(
            "It says:\n\n> One light\n> each.\n>\n> > Two.\n\nThen.",
            "It says:\n\nOne light each.\n\nTwo.\n\nThen.\n",
            &[
                ("It says:", HintKind::Paragraph),
                ("One light each.\n\nTwo.", HintKind::Quotation),
                ("One light each.", HintKind::Paragraph),
                ("Two.", HintKind::Paragraph),
                ("Then.", HintKind::Paragraph),
            ],
        );
    }

    #[test]
    fn a_heading_may_touch_its_marks() {
        let (spaced, n) = with_spaced_headings("##Part\n\n### Two\n#tag\n###### \n");
        assert_eq!(spaced, "## Part\n\n### Two\n#tag\n###### \n");
        assert_eq!(n, 1);
    }

    #[test]
    fn tables_are_kept_cell_by_cell() {
        check(
            "| A | B |\n|---|---|\n| one | two |",
            "A\tB\none\ttwo\n",
            &[("A\tB\none\ttwo", HintKind::Paragraph)],
        );
    }
}
