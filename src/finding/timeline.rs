//! [`timeline`]: who spoke of an issue first, who followed, how strongly, and from whom they may have
//! it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::corpus::PublicationDate;
use crate::deontic::ModalClass;
use crate::id::ClauseId;
use crate::reuse::{Boilerplate, MIN_WORDS, Passage, Passages, Run};
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::Grid;
use crate::table::shared_words;
use crate::table::{CitedClause, ConvergenceTable};
use crate::vector::Contribution;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.timeline/1";
/// How similar an earlier clause is at least to be a possible source.
const MIN_SCORE: f64 = 0.1;
/// The fewest words of a shared run that are told, and the most shared terms.
const MIN_RUN: usize = 4;
const MAX_SHARED: usize = 5;
/// The fewest clauses whose strength can show a trend.
const MIN_FOR_TREND: usize = 5;

/// How issues spread over the years and the processes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The name and version of this form: `consonance.timeline/1`.
    pub schema: String,
    /// How often each process was first, the most often first, then by name.
    pub firsts: Vec<Firsts>,
    /// The issues, in the order of the rows.
    pub issues: Vec<IssueTimeline>,
    /// The words of every clause that is named, by id.
    pub texts: BTreeMap<String, String>,
}

/// How often a process was the first to speak of an issue that others share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Firsts {
    /// The process's name.
    pub process: String,
    /// The issues of several processes in which it is surely the earliest; issues with clauses of
    /// unknown date do not count.
    pub n_first: usize,
    /// The issues of several processes that it speaks of.
    pub n_issues: usize,
}

/// An issue through the years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IssueTimeline {
    /// The row's issue.
    pub issue: String,
    /// The first clause of each process with a known date, the earliest first.
    pub entries: Vec<Entry>,
    /// The years in which something was said, in order.
    pub years: Vec<Year>,
    /// The clauses whose date is not known.
    pub undated: Vec<CitedClause>,
    /// Whether strength grows (above 0) or falls with time, in `-1..=1`: Kendall's tau-b between
    /// the dates and the levels of strength; nothing for fewer than five clauses, or if one of both
    /// never changes.
    pub trend: Option<f64>,
    /// For every dated clause the earlier clause it may come from, in the order of the dates.
    pub descents: Vec<Descent>,
}

/// The first clause of a process on an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The process's name.
    pub process: String,
    /// The clause; of several of one date the first in the corpus.
    pub clause: CitedClause,
    /// When it was first public.
    pub date: PublicationDate,
    /// Whether the date does not tell it apart from that of the entry before.
    pub is_tied: bool,
    /// What the clause does.
    pub class: ModalClass,
}

/// What was said of an issue in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The number of clauses of the year.
    pub n_clauses: usize,
    /// The number of processes that have spoken of the issue by its end.
    pub n_processes: usize,
    /// How many clauses of each class the year has.
    pub classes: BTreeMap<ModalClass, usize>,
    /// The mean level of strength, from 0 (declaration) to 5 (obligation, prohibition); nothing if
    /// no class is known.
    pub mean_level: Option<f64>,
}

/// A clause and where it may come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Descent {
    /// The clause.
    pub clause: CitedClause,
    /// Its process.
    pub process: String,
    /// When it was first public.
    pub date: PublicationDate,
    /// What it does.
    pub class: ModalClass,
    /// The level of strength of that class, from 0 to 5; nothing if it is unknown.
    pub level: Option<u8>,
    /// The most similar clause of another process that is surely earlier; nothing if none is, or
    /// none is similar.
    pub from: Option<PossibleSource>,
}

/// An earlier clause that another may come from. Likeness and order are all that is known: both may
/// have a common source outside the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PossibleSource {
    /// The earlier clause.
    pub clause: CitedClause,
    /// When it was first public.
    pub date: PublicationDate,
    /// The cosine of both on words.
    pub score: Score,
    /// The most telling passage that both share, of four words at least: that of which the words are
    /// rarest together.
    pub run: Option<Passage>,
    /// The words both share, as the later clause writes them, the weightiest first.
    pub shared: Vec<Contribution>,
}

/// Returns how each issue of a table spread: who spoke of it first, who followed when, how strongly,
/// and which earlier clause each may come from.
///
/// Dates are those of the agreements: when their wording was first public, else the year of the
/// document. The possible source of a clause is the clause of another process in the same row that
/// is surely earlier and most similar on words (cosine of at least 0.1); of equally similar ones the
/// earliest. So the sources of a row make a tree for every clause that has none. Costs one comparison
/// for each pair of clauses of a row.
pub fn timeline(
    corpus: &Corpus,
    representation: &Representation,
    table: &ConvergenceTable,
) -> Timeline {
    let grid = Grid::of(corpus, table);
    let passages = Passages::of(corpus, MIN_WORDS);
    let history = History {
        corpus,
        representation,
        frequencies: passages.words().frequencies(),
        passages: &passages,
        dates: corpus
            .agreements()
            .iter()
            .map(|agreement| PublicationDate::of(&agreement.metadata))
            .collect(),
    };
    let issues: Vec<IssueTimeline> = (0..grid.n_rows())
        .into_par_iter()
        .map(|row| history.issue(&table.rows[row].issue, grid.row(row)))
        .collect();
    Timeline {
        schema: SCHEMA.to_owned(),
        firsts: firsts(&issues),
        texts: texts_of(corpus, &issues),
        issues,
    }
}

