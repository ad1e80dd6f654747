//! The main table: issues by processes, a number and a shade in each filled cell.

use std::fmt::Write;

use crate::report::form::html::{begin_section, text};
use crate::report::form::words::counted;
use crate::report::html::scope::{Scope, n_quotes};
use crate::table::Row;

/// Appends the table.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    begin_section(out, "table", "Who speaks of what");
    out.push_str(
        "<p class=hint>Issues down the side, processes across; each number is how many clauses a process \
         has on an issue. Follow one to read them.</p>\n<div id=controls hidden></div>\n",
    );
    if scope.rows.is_empty() {
        out.push_str("<p>No issue is shared by several clauses.</p>\n</section>\n");
        return;
    }
    out.push_str(
        "<div class=scroller tabindex=0 role=region aria-labelledby=table-title>\n<table id=matrix>\n\
         <thead><tr><th scope=col class=issue>Issue</th>\
         <th scope=col class=n title=\"How many processes speak of it\"><span>Processes</span></th>",
    );
    for column in &scope.table().columns {
        let title = text(&column.title);
        let _ = write!(
            out,
            "<th scope=col class=p title=\"{title}\"><span>{title}</span></th>"
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for place in 0..scope.rows.len() {
        push_row(out, scope, place);
    }
    out.push_str(
        "</tbody>\n</table>\n</div>\n<p id=found role=status class=hint></p>\n</section>\n",
    );
}

fn push_row(out: &mut String, scope: &Scope<'_>, place: usize) {
    let row = &scope.rows[place];
    let anchor = &scope.anchors[place];
    let _ = write!(
        out,
        "<tr data-r={place}><th scope=row class=issue><a href=\"#row-{}\">{}</a>{}</th>\
         <td class=n>{}<span class=unit> of {} processes</span></td>",
        text(anchor),
        text(&row.issue),
        level(row),
        row.n_processes,
        scope.table().columns.len(),
    );
    for column in &scope.table().columns {
        let Some(quotes) = row
            .cells
            .get(&column.id)
            .filter(|quotes| !quotes.is_empty())
        else {
            out.push_str("<td></td>");
            continue;
        };
        let n = quotes.len();
        let _ = write!(
            out,
            "<td class=h{}><a href=\"#{}\"><b class=p>{}</b> {n}</a></td>",
            heat(n),
            text(&scope.cell_anchor(place, &column.id)),
            text(&column.title),
        );
    }
    out.push_str("</tr>\n");
}

/// Returns the stability level of a row, as a mark; empty without resampling.
fn level(row: &Row) -> String {
    let Some(stability) = row.stability else {
        return String::new();
    };
    let word = stability.level.word();
    format!(" <span class=\"stability {word}\">stability {word}</span>")
}

/// Returns the shade of a cell of `n` clauses, from 1 to 5.
fn heat(n: usize) -> usize {
    match n {
        0..=3 => n,
        4..=7 => 4,
        _ => 5,
    }
}

/// Returns the figures of a row: `9 of 20 processes, 12 clauses of 10 agreements`.
pub(super) fn figures(scope: &Scope<'_>, row: &Row) -> String {
    format!(
        "{} of {}, {} of {}",
        row.n_processes,
        counted(scope.corpus().processes().len(), "process", "processes"),
        counted(n_quotes(row), "clause", "clauses"),
        counted(row.n_agreements, "agreement", "agreements"),
    )
}
