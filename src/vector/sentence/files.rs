//! [`read`]: a folder with the files of a model to its encoder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokenizers::Tokenizer;

use crate::digest::RunningSha256;
use crate::error::Result;
use crate::vector::sentence::bert::{Bert, Pooling};
use crate::vector::sentence::layer::{Attention, Layer};
use crate::vector::sentence::model::SentenceModel;
use crate::vector::sentence::weights::{Weights, in_file, unreadable};

const CONFIG: &str = "config.json";
const TOKENIZER: &str = "tokenizer.json";
const TENSORS: &str = "model.safetensors";
/// Files that not every model has.
const POOLING: &str = "1_Pooling/config.json";
const SENTENCES: &str = "sentence_bert_config.json";

/// The parts of `config.json` that matter.
#[derive(Debug, Deserialize)]
struct Config {
    model_type: String,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    hidden_act: String,
    layer_norm_eps: f32,
    max_position_embeddings: usize,
    vocab_size: usize,
    type_vocab_size: usize,
    #[serde(default = "absolute")]
    position_embedding_type: String,
}

fn absolute() -> String {
    "absolute".to_owned()
}

/// How the rows of the pieces become one vector.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of the file")]
struct PoolingConfig {
    pooling_mode_cls_token: bool,
    pooling_mode_max_tokens: bool,
    pooling_mode_mean_sqrt_len_tokens: bool,
    pooling_mode_lasttoken: bool,
}

/// The longest input that the model was trained for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

/// Reads a model from its folder.
pub(super) fn read(folder: &Path) -> Result<SentenceModel> {
    let at = |name: &str| folder.join(name);
    let config: Config = parsed(&at(CONFIG))?;
    config.check(&at(CONFIG))?;
    let pooling: PoolingConfig = parsed_if_there(&at(POOLING))?;
    let sentences: SentenceConfig = parsed_if_there(&at(SENTENCES))?;
    let tokenizer = piece_maker(&at(TOKENIZER))?;
    let bert = Bert {
        max_pieces: config.max_pieces(&sentences),
        pooling: pooling.pooling(&at(POOLING))?,
        ..config.weights(Weights::open(at(TENSORS))?, tokenizer)?
    };
    let digest = digest(&[CONFIG, TOKENIZER, TENSORS].map(at))?;
    Ok(SentenceModel::new(name_of(folder), digest, bert))
}

impl Config {
    fn check(&self, path: &Path) -> Result<()> {
        let is_bert = self.model_type == "bert"
            && self.hidden_act == "gelu"
            && self.position_embedding_type == "absolute";
        if !is_bert {
            let message = format!(
                "the model is of type `{}` with `{}` and {} positions; only BERT encoders with `gelu` and absolute positions are read",
                self.model_type, self.hidden_act, self.position_embedding_type
            );
            return Err(in_file(path, &message));
        }
        let heads = self.num_attention_heads;
        if heads == 0 || self.hidden_size == 0 || !self.hidden_size.is_multiple_of(heads) {
            let message = format!(
                "{} dimensions cannot be divided among {heads} heads",
                self.hidden_size
            );
            return Err(in_file(path, &message));
        }
        if self.max_position_embeddings < 3 || self.type_vocab_size == 0 {
            return Err(in_file(
                path,
                "the model has too few positions or no segment",
            ));
        }
        Ok(())
    }

    /// Returns the greatest number of pieces that are read: room for the first and the last one at least.
    fn max_pieces(&self, sentences: &SentenceConfig) -> usize {
        let trained = sentences.max_seq_length.unwrap_or(usize::MAX);
        trained.clamp(3, self.max_position_embeddings)
    }

    fn weights(&self, mut weights: Weights, tokenizer: Tokenizer) -> Result<Bert> {
        let n = self.hidden_size;
        let word = weights.matrix("embeddings.word_embeddings.weight", [self.vocab_size, n])?;
        let shape = [self.max_position_embeddings, n];
        let position = weights.matrix("embeddings.position_embeddings.weight", shape)?;
        let shape = [self.type_vocab_size, n];
        let segment = weights.matrix("embeddings.token_type_embeddings.weight", shape)?;
        let norm = weights.norm("embeddings.LayerNorm", n, self.layer_norm_eps)?;
        let layers = (0..self.num_hidden_layers).map(|layer| self.layer(&mut weights, layer));
        Ok(Bert {
            tokenizer,
            max_pieces: self.max_position_embeddings,
            position: position + segment.row(0),
            word,
            norm,
            layers: layers.collect::<Result<_>>()?,
            pooling: Pooling::Mean,
        })
    }

