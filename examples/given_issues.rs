//! Arranges clauses under issues that I name, and shows who speaks to each and who does not.
//!
//! ```sh
//! cargo run --release --example given_issues
//! cargo run --release --example given_issues -- my/issues.toml my/agreements
//! ```

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::table::{Codebook, ConvergeParams, converge};

/// Two issues; `words` and `description` help to find their clauses.
const ISSUES: &str = r#"
[[issue]]
name = "Protecting critical infrastructure"

[[issue]]
name = "Supply chain security"
description = "Keeping products trustworthy on their way to the user."
words = ["hidden functions"]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args_os().skip(1);
    let codebook = match arguments.next() {
        Some(path) => Codebook::parse(&read_file(Path::new(&path))?)?,
        None => Codebook::parse(ISSUES)?,
    };
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = PathBuf::from(arguments.next().unwrap_or(bundled.into()));
    let names: Vec<String> = codebook
        .issues
        .iter()
        .map(|issue| issue.name.clone())
        .collect();

    let corpus = Corpus::load(&[folder], &LoadParams::default())?;
    let table = converge(&corpus, &ConvergeParams::default().guide(codebook))?;

    // Clauses near no given issue make rows of their own, which are left out here. An issue that nobody
    // speaks to is an empty row.
    let mut out = io::stdout().lock();
    for row in table.rows.iter().filter(|row| names.contains(&row.issue)) {
        writeln!(
            out,
            "\n{}: {} of {} processes",
            row.issue,
            row.n_processes,
            table.columns.len()
        )?;
        for quote in row.cells.values().flatten() {
            // How similar the clause is to the others of its row.
            writeln!(out, "  {:.2}  {}", quote.score.value(), quote.citation)?;
        }
        let silent = table
            .columns
            .iter()
            .filter(|column| !row.cells.contains_key(&column.id));
        let silent: Vec<&str> = silent.map(|column| column.title.as_str()).collect();
        writeln!(out, "  silent: {}", silent.join(", "))?;
    }
    Ok(())
}
