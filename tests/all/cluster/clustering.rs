//! A battery that every clustering rule passes, and what must hold of every clustering.

use std::time::{Duration, Instant};

use consonance::cluster::{Clustering, Rule, RuleParams};
use consonance::error::ErrorKind;
use consonance::error::Result;
use consonance::vector::SparseMatrix;
use linfa::traits::Predict;
use proptest::prelude::*;

/// What any rule may take on any case of the battery.
const TIME_LIMIT: Duration = Duration::from_secs(10);

type Rows = Vec<Vec<(u32, f32)>>;

fn matrix(n_columns: usize, rows: Rows) -> SparseMatrix {
    SparseMatrix::from_rows(n_columns, rows)
}

/// Rows in six directions, `n` rows each, each leaning a little its own way.
fn six_groups(n: usize) -> SparseMatrix {
    let row = |index: usize| {
        let (group, place) = (index % 6, index / 6);
        let lean = 0.05 * (place + 1) as f32;
        unit(vec![
            (2 * group, 1.0),
            (2 * group + 1, lean),
            (12 + place % 7, lean / 2.0),
        ])
    };
    matrix(20, (0..6 * n).map(row).collect())
}

fn unit(cells: Vec<(usize, f32)>) -> Vec<(u32, f32)> {
    let norm = cells.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    cells
        .into_iter()
        .map(|(column, x)| (u32::try_from(column).unwrap(), x / norm))
        .collect()
}

/// Returns what a rule makes of a matrix, in time.
fn fit(rule: Rule, matrix: &SparseMatrix, n_clusters: Option<usize>) -> Result<Clustering> {
    let start = Instant::now();
    let params = RuleParams::default().n_clusters(n_clusters);
    let found = rule.fit(matrix, &params);
    assert!(start.elapsed() < TIME_LIMIT, "{rule} takes too long");
    found
}

/// Asserts that each row is in one cluster or left out, and that the clusters are in order.
fn check_partition(name: &str, clustering: &Clustering, n_rows: usize) {
    assert_eq!(clustering.cluster_of.len(), n_rows, "{name}");
    let clusters = clustering.clusters();
    assert!(
        clusters.iter().all(|rows| !rows.is_empty()),
        "{name}: an empty cluster"
    );
    assert!(
        clusters.windows(2).all(|pair| pair[0][0] < pair[1][0]),
        "{name}: clusters follow their first row"
    );
    let n_left_out = clustering.cluster_of.iter().flatten().count();
    assert_eq!(
        clusters.iter().map(Vec::len).sum::<usize>(),
        n_left_out,
        "{name}"
    );
    for row in clustering.centroids.rows() {
        let is_finite = row.values.iter().all(|value| value.is_finite());
        assert!(is_finite, "{name}: a direction is not finite");
        let norm = row.norm();
        assert!(
            norm.abs() < 1e-9 || (norm - 1.0).abs() < 1e-5,
            "{name}: a direction of {norm}"
        );
    }
}

fn finds_number_itself(rule: Rule) -> bool {
    rule == Rule::Dbscan
}

#[test]
fn odd_matrices_are_partitioned_by_every_rule() {
    let same = unit(vec![(0, 1.0), (3, 2.0)]);
    let ulp = f32::from_bits(1.0_f32.to_bits() + 1);
    let wide = |index: usize| unit(vec![(index % 5, 0.5), (5 + index * 37 % 2_995, 1.0)]);
    let subnormal = f32::MIN_POSITIVE / 8.0;
    let cases: Vec<(&str, SparseMatrix)> = vec![
        ("one row", matrix(4, vec![same.clone()])),
        ("one row of zeros", matrix(4, vec![vec![]])),
        ("two rows", matrix(4, vec![same.clone(), vec![(1, 1.0)]])),
        ("one column", matrix(1, vec![vec![(0, 1.0)]; 5])),
        (
            "one column, signs",
            matrix(1, vec![vec![(0, 1.0)], vec![(0, -1.0)], vec![]]),
        ),
        ("no column", matrix(0, vec![vec![]; 6])),
        ("all zero", matrix(3, vec![vec![]; 6])),
        (
            "one zero row",
            matrix(4, vec![same.clone(), vec![], same.clone(), vec![(1, 1.0)]]),
        ),
        (
            "1e30",
            matrix(
                2,
                vec![
                    vec![(0, 1e30)],
                    vec![(0, 1e30), (1, 1e30)],
                    vec![(1, -1e30)],
                ],
            ),
        ),
        (
            "subnormal",
            matrix(
                2,
                vec![
                    vec![(0, subnormal)],
                    vec![(1, subnormal)],
                    vec![(0, subnormal)],
                ],
            ),
        ),
        (
            "one ulp apart",
            matrix(
                2,
                vec![
                    vec![(0, 1.0)],
                    vec![(0, ulp)],
                    vec![(1, 1.0)],
                    vec![(1, ulp)],
                ],
            ),
        ),
        ("200 identical rows", matrix(4, vec![same; 200])),
        ("wide", matrix(3_000, (0..40).map(wide).collect())),
    ];
    for (name, matrix) in cases {
        for rule in Rule::ALL {
            let name = format!("{rule}, {name}");
            let clustering = fit(rule, &matrix, None).unwrap_or_else(|e| panic!("{name}: {e}"));
            check_partition(&name, &clustering, matrix.n_rows());
            if !finds_number_itself(rule) {
                assert!(clustering.cluster_of.iter().all(Option::is_some), "{name}");
            }
        }
    }
}

