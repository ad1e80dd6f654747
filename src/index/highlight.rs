//! [`highlights`]: which words of a clause a query matched, found by analyzing the clause again.
//!
//! Only what made the clause match is marked: the words of a phrase where they stand in a row, not
//! elsewhere, and nothing of a part that does not match as a whole.

use std::ops::Range;

use crate::index::filter::{Filter, NameField, holds_words};
use crate::index::phrase::{Sequence, occurrences};
use crate::index::plan::Plan;
use crate::index::query::Group;
use crate::index::schema::{Word, index_name, index_term, words_of};
use crate::language::Language;
use crate::term::{Analyzer, Token};

/// What filters look at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) key: String,
    pub(crate) agreement_key: String,
    pub(crate) agreement_name: String,
    pub(crate) process: String,
    pub(crate) label: Option<String>,
    pub(crate) heading: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) year: Option<i64>,
}

impl Known {
    /// Returns whether a filter keeps the clause.
    fn passes(&self, filter: &Filter) -> bool {
        match filter {
            Filter::Name { field, folded } => {
                let holds = |name: &str| holds_words(&index_name(name), folded);
                match field {
                    NameField::Process => holds(&self.process),
                    NameField::Agreement => {
                        holds(&self.agreement_key) || holds(&self.agreement_name)
                    }
                    NameField::Label => self.label.as_deref().is_some_and(holds),
                    NameField::Heading => self.heading.as_deref().is_some_and(holds),
                }
            }
            Filter::Key(key) => self.key == *key,
            Filter::Language(language) => self.language == Some(*language),
            Filter::Years { first, last } => self
                .year
                .is_some_and(|year| (*first..=*last).contains(&year)),
        }
    }
}

/// Returns the bytes of the words that the plan matched in a text: in order, not overlapping, on
/// character boundaries.
///
/// Takes time linear in the text times the parts of the plan.
pub(crate) fn highlights(
    plan: &Plan,
    text: &str,
    known: &Known,
    analyzer: &Analyzer,
) -> Vec<Range<usize>> {
    let language = known.language.unwrap_or(Language::ENGLISH);
    let marker = Marker {
        tokens: analyzer.analyze_for_search(text, language),
        words: words_of(text),
        known,
    };
    let ranges = marker.mark(plan).unwrap_or_default();
    let whole = |range| whole_words(&marker.words, range);
    let mut ranges: Vec<Range<usize>> = ranges.into_iter().map(whole).collect();
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

/// One clause, taken apart.
struct Marker<'a> {
    tokens: Vec<Token>,
    words: Vec<Word>,
    known: &'a Known,
}

impl Marker<'_> {
    /// Returns what a plan marks; nothing if it does not match the clause.
    fn mark(&self, plan: &Plan) -> Option<Vec<Range<usize>>> {
        match plan {
            Plan::Sequences(sequences) => {
                let all = sequences
                    .iter()
                    .flat_map(|sequence| self.mark_sequence(sequence));
                some_if_any(all.collect())
            }
            Plan::Prefix(prefix) => {
                let hits = self
                    .words
                    .iter()
                    .filter(|word| word.folded.starts_with(prefix));
                some_if_any(hits.map(|word| word.range.clone()).collect())
            }
            Plan::Filter(filter) => self.known.passes(filter).then(Vec::new),
            Plan::All(parts) => self.mark_all(parts),
            Plan::Group(group) => self.mark_group(group),
            Plan::Not(inner) => self.mark(inner).is_none().then(Vec::new),
        }
    }

    fn mark_all(&self, parts: &[Plan]) -> Option<Vec<Range<usize>>> {
        let marks: Option<Vec<_>> = parts.iter().map(|part| self.mark(part)).collect();
        Some(marks?.concat())
    }

    fn mark_group(&self, group: &Group<Plan>) -> Option<Vec<Range<usize>>> {
        let passes = |any: &Vec<Filter>| any.iter().any(|filter| self.known.passes(filter));
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

    fn mark_sequence(&self, sequence: &Sequence) -> Vec<Range<usize>> {
        let tokens_of: Vec<Vec<&Token>> = sequence
            .terms
            .iter()
            .map(|term| {
                let is_term = |token: &&Token| index_term(&token.term) == term;
                self.tokens.iter().filter(is_term).collect()
            })
            .collect();
        let positions: Vec<Vec<u32>> = tokens_of
            .iter()
            .map(|tokens| tokens.iter().map(|token| position_of(token)).collect())
            .collect();
        let slices: Vec<&[u32]> = positions.iter().map(Vec::as_slice).collect();
        let mut ranges = Vec::new();
        for place in occurrences(sequence, &slices) {
            for (tokens, position) in tokens_of.iter().zip(place) {
                let hits = tokens.iter().filter(|token| position_of(token) == position);
                ranges.extend(hits.map(|token| token.range.clone()));
            }
        }
        ranges
    }
}

/// Returns a range widened to the words that it begins and ends in: the terms of a short form share
/// out its letters, and a reader wants to see the short form.
fn whole_words(words: &[Word], range: Range<usize>) -> Range<usize> {
    let first = words.partition_point(|word| word.range.end <= range.start);
    let end = words.partition_point(|word| word.range.start < range.end);
    let touched = words.get(first..end).unwrap_or_default();
    match (touched.first(), touched.last()) {
        (Some(first), Some(last)) => {
            range.start.min(first.range.start)..range.end.max(last.range.end)
        }
        _ => range,
    }
}

fn position_of(token: &Token) -> u32 {
    u32::try_from(token.position).unwrap_or(u32::MAX)
}

fn some_if_any(ranges: Vec<Range<usize>>) -> Option<Vec<Range<usize>>> {
    (!ranges.is_empty()).then_some(ranges)
}
