//! The rows of tables in any layout; rows that a page break divided are joined.

use crate::error::{Diagnostic, Severity};
use crate::read::table::quotation::{LINK_END, LINK_START, Quoting};
use crate::read::table::reference;
use crate::words::single_spaced;

/// The possible words of a header's first cell.
const HEADER_WORDS: [&str; 4] = ["issue", "issues", "topic", "topics"];
/// The fewest columns of a comparison table, including that of the issues.
pub(crate) const MIN_COLUMNS: usize = 3;

/// The paragraphs of a cell: plain text, except for the marks of link names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableCell {
    pub(crate) paragraphs: Vec<String>,
    /// Whether a quotation is open at the end of the last paragraph.
    end: Quoting,
}

impl TableCell {
    pub(crate) fn new(paragraphs: Vec<String>) -> Self {
        let last = paragraphs.last().map_or("", String::as_str);
        let end = Quoting::Outside.after_words(last);
        Self { paragraphs, end }
    }

    /// Returns whether the cell ends within its sentence, its quotation or its entry.
    fn is_unfinished(&self) -> bool {
        self.paragraphs.last().is_some_and(|words| {
            self.end == Quoting::Inside
                || !words.ends_with(['.', ';', '!', '?', '”', '"', ')', ']', '…'])
        })
    }

    /// Adds the continuation of the cell on the next page.
    fn append(&mut self, below: Self) {
        let is_unfinished = self.is_unfinished();
        let Some(words) = self.paragraphs.last_mut().filter(|_| is_unfinished) else {
            if !below.paragraphs.is_empty() {
                self.end = below.end;
            }
            self.paragraphs.extend(below.paragraphs);
            return;
        };
        let mut rest = below.paragraphs.into_iter();
        if let Some(first) = rest.next() {
            let end = self.end.after_words(&first);
            // A name divided by a page break is one name.
            match first.strip_prefix(LINK_START) {
                Some(name) if words.ends_with(LINK_END) => {
                    words.pop();
                    words.push(' ');
                    words.push_str(name);
                }
                _ => {
                    words.push(' ');
                    words.push_str(&first);
                }
            }
            self.end = if rest.len() == 0 { end } else { below.end };
        }
        self.paragraphs.extend(rest);
    }
}

/// The tables of a text and the prose outside them.
#[derive(Debug, Default)]
pub(crate) struct FoundTable {
    pub(crate) tables: Vec<Table>,
    pub(crate) n_paragraphs_outside: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A table: the names of its columns after the first, and its rows.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<TableRow>,
}

/// An issue and its cells, one for each column.
#[derive(Debug)]
pub(crate) struct TableRow {
    pub(crate) issue: String,
    pub(crate) cells: Vec<TableCell>,
}

/// A line of a text with tables, in any layout.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A row of a table: the paragraphs of each cell.
    Cells {
        /// Its line in the file, counted from 1, if the layout has lines.
        number: Option<usize>,
        cells: Vec<Vec<String>>,
    },
    /// Words outside any table.
    Prose,
    /// The end of a paragraph outside any table.
    Blank,
}

/// Returns whether the words of a cell are a header for the issues of a comparison table.
pub(crate) fn heads_issues(words: &str) -> bool {
    HEADER_WORDS.contains(&words.trim().to_lowercase().as_str())
}

/// Returns the names of the columns after the first, if the cells are those of a header.
pub(crate) fn header_of(cells: &[Vec<String>]) -> Option<Vec<String>> {
    let is_header = cells.len() >= MIN_COLUMNS && heads_issues(&cells[0].join(" "));
    is_header.then(|| names_of(&cells[1..]))
}

/// Returns the names in cells of a header.
pub(crate) fn names_of(cells: &[Vec<String>]) -> Vec<String> {
    cells
        .iter()
        .map(|name| without_marks(&name.join(" ")))
        .collect()
}

/// Returns a text without the marks of link names.
pub(crate) fn without_marks(text: &str) -> String {
    text.replace([LINK_START, LINK_END], "")
}

/// Returns the lines of a cell as its paragraphs, white space collapsed, blank ones left out.
pub(crate) fn paragraphs_of(text: &str) -> Vec<String> {
    text.split('\n')
        .map(single_spaced)
        .filter(|words| !words.is_empty())
        .collect()
}

/// Finds the tables among lines. A page break repeats the header; the first row after it continues
/// the last row before it if its issue is empty, or if it completes an unfinished cell there.
///
/// Without a header of issues there is no table.
pub(crate) fn find_headed(lines: impl IntoIterator<Item = Line>) -> FoundTable {
    let mut found = FoundTable::default();
    let mut above = Above::SamePage;
    let mut is_in_prose = false;
    for line in lines {
        match line {
            Line::Cells { number, cells } => {
                if let Some(columns) = header_of(&cells) {
                    above = found.begin_table(columns);
                    is_in_prose = false;
                } else if found.tables.is_empty() {
                    found.n_paragraphs_outside += usize::from(!is_in_prose);
                    is_in_prose = true;
                } else {
                    found.add_row(cells, number, above);
                    (above, is_in_prose) = (Above::SamePage, false);
                }
            }
            Line::Prose => {
                found.n_paragraphs_outside += usize::from(!is_in_prose);
                is_in_prose = true;
            }
            Line::Blank => is_in_prose = false,
        }
    }
    found
}

