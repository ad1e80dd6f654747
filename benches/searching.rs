//! How long a query takes, top 10 with highlights, compared with the index library without highlights.
//!
//! `cargo bench --bench searching -- CLAUSES.jsonl[.gz]`; prints milliseconds on one thread. The README
//! in this folder explains the queries and the table.

#![allow(missing_docs, reason = "a benchmark is no library")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints its table"
)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use consonance::corpus::{Corpus, LoadParams};
use consonance::id::ClauseId;
use consonance::index::{ClauseIndex, IndexParams, SearchParams};
use consonance::language::Language;
use consonance::term::Analyzer;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// The kinds of queries.
const KINDS: [&str; 5] = ["3 words", "and", "phrase", "boolean", "whole clause"];
/// The queries of each kind.
const N_QUERIES: usize = 200;
/// The number of rounds over all queries; the fastest time of each query counts.
const N_ROUNDS: usize = 5;

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
    let mut params = IndexParams::default();
    params.memory_budget = 200_000_000;
    let ours = ClauseIndex::build(&corpus, &Analyzer::default(), &params).unwrap();
    let peer = Peer::build(&corpus);
    println!("{} clauses; ms, p50 / p99", ours.n_clauses());
    println!(
        "{:<13} {:>16} | {:>16} {:>12} {:>5} | {:>16} | {:>16} {:>12} {:>5}",
        "",
        "ours",
        "peer, answers",
        "ratios",
        "CPU",
        "ours, numbers",
        "peer, numbers",
        "ratios",
        "CPU"
    );
    for kind in KINDS {
        let asked = queries(kind, &corpus, &ours, &peer);
        for query in &asked {
            let found = ours.search(&query.ours, &SearchParams::default()).unwrap();
            assert_eq!(found.n_hits, peer.count(query), "{}", query.ours);
        }
        let times = Times::of(&asked, |query| {
            black_box(ours.search(&query.ours, &SearchParams::default()).unwrap());
        });
        let ranked = Times::of(&asked, |query| {
            black_box(ours.rank(&query.ours, &SearchParams::default()).unwrap());
        });
        let numbers = Times::of(&asked, |query| {
            black_box(peer.best(query));
        });
        let answers = Times::of(&asked, |query| {
            black_box(peer.answer(query));
        });
        println!(
            "{kind:<13} {} | {} | {} | {}",
            times.quantiles(),
            times.beside(&answers),
            ranked.quantiles(),
            ranked.beside(&numbers),
        );
    }
}

/// The index library alone, with the same terms and texts.
struct Peer {
    searcher: Searcher,
    terms: Field,
    text: Field,
    analyzer: Analyzer,
}

impl Peer {
    fn build(corpus: &Corpus) -> Self {
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let terms = schema.add_text_field("terms", options);
        let text = schema.add_text_field("text", STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 200_000_000).unwrap();
        let analyzer = Analyzer::default();
        for id in corpus.clause_ids() {
            let mut document = TantivyDocument::new();
            document.add_pre_tokenized_text(terms, ready_terms(&analyzer, corpus.text(id)));
            document.add_text(text, corpus.text(id));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Self {
            searcher: index.reader().unwrap().searcher(),
            terms,
            text,
            analyzer,
        }
    }

    fn term(&self, word: &str) -> Term {
        let terms = terms_of(&self.analyzer, word);
        Term::from_field_text(self.terms, &terms[0])
    }

    fn clause(&self, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(
            self.term(word),
            IndexRecordOption::WithFreqs,
        ))
    }

    fn count(&self, asked: &Asked) -> usize {
        self.searcher.search(&*asked.theirs, &Count).unwrap()
    }

    /// Returns the number of the ten best documents, without their texts.
    fn best(&self, asked: &Asked) -> usize {
        let top = TopDocs::with_limit(10).order_by_score();
        self.searcher.search(&*asked.theirs, &top).unwrap().len()
    }

    /// Returns the ten best texts and the number of all hits.
    fn answer(&self, asked: &Asked) -> (usize, Vec<String>) {
        let top = TopDocs::with_limit(10).order_by_score();
        let found = self.searcher.search(&*asked.theirs, &(top, Count));
        let (best, n_hits) = found.unwrap();
        let texts = best.into_iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).unwrap();
            let text = document.get_first(self.text).unwrap().as_str();
            text.unwrap().to_owned()
        });
        (n_hits, texts.collect())
    }
}

