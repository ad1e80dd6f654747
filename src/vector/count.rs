//! Counts the features of all clauses and weights them, by counting sorts only (no hashing, no search).

use std::ops::Range;

use rayon::prelude::*;

use crate::gallop::n_before;
use crate::id::ClauseId;
use crate::term::{Concepts, TokenizedCorpus, WeightedTerm};
use crate::vector::ngram::Ngram;
use crate::vector::params::VectorParams;
use crate::vector::sparse::{SparseMatrix, normalize_values, single};
use crate::vector::weight::{inverse_document_frequency, sublinear};

/// The approximate number of terms a worker counts at once: 16 bytes each, twice, for words and bigrams.
const PIECE_TERMS: usize = 500_000;
/// The bits of a number sorted in one pass; with more, the destinations would not fit in the nearest
/// cache.
const DIGIT_BITS: u32 = 11;
/// The minimum number of clauses of a concept: a concept of one clause links nothing.
const MIN_CONCEPT_FREQUENCY: u32 = 2;

/// An occurrence of a feature in a clause, with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) feature: Ngram,
    /// The index of the clause in its piece.
    clause: u32,
    pub(crate) count: f32,
}

/// The terms of a clause whose features are to be counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClauseTerms<'t> {
    /// The index of the clause in its piece.
    pub(crate) clause: u32,
    pub(crate) terms: &'t [WeightedTerm],
    /// The terms of the heading it stands under.
    pub(crate) heading: &'t [WeightedTerm],
}

/// Appends the features of a clause in text order, then those of its heading, then its concepts.
///
/// A bigram has `bigram_weight` times the smaller weight of its terms; a feature of the heading counts
/// `heading_weight` times; a concept has its number of mentions in the clause.
pub(crate) fn push_features(
    out: &mut Vec<Occurrence>,
    of: ClauseTerms<'_>,
    concepts: &Concepts,
    params: &VectorParams,
) {
    let ClauseTerms {
        clause,
        terms,
        heading,
    } = of;
    for (terms, factor) in [(terms, 1.0), (heading, params.heading_weight)] {
        if factor <= 0.0 {
            continue;
        }
        out.extend(terms.iter().map(|term| Occurrence {
            feature: Ngram::one(term.term),
            clause,
            count: factor * term.weight,
        }));
        if params.max_ngram == 2 {
            out.extend(terms.windows(2).map(|pair| Occurrence {
                feature: Ngram::two(pair[0].term, pair[1].term),
                clause,
                count: factor * params.bigram_weight * pair[0].weight.min(pair[1].weight),
            }));
        }
    }
    if params.concept_weight > 0.0 {
        let mentioned = concepts.in_terms(terms).into_iter();
        out.extend(mentioned.map(|(concept, n)| Occurrence {
            feature: Ngram::concept(concept),
            clause,
            count: n as f32,
        }));
    }
}

/// Returns the weight of a feature in a clause before inverse document frequency.
pub(crate) fn frequency_weight(feature: Ngram, count: f64, params: &VectorParams) -> f64 {
    if feature.as_concept().is_some() {
        return f64::from(params.concept_weight) * (1.0 + count.ln());
    }
    if params.is_sublinear {
        return sublinear(count);
    }
    count
}

/// The sorted features of consecutive clauses; for each feature its clauses in order, with its count in
/// each.
struct Piece {
    n_clauses: usize,
    features: Vec<(Ngram, u32)>,
    clauses: Vec<u32>,
    counts: Vec<f64>,
}

/// The kept features in order, the rarity of each, and the matrix of weights.
pub(crate) struct Weighed {
    pub(crate) features: Vec<Ngram>,
    pub(crate) idf: Vec<f64>,
    pub(crate) matrix: SparseMatrix,
}

/// Counts and weights the features of all clauses.
pub(crate) fn weigh(lists: &TokenizedCorpus, params: &VectorParams) -> Weighed {
    let pieces: Vec<Piece> = pieces_by_terms(lists)
        .into_par_iter()
        .map(|clauses| Piece::of(clauses, lists, params))
        .collect();
    let is_kept = |&(feature, df): &(Ngram, u32)| {
        let is_concept = feature.as_concept().is_some();
        df >= params.min_document_frequency && !(is_concept && df < MIN_CONCEPT_FREQUENCY)
    };
    let kept = features_of(&pieces).into_iter().filter(is_kept);
    let rarity = |df: u32| inverse_document_frequency(lists.n_clauses(), df);
    let (features, idf): (Vec<Ngram>, Vec<f64>) =
        kept.map(|(feature, df)| (feature, rarity(df))).unzip();
    let matrices: Vec<SparseMatrix> = pieces
        .into_par_iter()
        .map(|piece| piece.rows(&features, &idf, params))
        .collect();
    let matrix = SparseMatrix::concatenated(features.len(), matrices);
    Weighed {
        features,
        idf,
        matrix,
    }
}

