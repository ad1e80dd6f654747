//! [`compare_versions`]: versions of a text, clause by clause.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::versions::binding::Binding;
use crate::finding::versions::candidates::candidates;
use crate::finding::versions::grouping::{ClauseGroup, groups};
use crate::finding::versions::history::histories;
use crate::finding::versions::order::{PlacedPair, heaviest_in_order};
use crate::finding::versions::pairing::paired;
use crate::finding::versions::redline::revisions;
use crate::finding::versions::result::{ClauseChange, ClauseFate, VersionStep, Versions};
use crate::finding::versions::text::{NumberMatch, VersionClause, VersionText};
use crate::finding::versions::wordings::{ClauseWords, Wordings};
use crate::language::Language;
use crate::reuse::{Change, ChangeKind, MIN_WORDS, compare, kept_blocks};
use crate::score::Score;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.versions/1";

/// Compares versions of a text, each with the one before: which clauses were kept, moved, changed, split, merged,
/// dropped, which are new, and which bind more or less than before.
///
/// Clauses are matched by their words, their numbers and their order together, all at once, so that the total
/// is best; a clause that no other is left for is looked for as a part of another, which then was split or
/// merged. Of all clauses that are in both versions, the least text counts as moved. A clause is changed if its
/// words differ: case, punctuation and its number do not count.
///
/// Costs, for each step, the pairs of clauses with a common word, and some ten comparisons word by word for each
/// changed clause.
///
/// # Examples
///
/// ```
/// use consonance::corpus::CorpusBuilder;
/// use consonance::finding::{VersionText, compare_versions};
/// use consonance::read::{ReadLimits, read};
/// use consonance::report::Report;
///
/// let version = |name: &str, text: &str| -> consonance::Result<VersionText> {
///     let mut builder = CorpusBuilder::new();
///     builder.add(read(text.as_bytes(), name, &ReadLimits::default())?, Some(name));
///     let corpus = builder.build()?;
///     Ok(VersionText::of(&corpus, corpus.agreements_in(name)[0]))
/// };
/// let draft = "1. Members shall keep a light on every pier.\n\n2. Harbors shall share their charts each year.\n";
/// let adopted = "1. Pilots may rest.\n\n2. Members shall keep a light on every pier.\n\n\
///     3. Harbors should share their charts each year.\n";
/// let found = compare_versions(&[version("draft.txt", draft)?, version("adopted.txt", adopted)?]);
/// let page = found.page(10).to_markdown();
/// assert!(page.contains("1 changed, 1 new"), "the clause on lights has another number, and is kept");
/// assert!(page.contains("binds less"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn compare_versions(texts: &[VersionText]) -> Versions {
    let mut versions = versions_of(texts, step);
    if versions.steps.len() > 1 {
        versions.histories = histories(texts, &versions.steps);
    }
    versions
}

/// Returns versions of which each is compared with the one before.
pub(super) fn versions_of(
    texts: &[VersionText],
    step: impl Fn([&VersionText; 2]) -> VersionStep,
) -> Versions {
    let pairs = texts.windows(2);
    Versions {
        schema: SCHEMA.to_owned(),
        language: texts.last().map_or(Language::ENGLISH, |text| text.language),
        names: texts.iter().map(|text| text.name.clone()).collect(),
        steps: pairs.map(|pair| step([&pair[0], &pair[1]])).collect(),
        histories: Vec::new(),
        dropped: Vec::new(),
    }
}

fn step([before, after]: [&VersionText; 2]) -> VersionStep {
    let wordings = Wordings::of(&before.clauses, &after.clauses);
    let pairs = candidates([&before.clauses, &after.clauses], &wordings);
    let matched = paired(&wordings, &pairs);
    let groups = groups(&wordings, &pairs, &matched);
    let step = Step {
        before,
        after,
        wordings,
        has_one_numbering: true,
    };
    step.told(groups)
}

/// Compares two clauses, each in a version of its own, whatever they have in common.
pub(crate) fn forced_step([before, after]: [&VersionText; 2]) -> VersionStep {
    let step = Step {
        before,
        after,
        wordings: Wordings::of(&before.clauses, &after.clauses),
        has_one_numbering: false,
    };
    let group = ClauseGroup {
        before: vec![0],
        after: vec![0],
    };
    step.told(vec![group])
}

/// A group of clauses, and whether it stands elsewhere among the others.
struct PlacedGroup {
    group: ClauseGroup,
    is_moved: bool,
}

/// Returns the groups in the order of the later version, those without a clause in it after what they followed.
fn arranged(wordings: &Wordings, mut groups: Vec<ClauseGroup>) -> Vec<PlacedGroup> {
    groups.sort_by_key(|group| group.before.first().copied());
    let anchors = anchors_of(wordings, &groups);
    groups.sort_by_key(|group| place_of(group, &anchors));
    let placed = groups.into_iter().map(|group| PlacedGroup {
        is_moved: is_moved(&group, &anchors),
        group,
    });
    placed.collect()
}

/// Returns the places of the groups that are in both versions in one order, given in the order of the first.
fn anchors_of(wordings: &Wordings, groups: &[ClauseGroup]) -> BTreeMap<usize, usize> {
    let pairs = groups
        .iter()
        .filter_map(|group| placed_pair(wordings, group));
    let pairs: Vec<PlacedPair> = pairs.collect();
    let in_order = heaviest_in_order(&pairs);
    let anchors = pairs.iter().zip(in_order).filter(|(_, keeps)| *keeps);
    anchors.map(|(pair, _)| (pair.before, pair.after)).collect()
}

