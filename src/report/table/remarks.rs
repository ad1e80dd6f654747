//! Notes on rows and on clauses that stand alone.

use crate::finding::Annotated;
use crate::report::form::snippet::first_words;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};
use crate::table::{Alone, ConvergenceTable, Row, Theme};

/// The most agreements that are named in one place.
const MAX_NAMES: usize = 4;
/// The most characters quoted of a row's typical clause.
const TYPICAL_CHARS: usize = 110;
/// The most characters quoted of a wording that several agreements have.
const WORDING_CHARS: usize = 60;

impl Annotated<'_> {
    /// Returns the notes on a row, one line each: its stability, how much of it a person checked, the clause most similar to all others of a row
    /// of three or more, the range of strength, what its agreements share, which say it in the same words, and where they part, the preamble
    /// clauses on its subject; those that are known.
    pub fn remarks(self, row: &Row) -> Vec<String> {
        let all = [
            stability(row),
            checked(row),
            typical(row),
            self.strength(row),
            self.shared(row),
            self.collapsed(row),
            self.parted(row),
            self.preamble(row),
        ];
        all.into_iter().flatten().collect()
    }

    /// Returns the words that half of the agreements of a row share: `Shared: “human rights” (5 of 6)`.
    pub(in crate::report) fn shared(self, row: &Row) -> Option<String> {
        let ground = self.common_ground?.of_row(row)?;
        let of_all = ground.n_agreements;
        let phrases = ground.shared.iter();
        let phrases = phrases.map(|of| {
            let words = one_line(&of.words);
            format!("“{words}” ({} of {of_all})", of.n_agreements)
        });
        let phrases = joined(phrases, ", ");
        (!phrases.is_empty()).then(|| format!("Shared: {phrases}"))
    }

    /// Returns which agreements of a row say the same in the same words: `Same words in 2, GGE, UNGA 70/237: “States should …”`.
    pub(in crate::report) fn collapsed(self, row: &Row) -> Option<String> {
        let ground = self.common_ground?.of_row(row)?;
        let wordings = ground.wordings.iter().map(|of| {
            let (n, listed) = (of.agreements.len(), cut_list(&of.agreements));
            let words = first_words(&of.words, WORDING_CHARS);
            format!("in {n}, {listed}: “{words}”")
        });
        let shown = joined(wordings.take(MAX_NAMES), "; ");
        (!shown.is_empty()).then(|| format!("Same words {shown}"))
    }

    /// Returns where the agreements of a row part: who binds more, whom, and with which conditions.
    pub(in crate::report) fn parted(self, row: &Row) -> Option<String> {
        let ground = self.common_ground?.of_row(row)?;
        let strengths = ground.strengths.iter();
        let strengths = strengths.map(|of| format!("{} in {}", of.class, cut_list(&of.agreements)));
        let bound = ground.addressees.iter();
        let bound =
            bound.map(|of| format!("{} only in {}", of.addressee, cut_list(&of.agreements)));
        let added = ground.added.iter();
        let added = added.map(|of| format!("“{}” only in {}", of.words, cut_list(&of.agreements)));
        let parts = joined(strengths.chain(bound).chain(added), "; ");
        (!parts.is_empty()).then(|| format!("Parts: {parts}"))
    }

    /// Returns the preamble clauses on the subject of a row: `in preambles, not counted: ...`.
    pub(in crate::report) fn preamble(self, row: &Row) -> Option<String> {
        let beside = |alone: &&Alone| alone.beside.as_ref() == Some(&row.issue);
        let cited = self.table.alone.iter().filter(beside);
        let cited = joined(cited.map(|alone| alone.citation.as_str()), ", ");
        (!cited.is_empty()).then(|| format!("in preambles, not counted: {cited}"))
    }

    /// Returns the range of strength of a row: `strengths differ: obligation to declaration`; `None` if
    /// the table has no forces.
    pub fn strength(self, row: &Row) -> Option<String> {
        let force = self.row_force(row)?;
        Some(if force.differs {
            format!("strengths differ: {} to {}", force.strongest, force.weakest)
        } else {
            format!("of one strength: {}", force.strongest)
        })
    }
}

