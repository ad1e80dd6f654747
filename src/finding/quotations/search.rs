//! [`WordingSearch`]: where a corpus has quoted words, word for word and in order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::corpus::Corpus;
use crate::finding::quotations::quotable::{QuotablePiece, QuotableTexts};
use crate::finding::quotations::wording::{Gap, QuotedWording};
use crate::id::ClauseId;
use crate::reuse::{Run, WordLists, runs_from_first};

/// The shortest run of words that is looked up; shorter parts of a quotation are searched beside longer ones.
const MIN_RUN: usize = 4;
/// The most words of the quoted text that brackets may stand for.
const MAX_IN_BRACKETS: usize = 12;

/// A corpus and the words that are asked for, with every run of four words or more that both have.
///
/// The runs are those of [`Passages`](crate::reuse::Passages): the words of the corpus are hashed once, not once for
/// each quotation. Costs `n log n` in the words of both, and the runs found.
pub(super) struct WordingSearch {
    quotable: QuotableTexts,
    words: WordLists,
    /// The position of the first word of each piece of the quotable texts.
    piece_starts: Vec<usize>,
    /// The runs of each asked text, by its index; the first side is in the corpus.
    runs: Vec<Vec<Run>>,
}

/// Quoted words as the corpus has them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundWording {
    /// The clauses, following each other.
    pub(super) clauses: Vec<ClauseId>,
    /// The bytes of the first clause's text, if its own words are quoted.
    pub(super) bytes: Option<[usize; 2]>,
    /// The words of each part of the quotation, as the corpus has them.
    pub(super) parts: Vec<String>,
}

/// A run of words that the corpus has, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RunInCorpus {
    /// The bytes of the asked text.
    pub(super) bytes: Range<usize>,
    /// The clauses that have it, each once, in order.
    pub(super) clauses: Vec<ClauseId>,
}

/// Positions in the corpus at which a part of a wording is.
struct PlacedPart {
    places: Range<usize>,
    /// The index of the place of the part before.
    before: usize,
}

impl WordingSearch {
    /// Prepares the search for some texts, which are known by their indices from then on.
    pub(super) fn new(corpus: &Corpus, asked: &[String]) -> Self {
        let quotable = QuotableTexts::of(corpus);
        let n_asked = asked.len();
        let text_at = |place: usize| match place.checked_sub(n_asked) {
            None => asked[place].as_str(),
            Some(place) => quotable.texts[place].as_str(),
        };
        let words = WordLists::of_each(n_asked + quotable.texts.len(), text_at);
        let mut runs = vec![Vec::new(); n_asked];
        for run in runs_from_first(words.lists(), n_asked, MIN_RUN) {
            runs[words.lists().text_of(run.a as usize)].push(run.turned());
        }
        let first_places = quotable.pieces.chunk_by(|a, b| a.text == b.text);
        let piece_starts = first_places.flat_map(|pieces| {
            let places = words.lists().places(n_asked + pieces[0].text);
            starts_of_pieces(pieces, &words, places)
        });
        Self {
            piece_starts: piece_starts.collect(),
            quotable,
            words,
            runs,
        }
    }

    /// Returns where the corpus has a wording whose parts are the asked texts from `first` on; in the order of the
    /// corpus, each group of clauses once.
    ///
    /// The parts are in order, in one clause or in clauses that follow each other, with nothing between them but what
    /// the gaps allow. A wording without a part of four words is only searched in and beside the clauses `near` it.
    pub(super) fn find(
        &self,
        wording: &QuotedWording,
        first: usize,
        near: &[ClauseId],
    ) -> Vec<FoundWording> {
        let longest = wording.longest();
        let n_pieces = pieces_beside(wording, longest);
        let mut windows = BTreeSet::new();
        let part = self.asked_places(first + longest);
        if part.len() >= MIN_RUN {
            let is_whole =
                |run: &&Run| run.b as usize == part.start && run.n_words as usize == part.len();
            for run in self.runs[first + longest].iter().filter(is_whole) {
                windows.insert(self.window(&run.places(), n_pieces));
            }
        } else {
            let is_near = |piece: &QuotablePiece| near.contains(&piece.clause);
            let pieces = (0..self.quotable.pieces.len())
                .filter(|place| is_near(&self.quotable.pieces[*place]));
            windows.extend(pieces.map(|place| {
                self.window(
                    &(self.piece_starts[place]..self.piece_starts[place] + 1),
                    n_pieces,
                )
            }));
        }
        let mut found: BTreeMap<Vec<ClauseId>, FoundWording> = BTreeMap::new();
        for [start, end] in windows {
            for wording in self.placed(wording, first, start..end) {
                found.entry(wording.clauses.clone()).or_insert(wording);
            }
        }
        found.into_values().collect()
    }

