//! `--pairs`: pairs of texts, compared word by word.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use consonance::agreement::Metadata;
use consonance::corpus::{Corpus, CorpusBuilder, read_file};
use consonance::corpus::{Precedence, PublicationDate};
use consonance::id::ClauseId;
use consonance::language::Language;
use consonance::read::{ReadLimits, read};
use consonance::report::one_line;
use consonance::reuse::{
    CompareParams, Comparison, GradedClause, Overlap, Passage, SimilarityScale, compare, grade,
};
use consonance::similarity::{Representation, RepresentationParams};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::args::{Args, FormatArg};
use crate::layout::fit;

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
    precedence: Precedence,
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
    let mut params = CompareParams::default();
    params.min_run_words = args.min_words;
    let texts = (pair.a.text.as_str(), pair.b.text.as_str());
    let comparison = compare(texts.0, texts.1, &params);
    let nearness = match (ids.get(texts.0), ids.get(texts.1)) {
        (Some(a), Some(b)) => scale.nearness(*a, *b),
        // A text without words is no clause.
        _ => consonance::reuse::TopicSimilarity::default(),
    };
    let [a, b] = [texts.0, texts.1].map(|text| GradedClause::of_text(text, Language::ENGLISH));
    Answer {
        overlap: grade(a, b, &comparison, nearness),
        comparison,
        precedence: Precedence::of([date_of(&pair.a), date_of(&pair.b)]),
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
    let changes: Vec<Value> = comparison
        .changes
        .iter()
        .map(|change| {
            json!({
                "kinds": change.kinds,
                "a": characters(a, &change.a),
                "b": characters(b, &change.b),
                "from": change.from,
                "to": change.to,
            })
        })
        .collect();
    json!({
        "id": pair.id,
        "runs": runs_of(&comparison.runs),
        "moved": runs_of(&comparison.moved),
        "passages": runs_of(&comparison.passages),
        "coverage": comparison.coverage,
        "close_coverage": comparison.close_coverage,
        "verdict": overlap.verdict.name(),
        "grade": overlap.grade.name(),
        "because": overlap.because,
        "direction": answer.precedence.direction.name(),
        "dates": answer.precedence.dates.map(|date| date.map(|date| date.to_string())),
        "changed": overlap.changed,
        "changes": changes,
        "nearness": overlap.nearness,
    })
}

/// Returns a range of bytes of a text in characters.
fn characters(text: &str, bytes: &Range<usize>) -> [usize; 2] {
    let start = text[..bytes.start].chars().count();
    [start, start + text[bytes.clone()].chars().count()]
}

fn line_of(pair: &Pair, answer: &Answer) -> String {
    let overlap = &answer.overlap;
    let changed: Vec<&str> = overlap.changed.iter().map(|kind| kind.name()).collect();
    let [in_a, in_b] = answer.comparison.coverage;
    format!(
        "{} {} {} {:.2}  {:.2}  {}",
        fit(&one_line(&pair.id), 24),
        fit(overlap.verdict.name(), 8),
        fit(overlap.grade.name(), 25),
        in_a.value(),
        in_b.value(),
        changed.join(", ")
    )
}
