//! PDF documents with a text layer, behind the feature `pdf`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use unpdf::model::{Block, InlineContent, Paragraph, Table};
use unpdf::{Document as Parsed, ParseOptions};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::blocks::{append_collapsed, is_list_mark};
use crate::read::pages::{Line, Pages};
use crate::read::{Document, ReadLimits, Reading, pdf_guard};

/// The stack of the thread that parses, in bytes.
const STACK_BYTES: usize = 64 << 20;

/// A page with fewer characters than this on average shows pictures of its text.
const MIN_PER_PAGE: usize = 20;

/// Reads a PDF as one agreement: paragraphs in reading order, heads and feet of pages removed.
///
/// The file is parsed on a thread of its own, so that a failure or a hang in the parser costs this
/// file alone; a thread past its time is left to itself and its result is not waited for.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is damaged, encrypted or has no text layer: then the number of pages is
/// named; [`ErrorKind::Limit`] if it has too many pages or takes too long.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Reading> {
    pdf_guard::check(bytes)?;
    let parsed = parse(bytes.to_vec(), limits)?;
    let n_pages = parsed.pages.len();
    let mut pages = Pages::default();
    for page in &parsed.pages {
        let mut lines = Vec::new();
        for block in &page.elements {
            add_block(&mut lines, block);
        }
        pages.push(lines);
    }
    let n_characters = pages.n_characters();
    if n_characters < MIN_PER_PAGE * n_pages.max(1) {
        let message = format!(
            "no text in the {n_pages} pages of this PDF: they are scans or set in fonts whose letters are \
             not told, and have to go through character recognition first"
        );
        return Err(Error::new(ErrorKind::Format, message));
    }
    let mut diagnostics = Vec::new();
    tell_quality(&parsed, n_characters, &mut diagnostics);
    let body = pages.into_body(&mut diagnostics);
    let title = parsed.metadata.title.as_deref().map(str::trim);
    let title = title.filter(|title| title.split(' ').count() > 2 && !title.contains(".doc"));
    let metadata = Metadata {
        title: title.map(str::to_owned),
        ..Metadata::default()
    };
    let document = Document {
        key: None,
        metadata,
        body,
    };
    Ok(Reading {
        documents: vec![document],
        diagnostics,
        ..Reading::default()
    })
}

/// Parses on a thread with a large stack, within the time allowed.
fn parse(bytes: Vec<u8>, limits: &ReadLimits) -> Result<Parsed> {
    let (sender, receiver) = sync_channel(1);
    let max_pages = limits.max_pages;
    let work = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| parse_here(&bytes, max_pages)));
        let outcome = outcome.unwrap_or_else(|_| {
            let message = "the reader of PDF failed on it; the file is left out";
            Err(Error::new(ErrorKind::Format, message))
        });
        // Nobody listens any more if the time is over.
        let _ = sender.send(outcome);
    };
    thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(work)
        .map_err(|error| {
            Error::new(ErrorKind::Io, "no thread could be started to read it").caused_by(error)
        })?;
    match receiver.recv_timeout(limits.max_pdf_time) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => {
            let seconds = limits.max_pdf_time.as_secs();
            let message = format!("this PDF takes more than {seconds} seconds to read");
            Err(Error::new(ErrorKind::Limit, message))
        }
        Err(RecvTimeoutError::Disconnected) => {
            let message = "the reader of PDF ended without a result; the file is left out";
            Err(Error::new(ErrorKind::Format, message))
        }
    }
}

fn parse_here(bytes: &[u8], max_pages: usize) -> Result<Parsed> {
    let options = |has_text: bool| {
        let mut options = ParseOptions::new();
        options.extract_text = has_text;
        // Other threads would have smaller stacks.
        options.parallel = false;
        options
    };
    let broken = |error: unpdf::Error| {
        let message = format!("the PDF cannot be read: {error}");
        Error::new(ErrorKind::Format, message)
    };
    let structure = unpdf::parse_bytes_with_options(bytes, options(false)).map_err(broken)?;
    if structure.pages.len() > max_pages {
        let message = format!(
            "the PDF has {} pages, more than {max_pages}",
            structure.pages.len()
        );
        return Err(Error::new(ErrorKind::Limit, message));
    }
    unpdf::parse_bytes_with_options(bytes, options(true)).map_err(broken)
}

