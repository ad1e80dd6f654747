//! The file by which a shell completes the command line.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::command::{Cli, Outcome};
use crate::output::print_bytes;

const EXAMPLES: &str = "\
Examples:
  consonance completions bash > ~/.local/share/bash-completion/completions/consonance
  consonance completions zsh > ~/.zfunc/_consonance
  consonance completions fish > ~/.config/fish/completions/consonance.fish
  source <(consonance completions bash)      for this shell only";

/// Prints the file by which a shell completes subcommands and options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "consonance", &mut script);
    print_bytes(&script)?;
    Ok(Outcome::Done)
}
