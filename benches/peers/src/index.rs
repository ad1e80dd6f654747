//! tantivy alone, with its own English stemmer: positions, stored text, agreement, to disk.

use std::path::Path;

use serde_json::{Value, json};
use tantivy::schema::{
    IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{Index, TantivyDocument};

use crate::records;

pub(crate) fn run(path: &Path) -> Value {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("english")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let text = schema.add_text_field("text", options.set_stored());
    let agreement = schema.add_text_field("agreement", STRING | STORED);
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create_in_dir(folder.path(), schema.build()).unwrap();
    let english = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(StopWordFilter::new(Language::English).unwrap())
        .filter(Stemmer::new(Language::English))
        .build();
    index.tokenizers().register("english", english);
    let mut writer = index.writer_with_num_threads(2, 200_000_000).unwrap();
    for record in records(path) {
        let mut document = TantivyDocument::new();
        document.add_text(text, record["text"].as_str().unwrap());
        document.add_text(agreement, record["agreement"].as_str().unwrap());
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    let searcher = index.reader().unwrap().searcher();
    json!({"clauses": searcher.num_docs()})
}
