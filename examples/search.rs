//! The ad-hoc search program: a query, or a prompt, over a folder of agreements or the bundled corpus.
//!
//! ```sh
//! cargo run --release --example search                                  # a prompt over the bundled corpus
//! cargo run --release --example search -- '"critical infrastructure" NOT armed'
//! cargo run --release --example search -- my/agreements 'force:obligation year:2010.. hospital*'
//! ```
//!
//! Arguments that name files or folders are searched; the others are the query.

use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use consonance::corpus::{Corpus, LoadParams};
use consonance::error::ErrorKind;
use consonance::index::{ClauseIndex, Facet, FacetField, Hit, IndexParams, SearchParams};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// How many hits are shown, and how many values of a field.
const MAX_HITS: usize = 5;
const MAX_VALUES: usize = 6;

fn main() -> Outcome {
    let (inputs, words): (Vec<String>, Vec<String>) = env::args()
        .skip(1)
        .partition(|word| Path::new(word).exists());
    let index = index_of(inputs)?;
    if !words.is_empty() {
        return answer(&index, &words.join(" "));
    }
    loop {
        write!(io::stdout(), "search> ")?;
        io::stdout().flush()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            return Ok(());
        }
        if !line.trim().is_empty() {
            answer(&index, line.trim())?;
        }
    }
}

/// Reads the texts, or the bundled corpus, and builds an index of their clauses in memory.
fn index_of(inputs: Vec<String>) -> consonance::Result<ClauseIndex> {
    let mut paths: Vec<PathBuf> = inputs.into_iter().map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").into());
    }
    let corpus = Corpus::load(&paths, &LoadParams::default())?;
    // With the thesaurus a query for `ICT` also finds the words it stands for.
    let mut params = AnalyzerParams::default();
    params.thesaurus = Thesaurus::bundled();
    ClauseIndex::build(&corpus, &Analyzer::new(params), &IndexParams::default())
}

/// Prints the clauses that match a query, the best first, and how they spread over processes and years.
fn answer(index: &ClauseIndex, query: &str) -> Outcome {
    let mut out = io::stdout().lock();
    let params = SearchParams::default()
        .limit(MAX_HITS)
        .facets(vec![FacetField::Process, FacetField::Year]);
    let found = match index.search(query, &params) {
        Ok(found) => found,
        // Whoever mistypes a query wants to try again.
        Err(error) if error.kind() == ErrorKind::Query => return Ok(writeln!(out, "{error}")?),
        Err(error) => return Err(error.into()),
    };
    writeln!(out, "matching clauses: {}", found.n_hits)?;
    for facet in &found.facets {
        writeln!(out, "  {}: {}", facet.field, spread(facet))?;
    }
    let marks = if io::stdout().is_terminal() {
        ["\u{1b}[1m", "\u{1b}[0m"]
    } else {
        ["*", "*"]
    };
    for hit in &found.hits {
        let year = hit.year.map_or(String::new(), |year| format!(", {year}"));
        let (citation, process, score) = (&hit.citation, &hit.process, hit.score);
        writeln!(out, "\n{citation} ({process}{year})  {score:.2}")?;
        writeln!(out, "  {}", marked(hit, marks))?;
    }
    Ok(())
}

/// Returns the text of a hit, each matching word between two marks.
fn marked(hit: &Hit, [start, end]: [&str; 2]) -> String {
    let mut marked = String::new();
    let mut done = 0;
    for range in &hit.highlights {
        let (before, words) = (&hit.text[done..range.start], &hit.text[range.clone()]);
        marked.extend([before, start, words, end]);
        done = range.end;
    }
    marked + &hit.text[done..]
}

/// Returns the most frequent values of a field with their numbers of clauses.
fn spread(facet: &Facet) -> String {
    let counts = facet.counts.iter().take(MAX_VALUES);
    let shown = counts.map(|count| format!("{} {}", count.value, count.n_clauses));
    shown.collect::<Vec<_>>().join(", ")
}
