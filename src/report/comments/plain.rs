//! [`plain_document`]: the text of a paper as a new Word document with comments.

use crate::error::Result;
use crate::finding::Paper;
use crate::report::comments::markup::CommentMarkup;
use crate::report::comments::remark::Remark;
use crate::report::form::xml::in_xml;
use crate::report::redline::{RedlineParams, commented_document};
use crate::report::table::docx::markup::if_right_to_left;

/// The margins of a paragraph that is a quotation.
const INDENT: &str = "<w:ind w:left=\"720\" w:right=\"720\"/>";

/// A mark to be put at a byte of the text.
struct Mark {
    at: usize,
    /// Ends before starts at one place.
    order: usize,
    markup: String,
}

/// Returns a document with the paragraphs of a paper, and a comment for each remark.
pub(super) fn plain_document(
    paper: &Paper,
    remarks: &[Remark],
    params: &RedlineParams,
) -> Result<Vec<u8>> {
    let mut comments = CommentMarkup::new(params, "w:", 0)?;
    let mut marks = Vec::new();
    for (place, remark) in remarks.iter().enumerate() {
        let ends = comments.add(&remark.words);
        marks.push(Mark {
            at: remark.range.start,
            order: remarks.len() + place,
            markup: ends.start,
        });
        marks.push(Mark {
            at: remark.range.end,
            order: place,
            markup: ends.end,
        });
    }
    marks.sort_by_key(|mark| (mark.at, mark.order));
    let mut marks = marks.into_iter().peekable();
    let mut body = String::new();
    for paragraph in &paper.paragraphs {
        let mut runs = String::new();
        let mut at = paragraph.start;
        while let Some(mark) = marks.next_if(|mark| mark.at <= paragraph.end) {
            let until = mark.at.max(at);
            push_run(&mut runs, &paper.text[at..until]);
            runs.push_str(&mark.markup);
            at = until;
        }
        push_run(&mut runs, &paper.text[at..paragraph.end]);
        let direction = if_right_to_left(&paper.text[paragraph.clone()], "<w:bidi/>");
        let is_quotation = paper
            .blocks
            .iter()
            .any(|block| block.contains(&paragraph.start));
        let indent = if is_quotation { INDENT } else { "" };
        body.extend([
            "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/>",
            direction,
            indent,
        ]);
        body.extend(["</w:pPr>", &runs, "</w:p>\n"]);
    }
    Ok(commented_document(&body, &comments.comments, paper.name()))
}

fn push_run(runs: &mut String, words: &str) {
    if words.is_empty() {
        return;
    }
    let direction = if_right_to_left(words, "<w:rPr><w:rtl/></w:rPr>");
    runs.extend(["<w:r>", direction]);
    for (place, line) in words.split('\n').enumerate() {
        // A line end inside a paragraph is only where its line was full.
        let space = if place > 0 { " " } else { "" };
        runs.extend([
            "<w:t xml:space=\"preserve\">",
            space,
            &in_xml(line),
            "</w:t>",
        ]);
    }
    runs.push_str("</w:r>");
}
