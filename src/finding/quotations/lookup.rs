//! [`QuotationLookup`]: what of a corpus a quotation is, word for word or nearly.

use crate::corpus::Corpus;
use crate::finding::quotations::form::has_form_of;
use crate::finding::quotations::nearest::{Beside, beside, spelled_in};
use crate::finding::quotations::quoted::QuotedWords;
use crate::finding::quotations::search::{FoundWording, WordingSearch};
use crate::finding::quotations::wording::QuotedWording;
use crate::id::ClauseId;
use crate::language::Language;
use crate::reuse::SourceSearch;
use crate::score::Score;

/// The number of likely sources that are compared with a quotation that is not found word for word.
const N_COMPARED: usize = 8;
/// The share of a quotation's words from which it was altered, and not invented.
const ALTERED_FROM: f64 = 0.6;
/// The share of its words that a lead-in must add, and that a further clause must.
const WORTH_LEAD_IN: f64 = 0.05;
const WORTH_CLAUSE: f64 = 0.15;

/// Looks up quotations of one paper.
pub(super) struct QuotationLookup<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) search: &'c WordingSearch,
    pub(super) sources: SourceSearch<'c>,
    pub(super) language: Language,
}

/// What was found of a quotation.
#[derive(Clone, Debug)]
pub(super) enum LookedUp {
    /// These words, in these places.
    Words(Vec<FoundWords>),
    /// Most of these words in order, in each of these places as much.
    Near(Vec<NearWords>),
    /// The nearest clause, if there is any with a word of it.
    Nothing(Option<NearestClause>),
}

/// A place with the words of a quotation.
#[derive(Clone, Debug)]
pub(super) struct FoundWords {
    pub(super) place: FoundWording,
    /// Whether case and punctuation are the same.
    pub(super) has_form: bool,
}

/// A place with most words of a quotation.
#[derive(Clone, Debug)]
pub(super) struct NearWords {
    pub(super) clauses: Vec<ClauseId>,
    pub(super) beside: Beside,
}

/// The clause nearest to a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct NearestClause {
    pub(super) clause: ClauseId,
    pub(super) score: Score,
}

/// A text that is compared with a quotation.
struct Candidate {
    clauses: Vec<ClauseId>,
    text: String,
    /// The share that it must have more than others.
    handicap: f64,
}

impl QuotationLookup<'_> {
    /// Looks up quoted words; `firsts` are the indices of the first asked text of each way to understand them.
    pub(super) fn look_up(&self, words: &QuotedWords, firsts: &[usize]) -> LookedUp {
        for (way, first) in words.ways.iter().zip(firsts) {
            let found = self.search.find(way, *first, &[]);
            if !found.is_empty() {
                return LookedUp::Words(with_form(way, found));
            }
        }
        let (way, first) = (&words.ways[words.ways.len() - 1], firsts[firsts.len() - 1]);
        let ranked = self.sources.rank(&way.words(), self.language);
        let runs = first..first + way.parts.len();
        let mut near = self.search.clauses_with_runs_of(runs, N_COMPARED);
        near.extend(ranked.iter().take(N_COMPARED).map(|source| source.clause));
        near.sort_unstable();
        near.dedup();
        let found = self.search.find(way, first, &near);
        if !found.is_empty() {
            return LookedUp::Words(with_form(way, found));
        }
        let nearest = ranked.first().map(|source| NearestClause {
            clause: source.clause,
            score: source.score,
        });
        self.nearly(way, &near)
            .unwrap_or(LookedUp::Nothing(nearest))
    }

    /// Returns the clauses with the most words of a quotation in order, if these are most of it.
    fn nearly(&self, way: &QuotedWording, near: &[ClauseId]) -> Option<LookedUp> {
        let candidates: Vec<Candidate> = near
            .iter()
            .flat_map(|clause| self.candidates(*clause))
            .collect();
        let mut spelled: Vec<FoundWords> =
            candidates.iter().filter_map(|of| of.spelled(way)).collect();
        let fewest = spelled.iter().map(|of| of.place.clauses.len()).min();
        spelled.retain(|of| Some(of.place.clauses.len()) == fewest);
        if !spelled.is_empty() {
            return Some(LookedUp::Words(spelled));
        }
        let beside = candidates.into_iter().map(|candidate| {
            let beside = beside(way, &candidate.text);
            let worth = beside.share.value() - candidate.handicap;
            (
                worth,
                NearWords {
                    clauses: candidate.clauses,
                    beside,
                },
            )
        });
        let beside: Vec<(f64, NearWords)> = beside.collect();
        let best = beside.iter().map(|(worth, _)| *worth).fold(0.0, f64::max);
        let same = beside.into_iter().filter(|(worth, _)| *worth >= best);
        (best >= ALTERED_FROM).then(|| LookedUp::Near(same.map(|(_, near)| near).collect()))
    }

    /// Returns a clause alone, with its lead-in, and with the next clause.
    fn candidates(&self, clause: ClauseId) -> Vec<Candidate> {
        let text = self.corpus.text(clause);
        let mut all = vec![Candidate {
            clauses: vec![clause],
            text: text.to_owned(),
            handicap: 0.0,
        }];
        if let Some(lead_in) = &self.corpus.clause(clause).lead_in {
            all.push(Candidate {
                clauses: vec![clause],
                text: format!("{lead_in} {text}"),
                handicap: WORTH_LEAD_IN,
            });
        }
        let agreement = self.corpus.clause(clause).agreement;
        let next = ClauseId::new(clause.index() + 1);
        if self.corpus.clauses_of(agreement).any(|of| of == next) {
            all.push(Candidate {
                clauses: vec![clause, next],
                text: format!("{text} {}", self.corpus.text(next)),
                handicap: WORTH_CLAUSE,
            });
        }
        all
    }
}

impl Candidate {
    /// Returns it as words that were found, if only their spelling as one word or two differs.
    fn spelled(&self, way: &QuotedWording) -> Option<FoundWords> {
        let place = FoundWording {
            clauses: self.clauses.clone(),
            bytes: None,
            parts: spelled_in(way, &self.text)?,
        };
        let has_form = false;
        Some(FoundWords { place, has_form })
    }
}

/// Returns found words with whether they have the form of a wording.
fn with_form(way: &QuotedWording, found: Vec<FoundWording>) -> Vec<FoundWords> {
    let has_form = |place: &FoundWording| {
        let mut pairs = way.parts.iter().zip(&place.parts);
        pairs.all(|(part, original)| has_form_of(&part.text, original))
    };
    let found = found.into_iter();
    found
        .map(|place| FoundWords {
            has_form: has_form(&place),
            place,
        })
        .collect()
}
