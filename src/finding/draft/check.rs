//! [`check_draft`]: compares each clause of a draft with those of all other agreements.

use std::collections::BTreeSet;

use crate::corpus::{ClauseRef, Corpus};
use crate::deontic::Force;
use crate::finding::draft::result::{
    Against, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent,
};
use crate::finding::draft::words::Agreed;
use crate::id::{AgreementId, ClauseId};
use crate::reuse::{Grade, MIN_WORDS, Run, SharedWording, SimilarityScale};
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};

/// The most precedents listed for a clause.
const MAX_PRECEDENTS: usize = 5;
/// The number of clauses, the most similar by words, that are compared word by word.
const N_COMPARED: usize = 20;
/// The proportion of a clause's words from which it is mostly agreed language.
const MOSTLY: f64 = 0.5;
/// The proportion of both clauses' words from which one duplicates the other.
const DUPLICATE_FROM: f64 = 0.85;
/// The TF-IDF cosine from which two clauses have the same subject.
const RELATED_FROM: f64 = 0.25;
/// The score below which a clause without shared words is no precedent.
const WORTH_NAMING: f64 = 0.1;

/// Compares a draft, which is one agreement of a corpus, with all others.
///
/// The candidates for each clause of the draft are the clauses that share a passage with it and the
/// twenty most similar by TF-IDF cosine. A precedent's score is the mean of two values: the proportion
/// of the clause that is in it word for word, small changes ignored, and the cosine. Agreed language
/// is the passages of at least six words that another agreement has and that are not
/// boilerplate ([`SharedWording`]).
///
/// A clause's novelty is 1 minus the greater of its proportion of agreed words and the cosine of its most
/// similar precedent. That of the draft is the mean over its clauses, weighted by their words, in `0..=1`.
///
/// Costs what [`SharedWording::of`] costs, and twenty comparisons for each clause.
///
/// # Panics
///
/// Panics if the agreement comes from another, larger corpus.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::corpus::{CorpusBuilder, find_clause};
/// use consonance::finding::check_draft;
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let draft = b"1. States should not knowingly allow their territory to be used for \
///     internationally wrongful acts.\n\n2. Ferries shall carry a lantern.\n";
/// let mut builder = CorpusBuilder::new();
/// builder.add_paths(&["corpus".into()])?;
/// builder.add_files(&BTreeMap::from([("draft.txt", &draft[..])]))?;
/// let corpus = builder.build()?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
///
/// let of_draft = corpus.clause(find_clause(&corpus, "draft/1")?).agreement;
/// let found = check_draft(&corpus, &representation, of_draft);
/// let [territory, ferries] = [&found.clauses[0], &found.clauses[1]];
/// assert_eq!(territory.precedents[0].clause.citation, "GGE 2015 ¶13(c)");
/// assert!(territory.novelty.value() < 0.5);
/// assert_eq!(ferries.novelty.value(), 1.0, "nobody spoke of ferries");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn check_draft(
    corpus: &Corpus,
    representation: &Representation,
    draft: AgreementId,
) -> DraftCheck {
    let wording = SharedWording::of(corpus, representation, MIN_WORDS);
    let checker = Checker {
        corpus,
        representation,
        scale: SimilarityScale::of(corpus, representation),
        search: NeighborSearch::new(representation.words().matrix()),
        draft,
        shared: wording.passages().by_clause(),
        wording,
    };
    let clauses: Vec<DraftClause> = corpus
        .clauses_of(draft)
        .map(|id| checker.clause(id))
        .collect();
    let agreement = corpus.agreement(draft);
    DraftCheck {
        schema: "consonance.draft/1".to_owned(),
        draft: agreement.name.clone(),
        parameters: [
            ("shortest run, in words", MIN_WORDS),
            ("most precedents of a clause", MAX_PRECEDENTS),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_string()))
        .into(),
        novelty: Novelty::of(&clauses),
        clauses,
    }
}

/// What is needed to check each clause of a draft.
struct Checker<'c> {
    corpus: &'c Corpus,
    representation: &'c Representation,
    scale: SimilarityScale<'c>,
    search: NeighborSearch,
    draft: AgreementId,
    wording: SharedWording,
    /// The passages that each clause shares, with the clause as their first side.
    shared: Vec<Vec<Run>>,
}

