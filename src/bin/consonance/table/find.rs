//! From the command line to the table: the calls of the library.

use anyhow::{Result, bail};
use consonance::clause::Granularity;
use consonance::cluster::Rule;
use consonance::corpus::{Corpus, LoadParams};
use consonance::evaluation::{Coding, coding_in, table_of_coding};
use consonance::finding::{
    Annotated, CommonGrounds, Forces, Gaps, Study, common_ground, forces, gaps,
};
use consonance::table::{
    Codebook, ColumnKind, ConvergeParams, Counting, LayoutParams, converge_on,
};

use super::args::{Args, ColumnsArg, CountArg, FormatArg, GrainArg, RuleArg};
use super::files;
use super::why;
use crate::corrections::read_corrections;
use crate::inputs::{catalogue_at, codebook_at, load};
use crate::progress::Bar;
use crate::thesaurus::thesaurus_at;

/// The results of the subcommand.
pub(crate) struct Found {
    pub(crate) study: Study,
    /// The most words that a cell of a document quotes.
    words_per_cell: Option<usize>,
    /// What the table lacks, if requested.
    pub(crate) gaps: Option<Gaps>,
    /// How strongly clauses bind, if requested.
    pub(crate) forces: Option<Forces>,
    /// What the clauses of each row agree on, if the format shows it.
    common_ground: Option<CommonGrounds>,
    /// The table in the requested format; `None` for the terminal.
    pub(crate) file: Option<Vec<u8>>,
    /// Why clauses are together, if requested.
    pub(crate) answer: Option<String>,
}

impl Found {
    /// Returns the table with its gaps and forces, if requested.
    pub(crate) fn table(&self) -> Annotated<'_> {
        Annotated::from(self.study.table())
            .words_per_cell(self.words_per_cell)
            .gaps(self.gaps.as_ref())
            .forces(self.forces.as_ref())
            .common_ground(self.common_ground.as_ref())
    }
}

pub(crate) fn find(args: &Args, progress: &Bar) -> Result<Found> {
    progress.say("reading");
    let (corpus, coding) = read_inputs(args)?;
    let mut params = params_of(args, &corpus)?;
    progress.say("grouping");
    params.representation.progress = progress.progress();
    let representation = args
        .sentences
        .represent(&corpus, &mut params.representation)?;
    let mut table = match &coding {
        Some(coding) => table_of_coding(&corpus, &representation, coding, &params.layout)?,
        None => converge_on(&corpus, &representation, &params)?,
    };
    if let (Some(request), Some(path)) = (args.decision.request(), &args.corrections) {
        let decision = request.decide(&corpus, &table)?;
        params = params.corrections(args.decision.write(decision, path)?);
        table = converge_on(&corpus, &representation, &params)?;
    }
    let study = Study::new(corpus, representation, table);
    let has_gaps = args.gaps || args.format() == FormatArg::Xlsx;
    let has_forces = args.force || files::shows_forces(args.format());
    let mut found = Found {
        gaps: has_gaps.then(|| gaps(&study)),
        forces: has_forces.then(|| forces(study.corpus())),
        common_ground: files::shows_common_ground(args.format()).then(|| common_ground(&study)),
        words_per_cell: args.words_per_cell.0,
        file: None,
        answer: why::answer(args, &study, &params)?,
        study,
    };
    if found.answer.is_none() {
        found.file = files::contents(args, &found, &params, progress)?;
    }
    Ok(found)
}

/// Reads the inputs, and the table from which the rows are taken, if there is one; without other
/// inputs, the table is also the input.
fn read_inputs(args: &Args) -> Result<(Corpus, Option<Coding>)> {
    let Some(path) = &args.from_table else {
        return Ok((load(&args.input, &load_params(args))?, None));
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

pub(crate) fn load_params(args: &Args) -> LoadParams {
    let mut load = LoadParams::default();
    load.grain = match args.grain {
        GrainArg::Article => Granularity::Article,
        GrainArg::Paragraph => Granularity::Paragraph,
        GrainArg::Item => Granularity::Item,
    };
    load
}

fn guide_of(args: &Args, corpus: &Corpus) -> Result<Option<Codebook>> {
    let guide = match (&args.reference, &args.issues) {
        (Some(process), _) => Codebook::of_reference(corpus, process)?,
        (None, Some(path)) => codebook_at(path)?,
        (None, None) if args.only_issues => bail!("--only-issues needs --issues or --reference"),
        (None, None) => return Ok(None),
    };
    Ok(Some(if args.only_issues {
        guide.only_these()
    } else {
        guide
    }))
}

fn params_of(args: &Args, corpus: &Corpus) -> Result<ConvergeParams> {
    let layout = LayoutParams::default()
        .columns(match args.columns {
            ColumnsArg::Process => ColumnKind::Process,
            ColumnsArg::Agreement => ColumnKind::Agreement,
        })
        .counting(match args.count {
            CountArg::Processes => Counting::Processes,
            CountArg::Agreements => Counting::Agreements,
            CountArg::Clauses => Counting::Clauses,
        })
        .min_processes(args.min_processes)
        .n_themes(args.themes.map(|most| most.0.unwrap_or(0)));
    let mut params = ConvergeParams::default()
        .rule(args.rule.map(|rule| match rule {
            RuleArg::AverageLinkage => Rule::AverageLinkage,
            RuleArg::SphericalKMeans => Rule::SphericalKMeans,
            RuleArg::KMeans => Rule::KMeans,
            RuleArg::Dbscan => Rule::Dbscan,
        }))
        .n_clusters(args.clusters)
        .max_issues(args.max_issues.0)
        .kinds(args.kinds.clone())
        .n_resamples(args.resamples)
        .seed(args.seed)
        .guide(guide_of(args, corpus)?)
        .corrections(match &args.corrections {
            // The first correction creates the file.
            Some(path) if args.decision.request().is_some() && !path.exists() => None,
            Some(path) => Some(read_corrections(path)?),
            None => None,
        })
        .layout(layout);
    if let Some(path) = &args.thesaurus {
        params.representation.analyzer.thesaurus = thesaurus_at(path)?;
    }
    if let Some(path) = &args.catalogue {
        params.catalogue = catalogue_at(path)?;
    }
    Ok(params)
}
