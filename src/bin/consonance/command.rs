//! The command line: the subcommands, and the exit status of each.

use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use consonance::finding::{co_mentions, gaps, keyness, timeline};

use crate::finding::examples;
use crate::finding::table::StudyArgs;
use crate::output::{is_closed_pipe, print, tell};
use crate::record::verify;
use crate::{
    briefing, check, citations, completions, draft, evaluate, force, manual, reuse, review, search,
    segment, table, versions,
};

/// The exit status of a failed run.
const FAILED: u8 = 1;
/// The exit status of a check that found a difference.
const DIFFERS: u8 = 1;
/// The exit status of wrong usage, of a query that cannot be understood, and of a failed check.
const WRONG_USAGE: u8 = 2;
/// The exit status of a run in which some files, or answers of a list, were refused.
const SOME_REFUSED: u8 = 3;

const EXAMPLES: &str = "\
Examples:
  consonance table                       the convergence table of the bundled corpus
  consonance table treaties/ --output table.docx
  consonance search --corpus treaties/ '\"critical infrastructure\" NOT armed'
  consonance help table                  all options of a subcommand, with examples

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files or answers were refused; `check` and `verify` have their own.";

/// Finds what agreements have in common, and where they differ.
///
/// Reads folders of agreements, cuts them into numbered clauses, and makes the convergence table:
/// issues down the side, processes across, the clauses quoted in the cells. Without input, every
/// subcommand uses the bundled corpus of norms in cyberspace.
#[derive(Debug, Parser)]
#[command(
    name = "consonance",
    version,
    after_help = EXAMPLES,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Table(Box<table::Args>),
    Review(review::Args),
    Briefing(briefing::Args),
    Search(search::Args),
    Segment(segment::Args),
    Reuse(reuse::Args),
    /// Finds what a convergence table lacks, and which clauses it may have missed.
    #[command(after_help = examples::GAPS)]
    Gaps(StudyArgs),
    /// Finds which words each process uses more or less than the others, with examples.
    #[command(after_help = examples::KEYNESS)]
    Keyness(StudyArgs),
    /// Finds for each issue who addressed it first, who followed, how strongly, and which source each may
    /// have used.
    #[command(after_help = examples::TIMELINE)]
    Timeline(StudyArgs),
    /// Finds which issues come together in one agreement, with the share of each that has the other.
    #[command(after_help = examples::CO_MENTION)]
    CoMention(StudyArgs),
    Citations(citations::Args),
    Force(force::Args),
    Draft(draft::Args),
    Versions(versions::Args),
    Check(check::Args),
    Evaluate(evaluate::Args),
    Verify(verify::Args),
    Completions(completions::Args),
    Manual(manual::Args),
}

/// How a subcommand ended, if it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Done, but some files, or answers of a list, were refused.
    SomeRefused,
    /// A query, or a record, could not be understood; the reason was told.
    NotUnderstood,
    /// What was checked differs; it was told where.
    Differs,
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let name = matches.subcommand_name().unwrap_or_default().to_owned();
        Ok((Cli::from_arg_matches(&matches)?, name, matches))
    });
    let (cli, name, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(answer) => return show(&answer),
    };
    let Some(command) = cli.command else {
        let help = Cli::command().render_help().to_string();
        let outcome = print(&help).map(|()| Outcome::Done);
        return status_of("consonance", outcome, FAILED);
    };
    // As with `diff`, 1 says what a check found.
    let failed = match command {
        Command::Check(_) | Command::Verify(_) => WRONG_USAGE,
        _ => FAILED,
    };
    let outcome = command.run(&matches);
    status_of(&format!("consonance {name}"), outcome, failed)
}

/// Shows help, the version, or what is wrong with the command line.
fn show(answer: &clap::Error) -> ExitCode {
    let shown = answer.print().map_err(anyhow::Error::from);
    match shown {
        Ok(()) => ExitCode::from(if answer.use_stderr() { WRONG_USAGE } else { 0 }),
        Err(_) if answer.use_stderr() => ExitCode::from(WRONG_USAGE),
        failed => status_of("consonance", failed.map(|()| Outcome::Done), FAILED),
    }
}

/// Returns the exit status of an outcome; `failed` is that of an error, which is told.
fn status_of(name: &str, outcome: Result<Outcome>, failed: u8) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRefused) => ExitCode::from(SOME_REFUSED),
        Ok(Outcome::NotUnderstood) => ExitCode::from(WRONG_USAGE),
        Ok(Outcome::Differs) => ExitCode::from(DIFFERS),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("{name}: {error:#}"));
            ExitCode::from(failed)
        }
    }
}

impl Command {
    fn run(self, matches: &ArgMatches) -> Result<Outcome> {
        match self {
            Self::Table(args) => table::run(&args, matches),
            Self::Review(args) => review::run(&args),
            Self::Briefing(args) => briefing::run(&args, matches),
            Self::Search(args) => search::run(&args),
            Self::Segment(args) => segment::run(&args),
            Self::Reuse(args) => reuse::run(&args),
            Self::Gaps(args) => args.tell(matches, gaps),
            Self::Keyness(args) => args.tell(matches, keyness),
            Self::Timeline(args) => args.tell(matches, timeline),
            Self::CoMention(args) => args.tell(matches, co_mentions),
            Self::Citations(args) => citations::run(&args),
            Self::Force(args) => force::run(&args),
            Self::Draft(args) => draft::run(args),
            Self::Versions(args) => versions::run(&args),
            Self::Check(args) => check::run(&args),
            Self::Evaluate(args) => evaluate::run(&args),
            Self::Verify(args) => verify::run(&args),
            Self::Completions(args) => completions::run(&args),
            Self::Manual(args) => manual::run(&args),
        }
    }
}
