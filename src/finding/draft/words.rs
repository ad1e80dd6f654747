//! [`Agreed`]: which words of a clause are agreed language, boilerplate or new.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::corpus::{ClauseRef, Corpus};
use crate::finding::draft::result::AgreedWords;
use crate::id::ClauseId;
use crate::reuse::{Run, SharedWording};
use crate::score::Score;

/// The kind of a word of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    New,
    RowBoilerplate,
    Agreed,
}

/// The words of a clause, and who else has them.
pub(crate) struct Agreed {
    pub(crate) n_words: usize,
    /// The agreed passages, separate, in order.
    pub(crate) stretches: Vec<AgreedWords>,
    /// The bytes of boilerplate that are not agreed language as well.
    pub(crate) boilerplate: Vec<Range<usize>>,
    /// The bytes of words that are neither.
    pub(crate) new: Vec<Range<usize>>,
}

impl Agreed {
    /// Sorts the words of a clause by the passages it shares, which have the clause as their first side.
    pub(crate) fn of(
        corpus: &Corpus,
        wording: &SharedWording,
        clause: ClauseId,
        shared: &[Run],
    ) -> Self {
        let words = wording.passages().words();
        let places = words.lists().places(clause.index());
        let mut sources: Vec<BTreeSet<ClauseId>> = vec![BTreeSet::new(); places.len()];
        let mut kinds = vec![Kind::New; places.len()];
        for run in shared {
            let is_boilerplate = wording.is_boilerplate(*run);
            let [_, other] = wording.passages().clauses_of(*run);
            for place in run.places().map(|place| place - places.start) {
                if !is_boilerplate {
                    kinds[place] = Kind::Agreed;
                    sources[place].insert(other);
                } else if kinds[place] == Kind::New {
                    kinds[place] = Kind::RowBoilerplate;
                }
            }
        }
        let mut of_words = Self {
            n_words: places.len(),
            stretches: Vec::new(),
            boilerplate: Vec::new(),
            new: Vec::new(),
        };
        let mut start = 0;
        for stretch in kinds.chunk_by(|x, y| x == y) {
            let end = start + stretch.len();
            let range = words.bytes(places.start + start..places.start + end);
            match stretch[0] {
                Kind::New => of_words.new.push(range),
                Kind::RowBoilerplate => of_words.boilerplate.push(range),
                Kind::Agreed => {
                    let has = sources[start..end].iter().flatten();
                    let has: BTreeSet<ClauseId> = has.copied().collect();
                    let cited = has.iter().map(|id| ClauseRef::of(corpus, *id));
                    let processes = has.iter().map(|id| corpus.process(corpus.process_of(*id)));
                    let names: BTreeSet<&String> = processes.map(|it| &it.name).collect();
                    of_words.stretches.push(AgreedWords {
                        in_draft: corpus.in_agreement(clause, &range),
                        range,
                        n_words: stretch.len(),
                        clauses: cited.collect::<BTreeSet<_>>().into_iter().collect(),
                        processes: names.into_iter().cloned().collect(),
                    });
                }
            }
            start = end;
        }
        of_words
    }

    /// The proportion of the words that are agreed language.
    pub(crate) fn share(&self) -> Score {
        let n_agreed: usize = self.stretches.iter().map(|stretch| stretch.n_words).sum();
        Score::new(n_agreed as f64 / self.n_words.max(1) as f64)
    }

    /// The processes that have some of the words.
    pub(crate) fn processes(&self) -> BTreeSet<String> {
        let all = self.stretches.iter().flat_map(|stretch| &stretch.processes);
        all.cloned().collect()
    }

    /// Whether a clause has some of the words.
    pub(crate) fn is_from(&self, clause: &ClauseRef) -> bool {
        let mut all = self.stretches.iter().flat_map(|stretch| &stretch.clauses);
        all.any(|source| source == clause)
    }
}
