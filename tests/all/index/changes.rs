//! An index on disk that changes: readers go on, what is torn is refused, what is the same stays.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use consonance::corpus::{Corpus, LoadParams};
use consonance::error::ErrorKind;
use consonance::id::AgreementId;
use consonance::index::{ClauseIndex, IndexFolder, IndexParams, SearchParams};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};

/// A corpus of agreements, each with its clauses.
fn corpus(agreements: &[(&str, &[&str])]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for (agreement, clauses) in agreements {
        for (place, text) in clauses.iter().enumerate() {
            let line = serde_json::json!({
                "id": format!("{agreement}/{place}"), "agreement": agreement, "lang": "en",
                "text": text,
            });
            lines += &line.to_string();
            lines.push('\n');
        }
    }
    let file = folder.path().join("clauses.jsonl");
    fs::write(&file, lines).unwrap();
    Corpus::load(&[file], &LoadParams::default()).unwrap()
}

fn build_in(directory: &Path, corpus: &Corpus, analyzer: &Analyzer) -> ClauseIndex {
    let mut params = IndexParams::default();
    params.directory = Some(directory.to_owned());
    ClauseIndex::build(corpus, analyzer, &params).unwrap()
}

fn n_hits(index: &ClauseIndex, query: &str) -> usize {
    index
        .search(query, &SearchParams::default())
        .unwrap()
        .n_hits
}

#[test]
fn one_agreement_is_added_replaced_and_removed() {
    let (folder, analyzer) = (tempfile::tempdir().unwrap(), Analyzer::default());
    let first = corpus(&[("b", &["ports stay open", "lighthouses shine"])]);
    let mut index = build_in(folder.path(), &first, &analyzer);
    let kept = IndexFolder::new(folder.path(), &analyzer);
    let put = |text: &str| {
        kept.put(&corpus(&[("a", &[text])]), AgreementId::new(0))
            .unwrap()
    };

    assert_eq!(put("ports are deep").added, ["a"]);
    assert_eq!(
        n_hits(&index, "ports"),
        1,
        "not taken up before it is reloaded"
    );
    assert!(index.reload().unwrap());
    assert_eq!(n_hits(&index, "ports"), 2);
    // The clauses of `a` now come first, as in a corpus of both.
    let hits = index
        .search("key:b/0", &SearchParams::default())
        .unwrap()
        .hits;
    assert_eq!(hits[0].clause_id.index(), 1);

    assert!(put("ports are deep").is_empty() && !index.reload().unwrap());
    assert_eq!(put("harbors are deep").replaced, ["a"]);
    index.reload().unwrap();
    assert_eq!((n_hits(&index, "ports"), n_hits(&index, "harbors")), (1, 1));

    assert_eq!(kept.remove("a").unwrap().removed, ["a"]);
    assert!(kept.remove("a").unwrap().is_empty());
    index.reload().unwrap();
    assert_eq!((n_hits(&index, "harbors"), index.n_clauses()), (0, 2));
    assert!(index.is_of(&first));
}

#[test]
fn a_folder_is_brought_in_step_with_a_corpus_in_one_step() {
    let (folder, analyzer) = (tempfile::tempdir().unwrap(), Analyzer::default());
    let old = corpus(&[("a", &["ports"]), ("b", &["ships"]), ("c", &["sails"])]);
    let new = corpus(&[("a", &["ports"]), ("b", &["masts"]), ("d", &["keels"])]);
    build_in(folder.path(), &old, &analyzer);
    let kept = IndexFolder::new(folder.path(), &analyzer);
    let changes = kept.update(&new).unwrap();
    let lists = (changes.added, changes.replaced, changes.removed);
    let one = |key: &str| vec![key.to_owned()];
    assert_eq!(lists, (one("d"), one("b"), one("c")));
    assert!(kept.open().unwrap().is_of(&new) && kept.update(&new).unwrap().is_empty());
}

#[test]
fn readers_answer_while_a_writer_commits_and_take_up_each_state_whole() {
    let (folder, analyzer) = (tempfile::tempdir().unwrap(), Analyzer::default());
    let first = corpus(&[("a", &["ports"]), ("b", &["ports and ships"])]);
    let before = build_in(folder.path(), &first, &analyzer);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut fresh = ClauseIndex::open(folder.path(), &analyzer).unwrap();
                while !is_over.load(Ordering::Relaxed) {
                    // A snapshot answers the same until it is reloaded; a reload finds a whole state,
                    // in which the two words always go together.
                    assert_eq!(n_hits(&before, "ports"), 2);
                    fresh.reload().unwrap();
                    assert_eq!(n_hits(&fresh, "tide"), n_hits(&fresh, "ebb"));
                }
            });
        }
        let kept = IndexFolder::new(folder.path(), &analyzer);
        for n in 0..12 {
            let text = format!("tide {n} and ebb {n}");
            let many: Vec<&str> = vec![&text; n + 1];
            kept.put(&corpus(&[("c", &many)]), AgreementId::new(0))
                .unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(n_hits(&before, "tide"), 0);
    assert_eq!(
        n_hits(
            &ClauseIndex::open(folder.path(), &analyzer).unwrap(),
            "tide"
        ),
        12
    );
}

#[test]
fn what_is_missing_damaged_or_of_another_analyzer_is_not_changed() {
    let (folder, analyzer) = (tempfile::tempdir().unwrap(), Analyzer::default());
    let texts = corpus(&[("a", &["ports"])]);
    let nothing = tempfile::tempdir().unwrap();
    let error = IndexFolder::new(nothing.path(), &analyzer)
        .remove("a")
        .unwrap_err();
    assert!(error.to_string().contains("no search index"), "{error}");

    build_in(folder.path(), &texts, &analyzer);
    let mut other = AnalyzerParams::default();
    other.thesaurus = Thesaurus::bundled();
    let other = Analyzer::new(other);
    let error = IndexFolder::new(folder.path(), &other)
        .remove("a")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Index);
    assert!(error.to_string().contains("analyzer"), "{error}");

    let manifest = nothing.path().join("consonance-index.json");
    fs::write(
        manifest,
        r#"{"schema": "consonance.index/1", "corpus": "x"}"#,
    )
    .unwrap();
    let error = ClauseIndex::open(nothing.path(), &analyzer).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Index);
    assert!(
        error.to_string().contains("fields `consonance.index/1`"),
        "{error}"
    );

    let files = fs::read_dir(folder.path().join("g1")).unwrap();
    let store = files
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "store"))
        .unwrap();
    fs::write(&store, "torn").unwrap();
    let error = IndexFolder::new(folder.path(), &analyzer)
        .remove("a")
        .unwrap_err();
    assert!(error.to_string().contains("missing or cut off"), "{error}");
}
