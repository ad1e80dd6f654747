//! The elements of Word markup that the document needs.

use crate::report::form::visible::{one_line, visible};
use crate::report::form::words::joined;
use crate::report::form::xml::in_xml;

/// The character styles that identify kinds of text, also when the document is read again.
use crate::read::{CITATION_STYLE, NOTE_STYLE};

/// A table in preparation.
pub(super) struct TableMarkup<'a> {
    pub(super) widths: &'a [usize],
    pub(super) header: &'a [&'a str],
}

/// Whether a row may be split between pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    Never,
    IfNeeded,
}

impl TableMarkup<'_> {
    /// Appends the start of the table with its header, which every page repeats.
    pub(super) fn begin(&self, out: &mut String) {
        let total: usize = self.widths.iter().sum();
        out.extend([format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{total}\" \
             w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        )]);
        for width in self.widths {
            out.extend([format!("<w:gridCol w:w=\"{width}\"/>")]);
        }
        out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (title, width) in self.header.iter().zip(self.widths) {
            out.extend([format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:shd w:val=\"clear\" \
                 w:color=\"auto\" w:fill=\"E7ECF3\"/></w:tcPr>{}</w:tc>",
                plain("TableHead", title)
            )]);
        }
        out.push_str("</w:tr>");
    }

    /// Appends a row of one cell across the table: a note of the program.
    pub(super) fn across(&self, out: &mut String, words: &str) {
        let (total, n_columns) = (self.widths.iter().sum::<usize>(), self.widths.len());
        out.extend([format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{total}\" w:type=\"dxa\"/>\
             <w:gridSpan w:val=\"{n_columns}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6FA\"/></w:tcPr>{}\
             </w:tc></w:tr>\n",
            note("TableHead", words)
        )]);
    }

    /// Appends a row, with its cells as paragraphs.
    pub(super) fn row(&self, out: &mut String, cells: &[String], split: Split) {
        let rule = match split {
            Split::Never => "<w:trPr><w:cantSplit/></w:trPr>",
            Split::IfNeeded => "",
        };
        out.extend(["<w:tr>", rule]);
        for (cell, width) in cells.iter().zip(self.widths) {
            // A cell without a paragraph is invalid.
            let empty = paragraph("Cell", "");
            let cell = if cell.is_empty() { &empty } else { cell };
            out.extend([format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
            )]);
        }
        out.push_str("</w:tr>\n");
    }

    /// Appends the end of the table, and the paragraph that must separate two tables.
    pub(super) fn end(out: &mut String) {
        out.push_str("</w:tbl>");
        out.push_str(&paragraph("Normal", ""));
    }
}

/// Returns a paragraph of runs.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    paragraph_of(style, runs, "")
}

/// Returns a paragraph of plain text.
pub(super) fn plain(style: &str, words: &str) -> String {
    paragraph(style, &run(None, words))
}

/// Returns a paragraph with a note of the program.
pub(super) fn note(style: &str, words: &str) -> String {
    paragraph(style, &run(Some(NOTE_STYLE), words))
}

/// Returns a paragraph, from right to left if its text is.
pub(super) fn paragraph_of(style: &str, runs: &str, words: &str) -> String {
    let direction = if_right_to_left(words, "<w:bidi/>");
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{direction}</w:pPr>{runs}</w:p>\n")
}

/// Returns text in a character style; blank lines become line breaks.
pub(super) fn run(style: Option<&str>, words: &str) -> String {
    let style = style.map(|style| format!("<w:rStyle w:val=\"{style}\"/>"));
    let style = style.unwrap_or_default();
    let direction = if_right_to_left(words, "<w:rtl/>");
    let in_line = |line: &String| format!("<w:t xml:space=\"preserve\">{}</w:t>", in_xml(line));
    let lines = joined(lines_of(words).iter().map(in_line), "<w:br/>");
    format!("<w:r><w:rPr>{style}{direction}</w:rPr>{lines}</w:r>")
}

/// Returns the parts of a text between blank lines, with white space collapsed; white space at either
/// end stays, for runs next to others.
fn lines_of(words: &str) -> Vec<String> {
    let shown = visible(words);
    let tidy: Vec<String> = shown.lines().map(one_line).collect();
    let parts = tidy
        .split(String::is_empty)
        .filter(|lines| !lines.is_empty());
    let mut lines: Vec<String> = parts.map(|lines| lines.join(" ")).collect();
    if let Some(last) = lines.last_mut().filter(|_| shown.ends_with(' ')) {
        last.push(' ');
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    if shown.starts_with(' ') {
        lines[0].insert(0, ' ');
    }
    lines
}

/// The most characters of a tooltip in Word.
const MAX_TOOLTIP: usize = 255;

/// Returns a citation that links to a bookmark and shows the clause's id, if there is room.
pub(super) fn link(bookmark: &str, id: &str, citation: &str) -> String {
    let tooltip = tooltip(id);
    format!(
        "<w:hyperlink w:anchor=\"{bookmark}\"{tooltip} w:history=\"1\">{}</w:hyperlink>",
        run(Some(CITATION_STYLE), citation)
    )
}

/// The attribute of a link that shows the clause's id, or nothing if the id is too long.
fn tooltip(id: &str) -> String {
    if id.chars().count() > MAX_TOOLTIP {
        return String::new();
    }
    format!(" w:tooltip=\"{}\"", in_xml(&one_line(id)))
}

/// Returns text inside a bookmark with this number and name.
pub(super) fn bookmarked(number: usize, name: &str, words: &str) -> String {
    format!(
        "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>{}<w:bookmarkEnd w:id=\"{number}\"/>",
        run(None, words)
    )
}

/// Returns this markup if the first letter of a text is of a right-to-left script, else nothing.
pub(in crate::report) fn if_right_to_left<'a>(words: &str, markup: &'a str) -> &'a str {
    match words.chars().find(|c| c.is_alphabetic()) {
        Some('\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}') => markup,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_breaks_and_other_white_space_a_space() {
        let cases = [
            ("a  b\nc", vec!["a b c"]),
            ("a\n \n\nb", vec!["a", "b"]),
            (": x ", vec![": x "]),
            (" ", vec![" "]),
            ("", vec![""]),
        ];
        for (words, expected) in cases {
            assert_eq!(lines_of(words), expected, "{words:?}");
        }
    }
}
