//! The arithmetic of a BERT encoder: linear maps, normalization, attention, on matrices `(pieces, dimensions)`.

use std::f32::consts::FRAC_1_SQRT_2;

use ndarray::{Array1, Array2, ArrayViewMut1, Axis, Slice};

/// A linear map: `x W^T + b`.
pub(super) struct Linear {
    /// `(dimensions out, dimensions in)`.
    pub(super) weight: Array2<f32>,
    pub(super) bias: Array1<f32>,
}

impl Linear {
    pub(super) fn of(&self, input: &Array2<f32>) -> Array2<f32> {
        input.dot(&self.weight.t()) + &self.bias
    }
}

/// Layer normalization (Ba, Kiros and Hinton, 2016).
pub(super) struct Norm {
    pub(super) weight: Array1<f32>,
    pub(super) bias: Array1<f32>,
    pub(super) epsilon: f32,
}

impl Norm {
    /// Gives each row a mean of 0 and a variance of 1, then scales and shifts it.
    pub(super) fn apply(&self, rows: &mut Array2<f32>) {
        let n = rows.ncols() as f32;
        for mut row in rows.rows_mut() {
            let mean = row.sum() / n;
            row -= mean;
            let variance = row.dot(&row) / n;
            row *= 1.0 / (variance + self.epsilon).sqrt();
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

/// Self-attention with several heads (Vaswani et al., 2017).
pub(super) struct Attention {
    pub(super) query: Linear,
    pub(super) key: Linear,
    pub(super) value: Linear,
    pub(super) out: Linear,
    pub(super) n_heads: usize,
}

impl Attention {
    pub(super) fn of(&self, input: &Array2<f32>) -> Array2<f32> {
        let [query, key, value] = [&self.query, &self.key, &self.value].map(|map| map.of(input));
        let mut context = Array2::zeros(input.raw_dim());
        let width = input.ncols() / self.n_heads;
        for head in 0..self.n_heads {
            let columns = Slice::from(head * width..(head + 1) * width);
            let part = |rows: &Array2<f32>| rows.slice_axis(Axis(1), columns).to_owned();
            let attended = attend(&part(&query), &part(&key), &part(&value));
            let mut place = context.slice_axis_mut(Axis(1), columns);
            place.assign(&attended);
        }
        self.out.of(&context)
    }
}

/// Returns `softmax(Q K^T / sqrt(width)) V`.
fn attend(query: &Array2<f32>, key: &Array2<f32>, value: &Array2<f32>) -> Array2<f32> {
    let mut shares = query.dot(&key.t());
    shares *= 1.0 / (query.ncols() as f32).sqrt();
    for row in shares.rows_mut() {
        softmax(row);
    }
    shares.dot(value)
}

fn softmax(mut row: ArrayViewMut1<'_, f32>) {
    let greatest = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    row.mapv_inplace(|value| (value - greatest).exp());
    let sum = row.sum();
    row /= sum;
}

/// One layer of the encoder.
pub(super) struct Layer {
    pub(super) attention: Attention,
    pub(super) attention_norm: Norm,
    pub(super) wide: Linear,
    pub(super) narrow: Linear,
    pub(super) norm: Norm,
}

impl Layer {
    /// Returns the number of weights of its linear maps.
    pub(super) fn n_weights(&self) -> usize {
        let attention = &self.attention;
        let maps = [
            &attention.query,
            &attention.key,
            &attention.value,
            &attention.out,
        ];
        let maps = maps.into_iter().chain([&self.wide, &self.narrow]);
        maps.map(|map| map.weight.len()).sum()
    }

    pub(super) fn of(&self, input: Array2<f32>) -> Array2<f32> {
        let mut attended = self.attention.of(&input) + input;
        self.attention_norm.apply(&mut attended);
        let mut wide = self.wide.of(&attended);
        wide.mapv_inplace(gelu);
        let mut out = self.narrow.of(&wide) + attended;
        self.norm.apply(&mut out);
        out
    }
}

/// Returns the mean of the rows.
pub(super) fn mean(rows: &Array2<f32>) -> Vec<f32> {
    let sum = rows.sum_axis(Axis(0));
    (sum / rows.nrows().max(1) as f32).to_vec()
}

/// The Gaussian error linear unit (Hendrycks and Gimpel, 2016).
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * FRAC_1_SQRT_2))
}

/// The error function, exact to 1.5e-7 (Abramowitz and Stegun, 1964, 7.1.26).
fn erf(x: f32) -> f32 {
    const P: f32 = 0.327_591_1;
    const A: [f32; 5] = [
        0.254_829_6,
        -0.284_496_74,
        1.421_413_7,
        -1.453_152,
        1.061_405_4,
    ];
    let t = 1.0 / (1.0 + P * x.abs());
    let sum = A.iter().rev().fold(0.0, |sum, a| sum * t + a) * t;
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn assert_near(found: &Array2<f32>, expected: &Array2<f32>) {
        let off = (found - expected).mapv(f32::abs);
        assert!(off.iter().all(|off| *off < 2e-5), "{found}");
    }

    #[test]
    fn linear_by_hand() {
        let map = Linear {
            weight: array![[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]],
            bias: array![0.5, 0.0, -1.0],
        };
        assert_near(&map.of(&array![[2.0, 4.0]]), &array![[10.5, -4.0, 7.0]]);
    }

    #[test]
    fn normalization_by_hand() {
        let norm = Norm {
            weight: array![2.0, 2.0],
            bias: array![1.0, 0.0],
            epsilon: 0.0,
        };
        // Mean 3, variance 1: -1 and 1, twice that, and 1 more in the first place.
        let mut rows = array![[2.0, 4.0]];
        norm.apply(&mut rows);
        assert_near(&rows, &array![[-1.0, 2.0]]);
    }

    #[test]
    fn attention_by_hand() {
        // The first row is drawn to itself with e^(1/1), to the second with e^0: 0.731 to 0.269.
        let query = array![[1.0], [0.0]];
        let key = array![[1.0], [0.0]];
        let value = array![[10.0], [20.0]];
        let found = attend(&query, &key, &value);
        assert_near(&found, &array![[12.689_414], [15.0]]);
    }

    #[test]
    fn gelu_has_the_values_of_the_table() {
        for (x, expected) in [
            (0.0, 0.0),
            (1.0, 0.841_345),
            (-1.0, -0.158_655),
            (3.0, 2.995_95),
        ] {
            assert!((gelu(x) - expected).abs() < 1e-5, "{x}: {}", gelu(x));
        }
    }
}
