//! Queries for whole collections: a file of queries, each with the relevant clauses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use consonance::corpus::{Corpus, CorpusBuilder, read_file};
use consonance::evaluation::RetrievalFigures;
use consonance::id::ClauseId;
use consonance::index::{ClauseIndex, IndexParams, SearchParams};
use consonance::language::Language;
use consonance::read::{ReadLimits, read};
use consonance::reuse::SourceSearch;
use consonance::similarity::{Representation, RepresentationParams, rank_for_text};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::figures::keys_of;

/// The most bytes of a query for the index, which accepts 4 KiB.
const MAX_QUESTION: usize = 4_000;
/// The most words of a query for the index, which accepts 1,024 parts.
const MAX_WORDS: usize = 1_000;

/// The most hits requested from the index.
const MAX_HITS: usize = 500;

/// A query and its relevant clauses.
#[derive(Debug, Deserialize)]
pub(crate) struct Query {
    /// The kind of query: a clause, or the words of a topic.
    pub(crate) kind: String,
    /// The file of clauses that is searched, in the folder of the queries.
    pub(crate) collection: String,
    /// The clause, if it is in the collection or otherwise known.
    #[serde(rename = "query_id")]
    id: Option<String>,
    /// Its words.
    #[serde(rename = "query")]
    words: String,
    /// The keys of the relevant clauses.
    relevant: BTreeSet<String>,
    /// The keys of the clauses that are ignored.
    ignore: BTreeSet<String>,
}

/// A ranking method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    /// BM25 of the search index.
    Bm25,
    /// TF-IDF of single terms, domain stop words weighted down, with neighbor smoothing over other
    /// processes.
    Expanded,
    /// The representation that is clustered.
    Default,
    /// Search for the source of the query: comparison word by word and cosine.
    Origins,
}

impl Method {
    pub(crate) const ALL: [Self; 4] = [Self::Bm25, Self::Expanded, Self::Default, Self::Origins];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bm25 => "BM25",
            Self::Expanded => "TF-IDF with expansion",
            Self::Default => "the default",
            Self::Origins => "whose words it has",
        }
    }
}

/// The quality of the rankings of one kind of query in one collection, by method.
pub(crate) struct KindOutcome {
    pub(crate) kind: String,
    pub(crate) figures: BTreeMap<Method, RetrievalFigures>,
}

/// Reads the queries of a file, by collection.
pub(crate) fn read_queries(path: &Path) -> Result<BTreeMap<String, Vec<Query>>> {
    let mut queries: BTreeMap<String, Vec<Query>> = BTreeMap::new();
    for (number, line) in (1..).zip(read_file(path)?.lines()) {
        let query: Query = serde_json::from_str(line)
            .with_context(|| format!("{}:{number}: no query", path.display()))?;
        let same_collection = queries.entry(query.collection.clone()).or_default();
        same_collection.push(query);
    }
    Ok(queries)
}

/// How a collection was ranked for its queries.
pub(crate) struct RankedCollection {
    /// One for each kind of query.
    pub(crate) outcomes: Vec<KindOutcome>,
    /// What the default method ranked for each query.
    pub(crate) rankings: BTreeMap<String, Vec<String>>,
}

/// Ranks a collection for its queries, by each method; the default one with these parameters.
pub(crate) fn rank_collection(
    file: &Path,
    queries: &[Query],
    params: &RepresentationParams,
) -> Result<RankedCollection> {
    let corpus = read_collection(file)?;
    let kinds: BTreeSet<&str> = queries.iter().map(|query| query.kind.as_str()).collect();
    let new_outcome = |kind: &str| KindOutcome {
        kind: kind.to_owned(),
        figures: BTreeMap::new(),
    };
    let mut outcomes: Vec<KindOutcome> = kinds.into_iter().map(new_outcome).collect();
    let mut rankings = BTreeMap::new();
    for method in Method::ALL {
        let representation = representation_of(&corpus, method, params)?;
        let ranker = Ranker::new(&corpus, &representation, method)?;
        let answer = |query| Ok(keys_of(&corpus, &ranker.rank(query)?));
        let answers: Vec<Vec<String>> = queries.par_iter().map(answer).collect::<Result<_>>()?;
        for outcome in &mut outcomes {
            let judged = queries
                .iter()
                .zip(&answers)
                .filter(|(query, _)| query.kind == outcome.kind)
                .map(|(query, ranked)| query.judge(ranked));
            let figures = RetrievalFigures::of_queries(judged);
            outcome.figures.insert(method, figures);
        }
        if method == Method::Default {
            let names = queries.iter().map(|query| query.name().to_owned());
            rankings.extend(names.zip(answers));
        }
    }
    Ok(RankedCollection { outcomes, rankings })
}

