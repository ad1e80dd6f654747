//! [`TellingWords`]: the words that hold a row together, found in its clauses.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scope::Scope;
use crate::language::Language;
use crate::term::Analyzer;

/// The terms that make most of the similarity within a row.
pub(super) struct TellingWords<'a> {
    analyzer: &'a Analyzer,
    terms: BTreeSet<&'a str>,
}

impl<'a> TellingWords<'a> {
    /// Returns the terms of a row, those that stand in pairs of words among them; concepts are no
    /// words.
    pub(super) fn of_row(scope: &Scope<'a>, place: usize) -> Self {
        let shared = &scope.dossier.whys[place].shared;
        let words = shared.iter().filter(|part| !part.term.starts_with('['));
        Self {
            analyzer: scope.dossier.representation.analyzer(),
            terms: words.flat_map(|part| part.term.split(' ')).collect(),
        }
    }

    /// Returns the bytes of these words in a text, in order, none within another.
    pub(super) fn ranges(&self, text: &str, language: Language) -> Vec<Range<usize>> {
        let mut end = 0;
        let tokens = self.analyzer.analyze(text, language).into_iter();
        tokens
            .filter(|token| self.terms.contains(token.term.as_str()))
            .filter(|token| {
                let is_free = token.range.start >= end;
                end = end.max(token.range.end);
                is_free
            })
            .map(|token| token.range)
            .collect()
    }
}
