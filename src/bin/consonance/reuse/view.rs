//! Text reuse as text for a terminal.

use consonance::corpus::Corpus;
use consonance::corpus::DatedClause;
use consonance::corpus::Direction;
use consonance::report::counted;
use consonance::reuse::{BoilerplatePassage, ReuseChain, ReusePair, TextReuse};

use crate::terminal::layout::{Frame, Style, paragraph, span};

/// The most chains, pairs and boilerplate passages that are shown.
const MAX_CHAINS: usize = 12;
const MAX_PAIRS: usize = 15;
const MAX_BOILERPLATE: usize = 8;
/// The most characters of a phrase that are shown.
const MAX_QUOTED: usize = 400;
/// The indentation of a clause under the one it follows, and the greatest indentation.
const INDENT: usize = 2;
const MAX_DEPTH: usize = 8;

/// Returns the text reuse as lines no wider than `width`.
pub(crate) fn render(corpus: &Corpus, found: &TextReuse, width: usize) -> String {
    let mut page = Page {
        width: width.max(40),
        lines: Vec::new(),
    };
    let is_own = |pair: &&ReusePair| !pair.is_formula_only();
    let pairs: Vec<&ReusePair> = found.pairs.iter().filter(is_own).collect();
    page.line(0, "BORROWINGS");
    let n_clauses = corpus.clauses().len();
    page.line(0, &format!(
        "{} and {}: {} of clauses of different agreements share a run of {} words or more, {} of them only formulas.",
        counted(corpus.agreements().len(), "agreement", "agreements"),
        counted(n_clauses, "clause", "clauses"),
        counted(found.pairs.len() + found.n_left_out, "pair", "pairs"),
        found.parameters.get("shortest run, in words").map_or("some", String::as_str),
        found.pairs.len() - pairs.len(),
    ));
    page.chains(&found.chains);
    page.pairs(&pairs);
    page.boilerplate(&found.boilerplate);
    page.lines.push(String::new());
    page.lines.join("\n")
}

struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        let frame = Frame {
            width: self.width,
            first: indent,
            rest: indent + 2,
            has_styles: false,
        };
        self.lines
            .extend(paragraph(&[span(Style::Plain, text)], frame));
    }

    fn title(&mut self, title: &str, n_shown: usize, n_all: usize) {
        self.lines.push(String::new());
        let of = if n_shown < n_all {
            format!(" (the first {n_shown} of {n_all})")
        } else {
            String::new()
        };
        self.line(0, &format!("{title}{of}"));
    }

    fn chains(&mut self, chains: &[ReuseChain]) {
        let shown = &chains[..chains.len().min(MAX_CHAINS)];
        self.title("PHRASES AND WHO HAD THEM FIRST", shown.len(), chains.len());
        for chain in shown {
            self.lines.push(String::new());
            let n_processes = counted(chain.n_processes, "process", "processes");
            self.line(0, &format!("“{}” ({n_processes})", cut(&chain.words)));
            for (place, member) in chain.members.iter().enumerate() {
                let depth = depth_of(chain, place).min(MAX_DEPTH);
                let note = match member.parent {
                    Some(_) => format!(", {} words in a row", member.n_shared),
                    None => String::new(),
                };
                self.line(
                    INDENT * (depth + 1),
                    &format!("{}{note}", dated(&member.clause)),
                );
            }
        }
        if chains.is_empty() {
            self.line(0, "None.");
        }
    }

    fn pairs(&mut self, pairs: &[&ReusePair]) {
        let shown = &pairs[..pairs.len().min(MAX_PAIRS)];
        self.title("PAIRS THAT SHARE MOST", shown.len(), pairs.len());
        for pair in shown {
            self.lines.push(String::new());
            let (first, second, arrow) = match pair.direction {
                Direction::BToA => (&pair.b, &pair.a, "→"),
                Direction::AToB => (&pair.a, &pair.b, "→"),
                _ => (&pair.a, &pair.b, "="),
            };
            self.line(0, &format!("{} {arrow} {}", dated(first), dated(second)));
            let [in_a, in_b] = pair.comparison.coverage;
            self.line(
                2,
                &format!(
                    "{}; {}; {} shared, {:.2} and {:.2} of the words",
                    pair.overlap.verdict(),
                    pair.overlap.grade.name(),
                    counted(pair.n_words, "word", "words"),
                    in_a.value(),
                    in_b.value()
                ),
            );
            for run in pair.runs.iter().filter(|run| run.is_formula != Some(true)) {
                self.line(2, &format!("“{}”", cut(&run.words)));
            }
            let changed = pair.overlap.changed();
            if !changed.is_empty() {
                self.line(2, &format!("changed: {}", changed.join(", ")));
            }
        }
        if pairs.is_empty() {
            self.line(0, "None.");
        }
    }

    fn boilerplate(&mut self, boilerplate: &[BoilerplatePassage]) {
        let shown = &boilerplate[..boilerplate.len().min(MAX_BOILERPLATE)];
        self.title(
            "FORMULAS, WHICH PROVE NOTHING",
            shown.len(),
            boilerplate.len(),
        );
        for boilerplate in shown {
            let n_agreements = counted(boilerplate.n_agreements, "agreement", "agreements");
            self.line(
                0,
                &format!(
                    "“{}”: {n_agreements}; {}",
                    cut(&boilerplate.words),
                    boilerplate.because
                ),
            );
        }
        if boilerplate.is_empty() {
            self.line(0, "None.");
        }
    }
}

fn dated(clause: &DatedClause) -> String {
    match &clause.published {
        Some(date) => format!("{date} {}", clause.citation),
        None => format!("(no date) {}", clause.citation),
    }
}

fn depth_of(chain: &ReuseChain, place: usize) -> usize {
    let mut depth = 0;
    let mut member = &chain.members[place];
    // A parent precedes its child, so this ends.
    while let Some(parent) = member.parent {
        depth += 1;
        member = &chain.members[parent];
    }
    depth
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{} […]", &text[..end]),
        None => text.to_owned(),
    }
}
