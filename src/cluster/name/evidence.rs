//! [`PlaceEvidence`]: whether the words of a language are nouns or verbs, told by their neighbors.

use crate::cluster::name::reading::{FormClass, ReadWord, SampleReading};

/// How often each distinct word stands where nouns and where verbs stand.
pub(super) struct PlaceEvidence {
    counts: Vec<FormCounts>,
}

/// How often a word stands in which places; halves for weak evidence.
#[derive(Clone, Debug, Default, PartialEq)]
struct FormCounts {
    n_total: f64,
    as_noun: f64,
    as_verb: f64,
    before_content: f64,
    gerund_as_noun: f64,
    gerund_as_verb: f64,
}

/// The share of a word's places before another word with meaning from which it is an adjective.
const ADJECTIVE_SHARE: f64 = 0.6;
/// How often a participle must stand as an adjective.
const FEW: f64 = 2.0;

impl PlaceEvidence {
    /// Counts the places of each word.
    ///
    /// A noun follows a determiner or a preposition, or precedes "of"; a verb follows "to", "shall" and the
    /// like, or precedes a determiner. A word in "-ing" is a noun at the end of a run of words, and a verb
    /// before a determiner or another function word.
    pub(super) fn of(reading: &SampleReading) -> Self {
        let mut counts = vec![FormCounts::default(); reading.forms.len()];
        let mut indices: Vec<usize> = reading.clauses.keys().copied().collect();
        indices.sort_unstable();
        for run in indices
            .iter()
            .flat_map(|index| &reading.clauses[index].runs)
        {
            for place in 0..run.len() {
                let before = place.checked_sub(1).map(|before| &run[before]);
                let neighbors = Neighbors {
                    before: Neighbor::of(reading, before),
                    after: Neighbor::of(reading, run.get(place + 1)),
                };
                let form = run[place].form;
                let is_gerund = reading.words.is_gerund(&reading.forms[form].normal);
                counts[form].count(&neighbors);
                if is_gerund {
                    counts[form].count_gerund(&neighbors);
                }
            }
        }
        Self { counts }
    }

    /// Returns whether a word is a verb here, or an adverb.
    pub(super) fn is_verb(&self, reading: &SampleReading, form: usize) -> bool {
        let counts = &self.counts[form];
        if reading.words.is_gerund(&reading.forms[form].normal) {
            counts.gerund_as_noun <= counts.gerund_as_verb
        } else {
            counts.as_verb > counts.as_noun
        }
    }

    /// Returns whether a title can start with a word.
    pub(super) fn can_start(&self, reading: &SampleReading, form: usize) -> bool {
        let is_participle = reading.words.is_participle(&reading.forms[form].normal);
        !is_participle || self.counts[form].as_noun >= FEW
    }

    /// Returns whether a title can end in a word.
    pub(super) fn can_end(&self, reading: &SampleReading, form: usize) -> bool {
        let counts = &self.counts[form];
        let is_adjective = counts.before_content > ADJECTIVE_SHARE * counts.n_total;
        !is_adjective && reading.words.can_end(&reading.forms[form].normal)
    }
}

/// The words before and after a word.
struct Neighbors<'r> {
    before: Neighbor<'r>,
    after: Neighbor<'r>,
}

/// A word beside another one, or the end of the run.
enum Neighbor<'r> {
    End,
    Word(&'r SampleReading, usize),
}

impl<'r> Neighbor<'r> {
    fn of(reading: &'r SampleReading, word: Option<&ReadWord>) -> Self {
        word.map_or(Self::End, |word| Self::Word(reading, word.form))
    }

    fn is_in(&self, list: impl Fn(&SampleReading, &str) -> bool) -> bool {
        match self {
            Self::End => false,
            Self::Word(reading, form) => list(reading, &reading.forms[*form].normal),
        }
    }

    fn is_determiner(&self) -> bool {
        self.is_in(|reading, word| reading.words.determiners.contains(word))
    }

    fn is_genitive(&self) -> bool {
        self.is_in(|reading, word| reading.words.genitives.contains(word))
    }

    fn has_meaning(&self) -> bool {
        match self {
            Self::End => false,
            Self::Word(reading, form) => {
                matches!(reading.forms[*form].class, FormClass::Content(_))
            }
        }
    }
}

impl FormCounts {
    fn count(&mut self, neighbors: &Neighbors<'_>) {
        let Neighbors { before, after } = neighbors;
        self.n_total += 1.0;
        if before.is_in(|reading, word| reading.words.is_before_verb(word)) {
            self.as_verb += 1.0;
        }
        if after.is_determiner() {
            self.as_verb += 1.0;
        }
        let follows_preposition =
            before.is_in(|reading, word| reading.words.prepositions.contains(word));
        if before.is_determiner() || follows_preposition || after.is_genitive() {
            self.as_noun += 1.0;
        }
        if after.has_meaning() {
            self.before_content += 1.0;
        }
    }

    fn count_gerund(&mut self, neighbors: &Neighbors<'_>) {
        let Neighbors { before, after } = neighbors;
        let is_last = match after {
            Neighbor::End => true,
            after @ Neighbor::Word(..) => {
                after.is_in(|reading, word| reading.words.after_nouns.contains(word))
            }
        };
        if after.has_meaning() {
            self.gerund_as_verb += 0.5;
        } else if !is_last {
            self.gerund_as_verb += 1.0;
        } else if before.is_determiner() || before.is_genitive() || before.has_meaning() {
            self.gerund_as_noun += 1.0;
        }
    }
}
