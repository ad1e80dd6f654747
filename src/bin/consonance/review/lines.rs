//! What the questions about clauses and about rows have in common: lines for a terminal, lines of the standard input.

use std::io::{self, BufRead, IsTerminal};

use anyhow::Result;

use crate::output::{has_styles, natural_width};
use crate::terminal::layout::Frame;

/// Returns the frame of a paragraph on the standard output, with these indents.
pub(super) fn frame(first: usize, rest: usize) -> Frame {
    let is_on_terminal = io::stdout().is_terminal();
    Frame {
        width: natural_width(is_on_terminal),
        first,
        rest,
        has_styles: has_styles(is_on_terminal),
    }
}

/// Returns the first `n` characters of a text in quotation marks, with `…` if there are more.
pub(super) fn quoted_start(text: &str, n: usize) -> String {
    match text.char_indices().nth(n) {
        Some((end, _)) => format!("“{} …”", &text[..end]),
        None => format!("“{text}”"),
    }
}

/// Returns the next line of the standard input, without space around it; `None` at the end. What is not UTF-8 is
/// replaced.
pub(super) fn next_line() -> Result<Option<String>> {
    let mut line = Vec::new();
    let n_bytes = io::stdin().lock().read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line).trim().to_owned();
    Ok((n_bytes > 0).then_some(line))
}
