//! Which clauses cite which instruments, and the network of agreements by citation and shared words.

#[path = "finding/mod.rs"]
mod finding;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::{Citations, Network, citations, network};
use consonance::report::{
    citations_page, citations_to_csv, network_to_csv, network_to_gexf, network_to_graphml,
};
use consonance::reuse::{BorrowingParams, SharedWording};
use consonance::similarity::{Representation, RepresentationParams};
use serde::Serialize;

use finding::{Common, Forms};

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example citations --`):
  (nothing)                                  the bundled corpus
  treaties/ --format graphml --output n.graphml   the network, to be drawn
  treaties/ --format edges                   the same as a list of edges, CSV
  treaties/ --json                           both, for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Tells which clauses cite which instruments, and which agreements are tied by citation and words.
#[derive(Debug, Parser)]
#[command(name = "citations", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,
}

/// What JSON holds.
#[derive(Serialize)]
struct Found {
    citations: Citations,
    network: Network,
}

fn main() -> ExitCode {
    finding::report_outcome("citations", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let corpus = finding::load_corpus(&args.common, &[])?;
    let citations = citations(&corpus);
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let min_words = BorrowingParams::default().min_run_words;
    let wording = SharedWording::of(&corpus, &representation, min_words);
    let network = network(&corpus, &citations, &wording);
    let forms = Forms {
        page: citations_page(&citations, &network, args.common.limit),
        csv: citations_to_csv(&citations),
        network: Some([
            network_to_graphml(&network),
            network_to_csv(&network),
            network_to_gexf(&network),
        ]),
    };
    let found = Found { citations, network };
    finding::write(&args.common, &found, &forms)?;
    Ok(corpus)
}
