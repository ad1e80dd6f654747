//! The part below the pictures: clauses in no row, gaps, how the page was made.

use std::fmt::Write;

use crate::error::Diagnostic;
use crate::report::finding::Report;
use crate::report::form::html::{begin_section, push_page, text};
use crate::report::form::words::counted;
use crate::report::html::clause::{self, Shown};
use crate::report::html::kinds;
use crate::report::html::scope::Scope;
use crate::report::html::together;
use crate::table::Outcome;

/// The most entries in each section of a report.
const LIMIT: usize = 40;
/// The most notes on the input.
const MAX_DIAGNOSTICS: usize = 200;

/// Appends the lists, and ends the main part.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    push_alone(out, scope);
    kinds::push(out, scope);
    begin_section(out, "gaps", "What the table lacks");
    push_page(out, &scope.findings.gaps.page(LIMIT));
    out.push_str("</section>\n");
    together::push(out, scope);
    begin_section(out, "stress", "Who stresses what");
    let mut overall = scope.findings.keyness.clone();
    // The keyness within issues is next to their clauses.
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
    begin_section(out, "alone", "Standing alone");
    let clauses = counted(scope.alone.len(), "clause that", "clauses that");
    let _ = writeln!(
        out,
        "<p class=hint>{clauses} no other process echoes, with the nearest of another process.</p>\n\
         <div class=cells>"
    );
    let alone = scope.alone.iter();
    clause::push_list(out, scope, alone.map(|alone| Shown::alone(scope, alone)));
    out.push_str("</div>\n</section>\n");
}

fn push_made(out: &mut String, scope: &Scope<'_>) {
    let table = scope.table();
    begin_section(out, "made", "How it was made");
    out.push_str("<dl>\n");
    for (name, value) in &table.parameters {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", text(name), text(value));
    }
    out.push_str("</dl>\n");
    if !table.decisions.is_empty() {
        out.push_str("<h3>Corrections</h3>\n<ol>\n");
        for outcome in &table.decisions {
            let _ = writeln!(out, "<li>{}</li>", text(&in_words(outcome)));
        }
        out.push_str("</ol>\n");
    }
    push_diagnostics(out, &table.diagnostics);
    out.push_str("</section>\n");
}

/// Returns a correction, and whether it holds.
fn in_words(outcome: &Outcome) -> String {
    let is_applied = outcome.is_applied();
    let status = if is_applied { "holds" } else { "does not hold" };
    let (decision, remark) = (&outcome.decision, &outcome.remark);
    let colon = if remark.is_empty() { "" } else { ": " };
    format!("{decision} ({status}{colon}{remark})")
}

fn push_diagnostics(out: &mut String, diagnostics: &[Diagnostic]) {
    if diagnostics.is_empty() {
        return;
    }
    let n = counted(diagnostics.len(), "remark", "remarks");
    let _ = write!(out, "<details><summary>{n} on the input</summary>\n<ul>\n");
    for diagnostic in diagnostics.iter().take(MAX_DIAGNOSTICS) {
        let _ = writeln!(out, "<li>{}</li>", text(&diagnostic.to_string()));
    }
    out.push_str("</ul>\n");
    let n_more = diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
    if n_more > 0 {
        let _ = writeln!(out, "<p>and {n_more} more: the JSON form has them.</p>");
    }
    out.push_str("</details>\n");
}
