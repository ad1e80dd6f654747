//! [`Borrowings`] as Markdown, CSV and JSON.

use crate::corpus::ClauseRef;
use crate::corpus::Direction;
use crate::report::counted;
use crate::report::csv::written;
use crate::report::markdown::escaped;
use crate::report::visible::one_line;
use crate::reuse::{Borrowing, Borrowings, Family};

/// Returns borrowings as Markdown: the families of phrases as nested lists, a table of the pairs, the
/// formulas.
///
/// All that comes from a text is escaped, so that none of it acts as markup.
pub fn borrowings_to_markdown(found: &Borrowings) -> String {
    let mut lines = vec!["# Borrowings".to_owned(), String::new()];
    lines.push("## Phrases and who had them first".to_owned());
    for family in &found.families {
        push_family(&mut lines, family);
    }
    lines.extend([
        String::new(),
        "## Pairs of clauses".to_owned(),
        String::new(),
        "| first | second | direction | verdict | grade | words | changed |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ]);
    lines.extend(found.pairs.iter().map(row_of));
    if found.n_left_out > 0 {
        let n = counted(found.n_left_out, "further pair was", "further pairs were");
        lines.extend([String::new(), format!("{n} not compared.")]);
    }
    lines.extend([String::new(), "## Formulas".to_owned(), String::new()]);
    for formula in &found.formulas {
        let n_agreements = counted(formula.n_agreements, "agreement", "agreements");
        let words = escaped(&one_line(&formula.words));
        lines.push(format!("- “{words}”: {n_agreements}; {}", formula.because));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn push_family(lines: &mut Vec<String>, family: &Family) {
    lines.push(String::new());
    let n_processes = counted(family.n_processes, "process", "processes");
    let words = escaped(&one_line(&family.words));
    lines.extend([format!("**“{words}”** ({n_processes})"), String::new()]);
    let mut depths: Vec<usize> = Vec::with_capacity(family.members.len());
    for member in &family.members {
        let depth = member.parent.map_or(0, |parent| depths[parent] + 1);
        depths.push(depth);
        let indent = "  ".repeat(depth);
        let words = escaped(&one_line(&member.words));
        lines.push(format!("{indent}- {}: “{words}”", dated(&member.clause)));
    }
}

fn row_of(pair: &Borrowing) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |",
        dated(&pair.a),
        dated(&pair.b),
        in_words(pair.precedence.direction),
        pair.overlap.verdict.name(),
        pair.overlap.grade.name(),
        pair.n_words,
        changed(pair)
    )
}

fn in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::AToB => "first is older",
        Direction::BToA => "second is older",
        Direction::Tie => "same time",
        Direction::Unknown => "unknown",
    }
}

fn dated(clause: &ClauseRef) -> String {
    let citation = escaped(&clause.citation);
    match &clause.published {
        Some(date) => format!("{date} {citation}"),
        None => citation,
    }
}

fn changed(pair: &Borrowing) -> String {
    let names: Vec<&str> = pair
        .overlap
        .changed
        .iter()
        .map(|kind| kind.name())
        .collect();
    names.join(", ")
}

/// Returns the pairs as CSV, a line a pair: both clauses with their dates, direction, verdict, grade,
/// words outside formulas, coverage of both, what changed, and the shared runs, a line break between
/// them.
///
/// Cells that a spreadsheet would take for formulas are made harmless as in [`to_csv`](super::to_csv).
pub fn borrowings_to_csv(found: &Borrowings) -> String {
    written(borrowings_records(found))
}

/// Returns the lines of the CSV, the header first.
pub(super) fn borrowings_records(found: &Borrowings) -> Vec<Vec<String>> {
    let header = [
        "a",
        "published a",
        "b",
        "published b",
        "direction",
        "verdict",
        "grade",
        "words",
        "coverage a",
        "coverage b",
        "changed",
        "runs",
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for pair in &found.pairs {
        let date = |clause: &ClauseRef| {
            clause
                .published
                .map(|date| date.to_string())
                .unwrap_or_default()
        };
        let [in_a, in_b] = pair.comparison.coverage;
        let runs: Vec<String> = pair
            .runs
            .iter()
            .map(|run| {
                let is_formula = run.is_formula == Some(true);
                let mark = if is_formula { "(formula) " } else { "" };
                format!("{mark}{}", run.words)
            })
            .collect();
        let record = [
            pair.a.citation.clone(),
            date(&pair.a),
            pair.b.citation.clone(),
            date(&pair.b),
            pair.precedence.direction.name().to_owned(),
            pair.overlap.verdict.name().to_owned(),
            pair.overlap.grade.name().to_owned(),
            pair.n_words.to_string(),
            format!("{:.3}", in_a.value()),
            format!("{:.3}", in_b.value()),
            changed(pair),
            runs.join("\n"),
        ];
        records.push(record.to_vec());
    }
    records
}

/// Returns borrowings as indented JSON that ends in a line break: the fields of [`Borrowings`], with
/// `schema` saying `consonance.borrowings/1`; the order of everything is fixed.
///
/// # Panics
///
/// Never: texts, counts and finite numbers have a JSON form.
pub fn borrowings_to_json(found: &Borrowings) -> String {
    let mut json = serde_json::to_string_pretty(found)
        .expect("texts, counts and finite numbers have a JSON form");
    json.push('\n');
    json
}