    /// Returns the longest runs of an asked text that the corpus has, of so many words at least, none overlapping
    /// another.
    pub(super) fn shared(&self, asked: usize, min_words: usize) -> Vec<RunInCorpus> {
        let mut runs: Vec<&Run> = self.runs[asked].iter().collect();
        runs.retain(|run| run.n_words as usize >= min_words);
        runs.sort_by_key(|run| (Reverse(run.n_words), run.b, run.a));
        let mut found: BTreeMap<usize, RunInCorpus> = BTreeMap::new();
        for run in runs {
            let bytes = self.words.bytes(run.turned().places());
            let clauses = self.clauses_at(&run.places());
            let later = found
                .range_mut(..bytes.end)
                .next_back()
                .map(|(_, taken)| taken);
            match later.filter(|taken| taken.bytes.end > bytes.start) {
                Some(taken) if taken.bytes == bytes => taken.clauses.extend(clauses),
                Some(_) => {}
                None => {
                    found.insert(bytes.start, RunInCorpus { bytes, clauses });
                }
            }
        }
        let mut found: Vec<RunInCorpus> = found.into_values().collect();
        for run in &mut found {
            run.clauses.sort_unstable();
            run.clauses.dedup();
        }
        found
    }

    /// Returns the clauses that have the most words of some asked texts in runs, those with the most first.
    pub(super) fn clauses_with_runs_of(&self, asked: Range<usize>, n_most: usize) -> Vec<ClauseId> {
        let mut covered: BTreeMap<ClauseId, BTreeSet<u32>> = BTreeMap::new();
        for run in asked.flat_map(|asked| &self.runs[asked]) {
            for clause in self.clauses_at(&run.places()) {
                covered
                    .entry(clause)
                    .or_default()
                    .extend(run.b..run.b + run.n_words);
            }
        }
        let mut clauses: Vec<_> = covered
            .into_iter()
            .map(|(clause, of)| (Reverse(of.len()), clause))
            .collect();
        clauses.sort_unstable();
        clauses
            .into_iter()
            .take(n_most)
            .map(|(_, clause)| clause)
            .collect()
    }

    fn asked_places(&self, asked: usize) -> Range<usize> {
        self.words.lists().places(asked)
    }

    fn piece_at(&self, place: usize) -> usize {
        self.piece_starts.partition_point(|start| *start <= place) - 1
    }

    /// Returns the clauses whose words are at these positions, in order, each once.
    fn clauses_at(&self, places: &Range<usize>) -> Vec<ClauseId> {
        let pieces = self.piece_at(places.start)..=self.piece_at(places.end - 1);
        let mut clauses: Vec<ClauseId> = self.quotable.pieces[pieces]
            .iter()
            .map(|piece| piece.clause)
            .collect();
        clauses.dedup();
        clauses
    }

    /// Returns the positions around others, with so many further pieces of the same text on either side.
    fn window(&self, places: &Range<usize>, n_pieces: usize) -> [usize; 2] {
        let text = self.text_around(places.start);
        let first = self.piece_at(places.start).saturating_sub(n_pieces);
        let after = self.piece_at(places.end - 1) + n_pieces + 1;
        let end = self.piece_starts.get(after).copied().unwrap_or(text.end);
        [self.piece_starts[first].max(text.start), end.min(text.end)]
    }

