//! The link targets of rows, cells and clauses.

use crate::report::form::words::DistinctNames;
use crate::words::fold_name;

/// Returns an anchor for each issue: its words joined by hyphens, numbered if two would be equal.
/// Anchors stay the same as long as the names do, so that links into a page remain valid.
pub(super) fn of_issues<'a>(issues: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names = DistinctNames::default();
    let anchor = |issue: &str| match fold_name(issue).replace(' ', "-") {
        nothing if nothing.is_empty() => names.take("issue".to_owned()),
        words => names.take(words),
    };
    issues.map(anchor).collect()
}

/// Returns an anchor for a clause's key; different keys have different anchors.
pub(super) fn of_clause(key: &str) -> String {
    let mut anchor = String::from("clause-");
    for c in key.chars() {
        match c {
            c if c.is_alphanumeric() => anchor.push(c),
            '-' | '.' | '/' | '(' | ')' => anchor.push(c),
            c => anchor.extend(["_", &format!("{:x}", u32::from(c)), "_"]),
        }
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_differ_and_have_no_space() {
        let anchors = of_issues(["Fog, reef", "fog: Reef", "!"].into_iter());
        assert_eq!(anchors, ["fog-reef", "fog-reef-2", "issue"]);
        assert_eq!(of_clause("gge2015/13(f)"), "clause-gge2015/13(f)");
        assert_ne!(of_clause("a b"), of_clause("a_20_b"));
    }
}