/// Divides the clauses into pieces of about the same number of terms, in order.
fn pieces_by_terms(lists: &TokenizedCorpus) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut n_terms) = (0, 0);
    for clause in 0..lists.n_clauses() {
        n_terms += lists.of_clause(ClauseId::new(clause)).len();
        if n_terms >= PIECE_TERMS {
            pieces.push(start..clause + 1);
            (start, n_terms) = (clause + 1, 0);
        }
    }
    if start < lists.n_clauses() {
        pieces.push(start..lists.n_clauses());
    }
    pieces
}

impl Piece {
    fn of(clauses: Range<usize>, lists: &TokenizedCorpus, params: &VectorParams) -> Self {
        let n_clauses = clauses.len();
        let mut occurrences = Vec::new();
        for (place, clause) in (0..).zip(clauses) {
            let id = ClauseId::new(clause);
            let of = ClauseTerms {
                clause: place,
                terms: lists.of_clause(id),
                heading: lists.of_heading(id),
            };
            push_features(&mut occurrences, of, lists.concepts(), params);
        }
        let sorted = sorted_by_feature(occurrences, lists.vocabulary().len());
        let mut piece = Self {
            n_clauses,
            features: Vec::new(),
            clauses: Vec::with_capacity(sorted.len()),
            counts: Vec::with_capacity(sorted.len()),
        };
        for same in sorted.chunk_by(|a, b| a.feature == b.feature) {
            let before = piece.clauses.len();
            for of_clause in same.chunk_by(|a, b| a.clause == b.clause) {
                piece.clauses.push(of_clause[0].clause);
                let counts = of_clause.iter().map(|one| f64::from(one.count));
                piece.counts.push(counts.sum());
            }
            let df = number(piece.clauses.len() - before);
            piece.features.push((same[0].feature, df));
        }
        piece
    }

    /// Returns the features by their numbers among the kept ones, with their entries.
    fn entries<'p>(
        &'p self,
        features: &'p [Ngram],
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 'p {
        let (mut column, mut end) = (0, 0);
        self.features.iter().filter_map(move |&(feature, df)| {
            let start = end;
            end += df as usize;
            column += n_before(&features[column..], |kept| *kept < feature);
            (features.get(column) == Some(&feature)).then_some((column, start..end))
        })
    }

    /// Returns the rows of the clauses: the entries, ordered by feature, rearranged by clause.
    fn rows(&self, features: &[Ngram], idf: &[f64], params: &VectorParams) -> SparseMatrix {
        let is_weighty = |entry: &usize| self.counts[*entry] > 0.0;
        let mut starts = vec![0; self.n_clauses + 1];
        for (_, entries) in self.entries(features) {
            for entry in entries.filter(is_weighty) {
                starts[self.clauses[entry] as usize + 1] += 1;
            }
        }
        for clause in 0..self.n_clauses {
            starts[clause + 1] += starts[clause];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; starts[self.n_clauses]];
        let mut values = vec![0.0; columns.len()];
        for (column, entries) in self.entries(features) {
            let (feature, rarity) = (features[column], idf[column]);
            for entry in entries.filter(is_weighty) {
                let place = &mut next[self.clauses[entry] as usize];
                columns[*place] = number(column);
                let weight = frequency_weight(feature, self.counts[entry], params) * rarity;
                values[*place] = single(weight);
                *place += 1;
            }
        }
        for row in starts.windows(2) {
            normalize_values(&mut values[row[0]..row[1]]);
        }
        SparseMatrix::from_parts(features.len(), starts, columns, values)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a corpus has fewer than 2^32 clauses and features")
}

/// Returns the features of all pieces in order, each with its number of clauses. Halves are merged, not
/// one piece after the other, so that each feature is moved few times.
fn features_of(pieces: &[Piece]) -> Vec<(Ngram, u32)> {
    match pieces {
        [] => Vec::new(),
        [piece] => piece.features.clone(),
        _ => {
            let (left, right) = pieces.split_at(pieces.len() / 2);
            let (left, right) = rayon::join(|| features_of(left), || features_of(right));
            merged(left, right)
        }
    }
}

