//! [`AskedTexts`]: what is looked up in the corpus, all at once.

use std::ops::Range;

use crate::finding::quotations::paper::Paper;
use crate::finding::quotations::quoted::QuotedWords;
use crate::finding::quotations::reference::overlap;

/// The texts that are looked up, known by their indices.
#[derive(Debug, Default)]
pub(super) struct AskedTexts {
    pub(super) texts: Vec<String>,
}

/// Words of a paper outside its quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnquotedText {
    /// The index among the asked texts.
    pub(super) asked: usize,
    /// The first byte in the paper.
    pub(super) start: usize,
}

impl AskedTexts {
    /// Adds the parts of each way to understand quoted words; returns the index of the first part of each way.
    pub(super) fn add_ways(&mut self, words: &QuotedWords) -> Vec<usize> {
        let mut firsts = Vec::new();
        for way in &words.ways {
            firsts.push(self.texts.len());
            let parts = way.parts.iter().map(|part| part.text.clone());
            self.texts.extend(parts);
        }
        firsts
    }

    /// Adds the words of each paragraph that are in none of the quotations, which are in order.
    pub(super) fn add_unquoted(
        &mut self,
        paper: &Paper,
        quoted: &[Range<usize>],
    ) -> Vec<UnquotedText> {
        let mut unquoted = Vec::new();
        for paragraph in &paper.paragraphs {
            let first = quoted.partition_point(|range| range.end <= paragraph.start);
            let within = quoted[first..]
                .iter()
                .take_while(|range| overlap(range, paragraph));
            let mut at = paragraph.start;
            let end = paragraph.end..paragraph.end;
            for range in within.chain(std::iter::once(&end)) {
                if range.start > at {
                    unquoted.push(UnquotedText {
                        asked: self.texts.len(),
                        start: at,
                    });
                    self.texts.push(paper.text[at..range.start].to_owned());
                }
                at = at.max(range.end);
            }
        }
        unquoted
    }
}
