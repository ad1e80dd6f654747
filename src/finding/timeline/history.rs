//! [`timeline`]: how each issue spread, from the dates of its clauses.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::cluster::mean;
use crate::corpus::{ClauseRef, PublicationDate};
use crate::deontic::ModalClass;
use crate::finding::study::Study;
use crate::finding::timeline::result::{
    Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year,
};
use crate::finding::timeline::trend::{Dated, trend};
use crate::finding::why::weightiest_words;
use crate::id::{ClauseId, RowId};
use crate::reuse::{Boilerplate, Passage, Passages, Run};
use crate::score::Score;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.timeline/1";
/// The least similarity of an earlier clause that is a possible source.
const MIN_SCORE: f64 = 0.1;
/// The fewest words of a reported passage, and the most reported terms.
const MIN_RUN: usize = 4;
const MAX_SHARED: usize = 5;

/// Returns how each issue of a table spread: who addressed it first, who followed when, how strongly,
/// and which earlier clause each clause may come from.
///
/// Dates are those of the agreements: when their wording was first public, otherwise the year of the
/// document. The possible source of a clause is the clause of another process in the same row that is
/// certainly earlier and most similar (TF-IDF cosine of at least 0.1); ties go to the earliest. So the
/// sources of a row make a tree for every clause without a source. Costs one comparison for each pair
/// of clauses of a row, where clauses of one process and date with the same words count once.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Study, timeline};
/// use consonance::report::Report;
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let page = timeline(&study).page(5).to_markdown();
/// assert!(page.contains("## Who was first\n\nSCO "), "the first of the most issues");
/// assert!(page.contains("## Human rights online"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn timeline(study: &Study) -> Timeline {
    let passages = &Passages::only_words(study.corpus());
    let agreements = study.corpus().agreements().iter();
    let history = History {
        study,
        frequencies: passages.words().frequencies(),
        passages,
        dates: agreements
            .map(|of| PublicationDate::of(&of.metadata))
            .collect(),
    };
    let rows: Vec<RowId> = study.table().row_ids().collect();
    let issues: Vec<IssueTimeline> = rows.into_par_iter().map(|row| history.issue(row)).collect();
    let dated = issues.iter().flat_map(|issue| &issue.descents);
    let undated = issues.iter().flat_map(|issue| &issue.undated);
    let clauses = dated.map(|descent| &descent.clause).chain(undated);
    Timeline {
        schema: SCHEMA.to_owned(),
        firsts: firsts(&issues),
        texts: study.texts_of(clauses),
        issues,
    }
}

/// The data for the timelines of all issues.
struct History<'a> {
    study: &'a Study,
    passages: &'a Passages,
    /// The number of clauses each word occurs in.
    frequencies: Vec<u32>,
    /// The date of each agreement.
    dates: Vec<Option<PublicationDate>>,
}

