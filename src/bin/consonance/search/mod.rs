//! `consonance search`: the clauses of a corpus by words, spelling and fields: one query from the command
//! line, or a prompt.

mod args;
mod kept;
mod page;
mod prompt;
mod session;
mod tables;

use std::io::{self, IsTerminal};

use anyhow::Result;
use consonance::error::{Error, ErrorKind};
use consonance::index::ClauseIndex;

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::output::{print, refuse_inputs, tell};
use kept::index_of;
use page::Style;
use prompt::Lines;
use session::{Request, Task, explanation};

/// The sample queries on the bundled corpus, run if there is no request.
const SAMPLES: [&str; 3] = [
    "\"critical infrastructure\"",
    ":right sovereign*",
    ":near information",
];

/// Everything that the requests of a run share.
struct Session {
    index: ClauseIndex,
    style: Style,
    /// The request of the command line, whose settings hold for every line.
    base: Request,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    refuse_inputs(args.history.as_deref(), &args.corpus)?;
    let (index, read) = index_of(args)?;
    let session = Session {
        index,
        style: Style::new(),
        base: Request::of(args),
    };
    let all_understood = if !args.query.is_empty() {
        session.answer(&session.base)?
    } else if io::stdin().is_terminal() {
        let n_clauses = session.index.n_clauses();
        tell(&format!(
            "{n_clauses} clauses. One query a line; :help, :quit."
        ));
        let mut lines = Lines::of_person(&session.index, args.history.as_deref())?;
        session.converse(&mut lines)?;
        lines.save(args.history.as_deref())?;
        true
    } else {
        match session.converse(&mut Lines::of_pipe())? {
            None if is_bare(args) => session.show_samples()?,
            understood => understood.unwrap_or(true),
        }
    };
    Ok(if all_understood {
        read
    } else {
        Outcome::NotUnderstood
    })
}

/// Returns whether the command line has no request.
fn is_bare(args: &Args) -> bool {
    args.corpus.is_empty() && args.index.is_none() && !args.json
}

impl Session {
    /// Answers one request; `false` if it could not be parsed.
    fn answer(&self, request: &Request) -> Result<bool> {
        match request.answer(&self.index, &self.style) {
            Ok(text) => print(&text).map(|()| true),
            Err(error) if is_about_the_query(&error) => {
                tell(&explanation(&request.words, &error));
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Answers every line; `false` if one could not be parsed, `None` if there was none.
    fn converse(&self, lines: &mut Lines<'_>) -> Result<Option<bool>> {
        let mut all_understood = None;
        while let Some(line) = lines.next()? {
            if line.trim().is_empty() {
                continue;
            }
            let understood = match Request::parse(&line, &self.base) {
                Ok(request) if request.task == Task::Quit => break,
                Ok(request) => self.answer(&request)?,
                Err(message) => {
                    tell(&format!("error: {message}"));
                    false
                }
            };
            all_understood = Some(understood && all_understood.unwrap_or(true));
        }
        Ok(all_understood)
    }

    /// Shows sample answers from the bundled corpus.
    fn show_samples(&self) -> Result<bool> {
        let mut base = self.base.clone();
        let n_clauses = self.index.n_clauses();
        print(&format!(
            "{n_clauses} clauses of the bundled corpus; --help tells how to ask. Three samples:\n"
        ))?;
        for sample in SAMPLES {
            base.settings.limit = Some(if sample.starts_with(':') { 8 } else { 3 });
            print(&format!("\nsearch> {sample}\n"))?;
            if let Ok(request) = Request::parse(sample, &base) {
                self.answer(&request)?;
            }
        }
        Ok(true)
    }
}

fn is_about_the_query(error: &Error) -> bool {
    error.kind() == ErrorKind::Query
}
