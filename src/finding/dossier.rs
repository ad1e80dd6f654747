//! [`Dossier`]: a table and what else is found on it, for reports that tell everything.

use crate::corpus::Corpus;
use crate::error::Result;
use crate::finding::citations::{Network, network};
use crate::finding::draft::DraftCheck;
use crate::finding::emphasis::{Emphasis, EmphasisParams};
use crate::finding::likeness::{Likeness, likeness_of_agreements, likeness_of_issues};
use crate::finding::timeline::Timeline;
use crate::finding::{citations, emphasis, timeline};
use crate::id::ClauseId;
use crate::reuse::{MIN_WORDS, SharedWording};
use crate::similarity::Representation;
use crate::table::{ConvergenceTable, Ledger, Why, why_row};

/// A corpus, its table, and the findings on both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Dossier<'a> {
    /// The corpus.
    pub corpus: &'a Corpus,
    /// How it is represented.
    pub representation: &'a Representation,
    /// Its table.
    pub table: &'a ConvergenceTable,
    /// Why the clauses of each row are together, in the order of the rows.
    pub whys: Vec<Why>,
    /// Who spoke first.
    pub timeline: Timeline,
    /// What processes stress.
    pub emphasis: Emphasis,
    /// Who cites whom, and who has whose words.
    pub network: Network,
    /// How alike the agreements are.
    pub agreements: Likeness,
    /// How alike the issues are.
    pub issues: Likeness,
    /// The corrections the table was made with, if there were any.
    pub ledger: Option<&'a Ledger>,
    /// A draft held against the corpus, if there is one.
    pub draft: Option<DraftCheck>,
}

impl<'a> Dossier<'a> {
    /// Returns the findings on a table of this corpus, without ledger and draft. Costs all of them;
    /// the timeline and the network cost most.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many agreements or issues to
    /// compare all pairs.
    pub fn of(
        corpus: &'a Corpus,
        representation: &'a Representation,
        table: &'a ConvergenceTable,
    ) -> Result<Self> {
        let clauses_of = |cells: &std::collections::BTreeMap<_, Vec<crate::table::Quote>>| {
            let quotes = cells.values().flatten();
            quotes.filter_map(|quote| corpus.find(&quote.id)).collect()
        };
        let whys = table.rows.iter().map(|row| {
            let clauses: Vec<ClauseId> = clauses_of(&row.cells);
            why_row(representation, &clauses, None)
        });
        let cited = citations(corpus);
        let wording = SharedWording::of(corpus, representation, MIN_WORDS);
        Ok(Self {
            corpus,
            representation,
            table,
            whys: whys.collect(),
            timeline: timeline(corpus, representation, table),
            emphasis: emphasis(corpus, representation, table, EmphasisParams::default())?,
            network: network(corpus, &cited, &wording),
            agreements: likeness_of_agreements(corpus, representation)?,
            issues: likeness_of_issues(corpus, representation, table)?,
            ledger: None,
            draft: None,
        })
    }
}
