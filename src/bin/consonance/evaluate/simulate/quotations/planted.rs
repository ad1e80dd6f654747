//! A paper with quotations planted in it, and what is to be told of each.

use consonance::clause::ClauseKind;
use consonance::corpus::Corpus;
use consonance::id::ClauseId;
use consonance::provision::Label;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::quoting::{altered, excerpt, framed, in_other_form, with_marks_of_writer};

/// The quotations of each kind.
const N_OF_EACH: usize = 40;
/// The most tries to make a quotation of a clause.
const MAX_TRIES: usize = 2_000;

/// What is done to the words of a clause, or to their source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Exact,
    OtherForm,
    Altered,
    WrongNumber,
    Invented,
}

impl Deed {
    pub(super) const ALL: [Self; 5] = [
        Self::Exact,
        Self::OtherForm,
        Self::Altered,
        Self::WrongNumber,
        Self::Invented,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::OtherForm => "punctuation, case",
            Self::Altered => "altered by a word",
            Self::WrongNumber => "wrong number",
            Self::Invented => "invented",
        }
    }

    /// Returns the verdict that is to be told.
    pub(super) fn verdict(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::OtherForm => "exact-but-form",
            Self::Altered => "altered",
            Self::WrongNumber => "wrong-number",
            Self::Invented => "not-found",
        }
    }
}

/// A planted quotation.
pub(super) struct Planted {
    pub(super) deed: Deed,
    /// The quoted words.
    pub(super) words: String,
    /// The paragraph of the paper, in Markdown.
    pub(super) paragraph: String,
}

/// Plants 200 quotations of a corpus by a seed; invented ones come from foreign texts.
pub(super) fn plant(corpus: &Corpus, foreign: &Corpus, seed: u64) -> Vec<Planted> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut planted = Vec::new();
    let clauses = quotable(corpus);
    let strange = quotable(foreign);
    for deed in Deed::ALL {
        let mut n_left = N_OF_EACH;
        for _ in 0..MAX_TRIES {
            let source = clauses.choose(&mut random).copied();
            let words = match deed {
                Deed::Invented => strange.choose(&mut random).map(|id| foreign.text(*id)),
                _ => source.map(|id| corpus.text(id)),
            };
            let (Some(source), Some(words)) = (source, words) else {
                break;
            };
            let made = quoted(deed, words, &mut random).and_then(|words| {
                let cited = cited_clause(corpus, source, deed, &mut random)?;
                let paragraph = framed(&words, corpus, cited, &mut random);
                Some(Planted {
                    deed,
                    words,
                    paragraph,
                })
            });
            if let Some(made) = made.filter(|_| n_left > 0) {
                planted.push(made);
                n_left -= 1;
            }
        }
    }
    planted.shuffle(&mut random);
    planted
}

/// Returns the paper in Markdown.
pub(super) fn paper(planted: &[Planted]) -> String {
    let fillers = [
        "We went on with our survey in the same week.",
        "Not all readers agreed, and some of them wrote to us.",
        "The archive was closed on that day.",
    ];
    let mut paper = "# A paper about other texts\n\n".to_owned();
    for (place, of) in planted.iter().enumerate() {
        paper.push_str(&of.paragraph);
        paper.push_str("\n\n");
        if place % 3 == 0 {
            paper.push_str(fillers[place / 3 % fillers.len()]);
            paper.push_str("\n\n");
        }
    }
    paper
}

/// Returns the English clauses with a number that no other clause of their agreement has.
fn quotable(corpus: &Corpus) -> Vec<ClauseId> {
    let is_good = |id: &ClauseId| {
        let clause = corpus.clause(*id);
        let label = clause.label.as_ref().map(Label::as_str);
        let has_number = label.is_some_and(|label| label.contains(|c: char| c.is_ascii_digit()));
        let kinds = [
            ClauseKind::Norm,
            ClauseKind::Definition,
            ClauseKind::FinalClause,
        ];
        has_number && clause.language.code() == "en" && kinds.contains(&clause.kind)
    };
    corpus.clause_ids().filter(is_good).collect()
}

/// Returns quoted words with what is done to them; `None` if the clause does not allow it.
fn quoted(deed: Deed, text: &str, random: &mut impl Rng) -> Option<String> {
    let words = excerpt(text, random)?;
    match deed {
        Deed::OtherForm => in_other_form(&words, random),
        Deed::Altered => altered(&words, random),
        // Every other one has an ellipsis or brackets.
        Deed::Exact | Deed::WrongNumber if random.gen_bool(0.5) => {
            with_marks_of_writer(&words, random)
        }
        Deed::Exact | Deed::WrongNumber | Deed::Invented => Some(words),
    }
}

/// Returns the clause that the paper names: the source, or another one of its agreement.
fn cited_clause(
    corpus: &Corpus,
    source: ClauseId,
    deed: Deed,
    random: &mut impl Rng,
) -> Option<ClauseId> {
    if deed != Deed::WrongNumber {
        return Some(source);
    }
    let own = corpus.clause(source);
    let provision = |id: &ClauseId| corpus.clause(*id).label.as_ref().map(Label::provision);
    let others = quotable(corpus).into_iter().filter(|id| {
        corpus.clause(*id).agreement == own.agreement && provision(id) != provision(&source)
    });
    others.collect::<Vec<_>>().choose(random).copied()
}
