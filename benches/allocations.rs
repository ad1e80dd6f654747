//! Memory allocations of the hot paths, in number and bytes: the same on every run.
//!
//! `cargo bench --bench allocations` prints one line per path; each is counted twice, and the counts must
//! be equal. Counted on one thread.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints what it counted"
)]

use std::path::Path;

use allocation_counter::{AllocationInfo, measure};
use consonance::clause::segment;
use consonance::corpus::{Corpus, LoadParams};
use consonance::id::AgreementId;
use consonance::index::{ClauseIndex, IndexParams, SearchParams};
use consonance::reuse::Passages;
use consonance::similarity::k_nearest;
use consonance::term::{Analyzer, TokenizedCorpus};
use consonance::vector::{VectorParams, VectorSpace};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::load(&[folder], &LoadParams::default()).unwrap();
    let n_clauses = corpus.clauses().len();
    println!("{n_clauses} clauses; allocations, of that a clause, and bytes at most at once");
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1);
    one_thread.build().unwrap().install(|| count_all(&corpus));
}

fn count_all(corpus: &Corpus) {
    let analyzer = Analyzer::default();
    let lists = TokenizedCorpus::of(corpus, &analyzer);
    let space = VectorSpace::fit(&lists, &VectorParams::default()).unwrap();
    let matrix = space.matrix();
    let group_of: Vec<AgreementId> = corpus.clauses().iter().map(|c| c.agreement).collect();
    let index = ClauseIndex::build(corpus, &analyzer, &IndexParams::default()).unwrap();
    let texts: Vec<&str> = corpus.clause_ids().map(|id| corpus.text(id)).collect();
    let whole = texts.join("\n\n");

    print("segmenting", corpus, || segment(&whole, &[]).segments.len());
    // The analyzer already knows all words, so only the work on texts is counted.
    print("terms", corpus, || {
        TokenizedCorpus::of(corpus, &analyzer).n_terms()
    });
    print("vectors", corpus, || {
        let space = VectorSpace::fit(&lists, &VectorParams::default()).unwrap();
        space.matrix().n_values()
    });
    print("neighbors", corpus, || {
        k_nearest(matrix, &group_of, 10, 0.5).unwrap().len()
    });
    print("shared runs", corpus, || Passages::of(corpus, 6).len());
    print("query", corpus, || {
        let params = SearchParams::default();
        index
            .search("states protect infrastructure", &params)
            .unwrap()
            .n_hits
    });
}

/// Counts the allocations of some work twice, and prints them.
fn print(name: &str, corpus: &Corpus, work: impl Fn() -> usize) {
    // Allocations on first use are not counted.
    work();
    let mut found = [0, 0];
    let counted: Vec<AllocationInfo> = found
        .iter_mut()
        .map(|found| measure(|| *found = work()))
        .collect();
    let counts = |info: &AllocationInfo| (info.count_total, info.bytes_max);
    assert!(found[0] > 0 && found[0] == found[1], "{name}: {found:?}");
    assert_eq!(counts(&counted[0]), counts(&counted[1]), "{name}");
    let a_clause = counted[0].count_total as f64 / corpus.clauses().len() as f64;
    println!(
        "{name:<12}{:>10}{a_clause:>10.2}{:>12}",
        counted[0].count_total, counted[0].bytes_max
    );
}