fn add_block(lines: &mut Vec<Line>, block: &Block) {
    match block {
        Block::Paragraph(paragraph) => lines.push(line_of(paragraph)),
        Block::Table(table) => add_table(lines, table),
        _ => {}
    }
}

fn line_of(paragraph: &Paragraph) -> Line {
    let mut line = Line::of(list_mark(paragraph));
    for part in &paragraph.content {
        let run = match part {
            InlineContent::Text(run) => run,
            InlineContent::Link { text, .. } => {
                append_collapsed(&mut line.words, text);
                continue;
            }
            _ => {
                append_collapsed(&mut line.words, " ");
                continue;
            }
        };
        let is_mark =
            run.style.superscript && !line.words.trim().is_empty() && is_note_mark(run.text.trim());
        if is_mark {
            continue;
        }
        append_collapsed(&mut line.words, &run.text);
        if let Some(size) = run.style.font_size {
            line.add_size(size, run.text.chars().count());
        }
    }
    line.words.truncate(line.words.trim_end().len());
    line
}

/// Returns the number or bullet that the parser took off a list item.
fn list_mark(paragraph: &Paragraph) -> String {
    if paragraph.style.list_info.is_none() {
        return String::new();
    }
    let mut bare = paragraph.clone();
    bare.style.list_info = None;
    let whole = paragraph.plain_text();
    whole
        .strip_suffix(&bare.plain_text())
        .unwrap_or_default()
        .to_owned()
}

fn is_note_mark(words: &str) -> bool {
    let is_number = words.len() <= 3 && words.bytes().all(|b| b.is_ascii_digit());
    let is_sign = words.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    !words.is_empty() && (is_number || is_sign)
}

/// Adds a table row by row: short cells in one line, else one after the other.
fn add_table(lines: &mut Vec<Line>, table: &Table) {
    for row in &table.rows {
        let cells: Vec<Vec<Line>> = row
            .cells
            .iter()
            .map(|cell| cell.content.iter().map(line_of).collect())
            .filter(|cell: &Vec<Line>| cell.iter().any(|line| !line.words.is_empty()))
            .collect();
        let starts_with_mark = cells
            .first()
            .is_some_and(|cell| cell.len() == 1 && is_list_mark(&cell[0].words));
        let are_short = cells
            .iter()
            .all(|cell| cell.len() == 1 && cell[0].words.chars().count() <= 200);
        if !starts_with_mark && !are_short {
            lines.extend(cells.into_iter().flatten());
            continue;
        }
        let joint = if starts_with_mark { " " } else { "\t" };
        let words: Vec<String> = cells.into_iter().flatten().map(|line| line.words).collect();
        lines.push(Line::of(words.join(joint)));
    }
}

fn tell_quality(parsed: &Parsed, n_characters: usize, diagnostics: &mut Vec<Diagnostic>) {
    let quality = &parsed.extraction_quality;
    let n_suppressed = quality.suppressed_text_runs;
    let facts = [
        (
            quality.replacement_char_count,
            "characters have no known letter",
        ),
        (
            n_suppressed,
            "runs of words are in a font whose letters are not known, and are left out",
        ),
        (
            quality.undecodable_content_streams,
            "pages or parts of them could not be decoded",
        ),
        (quality.skipped_object_count, "damaged objects are left out"),
    ];
    for (n, what) in facts.into_iter().filter(|(n, _)| *n > 0) {
        diagnostics.push(Diagnostic::new(Severity::Skipped, format!("{n} {what}")));
    }
    let n_pages = parsed.pages.len();
    if n_characters < 200 * n_pages {
        let message = format!(
            "only {n_characters} characters on {n_pages} pages: most of the text may be pictures or \
             drawn letters"
        );
        diagnostics.push(Diagnostic::new(Severity::Skipped, message));
    }
    if quality.xref_reconstructed {
        let message = "the PDF's table of contents was damaged and has been rebuilt";
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
}
