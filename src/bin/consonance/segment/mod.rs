//! `consonance segment`: files cut into clauses, as a tree with their numbers, which is the first thing to
//! check.

mod cut;
mod score;
mod tree;

use std::path::PathBuf;

use anyhow::bail;
use clap::ValueEnum;
use consonance::clause::{ClauseKind, Granularity};
use consonance::error::Diagnostic;
use consonance::report::save;
use serde::Serialize;

use crate::command::Outcome;
use crate::inputs::tell_unread_of;
use crate::output::{print, print_json, refuse_inputs};
use cut::{CutClause, CutFile, cut_file};

const EXAMPLES: &str = "\
Examples:
  consonance segment treaty.txt                  the clauses with their numbers
  consonance segment treaty.txt --grain article  whole articles
  consonance segment treaty.txt --kind norm      only the norms, without preamble, definitions, final clauses
  consonance segment *.md --json                 for another program
  consonance segment treaty.md --text out.txt    also write the text that the offsets count in
  consonance segment --score segmentation.json   compare with known articles

JSON: {\"schema\": \"consonance.clauses/1\", \"files\": [{\"file\", \"format\", \"title\",
\"language\", \"clauses\": [{\"label\", \"kind\", \"kind_reason\", \"heading\", \"level\",
\"start\", \"end\", \"lead_in\", \"text\"}], \"diagnostics\": [...]}]}. start and end are bytes of the text that
--text writes; of a plain UTF-8 file it is the file. text is the clause without
its label, page matter and hyphens at line ends.

Exit status: 0 all files cut; 1 failed, the reason is on stderr; 2 wrong usage;
3 some files were refused: each is told on stderr and under its diagnostics.
";

/// Cuts agreements into clauses with their official numbers.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files to segment, in any readable format.
    #[arg(required_unless_present = "score")]
    files: Vec<PathBuf>,

    /// The granularity of clauses.
    #[arg(long, value_enum, default_value_t = GrainName::Item)]
    grain: GrainName,

    /// Print only clauses of this kind; may be repeated.
    #[arg(long = "kind", value_name = "KIND", value_parser = kind_of_clause)]
    kinds: Vec<ClauseKind>,

    /// Print JSON.
    #[arg(long)]
    json: bool,

    /// Write the text that the offsets refer to into this file; only for one FILE.
    #[arg(long, value_name = "OUT")]
    text: Option<PathBuf>,

    /// Print the diagnostics: gaps and repeats in the numbering, inferred values, repairs.
    #[arg(long)]
    diagnostics: bool,

    /// Compare with known articles: a list of documents with their clauses, paths relative to it.
    #[arg(long, value_name = "GOLD.json")]
    score: Option<PathBuf>,
}

/// Parses the kind of a clause.
fn kind_of_clause(name: &str) -> Result<ClauseKind, String> {
    ClauseKind::from_name(name).ok_or_else(|| {
        let names = ClauseKind::ALL.map(ClauseKind::name);
        format!("expected one of {}", names.join(", "))
    })
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GrainName {
    Article,
    Paragraph,
    Item,
}

impl GrainName {
    fn grain(self) -> Granularity {
        match self {
            Self::Article => Granularity::Article,
            Self::Paragraph => Granularity::Paragraph,
            Self::Item => Granularity::Item,
        }
    }
}

/// All files, as printed.
#[derive(Debug, Serialize)]
struct Report<'f> {
    schema: &'static str,
    files: &'f [CutFile],
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.text.is_some() && args.files.len() != 1 {
        bail!("--text needs exactly one FILE");
    }
    refuse_inputs(args.text.as_deref(), &args.files)?;
    if let Some(gold) = &args.score {
        print(&score::score(gold)?)?;
    }
    let mut files: Vec<CutFile> = Vec::with_capacity(args.files.len());
    for path in &args.files {
        let mut file = cut_file(path, args.grain.grain());
        if args.text.is_none() {
            file.text = String::new();
        }
        files.push(file);
    }
    if !args.kinds.is_empty() {
        for file in &mut files {
            let is_wanted = |clause: &CutClause| args.kinds.contains(&clause.kind);
            file.clauses.retain(is_wanted);
        }
    }
    let n_refused = files.iter().filter(|file| file.is_refused).count();
    if let (Some(path), [file]) = (&args.text, &files[..])
        && !file.is_refused
    {
        save(path, &file.text)?;
    }
    show(args, &files)?;
    let diagnostics = files.iter().flat_map(|file| &file.diagnostics).cloned();
    let outcome = tell_unread_of(&diagnostics.collect::<Vec<Diagnostic>>());
    if n_refused > 0 && n_refused == files.len() {
        bail!("no file could be read");
    }
    Ok(outcome)
}

fn show(args: &Args, files: &[CutFile]) -> anyhow::Result<()> {
    if args.json {
        let report = Report {
            schema: "consonance.clauses/1",
            files,
        };
        return print_json(&report);
    }
    for file in files {
        print(&tree::tree(file))?;
        if args.diagnostics {
            print(&tree::diagnostics(file))?;
        }
    }
    Ok(())
}