/// What the timelines of all issues are read from.
struct History<'a> {
    corpus: &'a Corpus,
    representation: &'a Representation,
    passages: &'a Passages,
    /// In how many clauses each word occurs.
    frequencies: Vec<u32>,
    /// The date of each agreement.
    dates: Vec<Option<PublicationDate>>,
}

/// A clause with its date and what it does.
#[derive(Clone, Copy)]
struct Dated {
    date: PublicationDate,
    clause: ClauseId,
    class: ModalClass,
    level: Option<u8>,
}

impl History<'_> {
    fn issue(&self, issue: &str, clauses: &[ClauseId]) -> IssueTimeline {
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for &clause in clauses {
            match self.dates[self.corpus.clause(clause).agreement.index()] {
                Some(date) => dated.push(self.dated(clause, date)),
                None => undated.push(CitedClause::of(self.corpus, clause)),
            }
        }
        dated.sort_by_key(|of| (of.date.sort_key(), of.clause));
        IssueTimeline {
            issue: issue.to_owned(),
            entries: self.entries(&dated),
            years: self.years(&dated),
            undated,
            trend: trend(&dated),
            descents: dated.iter().map(|of| self.descent(*of, &dated)).collect(),
        }
    }

    fn dated(&self, clause: ClauseId, date: PublicationDate) -> Dated {
        let force = self.corpus.force(clause);
        Dated {
            date,
            clause,
            class: force.class,
            level: force.class.level(),
        }
    }

    fn process(&self, clause: ClauseId) -> &str {
        &self.corpus.process(self.corpus.process_of(clause)).name
    }

    fn entries(&self, dated: &[Dated]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for of in dated {
            let process = self.process(of.clause);
            if entries.iter().any(|entry| entry.process == process) {
                continue;
            }
            let last = entries.last();
            entries.push(Entry {
                process: process.to_owned(),
                clause: CitedClause::of(self.corpus, of.clause),
                date: of.date,
                is_tied: last.is_some_and(|last| !last.date.is_before(&of.date)),
                class: of.class,
            });
        }
        entries
    }

    fn years(&self, dated: &[Dated]) -> Vec<Year> {
        let mut processes: Vec<&str> = Vec::new();
        let mut years = Vec::new();
        for of_year in dated.chunk_by(|a, b| a.date.year == b.date.year) {
            let mut classes: BTreeMap<ModalClass, usize> = BTreeMap::new();
            for of in of_year {
                *classes.entry(of.class).or_default() += 1;
                let process = self.process(of.clause);
                if !processes.contains(&process) {
                    processes.push(process);
                }
            }
            let levels: Vec<f64> = of_year
                .iter()
                .filter_map(|of| of.level)
                .map(f64::from)
                .collect();
            years.push(Year {
                year: of_year[0].date.year,
                n_clauses: of_year.len(),
                n_processes: processes.len(),
                classes,
                mean_level: crate::cluster::mean(levels.into_iter()),
            });
        }
        years
    }

    fn descent(&self, of: Dated, dated: &[Dated]) -> Descent {
        let process = self.corpus.process_of(of.clause);
        let words = self.representation.words();
        let mut best: Option<(Score, Dated)> = None;
        for earlier in dated {
            let is_source = earlier.date.is_before(&of.date)
                && self.corpus.process_of(earlier.clause) != process;
            let score = words.similarity(of.clause, earlier.clause);
            // The clauses come in the order of their dates: of equally similar ones the first stays.
            if is_source
                && score.value() >= MIN_SCORE
                && best.is_none_or(|(known, _)| score > known)
            {
                best = Some((score, *earlier));
            }
        }
        Descent {
            clause: CitedClause::of(self.corpus, of.clause),
            process: self.process(of.clause).to_owned(),
            date: of.date,
            class: of.class,
            level: of.level,
            from: best.map(|(score, earlier)| self.possible_source(of.clause, (score, earlier))),
        }
    }

    fn possible_source(
        &self,
        clause: ClauseId,
        (score, earlier): (Score, Dated),
    ) -> PossibleSource {
        let pair = (clause, earlier.clause);
        let mut shared = shared_words(self.corpus, self.representation, pair);
        shared.truncate(MAX_SHARED);
        PossibleSource {
            clause: CitedClause::of(self.corpus, earlier.clause),
            date: earlier.date,
            score,
            run: self.most_telling(clause, earlier.clause),
            shared,
        }
    }

    fn most_telling(&self, clause: ClauseId, earlier: ClauseId) -> Option<Passage> {
        let boilerplate = Boilerplate::new(self.corpus, self.representation);
        let language = self.corpus.clause(clause).language;
        let information = |run: &Run| self.passages.information(*run, &self.frequencies);
        let runs = self.passages.between(clause, earlier, MIN_RUN).into_iter();
        runs.map(|run| (run, self.passages.passage(self.corpus, run)))
            .filter(|(_, passage)| boilerplate.has_subject(&passage.words, language))
            .max_by(|(x, _), (y, _)| information(x).total_cmp(&information(y)).then(y.cmp(x)))
            .map(|(_, passage)| passage)
    }
}

