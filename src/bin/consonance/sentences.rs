//! The values of `--vectors` and `--vector-cache`: sentence vectors from a folder, kept in a file for the next time.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use consonance::corpus::Corpus;
use consonance::report::save;
use consonance::similarity::{Representation, RepresentationParams};
use consonance::vector::SentenceModel;

use crate::output::tell;

/// The word for no file on the command line.
const NO_FILE: &str = "none";
/// How many digits of the model's digest stand in the name of the file of its vectors.
const N_DIGITS: usize = 8;
/// The operations that one thread does in a second, about: matrix products of 50 to 60 rows on a core of 2020 or later.
const OPERATIONS_PER_SECOND: f64 = 4e10;
/// Work of fewer seconds is not told.
const LITTLE: f64 = 1.0;

/// Sentence vectors beside the words.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct SentenceArgs {
    /// Compare clauses by sentence vectors as well as by their words: a folder with a model such as all-MiniLM-L6-v2
    /// (`config.json`, `tokenizer.json`, `model.safetensors`). Nothing is fetched from a network. For clauses in the
    /// language of the model, which is often English alone.
    #[arg(long, value_name = "FOLDER")]
    vectors: Option<PathBuf>,

    /// Keep the sentence vectors in this file for the next time, or `none`; by default in the folder of the model.
    #[arg(long, value_name = "FILE|none", requires = "vectors")]
    vector_cache: Option<PathBuf>,
}

/// A model, and where its vectors are kept.
pub(crate) struct Sentences {
    pub(crate) model: SentenceModel,
    file: Option<PathBuf>,
    /// The number of vectors that the file has.
    n_kept: usize,
}

impl SentenceArgs {
    /// Opens the model, with the vectors that were kept before.
    pub(crate) fn open(&self) -> Result<Option<Sentences>> {
        let Some(folder) = &self.vectors else {
            return Ok(None);
        };
        let model = SentenceModel::open(folder)?;
        let file = match &self.vector_cache {
            Some(file) if file.as_os_str() == NO_FILE => None,
            Some(file) => Some(file.clone()),
            None => Some(folder.join(name_of_kept(&model))),
        };
        if let Some(file) = &file {
            read_kept(&model, file)?;
        }
        Ok(Some(Sentences {
            n_kept: model.n_kept(),
            model,
            file,
        }))
    }

    /// Represents a corpus, with sentence vectors if they are wanted: their cost is told before, and they are kept.
    pub(crate) fn represent(
        &self,
        corpus: &Corpus,
        params: &mut RepresentationParams,
    ) -> Result<Representation> {
        let sentences = self.open()?;
        if let Some(sentences) = &sentences {
            sentences.tell_cost(corpus)?;
            params.sentences = Some(sentences.model.clone());
        }
        let representation = Representation::of(corpus, params)?;
        if let Some(sentences) = &sentences {
            sentences.keep();
        }
        Ok(representation)
    }
}

/// Returns the name of the file of kept vectors in the folder of their model; a model that replaces it gets another.
fn name_of_kept(model: &SentenceModel) -> String {
    let digits: String = model.digest().chars().take(N_DIGITS).collect();
    format!("consonance-{digits}.vectors")
}

/// Adds the vectors in a file to those of a model, if there is one.
fn read_kept(model: &SentenceModel, file: &Path) -> Result<()> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    let named = || {
        format!(
            "{}: remove it, or name another file with --vector-cache",
            file.display()
        )
    };
    model.keep(&bytes).with_context(named)
}

impl Sentences {
    /// Tells what work is to come.
    fn tell_cost(&self, corpus: &Corpus) -> Result<()> {
        let work = self.model.work(corpus)?;
        let n_threads = rayon::current_num_threads();
        let seconds = work.n_operations as f64 / OPERATIONS_PER_SECOND / n_threads as f64;
        let name = self.model.name();
        if seconds >= LITTLE {
            tell(&format!(
                "sentence vectors of {} texts with {name}: about {seconds:.0} s on {n_threads} threads ({} clauses are known from before)",
                work.n_texts, work.n_known
            ));
        }
        if work.n_cut > 0 {
            tell(&format!(
                "{} clauses are longer than {name} reads: their beginning gives their sentence vector",
                work.n_cut
            ));
        }
        Ok(())
    }

    /// Writes the vectors to their file, if there are new ones; a file that cannot be written is told.
    pub(crate) fn keep(&self) {
        let Some(file) = &self.file else { return };
        if self.model.n_kept() == self.n_kept {
            return;
        }
        if let Err(error) = save(file, self.model.kept()) {
            tell(&format!(
                "the sentence vectors are not kept for the next time: {error:#}"
            ));
        }
    }
}
