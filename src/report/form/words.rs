//! [`counted`] and [`joined`]: counts and lists in sentences; [`not_taken`]: names of which no two are equal.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};

/// Returns a count with its noun: `1 clause`, `2 clauses`.
///
/// # Examples
///
/// ```
/// use consonance::report::counted;
///
/// assert_eq!(counted(1, "clause", "clauses"), "1 clause");
/// assert_eq!(counted(93, "clause", "clauses"), "93 clauses");
/// ```
pub fn counted(n: usize, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{n} {noun}")
}

/// Returns parts with a separator between them.
pub(in crate::report) fn joined<T: Display>(
    parts: impl IntoIterator<Item = T>,
    separator: &str,
) -> String {
    let mut result = String::new();
    for (place, part) in parts.into_iter().enumerate() {
        let before = if place > 0 { separator } else { "" };
        let _ = write!(result, "{before}{part}");
    }
    result
}

/// Returns a name, numbered if it was taken before, and takes it.
pub(in crate::report) fn not_taken(name: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_usize..).map(|n| format!("{name}-{n}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let free = names.find(|name| taken.insert(name.clone()));
    free.unwrap_or(name)
}
