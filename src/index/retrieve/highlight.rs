//! [`Marker`]: finds the words of a clause that a query matched, by analyzing the clause again.
//!
//! Only matching words are marked: the words of a phrase where they occur as that phrase, and no words
//! of a part of the query that does not match as a whole.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::index::query::filter::Filter;
use crate::index::query::plan::{Leaf, Plan, without_overlaps};
use crate::index::query::tree::Group;
use crate::index::retrieve::kept::KeptClauses;
use crate::index::retrieve::phrase::{WordSequence, occurrences};
use crate::index::store::schema::{IndexedWord, index_term, words_of};
use crate::language::Language;
use crate::term::{Analyzer, Token};
use crate::words::is_inside_word;

/// The byte ranges of one match, in order: one range for a word, one per word for a phrase.
pub(crate) type OccurrenceRanges = Vec<Range<usize>>;

/// Returns the byte ranges of the words of all matches, in order and without overlaps.
pub(crate) fn highlights(places: &[OccurrenceRanges]) -> Vec<Range<usize>> {
    without_overlaps(places.iter().flatten().cloned().collect())
}

/// A plan whose matches are to be marked, with its terms and the clauses that pass its filters.
pub(crate) struct Wanted<'p> {
    plan: &'p Plan,
    kept: &'p KeptClauses,
    terms: HashSet<&'p str, RandomState>,
    /// A bit for the first letter and the length of each term: most other terms have none of these bits.
    bits: u64,
}

/// Returns a bit for the first letter and the length of a term.
fn bit_of(term: &str) -> u64 {
    let first = term.bytes().next().map_or(0, usize::from);
    1 << ((first * 7 + term.len()) % 64)
}

impl<'p> Wanted<'p> {
    pub(crate) fn new(plan: &'p Plan, kept: &'p KeptClauses) -> Self {
        let sequences = plan.leaves().into_iter().filter_map(|leaf| match leaf {
            Leaf::Sequences(sequences) => Some(sequences),
            Leaf::Pattern(_) | Leaf::Filter(_) => None,
        });
        let terms = sequences.flatten().flat_map(|sequence| &sequence.terms);
        let terms: HashSet<&str, RandomState> = terms.map(String::as_str).collect();
        Self {
            bits: terms.iter().fold(0, |bits, term| bits | bit_of(term)),
            terms,
            plan,
            kept,
        }
    }

    /// Returns whether a term is wanted.
    fn wants(&self, term: &str) -> bool {
        let term = index_term(term);
        self.bits & bit_of(term) != 0 && self.terms.contains(term)
    }
}

/// A clause as read from the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadClause<'a> {
    pub(crate) id: u32,
    pub(crate) text: &'a str,
    pub(crate) language: Language,
}

/// One analyzed clause.
pub(crate) struct Marker<'a> {
    clause: ReadClause<'a>,
    wanted: &'a Wanted<'a>,
    /// The terms of the clause; only the wanted ones if made by [`Marker::of_wanted`].
    pub(crate) tokens: Vec<Token>,
    /// Token indices by term, those of one term in text order.
    by_term: Vec<usize>,
    /// The words as written, computed on demand.
    words: OnceCell<Vec<IndexedWord>>,
}

impl<'a> Marker<'a> {
    /// Analyzes a clause, in time linear in its text.
    pub(crate) fn new(analyzer: &Analyzer, clause: ReadClause<'a>, wanted: &'a Wanted<'a>) -> Self {
        let is_wanted = |term: &str| wanted.wants(term);
        let tokens = analyzer.all_tokens_for_search(clause.text, clause.language, is_wanted);
        Self::of_tokens(clause, wanted, tokens)
    }

    /// Analyzes only the wanted terms of a clause.
    pub(crate) fn of_wanted(
        analyzer: &Analyzer,
        clause: ReadClause<'a>,
        wanted: &'a Wanted<'a>,
    ) -> Self {
        let is_wanted = |term: &str| wanted.wants(term);
        let tokens = analyzer.tokens_for_search(clause.text, clause.language, is_wanted);
        Self::of_tokens(clause, wanted, tokens)
    }

    fn of_tokens(clause: ReadClause<'a>, wanted: &'a Wanted<'a>, tokens: Vec<Token>) -> Self {
        let mut by_term: Vec<usize> = (0..tokens.len()).collect();
        by_term.sort_by_key(|&token| index_term(&tokens[token].term));
        Self {
            clause,
            wanted,
            tokens,
            by_term,
            words: OnceCell::new(),
        }
    }

    /// Returns the tokens of a term, in text order.
    fn tokens_of(&self, term: &str) -> Vec<&Token> {
        let term_at = |&token: &usize| index_term(&self.tokens[token].term);
        let start = self.by_term.partition_point(|at| term_at(at) < term);
        let rest = self.by_term[start..].iter();
        rest.take_while(|at| term_at(at) == term)
            .map(|&token| &self.tokens[token])
            .collect()
    }

