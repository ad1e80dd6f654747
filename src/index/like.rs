//! [`ClauseIndex::more_like`]: finds clauses similar to a clause or a text, with the words they share.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::index::answer::{Hit, HitOrder};
use crate::index::query::plan::Plan;
use crate::index::query::tree::Group;
use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::highlight::Wanted;
use crate::index::retrieve::phrase::WordSequence;
use crate::index::retrieve::scored::{ClauseSet, Scored};
use crate::index::retrieve::window::union;
use crate::index::search::ClauseIndex;
use crate::index::store::schema::index_name;
use crate::language::Language;
use crate::score::Score;
use crate::setters::setters;

/// The maximum number of shared words reported for a hit.
const MAX_SHARED: usize = 8;

/// The example to which clauses should be similar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LikeExample<'a> {
    /// The clause with this key or citation.
    Clause(&'a str),
    /// Any text; it need not be in the corpus.
    Text(&'a str),
}

/// How to search for clauses similar to an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LikeParams {
    /// The maximum number of hits to return (default 10).
    pub limit: usize,
    /// Only processes with these words in their name; `None` (the default) for all.
    pub process: Option<String>,
}

impl Default for LikeParams {
    fn default() -> Self {
        Self {
            limit: 10,
            process: None,
        }
    }
}

impl LikeParams {
    setters! {
        limit: usize,
        process: impl Into<Option<String>>,
    }
}

/// The clauses similar to an example.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LikeResult {
    /// The name and version of this form: `consonance.like/1`.
    pub schema: &'static str,
    /// The citation of the example, or the given text.
    pub example: String,
    /// The number of clauses that share a word with it.
    pub n_hits: usize,
    /// The most similar clauses, by score; ties in corpus order.
    pub hits: Vec<LikeHit>,
    /// Notes for the user.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A clause similar to an example, and the words they share.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LikeHit {
    /// The clause; its highlights are all shared words.
    #[serde(flatten)]
    pub hit: Hit,
    /// The shared words with the largest parts of the score, the largest first; ties as in the example.
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

/// A word of the example: its postings and its weight.
struct Part {
    plan: Plan,
    scored: Scored,
}

impl ClauseIndex {
    /// Returns the clauses that share most words with a clause or a text, and those words.
    ///
    /// The score is the sum of the BM25 weights of the words they share, each times 1 + ln(n) for n
    /// occurrences in the example. The example itself is left out. Takes time linear in the
    /// occurrences of its words.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`] if no clause has the key or citation, or if the text contains no searchable
    /// word; [`ErrorKind::Parameter`] if the process has no letter or digit.
    pub fn more_like(&self, example: LikeExample<'_>, params: &LikeParams) -> Result<LikeResult> {
        let mut notes = Vec::new();
        let (own, name, parts) = match example {
            LikeExample::Clause(name) => {
                let clause = self.clause_named(name)?;
                let stored = self.stored(clause)?;
                let parts = self.parts(&stored.text, &[self.language_of(clause)])?;
                (Some(clause), stored.citation, parts)
            }
            LikeExample::Text(text) => (None, text.to_owned(), self.parts(text, &self.languages)?),
        };
        if parts.is_empty() {
            let message = "the example holds nothing to search for: only stop words";
            return Err(Error::new(ErrorKind::Query, message));
        }
        let mut clauses = union(parts.iter().map(|part| part.scored.clone()).collect());
        clauses.retain(|item| Some(item.id) != own);
        if let Some(process) = &params.process {
            self.keep_process(&mut clauses, process, &mut notes)?;
        }
        let n_hits = clauses.len();
        self.keep_first(&mut clauses, params.limit, HitOrder::Score);
        let plan = Plan::Group(Group {
            optional: parts.iter().map(|part| part.plan.clone()).collect(),
            ..Group::default()
        });
        let wanted = Wanted::new(&plan);
        let hits = clauses.into_iter().map(|item| {
            Ok(LikeHit {
                shared: self.shared(item.id, item.score, &parts)?,
                hit: self.hit(item.id, item.score, &wanted)?,
            })
        });
        Ok(LikeResult {
            schema: "consonance.like/1",
            example: name,
            n_hits,
            hits: hits.collect::<Result<_>>()?,
            notes,
        })
    }

    /// Returns the clause with this key or citation, or the only one whose citation contains these words.
    fn clause_named(&self, name: &str) -> Result<u32> {
        let fields = self.fields;
        for (field, value) in [
            (fields.key, name.to_owned()),
            (fields.folded_citation, index_name(name)),
        ] {
            let mut found = ClauseSet::empty(self.n_clauses());
            self.postings().value(field, &value, &mut found)?;
            if let Some(clause) = found.first() {
                return Ok(clause);
            }
        }
        let folded = index_name(name);
        if let Some(clause) = self
            .postings()
            .only_name_like(fields.folded_citation, &folded)?
        {
            return Ok(clause);
        }
        let message = format!(
            "no clause, or more than one, has the key or citation `{name}`: expected one as hits show it"
        );
        Err(Error::new(ErrorKind::Query, message))
    }

    /// Returns the distinct words of a text, in order.
    fn parts(&self, text: &str, languages: &[Language]) -> Result<Vec<Part>> {
        let mut planner = self.planner();
        planner.languages = languages;
        let mut words: Vec<(Vec<WordSequence>, usize)> = Vec::new();
        let mut place_of = BTreeMap::new();
        for plan in planner.plan_words(text) {
            let Plan::Sequences(sequences) = plan else {
                continue;
            };
            let place = *place_of.entry(sequences.clone()).or_insert(words.len());
            match words.get_mut(place) {
                Some((_, n)) => *n += 1,
                None => words.push((sequences, 1)),
            }
        }
        let part = |(sequences, n): (Vec<WordSequence>, usize)| {
            let weight = 1.0 + (n as f64).ln();
            let plan = Plan::Sequences(sequences);
            let mut scored = self.evaluator().evaluate(&plan)?;
            for item in &mut scored {
                item.score = item.score.times(weight);
            }
            Ok(Part { plan, scored })
        };
        words.into_iter().map(part).collect()
    }

    fn shared(&self, clause: u32, total: Bm25, parts: &[Part]) -> Result<Vec<SharedWord>> {
        let score_of = |part: &Part| {
            let place = part.scored.binary_search_by_key(&clause, |item| item.id);
            place.ok().map(|place| part.scored[place].score)
        };
        let weighed = parts
            .iter()
            .filter_map(|part| Some((part, score_of(part)?)));
        let mut weighed: Vec<(&Part, Bm25)> = weighed.collect();
        weighed.sort_by_key(|(_, score)| Reverse(*score));
        weighed.truncate(MAX_SHARED);
        let stored = self.stored(clause)?;
        let marker = self.marker(clause, &stored);
        let word = |(part, score): (&Part, Bm25)| {
            let places = marker.places(&part.plan);
            let first = places.first()?;
            let range = first.first()?.start..first.last()?.end;
            Some(SharedWord {
                word: stored.text[range].to_owned(),
                share: Score::new(score.value() / total.value()),
            })
        };
        Ok(weighed.into_iter().filter_map(word).collect())
    }
}
