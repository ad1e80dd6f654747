//! Twelve tasks of a researcher, each solved in a few lines.
//!
//! | task | needs |
//! |---|---|
//! | [Search with words, phrases and fields](#search-with-words-phrases-and-fields) | [`index`](crate::index) |
//! | [See a word in all its contexts](#see-a-word-in-all-its-contexts) | [`index`](crate::index) |
//! | [Find clauses like one, or like a text](#find-clauses-like-one-or-like-a-text) | [`index`](crate::index) |
//! | [Keep an index on disk up to date](#keep-an-index-on-disk-up-to-date) | [`index`](crate::index) |
//! | [Name what changed between two wordings](#name-what-changed-between-two-wordings) | [`reuse`](crate::reuse) |
//! | [See what changed between two drafts](#see-what-changed-between-two-drafts) | [`finding`](crate::finding) |
//! | [Find whose words are in whose text](#find-whose-words-are-in-whose-text) | [`reuse`](crate::reuse) |
//! | [Hold a draft against agreed language](#hold-a-draft-against-agreed-language) | [`finding`](crate::finding) |
//! | [List the prohibitions, and whom they bind](#list-the-prohibitions-and-whom-they-bind) | [`deontic`](crate::deontic) |
//! | [Find what the table may have missed](#find-what-the-table-may-have-missed) | [`finding`](crate::finding) |
//! | [Score a table against a coding by hand](#score-a-table-against-a-coding-by-hand) | [`evaluation`](crate::evaluation) |
//! | [Ask a person about the least sure clauses](#ask-a-person-about-the-least-sure-clauses) | [`table`](crate::table) |
//!
//! # Search with words, phrases and fields
//!
//! The [query language](crate::index#query-language) knows phrases, wildcards, near misses and fields; hits
//! are ranked by BM25 and say where they match. A thesaurus lets `ICT` find the words it stands for. In the
//! terminal: `consonance search --corpus corpus '"critical infrastructure" year:2015'`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::index::{ClauseIndex, FacetField, IndexParams, SearchParams};
//! use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let analyzer = Analyzer::new(AnalyzerParams::default().thesaurus(Thesaurus::bundled()));
//! let index = ClauseIndex::build(&corpus, &analyzer, &IndexParams::default())?;
//!
//! let params = SearchParams::default().facets(vec![FacetField::Process]);
//! let found = index.search("\"critical infrastructure\" year:2015", &params)?;
//! for hit in &found.hits {
//!     assert_eq!(hit.year, Some(2015));
//!     let words = hit.highlights.iter().map(|at| hit.text[at.clone()].to_lowercase());
//!     assert!(words.into_iter().any(|word| word.contains("infrastructure")));
//! }
//! let by_process = found.facets[0].counts.iter().map(|count| count.value.as_str());
//! assert_eq!(by_process.collect::<Vec<_>>(), ["GGE", "SCO"]);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # See a word in all its contexts
//!
//! A concordance shows every place with the words before and after it, sorted by either side. In the
//! terminal: `consonance search --corpus corpus --kwic right 'sovereign*'`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::index::{ClauseIndex, ConcordanceParams, IndexParams, LineOrder};
//! use consonance::term::Analyzer;
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
//! let params = ConcordanceParams::default().order(LineOrder::Right);
//! let found = index.concordance("sovereign*", &params)?;
//! assert_eq!(found.lines.len(), 7);
//! for line in &found.lines {
//!     assert!(line.hit.starts_with("sovereign"), "{}[{}]{}", line.left, line.hit, line.right);
//! }
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Find clauses like one, or like a text
//!
//! Each hit names the words it shares with the example, with their parts of the score. In the terminal:
//! `consonance search --corpus corpus --like 'GGE 13(i)'`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::index::{ClauseIndex, IndexParams, LikeExample, SearchParams};
//! use consonance::term::Analyzer;
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
//! let example = LikeExample::Text("Nobody should steal trade secrets by computer.");
//! let found = index.more_like(example, &SearchParams::default().limit(3))?;
//! let first = &found.hits[0];
//! assert!(first.shared.iter().any(|part| part.word == "secrets"), "{}", first.citation);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Keep an index on disk up to date
//!
//! An [`IndexFolder`](crate::index::IndexFolder) reads only agreements that have changed into the index. In
//! the terminal: `consonance search --corpus my/agreements --index my/index 'ports'`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::index::{ClauseIndex, IndexFolder, IndexParams, SearchParams};
//! use consonance::term::Analyzer;
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let folder = folder.path();
//! let analyzer = Analyzer::default();
//! let first = Corpus::load(&["corpus/gge2015.md".into()], &LoadParams::default())?;
//! ClauseIndex::build(&first, &analyzer, &IndexParams::default().directory(folder.to_owned()))?;
//!
//! // A text has come, another is gone.
//! let second = Corpus::load(&["corpus/paris2018.md".into()], &LoadParams::default())?;
//! let index = IndexFolder::new(folder, &analyzer);
//! let changes = index.update(&second)?;
//! assert_eq!((changes.added, changes.removed), (vec!["paris2018".into()], vec!["gge2015".into()]));
//! let found = index.open()?.search("secrets", &SearchParams::default())?;
//! assert_eq!(found.n_hits, 1);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Name what changed between two wordings
//!
//! [`compare`](crate::reuse::compare) aligns two texts word by word; a
//! [`SimilarityScale`](crate::reuse::SimilarityScale) grades them, too. Two norms that differ by a negation,
//! a number or the strength of a modal verb are never called the same. In the terminal:
//! `consonance reuse --pairs pairs.jsonl`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::language::Language;
//! use consonance::reuse::SimilarityScale;
//! use consonance::similarity::{Representation, RepresentationParams};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let representation = Representation::of(&corpus, &RepresentationParams::default())?;
//! let scale = SimilarityScale::of(&corpus, &representation);
//!
//! let draft = "States should protect the critical infrastructure of their people.";
//! let adopted = "States shall protect the critical infrastructure of their people.";
//! let (comparison, overlap) = scale.compare_texts([draft, adopted], None, Language::ENGLISH, 4);
//! assert_eq!(&draft[comparison.runs[0].a.clone()], &draft[14..65]);
//! assert_eq!(overlap.changed(), ["modal"]);
//! assert_eq!(overlap.grade.name(), "same subject only");
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # See what changed between two drafts
//!
//! [`compare_versions`](crate::finding::compare_versions) says what became of each clause and whether it binds more or less;
//! a new number alone is no change. [`to_redline`](crate::report::to_redline) makes a Word document with tracked changes of it,
//! [`to_side_by_side`](crate::report::to_side_by_side) a page. In the terminal:
//! `consonance versions rev1.docx rev2.docx --output redline.docx`.
//!
//! ```
//! use consonance::corpus::CorpusBuilder;
//! use consonance::finding::{VersionText, compare_versions};
//! use consonance::read::{ReadLimits, read};
//! use consonance::report::Report;
//!
//! let version = |name: &str, text: &str| -> consonance::Result<VersionText> {
//!     let mut builder = CorpusBuilder::new();
//!     builder.add(read(text.as_bytes(), name, &ReadLimits::default())?, Some(name));
//!     let corpus = builder.build()?;
//!     Ok(VersionText::of(&corpus, corpus.agreements_in(name)[0]).named(name))
//! };
//! let lights = "shall keep a light burning on every pier of their harbors.";
//! let rev1 = format!("1. Members {lights}\n\n2. Pilots may rest for one hour between two voyages.\n");
//! let rev2 = format!("1. Pilots may rest for one hour between two voyages.\n\n2. Members {lights}\n")
//!     .replace("shall", "should");
//! let found = compare_versions(&[version("rev1.txt", &rev1)?, version("rev2.txt", &rev2)?]);
//!
//! let page = found.page(10).to_text();
//! assert!(page.contains("2 clauses before, 2 after: 1 moved, 1 changed; 1 binds less, 2 renumbered."));
//! assert!(page.contains("modal: “shall” became “should”."));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Check the quotations of a paper
//!
//! [`check_quotations`](crate::finding::check_quotations) says of each quotation whether the words are right, and whether they
//! stand where the paper says; [`to_commented`](crate::report::to_commented) makes a Word document with comments of it. In
//! the terminal: `consonance check paper.docx corpus`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::finding::{Paper, check_quotations};
//! use consonance::read::ReadLimits;
//! use consonance::report::Report;
//! use consonance::similarity::{Representation, RepresentationParams};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! // Only words are searched: no dimensions of them are needed.
//! let params = RepresentationParams::default().reduction(None);
//! let representation = Representation::of(&corpus, &params)?;
//! let essay = "States “should promote the responsible reporting of vulnerabilities” (GGE 2015, para. 13(k)).";
//! let paper = Paper::read(essay.as_bytes(), "essay.md", &ReadLimits::default())?;
//! let page = check_quotations(&corpus, &representation, &paper).page(10).to_text();
//! assert!(page.contains("1 quotation: 1 wrong number."));
//! assert!(page.contains("GGE 2015 ¶13(j)"), "it stands there");
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Find whose words are in whose text
//!
//! Passages of six words or more that clauses of different agreements share; boilerplate is set apart. The
//! direction is by the day of publication: the later text need not have its words from the earlier, both
//! may have them from a third. In the terminal: `consonance reuse corpus`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::reuse::{ReuseParams, SharedWording, find_reuse};
//! use consonance::similarity::{Representation, RepresentationParams};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let representation = Representation::of(&corpus, &RepresentationParams::default())?;
//! let params = ReuseParams::default();
//! let wording = SharedWording::of(&corpus, &representation, params.min_run_words);
//! let found = find_reuse(&corpus, &representation, &wording, &params);
//!
//! assert_eq!(found.boilerplate[0].words, "the Covenant on Civil and Political Rights");
//! let chain = &found.chains[0];
//! assert_eq!(chain.words, "its general availability or its integrity");
//! let cited: Vec<&str> = chain.members.iter().map(|of| of.clause.citation.as_str()).collect();
//! assert_eq!(cited, ["EP Resolution 2018 cl. 48", "Paris Call 2018 Principle 2"]);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Hold a draft against agreed language
//!
//! The draft is one agreement of the corpus. Each of its clauses gets its precedents, the words that
//! others have agreed before, and a novelty in `0..=1`. In the terminal: `consonance draft mine.md corpus`.
//!
//! ```
//! use std::collections::BTreeMap;
//! use consonance::corpus::{CorpusBuilder, find_clause};
//! use consonance::finding::check_draft;
//! use consonance::similarity::{Representation, RepresentationParams};
//!
//! let draft = b"1. No one shall pursue activity that damages the public core of the Internet.";
//! let mut builder = CorpusBuilder::new();
//! builder.add_paths(&["corpus".into()])?;
//! builder.add_files(&BTreeMap::from([("draft.txt", &draft[..])]))?;
//! let corpus = builder.build()?;
//! let representation = Representation::of(&corpus, &RepresentationParams::default())?;
//!
//! let draft = corpus.clause(find_clause(&corpus, "draft/1")?).agreement;
//! let checked = check_draft(&corpus, &representation, draft);
//! let precedents = checked.clauses[0].precedents.iter();
//! let cited: Vec<&str> = precedents.map(|precedent| precedent.clause.citation.as_str()).collect();
//! assert!(cited.contains(&"Paris Call 2018 Principle 2"), "{cited:?}");
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # List the prohibitions, and whom they bind
//!
//! Force is read from the verb that governs a clause, also where that is in its lead-in. "Should not" stays
//! a recommendation, which is negated. In the terminal: `consonance force corpus`, or a search for
//! `force:prohibition`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::deontic::Addressee;
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let mut cited = Vec::new();
//! for id in corpus.clause_ids() {
//!     let force = corpus.force(id);
//!     if force.is_negated && force.addressees.contains(&Addressee::States) {
//!         cited.push(format!("{}: {}", corpus.citation(id), force.tag()));
//!     }
//! }
//! assert!(cited.contains(&"GGE 2015 ¶13(f): strong-recommendation (not to)".to_owned()));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Find what the table may have missed
//!
//! An empty cell is silence, or a clause that ended up elsewhere. [`gaps`](crate::finding::gaps) lists both:
//! the empty cells, each with the nearest clause of its process, and clauses that share wording with a row
//! they are not in. In the terminal: `consonance gaps corpus`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::finding::{Study, gaps};
//! use consonance::similarity::Representation;
//! use consonance::table::{ConvergeParams, converge_on};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let params = ConvergeParams::default().n_resamples(0);
//! let representation = Representation::of(&corpus, &params.representation)?;
//! let table = converge_on(&corpus, &representation, &params)?;
//! let found = gaps(&Study::new(corpus, representation, table));
//!
//! let missed = &found.missed[0];
//! assert_eq!(missed.clause.citation, "G7 Lucca 2017 [3]");
//! let shared = missed.run.as_ref().map(|run| run.words.as_str());
//! assert_eq!(shared, Some("on how States behave responsibly"));
//! let near = found.empty.iter().find_map(|cell| cell.near_miss.as_ref());
//! assert_eq!(near.map(|near| near.clause.id.as_str()), Some("arab2010/art-4"));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Score a table against a coding by hand
//!
//! A [`Coding`](crate::evaluation::Coding) says under which issue a person put each clause. Extended B-cubed
//! compares the neighbors of each clause; [`confused_pairs`](crate::evaluation::confused_pairs) lists the worst
//! disagreements, which are the ones worth reading. In the terminal:
//! `consonance evaluate corpus --coding corpus/coding.jsonl`.
//!
//! ```
//! use std::path::Path;
//! use consonance::corpus::{Corpus, LoadParams, read_file};
//! use consonance::evaluation::{Coding, confused_pairs, score_table};
//! use consonance::table::{ConvergeParams, converge};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let coding = Coding::parse(&read_file(Path::new("corpus/coding.jsonl"))?)?;
//! let params = ConvergeParams::default().n_resamples(0).n_clusters(coding.issues().len());
//! let table = converge(&corpus, &params)?;
//!
//! let figures = score_table(&coding, &table)?;
//! assert!(figures.bcubed.f1.value() > 0.55 && figures.placements.f1.value() > 0.55);
//! let worst = &confused_pairs(&coding, &table, 1)[0];
//! let [a, b] = &worst.clauses;
//! assert_ne!(a.row, b.row, "{} and {}", a.clause.citation, b.clause.citation);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # Ask a person about the least sure clauses
//!
//! [`doubts`](crate::table::doubts) ranks clauses by how unsure their place is, each with up to three rows it may belong to.
//! An [`Answer`](crate::table::Answer) becomes a decision of the corrections, which every later table heeds. In the
//! terminal: `consonance review corpus --corrections mine.toml`; `--list --output doubts.docx` is a form to be filled in.
//! The page asks too: put the doubts into [`Findings::doubts`](crate::finding::Findings) before
//! [`to_html`](crate::report::to_html); what it saves is read by [`Corrections::parse`](crate::table::Corrections::parse).
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::similarity::Representation;
//! use consonance::table::{Answer, ConvergeParams, Corrections, DoubtParams, converge_on, doubts};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let params = ConvergeParams::default().n_resamples(0);
//! let representation = Representation::of(&corpus, &params.representation)?;
//! let table = converge_on(&corpus, &representation, &params)?;
//!
//! let mut entries = Vec::new();
//! for doubt in doubts(&corpus, &representation, &table, &DoubtParams::default().most(3))? {
//!     // Here a person reads `doubt.quoted.text`, its place and its rivals, and types an answer.
//!     let answer = Answer::parse("1", doubt.rivals.len())?;
//!     for mut decision in doubt.decide(&corpus, &table, &answer)? {
//!         decision.author = Some("A. Keeper".to_owned());
//!         entries.push(decision.to_toml());
//!     }
//! }
//! let corrections = Corrections::parse(&entries.join("\n"))?;
//! let corrected = converge_on(&corpus, &representation, &params.corrections(corrections))?;
//! assert_eq!(corrected.decisions.len(), 3);
//! assert!(corrected.decisions.iter().all(|outcome| outcome.is_applied()));
//! # Ok::<(), consonance::Error>(())
//! ```
