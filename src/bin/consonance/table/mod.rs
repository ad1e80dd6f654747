//! `consonance table`: the main job, from agreements to the convergence table.

mod args;
mod decide;
mod files;
mod find;
mod html;
mod picture;
mod why;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ArgMatches;
use consonance::evaluation::{Coding, score_table};
use consonance::report::{Report, save};

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::inputs::{parsed_at, tell_unread};
use crate::output::{has_styles, natural_width, print, print_bytes, tell};
use crate::progress::Bar;
use crate::record::Written;
use crate::terminal::rows;
use crate::terminal::table::{View, render};
use args::FormatArg;
use find::Found;

/// The most clauses missing from the coding or the table that are named.
const MAX_NAMED: usize = 5;
/// The most threads: far more than processors only wait for each other.
const MAX_THREADS: usize = 256;

pub(crate) fn run(args: &Args, matches: &ArgMatches) -> Result<Outcome> {
    if let Some(n_threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads.min(MAX_THREADS))
            .build_global()
            .context("the threads cannot be started")?;
    }
    let coding = args.score.as_deref().map(read_coding).transpose()?;
    files::check_terminal(args)?;
    args.refuse_inputs()?;
    let progress = Bar::start("reading");
    let found = find::find(args, &progress);
    progress.finish();
    let found = found?;
    let outcome = tell_unread(found.study.corpus());
    let figures = match &coding {
        Some(coding) => {
            Some(score_table(coding, found.study.table()).context("the coding does not fit")?)
        }
        None => None,
    };
    if let Some(answer) = &found.answer {
        print(answer)?;
        return Ok(outcome);
    }
    print_table(args, &found)?;
    if let Some(figures) = figures {
        let text = figures.page(MAX_NAMED).to_text();
        // On standard output, a table for a program or a document is printed without anything else.
        if args.output.is_none() && args.format() != FormatArg::Table {
            tell(text.trim_end());
        } else {
            print(&format!("\n{text}"))?;
        }
    }
    let run = Written {
        study: &found.study,
        read: args.read(),
        outputs: args.output.iter().map(PathBuf::as_path).collect(),
    };
    args.record.write(matches, &run)?;
    Ok(outcome)
}

fn read_coding(path: &Path) -> Result<Coding> {
    let coding = parsed_at(path, Coding::parse)?;
    let (file, n_ignored) = (path.display(), coding.n_ignored());
    if n_ignored > 0 {
        tell(&format!(
            "{file}: {n_ignored} lines name no clause and are ignored"
        ));
    }
    Ok(coding)
}

fn print_table(args: &Args, found: &Found) -> Result<()> {
    let contents = match &found.file {
        Some(contents) => contents.clone(),
        None => render(found.table(), &view_of(args, found)?).into_bytes(),
    };
    let Some(path) = &args.output else {
        return print_bytes(&contents);
    };
    save(path, &contents)?;
    tell(&format!("the table is in {}", path.display()));
    Ok(())
}

fn view_of(args: &Args, found: &Found) -> Result<View> {
    let is_on_terminal = args.output.is_none() && io::stdout().is_terminal();
    Ok(View {
        shown: rows::shown(args.rows.as_deref(), found.study.table(), is_on_terminal)?,
        width: args.width.unwrap_or_else(|| natural_width(is_on_terminal)),
        has_styles: has_styles(is_on_terminal),
        n_agreements: found.study.corpus().agreements().len(),
        n_processes: found.study.corpus().processes().len(),
    })
}
