//! From a folder of agreements to a table that a person has corrected, in ten steps.
//!
//! Each step is a program of its own: copy it into a `main` that returns
//! [`consonance::Result<()>`](crate::Result), and replace `"corpus"` by a folder of yours. Where the
//! program `consonance` does the same, its command is given.
//!
//! 1. [Read a folder](#1-read-a-folder)
//! 2. [Look at the clauses of a text](#2-look-at-the-clauses-of-a-text)
//! 3. [Say who agreed what, and when](#3-say-who-agreed-what-and-when)
//! 4. [Make the table](#4-make-the-table)
//! 5. [Read a row](#5-read-a-row)
//! 6. [Ask for more or fewer issues, and how stable they are](#6-ask-for-more-or-fewer-issues-and-how-stable-they-are)
//! 7. [Ask why two clauses are together](#7-ask-why-two-clauses-are-together)
//! 8. [Name issues of your own](#8-name-issues-of-your-own)
//! 9. [Correct the table](#9-correct-the-table)
//! 10. [Write it to files, and read it again](#10-write-it-to-files-and-read-it-again)
//!
//! # 1. Read a folder
//!
//! [`Corpus::load`](crate::corpus::Corpus::load) reads files and folders of any format: text, Markdown,
//! web pages, Word, PDF, spreadsheets. A file that cannot be read does not stop the others; it is among
//! the [diagnostics](crate::corpus::Corpus::diagnostics), with the reason.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! assert_eq!(corpus.agreements().len(), 26);
//! assert_eq!(corpus.processes().len(), 20);
//! assert_eq!(corpus.clauses().len(), 93);
//! assert_eq!(corpus.refused_files().count(), 0);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 2. Look at the clauses of a text
//!
//! A table is as good as its clauses, so look at them before anything else. A clause is the smallest
//! numbered or listed provision; it is cited by its official number, and it has a
//! [kind](crate::clause::ClauseKind): norms count, a preamble does not. In the terminal:
//! `consonance segment corpus/gge2015.md`.
//!
//! ```
//! use consonance::clause::ClauseKind;
//! use consonance::corpus::{Corpus, LoadParams, find_clause};
//!
//! let corpus = Corpus::load(&["corpus/gge2015.md".into()], &LoadParams::default())?;
//! let id = find_clause(&corpus, "GGE 13(c)")?;
//! let clause = corpus.clause(id);
//! assert_eq!(clause.key, "gge2015/13(c)");
//! assert_eq!(clause.kind, ClauseKind::Norm);
//! assert_eq!(clause.label.as_ref().map(|label| label.as_str()), Some("¶13(c)"));
//!
//! // A clause is a range of bytes of its agreement: nothing is rewritten.
//! let agreement = corpus.agreement(clause.agreement);
//! assert_eq!(&agreement.text[clause.range.clone()], corpus.text(id));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 3. Say who agreed what, and when
//!
//! The table counts processes, not texts: what one forum repeats in five declarations is one voice. Which
//! process a text belongs to, its year and its short name are in the text itself (front matter), or in
//! a `corpus.toml` of the folder. The folder here is in memory.
//!
//! ```
//! use std::collections::BTreeMap;
//! use consonance::corpus::CorpusBuilder;
//!
//! let manifest = br#"
//! [[agreement]]
//! file = "code.txt"
//! short_name = "Code 2015"
//! process = "Harbor Conference"
//! year = 2015
//!
//! [[agreement]]
//! file = "annex.txt"
//! process = "Harbor Conference"
//! "#;
//! let files: BTreeMap<&str, &[u8]> = BTreeMap::from([
//!     ("corpus.toml", &manifest[..]),
//!     ("code.txt", b"1. Members shall keep their harbor lights burning."),
//!     ("annex.txt", b"1. Lights should be green at the entrance."),
//! ]);
//! let mut builder = CorpusBuilder::new();
//! builder.add_files(&files)?;
//! let corpus = builder.build()?;
//!
//! assert_eq!(corpus.processes().len(), 1);
//! assert_eq!(corpus.processes()[0].agreements.len(), 2);
//! let code = corpus.find("code/1").map(|id| corpus.citation(id));
//! assert_eq!(code.as_deref(), Some("Code 2015 1"));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 4. Make the table
//!
//! [`converge`](crate::table::converge) puts clauses of different processes that are about one subject
//! into a row, and names the row by the words that its clauses share and the others lack. Rows are ordered
//! by the number of processes. In the terminal: `consonance table corpus`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{ConvergeParams, converge};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! // Resampling (step 6) takes most of the time, so it is left out here.
//! let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
//!
//! let widest: Vec<(&str, usize)> =
//!     table.rows.iter().take(2).map(|row| (row.issue.as_str(), row.n_processes)).collect();
//! assert_eq!(
//!     widest,
//!     [("Human rights online", 8), ("Critical infrastructure", 6)]
//! );
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 5. Read a row
//!
//! A row has a cell for each process that speaks of its issue; the cell quotes the clauses, each with a
//! score: its mean similarity to the other clauses of the row. Clauses in no row are listed with the
//! reason, so that every clause is found again.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{ConvergeParams, converge, find_row};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
//!
//! let row = table.row(find_row(&table, "theft of intellectual property")?);
//! let mut cited = Vec::new();
//! for column in &table.columns {
//!     for quote in row.cells.get(&column.id).into_iter().flatten() {
//!         assert!(quote.score.value() > 0.4, "nearly the same words");
//!         cited.push(quote.citation.as_str());
//!     }
//! }
//! let expected = ["G20 Antalya 2015 ¶26", "Paris Call 2018 Principle 4", "US–China 2015 [1]"];
//! assert_eq!(cited, expected);
//!
//! let in_rows: usize = table.rows.iter().map(|row| row.quotes().count()).sum();
//! assert_eq!((in_rows, table.alone.len()), (82, 11));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 6. Ask for more or fewer issues, and how stable they are
//!
//! The number of issues is chosen from the texts, unless you say it: 10 for an overview, 30 for detail.
//! Resampling clusters the corpus again and again on a part of its clauses and words; the stability of a
//! clause says in how many of these runs it stays with the others of its row. In the terminal:
//! `consonance table corpus --clusters 10 --resamples 100`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{ConvergeParams, converge, find_row};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let coarse = converge(&corpus, &ConvergeParams::default().n_clusters(10).n_resamples(0))?;
//! assert!(coarse.rows.len() <= 10);
//!
//! let table = converge(&corpus, &ConvergeParams::default().n_resamples(20))?;
//! let row = table.row(find_row(&table, "theft of intellectual property")?);
//! let stability = row.quotes().filter_map(|quote| quote.stability);
//! assert!(stability.map(|stability| stability.value()).all(|stability| stability > 0.9));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 7. Ask why two clauses are together
//!
//! A row is a proposal. [`Why`](crate::finding::Why) tells what two clauses share: stems, each with its
//! part of the similarity, and the longest run of words. A [`Study`](crate::finding::Study) holds what all
//! such findings need. In the terminal: `consonance table corpus --why "GGE 13(i)" "Paris Call Principle 5"`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams, find_clause};
//! use consonance::finding::{Study, Why};
//! use consonance::similarity::Representation;
//! use consonance::table::{ConvergeParams, converge_on};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let params = ConvergeParams::default().n_resamples(0);
//! let representation = Representation::of(&corpus, &params.representation)?;
//! let table = converge_on(&corpus, &representation, &params)?;
//! let study = Study::new(corpus, representation, table);
//!
//! let a = find_clause(study.corpus(), "GGE 13(i)")?;
//! let b = find_clause(study.corpus(), "Paris Call Principle 5")?;
//! let why = Why::of_clauses(&study, [a, b], None);
//! let words: Vec<&str> = why.shared.iter().take(2).map(|part| part.term.as_str()).collect();
//! assert_eq!(words, ["tool", "harm"]);
//! assert_eq!(why.run.map(|run| run.words).as_deref(), Some("malicious ICT tools"));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 8. Name issues of your own
//!
//! A [`Codebook`](crate::table::Codebook) arranges the clauses under issues that you name; those near none
//! of them make rows of their own. An issue that nobody speaks of stays as an empty row: silence is a
//! finding, too. In the terminal: `consonance table corpus --issues mine.toml`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{Codebook, ConvergeParams, converge};
//!
//! let codebook = Codebook::parse(
//!     r#"
//!     [[issue]]
//!     name = "Supply chain security"
//!     description = "Keeping products trustworthy on their way to the user."
//!     words = ["hidden functions"]
//!
//!     [[issue]]
//!     name = "Lighthouses"
//!     "#,
//! )?;
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let table = converge(&corpus, &ConvergeParams::default().n_resamples(0).guide(codebook))?;
//!
//! let row_of = |issue: &str| table.rows.iter().find(|row| row.issue == issue).unwrap();
//! let supply_chain = row_of("Supply chain security");
//! assert!(supply_chain.is_given());
//! assert!(supply_chain.quotes().any(|quote| quote.citation == "GGE 2015 ¶13(i)"));
//! assert_eq!(row_of("Lighthouses").n_processes, 0);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 9. Correct the table
//!
//! Where you know better, say so once. A [`Request`](crate::table::Request) names rows and clauses as
//! people do; as a decision it holds on to the words of the clauses, so that it can be replayed when
//! agreements were added. A decision that no longer fits is told, never dropped. In the terminal:
//! `consonance table corpus --corrections mine.toml --move "GGE 13(k)" --to "critical infrastructure"`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{Action, ConvergeParams, Corrections, Request, converge, find_row};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let params = ConvergeParams::default().n_resamples(0);
//! let table = converge(&corpus, &params)?;
//! assert!(table.alone.iter().any(|clause| clause.citation == "GGE 2015 ¶13(k)"));
//!
//! let mut to_row = Request::to(Action::Move);
//! to_row.clauses.push("GGE 13(k)".to_owned());
//! to_row.rows.push("critical infrastructure".to_owned());
//! let mut rename = Request::to(Action::Rename);
//! rename.rows.push("critical infrastructure".to_owned());
//! rename.name = Some("Protecting what all depend on".to_owned());
//!
//! // A file of decisions, which a person may edit.
//! let mut file = String::new();
//! for request in [to_row, rename] {
//!     file += &request.decide(&corpus, &table)?.to_toml();
//!     file += "\n";
//! }
//! let params = params.corrections(Corrections::parse(&file)?);
//! let corrected = converge(&corpus, &params)?;
//!
//! assert!(corrected.decisions.iter().all(|decision| decision.is_applied()));
//! let row = corrected.row(find_row(&corrected, "Protecting what all depend on")?);
//! assert!(row.quotes().any(|quote| quote.citation == "GGE 2015 ¶13(k)"));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # 10. Write it to files, and read it again
//!
//! [`report`](crate::report) makes Markdown, CSV, JSON, Word, a workbook and a web page of the table.
//! [`save`](crate::report::save) replaces a file as a whole. What was written is read back without loss
//! from JSON; a table that colleagues corrected in Word or in a spreadsheet is read by
//! [`read`](crate::read::read) as a comparison table. In the terminal:
//! `consonance table corpus --corrections mine.toml --output table.docx`.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams, read_file};
//! use consonance::report::{from_json, save, to_docx, to_json, to_markdown};
//! use consonance::table::{ConvergeParams, converge};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let folder = folder.path();
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
//! save(&folder.join("table.md"), to_markdown(&table))?;
//! save(&folder.join("table.docx"), to_docx(&table))?;
//! save(&folder.join("table.json"), to_json(&table))?;
//!
//! let again = from_json(&read_file(&folder.join("table.json"))?)?;
//! assert_eq!(again, table);
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! The [cookbook](super::cookbook) goes on from here.
