//! [`ClauseIndex::more_like`]: finds clauses similar to a clause or a text, with the words they share.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};
use crate::index::answer::{Hit, Matched, SearchParams, SearchResult, SharedWord};
use crate::index::query::plan::Plan;
use crate::index::query::tree::Group;
use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::highlight::{Marker, ReadClause, Wanted};
use crate::index::retrieve::kept::KeptClauses;
use crate::index::retrieve::phrase::WordSequence;
use crate::index::retrieve::scored::Scored;
use crate::index::retrieve::window::union;
use crate::index::search::ClauseIndex;
use crate::index::store::schema::index_name;
use crate::language::Language;
use crate::score::Score;

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
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams, LikeExample, SearchParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// let params = SearchParams::default();
    /// let like_a_clause = index.more_like(LikeExample::Clause("GGE 13(f)"), &params)?;
    /// assert_eq!(like_a_clause.hits[0].citation, "GGE 2015 ¶28(f)");
    /// assert_eq!(like_a_clause.hits[0].shared[0].word, "infrastructure");
    ///
    /// let text = "Ports shall keep critical infrastructure safe.";
    /// let like_a_text = index.more_like(LikeExample::Text(text), &params)?;
    /// assert_eq!(like_a_text.hits[0].citation, "AU Convention 2014 Art. 25(4)");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn more_like(
        &self,
        example: LikeExample<'_>,
        params: &SearchParams,
    ) -> Result<SearchResult> {
        let (own, name, parts) = match example {
            LikeExample::Clause(name) => {
                let clause = self.clause_named(name)?;
                let stored = self.stored(clause)?;
                let parts = self.parts(&stored.text, &[self.language_of(clause)])?;
                (Some(clause), self.citation(clause, &stored), parts)
            }
            LikeExample::Text(text) => (None, text.to_owned(), self.parts(text, &self.languages)?),
        };
        if parts.is_empty() {
            let message = "the example holds nothing to search for: only stop words";
            return Err(Error::new(ErrorKind::Query, message));
        }
        let mut clauses = union(parts.iter().map(|part| part.scored.clone()).collect());
        clauses.retain(|item| Some(item.id) != own);
        let words = parts.iter().map(|part| part.plan.clone()).collect();
        let mut found = Matched {
            plan: Plan::Group(Group::any(words)),
            kept: KeptClauses::default(),
            n_hits: 0,
            clauses,
            notes: Vec::new(),
        };
        let facets = self.finish(&mut found, params)?;
        let mut result = self.result("consonance.like/1", &found, facets)?;
        result.example = name;
        let wanted = found.wanted();
        for hit in &mut result.hits {
            hit.shared = self.shared(hit, &parts, &wanted);
        }
        Ok(result)
    }

    /// Returns the clause with this key or citation, or the only one whose citation contains these words.
    fn clause_named(&self, name: &str) -> Result<u32> {
        let by_key = self.postings().clauses_with_key(name)?;
        let found = match by_key.into_iter().min() {
            None => self.clause_cited(&index_name(name))?,
            found => found,
        };
        let message = format!(
            "no clause, or more than one, has the key or citation `{name}`: expected one as hits show it"
        );
        found.ok_or_else(|| Error::new(ErrorKind::Query, message))
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
            if place == words.len() {
                words.push((sequences, 0));
            }
            words[place].1 += 1;
        }
        let part = |(sequences, n): (Vec<WordSequence>, usize)| {
            let weight = 1.0 + (n as f64).ln();
            let plan = Plan::Sequences(sequences);
            let kept = KeptClauses::default();
            let mut scored = self.evaluator(&kept).evaluate(&plan)?;
            for item in &mut scored {
                item.score = item.score.times(weight);
            }
            Ok(Part { plan, scored })
        };
        words.into_iter().map(part).collect()
    }

    fn shared(&self, hit: &Hit, parts: &[Part], wanted: &Wanted<'_>) -> Vec<SharedWord> {
        let id = u32::try_from(hit.clause_id.index()).unwrap_or(u32::MAX);
        let score_of = |part: &Part| {
            let place = part.scored.binary_search_by_key(&id, |item| item.id);
            place.ok().map(|place| part.scored[place].score)
        };
        let parts = parts.iter();
        let weighed = parts.filter_map(|part| Some((part, score_of(part)?)));
        let mut weighed: Vec<(&Part, Bm25)> = weighed.collect();
        weighed.sort_by_key(|(_, score)| Reverse(*score));
        weighed.truncate(MAX_SHARED);
        let clause = ReadClause {
            id,
            text: &hit.text,
            language: self.language_of(id),
        };
        let marker = Marker::of_wanted(&self.analyzer, clause, wanted);
        let word = |(part, score): (&Part, Bm25)| {
            let places = marker.places_of(&part.plan);
            let first = places.first()?;
            let range = first.first()?.start..first.last()?.end;
            Some(SharedWord {
                word: hit.text[range].to_owned(),
                share: Score::new(score.value() / hit.score),
            })
        };
        weighed.into_iter().filter_map(word).collect()
    }
}
