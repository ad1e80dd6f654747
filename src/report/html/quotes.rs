//! The quoted clauses, row by row and process by process.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::deontic::Force;
use crate::report::html::markup::{direction, link, push_text, text};
use crate::report::html::scope::Scope;
use crate::report::html::words::TellingWords;
use crate::report::html::{anchor, matrix, remarks};
use crate::report::trust::also_near_line;
use crate::report::why_alone;
use crate::table::{Alone, Quote};

/// Appends the clauses of every row.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    if scope.rows.is_empty() {
        return;
    }
    out.push_str(
        "<section id=quotes aria-labelledby=quotes-title>\n<h2 id=quotes-title>The clauses, issue by issue</h2>\n\
         <p class=hint>Words that hold an issue together are marked.</p>\n",
    );
    let mut named = BTreeSet::new();
    for place in 0..scope.rows.len() {
        push_row(out, scope, (place, &mut named));
    }
    out.push_str("</section>\n");
}

fn push_row<'a>(
    out: &mut String,
    scope: &Scope<'a>,
    (place, named): (usize, &mut BTreeSet<&'a str>),
) {
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
    let columns = scope.table().columns.iter().enumerate();
    for (column_place, column) in columns {
        let Some(quotes) = row
            .cells
            .get(&column.id)
            .filter(|quotes| !quotes.is_empty())
        else {
            continue;
        };
        let _ = writeln!(
            out,
            "<section class=cell id=\"{}\" data-c={column_place}><h4>{}</h4>",
            text(&scope.cell_anchor(place, &column.id)),
            text(&column.title)
        );
        for quote in quotes {
            push_quote(out, scope, (quote, &telling), named.insert(&quote.id));
        }
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n</section>\n");
}

fn push_quote(
    out: &mut String,
    scope: &Scope<'_>,
    (quote, telling): (&Quote, &TellingWords<'_>),
    is_first: bool,
) {
    let shown = Shown {
        id: &quote.id,
        citation: &quote.citation,
        lead_in: quote.lead_in.as_deref(),
        text: &quote.text,
        force: quote.force.as_ref(),
    };
    push_clause(out, scope, (&shown, Some(telling)), is_first);
    if let Some(near) = also_near_line(quote) {
        let _ = write!(out, "<footer>{}</footer>", text(&near));
    }
    out.push_str("</blockquote>\n");
}

/// Appends a clause that stands alone, with why it does.
pub(super) fn push_alone(out: &mut String, scope: &Scope<'_>, alone: &Alone) {
    let force = scope.clause(&alone.id).map(|id| scope.corpus().force(id));
    let shown = Shown {
        id: &alone.id,
        citation: &alone.citation,
        lead_in: alone.lead_in.as_deref(),
        text: &alone.text,
        force: force.as_ref(),
    };
    push_clause(out, scope, (&shown, None), true);
    let _ = write!(out, "<footer>{}</footer>", text(&why_alone(alone)));
    out.push_str("</blockquote>\n");
}

/// A clause as it is shown, in a row or alone.
struct Shown<'a> {
    id: &'a str,
    citation: &'a str,
    lead_in: Option<&'a str>,
    text: &'a str,
    force: Option<&'a Force>,
}

/// Appends all of a clause but its end. Of a clause that stands in several rows only the first is the
/// one that links mean.
fn push_clause(
    out: &mut String,
    scope: &Scope<'_>,
    (shown, telling): (&Shown<'_>, Option<&TellingWords<'_>>),
    is_first: bool,
) {
    let clause = scope.clause(shown.id);
    out.push_str("<blockquote class=quote");
    if let Some(clause) = clause {
        let _ = write!(out, " data-n={}", clause.index());
    }
    if is_first {
        let _ = write!(out, " id=\"{}\"", text(&anchor::of_clause(shown.id)));
    }
    let _ = write!(out, "><header><b class=cite>{}</b>", text(shown.citation));
    if let Some(force) = shown.force {
        push_tags(out, force);
    }
    let agreement = clause.map(|id| {
        scope
            .corpus()
            .agreement(scope.corpus().clause(id).agreement)
    });
    let address = agreement.and_then(|agreement| agreement.metadata.address.as_deref());
    if let Some(address) = address.and_then(link) {
        let _ = write!(
            out,
            " <a class=source href=\"{}\" rel=\"noreferrer noopener\" target=_blank>original<span \
             class=sr> of {}</span></a>",
            text(address),
            text(shown.citation)
        );
    }
    out.push_str("</header>");
    if let Some(lead_in) = shown.lead_in {
        let _ = write!(
            out,
            "<p class=lead{}>{}</p>",
            direction(lead_in),
            text(lead_in)
        );
    }
    let language = clause.map(|id| scope.corpus().clause(id).language);
    let code = language.map(|language| format!(" lang={}", language.code()));
    let code = code.filter(|code| code != " lang=en").unwrap_or_default();
    let _ = write!(out, "<p class=text{}{code}>", direction(shown.text));
    push_words(out, scope, (shown.text, clause), telling);
    out.push_str("</p>");
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

/// Appends the words of a clause, telling ones marked, cut where they are too many for a page.
fn push_words(
    out: &mut String,
    scope: &Scope<'_>,
    (words, clause): (&str, Option<crate::id::ClauseId>),
    telling: Option<&TellingWords<'_>>,
) {
    let max_chars = scope.params.max_chars;
    let end = words.char_indices().nth(max_chars).map(|(end, _)| end);
    let shown = &words[..end.unwrap_or(words.len())];
    let marks = match (telling, clause) {
        (Some(telling), Some(clause)) => {
            telling.ranges(shown, scope.corpus().clause(clause).language)
        }
        _ => Vec::new(),
    };
    let mut from = 0;
    for range in marks {
        push_text(out, &shown[from..range.start]);
        out.push_str("<mark>");
        push_text(out, &shown[range.clone()]);
        out.push_str("</mark>");
        from = range.end;
    }
    push_text(out, &shown[from..]);
    if let Some(end) = end {
        let n_cut = words[end..].chars().count();
        let _ = write!(
            out,
            " <em class=cut>… {n_cut} more characters: the JSON form has them.</em>"
        );
    }
}
