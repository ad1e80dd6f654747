//! [`Evaluator`]: a plan into the clauses that match it, each with its score.
//!
//! The index library keeps the postings; matching and scoring are done here, in 64-bit numbers and
//! in the order of the query. Its own scores are sums of 32-bit numbers that depend on how clauses
//! fell into segments, its ties come in the order of threads, and its counts keep deleted clauses:
//! none of that may show in an answer.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use crate::error::Result;
use crate::index::bm25::{Bm25, Weighing};
use crate::index::filter::{Filter, NameField, holds_words};
use crate::index::phrase::{Sequence, occurrences};
use crate::index::plan::Plan;
use crate::index::query::Group;
use crate::index::schema::{Fields, OrIndexError};

/// Clauses with their scores, ascending by clause, each once.
pub(crate) type Scored = Vec<(u32, Bm25)>;

/// Clauses with the number of occurrences.
type Counted = Vec<(u32, u32)>;

/// Where each clause stands and how long it is.
#[derive(Debug)]
pub(crate) struct ClauseMap {
    /// For each segment the clause of each document.
    pub(crate) clause_of: Vec<Vec<u32>>,
    /// For each clause its segment and document.
    pub(crate) address_of: Vec<(u32, DocId)>,
    /// For each clause its number of terms.
    pub(crate) lengths: Vec<u32>,
    /// The mean number of terms.
    pub(crate) mean_length: f64,
}

/// Evaluates plans on one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: Fields,
    pub(crate) map: &'a ClauseMap,
}

