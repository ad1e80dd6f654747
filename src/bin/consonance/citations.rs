//! Which clauses cite which instruments, and the network of agreements by citation and text reuse.

use anyhow::Result;
use consonance::finding::{Citations, Network, citations, network};
use consonance::report::{Page, Records, Report};
use consonance::reuse::{ReuseParams, SharedWording};
use consonance::similarity::{Representation, RepresentationParams};
use serde::Serialize;

use crate::command::Outcome;
use crate::finding::{self, Common, Format};
use crate::inputs::tell_unread;

const EXAMPLES: &str = "\
Examples:
  consonance citations                                                the bundled corpus
  consonance citations treaties/ --format graphml --output n.graphml  the network, to be drawn
  consonance citations treaties/ --format edges                       the same as a list of edges, CSV
  consonance citations treaties/ --json                               both, for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds which clauses cite which instruments, and which agreements are connected by citation and text
/// reuse.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
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

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let corpus = finding::load_corpus(&args.common)?;
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
    Ok(tell_unread(&corpus))
}
