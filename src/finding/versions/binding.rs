//! [`Binding`]: how a change of words changes how strongly a clause binds.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::deontic::{Evidence, Force, Place, QualifierKind, Sense, qualifiers_of};
use crate::finding::draft::Against;
use crate::finding::versions::text::VersionClause;
use crate::language::Language;
use crate::reuse::{Change, ChangeKind, Grade};
use crate::words::{fold_word, word_ranges};

/// The least level of a verb that counts if it was added or removed: to permit adds no duty.
const MIN_LEVEL: u8 = 2;
/// The most words of a change in which one modal verb replaces another.
const MAX_REPLACED_WORDS: usize = 6;

/// How strongly a clause, or the parts of one, binds in a later version compared with an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Binding {
    /// Whether the later wording is weaker, as strong, stronger or the contrary.
    pub(crate) verdict: Against,
    /// Why, in words.
    pub(crate) because: String,
    /// The kinds of the qualifiers that only the later wording has, and that only the earlier one has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) added: Vec<QualifierKind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) removed: Vec<QualifierKind>,
}

/// What decides how strongly a wording binds.
struct Strengths<'c> {
    first: &'c Force,
    /// The levels of the verbs of force, in the order of the text.
    levels: Vec<u8>,
    qualifiers: Vec<QualifierKind>,
}

impl Binding {
    /// Compares two wordings, each of one clause or of the parts of one, given what changed between them.
    ///
    /// The first of these that differs decides: whether a negation makes it ask for the contrary; the modal verbs
    /// that replace each other, if nothing is forbidden; the class of the main verb; the classes of all verbs of
    /// force, in order if there are as many, else by their sum from weak recommendations on; the number of weakening
    /// qualifiers.
    pub(crate) fn of(
        [before, after]: [&[VersionClause]; 2],
        changes: &[Change],
        language: Language,
    ) -> Option<Self> {
        let old = Strengths::of(before, language)?;
        let new = Strengths::of(after, language)?;
        let (verdict, because) = old.compared_with(&new, changes, language);
        Some(Self {
            verdict,
            because,
            added: left_over(&new.qualifiers, &old.qualifiers),
            removed: left_over(&old.qualifiers, &new.qualifiers),
        })
    }
}

impl<'c> Strengths<'c> {
    fn of(clauses: &'c [VersionClause], language: Language) -> Option<Self> {
        let first = &clauses.first()?.force;
        let qualifiers = clauses
            .iter()
            .flat_map(|clause| qualifiers_of(clause.text(), language));
        let of_lead_in = levels_of(first, Place::LeadIn).into_iter();
        let of_texts = clauses
            .iter()
            .flat_map(|clause| levels_of(&clause.force, Place::Text));
        Some(Self {
            first,
            levels: of_lead_in.chain(of_texts).collect(),
            qualifiers: qualifiers.map(|qualifier| qualifier.kind).collect(),
        })
    }

    fn compared_with(
        &self,
        new: &Self,
        changes: &[Change],
        language: Language,
    ) -> (Against, String) {
        let (was, is) = (self.first, new.first);
        let classes = || format!("{} became {}", was.tag(), is.tag());
        let by_main = Against::of(is, was, Grade::Opposed);
        let is_turned = by_main == Against::Contrary;
        if by_main == Against::Unknown || is_turned && has_negation(changes) {
            return (by_main, classes());
        }
        let is_plain = !was.is_negated && !is.is_negated;
        if let Some((change, order)) = replaced_modal(changes, language).filter(|_| is_plain) {
            let because = format!("“{}” became “{}”", change.from, change.to);
            return (Against::from(order), because);
        }
        if !is_turned && was.class.level() != is.class.level() {
            return (by_main, classes());
        }
        match self.by_all_words(new) {
            (Ordering::Equal, _) if is_turned => (by_main, classes()),
            (order, because) => (Against::from(order), because.to_owned()),
        }
    }

