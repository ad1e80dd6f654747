//! [`Boilerplate`]: the one test whether shared words are boilerplate, which proves no text reuse.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::id::{AgreementId, ClauseId};
use crate::language::Language;
use crate::similarity::Representation;
use crate::term::Token;
use crate::vector::SparseMatrix;

/// The number of agreements from which a phrase can be boilerplate.
const MIN_AGREEMENTS: usize = 3;
/// The total word weight below which a phrase has no subject: two content words.
const MIN_CONTENT: f32 = 2.0;
/// The most clauses of a phrase that are compared with each other.
const MAX_COMPARED: usize = 24;
/// The proportion of a clause from which a phrase is the main content of the clause.
const NORM_SHARE: f32 = 0.35;
/// The cosine from which the rests of two clauses are similar.
const ALIKE_COSINE: f64 = 0.1;
/// A phrase is boilerplate if the proportion of pairs of its clauses that are similar without it is
/// below this.
const ALIKE_SHARE: f64 = 0.5;

/// Tells boilerplate, which agreements use whatever their subject, from reused wording.
///
/// A phrase is boilerplate if it has hardly two content words, by the weights of the vectors. It is
/// also boilerplate if it occurs in three agreements or more, is a minor part of most of its clauses,
/// and the rests of these clauses are not similar. So boilerplate follows from the corpus: the words
/// of a norm that many texts adopted are the main content of their clauses.
#[derive(Clone, Copy)]
pub(crate) struct Boilerplate<'c> {
    pub(crate) corpus: &'c Corpus,
    pub(crate) representation: &'c Representation,
}

impl Boilerplate<'_> {
    /// Returns whether words have a subject.
    pub(crate) fn has_subject(&self, words: &str, language: Language) -> bool {
        weight(&self.representation.analyzer().analyze(words, language)) >= MIN_CONTENT
    }

    /// Returns why words that some clauses share are boilerplate; `None` if they are not.
    pub(crate) fn why(&self, words: &str, clauses: &BTreeSet<ClauseId>) -> Option<String> {
        let language = self.corpus.clause(*clauses.first()?).language;
        let tokens = self.representation.analyzer().analyze(words, language);
        if weight(&tokens) < MIN_CONTENT {
            return Some("its words speak of no subject".to_owned());
        }
        if n_agreements(self.corpus, clauses) < MIN_AGREEMENTS {
            return None;
        }
        let compared = clauses.iter().take(MAX_COMPARED);
        let rests = compared.map(|clause| Rest::of(self, *clause, &tokens));
        let rests: Vec<Rest> = rests.collect();
        let mainly = rests.iter().filter(|rest| rest.phrase_share >= NORM_SHARE);
        if mainly.count() * 2 >= rests.len() {
            // The phrase is the main content of its clauses.
            return None;
        }
        let (n_alike, n_pairs) = alike(&rests);
        let is_boilerplate = n_pairs > 0 && (n_alike as f64) < ALIKE_SHARE * n_pairs as f64;
        is_boilerplate
            .then(|| format!("but for it, {n_alike} of {n_pairs} pairs of its clauses are alike"))
    }
}

fn weight(tokens: &[Token]) -> f32 {
    tokens.iter().map(|token| token.weight).sum()
}

pub(crate) fn n_agreements(corpus: &Corpus, clauses: &BTreeSet<ClauseId>) -> usize {
    let agreements = clauses.iter().map(|id| corpus.clause(*id).agreement);
    agreements.collect::<BTreeSet<_>>().len()
}

/// A clause without the words of a phrase.
struct Rest {
    agreement: AgreementId,
    /// Its TF-IDF vector.
    vector: SparseMatrix,
    /// The proportion of the clause that the phrase makes up.
    phrase_share: f32,
}

impl Rest {
    fn of(boilerplate: &Boilerplate, clause: ClauseId, phrase: &[Token]) -> Self {
        let (corpus, representation) = (boilerplate.corpus, boilerplate.representation);
        let language = corpus.clause(clause).language;
        let analyzer = representation.analyzer();
        let all = analyzer.analyze(corpus.text(clause), language);
        let total = weight(&all);
        let mut left: Vec<&str> = phrase.iter().map(|token| token.term.as_str()).collect();
        let mut is_rest = |token: &Token| {
            let place = left.iter().position(|term| *term == token.term);
            place.map(|place| left.swap_remove(place)).is_none()
        };
        let rest: Vec<Token> = all.into_iter().filter(|token| is_rest(token)).collect();
        let words = representation.words();
        Self {
            agreement: corpus.clause(clause).agreement,
            vector: SparseMatrix::from_rows(words.matrix().n_columns(), [words.project(&rest)]),
            phrase_share: 1.0 - weight(&rest) / total.max(f32::MIN_POSITIVE),
        }
    }
}

/// Returns the number of pairs of different agreements that are similar, and the number of all such pairs.
fn alike(rests: &[Rest]) -> (usize, usize) {
    let (mut n_alike, mut n_pairs) = (0, 0);
    for (place, a) in rests.iter().enumerate() {
        let others = rests[place + 1..].iter();
        for b in others.filter(|b| a.agreement != b.agreement) {
            n_pairs += 1;
            n_alike += usize::from(a.vector.row(0).dot(b.vector.row(0)) >= ALIKE_COSINE);
        }
    }
    (n_alike, n_pairs)
}
