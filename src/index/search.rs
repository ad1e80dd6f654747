//! [`ClauseIndex`]: built or opened once, then searched; [`SearchResult`] is what comes back.

use std::ops::Range;
use std::path::Path;

use serde::{Serialize, Serializer};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::index::bm25::Bm25;
use crate::index::build::{IndexParams, fill};
use crate::index::evaluate::{ClauseMap, Evaluator, Scored};
use crate::index::filter::Filter;
use crate::index::fingerprint::fingerprint_of_corpus;
use crate::index::folder::{self, MAX_BYTES_IN_MEMORY, Manifest};
use crate::index::highlight::{Known, highlights};
use crate::index::plan::{Plan, Planner};
use crate::index::query::parse;
use crate::index::schema::{Fields, OrIndexError, SCHEMA_VERSION, index_error, schema};
use crate::language::Language;
use crate::term::Analyzer;

const OPENING: &str = "the index cannot be opened";

/// All clauses of a corpus, ready to be searched.
///
/// In memory or in a folder; immutable, and safe to search from several threads. An index in a
/// folder is a copy that can be made again from the texts at any time.
#[derive(Debug)]
pub struct ClauseIndex {
    searcher: Searcher,
    fields: Fields,
    analyzer: Analyzer,
    languages: Vec<Language>,
    map: ClauseMap,
    fingerprint: String,
}

/// How to search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchParams {
    /// The most hits to return (default 10); all matching clauses are counted.
    pub limit: usize,
    /// Search only the processes whose name holds these words, in any case, accents and
    /// punctuation aside; nothing (the default) for all.
    pub process: Option<String>,
}

impl Default for SearchParams {
    fn default() -> Self {
        Self {
            limit: 10,
            process: None,
        }
    }
}

/// The answer to a query.
///
/// As JSON: `{"schema": "consonance.hits/1", "query", "n_hits", "hits": [{"id", "citation",
/// "process", "year", "text", "score", "highlights": [[start, end], ...]}]}`, and `"notes"`, a list
/// of texts, if there are any. `n_hits` counts all clauses that match, `hits` holds the best of
/// them. Highlights are bytes of `text`; `year` is null where it is not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchResult {
    /// The name and version of this form: `consonance.hits/1`.
    pub schema: &'static str,
    /// The query as it was given.
    pub query: String,
    /// The number of clauses that match.
    pub n_hits: usize,
    /// The best of them: by score, the highest first, equal scores in corpus order.
    pub hits: Vec<Hit>,
    /// What is worth telling: words left out, conditions that no clause meets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A clause that matches a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The clause's place in its corpus.
    #[serde(skip)]
    pub clause_id: ClauseId,
    /// The key that names it in every report.
    #[serde(rename = "id")]
    pub key: String,
    /// How to cite it.
    pub citation: String,
    /// The process it belongs to.
    pub process: String,
    /// The year of its agreement, if it is known.
    pub year: Option<i32>,
    /// Its words, exactly as they stand in the agreement.
    pub text: String,
    /// How well it answers the query.
    pub score: Bm25,
    /// The bytes of `text` that the query matched, in order and not overlapping.
    #[serde(serialize_with = "as_pairs")]
    pub highlights: Vec<Range<usize>>,
}

fn as_pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
}

impl ClauseIndex {
    /// Builds the index of a corpus, in memory or in the folder that `params` names.
    ///
    /// Takes time linear in the text; every clause is analyzed in its own language, on all threads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if a parameter is out of range; [`ErrorKind::Index`] if the folder
    /// holds something else or another program writes there; [`ErrorKind::Io`] if it cannot be
    /// written.
    pub fn build(corpus: &Corpus, analyzer: &Analyzer, params: &IndexParams) -> Result<Self> {
        params.check()?;
        let (schema, fields) = schema();
        let n_clauses = corpus.clauses().len();
        let fingerprint = fingerprint_of_corpus(corpus);
        if let Some(directory) = &params.directory {
            let manifest = Manifest::new(analyzer.signature(), fingerprint, n_clauses);
            folder::replace(directory, manifest, |index| {
                fill(index, fields, (corpus, analyzer), params)
            })?;
            return Self::open(directory, analyzer);
        }
        let index = Index::create_in_ram(schema);
        fill(&index, fields, (corpus, analyzer), params)?;
        Self::from_index(&index, analyzer, n_clauses, fingerprint)
    }

