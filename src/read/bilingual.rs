//! [`columns_of`]: tables that say the same in several languages side by side.

use std::collections::BTreeSet;

use crate::language::Language;
use crate::read::blocks::is_list_mark;

/// What is told of such tables.
pub(crate) const SIDE_BY_SIDE: &str =
    "tables say the same in several languages and are read column by column";

/// The most languages side by side.
const MAX_LANGUAGES: usize = 6;
/// The fewest characters of a column from which its language is told.
const MIN_CHARACTERS: usize = 60;
/// The fewest words, or eighths of characters in a script without spaces, of a cell on average.
const MIN_WORDS: usize = 4;
/// How many times longer than another a column may be, in bytes.
const MAX_RATIO: usize = 5;

/// The columns of a table in several languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Whether the first column holds only numbers, for all languages.
    pub(crate) has_numbers: bool,
    /// The languages of the other columns, in order.
    pub(crate) languages: Vec<Language>,
}

/// Returns the languages of the columns of a table, given the words of its cells; `None` if it is a table
/// of another kind.
///
/// Rows of a single cell are titles across all columns. All other rows have one number of cells; each
/// column is running text in a language of its own.
pub(crate) fn columns_of(rows: &[Vec<String>]) -> Option<Columns> {
    let full: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() > 1).collect();
    let n_columns = full.first()?.len();
    if full.iter().any(|row| row.len() != n_columns) {
        return None;
    }
    let is_number = |row: &&Vec<String>| row[0].trim().is_empty() || is_list_mark(&row[0]);
    // The cell above the numbers may be their name.
    let n_numbers = full.iter().filter(|row| is_number(row)).count();
    let has_numbers = n_columns > 2 && n_numbers + 1 >= full.len() && n_numbers > 0;
    let first = usize::from(has_numbers);
    if n_columns - first > MAX_LANGUAGES {
        return None;
    }
    let columns: Vec<String> = (first..n_columns)
        .map(|column| text_of(&full, column))
        .collect();
    let lengths = || columns.iter().map(String::len);
    let (shortest, longest) = (lengths().min()?, lengths().max()?);
    if shortest < MIN_CHARACTERS || longest > shortest * MAX_RATIO {
        return None;
    }
    let is_running = |column: &String| n_words_of(column) >= MIN_WORDS * full.len();
    if !columns.iter().all(is_running) {
        return None;
    }
    let languages: Option<Vec<Language>> =
        columns.iter().map(|text| Language::detect(text)).collect();
    let languages = languages?;
    let n_different = languages.iter().collect::<BTreeSet<_>>().len();
    (n_different == languages.len()).then_some(Columns {
        has_numbers,
        languages,
    })
}

/// Returns whether the cells of a row name the languages of their columns: a word or two each.
pub(crate) fn is_row_of_names(cells: &[String]) -> bool {
    let is_name = |cell: &String| {
        let n_words = cell.split_whitespace().count();
        n_words <= 3 && !cell.contains(|c: char| c.is_numeric() || c == '.')
    };
    cells.iter().all(is_name)
}

fn text_of(rows: &[&Vec<String>], column: usize) -> String {
    let cells: Vec<&str> = rows.iter().map(|row| row[column].as_str()).collect();
    cells.join("\n")
}

fn n_words_of(text: &str) -> usize {
    let n_wide = text.chars().filter(|c| !c.is_ascii()).count();
    text.split_whitespace().count().max(n_wide / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str =
        "The Parties shall keep the lights of their harbors burning in every night of the year.";
    const FRENCH: &str = "Les Parties maintiennent les feux de leurs ports allumés pendant toutes les nuits de l'année.";

    fn languages(rows: &[&[&str]]) -> Option<(bool, Vec<String>)> {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
            .collect();
        let columns = columns_of(&rows)?;
        let codes = columns.languages.iter().map(Language::to_string);
        Some((columns.has_numbers, codes.collect()))
    }

    #[test]
    fn columns_in_several_languages_are_recognized() {
        let both = vec!["en".to_owned(), "fr".to_owned()];
        assert_eq!(
            languages(&[&[ENGLISH, FRENCH]]),
            Some((false, both.clone()))
        );
        let titled: &[&[&str]] = &[&["English", "Français"], &["I"], &[ENGLISH, FRENCH]];
        assert_eq!(languages(titled), Some((false, both.clone())));
        let numbered: &[&[&str]] = &[&["No.", "English", "Français"], &["1.", ENGLISH, FRENCH]];
        assert_eq!(languages(numbered), Some((true, both)));
    }

    #[test]
    fn other_tables_are_left() {
        let of_one_language: &[&[&str]] = &[&[ENGLISH, ENGLISH]];
        let of_names: &[&[&str]] = &[&["France", "Paris"], &["España", "Madrid"]];
        let uneven: &[&[&str]] = &[&[ENGLISH, FRENCH], &["a", "b", "c"]];
        let noted: &[&[&str]] = &[&[ENGLISH, "oui"]];
        for rows in [of_one_language, of_names, uneven, noted, &[]] {
            assert_eq!(languages(rows), None, "{rows:?}");
        }
    }
}
