//! What agreements of the last years add, and which agreements to read.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{ClauseRef, Corpus, PublicationDate};
use crate::finding::briefing::result::{NewAgreement, NewIssue, SuggestedReading};
use crate::finding::study::Study;
use crate::id::{AgreementId, ClauseId, RowId};

/// The most agreements to read.
const MAX_READINGS: usize = 4;
/// The fewest processes of a shared issue.
const MIN_SHARED: usize = 2;

/// The issues of each agreement, each with its first clause that counts.
pub(super) struct Addressed<'s> {
    study: &'s Study,
    rows_of: BTreeMap<AgreementId, BTreeMap<RowId, ClauseId>>,
}

impl<'s> Addressed<'s> {
    pub(super) fn of(study: &'s Study) -> Self {
        let corpus = study.corpus();
        let mut rows_of: BTreeMap<AgreementId, BTreeMap<RowId, ClauseId>> = BTreeMap::new();
        for row in study.table().row_ids() {
            for clause in study
                .table()
                .row(row)
                .counted_ids()
                .filter_map(|id| corpus.find(id))
            {
                let rows = rows_of.entry(corpus.clause(clause).agreement).or_default();
                let first = rows.entry(row).or_insert(clause);
                *first = clause.min(*first);
            }
        }
        Self { study, rows_of }
    }

    /// Returns the agreements of a year or later with their issues, the earliest first; those without an issue are
    /// left out.
    pub(super) fn news(&self, since: i32) -> Vec<NewAgreement> {
        let corpus = self.study.corpus();
        let is_new = |agreement: &AgreementId| {
            date_of(corpus, *agreement).is_some_and(|date| date.year >= since)
        };
        let old = self
            .rows_of
            .iter()
            .filter(|(agreement, _)| !is_new(agreement));
        let known: BTreeSet<RowId> = old.flat_map(|(_, rows)| rows.keys().copied()).collect();
        let new = self.rows_of.iter().filter_map(|(agreement, rows)| {
            let published = date_of(corpus, *agreement).filter(|_| is_new(agreement))?;
            let mut issues: Vec<NewIssue> = rows
                .iter()
                .map(|(row, clause)| NewIssue {
                    issue: self.study.issue(*row),
                    is_first: !known.contains(row),
                    clause: ClauseRef::of(corpus, *clause),
                })
                .collect();
            issues.sort_by_key(|issue| !issue.is_first);
            Some(NewAgreement {
                agreement: corpus.agreement(*agreement).name.clone(),
                published,
                issues,
            })
        });
        let mut new: Vec<NewAgreement> = new.collect();
        new.sort_by_key(|of| of.published.sort_key());
        new
    }

    /// Returns how many issues two processes or more share.
    pub(super) fn n_shared(&self) -> usize {
        self.shared_rows().count()
    }

    fn shared_rows(&self) -> impl Iterator<Item = RowId> {
        let table = self.study.table();
        let is_shared = |row: &RowId| table.row(*row).n_processes >= MIN_SHARED;
        table.row_ids().filter(is_shared)
    }

    /// Returns the agreements to read: step by step the one that adds most of the shared issues; of several, the one
    /// with more of them in all, then the first in the corpus.
    pub(super) fn readings(&self) -> Vec<SuggestedReading> {
        let corpus = self.study.corpus();
        let mut open: BTreeSet<RowId> = self.shared_rows().collect();
        let shared = open.clone();
        let mut readings = Vec::new();
        while readings.len() < MAX_READINGS {
            let n_in = |rows: &BTreeMap<RowId, ClauseId>, among: &BTreeSet<RowId>| {
                rows.keys().filter(|row| among.contains(row)).count()
            };
            let worth = |(_, rows): &(_, &BTreeMap<RowId, ClauseId>)| {
                [n_in(rows, &open), n_in(rows, &shared)]
            };
            // Of equal ones `max_by_key` takes the last, so the order is turned round.
            let best = self.rows_of.iter().rev().max_by_key(worth);
            let Some((agreement, rows)) = best.filter(|(_, rows)| n_in(rows, &open) > 0) else {
                break;
            };
            let more = rows.iter().filter(|(row, _)| open.contains(row));
            let Some((_, begin)) = more.clone().min_by_key(|(row, _)| **row) else {
                break;
            };
            readings.push(SuggestedReading {
                agreement: corpus.agreement(*agreement).name.clone(),
                n_issues: n_in(rows, &shared),
                n_more: more.count(),
                begin: ClauseRef::of(corpus, *begin),
            });
            open.retain(|row| !rows.contains_key(row));
        }
        readings
    }
}

/// Returns when an agreement was first published.
pub(super) fn date_of(corpus: &Corpus, agreement: AgreementId) -> Option<PublicationDate> {
    PublicationDate::of(&corpus.agreement(agreement).metadata)
}
