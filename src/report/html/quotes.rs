//! The quoted clauses, row by row and process by process.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::deontic::Force;
use crate::language::Language;
use crate::report::form::html::{begin_section, direction, link, push_marked, text};
use crate::report::html::scope::Scope;
use crate::report::html::words::TellingWords;
use crate::report::html::{anchor, matrix, remarks};
use crate::report::table::quotation::Quotation;
use crate::table::Alone;

/// Appends the clauses of every row.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    if scope.rows.is_empty() {
        return;
    }
    begin_section(out, "quotes", "The clauses, issue by issue");
    out.push_str("<p class=hint>Words that hold an issue together are marked.</p>\n");
    let mut named = BTreeSet::new();
    for place in 0..scope.rows.len() {
        push_row(out, scope, place, &mut named);
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
    let telling = TellingWords::of_row(scope, place);
    for (column_place, column) in scope.table().columns.iter().enumerate() {
        let quotes = row.cells.get(&column.id).into_iter().flatten();
        let mut quotes = quotes.peekable();
        if quotes.peek().is_none() {
            continue;
        }
        let _ = writeln!(
            out,
            "<section class=cell id=\"{}\" data-c={column_place}><h4>{}</h4>",
            text(&scope.cell_anchor(place, &column.id)),
            text(&column.title)
        );
        for quote in quotes {
            let shown = Shown {
                // If a clause is in several rows, links lead to the first one.
                anchor: named
                    .insert(&quote.id)
                    .then(|| anchor::of_clause(&quote.id)),
                quoted: Quotation::of_quote(scope.annotated(), quote),
                telling: Some(&telling),
            };
            push_clause(out, scope, &shown);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n</section>\n");
}

/// Appends a clause that stands alone, with the reason.
pub(super) fn push_alone(out: &mut String, scope: &Scope<'_>, alone: &Alone) {
    let shown = Shown {
        anchor: Some(anchor::of_clause(&alone.id)),
        quoted: Quotation::of_alone(scope.annotated(), alone),
        telling: None,
    };
    push_clause(out, scope, &shown);
}

/// A clause as it is shown, in a row or alone.
struct Shown<'a> {
    /// The target of links to it, if they lead here.
    anchor: Option<String>,
    quoted: Quotation<'a>,
    /// The words to mark.
    telling: Option<&'a TellingWords<'a>>,
}

fn push_clause(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>) {
    let clause = scope.clause(&shown.quoted.clause.id);
    out.push_str("<blockquote class=quote");
    if let Some(clause) = clause {
        let _ = write!(out, " data-n={}", clause.index());
    }
    if let Some(anchor) = &shown.anchor {
        let _ = write!(out, " id=\"{}\"", text(anchor));
    }
    push_header(out, scope, shown);
    let quoted = &shown.quoted;
    if let Some(lead_in) = &quoted.clause.lead_in {
        let direction = direction(lead_in);
        let _ = write!(out, "<p class=lead{direction}>{}</p>", text(lead_in));
    }
    let language = clause.map(|id| scope.corpus().clause(id).language);
    let code = language.map(|language| format!(" lang={}", language.code()));
    let code = code.filter(|code| code != " lang=en").unwrap_or_default();
    let _ = write!(
        out,
        "<p class=text{}{code}>",
        direction(&quoted.clause.text)
    );
    push_words(out, scope, shown, language);
    out.push_str("</p>");
    if let Some(remark) = &quoted.remark {
        let _ = write!(out, "<footer>{}</footer>", text(remark));
    }
    out.push_str("</blockquote>\n");
}

/// Appends the citation, the force, and the link to the original.
fn push_header(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>) {
    let citation = text(&shown.quoted.clause.citation);
    let _ = write!(out, "><header><b class=cite>{citation}</b>");
    if let Some(force) = shown.quoted.force {
        push_tags(out, force);
    }
    let kind = shown.quoted.clause.kind;
    if !kind.is_norm() {
        let _ = write!(out, " <i>{}</i>", kind.name().replace('-', " "));
    }
    let corpus = scope.corpus();
    let clause = scope.clause(&shown.quoted.clause.id);
    let agreement = clause.map(|id| corpus.agreement(corpus.clause(id).agreement));
    let address = agreement.and_then(|agreement| agreement.metadata.address.as_deref());
    if let Some(address) = address.and_then(link) {
        let _ = write!(
            out,
            " <a class=source href=\"{}\" rel=\"noreferrer noopener\" target=_blank>original<span \
             class=sr> of {citation}</span></a>",
            text(address),
        );
    }
    out.push_str("</header>");
}

fn push_tags(out: &mut String, force: &Force) {
    let level = force.class.level();
    let level = level.map_or_else(|| "u".to_owned(), |level| level.to_string());
    let tag = force.tag().replace('-', " ");
    let _ = write!(out, " <i class=f{level}>{tag}</i>");
    for kind in &force.addressees {
        let name = kind.name().replace('-', " ");
        let _ = write!(out, " <i>{name}</i>");
    }
}

/// Appends the words of a clause with content words marked, cut if they are too long for the page.
fn push_words(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>, language: Option<Language>) {
    let words = shown.quoted.clause.text.as_str();
    let max_chars = scope.params.max_chars;
    let end = words.char_indices().nth(max_chars).map(|(end, _)| end);
    let kept = &words[..end.unwrap_or(words.len())];
    let marks = match (shown.telling, language) {
        (Some(telling), Some(language)) => telling.ranges(kept, language),
        _ => Vec::new(),
    };
    push_marked(out, kept, marks);
    if let Some(end) = end {
        let n_cut = words[end..].chars().count();
        let _ = write!(
            out,
            " <em class=cut>… {n_cut} more characters: the JSON form has them.</em>"
        );
    }
}
