//! Tracked insertions and deletions, and comments, as Word markup.

use std::fmt::Write;

use crate::finding::Revision;
use crate::report::form::xml::in_xml;
use crate::report::redline::sheet::{Sheet, SheetKind};
use crate::report::table::docx::markup::if_right_to_left;
use crate::reuse::Fate;

/// The body of the document and its comments, in preparation.
pub(super) struct TrackedMarkup {
    pub(super) body: String,
    pub(super) comments: String,
    /// The attributes that say who made a change, and when.
    stamp: String,
    /// The number of the next change or comment.
    next: usize,
}

/// A paragraph in preparation.
struct OpenParagraph {
    kind: SheetKind,
    runs: String,
    words: String,
}

impl TrackedMarkup {
    pub(super) fn new(author: &str, date: Option<&str>) -> Self {
        let date = date.map(|date| format!(" w:date=\"{date}\""));
        Self {
            body: String::new(),
            comments: String::new(),
            stamp: format!(
                " w:author=\"{}\"{}",
                in_xml(author),
                date.unwrap_or_default()
            ),
            next: 1,
        }
    }

    /// Adds the paragraphs of a sheet, the first with a comment if there is one.
    pub(super) fn push(&mut self, sheet: &Sheet<'_>, comment: Option<&str>) {
        let mut open = OpenParagraph::of(sheet.kind);
        let comment = comment.map(|words| self.comment(words));
        if let Some(number) = comment {
            let _ = write!(open.runs, "<w:commentRangeStart w:id=\"{number}\"/>");
        }
        for revision in &sheet.revisions {
            self.add(&mut open, revision);
        }
        if let Some(number) = comment {
            let _ = write!(
                open.runs,
                "<w:commentRangeEnd w:id=\"{number}\"/><w:r><w:commentReference w:id=\"{number}\"/></w:r>"
            );
        }
        self.end(&open, sheet.fate);
    }

    /// Adds words to a paragraph, and begins another one at each line end.
    fn add(&mut self, open: &mut OpenParagraph, revision: &Revision) {
        for (place, line) in revision.words.split('\n').enumerate() {
            if place > 0 {
                let next = OpenParagraph::of(open.kind);
                let done = std::mem::replace(open, next);
                self.end(&done, revision.fate);
            }
            self.run(open, revision.fate, line);
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn run(&mut self, open: &mut OpenParagraph, fate: Fate, words: &str) {
        if words.is_empty() {
            return;
        }
        open.words.push_str(words);
        let run = match tracked(fate) {
            None => text_run("w:t", words),
            Some(mark) => {
                let element = if mark == DELETED { "w:delText" } else { "w:t" };
                let (number, stamp) = (self.number(), &self.stamp);
                let run = text_run(element, words);
                format!("<{mark} w:id=\"{number}\"{stamp}>{run}</{mark}>")
            }
        };
        open.runs.push_str(&run);
    }

    /// Adds a paragraph, whose end is kept, deleted or inserted.
    fn end(&mut self, paragraph: &OpenParagraph, fate: Fate) {
        let mark = tracked(fate).map(|mark| {
            let (number, stamp) = (self.number(), &self.stamp);
            format!("<w:rPr><{mark} w:id=\"{number}\"{stamp}/></w:rPr>")
        });
        let style = match paragraph.kind {
            SheetKind::Heading => "Heading1",
            SheetKind::LeadIn | SheetKind::Clause => "Normal",
        };
        let direction = if_right_to_left(&paragraph.words, "<w:bidi/>");
        let _ = writeln!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{direction}{}</w:pPr>{}</w:p>",
            mark.unwrap_or_default(),
            paragraph.runs
        );
    }

    fn comment(&mut self, words: &str) -> usize {
        let (number, stamp) = (self.number(), &self.stamp);
        let _ = write!(
            self.comments,
            "<w:comment w:id=\"{number}\"{stamp}><w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:comment>",
            in_xml(words)
        );
        number
    }
}

impl OpenParagraph {
    fn of(kind: SheetKind) -> Self {
        Self {
            kind,
            runs: String::new(),
            words: String::new(),
        }
    }
}

fn text_run(element: &str, words: &str) -> String {
    let direction = if_right_to_left(words, "<w:rPr><w:rtl/></w:rPr>");
    let words = in_xml(words);
    format!("<w:r>{direction}<{element} xml:space=\"preserve\">{words}</{element}></w:r>")
}

const DELETED: &str = "w:del";
const INSERTED: &str = "w:ins";

/// Returns the element around what was deleted or inserted.
fn tracked(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Deleted => Some(DELETED),
        Fate::Inserted => Some(INSERTED),
        Fate::Kept | Fate::Replaced => None,
    }
}