/// Returns Kendall's tau-b (Kendall, 1945) between dates and levels, a date that contains another
/// taken as tied with it; costs one comparison a pair.
fn trend(dated: &[Dated]) -> Option<f64> {
    let known: Vec<(PublicationDate, u8)> = dated
        .iter()
        .filter_map(|of| Some((of.date, of.level?)))
        .collect();
    if known.len() < MIN_FOR_TREND {
        return None;
    }
    let (mut balance, mut n_dates, mut n_levels) = (0.0, 0.0, 0.0);
    for (place, (date, level)) in known.iter().enumerate() {
        for (later, later_level) in &known[place + 1..] {
            let is_later = date.is_before(later);
            let is_other_level = level != later_level;
            n_dates += f64::from(u8::from(is_later));
            n_levels += f64::from(u8::from(is_other_level));
            if is_later && is_other_level {
                balance += if later_level > level { 1.0 } else { -1.0 };
            }
        }
    }
    (n_dates > 0.0 && n_levels > 0.0).then(|| balance / f64::sqrt(n_dates * n_levels))
}

fn firsts(issues: &[IssueTimeline]) -> Vec<Firsts> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for issue in issues.iter().filter(|issue| issue.entries.len() > 1) {
        for (place, entry) in issue.entries.iter().enumerate() {
            let [n_first, n_issues] = counts.entry(&entry.process).or_default();
            *n_issues += 1;
            let is_first = place == 0 && !issue.entries[1].is_tied && issue.undated.is_empty();
            *n_first += usize::from(is_first);
        }
    }
    let mut firsts: Vec<Firsts> = counts
        .into_iter()
        .map(|(process, [n_first, n_issues])| Firsts {
            process: process.to_owned(),
            n_first,
            n_issues,
        })
        .collect();
    // The sort is stable: equally frequent ones stay in the order of their names.
    firsts.sort_by_key(|of| std::cmp::Reverse((of.n_first, of.n_issues)));
    firsts
}

fn texts_of(corpus: &Corpus, issues: &[IssueTimeline]) -> BTreeMap<String, String> {
    let dated = issues.iter().flat_map(|issue| &issue.descents);
    let undated = issues.iter().flat_map(|issue| &issue.undated);
    dated
        .map(|descent| &descent.clause)
        .chain(undated)
        .filter_map(|cited| {
            let clause = corpus.find(&cited.id)?;
            Some((cited.id.clone(), corpus.text(clause).to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Metadata;

    fn dated(dates_and_levels: &[(&str, u8)]) -> Vec<Dated> {
        let of = |(place, (date, level)): (usize, &(&str, u8))| {
            let metadata = Metadata {
                first_published: Some((*date).to_owned()),
                ..Metadata::default()
            };
            Dated {
                date: PublicationDate::of(&metadata).unwrap(),
                clause: ClauseId::new(place),
                class: ModalClass::Obligation,
                level: Some(*level),
            }
        };
        dates_and_levels.iter().enumerate().map(of).collect()
    }

    #[test]
    fn the_trend_of_strength_by_hand() {
        let check = |of: &[(&str, u8)], expected: Option<f64>| {
            let found = trend(&dated(of));
            let is_same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                (found, expected) => found == expected,
            };
            assert!(is_same, "{of:?}: {found:?}");
        };
        let rising = [
            ("2001", 0),
            ("2002", 1),
            ("2003", 2),
            ("2004", 3),
            ("2005", 5),
        ];
        check(&rising, Some(1.0));
        check(&rising[..4], None);
        check(
            &[
                ("2001", 3),
                ("2002", 3),
                ("2003", 3),
                ("2004", 3),
                ("2005", 3),
            ],
            None,
        );
        // Pairs told apart by date 8, by level 6; 5 by both, all of them falling: -5 / sqrt(48).
        let falling = [
            ("2001", 5),
            ("2001-03", 5),
            ("2002", 5),
            ("2002-01", 3),
            ("2003", 3),
        ];
        check(&falling, Some(-5.0 / f64::sqrt(48.0)));
    }
}
