//! The prompt: lines edited with the arrow keys, a history, and completion by Tab; from a pipe, lines
//! are read unchanged.

use std::io::{self, BufRead};
use std::path::Path;

use consonance::error::{Error, ErrorKind, Result};
use consonance::index::ClauseIndex;
use consonance::report::save;
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{Context, Editor, Helper};

/// The first line of a history, in which `\\` escapes line breaks and itself.
const HISTORY_HEAD: &str = "#V2\n";

const COMMANDS: [&str; 10] = [
    ":kwic ",
    ":left ",
    ":right ",
    ":near ",
    ":keyness ",
    ":like ",
    ":count ",
    ":values ",
    ":help",
    ":quit",
];

/// The source of lines.
pub(crate) enum Lines<'i> {
    Person(Box<Editor<Completing<'i>, DefaultHistory>>),
    Pipe(io::StdinLock<'static>),
}

/// Completes field names, their values and commands.
pub(crate) struct Completing<'i> {
    index: &'i ClauseIndex,
}

impl Helper for Completing<'_> {}
impl Highlighter for Completing<'_> {}
impl Validator for Completing<'_> {}
impl Hinter for Completing<'_> {
    type Hint = String;
}

impl Completer for Completing<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = &line[..cursor];
        if before.starts_with(':') && !before.contains(' ') {
            let fitting = COMMANDS
                .iter()
                .filter(|command| command.starts_with(before));
            return Ok((0, fitting.map(|command| pair(command)).collect()));
        }
        let (start, candidates) = self.index.complete(before);
        Ok((start, candidates.iter().map(|text| pair(text)).collect()))
    }
}

fn pair(text: &str) -> Pair {
    Pair {
        display: text.to_owned(),
        replacement: text.to_owned(),
    }
}

impl<'i> Lines<'i> {
    /// Returns the lines that a person types, with the history in a file.
    pub(crate) fn of_person(index: &'i ClauseIndex, history: Option<&Path>) -> Result<Self> {
        let mut editor = Editor::new().map_err(|error| not_usable("the terminal", error))?;
        editor.set_helper(Some(Completing { index }));
        if let Some(file) = history.filter(|file| file.exists()) {
            let loaded = editor.load_history(file);
            loaded.map_err(|error| not_usable(&file.display().to_string(), error))?;
        }
        Ok(Self::Person(Box::new(editor)))
    }

    /// Returns the lines of a pipe or file.
    pub(crate) fn of_pipe() -> Self {
        Self::Pipe(io::stdin().lock())
    }

    /// Returns the next line; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<String>> {
        match self {
            Self::Person(editor) => loop {
                match editor.readline("search> ") {
                    Ok(line) => {
                        // A line that cannot be stored in the history is still used.
                        let _ = editor.add_history_entry(&line);
                        return Ok(Some(line));
                    }
                    Err(ReadlineError::Interrupted) => {}
                    Err(ReadlineError::Eof) => return Ok(None),
                    Err(error) => return Err(not_usable("the terminal", error)),
                }
            },
            Self::Pipe(input) => {
                let mut line = Vec::new();
                let n_bytes = input
                    .read_until(b'\n', &mut line)
                    .map_err(|error| io_error("stdin", error))?;
                Ok((n_bytes > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
            }
        }
    }

    /// Writes the history to a file, in the form in which it is read.
    pub(crate) fn save(&mut self, history: Option<&Path>) -> Result<()> {
        let (Self::Person(editor), Some(file)) = (self, history) else {
            return Ok(());
        };
        let lines = editor.history().iter();
        let lines = lines.map(|line| line.replace('\\', "\\\\").replace('\n', "\\n") + "\n");
        save(file, HISTORY_HEAD.to_owned() + &lines.collect::<String>())
    }
}

fn not_usable(name: &str, error: ReadlineError) -> Error {
    match error {
        ReadlineError::Io(error) => io_error(name, error),
        other => io_error(name, io::Error::other(other)),
    }
}

fn io_error(name: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot be used")
        .in_file(name)
        .caused_by(error)
}