/// Reads a collection; the field `uid` of a clause is read as `id`.
fn read_collection(file: &Path) -> Result<Corpus> {
    let mut lines = String::new();
    for (number, line) in (1..).zip(read_file(file)?.lines()) {
        let mut fields: Map<String, Value> = serde_json::from_str(line)
            .with_context(|| format!("{}:{number}: no clause", file.display()))?;
        if let Some(uid) = fields.remove("uid") {
            fields.entry("id").or_insert(uid);
        }
        lines.push_str(&serde_json::to_string(&fields)?);
        lines.push('\n');
    }
    let name = file.to_string_lossy();
    let reading = read(lines.as_bytes(), &name, &ReadLimits::default())?;
    let mut builder = CorpusBuilder::new();
    builder.add(reading, Some(&name));
    Ok(builder.build()?)
}

impl Query {
    /// The query's id, otherwise its words.
    fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.words)
    }

    /// Returns whether each ranked clause is relevant, without the ignored ones, and the number of
    /// relevant clauses.
    fn judge(&self, ranked: &[String]) -> (Vec<bool>, usize) {
        let counts = |id: &&String| !self.ignore.contains(*id);
        let judged = ranked.iter().filter(counts);
        let is_right = judged.map(|id| self.relevant.contains(id)).collect();
        (is_right, self.relevant.iter().filter(counts).count())
    }
}

/// A collection prepared for ranking.
enum Ranker<'c> {
    Index(Box<ClauseIndex>),
    Space(&'c Corpus, &'c Representation),
    Origins(Box<SourceSearch<'c>>),
}

/// Returns the representation of a method.
fn representation_of(
    corpus: &Corpus,
    method: Method,
    params: &RepresentationParams,
) -> Result<Representation> {
    let mut params = params.clone();
    if method != Method::Default {
        params.sentences = None;
    }
    if matches!(method, Method::Bm25 | Method::Expanded) {
        params.reduction = None;
        params.vectors.max_ngram = 1;
    }
    Ok(Representation::of(corpus, &params)?)
}

impl<'c> Ranker<'c> {
    fn new(corpus: &'c Corpus, representation: &'c Representation, method: Method) -> Result<Self> {
        Ok(match method {
            Method::Bm25 => {
                let analyzer = representation.analyzer();
                let index = ClauseIndex::build(corpus, analyzer, &IndexParams::default())?;
                Self::Index(Box::new(index))
            }
            Method::Origins => Self::Origins(Box::new(SourceSearch::new(corpus, representation))),
            Method::Expanded | Method::Default => Self::Space(corpus, representation),
        })
    }

    fn rank(&self, query: &Query) -> Result<Vec<ClauseId>> {
        Ok(match self {
            Self::Index(index) => {
                let mut params = SearchParams::default();
                params.limit = MAX_HITS;
                let ranked = index.rank(&question(&query.words), &params)?;
                ranked.into_iter().map(|(clause, _)| clause).collect()
            }
            Self::Origins(search) => {
                let origins = search.rank(&query.words, Language::ENGLISH);
                origins.iter().map(|origin| origin.clause).collect()
            }
            Self::Space(corpus, representation) => {
                let own = query.id.as_ref().and_then(|id| corpus.find(id));
                match own {
                    Some(clause) => representation.ranking(clause),
                    None => rank_for_text(representation, &query.words, Language::ENGLISH)?,
                }
            }
        })
    }
}

/// Returns the distinct words of a text without query syntax, as many as the index accepts.
fn question(text: &str) -> String {
    let mut seen = BTreeSet::new();
    let mut question = String::new();
    let words = text.split(|c: char| !c.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let is_full = question.len() + word.len() >= MAX_QUESTION || seen.len() >= MAX_WORDS;
        if is_full {
            break;
        }
        if seen.insert(word.clone()) {
            question.push_str(&word);
            question.push(' ');
        }
    }
    question
}
