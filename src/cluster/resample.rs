//! [`Resampling`]: which clauses stay together when the corpus changes slightly.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::cluster::params::RuleParams;
use crate::cluster::rule::Rule;
use crate::error::Result;
use crate::id::{ClauseId, ClusterId};
use crate::score::Score;
use crate::similarity::Representation;
use crate::words::SPREAD;

/// The proportion of the clauses, and of the features (words, bigrams, concepts), in a run.
const SHARE: f64 = 0.8;

/// The clusters of many runs, each on a sample of the clauses and of the features.
///
/// Two clauses are *together* in a proportion of runs: among the runs that contain both, those that put
/// both into one cluster. A row whose clauses are seldom together depends on a few words or a few
/// neighbors. Resampling for consensus: Monti, Tamayo, Mesirov and Golub, 2003; the proportions as
/// stability: Hennig, 2007.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampling {
    /// For each run the cluster of each clause; `None` if the clause was not in the sample.
    runs: Vec<Vec<Option<ClusterId>>>,
}

impl Resampling {
    /// Clusters some clauses again and again, each time another four fifths of them and of the features, and
    /// with as many clusters per clause as `params` give for all of them.
    ///
    /// A proportion of runs has an error of about `0.5 / sqrt(n_runs)`, so 25 runs distinguish 0.9 from
    /// 0.7. Samples are drawn without repetition. A run costs as much as clustering its sample once; runs
    /// are divided among rayon's threads, and the result is the same on any number of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if the rule refuses its input;
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many clauses for the rule;
    /// [`ErrorKind::Cancelled`](crate::error::ErrorKind::Cancelled) if the work was cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::cluster::{Resampling, Rule, RuleParams};
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let params = RuleParams::default().n_clusters(21).n_resamples(5);
    /// let clauses: Vec<_> = corpus.clause_ids().collect();
    /// let runs = Resampling::of(&representation, &clauses, Rule::SphericalKMeans, &params)?;
    /// let secrets = find_clause(&corpus, "Paris Call Principle 4")?;
    /// let [also_secrets, wrongs] = ["uschina2015", "GGE 13(c)"].map(|typed| find_clause(&corpus, typed));
    /// assert!(runs.together(secrets, also_secrets?) > runs.together(secrets, wrongs?));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn of(
        representation: &Representation,
        clauses: &[ClauseId],
        rule: Rule,
        params: &RuleParams,
    ) -> Result<Self> {
        let n_runs = params.n_resamples;
        let stage = params.progress.stage("resamples", n_runs as u64);
        let n_clauses = representation.rows().n_rows();
        let one_run = |run: usize| -> Result<Vec<Option<ClusterId>>> {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(params.seed ^ mixed(run));
            let drawn = draw(clauses, &mut random);
            let is_kept: Vec<bool> = (0..representation.words().matrix().n_columns())
                .map(|_| random.r#gen::<f64>() < SHARE)
                .collect();
            let rows = representation.rows_of_part(&drawn, &is_kept)?;
            let share = |n: usize| n as f64 * drawn.len() as f64 / clauses.len().max(1) as f64;
            let n_clusters = params.n_clusters.map(|n| at_least_one(share(n)));
            let of_run = RuleParams::default().n_clusters(n_clusters);
            let clustering = rule.fit(&rows, &of_run.seed(params.seed))?;
            let mut cluster_of = vec![None; n_clauses];
            for (clause, cluster) in drawn.iter().zip(clustering.cluster_of) {
                cluster_of[*clause] = cluster;
            }
            stage.advance(1).map(|()| cluster_of)
        };
        let runs = (0..n_runs)
            .into_par_iter()
            .map(one_run)
            .collect::<Result<_>>()?;
        Ok(Self { runs })
    }

    /// Returns the number of runs.
    pub fn n_runs(&self) -> usize {
        self.runs.len()
    }

    /// Returns the proportion of runs with both clauses in which both are in one cluster; `None` if no run
    /// has both. Costs one look-up per run.
    ///
    /// # Panics
    ///
    /// Panics if a clause comes from another, larger corpus.
    pub fn together(&self, a: ClauseId, b: ClauseId) -> Option<Score> {
        let (mut n_both, mut n_together) = (0_usize, 0_usize);
        for run in &self.runs {
            if let (Some(of_a), Some(of_b)) = (run[a.index()], run[b.index()]) {
                n_both += 1;
                n_together += usize::from(of_a == of_b);
            }
        }
        (n_both > 0).then(|| Score::new(n_together as f64 / n_both as f64))
    }

    /// Returns for each clause of an issue the mean proportion of runs in which it is together with the
    /// others; `None` for a single clause. Costs the square of the number of clauses, times the number of
    /// runs; above 200 clauses each is compared with 200 others, evenly spread.
    pub fn stability(&self, clauses: &[ClauseId]) -> Vec<Option<Score>> {
        let step = clauses.len().div_ceil(MAX_PEERS).max(1);
        let peers: Vec<ClauseId> = clauses.iter().copied().step_by(step).collect();
        clauses
            .iter()
            .map(|&clause| {
                let others = peers.iter().filter(|other| **other != clause);
                let shares = others.filter_map(|other| self.together(clause, *other));
                mean(shares.map(Score::value)).map(Score::new)
            })
            .collect()
    }
}

/// The maximum number of clauses with which one clause is compared.
const MAX_PEERS: usize = 200;

/// Mixes the number of a run over all bits, so that the seeds of successive runs are unrelated.
fn mixed(run: usize) -> u64 {
    (run as u64 + 1).wrapping_mul(SPREAD)
}

/// Draws four fifths of some clauses, at least one, in order.
fn draw(clauses: &[ClauseId], random: &mut Xoshiro256PlusPlus) -> Vec<usize> {
    let mut places: Vec<usize> = clauses.iter().map(|clause| clause.index()).collect();
    places.shuffle(random);
    places.truncate(at_least_one(clauses.len() as f64 * SHARE));
    places.sort_unstable();
    places
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn at_least_one(number: f64) -> usize {
    number.round().max(1.0) as usize
}

/// Returns the mean; `None` if there are no values.
pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0_usize, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(labels: [Option<usize>; 3]) -> Vec<Option<ClusterId>> {
        labels.map(|label| label.map(ClusterId::new)).to_vec()
    }

    #[test]
    fn proportions_of_runs_by_hand() {
        let resampling = Resampling {
            runs: vec![
                run([Some(0), Some(0), Some(1)]),
                run([Some(0), Some(1), None]),
                run([Some(1), Some(1), Some(1)]),
                run([None, Some(0), Some(0)]),
            ],
        };
        let id = ClauseId::new;
        let share = |a, b| resampling.together(id(a), id(b)).map(Score::value);
        assert_eq!(share(0, 1), Some(2.0 / 3.0));
        assert_eq!(share(0, 2), Some(1.0 / 2.0));
        assert_eq!(share(1, 2), Some(2.0 / 3.0));
        let stability = resampling.stability(&[id(0), id(1)]);
        assert_eq!(stability, [Some(Score::new(2.0 / 3.0)); 2]);
        assert_eq!(resampling.stability(&[id(0)]), [None]);
    }
}
