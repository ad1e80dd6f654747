//! A clause in both versions, beside each other.

use std::fmt::Write;

use crate::finding::{ClauseFate, Revision, VersionClause};
use crate::report::finding::versions::{numbers, reasons};
use crate::report::form::html::{direction, push_text, text};
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
    let change = row.change;
    let mut classes = vec![change.fate.name()];
    classes.extend(is_same(row).then_some("same"));
    classes.extend(change.force_in_words().map(|_| "force"));
    classes.extend((row.role == RowRole::OldPlace).then_some("place"));
    let _ = write!(
        out,
        "<article id={} class=\"{}\"><header><b>{}</b>",
        anchor(step, row),
        classes.join(" "),
        text(&numbers(change))
    );
    push_tags(out, step, row);
    out.push_str("</header><div>");
    match row.role {
        RowRole::Clause => {
            push_side(
                out,
                &change.before,
                sides(&change.revisions, Fate::Inserted),
            );
            push_side(out, &change.after, sides(&change.revisions, Fate::Deleted));
        }
        RowRole::OldPlace => {
            push_side(
                out,
                &change.before,
                sides(&change.revisions, Fate::Inserted),
            );
            out.push_str("<p></p>");
        }
    }
    out.push_str("</div>");
    push_reasons(out, row);
    out.push_str("</article>\n");
}

fn push_tags(out: &mut String, step: usize, row: &PageRow<'_>) {
    let change = row.change;
    if change.is_moved {
        let (role, words) = match row.role {
            RowRole::Clause => (RowRole::OldPlace, "moved: where it stood"),
            RowRole::OldPlace => (RowRole::Clause, "moved: where it stands"),
        };
        let target = anchor(step, &PageRow { role, ..*row });
        let _ = write!(out, " <a class=tag href=\"#{target}\">{words}</a>");
    }
    if row.role == RowRole::OldPlace {
        return;
    }
    if change.fate != ClauseFate::Moved {
        let _ = write!(out, " <span class=tag>{}</span>", change.fate.name());
    }
    if change.is_renumbered {
        out.push_str(" <span class=tag>renumbered</span>");
    }
    if let Some(force) = change.force_in_words() {
        let class = force.rsplit(' ').next().unwrap_or_default();
        let _ = write!(out, " <span class=\"tag {class}\">{force}</span>");
    }
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

/// Returns the revisions of one version: without what only the other has.
fn sides(revisions: &[Revision], other: Fate) -> impl Iterator<Item = &Revision> {
    revisions
        .iter()
        .filter(move |revision| revision.fate != other)
}

/// Appends the words of one version, what the other has not marked.
fn push_side<'r>(
    out: &mut String,
    clauses: &[VersionClause],
    revisions: impl Iterator<Item = &'r Revision>,
) {
    let Some(first) = clauses.first() else {
        out.push_str("<p></p>");
        return;
    };
    out.push_str("<div>");
    if let Some(lead_in) = first.lead_in() {
        let _ = write!(
            out,
            "<p class=lead{}>{}</p>",
            direction(lead_in),
            text(lead_in)
        );
    }
    let _ = write!(out, "<p{}>", direction(first.text()));
    for revision in revisions {
        let element = match revision.fate {
            Fate::Deleted => Some("del"),
            Fate::Inserted => Some("ins"),
            Fate::Kept | Fate::Replaced => None,
        };
        let mut words = String::new();
        push_text(&mut words, &revision.words);
        let words = words.replace('\n', "<br>");
        let _ = match element {
            Some(element) => write!(out, "<{element}>{words}</{element}>"),
            None => write!(out, "{words}"),
        };
    }
    out.push_str("</p></div>");
}
