//! Figures and disagreements as text in 80 columns.

use consonance::evaluation::{
    CodingFigures, ConfusedCell, ConfusedClause, ConfusedPair, RetrievalFigures,
};
use consonance::report::visible;
use consonance::score::Score;
use unicode_width::UnicodeWidthStr;

/// The greatest width of a line.
const WIDTH: usize = 80;

pub(crate) fn retrieval(figures: &RetrievalFigures) -> String {
    let of_rankings = [
        ("mean average precision", figures.map),
        ("nDCG of the first ten", figures.ndcg_at_10),
        ("first answer is right", figures.precision_at_1),
        ("recall of the first ten", figures.recall_at_10),
        ("reciprocal rank", figures.reciprocal_rank),
    ];
    let mut lines = vec![format!(
        "Rankings: {} clauses of which another process has the issue",
        figures.n_queries
    )];
    let line = |(name, score): (&str, Score)| format!("  {name:<23} {:.3}", score.value());
    lines.extend(of_rankings.map(line));
    lines.join("\n") + "\n"
}

pub(crate) fn labels(found: &CodingFigures) -> String {
    let (names, placements) = (found.names.unwrap_or_default(), found.placements);
    format!(
        "Every clause under its nearest given issue\n  {:<23} {:.3}\n  {:<23} {:.3}  \
         (precision {:.3}, recall {:.3})\n  {:<23} {:.3}  (precision {:.3}, recall {:.3})\n",
        "first issue is right",
        found.first_issue.unwrap_or_default().value(),
        "names of issues",
        names.f1.value(),
        names.precision.value(),
        names.recall.value(),
        "placements",
        placements.f1.value(),
        placements.precision.value(),
        placements.recall.value(),
    )
}

/// Returns the worst pairs, and the same number of cells.
pub(crate) fn confusions(pairs: &[ConfusedPair], cells: &[ConfusedCell]) -> String {
    let mut lines = vec![format!("The {} worst pairs", pairs.len())];
    for pair in pairs {
        push_pair(&mut lines, pair);
    }
    lines.push("\nIssues in other rows, most clauses first".to_owned());
    for cell in cells {
        push_cell(&mut lines, cell);
    }
    lines.join("\n") + "\n"
}

fn push_pair(lines: &mut Vec<String>, pair: &ConfusedPair) {
    let what = confusion_in_words(pair.confusion);
    lines.push(format!("\n  {what} (badness {:.2})", pair.badness.value()));
    for clause in &pair.clauses {
        push_clause(lines, clause);
    }
}

/// What the coding and the table do with the clauses of a confused pair.
fn confusion_in_words(confusion: &str) -> &'static str {
    match confusion {
        "kept-apart" => "the coding puts together, the table apart",
        _ => "the table puts together, the coding apart",
    }
}

fn push_clause(lines: &mut Vec<String>, clause: &ConfusedClause) {
    let row = row_name(clause.row.as_deref());
    push_wrapped(lines, 4, &clause.clause.citation);
    push_wrapped(lines, 6, &format!("coding: {}", clause.issues.join("; ")));
    push_wrapped(lines, 6, &format!("row: {row}"));
    push_wrapped(lines, 6, &format!("“{}”", clause.text));
}

fn push_cell(lines: &mut Vec<String>, cell: &ConfusedCell) {
    let row = row_name(cell.row.as_deref());
    let of_row = match &cell.issue_of_row {
        Some(issue) => format!(" (the row of {issue})"),
        None => String::new(),
    };
    let words = format!("{}: {} in {row}{of_row}", cell.clauses.len(), cell.issue);
    push_wrapped(lines, 2, &words);
}

fn row_name(row: Option<&str>) -> &str {
    row.unwrap_or("none: the clause stands alone")
}

/// Adds indented lines of words within the page width; a longer word has a line of its own.
fn push_wrapped(lines: &mut Vec<String>, indent: usize, words: &str) {
    let mut line = String::new();
    for word in visible(words).split_whitespace() {
        let is_full = indent + line.width() + 1 + word.width() > WIDTH;
        if is_full && !line.is_empty() {
            lines.push(format!("{:indent$}{line}", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{:indent$}{line}", ""));
}
