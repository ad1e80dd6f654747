//! [`place`]: assigns clauses to given issues.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::codebook::evidence::IssueEvidence;
use crate::table::codebook::given::Codebook;
use crate::table::codebook::judge::{AssignedClause, Headings, IssueVerdict, Judge};
use crate::table::codebook::names::{meanings_of_issues, vectors_of_issues};
use crate::table::codebook::scores::{Compared, best, scores};
use crate::vector::SparseMatrix;

/// The most scores, clauses times issues, that are stored: 400 MB.
const MAX_SCORES: usize = 50_000_000;
/// The proportion of the score with the second issue that is taken off that with the first.
const CONTRAST: f64 = 0.3;

/// The assignment of the clauses of a corpus to given issues.
#[derive(Debug)]
pub(crate) struct Assignments {
    /// One entry for each clause, in the order of their ids.
    pub(crate) clauses: Vec<AssignedClause>,
    /// The issues to which no word can assign a clause.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Assignments {
    /// Returns the clauses assigned to each issue of a codebook with `n_issues`, in order.
    pub(crate) fn clauses_of_issues(&self, n_issues: usize) -> Vec<Vec<ClauseId>> {
        let mut clauses = vec![Vec::new(); n_issues];
        for (index, assigned) in self.clauses.iter().enumerate() {
            if let Some(issue) = assigned.issue() {
                clauses[issue].push(ClauseId::new(index));
            }
        }
        clauses
    }

    /// Returns the clauses for which some words speak, too few to place them, those of the greatest score
    /// first, each with its issue.
    pub(crate) fn candidates(&self) -> Vec<(ClauseId, usize, Score)> {
        let clauses = self.clauses.iter().enumerate();
        let candidates = clauses.filter(|(_, clause)| clause.placing == IssueVerdict::Candidate);
        let mut candidates: Vec<(ClauseId, usize, Score)> = candidates
            .filter_map(|(index, clause)| {
                let (issue, score) = clause.first?;
                Some((ClauseId::new(index), issue, score))
            })
            .collect();
        candidates.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        candidates
    }

    /// Returns the clauses that are similar enough to no given issue, in order.
    pub(crate) fn free(&self) -> Vec<ClauseId> {
        let is_free = |index: &usize| self.clauses[*index].issue().is_none();
        let free = (0..self.clauses.len()).filter(is_free);
        free.map(ClauseId::new).collect()
    }
}

