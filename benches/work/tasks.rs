//! The tasks by name: their preparation, the timed part, and the expected result.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use consonance::cluster::{Clustering, Rule, RuleParams};
use consonance::corpus::Corpus;
use consonance::id::AgreementId;
use consonance::index::{ClauseIndex, IndexParams};
use consonance::report::to_markdown;
use consonance::reuse::Passages;
use consonance::similarity::k_nearest;
use consonance::table::{ColumnKind, ConvergeParams, LayoutParams, converge};

use consonance::term::{Analyzer, AnalyzerParams, TokenizedCorpus};
use consonance::vector::{SparseMatrix, VectorParams, VectorSpace};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::{Value, json};

use super::{Cost, load, timed};

/// The tasks, in the order they are run.
pub(crate) const TASKS: [&str; 9] = [
    "index",
    "terms",
    "vectors",
    "neighbors",
    "clusters",
    "kmeans",
    "linkage",
    "runs",
    "table",
];

/// The number of clusters and of issues requested.
const N_CLUSTERS: usize = 200;
/// The number of clauses clustered by linkage.
const N_LINKED: usize = 5_000;
/// The shortest shared passage, in words.
const MIN_RUN: usize = 8;

/// Runs a task on the records of a file; returns the result and its cost.
pub(crate) fn run(task: &str, path: &Path) -> (Value, Cost) {
    match task {
        "index" => return index(path),
        "table" => return timed(|| table(path)),
        _ => {}
    }
    if task == "kmeans" {
        return kmeans();
    }
    let corpus = load(path);
    match task {
        "terms" => {
            let (lists, cost) = timed(|| TokenizedCorpus::of(&corpus, &plain_analyzer()));
            (json!({"terms": lists.n_distinct_terms()}), cost)
        }
        "vectors" => {
            let (matrix, cost) = timed(|| vectors(&corpus));
            (
                json!({"values": matrix.n_values(), "columns": matrix.n_columns()}),
                cost,
            )
        }
        "neighbors" => neighbors(&corpus),
        "clusters" => clusters(&corpus, path),
        "linkage" => linkage(&corpus),
        "runs" => {
            let (runs, cost) = timed(|| Passages::of(&corpus, MIN_RUN));
            let n_words: usize = runs.iter().map(|(_, passage)| passage.n_words).sum();
            (json!({"runs": runs.len(), "words": n_words}), cost)
        }
        other => panic!("there is no task `{other}`"),
    }
}

/// Task T1: a file of records to an index on disk, read back.
fn index(path: &Path) -> (Value, Cost) {
    let plain = tempfile::tempdir().unwrap();
    let path = unpacked(path, plain.path());
    let folder = tempfile::tempdir().unwrap();
    let mut params = IndexParams::default();
    params.directory = Some(folder.path().join("index"));
    params.memory_budget = 200_000_000;
    params.n_writer_threads = 2;
    let (index, cost) = timed(|| {
        let corpus = load(&path);
        ClauseIndex::build(&corpus, &Analyzer::default(), &params).unwrap()
    });
    (json!({"clauses": index.n_clauses()}), cost)
}

/// Returns the path of a file, or of its unpacked copy if it is compressed.
fn unpacked(path: &Path, folder: &Path) -> PathBuf {
    if path.extension().is_none_or(|ending| ending != "gz") {
        return path.to_owned();
    }
    let copy = folder.join(path.file_stem().unwrap());
    let mut packed = flate2::read::MultiGzDecoder::new(File::open(path).unwrap());
    io::copy(&mut packed, &mut File::create(&copy).unwrap()).unwrap();
    copy
}

/// The stop words of the peers.
const STOP_WORDS: &str = "a an and are as at be but by for if in into is it no not of on or such \
    that the their then there these they this to was will with";

/// Returns the analyzer that gives the same terms as the peers.
fn plain_analyzer() -> Analyzer {
    let stop_words = STOP_WORDS.split_whitespace().map(str::to_owned).collect();
    Analyzer::new(AnalyzerParams::default().plain(stop_words))
}

/// Returns the matrix of task T2: words and bigrams that occur in at least two clauses, sublinear counts,
/// rows of length 1.
pub(crate) fn vectors(corpus: &Corpus) -> SparseMatrix {
    let params = VectorParams::default()
        .bigram_weight(1.0)
        .concept_weight(0.0)
        .min_document_frequency(2)
        .sublinear();
    let lists = TokenizedCorpus::of(corpus, &plain_analyzer());
    let space = VectorSpace::fit(&lists, &params).unwrap();
    space.matrix().clone()
}

/// The number of pairs of task T3 and the sum of their scores, in the collection for which it is defined,
/// as computed by the exhaustive product in single precision.
const N_PAIRS: usize = 471_426;
const SCORE_SUM: f64 = 373_008.63;
/// The number of clauses and stored values of that collection.
const T3_CLAUSES: usize = 83_047;
const N_VALUES: usize = 5_693_051;

/// The number of neighbors and the minimum cosine of task T3.
const N_NEAREST: usize = 10;
const MIN_COSINE: f64 = 0.5;

fn neighbors(corpus: &Corpus) -> (Value, Cost) {
    let matrix = vectors(corpus);
    let group_of: Vec<AgreementId> = corpus.clauses().iter().map(|c| c.agreement).collect();
    let (near, cost) = timed(|| k_nearest(&matrix, &group_of, N_NEAREST, MIN_COSINE).unwrap());
    let n_pairs: usize = near.iter().map(Vec::len).sum();
    let sum: f64 = near.iter().flatten().map(|near| near.score.value()).sum();
    if matrix.n_rows() == T3_CLAUSES {
        assert_eq!((matrix.n_values(), n_pairs), (N_VALUES, N_PAIRS));
        assert!((sum - SCORE_SUM).abs() < 1.0, "{sum}");
    }
    (json!({"pairs": n_pairs, "sum": sum}), cost)
}

