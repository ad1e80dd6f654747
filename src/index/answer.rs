//! [`ClauseIndex::search`]: runs a query and returns a [`SearchResult`], the hits with their matches.

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::index::facet::Facet;
use crate::index::query::filter::Filter;
use crate::index::query::parse::parse;
use crate::index::query::plan::{Leaf, Plan, Planner};
use crate::index::retrieve::evaluate::Evaluator;
use crate::index::retrieve::highlight::{Marker, Wanted, highlights};
use crate::index::retrieve::kept::{KeptClauses, clauses_kept_by};
use crate::index::retrieve::scored::{ClauseSet, Scored, ScoredItem};
use crate::index::retrieve::top::{better_first, keep_first};
use crate::index::search::ClauseIndex;
use crate::index::store::field::FacetField;
use crate::score::Score;
use crate::setters::setters;

/// How to search, for a query or an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchParams {
    /// The maximum number of hits to return (default 10); all matching clauses are counted.
    pub limit: usize,
    /// Search only the processes whose name contains these words, ignoring case, accents and
    /// punctuation; `None` (the default) for all.
    pub process: Option<String>,
    /// The order of the hits (default: by score).
    pub order: HitOrder,
    /// The fields by which all matching clauses are counted; none by default.
    pub facets: Vec<FacetField>,
}

impl Default for SearchParams {
    fn default() -> Self {
        Self {
            limit: 10,
            process: None,
            order: HitOrder::Score,
            facets: Vec::new(),
        }
    }
}

impl SearchParams {
    setters! {
        limit: usize,
        process: impl Into<Option<String>>,
        order: HitOrder,
        facets: Vec<FacetField>,
    }
}

/// The order of hits; ties are in corpus order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum HitOrder {
    /// The highest score first; the default.
    #[default]
    Score,
    /// The earliest year first, unknown years last.
    Year,
    /// The latest year first, unknown years last.
    Newest,
    /// By citation: agreements by name, the clauses of each in the order of its text.
    Citation,
}

/// The clauses that match a query or are similar to an example.
///
/// As JSON: `{"schema": "consonance.hits/1", "query", "n_hits", "hits": [{"id", "citation",
/// "process", "year", "text", "score", "highlights": [[start, end], ...]}]}`; `"facets"`, if any
/// were requested: `[{"field", "counts": [{"value", "n_clauses"}], "n_unknown"}]`; and `"notes"`, a
/// list of texts, if there are any. `n_hits` counts all matching clauses, `hits` holds the first of
/// them. Highlights are byte ranges of `text`; `year` is null if unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchResult {
    /// The name and version of this form: `consonance.hits/1`, or `consonance.like/1` for an example.
    pub schema: &'static str,
    /// The query as given; empty for an example.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The citation of the example, or the given text; empty for a query.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// The number of clauses that match, or share a word with the example.
    pub n_hits: usize,
    /// The first matching clauses, in the requested order.
    pub hits: Vec<Hit>,
    /// All matching clauses, counted by each requested field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Notes for the user: words left out, conditions that no clause meets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A clause that matches a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The clause's position in its corpus.
    #[serde(skip)]
    pub clause_id: ClauseId,
    /// The key that identifies it in every report.
    #[serde(rename = "id")]
    pub key: String,
    /// How to cite it.
    pub citation: String,
    /// The process it belongs to.
    pub process: String,
    /// The year of its agreement, if known.
    pub year: Option<i32>,
    /// Its text, exactly as in the agreement.
    pub text: String,
    /// Its BM25 score for the query: 0 or more, without an upper bound (the formula is in the
    /// [module documentation](crate::index)).
    pub score: f64,
    /// The bytes of `text` that the query matched, in order and without overlaps.
    #[serde(serialize_with = "as_pairs")]
    pub highlights: Vec<Range<usize>>,
    /// The words it shares with an example, those with the largest parts of the score, the largest first;
    /// ties as in the example. Empty for a query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedWord>,
}

/// A word that a clause shares with an example.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SharedWord {
    /// The word, as it first occurs in the clause.
    pub word: String,
    /// Its proportion of the score.
    pub share: Score,
}

fn as_pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
}

/// The clauses that match a query; their texts are not yet read.
pub(crate) struct Matched {
    pub(crate) plan: Plan,
    pub(crate) kept: KeptClauses,
    /// The number of all matching clauses.
    pub(crate) n_hits: usize,
    /// In clause order; of hits, the first in the requested order.
    pub(crate) clauses: Scored,
    pub(crate) notes: Vec<String>,
}

