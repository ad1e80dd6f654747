//! The quoted clauses, row by row and process by process.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::report::form::html::{begin_section, text};
use crate::report::form::words::counted;
use crate::report::html::cell::said_by_agreement;
use crate::report::html::clause::{After, Shown};
use crate::report::html::scope::Scope;
use crate::report::html::words::TellingWords;
use crate::report::html::{anchor, clause, matrix, remarks};
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::extent_of;
use crate::table::{Column, Quote};

/// Appends the clauses of every row.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    if scope.rows.is_empty() {
        return;
    }
    begin_section(out, "quotes", "The clauses, issue by issue");
    out.push_str(
        "<p class=hint>Of each agreement the clause nearest to the center of the issue stands first. Words that \
         hold an issue together are marked.</p>\n",
    );
    let mut named = BTreeSet::new();
    for group in &scope.groups {
        if let Some(heading) = &group.heading {
            let _ = writeln!(
                out,
                "<details class=theme id=\"{}\"><summary><b>{}</b> <span class=facts>{}</span></summary>",
                text(&heading.anchor),
                text(&heading.theme.name),
                extent_of(heading.theme),
            );
        }
        for place in group.rows.clone() {
            push_row(out, scope, place, &mut named);
        }
        if group.heading.is_some() {
            out.push_str("</details>\n");
        }
    }
    out.push_str("</section>\n");
}

fn push_row<'a>(out: &mut String, scope: &Scope<'a>, place: usize, named: &mut BTreeSet<&'a str>) {
    let row = &scope.rows[place];
    let anchor = text(&scope.anchors[place]);
    let _ = write!(
        out,
        "<section class=row id=\"row-{anchor}\" data-r={place} aria-labelledby=\"h-{anchor}\">\n\
         <h3 id=\"h-{anchor}\">{}</h3>\n<p class=facts>{}</p>\n",
        text(&row.issue),
        matrix::figures(scope, row),
    );
    remarks::push(out, scope, place);
    out.push_str("<div class=cells>\n");
    let mut cells = RowCells {
        scope,
        place,
        telling: TellingWords::of_row(scope, place),
        named,
    };
    for (column_place, column) in scope.table().columns.iter().enumerate() {
        cells.push(out, column_place, column);
    }
    out.push_str("</div>\n");
    push_beside(out, scope, place);
    out.push_str("</section>\n");
}

/// What the cells of a row are made with.
struct RowCells<'c, 'a> {
    scope: &'c Scope<'a>,
    place: usize,
    telling: TellingWords<'a>,
    /// The clauses in the page so far.
    named: &'c mut BTreeSet<&'a str>,
}

impl<'a> RowCells<'_, 'a> {
    /// Appends a cell, if it is filled.
    fn push(&mut self, out: &mut String, column_place: usize, column: &Column) {
        let quotes = self.scope.rows[self.place].cells.get(&column.id);
        let Some(quotes) = quotes.filter(|quotes| !quotes.is_empty()) else {
            return;
        };
        let _ = writeln!(
            out,
            "<section class=cell id=\"{}\" data-c={column_place}><h4>{}</h4>",
            text(&self.scope.cell_anchor(self.place, &column.id)),
            text(&column.title)
        );
        for said in said_by_agreement(quotes) {
            if let Some(first) = said.first {
                self.push_quotes(out, &[first]);
            }
            if said.others.is_empty() {
                continue;
            }
            let more = said.more();
            let _ = writeln!(out, "<details class=more><summary>{more}</summary>");
            self.push_quotes(out, &said.others);
            out.push_str("</details>\n");
        }
        out.push_str("</section>\n");
    }

    fn push_quotes(&mut self, out: &mut String, quotes: &[&'a Quote]) {
        let named = &mut *self.named;
        let shown = quotes.iter().map(|quote| Shown {
            // If a clause is in several rows, links lead to the first one.
            anchor: named
                .insert(&quote.id)
                .then(|| anchor::of_clause(&quote.id)),
            quoted: Quotation::of_quote(self.scope.annotated(), quote),
            is_weak: !quote.is_counted(),
            telling: Some(&self.telling),
            after: After::Other,
            checked: quote.checked.as_ref(),
        });
        clause::push_list(out, self.scope, shown);
    }
}

/// Appends the preamble clauses that are about a row: they are not counted in it.
fn push_beside(out: &mut String, scope: &Scope<'_>, place: usize) {
    let Some(beside) = scope.beside.get(&place) else {
        return;
    };
    let _ = writeln!(
        out,
        "<details class=beside><summary>Preamble (not counted): {}</summary>\n<div class=cells>",
        counted(beside.len(), "clause", "clauses")
    );
    let beside = beside.iter();
    clause::push_list(out, scope, beside.map(|alone| Shown::listed(scope, alone)));
    out.push_str("</div></details>\n");
}
