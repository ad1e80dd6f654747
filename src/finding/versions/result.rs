//! [`Versions`]: what changed between versions of a text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, DatedClause};
use crate::finding::draft::Against;
use crate::finding::versions::binding::Binding;
use crate::finding::versions::redline::Revision;
use crate::finding::versions::text::VersionClause;
use crate::language::Language;
use crate::reuse::{Change, ChangeKind};
use crate::score::Score;

/// What changed between versions of a text, each compared with the one before.
///
#[doc = include_str!("schema.md")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Versions {
    /// The name and version of this form: `consonance.versions/1`.
    pub schema: String,
    /// The names of the versions, in their order.
    pub names: Vec<String>,
    /// The language of the last one, by whose words they are compared.
    pub(crate) language: Language,
    /// Each version compared with the one before.
    pub(crate) steps: Vec<VersionStep>,
    /// Each clause over all versions, those that changed most often first; empty for two versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) histories: Vec<ClauseHistory>,
    /// The words that a version dropped and a corpus has, if one was searched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) dropped: Vec<DroppedWording>,
}

/// A version compared with the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct VersionStep {
    /// The name of the earlier version.
    pub(crate) before: String,
    /// The name of the later version.
    pub(crate) after: String,
    /// The number of clauses of each.
    pub(crate) n_clauses: [usize; 2],
    /// How often each thing happened: the fates of clauses, and `renumbered`, `moved`, `binds less`, `binds more`,
    /// `asks the contrary` whatever the fate.
    pub(crate) counts: BTreeMap<String, usize>,
    /// Every clause of both versions once, in the order of the later one; dropped clauses where they stood.
    pub(crate) changes: Vec<ClauseChange>,
}

/// A clause over all versions, with what it was split into and merged with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClauseHistory {
    /// How often its words changed, from one version to the next.
    pub(crate) n_changes: usize,
    /// Its clauses in each version; none where it is not there.
    pub(crate) clauses: Vec<Vec<ClauseRef>>,
    /// The official numbers of these, or their places.
    pub(crate) numbers: Vec<String>,
    /// Its wordings, in the order they came.
    pub(crate) wordings: Vec<HistoricWording>,
}

/// A wording of a clause, and in which versions it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HistoricWording {
    /// The words, a line end between several clauses.
    pub(crate) text: String,
    /// The indices of the versions that have it, case and punctuation aside.
    pub(crate) versions: Vec<usize>,
}

/// Words that a version dropped, and who else has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DroppedWording {
    /// The later version, which has them no more.
    pub(crate) after: String,
    /// The official number of the clause in the earlier version, or its place.
    pub(crate) number: String,
    /// The words.
    pub(crate) words: String,
    /// The clauses of the corpus that have six of these words or more in one passage, those with the most first.
    pub(crate) holders: Vec<WordingHolder>,
}

/// A clause of a corpus that has words of a dropped wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WordingHolder {
    /// The clause, its process and its date.
    #[serde(flatten)]
    pub(crate) clause: DatedClause,
    /// The number of words in common, in passages of six or more.
    pub(crate) n_words: usize,
    /// The longest passage in common, as the clause has it.
    pub(crate) passage: String,
}

/// What became of a clause, or of the clauses that were one in the other version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClauseChange {
    /// What became of it.
    pub(crate) fate: ClauseFate,
    /// Whether it stands elsewhere among the other clauses.
    pub(crate) is_moved: bool,
    /// Whether it has another official number, which alone is no change.
    pub(crate) is_renumbered: bool,
    /// The clauses of the earlier version: several if they were merged, none if it is new.
    pub(crate) before: Vec<VersionClause>,
    /// The clauses of the later version: several if it was split, none if it was dropped.
    pub(crate) after: Vec<VersionClause>,
    /// The share of the words of both, weighed, that is the same.
    pub(crate) similarity: Score,
    /// The words kept, deleted and inserted.
    pub(crate) revisions: Vec<Revision>,
    /// Each change of words, with its kinds; ranges are bytes of the texts, those of several joined by line ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<Change>,
    /// The kinds among the changes, the gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kinds: Vec<ChangeKind>,
    /// Whether it binds more or less; missing for new and dropped clauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) binding: Option<Binding>,
}

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ClauseFate {
    /// It has the same words in the same place; case and punctuation do not count.
    Kept,
    /// It has the same words in another place.
    Moved,
    /// It has other words.
    Changed,
    /// It became several clauses.
    Split,
    /// Several clauses became one.
    Merged,
    /// It is only in the later version.
    New,
    /// It is only in the earlier version.
    Dropped,
}

impl HistoricWording {
    /// Returns a wording that stands in one version so far.
    pub(crate) fn new(text: String, version: usize) -> Self {
        let versions = vec![version];
        Self { text, versions }
    }
}

impl ClauseFate {
    /// All fates, in the order of the enum.
    pub(crate) const ALL: [Self; 7] = [
        Self::Kept,
        Self::Moved,
        Self::Changed,
        Self::Split,
        Self::Merged,
        Self::New,
        Self::Dropped,
    ];

    /// Returns its name, as reports spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }
}

impl ClauseChange {
    /// Returns whether it binds more or less, in words; `None` if neither.
    pub(crate) fn force_in_words(&self) -> Option<&'static str> {
        match self.binding.as_ref()?.verdict {
            Against::Weaker => Some("binds less"),
            Against::Stronger => Some("binds more"),
            Against::Contrary => Some("asks the contrary"),
            Against::AsStrong | Against::Unknown => None,
        }
    }

    /// Returns what happened to it, each in a word or two, its fate first.
    fn told(&self) -> impl Iterator<Item = &'static str> {
        let told = [
            Some(self.fate.name()),
            self.is_renumbered.then_some("renumbered"),
            self.is_moved_besides().then_some("moved"),
            self.force_in_words(),
        ];
        told.into_iter().flatten()
    }

    /// Returns whether it moved and something else happened to it.
    pub(crate) fn is_moved_besides(&self) -> bool {
        self.is_moved && self.fate != ClauseFate::Moved
    }

    /// Returns whether a reader must look at it: anything but a clause that was kept and binds as before.
    pub(crate) fn is_worth_telling(&self) -> bool {
        self.fate != ClauseFate::Kept || self.force_in_words().is_some()
    }
}

impl VersionStep {
    /// Counts what happened.
    pub(crate) fn counted(changes: &[ClauseChange]) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for what in changes.iter().flat_map(ClauseChange::told) {
            *counts.entry(what.to_owned()).or_default() += 1;
        }
        counts
    }
}
