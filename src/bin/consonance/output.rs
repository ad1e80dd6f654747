//! What a subcommand writes: standard output and error, and files that are none of its inputs.

use std::fs::{self, Metadata};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use consonance::corpus::Corpus;
use consonance::report::{save, visible};
use serde::Serialize;

/// The default width.
const DEFAULT_WIDTH: usize = 80;
/// The least width to print in.
const MIN_WIDTH: usize = 40;
/// The greatest width to print in.
const MAX_WIDTH: usize = 1_000;

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
        .map_or(DEFAULT_WIDTH, |width: usize| {
            width.clamp(MIN_WIDTH, MAX_WIDTH)
        })
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

/// Writes to a file, or to standard output if none is named.
pub(crate) fn deliver(output: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match output {
        Some(path) => Ok(save(path, bytes)?),
        None => print_bytes(bytes),
    }
}

/// Returns the format that the ending of a file to write selects, whatever the case of its letters.
pub(crate) fn format_by_ending<F: Copy>(output: Option<&Path>, known: &[(&str, F)]) -> Option<F> {
    let ending = output?.extension()?.to_string_lossy().to_lowercase();
    let selected = known.iter().find(|(known, _)| *known == ending);
    selected.map(|(_, format)| *format)
}

/// Refuses to write to a terminal what it cannot show; `example` is a file that could be named.
pub(crate) fn refuse_terminal(output: Option<&Path>, example: &str) -> Result<()> {
    if output.is_none() && io::stdout().is_terminal() {
        bail!("this form is no text for a terminal: name a file, as in `--output {example}`");
    }
    Ok(())
}

/// Writes a value as JSON, piece by piece: the JSON of many texts is as large as they are.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// Writes a line to the error stream, if it can be written to, with control characters made visible.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(line));
}

/// Returns whether the reader of the output closed it, as `head` does.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Refuses a file to write that is one of the inputs, or would be read as a text of an input folder,
/// whatever links or spellings lead to it.
pub(crate) fn refuse_inputs(output: Option<&Path>, inputs: &[PathBuf]) -> Result<()> {
    let Some(output) = output else { return Ok(()) };
    // What does not exist yet is no input.
    let (Ok(place), Ok(facts)) = (fs::canonicalize(output), fs::metadata(output)) else {
        return Ok(());
    };
    for input in inputs {
        let Ok(input_facts) = fs::metadata(input) else {
            continue;
        };
        let is_input = is_same_file(&facts, &input_facts)
            || fs::canonicalize(input).is_ok_and(|input| {
                place == input || (place.starts_with(&input) && is_text(&place))
            });
        if is_input && facts.is_file() {
            let (output, input) = (output.display(), input.display());
            bail!("{output} is an input of this run ({input}): name another file to write");
        }
    }
    Ok(())
}

/// Returns whether a folder's file is read, by its name.
fn is_text(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Corpus::opens(&name)
}

/// Returns whether two names lead to one file, as hard links do.
#[cfg(unix)]
pub(crate) fn is_same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Returns whether two names are known to lead to one file: other systems do not tell.
#[cfg(not(unix))]
pub(crate) fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    false
}
