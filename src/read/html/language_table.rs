//! [`LanguageTable`]: a table of a page that says the same in several languages side by side.

use crate::language::Language;
use crate::read::bilingual::{columns_of, is_row_of_names};
use crate::read::html::content::{NodeRef, cells_of, is_named, rows_of, words_of};

/// The cells of a table in several languages, column by column.
#[derive(Debug)]
pub(super) struct LanguageTable<'a> {
    /// Its caption and the cells that span all columns.
    pub(super) titles: Vec<NodeRef<'a>>,
    pub(super) columns: Vec<LanguageColumn<'a>>,
}

/// A column in one language.
#[derive(Debug)]
pub(super) struct LanguageColumn<'a> {
    pub(super) language: Language,
    pub(super) cells: Vec<LanguageCell<'a>>,
}

/// A cell of a column.
#[derive(Debug)]
pub(super) struct LanguageCell<'a> {
    pub(super) node: NodeRef<'a>,
    /// The number in the first cell of its row.
    pub(super) number: Option<String>,
    /// Whether it names the language of its column.
    pub(super) is_name: bool,
}

impl<'a> LanguageTable<'a> {
    /// Returns the columns of a node that is such a table.
    pub(super) fn of(node: NodeRef<'a>) -> Option<Self> {
        if !is_named(node, "table") {
            return None;
        }
        let rows: Vec<Vec<NodeRef<'a>>> =
            rows_of(node).map(|row| cells_of(row).collect()).collect();
        let words: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| words_of(*cell)).collect())
            .collect();
        let columns = columns_of(&words)?;
        let captions = node.children().filter(|part| is_named(*part, "caption"));
        let alone = rows.iter().filter(|row| row.len() == 1).map(|row| row[0]);
        let titles = captions.chain(alone);
        let full = || rows.iter().zip(&words).filter(|(row, _)| row.len() > 1);
        let first = usize::from(columns.has_numbers);
        let column = |index: usize, language: Language| LanguageColumn {
            language,
            cells: full()
                .enumerate()
                .map(|(place, (row, words))| {
                    let is_name = place == 0 && is_row_of_names(&words[first..]);
                    let has_number = columns.has_numbers && !is_name;
                    LanguageCell {
                        node: row[first + index],
                        number: has_number.then(|| words[0].trim().to_owned()),
                        is_name,
                    }
                })
                .collect(),
        };
        let languages = columns.languages.iter().enumerate();
        Some(Self {
            titles: titles.collect(),
            columns: languages
                .map(|(index, language)| column(index, *language))
                .collect(),
        })
    }
}
