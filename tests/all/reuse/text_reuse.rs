//! Who has whose words: on invented texts, and on real ones where those are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use consonance::corpus::{Corpus, CorpusBuilder, LoadParams, read_file};
use consonance::corpus::{Direction, PublicationDate};
use consonance::finding::{Findings, Study, check_draft, citations, network};
use consonance::id::AgreementId;
use consonance::language::Language;
use consonance::read::{ReadLimits, read};
use consonance::report::{Report, to_json};
use consonance::reuse::{
    Grade, Passage, Passages, ReuseParams, SharedWording, SimilarityScale, SourceSearch, TextReuse,
    compare, find_reuse,
};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::{ConvergeParams, converge};
use serde_json::{Value, json};

use crate::common::shared::shared;

/// Three invented agreements: the second takes a norm from the first, the third from the second; a
/// formula opens clauses of different subjects in all three.
const HARBORS: &[(&str, &str, &str)] = &[
    (
        "pact",
        "1901-05",
        "Harbor masters keep a list of all ships that lie at anchor and show it to their crews.",
    ),
    (
        "pact",
        "1901-05",
        "In the firm belief that trade unites the coasts, bakers weigh every loaf of bread before noon in the market hall.",
    ),
    (
        "code",
        "1907",
        "Harbor masters keep a list of all ships that lie at anchor and never show it to strangers.",
    ),
    (
        "code",
        "1907",
        "In the firm belief that trade unites the coasts, schools teach the children of sailors three foreign tongues each winter.",
    ),
    (
        "call",
        "1912-01-09",
        "Every town asks that harbor masters keep a true list of all ships that lie at anchor.",
    ),
    (
        "call",
        "1912-01-09",
        "In the firm belief that trade unites the coasts, surgeons and their helpers tend wounds of prisoners without asking for a fee.",
    ),
];

fn corpus_of(clauses: &[(&str, &str, &str)]) -> Corpus {
    let lines: Vec<String> = clauses
        .iter()
        .map(|(agreement, date, text)| {
            json!({"agreement": agreement, "process": agreement, "first_published": date, "text": text})
                .to_string()
        })
        .collect();
    corpus_of_lines(&lines.join("\n"))
}

fn corpus_of_lines(lines: &str) -> Corpus {
    let mut builder = CorpusBuilder::new();
    builder.add(
        read(lines.as_bytes(), "clauses.jsonl", &ReadLimits::default()).unwrap(),
        None,
    );
    builder.build().unwrap()
}

fn borrowings_of(corpus: &Corpus) -> TextReuse {
    let representation = Representation::of(corpus, &RepresentationParams::default()).unwrap();
    let params = ReuseParams::default();
    let wording = SharedWording::of(corpus, &representation, params.min_run_words);
    find_reuse(corpus, &representation, &wording, &params)
}

#[test]
fn the_parts_of_a_difference_say_what_only_one_text_has() {
    let a = "States shall protect all hospitals at sea";
    let b = "States shall protect and supply all hospitals";
    let found = json!(compare([a, b], Language::ENGLISH, 6));
    let parts = found["diff"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["fate"] == "kept"));
    for part in parts {
        let is_empty = |side: &str| part[side]["start"] == part[side]["end"];
        assert_eq!(part["fate"] == "inserted", is_empty("a"), "{part:?}");
        assert_eq!(part["fate"] == "deleted", is_empty("b"), "{part:?}");
    }
}

#[test]
fn a_phrase_is_followed_from_who_had_it_first() {
    let found = borrowings_of(&corpus_of(HARBORS));
    let is_of_ships = |words: &str| words.contains("ships that lie at anchor");
    let chain = found
        .chains
        .iter()
        .find(|chain| is_of_ships(&chain.words))
        .unwrap();
    let tree: Vec<(&str, Option<usize>)> = chain
        .members
        .iter()
        .map(|member| (member.clause.process.as_str(), member.parent))
        .collect();
    assert_eq!(tree, [("pact", None), ("code", Some(0)), ("call", Some(0))]);
}

