//! Scores the table against a coding that a person made: how far would they agree?
//!
//! ```sh
//! cargo run --release --example score_a_coding
//! cargo run --release --example score_a_coding -- my/coding.jsonl my/agreements
//! ```
//!
//! A line of a coding is `{"clause_id": "gge2015/13(f)", "issue": "Critical infrastructure"}`.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::evaluation::{Coding, confused_pairs, score_table};
use consonance::score::Score;
use consonance::table::{ConvergeParams, converge};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args_os().skip(1);
    let bundled = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    let coding = arguments
        .next()
        .map_or_else(|| bundled("corpus/coding.jsonl"), PathBuf::from);
    let folder = arguments
        .next()
        .map_or_else(|| bundled("corpus"), PathBuf::from);

    // As many issues as the person made, so that the partitions can be compared.
    let coding = Coding::parse(&read_file(&coding)?)?;
    let corpus = Corpus::load(&[folder], &LoadParams::default())?;
    let params = ConvergeParams::default().n_clusters(coding.issues().len());
    let table = converge(&corpus, &params)?;

    // Extended B-cubed compares the neighbors of each clause, assignments match rows to issues.
    let figures = score_table(&coding, &table)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} clauses, {} issues",
        figures.n_clauses, figures.n_issues
    )?;
    for (name, figure) in [
        ("extended B-cubed", figures.bcubed),
        ("assignments", figures.placements),
    ] {
        let [precision, recall, f1] =
            [figure.precision, figure.recall, figure.f1].map(Score::value);
        writeln!(
            out,
            "{name}: precision {precision:.2}, recall {recall:.2}, F1 {f1:.2}"
        )?;
    }

    // Where they disagree most: two clauses that one puts together and the other apart.
    for pair in confused_pairs(&coding, &table, 3) {
        let cited: Vec<&str> = pair
            .clauses
            .iter()
            .map(|of| of.clause.citation.as_str())
            .collect();
        writeln!(
            out,
            "disagreement {:.2}: {}",
            pair.badness.value(),
            cited.join(" and ")
        )?;
    }
    Ok(())
}
