//! [`judged`]: which members of an issue count, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cluster::{IssueName, Resampling};
use crate::corpus::Corpus;
use crate::id::{ClauseId, RowId};
use crate::similarity::Representation;
use crate::table::codebook::Assignments;
use crate::table::convergence_table::Assigned;
use crate::table::corrections::Checked;
use crate::table::counted::CountedClauses;
use crate::table::issue::{Issue, Origin};
use crate::table::stability::{AlsoNear, RowBoilerplate, Standing, boilerplate, standings};
use crate::table::weak::{Weakness, weak_members};

/// Evidence about the clauses of issues, apart from their words.
#[derive(Clone, Copy)]
pub(crate) struct RowEvidence<'a> {
    /// Which clauses stay together.
    pub(crate) resampling: Option<&'a Resampling>,
    /// The clauses of decisions that hold: a person says in which issue each is, or that it is alone.
    pub(crate) decided: &'a BTreeSet<ClauseId>,
    /// What persons said of clauses after reading them.
    pub(crate) checked: &'a BTreeMap<ClauseId, Checked>,
    /// Which clauses make rows.
    pub(crate) counted: &'a CountedClauses,
    /// Why clauses are in the issues of a codebook.
    pub(crate) placing: Option<&'a Assignments>,
    /// The number of issues a clause can have.
    pub(crate) membership: Membership,
    /// What becomes of rows that only weak members make.
    pub(crate) weak_rows: WeakRows,
}

/// What becomes of rows that only weak members make.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeakRows {
    /// Their clauses stand alone.
    Hidden,
    /// They are shown, for a person to judge.
    Shown,
}

/// The number of issues a clause can have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Membership {
    /// At most one; similar other issues can be shown.
    One,
    /// Several, as a person may have assigned them.
    Several,
}

/// An issue whose members were judged.
pub(super) struct Judged {
    pub(super) issue: Issue,
    /// Its index among the issues that standings refer to.
    place: Option<usize>,
    pub(super) standings: BTreeMap<ClauseId, Standing>,
    pub(super) boilerplate: Option<RowBoilerplate>,
    /// The members that do not count.
    pub(super) weak: BTreeMap<ClauseId, Weakness>,
}

impl Judged {
    /// An issue of one clause.
    fn single(issue: Issue) -> Self {
        Self {
            issue,
            place: None,
            standings: BTreeMap::new(),
            boilerplate: None,
            weak: BTreeMap::new(),
        }
    }

    /// Returns the members that count, in order.
    pub(super) fn strong(&self) -> Vec<ClauseId> {
        let members = self.issue.clauses.iter();
        let strong = members.filter(|clause| !self.weak.contains_key(clause));
        strong.copied().collect()
    }
}

/// Evidence about the clauses of all rows.
pub(super) struct KnownRows<'a> {
    pub(super) evidence: RowEvidence<'a>,
    /// The rows by the index that standings refer to: their place before sorting, and their name.
    shown: BTreeMap<usize, (usize, &'a str)>,
}

impl<'a> KnownRows<'a> {
    pub(super) fn new(evidence: RowEvidence<'a>, shown: &'a [(Judged, IssueName)]) -> Self {
        let shown = shown.iter().enumerate();
        let shown = shown.filter_map(|(place, (judged, name))| {
            Some((judged.place?, (place, name.name.as_str())))
        });
        let shown = shown.collect();
        Self { evidence, shown }
    }

    pub(super) fn also_near(&self, standing: &Standing) -> Vec<AlsoNear> {
        let also_near = standing.also_near.iter();
        let also_near = also_near.filter_map(|(place, score)| {
            let (place, issue) = self.shown.get(place)?;
            Some(AlsoNear {
                row: RowId::new(*place),
                issue: (*issue).to_owned(),
                score: *score,
            })
        });
        also_near.collect()
    }

    /// Returns why a clause is in an issue of the codebook; a decision may have moved it there.
    pub(super) fn assigned(&self, issue: &Issue, clause: ClauseId) -> Option<Assigned> {
        let assigned = &self.evidence.placing?.clauses[clause.index()];
        let (first, score) = assigned.first?;
        (issue.given == Some(first)).then(|| Assigned {
            score,
            words: assigned.words.clone(),
        })
    }
}

/// Judges the members of the issues that may become rows; issues of one clause have nothing to judge.
pub(super) fn judged(
    corpus: &Corpus,
    representation: &Representation,
    issues: Vec<Issue>,
    evidence: RowEvidence<'_>,
) -> Vec<Judged> {
    let is_group = |issue: &Issue| issue.clauses.len() > 1 || issue.origin == Origin::Given;
    let (groups, singles): (Vec<_>, Vec<_>) = issues.into_iter().partition(is_group);
    let of_groups: Vec<&Issue> = groups.iter().collect();
    let mut standings = match evidence.membership {
        Membership::One => standings(representation, &of_groups),
        Membership::Several => BTreeMap::new(),
    };
    let judge = |issue: &Issue| {
        let boilerplate = boilerplate(corpus, representation, &issue.clauses, &of_groups);
        let weak = match (evidence.membership, issue.origin) {
            (Membership::One, Origin::Found) => {
                let mut weak =
                    weak_members(representation, issue, &standings, boilerplate.as_ref());
                let is_decided =
                    |of: &ClauseId| evidence.decided.contains(of) || issue.further.contains(of);
                weak.retain(|clause, _| !is_decided(clause));
                weak
            }
            _ => BTreeMap::new(),
        };
        (boilerplate, weak)
    };
    let judgments: Vec<_> = of_groups.par_iter().map(|issue| judge(issue)).collect();
    let judged = groups.into_iter().zip(judgments).enumerate();
    let judged = judged.map(|(place, (issue, (boilerplate, weak)))| Judged {
        standings: issue
            .clauses
            .iter()
            .filter_map(|clause| Some((*clause, standings.remove(clause)?)))
            .collect(),
        issue,
        place: Some(place),
        boilerplate,
        weak,
    });
    judged
        .chain(singles.into_iter().map(Judged::single))
        .collect()
}