    /// Opens the index in a folder.
    ///
    /// Every file is read once and checked. Up to 256 MiB they stay in memory, so the folder may be
    /// read-only and may change while the index is in use; a larger index is mapped, needs to
    /// create a lock file in its folder, and must not be truncated while it is in use (replacing it
    /// by [`ClauseIndex::build`] is safe).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Index`] if there is no index, if it is damaged, or if it was made by another
    /// analyzer or another version; [`ErrorKind::Io`] if a file cannot be read.
    pub fn open(directory: &Path, analyzer: &Analyzer) -> Result<Self> {
        Self::open_with(directory, analyzer, MAX_BYTES_IN_MEMORY)
    }

    fn open_with(directory: &Path, analyzer: &Analyzer, max_bytes_in_memory: u64) -> Result<Self> {
        let accept = |manifest: &Manifest| {
            check_origin(manifest, analyzer)
                .map_err(|error| error.in_file(directory.display().to_string()))
        };
        let (index, manifest) = folder::open(directory, max_bytes_in_memory, accept)?;
        Self::from_index(&index, analyzer, manifest.n_clauses, manifest.corpus)
            .map_err(|error| error.in_file(directory.display().to_string()))
    }

    /// Returns whether a folder holds an index, whole or damaged, of this version or another.
    ///
    /// # Errors
    ///
    /// None: a folder that cannot be read holds none.
    pub fn exists_in(directory: &Path) -> bool {
        !matches!(folder::read_manifest(directory), Ok(None))
    }

    fn from_index(
        index: &Index,
        analyzer: &Analyzer,
        n_clauses: usize,
        fingerprint: String,
    ) -> Result<Self> {
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(Error::new(
                ErrorKind::Index,
                "the index has other fields than this version",
            ));
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .or_index_error(OPENING)?;
        let searcher = reader.searcher();
        Ok(Self {
            map: clause_map(&searcher, n_clauses)?,
            languages: languages(&searcher, fields)?,
            searcher,
            fields,
            analyzer: Analyzer::new(analyzer.params().clone()),
            fingerprint,
        })
    }

    /// Returns the number of clauses.
    pub fn n_clauses(&self) -> usize {
        self.map.lengths.len()
    }

    /// Returns whether the index holds exactly this corpus; if not, build it again.
    ///
    /// Takes time linear in the text.
    pub fn is_of(&self, corpus: &Corpus) -> bool {
        self.fingerprint == fingerprint_of_corpus(corpus)
    }

