//! How fast clauses become terms, an index and vectors, in bytes and in clauses per second.
//!
//! The README in this folder explains how to run it and how to read the output.

#![allow(
    missing_docs,
    reason = "criterion's macros make public items without docs"
)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a benchmark fails loudly and says what it leaves out"
)]

use std::path::Path;
use std::time::Duration;

use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::index::{ClauseIndex, IndexParams};
use consonance::read::{ReadLimits, read};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus, TokenizedCorpus};
use consonance::vector::{VectorParams, VectorSpace};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rand::distributions::WeightedIndex;
use rand::prelude::Distribution;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::json;

/// The clauses of each input.
const N_CLAUSES: usize = 20_000;
/// The seed of the generated clauses.
const SEED: u64 = 20;
/// The number of terms and stored values of the generated clauses: a change is a change of behavior.
const INVENTED_SIZE: (usize, usize) = (6_037, 1_254_491);

/// A corpus, and the expected result.
struct Input {
    name: &'static str,
    corpus: Corpus,
    n_bytes: u64,
    n_terms: usize,
    n_values: usize,
}

impl Input {
    fn new(name: &'static str, corpus: Corpus) -> Self {
        let ids = corpus.clause_ids();
        let n_bytes = ids.map(|id| corpus.text(id).len() as u64).sum();
        let lists = TokenizedCorpus::of(&corpus, &analyzer());
        let space = VectorSpace::fit(&lists, &VectorParams::default()).unwrap();
        Self {
            name,
            n_bytes,
            n_terms: lists.n_distinct_terms(),
            n_values: space.matrix().n_values(),
            corpus,
        }
    }

    fn n_clauses(&self) -> u64 {
        self.corpus.clauses().len() as u64
    }
}

fn analyzer() -> Analyzer {
    let mut params = AnalyzerParams::default();
    params.thesaurus = Thesaurus::bundled();
    Analyzer::new(params)
}

/// Words that occur in most clauses, the most frequent first.
const COMMON: [&str; 24] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "states",
    "shall",
    "that",
    "for",
    "their",
    "with",
    "measures",
    "parties",
    "should",
    "information",
    "by",
    "cooperation",
    "security",
    "on",
    "international",
    "networks",
    "development",
    "under",
    "systems",
];
/// Beginnings, middles and ends of the rarer words.
const PARTS: [[&str; 12]; 3] = [
    [
        "de", "inter", "pro", "sub", "trans", "con", "ad", "per", "re", "ex", "im", "ob",
    ],
    [
        "port", "struct", "vers", "form", "duct", "scrib", "tract", "ject", "vent", "miss", "sect",
        "mand",
    ],
    [
        "ion", "ing", "ed", "ive", "ment", "able", "s", "or", "ation", "al", "ance", "ure",
    ],
];

fn vocabulary() -> Vec<String> {
    let [starts, middles, ends] = PARTS;
    let mut words: Vec<String> = COMMON.iter().map(ToString::to_string).collect();
    for end in ends {
        for middle in middles {
            for start in starts {
                words.extend(middles.map(|second| format!("{start}{middle}{second}{end}")));
            }
        }
    }
    words
}

/// Returns clauses whose words have the frequencies of natural language: the word of rank `r` occurs in
/// proportion to `1 / r` (Zipf, 1949).
fn invented() -> Corpus {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let words = vocabulary();
    let ranks = WeightedIndex::new((1..=words.len()).map(|rank| 1.0 / rank as f64)).unwrap();
    let lines: Vec<String> = (0..N_CLAUSES)
        .map(|index| {
            let n_words = random.gen_range(20..70);
            let drawn: Vec<&str> = (0..n_words)
                .map(|_| words[ranks.sample(&mut random)].as_str())
                .collect();
            json!({
                "agreement": format!("agreement {}", index % 200),
                "process": format!("process {}", index % 40),
                "label": format!("¶{}", index / 200 + 1),
                "text": format!("{}.", drawn.join(" ")),
                "lang": "en",
            })
            .to_string()
        })
        .collect();
    corpus_of(&lines.join("\n"))
}

fn corpus_of(records: &str) -> Corpus {
    let reading = read(records.as_bytes(), "clauses.jsonl", &ReadLimits::default()).unwrap();
    let mut builder = CorpusBuilder::new();
    builder.add(reading, Some("clauses.jsonl"));
    builder.build().unwrap()
}

/// Returns the first clauses of a collection of trade treaties, if available.
fn treaties() -> Option<Corpus> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/treaties/trade_paragraphs.jsonl.gz");
    if !path.exists() {
        eprintln!("left out: the treaties are not there");
        return None;
    }
    let whole = Corpus::load(&[path], &LoadParams::default()).unwrap();
    let lines: Vec<String> = whole
        .clause_ids()
        .take(N_CLAUSES)
        .map(|id| {
            let agreement = whole.agreement(whole.clause(id).agreement);
            json!({"agreement": agreement.key, "text": whole.text(id), "lang": "en"}).to_string()
        })
        .collect();
    Some(corpus_of(&lines.join("\n")))
}

/// Times one piece of work on every input; `run` asserts its answer.
fn time(criterion: &mut Criterion, work: &str, inputs: &[Input], run: impl Fn(&Input)) {
    let mut group = criterion.benchmark_group(work);
    group.sampling_mode(SamplingMode::Flat);
    for input in inputs {
        group.throughput(Throughput::ElementsAndBytes {
            elements: input.n_clauses(),
            bytes: input.n_bytes,
        });
        group.bench_function(input.name, |bencher| bencher.iter(|| run(input)));
    }
    group.finish();
}

fn indexing(criterion: &mut Criterion) {
    let invented = Input::new("invented", invented());
    assert_eq!((invented.n_terms, invented.n_values), INVENTED_SIZE);
    let treaties = treaties().map(|corpus| Input::new("treaties", corpus));
    let inputs: Vec<Input> = [Some(invented), treaties].into_iter().flatten().collect();

    time(criterion, "terms", &inputs, |input| {
        let lists = TokenizedCorpus::of(&input.corpus, &analyzer());
        assert_eq!(lists.n_distinct_terms(), input.n_terms);
    });
    for n_writer_threads in [1, 2] {
        let work = format!("index, writer threads: {n_writer_threads}");
        let mut params = IndexParams::default();
        params.n_writer_threads = n_writer_threads;
        time(criterion, &work, &inputs, |input| {
            let index = ClauseIndex::build(&input.corpus, &analyzer(), &params).unwrap();
            assert_eq!(index.n_clauses(), input.corpus.clauses().len());
        });
    }
    time(criterion, "terms and vectors", &inputs, |input| {
        let lists = TokenizedCorpus::of(&input.corpus, &analyzer());
        let space = VectorSpace::fit(&lists, &VectorParams::default()).unwrap();
        assert_eq!(space.matrix().n_values(), input.n_values);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5));
    targets = indexing
}
criterion_main!(benches);