/// What precedes a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Above {
    SamePage,
    /// The header was repeated in between, so the row may continue the one above.
    PageBefore,
}

impl FoundTable {
    /// Begins a table, unless it has the columns of the one above: then it is that table on a new page.
    pub(crate) fn begin_table(&mut self, columns: Vec<String>) -> Above {
        let is_same = self
            .tables
            .last()
            .is_some_and(|table| table.columns == columns);
        if is_same {
            return Above::PageBefore;
        }
        let rows = Vec::new();
        self.tables.push(Table { columns, rows });
        Above::SamePage
    }

    /// Adds a row to the last table; excess cells are joined to the last column and reported.
    pub(crate) fn add_row(
        &mut self,
        mut cells: Vec<Vec<String>>,
        number: Option<usize>,
        place_above: Above,
    ) {
        let Some(table) = self.tables.last_mut().filter(|_| !cells.is_empty()) else {
            return;
        };
        let issue = without_marks(&cells.remove(0).join(" "));
        let n_columns = table.columns.len();
        if cells.len() > n_columns {
            let message = format!(
                "a row has {} cells, {} expected",
                cells.len() + 1,
                n_columns + 1
            );
            let diagnostic = Diagnostic::new(Severity::Repaired, message);
            self.diagnostics.push(match number {
                Some(number) => diagnostic.at_line(number),
                None => diagnostic,
            });
            let extra: Vec<String> = cells.drain(n_columns..).flatten().collect();
            cells[n_columns - 1].extend(extra);
        }
        cells.resize(n_columns, Vec::new());
        let cells: Vec<TableCell> = cells.into_iter().map(TableCell::new).collect();
        match table.rows.last_mut() {
            Some(above)
                if issue.is_empty()
                    || (place_above == Above::PageBefore && above.is_continued_by(&cells)) =>
            {
                above.append(&issue, cells);
            }
            _ => table.rows.push(TableRow { issue, cells }),
        }
    }
}

impl Table {
    /// Returns the table with rows and columns exchanged.
    pub(crate) fn transposed(self) -> Self {
        let columns: Vec<String> = self.rows.iter().map(|row| row.issue.clone()).collect();
        let mut rows: Vec<TableRow> = self
            .columns
            .into_iter()
            .map(|issue| TableRow {
                issue,
                cells: Vec::new(),
            })
            .collect();
        for cells in self.rows.into_iter().map(|row| row.cells) {
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.cells.push(cell);
            }
        }
        Self { columns, rows }
    }
}

impl TableRow {
    /// Returns whether one of the cells continues a sentence of the cell above it.
    fn is_continued_by(&self, cells: &[TableCell]) -> bool {
        self.cells.iter().zip(cells).any(|(above, below)| {
            let goes_on = below
                .paragraphs
                .first()
                .is_some_and(|words| !begins_entry(words));
            goes_on && above.is_unfinished()
        })
    }

    fn append(&mut self, issue: &str, cells: Vec<TableCell>) {
        if !issue.is_empty() {
            self.issue.push(' ');
            self.issue.push_str(issue);
        }
        for (above, below) in self.cells.iter_mut().zip(cells) {
            above.append(below);
        }
    }
}

/// Returns whether words begin with the name or the number of their source.
pub(crate) fn begins_entry(words: &str) -> bool {
    words.starts_with(LINK_START) || reference::parse(words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::table::tabs;

    #[test]
    fn rows_broken_by_a_page_are_joined() {
        let text = "Issue\tOne\tTwo\n\
                    Safe\t<p>¶1: “States should</p>\t<p>¶9: “Whole.”</p>\n\
                    \n## Page 2\n\
                    Issue\tOne\tTwo\n\
                    and sound\tkeep still.”\t<p>¶10: “Next.”</p>\n\
                    Other\t¶2: “Talk.”\t\n";
        let found = find_headed(tabs::lines(text));
        assert_eq!(found.n_paragraphs_outside, 1);
        let rows = &found.tables[0].rows;
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].issue, "Safe and sound");
        assert_eq!(
            rows[0].cells[0].paragraphs,
            ["¶1: “States should keep still.”"]
        );
        assert_eq!(
            rows[0].cells[1].paragraphs,
            ["¶9: “Whole.”", "¶10: “Next.”"]
        );
    }

    #[test]
    fn a_finished_row_is_not_continued_by_the_next_page() {
        let text = "Issue\tA\tB\nOne\t¶1: “Talk.”\t\nIssue\tA\tB\nTwo\t¶2: “Listen.”\t\n";
        assert_eq!(find_headed(tabs::lines(text)).tables[0].rows.len(), 2);
    }
}
