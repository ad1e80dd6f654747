//! [`TellingWords`]: the content words that hold a row together, found in its clauses.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::Language;
use crate::report::html::scope::Scope;
use crate::term::Analyzer;

/// The most features of a row whose words are marked: with more, most words of long clauses would be marked.
const MAX_SHARED: usize = 6;

/// The terms that make most of the similarity within a row.
pub(super) struct TellingWords<'a> {
    analyzer: &'a Analyzer,
    terms: BTreeSet<&'a str>,
}

impl<'a> TellingWords<'a> {
    /// Returns the terms of a row, including those in word pairs; concepts have no words to mark.
    pub(super) fn of_row(scope: &Scope<'a>, place: usize) -> Self {
        let shared = &scope.findings.whys[place].shared;
        let words = shared.iter().filter(|part| !part.term.starts_with('['));
        let words = words.take(MAX_SHARED);
        Self {
            analyzer: scope.study().representation().analyzer(),
            terms: words.flat_map(|part| part.term.split(' ')).collect(),
        }
    }

    /// Returns the bytes of these words in a text, in order; adjacent words are one range.
    pub(super) fn ranges(&self, text: &str, language: Language) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let tokens = self.analyzer.analyze(text, language).into_iter();
        for token in tokens.filter(|token| self.terms.contains(token.term.as_str())) {
            let start = token.range.start;
            let end = start + text[token.range].trim_end().len();
            match ranges.last_mut() {
                Some(last) if start < last.end => {}
                Some(last) if text[last.end..start].trim().is_empty() => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        ranges
    }
}
