//! Drafts made of parts of agreements and of new clauses: every part is traced, every new one told.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::shared::shared;
use consonance::corpus::{Corpus, LoadParams};
use consonance::deontic::ModalClass;
use consonance::finding::{DraftCheck, DraftClause, check_draft};
use consonance::id::AgreementId;
use consonance::similarity::{Representation, RepresentationParams};
use serde_json::json;

/// Words of a draft that are agreed language.
#[derive(serde::Deserialize)]
struct AgreedWords {
    range: std::ops::Range<usize>,
}

/// Clauses of which no agreement on networks says anything.
const NEW: [&str; 6] = [
    "Weather stations on small islands shall receive spare batteries from the common fund each spring.",
    "Bakers may sell yesterday's bread at half its price after the evening bell.",
    "Museum guides are invited to wear a green ribbon on the founding day.",
    "No boat shall carry more than nine passengers across the lagoon in winter.",
    "We will plant a row of lime trees along every canal that has lost its shade.",
    "Beekeepers should mark their hives with the number of the valley.",
];

/// A clause of a draft: where its words come from, if from anywhere.
struct Part {
    source: Option<String>,
    text: String,
}

fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn load(paths: &[PathBuf]) -> Corpus {
    Corpus::load(paths, &LoadParams::default()).unwrap()
}

/// The words of a clause from `from` on, `n` at most.
fn words(corpus: &Corpus, key: &str, from: usize, n: usize) -> String {
    let text = corpus.text(corpus.find(key).expect(key));
    let words: Vec<&str> = text.split_whitespace().skip(from).take(n).collect();
    words.join(" ")
}

