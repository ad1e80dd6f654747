//! Sentence vectors beside the words.

#[cfg(not(feature = "vectors"))]
#[test]
fn a_model_is_refused_by_name_where_the_feature_is_off() {
    let output = crate::common::programs::consonance("table")
        .args(["--vectors", "some/model"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("some/model"), "{message}");
    assert!(message.contains("feature `vectors`"), "{message}");
}

/// These need a model in the folder that the variable `CONSONANCE_MODEL` names.
#[cfg(feature = "vectors")]
mod needs_model {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Output;

    use consonance::corpus::{Corpus, LoadParams};
    use consonance::evaluation::Coding;
    use consonance::language::Language;
    use consonance::similarity::{Representation, RepresentationParams, rank_for_text};
    use consonance::table::{Codebook, ConvergeParams, GivenIssue, converge_on};
    use consonance::vector::SentenceModel;

    use crate::common::made::corpus_of_texts;
    use crate::common::programs::consonance;

    fn folder() -> PathBuf {
        std::env::var_os("CONSONANCE_MODEL")
            .expect("CONSONANCE_MODEL names no folder")
            .into()
    }

    fn params() -> RepresentationParams {
        RepresentationParams::default().sentences(SentenceModel::open(folder()).unwrap())
    }

    fn bundled() -> Corpus {
        Corpus::load(&["corpus".into()], &LoadParams::default()).unwrap()
    }

    #[test]
    #[ignore = "needs a model of sentence vectors"]
    fn clauses_of_one_meaning_are_near_without_a_common_word() {
        let corpus = corpus_of_texts(&[
            "Ships must not be attacked.",
            "Vessels shall be spared from assault.",
            "Annual fees are due in January.",
            "Members pay their dues every year.",
        ]);
        let representation = Representation::of(&corpus, &params()).unwrap();
        let first = corpus.clause_ids().next().unwrap();
        let ranked = representation.ranking(first);
        assert_eq!(
            corpus.text(ranked[0]),
            "Vessels shall be spared from assault."
        );

        let ranked = rank_for_text(&representation, "money owed by the crew", Language::ENGLISH);
        let best = corpus.text(ranked.unwrap()[0]).to_owned();
        assert!(best.contains("dues") || best.contains("fees"), "{best}");
    }

    #[test]
    #[ignore = "needs a model of sentence vectors"]
    fn the_table_is_the_same_on_any_number_of_threads_and_from_kept_vectors_and_names_the_model() {
        let corpus = bundled();
        let table_on = |n_threads: usize, params: &RepresentationParams| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            pool.build().unwrap().install(|| {
                let representation = Representation::of(&corpus, params).unwrap();
                let made = ConvergeParams::default().representation(params.clone());
                let table = converge_on(&corpus, &representation, &made).unwrap();
                serde_json::to_string(&table).unwrap()
            })
        };
        let params = params();
        let one = table_on(1, &params);
        let model = params.sentences.clone().unwrap();
        assert!(one.contains(model.digest()) && one.contains(model.name()));

        let again = SentenceModel::open(folder()).unwrap();
        assert!(table_on(3, &params) == one, "other bytes from kept vectors");
        let fresh = RepresentationParams::default().sentences(again);
        assert!(table_on(3, &fresh) == one, "other bytes on three threads");

        let words = RepresentationParams::default();
        let words = Representation::of(&corpus, &words).unwrap();
        assert!(
            words.rows().n_columns() < 384,
            "nothing changes without a model"
        );
    }

    #[test]
    #[ignore = "needs a model of sentence vectors"]
    fn the_bundled_corpus_is_ranked_and_placed_better() {
        let corpus = bundled();
        let coding = fs::read_to_string("corpus/coding.jsonl").unwrap();
        let coding = Coding::parse(&coding).unwrap();
        let issues = coding.issues().into_iter().map(GivenIssue::new);
        let guide = Codebook::new(issues.collect()).unwrap();
        let right = |params: &RepresentationParams| {
            let representation = Representation::of(&corpus, params).unwrap();
            let nearest = guide.nearest(&corpus, &representation).unwrap();
            let coded = coding.clauses().iter();
            let right = coded.filter(|coded| {
                let clause = corpus.find(&coded.id).unwrap();
                let issue = nearest[clause.index()].map(|issue| &guide.issues[issue].name);
                issue.is_some_and(|issue| coded.issues.contains(issue))
            });
            right.count()
        };
        let (words, both) = (right(&RepresentationParams::default()), right(&params()));
        assert!(both >= words, "{both} against {words}");
        assert!(both >= 72, "{both} of 93");
    }

    fn table_with(model: &Path, cache: &Path) -> Output {
        let mut table = consonance("table");
        table.args(["--vectors".as_ref(), model.as_os_str()]);
        table.args(["--vector-cache".as_ref(), cache.as_os_str()]);
        table
            .args(["--format", "json", "--resamples", "0"])
            .output()
            .unwrap()
    }

    #[test]
    #[ignore = "needs a model of sentence vectors"]
    fn the_program_keeps_vectors_for_the_next_time_and_refuses_a_file_that_is_none() {
        let temporary = tempfile::tempdir().unwrap();
        let cache = temporary.path().join("kept");
        let first = table_with(&folder(), &cache);
        assert!(
            first.status.success(),
            "{}",
            String::from_utf8_lossy(&first.stderr)
        );
        let kept = fs::read(&cache).unwrap();
        assert!(kept.len() > 90 * 384 * 4);
        let second = table_with(&folder(), &cache);
        assert!(
            second.stdout == first.stdout,
            "the same table from kept vectors"
        );
        assert_eq!(fs::read(&cache).unwrap(), kept);

        fs::write(&cache, "something of mine").unwrap();
        let refused = table_with(&folder(), &cache);
        assert_eq!(refused.status.code(), Some(1));
        let message = String::from_utf8(refused.stderr).unwrap();
        assert!(
            message.contains("kept") && message.contains("--vector-cache"),
            "{message}"
        );
        assert_eq!(fs::read_to_string(&cache).unwrap(), "something of mine");
    }
}
