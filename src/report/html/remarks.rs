//! The notes above the clauses of a row: its stability, who addressed it first, keyness.

use std::fmt::Write;

use crate::finding::{ColumnKeyness, IssueTimeline, KeyTerm};
use crate::report::form::html::text;
use crate::report::form::words::{counted, joined};
use crate::report::html::scope::Scope;

/// Appends the notes on a row.
pub(super) fn push(out: &mut String, scope: &Scope<'_>, place: usize) {
    let row = &scope.rows[place];
    for line in scope.annotated().remarks(row) {
        let _ = writeln!(out, "<p class=remark>{}</p>", text(&line));
    }
    let findings = scope.findings;
    let timelines = &findings.timeline.issues;
    if let Some(timeline) = timelines.get(place).filter(|of| of.entries.len() > 1) {
        push_timeline(out, timeline);
    }
    let emphasis = findings.keyness.issues.iter();
    if let Some(emphasis) = emphasis.clone().find(|of| of.row.index() == place) {
        push_emphasis(out, &emphasis.columns);
    }
}

fn push_timeline(out: &mut String, timeline: &IssueTimeline) {
    let first = &timeline.entries[0];
    let _ = writeln!(
        out,
        "<details class=when><summary>First {}, {}; {} by {}</summary><ol>",
        first.date,
        text(&first.process),
        counted(timeline.entries.len(), "process", "processes"),
        timeline.entries[timeline.entries.len() - 1].date,
    );
    for entry in &timeline.entries {
        let class = entry.class.name().replace('-', " ");
        let _ = writeln!(
            out,
            "<li><time>{}</time> {} <span class=cite>{}</span> {class}</li>",
            entry.date,
            text(&entry.process),
            text(&entry.clause.citation),
        );
    }
    out.push_str("</ol>");
    if let Some(trend) = timeline.trend {
        let _ = write!(
            out,
            "<p>Strength over time: {trend:+.2} (Kendall's tau-b; above 0 it grows).</p>"
        );
    }
    out.push_str("</details>\n");
}

fn push_emphasis(out: &mut String, columns: &[ColumnKeyness]) {
    let told: Vec<&ColumnKeyness> = columns
        .iter()
        .filter(|column| !column.over.is_empty() || !column.under.is_empty())
        .collect();
    if told.is_empty() {
        return;
    }
    let n = counted(told.len(), "process", "processes");
    let _ = writeln!(
        out,
        "<details class=stress><summary>Who stresses what ({n}; uses of its own : of all others)</summary><ul>"
    );
    for column in told {
        let sides = [("says more", &column.over), ("says less", &column.under)];
        let sides = sides.iter().filter(|(_, terms)| !terms.is_empty());
        let said = sides.map(|(side, terms)| {
            let words = joined(terms.iter().map(stressed), ", ");
            format!("{side} {words}")
        });
        let (title, said) = (text(&column.title), joined(said, "; "));
        let _ = writeln!(out, "<li><b>{title}</b> {said}</li>");
    }
    out.push_str("</ul></details>\n");
}

/// Returns a term with its counts on both sides: `malware 3:0`.
fn stressed(term: &KeyTerm) -> String {
    let [own, others] = term.counts;
    format!("{} {own}:{others}", text(&term.word))
}
