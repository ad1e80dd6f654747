//! From the command line to the table: the calls of the library.

use std::path::PathBuf;

use anyhow::{Result, bail};
use consonance::clause::Grain;
use consonance::cluster::Rule;
use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::error::Diagnostic;
use consonance::evaluation::Coding;
use consonance::evaluation::{coding_in, table_of_coding};
use consonance::finding::{GapParams, gaps};
use consonance::similarity::Representation;
use consonance::table::{
    ColumnKind, ConvergeParams, ConvergenceTable, Counting, Guide, converge_on,
};

use crate::args::{Args, ColumnsArg, CountArg, FormatArg, GrainArg, RuleArg};
use crate::decide::read_ledger;
use crate::files;
use crate::progress::Progress;
use crate::thesaurus::thesaurus_at;
use crate::why;

/// The folder of the bundled corpus, beside the program's sources.
const BUNDLED_CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// What the program found.
pub(crate) struct Found {
    pub(crate) table: ConvergenceTable,
    pub(crate) n_agreements: usize,
    pub(crate) n_processes: usize,
    /// The table in the form that was asked for; nothing for the terminal.
    pub(crate) file: Option<Vec<u8>>,
    /// Why clauses are together, if that was asked.
    pub(crate) answer: Option<String>,
    /// The files that were refused, and why.
    pub(crate) refused: Vec<Diagnostic>,
}

pub(crate) fn find(args: &Args, progress: &Progress) -> Result<Found> {
    let mut params = params_of(args)?;
    progress.say("reading");
    let (corpus, coding) = read_inputs(args)?;
    params.guide = guide_of(args, &corpus)?;
    progress.say("grouping");
    params.representation.watch = progress.watch();
    let representation = Representation::of(&corpus, &params.representation)?;
    let mut table = match &coding {
        Some(coding) => as_coded((&corpus, &representation), coding, &params)?,
        None => converge_on(&corpus, &representation, &params)?,
    };
    if let (Some(wish), Some(path)) = (args.decision.wish(), &args.ledger) {
        params.ledger = Some(args.decision.write(&wish, (&corpus, &table), path)?);
        table = converge_on(&corpus, &representation, &params)?;
    }
    if args.force || files::shows_forces(args.format()) {
        table = table.with_forces(&corpus);
    }
    let answer = why::answer(args, (&corpus, &representation), &table, &params)?;
    let file = match answer {
        Some(_) => None,
        None => files::contents(
            args,
            (&corpus, &representation),
            &table,
            (&params, progress),
        )?,
    };
    Ok(Found {
        table,
        file,
        answer,
        n_agreements: corpus.agreements().len(),
        n_processes: corpus.processes().len(),
        refused: corpus.refused_files().cloned().collect(),
    })
}

/// Reads the inputs, and the table that the rows are to be taken from, if there is one: alone, it is its
/// own input.
fn read_inputs(args: &Args) -> Result<(Corpus, Option<Coding>)> {
    let Some(path) = &args.from_table else {
        return Ok((Corpus::load(&inputs(args), &load_params(args))?, None));
    };
    let of_table = Corpus::load(std::slice::from_ref(path), &load_params(args))?;
    if of_table.placements().is_empty() {
        bail!("{} holds no table of issues", path.display());
    }
    if args.input.is_empty() {
        let coding = Coding::of_placements(of_table.placements());
        return Ok((of_table, Some(coding)));
    }
    let corpus = Corpus::load(&args.input, &load_params(args))?;
    let coding = coding_in(&corpus, of_table.placements());
    Ok((corpus, Some(coding)))
}

fn as_coded(
    (corpus, representation): (&Corpus, &Representation),
    coding: &Coding,
    params: &ConvergeParams,
) -> Result<ConvergenceTable> {
    let mut table = table_of_coding(corpus, representation, coding, params)?;
    table.gaps = params
        .gaps
        .map(|params| gaps(corpus, representation, &table, params));
    Ok(table)
}

pub(crate) fn load_params(args: &Args) -> LoadParams {
    let mut load = LoadParams::default();
    load.cut.grain = match args.grain {
        GrainArg::Article => Grain::Article,
        GrainArg::Paragraph => Grain::Paragraph,
        GrainArg::Item => Grain::Item,
    };
    load
}

fn guide_of(args: &Args, corpus: &Corpus) -> Result<Option<Guide>> {
    if let Some(process) = &args.spine {
        return Ok(Some(Guide::spine(corpus, process)?));
    }
    let Some(path) = &args.issues else {
        return Ok(None);
    };
    let text = read_file(path)?;
    let guide = Guide::parse(&text).map_err(|error| error.in_file(path.display().to_string()))?;
    Ok(Some(guide))
}

pub(crate) fn inputs(args: &Args) -> Vec<PathBuf> {
    if args.input.is_empty() {
        vec![PathBuf::from(BUNDLED_CORPUS)]
    } else {
        args.input.clone()
    }
}

fn params_of(args: &Args) -> Result<ConvergeParams> {
    let mut params = ConvergeParams::default();
    if let Some(path) = &args.thesaurus {
        params.representation.analyzer.thesaurus = thesaurus_at(path)?;
    }
    params.rule = args.rule.map(|rule| match rule {
        RuleArg::AverageLinkage => Rule::AverageLinkage,
        RuleArg::SphericalKMeans => Rule::SphericalKMeans,
        RuleArg::KMeans => Rule::KMeans,
        RuleArg::Dbscan => Rule::Dbscan,
    });
    params.columns = match args.columns {
        ColumnsArg::Process => ColumnKind::Process,
        ColumnsArg::Agreement => ColumnKind::Agreement,
    };
    params.counting = match args.count {
        CountArg::Processes => Counting::Processes,
        CountArg::Agreements => Counting::Agreements,
        CountArg::Clauses => Counting::Clauses,
    };
    params.ledger = match &args.ledger {
        // The first correction makes the file.
        Some(path) if args.decision.wish().is_some() && !path.exists() => None,
        Some(path) => Some(read_ledger(path)?),
        None => None,
    };
    params.n_clusters = args.clusters;
    params.n_resamples = args.resamples;
    params.min_processes = args.min_processes;
    params.seed = args.seed;
    // The page shows them on request, the workbook has a sheet of them.
    let has_gaps = matches!(args.format(), FormatArg::Html | FormatArg::Xlsx);
    params.gaps = (args.gaps || has_gaps).then(GapParams::default);
    Ok(params)
}
