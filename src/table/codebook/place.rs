//! [`place`]: assigns clauses to given issues.

use rayon::prelude::*;

use crate::clause::ClauseKind;
use crate::corpus::Corpus;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::id::{ClauseId, TermId};
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::codebook::evidence::Evidence;
use crate::table::codebook::given::Codebook;
use crate::table::codebook::headings::headings;
use crate::table::codebook::names::vectors_of_issues;
use crate::table::codebook::scores::{Compared, best, scores};
use crate::term::Token;
use crate::vector::{SparseMatrix, SparseRow};

/// The most scores, clauses times issues, that are stored: 400 MB.
const MAX_SCORES: usize = 50_000_000;
/// The proportion of the score with the second issue that is taken off that with the first.
const CONTRAST: f64 = 0.3;
/// The least score of a candidate, relative to that of a placement.
const CANDIDATE_SHARE: f64 = 0.5;
/// The number of words that explain an assignment.
const N_WORDS: usize = 6;

/// The assignment of the clauses of a corpus to given issues.
#[derive(Debug)]
pub(crate) struct Assignments {
    /// One entry for each clause, in the order of their ids.
    pub(crate) clauses: Vec<AssignedClause>,
    /// The issues to which no word can assign a clause.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A clause and the given issue that it may belong to; issues are counted in the order of the codebook.
#[derive(Debug)]
pub(crate) struct AssignedClause {
    /// Whether it belongs to the most similar issue.
    pub(crate) placing: Placing,
    /// The most similar issue and the score, if that is above 0. For a clause that the codebook
    /// itself names, its own issue, with score 1.
    pub(crate) first: Option<(usize, Score)>,
    /// The words it shares with the first issue, those of the greatest weight first, as stems, then
    /// those of its heading; empty if only its neighbors or the other clauses of the issue are the reason.
    pub(crate) words: Vec<String>,
}

/// Whether a clause belongs to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placing {
    /// It is placed in the issue.
    Placed,
    /// Some words speak for it, too few to place it.
    Candidate,
    /// It is not placed, and too little speaks for it to mention it.
    Free,
}

impl AssignedClause {
    /// Returns the issue it is assigned to; `None` if none is similar enough.
    fn issue(&self) -> Option<usize> {
        let (issue, _) = self.first?;
        (self.placing == Placing::Placed).then_some(issue)
    }
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
        let candidates = clauses.filter(|(_, clause)| clause.placing == Placing::Candidate);
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
    /// score if three things hold: the score is [`Codebook::min_score`] or more; the clause is not of a kind that
    /// binds nobody (a preamble, a definition, a heading, a note, names, page furniture); and it holds enough
    /// of what the issue is known by. Enough is, of the rarities (idf) of words, 0.9 times that of a word of
    /// one clause, for more than 50 terms in proportion more, at most half of the issue's weight, or a tenth if
    /// only its name is known. A phrase of the name or the word list counts in full if its words stand in
    /// order, with two other terms among them at most; less if not all do; a single word of it only if it is
    /// rare, and half. What does not hang on one phrase counts twice. A concept of the thesaurus counts nothing
    /// here. An issue that names clauses of its own needs a shared word instead.
    ///
    /// The score, which is 1 at most, has four parts: the cosine of the clause with the issue's words, and 0.3
    /// times that of its heading, unless half of its agreement stands under that; scores taken from the
    /// eight most similar clauses of *other* processes, `s' = 0.7 s + 0.3 W s`, where W holds each clause's
    /// neighbors weighted by their cosines (label propagation, Zhou et al., 2004); at a weight of 0.3,
    /// the cosine with the center of the clauses that these scores assign to the issue, as far as it exceeds
    /// the clause's mean cosine with all (relevance feedback, Rocchio, 1971); and 0.3 times the score with the
    /// second issue taken off. Only names are needed (dataless
    /// classification, Chang et al., 2008). Costs the neighbors of every clause, and clauses times issues.
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
    /// `None` if nothing speaks for any.
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
        let assigned = place(corpus, representation, self)?.clauses.into_iter();
        Ok(assigned
            .map(|clause| clause.first.map(|(issue, _)| issue))
            .collect())
    }
}

/// Scores every clause with each issue of a codebook, and assigns it: see [`Codebook::assign`].
pub(crate) fn place(
    corpus: &Corpus,
    representation: &Representation,
    guide: &Codebook,
) -> Result<Assignments> {
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
    let scores = scores(&Compared {
        representation,
        headings: &headings.rows,
        issues: &issues,
        issue_of_seed: &issue_of_seed,
    });
    let judge = Judge {
        guide,
        corpus,
        representation,
        evidence: Evidence::of(guide, corpus, representation),
        headings: &headings,
        issues: &issues,
        issue_of_seed: &issue_of_seed,
    };
    let assigned = |index: usize| {
        let first = first_issue(&scores[index], issue_of_seed[index]);
        judge.assigned(ClauseId::new(index), first)
    };
    Ok(Assignments {
        clauses: (0..n_clauses).into_par_iter().map(assigned).collect(),
        diagnostics: diagnostics(guide, &issues),
    })
}