    /// Returns the positions of the text that has one.
    fn text_around(&self, place: usize) -> Range<usize> {
        let lists = self.words.lists();
        lists.places(lists.text_of(place))
    }

    /// Returns the ways to place all parts of a wording within positions of one text, one for each place of the last
    /// part. Costs the words within for each part.
    fn placed(
        &self,
        wording: &QuotedWording,
        first: usize,
        window: Range<usize>,
    ) -> Vec<FoundWording> {
        let all = self.words.lists().all();
        let mut placed: Vec<Vec<PlacedPart>> = Vec::new();
        for (place, part) in wording.parts.iter().enumerate() {
            let ids = &all[self.asked_places(first + place)];
            let here = all[window.clone()].windows(ids.len()).enumerate();
            let here = here
                .filter(|(_, words)| words == &ids)
                .map(|(at, _)| window.start + at);
            let before = placed.last();
            let occurrences = here.filter_map(|start| {
                let before = match before {
                    None => 0,
                    Some(before) => self.place_before(before, start, part.gap)?,
                };
                Some(PlacedPart {
                    places: start..start + ids.len(),
                    before,
                })
            });
            let occurrences = occurrences.collect();
            placed.push(occurrences);
        }
        let ends = placed.last().map_or(0, Vec::len);
        (0..ends)
            .map(|end| self.found(&traced(&placed, end)))
            .collect()
    }

    /// Returns the nearest place of the part before that a gap can lead from.
    fn place_before(&self, before: &[PlacedPart], start: usize, gap: Gap) -> Option<usize> {
        let nearest = before
            .partition_point(|part| part.places.end <= start)
            .checked_sub(1)?;
        let end = before[nearest].places.end;
        let n_between = start - end;
        let is_allowed = match gap {
            Gap::Nothing => n_between == 0,
            Gap::Bracket => n_between <= MAX_IN_BRACKETS,
            Gap::Ellipsis => self.piece_at(start) - self.piece_at(end - 1) <= 1,
        };
        is_allowed.then_some(nearest)
    }

    fn found(&self, parts: &[Range<usize>]) -> FoundWording {
        let text = self.words.lists().text_of(parts[0].start) - self.runs.len();
        let words = |places: &Range<usize>| {
            self.quotable.texts[text][self.words.bytes(places.clone())].to_owned()
        };
        let whole = parts[0].start..parts[parts.len() - 1].end;
        let bytes = self.words.bytes(whole.clone());
        let mut pieces =
            self.quotable.pieces[self.piece_at(whole.start)..=self.piece_at(whole.end - 1)].iter();
        let own = pieces.find(|piece| piece.is_own);
        FoundWording {
            clauses: self.clauses_at(&whole),
            bytes: own.map(|own| {
                let start = bytes.start.max(own.bytes.start) - own.bytes.start;
                [start, bytes.end.min(own.bytes.end) - own.bytes.start]
            }),
            parts: parts.iter().map(words).collect(),
        }
    }
}

/// Returns how many pieces beside that of one part the others may reach: a gap may lead into the next one, brackets stand for
/// words of several, and a part has a word at least in each that it is in.
fn pieces_beside(wording: &QuotedWording, place: usize) -> usize {
    let parts = wording.parts.iter().enumerate();
    let others = parts.filter(|(other, _)| *other != place);
    let brackets = wording.parts.iter().filter(|of| of.gap == Gap::Bracket);
    others.map(|(_, part)| part.n_words).sum::<usize>() + MAX_IN_BRACKETS * brackets.count()
}

/// Returns the positions of all parts that end with one place of the last.
fn traced(placed: &[Vec<PlacedPart>], end: usize) -> Vec<Range<usize>> {
    let mut traced = Vec::new();
    let mut at = end;
    for parts in placed.iter().rev() {
        traced.push(parts[at].places.clone());
        at = parts[at].before;
    }
    traced.reverse();
    traced
}

