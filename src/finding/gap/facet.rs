//! Gaps by kind of actor, region and legal status, if the metadata has them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;
use crate::finding::study::Study;
use crate::id::{AgreementId, RowId};

/// The fewest processes of an issue that is reported as missing for a region or a kind of actor.
const MIN_PROCESSES: usize = 2;

/// A property of agreements by which gaps are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GapFacet {
    /// The kind of actor: states, companies ...
    ActorKind,
    /// The region of the world.
    Region,
    /// The legal status.
    Status,
}

impl GapFacet {
    /// All facets, in the order of reports.
    pub(crate) const ALL: [Self; 3] = [Self::ActorKind, Self::Region, Self::Status];

    /// Returns the facet's name in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ActorKind => "actor kind",
            Self::Region => "region",
            Self::Status => "status",
        }
    }

    fn of(self, metadata: &Metadata) -> Option<&String> {
        match self {
            Self::ActorKind => metadata.actor_kind.as_ref(),
            Self::Region => metadata.region.as_ref(),
            Self::Status => metadata.status.as_ref(),
        }
    }
}

/// The issues that agreements with one value of a facet do not address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct FacetGap {
    /// The property.
    pub(crate) facet: GapFacet,
    /// Its value, as the metadata spells it.
    pub(crate) value: String,
    /// The number of agreements that have it.
    pub(crate) n_agreements: usize,
    /// The number of issues that at least one of them addresses.
    pub(crate) n_issues: usize,
    /// The issues that none of them addresses, but several processes do, the most widely shared first.
    pub(crate) missing: Vec<MissingIssue>,
}

/// An issue that no agreement of a kind addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct MissingIssue {
    /// The row.
    #[serde(skip)]
    pub(crate) row: RowId,
    /// Its issue.
    pub(crate) issue: String,
    /// The number of processes that address it.
    pub(crate) n_processes: usize,
}

/// Returns the gaps of each value of each facet, values in alphabetical order. A value of all
/// agreements with a known facet is left out: it cannot lack what another value has.
pub(crate) fn facet_gaps(study: &Study) -> Vec<FacetGap> {
    let mut gaps = Vec::new();
    for facet in GapFacet::ALL {
        let groups = groups_of(study, facet);
        if groups.len() < 2 {
            continue;
        }
        gaps.extend(groups.into_iter().map(|(value, agreements)| {
            let (n_issues, missing) = missing_issues(study, &agreements);
            FacetGap {
                facet,
                value: value.to_owned(),
                n_agreements: agreements.len(),
                n_issues,
                missing,
            }
        }));
    }
    gaps
}

fn groups_of(study: &Study, facet: GapFacet) -> BTreeMap<&str, BTreeSet<AgreementId>> {
    let mut groups: BTreeMap<&str, BTreeSet<AgreementId>> = BTreeMap::new();
    for (place, agreement) in study.corpus().agreements().iter().enumerate() {
        if let Some(value) = facet.of(&agreement.metadata) {
            let group = groups.entry(value).or_default();
            group.insert(AgreementId::new(place));
        }
    }
    groups
}

/// Returns the number of issues that agreements address, and the shared issues that they do not.
fn missing_issues(study: &Study, agreements: &BTreeSet<AgreementId>) -> (usize, Vec<MissingIssue>) {
    let mut n_issues = 0;
    let mut missing = Vec::new();
    for row in study.table().row_ids() {
        let n_processes = study.table().row(row).n_processes;
        let clauses = study.clauses_of(row).iter();
        let mut speakers = clauses.map(|id| study.corpus().clause(*id).agreement);
        if speakers.any(|agreement| agreements.contains(&agreement)) {
            n_issues += 1;
        } else if n_processes >= MIN_PROCESSES {
            missing.push(MissingIssue {
                row,
                issue: study.issue(row),
                n_processes,
            });
        }
    }
    // The sort is stable: ties keep the order of the rows.
    missing.sort_by_key(|issue| std::cmp::Reverse(issue.n_processes));
    (n_issues, missing)
}
