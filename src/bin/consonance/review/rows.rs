//! The questions about rows: a name for each of a table that is cut finer than wanted.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};

use anyhow::{Result, bail};
use consonance::corpus::Corpus;
use consonance::id::ClauseId;
use consonance::report::{counted, save, to_qdc};
use consonance::table::{Codebook, Decision, GivenIssue, proposals};

use super::ledger::Ledger;
use super::lines::{frame, next_line, quoted_start};
use super::suggested::Suggestions;
use super::{Args, Reviewed};
use crate::inputs::is_qdc;
use crate::output::{print, tell};
use crate::terminal::layout::{Style, paragraph, span};

/// The most clauses of a row that are quoted, and the most characters of each.
const N_QUOTED: usize = 4;
const QUOTED_CHARS: usize = 220;

/// What is asked for the name of: a row, a part of one, or a clause that stands alone.
#[derive(Clone)]
pub(super) struct Unnamed {
    /// The name that the table gave it; `None` for a part or a clause.
    pub(super) title: Option<String>,
    /// Its clauses, those most similar to the others first.
    pub(super) clauses: Vec<ClauseId>,
}

/// A name that a person gave, or several parts in place of a row.
enum Done {
    Named {
        row: Unnamed,
        name: String,
        decisions: Vec<Decision>,
    },
    Divided {
        row: Unnamed,
        n_parts: usize,
    },
    Skipped(Unnamed),
}

/// What a person typed for a row.
enum Typed {
    Name(String),
    Parts(usize),
    Skip,
    Undo,
    Quit,
}

/// The state of the questions.
struct Session<'a> {
    reviewed: &'a Reviewed,
    ledger: Ledger<'a>,
    suggestions: Suggestions<'a>,
    /// What is left, the next last.
    left: Vec<Unnamed>,
    done: Vec<Done>,
}

/// Asks for the names of rows, each kept at once, and writes the named issues as a codebook.
pub(super) fn ask(args: &Args, reviewed: &Reviewed) -> Result<()> {
    let mut session = Session {
        reviewed,
        ledger: Ledger::of(args)?,
        suggestions: Suggestions::of(args, reviewed)?,
        left: unnamed(reviewed).into_iter().rev().collect(),
        done: Vec::new(),
    };
    session.ask_all()?;
    let issues = session.suggestions.named();
    let n_left = session.left.len();
    print(&format!(
        "\n{} in {}; {} left\n",
        counted(issues.len(), "named issue", "named issues"),
        session.ledger.name(),
        counted(n_left, "row or clause", "rows or clauses"),
    ))?;
    if let Some(path) = &args.output {
        if issues.is_empty() {
            bail!("no row was named: {} is not written", path.display());
        }
        let codebook = Codebook::new(issues)?;
        let contents = if is_qdc(path) {
            to_qdc(&codebook)
        } else {
            codebook.to_toml()
        };
        save(path, contents)?;
        tell(&format!("the codebook is in {}", path.display()));
    }
    Ok(())
}

/// Returns the rows that no person named, then the clauses that stand alone. A clause in two rows is in the first: a
/// name gives each clause one place.
fn unnamed(reviewed: &Reviewed) -> Vec<Unnamed> {
    let (corpus, table) = (&reviewed.corpus, &reviewed.table);
    let mut taken = BTreeSet::new();
    let rows = table.rows.iter().filter(|row| !row.is_given());
    let rows = rows.map(|row| {
        let quotes = row.quotes().filter(|quote| taken.insert(&quote.id));
        let mut quotes: Vec<_> = quotes.collect();
        quotes.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        Unnamed {
            title: Some(row.issue.clone()),
            clauses: quotes
                .iter()
                .filter_map(|quote| corpus.find(&quote.id))
                .collect(),
        }
    });
    let rows: Vec<Unnamed> = rows.filter(|row| !row.clauses.is_empty()).collect();
    let alone = table.alone.iter().filter(|alone| alone.is_compared);
    let alone = alone.map(|alone| Unnamed {
        title: None,
        clauses: corpus.find(&alone.id).into_iter().collect(),
    });
    rows.into_iter().chain(alone).collect()
}

