//! linfa's k-means on generated rows: 10,000 of 100 numbers around 40 centers.

use linfa::prelude::{Fit, Predict};
use linfa::DatasetBase;
use linfa_clustering::KMeans;
use ndarray::Array2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::{Value, json};

const N_ROWS: usize = 10_000;
const N_COLUMNS: usize = 100;
const N_CENTERS: usize = 40;

pub(crate) fn rows() -> Array2<f64> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(4);
    let centers: Array2<f64> = Array2::from_shape_fn((N_CENTERS, N_COLUMNS), |_| random.gen_range(-1.0..1.0));
    let mut rows: Array2<f64> = Array2::from_shape_fn((N_ROWS, N_COLUMNS), |(row, column)| {
        centers[[row % N_CENTERS, column]] + random.gen_range(-0.8..0.8)
    });
    for mut row in rows.rows_mut() {
        let length: f64 = row.dot(&row).sqrt();
        row /= length;
    }
    rows
}

pub(crate) fn run(rows: Array2<f64>) -> Value {
    let data = DatasetBase::from(rows);
    let random = Xoshiro256PlusPlus::seed_from_u64(4);
    let model = KMeans::params_with_rng(N_CENTERS, random).n_runs(1).fit(&data).unwrap();
    let found = model.predict(&data);
    let together = (0..N_CENTERS).filter(|&center| {
        let mut same = (center..N_ROWS).step_by(N_CENTERS);
        same.all(|row| found[row] == found[center])
    });
    json!({"clusters": N_CENTERS, "found whole": together.count()})
}
