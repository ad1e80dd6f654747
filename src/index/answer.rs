//! [`ClauseIndex::search`]: runs a query and returns a [`SearchResult`], the hits with their matches.

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::index::facet::{Facet, FacetField};
use crate::index::query::filter::Filter;
use crate::index::query::parse::parse;
use crate::index::query::plan::{Plan, Planner};
use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::highlight::{Wanted, highlights};
use crate::index::retrieve::scored::{Scored, ScoredItem};
use crate::index::retrieve::top::{better_first, keep_first};
use crate::index::search::ClauseIndex;
use crate::setters::setters;

/// How to search.
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

/// The answer to a query.
///
/// As JSON: `{"schema": "consonance.hits/1", "query", "n_hits", "hits": [{"id", "citation",
/// "process", "year", "text", "score", "highlights": [[start, end], ...]}]}`; `"facets"`, if any
/// were requested: `[{"field", "counts": [{"value", "n_clauses"}], "n_unknown"}]`; and `"notes"`, a
/// list of texts, if there are any. `n_hits` counts all matching clauses, `hits` holds the first of
/// them. Highlights are byte ranges of `text`; `year` is null if unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchResult {
    /// The name and version of this form: `consonance.hits/1`.
    pub schema: &'static str,
    /// The query as given.
    pub query: String,
    /// The number of clauses that match.
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
    /// Its BM25 score for the query.
    pub score: Bm25,
    /// The bytes of `text` that the query matched, in order and without overlaps.
    #[serde(serialize_with = "as_pairs")]
    pub highlights: Vec<Range<usize>>,
}

fn as_pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
}

/// The clauses that match a query; their texts are not yet read.
pub(crate) struct Matched {
    pub(crate) plan: Plan,
    /// In clause order.
    pub(crate) clauses: Scored,
    pub(crate) notes: Vec<String>,
}

/// The first clauses that match a query; their texts are not yet read.
struct FirstMatches {
    plan: Plan,
    /// The number of all matching clauses.
    n_hits: usize,
    /// In the requested order.
    first: Scored,
    facets: Vec<Facet>,
    notes: Vec<String>,
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
    pub fn search(&self, query: &str, params: &SearchParams) -> Result<SearchResult> {
        let found = self.first_matches(query, params)?;
        let wanted = Wanted::new(&found.plan);
        let hit = |item: ScoredItem| self.hit(item.id, item.score, &wanted);
        Ok(SearchResult {
            schema: "consonance.hits/1",
            query: query.to_owned(),
            n_hits: found.n_hits,
            hits: found.first.into_iter().map(hit).collect::<Result<_>>()?,
            facets: found.facets,
            notes: found.notes,
        })
    }

    /// Returns the clauses that match a query with their scores, without reading their texts: for callers
    /// that hold the corpus. All parameters except the facets apply.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Self::search).
    pub fn rank(&self, query: &str, params: &SearchParams) -> Result<Vec<(ClauseId, Bm25)>> {
        let first = self.first_matches(query, params)?.first;
        let id = |item: ScoredItem| (ClauseId::new(item.id as usize), item.score);
        Ok(first.into_iter().map(id).collect())
    }

    /// Returns the first clauses that match a query, in the requested order.
    fn first_matches(&self, query: &str, params: &SearchParams) -> Result<FirstMatches> {
        let wants_best_only =
            params.order == HitOrder::Score && params.process.is_none() && params.facets.is_empty();
        if wants_best_only {
            return self.best_matches(query, params.limit);
        }
        let matched = self.matched(query, params.process.as_deref())?;
        let facets = params.facets.iter();
        let facets = facets.map(|&field| self.facet(field, &matched.clauses));
        let facets = facets.collect();
        let n_hits = matched.clauses.len();
        let mut first = matched.clauses;
        self.keep_first(&mut first, params.limit, params.order);
        Ok(FirstMatches {
            plan: matched.plan,
            n_hits,
            first,
            facets,
            notes: matched.notes,
        })
    }

    /// As [`Self::first_matches`] for the order by score, without keeping the other clauses.
    fn best_matches(&self, query: &str, limit: usize) -> Result<FirstMatches> {
        let (plan, mut notes) = self.planned(query)?;
        let best = self.evaluator().best(&plan, limit)?;
        let n_hits = best.n_found;
        self.note_unmet(&plan, n_hits, &mut notes)?;
        Ok(FirstMatches {
            plan,
            n_hits,
            first: best.finish(),
            facets: Vec::new(),
            notes,
        })
    }

    /// Returns the clauses that match a query, only those of one process if given.
    pub(crate) fn matched(&self, query: &str, process: Option<&str>) -> Result<Matched> {
        let (plan, mut notes) = self.planned(query)?;
        let mut clauses = self.evaluator().evaluate(&plan)?;
        self.note_unmet(&plan, clauses.len(), &mut notes)?;
        if let Some(process) = process {
            self.keep_process(&mut clauses, process, &mut notes)?;
        }
        Ok(Matched {
            plan,
            clauses,
            notes,
        })
    }

