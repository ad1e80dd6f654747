//! [`Representation`]: the data by which the clauses of a corpus are compared, computed once.

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::id::{ClauseId, ProcessId};
use crate::language::Language;
use crate::progress::Progress;
use crate::setters::setters;
use crate::similarity::neighbors::ranked;
use crate::similarity::smoothing::{SmoothingParams, expand};
use crate::term::{Analyzer, AnalyzerParams, Thesaurus, TokenizedCorpus};
use crate::vector::{
    LatentParams, SentenceModel, SentenceSpace, SparseMatrix, VectorParams, VectorSpace, reduce,
    unit_row,
};

/// The maximum number of clauses for neighbor smoothing; above, it would take minutes.
const MAX_EXPANDED: usize = 10_000;
/// From this number of clauses, a feature must occur in at least two.
const MANY_CLAUSES: usize = 10_000;

/// Iterations for temporary rows.
const QUICK_ITERATIONS: usize = 2;

/// How clauses are represented; the default needs no tuning.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RepresentationParams {
    /// What counts as a word and as one term; uses the bundled thesaurus by default.
    pub analyzer: AnalyzerParams,
    /// How terms are weighted.
    pub vectors: VectorParams,
    /// How TF-IDF rows are reduced to fewer, dense dimensions, by a truncated singular value
    /// decomposition, before they are clustered; `None` to cluster clauses by their words.
    pub reduction: Option<LatentParams>,
    /// Neighbor smoothing: how much clauses take from their neighbors of other processes.
    pub(super) expansion: SmoothingParams,
    /// A model of sentence vectors, which then count as much as the words: a row to cluster is the row of its words, then
    /// the vector of its meaning, each scaled to the same length. `None`, words alone, by default.
    pub sentences: Option<SentenceModel>,
    /// The maximum memory, in bytes; no limit by default. The need is estimated after the terms are
    /// counted: 3 KB for the dimensions of a clause, and 60 bytes for each of its terms. The texts, which
    /// are already in memory, are not counted.
    pub max_bytes: Option<usize>,
    /// Progress of this and of what is computed from it; can cancel both.
    pub progress: Progress,
}

impl Default for RepresentationParams {
    fn default() -> Self {
        Self {
            analyzer: AnalyzerParams {
                thesaurus: Thesaurus::bundled(),
                ..AnalyzerParams::default()
            },
            vectors: VectorParams::default(),
            reduction: Some(LatentParams::default()),
            expansion: SmoothingParams::default(),
            sentences: None,
            max_bytes: None,
            progress: Progress::default(),
        }
    }
}

impl RepresentationParams {
    setters! {
        analyzer: AnalyzerParams,
        vectors: VectorParams,
        reduction: impl Into<Option<LatentParams>>,
        sentences: impl Into<Option<SentenceModel>>,
        max_bytes: impl Into<Option<usize>>,
        progress: Progress,
    }
}

/// The clauses of a corpus in two spaces: by their words, which explain every score, and as rows to
/// cluster, where clauses that say the same in other words are close.
#[derive(Debug)]
pub struct Representation {
    analyzer: Analyzer,
    lists: TokenizedCorpus,
    words: VectorSpace,
    /// The sentence vectors of the clauses, if there is a model.
    sentences: Option<SentenceSpace>,
    rows: SparseMatrix,
    process_of: Vec<ProcessId>,
    language_of: Vec<Language>,
    /// How the rows to cluster are computed from the words.
    reduction: Option<LatentParams>,
    expansion: SmoothingParams,
}

