//! [`TokenLists`]: texts as lists of token ids; [`WordLists`]: the words of every clause, as ids.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::term::TokenizedCorpus;
use crate::words::{BrokenWord, Interner, broken_words, fold_into, word_ranges};

/// The separator between two clauses; equal to no word, not even to itself.
pub(crate) const GAP: u32 = u32::MAX;
/// The most terms of a clause that passages of terms are looked for in.
const MAX_TERMS: usize = 1_000;

/// The number of texts a worker numbers with one interner.
const BATCH: usize = 4_096;

/// Texts as lists of ids, one id for each distinct word or term.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenLists {
    /// The tokens of all texts, a [`GAP`] after each text.
    ids: Vec<u32>,
    /// The start of each text in `ids`, and the end.
    starts: Vec<u32>,
}

impl TokenLists {
    pub(crate) fn of<T: IntoIterator<Item = u32>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut lists = Self {
            ids: Vec::new(),
            starts: vec![0],
        };
        for text in texts {
            lists.ids.extend(text);
            lists.ids.push(GAP);
            lists.starts.push(number_of(lists.ids.len()));
        }
        lists
    }

    /// Returns the terms of some clauses, by their index in the list; of a clause of more than 1,000 terms, the first
    /// 1,000.
    pub(crate) fn of_terms(lists: &TokenizedCorpus, clauses: &[ClauseId]) -> Self {
        Self::of(clauses.iter().map(|clause| {
            let terms = lists.of_clause(*clause).iter().take(MAX_TERMS);
            terms.map(|term| number_of(term.term.index()))
        }))
    }

    /// Returns the number of texts.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns the tokens of a text.
    pub(crate) fn tokens(&self, text: usize) -> &[u32] {
        &self.ids[self.places(text)]
    }

    /// Returns all tokens, a gap after each text.
    pub(crate) fn all(&self) -> &[u32] {
        &self.ids
    }

    /// Returns the positions of the tokens of a text among all.
    pub(crate) fn places(&self, text: usize) -> Range<usize> {
        self.starts[text] as usize..self.starts[text + 1] as usize - 1
    }

    /// Returns the text to which the token at a position among all belongs.
    pub(crate) fn text_of(&self, place: usize) -> usize {
        self.starts
            .partition_point(|start| *start as usize <= place)
            - 1
    }
}

/// The words of many texts as ids: the same id for the same word, in any case.
///
/// A word is a sequence of letters, digits, marks and underscores; in scripts without spaces, a
/// character. No word is left out and none is stemmed: copied text includes its function words.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordLists {
    lists: TokenLists,
    /// The start and end of each word in the bytes of its own text; zeros for a gap.
    spans: Vec<(u32, u32)>,
}

/// The words of some texts, numbered in the order they occur.
#[derive(Default)]
struct Batch {
    words: Vec<Box<str>>,
    ids: Vec<u32>,
    spans: Vec<(u32, u32)>,
    lengths: Vec<u32>,
    /// The words that are broken in two, in order of their places in `ids`.
    broken: Vec<BrokenWord>,
}

