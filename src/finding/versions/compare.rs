//! [`compare_versions`]: versions of a text, clause by clause.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::versions::binding::Binding;
use crate::finding::versions::candidates::candidates;
use crate::finding::versions::grouping::{Group, groups};
use crate::finding::versions::history::histories;
use crate::finding::versions::order::{PlacedPair, heaviest_in_order};
use crate::finding::versions::pairing::paired;
use crate::finding::versions::redline::revisions;
use crate::finding::versions::result::{ClauseChange, ClauseFate, VersionStep, Versions};
use crate::finding::versions::text::{Numbering, VersionClause, VersionText};
use crate::finding::versions::wordings::{Wording, Wordings};
use crate::language::Language;
use crate::reuse::{Comparison, MIN_WORDS, compare, kept_blocks};
use crate::score::Score;

/// The name and version of the JSON form.
pub(crate) const SCHEMA: &str = "consonance.versions/1";

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
    let pairs = texts.windows(2);
    let steps: Vec<VersionStep> = pairs.map(|pair| step([&pair[0], &pair[1]])).collect();
    let has_chain = steps.len() > 1;
    Versions {
        schema: SCHEMA.to_owned(),
        language: texts.last().map_or(Language::ENGLISH, |text| text.language),
        names: texts.iter().map(|text| text.name.clone()).collect(),
        histories: has_chain
            .then(|| histories(texts, &steps))
            .unwrap_or_default(),
        dropped: Vec::new(),
        steps,
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
    };
    step.told(groups)
}

/// Compares two versions of one clause each, as they are.
pub(crate) fn forced_step([before, after]: [&VersionText; 2]) -> VersionStep {
    let step = Step {
        before,
        after,
        wordings: Wordings::of(&before.clauses, &after.clauses),
    };
    let group = Group {
        before: vec![0],
        after: vec![0],
    };
    step.told(vec![group])
}

/// A group of clauses, and whether it stands elsewhere among the others.
struct PlacedGroup {
    group: Group,
    is_moved: bool,
}

/// Returns the groups in the order of the later version, those without a clause in it after what they followed.
fn arranged(wordings: &Wordings, mut groups: Vec<Group>) -> Vec<PlacedGroup> {
    groups.sort_by_key(|group| (group.before.first().copied(), group.after.first().copied()));
    let n_words = |group: &Group| -> usize {
        let before = group
            .before
            .iter()
            .map(|place| wordings.before[*place].ids.len());
        before.sum()
    };
    let pair_of = |group: &Group| {
        Some(PlacedPair {
            before: *group.before.first()?,
            after: *group.after.first()?,
            weight: n_words(group),
        })
    };
    let pairs: Vec<PlacedPair> = groups.iter().filter_map(pair_of).collect();
    let in_order = heaviest_in_order(&pairs);
    let anchors: BTreeMap<usize, usize> = pairs
        .iter()
        .zip(&in_order)
        .filter(|(_, keeps)| **keeps)
        .map(|(pair, _)| (pair.before, pair.after))
        .collect();
    let key = |group: &Group| match (group.before.first(), group.after.first()) {
        (_, Some(after)) => (after + 1, 0),
        (Some(before), None) => {
            let anchor = anchors.range(..before).next_back();
            (anchor.map_or(0, |(_, after)| after + 1), before + 1)
        }
        (None, None) => (0, 0),
    };
    let is_moved = |group: &Group| {
        let before = group.before.first().filter(|_| !group.after.is_empty());
        before.is_some_and(|before| !anchors.contains_key(before))
    };
    groups.sort_by_key(key);
    let placed = groups.into_iter().map(|group| PlacedGroup {
        is_moved: is_moved(&group),
        group,
    });
    placed.collect()
}

/// Two versions, of which each group becomes a change.
struct Step<'v> {
    before: &'v VersionText,
    after: &'v VersionText,
    wordings: Wordings,
}