/// The words of the headings above clauses.
struct Headings {
    tokens: Vec<Vec<Token>>,
    /// `(clauses, features)`, each of length 1.
    rows: SparseMatrix,
}

impl Headings {
    fn of(corpus: &Corpus, representation: &Representation) -> Self {
        let (analyzer, words) = (representation.analyzer(), representation.words());
        let above = headings(corpus).into_iter().zip(corpus.clauses());
        let tokens: Vec<Vec<Token>> = above
            .map(|(heading, clause)| match heading {
                Some(heading) => analyzer.analyze(heading, clause.language),
                None => Vec::new(),
            })
            .collect();
        let rows = tokens.iter().map(|tokens| words.project(tokens));
        Self {
            rows: SparseMatrix::from_rows(words.matrix().n_columns(), rows),
            tokens,
        }
    }
}

/// Decides whether clauses belong to the issues that are most similar to them.
struct Judge<'a> {
    guide: &'a Codebook,
    corpus: &'a Corpus,
    representation: &'a Representation,
    evidence: Evidence,
    headings: &'a Headings,
    issues: &'a SparseMatrix,
    issue_of_seed: &'a [Option<usize>],
}

impl Judge<'_> {
    fn assigned(&self, clause: ClauseId, first: Option<(usize, Score)>) -> AssignedClause {
        let (placing, words) = match first {
            Some((issue, score)) => (
                self.placing(clause, issue, score),
                self.weightiest_words(clause.index(), self.issues.row(issue)),
            ),
            None => (Placing::Free, Vec::new()),
        };
        AssignedClause {
            placing,
            first,
            words,
        }
    }

    fn placing(&self, clause: ClauseId, issue: usize, score: Score) -> Placing {
        if self.issue_of_seed[clause.index()] == Some(issue) {
            return Placing::Placed;
        }
        let least = self.guide.min_score;
        let is_candidate = score.value() >= CANDIDATE_SHARE * least;
        if !is_candidate || binds_nobody(self.corpus.clause(clause).kind) {
            return Placing::Free;
        }
        let lists = self.representation.lists();
        let text: Vec<TermId> = lists
            .of_clause(clause)
            .iter()
            .map(|term| term.term)
            .collect();
        let heading = self.headings.tokens[clause.index()].iter();
        let heading = heading.filter_map(|token| lists.vocabulary().find(&token.term));
        let heading: Vec<TermId> = heading.collect();
        let strength = self.evidence.strength(issue, &[&text, &heading]);
        let is_enough = if self.guide.issues[issue].clauses.is_empty() {
            self.evidence.is_enough(issue, strength, text.len())
        } else {
            self.shares_word(clause, issue)
        };
        match is_enough && score.value() >= least {
            true => Placing::Placed,
            false if strength > 0.0 || is_enough => Placing::Candidate,
            false => Placing::Free,
        }
    }

    /// Returns whether a clause shares more than concepts with an issue.
    fn shares_word(&self, clause: ClauseId, issue: usize) -> bool {
        let words = self.representation.words();
        let row = words.matrix().row(clause.index());
        let shared = row.shared_with(self.issues.row(issue));
        let mut columns = shared.iter().map(|(column, _)| *column);
        columns.any(|column| words.terms_of(column).is_some())
    }

    /// Returns the words that a clause shares with an issue, ordered by their part of the cosine, then those
    /// of its heading.
    fn weightiest_words(&self, clause: usize, issue: SparseRow<'_>) -> Vec<String> {
        let words = self.representation.words();
        let shared = |row: SparseRow<'_>| -> Vec<String> {
            let shared = row.shared_with(issue).into_iter().take(N_WORDS);
            shared.map(|(column, _)| words.feature(column)).collect()
        };
        let mut told = shared(words.matrix().row(clause));
        let heading = shared(self.headings.rows.row(clause));
        if !heading.is_empty() {
            told.push(format!("heading: {}", heading.join(", ")));
        }
        told
    }
}

/// Whether clauses of a kind bind nobody, neither by substance nor by form.
fn binds_nobody(kind: ClauseKind) -> bool {
    use ClauseKind::{Definition, Furniture, Heading, Names, Note, Preamble};
    matches!(
        kind,
        Preamble | Definition | Heading | Note | Names | Furniture
    )
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
