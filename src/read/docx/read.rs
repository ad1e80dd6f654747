//! [`read`]: a Word document as one agreement.

use roxmltree::{Document as Xml, Node};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::document::Parsed;
use crate::read::docx::numbering::Numbering;
use crate::read::docx::styles::Styles;
use crate::read::docx::walk::DocxWalk;
use crate::read::docx::words::notes_of;
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::xml::{child_of, not_well_formed};
use crate::read::{table, written, xml};

/// Reads a Word document as one agreement.
///
/// Deletions in tracked changes are dropped, insertions are kept. Headers, footers, comments and
/// the table of contents are left out. A document with a comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Format`] if a part is missing or damaged or it has no words;
/// [`ErrorKind::Limit`] if a part exceeds one of the `limits`.
pub(crate) fn read(mut package: Package<'_>, limits: &ReadLimits) -> Result<Parsed> {
    let main = main_part(&package);
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
    let mut notes = parse_part(&footnotes, notes_of);
    notes.extend(parse_part(&endnotes, notes_of));
    let styles = parse_part(&styles, Styles::of);
    let numbering = parse_part(&numbering, Numbering::of);
    let mut walk = DocxWalk::new(styles, numbering, notes);
    if let Some(body) = child_of(parsed.root_element(), "body") {
        walk.blocks_of(body);
    }
    walk.end_carried();
    walk.tell(&mut diagnostics);
    let heading = walk.blocks.first_heading().map(str::to_owned);
    let metadata = Metadata {
        title: walk.title.or(heading).or_else(|| xml::title_in(&core)),
        ..Metadata::default()
    };
    let without_words = "there are no words in the document; it may hold pictures only";
    walk.blocks
        .into_parsed(metadata, diagnostics, without_words)
}

/// Returns the name of the part with the text; empty if there is none.
pub(super) fn main_part(package: &Package<'_>) -> String {
    let is_main = |name: &&String| {
        let number = name.strip_prefix("word/document");
        let number = number.and_then(|rest| rest.strip_suffix(".xml"));
        number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    let main = package.names().iter().find(is_main);
    main.cloned().unwrap_or_default()
}

/// Returns a part of the package as text, after the checks.
fn part(package: &mut Package<'_>, name: &str, limits: &ReadLimits) -> Result<Option<String>> {
    let bytes = package.entry(name)?;
    bytes.map(|bytes| xml::decode(&bytes, limits)).transpose()
}

/// Parses a part; a missing or damaged part gives the default.
fn parse_part<T: Default>(source: &str, read: impl Fn(Node<'_, '_>) -> T) -> T {
    match Xml::parse(source) {
        Ok(parsed) => read(parsed.root_element()),
        Err(_) => T::default(),
    }
}
