//! `--score`: the clauses of texts against known ones.

use std::path::Path;

use anyhow::Context;
use consonance::clause::{Granularity, Segment, segment};
use consonance::corpus::read_file;
use consonance::provision::Label;
use serde::Deserialize;

/// One document whose clauses are known.
#[derive(Debug, Deserialize)]
struct Gold {
    doc: String,
    path: String,
    clauses: Vec<GoldClause>,
}

#[derive(Debug, Deserialize)]
struct GoldClause {
    clause: String,
    start_byte: usize,
}

const SCORE_NOTE: &str = "\
Compared: the raw text, at the grain of articles. A boundary is right if a passage, or its
words below its heading, begins at the very byte. Passages whose kind of label (its first word)
the known list of the document never uses, such as recitals, are left out. A label is right if it
names the same place, in whatever style; `in annexes` counts as right also a label that is known
without the annex it stands in (`Annex II Article 1` for `Article 1`).
";

#[derive(Clone, Copy, Debug, Default)]
#[allow(
    clippy::struct_field_names,
    reason = "every field is a number of something"
)]
struct Tally {
    n_known: usize,
    n_found: usize,
    n_boundaries: usize,
    n_labels: usize,
    n_in_annexes: usize,
}

impl Tally {
    fn line(self, name: &str) -> String {
        let n_known = self.n_known.max(1) as f64;
        let f1 = 2.0 * self.n_boundaries as f64 / (self.n_known + self.n_found).max(1) as f64;
        format!(
            "{name}: {} known, {} found, boundary F1 {f1:.4}, labels {:.4} (in annexes {:.4})\n",
            self.n_known,
            self.n_found,
            self.n_labels as f64 / n_known,
            self.n_in_annexes as f64 / n_known
        )
    }

    fn add(&mut self, other: Self) {
        self.n_known += other.n_known;
        self.n_found += other.n_found;
        self.n_boundaries += other.n_boundaries;
        self.n_labels += other.n_labels;
        self.n_in_annexes += other.n_in_annexes;
    }
}

/// Returns how many clauses of the listed documents begin, and are labeled, as is known.
pub(crate) fn score(gold: &Path) -> anyhow::Result<String> {
    let name = || gold.display().to_string();
    let documents: Vec<Gold> = serde_json::from_str(&read_file(gold)?).with_context(name)?;
    let folder = gold.parent().unwrap_or(Path::new("."));
    let mut report = SCORE_NOTE.to_owned();
    let mut whole = Tally::default();
    for document in &documents {
        let path = folder.join(&document.path);
        let text = read_file(&path)?;
        let tally = compare(&text, document);
        report.push_str(&tally.line(&document.doc));
        whole.add(tally);
    }
    report.push_str(&whole.line("all"));
    Ok(report)
}

fn compare(text: &str, gold: &Gold) -> Tally {
    let kinds: Vec<String> = gold
        .clauses
        .iter()
        .map(|clause| kind_of(&clause.clause))
        .collect();
    let found: Vec<(Segment, String)> = segment(text, &[])
        .at(Granularity::Article)
        .into_iter()
        .filter_map(|passage| {
            let label = passage.label.as_ref()?.canonical();
            Some((passage, label))
        })
        .filter(|(_, label)| kinds.contains(&kind_of(without_annex(label))))
        .collect();
    let mut tally = Tally {
        n_known: gold.clauses.len(),
        n_found: found.len(),
        ..Tally::default()
    };
    for clause in &gold.clauses {
        let at = clause.start_byte;
        let hit = found
            .iter()
            .find(|(passage, _)| passage.range.start == at || passage.body.start == at);
        if let Some((_, label)) = hit {
            let known = Label::new(clause.clause.as_str()).canonical();
            tally.n_boundaries += 1;
            tally.n_labels += usize::from(*label == known);
            tally.n_in_annexes += usize::from(*label == known || without_annex(label) == known);
        }
    }
    tally
}

/// The first word of a label in its normal form: `article`.
fn kind_of(label: &str) -> String {
    let canonical = Label::new(label).canonical();
    let word = canonical.split([' ', '(']).next().unwrap_or("");
    word.to_owned()
}

/// A label in its normal form without the preceding annex.
fn without_annex(label: &str) -> &str {
    match label.split_once(" article") {
        Some((annex, _)) if annex.starts_with("annex") => &label[annex.len() + 1..],
        _ => label,
    }
}
