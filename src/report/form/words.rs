//! [`counted`] and [`joined`]: counts and lists in sentences; [`DistinctNames`]: names of which no two are equal.

use std::collections::BTreeMap;
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

/// Names of which no two are equal.
#[derive(Debug, Default)]
pub(in crate::report) struct DistinctNames {
    /// The names that are taken, and the number last tried for each, so that many equal ones do not start again.
    taken: BTreeMap<String, usize>,
}

impl DistinctNames {
    /// Returns a name, numbered from 2 if it was taken before, and takes it.
    pub(in crate::report) fn take(&mut self, name: String) -> String {
        let Some(last) = self.taken.get(&name) else {
            self.taken.insert(name.clone(), 1);
            return name;
        };
        let mut n = last + 1;
        while self.taken.contains_key(&format!("{name}-{n}")) {
            n += 1;
        }
        let numbered = format!("{name}-{n}");
        self.taken.insert(name, n);
        self.taken.insert(numbered.clone(), 1);
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_numbered_in_linear_time() {
        let mut names = DistinctNames::default();
        let mut take = |name: &str| names.take(name.to_owned());
        assert_eq!(
            ["a-2", "a", "a", "a-2"].map(&mut take),
            ["a-2", "a", "a-3", "a-2-2"]
        );
        // A search from 2 on would take some minutes.
        let last = (0..100_000).map(|_| take("source")).last();
        assert_eq!(last.as_deref(), Some("source-100000"));
    }
}
