//! [`open`]: a folder with the files of a model to a [`SentenceModel`].

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokenizers::Tokenizer;

use crate::error::Result;
use crate::vector::sentence::bert::{Bert, Pooling};
use crate::vector::sentence::layer::{Attention, Layer};
use crate::vector::sentence::model::{ModelIdentity, SentenceModel};
use crate::vector::sentence::weights::{Weights, in_file, unreadable};
use crate::words::StableHash;

const CONFIG: &str = "config.json";
const TOKENIZER: &str = "tokenizer.json";
const TENSORS: &str = "model.safetensors";
/// Files that not every model has.
const POOLING: &str = "1_Pooling/config.json";
/// The bytes read at a time.
const BLOCK: usize = 1 << 16;
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
pub(super) fn open(folder: &Path) -> Result<SentenceModel> {
    let at = |name: &str| folder.join(name);
    let config: Config = parsed(&at(CONFIG))?;
    config.check(&at(CONFIG))?;
    let pooling: PoolingConfig = parsed_if_there(&at(POOLING))?;
    let sentences: SentenceConfig = parsed_if_there(&at(SENTENCES))?;
    let tokenizer = tokenizer(&at(TOKENIZER))?;
    let bert = Bert {
        max_pieces: config.max_pieces(&sentences),
        pooling: pooling.pooling(&at(POOLING))?,
        ..config.weights(Weights::open(at(TENSORS))?, tokenizer)?
    };
    let digest = digest(&at(TENSORS))?;
    let mut identity = StableHash::of(digest.bytes());
    for file in [CONFIG, TOKENIZER, POOLING, SENTENCES].map(at) {
        identity.add(fs::read(file).unwrap_or_default());
    }
    let identity = ModelIdentity {
        name: name_of(folder),
        digest,
        number: identity.number(),
    };
    Ok(SentenceModel::new(identity, Box::new(bert)))
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
            position: position + &segment.row(0),
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

/// Reads the tokenizer; texts are neither padded nor cut by it.
fn tokenizer(path: &Path) -> Result<Tokenizer> {
    let bytes = fs::read(path).map_err(|cause| unreadable(path, cause))?;
    let unusable = |cause| in_file(path, "this is no tokenizer that can be used").caused_by(cause);
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(unusable)?;
    tokenizer.with_padding(None);
    tokenizer.with_truncation(None).map_err(unusable)?;
    Ok(tokenizer)
}

/// Returns the SHA-256 of a file, read block by block.
fn digest(path: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path).map_err(|cause| unreadable(path, cause))?;
    let mut block = vec![0; BLOCK];
    loop {
        let n = file
            .read(&mut block)
            .map_err(|cause| unreadable(path, cause))?;
        if n == 0 {
            break;
        }
        hash.update(&block[..n]);
    }
    let bytes = hash.finalize();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns the name of a folder, whatever path leads to it.
fn name_of(folder: &Path) -> String {
    let whole = fs::canonicalize(folder);
    let whole = whole.as_deref().unwrap_or(folder);
    let name = whole.file_name().unwrap_or(whole.as_os_str());
    name.to_string_lossy().into_owned()
}