impl Codebook {
    /// Returns for each clause of a corpus, in the order of their ids, the issue it is assigned to, counted
    /// in the order of the codebook; `None` for a clause that is in none.
    ///
    /// A clause that the codebook itself names is in its issue. Another is in the issue with the greatest
    /// score if
    ///
    /// 1. the score is [`Codebook::min_score`] or more;
    /// 2. the clause is no preamble, definition, heading, note, list of names or page furniture; and
    /// 3. it holds enough of what the issue is known by, by its own words: the neighbors and the thesaurus
    ///    give a score, but place nothing alone. An issue that names clauses needs one shared word instead.
    ///
    /// An issue with words or a description is known by many: one of those found must be rare, of a rarity of
    /// 0.55 times the greatest. Enough is, of the rarities (idf) of words, 0.9 times that of a word of one clause, in proportion more
    /// for more than 50 terms, at most half of the issue's weight; if only its name is known, a whole phrase
    /// of it, or 0.3 of its weight at most. A phrase of the name or the word list counts in full if its
    /// words stand in order, with two other terms among them at most, less if not all do; one word of it
    /// counts half, and only if it is rare. What does not hang on one phrase counts twice.
    ///
    /// The score, which is 1 at most, has four parts: the cosine of the clause, its heading included as in all
    /// vectors, with the issue's words; scores taken from the eight most similar clauses of *other* processes, `s' = 0.7 s + 0.3 W s`, where W holds each clause's
    /// neighbors weighted by their cosines (label propagation, Zhou et al., 2004); at a weight of 0.3,
    /// the cosine with the center of the clauses that these scores assign to the issue, as far as it exceeds
    /// the clause's mean cosine with all (relevance feedback, Rocchio, 1971); and 0.3 times the score with the
    /// second issue taken off. Only names are needed (dataless classification, Chang et al., 2008). Costs the
    /// neighbors of every clause, and clauses times issues.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if `min_score` is outside its range, or a seed names no clause, several, or
    /// one that another issue names; [`ErrorKind::Limit`] if clauses times issues are more than 50 million.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::similarity::{Representation, RepresentationParams};
    /// use consonance::table::Codebook;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let issues = ["Supply chain", "Human rights"];
    /// let issues = issues.map(|name| format!("[[issue]]\nname = \"{name}\"\n"));
    /// let codebook = Codebook::parse(&issues.concat())?;
    /// let assigned = codebook.assign(&corpus, &representation)?;
    /// let issue_of = |typed| Ok(assigned[find_clause(&corpus, typed)?.index()]);
    /// assert_eq!(issue_of("GGE 13(i)")?, Some(0));
    /// assert_eq!(issue_of("GGE 13(e)")?, Some(1));
    /// assert_eq!(issue_of("Paris Call Principle 4")?, None);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn assign(
        &self,
        corpus: &Corpus,
        representation: &Representation,
    ) -> Result<Vec<Option<usize>>> {
        let assigned = place(corpus, representation, self)?.clauses.into_iter();
        Ok(assigned.map(|clause| clause.issue()).collect())
    }

    /// Returns for each clause the issue with the greatest score, whether or not that is enough to assign it;
    /// `None` if nothing speaks for any. An English name that stands alone is widened by the usual subject that goes by it
    /// ([`Codebook::catalogue`]), at a weight of 0.3.
    ///
    /// # Errors
    ///
    /// As [`Codebook::assign`].
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::similarity::{Representation, RepresentationParams};
    /// use consonance::table::Codebook;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Supply chain'")?;
    /// let principle = find_clause(&corpus, "Paris Call Principle 4")?.index();
    /// assert_eq!(codebook.nearest(&corpus, &representation)?[principle], Some(0));
    /// assert_eq!(codebook.assign(&corpus, &representation)?[principle], None);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn nearest(
        &self,
        corpus: &Corpus,
        representation: &Representation,
    ) -> Result<Vec<Option<usize>>> {
        let found = scored(corpus, representation, self)?;
        let clauses = found.scores.iter().zip(found.issue_of_seed);
        let first = clauses.map(|(scores, seeded_in)| first_issue(scores, seeded_in));
        Ok(first.map(|first| Some(first?.0)).collect())
    }
}

/// The score of every clause with each issue of a codebook, and what it comes from.
struct Scored {
    scores: Vec<Vec<f64>>,
    headings: Headings,
    issues: SparseMatrix,
    issue_of_seed: Vec<Option<usize>>,
}

/// Returns the score of every clause with each issue of a codebook, before that with the second is taken off; a
/// clause that the codebook itself names has score 1 with its issue and 0 with the others.
///
/// # Errors
///
/// As [`Codebook::assign`].
pub(crate) fn issue_scores(
    corpus: &Corpus,
    representation: &Representation,
    guide: &Codebook,
) -> Result<Vec<Vec<f64>>> {
    let Scored {
        mut scores,
        issue_of_seed,
        ..
    } = scored(corpus, representation, guide)?;
    for (of_clause, seeded_in) in scores.iter_mut().zip(issue_of_seed) {
        if let Some(own) = seeded_in {
            of_clause.fill(0.0);
            of_clause[own] = 1.0;
        }
    }
    Ok(scores)
}