impl History<'_> {
    fn issue(&self, row: RowId) -> IssueTimeline {
        let corpus = self.study.corpus();
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for &clause in self.study.clauses_of(row) {
            match self.dates[corpus.clause(clause).agreement.index()] {
                Some(date) => dated.push(self.dated(clause, date)),
                None => undated.push(self.cited(clause)),
            }
        }
        dated.sort_by_key(|of| (of.date.sort_key(), of.clause));
        let sources = self.first_with_words(&dated);
        IssueTimeline {
            row,
            issue: self.study.issue(row),
            entries: self.entries(&dated),
            years: self.years(&dated),
            undated,
            trend: trend(&dated),
            descents: dated.iter().map(|of| self.descent(*of, &sources)).collect(),
        }
    }

    fn dated(&self, clause: ClauseId, date: PublicationDate) -> Dated {
        Dated {
            date,
            clause,
            class: self.study.corpus().force(clause).class,
        }
    }

    fn cited(&self, clause: ClauseId) -> ClauseRef {
        ClauseRef::of(self.study.corpus(), clause)
    }

    fn process(&self, clause: ClauseId) -> &str {
        let corpus = self.study.corpus();
        &corpus.process(corpus.process_of(clause)).name
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
                clause: self.cited(of.clause),
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
            let levels = of_year.iter().filter_map(|of| of.class.level());
            years.push(Year {
                year: of_year[0].date.year,
                n_clauses: of_year.len(),
                n_processes: processes.len(),
                classes,
                mean_level: mean(levels.map(f64::from)),
            });
        }
        years
    }

    /// Returns the first clause of each process and date with the same row of words, in order: the others are as similar
    /// to any clause, and ties go to the first.
    fn first_with_words(&self, dated: &[Dated]) -> Vec<Dated> {
        let matrix = self.study.representation().words().matrix();
        let mut seen = HashSet::new();
        let is_first = |of: &&Dated| {
            let row = matrix.row(of.clause.index());
            let bits: Vec<u32> = row.values.iter().map(|value| value.to_bits()).collect();
            let process = self.study.corpus().process_of(of.clause);
            seen.insert((process, of.date.sort_key(), row.columns, bits))
        };
        dated.iter().filter(is_first).copied().collect()
    }

    fn descent(&self, of: Dated, sources: &[Dated]) -> Descent {
        let process = self.study.corpus().process_of(of.clause);
        let words = self.study.representation().words();
        let mut best: Option<(Score, Dated)> = None;
        for earlier in sources {
            let is_source = earlier.date.is_before(&of.date)
                && self.study.corpus().process_of(earlier.clause) != process;
            if !is_source {
                continue;
            }
            let score = words.similarity(of.clause, earlier.clause);
            // The clauses are in the order of their dates: ties go to the first.
            if score.value() >= MIN_SCORE && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, *earlier));
            }
        }
        Descent {
            clause: self.cited(of.clause),
            process: self.process(of.clause).to_owned(),
            date: of.date,
            class: of.class,
            level: of.class.level(),
            from: best.map(|(score, earlier)| self.possible_source(of.clause, earlier, score)),
        }
    }

    fn possible_source(&self, clause: ClauseId, earlier: Dated, score: Score) -> PossibleSource {
        let mut shared = weightiest_words(self.study, [clause, earlier.clause]);
        shared.truncate(MAX_SHARED);
        PossibleSource {
            clause: self.cited(earlier.clause),
            date: earlier.date,
            score,
            run: self.most_telling(clause, earlier.clause),
            shared,
        }
    }

    fn most_telling(&self, clause: ClauseId, earlier: ClauseId) -> Option<Passage> {
        let corpus = self.study.corpus();
        let representation = self.study.representation();
        let boilerplate = Boilerplate {
            corpus,
            representation,
        };
        let language = corpus.clause(clause).language;
        let information = |run: &Run| self.passages.information(*run, &self.frequencies);
        let runs = self.passages.between(clause, earlier, MIN_RUN).into_iter();
        runs.map(|run| (run, self.passages.passage(corpus, run)))
            .filter(|(_, passage)| boilerplate.has_subject(&passage.words, language))
            .max_by(|(x, _), (y, _)| information(x).total_cmp(&information(y)).then(y.cmp(x)))
            .map(|(_, passage)| passage)
    }
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
    let first = |(process, [n_first, n_issues]): (&str, [usize; 2])| Firsts {
        process: process.to_owned(),
        n_first,
        n_issues,
    };
    let mut firsts: Vec<Firsts> = counts.into_iter().map(first).collect();
    // The sort is stable: ties stay in the order of their names.
    firsts.sort_by_key(|of| std::cmp::Reverse((of.n_first, of.n_issues)));
    firsts
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::corpus::{Corpus, CorpusBuilder};
    use crate::read::{ReadLimits, read};
    use crate::similarity::{Representation, RepresentationParams};
    use crate::table::{ConvergeParams, converge_on};

    /// Clauses of three texts, each said many times, by four processes in some months.
    fn corpus() -> Corpus {
        let texts = [
            "lamps of the harbor",
            "bells of the reef",
            "lamps and bells of the pier",
        ];
        let mut lines = String::new();
        for n in 0..120_usize {
            let (text, process) = (texts[n % 3], n * 7 % 4);
            let date = ["1990", "1990-03", "1991", "1991-05", "1992"][n * n % 5];
            let _ = writeln!(
                lines,
                "{{\"agreement\": \"a{}\", \"process\": \"p{process}\", \"first_published\": \"{date}\", \
                 \"clause\": \"Art. {n}\", \"text\": \"Members shall keep the {text}.\"}}",
                process * 5 + n * n % 5,
            );
        }
        let parsed = read(lines.as_bytes(), "all.jsonl", &ReadLimits::default()).unwrap();
        let mut builder = CorpusBuilder::new();
        builder.add(parsed, Some("all.jsonl"));
        builder.build().unwrap()
    }

    #[test]
    fn sources_among_equal_clauses_are_those_of_all_pairs() {
        let corpus = corpus();
        let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
        let params = ConvergeParams::default().n_clusters(Some(2)).n_resamples(0);
        let table = converge_on(&corpus, &representation, &params).unwrap();
        let study = Study::new(corpus, representation, table);
        let words = study.representation().words();
        let id = |clause: &ClauseRef| study.corpus().find(&clause.id).unwrap();
        let mut n_sources = 0;
        for issue in timeline(&study).issues {
            for of in &issue.descents {
                let mut best: Option<(Score, &str)> = None;
                for earlier in &issue.descents {
                    let score = words.similarity(id(&of.clause), id(&earlier.clause));
                    let is_source =
                        earlier.date.is_before(&of.date) && earlier.process != of.process;
                    if is_source
                        && score.value() >= MIN_SCORE
                        && best.is_none_or(|(known, _)| score > known)
                    {
                        best = Some((score, &earlier.clause.id));
                    }
                }
                let found = of
                    .from
                    .as_ref()
                    .map(|from| (from.score, from.clause.id.as_str()));
                assert_eq!(found, best, "{:?}", of.clause);
                n_sources += usize::from(found.is_some());
            }
        }
        assert!(n_sources > 40, "{n_sources}");
    }
}
