//! [`SourceSearch`]: the likely sources of a text.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::language::Language;
use crate::reuse::compare::{Fate, compare};
use crate::reuse::passage::MIN_WORDS;
use crate::score::Score;
use crate::similarity::{Neighbor, NeighborSearch, Representation};
use crate::vector::SparseMatrix;
use crate::words::{fold_into, word_ranges};

/// The number of clauses, the most similar by words, that are compared word by word.
const N_COMPARED: usize = 100;

/// A corpus prepared for searching the sources of texts.
#[derive(Debug)]
pub struct SourceSearch<'c> {
    corpus: &'c Corpus,
    representation: &'c Representation,
    search: NeighborSearch,
    /// The number of clauses that each word occurs in.
    n_clauses_with: HashMap<String, usize>,
}

impl<'c> SourceSearch<'c> {
    /// Counts the words of a corpus; costs one pass over its text.
    pub fn new(corpus: &'c Corpus, representation: &'c Representation) -> Self {
        let mut n_clauses_with: HashMap<String, usize> = HashMap::new();
        for clause in corpus.clause_ids() {
            let words = folded_words(corpus.text(clause)).map(|(_, word)| word);
            for word in words.collect::<BTreeSet<String>>() {
                *n_clauses_with.entry(word).or_default() += 1;
            }
        }
        Self {
            corpus,
            representation,
            search: NeighborSearch::new(representation.words().matrix()),
            n_clauses_with,
        }
    }

    /// Returns the likeliest sources of a text, the likeliest first; ties by id.
    ///
    /// The hundred clauses with the highest TF-IDF cosine are compared with the text word by word. The
    /// score is the mean of two values: the proportion of the text that is in a clause in order, each
    /// word weighted by `ln((n + 1) / (df + 1)) + 1`, counted twice, and the cosine. The first finds
    /// clauses with these very words, the second those with the same subject. Costs one pass over the
    /// clauses and a hundred alignments.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::language::Language;
    /// use consonance::reuse::SourceSearch;
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let search = SourceSearch::new(&corpus, &representation);
    /// let text = "No State should let its territory serve, to its knowledge, for wrongful acts.";
    /// let ranked = search.rank(text, Language::ENGLISH);
    /// assert_eq!(corpus.citation(ranked[0].clause), "GGE 2015 ¶13(c)");
    /// assert!(ranked[0].score > ranked[1].score);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn rank(&self, text: &str, language: Language) -> Vec<Neighbor> {
        let words = self.representation.words();
        let tokens = self.representation.analyzer().analyze(text, language);
        let question =
            SparseMatrix::from_rows(words.matrix().n_columns(), [words.project(&tokens)]);
        let near = self.search.nearest(question.row(0), N_COMPARED, |_| true);
        let weighed = self.weighed_words(text);
        let source = |near: &Neighbor| {
            let texts = [text, self.corpus.text(near.clause)];
            let diff = compare(texts, language, MIN_WORDS).diff;
            let kept = diff.iter().filter(|part| part.fate == Fate::Kept);
            let taken = share_within(&weighed, kept.map(|part| &part.a)).value();
            Neighbor {
                score: Score::new((2.0 * taken + near.score.value()) / 3.0),
                ..*near
            }
        };
        let mut sources: Vec<Neighbor> = near.par_iter().map(source).collect();
        sources.sort_by(|x, y| y.score.cmp(&x.score).then(x.clause.cmp(&y.clause)));
        sources
    }

    fn weighed_words(&self, text: &str) -> Vec<(Range<usize>, f64)> {
        let n = self.corpus.clauses().len() as f64;
        folded_words(text)
            .map(|(range, word)| {
                let df = self.n_clauses_with.get(&word).copied().unwrap_or(0) as f64;
                (range, ((n + 1.0) / (df + 1.0)).ln() + 1.0)
            })
            .collect()
    }
}

fn folded_words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    word_ranges(text).map(|range| {
        let mut folded = String::new();
        fold_into(&mut folded, &text[range.clone()]);
        (range, folded)
    })
}

/// Returns the proportion of the words' weight within ranges, both in order.
fn share_within<'r>(
    words: &[(Range<usize>, f64)],
    ranges: impl Iterator<Item = &'r Range<usize>>,
) -> Score {
    let total: f64 = words.iter().map(|(_, weight)| weight).sum();
    let within = ranges.flat_map(|range| {
        let first = words.partition_point(|(word, _)| word.start < range.start);
        let later = words[first..].iter();
        later.take_while(|(word, _)| word.end <= range.end)
    });
    let within: f64 = within.map(|(_, weight)| weight).sum();
    if total > 0.0 {
        Score::new(within / total)
    } else {
        Score::ZERO
    }
}
