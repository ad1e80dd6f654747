//! [`Marker`]: finds the words of a clause that a query matched, by analyzing the clause again.
//!
//! Only matching words are marked: the words of a phrase where they occur as that phrase, and no words
//! of a part of the query that does not match as a whole.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::index::query::filter::{Facts, Filter};
use crate::index::query::plan::Plan;
use crate::index::query::tree::Group;
use crate::index::retrieve::phrase::{WordSequence, occurrences};
use crate::index::store::schema::{IndexedWord, index_term, words_of};
use crate::language::Language;
use crate::term::{Analyzer, Token};
use crate::words::is_inside_word;

/// The byte ranges of one match, in order: one range for a word, one per word for a phrase.
pub(crate) type OccurrenceRanges = Vec<Range<usize>>;

/// Returns the byte ranges of the words of all matches, in order and without overlaps.
pub(crate) fn highlights(places: &[OccurrenceRanges]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = places.iter().flatten().cloned().collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A plan whose matches are to be marked, and its terms.
pub(crate) struct Wanted<'p> {
    pub(crate) plan: &'p Plan,
    terms: HashSet<&'p str, RandomState>,
}

impl<'p> Wanted<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        let mut terms = HashSet::default();
        collect_terms(plan, &mut terms);
        Self { plan, terms }
    }
}

/// A clause as read from the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadClause<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) facts: Facts<'a>,
}

/// One analyzed clause.
pub(crate) struct Marker<'a> {
    text: &'a str,
    /// The terms of the clause; only those of one plan if made by [`Marker::of_wanted`].
    pub(crate) tokens: Vec<Token>,
    /// Token indices by term, those of one term in text order.
    by_term: Vec<usize>,
    /// The words as written, computed on demand.
    words: OnceCell<Vec<IndexedWord>>,
    facts: Facts<'a>,
}

impl<'a> Marker<'a> {
    /// Analyzes a clause, in time linear in its text.
    pub(crate) fn new(analyzer: &Analyzer, clause: ReadClause<'a>) -> Self {
        let tokens = analyzer.analyze_for_search(clause.text, clause.language);
        Self::of_tokens(clause, tokens)
    }

    /// Analyzes only the wanted terms of a clause.
    pub(crate) fn of_wanted(
        analyzer: &Analyzer,
        clause: ReadClause<'a>,
        wanted: &Wanted<'_>,
    ) -> Self {
        let is_wanted = |term: &str| wanted.terms.contains(index_term(term));
        let tokens = analyzer.tokens_for_search(clause.text, clause.language, is_wanted);
        Self::of_tokens(clause, tokens)
    }

    fn of_tokens(clause: ReadClause<'a>, tokens: Vec<Token>) -> Self {
        let mut by_term: Vec<usize> = (0..tokens.len()).collect();
        by_term.sort_by_key(|&token| index_term(&tokens[token].term));
        Self {
            text: clause.text,
            tokens,
            by_term,
            words: OnceCell::new(),
            facts: clause.facts,
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
        self.words.get_or_init(|| words_of(self.text))
    }

    /// Returns a range widened to whole words: the terms of an abbreviation divide its letters, and a
    /// reader wants to see the abbreviation.
    fn whole_words(&self, range: Range<usize>) -> Range<usize> {
        if !is_inside_word(self.text, range.start) && !is_inside_word(self.text, range.end) {
            return range;
        }
        // A blank always separates words, so the others need not be checked.
        let start = self.text[..range.start]
            .rfind(' ')
            .map_or(0, |blank| blank + 1);
        let blank = self.text[range.end..].find(' ');
        let end = blank.map_or(self.text.len(), |blank| range.end + blank);
        let mut wide = range.clone();
        for word in words_of(&self.text[start..end]) {
            let word = start + word.range.start..start + word.range.end;
            if word.start < range.end && word.end > range.start {
                wide = wide.start.min(word.start)..wide.end.max(word.end);
            }
        }
        wide
    }

    /// Returns the places where a plan matched: in order, without duplicates, on character boundaries and
    /// widened to whole words.
    ///
    /// Takes time linear in the length of the text times the number of parts of the plan.
    pub(crate) fn places(&self, plan: &Plan) -> Vec<OccurrenceRanges> {
        let mut places = self.mark(plan).unwrap_or_default();
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
                let all = sequences
                    .iter()
                    .flat_map(|sequence| self.mark_sequence(sequence));
                some_if_any(all.collect())
            }
            Plan::Pattern(pattern) => {
                let hits = self
                    .words()
                    .iter()
                    .filter(|word| pattern.matches(&word.folded));
                some_if_any(hits.map(|word| vec![word.range.clone()]).collect())
            }
            Plan::Filter(filter) => filter.keeps(&self.facts).then(Vec::new),
            Plan::All(parts) => self.mark_all(parts),
            Plan::Group(group) => self.mark_group(group),
            Plan::Not(inner) => self.mark(inner).is_none().then(Vec::new),
        }
    }

    fn mark_all(&self, parts: &[Plan]) -> Option<Vec<OccurrenceRanges>> {
        let marks: Option<Vec<_>> = parts.iter().map(|part| self.mark(part)).collect();
        Some(marks?.concat())
    }

    fn mark_group(&self, group: &Group<Plan>) -> Option<Vec<OccurrenceRanges>> {
        let passes = |any: &Vec<Filter>| any.iter().any(|filter| filter.keeps(&self.facts));
        let is_prohibited = group
            .prohibited
            .iter()
            .any(|part| self.mark(part).is_some());
        if is_prohibited || !group.filters.iter().all(passes) {
            return None;
        }
        let mut marks = self.mark_all(&group.required)?;
        let optional: Vec<_> = group
            .optional
            .iter()
            .filter_map(|part| self.mark(part))
            .collect();
        let needs_one = group.required.is_empty() && !group.optional.is_empty();
        if needs_one && optional.is_empty() {
            return None;
        }
        marks.extend(optional.concat());
        Some(marks)
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

/// Collects the terms of a plan.
fn collect_terms<'p>(plan: &'p Plan, terms: &mut HashSet<&'p str, RandomState>) {
    match plan {
        Plan::Sequences(sequences) => {
            let all = sequences.iter().flat_map(|sequence| &sequence.terms);
            terms.extend(all.map(String::as_str));
        }
        Plan::Pattern(_) | Plan::Filter(_) => {}
        Plan::All(parts) => parts.iter().for_each(|part| collect_terms(part, terms)),
        Plan::Not(inner) => collect_terms(inner, terms),
        Plan::Group(group) => {
            for part in [&group.required, &group.optional, &group.prohibited]
                .into_iter()
                .flatten()
            {
                collect_terms(part, terms);
            }
        }
    }
}

fn position_of(token: &Token) -> u32 {
    u32::try_from(token.position).unwrap_or(u32::MAX)
}

fn some_if_any(places: Vec<OccurrenceRanges>) -> Option<Vec<OccurrenceRanges>> {
    (!places.is_empty()).then_some(places)
}