    /// Returns the clauses that answer a query; [the module](crate::index) explains how to ask.
    ///
    /// Takes time linear in the occurrences of the query's words. The answer depends on the corpus
    /// and the query only: not on threads, nor on how the index was written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`] if the query cannot be understood, with the column, or if only stop
    /// words are left of it; [`ErrorKind::Parameter`] if the process has no letter or digit.
    pub fn search(&self, query: &str, params: &SearchParams) -> Result<SearchResult> {
        let parsed = parse(query)?;
        let mut planner = Planner {
            analyzer: &self.analyzer,
            languages: &self.languages,
            notes: Vec::new(),
        };
        let plan = planner.plan(&parsed);
        let mut notes = planner.notes;
        let Some(plan) = plan else {
            return Err(Error::new(ErrorKind::Query, nothing_left(&notes)));
        };
        let mut matched = self.evaluator().evaluate(&plan)?;
        self.note_unmet(&plan, &mut notes)?;
        if let Some(process) = &params.process {
            matched = self.only_process(matched, process, &mut notes)?;
        }
        let n_hits = matched.len();
        matched.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        matched.truncate(params.limit);
        let hits = matched
            .into_iter()
            .map(|found| self.hit(found, &plan))
            .collect::<Result<_>>()?;
        Ok(SearchResult {
            schema: "consonance.hits/1",
            query: query.to_owned(),
            n_hits,
            hits,
            notes,
        })
    }

    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator {
            searcher: &self.searcher,
            fields: self.fields,
            map: &self.map,
        }
    }

    fn only_process(
        &self,
        mut matched: Scored,
        process: &str,
        notes: &mut Vec<String>,
    ) -> Result<Scored> {
        let filter = Filter::process(process)
            .map_err(|message| Error::new(ErrorKind::Parameter, message))?;
        let kept = self.evaluator().any_filter(&[filter])?;
        if kept.is_empty() {
            notes.push(format!("no process has `{process}` in its name"));
        }
        matched.retain(|(clause, _)| kept.binary_search_by_key(clause, |kept| kept.0).is_ok());
        Ok(matched)
    }

    /// Notes the conditions that no clause at all meets: most likely they are misspelled.
    fn note_unmet(&self, plan: &Plan, notes: &mut Vec<String>) -> Result<()> {
        let mut filters = Vec::new();
        collect_filters(plan, &mut filters);
        for filter in filters {
            if self
                .evaluator()
                .any_filter(std::slice::from_ref(filter))?
                .is_empty()
            {
                notes.push(format!("no clause at all has {filter}"));
            }
        }
        Ok(())
    }

    /// Reads a clause back and marks what the plan matched in it.
    fn hit(&self, (clause, score): (u32, Bm25), plan: &Plan) -> Result<Hit> {
        let (segment, doc) = self.map.address_of[clause as usize];
        let document: TantivyDocument = self
            .searcher
            .doc(DocAddress::new(segment, doc))
            .or_index_error("a clause cannot be read from the index")?;
        let text_of = |field: Field| -> Option<String> {
            let value = document.get_first(field)?;
            value.as_str().map(str::to_owned)
        };
        let year = document
            .get_first(self.fields.year)
            .and_then(|value| value.as_i64());
        let required = |field: Field| text_of(field).unwrap_or_default();
        let fields = self.fields;
        let known = Known {
            key: required(fields.key),
            agreement_key: required(fields.agreement_key),
            agreement_name: required(fields.agreement_name),
            process: required(fields.process),
            label: text_of(fields.label),
            heading: text_of(fields.heading),
            language: text_of(fields.language).and_then(|code| Language::from_tag(&code)),
            year,
        };
        let text = required(fields.text);
        Ok(Hit {
            clause_id: ClauseId::new(clause as usize),
            highlights: highlights(plan, &text, &known, &self.analyzer),
            citation: required(fields.citation),
            key: known.key,
            process: known.process,
            year: year.and_then(|year| i32::try_from(year).ok()),
            text,
            score,
        })
    }
}

/// Refuses an index of another version or analyzer: its terms would not be the query's.
fn check_origin(manifest: &Manifest, analyzer: &Analyzer) -> Result<()> {
    let differs = |what: &str, theirs: &str, ours: &str| {
        let message = format!(
            "the index was made with the {what} `{theirs}`, this program has `{ours}`: build the \
             index again"
        );
        Err(Error::new(ErrorKind::Index, message))
    };
    if manifest.schema != SCHEMA_VERSION {
        return differs("fields", &manifest.schema, SCHEMA_VERSION);
    }
    let signature = analyzer.signature();
    if manifest.analyzer != signature {
        return differs("analyzer", &manifest.analyzer, &signature);
    }
    Ok(())
}

fn nothing_left(notes: &[String]) -> String {
    if notes.is_empty() {
        return "the query holds nothing to search for".to_owned();
    }
    format!(
        "the query holds nothing to search for: {}",
        notes.join("; ")
    )
}

fn collect_filters<'p>(plan: &'p Plan, filters: &mut Vec<&'p Filter>) {
    match plan {
        Plan::Sequences(_) | Plan::Prefix(_) => {}
        Plan::Filter(filter) => filters.push(filter),
        Plan::All(parts) => parts.iter().for_each(|part| collect_filters(part, filters)),
        Plan::Not(inner) => collect_filters(inner, filters),
        Plan::Group(group) => {
            filters.extend(group.filters.iter().flatten());
            for part in [&group.required, &group.optional, &group.prohibited]
                .into_iter()
                .flatten()
            {
                collect_filters(part, filters);
            }
        }
    }
}

