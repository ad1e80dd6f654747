//! linfa's own vectorizer: TF-IDF of words and bigrams that occur in at least two clauses.

use linfa_preprocessing::tf_idf_vectorization::TfIdfVectorizer;
use ndarray::Array1;
use serde_json::{Value, json};

pub(crate) fn run(texts: Vec<String>) -> Value {
    let n = texts.len() as f32;
    let texts = Array1::from(texts);
    let fitted = TfIdfVectorizer::default()
        .n_gram_range(1, 2)
        .document_frequency(2.0 / n, 1.0)
        .fit(&texts)
        .unwrap();
    let matrix = fitted.transform(&texts).unwrap();
    json!({"values": matrix.nnz()})
}
