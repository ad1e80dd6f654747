//! [`figures_to_text`]: agreement with a human coding, a line a figure.

use crate::evaluation::{CodingFigures, PrecisionRecall};
use crate::report::counted;

/// What marks the measures that random clusters do well on, and what the mark means.
const HIGH_BY_CHANCE: &str = "(*)";
const WHAT_IS_HIGH: &str =
    "(*) high by chance alone: compare only with tables of equally many rows";

/// How many unmatched clauses are named.
const MAX_NAMED: usize = 5;

/// Returns the figures for a person, a line each, with a word on those that are high by chance.
pub fn figures_to_text(figures: &CodingFigures) -> String {
    let mut lines = vec![format!(
        "Agreement with the coding: {}, {}, {}",
        counted(figures.n_clauses, "clause", "clauses"),
        counted(figures.n_issues, "issue", "issues"),
        counted(figures.n_cells, "filled cell", "filled cells"),
    )];
    lines.push(line(
        "rows found",
        &format!(
            "{} of two coded clauses or more; {} of one; {} left out",
            figures.n_clusters,
            figures.n_singletons - figures.n_left_out,
            figures.n_left_out
        ),
    ));
    lines.push(shares("extended B-cubed", figures.bcubed, ""));
    lines.push(number(
        "adjusted Rand index",
        figures.adjusted_rand,
        "0 by chance",
    ));
    lines.push(number(
        "adjusted information",
        figures.adjusted_information,
        "0 by chance",
    ));
    lines.push(alpha("Krippendorff's alpha", figures.alpha));
    lines.push(alpha("alpha, sets of issues", figures.alpha_of_sets));
    lines.push(number(
        "normalized information",
        figures.normalized_information.value(),
        "",
    ));
    lines.push(number(
        "V-measure",
        figures.v_measure.value(),
        HIGH_BY_CHANCE,
    ));
    lines.push(number("purity", figures.purity.value(), HIGH_BY_CHANCE));
    lines.push(shares("cells", figures.cells, HIGH_BY_CHANCE));
    lines.push(shares("placements", figures.placements, ""));
    lines.push(format!("  {WHAT_IS_HIGH}"));
    push_unmatched(&mut lines, "coded, but not read", &figures.missing);
    push_unmatched(
        &mut lines,
        "read, but not coded (of no effect)",
        &figures.uncoded,
    );
    lines.push(String::new());
    lines.join("\n")
}

fn line(name: &str, value: &str) -> String {
    format!("  {name:<23} {value}").trim_end().to_owned()
}

fn number(name: &str, value: f64, remark: &str) -> String {
    line(name, &format!("{value:.3}  {remark}"))
}

fn alpha(name: &str, value: Option<f64>) -> String {
    match value {
        Some(value) => number(name, value, "0 by chance"),
        None => line(name, "not defined: all codes are the same"),
    }
}

fn shares(name: &str, shares: PrecisionRecall, remark: &str) -> String {
    let value = format!(
        "{:.3}  (precision {:.3}, recall {:.3})  {remark}",
        shares.f1.value(),
        shares.precision.value(),
        shares.recall.value()
    );
    line(name, &value)
}

fn push_unmatched(lines: &mut Vec<String>, what: &str, ids: &[String]) {
    if ids.is_empty() {
        return;
    }
    let named: Vec<&str> = ids.iter().take(MAX_NAMED).map(String::as_str).collect();
    let more = if ids.len() > MAX_NAMED { ", ..." } else { "" };
    let count = counted(ids.len(), "clause", "clauses");
    lines.push(format!("  {what}: {count}: {}{more}", named.join(", ")));
}
