//! Hand-made comparison tables: rows are issues, columns are sources, cells quote clauses.
//!
//! A table is read in three steps: `rows` finds its lines in a text and joins again what pages broke
//! apart; `entry` cuts a cell into entries (who is quoted, under which number, in which words), with
//! the numbers that `reference` knows and the names that `source` tidies; `collect` makes one
//! agreement of each source and one clause of each provision, and keeps the table's own coding.

mod collect;
mod entry;
mod quotation;
mod reference;
mod rows;
mod source;

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::{ReadLimits, Reading, text};

pub(crate) use rows::has_header;

/// Reads the comparison tables of a text; the prose around them is put aside with a note.
///
/// Takes time linear in the text, and quadratic in the number of quotations of one provision.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the bytes are no text, or no cell of the table quotes anything.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Reading> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let found = rows::find(&decoded);
    if found.n_paragraphs_outside > 0 {
        let message = format!(
            "{} paragraphs outside the comparison table were not read",
            found.n_paragraphs_outside
        );
        diagnostics.push(Diagnostic::new(Severity::Note, message));
    }
    diagnostics.extend(found.diagnostics);
    let (documents, placements) = collect::collect(&found.tables, &mut diagnostics);
    if documents.is_empty() {
        let message = "the comparison table quotes no clause";
        return Err(Error::new(ErrorKind::Format, message));
    }
    Ok(Reading {
        documents,
        placements,
        diagnostics,
    })
}
