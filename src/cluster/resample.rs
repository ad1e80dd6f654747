//! [`Resampling`]: which clauses stay together when the corpus is a little different.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::cluster::rule::{Rule, RuleParams};
use crate::error::{Error, Result};
use crate::id::{ClauseId, ClusterId};
use crate::progress::Progress;
use crate::score::Score;
use crate::setters::setters;
use crate::similarity::Representation;
use crate::words::SPREAD;

/// How a corpus is resampled.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResampleParams {
    /// How often; a share of runs is sure to about `0.5 / sqrt(n)`, so 25 runs tell 0.9 from 0.7.
    pub n_runs: usize,
    /// The share of the clauses that a run draws, above 0 and at most 1. 0.8 by default.
    pub clause_share: f64,
    /// The share of the features (words, runs of two, concepts) that a run draws, above 0 and at
    /// most 1. 0.8 by default.
    pub feature_share: f64,
    /// What chance starts from; 1 by default.
    pub seed: u64,
    /// Is told how far the runs are, and can end them.
    pub progress: Progress,
}

impl ResampleParams {
    /// Returns the default shares with a number of runs.
    pub fn new(n_runs: usize) -> Self {
        Self {
            n_runs,
            clause_share: 0.8,
            feature_share: 0.8,
            seed: 1,
            progress: Progress::default(),
        }
    }

    setters! {
        clause_share: f64,
        feature_share: f64,
        seed: u64,
        progress: Progress,
    }

    fn check(&self) -> Result<()> {
        for (name, share) in [
            ("clause_share", self.clause_share),
            ("feature_share", self.feature_share),
        ] {
            if !(share > 0.0 && share <= 1.0) {
                return Err(Error::parameter(name, share, "above 0 and at most 1"));
            }
        }
        Ok(())
    }
}

/// The clusters of many runs, each on a part of the clauses and of the features.
///
/// Two clauses are *together* in the share of the runs that drew both and put both into one
/// cluster. A row whose clauses are seldom together owes its being to a few words or a few
/// neighbors. Resampling for consensus: Monti, Tamayo, Mesirov and Golub, 2003; reading the shares
/// as stability: Hennig, 2007.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampling {
    /// For each run the cluster of each clause; nothing where the clause was not drawn.
    runs: Vec<Vec<Option<ClusterId>>>,
}

impl Resampling {
    /// Clusters a corpus `n_runs` times, each time on other clauses and other features, with as
    /// many clusters for a clause as the whole corpus has.
    ///
    /// Draws are without repetition. Each run costs as much as clustering its share once; runs are
    /// spread over rayon's threads, and the result is the same on any number of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if a share lies outside its range or the rule refuses;
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many clauses for the rule; [`ErrorKind::Cancelled`](crate::error::ErrorKind::Cancelled) if the
    /// progress was.
    pub fn of(
        representation: &Representation,
        rule: Rule,
        n_clusters: usize,
        params: &ResampleParams,
    ) -> Result<Self> {
        params.check()?;
        let stage = params.progress.stage("resamples", params.n_runs as u64);
        let n_clauses = representation.rows().n_rows();
        let runs = (0..params.n_runs)
            .into_par_iter()
            .map(|run| {
                let mut random = Xoshiro256PlusPlus::seed_from_u64(params.seed ^ mixed(run));
                let drawn = draw(n_clauses, params.clause_share, &mut random);
                let is_kept: Vec<bool> = (0..representation.words().matrix().n_columns())
                    .map(|_| random.r#gen::<f64>() < params.feature_share)
                    .collect();
                let rows = representation.rows_of_part(&drawn, &is_kept)?;
                let share = n_clusters as f64 * drawn.len() as f64 / n_clauses.max(1) as f64;
                let of_run = RuleParams::default().n_clusters(at_least_one(share));
                let clustering = rule.fit(rows, &of_run.seed(params.seed))?;
                let mut cluster_of = vec![None; n_clauses];
                for (clause, cluster) in drawn.iter().zip(clustering.cluster_of) {
                    cluster_of[*clause] = cluster;
                }
                stage.advance(1).map(|()| cluster_of)
            })
            .collect::<Result<_>>()?;
        Ok(Self { runs })
    }

    /// Returns the number of runs.
    pub fn n_runs(&self) -> usize {
        self.runs.len()
    }

    /// Returns the share of the runs with both clauses in which both are in one cluster; nothing if
    /// no run has both. Costs one look at each run.
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

    /// Returns for each clause of an issue the mean share of runs in which it is together with the
    /// others; nothing for a clause without others. Costs the square of the number of clauses, times
    /// the runs; of more than 200 clauses each is held against 200 others, evenly spread.
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

/// The most clauses that one of an issue is held against.
const MAX_PEERS: usize = 200;

/// Spreads the number of a run over all bits, so that neighboring runs share no start.
fn mixed(run: usize) -> u64 {
    (run as u64 + 1).wrapping_mul(SPREAD)
}

/// Draws a share of `n` places, at least one of them, in order.
fn draw(n: usize, share: f64, random: &mut Xoshiro256PlusPlus) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.shuffle(random);
    places.truncate(at_least_one(n as f64 * share));
    places.sort_unstable();
    places
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn at_least_one(number: f64) -> usize {
    number.round().max(1.0) as usize
}

/// Returns the mean; nothing of nothing.
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
    fn shares_of_runs_by_hand() {
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
