//! Cuts a text into clauses and prints them with their official numbers: look here first if a citation
//! seems wrong.
//!
//! ```sh
//! cargo run --example cut_a_text
//! cargo run --example cut_a_text -- my/agreements/code.txt
//! ```

use std::io::{self, Write};
use std::path::Path;

use consonance::clause::{Granularity, segment};
use consonance::corpus::read_file;

/// A text in the style of a code of conduct.
const SAMPLE: &str = "\
Article 1
Lights

1. Members shall keep their harbor lights burning from dusk to dawn.

2. Members should:
(a) tell each other of lights that have failed;
(b) repair them within a week.

Article 2

No member shall charge ships in distress.
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args_os().nth(1) {
        Some(path) => read_file(Path::new(&path))?,
        None => SAMPLE.to_owned(),
    };

    // Nothing can fail here and no byte is lost: what is not a clause is a heading, a lead-in or page
    // furniture. The hints are what a format knows of headings; plain text knows none.
    let found = segment(&text, &[]);

    let mut out = io::stdout().lock();
    for clause in found.at(Granularity::Item) {
        let label = clause.label.as_ref().map_or("-", |label| label.as_str());
        let words = found.words(&text, clause.body.clone());
        writeln!(
            out,
            "{:width$}{label}  {words}",
            "",
            width = 2 * usize::from(clause.level)
        )?;

        // The words that introduce a list stay with each of its items.
        if let Some(lead_in) = &clause.lead_in {
            writeln!(
                out,
                "      introduced by: {}",
                found.words(&text, lead_in.clone())
            )?;
        }
    }

    // Gaps and repeats in the numbering are told, with their lines.
    for diagnostic in &found.diagnostics {
        writeln!(out, "{diagnostic}")?;
    }
    Ok(())
}