impl Matched {
    /// Returns what is to be marked in the clauses.
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted::new(&self.plan, &self.kept)
    }
}

impl ClauseIndex {
    /// Returns the clauses that match a query; [the module](crate::index) explains the query language.
    ///
    /// Takes time linear in the number of occurrences of the query's words; only the returned clauses are
    /// read. The answer depends on the corpus and the query only, not on threads or on how the index was
    /// written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`], with the column, if the query cannot be parsed, or if it consists of stop
    /// words only; [`ErrorKind::Parameter`] if the process has no letter or digit.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, FacetField, IndexParams, SearchParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// let params = SearchParams::default().limit(3).facets(vec![FacetField::Process]);
    /// let found = index.search("\"critical infrastructure\" NOT armed", &params)?;
    /// assert_eq!((found.n_hits, found.hits.len()), (10, 3));
    /// let first = &found.hits[0];
    /// let marked: Vec<&str> = first.highlights.iter().map(|at| &first.text[at.clone()]).collect();
    /// assert_eq!(marked, ["critical", "infrastructure", "critical", "infrastructure"]);
    /// let most = &found.facets[0].counts[0];
    /// assert_eq!((most.value.as_str(), most.n_clauses), ("GGE", 5));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn search(&self, query: &str, params: &SearchParams) -> Result<SearchResult> {
        let (found, facets) = self.first_matches(query, params)?;
        let mut result = self.result("consonance.hits/1", &found, facets)?;
        query.clone_into(&mut result.query);
        Ok(result)
    }

    /// Returns the clauses that match a query with their scores, without reading their texts: for callers
    /// that hold the corpus. All parameters except the facets apply.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Self::search).
    pub fn rank(&self, query: &str, params: &SearchParams) -> Result<Vec<(ClauseId, f64)>> {
        let (found, _) = self.first_matches(query, params)?;
        let id = |item: ScoredItem| (ClauseId::new(item.id as usize), item.score.value());
        Ok(found.clauses.into_iter().map(id).collect())
    }

    /// Returns the first clauses that match a query, in the requested order, and counts of all by the
    /// requested fields.
    fn first_matches(&self, query: &str, params: &SearchParams) -> Result<(Matched, Vec<Facet>)> {
        let is_by_score = params.order == HitOrder::Score && params.facets.is_empty();
        if is_by_score && params.process.is_none() {
            return Ok((self.best_matches(query, params.limit)?, Vec::new()));
        }
        let mut matched = self.matched(query, None)?;
        let facets = self.finish(&mut matched, params)?;
        Ok((matched, facets))
    }

    /// Keeps the first clauses, in the requested order and of the requested process; returns the counts of
    /// all by the requested fields.
    pub(crate) fn finish(&self, found: &mut Matched, params: &SearchParams) -> Result<Vec<Facet>> {
        self.keep_process(found, params.process.as_deref())?;
        let fields = params.facets.iter();
        let facets = fields.map(|&field| Facet::of(self, field, &found.clauses));
        let facets = facets.collect();
        self.keep_first(&mut found.clauses, params.limit, params.order);
        Ok(facets)
    }

    /// Reads the clauses found and marks their matches.
    pub(crate) fn result(
        &self,
        schema: &'static str,
        found: &Matched,
        facets: Vec<Facet>,
    ) -> Result<SearchResult> {
        let wanted = found.wanted();
        let hits = found.clauses.iter().map(|&item| self.hit(item, &wanted));
        Ok(SearchResult {
            schema,
            query: String::new(),
            example: String::new(),
            n_hits: found.n_hits,
            hits: hits.collect::<Result<_>>()?,
            facets,
            notes: found.notes.clone(),
        })
    }

    /// As [`Self::first_matches`] for the order by score, without keeping the other clauses.
    fn best_matches(&self, query: &str, limit: usize) -> Result<Matched> {
        let mut matched = self.planned(query)?;
        let best = self.evaluator(&matched.kept).best(&matched.plan, limit)?;
        matched.n_hits = best.n_found;
        self.note_unmet(&mut matched)?;
        matched.clauses = best.finish();
        Ok(matched)
    }

    /// Returns the clauses that match a query, only those of one process if given.
    pub(crate) fn matched(&self, query: &str, process: Option<&str>) -> Result<Matched> {
        let mut matched = self.planned(query)?;
        matched.clauses = self.evaluator(&matched.kept).evaluate(&matched.plan)?;
        matched.n_hits = matched.clauses.len();
        self.note_unmet(&mut matched)?;
        self.keep_process(&mut matched, process)?;
        Ok(matched)
    }

    /// Returns the plan of a query, and the notes about it; no clauses yet.
    fn planned(&self, query: &str) -> Result<Matched> {
        let parsed = parse(query)?;
        let mut planner = self.planner();
        let plan = planner.plan(&parsed);
        let notes = planner.notes;
        let nothing_left = || Error::new(ErrorKind::Query, nothing_left(&notes));
        let plan = plan.ok_or_else(nothing_left)?;
        Ok(Matched {
            kept: KeptClauses::of(&plan, self.postings(), &self.catalog)?,
            plan,
            n_hits: 0,
            clauses: Scored::new(),
            notes,
        })
    }

    pub(crate) fn evaluator<'a>(&'a self, kept: &'a KeptClauses) -> Evaluator<'a> {
        let postings = self.postings();
        Evaluator { postings, kept }
    }

    pub(crate) fn planner(&self) -> Planner<'_> {
        Planner {
            analyzer: &self.analyzer,
            languages: &self.languages,
            notes: Vec::new(),
        }
    }

    /// Keeps the clauses of the processes whose name contains these words, if any are given, and counts.
    fn keep_process(&self, found: &mut Matched, process: Option<&str>) -> Result<()> {
        if let Some(process) = process {
            let filter = Filter::process(process);
            let filter = filter.map_err(|message| Error::new(ErrorKind::Parameter, message))?;
            let kept = clauses_kept_by(&filter, self.postings(), &self.catalog)?;
            if kept.is_empty() {
                let note = format!("no process has `{process}` in its name");
                found.notes.push(note);
            }
            found.clauses.retain(|item| kept.holds(item.id));
        }
        found.n_hits = found.clauses.len();
        Ok(())
    }

    /// Sorts the first `limit` clauses and drops the rest.
    fn keep_first(&self, clauses: &mut Scored, limit: usize, order: HitOrder) {
        let compare = |a: &ScoredItem, b: &ScoredItem| match order {
            HitOrder::Score => better_first(a, b),
            HitOrder::Year | HitOrder::Newest => self.compare_years(a.id, b.id, order),
            HitOrder::Citation => self.name_rank(a.id).cmp(&self.name_rank(b.id)),
        };
        keep_first(clauses, limit, |a, b| compare(a, b).then(a.id.cmp(&b.id)));
    }

    fn compare_years(&self, a: u32, b: u32, order: HitOrder) -> Ordering {
        match (self.entry_of(a).year, self.entry_of(b).year) {
            (Some(a), Some(b)) if order == HitOrder::Newest => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }

    fn name_rank(&self, clause: u32) -> u32 {
        self.catalog.rank_by_name[self.table.agreement_of(clause)]
    }

    /// Notes the conditions that no clause meets and, if nothing was found, the patterns that match no
    /// word: most likely they are misspelled.
    fn note_unmet(&self, matched: &mut Matched) -> Result<()> {
        for leaf in matched.plan.leaves() {
            match leaf {
                Leaf::Filter(filter)
                    if matched.kept.by(filter).is_some_and(ClauseSet::is_empty) =>
                {
                    matched.notes.push(format!("no clause at all has {filter}"));
                }
                Leaf::Pattern(pattern)
                    if matched.n_hits == 0 && self.postings().pattern(pattern)?.is_empty() =>
                {
                    matched
                        .notes
                        .push(format!("no word at all is like {pattern}"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads a clause and marks its matches.
    fn hit(&self, item: ScoredItem, wanted: &Wanted<'_>) -> Result<Hit> {
        let stored = self.stored(item.id)?;
        let clause = self.read_clause(item.id, &stored);
        let places = Marker::of_wanted(&self.analyzer, clause, wanted).places();
        let entry = self.entry_of(item.id);
        Ok(Hit {
            clause_id: ClauseId::new(item.id as usize),
            highlights: highlights(&places),
            citation: self.citation(item.id, &stored),
            key: stored.key,
            process: entry.process.clone(),
            year: entry.year,
            text: stored.text,
            score: item.score.value(),
            shared: Vec::new(),
        })
    }
}

fn nothing_left(notes: &[String]) -> String {
    let reasons = notes.join("; ");
    let colon = if notes.is_empty() { "" } else { ": " };
    format!("the query holds nothing to search for{colon}{reasons}")
}