impl Session<'_> {
    fn ask_all(&mut self) -> Result<()> {
        while let Some(row) = self.left.last().cloned() {
            let suggested = self.suggestions.for_row(&row);
            print(&shown(
                &self.reviewed.corpus,
                &row,
                &suggested,
                self.left.len(),
            ))?;
            let Some(line) = next_line()? else { break };
            if !io::stdin().is_terminal() {
                print("\n")?;
            }
            match typed(&line, &suggested) {
                Ok(Typed::Quit) => break,
                Ok(typed) => self.take(row, typed)?,
                Err(why) => {
                    tell(&format!("not kept: {why}"));
                    // A person is asked again; the next line of a pipe is about the next row.
                    if !io::stdin().is_terminal() {
                        self.take(row, Typed::Skip)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, row: Unnamed, typed: Typed) -> Result<()> {
        match typed {
            Typed::Undo => return self.undo(),
            Typed::Quit => {}
            Typed::Skip => {
                self.left.pop();
                self.done.push(Done::Skipped(row));
            }
            Typed::Name(typed) => {
                self.left.pop();
                let name = self.suggestions.known(&typed).unwrap_or(typed);
                let pins =
                    Codebook::new(vec![self.issue(&row, &name)])?.pins(&self.reviewed.corpus)?;
                let decisions = self.ledger.add(pins)?;
                self.suggestions.add(&name, &row.clauses);
                self.done.push(Done::Named {
                    row,
                    name,
                    decisions,
                });
            }
            Typed::Parts(n_parts) => {
                match proposals(&self.reviewed.representation, &row.clauses, n_parts) {
                    Ok(parts) => {
                        self.left.pop();
                        let parts = parts.into_iter().rev();
                        let parts = parts.map(|clauses| Unnamed {
                            title: None,
                            clauses,
                        });
                        self.left.extend(parts);
                        self.done.push(Done::Divided { row, n_parts });
                    }
                    Err(error) => {
                        tell(&format!("not divided: {error}"));
                        if !io::stdin().is_terminal() {
                            self.take(row, Typed::Skip)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn undo(&mut self) -> Result<()> {
        match self.done.pop() {
            Some(Done::Named {
                row,
                name,
                decisions,
            }) => {
                self.ledger.take_back(&decisions)?;
                self.suggestions.take_back(&name, &row.clauses);
                self.left.push(row);
            }
            Some(Done::Divided { row, n_parts }) => {
                self.left.truncate(self.left.len().saturating_sub(n_parts));
                self.left.push(row);
            }
            Some(Done::Skipped(row)) => self.left.push(row),
            None => tell("there is nothing to undo"),
        }
        Ok(())
    }

    fn issue(&self, row: &Unnamed, name: &str) -> GivenIssue {
        let key = |clause: &ClauseId| self.reviewed.corpus.clause(*clause).key.clone();
        let mut issue = GivenIssue::new(name);
        issue.clauses = row.clauses.iter().map(key).collect();
        issue
    }
}

/// Returns what was typed: the number of a suggestion, `2 parts` or `3 parts`, `s`, `u`, `q`, or a name.
fn typed(words: &str, suggested: &[String]) -> Result<Typed, String> {
    match words.to_lowercase().as_str() {
        "" | "s" | "skip" => return Ok(Typed::Skip),
        "u" | "undo" => return Ok(Typed::Undo),
        "q" | "quit" => return Ok(Typed::Quit),
        "2 parts" | "/2" => return Ok(Typed::Parts(2)),
        "3 parts" | "/3" => return Ok(Typed::Parts(3)),
        _ => {}
    }
    if let Ok(number) = words.parse::<usize>() {
        let name = number.checked_sub(1).and_then(|place| suggested.get(place));
        let name = name.ok_or_else(|| format!("there is no suggestion {number}"))?;
        return Ok(Typed::Name(name.clone()));
    }
    if !words.chars().any(char::is_alphanumeric) {
        return Err(format!("`{words}` has no letter or digit"));
    }
    Ok(Typed::Name(words.to_owned()))
}

/// Returns a row and the names to choose from, as lines for a terminal.
fn shown(corpus: &Corpus, row: &Unnamed, suggested: &[String], n_left: usize) -> String {
    let title = row.title.as_deref().unwrap_or("without a name");
    let n_clauses = counted(row.clauses.len(), "clause", "clauses");
    let head = [
        span(Style::Strong, title),
        span(Style::Plain, &format!("({n_clauses}; {n_left} to go)")),
    ];
    let mut lines = vec![String::new()];
    lines.extend(paragraph(&head, frame(0, 0)));
    for &clause in row.clauses.iter().take(N_QUOTED) {
        let quote = [
            span(Style::Strong, &format!("{}:", corpus.citation(clause))),
            span(
                Style::Plain,
                &quoted_start(corpus.text(clause), QUOTED_CHARS),
            ),
        ];
        lines.extend(paragraph(&quote, frame(2, 4)));
    }
    if row.clauses.len() > N_QUOTED {
        let more = format!("and {} more", row.clauses.len() - N_QUOTED);
        lines.extend(paragraph(&[span(Style::Faint, &more)], frame(2, 4)));
    }
    for (number, name) in (1..).zip(suggested) {
        let line = [
            span(Style::Plain, &format!("{number}:")),
            span(Style::Name, name),
        ];
        lines.extend(paragraph(&line, frame(2, 5)));
    }
    let keys =
        "A number, a name, `2 parts` or `3 parts` if it holds several, s skip, u undo, q quit:";
    lines.extend(paragraph(&[span(Style::Plain, keys)], frame(2, 2)));
    lines.join("\n") + " "
}
