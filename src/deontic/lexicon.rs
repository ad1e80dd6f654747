//! [`Lexicon`]: the words of a language that carry force, and who is named by which words.

mod english;
mod french;
mod spanish;

use std::sync::LazyLock;

use crate::deontic::addressee::Addressee;
use crate::deontic::class::ModalClass;
use crate::deontic::phrases::Phrases;
use crate::deontic::qualifier::QualifierKind;
use crate::language::Language;

/// What a word or phrase does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A modal behind its subject: "States shall".
    Modal(ModalClass),
    /// A modal that needs an actor or a passive: "States are to", "is to be".
    Destined,
    /// A future that is a promise of an actor and a forecast of anything else: "will".
    Future,
    /// Who speaks promises: "pledge to".
    Promise,
    /// Who speaks asks somebody else: "calls upon States to".
    Ask(ModalClass),
    /// It forbids by itself: "is prohibited".
    Forbid,
    /// It frees from a duty: "need not".
    Exempt,
    /// It leaves free where the subject denies: "nothing in this article prevents".
    Hinder,
    /// Who speaks states or affirms: "recognizes that".
    Say,
    /// The same as a participle, which only opens a recital: "recalling".
    Recital,
}

/// What the verb behind a modal makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// "refrain from": the other way round.
    Refrain,
    /// "endeavor to": leaves room.
    Effort,
    /// "consider": a recommendation becomes weak.
    Consider,
    /// "be entitled to": a permission.
    Permit,
    /// "be required to": an obligation, and not, none.
    Bind,
    /// "be prohibited": a prohibition.
    Forbid,
    /// "be encouraged to": a recommendation of that strength.
    Ask(ModalClass),
    /// "prevent" behind "nothing in this article shall": a permission.
    Hinder,
    /// "enter into force", "apply": what a text says of itself and its terms.
    Constitute,
    /// "include", "involve": what things do; behind an actor an act like any other.
    Describe,
    /// "lack", "face": what befalls even an actor.
    Happen,
}

/// The tables of a language as they are written.
pub(crate) struct Tables {
    pub(crate) cues: &'static [(&'static str, Role)],
    /// Ends of words of at least so many letters, and their role.
    pub(crate) endings: &'static [(&'static str, usize, Role)],
    pub(crate) turns: &'static [(&'static str, Turn)],
    pub(crate) qualifiers: &'static [(&'static str, QualifierKind)],
    pub(crate) actors: &'static [(&'static str, &'static [Addressee])],
    /// Phrases that may stand between a modal and its verb.
    pub(crate) asides: &'static [(&'static str, ())],
    pub(crate) words: WordSets,
}

/// Small sets of words.
#[derive(Debug)]
pub(crate) struct WordSets {
    /// Negations behind a modal: "not".
    pub(crate) not_behind: &'static [&'static str],
    /// Negations before a modal: "ne".
    pub(crate) not_before: &'static [&'static str],
    /// What a subject that denies begins with: "no".
    pub(crate) no: &'static [&'static str],
    /// What may stand behind "no" without making a subject: "no later than".
    pub(crate) no_but: &'static [&'static str],
    /// Words between a modal and its verb.
    pub(crate) adverbs: &'static [&'static str],
    /// Ends of such words.
    pub(crate) adverb_endings: &'static [&'static str],
    /// What opens a dependent sentence.
    pub(crate) subordinators: &'static [&'static str],
    /// What opens the sentence that "recognizes" or "agrees" speaks of: "that".
    pub(crate) that: &'static [&'static str],
    /// What joins two words of a kind: "and", "or".
    pub(crate) and: &'static [&'static str],
    /// Forms of verbs that fill a dependent sentence: "have" in "the rights that people have".
    pub(crate) finite: &'static [&'static str],
    /// Pronouns for actors named before: "they".
    pub(crate) they: &'static [&'static str],
    /// Pronouns that are never part of a longer name.
    pub(crate) pronouns: &'static [&'static str],
    /// Ends of verbs whose subject is "we".
    pub(crate) we_endings: &'static [&'static str],
    /// What opens a passive: "be".
    pub(crate) be: &'static [&'static str],
    /// What may stand before whom a verb asks: "a los Estados".
    pub(crate) before_object: &'static [&'static str],
    pub(crate) prepositions: &'static [&'static str],
    /// What an agent stands behind: "by".
    pub(crate) by: &'static [&'static str],
    /// Words before which a verb may be a noun: "the will".
    pub(crate) articles: &'static [&'static str],
    /// What opens a sentence that describes a noun: "which".
    pub(crate) relatives: &'static [&'static str],
    /// What allows no plural behind it: "a".
    pub(crate) singular: &'static [&'static str],
    pub(crate) determiners: &'static [&'static str],
    /// Words that may follow a noun in the singular which is the head of its phrase; none where a noun
    /// never describes the one behind it.
    pub(crate) behind_head: &'static [&'static str],
    /// Words of which a text speaks of itself: "Convention", "paragraph".
    pub(crate) text: &'static [&'static str],
    /// Pronouns and words for things that cannot act: "it", "this", "measures".
    pub(crate) things: &'static [&'static str],
    /// What opens an infinitive: "to".
    pub(crate) to: &'static [&'static str],
    /// Verbs as they open a bare imperative.
    pub(crate) imperatives: &'static [&'static str],
    /// Ends of verbs that do.
    pub(crate) imperative_endings: &'static [&'static str],
    /// Words with such an end that are no verbs.
    pub(crate) no_imperatives: &'static [&'static str],
    /// "we", "our company": who speaks in a bare present.
    pub(crate) selves: &'static [&'static str],
    /// Whether a bare present of the Parties obliges: "Les Parties prennent".
    pub(crate) present_binds: bool,
    /// Whether an apostrophe ends a word.
    pub(crate) splits_elisions: bool,
}

/// The words of a language, ready for look-up.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) cues: Phrases<Role>,
    pub(crate) endings: &'static [(&'static str, usize, Role)],
    pub(crate) turns: Phrases<Turn>,
    pub(crate) qualifiers: Phrases<QualifierKind>,
    pub(crate) actors: Phrases<&'static [Addressee]>,
    pub(crate) asides: Phrases<()>,
    pub(crate) words: &'static WordSets,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&english::TABLES));
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&french::TABLES));
static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&spanish::TABLES));

impl Lexicon {
    /// Returns the words of a language, if there are lists for it.
    pub(crate) fn of(language: Language) -> Option<&'static Self> {
        match language.code() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            "es" => Some(&SPANISH),
            _ => None,
        }
    }

    fn new(tables: &'static Tables) -> Self {
        Self {
            cues: Phrases::new(tables.cues),
            endings: tables.endings,
            turns: Phrases::new(tables.turns),
            qualifiers: Phrases::new(tables.qualifiers),
            actors: Phrases::new(tables.actors),
            asides: Phrases::new(tables.asides),
            words: &tables.words,
        }
    }
}
