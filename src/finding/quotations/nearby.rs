//! [`NearbyReferences`]: which reference of a paper belongs to which quotation.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::finding::quotations::reference::{PaperReference, overlap};
use crate::finding::quotations::sentences::sentences_of;
use crate::words::word_ranges;

/// The most words between a quotation and a reference in brackets behind it.
const MAX_LEAD_WORDS: usize = 3;
/// The most paragraphs back to an agreement that is still spoken of.
const MAX_PARAGRAPHS_BACK: usize = 4;

/// The references of a paper outside its quotations, and where its sentences are.
pub(super) struct NearbyReferences<'p> {
    text: &'p str,
    paragraphs: &'p [Range<usize>],
    sentences: Vec<Range<usize>>,
    /// In order.
    pub(super) references: Vec<PaperReference>,
    /// The references that belong to a quotation.
    claimed: BTreeSet<usize>,
}

/// What a quotation is attributed to: places among the references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The provision.
    pub(super) provision: Option<usize>,
    /// The instrument.
    pub(super) instrument: Option<usize>,
    /// Whether the instrument is named near the quotation, and not only some sentences before.
    pub(super) is_near: bool,
}

impl<'p> NearbyReferences<'p> {
    /// Takes the references of a text, without those inside its quotations.
    pub(super) fn new(
        text: &'p str,
        paragraphs: &'p [Range<usize>],
        mut references: Vec<PaperReference>,
        quoted: &[Range<usize>],
    ) -> Self {
        references.retain(|reference| !quoted.iter().any(|range| overlap(range, &reference.range)));
        Self {
            text,
            paragraphs,
            sentences: sentences_of(text, paragraphs),
            references,
            claimed: BTreeSet::new(),
        }
    }

    /// Returns what a quotation is attributed to, and keeps its provision from other quotations. `free` are the bytes
    /// between the quotations before and after it.
    ///
    /// A provision in brackets directly behind a quotation belongs to it; otherwise the last one before it in its
    /// sentence, the next one behind it there, or the last one of the sentence before. An instrument is looked for
    /// near the provision and in the same places, and at last in the paragraphs before.
    pub(super) fn attribute(
        &mut self,
        quotation: &Range<usize>,
        free: &Range<usize>,
    ) -> Attribution {
        let is_open = |place: usize| {
            let reference = &self.references[place];
            let is_free = reference.range.start >= free.start && reference.range.end <= free.end;
            is_free && !reference.provisions.is_empty() && !self.claimed.contains(&place)
        };
        let provision = self.nearest(quotation, &is_open);
        self.claimed.extend(provision);
        let names = |place: usize| self.references[place].instrument.is_some();
        let own = provision.filter(|place| names(*place));
        let near = own.or_else(|| self.nearest(quotation, &names));
        Attribution {
            provision,
            instrument: near.or_else(|| self.last_before(quotation.start, &names)),
            is_near: near.is_some(),
        }
    }

    /// Returns the instrument that a provision alone is probably of: the nearest in its sentence or the one before.
    pub(super) fn instrument_near(&self, reference: &Range<usize>) -> Option<usize> {
        self.nearest(reference, &|place| {
            self.references[place].instrument.is_some()
        })
    }

    /// Whether a reference belongs to a quotation.
    pub(super) fn is_claimed(&self, place: usize) -> bool {
        self.claimed.contains(&place)
    }

    /// Returns the references to instruments in the sentences of a quotation, and in the one before.
    pub(super) fn instruments_beside(
        &self,
        quotation: &Range<usize>,
    ) -> impl Iterator<Item = &PaperReference> {
        let start = self.sentence_at(quotation.start);
        let end = self.sentence_at(quotation.end.saturating_sub(1));
        let around = self.sentences[start.saturating_sub(1)].start..self.sentences[end].end;
        let beside = self
            .references
            .iter()
            .filter(move |reference| overlap(&reference.range, &around));
        beside.filter(|reference| reference.instrument.is_some())
    }

    fn nearest(
        &self,
        quotation: &Range<usize>,
        is_wanted: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        let first_behind = self
            .references
            .partition_point(|of| of.range.start < quotation.end);
        let behind = (first_behind..self.references.len()).find(|place| is_wanted(*place));
        let is_direct = |place: &usize| {
            is_directly_behind(&self.text[quotation.end..self.references[*place].range.start])
        };
        let end_before = self
            .references
            .partition_point(|of| of.range.end <= quotation.start);
        let before = (0..end_before).rev().find(|place| is_wanted(*place));
        let sentence = self.sentence_at(quotation.start);
        let last_sentence = self.sentence_at(quotation.end.saturating_sub(1));
        let is_since =
            |start: usize| move |place: &usize| self.references[*place].range.start >= start;
        let is_until =
            |place: &usize| self.references[*place].range.end <= self.sentences[last_sentence].end;
        let sentence_before = self.sentences[sentence.saturating_sub(1)].start;
        behind
            .filter(is_direct)
            .or_else(|| before.filter(is_since(self.sentences[sentence].start)))
            .or_else(|| behind.filter(is_until))
            .or_else(|| before.filter(is_since(sentence_before)))
    }

    /// Returns the last wanted reference before a byte, of the paragraphs before it.
    fn last_before(&self, byte: usize, is_wanted: &dyn Fn(usize) -> bool) -> Option<usize> {
        let end = self.references.partition_point(|of| of.range.end <= byte);
        let last = (0..end).rev().find(|place| is_wanted(*place))?;
        let paragraph = |byte: usize| self.paragraphs.partition_point(|of| of.start <= byte);
        let n_back = paragraph(byte) - paragraph(self.references[last].range.start);
        (n_back <= MAX_PARAGRAPHS_BACK).then_some(last)
    }

    fn sentence_at(&self, byte: usize) -> usize {
        let after = self.sentences.partition_point(|of| of.start <= byte);
        after.saturating_sub(1)
    }
}

/// Whether words lead from the end of a quotation to a reference that belongs to it: ` (`, ` (see `, a dash on a line
/// of its own.
fn is_directly_behind(between: &str) -> bool {
    let signs = between.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ';' | '”' | '"')
    });
    let words = word_ranges(signs);
    signs.starts_with(['(', '[', '—', '–', '-'])
        && !signs.contains([')', ']'])
        && words.count() <= MAX_LEAD_WORDS
}
