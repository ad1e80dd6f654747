//! [`Plan`]: a query with its words as index terms, in every language of the corpus.

use std::ops::Range;

use crate::index::query::filter::Filter;
use crate::index::query::pattern::Pattern;
use crate::index::query::tree::{Group, Query};
use crate::index::retrieve::phrase::WordSequence;
use crate::index::store::schema::index_term;
use crate::language::Language;
use crate::term::{Analyzer, Token};

/// A query ready to be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// A word or phrase, which matches if any of the sequences occurs: one for each way in which the
    /// languages of the corpus analyze it.
    Sequences(Vec<WordSequence>),
    /// Any word of this spelling.
    Pattern(Pattern),
    /// A condition that adds nothing to the score.
    Filter(Filter),
    /// Several side by side.
    Group(Group<Plan>),
}

impl Plan {
    /// Returns the parts that are no groups, and the filters of the groups, each before the other parts.
    pub(crate) fn leaves(&self) -> Vec<Leaf<'_>> {
        match self {
            Self::Sequences(sequences) => vec![Leaf::Sequences(sequences)],
            Self::Pattern(pattern) => vec![Leaf::Pattern(pattern)],
            Self::Filter(filter) => vec![Leaf::Filter(filter)],
            Self::Group(group) => {
                let filters = group.filters.iter().flatten().map(Leaf::Filter);
                filters
                    .chain(group.parts().flat_map(Self::leaves))
                    .collect()
            }
        }
    }
}

/// A part of a plan that has no parts.
pub(crate) enum Leaf<'p> {
    Sequences(&'p [WordSequence]),
    Pattern(&'p Pattern),
    Filter(&'p Filter),
}

/// Turns the words of queries into terms.
#[derive(Debug)]
pub(crate) struct Planner<'a> {
    pub(crate) analyzer: &'a Analyzer,
    /// The languages of the corpus, in order.
    pub(crate) languages: &'a [Language],
    /// Notes about the query.
    pub(crate) notes: Vec<String>,
}

impl Planner<'_> {
    /// Returns the plan of a query; `None` if it consists of stop words only.
    pub(crate) fn plan(&mut self, query: &Query) -> Option<Plan> {
        match query {
            Query::Words(words) => simplest(Group::any(self.plan_words(words))),
            Query::Phrase { text, slop } => self.plan_phrase(text, *slop),
            Query::Pattern(pattern) => Some(Plan::Pattern(pattern.clone())),
            Query::Filter(filter) => Some(Plan::Filter(filter.clone())),
            Query::Group(group) => self.plan_group(group),
        }
    }

    fn plan_each(&mut self, queries: &[Query]) -> Vec<Plan> {
        let plans = queries.iter().filter_map(|query| self.plan(query));
        plans.collect()
    }

    fn plan_group(&mut self, group: &Group<Query>) -> Option<Plan> {
        let mut optional = Vec::new();
        for query in &group.optional {
            match query {
                // The words join the other optional parts instead of forming a group.
                Query::Words(words) => optional.extend(self.plan_words(words)),
                _ => optional.extend(self.plan(query)),
            }
        }
        simplest(Group {
            filters: group.filters.clone(),
            required: self.plan_each(&group.required),
            optional,
            prohibited: self.plan_each(&group.prohibited),
        })
    }

    /// Plans words of which any may match: each by itself, except words that some language analyzes as
    /// one term.
    pub(crate) fn plan_words(&mut self, text: &str) -> Vec<Plan> {
        let tokens = self.analyze(text);
        let mut plans = Vec::new();
        for block in blocks_of(text, &tokens) {
            let is_inside = |token: &&Token| block.contains(&token.range.start);
            let tokens = tokens.iter();
            let sequences = tokens.filter_map(|of| sequence_of(of.iter().filter(is_inside), 0));
            match union_of(sequences) {
                Some(plan) => plans.push(plan),
                None => self.note_left_out(&text[block]),
            }
        }
        plans
    }

    fn plan_phrase(&mut self, text: &str, slop: usize) -> Option<Plan> {
        let slop = u32::try_from(slop).unwrap_or(u32::MAX);
        let tokens = self.analyze(text);
        let plan = union_of(tokens.iter().filter_map(|of| sequence_of(of.iter(), slop)));
        if plan.is_none() {
            self.note_left_out(text);
        }
        plan
    }

    /// Returns the tokens of the text in every language and spelling.
    fn analyze(&self, text: &str) -> Vec<Vec<Token>> {
        let languages = self.languages.iter();
        let tokens =
            languages.flat_map(|&language| self.analyzer.tokens_by_spelling(text, language));
        tokens.collect()
    }

    fn note_left_out(&mut self, words: &str) {
        if words.contains(char::is_alphanumeric) {
            let words = words.trim();
            self.notes.push(format!(
                "`{words}` is left out: stop words are not searched for"
            ));
        }
    }
}

