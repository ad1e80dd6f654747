//! `--pairs`: pairs of texts, compared word by word.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use consonance::agreement::Metadata;
use consonance::corpus::{Corpus, CorpusBuilder, read_file};
use consonance::corpus::{Direction, PublicationDate};
use consonance::id::ClauseId;
use consonance::language::Language;
use consonance::read::{ReadLimits, read};
use consonance::report::one_line;
use consonance::reuse::{Comparison, Overlap, Passage, SimilarityScale};
use consonance::similarity::{Representation, RepresentationParams};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::args::{Args, FormatArg};
use crate::terminal::layout::fit;

/// The number of texts from which a file can tell rare words from common ones without a background corpus.
const MIN_TEXTS: usize = 200;

/// A pair of texts.
#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    a: Side,
    b: Side,
}

#[derive(Debug, Deserialize)]
struct Side {
    text: String,
    #[serde(default)]
    agreement: Option<String>,
    #[serde(default)]
    year: Option<i32>,
    #[serde(default)]
    first_published: Option<String>,
}

/// The result for a pair.
struct Answer {
    comparison: Comparison,
    overlap: Overlap,
    dates: [Option<PublicationDate>; 2],
}

/// Returns the results for all pairs of a file, ready to print.
pub(crate) fn answer(args: &Args, path: &Path, background: &Corpus) -> Result<String> {
    let pairs = read_pairs(path)?;
    let (corpus, ids) = corpus_of(&pairs, background)?;
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let scale = SimilarityScale::of(&corpus, &representation);
    let answers: Vec<Answer> = pairs
        .par_iter()
        .map(|pair| answer_to(args, pair, (&ids, &scale)))
        .collect();
    let mut text = String::new();
    if args.format() != FormatArg::Json {
        text += "pair                     verdict  grade                     of a  of b  changed\n";
    }
    for (pair, answer) in pairs.iter().zip(&answers) {
        text += &match args.format() {
            FormatArg::Json => json_of(pair, answer).to_string(),
            _ => line_of(pair, answer),
        };
        text.push('\n');
    }
    Ok(text)
}

fn read_pairs(path: &Path) -> Result<Vec<Pair>> {
    let text = read_file(path)?;
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            let pair = serde_json::from_str(line);
            pair.with_context(|| format!("{}:{number}: no pair of texts", path.display()))
        })
        .collect()
}

/// Returns the distinct texts of the pairs as a corpus, and the clause of each text.
fn corpus_of(pairs: &[Pair], background: &Corpus) -> Result<(Corpus, BTreeMap<String, ClauseId>)> {
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lines = String::new();
    for side in pairs.iter().flat_map(|pair| [&pair.a, &pair.b]) {
        let place = place_of.len();
        if *place_of.entry(&side.text).or_insert(place) == place {
            let agreement = side
                .agreement
                .clone()
                .unwrap_or_else(|| format!("text {place}"));
            let id = format!("text/{place}");
            let line =
                json!({"id": id, "agreement": agreement, "process": agreement, "text": side.text});
            lines.extend([line.to_string().as_str(), "\n"]);
        }
    }
    if place_of.len() < MIN_TEXTS {
        for clause in background.clause_ids() {
            let process = &background.process(background.process_of(clause)).name;
            let line =
                json!({"agreement": process, "process": process, "text": background.text(clause)});
            lines.extend([line.to_string().as_str(), "\n"]);
        }
    }
    let mut builder = CorpusBuilder::new();
    builder.add(
        read(lines.as_bytes(), "pairs.jsonl", &ReadLimits::default())?,
        None,
    );
    let corpus = builder.build()?;
    let ids = place_of
        .into_iter()
        .filter_map(|(text, place)| Some((text.to_owned(), corpus.find(&format!("text/{place}"))?)))
        .collect();
    Ok((corpus, ids))
}

fn answer_to(
    args: &Args,
    pair: &Pair,
    (ids, scale): (&BTreeMap<String, ClauseId>, &SimilarityScale),
) -> Answer {
    let texts = [pair.a.text.as_str(), pair.b.text.as_str()];
    // A text without words is no clause.
    let clauses = ids.get(texts[0]).zip(ids.get(texts[1]));
    let clauses = clauses.map(|(a, b)| [*a, *b]);
    let (comparison, overlap) =
        scale.compare_texts(texts, clauses, Language::ENGLISH, args.min_words);
    Answer {
        overlap,
        comparison,
        dates: [date_of(&pair.a), date_of(&pair.b)],
    }
}

fn date_of(side: &Side) -> Option<PublicationDate> {
    let mut metadata = Metadata::default();
    metadata.year = side.year;
    metadata.first_published.clone_from(&side.first_published);
    PublicationDate::of(&metadata)
}

fn json_of(pair: &Pair, answer: &Answer) -> Value {
    let [a, b] = [&pair.a.text, &pair.b.text];
    let runs_of = |runs: &[Passage]| -> Vec<Value> {
        let run_of = |run: &Passage| json!({"a": characters(a, &run.a), "b": characters(b, &run.b), "n_words": run.n_words});
        runs.iter().map(run_of).collect()
    };
    let comparison = &answer.comparison;
    let overlap = &answer.overlap;
    let mut changes = json!(comparison)["changes"].take();
    for change in changes.as_array_mut().into_iter().flatten() {
        for (side, text) in [("a", a), ("b", b)] {
            let bytes: Range<usize> =
                serde_json::from_value(change[side].take()).unwrap_or_default();
            change[side] = json!(characters(text, &bytes));
        }
    }
    json!({
        "id": pair.id,
        "runs": runs_of(&comparison.runs),
        "moved": runs_of(&comparison.moved),
        "passages": runs_of(&comparison.passages),
        "coverage": comparison.coverage,
        "close_coverage": comparison.close_coverage,
        "verdict": overlap.verdict(),
        "grade": overlap.grade.name(),
        "because": overlap.because,
        "direction": Direction::of(answer.dates).name(),
        "dates": answer.dates.map(|date| date.map(|date| date.to_string())),
        "changed": overlap.changed(),
        "changes": changes,
        "nearness": json!(overlap)["nearness"],
    })
}

/// Returns a range of bytes of a text in characters.
fn characters(text: &str, bytes: &Range<usize>) -> [usize; 2] {
    let start = text[..bytes.start].chars().count();
    [start, start + text[bytes.clone()].chars().count()]
}

fn line_of(pair: &Pair, answer: &Answer) -> String {
    let overlap = &answer.overlap;
    let [in_a, in_b] = answer.comparison.coverage;
    format!(
        "{} {} {} {:.2}  {:.2}  {}",
        fit(&one_line(&pair.id), 24),
        fit(overlap.verdict(), 8),
        fit(overlap.grade.name(), 25),
        in_a.value(),
        in_b.value(),
        overlap.changed().join(", ")
    )
}
