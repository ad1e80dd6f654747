//! [`TitleSpan`]: the runs of words that may be a title, with the words beside them.

use std::ops::Range;

use crate::cluster::name::evidence::PlaceEvidence;
use crate::cluster::name::reading::{ClauseRuns, FormClass, ReadWord, SampleReading};
use crate::cluster::name::terms::is_whole;
use crate::id::TermId;

/// The greatest number of words of a title, articles not counted.
const MAX_WORDS: usize = 6;
/// The greatest number of connectors in a title.
const MAX_CONNECTORS: usize = 2;

/// A run of words that may be a title: nouns and adjectives, joined by connectors.
pub(super) struct TitleSpan<'r> {
    words: &'r [ReadWord],
    /// The forms of the words with meaning.
    pub(super) content: Vec<usize>,
    /// Their terms, in order.
    pub(super) terms: Vec<TermId>,
    /// The form of the word with meaning right before it.
    pub(super) before: Option<usize>,
    /// The forms of the connector and of the word with meaning after it, which go on with it.
    pub(super) after: Option<Vec<usize>>,
}

/// What a word can be in a span.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Noun(TermId),
    Verb,
    Connector,
    Article,
    Other,
}

impl TitleSpan<'_> {
    /// Returns its bytes in the clause.
    pub(super) fn range(&self) -> Range<usize> {
        self.words[0].range.start..self.words[self.words.len() - 1].range.end
    }

    /// Returns what spellings of one phrase have in common: its terms, and its connectors in their places.
    pub(super) fn key(&self, reading: &SampleReading) -> Vec<SpanPiece> {
        let piece = |word: &ReadWord| match reading.forms[word.form].class {
            FormClass::Content(term) => Some(SpanPiece::Term(term)),
            FormClass::Connector => Some(SpanPiece::Connector(word.form)),
            FormClass::Article | FormClass::Other => None,
        };
        self.words.iter().filter_map(piece).collect()
    }
}

/// A word of a phrase, whatever its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SpanPiece {
    Term(TermId),
    /// The form of a connector.
    Connector(usize),
}

/// Returns the spans of a clause.
pub(super) fn spans_of<'r>(
    reading: &SampleReading,
    evidence: &PlaceEvidence,
    clause: &'r ClauseRuns,
) -> Vec<TitleSpan<'r>> {
    let part_of = |word: &ReadWord| match reading.forms[word.form].class {
        FormClass::Content(_) if evidence.is_verb(reading, word.form) => Part::Verb,
        FormClass::Content(term) => Part::Noun(term),
        FormClass::Connector => Part::Connector,
        FormClass::Article => Part::Article,
        FormClass::Other => Part::Other,
    };
    let mut spans = Vec::new();
    for run in &clause.runs {
        let parts: Vec<Part> = run.iter().map(part_of).collect();
        for start in 0..run.len() {
            for end in ends_from(&parts, start) {
                spans.push(span_at(run, &parts, start..end));
            }
        }
    }
    spans.retain(|span| {
        let range = span.range();
        is_whole(&clause.text, &range) && !is_cut_at_hyphen(&clause.text, &range)
    });
    spans
}

/// Returns whether a span starts or ends inside a word of several parts, as "fog signals" does in "thick-fog
/// signals".
fn is_cut_at_hyphen(text: &str, range: &Range<usize>) -> bool {
    let is_hyphen = |c: &char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let before = &mut text[..range.start].chars().rev();
    let after = &mut text[range.end..].chars();
    let goes_on = |chars: &mut dyn Iterator<Item = char>| {
        chars.next().as_ref().is_some_and(is_hyphen)
            && chars.next().is_some_and(char::is_alphanumeric)
    };
    goes_on(before) || goes_on(after)
}

/// Returns the ends of all spans that start at a word.
fn ends_from(parts: &[Part], start: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut n_words, mut n_connectors) = (0, 0);
    for place in start..parts.len() {
        let before = place.checked_sub(1).filter(|before| *before >= start);
        let before = before.map(|before| parts[before]);
        match parts[place] {
            Part::Noun(_) => ends.push(place + 1),
            Part::Connector if matches!(before, Some(Part::Noun(_))) => n_connectors += 1,
            Part::Article if before == Some(Part::Connector) => continue,
            _ => break,
        }
        n_words += 1;
        if n_words > MAX_WORDS || n_connectors > MAX_CONNECTORS {
            ends.retain(|end| *end <= place);
            break;
        }
    }
    ends
}

fn span_at<'r>(run: &'r [ReadWord], parts: &[Part], range: Range<usize>) -> TitleSpan<'r> {
    let is_content = |place: &usize| matches!(parts[*place], Part::Noun(_) | Part::Verb);
    let nouns = range.clone().filter_map(|place| match parts[place] {
        Part::Noun(term) => Some((run[place].form, term)),
        _ => None,
    });
    let (content, terms) = nouns.unzip();
    let before = range.start.checked_sub(1).filter(is_content);
    TitleSpan {
        words: &run[range.clone()],
        content,
        terms,
        before: before.map(|place| run[place].form),
        after: forms_after(run, parts, range.end),
    }
}

/// Returns the forms that go on with a span: the next word, or a connector and the noun it joins.
fn forms_after(run: &[ReadWord], parts: &[Part], end: usize) -> Option<Vec<usize>> {
    let form = |place: usize| run[place].form;
    match parts.get(end)? {
        Part::Noun(_) | Part::Verb => Some(vec![form(end)]),
        Part::Connector => {
            let is_article = parts.get(end + 1) == Some(&Part::Article);
            let joined = end + if is_article { 2 } else { 1 };
            let is_noun = matches!(parts.get(joined), Some(Part::Noun(_)));
            is_noun.then(|| vec![form(end), form(joined)])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `N` a noun, `V` a verb, `c` a connector, `a` an article, `x` anything else.
    fn ends(pattern: &str) -> Vec<usize> {
        let part = |c: char| match c {
            'N' => Part::Noun(TermId::new(0)),
            'V' => Part::Verb,
            'c' => Part::Connector,
            'a' => Part::Article,
            _ => Part::Other,
        };
        let parts: Vec<Part> = pattern.chars().map(part).collect();
        ends_from(&parts, 0)
    }

    #[test]
    fn a_word_of_several_parts_is_not_cut() {
        let cases = [
            ("thick-fog signals", "fog signals", true),
            ("signals of fog-bound ports", "signals of fog", true),
            ("thick-fog signals", "thick-fog signals", false),
            ("thick - fog signals", "fog signals", false),
        ];
        for (text, span, expected) in cases {
            let start = text.find(span).unwrap();
            let range = start..start + span.len();
            assert_eq!(is_cut_at_hyphen(text, &range), expected, "{span}");
        }
    }

    #[test]
    fn a_span_ends_in_a_noun_before_verbs_and_function_words() {
        let cases: [(&str, &[usize]); 8] = [
            ("NN", &[1, 2]),
            ("NcN", &[1, 3]),
            ("NcaN", &[1, 4]),
            ("NaN", &[1]),
            ("NccN", &[1]),
            ("NVN", &[1]),
            ("cN", &[]),
            ("NNNNNNN", &[1, 2, 3, 4, 5, 6]),
        ];
        for (pattern, expected) in cases {
            assert_eq!(ends(pattern), expected, "{pattern}");
        }
    }
}
