//! A clause in both versions, beside each other.

use std::fmt::Write;

use crate::finding::{ClauseFate, Revision, VersionClause};
use crate::report::finding::versions::{numbers, reasons};
use crate::report::form::html::{direction, text};
use crate::report::form::words::joined;
use crate::report::side_by_side::place::{PageRow, RowRole};
use crate::reuse::Fate;

/// Returns the link target of a row.
pub(super) fn anchor(step: usize, row: &PageRow<'_>) -> String {
    let role = match row.role {
        RowRole::Clause => "c",
        RowRole::OldPlace => "o",
    };
    format!("s{}-{role}{}", step + 1, row.index + 1)
}

/// Returns whether a row is the same in both versions.
pub(super) fn is_same(row: &PageRow<'_>) -> bool {
    row.role == RowRole::Clause && !row.change.is_worth_telling()
}

/// Appends a row.
pub(super) fn push(out: &mut String, step: usize, row: &PageRow<'_>) {
    let (anchor, class) = (anchor(step, row), classes(row));
    let number = text(&numbers(row.change));
    let _ = write!(
        out,
        "<article id={anchor} class=\"{class}\"><header><b>{number}</b>"
    );
    push_tags(out, step, row);
    out.push_str("</header><div>");
    push_side(
        out,
        &row.change.before,
        &row.change.revisions,
        Fate::Inserted,
    );
    match row.role {
        RowRole::Clause => {
            push_side(out, &row.change.after, &row.change.revisions, Fate::Deleted);
        }
        RowRole::OldPlace => out.push_str("<p></p>"),
    }
    out.push_str("</div>");
    push_reasons(out, row);
    out.push_str("</article>\n");
}

fn classes(row: &PageRow<'_>) -> String {
    let classes = [
        Some(row.change.fate.name()),
        is_same(row).then_some("same"),
        row.change.force_in_words().map(|_| "force"),
        (row.role == RowRole::OldPlace).then_some("place"),
    ];
    joined(classes.into_iter().flatten(), " ")
}

fn push_tags(out: &mut String, step: usize, row: &PageRow<'_>) {
    let change = row.change;
    if change.is_moved {
        push_link(out, step, row);
    }
    if row.role == RowRole::OldPlace {
        return;
    }
    let fate = Some(change.fate.name()).filter(|_| change.fate != ClauseFate::Moved);
    let renumbered = change.is_renumbered.then_some("renumbered");
    for tag in [fate, renumbered].into_iter().flatten() {
        let _ = write!(out, " <span class=tag>{tag}</span>");
    }
    if let Some(force) = change.force_in_words() {
        let class = force.rsplit(' ').next().unwrap_or_default();
        let _ = write!(out, " <span class=\"tag {class}\">{force}</span>");
    }
}

/// Appends the link from where a moved clause stands to where it stood, or back.
fn push_link(out: &mut String, step: usize, row: &PageRow<'_>) {
    let (role, words) = match row.role {
        RowRole::Clause => (RowRole::OldPlace, "moved: where it stood"),
        RowRole::OldPlace => (RowRole::Clause, "moved: where it stands"),
    };
    let target = anchor(step, &PageRow { role, ..*row });
    let _ = write!(out, " <a class=tag href=\"#{target}\">{words}</a>");
}

fn push_reasons(out: &mut String, row: &PageRow<'_>) {
    let reasons = reasons(row.change);
    if row.role == RowRole::Clause && !reasons.is_empty() {
        let items = reasons
            .iter()
            .map(|line| format!("<li>{}</li>", text(line)));
        let _ = write!(out, "<ul>{}</ul>", joined(items, ""));
    }
}

/// Appends the words of one version, those that the other does not have marked; `other` is what only the other has.
fn push_side(out: &mut String, clauses: &[VersionClause], revisions: &[Revision], other: Fate) {
    let Some(first) = clauses.first() else {
        out.push_str("<p></p>");
        return;
    };
    out.push_str("<div>");
    if let Some(lead_in) = first.lead_in() {
        let (direction, words) = (direction(lead_in), text(lead_in));
        let _ = write!(out, "<p class=lead{direction}>{words}</p>");
    }
    let _ = write!(out, "<p{}>", direction(first.text()));
    for revision in revisions.iter().filter(|revision| revision.fate != other) {
        push_words(out, revision);
    }
    out.push_str("</p></div>");
}

fn push_words(out: &mut String, revision: &Revision) {
    let words = text(&revision.words).replace('\n', "<br>");
    let _ = match revision.fate {
        Fate::Deleted => write!(out, "<del>{words}</del>"),
        Fate::Inserted => write!(out, "<ins>{words}</ins>"),
        Fate::Kept | Fate::Replaced => write!(out, "{words}"),
    };
}
