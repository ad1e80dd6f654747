//! [`to_docx`]: the parts of the document, put together.

use crate::finding::Annotated;
use crate::report::form::package::packed;
use crate::report::table::docx::layout::Layout;
use crate::report::table::docx::{lists, matrix, parts};

/// Returns the table as a Word document (Office Open XML, ECMA-376) on landscape pages.
///
/// It holds a title and what the columns stand for; the table, issues down and processes across, its
/// header on every page; the clauses that stand alone; the sources with all that is known of them; how
/// the table was made. Up to 6 columns stand on A4, more on A3; of more than 12 the least filled are
/// gathered in a last one, and processes without a clause in any row have none. A row stands on one page
/// if it is small enough, a quotation if it can.
///
/// A citation leads to its source and shows the clause's id; the words of agreements, the citations and
/// the remarks of the program have character styles of their own (`ClauseText`, `ClauseCitation`,
/// `ClauseNote`). So the document is read again as a table, also when rows were renamed, merged or
/// reordered and quotations moved between them.
///
/// White space is one space, but for blank lines, which become line breaks. What cannot be seen or held by
/// XML is shown: see [`visible`](crate::report::visible). The same table gives the same bytes.
pub fn to_docx<'a>(table: impl Into<Annotated<'a>>) -> Vec<u8> {
    let table = table.into();
    let layout = Layout::of(table.table);
    let mut body = String::new();
    lists::push_head(&mut body, &table, &layout);
    matrix::push(&mut body, table, &layout);
    lists::push_alone(&mut body, table, &layout);
    lists::push_sources(&mut body, &table, &layout);
    lists::push_notes(&mut body, &table);
    let document = parts::document(&body, layout.page);
    packed(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::core()),
        ("word/document.xml", &document),
        ("word/styles.xml", &parts::styles(layout.half_points())),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", parts::FOOTER),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
    ])
}