    /// Compares all verbs of force, then the qualifiers.
    fn by_all_words(&self, new: &Self) -> (Ordering, &'static str) {
        match self.by_verbs(new) {
            Ordering::Equal => self.by_qualifiers(new),
            Ordering::Less => (
                Ordering::Less,
                "a verb of force was removed or became weaker",
            ),
            Ordering::Greater => (
                Ordering::Greater,
                "a verb of force was added or became stronger",
            ),
        }
    }

    fn by_verbs(&self, new: &Self) -> Ordering {
        let [old_sum, new_sum] = [self, new].map(|of| of.weight_of_verbs(self, new));
        new_sum.cmp(&old_sum)
    }

    fn by_qualifiers(&self, new: &Self) -> (Ordering, &'static str) {
        let order = self.n_weakening().cmp(&new.n_weakening());
        match order {
            Ordering::Equal => (order, ""),
            Ordering::Less => (order, "a weakening qualifier was added"),
            Ordering::Greater => (order, "a weakening qualifier was removed"),
        }
    }

    /// Returns the sum of the levels of the verbs; if the two wordings have different numbers of them, of those
    /// that are more than a permission.
    fn weight_of_verbs(&self, old: &Self, new: &Self) -> u32 {
        let is_one_to_one = old.levels.len() == new.levels.len();
        let counts = |level: &&u8| is_one_to_one || **level >= MIN_LEVEL;
        self.levels
            .iter()
            .filter(counts)
            .map(|level| u32::from(*level))
            .sum()
    }

    fn n_weakening(&self) -> usize {
        let kinds = self.qualifiers.iter();
        kinds.filter(|kind| kind.is_weakening()).count()
    }
}

fn has_negation(changes: &[Change]) -> bool {
    let mut kinds = changes.iter().flat_map(|change| &change.kinds);
    kinds.any(|kind| *kind == ChangeKind::Negation)
}

/// Returns the first change in which modal verbs replace others of another level, and how these compare.
fn replaced_modal(changes: &[Change], language: Language) -> Option<(&Change, Ordering)> {
    changes.iter().find_map(|change| {
        let [from, to] = [&change.from, &change.to].map(|words| modal_levels(words, language));
        let is_replaced = !from.is_empty() && from.len() == to.len();
        let order = sum(&to).cmp(&sum(&from));
        (is_replaced && order != Ordering::Equal).then_some((change, order))
    })
}

fn sum(levels: &[u8]) -> u32 {
    levels.iter().map(|level| u32::from(*level)).sum()
}

/// Returns the levels of the modal verbs among a few words; none among many.
fn modal_levels(words: &str, language: Language) -> Vec<u8> {
    let ranges: Vec<_> = word_ranges(words).collect();
    if ranges.len() > MAX_REPLACED_WORDS {
        return Vec::new();
    }
    let level =
        |range: std::ops::Range<usize>| match Sense::of(&fold_word(&words[range]), language)? {
            Sense::Modal(class) => class.level(),
            Sense::Negation => None,
        };
    ranges.into_iter().filter_map(level).collect()
}

/// Returns the levels of the verbs of force in a clause's own words or in its lead-in, in the order of the text.
fn levels_of(force: &Force, place: Place) -> Vec<u8> {
    let main = force
        .evidence
        .iter()
        .map(|evidence| (evidence, force.class));
    let others = force
        .others
        .iter()
        .map(|other| (&other.evidence, other.class));
    let is_here = |(evidence, _): &(&Evidence, _)| evidence.place == place;
    let mut verbs: Vec<_> = main.chain(others).filter(is_here).collect();
    verbs.sort_by_key(|(evidence, _)| evidence.range.start);
    verbs
        .iter()
        .filter_map(|(_, class)| class.level())
        .collect()
}

/// Returns what a list has more often than another.
fn left_over(own: &[QualifierKind], other: &[QualifierKind]) -> Vec<QualifierKind> {
    let mut rest = other.to_vec();
    let is_left = |kind: &&QualifierKind| match rest.iter().position(|of| of == *kind) {
        Some(place) => {
            rest.swap_remove(place);
            false
        }
        None => true,
    };
    own.iter().filter(is_left).copied().collect()
}
