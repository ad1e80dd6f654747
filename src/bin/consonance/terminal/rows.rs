//! Which rows of the table the terminal shows in full.

use anyhow::{Result, bail};
use consonance::table::{ConvergenceTable, find_row};

/// How much of a table is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Every clause.
    Everything,
    /// The matrix of issues and processes without clauses.
    Matrix,
    /// These rows with their clauses, by index.
    Rows(Vec<usize>),
}

/// Returns the requested rows: `all`, `none`, numbers (`1,3-5`), the name of a theme, or part of a row's name. By default a
/// terminal gets the matrix; a file or another program gets everything.
pub(crate) fn shown(
    wish: Option<&str>,
    table: &ConvergenceTable,
    is_on_terminal: bool,
) -> Result<Shown> {
    Ok(match wish {
        None if is_on_terminal => Shown::Matrix,
        None | Some("all") => Shown::Everything,
        Some("none") => Shown::Matrix,
        Some(numbers) if is_numbers(numbers) => Shown::Rows(places(numbers, table.rows.len())?),
        Some(words) => match of_theme(words, table) {
            rows if rows.is_empty() => Shown::Rows(vec![find_row(table, words)?.index()]),
            rows => Shown::Rows(rows),
        },
    })
}

/// Returns the rows of the theme with this name.
fn of_theme(name: &str, table: &ConvergenceTable) -> Vec<usize> {
    let name = name.to_lowercase();
    let is_in = |theme: &Option<String>| theme.as_ref().is_some_and(|of| of.to_lowercase() == name);
    let rows = table.rows.iter().enumerate();
    rows.filter(|(_, row)| is_in(&row.theme))
        .map(|(place, _)| place)
        .collect()
}

fn is_numbers(wish: &str) -> bool {
    wish.chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' '))
}

/// Returns the indexes in a list of numbers and ranges, in the order of the table.
fn places(numbers: &str, n_rows: usize) -> Result<Vec<usize>> {
    let mut places = Vec::new();
    for part in numbers.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (Ok(from), Ok(to)) = (from.trim().parse::<usize>(), to.trim().parse::<usize>()) else {
            bail!("`{part}` is no number of a row and no range of them, as 3-5 is");
        };
        if from == 0 || from > to || to > n_rows {
            bail!("`{part}` names no row: the table has rows 1 to {n_rows}");
        }
        places.extend(from - 1..to);
    }
    places.sort_unstable();
    places.dedup();
    Ok(places)
}
