//! [`briefing`]: the facts, put together.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::corpus::{Corpus, DatedClause, Quoted};
use crate::finding::briefing::asked::AskedNorms;
use crate::finding::briefing::news::{Addressed, date_of};
use crate::finding::briefing::params::BriefingParams;
use crate::finding::briefing::parting::Parting;
use crate::finding::briefing::result::{Briefing, CorpusScope, IssueBrief, Silence};
use crate::finding::co_mention::{CoMention, co_mentions};
use crate::finding::gap::{EmptyCell, empty_cells};
use crate::finding::study::Study;
use crate::id::{AgreementId, ClauseId, ProcessId, RowId};
use crate::table::Row;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.briefing/1";
/// The most pairs of issues that come together.
const MAX_TOGETHER: usize = 4;
/// The fewest agreements of issues that come together.
const MIN_TOGETHER: usize = 2;
/// The least similarity of a clause that is near to an issue: below, it has a word or two of it.
const MIN_NEAR: f64 = 0.2;
/// The fewest processes of an issue that is told.
const MIN_PROCESSES: usize = 2;

/// Returns what a person with five minutes is told of a corpus and its table: what the corpus is; the most widely
/// shared issues; where their clauses part; who is silent, with the nearest clause; who was first; what is new; which
/// issues come together; what to read.
///
/// "n of N" counts processes. N are those with at least one norm in the corpus in the language of the issue, dated no
/// earlier than its first clause; what the others would say is unknown. The columns of the table are to be processes:
/// those of other tables are not found silent.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{BriefingParams, Study, briefing};
/// use consonance::report::Report;
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let study = Study::new(corpus, representation, table);
/// let told = briefing(&study, &BriefingParams::default().since(2018));
/// let page = told.page(usize::MAX).to_markdown();
/// assert!(page.contains("## New since 2018"));
/// // The register: each citation with its file, its bytes and its words.
/// let register = told.records();
/// assert_eq!(register.rows[0][0], "1");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn briefing(study: &Study, params: &BriefingParams) -> Briefing {
    let corpus = study.corpus();
    let norms = AskedNorms::of(corpus);
    let empty = empty_cells(study);
    let shared = study.table().row_ids();
    let shared = shared.filter(|row| study.table().row(*row).n_processes >= MIN_PROCESSES);
    let mut rows: Vec<RowId> = shared.collect();
    // With themes, the order of the table is that within each.
    rows.sort_by_key(|row| std::cmp::Reverse(study.table().row(*row).n_processes));
    rows.truncate(params.n_issues);
    let of_row = |row: &RowId| issue_brief(study, *row, &norms, &empty);
    let issues: Vec<IssueBrief> = rows.par_iter().filter_map(of_row).collect();
    let addressed = Addressed::of(study);
    let scope = scope(corpus, &norms);
    let newest = scope.newest.as_ref().and_then(|clause| clause.published);
    let since = params.since.or(newest.map(|date| date.year));
    let mut together = co_mentions(study).pairs;
    together.retain(|pair| pair.n_both >= MIN_TOGETHER);
    together.truncate(MAX_TOGETHER);
    let mut briefing = Briefing {
        schema: SCHEMA.to_owned(),
        scope,
        issues,
        since,
        news: since.map(|since| addressed.news(since)).unwrap_or_default(),
        together,
        readings: addressed.readings(),
        n_shared: addressed.n_shared(),
        quotes: BTreeMap::new(),
    };
    briefing.quotes = quotes(corpus, &briefing);
    briefing
}

fn scope(corpus: &Corpus, norms: &AskedNorms<'_>) -> CorpusScope {
    let agreements: Vec<AgreementId> = (0..corpus.agreements().len())
        .map(AgreementId::new)
        .collect();
    let dated = agreements
        .iter()
        .filter_map(|id| Some((date_of(corpus, *id)?.sort_key(), *id)));
    let first_clause = |id: AgreementId| {
        let clause = norms.first_of[id.index()].or(corpus.clauses_of(id).next())?;
        Some(DatedClause::of(corpus, clause))
    };
    let oldest = dated.clone().min().and_then(|(_, id)| first_clause(id));
    let newest = dated.clone().max_by_key(|(date, _)| *date);
    let languages: BTreeSet<String> = corpus
        .clauses()
        .iter()
        .map(|clause| clause.language.to_string())
        .collect();
    CorpusScope {
        n_agreements: agreements.len(),
        n_processes: corpus.processes().len(),
        n_clauses: corpus.clauses().len(),
        n_norms: norms.n_norms,
        languages: languages.into_iter().collect(),
        oldest: oldest.or_else(|| agreements.first().and_then(|id| first_clause(*id))),
        newest: newest.and_then(|(_, id)| first_clause(id)),
        n_undated: agreements.len() - dated.count(),
    }
}