fn clusters(corpus: &Corpus, path: &Path) -> (Value, Cost) {
    let matrix = vectors(corpus);
    let (found, cost) = timed(|| {
        Rule::SphericalKMeans
            .fit(&matrix, &RuleParams::default().n_clusters(N_CLUSTERS))
            .unwrap()
    });
    let quality = quality(corpus, path, &found);
    (
        json!({"clusters": found.n_clusters(), "v": quality.0, "purity": quality.1}),
        cost,
    )
}

/// The rows, columns and centers of the generated rows that are clustered for comparison with a peer.
const ROWS: (usize, usize) = (10_000, 100);
const N_CENTERS: usize = 40;

/// Clusters dense rows around some centers, generated as the peer generates its own.
fn kmeans() -> (Value, Cost) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(4);
    let (n_rows, n_columns) = ROWS;
    let mut draw = |width: f32| random.gen_range(-width..width);
    let centers: Vec<f32> = (0..N_CENTERS * n_columns).map(|_| draw(1.0)).collect();
    let rows = (0..n_rows).map(|row| {
        let center = &centers[row % N_CENTERS * n_columns..][..n_columns];
        let row: Vec<f32> = center.iter().map(|x| x + draw(0.8)).collect();
        let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
        (0..).zip(row.iter().map(|x| x / length)).collect()
    });
    let matrix = SparseMatrix::from_rows(n_columns, rows);
    let (found, cost) = timed(|| {
        let rule = Rule::SphericalKMeans;
        rule.fit(&matrix, &RuleParams::default().n_clusters(N_CENTERS))
            .unwrap()
    });
    let together = (0..N_CENTERS).filter(|&center| {
        let mut same = (center..n_rows).step_by(N_CENTERS);
        same.all(|row| found.cluster_of[row] == found.cluster_of[center])
    });
    (
        json!({"clusters": found.n_clusters(), "found whole": together.count()}),
        cost,
    )
}

fn linkage(corpus: &Corpus) -> (Value, Cost) {
    let matrix = vectors(corpus);
    let rows = (0..matrix.n_rows().min(N_LINKED)).map(|row| matrix.row(row).iter().collect());
    let part = SparseMatrix::from_rows(matrix.n_columns(), rows);
    let condensed: Vec<f32> = (0..part.n_rows())
        .flat_map(|i| (i + 1..part.n_rows()).map(move |j| (i, j)))
        .map(|(i, j)| single((1.0 - part.row(i).dot(part.row(j))).clamp(0.0, 1.0)))
        .collect();
    let n_rows = part.n_rows();
    let (found, cost) = timed(|| {
        let params = RuleParams::default().n_clusters(10);
        Rule::AverageLinkage.fit(&part, &params).unwrap()
    });
    let (steps, alone) = timed(|| {
        let mut condensed = condensed;
        kodama::linkage(&mut condensed, n_rows, kodama::Method::Average)
    });
    let found = json!({
        "merges": steps.len(),
        "clusters": found.n_clusters(),
        "kodama alone, s": alone.wall,
        "ratio by CPU": cost.cpu / alone.cpu,
    });
    (found, cost)
}

fn table(path: &Path) -> Value {
    let corpus = load(path);
    let params = ConvergeParams::default()
        .n_clusters(N_CLUSTERS)
        .rule(Rule::SphericalKMeans)
        .layout(LayoutParams::default().columns(ColumnKind::Agreement));
    let table = converge(&corpus, &params).unwrap();
    json!({"rows": table.rows.len(), "bytes": to_markdown(&table).len()})
}

/// Returns the V-measure (Rosenberg and Hirschberg, 2007) and purity, compared with the labels of the
/// records, for the clauses that have one.
fn quality(corpus: &Corpus, path: &Path, found: &Clustering) -> (f64, f64) {
    if path.extension().is_none_or(|ending| ending != "gz") {
        return (0.0, 0.0);
    }
    let labels = labels(path);
    let mut joint: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for id in corpus.clause_ids() {
        let label = labels.get(corpus.text(id));
        if let (Some(label), Some(cluster)) = (label, found.cluster_of[id.index()]) {
            *joint.entry((cluster.index(), label)).or_default() += 1.0;
        }
    }
    let total: f64 = joint.values().sum();
    let (mut of_cluster, mut of_label) = (BTreeMap::new(), BTreeMap::new());
    let mut greatest: BTreeMap<usize, f64> = BTreeMap::new();
    for ((cluster, label), n) in &joint {
        *of_cluster.entry(*cluster).or_insert(0.0) += n;
        *of_label.entry(*label).or_insert(0.0) += n;
        let most = greatest.entry(*cluster).or_default();
        *most = most.max(*n);
    }
    let entropy =
        |sizes: Vec<f64>| -> f64 { sizes.iter().map(|n| -n / total * (n / total).ln()).sum() };
    let of_both = entropy(joint.values().copied().collect());
    let of_clusters = entropy(of_cluster.into_values().collect());
    let of_labels = entropy(of_label.into_values().collect());
    let mutual = of_clusters + of_labels - of_both;
    let v = 2.0 * mutual / (of_clusters + of_labels);
    (v, greatest.values().sum::<f64>() / total)
}

/// Returns the labels of the records that have one, by text.
fn labels(path: &Path) -> BTreeMap<String, String> {
    let bytes = fs::read(path).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let records = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let pairs = records.filter_map(|record| {
        let label = record["label"].as_str()?.to_owned();
        Some((record["text"].as_str()?.to_owned(), label))
    });
    pairs.collect()
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "distances are rounded as the library rounds them"
)]
fn single(distance: f64) -> f32 {
    distance as f32
}