/// Reads where every clause stands and how long it is.
fn clause_map(searcher: &Searcher, n_clauses: usize) -> Result<ClauseMap> {
    const NOWHERE: (u32, u32) = (u32::MAX, u32::MAX);
    let wrong = || index_error(OPENING, "its clauses are not those it was made with");
    let mut map = ClauseMap {
        clause_of: Vec::new(),
        address_of: vec![NOWHERE; n_clauses],
        lengths: vec![0; n_clauses],
        mean_length: 0.0,
    };
    for (segment_number, segment) in (0_u32..).zip(searcher.segment_readers()) {
        let numbers = |field| segment.fast_fields().u64(field).or_index_error(OPENING);
        let (id_of, length_of) = (numbers("clause_id")?, numbers("n_terms")?);
        let mut clauses = Vec::with_capacity(segment.max_doc() as usize);
        for doc in 0..segment.max_doc() {
            let id = id_of
                .first(doc)
                .and_then(|id| u32::try_from(id).ok())
                .ok_or_else(wrong)?;
            let address = map.address_of.get_mut(id as usize).ok_or_else(wrong)?;
            if *address != NOWHERE {
                return Err(wrong());
            }
            *address = (segment_number, doc);
            let length = length_of.first(doc).unwrap_or_default();
            map.lengths[id as usize] = u32::try_from(length).unwrap_or(u32::MAX);
            clauses.push(id);
        }
        map.clause_of.push(clauses);
    }
    if map.address_of.contains(&NOWHERE) {
        return Err(wrong());
    }
    let n_terms: u64 = map.lengths.iter().map(|&length| u64::from(length)).sum();
    map.mean_length = n_terms as f64 / n_clauses.max(1) as f64;
    Ok(map)
}

/// Returns the languages that clauses are in, in order.
fn languages(searcher: &Searcher, fields: Fields) -> Result<Vec<Language>> {
    let mut languages = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment
            .inverted_index(fields.language)
            .or_index_error(OPENING)?;
        let mut codes = inverted.terms().stream().or_index_error(OPENING)?;
        while codes.advance() {
            let code = String::from_utf8_lossy(codes.key());
            languages.extend(Language::from_tag(&code));
        }
    }
    languages.sort_unstable();
    languages.dedup();
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_another_analyzer_or_version_is_refused() {
        let analyzer = Analyzer::default();
        let cases = [
            ("other/9", SCHEMA_VERSION, "the analyzer `other/9`"),
            (
                &*analyzer.signature(),
                "consonance.index/0",
                "the fields `consonance.index/0`",
            ),
        ];
        for (signature, version, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            let mut manifest = Manifest::new(signature.to_owned(), String::new(), 0);
            version.clone_into(&mut manifest.schema);
            let (corpus, params) = (Corpus::default(), IndexParams::default());
            folder::replace(folder.path(), manifest, |index| {
                fill(index, schema().1, (&corpus, &analyzer), &params)
            })
            .unwrap();
            let error = ClauseIndex::open(folder.path(), &analyzer).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Index);
            assert!(error.message().contains(expected), "{error}");
        }
    }

    #[test]
    fn a_large_index_is_mapped_and_answers_the_same() {
        let mut builder = crate::corpus::CorpusBuilder::new();
        let mut reading = crate::read::Reading::default();
        reading.documents.push(crate::read::Document {
            key: Some("a".to_owned()),
            metadata: crate::agreement::Metadata::default(),
            body: crate::read::Body::Clauses(vec![crate::read::ClauseRecord {
                text: "states protect hospitals".to_owned(),
                language: Some(Language::ENGLISH),
                ..crate::read::ClauseRecord::default()
            }]),
        });
        builder.add(reading, None);
        let (corpus, analyzer) = (builder.build().unwrap(), Analyzer::default());
        let folder = tempfile::tempdir().unwrap();
        let params = IndexParams {
            directory: Some(folder.path().to_owned()),
            ..IndexParams::default()
        };
        let in_memory = ClauseIndex::build(&corpus, &analyzer, &params).unwrap();
        let mapped = ClauseIndex::open_with(folder.path(), &analyzer, 0).unwrap();
        let ask =
            |index: &ClauseIndex| index.search("hospitals", &SearchParams::default()).unwrap();
        assert_eq!(ask(&mapped), ask(&in_memory));
        assert_eq!(ask(&mapped).n_hits, 1);
    }
}