/// Returns the terms of a text at their positions, for the peer.
fn ready_terms(analyzer: &Analyzer, text: &str) -> PreTokenizedString {
    let tokens = analyzer.analyze(text, Language::ENGLISH).into_iter();
    let token = |token: consonance::term::Token| Token {
        offset_from: token.range.start,
        offset_to: token.range.end,
        position: token.position,
        text: token.term,
        position_length: 1,
    };
    PreTokenizedString {
        text: String::new(),
        tokens: tokens.map(token).collect(),
    }
}

fn terms_of(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let tokens = analyzer.analyze(text, Language::ENGLISH);
    tokens.into_iter().map(|token| token.term).collect()
}

/// Returns whether a word is found in as many clauses by both: ours also finds other spellings of a word.
fn is_shared(word: &str, ours: &ClauseIndex, peer: &Peer) -> bool {
    if terms_of(&peer.analyzer, word).len() != 1 {
        return false;
    }
    let asked = Asked {
        ours: word.to_owned(),
        theirs: peer.clause(word),
    };
    let found = ours.search(&asked.ours, &SearchParams::default().limit(0));
    found.unwrap().n_hits == peer.count(&asked)
}

/// Returns queries made of the words of randomly drawn clauses.
fn queries(kind: &str, corpus: &Corpus, ours: &ClauseIndex, peer: &Peer) -> Vec<Asked> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let known: RefCell<HashMap<String, bool>> = RefCell::default();
    let mut asked = Vec::new();
    while asked.len() < N_QUERIES {
        let clause = random.gen_range(0..corpus.clauses().len());
        let text = corpus.text(ClauseId::new(clause));
        let is_word = |word: &&str| {
            let is_plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
            is_plain
                && *known
                    .borrow_mut()
                    .entry((*word).to_owned())
                    .or_insert_with(|| is_shared(word, ours, peer))
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
                    theirs: Box::new(PhraseQuery::new(
                        pair.split(' ').map(|word| peer.term(word)).collect(),
                    )),
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

/// Returns two adjacent words of a text.
fn neighbors(text: &str, is_word: impl Fn(&&str) -> bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pair = words.windows(2).find(|pair| pair.iter().all(&is_word))?;
    Some(pair.join(" "))
}

/// The times of the queries of a kind.
struct Times {
    /// The milliseconds of each, ascending.
    each: Vec<f64>,
    /// The CPU milliseconds of the thread for all of them.
    cpu: f64,
}

impl Times {
    fn of(asked: &[Asked], ask: impl Fn(&Asked)) -> Self {
        let mut each = vec![f64::INFINITY; asked.len()];
        let mut cpu = f64::INFINITY;
        for _ in 0..N_ROUNDS {
            let cpu_start = thread_cpu();
            for (query, fastest) in asked.iter().zip(&mut each) {
                let start = Instant::now();
                ask(query);
                *fastest = fastest.min(start.elapsed().as_secs_f64() * 1e3);
            }
            cpu = cpu.min(thread_cpu() - cpu_start);
        }
        each.sort_by(f64::total_cmp);
        Self { each, cpu }
    }

    fn p50(&self) -> f64 {
        self.each[self.each.len() / 2]
    }

    fn p99(&self) -> f64 {
        self.each[self.each.len() * 99 / 100]
    }

    fn quantiles(&self) -> String {
        format!("{:>7.3} /{:>7.3}", self.p50(), self.p99())
    }

    /// Returns another's times and the ratio of these to them.
    fn beside(&self, other: &Self) -> String {
        let (p50, p99) = (self.p50() / other.p50(), self.p99() / other.p99());
        let cpu = self.cpu / other.cpu;
        format!("{} {p50:>5.2} /{p99:>5.2} {cpu:>5.2}", other.quantiles())
    }
}

/// Returns the CPU milliseconds of this thread; 0 if the system does not report them.
fn thread_cpu() -> f64 {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let run = statistics.split(' ').next().and_then(|n| n.parse().ok());
    run.map_or(0.0, |nanoseconds: f64| nanoseconds / 1e6)
}
