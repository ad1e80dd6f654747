//! Finds the clauses most like one that I cite, in other texts, and the words that make them alike.
//!
//! ```sh
//! cargo run --release --example similar_clauses
//! cargo run --release --example similar_clauses -- 'Paris Call ¶9' my/agreements
//! ```

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::{Corpus, LoadParams};
use consonance::index::{ClauseIndex, IndexParams, LikeExample, SearchParams};
use consonance::term::{Analyzer, AnalyzerParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let clause = arguments.next().unwrap_or("GGE 13(f)".to_owned());
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").to_owned();
    let folder = PathBuf::from(arguments.next().unwrap_or(bundled));

    let corpus = Corpus::load(&[folder], &LoadParams::default())?;
    let analyzer = Analyzer::new(AnalyzerParams::default());
    let index = ClauseIndex::build(&corpus, &analyzer, &IndexParams::default())?;

    // A clause is found by its key or as people cite it; `LikeExample::Text` takes any words instead.
    let params = SearchParams::default().limit(5);
    let found = index.more_like(LikeExample::Clause(&clause), &params)?;

    let mut out = io::stdout().lock();
    writeln!(out, "like {}", found.example)?;
    for hit in &found.hits {
        writeln!(out, "\n{}: {}", hit.citation, hit.text)?;

        // Each shared word has its part of the score: rare words count more.
        let words = hit.shared.iter().take(6);
        let words = words.map(|shared| format!("{} {:.2}", shared.word, shared.share.value()));
        writeln!(out, "  shared: {}", words.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}