impl WordLists {
    /// Returns the words of every clause of a corpus, by clause id.
    ///
    /// Costs one pass over the text, spread over rayon's threads; the ids do not depend on them.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        Self::of_each(corpus.clauses().len(), |place| {
            corpus.text(ClauseId::new(place))
        })
    }

    /// Returns the words of some texts, by their index in the list.
    #[cfg(test)]
    pub(crate) fn of_texts(texts: &[&str]) -> Self {
        Self::of_each(texts.len(), |place| texts[place])
    }

    pub(crate) fn lists(&self) -> &TokenLists {
        &self.lists
    }

    /// Returns the bytes of the text from the first to the last word at these positions.
    pub(crate) fn bytes(&self, places: Range<usize>) -> Range<usize> {
        if places.is_empty() {
            return 0..0;
        }
        self.spans[places.start].0 as usize..self.spans[places.end - 1].1 as usize
    }

    /// Returns the number of texts each word occurs in, by its id.
    pub(crate) fn frequencies(&self) -> Vec<u32> {
        let mut frequencies = Vec::new();
        let mut last_text: Vec<usize> = Vec::new();
        for text in 0..self.lists.len() {
            for &id in self.lists.tokens(text) {
                let id = id as usize;
                if id >= frequencies.len() {
                    frequencies.resize(id + 1, 0);
                    last_text.resize(id + 1, usize::MAX);
                }
                if last_text[id] != text {
                    last_text[id] = text;
                    frequencies[id] += 1;
                }
            }
        }
        frequencies
    }

    pub(crate) fn of_each<'t>(n_texts: usize, text_at: impl Fn(usize) -> &'t str + Sync) -> Self {
        let places: Vec<usize> = (0..n_texts).collect();
        let batches: Vec<Batch> = places
            .par_chunks(BATCH)
            .map(|places| Batch::of(places.iter().map(|&place| text_at(place))))
            .collect();
        Self::merge(&batches)
    }

    fn merge(batches: &[Batch]) -> Self {
        let mut id_of: HashMap<&str, u32, RandomState> = HashMap::default();
        let renumbered: Vec<Vec<u32>> = batches
            .iter()
            .map(|batch| {
                let mut number = |word| {
                    let next = number_of(id_of.len());
                    *id_of.entry(word).or_insert(next)
                };
                batch.words.iter().map(|word| number(word)).collect()
            })
            .collect();
        let n_places = batches.iter().map(|batch| batch.ids.len()).sum();
        let mut lists = TokenLists {
            ids: Vec::with_capacity(n_places),
            starts: vec![0],
        };
        let mut spans = Vec::with_capacity(n_places);
        for (batch, numbers) in batches.iter().zip(renumbered) {
            let renumber = |id: &u32| numbers.get(*id as usize).copied().unwrap_or(GAP);
            let mut broken = batch.broken.iter().peekable();
            let mut at = 0;
            for length in &batch.lengths {
                let end = at + *length as usize;
                // A broken word is one if another text has it in one piece.
                while let Some(word) = broken.next_if(|word| word.place < end) {
                    let whole = id_of.get(word.joined.as_str());
                    let Some(&whole) = whole.filter(|_| word.place >= at) else {
                        continue;
                    };
                    lists
                        .ids
                        .extend(batch.ids[at..word.place].iter().map(renumber));
                    spans.extend_from_slice(&batch.spans[at..word.place]);
                    lists.ids.push(whole);
                    spans.push((batch.spans[word.place].0, batch.spans[word.place + 1].1));
                    at = word.place + 2;
                }
                lists.ids.extend(batch.ids[at..end].iter().map(renumber));
                spans.extend_from_slice(&batch.spans[at..end]);
                lists.starts.push(number_of(lists.ids.len()));
                at = end;
            }
        }
        Self { lists, spans }
    }
}

impl Batch {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut batch = Self::default();
        // One interner for words as written, one for lower-case words.
        let (mut written, mut lower) = (Interner::default(), Interner::default());
        let mut id_of_written: Vec<u32> = Vec::new();
        let mut folded = String::new();
        for text in texts {
            let n_before = batch.ids.len();
            let ranges: Vec<Range<usize>> = word_ranges(text).collect();
            for broken in broken_words(text, &ranges) {
                batch.broken.push(BrokenWord {
                    place: n_before + broken.place,
                    ..broken
                });
            }
            for range in ranges {
                let word = &text[range.clone()];
                let number = written.number_of(word, || {
                    fold_into(&mut folded, word);
                    let words = &mut batch.words;
                    let id = lower.number_of(&folded, || words.push(folded.as_str().into()));
                    id_of_written.push(id);
                });
                let id = id_of_written[number as usize];
                batch.ids.push(id);
                let span = (number_of(range.start), number_of(range.end));
                batch.spans.push(span);
            }
            batch.ids.push(GAP);
            batch.spans.push((0, 0));
            batch.lengths.push(number_of(batch.ids.len() - n_before));
        }
        batch
    }
}

pub(crate) fn number_of(count: usize) -> u32 {
    u32::try_from(count).expect("a corpus has fewer than 2^32 bytes: the reader limits it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_id_for_one_word_in_any_case() {
        let words = WordLists::of_texts(&["Harbor tax", "", "the HARBOR"]);
        let lists = words.lists();
        assert_eq!(lists.len(), 3);
        assert_eq!(lists.tokens(0)[0], lists.tokens(2)[1]);
        assert!(lists.tokens(1).is_empty());
        assert_eq!(lists.text_of(lists.places(2).start), 2);
        assert_eq!(words.bytes(lists.places(2)), 0..10);
        assert_eq!(words.frequencies(), [2, 1, 1]);
    }

    #[test]
    fn a_broken_word_is_one_if_it_is_whole_elsewhere() {
        let texts = [
            "the co-\noperation of all",
            "Cooperation",
            "state-\nowned co-operation",
        ];
        let words = WordLists::of_texts(&texts);
        let lists = words.lists();
        assert_eq!(lists.tokens(0)[1], lists.tokens(1)[0]);
        assert_eq!(lists.tokens(0).len(), 4);
        assert_eq!(
            words.bytes(lists.places(0).start + 1..lists.places(0).start + 2),
            4..17
        );
        assert_eq!(lists.tokens(2).len(), 4);
    }
}
