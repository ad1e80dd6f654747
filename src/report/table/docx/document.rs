//! [`to_docx`]: assembles the document.

use crate::finding::Annotated;
use crate::report::form::package::packed;
use crate::report::table::docx::layout::Layout;
use crate::report::table::docx::{lists, matrix, parts};

/// Returns the table as a Word document (Office Open XML, ECMA-376) on landscape pages.
///
/// It contains a title and the meaning of the columns; the table, issues in rows and processes in
/// columns, its header on every page, themes as rows across it, in each cell one quote an agreement; the clauses
/// that cells only count or cut, whole; the clauses that stand alone, and those that make no rows; the sources
/// with all known metadata; and how the table was made. Up to 6 columns are on A4 pages, more on A3; of more than 12,
/// the least filled are combined in a last one. Processes without a clause in any row have no column.
/// A row is kept on one page if it is small enough, a quotation if possible.
///
/// A citation links to its source and shows the clause's id. The words of agreements, the citations
/// and the notes of the program have character styles of their own (`ClauseText`, `ClauseCitation`,
/// `ClauseNote`). So the document can be read again as a table, even if rows were renamed, merged or
/// reordered and quotations moved between them.
///
/// White space becomes one space, except blank lines, which become line breaks. Characters that are
/// invisible or that XML cannot contain are shown: see [`visible`](crate::report::visible). The same
/// table gives the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_docx;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// assert!(to_docx(&table).starts_with(b"PK"), "a ZIP archive");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_docx<'a>(table: impl Into<Annotated<'a>>) -> Vec<u8> {
    let table = table.into();
    let layout = Layout::of(table.table);
    let mut body = String::new();
    lists::push_head(&mut body, &table, &layout);
    matrix::push(&mut body, table, &layout);
    lists::push_further(&mut body, table, &layout);
    lists::push_alone(&mut body, table, &layout);
    lists::push_sources(&mut body, &table, &layout);
    lists::push_notes(&mut body, &table);
    let document = parts::document(&body, layout.page);
    packed(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::core("Convergence table")),
        ("word/document.xml", &document),
        ("word/styles.xml", &parts::styles(layout.half_points())),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", parts::FOOTER),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
    ])
}
