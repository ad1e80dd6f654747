//! Which issues come together in one agreement: a small matrix.

use std::cmp::Reverse;
use std::fmt::Write;

use crate::finding::{CoMentions, MentionedIssue};
use crate::report::form::html::{begin_section, text};
use crate::report::form::words::counted;
use crate::report::html::scope::Scope;

/// The most issues of the matrix: those of the most agreements.
const MAX_ISSUES: usize = 12;

/// Appends the matrix, if issues come together.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    let found = &scope.findings.co_mentions;
    let issues = shown(found);
    if issues.is_empty() {
        return;
    }
    begin_section(out, "together", "Which issues come together");
    out.push_str(
        "<p class=hint>A row: of the agreements with its issue, how many have that of the column as well. A darker \
         cell is a greater share; on the diagonal, all of them.</p>\n<div class=aside tabindex=0 role=region \
         aria-labelledby=together-title>\n<table class=together>\n<thead><tr><th scope=col>Issue</th>",
    );
    for (number, issue) in (1..).zip(&issues) {
        let _ = write!(
            out,
            "<th scope=col title=\"{}\">{number}</th>",
            text(&issue.issue)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (number, issue) in (1..).zip(&issues) {
        let _ = write!(
            out,
            "<tr><th scope=row>{number} {}</th>",
            text(&issue.issue)
        );
        for other in &issues {
            push_cell(out, found, [issue, other]);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n</div>\n</section>\n");
}

/// Returns the issues of the most agreements, in the order of the rows.
fn shown(found: &CoMentions) -> Vec<&MentionedIssue> {
    let mut issues: Vec<&MentionedIssue> = found.issues.iter().collect();
    // The sort is stable: ties keep the order of the rows.
    issues.sort_by_key(|issue| Reverse(issue.n_agreements));
    issues.truncate(MAX_ISSUES);
    issues.sort_by_key(|issue| issue.row);
    issues
}

/// Appends how many agreements with the first issue have the second.
fn push_cell(out: &mut String, found: &CoMentions, [of, with]: [&MentionedIssue; 2]) {
    let n_of = of.n_agreements;
    if of.row == with.row {
        let _ = write!(out, "<td><b>{n_of}</b></td>");
        return;
    }
    let rows = [of.row.min(with.row), of.row.max(with.row)];
    let Some(pair) = found.of_rows(rows) else {
        out.push_str("<td></td>");
        return;
    };
    let agreements = counted(n_of, "agreement", "agreements");
    let _ = write!(
        out,
        "<td class=h{} title=\"{} of {agreements} with “{}” have “{}”\">{}</td>",
        shade(pair.n_both, n_of),
        pair.n_both,
        text(&of.issue),
        text(&with.issue),
        pair.n_both,
    );
}

/// Returns the shade of a share, from 1 to 5: a fifth each.
fn shade(n: usize, n_all: usize) -> usize {
    (5 * n).div_ceil(n_all.max(1)).clamp(1, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shade_is_a_fifth() {
        let cases = [
            (1, 10, 1),
            (2, 10, 1),
            (3, 10, 2),
            (5, 10, 3),
            (10, 10, 5),
            (0, 0, 1),
        ];
        for (n, n_all, expected) in cases {
            assert_eq!(shade(n, n_all), expected, "{n} of {n_all}");
        }
    }
}
