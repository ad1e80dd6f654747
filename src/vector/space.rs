//! [`VectorSpace`]: a corpus as a sparse TF-IDF matrix.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::{ClauseId, TermId};
use crate::score::Score;
use crate::term::{Concepts, Token, TokenizedCorpus, Vocabulary, WeightedTerm};
use crate::vector::count::{ClauseTerms, frequency_weight, push_features, weigh};
use crate::vector::ngram::Ngram;
use crate::vector::params::VectorParams;
use crate::vector::sparse::{SparseMatrix, unit_row};
use crate::vector::weight::inverse_document_frequency;

/// A corpus as a sparse matrix `(clauses, features)` of TF-IDF weights, each row of length 1.
///
/// The weight of a feature in a clause is `tf * idf`, divided by the length of the row, so that the scalar
/// product of two rows is their cosine (Salton, Wong and Yang, 1975). `tf`
/// is the number of occurrences, of which boilerplate words count less; `idf` is `ln((1 + N) / (1 + df)) + 1`
/// for a feature in `df` of `N` clauses (Spärck Jones, 1972).
#[derive(Clone, Debug)]
pub struct VectorSpace {
    params: VectorParams,
    vocabulary: Vocabulary,
    concepts: Concepts,
    /// The features, in order of column numbers.
    features: Vec<Ngram>,
    idf: Vec<f64>,
    matrix: SparseMatrix,
}

/// The contribution of one shared feature to the similarity of two clauses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contribution {
    /// The feature: one stem, or two separated by a space.
    pub term: String,
    /// Its part of the cosine, in `0..=1`; all parts of a pair sum to its similarity.
    pub share: Score,
}