#[test]
fn ranges_are_those_of_both_originals() {
    let corpus = corpus_of(HARBORS);
    let found = borrowings_of(&corpus);
    assert!(!found.pairs.is_empty());
    for pair in &found.pairs {
        let clauses = [&pair.a, &pair.b].map(|clause| corpus.find(&clause.id).unwrap());
        for run in &pair.runs {
            let texts = clauses.map(|clause| corpus.text(clause));
            assert_eq!(
                texts[0][run.a.clone()].to_lowercase(),
                texts[1][run.b.clone()].to_lowercase()
            );
            for (clause, ranges) in clauses
                .iter()
                .zip([&run.in_agreement_a, &run.in_agreement_b])
            {
                let whole = &corpus.agreement(corpus.clause(*clause).agreement).text;
                let joined: String = ranges.iter().map(|range| &whole[range.clone()]).collect();
                assert_eq!(joined.to_lowercase(), run.words.to_lowercase());
            }
        }
    }
}

#[test]
fn reports_hold_every_pair_and_json_reads_back() {
    let found = borrowings_of(&corpus_of(HARBORS));
    let back: TextReuse = serde_json::from_str(&to_json(&found)).unwrap();
    assert_eq!(back, found);
    assert_eq!(
        found.records().to_csv().matches("\npact").count()
            + found.records().to_csv().matches("\ncode").count()
            + found.records().to_csv().matches("\ncall").count(),
        found.pairs.len()
    );
    let markdown = found.page(usize::MAX).to_markdown();
    assert!(
        markdown.contains("In the firm belief that trade unites the coasts"),
        "{markdown}"
    );
}

#[test]
fn any_order_of_the_input_gives_the_same_bytes() {
    let forward = to_json(&borrowings_of(&corpus_of(HARBORS)));
    let mut clauses = HARBORS.to_vec();
    clauses.rotate_left(2);
    assert_eq!(to_json(&borrowings_of(&corpus_of(&clauses))), forward);
}

