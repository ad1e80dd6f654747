//! The program `consonance`: a subcommand for each job of the library.

mod briefing;
mod bundled;
mod check;
mod citations;
mod command;
mod completions;
mod corrections;
mod draft;
mod evaluate;
mod finding;
mod force;
mod inputs;
mod manual;
mod output;
mod progress;
mod record;
mod reuse;
mod review;
mod search;
mod segment;
mod sentences;
mod table;
mod terminal;
mod thesaurus;
mod versions;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
