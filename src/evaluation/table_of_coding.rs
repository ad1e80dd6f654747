//! [`table_of_coding`]: builds a table from a human coding, from which findings can be computed.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, find_clause};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::evaluation::coding::Coding;
use crate::id::ClauseId;
use crate::read::Placement;
use crate::similarity::Representation;
use crate::table::{
    ConvergenceTable, CountedClauses, Issue, LayoutParams, Membership, RowEvidence, TableMaker,
    WeakRows,
};
use crate::words::fold_name;

/// The maximum number of clauses named in a diagnostic.
const MAX_NAMED: usize = 5;

/// Returns the convergence table of a human coding: one row per issue, with the clauses that the person
/// assigned to it. A clause with several issues is in several rows; an issue without clauses is an empty
/// row.
///
/// Names, scores and nearest neighbors are computed as in [`converge`](crate::table::converge); nothing
/// is clustered or resampled. Coded clauses that are not in the corpus are reported in a diagnostic.
///
/// # Errors
///
/// [`ErrorKind::Empty`] if no coded clause is in the corpus.
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use consonance::corpus::{Corpus, LoadParams, read_file};
/// use consonance::evaluation::{Coding, table_of_coding};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::LayoutParams;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let coding = Coding::parse(&read_file(Path::new("corpus/coding.jsonl"))?)?;
/// let table = table_of_coding(&corpus, &representation, &coding, &LayoutParams::default())?;
/// assert_eq!(table.rows.len(), 21);
/// assert_eq!(table.rows[0].issue, "Respecting Human Rights Online");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn table_of_coding(
    corpus: &Corpus,
    representation: &Representation,
    coding: &Coding,
    layout: &LayoutParams,
) -> Result<ConvergenceTable> {
    let (issues, missing) = issues_of(corpus, coding);
    if issues.iter().all(|issue| issue.clauses.is_empty()) {
        let message = "no clause of the coding is in the corpus";
        return Err(Error::new(ErrorKind::Empty, message));
    }
    let made = format!("{} issues of a human coding", issues.len());
    let evidence = RowEvidence {
        resampling: None,
        placing: None,
        membership: Membership::Several,
        weak_rows: WeakRows::Hidden,
        decided: &BTreeSet::new(),
        checked: &BTreeMap::new(),
        counted: &CountedClauses::all(corpus),
    };
    let parameters = BTreeMap::from([("coding".to_owned(), made)]);
    let maker = TableMaker::new(corpus, representation, layout);
    let mut table = maker.table(issues, evidence, parameters);
    table.diagnostics.extend(diagnostic_of(&missing));
    Ok(table)
}

/// Converts the placements of a comparison table to a coding of another corpus, which contains the texts
/// it quotes.
///
/// A placement applies to the clause with its id, else to the one with its words (of several, the one that
/// its source and number cite), else to the one that [`find_clause`] finds by source and number; if there
/// is none, it keeps the id. Words are compared by letters and digits only. Costs one pass over the
/// corpus, and another for each clause that only [`find_clause`] finds.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::evaluation::coding_in;
/// use consonance::read::{ReadLimits, read};
/// use consonance::report::to_csv;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// // A table in a file, which a person may have changed there.
/// let file = to_csv(&table);
/// let parsed = read(file.as_bytes(), "table.csv", &ReadLimits::default())?;
/// let coding = coding_in(&corpus, &parsed.placements);
/// assert_eq!(coding.clauses().len(), 82, "all but those in no row");
/// assert_eq!(coding.issues().len(), table.rows.len());
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn coding_in(corpus: &Corpus, placements: &[Placement]) -> Coding {
    let mut clauses_of_words: BTreeMap<String, Vec<ClauseId>> = BTreeMap::new();
    for clause in corpus.clause_ids() {
        let words = fold_name(corpus.text(clause));
        clauses_of_words.entry(words).or_default().push(clause);
    }
    let clause_of = |placement: &Placement| {
        let id = placement.clause_id.as_deref()?;
        let words = fold_name(placement.text.as_deref().unwrap_or_default());
        let with_words = clauses_of_words.get(&words).map_or(&[][..], Vec::as_slice);
        corpus
            .find(id)
            .or_else(|| one_cited(corpus, with_words, placement))
            .or_else(|| find_clause(corpus, &citation_of(placement)).ok())
    };
    let mut known = placements.to_vec();
    for placement in &mut known {
        if let Some(clause) = clause_of(placement) {
            placement.clause_id = Some(corpus.clause(clause).key.clone());
        }
    }
    Coding::of_placements(&known)
}

/// Returns the only clause, or the first that the placement cites.
fn one_cited(corpus: &Corpus, clauses: &[ClauseId], placement: &Placement) -> Option<ClauseId> {
    let citation = fold_name(&citation_of(placement));
    let is_cited = |clause: &&ClauseId| fold_name(&corpus.citation(**clause)) == citation;
    match clauses {
        [only] => Some(*only),
        _ => clauses.iter().find(is_cited).copied(),
    }
}

fn citation_of(placement: &Placement) -> String {
    let parts = [&placement.source, &placement.reference];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

/// Returns the issues of a coding in its order, and the keys that match no clause.
fn issues_of<'c>(corpus: &Corpus, coding: &'c Coding) -> (Vec<Issue>, Vec<&'c str>) {
    let mut clauses_of: BTreeMap<&str, Vec<ClauseId>> = BTreeMap::new();
    let mut missing = Vec::new();
    for coded in coding.clauses() {
        let Some(clause) = corpus.find(&coded.id) else {
            missing.push(coded.id.as_str());
            continue;
        };
        for issue in &coded.issues {
            clauses_of.entry(issue).or_default().push(clause);
        }
    }
    let given = coding.issues().into_iter().filter_map(|name| {
        let mut clauses = clauses_of.remove(name)?;
        clauses.sort_unstable();
        Some(Issue::given(name, clauses))
    });
    let empty = coding.empty_issues().iter();
    let empty = empty.map(|name| Issue::given(name, Vec::new()));
    (given.chain(empty).collect(), missing)
}

fn diagnostic_of(missing: &[&str]) -> Option<Diagnostic> {
    let named = missing.iter().take(MAX_NAMED);
    let named: Vec<String> = named.map(|key| format!("`{key}`")).collect();
    let more = if missing.len() > MAX_NAMED {
        ", ..."
    } else {
        ""
    };
    let (n, named) = (missing.len(), named.join(", "));
    let message = format!("coded clauses that the corpus lacks: {n}, {named}{more}");
    (n > 0).then(|| Diagnostic::new(Severity::Skipped, message))
}
