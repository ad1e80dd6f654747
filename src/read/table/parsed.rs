//! [`reading_of`]: what the tables of a file give, in whatever layout they were.

use crate::error::{Diagnostic, Error, ErrorKind, Severity};
use crate::read::document::Parsed;
use crate::read::table::collect;
use crate::read::table::rows::FoundTable;

/// Returns the error of a table in which no cell quotes anything.
pub(crate) fn quotes_nothing() -> Error {
    let message = "the comparison table quotes no clause";
    Error::new(ErrorKind::Format, message)
}

/// Makes agreements and the coding from the tables; `None` if they quote nothing.
pub(crate) fn reading_of(found: FoundTable, mut diagnostics: Vec<Diagnostic>) -> Option<Parsed> {
    let n = found.n_paragraphs_outside;
    let what = "paragraphs outside the comparison table were not read";
    diagnostics.extend(Diagnostic::counted(Severity::Note, n, what));
    diagnostics.extend(found.diagnostics);
    let (documents, placements) = collect::collect(&found.tables, &mut diagnostics);
    (!documents.is_empty()).then_some(Parsed {
        documents,
        placements,
        diagnostics,
        ..Parsed::default()
    })
}
