//! The main table: issues by processes, a number and a shade in each filled cell; themes above their issues.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::report::form::html::{begin_section, text};
use crate::report::form::words::{counted, joined};
use crate::report::html::cell::numbers;
use crate::report::html::scope::Scope;
use crate::report::html::themes::{Heading, ThemeGroup};
use crate::table::{Column, Quote, Row};

/// Appends the table.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    begin_section(out, "table", "Who speaks of what");
    let _ = writeln!(
        out,
        "<p class=hint>Issues down the side, processes across; each number is how many clauses a process \
         has on an issue. Follow one to read them.{}</p>\n<div id=controls hidden></div>",
        further_hints(scope)
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
    out.push_str("</tr></thead>\n");
    for group in &scope.groups {
        push_group(out, scope, group);
    }
    out.push_str("</table>\n</div>\n<p id=found role=status class=hint></p>\n</section>\n");
}

/// Returns how to read what only some tables have.
fn further_hints(scope: &Scope<'_>) -> String {
    let mut hints = String::new();
    if scope.groups.iter().any(|group| group.heading.is_some()) {
        hints.push_str(" A theme sums up its issues: open it to see them.");
    }
    if numbers(scope.rows.iter().flat_map(Row::quotes)).weak > 0 {
        hints.push_str(" A number in brackets is of weak clauses, which do not count.");
    }
    hints
}

/// Appends the rows of a theme, or of none, as one body of the table.
fn push_group(out: &mut String, scope: &Scope<'_>, group: &ThemeGroup<'_>) {
    match &group.heading {
        Some(heading) => {
            let anchor = text(&heading.anchor);
            let _ = writeln!(out, "<tbody class=theme data-theme=\"{anchor}\">");
            push_heading(out, scope, group, heading);
        }
        None => out.push_str("<tbody>\n"),
    }
    for place in group.rows.clone() {
        push_row(out, scope, place);
    }
    out.push_str("</tbody>\n");
}

/// Appends the row of a theme: how many clauses each process has on its issues.
fn push_heading(
    out: &mut String,
    scope: &Scope<'_>,
    group: &ThemeGroup<'_>,
    heading: &Heading<'_>,
) {
    let _ = write!(
        out,
        "<tr class=theme><th scope=rowgroup class=issue><a href=\"#{}\">{}</a> \
         <span class=facts>{}</span></th><td class=n>{}<span class=unit> of {} processes</span></td>",
        text(&heading.anchor),
        text(&heading.theme.name),
        counted(group.rows.len(), "issue", "issues"),
        heading.theme.n_processes,
        scope.corpus().processes().len(),
    );
    let rows = &scope.rows[group.rows.clone()];
    for column in &scope.table().columns {
        let quotes = rows.iter().filter_map(|row| row.cells.get(&column.id));
        let counted = quotes.flatten().filter(|quote| quote.is_counted());
        // With several issues a clause, it counts once.
        let clauses: BTreeSet<&str> = counted.map(|quote| quote.id.as_str()).collect();
        match clauses.len() {
            0 => out.push_str("<td></td>"),
            n => {
                let (shade, title) = (shade_of_theme(n), text(&column.title));
                let _ = write!(out, "<td class=h{shade}><b class=p>{title}</b> {n}</td>");
            }
        }
    }
    out.push_str("</tr>\n");
}

fn push_row(out: &mut String, scope: &Scope<'_>, place: usize) {
    let row = &scope.rows[place];
    let anchor = &scope.anchors[place];
    let _ = write!(
        out,
        "<tr data-r={place}><th scope=row class=issue><a href=\"#row-{}\">{}</a>{}{}</th>\
         <td class=n>{}<span class=unit> of {} processes</span></td>",
        text(anchor),
        text(&row.issue),
        level(row),
        checked(row),
        row.n_processes,
        scope.corpus().processes().len(),
    );
    for column in &scope.table().columns {
        let quotes = row.cells.get(&column.id);
        match quotes.filter(|quotes| !quotes.is_empty()) {
            Some(quotes) => push_cell(out, &scope.cell_anchor(place, &column.id), column, quotes),
            None => out.push_str("<td></td>"),
        }
    }
    out.push_str("</tr>\n");
}

/// Appends the number of clauses of a cell that count; if none does, that of the others in brackets.
fn push_cell(out: &mut String, anchor: &str, column: &Column, quotes: &[Quote]) {
    let numbers = numbers(quotes);
    let (shade, number) = match numbers.counted {
        0 => (String::new(), format!("({})", numbers.weak)),
        n => (format!(" class=h{}", heat(n)), n.to_string()),
    };
    let _ = write!(
        out,
        "<td{shade}><a href=\"#{}\"><b class=p>{}</b> {number}</a></td>",
        text(anchor),
        text(&column.title),
    );
}

/// Returns the stability level of a row, as a mark; empty without resampling.
fn level(row: &Row) -> String {
    let Some(stability) = row.stability else {
        return String::new();
    };
    let word = stability.level.word();
    format!(" <span class=\"stability {word}\">stability {word}</span>")
}

/// Returns how much of a row a person checked, as a mark; empty if nothing.
fn checked(row: &Row) -> String {
    let n_checked = row.n_checked();
    let clauses = (n_checked > 0).then(|| {
        let n_clauses = row.quotes().count();
        format!("checked by a person {n_checked} of {n_clauses}")
    });
    let whole = row.checked.as_ref();
    let whole = whole.map(|checked| {
        let state = checked.state.in_words();
        let changed = checked.since.as_ref().map_or("", |_| ", changed since");
        format!("row: {state}{changed}")
    });
    let known = joined(clauses.into_iter().chain(whole), "; ");
    if known.is_empty() {
        return known;
    }
    format!(" <span class=checked>{known}</span>")
}

/// Returns the shade of a cell of `n` clauses, from 1 to 5.
fn heat(n: usize) -> usize {
    match n {
        0..=3 => n,
        4..=7 => 4,
        _ => 5,
    }
}

/// Returns the shade of a theme's cell of `n` clauses, from 1 to 5.
fn shade_of_theme(n: usize) -> usize {
    match n {
        0..=1 => n,
        2..=4 => 2,
        5..=9 => 3,
        10..=19 => 4,
        _ => 5,
    }
}

/// Returns the figures of a row: `9 of 20 processes, 12 clauses of 10 agreements`.
pub(super) fn figures(scope: &Scope<'_>, row: &Row) -> String {
    let numbers = numbers(row.quotes());
    let weak = match numbers.weak {
        0 => String::new(),
        n => format!(
            "; {}, not counted",
            counted(n, "weak clause", "weak clauses")
        ),
    };
    format!(
        "{} of {}, {} of {}{weak}",
        row.n_processes,
        counted(scope.corpus().processes().len(), "process", "processes"),
        counted(numbers.counted, "clause", "clauses"),
        counted(row.n_agreements, "agreement", "agreements"),
    )
}
