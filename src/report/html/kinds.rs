//! The clauses of kinds that make no rows, kind by kind.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::clause::ClauseKind;
use crate::report::form::html::{begin_section, text};
use crate::report::form::words::counted;
use crate::report::html::clause::Shown;
use crate::report::html::scope::Scope;
use crate::report::html::{anchor, clause};
use crate::table::Alone;

/// Appends the list, if there are any.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    if scope.listed.is_empty() {
        return;
    }
    begin_section(out, "listed", "Clauses that make no rows");
    let clauses = counted(scope.listed.len(), "clause is", "clauses are");
    let _ = writeln!(
        out,
        "<p class=hint>{clauses} of kinds that were not compared. Each kind can be opened.</p>"
    );
    let beside: BTreeSet<&str> = scope
        .beside
        .values()
        .flatten()
        .map(|alone| alone.id.as_str())
        .collect();
    for kind in ClauseKind::ALL {
        let of_kind = scope.listed.iter().filter(|alone| alone.kind == kind);
        let of_kind: Vec<&Alone> = of_kind.copied().collect();
        let (under_rows, here) = of_kind
            .into_iter()
            .partition(|alone| beside.contains(alone.id.as_str()));
        push_kind(
            out,
            scope,
            &OfKind {
                kind,
                under_rows,
                here,
            },
        );
    }
    out.push_str("</section>\n");
}

/// The clauses of a kind.
struct OfKind<'a> {
    kind: ClauseKind,
    /// Those that are shown under a row.
    under_rows: Vec<&'a Alone>,
    /// The others.
    here: Vec<&'a Alone>,
}

fn push_kind(out: &mut String, scope: &Scope<'_>, of: &OfKind<'_>) {
    let n = of.under_rows.len() + of.here.len();
    if n == 0 {
        return;
    }
    let kind = of.kind.name();
    let _ = writeln!(
        out,
        "<details class=kind data-kind={kind}><summary>{} ({n})</summary>",
        title_of(of.kind)
    );
    if !of.under_rows.is_empty() {
        out.push_str("<p>Under the issues they are about: ");
        for (place, alone) in of.under_rows.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            let anchor = text(&anchor::of_clause(&alone.id));
            let citation = text(&alone.citation);
            let _ = write!(out, "{comma}<a href=\"#{anchor}\">{citation}</a>");
        }
        out.push_str(".</p>\n");
    }
    out.push_str("<div class=cells>\n");
    let here = of.here.iter();
    clause::push_list(out, scope, here.map(|alone| Shown::listed(scope, alone)));
    out.push_str("</div></details>\n");
}

/// Returns the title of the clauses of a kind.
fn title_of(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Norm => "Norms",
        ClauseKind::Preamble => "Preambles",
        ClauseKind::Definition => "Definitions",
        ClauseKind::FinalClause => "Final clauses",
        ClauseKind::Explanation => "Explanations",
        ClauseKind::Heading => "Headings",
        ClauseKind::Note => "Notes",
        ClauseKind::Names => "Names",
        ClauseKind::Furniture => "Page furniture",
        ClauseKind::Unknown => "Of unknown kind",
    }
}
