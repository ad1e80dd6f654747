//! The apostrophe that protects a cell from being computed by a spreadsheet, and its removal.

use std::borrow::Cow;

/// The characters that begin a formula, or that a spreadsheet drops before one.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Protects a cell: an apostrophe, which marks text, is added if the cell begins like a formula,
/// also after apostrophes of its own, so that [`unguarded`] restores every cell.
pub(crate) fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    if begins_like_formula(&cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

/// Returns the cell that [`guarded`] was given.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_formula(rest) => rest,
        _ => cell,
    }
}

fn begins_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_restored() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("'so-called'", "'so-called'"),
            ("a=b", "a=b"),
            ("'", "'"),
            ("", ""),
        ];
        for (cell, expected) in cases {
            let written = guarded(Cow::Borrowed(cell));
            assert_eq!(written, expected, "{cell}");
            assert_eq!(unguarded(&written), cell);
        }
    }
}
