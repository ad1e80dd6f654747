//! [`TextReuse`] as a page and records.

use crate::corpus::{DatedClause, Direction};
use crate::report::finding::report::Report;
use crate::report::form::page::{Block, Cell, Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::words::{counted, joined};
use crate::reuse::{ReuseChain, ReusePair, TextReuse};

/// The columns of the pairs in a page.
const OF_PAIRS: [&str; 7] = [
    "first",
    "second",
    "direction",
    "verdict",
    "grade",
    "words",
    "changed",
];

/// A page has at most `limit` reuse chains, pairs and boilerplate passages. A record is a pair: both
/// clauses with their dates; `words` is the number of words outside boilerplate; `runs` are the shared
/// passages, separated by line breaks.
impl Report for TextReuse {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Text reuse");
        page.heading("Phrases and who had them first");
        for chain in self.chains.iter().take(limit) {
            push_chain(&mut page, chain);
        }
        page.more(self.chains.len(), limit);
        page.heading("Pairs of clauses");
        page.blocks.push(Block::Table {
            header: OF_PAIRS.map(str::to_owned).to_vec(),
            rows: self.pairs.iter().take(limit).map(cells_of).collect(),
        });
        page.more(self.pairs.len(), limit);
        if self.n_left_out > 0 {
            let n = counted(self.n_left_out, "further pair was", "further pairs were");
            page.text(format!("{n} not compared."));
        }
        page.heading("Formulas");
        for boilerplate in self.boilerplate.iter().take(limit) {
            let n_agreements = counted(boilerplate.n_agreements, "agreement", "agreements");
            let because = &boilerplate.because;
            let words = format!("“{}”: {n_agreements}; {because}", boilerplate.words);
            page.item(0, vec![plain(words)]);
        }
        page.more(self.boilerplate.len(), limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "a, published a, b, published b, direction, verdict, grade, words, coverage a, \
             coverage b, changed, runs",
        )
        .with_numbers(&["words", "coverage a", "coverage b"]);
        for pair in &self.pairs {
            records.add(record_of(pair));
        }
        records
    }
}

fn push_chain(page: &mut Page, chain: &ReuseChain) {
    let n_processes = counted(chain.n_processes, "process", "processes");
    let words = strong(format!("“{}”", chain.words));
    let title = vec![words, plain(format!("({n_processes})"))];
    page.blocks.push(Block::Text(title));
    let mut depths: Vec<usize> = Vec::with_capacity(chain.members.len());
    for member in &chain.members {
        let depth = member.parent.map_or(0, |parent| depths[parent] + 1);
        depths.push(depth);
        let clause = plain(format!("{}:", dated(&member.clause)));
        page.item(depth, vec![clause, quote(&member.words)]);
    }
}

fn cells_of(pair: &ReusePair) -> Vec<Cell> {
    let cells = [
        dated(&pair.a),
        dated(&pair.b),
        in_words(pair.direction).to_owned(),
        pair.overlap.verdict.name().to_owned(),
        pair.overlap.grade.name().to_owned(),
        pair.n_words.to_string(),
        changed(pair),
    ];
    cells.map(|words| vec![vec![plain(words)]]).to_vec()
}

fn record_of(pair: &ReusePair) -> Vec<String> {
    let date = |clause: &DatedClause| {
        let date = clause.published.map(|date| date.to_string());
        date.unwrap_or_default()
    };
    let [in_a, in_b] = pair.comparison.coverage;
    let runs = pair.runs.iter().map(|run| {
        let is_formula = run.is_formula == Some(true);
        let mark = if is_formula { "(formula) " } else { "" };
        format!("{mark}{}", run.words)
    });
    vec![
        pair.a.citation.clone(),
        date(&pair.a),
        pair.b.citation.clone(),
        date(&pair.b),
        pair.direction.name().to_owned(),
        pair.overlap.verdict.name().to_owned(),
        pair.overlap.grade.name().to_owned(),
        pair.n_words.to_string(),
        format!("{:.3}", in_a.value()),
        format!("{:.3}", in_b.value()),
        changed(pair),
        joined(runs, "\n"),
    ]
}

fn in_words(direction: Direction) -> &'static str {
    match direction {
        Direction::AToB => "first is older",
        Direction::BToA => "second is older",
        Direction::Tie => "same time",
        Direction::Unknown => "unknown",
    }
}

fn dated(clause: &DatedClause) -> String {
    match &clause.published {
        Some(date) => format!("{date} {}", clause.citation),
        None => clause.citation.clone(),
    }
}

fn changed(pair: &ReusePair) -> String {
    joined(pair.overlap.changed.iter().map(|kind| kind.name()), ", ")
}
