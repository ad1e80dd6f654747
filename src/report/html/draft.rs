//! A draft next to its precedents.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::finding::{DraftCheck, DraftClause, DraftStanding, Precedent};
use crate::report::form::html::{begin_section, push_marked, text};
use crate::report::html::anchor;
use crate::report::html::scope::Scope;

/// The most precedents shown for a clause.
const MAX_PRECEDENTS: usize = 3;

/// Appends the draft, if there is one.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    let Some(check) = &scope.findings.draft else {
        return;
    };
    begin_section(out, "draft", &format!("Draft: {}", check.draft));
    let _ = write!(
        out,
        "<p class=hint>Each clause of the draft stands beside what was agreed before; agreed words are \
         marked. Novelty {:.2} of 1: {}.</p>\n{}",
        check.novelty.value.value(),
        text(&check.novelty.because),
        novelty_bar(check),
    );
    for clause in &check.clauses {
        push_clause(out, scope, clause);
    }
    out.push_str("</section>\n");
}

/// Returns a bar with a part for each status, proportional to its number of clauses, and the same in words.
fn novelty_bar(check: &DraftCheck) -> String {
    // From agreed to new.
    let mut counts: BTreeMap<DraftStanding, usize> = BTreeMap::new();
    for clause in &check.clauses {
        *counts.entry(clause.standing).or_default() += 1;
    }
    let mut bar = String::from(
        "<svg class=bar viewBox=\"0 0 600 16\" preserveAspectRatio=none aria-hidden=true>",
    );
    let mut from = 0.0;
    for (standing, n) in &counts {
        let width = 600.0 * *n as f64 / check.clauses.len() as f64;
        let class = class_of(*standing);
        let _ = write!(
            bar,
            "<rect class=\"s-{class}\" x=\"{from:.1}\" width=\"{width:.1}\" height=\"16\"/>"
        );
        from += width;
    }
    bar.push_str("</svg>\n<p class=legend>");
    for (standing, n) in &counts {
        let (class, name) = (class_of(*standing), standing.name());
        let _ = write!(bar, "<span class=\"s-{class}\">{n} {name}</span> ");
    }
    bar.push_str("</p>\n");
    bar
}

/// Returns the CSS class of a status.
fn class_of(standing: DraftStanding) -> String {
    standing.name().replace(' ', "-")
}

fn push_clause(out: &mut String, scope: &Scope<'_>, clause: &DraftClause) {
    let standing = clause.standing.name();
    let _ = write!(
        out,
        "<article class=draft><blockquote><header><b class=cite>{}</b> \
         <span class=\"tag s-{}\">{standing}, novelty {:.2}</span> <span class=tag>{}</span></header>",
        text(&clause.clause.citation),
        class_of(clause.standing),
        clause.novelty.value(),
        clause.force.tag().replace('-', " "),
    );
    if let Some(lead_in) = &clause.lead_in {
        let _ = write!(out, "<p class=lead dir=auto>{}</p>", text(lead_in));
    }
    out.push_str("<p class=text dir=auto>");
    let agreed = clause.agreed.iter().map(|words| words.range.clone());
    push_marked(out, &clause.text, agreed);
    out.push_str("</p></blockquote>\n<div>");
    if clause.precedents.is_empty() {
        out.push_str("<p class=hint>No precedent.</p>");
    }
    for precedent in clause.precedents.iter().take(MAX_PRECEDENTS) {
        push_precedent(out, scope, precedent);
    }
    out.push_str("</div></article>\n");
}

fn push_precedent(out: &mut String, scope: &Scope<'_>, precedent: &Precedent) {
    let id = &precedent.clause.id;
    let is_shown = scope.clause(id).is_some_and(|id| scope.shown.contains(&id));
    let citation = text(&precedent.clause.citation);
    let cited = if is_shown {
        let anchor = text(&anchor::of_clause(id));
        format!("<a class=cite href=\"#{anchor}\">{citation}</a>")
    } else {
        format!("<b class=cite>{citation}</b>")
    };
    let _ = write!(
        out,
        "<blockquote><header>{cited} <span class=tag>score {:.2}</span> \
         <span class=tag>the draft is {}</span></header><p class=text dir=auto>",
        precedent.score.value(),
        text(&precedent.against.name().replace('-', " ")),
    );
    let shared = precedent.shared.iter().map(|run| run.b.clone());
    push_marked(out, &precedent.text, shared);
    out.push_str("</p></blockquote>");
}