impl Evaluator<'_> {
    /// Returns the clauses that match, with their scores.
    ///
    /// Takes time linear in the postings of the plan's terms.
    pub(crate) fn evaluate(&self, plan: &Plan) -> Result<Scored> {
        match plan {
            Plan::Sequences(sequences) => {
                let mut counted = Counted::new();
                for sequence in sequences {
                    self.count_sequence(sequence, &mut counted)?;
                }
                Ok(self.weigh(counted))
            }
            Plan::Prefix(prefix) => Ok(self.weigh(self.count_prefix(prefix)?)),
            Plan::Filter(filter) => self.filter(filter),
            Plan::All(parts) => self.all(parts),
            Plan::Group(group) => self.group(group),
            Plan::Not(inner) => Ok(except(self.everything(), &self.evaluate(inner)?)),
        }
    }

    /// Returns all clauses, with the score 0.
    fn everything(&self) -> Scored {
        let n_clauses = u32::try_from(self.map.lengths.len()).unwrap_or(u32::MAX);
        (0..n_clauses).map(|clause| (clause, Bm25::ZERO)).collect()
    }

    fn all(&self, parts: &[Plan]) -> Result<Scored> {
        let mut matched: Option<Scored> = None;
        for part in parts {
            let found = self.evaluate(part)?;
            matched = Some(match matched {
                Some(matched) => intersection(&matched, &found),
                None => found,
            });
        }
        Ok(matched.unwrap_or_default())
    }

    fn group(&self, group: &Group<Plan>) -> Result<Scored> {
        let mut matched: Option<Scored> = None;
        let mut narrow = |found: Scored| {
            matched = Some(match matched.take() {
                Some(matched) => intersection(&matched, &found),
                None => found,
            });
        };
        for alternatives in &group.filters {
            narrow(self.any_filter(alternatives)?);
        }
        for part in &group.required {
            narrow(self.evaluate(part)?);
        }
        if !group.optional.is_empty() {
            let mut any = Scored::new();
            for part in &group.optional {
                any = union(&any, &self.evaluate(part)?);
            }
            if group.required.is_empty() {
                narrow(any);
            } else {
                matched = matched.map(|matched| raised(matched, &any));
            }
        }
        let mut matched = matched.unwrap_or_else(|| self.everything());
        for part in &group.prohibited {
            matched = except(matched, &self.evaluate(part)?);
        }
        Ok(matched)
    }

    /// Returns the clauses that one of the filters keeps.
    pub(crate) fn any_filter(&self, alternatives: &[Filter]) -> Result<Scored> {
        let mut any = Scored::new();
        for filter in alternatives {
            any = union(&any, &self.filter(filter)?);
        }
        Ok(any)
    }

    /// Adds up the occurrences clause by clause and weighs them.
    fn weigh(&self, mut counted: Counted) -> Scored {
        counted.sort_unstable();
        let mut sums = Counted::with_capacity(counted.len());
        for (clause, tf) in counted {
            match sums.last_mut() {
                Some(last) if last.0 == clause => last.1 = last.1.saturating_add(tf),
                _ => sums.push((clause, tf)),
            }
        }
        let n_clauses = self.map.lengths.len();
        let weighing = Weighing::new(sums.len(), n_clauses, self.map.mean_length);
        let score_of = |(clause, tf)| {
            let length = self.map.lengths[clause as usize];
            (clause, weighing.score(tf, length))
        };
        sums.into_iter().map(score_of).collect()
    }

    fn count_sequence(&self, sequence: &Sequence, counted: &mut Counted) -> Result<()> {
        for (segment, clause_of) in self.segments() {
            let inverted = inverted_index(segment, self.fields.terms)?;
            let count = |doc: DocId, tf| counted.push((clause_of[doc as usize], tf));
            match &sequence.terms[..] {
                [term] => count_term(&inverted, self.fields.terms, term, count)?,
                _ => count_run(&inverted, self.fields.terms, sequence, count)?,
            }
        }
        Ok(())
    }

    fn count_prefix(&self, prefix: &str) -> Result<Counted> {
        let mut counted = Counted::new();
        for (segment, clause_of) in self.segments() {
            let inverted = inverted_index(segment, self.fields.words)?;
            let from_prefix = inverted.terms().range().ge(prefix).into_stream();
            let mut words = from_prefix.or_index_error(READING)?;
            while words.advance() && words.key().starts_with(prefix.as_bytes()) {
                let postings = inverted
                    .read_postings_from_terminfo(words.value(), IndexRecordOption::WithFreqs)
                    .or_index_error(READING)?;
                for_each_doc(postings, |doc, tf| {
                    counted.push((clause_of[doc as usize], tf));
                });
            }
        }
        Ok(counted)
    }

    /// Returns the clauses that a filter keeps, with the score 0.
    fn filter(&self, filter: &Filter) -> Result<Scored> {
        let mut kept = Vec::new();
        for (segment, clause_of) in self.segments() {
            let keep = |doc: DocId| kept.push((clause_of[doc as usize], Bm25::ZERO));
            match filter {
                Filter::Name { field, folded } => {
                    self.docs_with_name(segment, *field, folded, keep)?;
                }
                Filter::Key(key) => docs_with_term(segment, self.fields.key, key, keep)?,
                Filter::Language(language) => {
                    docs_with_term(segment, self.fields.language, language.code(), keep)?;
                }
                Filter::Years { first, last } => docs_of_years(segment, *first..=*last, keep)?,
            }
        }
        kept.sort_unstable();
        kept.dedup();
        Ok(kept)
    }

    /// Looks through the names of a field: there are far fewer of them than clauses.
    fn docs_with_name(
        &self,
        segment: &SegmentReader,
        field: NameField,
        folded: &str,
        mut keep: impl FnMut(DocId),
    ) -> Result<()> {
        let field = match field {
            NameField::Process => self.fields.folded_process,
            NameField::Agreement => self.fields.folded_agreement,
            NameField::Label => self.fields.folded_label,
            NameField::Heading => self.fields.folded_heading,
        };
        let inverted = inverted_index(segment, field)?;
        let mut names = inverted.terms().stream().or_index_error(READING)?;
        while names.advance() {
            let name = String::from_utf8_lossy(names.key());
            if holds_words(&name, folded) {
                let postings = inverted
                    .read_postings_from_terminfo(names.value(), IndexRecordOption::Basic)
                    .or_index_error(READING)?;
                for_each_doc(postings, |doc, _| keep(doc));
            }
        }
        Ok(())
    }

    fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &Vec<u32>)> {
        self.searcher
            .segment_readers()
            .iter()
            .zip(&self.map.clause_of)
    }
}

const READING: &str = "the index cannot be read";

fn inverted_index(
    segment: &SegmentReader,
    field: Field,
) -> Result<std::sync::Arc<InvertedIndexReader>> {
    segment.inverted_index(field).or_index_error(READING)
}

fn for_each_doc(mut postings: SegmentPostings, mut each: impl FnMut(DocId, u32)) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        each(doc, postings.term_freq());
        doc = postings.advance();
    }
}

fn count_term(
    inverted: &InvertedIndexReader,
    field: Field,
    term: &str,
    count: impl FnMut(DocId, u32),
) -> Result<()> {
    let term = Term::from_field_text(field, term);
    let postings = inverted
        .read_postings(&term, IndexRecordOption::WithFreqs)
        .or_index_error(READING)?;
    if let Some(postings) = postings {
        for_each_doc(postings, count);
    }
    Ok(())
}

