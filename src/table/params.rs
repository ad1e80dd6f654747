//! [`ConvergeParams`]: how a table is made.

use crate::clause::ClauseKind;
use crate::cluster::{Catalogue, Rule, RuleParams};
use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::setters::setters;
use crate::similarity::RepresentationParams;
use crate::table::codebook::Codebook;
use crate::table::corrections::Corrections;
use crate::table::counted::CountedClauses;
use crate::table::layout::LayoutParams;

/// The most issues that a person can read, if their number is chosen.
const MAX_ISSUES: usize = 40;

/// How a table is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConvergeParams {
    /// How clauses are represented before they are clustered; its progress and its memory limit cover
    /// the whole call.
    pub representation: RepresentationParams,
    /// The clustering rule; by default the one for the corpus's size.
    pub rule: Option<Rule>,
    /// The number of clusters, including those of one clause; by default it is chosen from the data.
    pub n_clusters: Option<usize>,
    /// The most clusters if their number is chosen: as many as a person can read. 40 by default; `None` for
    /// no limit.
    pub max_issues: Option<usize>,
    /// How many times more clusters are made than were given or chosen: for a person who names each, and so puts
    /// together what belongs together. 1 by default; above, rows that only weak members make are shown as well.
    pub finer: f64,
    /// The kinds of clauses that make rows; others are listed beside the table. By default norms, ready
    /// clauses whose kind their file does not state, and descriptions in texts of fewer than ten clauses, which are excerpts.
    pub kinds: Option<Vec<ClauseKind>>,
    /// The number of resampled runs that measure the stability of rows, 0 for none. By default 100 for
    /// some hundred clauses, fewer for more, none from 1,733 clauses on.
    pub n_resamples: Option<usize>,
    /// The random seed, for rules that use one.
    pub seed: u64,
    /// Issues that a person gives; clauses similar to none of them are clustered freely.
    pub guide: Option<Codebook>,
    /// A person's corrections of earlier tables.
    pub corrections: Option<Corrections>,
    /// The usual subjects by which rows can be named, the bundled ones by default; `None` to name rows by
    /// the words and headings of their clauses, and the concepts of the thesaurus.
    pub catalogue: Option<Catalogue>,
    /// How the table is laid out.
    pub layout: LayoutParams,
}

impl Default for ConvergeParams {
    fn default() -> Self {
        Self {
            representation: RepresentationParams::default(),
            rule: None,
            n_clusters: None,
            max_issues: Some(MAX_ISSUES),
            finer: 1.0,
            kinds: None,
            n_resamples: None,
            seed: 1,
            guide: None,
            corrections: None,
            catalogue: Some(Catalogue::bundled()),
            layout: LayoutParams::default(),
        }
    }
}

impl ConvergeParams {
    setters! {
        representation: RepresentationParams,
        rule: impl Into<Option<Rule>>,
        n_clusters: impl Into<Option<usize>>,
        max_issues: impl Into<Option<usize>>,
        finer: f64,
        kinds: impl Into<Option<Vec<ClauseKind>>>,
        n_resamples: impl Into<Option<usize>>,
        seed: u64,
        guide: impl Into<Option<Codebook>>,
        corrections: impl Into<Option<Corrections>>,
        catalogue: impl Into<Option<Catalogue>>,
        layout: LayoutParams,
    }

    /// Returns the clauses of a corpus that make rows, in order.
    pub fn counted(&self, corpus: &Corpus) -> Vec<ClauseId> {
        let counted = CountedClauses::of(corpus, self.kinds.as_deref());
        corpus.clause_ids().filter(|id| counted.has(*id)).collect()
    }

    pub(super) fn of_rule(&self, n_clusters: Option<usize>) -> RuleParams {
        let params = RuleParams::default()
            .n_clusters(n_clusters)
            .max_clusters(self.max_issues);
        let progress = self.representation.progress.clone();
        params.seed(self.seed).progress(progress)
    }

    /// Returns whether the table has no rows but given ones.
    pub(super) fn is_exclusive(&self) -> bool {
        self.guide.as_ref().is_some_and(|guide| guide.is_exclusive)
    }
}
