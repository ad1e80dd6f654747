//! [`Keys`]: the answers, one key each on a terminal, one line each from a pipe.

use std::io::{self, IsTerminal};

use anyhow::Result;
use console::{Key, Term};

use super::lines::next_line;
use crate::output::print;

/// The source of answers.
pub(super) enum Keys {
    Person(Term),
    Pipe,
}

impl Keys {
    /// Returns the keys of a person if there is a terminal on both sides, otherwise lines.
    pub(super) fn open() -> Self {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            Self::Person(Term::stdout())
        } else {
            Self::Pipe
        }
    }

    /// Returns whether a person can be asked again.
    pub(super) fn is_person(&self) -> bool {
        matches!(self, Self::Person(_))
    }

    /// Returns the next answer; `None` at the end. After a key of `with_words`, a person types the rest of a line,
    /// for which it is asked.
    pub(super) fn next(&mut self, with_words: &[(char, &str)]) -> Result<Option<String>> {
        match self {
            Self::Pipe => next_line(),
            Self::Person(terminal) => loop {
                let key = match terminal.read_key() {
                    Ok(key) => key,
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    Err(error) => return Err(error.into()),
                };
                let key = match key {
                    Key::Char('\u{4}') | Key::Escape | Key::CtrlC => return Ok(None),
                    Key::Char(c) if !c.is_control() => c.to_ascii_lowercase(),
                    _ => continue,
                };
                let Some((_, asked)) = with_words.iter().find(|(of, _)| *of == key) else {
                    print(&format!("{key}\n"))?;
                    return Ok(Some(key.to_string()));
                };
                print(&format!("{key}\n{asked} "))?;
                let words = terminal.read_line()?;
                return Ok(Some(format!("{key} {}", words.trim())));
            },
        }
    }
}
