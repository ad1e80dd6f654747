//! [`Findings`]: all that is found on a table, for reports that tell everything.

use crate::error::Result;
use crate::finding::citations::{Network, citations, network};
use crate::finding::draft::DraftCheck;
use crate::finding::force::{Forces, forces};
use crate::finding::gap::{GapParams, Gaps, gaps};
use crate::finding::keyness::{TableKeyness, TableKeynessParams, keyness};
use crate::finding::similarity_matrix::{
    SimilarityMatrix, similarity_of_agreements, similarity_of_issues,
};
use crate::finding::study::Study;
use crate::finding::timeline::{Timeline, timeline};
use crate::finding::why::{Why, why_row};
use crate::table::Corrections;

/// What is found on a study, each finding with its default parameters.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Findings<'a> {
    /// What they were read from.
    pub study: &'a Study,
    /// Why the clauses of each row are together, in the order of the rows.
    pub whys: Vec<Why>,
    /// How strongly each clause binds.
    pub forces: Forces,
    /// What the table lacks.
    pub gaps: Gaps,
    /// Who spoke first.
    pub timeline: Timeline,
    /// What processes stress.
    pub keyness: TableKeyness,
    /// Who cites whom, and who has whose words.
    pub network: Network,
    /// How alike the agreements are.
    pub agreements: SimilarityMatrix,
    /// How alike the issues are.
    pub issues: SimilarityMatrix,
    /// The corrections the table was made with, if there were any.
    pub corrections: Option<&'a Corrections>,
    /// A draft held against the corpus, if there is one.
    pub draft: Option<DraftCheck>,
}

impl<'a> Findings<'a> {
    /// Returns the findings on a study, without corrections and draft. Costs all of them; the timeline and
    /// the network cost most.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many agreements or issues to
    /// compare all pairs.
    pub fn of(study: &'a Study) -> Result<Self> {
        let rows = study.table().row_ids();
        let cited = citations(study.corpus());
        Ok(Self {
            study,
            whys: rows.map(|row| why_row(study, row, None)).collect(),
            forces: forces(study.corpus()),
            gaps: gaps(study, &GapParams::default()),
            timeline: timeline(study),
            keyness: keyness(study, &TableKeynessParams::default())?,
            network: network(study.corpus(), &cited, study.wording()),
            agreements: similarity_of_agreements(study)?,
            issues: similarity_of_issues(study)?,
            corrections: None,
            draft: None,
        })
    }
}
