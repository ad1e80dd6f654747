//! The apostrophe before a cell that a spreadsheet would compute, and how it is taken off again.

use std::borrow::Cow;

/// The characters with which a spreadsheet begins a formula, or that it drops before one.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns the cell so that no spreadsheet computes it: behind an apostrophe, which says "this is
/// text", if it begins like a formula; also if it does so behind apostrophes of its own, so that
/// [`unguarded`] gives every cell back.
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
    fn a_guard_is_put_before_formulas_and_taken_off_again() {
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