/// Counts the places where several terms stand in a row.
fn count_run(
    inverted: &InvertedIndexReader,
    field: Field,
    sequence: &Sequence,
    mut count: impl FnMut(DocId, u32),
) -> Result<()> {
    let mut all_postings = Vec::with_capacity(sequence.terms.len());
    for term in &sequence.terms {
        let term = Term::from_field_text(field, term);
        let option = IndexRecordOption::WithFreqsAndPositions;
        match inverted
            .read_postings(&term, option)
            .or_index_error(READING)?
        {
            Some(postings) => all_postings.push(postings),
            None => return Ok(()),
        }
    }
    let mut positions = vec![Vec::new(); all_postings.len()];
    let mut from = 0;
    while let Some(doc) = next_common_doc(&mut all_postings, from) {
        for (postings, positions) in all_postings.iter_mut().zip(&mut positions) {
            postings.positions(positions);
        }
        let slices: Vec<&[u32]> = positions.iter().map(Vec::as_slice).collect();
        let n_places = occurrences(sequence, &slices).len();
        if n_places > 0 {
            count(doc, u32::try_from(n_places).unwrap_or(u32::MAX));
        }
        from = doc + 1;
    }
    Ok(())
}

/// Moves all postings to the first document from `from` on that they share.
fn next_common_doc(all_postings: &mut [SegmentPostings], from: DocId) -> Option<DocId> {
    let mut wanted = from;
    loop {
        let mut furthest = wanted;
        for postings in &mut *all_postings {
            let doc = if postings.doc() < furthest {
                postings.seek(furthest)
            } else {
                postings.doc()
            };
            if doc == TERMINATED {
                return None;
            }
            furthest = furthest.max(doc);
        }
        if all_postings
            .iter()
            .all(|postings| postings.doc() == furthest)
        {
            return Some(furthest);
        }
        wanted = furthest;
    }
}

fn docs_with_term(
    segment: &SegmentReader,
    field: Field,
    value: &str,
    mut keep: impl FnMut(DocId),
) -> Result<()> {
    count_term(&*inverted_index(segment, field)?, field, value, |doc, _| {
        keep(doc);
    })
}

fn docs_of_years(
    segment: &SegmentReader,
    years: std::ops::RangeInclusive<i64>,
    mut keep: impl FnMut(DocId),
) -> Result<()> {
    let year_of = segment.fast_fields().i64("year").or_index_error(READING)?;
    for doc in 0..segment.max_doc() {
        if year_of.first(doc).is_some_and(|year| years.contains(&year)) {
            keep(doc);
        }
    }
    Ok(())
}

/// Returns the clauses of both, their scores added.
fn intersection(a: &Scored, b: &Scored) -> Scored {
    let mut rest = b.iter().peekable();
    let mut both = Scored::new();
    for &(clause, score) in a {
        while rest.next_if(|other| other.0 < clause).is_some() {}
        if let Some(other) = rest.next_if(|other| other.0 == clause) {
            both.push((clause, score.plus(other.1)));
        }
    }
    both
}

/// Returns the clauses of either, the scores of those in both added.
fn union(a: &Scored, b: &Scored) -> Scored {
    let mut rest = b.iter().copied().peekable();
    let mut either = Scored::with_capacity(a.len() + b.len());
    for &(clause, score) in a {
        while let Some(other) = rest.next_if(|other| other.0 < clause) {
            either.push(other);
        }
        let more = rest.next_if(|other| other.0 == clause);
        either.push((clause, more.map_or(score, |other| score.plus(other.1))));
    }
    either.extend(rest);
    either
}

/// Returns the clauses of the first, the scores of those that are in the second too added.
fn raised(mut a: Scored, b: &Scored) -> Scored {
    let mut rest = b.iter().peekable();
    for (clause, score) in &mut a {
        while rest.next_if(|other| other.0 < *clause).is_some() {}
        if let Some(other) = rest.next_if(|other| other.0 == *clause) {
            *score = score.plus(other.1);
        }
    }
    a
}

/// Returns the clauses of the first that are not in the second.
fn except(mut a: Scored, b: &Scored) -> Scored {
    let mut rest = b.iter().peekable();
    a.retain(|(clause, _)| {
        while rest.next_if(|other| other.0 < *clause).is_some() {}
        rest.next_if(|other| other.0 == *clause).is_none()
    });
    a
}