/// Writes a draft, loads it beside the corpus and checks it.
fn check(corpus: &Path, parts: &[Part]) -> DraftCheck {
    let mut draft =
        "+++\ntitle = \"Draft\"\nprocess = \"Draft\"\nlanguage = \"en\"\n+++\n\n".to_owned();
    for (index, part) in parts.iter().enumerate() {
        writeln!(draft, "{}. {}\n", index + 1, part.text).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    fs::write(&path, draft).unwrap();
    let corpus = load(&[corpus.to_owned(), path]);
    let is_draft = |index: &usize| corpus.agreements()[*index].name == "Draft";
    let index = (0..corpus.agreements().len()).find(is_draft).unwrap();
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let id = AgreementId::new(index);
    check_draft(&corpus, &representation, id)
}

fn from(source: &str, text: String) -> Part {
    Part {
        source: Some(source.to_owned()),
        text,
    }
}

fn new_parts() -> impl Iterator<Item = Part> {
    NEW.iter().map(|text| Part {
        source: None,
        text: (*text).to_owned(),
    })
}

/// Asserts that a clause is traced to its source, or that it is told as new.
fn assert_traced(clause: &DraftClause, part: &Part) {
    let text = &clause.text;
    let told = json!(clause);
    let agreed = told["agreed"].as_array().unwrap();
    let Some(source) = &part.source else {
        assert_eq!(told["standing"], "new", "{text}");
        assert!(agreed.is_empty() && clause.agreeing.is_empty(), "{text}");
        assert!(clause.novelty.value() > 0.7, "{text}");
        return;
    };
    let is_old =
        ["duplicate", "agreed", "partly-agreed"].contains(&told["standing"].as_str().unwrap());
    assert!(is_old, "{source}: {}: {text}", told["standing"]);
    let mut cited = agreed
        .iter()
        .flat_map(|words| words["clauses"].as_array().unwrap());
    assert!(
        cited.any(|cited| cited["id"] == *source),
        "{source}: {text}"
    );
    let best = clause.precedents[0].score;
    let is_first = clause
        .precedents
        .iter()
        .any(|precedent| precedent.clause.id == *source && precedent.score == best);
    let first = &clause.precedents[0].clause.id;
    assert!(is_first, "{source}, but first is {first}: {text}");
}

#[test]
fn parts_of_five_bundled_agreements_are_traced_and_new_clauses_are_new() {
    let corpus = load(&[bundled()]);
    let whole = |key: &str| from(key, words(&corpus, key, 0, 500));
    let with = |key: &str, (skip, n): (usize, usize), end: &str| {
        from(key, format!("{} {end}", words(&corpus, key, skip, n)))
    };
    let mut parts = vec![
        whole("gcsc2019/norm-7"),
        with("gcsc2019/norm-2", (0, 12), "on any day of rest."),
        with("gge2015/13(g)", (0, 14), "and to paint them blue."),
        with(
            "paris2018/principle-6",
            (4, 12),
            "and in every harbor town.",
        ),
        with("au2014/art-25(3)", (2, 16), "before the first snow."),
        whole("techaccord2018/principle-3"),
        with("osce2016/no-16", (0, 15), "with a drum and a flag."),
    ];
    parts.extend(new_parts());
    let found = check(&bundled(), &parts);
    assert_eq!(found.clauses.len(), parts.len());
    for (clause, part) in found.clauses.iter().zip(&parts) {
        assert_traced(clause, part);
    }
    let told = json!(found);
    assert_eq!(told["clauses"][0]["standing"], "duplicate");
    let novelty = told["novelty"]["value"].as_f64().unwrap();
    assert!((0.3..0.8).contains(&novelty), "{novelty}");
}

#[test]
fn the_ranges_of_a_draft_cover_each_word_once() {
    let corpus = load(&[bundled()]);
    let mut parts: Vec<Part> = new_parts().take(1).collect();
    parts.push(from(
        "gcsc2019/norm-2",
        format!(
            "From today on, {} of any kind.",
            words(&corpus, "gcsc2019/norm-2", 0, 12)
        ),
    ));
    let found = check(&bundled(), &parts);
    for clause in &found.clauses {
        let agreed: Vec<AgreedWords> =
            serde_json::from_value(json!(clause)["agreed"].take()).unwrap();
        let agreed = agreed.into_iter().map(|words| words.range);
        let mut ranges: Vec<_> = agreed
            .chain(clause.new.iter().cloned())
            .chain(clause.boilerplate.iter().cloned())
            .collect();
        ranges.sort_by_key(|range| range.start);
        let shown: Vec<&str> = ranges
            .iter()
            .map(|range| &clause.text[range.clone()])
            .collect();
        let bare =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        assert_eq!(bare(&shown.concat()), bare(&clause.text));
    }
}

#[test]
fn a_draft_that_says_shall_is_stronger_than_one_that_said_should() {
    let corpus = load(&[bundled()]);
    let text = words(&corpus, "gcsc2019/norm-4", 0, 500);
    assert!(text.contains("should not"), "{text}");
    let parts = [from(
        "gcsc2019/norm-4",
        text.replace("should not", "shall not"),
    )];
    let found = check(&bundled(), &parts);
    let clause = &found.clauses[0];
    assert_eq!(clause.force.class, ModalClass::Prohibition);
    let precedent = &clause.precedents[0];
    assert_eq!(precedent.clause.id, "gcsc2019/norm-4");
    assert_eq!(
        json!(precedent)["against"],
        "stronger",
        "{}",
        precedent.because
    );
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn parts_of_the_hand_made_table_are_traced() {
        let path = shared("gold/appendix_a_clauses.jsonl");
        let corpus = load(std::slice::from_ref(&path));
        let keys: Vec<&str> = corpus
            .clauses()
            .iter()
            .filter(|clause| {
                corpus
                    .text(corpus.find(&clause.key).unwrap())
                    .split_whitespace()
                    .count()
                    >= 24
            })
            .map(|clause| clause.key.as_str())
            .collect();
        let mut parts: Vec<Part> = keys
            .iter()
            .step_by(3)
            .map(|key| {
                from(
                    key,
                    format!("{} from the first snow on.", words(&corpus, key, 2, 18)),
                )
            })
            .collect();
        parts.extend(new_parts());
        let found = check(&path, &parts);
        assert_eq!(found.clauses.len(), parts.len());
        for (clause, part) in found.clauses.iter().zip(&parts) {
            assert_traced(clause, part);
        }
    }
}