fn scored(corpus: &Corpus, representation: &Representation, guide: &Codebook) -> Result<Scored> {
    Error::check("min_score", guide.min_score, 0.0..=1.0, "from 0 to 1")?;
    let (n_clauses, n_issues) = (corpus.clauses().len(), guide.issues.len());
    if n_clauses.saturating_mul(n_issues) > MAX_SCORES {
        let message =
            format!("{n_clauses} clauses by {n_issues} issues are more than {MAX_SCORES}");
        return Err(Error::new(ErrorKind::Limit, message));
    }
    let seeds = guide.seeds(corpus)?;
    let issues = vectors_of_issues(guide, corpus, representation, &seeds);
    let mut issue_of_seed = vec![None; n_clauses];
    for (issue, clauses) in seeds.iter().enumerate() {
        for clause in clauses {
            issue_of_seed[clause.index()] = Some(issue);
        }
    }
    let headings = Headings::of(corpus, representation);
    let meanings = meanings_of_issues(guide, corpus, representation)?;
    let scores = scores(&Compared {
        representation,
        issues: &issues,
        meanings: meanings.as_ref(),
        issue_of_seed: &issue_of_seed,
    });
    Ok(Scored {
        scores,
        headings,
        issues,
        issue_of_seed,
    })
}

/// Scores every clause with each issue of a codebook, and assigns it: see [`Codebook::assign`].
pub(crate) fn place(
    corpus: &Corpus,
    representation: &Representation,
    guide: &Codebook,
) -> Result<Assignments> {
    // What places a clause is the name itself: the subjects would draw clauses that do not say it.
    let as_named = guide.clone().catalogue(None);
    let Scored {
        scores,
        headings,
        issues,
        issue_of_seed,
    } = scored(corpus, representation, &as_named)?;
    let judge = Judge {
        guide,
        corpus,
        representation,
        evidence: IssueEvidence::of(guide, corpus, representation),
        headings: &headings,
        issues: &issues,
        issue_of_seed: &issue_of_seed,
    };
    let assigned = |index: usize| {
        let first = first_issue(&scores[index], issue_of_seed[index]);
        match first {
            Some((issue, score)) => judge.assigned(ClauseId::new(index), issue, score),
            None => AssignedClause::nowhere(),
        }
    };
    Ok(Assignments {
        clauses: (0..scores.len()).into_par_iter().map(assigned).collect(),
        diagnostics: diagnostics(guide, &issues),
    })
}

/// Returns the issue of a clause with its score, if that is above 0; that of a seed is its own, with 1.
fn first_issue(scores: &[f64], seeded_in: Option<usize>) -> Option<(usize, Score)> {
    if let Some(own) = seeded_in {
        return Some((own, Score::ONE));
    }
    let (first, greatest) = best(scores.iter().copied())?;
    let others = scores.iter().enumerate();
    let others = others.filter(|(issue, _)| *issue != first);
    let second = others.map(|(_, score)| score.max(0.0)).fold(0.0, f64::max);
    // The parts of a score may sum to more than 1.
    let score = (greatest - CONTRAST * second).clamp(0.0, 1.0);
    Some((first, Score::new(score)))
}

/// Reports the issues without a word that could assign a clause.
fn diagnostics(guide: &Codebook, issues: &SparseMatrix) -> Vec<Diagnostic> {
    let is_mute = |index: &usize| issues.row(*index).columns.is_empty();
    (0..guide.issues.len())
        .filter(is_mute)
        .map(|index| {
            let name = &guide.issues[index].name;
            let message = format!(
                "no clause can be drawn to the issue `{name}`: each of its words stands in another \
                 issue's name or in no clause; give it `words` or `clauses`"
            );
            Diagnostic::new(Severity::Note, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_with_the_second_issue_is_taken_off() {
        let cases = [
            // 0.5 - 0.3 * 0.2.
            (vec![0.1, 0.5, 0.2], None, Some((1, 0.44))),
            (vec![0.5], None, Some((0, 0.5))),
            (vec![0.4, 0.4], None, Some((0, 0.28))),
            (vec![0.0, 0.0], None, None),
            (vec![0.4, 0.1], Some(1), Some((1, 1.0))),
        ];
        for (scores, seeded_in, expected) in cases {
            let found = first_issue(&scores, seeded_in);
            let rounded = found.map(|(issue, score)| (issue, (score.value() * 1e6).round() / 1e6));
            assert_eq!(rounded, expected, "{scores:?}");
        }
    }
}
