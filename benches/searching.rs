//! How long a query takes, top 10 with highlights, beside the index library alone without highlights.
//!
//! `cargo bench --bench searching -- CLAUSES.jsonl[.gz]`; prints the median and the 99th percentile
//! in milliseconds of one thread. The README beside this file says what is asked.

#![allow(missing_docs, reason = "a benchmark is no library")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints its table"
)]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use consonance::corpus::{Corpus, LoadParams};
use consonance::index::{ClauseIndex, IndexParams, SearchParams};
use consonance::language::Language;
use consonance::term::Analyzer;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, TantivyDocument, Term, schema::Field};

/// The queries of each kind.
const N_QUERIES: usize = 200;
/// How often each is asked; the fastest time counts.
const N_ROUNDS: usize = 3;

/// A query in both languages.
struct Asked {
    ours: String,
    theirs: Box<dyn Query>,
}

fn main() {
    let named = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let input = named.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")),
        PathBuf::from,
    );
    let corpus = Corpus::load(&[input], &LoadParams::default()).unwrap();
    let start = Instant::now();
    let mut params = IndexParams::default();
    params.memory_budget = 200_000_000;
    let ours = ClauseIndex::build(&corpus, &Analyzer::default(), &params).unwrap();
    println!(
        "{} clauses indexed in {:.2} s",
        ours.n_clauses(),
        start.elapsed().as_secs_f64()
    );
    let theirs = Peer::build(&corpus);
    println!(
        "{:<14} {:>17} {:>17} {:>7}",
        "ms", "ours p50 / p99", "peer p50 / p99", "ratio"
    );
    for kind in ["3 words", "and", "phrase", "boolean", "whole clause"] {
        let asked = queries(kind, &corpus, &theirs);
        let our_times = times(&asked, |query| {
            black_box(ours.search(&query.ours, &SearchParams::default()).unwrap());
        });
        let their_times = times(&asked, |query| {
            let top = TopDocs::with_limit(10).order_by_score();
            black_box(theirs.searcher.search(&*query.theirs, &top).unwrap());
        });
        let [(a, b), (c, d)] = [quantiles(&our_times), quantiles(&their_times)];
        println!(
            "{kind:<14} {a:>8.3} /{b:>7.3} {c:>8.3} /{d:>7.3} {:>7.2}",
            a / c
        );
    }
}

/// The index library as it comes, given the same terms.
struct Peer {
    searcher: Searcher,
    text: Field,
    analyzer: Analyzer,
}

impl Peer {
    fn build(corpus: &Corpus) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing) | STORED;
        let text = schema.add_text_field("text", options);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 200_000_000).unwrap();
        let analyzer = Analyzer::default();
        for id in corpus.clause_ids() {
            let mut document = TantivyDocument::new();
            document.add_text(text, terms_of(&analyzer, corpus.text(id)).join(" "));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Self {
            searcher: index.reader().unwrap().searcher(),
            text,
            analyzer,
        }
    }

    fn terms(&self, words: &str) -> Vec<Term> {
        let terms = terms_of(&self.analyzer, words).into_iter();
        terms
            .map(|term| Term::from_field_text(self.text, &term))
            .collect()
    }

    fn clause(&self, word: &str) -> Box<dyn Query> {
        let term = self.terms(word).remove(0);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }
}

fn terms_of(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let tokens = analyzer.analyze(text, Language::ENGLISH);
    tokens.into_iter().map(|token| token.term).collect()
}

/// Returns queries of words that stand in a clause drawn by chance.
fn queries(kind: &str, corpus: &Corpus, peer: &Peer) -> Vec<Asked> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut asked = Vec::new();
    while asked.len() < N_QUERIES {
        let clause = random.gen_range(0..corpus.clauses().len());
        let text = corpus.text(consonance::id::ClauseId::new(clause));
        let is_word = |word: &&str| {
            let is_plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
            is_plain && !peer.terms(word).is_empty()
        };
        let words: Vec<&str> = text.split_whitespace().filter(is_word).collect();
        if words.len() < 6 || text.len() > 3_000 {
            continue;
        }
        let mut pick = || words[random.gen_range(0..words.len())];
        let (a, b, c) = (pick(), pick(), pick());
        let many = |parts: &[(Occur, &str)]| -> Box<dyn Query> {
            let parts = parts
                .iter()
                .map(|(occur, word)| (*occur, peer.clause(word)));
            Box::new(BooleanQuery::new(parts.collect()))
        };
        asked.push(match kind {
            "3 words" => Asked {
                ours: format!("{a} {b} {c}"),
                theirs: many(&[(Occur::Should, a), (Occur::Should, b), (Occur::Should, c)]),
            },
            "and" => Asked {
                ours: format!("{a} AND {b}"),
                theirs: many(&[(Occur::Must, a), (Occur::Must, b)]),
            },
            "boolean" => Asked {
                ours: format!("+{a} {b} -{c}"),
                theirs: many(&[(Occur::Must, a), (Occur::Should, b), (Occur::MustNot, c)]),
            },
            "phrase" => match neighbors(text, is_word) {
                Some(pair) => Asked {
                    ours: format!("\"{pair}\""),
                    theirs: Box::new(PhraseQuery::new(peer.terms(&pair))),
                },
                None => continue,
            },
            _ => Asked {
                ours: words.join(" "),
                theirs: many(
                    &words
                        .iter()
                        .map(|word| (Occur::Should, *word))
                        .collect::<Vec<_>>(),
                ),
            },
        });
    }
    asked
}

/// Returns two words that stand side by side in a text.
fn neighbors(text: &str, is_word: impl Fn(&&str) -> bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pair = words.windows(2).find(|pair| pair.iter().all(&is_word))?;
    Some(pair.join(" "))
}

/// Returns the milliseconds each query takes, ascending.
fn times(asked: &[Asked], ask: impl Fn(&Asked)) -> Vec<f64> {
    let time = |query: &Asked| {
        let once = || {
            let start = Instant::now();
            ask(query);
            start.elapsed().as_secs_f64() * 1e3
        };
        (0..N_ROUNDS).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    let mut times: Vec<f64> = asked.iter().map(time).collect();
    times.sort_by(f64::total_cmp);
    times
}

fn quantiles(times: &[f64]) -> (f64, f64) {
    (times[times.len() / 2], times[times.len() * 99 / 100])
}