fn placed_pair(wordings: &Wordings, group: &ClauseGroup) -> Option<PlacedPair> {
    let places = group.before.iter();
    let words = places.map(|place| &wordings.before[*place].ids);
    Some(PlacedPair {
        before: *group.before.first()?,
        after: *group.after.first()?,
        weight: words.map(Vec::len).sum(),
    })
}

/// Returns where a group stands among the others: a dropped one behind the anchor before it.
fn place_of(group: &ClauseGroup, anchors: &BTreeMap<usize, usize>) -> [usize; 2] {
    if let Some(after) = group.after.first() {
        return [after + 1, 0];
    }
    let before = group.before.first().copied().unwrap_or(0);
    let anchor = anchors.range(..before).next_back();
    [anchor.map_or(0, |(_, after)| after + 1), before + 1]
}

fn is_moved(group: &ClauseGroup, anchors: &BTreeMap<usize, usize>) -> bool {
    let before = group.before.first().filter(|_| !group.after.is_empty());
    before.is_some_and(|before| !anchors.contains_key(before))
}

/// Two versions, of which each group becomes a change.
struct Step<'v> {
    before: &'v VersionText,
    after: &'v VersionText,
    wordings: Wordings,
    /// Whether the two are versions of one text, so that their numbers can be compared.
    has_one_numbering: bool,
}

impl Step<'_> {
    fn told(&self, groups: Vec<ClauseGroup>) -> VersionStep {
        let placed = arranged(&self.wordings, groups);
        let changes: Vec<ClauseChange> = placed.par_iter().map(|of| self.change(of)).collect();
        VersionStep {
            before: self.before.name.clone(),
            after: self.after.name.clone(),
            n_clauses: [self.before.clauses.len(), self.after.clauses.len()],
            counts: VersionStep::counted(&changes),
            changes,
        }
    }

    fn language(&self) -> Language {
        self.after.language
    }

    fn change(&self, placed: &PlacedGroup) -> ClauseChange {
        let group = &placed.group;
        let before = clauses_at(self.before, &group.before);
        let after = clauses_at(self.after, &group.after);
        let comparison = self.compared(group, [&before, &after]);
        let found = comparison.unwrap_or_default();
        ClauseChange {
            fate: self.fate(placed),
            is_moved: placed.is_moved,
            is_renumbered: self.has_one_numbering && is_renumbered(&before, &after),
            similarity: self.similarity(group),
            revisions: revisions(&texts_of(&before), &texts_of(&after)),
            binding: Binding::of([&before, &after], &found.changes, self.language()),
            kinds: found.kinds,
            changes: found.changes,
            before,
            after,
        }
    }

    fn fate(&self, PlacedGroup { group, is_moved }: &PlacedGroup) -> ClauseFate {
        match (&group.before[..], &group.after[..]) {
            ([], _) => ClauseFate::New,
            (_, []) => ClauseFate::Dropped,
            ([_], [_, _, ..]) => ClauseFate::Split,
            ([_, _, ..], _) => ClauseFate::Merged,
            _ if !self.has_same_words(group) => ClauseFate::Changed,
            _ if *is_moved => ClauseFate::Moved,
            _ => ClauseFate::Kept,
        }
    }

    /// Returns the words of both sides of a group, as ids.
    fn words(&self, group: &ClauseGroup) -> [Vec<u32>; 2] {
        [
            ids_of(&self.wordings.before, &group.before),
            ids_of(&self.wordings.after, &group.after),
        ]
    }

    fn has_same_words(&self, group: &ClauseGroup) -> bool {
        let [before, after] = self.words(group);
        before == after
    }

    fn similarity(&self, group: &ClauseGroup) -> Score {
        let [before, after] = self.words(group);
        let kept = kept_blocks(&before, &after);
        let common = self.wordings.weight_of_kept(&before, &kept);
        let all = self.wordings.weight_of(&before) + self.wordings.weight_of(&after);
        Score::new(if all > 0.0 { 2.0 * common / all } else { 1.0 })
    }

    /// Returns the named changes of a group, if its words changed.
    fn compared(
        &self,
        group: &ClauseGroup,
        clauses: [&[VersionClause]; 2],
    ) -> Option<NamedChanges> {
        if clauses.iter().any(|of| of.is_empty()) || self.has_same_words(group) {
            return None;
        }
        let [before, after] = clauses.map(|of| texts_of(of).join("\n"));
        let found = compare([&before, &after], self.language(), MIN_WORDS);
        Some(NamedChanges {
            kinds: found.kinds_of_changes(),
            changes: found.changes,
        })
    }
}

/// The changes of words between two wordings, and their kinds, each once.
#[derive(Default)]
struct NamedChanges {
    kinds: Vec<ChangeKind>,
    changes: Vec<Change>,
}

fn clauses_at(text: &VersionText, places: &[usize]) -> Vec<VersionClause> {
    let clauses = places.iter().map(|place| &text.clauses[*place]);
    clauses.cloned().collect()
}

fn texts_of(clauses: &[VersionClause]) -> Vec<&str> {
    clauses.iter().map(VersionClause::text).collect()
}

fn is_renumbered(before: &[VersionClause], after: &[VersionClause]) -> bool {
    let [old, new] = [before, after].map(|of| of.first().and_then(VersionClause::label));
    let numbering = NumberMatch::of(old.as_ref(), new.as_ref());
    matches!(numbering, NumberMatch::Other | NumberMatch::Part)
}

/// The words of the clauses at some places of a version, as ids.
fn ids_of(version: &[ClauseWords], places: &[usize]) -> Vec<u32> {
    let ids = places.iter().flat_map(|place| &version[*place].ids);
    ids.copied().collect()
}