impl VectorSpace {
    /// Weights the features of every clause of a corpus, from the lists of its terms.
    ///
    /// Takes time linear in the term occurrences (some passes of a counting sort) and about 16 bytes of
    /// memory for each distinct feature of a clause; divided among rayon's threads, and bitwise identical
    /// on any number of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if `max_ngram` is neither 1 nor 2, a
    /// weight is out of range, or `min_document_frequency` is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::term::{Analyzer, TokenizedCorpus};
    /// use consonance::vector::{VectorParams, VectorSpace};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let lists = TokenizedCorpus::of(&corpus, &Analyzer::default());
    /// let space = VectorSpace::fit(&lists, &VectorParams::default())?;
    /// assert_eq!(space.matrix().n_rows(), 93);
    /// let first = space.matrix().row(0);
    /// assert!((first.norm() - 1.0).abs() < 1e-6, "rows have length 1");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn fit(lists: &TokenizedCorpus, params: &VectorParams) -> Result<Self> {
        params.check()?;
        let weighed = weigh(lists, params);
        Ok(Self {
            params: params.clone(),
            vocabulary: lists.vocabulary().clone(),
            concepts: lists.concepts().clone(),
            features: weighed.features,
            idf: weighed.idf,
            matrix: weighed.matrix,
        })
    }

    /// Returns the matrix `(clauses, features)`.
    pub fn matrix(&self) -> &SparseMatrix {
        &self.matrix
    }

    /// Returns the parameters.
    pub fn params(&self) -> &VectorParams {
        &self.params
    }

    /// Returns the feature of a column as text: one stem, two separated by a space, or the name of a concept
    /// in brackets.
    ///
    /// # Panics
    ///
    /// Panics if there is no such column.
    pub fn feature(&self, column: u32) -> String {
        let feature = self.features[column as usize];
        if let Some(concept) = feature.as_concept() {
            return format!("[{}]", self.concepts.name(concept));
        }
        let (first, second) = feature.terms();
        let first = self.vocabulary.term(first);
        match second {
            None => first.to_owned(),
            Some(second) => format!("{first} {}", self.vocabulary.term(second)),
        }
    }

    /// Returns the rarity (idf) of a term; `None` if it is no feature.
    pub(crate) fn rarity_of(&self, term: TermId) -> Option<f64> {
        let column = self.features.binary_search(&Ngram::one(term)).ok()?;
        Some(self.idf[column])
    }

    /// Returns the rarity (idf) of a term that occurs in one clause.
    pub(crate) fn greatest_rarity(&self) -> f64 {
        inverse_document_frequency(self.matrix.n_rows(), 1)
    }

    /// Returns the term of a column, or the two terms of a bigram; `None` for a concept.
    ///
    /// # Panics
    ///
    /// Panics if there is no such column.
    pub(crate) fn terms_of(&self, column: u32) -> Option<(TermId, Option<TermId>)> {
        let feature = self.features[column as usize];
        feature.as_concept().is_none().then(|| feature.terms())
    }

    /// Returns the vector of a text that is not in the corpus, as `(column, weight)` pairs of length 1;
    /// words that are not in the corpus are ignored.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::language::Language;
    /// use consonance::term::{Analyzer, TokenizedCorpus};
    /// use consonance::vector::{VectorParams, VectorSpace};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let analyzer = Analyzer::default();
    /// let lists = TokenizedCorpus::of(&corpus, &analyzer);
    /// let space = VectorSpace::fit(&lists, &VectorParams::default().max_ngram(1))?;
    /// let tokens = analyzer.analyze("Lighthouses protect human rights.", Language::ENGLISH);
    /// let features = space.project(&tokens).into_iter();
    /// let features: Vec<String> = features.map(|(column, _)| space.feature(column)).collect();
    /// assert_eq!(features, ["human", "protect", "right"]);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn project(&self, tokens: &[Token]) -> Vec<(u32, f32)> {
        let terms: Vec<WeightedTerm> = tokens
            .iter()
            .filter(|token| token.weight > 0.0)
            .filter_map(|token| {
                let weight = token.weight;
                let term = self.vocabulary.find(&token.term)?;
                Some(WeightedTerm { term, weight })
            })
            .collect();
        self.weigh(&terms)
    }

    /// Returns the cosine of two clauses; 0 if one has no feature, 1 for a clause with itself.
    pub fn similarity(&self, a: ClauseId, b: ClauseId) -> Score {
        let (left, right) = (self.matrix.row(a.index()), self.matrix.row(b.index()));
        let product = left.dot(right);
        if product <= 0.0 {
            return Score::ZERO;
        }
        Score::new(product / (left.dot(left) * right.dot(right)).sqrt())
    }

    /// Returns the contribution of each shared feature to the similarity of two clauses, largest first.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::term::{Analyzer, TokenizedCorpus};
    /// use consonance::vector::{VectorParams, VectorSpace};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let lists = TokenizedCorpus::of(&corpus, &Analyzer::default());
    /// let space = VectorSpace::fit(&lists, &VectorParams::default())?;
    /// let a = find_clause(&corpus, "GGE 13(i)")?;
    /// let b = find_clause(&corpus, "Paris Call Principle 5")?;
    /// let shared = space.explain(a, b);
    /// assert_eq!(shared[0].term, "tool");
    /// let sum: f64 = shared.iter().map(|word| word.share.value()).sum();
    /// assert!((sum - space.similarity(a, b).value()).abs() < 1e-6, "the parts add up");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn explain(&self, a: ClauseId, b: ClauseId) -> Vec<Contribution> {
        let (left, right) = (self.matrix.row(a.index()), self.matrix.row(b.index()));
        let norms = left.norm() * right.norm();
        let shared = left.shared_with(right).into_iter();
        shared
            .map(|(column, product)| Contribution {
                term: self.feature(column),
                share: Score::new(product / norms),
            })
            .collect()
    }

    /// Returns the row of a clause with these terms: weighted features, scaled to length 1.
    fn weigh(&self, terms: &[WeightedTerm]) -> Vec<(u32, f32)> {
        let mut features = Vec::new();
        let of = ClauseTerms {
            clause: 0,
            terms,
            heading: &[],
        };
        push_features(&mut features, of, &self.concepts, &self.params);
        features.sort_by_key(|one| one.feature);
        let counted = features.chunk_by(|a, b| a.feature == b.feature);
        unit_row(counted.filter_map(|same| {
            let feature = same[0].feature;
            let column = self.features.binary_search(&feature).ok()?;
            let count = same.iter().map(|one| f64::from(one.count)).sum();
            let weight = frequency_weight(feature, count, &self.params) * self.idf[column];
            let column = u32::try_from(column).expect("a space has fewer than 2^32 features");
            (weight > 0.0).then_some((column, weight))
        }))
    }
}
