//! Makes one page to pass around: the table with its quotes, pictures and findings, which opens from disk
//! and needs no network.
//!
//! ```sh
//! cargo run --release --example make_a_page -- table.html
//! cargo run --release --example make_a_page -- table.html my/agreements
//! ```

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{Findings, Study};
use consonance::report::{HtmlParams, save, to_html};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, converge_on};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args_os().skip(1);
    let output = PathBuf::from(arguments.next().ok_or("name a file to write")?);
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = PathBuf::from(arguments.next().unwrap_or(bundled.into()));

    // A study is a corpus, the vectors of its clauses and its table: all that findings are made of.
    let corpus = Corpus::load(&[folder], &LoadParams::default())?;
    let params = ConvergeParams::default();
    let representation = Representation::of(&corpus, &params.representation)?;
    let table = converge_on(&corpus, &representation, &params)?;
    let study = Study::new(corpus, representation, table);

    // Gaps, the timeline, keyness, the network and the rest, each computed once.
    let findings = Findings::of(&study)?;
    let mut page = HtmlParams::default();
    page.title = String::from("What they agree on");

    // The file is replaced as a whole: a reader sees the old page or the new one.
    save(&output, to_html(&findings, &page))?;
    let n_issues = study.table().rows.len();
    writeln!(io::stdout(), "{n_issues} issues in {}", output.display())?;
    Ok(())
}
