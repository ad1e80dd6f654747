//! A small model written to a folder, and its vectors worked out by plain loops.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use safetensors::tensor::{Dtype, TensorView, serialize};

use super::model::SentenceModel;

const N: usize = 4;
const WIDE: usize = 6;
const N_HEADS: usize = 2;
const N_LAYERS: usize = 2;
const N_POSITIONS: usize = 5;
const WORDS: [&str; 6] = ["[UNK]", "[CLS]", "[SEP]", "ships", "sail", "##ing"];

type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// Returns the tensors of the model, of numbers drawn by a seed.
fn tensors() -> Tensors {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut tensors = Tensors::new();
    let mut add = |name: String, shape: &[usize]| {
        let n = shape.iter().product();
        let numbers = (0..n).map(|_| random.gen_range(-1.0_f32..1.0)).collect();
        tensors.insert(name, (shape.to_vec(), numbers));
    };
    for (name, rows) in [
        ("word", WORDS.len()),
        ("position", N_POSITIONS),
        ("token_type", 2),
    ] {
        add(format!("embeddings.{name}_embeddings.weight"), &[rows, N]);
    }
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..N_LAYERS {
        let at = |part: &str| format!("encoder.layer.{layer}.{part}");
        for (part, out, into) in [
            ("attention.self.query", N, N),
            ("attention.self.key", N, N),
            ("attention.self.value", N, N),
            ("attention.output.dense", N, N),
            ("intermediate.dense", WIDE, N),
            ("output.dense", N, WIDE),
        ] {
            add(at(&format!("{part}.weight")), &[out, into]);
            add(at(&format!("{part}.bias")), &[out]);
        }
        norms.extend([at("attention.output.LayerNorm"), at("output.LayerNorm")]);
    }
    for norm in norms {
        add(format!("{norm}.weight"), &[N]);
        add(format!("{norm}.bias"), &[N]);
    }
    tensors
}

fn write_tensors(path: &Path, tensors: &Tensors) {
    let bytes = tensors.iter().map(|(name, (shape, numbers))| {
        let bytes: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        (name, shape, bytes)
    });
    let bytes: Vec<_> = bytes.collect();
    let views = bytes.iter().map(|(name, shape, bytes)| {
        (
            *name,
            TensorView::new(Dtype::F32, (*shape).clone(), bytes).unwrap(),
        )
    });
    fs::write(path, serialize(views, None).unwrap()).unwrap();
}

fn config() -> serde_json::Value {
    serde_json::json!({
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": N, "num_hidden_layers": N_LAYERS,
        "num_attention_heads": N_HEADS, "intermediate_size": WIDE, "layer_norm_eps": 1e-12,
        "max_position_embeddings": N_POSITIONS, "vocab_size": WORDS.len(), "type_vocab_size": 2,
    })
}

fn tokenizer() -> serde_json::Value {
    let vocabulary: BTreeMap<&str, usize> = WORDS.iter().copied().zip(0..).collect();
    serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "decoder": null,
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true,
        },
        "pre_tokenizer": { "type": "BertPreTokenizer" },
        "post_processor": { "type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1] },
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocabulary,
        },
    })
}

/// Writes the model to a folder.
fn write(folder: &Path) {
    fs::write(folder.join("config.json"), config().to_string()).unwrap();
    fs::write(folder.join("tokenizer.json"), tokenizer().to_string()).unwrap();
    write_tensors(&folder.join("model.safetensors"), &tensors());
}

type Rows = Vec<Vec<f64>>;

/// The numbers of the model, by name.
struct Twin(Tensors);

impl Twin {
    fn at(&self, name: &str, row: usize, column: usize) -> f64 {
        let (shape, numbers) = &self.0[name];
        let width = if shape.len() == 2 { shape[1] } else { 1 };
        f64::from(numbers[row * width + column])
    }

    fn linear(&self, name: &str, rows: &Rows) -> Rows {
        let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
        let n_out = self.0[&bias].0[0];
        let of_row = |row: &Vec<f64>| {
            let out = |out: usize| {
                let sum: f64 = (0..row.len())
                    .map(|i| row[i] * self.at(&weight, out, i))
                    .sum();
                sum + self.at(&bias, out, 0)
            };
            (0..n_out).map(out).collect()
        };
        rows.iter().map(of_row).collect()
    }

    fn norm(&self, name: &str, rows: &Rows) -> Rows {
        let of_row = |row: &Vec<f64>| {
            let mean = row.iter().sum::<f64>() / row.len() as f64;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
            let scaled = row.iter().enumerate().map(|(i, x)| {
                let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
                (x - mean) / variance.sqrt() * self.at(&weight, i, 0) + self.at(&bias, i, 0)
            });
            scaled.collect()
        };
        rows.iter().map(of_row).collect()
    }

    fn vector(&self, pieces: &[usize]) -> Vec<f64> {
        let at =
            |name: &str, row, i| self.at(&format!("embeddings.{name}_embeddings.weight"), row, i);
        let embedded = pieces.iter().enumerate().map(|(place, &piece)| {
            let sum = |i| at("word", piece, i) + at("position", place, i) + at("token_type", 0, i);
            (0..N).map(sum).collect()
        });
        let mut rows = self.norm("embeddings.LayerNorm", &embedded.collect());
        for layer in 0..N_LAYERS {
            rows = self.layer(layer, &rows);
        }
        let mean = (0..N).map(|i| rows.iter().map(|row| row[i]).sum::<f64>() / rows.len() as f64);
        let mean: Vec<f64> = mean.collect();
        let norm = mean.iter().map(|x| x * x).sum::<f64>().sqrt();
        mean.iter().map(|x| x / norm).collect()
    }

