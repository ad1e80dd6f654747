//! The clauses of a file as a tree.

use std::fmt::Write as _;

use super::cut::CutFile;
use crate::terminal::printable::printable;

/// The most characters of a clause in the tree.
const MAX_WORDS: usize = 60;

/// The clauses of a file, one on each line, indented by depth.
pub(crate) fn tree(file: &CutFile) -> String {
    let mut tree = String::new();
    let title = file.title.as_deref().unwrap_or("no title");
    let language = file.language.as_deref().unwrap_or("language unknown");
    let n_clauses = file.clauses.len();
    let head = format!("{}: {title} ({language}), {n_clauses} clauses", file.file);
    tree.push_str(&printable(&head));
    tree.push('\n');
    let mut heading: Option<&str> = None;
    for clause in &file.clauses {
        if clause.heading.as_deref() != heading {
            heading = clause.heading.as_deref();
            let words = printable(&shortened(heading.unwrap_or("")));
            writeln!(tree, "  [{words}]").expect("a string takes all");
        }
        let indent = "  ".repeat(usize::from(clause.level) + 1);
        let label = printable(clause.label.as_deref().unwrap_or("-"));
        let words = printable(&shortened(&clause.text));
        let kind = clause.kind;
        writeln!(tree, "{indent}{label}  {words}  ({kind})").expect("a string takes all");
    }
    tree
}

/// The diagnostics of a file, one on each line.
pub(crate) fn diagnostics(file: &CutFile) -> String {
    let told = file.diagnostics.iter();
    told.map(|told| printable(&told.to_string()) + "\n")
        .collect()
}

fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
