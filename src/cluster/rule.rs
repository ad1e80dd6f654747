//! [`Rule`]: the clustering rules by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::cluster::checked::check_matrix;
use crate::cluster::clustering::Clustering;
use crate::cluster::params::RuleParams;
use crate::cluster::{dbscan, k_means, linkage, spherical};
use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// A clustering rule.
///
/// # Examples
///
/// ```
/// use consonance::cluster::Rule;
///
/// assert_eq!("k-means".parse::<Rule>()?, Rule::KMeans);
/// assert_eq!(Rule::for_size(93), Rule::AverageLinkage);
/// assert_eq!(Rule::for_size(100_000).to_string(), "spherical-k-means");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// Average linkage by cosine: the best rows, up to a few thousand clauses.
    AverageLinkage,
    /// Spherical k-means: sparse and parallel, for any size.
    SphericalKMeans,
    /// K-means by linfa, on the reduced space.
    KMeans,
    /// DBSCAN by linfa, on the reduced space; leaves clauses out.
    Dbscan,
}

/// The maximum number of clauses for which average linkage is the default.
const MAX_LINKAGE_CLAUSES: usize = 5_000;

impl Rule {
    /// All rules, in order of recommendation.
    pub const ALL: [Self; 4] = [
        Self::AverageLinkage,
        Self::SphericalKMeans,
        Self::KMeans,
        Self::Dbscan,
    ];

    /// Returns the rule for a corpus of this size: average linkage up to 5,000 clauses, spherical
    /// k-means above.
    pub fn for_size(n_clauses: usize) -> Self {
        if n_clauses <= MAX_LINKAGE_CLAUSES {
            Self::AverageLinkage
        } else {
            Self::SphericalKMeans
        }
    }

    /// Returns the rule's name, as [`FromStr`] parses it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AverageLinkage => "average-linkage",
            Self::SphericalKMeans => "spherical-k-means",
            Self::KMeans => "k-means",
            Self::Dbscan => "dbscan",
        }
    }

    /// Clusters the rows of a matrix with the rule's defaults. DBSCAN always finds the number of clusters
    /// itself. Average linkage, k-means and DBSCAN check for cancellation only before they start.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if the matrix is empty or not finite, or if `n_clusters` is 0 or more than
    /// the number of rows; [`ErrorKind::Limit`] if there are too many rows for the rule;
    /// [`ErrorKind::Cancelled`] if the work was cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::cluster::{Rule, RuleParams};
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let params = RuleParams::default().n_clusters(21);
    /// let clustering = Rule::AverageLinkage.fit(representation.rows(), &params)?;
    /// assert_eq!(clustering.n_clusters(), 21);
    /// let n_clauses: usize = clustering.clusters().iter().map(Vec::len).sum();
    /// assert_eq!(n_clauses, 93, "this rule leaves no clause out");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn fit(self, matrix: &SparseMatrix, params: &RuleParams) -> Result<Clustering> {
        params.progress.stage("clusters", 1).advance(0)?;
        check_matrix(matrix)?;
        match self {
            Self::AverageLinkage => linkage::fit(matrix, params),
            Self::SphericalKMeans => spherical::fit(matrix, params),
            Self::KMeans => k_means::fit(matrix, params),
            Self::Dbscan => dbscan::fit(matrix, params.seed),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let rule = Self::ALL.into_iter().find(|rule| rule.name() == name);
        rule.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|rule| rule.name()).collect();
            let message = format!("`{name}` is no rule: it is one of {}", known.join(", "));
            Error::new(ErrorKind::Parameter, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_follows_the_size() {
        let cases = [
            (0, Rule::AverageLinkage),
            (5_000, Rule::AverageLinkage),
            (5_001, Rule::SphericalKMeans),
        ];
        for (n_clauses, expected) in cases {
            assert_eq!(Rule::for_size(n_clauses), expected, "{n_clauses}");
        }
    }

    #[test]
    fn a_rule_that_is_gone_is_refused_by_name() {
        let error = "graph".parse::<Rule>().unwrap_err();
        let expected =
            "`graph` is no rule: it is one of average-linkage, spherical-k-means, k-means, dbscan";
        assert_eq!(error.to_string(), expected);
        let saved = serde_json::from_str::<Rule>("\"graph\"").unwrap_err();
        assert!(
            saved
                .to_string()
                .starts_with("unknown variant `graph`, expected one of"),
            "{saved}"
        );
    }
}
