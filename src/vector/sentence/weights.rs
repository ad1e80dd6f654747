//! [`Weights`]: the numbers of a model in a file of tensors, read one tensor at a time.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2};
use safetensors::tensor::{Dtype, Metadata};

use crate::error::{Error, ErrorKind, Result};
use crate::vector::sentence::layer::{Linear, Norm};

/// The greatest length of the list of tensors.
const MAX_HEADER: u64 = 100_000_000;
/// The numbers read at a time.
const BLOCK: usize = 1 << 14;
/// The bytes of the length that precedes the list.
const LENGTH: usize = 8;

/// The tensors of a file.
pub(super) struct Weights {
    path: PathBuf,
    file: File,
    list: Metadata,
    /// Where the numbers begin.
    start: u64,
    /// What precedes the name of each tensor.
    prefix: &'static str,
}

impl Weights {
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        let opened = File::open(&path).and_then(|mut file| Ok((header(&mut file)?, file)));
        let (header, file) = opened.map_err(|cause| unreadable(&path, cause))?;
        let names = header.get(LENGTH..).unwrap_or_default();
        let list: Metadata = serde_json::from_slice(names).map_err(|cause| {
            let message = "this is no file of tensors (safetensors)";
            in_file(&path, message).caused_by(cause)
        })?;
        let is_named = |name: &str| list.info(name).is_some();
        let prefix = if is_named("bert.embeddings.word_embeddings.weight") {
            "bert."
        } else {
            ""
        };
        Ok(Self {
            start: header.len() as u64,
            path,
            file,
            list,
            prefix,
        })
    }

    /// Reads a vector of `n` numbers.
    pub(super) fn vector(&mut self, name: &str, n: usize) -> Result<Array1<f32>> {
        Ok(Array1::from_vec(self.numbers(name, &[n])?))
    }

    /// Reads a matrix.
    pub(super) fn matrix(&mut self, name: &str, shape: [usize; 2]) -> Result<Array2<f32>> {
        let numbers = self.numbers(name, &shape)?;
        let matrix = Array2::from_shape_vec(shape, numbers);
        matrix.map_err(|_| in_file(&self.path, &format!("tensor `{name}` is too short")))
    }

    /// Reads a linear map from `n_in` to `n_out` dimensions.
    pub(super) fn linear(&mut self, name: &str, n_in: usize, n_out: usize) -> Result<Linear> {
        Ok(Linear {
            weight: self.matrix(&format!("{name}.weight"), [n_out, n_in])?,
            bias: self.vector(&format!("{name}.bias"), n_out)?,
        })
    }

    /// Reads a normalization of `n` dimensions.
    pub(super) fn norm(&mut self, name: &str, n: usize, epsilon: f32) -> Result<Norm> {
        Ok(Norm {
            weight: self.vector(&format!("{name}.weight"), n)?,
            bias: self.vector(&format!("{name}.bias"), n)?,
            epsilon,
        })
    }

    /// Reads the numbers of a tensor, and checks that its shape is the one that the model's configuration asks for.
    fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let name = format!("{}{name}", self.prefix);
        let Some(info) = self.list.info(&name) else {
            let message = format!("there is no tensor `{name}`: the model is no BERT encoder");
            return Err(in_file(&self.path, &message));
        };
        if info.dtype != Dtype::F32 || info.shape != shape {
            let message = format!(
                "tensor `{name}` holds {:?} numbers of shape {:?}, not F32 of {shape:?}",
                info.dtype, info.shape
            );
            return Err(in_file(&self.path, &message));
        }
        let (from, to) = info.data_offsets;
        let read = self.read(from as u64, (to - from) / 4);
        read.map_err(|cause| unreadable(&self.path, cause))
    }

    fn read(&mut self, from: u64, n: usize) -> std::io::Result<Vec<f32>> {
        self.file.seek(SeekFrom::Start(self.start + from))?;
        let mut numbers = Vec::with_capacity(n);
        let mut block = vec![0; 4 * n.min(BLOCK)];
        while numbers.len() < n {
            let block = &mut block[..4 * (n - numbers.len()).min(BLOCK)];
            self.file.read_exact(block)?;
            let fours = block.chunks_exact(4);
            numbers
                .extend(fours.map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])));
        }
        Ok(numbers)
    }
}

/// Reads the list of tensors, with the length before it.
fn header(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut header = Vec::new();
    file.by_ref().take(LENGTH as u64).read_to_end(&mut header)?;
    let bytes = header.iter().rev();
    let length = bytes.fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    file.take(length.min(MAX_HEADER)).read_to_end(&mut header)?;
    Ok(header)
}

/// Returns the error for a file whose rules are broken.
pub(super) fn in_file(path: &Path, message: &str) -> Error {
    Error::new(ErrorKind::Format, message).in_file(path.display().to_string())
}

/// Returns the error for a file that cannot be read.
pub(super) fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    let message = "this file of the model cannot be read";
    let error = Error::new(ErrorKind::Io, message).caused_by(cause);
    error.in_file(path.display().to_string())
}
