//! [`counted`] and [`joined`]: counts and lists in sentences.

use std::fmt::{Display, Write};

/// Returns a count with its noun: `1 clause`, `2 clauses`.
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
