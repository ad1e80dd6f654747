//! [`Binding`]: how a change of words changes how strongly a clause binds.

use serde::{Deserialize, Serialize};

use crate::deontic::{Evidence, Force, Place, QualifierKind, qualifiers_of};
use crate::finding::draft::Against;
use crate::finding::versions::text::VersionClause;
use crate::language::Language;
use crate::reuse::Grade;

/// The least level of a verb that counts if it was added or removed: to permit adds no duty.
const MIN_LEVEL: u8 = 2;

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
    /// Compares two wordings, each of one clause or of the parts of one.
    ///
    /// The first of these that differ decides: whether it asks for the contrary; the class of the main verb; the
    /// classes of the other verbs of force, in order if there are as many, else by their sum from weak
    /// recommendations on; the number of weakening qualifiers.
    pub(crate) fn of(
        before: &[&VersionClause],
        after: &[&VersionClause],
        language: Language,
    ) -> Option<Self> {
        let old = Strengths::of(before, language)?;
        let new = Strengths::of(after, language)?;
        let (verdict, because) = old.compared_with(&new);
        Some(Self {
            verdict,
            because,
            added: left_over(&new.qualifiers, &old.qualifiers),
            removed: left_over(&old.qualifiers, &new.qualifiers),
        })
    }
}

impl<'c> Strengths<'c> {
    fn of(clauses: &[&'c VersionClause], language: Language) -> Option<Self> {
        let qualifiers = clauses
            .iter()
            .flat_map(|clause| qualifiers_of(clause.text(), language));
        Some(Self {
            first: &clauses.first()?.force,
            levels: clauses.iter().flat_map(|of| levels_of(&of.force)).collect(),
            qualifiers: qualifiers.map(|qualifier| qualifier.kind).collect(),
        })
    }

    fn compared_with(&self, new: &Self) -> (Against, String) {
        let (was, is) = (self.first, new.first);
        let classes = format!("{} became {}", was.tag(), is.tag());
        let by_main = Against::of(is, was, Grade::Opposed);
        let has_other_level = was.class.level() != is.class.level();
        if matches!(by_main, Against::Contrary | Against::Unknown) || has_other_level {
            return (by_main, classes);
        }
        let [old_sum, new_sum] = [self, new].map(|of| of.weight_of_verbs(self, new));
        if old_sum != new_sum {
            let verdict = verdict_of(new_sum.cmp(&old_sum));
            return (
                verdict,
                "by a verb of force that does not come first".to_owned(),
            );
        }
        let [old_n, new_n] = [self, new].map(Self::n_weakening);
        let because = match new_n.cmp(&old_n) {
            std::cmp::Ordering::Equal => String::new(),
            std::cmp::Ordering::Less => "a weakening qualifier was removed".to_owned(),
            std::cmp::Ordering::Greater => "a weakening qualifier was added".to_owned(),
        };
        (verdict_of(old_n.cmp(&new_n)), because)
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

fn verdict_of(order: std::cmp::Ordering) -> Against {
    match order {
        std::cmp::Ordering::Less => Against::Weaker,
        std::cmp::Ordering::Equal => Against::AsStrong,
        std::cmp::Ordering::Greater => Against::Stronger,
    }
}

/// Returns the levels of the verbs of force in the clause's own words, in the order of the text.
fn levels_of(force: &Force) -> Vec<u8> {
    let main = force
        .evidence
        .iter()
        .map(|evidence| (evidence, force.class));
    let others = force
        .others
        .iter()
        .map(|other| (&other.evidence, other.class));
    let in_text = |(evidence, _): &(&Evidence, _)| evidence.place == Place::Text;
    let mut verbs: Vec<_> = main.chain(others).filter(in_text).collect();
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
