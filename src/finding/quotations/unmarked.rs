//! [`UnmarkedSearch`]: words of a corpus that a paper has without any marks.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::corpus::Corpus;
use crate::finding::quotations::asked::UnquotedText;
use crate::finding::quotations::paper::Paper;
use crate::finding::quotations::search::WordingSearch;
use crate::id::{ClauseId, ProcessId};
use crate::words::{fold_name, word_ranges};

/// The fewest words that are told.
const MIN_WORDS: usize = 8;
/// The number of processes from which the same words are told once.
const COMMON_FROM: usize = 3;

/// A paper and the corpus whose words it may have.
pub(super) struct UnmarkedSearch<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) paper: &'c Paper,
    pub(super) search: &'c WordingSearch,
    /// Where the paper names instruments, in order.
    pub(super) names: Vec<Range<usize>>,
}

/// Words of the paper that some clauses have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnmarkedRun {
    /// The bytes of the paper.
    pub(super) range: Range<usize>,
    pub(super) clauses: Vec<ClauseId>,
}

impl UnmarkedSearch<'_> {
    /// Returns the runs of eight words or more in some texts, in order. Names of instruments do not count; words
    /// that three processes or more have are told once.
    pub(super) fn runs(&self, texts: &[UnquotedText]) -> Vec<UnmarkedRun> {
        let mut runs = Vec::new();
        let mut told = BTreeSet::new();
        for text in texts {
            for shared in self.search.shared(text.asked, MIN_WORDS) {
                let range = shared.bytes.start + text.start..shared.bytes.end + text.start;
                let words = &self.paper.text[range.clone()];
                let is_new = !self.is_common(&shared.clauses) || told.insert(fold_name(words));
                if is_new && self.n_words_beside_names(&range) >= MIN_WORDS {
                    runs.push(UnmarkedRun {
                        range,
                        clauses: shared.clauses,
                    });
                }
            }
        }
        runs
    }

    fn is_common(&self, clauses: &[ClauseId]) -> bool {
        let processes: BTreeSet<ProcessId> = clauses
            .iter()
            .map(|clause| self.corpus.process_of(*clause))
            .collect();
        processes.len() >= COMMON_FROM
    }

    fn n_words_beside_names(&self, range: &Range<usize>) -> usize {
        let words = word_ranges(&self.paper.text[range.clone()]);
        let beside = words.filter(|word| !self.is_in_name(word.start + range.start));
        beside.count()
    }

    fn is_in_name(&self, byte: usize) -> bool {
        let after = self.names.partition_point(|name| name.start <= byte);
        after > 0 && self.names[after - 1].end > byte
    }
}
