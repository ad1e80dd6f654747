//! The command line.

use std::path::PathBuf;

use clap::ValueEnum;
use consonance::cluster::Rule;

use crate::sentences::SentenceArgs;

const EXAMPLES: &str = "\
Examples:
  consonance evaluate
      the bundled corpus against corpus/coding.jsonl
  consonance evaluate clauses.jsonl --coding coding.jsonl --clusters 21 --confusions 10
      the table of 21 issues against a coding, and the worst disagreements
  consonance evaluate clauses.jsonl --coding label --other family
      the coding stands in the field `label` of the clauses' own lines; agreements
      whose lines have the same `family` count as one process
  consonance evaluate --issues corpus/issues.toml --predictions out.json
      the clauses under given issues; the file takes clusters, rankings and labels
  consonance evaluate --retrieval retrieval.jsonl
      rankings for a file of queries, whose collections lie in the same folder
  consonance evaluate --all ../shared
      every set of a folder of test sets, as one Markdown table
  consonance evaluate --simulate review --all ../shared
      what a person's answers to `consonance review` bring, the coding being the person
  consonance evaluate --simulate versions --all ../shared
      how many edits of real texts `consonance versions` tells right
  consonance evaluate --simulate quotations --all ../shared
      how many quotations planted in a paper `consonance check` tells right

A coding is a JSONL file with a line an issue of a clause ({\"clause_id\": ..., \"issue\": ...}).";

/// Measures the agreement of the table, and of the rankings it is based on, with a human coding.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The clauses: any input of `consonance table`; the bundled corpus if not given.
    pub(crate) clauses: Option<PathBuf>,

    /// A file with the coding, or `label`: the field of that name in the clauses' own lines.
    #[arg(long, value_name = "label|FILE")]
    pub(crate) coding: Option<PathBuf>,

    /// A codebook: a TOML file of issues to which clauses are assigned, as for `consonance table`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["retrieval", "all"])]
    pub(crate) issues: Option<PathBuf>,

    /// The number of issues; chosen from the texts if not given.
    #[arg(long, value_name = "N")]
    pub(crate) clusters: Option<usize>,

    /// The clustering rule: average-linkage, graph, spherical-k-means, k-means or dbscan; by default
    /// chosen by the number of clauses.
    #[arg(long, value_name = "NAME")]
    pub(crate) rule: Option<Rule>,

    /// What clauses are clustered on.
    #[arg(long, value_enum, default_value_t = ReductionArg::Latent)]
    pub(crate) reduction: ReductionArg,

    /// Which clauses count as another's: those of another process, agreement, or family.
    #[arg(long, value_enum, default_value_t = Other::Process)]
    pub(crate) other: Other,

    /// A file of variants of one term, or `none`; the bundled one if not given.
    #[arg(long, value_name = "FILE|none")]
    pub(crate) thesaurus: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) sentences: SentenceArgs,

    /// Print this number of the worst disagreements, with their texts.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) confusions: usize,

    /// Write the clusters and rankings to a file, as JSON for other evaluation programs.
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    pub(crate) predictions: Option<PathBuf>,

    /// Rank the collections named in a file of queries.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["clauses", "coding", "clusters", "all"])]
    pub(crate) retrieval: Option<PathBuf>,

    /// Simulate a person who reviews the table, with the coding as the person: how many first issues are right
    /// after answers about doubtful clauses, and how good rows are that were cut finer and named. With --all
    /// on the sets of a folder.
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with_all = ["issues", "clusters", "retrieval", "predictions"])]
    pub(crate) simulate: Option<Simulation>,

    /// Keep the papers of --simulate quotations in this folder.
    #[arg(long, value_name = "FOLDER", requires = "simulate")]
    pub(crate) papers: Option<PathBuf>,

    /// Evaluate every test set in a folder.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["clauses", "coding", "clusters"])]
    pub(crate) all: Option<PathBuf>,
}

/// What counts as one source: its clauses are not compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Other {
    /// The process, as the texts name it.
    Process,
    /// Each agreement.
    Agreement,
    /// The family named in the clauses' lines.
    Family,
}

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Simulation {
    /// A person who answers what `consonance review` asks.
    Review,
    /// A drafter who edits texts: how many edits `consonance versions` tells right. With --all.
    Versions,
    /// A writer who quotes texts, rightly and wrongly: how many quotations `consonance check` tells right. With
    /// --all.
    Quotations,
}

/// What clauses are clustered on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReductionArg {
    /// Their words.
    Words,
    /// Latent dimensions of their words.
    Latent,
}
