//! Searches the clauses of a corpus: one query from the command line, or a prompt.
#![allow(clippy::print_stderr)]

mod args;
mod kept;
mod page;
mod prompt;
mod session;
mod tables;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use consonance::error::{Error, ErrorKind};
use consonance::index::ClauseIndex;

use crate::args::Args;
use crate::kept::index_of;
use crate::page::{Style, printable};
use crate::prompt::Lines;
use crate::session::{Request, Task, explanation};

/// The sample queries on the bundled corpus, run if there is no request.
const SAMPLES: [&str; 3] = [
    "\"critical infrastructure\"",
    ":right sovereign*",
    ":near information",
];

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = run(&args);
    let status = outcome.unwrap_or_else(|error| {
        eprintln!("error: {}", printable(&format!("{error:#}")));
        if error.kind() == ErrorKind::Query {
            2
        } else {
            1
        }
    });
    ExitCode::from(status)
}

/// Returns the exit status.
fn run(args: &Args) -> consonance::error::Result<u8> {
    let (index, n_refused) = index_of(args)?;
    let style = Style::new();
    let request = Request::of(args);
    let all_understood = if !args.query.is_empty() {
        answer(&index, &request, &style)?
    } else if io::stdin().is_terminal() {
        eprintln!(
            "{} clauses. One query a line; :help, :quit.",
            index.n_clauses()
        );
        let mut lines = Lines::of_person(&index, args.history.as_deref())?;
        converse(&index, &mut lines, (&request, &style))?;
        lines.save(args.history.as_deref())?;
        true
    } else {
        match converse(&index, &mut Lines::of_pipe(), (&request, &style))? {
            None if is_bare(args) => show_samples(&index, &request, &style)?,
            understood => understood.unwrap_or(true),
        }
    };
    Ok(match (all_understood, n_refused) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => 3,
    })
}

/// Returns whether the command line has no request.
fn is_bare(args: &Args) -> bool {
    args.corpus.is_empty() && args.index.is_none() && !args.json
}

/// Answers one request; `false` if it could not be parsed.
fn answer(
    index: &ClauseIndex,
    request: &Request,
    style: &Style,
) -> consonance::error::Result<bool> {
    match request.answer(index, style) {
        Ok(text) => print(&text).map(|()| true),
        Err(error) if error.kind() == ErrorKind::Query => {
            eprintln!("{}", explanation(&request.words, &error));
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Answers every line; `false` if one could not be parsed, `None` if there was none.
fn converse(
    index: &ClauseIndex,
    lines: &mut Lines<'_>,
    (base, style): (&Request, &Style),
) -> consonance::error::Result<Option<bool>> {
    let mut all_understood = None;
    while let Some(line) = lines.next()? {
        if line.trim().is_empty() {
            continue;
        }
        let understood = match Request::parse(&line, base) {
            Ok(request) if request.task == Task::Quit => break,
            Ok(request) => answer(index, &request, style)?,
            Err(message) => {
                eprintln!("error: {}", printable(&message));
                false
            }
        };
        all_understood = Some(understood && all_understood.unwrap_or(true));
    }
    Ok(all_understood)
}

/// Shows sample answers from the bundled corpus.
fn show_samples(
    index: &ClauseIndex,
    base: &Request,
    style: &Style,
) -> consonance::error::Result<bool> {
    let mut base = base.clone();
    let n_clauses = index.n_clauses();
    print(&format!(
        "{n_clauses} clauses of the bundled corpus; --help tells how to ask. Three samples:\n"
    ))?;
    for sample in SAMPLES {
        base.settings.limit = Some(if sample.starts_with(':') { 8 } else { 3 });
        print(&format!("\nsearch> {sample}\n"))?;
        if let Ok(request) = Request::parse(sample, &base) {
            answer(index, &request, style)?;
        }
    }
    Ok(true)
}

/// Writes to stdout; a closed reader (`| head`) is not an error.
fn print(text: &str) -> consonance::error::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => result.map_err(|error| io_error("stdout", error)),
    }
}

pub(crate) fn io_error(name: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot be used")
        .in_file(name)
        .caused_by(error)
}
