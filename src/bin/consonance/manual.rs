//! The manual page, and one a subcommand.

use std::path::{Path, PathBuf};
use std::{fs, iter};

use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use consonance::report::save;

use crate::command::{Cli, Outcome};
use crate::output::print_bytes;

const EXAMPLES: &str = "\
Examples:
  consonance manual | man -l -
  consonance manual table | man -l -
  consonance manual --dir ~/.local/share/man/man1";

/// Prints the manual page.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The subcommand to print the page of.
    #[arg(value_name = "SUBCOMMAND", value_parser = subcommand)]
    subcommand: Option<String>,

    /// Write the page of the program and one a subcommand into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "subcommand")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let whole = built();
    match (&args.dir, &args.subcommand) {
        (Some(folder), _) => write_pages(&whole, folder)?,
        (None, Some(name)) => {
            let found = whole.find_subcommand(name).context("no such subcommand")?;
            print_bytes(&page(found)?)?;
        }
        (None, None) => print_bytes(&page(&whole)?)?,
    }
    Ok(Outcome::Done)
}

/// Returns the command line with its options resolved.
fn built() -> Command {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    whole
}

fn write_pages(whole: &Command, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for command in iter::once(whole).chain(whole.get_subcommands()) {
        let name = man(command).get_filename();
        save(&folder.join(name), page(command)?)?;
    }
    Ok(())
}

/// Returns a page in the format of `man`.
fn page(command: &Command) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    man(command).render(&mut bytes)?;
    Ok(bytes)
}

fn man(command: &Command) -> Man {
    Man::new(command.clone()).source(concat!("consonance ", env!("CARGO_PKG_VERSION")))
}

fn subcommand(typed: &str) -> Result<String, String> {
    match Cli::command().find_subcommand(typed) {
        Some(found) => Ok(found.get_name().to_owned()),
        None => Err("no subcommand has this name".to_owned()),
    }
}
