//! [`Judge`]: decides whether clauses belong to the given issues that are most similar to them.

use crate::clause::ClauseKind;
use crate::corpus::{Clause, Corpus};
use crate::id::{ClauseId, TermId};
use crate::provision::{ProvisionKind, kind_of};
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::codebook::evidence::IssueEvidence;
use crate::table::codebook::given::Codebook;
use crate::term::Token;
use crate::vector::{SparseMatrix, SparseRow};

/// The least score of a candidate, relative to that of a placement.
const CANDIDATE_SHARE: f64 = 0.5;
/// The number of words that explain an assignment.
const N_WORDS: usize = 6;

/// A clause and the given issue that it may belong to; issues are counted in the order of the codebook.
#[derive(Debug)]
pub(crate) struct AssignedClause {
    /// Whether it belongs to the most similar issue.
    pub(crate) placing: IssueVerdict,
    /// The most similar issue and the score, if that is above 0. For a clause that the codebook
    /// itself names, its own issue, with score 1.
    pub(crate) first: Option<(usize, Score)>,
    /// The words it shares with the first issue, those of the greatest weight first, as stems, then
    /// those of its heading; empty if only its neighbors or the other clauses of the issue are the reason.
    pub(crate) words: Vec<String>,
}

/// Whether a clause belongs to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IssueVerdict {
    /// It is placed in the issue.
    Placed,
    /// Some words speak for it, too few to place it.
    Candidate,
    /// It is not placed, and too little speaks for it to mention it.
    Free,
}

impl AssignedClause {
    /// Returns a clause for which no issue has a score.
    pub(super) fn nowhere() -> Self {
        Self {
            placing: IssueVerdict::Free,
            first: None,
            words: Vec::new(),
        }
    }

    /// Returns the issue it is assigned to; `None` if none is similar enough.
    pub(super) fn issue(&self) -> Option<usize> {
        let (issue, _) = self.first?;
        (self.placing == IssueVerdict::Placed).then_some(issue)
    }
}

/// The words of the headings above clauses.
pub(super) struct Headings {
    tokens: Vec<Vec<Token>>,
    /// `(clauses, features)`, each of length 1.
    pub(super) rows: SparseMatrix,
}

impl Headings {
    pub(super) fn of(corpus: &Corpus, representation: &Representation) -> Self {
        let (analyzer, words) = (representation.analyzer(), representation.words());
        let above = corpus.dividing_headings().into_iter().zip(corpus.clauses());
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
pub(super) struct Judge<'a> {
    pub(super) guide: &'a Codebook,
    pub(super) corpus: &'a Corpus,
    pub(super) representation: &'a Representation,
    pub(super) evidence: IssueEvidence,
    pub(super) headings: &'a Headings,
    pub(super) issues: &'a SparseMatrix,
    pub(super) issue_of_seed: &'a [Option<usize>],
}

impl Judge<'_> {
    /// Judges a clause whose most similar issue is known.
    pub(super) fn assigned(&self, clause: ClauseId, issue: usize, score: Score) -> AssignedClause {
        AssignedClause {
            placing: self.placing(clause, issue, score),
            first: Some((issue, score)),
            words: self.weightiest_words(clause.index(), self.issues.row(issue)),
        }
    }

    fn placing(&self, clause: ClauseId, issue: usize, score: Score) -> IssueVerdict {
        if self.issue_of_seed[clause.index()] == Some(issue) {
            return IssueVerdict::Placed;
        }
        let least = self.guide.min_score;
        let is_candidate = score.value() >= CANDIDATE_SHARE * least;
        if !is_candidate || binds_nobody(self.corpus.clause(clause)) {
            return IssueVerdict::Free;
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
        if is_enough && score.value() >= least {
            IssueVerdict::Placed
        } else if is_enough || strength.weight > 0.0 {
            IssueVerdict::Candidate
        } else {
            IssueVerdict::Free
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

/// Whether a clause binds nobody, neither by substance nor by form.
fn binds_nobody(clause: &Clause) -> bool {
    use ClauseKind::{Definition, Furniture, Heading, Names, Note, Preamble};
    let label = clause
        .label
        .as_ref()
        .and_then(|label| kind_of(label.as_str()));
    label == Some(ProvisionKind::Preamble)
        || matches!(
            clause.kind,
            Preamble | Definition | Heading | Note | Names | Furniture
        )
}