fn values_of(path: &Path) -> Vec<Value> {
    let text = read_file(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Means by kind of pair and half of the set.
type Figures = BTreeMap<(String, String, usize), (f64, usize)>;

fn add(figures: &mut Figures, (what, kind): (&str, &str), half: usize, value: f64) {
    let key = (what.to_owned(), kind.to_owned(), half);
    let (sum, n) = figures.entry(key).or_default();
    *sum += value;
    *n += 1;
}

/// Which half of a set a pair belongs to: rules are made on the first.
fn half_of(id: &str) -> usize {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::from(hash >> 40 & 1 == 1)
}

fn spans(value: &Value, side: &str, text: &str) -> Vec<bool> {
    let mut is_in = vec![false; text.chars().count()];
    for span in value.as_array().unwrap() {
        let at = |place: usize| usize::try_from(span[side][place].as_u64().unwrap()).unwrap();
        is_in[at(0)..at(1)].fill(true);
    }
    is_in
}

fn f1(found: &[bool], truth: &[bool]) -> f64 {
    let n = |bits: &[bool]| bits.iter().filter(|bit| **bit).count();
    let both = found.iter().zip(truth).filter(|(x, y)| **x && **y).count();
    match n(found) + n(truth) {
        0 => 1.0,
        sum => 2.0 * both as f64 / sum as f64,
    }
}

fn text_of(pair: &Value, side: &str) -> String {
    pair[side]["text"].as_str().unwrap().to_owned()
}

/// Returns the distinct texts of pairs as a corpus, and the key of each.
fn corpus_of_pairs(pairs: &[Value]) -> (Corpus, BTreeMap<String, String>) {
    let mut lines = String::new();
    let mut key_of: BTreeMap<String, String> = BTreeMap::new();
    for pair in pairs {
        for side in ["a", "b"] {
            let next = format!("text/{}", key_of.len());
            let text = text_of(pair, side);
            if key_of.contains_key(&text) {
                continue;
            }
            let agreement = &pair[side]["agreement"];
            lines +=
                &json!({"id": next, "agreement": agreement, "process": agreement, "text": text})
                    .to_string();
            lines.push('\n');
            key_of.insert(text, next);
        }
    }
    (corpus_of_lines(&lines), key_of)
}

/// Returns the kind of change that a controlled edit made.
fn change_of(label: &str) -> Option<&str> {
    Some(match label {
        "negate" => "negation",
        "number" => "number",
        "names" => "name",
        "reorder" => "order",
        "insert" => "insertion",
        "delete" => "deletion",
        "synonym" => "synonym",
        _ => return None,
    })
}

fn runs_in_characters(runs: &[Passage], (a, b): (&str, &str)) -> Value {
    let at = |text: &str, place: usize| text[..place].chars().count();
    runs.iter()
        .map(|run| {
            json!({
                "a": [at(a, run.a.start), at(a, run.a.end)],
                "b": [at(b, run.b.start), at(b, run.b.end)],
            })
        })
        .collect()
}

/// Prints the figures and holds the worst of each against its target.
fn check_targets(figures: &Figures) {
    let mut worst = BTreeMap::new();
    for ((what, kind, half), (sum, n)) in figures {
        let mean = sum / *n as f64;
        println!("half {half}  {what} {kind}: {mean:.3} of {n}");
        let least = worst.entry(what.as_str()).or_insert(1.0_f64);
        *least = least.min(mean);
    }
    let targets = [
        ("overlap F1", 0.95),
        ("change named", 0.9),
        ("never the same", 1.0),
        ("direction", 1.0),
        ("reworded from negatives", 0.92),
        ("verdict", 0.97),
    ];
    for (what, target) in targets {
        assert!(worst[what] >= target, "{what}: {}", worst[what]);
    }
}

#[test]
fn network_page_draft_and_program_mean_the_same_by_a_borrowing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = Corpus::load(&[folder], &LoadParams::default()).unwrap();
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let agreement_of = |id: &str| corpus.clause(corpus.find(id).unwrap()).agreement;
    let found = borrowings_of(&corpus);
    let own = found.pairs.iter().filter(|pair| !pair.is_formula_only());
    // Who has whose words: a clause, and the clause of another agreement.
    let mut taken: BTreeSet<[String; 2]> = BTreeSet::new();
    for pair in own {
        let (a, b) = (pair.a.id.clone(), pair.b.id.clone());
        taken.extend([[a.clone(), b.clone()], [b, a]]);
    }
    assert!(taken.len() > 2, "{taken:?}");

    let params = ConvergeParams::default();
    let table = converge(&corpus, &params).unwrap();
    let wording = SharedWording::of(&corpus, &representation, 6);
    let again = Representation::of(&corpus, &params.representation).unwrap();
    let study = Study::new(corpus.clone(), again, table);
    let page = Findings::of(&study).unwrap();
    let network = network(&corpus, &citations(&corpus), &wording);
    assert_eq!(page.network, network);
    let edges = json!(network)["edges"].clone();
    let borrowings = edges.as_array().unwrap().iter();
    let borrowings = borrowings.filter(|edge| edge["kind"] == "text-reuse");
    let tied: BTreeSet<BTreeSet<&str>> = borrowings
        .clone()
        .map(|edge| BTreeSet::from(["from", "to"].map(|end| edge[end].as_str().unwrap())))
        .collect();
    let key = |id: &str| corpus.agreement(agreement_of(id)).key.as_str();
    let sharing = taken.iter().map(|ids| ids.each_ref().map(|id| key(id)));
    assert_eq!(tied, sharing.map(BTreeSet::from).collect());
    for edge in borrowings {
        let from = taken
            .iter()
            .filter(|[a, b]| edge["from"] == key(a) && edge["to"] == key(b));
        let clauses: BTreeSet<&String> = from.map(|[clause, _]| clause).collect();
        assert_eq!(edge["weight"], clauses.len(), "{edge:?}");
    }

    let mut agreed: BTreeSet<[String; 2]> = BTreeSet::new();
    for draft in (0..corpus.agreements().len()).map(AgreementId::new) {
        let check = check_draft(&corpus, &representation, draft);
        for clause in &check.clauses {
            let told = json!(clause);
            let agreed_words = told["agreed"].as_array().unwrap().iter();
            let sources = agreed_words.flat_map(|words| words["clauses"].as_array().unwrap());
            let id_of = |source: &Value| source["id"].as_str().unwrap().to_owned();
            agreed.extend(sources.map(|source| [clause.clause.id.clone(), id_of(source)]));
        }
    }
    assert_eq!(agreed, taken);
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn the_known_families_of_the_hand_made_table_are_found_and_formulas_kept_apart() {
        let path = shared("gold/appendix_a_clauses.jsonl");
        let corpus = Corpus::load(&[path], &LoadParams::default()).unwrap();
        let found = borrowings_of(&corpus);
        let cases: &[(&str, usize)] = &[
            ("rights that people have offline", 5),
            ("public core", 3),
            ("theft of intellectual property", 3),
        ];
        for (words, n_agreements) in cases {
            let holds = |member: &str| member.to_lowercase().contains(words);
            let chain = found
                .chains
                .iter()
                .find(|chain| chain.members.iter().any(|member| holds(&member.words)))
                .unwrap();
            assert!(chain.n_agreements >= *n_agreements, "{words}: {chain:#?}");
            let is_formula = found
                .boilerplate
                .iter()
                .any(|formula| holds(&formula.words));
            assert!(!is_formula, "{words}");
        }
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn a_borrowing_between_processes_that_share_principles_is_found() {
        let path = shared("treaties/digital_and_rights.jsonl");
        let corpus = Corpus::load(&[path], &LoadParams::default()).unwrap();
        let found = borrowings_of(&corpus);
        let between = |a: &str, b: &str| {
            found
                .pairs
                .iter()
                .filter(|pair| {
                    [&pair.a, &pair.b]
                        .iter()
                        .any(|clause| clause.id.starts_with(a))
                })
                .filter(|pair| {
                    [&pair.a, &pair.b]
                        .iter()
                        .any(|clause| clause.id.starts_with(b))
                })
                .filter(|pair| pair.comparison.coverage[0].value() > 0.9)
                .count()
        };
        assert_eq!(
            between("oecd-ai-2019", "g20-ai-2019"),
            10,
            "all ten principles"
        );
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn pairs_of_known_origin_are_judged_right() {
        let path = shared("treaties/reuse_pairs.jsonl");
        let pairs = values_of(&path);
        let (corpus, key_of) = corpus_of_pairs(&pairs);
        let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
        let scale = SimilarityScale::of(&corpus, &representation);
        let mut figures = Figures::new();
        for pair in &pairs {
            let (a, b) = (text_of(pair, "a"), text_of(pair, "b"));
            let [id_a, id_b] = [&a, &b].map(|text| corpus.find(&key_of[text]).unwrap());
            let texts = [a.as_str(), b.as_str()];
            let (comparison, overlap) =
                scale.compare_texts(texts, Some([id_a, id_b]), Language::ENGLISH, 6);
            let changes = json!(comparison)["changes"].clone();
            let mut changes = changes.as_array().unwrap().iter();
            let (kind, label) = (
                pair["kind"].as_str().unwrap(),
                pair["label"].as_str().unwrap(),
            );
            let half = half_of(pair["id"].as_str().unwrap());
            let mut note = |what, kind, is_right: bool| {
                add(
                    &mut figures,
                    (what, kind),
                    half,
                    f64::from(u8::from(is_right)),
                );
            };
            if label == "reworded" || kind == "negative" {
                note(
                    "reworded from negatives",
                    "",
                    (overlap.grade == Grade::None) == (kind == "negative"),
                );
            }
            if label != "reworded" {
                note(
                    "verdict",
                    kind,
                    (overlap.verdict() == "none") == (kind == "negative"),
                );
            }
            let expected = change_of(label);
            if let Some(expected) = expected {
                let has = |change: &Value| {
                    change["kinds"]
                        .as_array()
                        .unwrap()
                        .contains(&json!(expected))
                };
                note("change named", label, changes.any(has));
            }
            if matches!(label, "negate" | "number") {
                let is_same = matches!(overlap.grade, Grade::SameWording | Grade::SameNorm);
                note(
                    "never the same",
                    label,
                    !is_same && overlap.verdict() != "copied",
                );
            }
            let years = ["a", "b"].map(|side| pair[side]["year"].as_i64());
            if let [Some(x), Some(y)] = years
                && x != y
            {
                let date =
                    |year: i64| Some(PublicationDate::of_document(i32::try_from(year).unwrap()));
                let expected = if x < y {
                    Direction::AToB
                } else {
                    Direction::BToA
                };
                note(
                    "direction",
                    "",
                    Direction::of([date(x), date(y)]) == expected,
                );
            }
            let runs = runs_in_characters(&comparison.runs, (&a, &b));
            let overlaps = [("a", &a), ("b", &b)].map(|(side, text)| {
                f1(
                    &spans(&runs, side, text),
                    &spans(&pair["spans"], side, text),
                )
            });
            add(
                &mut figures,
                ("overlap F1", kind),
                half,
                f64::midpoint(overlaps[0], overlaps[1]),
            );
        }
        check_targets(&figures);
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn the_origin_of_an_amendment_comes_first() {
        let pool = shared("treaties/amendments.jsonl");
        let queries = shared("treaties/retrieval.jsonl");
        let lines: Vec<String> = values_of(&pool)
            .iter()
            .map(|clause| {
                let uid = &clause["uid"];
                json!({"id": uid, "agreement": "pool", "process": "pool", "text": clause["text"]})
                    .to_string()
            })
            .collect();
        let corpus = corpus_of_lines(&lines.join("\n"));
        let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
        let search = SourceSearch::new(&corpus, &representation);
        let (mut n, mut n_first, mut n_near) = (0, 0, 0);
        for query in values_of(&queries) {
            if query["collection"] != "amendments.jsonl" {
                continue;
            }
            let names = |field: &str, id: &str| {
                query[field]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|known| known == id)
            };
            let ranked: Vec<bool> = search
                .rank(query["query"].as_str().unwrap(), Language::ENGLISH)
                .iter()
                .map(|origin| corpus.clause(origin.clause).key.clone())
                .filter(|id| !names("ignore", id))
                .map(|id| names("relevant", &id))
                .collect();
            n += 1;
            n_first += usize::from(ranked[0]);
            n_near += usize::from(ranked.iter().take(5).any(|is_right| *is_right));
        }
        println!("{n} queries: origin first {n_first}, among five {n_near}");
        assert!(n_first * 100 >= n * 85, "{n_first} of {n}");
        assert!(n_near * 100 >= n * 96, "{n_near} of {n}");
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn all_long_runs_of_a_large_collection_are_found() {
        let path = shared("treaties/digital_and_rights.jsonl");
        let corpus = Corpus::load(&[path], &LoadParams::default()).unwrap();
        let runs = Passages::of(&corpus, 8);
        assert!(runs.len() > 100, "{}", runs.len());
        for (clauses, passage) in runs.iter() {
            let [a, b] = clauses.map(|clause| corpus.clause(clause).agreement);
            assert!(a != b && passage.n_words >= 8);
        }
    }
}