    fn layer(&self, layer: usize, rows: &Rows) -> Rows {
        let at = |part: &str| format!("encoder.layer.{layer}.{part}");
        let [query, key, value] = ["query", "key", "value"]
            .map(|part| self.linear(&at(&format!("attention.self.{part}")), rows));
        let width = N / N_HEADS;
        let mut context = vec![vec![0.0; N]; rows.len()];
        for (place, context) in context.iter_mut().enumerate() {
            for head in 0..N_HEADS {
                let columns = head * width..(head + 1) * width;
                let drawn = |other: usize| {
                    let product: f64 = columns
                        .clone()
                        .map(|i| query[place][i] * key[other][i])
                        .sum();
                    (product / (width as f64).sqrt()).exp()
                };
                let shares: Vec<f64> = (0..rows.len()).map(drawn).collect();
                let sum: f64 = shares.iter().sum();
                for i in columns.clone() {
                    context[i] = (0..rows.len())
                        .map(|other| shares[other] / sum * value[other][i])
                        .sum();
                }
            }
        }
        let attended = self.linear(&at("attention.output.dense"), &context);
        let attended = self.norm(&at("attention.output.LayerNorm"), &added(&attended, rows));
        let mut wide = self.linear(&at("intermediate.dense"), &attended);
        for x in wide.iter_mut().flatten() {
            *x = 0.5 * *x * (1.0 + erf(*x / 2.0_f64.sqrt()));
        }
        let out = self.linear(&at("output.dense"), &wide);
        self.norm(&at("output.LayerNorm"), &added(&out, &attended))
    }
}

fn added(a: &Rows, b: &Rows) -> Rows {
    let sum = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a + b).collect();
    a.iter().zip(b).map(sum).collect()
}

/// The error function by its series.
fn erf(x: f64) -> f64 {
    let mut term = x;
    let mut sum = x;
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

#[test]
fn a_model_gives_what_plain_loops_give() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let model = SentenceModel::open(folder.path()).unwrap();
    let twin = Twin(tensors());
    // The last text is cut to five pieces: the first four, and the one that ends a text.
    let cases = [
        ("Ships sail", vec![1, 3, 4, 2]),
        ("sailing harbors", vec![1, 4, 5, 0, 2]),
        ("", vec![1, 2]),
        ("ships ships sail sail ships", vec![1, 3, 3, 4, 2]),
    ];
    for (text, pieces) in cases {
        let found = model.vector(text).unwrap();
        let expected = twin.vector(&pieces);
        for (found, expected) in found.iter().zip(&expected) {
            assert!(
                (f64::from(*found) - expected).abs() < 1e-5,
                "{text}: {found} {expected}"
            );
        }
    }
    assert_eq!(model.n_kept(), 4);
    assert_eq!(model.digest().len(), 64);

    let again = SentenceModel::open(folder.path()).unwrap();
    again.keep(&model.kept()).unwrap();
    assert_eq!((again.n_kept(), again == model), (4, true));
}

#[test]
fn a_folder_that_is_no_model_is_refused_with_the_file_and_the_reason() {
    type Spoil = fn(&Path);
    fn edit(path: &Path, key: &str, value: serde_json::Value) {
        let mut config = config();
        config[key] = value;
        fs::write(path.join("config.json"), config.to_string()).unwrap();
    }
    let cases: [(Spoil, &str); 9] = [
        (
            |path| fs::remove_file(path.join("config.json")).unwrap(),
            "config.json",
        ),
        (
            |path| fs::write(path.join("config.json"), "{").unwrap(),
            "config.json:1",
        ),
        (|path| edit(path, "model_type", "gpt2".into()), "`gpt2`"),
        (
            |path| edit(path, "num_attention_heads", 3.into()),
            "4 dimensions cannot be divided among 3 heads",
        ),
        (
            |path| edit(path, "intermediate_size", 7.into()),
            "not F32 of [7, 4]",
        ),
        (
            |path| edit(path, "num_hidden_layers", 3.into()),
            "no tensor `encoder.layer.2.",
        ),
        (
            |path| fs::write(path.join("tokenizer.json"), "[]").unwrap(),
            "tokenizer.json",
        ),
        (
            |path| fs::write(path.join("model.safetensors"), "short").unwrap(),
            "model.safetensors",
        ),
        (
            |path| {
                fs::create_dir(path.join("1_Pooling")).unwrap();
                let pooling = r#"{"pooling_mode_max_tokens": true}"#;
                fs::write(path.join("1_Pooling/config.json"), pooling).unwrap();
            },
            "mean or the first piece",
        ),
    ];
    for (spoil, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path());
        spoil(folder.path());
        let error = SentenceModel::open(folder.path()).unwrap_err();
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }
}

#[test]
fn a_model_of_numbers_that_are_none_gives_an_error_not_a_vector() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let mut tensors = tensors();
    tensors
        .get_mut("encoder.layer.0.output.dense.bias")
        .unwrap()
        .1[0] = f32::NAN;
    write_tensors(&folder.path().join("model.safetensors"), &tensors);
    let model = SentenceModel::open(folder.path()).unwrap();
    let error = model.vector("ships").unwrap_err();
    assert!(error.to_string().contains("no finite vector"), "{error}");
}