impl Step<'_> {
    fn told(&self, groups: Vec<Group>) -> VersionStep {
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

    fn change(&self, PlacedGroup { group, is_moved }: &PlacedGroup) -> ClauseChange {
        let clauses = |of: &VersionText, places: &[usize]| -> Vec<VersionClause> {
            places
                .iter()
                .map(|place| of.clauses[*place].clone())
                .collect()
        };
        let before = clauses(self.before, &group.before);
        let after = clauses(self.after, &group.after);
        let [old, new] = [&before, &after].map(|of| of.iter().collect::<Vec<_>>());
        let [old_texts, new_texts] = [&old, &new].map(|of| texts_of(of));
        let comparison = self.compared(group, [&old_texts, &new_texts]);
        let is_paired = !before.is_empty() && !after.is_empty();
        let changes = comparison.as_ref().map_or(&[][..], |found| &found.changes);
        let binding = is_paired.then(|| Binding::of(&old, &new, changes, self.language()));
        ClauseChange {
            fate: self.fate(group, *is_moved),
            is_moved: *is_moved,
            is_renumbered: is_paired && is_renumbered(&before[0], &after[0]),
            similarity: self.similarity(group),
            revisions: revisions(&old_texts, &new_texts),
            kinds: comparison
                .as_ref()
                .map(Comparison::kinds_of_changes)
                .unwrap_or_default(),
            changes: comparison.map(|found| found.changes).unwrap_or_default(),
            binding: binding.flatten(),
            before,
            after,
        }
    }

    fn fate(&self, group: &Group, is_moved: bool) -> ClauseFate {
        match (&group.before[..], &group.after[..]) {
            ([], _) => ClauseFate::New,
            (_, []) => ClauseFate::Dropped,
            ([_], [_, _, ..]) => ClauseFate::Split,
            ([_, _, ..], _) => ClauseFate::Merged,
            _ if !self.has_same_words(group) => ClauseFate::Changed,
            _ if is_moved => ClauseFate::Moved,
            _ => ClauseFate::Kept,
        }
    }

    /// Returns the words of both sides of a group, as ids.
    fn words(&self, group: &Group) -> [Vec<u32>; 2] {
        let ids = |wordings: &[Wording], places: &[usize]| {
            let words = places.iter().flat_map(|place| &wordings[*place].ids);
            words.copied().collect()
        };
        [
            ids(&self.wordings.before, &group.before),
            ids(&self.wordings.after, &group.after),
        ]
    }

    fn has_same_words(&self, group: &Group) -> bool {
        let [before, after] = self.words(group);
        before == after
    }

    fn similarity(&self, group: &Group) -> Score {
        let [before, after] = self.words(group);
        let common = kept_blocks(&before, &after);
        let common: f64 = common
            .iter()
            .map(|block| self.wordings.weight_of(&before[block.words().a]))
            .sum();
        let all = self.wordings.weight_of(&before) + self.wordings.weight_of(&after);
        Score::new(if all > 0.0 { 2.0 * common / all } else { 1.0 })
    }

    /// Returns the named changes of a group, if its words changed.
    fn compared(&self, group: &Group, texts: [&[&str]; 2]) -> Option<Comparison> {
        let is_paired = !group.before.is_empty() && !group.after.is_empty();
        if !is_paired || self.has_same_words(group) {
            return None;
        }
        let [before, after] = texts.map(|of| of.join("\n"));
        Some(compare([&before, &after], self.language(), MIN_WORDS))
    }
}

fn texts_of<'c>(clauses: &[&'c VersionClause]) -> Vec<&'c str> {
    clauses.iter().map(|clause| clause.text()).collect()
}

fn is_renumbered(before: &VersionClause, after: &VersionClause) -> bool {
    let [old, new] = [before.label(), after.label()];
    let numbering = Numbering::of(old.as_ref(), new.as_ref());
    matches!(numbering, Numbering::Other | Numbering::Part)
}
