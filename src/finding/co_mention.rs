//! [`co_mentions`]: which issues come together in one agreement.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::corpus::{ClauseRef, Corpus, PublicationDate};
use crate::finding::study::Study;
use crate::id::{AgreementId, ClauseId, RowId};
use crate::table::Row;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.co-mentions/1";

/// Which issues come together in one agreement, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CoMentions {
    /// The name and version of this form: `consonance.co-mentions/1`.
    pub schema: String,
    /// The issues that come together with another, in the order of the rows.
    pub(crate) issues: Vec<MentionedIssue>,
    /// The pairs of issues that at least one agreement has, those of the most agreements first.
    pub(crate) pairs: Vec<CoMention>,
}

/// An issue, and in how many agreements it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct MentionedIssue {
    /// The row.
    #[serde(skip)]
    pub(crate) row: RowId,
    /// Its issue.
    pub(crate) issue: String,
    /// The number of agreements with a clause on it that counts.
    pub(crate) n_agreements: usize,
}

/// Two issues that come together: of `n_of[0]` agreements with the first, `n_both` have the second as well, and of
/// `n_of[1]` with the second, `n_both` have the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CoMention {
    /// Their rows.
    #[serde(skip)]
    pub(crate) rows: [RowId; 2],
    /// The issues.
    pub(crate) issues: [String; 2],
    /// The number of agreements with both.
    pub(crate) n_both: usize,
    /// The number of agreements with the first, and with the second.
    pub(crate) n_of: [usize; 2],
    /// A clause on each in the earliest agreement with both.
    pub(crate) example: [ClauseRef; 2],
}

impl CoMentions {
    /// Returns the pair of two rows, in the order of the rows; `None` if no agreement has both.
    pub(crate) fn of_rows(&self, rows: [RowId; 2]) -> Option<&CoMention> {
        self.pairs.iter().find(|pair| pair.rows == rows)
    }
}

/// Returns which issues come together in one agreement.
///
/// An agreement has an issue if one of its clauses there is no weak member. Costs for each pair of rows one pass over
/// their agreements.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Study, co_mentions};
/// use consonance::report::Report;
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let found = co_mentions(&Study::new(corpus, representation, table));
/// let csv = found.records().to_csv();
/// assert!(csv.starts_with("Issue,With,Agreements with both,Agreements with the first,"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn co_mentions(study: &Study) -> CoMentions {
    let mentions: Vec<Mentions> = study
        .table()
        .row_ids()
        .map(|row| Mentions::of(study.corpus(), row, study.table().row(row)))
        .collect();
    let mut pairs: Vec<CoMention> = Vec::new();
    for (place, first) in mentions.iter().enumerate() {
        let others = mentions[place + 1..].iter();
        pairs.extend(others.filter_map(|second| pair(study, [first, second])));
    }
    // The sort is stable: ties keep the order of the rows. Of pairs as frequent, those of rarer issues come first.
    pairs.sort_by_key(|pair| (Reverse(pair.n_both), pair.n_of.iter().sum::<usize>()));
    let in_pairs: BTreeSet<RowId> = pairs.iter().flat_map(|pair| pair.rows).collect();
    let issues = mentions.iter().filter(|of| in_pairs.contains(&of.row));
    CoMentions {
        schema: SCHEMA.to_owned(),
        issues: issues
            .map(|of| MentionedIssue {
                row: of.row,
                issue: study.issue(of.row),
                n_agreements: of.first_of.len(),
            })
            .collect(),
        pairs,
    }
}

/// The agreements that have an issue.
struct Mentions {
    row: RowId,
    /// The first clause of each agreement that counts.
    first_of: BTreeMap<AgreementId, ClauseId>,
}

impl Mentions {
    fn of(corpus: &Corpus, id: RowId, row: &Row) -> Self {
        let mut first_of: BTreeMap<AgreementId, ClauseId> = BTreeMap::new();
        for clause in row.counted_ids().filter_map(|id| corpus.find(id)) {
            let agreement = corpus.clause(clause).agreement;
            let first = first_of.entry(agreement).or_insert(clause);
            *first = clause.min(*first);
        }
        Self { row: id, first_of }
    }
}

fn pair(study: &Study, [first, second]: [&Mentions; 2]) -> Option<CoMention> {
    let corpus = study.corpus();
    let in_second = |agreement: &&AgreementId| second.first_of.contains_key(*agreement);
    let both: Vec<AgreementId> = first.first_of.keys().filter(in_second).copied().collect();
    let date = |agreement: &&AgreementId| {
        let date = PublicationDate::of(&corpus.agreement(**agreement).metadata);
        (date.is_none(), date.map(|date| date.sort_key()))
    };
    let earliest = both.iter().min_by_key(date)?;
    let clause = |of: &Mentions| ClauseRef::of(corpus, of.first_of[earliest]);
    Some(CoMention {
        rows: [first.row, second.row],
        issues: [study.issue(first.row), study.issue(second.row)],
        n_both: both.len(),
        n_of: [first.first_of.len(), second.first_of.len()],
        example: [clause(first), clause(second)],
    })
}