    fn layer(&self, weights: &mut Weights, layer: usize) -> Result<Layer> {
        let (n, wide) = (self.hidden_size, self.intermediate_size);
        let at = |part: &str| format!("encoder.layer.{layer}.{part}");
        Ok(Layer {
            attention: Attention {
                query: weights.linear(&at("attention.self.query"), n, n)?,
                key: weights.linear(&at("attention.self.key"), n, n)?,
                value: weights.linear(&at("attention.self.value"), n, n)?,
                out: weights.linear(&at("attention.output.dense"), n, n)?,
                n_heads: self.num_attention_heads,
            },
            attention_norm: weights.norm(
                &at("attention.output.LayerNorm"),
                n,
                self.layer_norm_eps,
            )?,
            wide: weights.linear(&at("intermediate.dense"), n, wide)?,
            narrow: weights.linear(&at("output.dense"), wide, n)?,
            norm: weights.norm(&at("output.LayerNorm"), n, self.layer_norm_eps)?,
        })
    }
}

impl PoolingConfig {
    fn pooling(&self, path: &Path) -> Result<Pooling> {
        let is_other = self.pooling_mode_max_tokens
            || self.pooling_mode_mean_sqrt_len_tokens
            || self.pooling_mode_lasttoken;
        match is_other {
            true => Err(in_file(
                path,
                "vectors are pooled by the mean or the first piece only",
            )),
            false if self.pooling_mode_cls_token => Ok(Pooling::First),
            false => Ok(Pooling::Mean),
        }
    }
}

fn parsed<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).map_err(|cause| unreadable(path, cause))?;
    serde_json::from_str(&text).map_err(|cause| {
        let error = in_file(path, "this is not the configuration of a model");
        error.at_line(cause.line()).caused_by(cause)
    })
}

fn parsed_if_there<T: DeserializeOwned + Default>(path: &Path) -> Result<T> {
    if path.exists() {
        parsed(path)
    } else {
        Ok(T::default())
    }
}

/// Reads what cuts texts into word pieces; texts are neither padded nor cut by it.
fn piece_maker(path: &Path) -> Result<Tokenizer> {
    let bytes = fs::read(path).map_err(|cause| unreadable(path, cause))?;
    let unusable = |cause| in_file(path, "this is no tokenizer that can be used").caused_by(cause);
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(unusable)?;
    tokenizer.with_padding(None);
    tokenizer.with_truncation(None).map_err(unusable)?;
    Ok(tokenizer)
}

/// Returns the SHA-256 of some files, one after another.
fn digest(paths: &[PathBuf]) -> Result<String> {
    let mut hash = RunningSha256::default();
    for path in paths {
        let added = File::open(path).and_then(|file| hash.add(file));
        added.map_err(|cause| unreadable(path, cause))?;
    }
    Ok(hash.finish())
}

/// Returns the name of a folder, whatever path leads to it.
fn name_of(folder: &Path) -> String {
    let whole = fs::canonicalize(folder);
    let whole = whole.as_deref().unwrap_or(folder);
    let name = whole.file_name().unwrap_or(whole.as_os_str());
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    //! A small model written to a folder, and its vectors worked out by plain loops.

    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use safetensors::tensor::{Dtype, TensorView, serialize};

    use crate::vector::SentenceModel;

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

    fn piece_maker() -> serde_json::Value {
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
        fs::write(folder.join("tokenizer.json"), piece_maker().to_string()).unwrap();
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
                let variance =
                    row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
                let scaled = row.iter().enumerate().map(|(i, x)| {
                    let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
                    (x - mean) / variance.sqrt() * self.at(&weight, i, 0) + self.at(&bias, i, 0)
                });
                scaled.collect()
            };
            rows.iter().map(of_row).collect()
        }

        fn vector(&self, pieces: &[usize]) -> Vec<f64> {
            let at = |name: &str, row, i| {
                self.at(&format!("embeddings.{name}_embeddings.weight"), row, i)
            };
            let embedded = pieces.iter().enumerate().map(|(place, &piece)| {
                let sum =
                    |i| at("word", piece, i) + at("position", place, i) + at("token_type", 0, i);
                (0..N).map(sum).collect()
            });
            let mut rows = self.norm("embeddings.LayerNorm", &embedded.collect());
            for layer in 0..N_LAYERS {
                rows = self.layer(layer, &rows);
            }
            let mean =
                (0..N).map(|i| rows.iter().map(|row| row[i]).sum::<f64>() / rows.len() as f64);
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
}
