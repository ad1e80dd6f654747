//! [`ConvergenceTable`]: issues down the side, processes across, clauses in the cells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;
use crate::corpus::Corpus;
use crate::deontic::Force;
use crate::error::Diagnostic;
use crate::finding::{Gaps, RowForce};
use crate::language::Language;
use crate::score::Score;
use crate::table::corrections::Outcome;
use crate::table::issue::Origin;
use crate::table::stability::{AlsoNear, Formula, RowTrust};

/// The convergence table: issues down the side, most widely shared first; processes (or agreements)
/// across; quoted clauses in the cells; then the clauses that stand alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConvergenceTable {
    /// The name and version of this form: `consonance.table/1`.
    pub schema: String,
    /// How the table was made: parameter names and values, in words.
    pub parameters: BTreeMap<String, String>,
    /// The columns, in corpus order.
    pub columns: Vec<Column>,
    /// The agreements the clauses come from, in corpus order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<SourceAgreement>,
    /// The issues, the most widely shared first.
    pub rows: Vec<Row>,
    /// The clauses in no row, in corpus order.
    pub alone: Vec<Alone>,
    /// What became of each decision of a ledger, in the ledger's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Outcome>,
    /// What the table lacks, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
    /// What was skipped, repaired or guessed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// A column: a process or an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Column {
    /// What cells are filed under; lower-case words joined by hyphens.
    pub id: String,
    /// The name to show.
    pub title: String,
}

/// An agreement that clauses of a table come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceAgreement {
    /// The key that names it in clause ids, such as `gge2015`.
    pub key: String,
    /// The name that citations begin with.
    pub name: String,
    /// The process it belongs to.
    pub process: String,
    /// The language of its text.
    pub language: Language,
    /// What else is known of it.
    pub metadata: Metadata,
}

impl SourceAgreement {
    /// Returns the agreements of a corpus, in its order.
    pub(crate) fn all_of(corpus: &Corpus) -> Vec<Self> {
        let agreements = corpus.agreements().iter();
        agreements
            .map(|agreement| Self {
                key: agreement.key.clone(),
                name: agreement.name.clone(),
                process: corpus.process(agreement.process).name.clone(),
                language: agreement.language,
                metadata: agreement.metadata.clone(),
            })
            .collect()
    }
}

/// A row: an issue and who speaks of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Row {
    /// The issue's name, made of words as they stand in its clauses.
    pub issue: String,
    /// Whether a person gave it or the clauses made it.
    #[serde(default, skip_serializing_if = "Origin::is_found")]
    pub origin: Origin,
    /// Its characteristic terms, the strongest first, as whole words.
    pub terms: Vec<String>,
    /// The number of distinct processes with a clause in the row.
    pub n_processes: usize,
    /// The number of distinct agreements with a clause in the row.
    pub n_agreements: usize,
    /// The id of the clause nearest to all others of the row.
    pub medoid: String,
    /// How stable it is under resampling; nothing if nothing was resampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<RowTrust>,
    /// The formula that most of its similarity comes from, if it hangs on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// How far its clauses are apart in strength; nothing if that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<RowForce>,
    /// The filled cells: column id to quotes, in corpus order.
    pub cells: BTreeMap<String, Vec<Quote>>,
}

/// A clause quoted in a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The clause's id.
    pub id: String,
    /// How to cite it.
    pub citation: String,
    /// The key of its agreement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agreement: String,
    /// Its official label, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The words that introduce it, outside the quotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Its words, exactly as they stand in the agreement.
    pub text: String,
    /// Its mean similarity to the row's other clauses.
    pub score: Score,
    /// The mean share of resampled runs in which it stays with the others of its row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<Score>,
    /// Its silhouette among the rows, in `-1..=1`: below 0 it is nearer to another row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<f64>,
    /// Other rows it is near to, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_near: Vec<AlsoNear>,
    /// How strongly it binds, and whom; nothing if that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<Force>,
    /// Why it stands in a given issue; nothing where it was clustered or a person put it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed: Option<Placed>,
}

/// Why a clause stands in a given issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Placed {
    /// How near it is to the issue: see [`place`](crate::table::codebook::place).
    pub score: Score,
    /// The words it shares with the issue, the weightiest first, as stems; none where neighbors or
    /// the other clauses of the issue draw it there.
    #[serde(default)]
    pub words: Vec<String>,
}

/// A clause that no row holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alone {
    /// The clause's id.
    pub id: String,
    /// How to cite it.
    pub citation: String,
    /// The id of the column it would stand in.
    #[serde(default)]
    pub column: String,
    /// The key of its agreement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agreement: String,
    /// Its official label, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The words that introduce it, outside the quotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Its words, exactly as they stand in the agreement.
    pub text: String,
    /// How strongly it binds, and whom; nothing if that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<Force>,
    /// Why it stands alone.
    pub reason: String,
    /// The most similar clause of another process; nothing if it shares no term with any.
    pub nearest: Option<Nearest>,
}

/// The nearest neighbor of a clause that stands alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nearest {
    /// The neighbor's id.
    pub id: String,
    /// How to cite the neighbor.
    pub citation: String,
    /// How similar it is.
    pub score: Score,
}