#[test]
fn matrices_no_rule_can_work_on_are_refused_with_the_row() {
    let with = |value: f32| matrix(2, vec![vec![(0, 1.0)], vec![(0, 1.0)], vec![(1, value)]]);
    let cases = [
        ("no row", matrix(3, vec![]), "no clause"),
        ("neither row nor column", matrix(0, vec![]), "no clause"),
        ("nan", with(f32::NAN), "row 2"),
        ("infinity", with(f32::INFINITY), "row 2"),
        ("less than infinity", with(f32::NEG_INFINITY), "row 2"),
        ("the largest number", with(f32::MAX), "row 2"),
    ];
    for (name, matrix, words) in cases {
        for rule in Rule::ALL {
            let error = fit(rule, &matrix, None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Parameter, "{rule}, {name}");
            assert!(error.to_string().contains(words), "{rule}, {name}: {error}");
        }
    }
}

#[test]
fn a_number_of_clusters_is_kept_or_refused() {
    let groups = six_groups(4);
    for rule in Rule::ALL {
        if finds_number_itself(rule) {
            let (given, free) = (fit(rule, &groups, Some(3)), fit(rule, &groups, None));
            assert_eq!(given.unwrap(), free.unwrap(), "{rule}");
            continue;
        }
        for n_clusters in [0, 25, usize::MAX] {
            let error = fit(rule, &groups, Some(n_clusters)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Parameter, "{rule}, {n_clusters}");
        }
        for n_clusters in [1, 2, 6, 24] {
            let name = format!("{rule} into {n_clusters}");
            let found = fit(rule, &groups, Some(n_clusters)).unwrap();
            check_partition(&name, &found, 24);
            assert_eq!(found.n_clusters(), n_clusters, "{name}");
        }
    }
}

/// With a given number: the search for one takes long without optimization.
#[test]
fn a_thousand_identical_rows_are_partitioned() {
    let same = matrix(4, vec![unit(vec![(0, 1.0), (3, 2.0)]); 1_000]);
    for rule in Rule::ALL {
        let clustering = fit(rule, &same, Some(2)).unwrap();
        check_partition(rule.name(), &clustering, 1_000);
        assert!(clustering.n_clusters() <= 2, "{rule}");
    }
}

#[test]
fn identical_rows_are_not_torn_apart_by_density_or_chosen_number() {
    let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(2, 1.0)]];
    let matrix = matrix(3, rows.into_iter().cycle().take(30).collect());
    for rule in Rule::ALL {
        let clustering = fit(rule, &matrix, None).unwrap();
        assert_eq!(clustering.n_clusters(), 3, "{rule}");
        for row in 0..30 {
            assert_eq!(
                clustering.cluster_of[row],
                clustering.cluster_of[row % 3],
                "{rule}"
            );
        }
    }
}

#[test]
fn a_number_of_clusters_above_that_of_distinct_rows_never_gives_more() {
    let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)]];
    let matrix = matrix(3, rows.into_iter().cycle().take(10).collect());
    for rule in Rule::ALL
        .into_iter()
        .filter(|rule| !finds_number_itself(*rule))
    {
        let found = fit(rule, &matrix, Some(5)).unwrap();
        check_partition(rule.name(), &found, 10);
        assert!(
            (2..=5).contains(&found.n_clusters()),
            "{rule}: {}",
            found.n_clusters()
        );
    }
}

