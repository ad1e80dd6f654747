//! The beginning and the end of the page.

use std::fmt::Write;

use crate::report::form::html::{push_text, text};
use crate::report::form::words::counted;
use crate::report::html::assets::{SCRIPT, STYLE};
use crate::report::html::cell::numbers;
use crate::report::html::document_head::{DocumentHead, push_document_head};
use crate::report::html::scope::{Scope, n_quotes};
use crate::table::Row;

/// Appends everything before the first visible text.
pub(super) fn push_head(out: &mut String, scope: &Scope<'_>) {
    let head = DocumentHead {
        title: &scope.params.title,
        script: SCRIPT,
        style: STYLE,
    };
    push_document_head(out, &head);
    out.push_str("<a class=skip href=#table>To the table</a>\n");
}

/// Appends the title, what the page covers, and links to its parts.
pub(super) fn push_intro(out: &mut String, scope: &Scope<'_>) {
    let corpus = scope.corpus();
    let _ = write!(
        out,
        "<header class=top>\n<h1>{}</h1>\n<p class=lede>{} of {}, {}: {}.</p>\n",
        text(&scope.params.title),
        counted(corpus.agreements().len(), "agreement", "agreements"),
        counted(corpus.processes().len(), "process", "processes"),
        counted(corpus.clauses().len(), "clause", "clauses"),
        where_they_are(scope),
    );
    push_cuts(out, scope);
    out.push_str("<nav aria-label=\"Parts of the page\"><a href=#table>Table</a> <a href=#quotes>Clauses</a>");
    for (is_there, anchor, name) in [
        (scope.findings.draft.is_some(), "draft", "Draft"),
        (true, "views", "Pictures"),
        (!scope.alone.is_empty(), "alone", "Standing alone"),
        (!scope.listed.is_empty(), "listed", "Other kinds"),
        (true, "gaps", "Gaps"),
        (true, "made", "How it was made"),
    ] {
        if is_there {
            let _ = write!(out, " <a href=#{anchor}>{name}</a>");
        }
    }
    out.push_str("</nav>\n</header>\n<main>\n");
}

/// Returns where the clauses of the table are: `74 shared in 19 issues, 19 standing alone`.
fn where_they_are(scope: &Scope<'_>) -> String {
    let table = scope.table();
    let n_shared = scope.corpus().clauses().len();
    let n_shared = n_shared.saturating_sub(table.alone.len());
    let n_alone = table.alone.iter().filter(|of| of.is_compared).count();
    let n_listed = table.alone.len() - n_alone;
    let weak = numbers(table.rows.iter().flat_map(Row::quotes)).weak;
    let issues = counted(table.rows.len(), "issue", "issues");
    let mut told = format!("{n_shared} shared in {issues}");
    if weak > 0 {
        let _ = write!(told, " ({weak} of them weak, not counted)");
    }
    let _ = write!(told, ", {n_alone} standing alone");
    if n_listed > 0 {
        let _ = write!(told, ", {n_listed} of kinds that make no rows");
    }
    told
}

/// Says what was left out of the page because of its size.
fn push_cuts(out: &mut String, scope: &Scope<'_>) {
    let table = scope.table();
    let left_out = &table.rows[scope.rows.len()..];
    let n_alone = table.alone.len() - scope.alone.len() - scope.listed.len();
    let mut cuts = Vec::new();
    if !left_out.is_empty() {
        let n_clauses: usize = left_out.iter().map(n_quotes).sum();
        cuts.push(format!(
            "the last {} with {}",
            counted(left_out.len(), "issue", "issues"),
            counted(n_clauses, "clause", "clauses")
        ));
    }
    if n_alone > 0 {
        cuts.push(counted(n_alone, "clause in no row", "clauses in no row"));
    }
    if !cuts.is_empty() {
        out.push_str("<p class=notice>Left out, so that the page stays quick: ");
        push_text(out, &cuts.join(", and "));
        out.push_str(". The other forms (CSV, JSON) have everything.</p>\n");
    }
}

/// Says how large the page is, appends the script and closes the page.
pub(super) fn push_end(out: &mut String) {
    let n_kilobytes = (out.len() + SCRIPT.len()).div_ceil(1000);
    let _ = write!(
        out,
        "<footer class=top><p class=hint>One file of {n_kilobytes} kB; it needs no network and asks for \
         nothing.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
}