    /// Returns the words of the clause as written.
    pub(crate) fn words(&self) -> &[IndexedWord] {
        self.words.get_or_init(|| words_of(self.clause.text))
    }

    /// Returns a range widened to whole words: the terms of an abbreviation divide its letters, and a
    /// reader wants to see the abbreviation.
    fn whole_words(&self, range: Range<usize>) -> Range<usize> {
        let text = self.clause.text;
        if !is_inside_word(text, range.start) && !is_inside_word(text, range.end) {
            return range;
        }
        // A blank always separates words, so the others need not be checked.
        let start = text[..range.start].rfind(' ').map_or(0, |blank| blank + 1);
        let blank = text[range.end..].find(' ');
        let end = blank.map_or(text.len(), |blank| range.end + blank);
        let mut wide = range.clone();
        for word in words_of(&text[start..end]) {
            let word = start + word.range.start..start + word.range.end;
            if word.start < range.end && word.end > range.start {
                wide = wide.start.min(word.start)..wide.end.max(word.end);
            }
        }
        wide
    }

    /// Returns the places where the wanted plan matched: in order, without duplicates, on character
    /// boundaries and widened to whole words.
    ///
    /// Takes time linear in the length of the text times the number of parts of the plan.
    pub(crate) fn places(&self) -> Vec<OccurrenceRanges> {
        self.places_of(self.wanted.plan)
    }

    /// Returns the places where a part of the wanted plan matched, as [`places`](Self::places) does.
    pub(crate) fn places_of(&self, part: &Plan) -> Vec<OccurrenceRanges> {
        let mut places = self.mark(part).unwrap_or_default();
        for place in &mut places {
            for range in &mut *place {
                *range = self.whole_words(range.clone());
            }
            place.dedup();
        }
        let by_place = |place: &OccurrenceRanges| {
            let end = place.last().map(|range| range.end);
            (place.first().map(|range| range.start), end)
        };
        places.sort_by_key(by_place);
        places.dedup();
        places
    }

    /// Returns the matches of a plan; `None` if it does not match the clause.
    fn mark(&self, plan: &Plan) -> Option<Vec<OccurrenceRanges>> {
        match plan {
            Plan::Sequences(sequences) => {
                let sequences = sequences.iter();
                some_if_any(sequences.flat_map(|of| self.mark_sequence(of)).collect())
            }
            Plan::Pattern(pattern) => {
                let words = self.words().iter();
                let hits = words.filter(|word| pattern.matches(&word.folded));
                some_if_any(hits.map(|word| vec![word.range.clone()]).collect())
            }
            Plan::Filter(filter) => self.passes(filter).then(Vec::new),
            Plan::Group(group) => self.mark_group(group),
        }
    }

    fn passes(&self, filter: &Filter) -> bool {
        self.wanted.kept.holds(filter, self.clause.id)
    }

    fn mark_group(&self, group: &Group<Plan>) -> Option<Vec<OccurrenceRanges>> {
        let passes = |any: &Vec<Filter>| any.iter().any(|filter| self.passes(filter));
        let matches = |part: &Plan| self.mark(part).is_some();
        if group.prohibited.iter().any(matches) || !group.filters.iter().all(passes) {
            return None;
        }
        let required = group.required.iter().map(|part| self.mark(part));
        let mut marks: Vec<_> = required.collect::<Option<_>>()?;
        marks.extend(group.optional.iter().filter_map(|part| self.mark(part)));
        let needs_one = !group.optional.is_empty();
        (!marks.is_empty() || !needs_one).then(|| marks.concat())
    }

    fn mark_sequence(&self, sequence: &WordSequence) -> Vec<OccurrenceRanges> {
        let terms = sequence.terms.iter();
        let tokens_of: Vec<Vec<&Token>> = terms.map(|term| self.tokens_of(term)).collect();
        if let [tokens] = &tokens_of[..] {
            let places = tokens.chunk_by(|a, b| a.position == b.position);
            let ranges = |place: &[&Token]| place.iter().map(|token| token.range.clone()).collect();
            return places.map(ranges).collect();
        }
        let positions: Vec<Vec<u32>> = tokens_of
            .iter()
            .map(|tokens| tokens.iter().map(|token| position_of(token)).collect())
            .collect();
        let places = occurrences(sequence, &positions).into_iter().map(|place| {
            let words = tokens_of.iter().zip(place).flat_map(|(tokens, position)| {
                let hits = tokens
                    .iter()
                    .filter(move |token| position_of(token) == position);
                hits.map(|token| token.range.clone())
            });
            words.collect()
        });
        places.collect()
    }
}

fn position_of(token: &Token) -> u32 {
    u32::try_from(token.position).unwrap_or(u32::MAX)
}

fn some_if_any(places: Vec<OccurrenceRanges>) -> Option<Vec<OccurrenceRanges>> {
    (!places.is_empty()).then_some(places)
}
