//! `consonance evaluate --simulate quotations`: quotations planted in a paper by a seed; how many are told right, with the
//! paper as Markdown, as a Word document and as a PDF.

mod judged;
mod pdf;
mod planted;
mod quoting;

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{Paper, Quotations, check_quotations};
use consonance::read::{Body, ReadLimits, read};
use consonance::report::{RedlineParams, save, to_commented, to_json};
use consonance::similarity::{Representation, RepresentationParams};

use crate::inputs::load;
use crate::output::print;
use judged::{Judged, judge};
use planted::{Deed, Planted, plant};

/// The corpus that is quoted, in the folder of test sets. Invented quotations come from the bundled corpus, which says much
/// the same in other words.
const QUOTED: &str = "treaties/digital_and_rights.jsonl";
/// The seeds; each plants 200 quotations.
const SEEDS: [u64; 3] = [1, 2, 3];

/// Prints, for each seed and format, how many quotations of each kind are told right, and the first wrong ones; keeps
/// the papers in a folder if one is named.
pub(crate) fn simulate(folder: &Path, n_wrong: usize, papers: Option<&Path>) -> Result<()> {
    print("| seed | paper    | planted           | n   | right | told exact | told besides |\n")?;
    print("|------|----------|-------------------|-----|-------|------------|--------------|\n")?;
    let corpus = Corpus::load(&[folder.join(QUOTED)], &LoadParams::default())?;
    let foreign = load(&[], &LoadParams::default())?;
    let params = RepresentationParams::default().reduction(None);
    let representation = Representation::of(&corpus, &params)?;
    for seed in SEEDS {
        let planted = plant(&corpus, &foreign, seed);
        for (name, bytes) in files_of(&planted, &corpus, &representation)? {
            if let Some(papers) = papers {
                save(&papers.join(format!("{seed}-{name}")), &bytes)?;
            }
            let paper = Paper::read(&bytes, name, &ReadLimits::default())?;
            let started = Instant::now();
            let found = check_quotations(&corpus, &representation, &paper);
            let seconds = started.elapsed().as_secs_f64();
            let judged = judge(&planted, &serde_json::from_str(&to_json(&found))?);
            print_judged(seed, name, &judged)?;
            print(&format!("\n{name}: {seconds:.2} seconds.\n"))?;
            for wrong in judged
                .outcomes
                .iter()
                .filter(|of| !of.is_right)
                .take(n_wrong)
            {
                print(&format!("\n{}\n", wrong.in_words))?;
            }
        }
    }
    Ok(())
}

/// Returns the paper in each format, by the names of the files.
fn files_of(
    planted: &[Planted],
    corpus: &Corpus,
    representation: &Representation,
) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let markdown = planted::paper(planted).into_bytes();
    let paper = Paper::read(&markdown, "paper.md", &ReadLimits::default())?;
    let found: Quotations = check_quotations(corpus, representation, &paper);
    let word = to_commented(&found, &paper, &RedlineParams::default())?;
    let parsed = read(&markdown, "paper.md", &ReadLimits::default())?;
    let text = match &parsed.documents[0].body {
        Body::Text { text, .. } => text.clone(),
        Body::Clauses(_) => String::new(),
    };
    Ok(vec![
        ("paper.md", markdown),
        ("paper.docx", word),
        ("paper.pdf", pdf::pdf_of(&text)),
    ])
}

fn print_judged(seed: u64, name: &str, judged: &Judged) -> Result<()> {
    for deed in Deed::ALL {
        let of_deed = judged.outcomes.iter().filter(|of| of.deed == deed);
        print_line(seed, name, deed.name(), &of_deed.collect::<Vec<_>>())?;
    }
    let all: Vec<_> = judged.outcomes.iter().collect();
    let n_exact = all.iter().filter(|of| of.is_falsely_exact).count();
    let right = all.iter().filter(|of| of.is_right).count();
    print(&format!(
        "| {seed:<4} | {name:<8} | {:<17} | {:<3} | {:.3} | {n_exact:<10} | {:<12} |\n",
        "all",
        all.len(),
        right as f64 / all.len().max(1) as f64,
        judged.n_besides
    ))
}

fn print_line(seed: u64, name: &str, deed: &str, outcomes: &[&judged::Outcome]) -> Result<()> {
    let right = outcomes.iter().filter(|of| of.is_right).count();
    let n_exact = outcomes.iter().filter(|of| of.is_falsely_exact).count();
    print(&format!(
        "| {seed:<4} | {name:<8} | {deed:<17} | {:<3} | {:.3} | {n_exact:<10} | {:<12} |\n",
        outcomes.len(),
        right as f64 / outcomes.len().max(1) as f64,
        ""
    ))
}