/// Returns what is told of an issue; `None` if its clauses are not in the corpus.
fn issue_brief(
    study: &Study,
    id: RowId,
    norms: &AskedNorms<'_>,
    empty: &[EmptyCell],
) -> Option<IssueBrief> {
    let (corpus, row) = (study.corpus(), study.table().row(id));
    let counted: BTreeSet<ClauseId> = row.counted_ids().filter_map(|id| corpus.find(id)).collect();
    let clauses: Vec<ClauseId> = counted.into_iter().collect();
    let asked = norms.asked(&clauses);
    let parting = Parting::of(corpus, &clauses);
    let speakers = speakers(corpus, row);
    let typical = corpus.find(&row.medoid)?;
    Some(IssueBrief {
        issue: row.issue.clone(),
        n_asked: asked.len(),
        n_unknown: corpus.processes().len() - asked.len(),
        typical: DatedClause::of(corpus, typical).clause,
        classes: parting.classes(),
        negated: parting.negated(),
        quantities: parting.quantities(),
        silent: silent(study, empty.iter().filter(|cell| cell.row == id), &asked),
        first: first(corpus, &clauses),
        speakers,
    })
}

/// Returns the clause of each process that is nearest to the others, the earliest process first.
fn speakers(corpus: &Corpus, row: &Row) -> Vec<DatedClause> {
    let mut of_process: BTreeMap<ProcessId, ClauseId> = BTreeMap::new();
    let mut best: BTreeMap<ProcessId, f64> = BTreeMap::new();
    for quote in row.quotes().filter(|quote| quote.is_counted()) {
        let Some(clause) = corpus.find(&quote.id) else {
            continue;
        };
        let (process, score) = (corpus.process_of(clause), quote.score.value());
        if best.get(&process).is_none_or(|known| score > *known) {
            best.insert(process, score);
            of_process.insert(process, clause);
        }
    }
    let clauses = of_process.into_values();
    let mut speakers: Vec<DatedClause> = clauses
        .map(|clause| DatedClause::of(corpus, clause))
        .collect();
    // The sort is stable: processes of one date stay in the order of their names.
    speakers.sort_by_key(|of| {
        let date = of.published.map(|date| date.sort_key());
        (date.is_none(), date)
    });
    speakers
}

/// Returns the earliest of some clauses, if every clause of another process is certainly later.
fn first(corpus: &Corpus, clauses: &[ClauseId]) -> Option<DatedClause> {
    let dated = clauses
        .iter()
        .map(|clause| DatedClause::of(corpus, *clause));
    let mut dated: Vec<DatedClause> = dated.collect();
    dated.sort_by_key(|of| of.published.map(|date| date.sort_key()));
    let first = dated.first()?.clone();
    let date = first.published?;
    let mut others = dated.iter().filter(|of| of.process != first.process);
    let is_later = |of: &DatedClause| of.published.is_some_and(|other| date.is_before(&other));
    others.all(is_later).then_some(first)
}

/// Returns the processes that are asked and have an empty cell, those with the nearest clause first.
fn silent<'e>(
    study: &Study,
    empty: impl Iterator<Item = &'e EmptyCell>,
    asked: &BTreeSet<ProcessId>,
) -> Vec<Silence> {
    let corpus = study.corpus();
    let of_cell = |cell: &EmptyCell| {
        let near = cell.near_miss.clone()?;
        if near.score.value() < MIN_NEAR {
            return None;
        }
        let process = corpus.process_of(corpus.find(&near.clause.id)?);
        asked.contains(&process).then(|| Silence {
            process: corpus.process(process).name.clone(),
            near,
        })
    };
    let mut silent: Vec<Silence> = empty.filter_map(of_cell).collect();
    silent.sort_by(|a, b| b.near.score.value().total_cmp(&a.near.score.value()));
    silent
}

/// Returns every clause that a briefing names.
fn quotes(corpus: &Corpus, briefing: &Briefing) -> BTreeMap<String, Quoted> {
    let ids = briefing.issues.iter().flat_map(ids_of_issue);
    let scope = [&briefing.scope.oldest, &briefing.scope.newest];
    let of_scope = scope.into_iter().flatten().map(|clause| &clause.id);
    let new = briefing.news.iter().flat_map(|of| &of.issues);
    let of_pair = |pair: &CoMention| pair.example.clone().map(|clause| clause.id);
    let together: Vec<String> = briefing.together.iter().flat_map(of_pair).collect();
    let readings = briefing.readings.iter().map(|reading| &reading.begin.id);
    let ids = ids
        .chain(of_scope)
        .chain(new.map(|issue| &issue.clause.id))
        .chain(&together)
        .chain(readings);
    let quotes = ids.filter_map(|id| Some((id.clone(), Quoted::of(corpus, corpus.find(id)?))));
    quotes.collect()
}

fn ids_of_issue(issue: &IssueBrief) -> impl Iterator<Item = &String> {
    let classes = issue.classes.iter().flat_map(|of| &of.clauses);
    let quantities = issue.quantities.iter().flat_map(|of| &of.clauses);
    let dated = classes
        .chain(quantities)
        .chain(&issue.speakers)
        .chain(&issue.negated);
    let near = issue
        .silent
        .iter()
        .flat_map(|of| [&of.near.clause, &of.near.near_to]);
    let first = issue.first.iter().map(|of| &of.clause.id);
    let dated = dated.map(|of| &of.clause.id);
    dated
        .chain(near.map(|clause| &clause.id))
        .chain(first)
        .chain(std::iter::once(&issue.typical.id))
}
