//! [`find`]: comparison tables by their header or, where it is no word for issues, by what their cells quote.

use crate::error::{Diagnostic, Severity};
use crate::read::guess;
use crate::read::table::quotation::{marks, quoted_words};
use crate::read::table::reference;
use crate::read::table::rows::{
    Above, FoundTable, Line, MIN_COLUMNS, Table, find_headed, header_of, names_of,
};

/// The most rows and columns of a table, and characters of a cell, by which it is told.
pub(crate) const MAX_ROWS: usize = 60;
const MAX_COLUMNS: usize = 24;
const MAX_CHARACTERS: usize = 400;

/// The cells of a row.
pub(crate) type Cells = Vec<Vec<String>>;

/// Returns whether rows are a comparison table: a header of names, and below it cells of which at least half
/// cite a provision and quote its words.
pub(crate) fn quotes_clauses<'r>(rows: impl IntoIterator<Item = &'r Cells>) -> bool {
    let mut rows = rows.into_iter();
    let Some(header) = rows.next() else {
        return false;
    };
    let is_named = header.len() >= MIN_COLUMNS
        && header[1..].iter().filter(|name| !name.is_empty()).count() > 1;
    if !is_named || header.iter().skip(1).any(|cell| quotes(cell)) {
        return false;
    }
    let (mut n_filled, mut n_quoting) = (0, 0);
    for row in rows.take(MAX_ROWS) {
        let cells = row.iter().skip(1).take(MAX_COLUMNS);
        for cell in cells.filter(|cell| !cell.is_empty()) {
            n_filled += 1;
            n_quoting += usize::from(quotes(cell));
        }
    }
    n_quoting > 1 && n_quoting * 2 >= n_filled
}

/// Returns whether a cell quotes a provision: its number and then its words, or words in quotation marks.
fn quotes(cell: &[String]) -> bool {
    let Some(first) = cell.first() else {
        return false;
    };
    let words = &first[..first.floor_char_boundary(MAX_CHARACTERS)];
    if let Some(reference) = reference::parse(words) {
        let rest = words[reference.length..].trim_start();
        let is_parted = rest.starts_with([':', '"', '“', '„', '«', '‘', '「', '–', '—']);
        let has_words = rest.contains(char::is_alphabetic);
        return is_parted && has_words || rest.is_empty() && cell.len() > 1;
    }
    if marks(words).is_empty() {
        return false;
    }
    // A quotation of a word or two is a remark on it.
    let quoted = quoted_words(words);
    let is_long = quoted.split_whitespace().count() > 2 || !quoted.is_ascii();
    is_long && quoted.len() * 3 > words.len()
}

/// Finds the tables among lines, by a header of issues, else by what their cells quote.
pub(crate) fn find(lines: impl IntoIterator<Item = Line>) -> FoundTable {
    let lines: Vec<Line> = lines.into_iter().collect();
    let is_header = |line: &Line| match line {
        Line::Cells { cells, .. } => header_of(cells).is_some(),
        _ => false,
    };
    if lines.iter().any(is_header) {
        find_headed(lines)
    } else {
        find_unnamed(lines)
    }
}

/// Finds the tables among lines none of which is a header of issues.
///
/// The first row of a table is its header. If its first column names more agreements than the header does,
/// rows are agreements and columns issues; this is told as a guess.
fn find_unnamed(lines: Vec<Line>) -> FoundTable {
    let mut found = FoundTable::default();
    let mut group: Vec<(Option<usize>, Cells)> = Vec::new();
    let mut is_in_prose = false;
    for line in lines.into_iter().chain([Line::Blank]) {
        let is_prose = line == Line::Prose;
        found.n_paragraphs_outside += usize::from(is_prose && !is_in_prose);
        is_in_prose = is_prose;
        match line {
            Line::Cells { number, cells } => group.push((number, cells)),
            Line::Prose | Line::Blank => found.add_group(std::mem::take(&mut group)),
        }
    }
    if !found.tables.is_empty() {
        orient(&mut found.tables, &mut found.diagnostics);
    }
    found
}

impl FoundTable {
    fn add_group(&mut self, group: Vec<(Option<usize>, Cells)>) {
        if !quotes_clauses(group.iter().map(|(_, cells)| cells)) {
            self.n_paragraphs_outside += usize::from(!group.is_empty());
            return;
        }
        let mut rows = group.into_iter();
        if let Some((_, header)) = rows.next() {
            self.begin_table(names_of(&header[1..]));
        }
        for (number, cells) in rows {
            self.add_row(cells, number, Above::SamePage);
        }
    }
}

/// Transposes the tables whose header does not say what their rows are, if more of their rows than
/// of their columns have the name of an agreement.
pub(crate) fn orient(tables: &mut [Table], diagnostics: &mut Vec<Diagnostic>) {
    let share = |names: &[&str]| {
        let n_agreements = names.iter().filter(|name| guess::names_agreement(name));
        n_agreements.count() as f64 / names.len().max(1) as f64
    };
    let rows = tables.iter().flat_map(|table| &table.rows);
    let down: Vec<&str> = rows.map(|row| row.issue.as_str()).collect();
    let columns = tables.iter().flat_map(|table| &table.columns);
    let across: Vec<&str> = columns.map(String::as_str).collect();
    let message = if share(&down) > share(&across) {
        for table in tables {
            *table = std::mem::take(table).transposed();
        }
        "the rows of the tables are taken for agreements and the columns for issues, by their names"
    } else {
        "the rows of the tables are taken for issues and the columns for agreements"
    };
    diagnostics.push(Diagnostic::new(Severity::Guessed, message));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Cells> {
        let cell = |words: &&str| {
            let lines = words.lines().map(str::to_owned);
            lines.collect::<Vec<String>>()
        };
        rows.iter()
            .map(|row| row.iter().map(cell).collect())
            .collect()
    }

    #[test]
    fn a_table_is_told_by_what_its_cells_quote() {
        let quoting: [&[&[&str]]; 4] = [
            &[
                &["Norm", "Northport Pact", "Southport Code"],
                &["Lights", "Art. 1: “Keep lights.”", "¶1: “Keep all lights.”"],
                &["Charts", "", "¶2: \"Share charts.\""],
            ],
            &[
                &["", "A", "B"],
                &[
                    "Lights",
                    "Article 3\n“Keep lights.”",
                    "Article 4: Keep them.",
                ],
            ],
            &[
                &["Thème", "Pacte", "Code"],
                &[
                    "Phares",
                    "« Les Parties gardent les phares. »",
                    "“Keep the lights on.”",
                ],
                &["Cartes", "see above", "“Share all the charts.”"],
            ],
            &[
                &["主题", "公约", "守则"],
                &["灯塔", "第一条：“保护灯塔。”", "“保护所有灯塔。”"],
            ],
        ];
        for table in quoting {
            assert!(quotes_clauses(&rows(table)), "{table:?}");
        }
        let other: [&[&[&str]]; 5] = [
            &[&["Name", "Year", "Place"], &["Pact", "2015", "Northport"]],
            &[
                &["", "English", "Français"],
                &["", "Article 1 The Parties meet.", "Article 1 Les Parties."],
            ],
            &[
                &["Term", "Meaning", "Use"],
                &["a", "\"b\"", "c"],
                &["d", "\"e\"", "f"],
            ],
            &[
                &["Norm", "Article 1: “Keep lights.”", "¶2: “Keep.”"],
                &["x", "¶1: “Keep all lights.”", "¶2: “Go.”"],
            ],
            &[],
        ];
        for table in other {
            assert!(!quotes_clauses(&rows(table)), "{table:?}");
        }
    }
}