impl Representation {
    /// Represents every clause of a corpus.
    ///
    /// Terms are counted and weighted. A proportion of their process's mean is subtracted from the TF-IDF
    /// rows, which are reduced to latent dimensions (unless set otherwise) and smoothed with their nearest
    /// neighbors of other processes in the same language (up to 10,000 clauses).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if a parameter is out of range;
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if it would take more than `max_bytes`;
    /// [`ErrorKind::Cancelled`](crate::error::ErrorKind::Cancelled) if the work was cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// assert_eq!(representation.rows().n_rows(), 93);
    /// assert_eq!(representation.rows().n_columns(), 38, "latent dimensions");
    /// assert!(representation.words().matrix().n_columns() > 1_000, "words and pairs of words");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn of(corpus: &Corpus, params: &RepresentationParams) -> Result<Self> {
        let n_clauses = corpus.clauses().len();
        let analyzer = Analyzer::new(params.analyzer.clone());
        let progress = &params.progress;
        let lists = TokenizedCorpus::watched(corpus, &analyzer, progress)?;
        check_memory(&lists, params.max_bytes)?;
        let vectors = progress.stage("vectors", 1);
        let words = VectorSpace::fit(&lists, &vector_params(params, n_clauses))?;
        vectors.advance(1)?;
        let process_of: Vec<ProcessId> = corpus
            .clause_ids()
            .map(|id| corpus.process_of(id))
            .collect();
        let dimensions = progress.stage("dimensions", 1);
        let rows = reduced(words.matrix(), &process_of, params.reduction)?;
        dimensions.advance(1)?;
        let sentences = params.sentences.as_ref();
        let sentences = sentences.map(|model| SentenceSpace::of(corpus, model, progress));
        let sentences = sentences.transpose()?;
        let rows = mixed(rows, sentences.as_ref());
        let languages = corpus.clauses().iter().map(|clause| clause.language);
        let language_of: Vec<Language> = languages.collect();
        let lends = |row: usize, other: usize| {
            process_of[row] != process_of[other] && language_of[row] == language_of[other]
        };
        let rows = smoothed(rows, lends, &params.expansion, progress)?;
        Ok(Self {
            analyzer,
            lists,
            words,
            sentences,
            rows,
            process_of,
            language_of,
            reduction: params.reduction,
            expansion: params.expansion,
        })
    }

    /// Returns the rows to cluster for a corpus reduced to some of its clauses and features, computed with
    /// few iterations.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if a parameter is out of range.
    pub(crate) fn rows_of_part(&self, clauses: &[usize], is_kept: &[bool]) -> Result<SparseMatrix> {
        let matrix = self.words.matrix();
        let rows = clauses.iter().map(|&clause| {
            let cells = matrix.row(clause).iter();
            let kept = cells.filter(|(column, _)| is_kept[*column as usize]);
            unit_row(kept.map(|(column, value)| (column, f64::from(value))))
        });
        let part = SparseMatrix::from_rows(matrix.n_columns(), rows);
        let process_of: Vec<ProcessId> = clauses
            .iter()
            .map(|&clause| self.process_of[clause])
            .collect();
        let quick = |params: LatentParams| params.n_power_iterations(QUICK_ITERATIONS);
        let rows = reduced(&part, &process_of, self.reduction.map(quick))?;
        let sentences = self.sentences.as_ref().map(|space| space.part(clauses));
        let rows = mixed(rows, sentences.as_ref());
        let language_of = |row: usize| self.language_of[clauses[row]];
        let lends = |row: usize, other: usize| {
            process_of[row] != process_of[other] && language_of(row) == language_of(other)
        };
        smoothed(rows, lends, &self.expansion, &Progress::default())
    }

    /// Describes how the rows to cluster were computed, with the values derived from the size of the corpus
    /// and the parameters.
    pub fn in_words(&self) -> String {
        let sentences = self.sentences.as_ref().map(SentenceSpace::model);
        let n_sentence = sentences.map_or(0, SentenceModel::n_dimensions);
        let n = self.rows.n_columns() - n_sentence;
        let space = match self.reduction {
            None => format!("{n} words"),
            Some(latent) => format!(
                "{n} latent dimensions, {} of the process mean off",
                latent.centering
            ),
        };
        let sentences = sentences.map(|model| {
            let (name, digest) = (model.name(), model.digest());
            format!(" and, at the same length, sentence vectors of {name} ({digest})")
        });
        let space = space + &sentences.unwrap_or_default();
        let n_neighbors = if self.is_smoothed() {
            self.expansion.n_neighbors
        } else {
            0
        };
        let weights = self.words.params();
        format!(
            "{space}, leaning on {n_neighbors} neighbors, pairs of words {}, concepts {}, headings {}",
            weights.bigram_weight, weights.concept_weight, weights.heading_weight
        )
    }

    /// Returns whether the rows to cluster lean on neighbors; those of a large corpus do not.
    pub(crate) fn is_smoothed(&self) -> bool {
        self.rows.n_rows() <= MAX_EXPANDED
    }

    /// Returns the analyzer that found the terms.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// Returns the terms of every clause.
    pub fn lists(&self) -> &TokenizedCorpus {
        &self.lists
    }

    /// Returns the TF-IDF vectors, the basis of scores, names and displayed nearest neighbors.
    pub fn words(&self) -> &VectorSpace {
        &self.words
    }

    /// Returns the sentence vectors, if there is a model.
    pub(crate) fn sentences(&self) -> Option<&SentenceSpace> {
        self.sentences.as_ref()
    }

    /// Returns the rows that are clustered, `(clauses, dimensions)`, of length 1.
    pub fn rows(&self) -> &SparseMatrix {
        &self.rows
    }

    /// Returns the process of each clause.
    pub fn process_of(&self) -> &[ProcessId] {
        &self.process_of
    }

    /// Returns the other clauses, the most similar first, compared by the rows that are clustered; ties by
    /// id. Costs one pass over the rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let ranked = representation.ranking(find_clause(&corpus, "GGE 13(i)")?);
    /// assert_eq!(corpus.citation(ranked[0]), "Paris Call 2018 Principle 6");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn ranking(&self, clause: ClauseId) -> Vec<ClauseId> {
        let own = self.rows.row(clause.index());
        let mut ranked = ranked(self.rows.rows().map(|row| row.dot(own)));
        ranked.retain(|other| *other != clause);
        ranked
    }
}

