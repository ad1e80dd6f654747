//! [`Weakness`]: members of a row that are not counted, since little speaks for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::ClauseId;
use crate::similarity::Representation;
use crate::table::issue::Issue;
use crate::table::stability::{RowBoilerplate, Standing, is_of_terms};
use crate::vector::SparseMatrix;

/// A member is weak below this mean similarity to the rest of its row, on the vectors that are clustered: with
/// neighbor smoothing, which raises all similarities, and without.
const WEAK_SMOOTHED: f64 = 0.3;
const WEAK_PLAIN: f64 = 0.15;
/// It is weak if this proportion of its similarity by words comes from concepts of the thesaurus, or from
/// boilerplate.
const ALMOST_ALL: f64 = 0.9;
const MOST: f64 = 0.5;

/// Why a member of a row is weak, and so not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Weakness {
    /// It is hardly similar to the rest of its row.
    Far,
    /// It is more similar to another row.
    OtherRow,
    /// It shares only concepts of the thesaurus with the rest.
    ConceptOnly,
    /// Boilerplate makes most of its similarity to the rest.
    Boilerplate,
}

impl Weakness {
    /// Returns the reason in words.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Far => "hardly similar to the rest of the row",
            Self::OtherRow => "more similar to another row",
            Self::ConceptOnly => "shares only concepts of the thesaurus with the row",
            Self::Boilerplate => "shares little but boilerplate with the row",
        }
    }
}

/// Returns the weak members of an issue that was found, each with the reason.
///
/// The thresholds were chosen on five coded sets together: of the members below them, between none and half
/// have the issue of most of their row, of the others three quarters. Costs one pass over the values of its clauses.
pub(crate) fn weak_members(
    representation: &Representation,
    issue: &Issue,
    standings: &BTreeMap<ClauseId, Standing>,
    boilerplate: Option<&RowBoilerplate>,
) -> BTreeMap<ClauseId, Weakness> {
    let words = representation.words();
    let places: Vec<usize> = issue.clauses.iter().map(|clause| clause.index()).collect();
    let matrix = words.matrix();
    let sum = SparseMatrix::from_rows(matrix.n_columns(), [matrix.sum_of_rows(&places)]);
    let least = if representation.is_smoothed() {
        WEAK_SMOOTHED
    } else {
        WEAK_PLAIN
    };
    let weakness = |clause: ClauseId| {
        let standing = standings.get(&clause)?;
        if standing.within < least {
            return Some(Weakness::Far);
        }
        if standing
            .silhouette
            .is_some_and(|silhouette| silhouette < 0.0)
        {
            return Some(Weakness::OtherRow);
        }
        let (row, total) = (matrix.row(clause.index()), sum.row(0));
        let (mut whole, mut of_concepts, mut of_boilerplate) = (0.0, 0.0, 0.0);
        for (column, value) in row.iter() {
            let place = total.columns.binary_search(&column).ok();
            let of_all = place.map_or(value, |place| total.values[place]);
            let part = f64::from(value) * f64::from(of_all - value);
            whole += part;
            if words.terms_of(column).is_none() {
                of_concepts += part;
            } else if boilerplate.is_some_and(|of| is_of_terms(words, column, &of.terms)) {
                of_boilerplate += part;
            }
        }
        if of_concepts > 0.0 && of_concepts >= ALMOST_ALL * whole {
            return Some(Weakness::ConceptOnly);
        }
        (of_boilerplate > 0.0 && of_boilerplate >= MOST * whole).then_some(Weakness::Boilerplate)
    };
    let weak = issue.clauses.iter();
    weak.filter_map(|&clause| Some((clause, weakness(clause)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CorpusBuilder;
    use crate::read::{ReadLimits, read};
    use crate::similarity::RepresentationParams;

    #[test]
    fn members_far_from_the_rest_or_nearer_to_another_row_are_weak() {
        let texts = [
            "Lamps of the reef burn in fog.",
            "Lamps of the pier burn in fog.",
            "Lamps of the quay burn in fog.",
            "Lamps of the lock burn in fog.",
        ];
        let lines = texts.map(|text| format!("{{\"agreement\": \"a\", \"text\": \"{text}\"}}\n"));
        let parsed = read(lines.concat().as_bytes(), "a.jsonl", &ReadLimits::default()).unwrap();
        let mut builder = CorpusBuilder::new();
        builder.add(parsed, None);
        let corpus = builder.build().unwrap();
        let params = RepresentationParams::default();
        let representation = Representation::of(&corpus, &params).unwrap();
        let ids: Vec<ClauseId> = corpus.clause_ids().collect();
        let standing = |within: f64, silhouette: Option<f64>| Standing {
            within,
            silhouette,
            ..Standing::default()
        };
        // The least similarity is 0.3, since neighbors lend words.
        let standings = BTreeMap::from([
            (ids[0], standing(0.31, Some(0.1))),
            (ids[1], standing(0.29, Some(0.1))),
            (ids[2], standing(0.9, Some(-0.01))),
            (ids[3], standing(0.9, None)),
        ]);
        let issue = Issue::found(ids.clone());
        let weak = weak_members(&representation, &issue, &standings, None);
        let expected = [(ids[1], Weakness::Far), (ids[2], Weakness::OtherRow)];
        assert_eq!(weak, BTreeMap::from(expected));
    }
}