impl Checker<'_> {
    fn clause(&self, id: ClauseId) -> DraftClause {
        let agreed = Agreed::of(self.corpus, &self.wording, id, &self.shared[id.index()]);
        let force = self.corpus.force(id);
        let candidates = self.candidates(id).into_iter();
        let mut precedents: Vec<Precedent> = candidates
            .map(|other| self.precedent(id, other, &force))
            .filter(|precedent| is_worth_naming(precedent, &agreed))
            .collect();
        precedents.sort_by(|x, y| y.score.cmp(&x.score).then_with(|| x.clause.cmp(&y.clause)));
        let nearest = precedents.iter().map(|precedent| precedent.by_words).max();
        let share_agreed = agreed.share();
        let known = nearest.unwrap_or(Score::ZERO).max(share_agreed);
        let processes = |wanted: fn(&Precedent) -> bool| -> BTreeSet<String> {
            let those = precedents.iter().filter(|precedent| wanted(precedent));
            those.map(|precedent| precedent.process.clone()).collect()
        };
        let mut agreeing = processes(says_the_same);
        agreeing.extend(agreed.processes());
        let on_subject = processes(is_related);
        let standing = standing_of(&precedents, share_agreed);
        precedents.truncate(MAX_PRECEDENTS);
        DraftClause {
            clause: ClauseRef::of(self.corpus, id),
            lead_in: self.corpus.clause(id).lead_in.as_deref().map(str::to_owned),
            text: self.corpus.text(id).to_owned(),
            standing,
            novelty: Score::new(1.0 - known.value()),
            share_agreed,
            n_words: agreed.n_words,
            on_subject: on_subject.difference(&agreeing).cloned().collect(),
            agreeing: agreeing.into_iter().collect(),
            new: agreed.new,
            boilerplate: agreed.boilerplate,
            agreed: agreed.stretches,
            force,
            precedents,
        }
    }

    /// The clauses of other agreements that share words with a clause or are similar to it.
    fn candidates(&self, id: ClauseId) -> BTreeSet<ClauseId> {
        let row = self.representation.words().matrix().row(id.index());
        let is_foreign = |other: ClauseId| self.corpus.clause(other).agreement != self.draft;
        let near = self.search.nearest(row, N_COMPARED, is_foreign);
        let near = near.iter().map(|neighbor| neighbor.clause);
        let shared = self.shared[id.index()].iter();
        let shared = shared.map(|run| self.wording.passages().clauses_of(*run)[1]);
        shared.chain(near).collect()
    }

    fn precedent(&self, own: ClauseId, other: ClauseId, force: &Force) -> Precedent {
        let pair = [own, other];
        let (comparison, overlap) = self.scale.compare(self.corpus, pair, MIN_WORDS);
        let other_force = self.corpus.force(other);
        let process = self.corpus.process_of(other);
        let taken = comparison.close_coverage[0];
        let by_words = overlap.nearness.by_words;
        Precedent {
            clause: ClauseRef::of(self.corpus, other),
            process: self.corpus.process(process).name.clone(),
            text: self.corpus.text(other).to_owned(),
            score: Score::new(f64::midpoint(taken.value(), by_words.value())),
            taken: comparison.close_coverage,
            by_words,
            against: Against::of(force, &other_force, overlap.grade),
            grade: overlap.grade,
            because: overlap.because,
            shared: [comparison.runs, comparison.moved].concat(),
            force: other_force,
        }
    }
}

fn is_worth_naming(precedent: &Precedent, agreed: &Agreed) -> bool {
    precedent.score.value() >= WORTH_NAMING || agreed.is_from(&precedent.clause)
}

fn says_the_same(precedent: &Precedent) -> bool {
    matches!(precedent.grade, Grade::SameWording | Grade::SameNorm)
}

fn is_related(precedent: &Precedent) -> bool {
    precedent.grade != Grade::None && precedent.by_words.value() >= RELATED_FROM
}

fn standing_of(precedents: &[Precedent], share_agreed: Score) -> DraftStanding {
    let duplicates = |precedent: &Precedent| {
        let [own, other] = precedent.taken.map(Score::value);
        let is_whole = own >= DUPLICATE_FROM && other >= DUPLICATE_FROM;
        precedent.grade == Grade::SameWording || is_whole && precedent.grade != Grade::Opposed
    };
    let is_near = |precedent: &Precedent| says_the_same(precedent) || is_related(precedent);
    if precedents.iter().any(duplicates) {
        DraftStanding::Duplicate
    } else if share_agreed.value() >= MOSTLY {
        DraftStanding::Agreed
    } else if share_agreed > Score::ZERO {
        DraftStanding::PartlyAgreed
    } else if precedents.iter().any(is_near) {
        DraftStanding::Related
    } else {
        DraftStanding::New
    }
}