/// Returns the stability of a row, and the boilerplate that drives it: for example
/// `stability high: its clauses stay together in 0.82 of 100 resampled runs`.
pub(in crate::report) fn stability(row: &Row) -> Option<String> {
    let level = row.stability.map(|stability| {
        format!(
            "stability {}: its clauses stay together in {:.2} of {} resampled runs",
            stability.level.word(),
            stability.stability.value(),
            stability.n_runs
        )
    });
    let boilerplate = row.boilerplate.as_ref().map(|boilerplate| {
        let (words, share) = (&boilerplate.words, boilerplate.share.value());
        format!("hangs on boilerplate, “{words}” ({share:.2} of its similarity)")
    });
    let known = joined(level.into_iter().chain(boilerplate), "; ");
    (!known.is_empty()).then_some(known)
}

/// Returns how many clauses of a row a person checked, and what a person said of the row as a whole:
/// `checked by a person: 4 of 9 clauses; the row: checked by A. Keeper`.
pub(in crate::report) fn checked(row: &Row) -> Option<String> {
    let n_checked = row.n_checked();
    let all = counted(row.quotes().count(), "clause", "clauses");
    let clauses = (n_checked > 0).then(|| format!("checked by a person: {n_checked} of {all}"));
    let whole = row.checked.as_ref();
    let whole = whole.map(|checked| format!("the row: {}", checked.in_words()));
    let known = joined(clauses.into_iter().chain(whole), "; ");
    (!known.is_empty()).then_some(known)
}

/// Returns the first words of the clause most similar to all others: `typical: CITATION, “its first words …”`.
fn typical(row: &Row) -> Option<String> {
    let quote = row.quotes().find(|quote| quote.id == row.medoid)?;
    let words = first_words(&quote.text, TYPICAL_CHARS);
    let is_told = row.quotes().count() > 2;
    is_told.then(|| format!("typical: {}, “{words}”", quote.citation))
}

/// Returns the first names of a list, and how many more there are.
fn cut_list(names: &[String]) -> String {
    let shown = &names[..names.len().min(MAX_NAMES)];
    let listed = joined(shown, ", ");
    match names.len() - shown.len() {
        0 => listed,
        n_more => format!("{listed} and {n_more} more"),
    }
}

/// Returns how widely a theme is shared: `5 processes, 4 issues`.
pub(in crate::report) fn extent_of(theme: &Theme) -> String {
    let n_processes = counted(theme.n_processes, "process", "processes");
    format!(
        "{n_processes}, {}",
        counted(theme.n_rows, "issue", "issues")
    )
}

/// Returns how a table was made, in a sentence: `Made with name: value; name: value.`; `None` if the
/// table does not say.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::made_with;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let words = made_with(&table).unwrap_or_default();
/// assert!(words.starts_with("Made with clusters: 25, chosen by mean silhouette; columns: process;"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn made_with(table: &ConvergenceTable) -> Option<String> {
    let parameters = table.parameters.iter();
    let told = parameters.map(|(name, value)| format!("{name}: {value}"));
    let parameters = joined(told, "; ");
    (!parameters.is_empty()).then(|| format!("Made with {parameters}."))
}

/// Returns why a clause stands alone: its nearest neighbor with the similarity, then the reason.
pub(in crate::report) fn why_alone(alone: &Alone) -> String {
    if alone.nearest.is_none() || alone.reason.is_empty() {
        nearest_or_reason(alone)
    } else {
        format!("{}; {}", nearest_or_reason(alone), alone.reason)
    }
}

/// Returns the nearest neighbor of a clause that stands alone, with the similarity; the reason if
/// there is no neighbor.
pub(in crate::report) fn nearest_or_reason(alone: &Alone) -> String {
    match &alone.nearest {
        Some(nearest) => {
            let (citation, score) = (&nearest.clause.citation, nearest.score.value());
            format!("nearest: {citation} {score:.2}")
        }
        None => alone.reason.clone(),
    }
}