/// Returns the plan of a group: its only part, if it is one that must or may match; `None` if it is empty.
fn simplest(mut group: Group<Plan>) -> Option<Plan> {
    let is_positive = group.filters.is_empty() && group.prohibited.is_empty();
    match group.required.len() + group.optional.len() {
        0 if is_positive => None,
        1 if is_positive => group.required.pop().or_else(|| group.optional.pop()),
        _ => Some(Plan::Group(group)),
    }
}

/// Returns the plan that matches any of the sequences, without duplicates.
fn union_of(sequences: impl Iterator<Item = WordSequence>) -> Option<Plan> {
    let mut sequences: Vec<WordSequence> = sequences.collect();
    sequences.sort();
    sequences.dedup();
    (!sequences.is_empty()).then_some(Plan::Sequences(sequences))
}

fn sequence_of<'t>(tokens: impl Iterator<Item = &'t Token>, slop: u32) -> Option<WordSequence> {
    let mut sequence = WordSequence {
        terms: Vec::new(),
        offsets: Vec::new(),
        slop,
    };
    let mut start = None;
    for token in tokens {
        let start = *start.get_or_insert(token.position);
        let offset = u32::try_from(token.position.saturating_sub(start)).ok()?;
        sequence.terms.push(index_term(&token.term).to_owned());
        sequence.offsets.push(offset);
    }
    (!sequence.terms.is_empty()).then_some(sequence)
}

/// Returns the parts of a text between spaces, joined if a token of any language spans them.
fn blocks_of(text: &str, tokens: &[Vec<Token>]) -> Vec<Range<usize>> {
    let words = text.split_whitespace();
    let mut ranges: Vec<Range<usize>> = words.map(|word| range_in(text, word)).collect();
    ranges.extend(tokens.iter().flatten().map(|token| token.range.clone()));
    without_overlaps(ranges)
}

/// The range of a word that is a slice of a text.
fn range_in(text: &str, word: &str) -> Range<usize> {
    let start = word.as_ptr() as usize - text.as_ptr() as usize;
    start..start + word.len()
}

/// Returns ranges in order, those that overlap as one.
pub(crate) fn without_overlaps(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn token(term: &str, range: Range<usize>, position: usize) -> Token {
        let mut tokens = Analyzer::default().analyze("word", Language::ENGLISH);
        let mut token = tokens.remove(0);
        term.clone_into(&mut token.term);
        token.range = range;
        token.position = position;
        token
    }

    #[test]
    fn words_that_one_language_joins_are_one_block() {
        let text = "open data for peace";
        let one = vec![token("open data", 0..9, 0), token("peace", 14..19, 3)];
        let other = vec![token("open", 0..4, 0), token("data", 5..9, 1)];
        assert_eq!(blocks_of(text, &[one, other]), [0..9, 10..13, 14..19]);
    }

    #[test]
    fn two_languages_give_two_ways_to_match_and_the_same_term_once() {
        let first = sequence_of([token("net", 0..3, 4)].iter(), 0);
        let second = sequence_of([token("nets", 0..4, 0)].iter(), 0);
        let plan = union_of([first.clone(), second, first].into_iter().flatten());
        assert!(matches!(plan, Some(Plan::Sequences(all)) if all.len() == 2));
    }
}