/// Returns the position of the first word of each piece of a text, or of the first word after it if it has none.
fn starts_of_pieces(
    pieces: &[QuotablePiece],
    words: &WordLists,
    places: Range<usize>,
) -> Vec<usize> {
    let mut at = places.start;
    let mut starts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        while at < places.end && words.bytes(at..at + 1).start < piece.bytes.start {
            at += 1;
        }
        starts.push(at);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CorpusBuilder;
    use crate::finding::quotations::wording::WordingPart;
    use crate::read::{ReadLimits, read};
    use proptest::prelude::*;

    /// Two agreements of some clauses each.
    fn corpus_of(agreements: &[Vec<String>]) -> Corpus {
        let mut lines = Vec::new();
        for (agreement, clauses) in agreements.iter().enumerate() {
            for (place, text) in clauses.iter().enumerate() {
                lines.push(serde_json::json!({
                    "agreement": format!("pact {agreement}"), "clause": (place + 1).to_string(),
                    "kind": "norm", "lang": "en", "text": text,
                }));
            }
        }
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let parsed = read(
            lines.join("\n").as_bytes(),
            "a.jsonl",
            &ReadLimits::default(),
        );
        let mut builder = CorpusBuilder::new();
        builder.add(parsed.unwrap(), Some("a.jsonl"));
        builder.build().unwrap()
    }

    /// A word of an agreement, and the index of its clause there.
    type PlainWord = (String, usize);

    /// Whether the words of an agreement have the parts in order from a place on, by trying every place.
    fn is_there(words: &[PlainWord], parts: &[WordingPart], from: Option<usize>) -> bool {
        let Some((part, rest)) = parts.split_first() else {
            return true;
        };
        let wanted: Vec<&str> = part.text.split(' ').collect();
        (from.unwrap_or(0)..words.len()).any(|start| {
            let here = words[start..].iter().map(|(word, _)| word.as_str());
            let is_same = words.len() - start >= wanted.len()
                && here.take(wanted.len()).eq(wanted.iter().copied());
            let is_allowed = from.is_none_or(|from| match part.gap {
                Gap::Nothing => start == from,
                Gap::Bracket => start - from <= MAX_IN_BRACKETS,
                Gap::Ellipsis => words[start].1 - words[from - 1].1 <= 1,
            });
            is_same && is_allowed && is_there(words, rest, Some(start + wanted.len()))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_wording_is_found_where_trying_every_place_finds_it(
            agreements in prop::collection::vec(prop::collection::vec("[ab]( [ab]){0,6}", 1..5), 2),
            first in "[ab]( [ab]){3,5}",
            others in prop::collection::vec(("[ab]( [ab]){0,2}", 0_u8..3), 0..3),
        ) {
            let gap_of = |number: u8| [Gap::Nothing, Gap::Bracket, Gap::Ellipsis][usize::from(number)];
            let part = |text: &String, gap: Gap| WordingPart {
                gap,
                n_words: text.split(' ').count(),
                text: text.clone(),
            };
            let mut parts = vec![part(&first, Gap::Nothing)];
            parts.extend(others.iter().map(|(text, gap)| part(text, gap_of(*gap))));
            let asked: Vec<String> = parts.iter().map(|part| part.text.clone()).collect();
            let wording = QuotedWording { parts };
            let corpus = corpus_of(&agreements);
            let found = WordingSearch::new(&corpus, &asked).find(&wording, 0, &[]);
            for (place, clauses) in agreements.iter().enumerate() {
                let words = clauses.iter().enumerate().flat_map(|(clause, text)| {
                    text.split(' ').map(move |word| (word.to_owned(), clause))
                });
                let words: Vec<PlainWord> = words.collect();
                let is_found = found.iter().any(|of| {
                    corpus.clause(of.clauses[0]).agreement.index() == place
                });
                prop_assert_eq!(is_found, is_there(&words, &wording.parts, None));
            }
        }
    }
}
