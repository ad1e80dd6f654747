//! How fast clauses become terms, an index and vectors, in bytes and in clauses per second; and how fast the index
//! library alone indexes them.
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
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::json;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, StopWordFilter, TextAnalyzer, Token,
    TokenFilter, TokenStream, Tokenizer,
};
use tantivy::{Index, TantivyDocument};

/// The clauses of each input.
const N_CLAUSES: usize = 20_000;
/// The memory of all writer threads, in bytes.
const MEMORY: usize = 200_000_000;
/// The stop words of the index library in English.
const STOP_WORDS: &str = "a an and are as at be but by for if in into is it no not of on or such that the their then \
    there these they this to was will with";
/// The seed of the generated clauses.
const SEED: u64 = 20;
/// The number of terms and stored values of the generated clauses: a change is a change of behavior.
const INVENTED_SIZE: (usize, usize) = (6_037, 1_258_334);

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

/// Indexes a corpus with the index library alone: stems with positions, stored text, agreement, to disk.
fn index_alone(corpus: &Corpus, n_writer_threads: usize) -> u64 {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("english")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let text = schema.add_text_field("text", options.set_stored());
    let agreement = schema.add_text_field("agreement", STRING | STORED);
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create_in_dir(folder.path(), schema.build()).unwrap();
    let stop_words = STOP_WORDS.split_whitespace().map(str::to_owned);
    let english = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(StopWordFilter::remove(stop_words))
        .filter(EnglishStems)
        .build();
    index.tokenizers().register("english", english);
    let mut writer = index
        .writer_with_num_threads(n_writer_threads, MEMORY)
        .unwrap();
    for id in corpus.clause_ids() {
        let mut document = TantivyDocument::new();
        document.add_text(text, corpus.text(id));
        document.add_text(
            agreement,
            &corpus.agreement(corpus.clause(id).agreement).key,
        );
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    index.reader().unwrap().searcher().num_docs()
}

/// Stems English words, as the library's own filter does that its feature `stemmer` brings.
#[derive(Clone)]
struct EnglishStems;

impl TokenFilter for EnglishStems {
    type Tokenizer<T: Tokenizer> = Stemming<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemming<T> {
        Stemming(tokenizer)
    }
}

#[derive(Clone)]
struct Stemming<T>(T);

impl<T: Tokenizer> Tokenizer for Stemming<T> {
    type TokenStream<'a> = Stems<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Stems {
            words: self.0.token_stream(text),
            stemmer: Stemmer::create(Algorithm::English),
            stem: String::new(),
        }
    }
}

struct Stems<S> {
    words: S,
    stemmer: Stemmer,
    stem: String,
}

impl<S: TokenStream> TokenStream for Stems<S> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        let word = &mut self.words.token_mut().text;
        self.stem.clear();
        self.stem.push_str(&self.stemmer.stem(word));
        std::mem::swap(word, &mut self.stem);
        true
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
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
        let folder = tempfile::tempdir().unwrap();
        let params = IndexParams::default()
            .directory(folder.path().to_owned())
            .memory_budget(MEMORY)
            .n_writer_threads(n_writer_threads);
        let work = format!("index, writer threads: {n_writer_threads}");
        time(criterion, &work, &inputs, |input| {
            let index = ClauseIndex::build(&input.corpus, &analyzer(), &params).unwrap();
            assert_eq!(index.n_clauses(), input.corpus.clauses().len());
        });
        let work = format!("tantivy alone, writer threads: {n_writer_threads}");
        time(criterion, &work, &inputs, |input| {
            let n_documents = index_alone(&input.corpus, n_writer_threads);
            assert_eq!(n_documents, input.n_clauses());
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
