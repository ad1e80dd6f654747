//! Standard output and error, and their width; also used by the programs of the findings.

use std::io::{self, Write};

use anyhow::Result;
use consonance::report::visible;

/// The default width.
const DEFAULT_WIDTH: usize = 80;
/// The least width to print in.
const MIN_WIDTH: usize = 40;

/// Returns the width in `COLUMNS`, otherwise that of the terminal, otherwise 80.
pub(crate) fn natural_width(is_on_terminal: bool) -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|width| width.parse().ok());
    let own = || {
        let width = comfy_table::Table::new().width();
        width.filter(|_| is_on_terminal).map(usize::from)
    };
    told.or_else(own)
        .filter(|width| *width > 0)
        .map_or(DEFAULT_WIDTH, |width: usize| width.max(MIN_WIDTH))
}

/// Returns whether to print in bold and color: on a terminal that supports it, unless `NO_COLOR` is set.
pub(crate) fn has_styles(is_on_terminal: bool) -> bool {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    is_on_terminal && !is_plain && !is_dumb
}

pub(crate) fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

pub(crate) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Writes a line to the error stream, if it is open.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(line));
}

/// Returns whether the reader of the output closed it, as `head` does.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
