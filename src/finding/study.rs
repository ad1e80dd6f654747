//! [`Study`]: a corpus, its representation and a table of it, the input of the findings.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::corpus::{ClauseRef, Corpus};
use crate::id::{ClauseId, RowId};
use crate::reuse::SharedWording;
use crate::similarity::Representation;
use crate::table::{ConvergenceTable, Grid};

/// The fewest words of a shared passage that make a candidate false negative; all other findings ask
/// for longer ones.
const MIN_SHARED_WORDS: usize = 5;

/// A corpus, its representation, and a table of it: the input of the findings.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::Study;
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, converge_on, find_row};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let study = Study::new(corpus, representation, table);
///
/// let row = find_row(study.table(), "theft of intellectual property")?;
/// let cited = study.clauses_of(row).iter().map(|clause| study.corpus().citation(*clause));
/// let expected = ["G20 Antalya 2015 ¶26", "Paris Call 2018 Principle 4", "US–China 2015 [1]"];
/// assert_eq!(cited.collect::<Vec<_>>(), expected);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Debug)]
pub struct Study {
    corpus: Corpus,
    representation: Representation,
    table: ConvergenceTable,
    grid: Grid,
    wording: OnceLock<SharedWording>,
}

impl Study {
    /// Returns the study of a table of this corpus. Clauses that are not in the corpus are ignored.
    pub fn new(corpus: Corpus, representation: Representation, table: ConvergenceTable) -> Self {
        Self {
            grid: Grid::of(&corpus, &table),
            corpus,
            representation,
            table,
            wording: OnceLock::new(),
        }
    }

    /// Returns the corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns the corpus alone.
    pub fn into_corpus(self) -> Corpus {
        self.corpus
    }

    /// Returns the representation of the corpus.
    pub fn representation(&self) -> &Representation {
        &self.representation
    }

    /// Returns the table.
    pub fn table(&self) -> &ConvergenceTable {
        &self.table
    }

    /// Returns the clauses of a row, in the order of their ids.
    pub fn clauses_of(&self, row: RowId) -> &[ClauseId] {
        self.grid.row(row)
    }

    /// Returns the passages of five words or more that clauses of different agreements share; they are
    /// computed at the first call. Each finding says from which length passages count for it.
    pub fn wording(&self) -> &SharedWording {
        let find = || SharedWording::of(&self.corpus, &self.representation, MIN_SHARED_WORDS);
        self.wording.get_or_init(find)
    }

    pub(crate) fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Returns the issue of a row, for display.
    pub(crate) fn issue(&self, row: RowId) -> String {
        self.table.row(row).issue.clone()
    }

    /// Returns the issues of the rows that hold a clause, for display.
    pub(crate) fn issues_of(&self, clause: ClauseId) -> Vec<String> {
        let rows = self.grid.rows_of(clause).iter();
        rows.map(|row| self.issue(*row)).collect()
    }

    /// Returns the texts of some clauses, by id.
    pub(crate) fn texts_of<'r>(
        &self,
        clauses: impl Iterator<Item = &'r ClauseRef>,
    ) -> BTreeMap<String, String> {
        let text = |clause: &ClauseRef| {
            let id = self.corpus.find(&clause.id)?;
            Some((clause.id.clone(), self.corpus.text(id).to_owned()))
        };
        clauses.filter_map(text).collect()
    }
}
