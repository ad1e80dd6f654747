//! Where the words of clauses are in their files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use consonance::corpus::{Corpus, LoadParams};
use consonance::read::{Body, ReadLimits, add_to_file_text, read};

use crate::common::programs::consonance;
use crate::common::shared::shared;

const ARTICLES: &str = "Article 1\nMembers shall keep a light on every pier.\n\n\
                        Article 2\nMembers shall not sound false bells:\n(a) in fog;\n(b) at night near the reef.\n";

/// Returns the text of a file in which offsets count.
pub(crate) fn text_of(path: &Path, name: &str) -> String {
    let bytes = fs::read(path).unwrap();
    let mut text = String::new();
    for document in read(&bytes, name, &ReadLimits::default())
        .unwrap()
        .documents
    {
        match document.body {
            Body::Text { text: words, .. } => {
                add_to_file_text(&mut text, &words);
            }
            Body::Clauses(records) => {
                for record in records {
                    add_to_file_text(&mut text, &record.text);
                }
            }
        }
    }
    text
}

/// Checks that each clause of a corpus is in its file where it is said to be; returns the number of clauses.
fn check(corpus: &Corpus, folder: &Path) -> usize {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for id in corpus.clause_ids() {
        let key = &corpus.clause(id).key;
        let original = corpus.original(id).unwrap_or_else(|| panic!("{key}"));
        let text = texts
            .entry(original.file.clone())
            .or_insert_with(|| text_of(&folder.join(&original.file), &original.file));
        let words: String = original
            .bytes
            .iter()
            .map(|range| &text[range.clone()])
            .collect();
        assert_eq!(words, corpus.text(id), "{key}");
        assert_eq!(
            original.sha256.map(|digits| digits.len()),
            Some(64),
            "{key}"
        );
    }
    corpus.clauses().len()
}

fn load(folder: &Path) -> Corpus {
    Corpus::load(&[folder.to_owned()], &LoadParams::default()).unwrap()
}

#[test]
fn words_are_found_in_files_of_several_formats() {
    let folder = tempfile::tempdir().unwrap();
    let in_html = ARTICLES.replace('\n', "<br>\n");
    let records = [
        r#"{"agreement": "b", "clause": "2", "text": "  Keep the well clean. "}"#,
        r#"{"agreement": "a", "clause": "1", "text": "Salt is shared among caravans."}"#,
        r#"{"agreement": "b", "clause": "1", "text": "Märkte öffnen früh."}"#,
        r#"{"agreement": "b", "clause": "3", "text": "Camels rest at noon."}"#,
    ];
    let files = [
        ("pier.txt", ARTICLES.to_owned()),
        (
            "pact.md",
            format!("---\ntitle: Pact of the Pier\n---\n\n# Pact\n\n{ARTICLES}"),
        ),
        (
            "page.html",
            format!("<html><body><h1>Page of the Sea</h1><p>{in_html}</p></body></html>"),
        ),
        ("desert.jsonl", records.join("\n")),
        (
            "market.csv",
            "agreement,clause,text\nc,2,Stalls close at dusk.\nc,1,Weights are true.\n".to_owned(),
        ),
        // Two texts of one agreement, and a text to which a file of clauses adds some.
        ("one/code.txt", ARTICLES.replace("light", "lamp")),
    ];
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let more = r#"{"agreement": "code", "clause": "9", "text": "Keepers sleep by day."}"#;
    fs::write(folder.path().join("more.jsonl"), more).unwrap();
    let corpus = load(folder.path());
    assert!(check(&corpus, folder.path()) >= 15);
    let added = corpus
        .find("code/9")
        .and_then(|id| corpus.original(id))
        .unwrap();
    assert_eq!(added.file, "more.jsonl");
    assert_eq!(added.bytes.len(), 1);
    assert_eq!(added.bytes[0], 0..21);
}

#[test]
fn a_file_is_told_by_the_hash_of_its_bytes_and_clauses_without_one_have_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "1. Keep a light.\n").unwrap();
    fs::write(folder.path().join("corpus.toml"), "name = \"Lights\"\n").unwrap();
    let corpus = load(folder.path());
    let names: Vec<&str> = corpus.files().iter().map(|of| of.file.as_str()).collect();
    assert_eq!(names, ["a.txt", "corpus.toml"]);
    let expected = "f8a61ba47698f1e3f4d47eddb793e0887fdbd98ad9e9add447e2ec9ce7512816";
    assert_eq!(corpus.files()[0].sha256, expected);
    let made = crate::common::made::corpus_of_texts(&["1. Keep a light.\n"]);
    let id = made.clause_ids().next().unwrap();
    let original = made.original(id);
    assert_eq!(
        original.and_then(|original| original.sha256),
        None,
        "no bytes, no hash"
    );
}

/// What `segment --text` writes is the text in which the bytes of the table count.
#[test]
fn the_bytes_of_a_table_are_those_of_the_text_that_segment_writes() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("inputs");
    fs::create_dir(&inputs).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/programs/clauses.jsonl");
    fs::copy(data, inputs.join("clauses.jsonl")).unwrap();
    fs::write(
        inputs.join("pier.md"),
        format!("# Pact of the Pier\n\n{ARTICLES}"),
    )
    .unwrap();
    let table = consonance("table")
        .arg(&inputs)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let table: serde_json::Value = serde_json::from_slice(&table.stdout).unwrap();
    let cells = table["rows"].as_array().unwrap().iter().flat_map(|row| {
        let cells = row["cells"].as_object().unwrap().values();
        cells.flat_map(|quotes| quotes.as_array().unwrap())
    });
    let quotes = cells.chain(table["alone"].as_array().unwrap());
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut n_quotes = 0;
    for quote in quotes {
        let original = &quote["original"];
        let file = original["file"].as_str().unwrap();
        let text = texts.entry(file.to_owned()).or_insert_with(|| {
            let out = folder.path().join("out.txt");
            let status = consonance("segment")
                .arg(inputs.join(file))
                .arg("--text")
                .arg(&out)
                .output();
            assert!(status.unwrap().status.success());
            fs::read_to_string(out).unwrap()
        });
        let byte = |of: &serde_json::Value| usize::try_from(of.as_u64().unwrap()).unwrap();
        let ranges = original["bytes"].as_array().unwrap().iter();
        let words = ranges.map(|range| &text[byte(&range["start"])..byte(&range["end"])]);
        assert_eq!(words.collect::<String>(), quote["text"].as_str().unwrap());
        n_quotes += 1;
    }
    assert!(texts.len() == 2 && n_quotes >= 14, "{n_quotes}");
}

mod needs_shared {
    use super::*;

    /// Documents as bodies publish them: pages, PDF, Word, official XML, a workbook, packed records.
    #[test]
    #[ignore = "needs ../shared"]
    fn words_are_found_in_documents_of_all_formats() {
        let names = [
            "GDPR_en_eurlex.html",
            "Paris-Call-WG6-Supply-chain-security-mapping-version-2021-11-10.xlsx",
            "akn_eu_COM_2013_0619_EN-8.xml",
            "fish-stocks-agreement-1995.pdf",
            "lobby_Microsoft.docx",
            "tota-108.xml",
            "treaty_BWBV0003294.md",
            "udhr_dev.jsonl.gz",
            "un_charter_ar.txt",
        ];
        for name in names {
            let path = shared("documents").join(name);
            let corpus = Corpus::load(std::slice::from_ref(&path), &LoadParams::default()).unwrap();
            assert!(check(&corpus, Path::new("")) > 10, "{name}");
        }
    }
}