/// Merges two sorted lists of features and adds the counts of common ones.
fn merged(left: Vec<(Ngram, u32)>, right: Vec<(Ngram, u32)>) -> Vec<(Ngram, u32)> {
    if left.is_empty() {
        return right;
    }
    let mut both = Vec::with_capacity(left.len() + right.len());
    let mut right = right.into_iter().peekable();
    for (feature, df) in left {
        while let Some(other) = right.next_if(|other| other.0 < feature) {
            both.push(other);
        }
        let same = right.next_if(|other| other.0 == feature);
        both.push((feature, df + same.map_or(0, |(_, df)| df)));
    }
    both.extend(right);
    both
}

/// Sorts occurrences by feature; those of one feature keep their order.
///
/// The terms of a feature are numbers below `n_terms`, so a few passes of a counting sort, from the last
/// digits up, sort them (Knuth, 1973, radix list sort). Concepts, which are few and come last, are
/// sorted separately.
fn sorted_by_feature(occurrences: Vec<Occurrence>, n_terms: usize) -> Vec<Occurrence> {
    let is_concept = |one: &Occurrence| one.feature.as_concept().is_some();
    let mut concepts: Vec<Occurrence> = occurrences.iter().copied().filter(is_concept).collect();
    concepts.sort_by_key(|one| one.feature);
    let mut sorted = occurrences;
    sorted.retain(|one| !is_concept(one));
    let n_bits = (n_terms + 1).next_power_of_two().trailing_zeros().max(1);
    let n_digits = n_bits.div_ceil(DIGIT_BITS);
    let width = n_bits.div_ceil(n_digits);
    let mut spare = sorted.clone();
    for half in [Ngram::SECOND_BITS, Ngram::FIRST_BITS] {
        for digit in 0..n_digits {
            sort_by_digit(&sorted, &mut spare, half + digit * width, width);
            std::mem::swap(&mut sorted, &mut spare);
        }
    }
    sorted.extend(concepts);
    sorted
}

/// Copies occurrences in the order of some bits of their features; the sort is stable.
fn sort_by_digit(from: &[Occurrence], to: &mut [Occurrence], shift: u32, width: u32) {
    let digit = |one: &Occurrence| one.feature.digit(shift, width);
    let mut starts = vec![0_usize; (1 << width) + 1];
    for one in from {
        starts[digit(one) + 1] += 1;
    }
    for place in 1..starts.len() {
        starts[place] += starts[place - 1];
    }
    for one in from {
        let place = &mut starts[digit(one)];
        to[*place] = *one;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TermId;
    use crate::term::ConceptId;
    use proptest::prelude::*;

    #[test]
    fn a_heading_counts_by_its_weight_by_hand() {
        let term = |number: usize, weight: f32| WeightedTerm {
            term: TermId::new(number),
            weight,
        };
        let of = ClauseTerms {
            clause: 0,
            terms: &[term(0, 1.0)],
            heading: &[term(1, 1.0), term(2, 0.5)],
        };
        let mut found = Vec::new();
        let params = VectorParams::default().heading_weight(2.0);
        push_features(&mut found, of, &Concepts::default(), &params);
        let found: Vec<(Ngram, f32)> = found.iter().map(|one| (one.feature, one.count)).collect();
        let [a, b, c] = [0, 1, 2].map(TermId::new);
        // The pair of the heading: 2 * 0.25 * 0.5.
        let expected = [
            (Ngram::one(a), 1.0),
            (Ngram::one(b), 2.0),
            (Ngram::one(c), 1.0),
            (Ngram::two(b, c), 0.25),
        ];
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn sorting_by_digits_is_a_stable_sort(
            keys in prop::collection::vec((0_usize..3_000, 0_usize..3_000, 0_u8..8), 0..200),
        ) {
            let occurrences: Vec<Occurrence> = (0..).zip(keys).map(|(clause, (a, b, kind))| {
                let feature = match kind {
                    0 => Ngram::concept(ConceptId::new(b)),
                    1..4 => Ngram::one(TermId::new(a)),
                    _ => Ngram::two(TermId::new(a), TermId::new(b)),
                };
                Occurrence { feature, clause, count: 1.0 }
            }).collect();
            let mut expected = occurrences.clone();
            expected.sort_by_key(|one| one.feature);
            prop_assert_eq!(sorted_by_feature(occurrences, 3_000), expected);
        }
    }
}
