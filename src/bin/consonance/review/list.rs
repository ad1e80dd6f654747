//! The list of doubtful clauses, to be read or filled in.

use anyhow::{Result, bail};
use consonance::report::{Report, save, to_form, to_json};
use consonance::table::Doubt;

use super::Args;
use crate::output::{print, tell};

/// Writes the list in the form of the ending of `--output`, or as Markdown.
pub(super) fn write(args: &Args, doubts: &[Doubt]) -> Result<()> {
    let Some(path) = &args.output else {
        return print(&doubts.page(usize::MAX).to_markdown());
    };
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let contents = match ending.to_lowercase().as_str() {
        "md" | "markdown" => doubts.page(usize::MAX).to_markdown().into_bytes(),
        "csv" => doubts.records().to_csv().into_bytes(),
        "docx" => to_form(doubts),
        "json" => to_json(&doubts).into_bytes(),
        _ => bail!(
            "{}: the list has the forms md, csv, docx and json",
            path.display()
        ),
    };
    save(path, contents)?;
    tell(&format!(
        "{} doubtful clauses are in {}",
        doubts.len(),
        path.display()
    ));
    Ok(())
}
