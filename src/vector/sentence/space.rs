//! [`SentenceSpace`]: the clauses of a corpus as sentence vectors, freed of what all of them share.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::Result;
use crate::id::ProcessId;
use crate::language::Language;
use crate::progress::Progress;
use crate::vector::orthogonal::unit_rows;
use crate::vector::sentence::model::SentenceModel;

/// The proportion of its process's mean that is subtracted from a vector.
const CENTERING: f64 = 0.6;

/// The clauses of a corpus as vectors of their meaning.
///
/// From each vector the mean of its language is subtracted, then 0.6 of the mean of its process in that language, since house
/// style is no subject; it is scaled to length 1 before and after. `(clauses, dimensions)`.
#[derive(Clone)]
pub(crate) struct SentenceSpace {
    model: SentenceModel,
    /// The vectors as the model gives them.
    given: Vec<Arc<[f32]>>,
    groups: Vec<Group>,
    middles: BTreeMap<Language, Array1<f64>>,
    /// The centered vectors, once they were asked for.
    rows: OnceLock<Array2<f64>>,
}

/// What a clause is centered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    language: Language,
    process: ProcessId,
}

impl SentenceSpace {
    /// Works out the vectors of the clauses of a corpus, each on one thread: what a model takes for their words.
    pub(crate) fn of(corpus: &Corpus, model: &SentenceModel, progress: &Progress) -> Result<Self> {
        let given = model.vectors(corpus, progress)?;
        let groups = corpus.clause_ids().map(|id| Group {
            language: corpus.clause(id).language,
            process: corpus.process_of(id),
        });
        Ok(Self::from_parts(model.clone(), given, groups.collect()))
    }

    fn from_parts(model: SentenceModel, given: Vec<Arc<[f32]>>, groups: Vec<Group>) -> Self {
        let n = model.n_dimensions();
        let languages = groups.iter().map(|group| group.language);
        let middles = means(n, languages.zip(given.iter().map(widened)));
        Self {
            model,
            given,
            groups,
            middles,
            rows: OnceLock::new(),
        }
    }

    /// Returns the space of some of the clauses, centered among themselves.
    pub(crate) fn part(&self, clauses: &[usize]) -> Self {
        let given = clauses
            .iter()
            .map(|&clause| Arc::clone(&self.given[clause]));
        let groups = clauses.iter().map(|&clause| self.groups[clause]);
        Self::from_parts(self.model.clone(), given.collect(), groups.collect())
    }

    /// Returns the model.
    pub(crate) fn model(&self) -> &SentenceModel {
        &self.model
    }

    /// Returns the centered vectors of the clauses, `(clauses, dimensions)`, of length 1 or 0.
    pub(crate) fn rows(&self) -> &Array2<f64> {
        self.rows.get_or_init(|| self.centered())
    }

    fn centered(&self) -> Array2<f64> {
        let n = self.model.n_dimensions();
        let mut rows = Array2::zeros((self.given.len(), n));
        let vectors = rows.axis_iter_mut(Axis(0)).into_par_iter();
        vectors.enumerate().for_each(|(index, mut row)| {
            row.assign(&self.off_middle(&self.given[index], self.groups[index].language));
        });
        let groups = self.groups.iter().copied();
        let of_processes = means(
            n,
            groups.zip(rows.rows().into_iter().map(|row| row.to_owned())),
        );
        let sizes = self
            .groups
            .iter()
            .fold(BTreeMap::new(), |mut sizes, group| {
                *sizes.entry(*group).or_insert(0_usize) += 1;
                sizes
            });
        for (mut row, group) in rows.rows_mut().into_iter().zip(&self.groups) {
            // The mean of a single clause is the clause.
            if sizes[group] > 1 {
                row.scaled_add(-CENTERING, &of_processes[group]);
            }
        }
        unit_rows(rows)
    }

    /// Returns the vector of a text that is no clause, of length 1 or 0.
    pub(crate) fn project(&self, text: &str, language: Language) -> Result<Array1<f64>> {
        let vector = self.model.vector(text)?;
        let mut vector = self.off_middle(&vector, language);
        let norm = vector.dot(&vector).sqrt();
        vector /= if norm > 0.0 { norm } else { 1.0 };
        Ok(vector)
    }

    /// Returns a vector without the mean of its language.
    fn off_middle(&self, vector: &Arc<[f32]>, language: Language) -> Array1<f64> {
        let vector = widened(vector);
        match self.middles.get(&language) {
            Some(middle) => vector - middle,
            None => vector,
        }
    }
}

impl fmt::Debug for SentenceSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentenceSpace")
            .field("model", &self.model)
            .field("n_clauses", &self.given.len())
            .finish_non_exhaustive()
    }
}

fn widened(vector: &Arc<[f32]>) -> Array1<f64> {
    ArrayView1::from(&vector[..]).mapv(f64::from)
}

/// Returns the mean of the vectors of each group, summed in their order.
fn means<G: Ord>(
    n_dimensions: usize,
    vectors: impl Iterator<Item = (G, Array1<f64>)>,
) -> BTreeMap<G, Array1<f64>> {
    let mut sums: BTreeMap<G, (f64, Array1<f64>)> = BTreeMap::new();
    for (group, vector) in vectors {
        let (n, sum) = sums
            .entry(group)
            .or_insert_with(|| (0.0, Array1::zeros(n_dimensions)));
        *n += 1.0;
        *sum += &vector;
    }
    let means = sums.into_iter().map(|(group, (n, sum))| (group, sum / n));
    means.collect()
}