#[test]
fn every_rule_finds_groups_that_lie_apart_and_predicts_their_rows() {
    let groups = six_groups(8);
    for rule in Rule::ALL {
        let n_clusters = (!finds_number_itself(rule)).then_some(6);
        let found = fit(rule, &groups, n_clusters).unwrap();
        for (row, cluster) in found.cluster_of.iter().enumerate() {
            if let Some(cluster) = cluster {
                assert_eq!(cluster.index() % 6, row % 6, "{rule}: row {row}");
            }
        }
        if n_clusters.is_some() {
            assert_eq!(found.predict(&groups), found.cluster_of, "{rule}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_clusters() {
    let groups = six_groups(6);
    for rule in Rule::ALL {
        let clusters = || rule.fit(&groups, &RuleParams::default().seed(42)).unwrap();
        assert_eq!(clusters(), clusters(), "{rule}");
    }
}

/// The clusters as sets of the rows' own numbers, where row `i` is number `order[i]`.
fn sets(clustering: &Clustering, order: &[usize]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = clustering
        .clusters()
        .iter()
        .map(|rows| {
            let mut set: Vec<usize> = rows.iter().map(|row| order[row.index()]).collect();
            set.sort_unstable();
            set
        })
        .collect();
    sets.sort();
    sets
}

/// Random rows whose distances are all different, and the order to put them in.
fn rows_without_ties() -> impl Strategy<Value = (Rows, Vec<usize>)> {
    (2_usize..12).prop_flat_map(|n_rows| {
        let cell = 0.05_f32..1.0;
        let row = prop::collection::vec(cell, 5)
            .prop_map(|values| unit(values.into_iter().enumerate().collect()));
        let order: Vec<usize> = (0..n_rows).collect();
        (
            prop::collection::vec(row, n_rows),
            Just(order).prop_shuffle(),
        )
    })
}

fn distance(rows: &SparseMatrix, i: usize, j: usize) -> f64 {
    1.0 - rows.row(i).dot(rows.row(j))
}

/// Average linkage as its definition says it: at each step all mean distances are taken anew.
fn linkage_by_hand(rows: &SparseMatrix, n_clusters: usize) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = (0..rows.n_rows()).map(|row| vec![row]).collect();
    let mean = |a: &[usize], b: &[usize]| {
        let pairs = a.iter().flat_map(|&i| b.iter().map(move |&j| (i, j)));
        let sum: f64 = pairs.map(|(i, j)| distance(rows, i, j)).sum();
        sum / (a.len() * b.len()) as f64
    };
    while clusters.len() > n_clusters {
        let mut nearest = (f64::INFINITY, 0, 0);
        for i in 0..clusters.len() {
            for j in i + 1..clusters.len() {
                let distance = mean(&clusters[i], &clusters[j]);
                if distance < nearest.0 {
                    nearest = (distance, i, j);
                }
            }
        }
        let merged = clusters.swap_remove(nearest.2);
        clusters[nearest.1].extend(merged);
        clusters[nearest.1].sort_unstable();
    }
    clusters.sort();
    clusters
}

/// Whether two merges are so near that rounding may decide which comes first.
fn has_near_ties(rows: &SparseMatrix) -> bool {
    let n = rows.n_rows();
    let mut all: Vec<f64> = (0..n)
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .map(|(i, j)| distance(rows, i, j))
        .collect();
    all.sort_by(f64::total_cmp);
    all.windows(2).any(|pair| pair[1] - pair[0] < 1e-5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn average_linkage_merges_as_by_hand_in_any_order((rows, order) in rows_without_ties()) {
        let n_rows = rows.len();
        let as_given = matrix(5, rows.clone());
        let permuted = matrix(5, order.iter().map(|&row| rows[row].clone()).collect());
        prop_assume!(!has_near_ties(&as_given));
        let in_order: Vec<usize> = (0..n_rows).collect();
        for n_clusters in 1..=n_rows {
            let params = RuleParams::default().n_clusters(n_clusters);
            let expected = linkage_by_hand(&as_given, n_clusters);
            let found = Rule::AverageLinkage.fit(&as_given, &params).unwrap();
            prop_assert_eq!(sets(&found, &in_order), expected.clone());
            let found = Rule::AverageLinkage.fit(&permuted, &params).unwrap();
            prop_assert_eq!(sets(&found, &order), expected);
        }
    }

    #[test]
    fn every_rule_partitions_random_rows(
        cells in prop::collection::vec(prop::collection::btree_map(0_u32..8, -1.0_f32..1.0, 0..5), 1..25),
        seed in 0_u64..100,
    ) {
        let rows: Rows = cells.into_iter().map(|row| row.into_iter().collect()).collect();
        let n_rows = rows.len();
        let matrix = matrix(8, rows);
        for rule in Rule::ALL {
            let n_clusters = (!finds_number_itself(rule)).then_some(n_rows.div_ceil(3));
            let found = rule.fit(&matrix, &RuleParams::default().n_clusters(n_clusters).seed(seed)).unwrap();
            check_partition(rule.name(), &found, n_rows);
            if let Some(n_clusters) = n_clusters {
                prop_assert_eq!(found.n_clusters(), n_clusters, "{}", rule);
            }
        }
    }
}