    /// Returns the plan of a query, and the notes about it.
    fn planned(&self, query: &str) -> Result<(Plan, Vec<String>)> {
        let parsed = parse(query)?;
        let mut planner = self.planner();
        let plan = planner.plan(&parsed);
        let notes = planner.notes;
        match plan {
            Some(plan) => Ok((plan, notes)),
            None => Err(Error::new(ErrorKind::Query, nothing_left(&notes))),
        }
    }

    pub(crate) fn planner(&self) -> Planner<'_> {
        Planner {
            analyzer: &self.analyzer,
            languages: &self.languages,
            notes: Vec::new(),
        }
    }

    /// Keeps the clauses of the processes whose name contains these words.
    pub(crate) fn keep_process(
        &self,
        clauses: &mut Scored,
        process: &str,
        notes: &mut Vec<String>,
    ) -> Result<()> {
        let filter = Filter::process(process)
            .map_err(|message| Error::new(ErrorKind::Parameter, message))?;
        let kept = self.evaluator().kept_by(&filter)?;
        if kept.is_empty() {
            notes.push(format!("no process has `{process}` in its name"));
        }
        clauses.retain(|item| kept.holds(item.id));
        Ok(())
    }

    /// Sorts the first `limit` clauses and drops the rest.
    pub(crate) fn keep_first(&self, clauses: &mut Scored, limit: usize, order: HitOrder) {
        let compare = |a: &ScoredItem, b: &ScoredItem| match order {
            HitOrder::Score => better_first(a, b),
            HitOrder::Year | HitOrder::Newest => {
                self.compare_years(a.id, b.id, order).then(a.id.cmp(&b.id))
            }
            HitOrder::Citation => {
                let by_name = self.name_rank(a.id).cmp(&self.name_rank(b.id));
                by_name.then(a.id.cmp(&b.id))
            }
        };
        keep_first(clauses, limit, compare);
    }

    fn compare_years(&self, a: u32, b: u32, order: HitOrder) -> Ordering {
        match (self.year_of(a), self.year_of(b)) {
            (Some(a), Some(b)) if order == HitOrder::Newest => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }

    fn name_rank(&self, clause: u32) -> u32 {
        self.catalog.rank_by_name[self.table.agreement_of(clause)]
    }

    pub(crate) fn year_of(&self, clause: u32) -> Option<i32> {
        self.catalog.entries[self.table.agreement_of(clause)].year
    }

    /// Notes the conditions that no clause meets and, if nothing was found, the patterns that match no
    /// word: most likely they are misspelled.
    fn note_unmet(&self, plan: &Plan, n_hits: usize, notes: &mut Vec<String>) -> Result<()> {
        let mut conditions = Vec::new();
        collect_conditions(plan, &mut conditions);
        for condition in conditions {
            match condition {
                Condition::Filter(filter) if self.evaluator().kept_by(filter)?.is_empty() => {
                    notes.push(format!("no clause at all has {filter}"));
                }
                Condition::Pattern(pattern)
                    if n_hits == 0 && self.postings().pattern(pattern)?.is_empty() =>
                {
                    notes.push(format!("no word at all is like {pattern}"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads a clause and marks its matches.
    pub(crate) fn hit(&self, clause: u32, score: Bm25, wanted: &Wanted<'_>) -> Result<Hit> {
        let stored = self.stored(clause)?;
        let places = self.places(clause, &stored, wanted);
        let entry = &self.catalog.entries[self.table.agreement_of(clause)];
        Ok(Hit {
            clause_id: ClauseId::new(clause as usize),
            highlights: highlights(&places),
            citation: stored.citation,
            key: stored.key,
            process: entry.process.clone(),
            year: entry.year,
            text: stored.text,
            score,
        })
    }
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

/// A part of a plan to which a note may refer.
enum Condition<'p> {
    Filter(&'p Filter),
    Pattern(&'p crate::index::query::pattern::Pattern),
}

fn collect_conditions<'p>(plan: &'p Plan, conditions: &mut Vec<Condition<'p>>) {
    match plan {
        Plan::Sequences(_) => {}
        Plan::Pattern(pattern) => conditions.push(Condition::Pattern(pattern)),
        Plan::Filter(filter) => conditions.push(Condition::Filter(filter)),
        Plan::All(parts) => {
            for part in parts {
                collect_conditions(part, conditions);
            }
        }
        Plan::Not(inner) => collect_conditions(inner, conditions),
        Plan::Group(group) => {
            conditions.extend(group.filters.iter().flatten().map(Condition::Filter));
            for part in [&group.required, &group.optional, &group.prohibited]
                .into_iter()
                .flatten()
            {
                collect_conditions(part, conditions);
            }
        }
    }
}
