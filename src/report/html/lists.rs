//! What stands below the pictures: the clauses alone, the gaps, how the page was made.

use std::fmt::Write;

use crate::report::finding::Report;
use crate::report::form::html::{push_page, text};
use crate::report::form::words::counted;
use crate::report::html::quotes;
use crate::report::html::scope::Scope;

/// The most entries of each section of a report.
const LIMIT: usize = 40;
/// The most remarks on the input.
const MAX_DIAGNOSTICS: usize = 200;

/// Appends the lists, and closes the main part.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    push_alone(out, scope);
    out.push_str("<section id=gaps aria-labelledby=gaps-title>\n<h2 id=gaps-title>What the table lacks</h2>\n");
    push_page(out, &scope.findings.gaps.page(LIMIT));
    out.push_str("</section>\n");
    out.push_str("<section id=stress aria-labelledby=stress-title>\n<h2 id=stress-title>Who stresses what</h2>\n");
    let mut overall = scope.findings.emphasis.clone();
    // Within issues it stands beside their clauses.
    overall.issues.clear();
    push_page(out, &overall.page(LIMIT));
    out.push_str("</section>\n");
    push_made(out, scope);
    out.push_str("</main>\n");
}

fn push_alone(out: &mut String, scope: &Scope<'_>) {
    if scope.alone.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<section id=alone aria-labelledby=alone-title>\n<h2 id=alone-title>Standing alone</h2>\n\
         <p class=hint>{} no other process echoes, with the nearest of another process.</p>\n<div class=cells>\n",
        counted(scope.table().alone.len(), "clause that", "clauses that"),
    );
    for alone in scope.alone {
        quotes::push_alone(out, scope, alone);
    }
    out.push_str("</div>\n</section>\n");
}

fn push_made(out: &mut String, scope: &Scope<'_>) {
    let table = scope.table();
    out.push_str(
        "<section id=made aria-labelledby=made-title>\n<h2 id=made-title>How it was made</h2>\n<dl>\n",
    );
    for (name, value) in &table.parameters {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", text(name), text(value));
    }
    out.push_str("</dl>\n");
    if !table.decisions.is_empty() {
        out.push_str("<h3>Corrections</h3>\n<ol>\n");
        for outcome in &table.decisions {
            let status = if outcome.status.is_applied() {
                "holds"
            } else {
                "does not hold"
            };
            let remark = if outcome.remark.is_empty() {
                String::new()
            } else {
                format!(": {}", outcome.remark)
            };
            let line = format!("{} ({status}{remark})", outcome.decision);
            let _ = writeln!(out, "<li>{}</li>", text(&line));
        }
        out.push_str("</ol>\n");
    }
    if !table.diagnostics.is_empty() {
        let n = counted(table.diagnostics.len(), "remark", "remarks");
        let _ = write!(out, "<details><summary>{n} on the input</summary>\n<ul>\n");
        for diagnostic in table.diagnostics.iter().take(MAX_DIAGNOSTICS) {
            let _ = writeln!(out, "<li>{}</li>", text(&diagnostic.to_string()));
        }
        out.push_str("</ul>\n");
        let n_more = table.diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
        if n_more > 0 {
            let _ = writeln!(out, "<p>and {n_more} more: the JSON form has them.</p>");
        }
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}
