//! [`Findings`]: all findings on a table, for complete reports.

use crate::error::Result;
use crate::finding::citations::{Network, citations, network};
use crate::finding::co_mention::{CoMentions, co_mentions};
use crate::finding::common_ground::{CommonGrounds, common_ground};
use crate::finding::draft::DraftCheck;
use crate::finding::force::{Forces, forces};
use crate::finding::gap::{Gaps, gaps};
use crate::finding::keyness::{TableKeyness, keyness};
use crate::finding::similarity_matrix::{
    SimilarityMatrix, similarity_of_agreements, similarity_of_issues,
};
use crate::finding::study::Study;
use crate::finding::timeline::{Timeline, timeline};
use crate::finding::why::Why;
use crate::table::{Corrections, Doubt};

/// All findings on a study, each with its default parameters.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Findings<'a> {
    /// The study they are about.
    pub study: &'a Study,
    /// Why the clauses of each row are together, in the order of the rows.
    pub whys: Vec<Why>,
    /// How strongly each clause binds.
    pub forces: Forces,
    /// What the agreements of each row share, and where they part.
    pub common_ground: CommonGrounds,
    /// Which issues come together in one agreement.
    pub co_mentions: CoMentions,
    /// The gaps of the table.
    pub gaps: Gaps,
    /// Who addressed each issue first.
    pub timeline: Timeline,
    /// The keyness of each process.
    pub keyness: TableKeyness,
    /// The network of citation and text reuse.
    pub network: Network,
    /// The similarity of the agreements.
    pub agreements: SimilarityMatrix,
    /// The similarity of the issues.
    pub issues: SimilarityMatrix,
    /// The corrections the table was made with, if there were any.
    pub corrections: Option<&'a Corrections>,
    /// A draft compared with the corpus, if there is one.
    pub draft: Option<DraftCheck>,
    /// The clauses that a person is to be asked about, the most doubtful first: see
    /// [`doubts`](crate::table::doubts).
    pub doubts: Vec<Doubt>,
}

impl<'a> Findings<'a> {
    /// Computes the findings on a study, without corrections, draft and doubts. Costs the sum of all; the
    /// timeline and the network cost most.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many agreements or issues to
    /// compare all pairs.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::finding::{Findings, Study};
    /// use consonance::similarity::{Representation, RepresentationParams};
    /// use consonance::table::{ConvergeParams, converge_on};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
    /// let study = Study::new(corpus, representation, table);
    /// let findings = Findings::of(&study)?;
    /// assert_eq!(findings.whys.len(), study.table().rows.len(), "why each row is one");
    /// assert_eq!(findings.agreements.scores.len(), 26);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn of(study: &'a Study) -> Result<Self> {
        let rows = study.table().row_ids();
        let cited = citations(study.corpus());
        Ok(Self {
            study,
            whys: rows.map(|row| Why::of_row(study, row, None)).collect(),
            forces: forces(study.corpus()),
            common_ground: common_ground(study),
            co_mentions: co_mentions(study),
            gaps: gaps(study),
            timeline: timeline(study),
            keyness: keyness(study),
            network: network(study.corpus(), &cited, study.wording()),
            agreements: similarity_of_agreements(study)?,
            issues: similarity_of_issues(study)?,
            corrections: None,
            draft: None,
            doubts: Vec::new(),
        })
    }
}
