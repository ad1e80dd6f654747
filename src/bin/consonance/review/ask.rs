//! The questions about doubtful clauses.

use anyhow::Result;
use consonance::report::counted;
use consonance::table::{Answer, Contender, Decision, Doubt};

use super::keys::Keys;
use super::ledger::Ledger;
use super::lines::{frame, quoted_start};
use super::{Args, Reviewed};
use crate::output::{print, tell};
use crate::terminal::layout::{Span, Style, paragraph, span};

/// The most characters quoted of a row's typical clause.
const TYPICAL_CHARS: usize = 200;

/// An answer that was kept.
struct Given {
    /// The number of the doubt, from 0.
    number: usize,
    /// What was added to the corrections.
    decisions: Vec<Decision>,
}

/// Asks about doubtful clauses, one after another; each answer is kept at once.
pub(super) fn ask(args: &Args, reviewed: &Reviewed, doubts: &[Doubt]) -> Result<()> {
    let ledger = Ledger::of(args)?;
    let mut keys = Keys::open();
    let mut given: Vec<Given> = Vec::new();
    let mut number = 0;
    while let Some(doubt) = doubts.get(number) {
        print(&shown(doubt, number, doubts.len()))?;
        let both = if doubt.rivals.len() > 1 {
            &BOTH_AND_NEW[..]
        } else {
            &BOTH_AND_NEW[1..]
        };
        let Some(typed) = keys.next(both)? else { break };
        match typed.as_str() {
            "q" | "quit" => break,
            "u" | "undo" => {
                match given.pop() {
                    Some(last) => {
                        ledger.take_back(&last.decisions)?;
                        number = last.number;
                    }
                    None => tell("there is nothing to undo"),
                }
                continue;
            }
            _ => {}
        }
        let answer = Answer::parse(&typed, doubt.rivals.len());
        let decisions =
            answer.and_then(|answer| doubt.decide(&reviewed.corpus, &reviewed.table, &answer));
        match decisions {
            Ok(decisions) => given.push(Given {
                number,
                decisions: ledger.add(decisions)?,
            }),
            Err(error) => {
                tell(&format!("{}: not kept: {error}", doubt.quoted.citation));
                // A person is asked again; the next line of a pipe is about the next clause.
                if keys.is_person() {
                    continue;
                }
            }
        }
        number += 1;
    }
    let n_kept = given
        .iter()
        .filter(|given| !given.decisions.is_empty())
        .count();
    let n_left = doubts.len() - n_kept;
    print(&format!(
        "\n{} in {}; {n_left} of {} left\n",
        counted(n_kept, "answer is", "answers are"),
        ledger.name(),
        doubts.len()
    ))
}

/// The keys after which a person types the rest of a line, and what is asked.
const BOTH_AND_NEW: [(char, &str); 2] = [
    ('b', "which row as well, 1 to 3 (the first if empty):"),
    ('n', "the name of the row:"),
];

/// Returns a clause, its place and its rivals, as lines for a terminal.
fn shown(doubt: &Doubt, number: usize, n_doubts: usize) -> String {
    let plain = |words: &str| span(Style::Plain, words);
    let lead_in = doubt.quoted.lead_in.as_deref().unwrap_or_default();
    let head = vec![
        plain(&format!("{} of {n_doubts}", number + 1)),
        span(Style::Strong, &doubt.quoted.citation),
    ];
    let quote = vec![plain(&format!(
        "“{}”",
        [lead_in, &doubt.quoted.text].join(" ").trim()
    ))];
    let mut lines = vec![String::new()];
    lines.extend(paragraph(&head, frame(0, 0)));
    lines.extend(paragraph(&quote, frame(2, 2)));
    lines.extend(match &doubt.place {
        Some(place) => paragraph(&told("h here:", place), frame(2, 6)),
        None => paragraph(&[plain("h here: in no row")], frame(2, 6)),
    });
    for (number, rival) in (1..).zip(&doubt.rivals) {
        lines.extend(paragraph(
            &told(&format!("{number} in:"), rival),
            frame(2, 6),
        ));
    }
    lines.extend(paragraph(&[span(Style::Faint, &doubt.why)], frame(2, 6)));
    let keys = "h here, 1-3 there, b both, a alone, n other/new, s skip, u undo, q quit:";
    lines.extend(paragraph(&[plain(keys)], frame(2, 2)));
    lines.join("\n") + " "
}

/// Returns a row with its typical clause.
fn told(key: &str, row: &Contender) -> Vec<Span> {
    let mut spans = vec![span(Style::Plain, key), span(Style::Strong, &row.issue)];
    if let Some(typical) = &row.typical {
        let words = quoted_start(&typical.text, TYPICAL_CHARS);
        let told = format!("as in {}: {words}", typical.citation);
        spans.push(span(Style::Faint, &told));
    }
    spans
}
