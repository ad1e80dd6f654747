//! [`read`]: a PDF as one agreement, by the steps in the other files.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::document::Parsed;
use crate::read::limits::{ReadLimits, within};
use crate::read::pdf::budget::Budget;
use crate::read::pdf::glyphs::glyphs_of;
use crate::read::pdf::guard;
use crate::read::pdf::letters::Typefaces;
use crate::read::pdf::lines::{Oddities, lines_of};
use crate::read::pdf::pages::Pages;

/// The stack of the reading thread, in bytes: objects may nest 512 deep.
const STACK_BYTES: usize = 64 << 20;

/// A document with fewer characters a page than this, on average, consists of pictures of its text.
const MIN_PER_PAGE: usize = 20;

/// A document of whose characters more than this have no known letter, in percent, is not read.
const MAX_UNKNOWN_PERCENT: usize = 50;

/// Reads a PDF as one agreement: paragraphs in reading order, headers and footers removed.
///
/// Takes time linear in the file and its inflated size, and `O(n log n)` in the characters of a
/// page. All work is counted and bounded by the `limits`; no work continues after it returns.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is damaged, encrypted with a password, has no text layer (the message then
/// gives the number of pages) or most of its letters are unknown; [`ErrorKind::Limit`] if it needs more than the `limits`
/// allow.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    // A backstop: the external parser might panic.
    let work = || catch_unwind(AssertUnwindSafe(|| read_here(bytes, limits)));
    let outcome = thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK_BYTES);
        let worker = builder.spawn_scoped(scope, work);
        worker.map(thread::ScopedJoinHandle::join)
    });
    let outcome = outcome.map_err(|error| {
        Error::new(ErrorKind::Io, "no thread could be started to read it").caused_by(error)
    })?;
    let Ok(Ok(reading)) = outcome else {
        let message = "the reader of PDF failed on it; the file is left out";
        return Err(Error::new(ErrorKind::Format, message));
    };
    reading
}

fn read_here(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut budget = Budget::new(limits);
    guard::check(bytes, &mut budget)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
    let n_pages = pdf.pages().len();
    if n_pages == 0 {
        return Err(Error::new(ErrorKind::Format, "the PDF has no pages"));
    }
    let rule = format!("the PDF has {n_pages} pages, more than {{}}");
    within(n_pages, limits.max_pages, &rule)?;
    let mut budget = Budget::new(limits);
    let mut faces = Typefaces::new();
    let mut oddities = Oddities::default();
    let mut pages = Pages::default();
    for page in pdf.pages().iter() {
        let glyphs = glyphs_of(page, &mut faces, &mut budget)?;
        pages.push(lines_of(glyphs, &mut oddities));
    }
    let n_characters = pages.n_characters();
    if n_characters < MIN_PER_PAGE * n_pages {
        let message = format!(
            "no text in the {n_pages} pages of this PDF: they are scans or set in fonts whose letters are \
             not told, and have to go through character recognition first"
        );
        return Err(Error::new(ErrorKind::Format, message));
    }
    if oddities.unknown * 100 > n_characters * MAX_UNKNOWN_PERCENT {
        let share = oddities.unknown * 100 / n_characters;
        let message = format!(
            "{share} % of the characters of this PDF have no known letter: its fonts do not tell them, and it \
             has to go through character recognition first"
        );
        return Err(Error::new(ErrorKind::Format, message));
    }
    let title = pdf.metadata().title.as_deref().map(title_of);
    drop(faces);
    let mut diagnostics = oddities.told(n_characters, n_pages);
    let body = pages.into_body(&mut diagnostics);
    let metadata = Metadata {
        title: title.filter(|title| title.split(' ').count() > 2 && !title.contains(".doc")),
        ..Metadata::default()
    };
    Ok(Parsed::of_one(metadata, body, diagnostics))
}

fn refusal(error: LoadPdfError) -> Error {
    let message = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "the PDF is encrypted and opens only with a password"
        }
        LoadPdfError::Decryption(_) => "the PDF is encrypted in a way that is not read",
        LoadPdfError::Invalid => "the PDF cannot be read: it is damaged or has no pages",
    };
    Error::new(ErrorKind::Format, message)
}

/// Returns the title of a PDF: UTF-16 or UTF-8 with a byte order mark, else nearly Latin-1.
fn title_of(bytes: &[u8]) -> String {
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
        .to_owned()
}

impl Oddities {
    fn told(self, n_characters: usize, n_pages: usize) -> Vec<Diagnostic> {
        let share = self.unknown * 100 / n_characters.max(1);
        let unknown =
            format!("characters, {share} % of all, have no known letter: the text has gaps there");
        let guessed = "letters are told by the usual order of letters in fonts of that name";
        let note_marks = "raised marks of footnotes are left out of the text";
        let told = [
            Diagnostic::counted(Severity::Skipped, self.unknown, &unknown),
            Diagnostic::counted(Severity::Guessed, self.guessed, guessed),
            Diagnostic::counted(Severity::Repaired, self.note_marks, note_marks),
        ];
        let mut diagnostics: Vec<Diagnostic> = told.into_iter().flatten().collect();
        if n_characters < 200 * n_pages {
            let message = format!(
                "only {n_characters} characters on {n_pages} pages: most of the text may be pictures or \
                 drawn letters"
            );
            diagnostics.push(Diagnostic::new(Severity::Skipped, message));
        }
        diagnostics
    }
}
