//! [`VectorParams`]: how terms are weighted.

use crate::error::{Error, Result};
use crate::setters::setters;

/// How terms are weighted.
///
/// # Examples
///
/// ```
/// use consonance::similarity::RepresentationParams;
/// use consonance::table::ConvergeParams;
/// use consonance::vector::VectorParams;
///
/// let vectors = VectorParams::default().max_ngram(1).min_document_frequency(2);
/// let representation = RepresentationParams::default().vectors(vectors);
/// let params = ConvergeParams::default().representation(representation);
/// assert_eq!(params.representation.vectors.max_ngram, 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VectorParams {
    /// The longest n-gram that is a feature: 1 or 2. 2 by default.
    pub max_ngram: usize,
    /// The weight of a bigram relative to its words, in `0..=1`. 0.25 by default.
    pub bigram_weight: f32,
    /// The weight of a thesaurus concept relative to the words that point to it, 0 or more. 0.8 by
    /// default. A concept of a single clause is left out.
    pub concept_weight: f32,
    /// The weight of a word of the section heading above a clause relative to one of the clause, 0 or more.
    /// 1.5 by default. A heading over more than half of its agreement does not count.
    pub heading_weight: f32,
    /// Features in fewer clauses than this are left out. 1 by default: all are kept.
    pub min_document_frequency: u32,
    /// Whether a term that occurs `n` times in a clause weighs `1 + ln n`; by default it weighs `n`.
    pub(super) is_sublinear: bool,
}

impl Default for VectorParams {
    fn default() -> Self {
        Self {
            max_ngram: 2,
            bigram_weight: 0.25,
            concept_weight: 0.8,
            heading_weight: 1.5,
            min_document_frequency: 1,
            is_sublinear: false,
        }
    }
}

impl VectorParams {
    setters! {
        max_ngram: usize,
        bigram_weight: f32,
        concept_weight: f32,
        heading_weight: f32,
        min_document_frequency: u32,
    }

    /// Lets a term that occurs `n` times in a clause weigh `1 + ln n` instead of `n`.
    #[must_use]
    pub fn sublinear(mut self) -> Self {
        self.is_sublinear = true;
        self
    }

    pub(super) fn check(&self) -> Result<()> {
        let weight = self.concept_weight;
        Error::check("max_ngram", self.max_ngram, 1..=2, "1 or 2")?;
        Error::check(
            "bigram_weight",
            self.bigram_weight,
            0.0..=1.0,
            "from 0 to 1",
        )?;
        Error::check("concept_weight", weight, 0.0..f32::INFINITY, "0 or more")?;
        let weight = self.heading_weight;
        Error::check("heading_weight", weight, 0.0..f32::INFINITY, "0 or more")?;
        let least = self.min_document_frequency;
        Error::check("min_document_frequency", least, 1.., "1 or more")
    }
}