/// In a large corpus a feature of a single clause is left out: it links nothing and costs memory.
fn vector_params(params: &RepresentationParams, n_clauses: usize) -> VectorParams {
    let mut vectors = params.vectors.clone();
    if n_clauses > MANY_CLAUSES {
        vectors.min_document_frequency = vectors.min_document_frequency.max(2);
    }
    vectors
}

/// The bytes needed for a clause's dimensions during computation, and for a term: its list, its features
/// and their vectors.
const BYTES_OF_CLAUSE: usize = 3_000;
const BYTES_OF_TERM: usize = 60;

/// Refuses a corpus that would take more memory than allowed.
fn check_memory(lists: &TokenizedCorpus, max_bytes: Option<usize>) -> Result<()> {
    let needed = lists.n_clauses() * BYTES_OF_CLAUSE + lists.n_terms() * BYTES_OF_TERM;
    match max_bytes {
        Some(most) if needed > most => {
            let message = format!(
                "{} clauses would take about {} MB, more than the {} MB allowed",
                lists.n_clauses(),
                needed / 1_000_000,
                most / 1_000_000
            );
            Err(Error::beyond(most as u64, message))
        }
        _ => Ok(()),
    }
}

/// Returns the rows to cluster before smoothing: those of the words, reduced if there are parameters.
fn reduced(
    words: &SparseMatrix,
    process_of: &[ProcessId],
    params: Option<LatentParams>,
) -> Result<SparseMatrix> {
    match params {
        Some(params) if words.n_columns() > 0 && words.n_rows() > 0 => Ok(
            SparseMatrix::from_dense(&reduce(words, process_of, &params)?),
        ),
        _ => Ok(words.clone()),
    }
}

/// Returns rows of length 1 to which those of the sentence vectors, if there are any, are added as further columns, both scaled
/// to the same length.
fn mixed(rows: SparseMatrix, sentences: Option<&SentenceSpace>) -> SparseMatrix {
    let Some(sentences) = sentences else {
        return rows;
    };
    let vectors = sentences.rows();
    let n_columns = rows.n_columns();
    let first = u32::try_from(n_columns).expect("a space has fewer than 2^32 features");
    let both = rows.rows().zip(vectors.rows()).map(|(row, vector)| {
        let words = row.iter().map(|(column, value)| (column, f64::from(value)));
        let meaning = (first..).zip(vector.iter().copied());
        unit_row(words.chain(meaning.filter(|(_, value)| *value != 0.0)))
    });
    SparseMatrix::from_rows(n_columns + vectors.ncols(), both)
}

/// Smooths rows with their neighbors of other processes in their language, unless there are too many.
fn smoothed(
    rows: SparseMatrix,
    lends: impl Fn(usize, usize) -> bool + Sync,
    params: &SmoothingParams,
    progress: &Progress,
) -> Result<SparseMatrix> {
    if rows.n_rows() > MAX_EXPANDED {
        return Ok(rows);
    }
    expand(&rows, lends, params, progress)
}
