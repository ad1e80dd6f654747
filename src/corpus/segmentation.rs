//! A text to the clauses of a corpus: at a granularity, without page furniture, none too long.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::clause::{Classified, Granularity, Kinds, Segment, SegmentKind, Segmentation};
use crate::corpus::clause::Clause;
use crate::error::{Diagnostic, Severity};
use crate::id::AgreementId;
use crate::language::Language;

/// A text of an agreement, segmented.
#[derive(Debug)]
pub(crate) struct SegmentedText<'t> {
    pub(crate) text: &'t str,
    /// The number of bytes of its agreement before it.
    pub(crate) base: usize,
    pub(crate) cut: Segmentation,
    /// The language of its words, and whether it is known or only assumed.
    pub(crate) language: Language,
    pub(crate) kinds: Kinds,
    /// The parts that its format tells to be in a language of their own.
    pub(crate) in_languages: Vec<(Range<usize>, Language)>,
}

impl SegmentedText<'_> {
    /// Returns the language of the words at a byte.
    fn language_at(&self, byte: usize) -> Language {
        let mut own = self.in_languages.iter();
        let own = own.find(|(range, _)| range.contains(&byte));
        own.map_or(self.language, |(_, language)| *language)
    }
}

/// Returns the clauses of a text at a granularity.
pub(crate) fn clauses_of(segmented: &SegmentedText<'_>, grain: Granularity) -> Vec<Clause> {
    let SegmentedText {
        text,
        base,
        cut,
        kinds,
        ..
    } = segmented;
    // What introduces many clauses is kept once.
    let mut kept: HashMap<Range<usize>, Arc<str>> = HashMap::new();
    let mut words_at = |range: Range<usize>| {
        let made = || collapse_white_space(&cut.words(text, range.clone())).into();
        Arc::clone(kept.entry(range.clone()).or_insert_with(made))
    };
    let moved = |range: Range<usize>| base + range.start..base + range.end;
    let is_clause = |part: &Segment| part.kind == SegmentKind::Clause && !part.body.is_empty();
    let mut clause_of = |part: Segment| {
        let Classified { kind, reason } = kinds.in_range(&part.body);
        let language = segmented.language_at(part.body.start);
        let mut pieces = cut.pieces(text, part.body.clone());
        if pieces.len() == 1 && pieces[0] == part.body {
            pieces.clear();
        }
        Clause {
            agreement: AgreementId::new(0),
            key: String::new(),
            label: part.label,
            running_number: 0,
            heading: part.heading.map(&mut words_at),
            lead_in: part.lead_in.map(&mut words_at),
            range: moved(part.body),
            pieces: pieces.into_iter().map(moved).collect(),
            words: None,
            is_ready: false,
            language,
            kind,
            kind_reason: reason,
            gist: None,
        }
    };
    let parts = cut.at(grain).into_iter();
    parts.filter(is_clause).map(&mut clause_of).collect()
}

/// Returns pieces of a text joined, if there are any.
pub(crate) fn joined(text: &str, pieces: &[Range<usize>]) -> Option<String> {
    let words = || pieces.iter().map(|piece| &text[piece.clone()]).collect();
    (!pieces.is_empty()).then(words)
}

/// Splits the clauses of a text that are too long, at white space if possible, and reports them.
pub(crate) fn split_long(
    clauses: &mut Vec<Clause>,
    text: &str,
    max_bytes: usize,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if clauses.iter().all(|clause| clause.range.len() <= max_bytes) {
        return diagnostics;
    }
    for clause in std::mem::take(clauses) {
        let ranges = ranges_of_at_most(max_bytes, text, clause.range.clone());
        if ranges.len() > 1 {
            let message = format!(
                "a clause of {} bytes is cut into {}, for `max_clause_bytes` is {max_bytes}",
                clause.range.len(),
                ranges.len()
            );
            diagnostics.push(Diagnostic::new(Severity::Repaired, message));
        }
        let parts = ranges.into_iter().enumerate();
        clauses.extend(parts.map(|(index, range)| part_of(&clause, index, range)));
    }
    diagnostics
}

/// Returns a part of a clause that is too long; later parts get the id `x#2` and so on, if the
/// clause has an id.
fn part_of(clause: &Clause, index: usize, range: Range<usize>) -> Clause {
    let key = match &clause.key {
        id if index > 0 && !id.is_empty() => format!("{id}#{}", index + 1),
        id => id.clone(),
    };
    let inside = |piece: &Range<usize>| piece.start.max(range.start)..piece.end.min(range.end);
    let pieces = clause.pieces.iter().map(inside);
    Clause {
        key,
        pieces: pieces.filter(|piece| !piece.is_empty()).collect(),
        // The force of a part is not that of the whole.
        gist: clause.gist.filter(|_| range == clause.range),
        range,
        ..clause.clone()
    }
}

fn ranges_of_at_most(max_bytes: usize, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = range.start;
    while range.end - start > max_bytes {
        let limit = text.floor_char_boundary(start + max_bytes);
        let words = &text[start..limit];
        let space = words.rfind(char::is_whitespace).filter(|&space| space > 0);
        // A character may have more bytes than the limit.
        let end = match (space, limit > start) {
            (Some(space), _) => start + space,
            (None, true) => limit,
            (None, false) => text.ceil_char_boundary(start + max_bytes.max(1)),
        };
        ranges.push(start..end);
        start = end + text[end..range.end].len() - text[end..range.end].trim_start().len();
    }
    if start < range.end || ranges.is_empty() {
        ranges.push(start..range.end);
    }
    ranges
}

/// Returns the words of a text separated by single spaces.
fn collapse_white_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
