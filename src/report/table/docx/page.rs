//! [`page_to_docx`]: the page of a finding as a Word document.

use crate::report::form::package::packed;
use crate::report::form::page::{Block, Cell, Inline, Page};
use crate::report::form::words::joined;
use crate::report::form::xml::in_xml;
use crate::report::table::docx::layout::PageSize;
use crate::report::table::docx::markup::{Split, TableMarkup, paragraph, plain, run};
use crate::report::table::docx::parts;

/// The font size.
const HALF_POINTS: usize = 21;
/// How far an entry of a list is from the margin for each depth, in twentieths of a point.
const INDENT: usize = 284;
/// The least and the most characters of a column for its width.
const COLUMN: [usize; 2] = [5, 40];

/// Returns the page of a finding as a Word document (Office Open XML, ECMA-376) on upright A4 pages.
///
/// White space is one space. The same page gives the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::citations;
/// use consonance::report::{Report, page_to_docx};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let page = citations(&corpus).page(10);
/// assert!(page_to_docx(&page).starts_with(b"PK"), "a ZIP archive");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn page_to_docx(page: &Page) -> Vec<u8> {
    let mut body = String::new();
    let mut title = "";
    for block in &page.blocks {
        match block {
            Block::Title(words) => {
                title = words;
                body.push_str(&plain("Title", words));
            }
            Block::Heading(words) => body.push_str(&plain("Heading1", words)),
            Block::Text(words) => body.push_str(&paragraph("Normal", &runs(words))),
            Block::Item { depth, words } => body.push_str(&item(*depth, words)),
            Block::Table { header, rows } => push_table(&mut body, header, rows),
        }
    }
    packed(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &parts::core(&in_xml(title))),
        (
            "word/document.xml",
            &parts::document(&body, PageSize::A4_UPRIGHT),
        ),
        ("word/styles.xml", &parts::styles(HALF_POINTS)),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", parts::FOOTER),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
    ])
}

/// Returns an entry of a list, with a dot before it.
fn item(depth: usize, words: &[Inline]) -> String {
    let left = (depth + 1) * INDENT;
    let mark = if depth == 0 { "•" } else { "–" };
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:tabs><w:tab w:val=\"left\" w:pos=\"{left}\"/></w:tabs><w:ind \
         w:left=\"{left}\" w:hanging=\"{INDENT}\"/></w:pPr><w:r><w:t>{mark}</w:t><w:tab/></w:r>{}</w:p>\n",
        runs(words)
    )
}

fn runs(words: &[Inline]) -> String {
    let run_of = |inline: &Inline| match inline {
        Inline::Strong(_) | Inline::Label(_) => bold_run(&inline.shown()),
        Inline::Plain(_) | Inline::Quote(_) => run(None, &inline.shown()),
    };
    joined(words.iter().map(run_of), &run(None, " "))
}

/// A run of words in bold.
fn bold_run(words: &str) -> String {
    run(None, words).replacen("<w:rPr>", "<w:rPr><w:b/><w:bCs/>", 1)
}

fn push_table(body: &mut String, header: &[String], rows: &[Vec<Cell>]) {
    let widths = widths(header, rows);
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let markup = TableMarkup {
        widths: &widths,
        header: &header,
    };
    markup.begin(body);
    for row in rows {
        let cells = row.iter().map(|cell| {
            let lines = cell.iter().map(|words| paragraph("Cell", &runs(words)));
            lines.collect::<String>()
        });
        markup.row(body, &cells.collect::<Vec<_>>(), Split::Never);
    }
    TableMarkup::end(body);
}

/// Distributes the width of the page among columns by their longest cells.
fn widths(header: &[String], rows: &[Vec<Cell>]) -> Vec<usize> {
    let length = |words: &Vec<Inline>| {
        words
            .iter()
            .map(|inline| inline.shown().chars().count())
            .sum()
    };
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let most: Option<usize> = cells.flatten().map(length).max();
        most.unwrap_or(0).clamp(COLUMN[0], COLUMN[1])
    };
    let lengths: Vec<usize> = (0..header.len()).map(longest).collect();
    let total = lengths.iter().sum::<usize>().max(1);
    let room = PageSize::A4_UPRIGHT.text_width();
    lengths.iter().map(|length| room * length / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_longest_cells_within_bounds() {
        let cell = |words: &str| vec![vec![Inline::Plain(words.to_owned())]];
        let rows = [
            vec![cell("1"), cell(&"x".repeat(100))],
            vec![cell("22"), cell("")],
        ];
        let header = ["No.".to_owned(), "Words".to_owned()];
        let room = PageSize::A4_UPRIGHT.text_width();
        assert_eq!(widths(&header, &rows), [room * 5 / 45, room * 40 / 45]);
    }
}
