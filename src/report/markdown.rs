//! [`to_markdown`]: the table for a document that people read and edit.

use crate::report::force::force_line;
use crate::report::gap::gaps_page;
use crate::report::trust::{also_near_line, trust_line, typical_line};
use crate::report::visible::one_line;
use crate::report::{Quoted, counted, parameters_line, why_alone};
use crate::table::{Alone, ConvergenceTable, Row};

/// The most gaps of each sort that a table tells.
const MAX_GAPS: usize = 25;

/// Returns the table as Markdown: a title, how it was made, the table, the clauses that stand alone,
/// the gaps if the table tells them, the diagnostics.
///
/// A cell holds `**citation**: “text”` for each clause, `<br>` between them. All that comes from a
/// text is escaped, so that none of it acts as markup. Tables are the `|` kind that most readers of
/// Markdown show; line breaks within a clause become spaces, since such a table has none.
pub fn to_markdown(table: &ConvergenceTable) -> String {
    let mut lines = vec!["# Convergence table".to_owned(), String::new()];
    let parameters = parameters_line(table);
    if !parameters.is_empty() {
        lines.push(format!("Made with {}.", escaped(&parameters)));
        lines.push(String::new());
    }
    if table.rows.is_empty() {
        lines.push("No issue is shared by several clauses.".to_owned());
    } else {
        push_table(&mut lines, table);
    }
    push_list(&mut lines, "Standing alone", &table.alone, line_of_alone);
    if let Some(gaps) = &table.gaps {
        lines.push(String::new());
        lines.push(
            gaps_page(gaps, MAX_GAPS)
                .to_markdown()
                .trim_end()
                .to_owned(),
        );
    }
    push_list(
        &mut lines,
        "Diagnostics",
        &table.diagnostics,
        |diagnostic| escaped(&diagnostic.to_string()),
    );
    lines.push(String::new());
    lines.join("\n")
}

fn push_table(lines: &mut Vec<String>, table: &ConvergenceTable) {
    let titles: Vec<String> = table
        .columns
        .iter()
        .map(|column| escaped(&column.title))
        .collect();
    lines.push(format!("| Issue | {} |", titles.join(" | ")));
    lines.push(format!("| --- |{}", " --- |".repeat(titles.len())));
    for row in &table.rows {
        let cells: Vec<String> = table
            .columns
            .iter()
            .map(|column| cell_of(row, &column.id))
            .collect();
        let n_processes = counted(row.n_processes, "process", "processes");
        let issue = escaped(&row.issue);
        let remarks = [trust_line(row), typical_line(row), force_line(row)];
        let remarks: Vec<String> = remarks
            .iter()
            .flatten()
            .map(|line| format!("<br>{}", escaped(line)))
            .collect();
        let remarks = remarks.concat();
        lines.push(format!(
            "| **{issue}**<br>{n_processes}{remarks} | {} |",
            cells.join(" | ")
        ));
    }
}

fn cell_of(row: &Row, column: &str) -> String {
    let quotes = row.cells.get(column).map_or(&[][..], Vec::as_slice);
    let quotes: Vec<String> = quotes
        .iter()
        .map(|quote| match also_near_line(quote) {
            Some(near) => format!("{} ({})", quotation(quote.into()), escaped(&near)),
            None => quotation(quote.into()),
        })
        .collect();
    quotes.join("<br>")
}

fn quotation(quoted: Quoted) -> String {
    let citation = escaped(&quoted.cited());
    let text = escaped(quoted.text);
    match quoted.lead_in {
        Some(lead_in) => format!("**{citation}**: {} “{text}”", escaped(lead_in)),
        None => format!("**{citation}**: “{text}”"),
    }
}

fn line_of_alone(alone: &Alone) -> String {
    format!(
        "{} ({})",
        quotation(alone.into()),
        escaped(&why_alone(alone))
    )
}

fn push_list<T>(lines: &mut Vec<String>, title: &str, items: &[T], line_of: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    lines.extend([String::new(), format!("## {title}"), String::new()]);
    lines.extend(items.iter().map(|item| format!("- {}", line_of(item))));
}

/// Returns `text` on one line, with every character that Markdown or HTML could act on escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut result = String::new();
    for c in one_line(text).chars() {
        match c {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => result.extend(['\\', c]),
            _ => result.push(c),
        }
    }
    result
}
