//! Which clauses cite which instruments, and the network of agreements by citation and text reuse.

#[path = "finding/mod.rs"]
mod finding;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::{Citations, Network, citations, network};
use consonance::report::{Page, Records, Report};
use consonance::reuse::{ReuseParams, SharedWording};
use consonance::similarity::{Representation, RepresentationParams};
use serde::Serialize;

use finding::{Common, Format};

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example citations --`):
  (nothing)                                  the bundled corpus
  treaties/ --format graphml --output n.graphml   the network, to be drawn
  treaties/ --format edges                   the same as a list of edges, CSV
  treaties/ --json                           both, for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds which clauses cite which instruments, and which agreements are connected by citation and text
/// reuse.
#[derive(Debug, Parser)]
#[command(name = "citations", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,
}

/// The content of the JSON output.
#[derive(Serialize)]
struct Found {
    citations: Citations,
    network: Network,
}

/// The citations, followed by the connections by shared words; a record is a citation.
impl Report for Found {
    fn page(&self, limit: usize) -> Page {
        let mut page = self.citations.page(limit);
        let ties = self.network.page(limit).blocks;
        // The title of the page is that of the citations.
        page.blocks.extend(ties.into_iter().skip(1));
        page
    }

    fn records(&self) -> Records {
        self.citations.records()
    }
}

fn main() -> ExitCode {
    finding::report_outcome("citations", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let corpus = finding::load_corpus(&args.common, &[])?;
    let citations = citations(&corpus);
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let min_words = ReuseParams::default().min_run_words;
    let wording = SharedWording::of(&corpus, &representation, min_words);
    let network = network(&corpus, &citations, &wording);
    let common = &args.common;
    match common.format() {
        Format::Graphml => finding::write_text(common, &network.to_graphml())?,
        Format::Gexf => finding::write_text(common, &network.to_gexf())?,
        Format::Edges => finding::write_text(common, &network.records().to_csv())?,
        _ => finding::write(common, &Found { citations, network })?,
    }
    Ok(corpus)
}
