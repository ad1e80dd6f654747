//! Invented corpora that several tests use.

use consonance::corpus::{Corpus, CorpusBuilder};
use consonance::read::{ReadLimits, read};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Subjects with the words that clauses about them use.
const SUBJECTS: [[&str; 8]; 6] = [
    [
        "bridge", "river", "toll", "ferry", "crossing", "bank", "barge", "pier",
    ],
    [
        "orchard", "apple", "harvest", "pruning", "grafting", "cider", "blossom", "frost",
    ],
    [
        "archive",
        "letter",
        "ink",
        "parchment",
        "scribe",
        "shelf",
        "reading",
        "dust",
    ],
    [
        "beacon", "harbor", "fog", "lantern", "reef", "pilot", "tide", "keeper",
    ],
    [
        "fever",
        "clinic",
        "nurse",
        "vaccine",
        "ward",
        "patient",
        "cure",
        "quarantine",
    ],
    [
        "caravan", "desert", "well", "camel", "salt", "market", "dune", "oasis",
    ],
];

/// Words that clauses about anything use.
const COMMON: [&str; 6] = [
    "region", "council", "yearly", "joint", "neighbor", "meeting",
];

/// A clause before it is read.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) agreement: String,
    pub(crate) process: String,
    pub(crate) label: String,
    pub(crate) text: String,
}

impl Line {
    pub(crate) fn new(place: [&str; 3], text: &str) -> Self {
        let [process, agreement, label] = place.map(str::to_owned);
        Self {
            agreement,
            process,
            label,
            text: text.to_owned(),
        }
    }

    fn to_json(&self) -> String {
        serde_json::json!({
            "agreement": self.agreement,
            "process": self.process,
            "label": self.label,
            "text": self.text,
            "lang": "en",
        })
        .to_string()
    }
}

/// Returns lines as one file of clauses.
pub(crate) fn records(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(Line::to_json).collect();
    lines.join("\n")
}

/// Returns the corpus of some files by name and content.
pub(crate) fn corpus_of_files(files: &[(String, String)]) -> Corpus {
    let mut builder = CorpusBuilder::new();
    for (name, content) in files {
        let reading = read(content.as_bytes(), name, &ReadLimits::default()).unwrap();
        builder.add(reading, Some(name));
    }
    builder.build().unwrap()
}

/// Returns the corpus of some clauses.
pub(crate) fn corpus(lines: &[Line]) -> Corpus {
    corpus_of_files(&[("clauses.jsonl".to_owned(), records(lines))])
}

/// Returns the corpus of some clauses, each with its label as its official number.
pub(crate) fn numbered_corpus(lines: &[Line]) -> Corpus {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            serde_json::json!({
                "agreement": line.agreement,
                "process": line.process,
                "clause": line.label,
                "text": line.text,
                "lang": "en",
            })
            .to_string()
        })
        .collect();
    corpus_of_files(&[("clauses.jsonl".to_owned(), lines.join("\n"))])
}

/// Returns the corpus of some clauses of one agreement each, all of different processes.
pub(crate) fn corpus_of_texts(texts: &[&str]) -> Corpus {
    let lines: Vec<Line> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let name = format!("text{index}");
            Line::new([&name, &name, "¶1"], text)
        })
        .collect();
    corpus(&lines)
}

/// Returns invented clauses: each of one of six subjects, of five processes with two agreements
/// each.
pub(crate) fn clauses(seed: u64, n_clauses: usize) -> Vec<Line> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..n_clauses)
        .map(|index| {
            let subject = &SUBJECTS[index % SUBJECTS.len()];
            let process = format!("Process {}", random.gen_range(1..=5));
            let agreement = format!("{process}, text {}", random.gen_range(1..=2));
            let mut words: Vec<&str> = subject.choose_multiple(&mut random, 5).copied().collect();
            words.extend(COMMON.choose_multiple(&mut random, 2));
            words.shuffle(&mut random);
            let text = format!("States should watch the {}.", words.join(" and the "));
            Line::new([&process, &agreement, &format!("¶{}", index + 1)], &text)
        })
        .collect()
}

/// Returns the items in an order that the seed decides.
pub(crate) fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let mut items = items.to_vec();
    items.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
    items
}

/// Returns what a table says in JSON without where the words of its quotes stand: the order of the lines of a file
/// changes that, and nothing else.
pub(crate) fn without_places(json: &str) -> String {
    let mut table: serde_json::Value = serde_json::from_str(json).unwrap();
    forget_places(&mut table);
    table.to_string()
}

fn forget_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.remove("original");
            fields.values_mut().for_each(forget_places);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}
