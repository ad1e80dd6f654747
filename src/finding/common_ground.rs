//! [`common_ground`]: what the clauses of each row agree on, and where they part.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::Corpus;
use crate::deontic::{Force, ModalClass, Place};
use crate::finding::study::Study;
use crate::id::{AgreementId, ClauseId};
use crate::reuse::{CommonPassage, TokenLists, common_passages};
use crate::table::{PlacedTerms, Row};
use crate::words::fold_name;

/// The most clauses of a row whose words are compared; of more, an evenly spread part is.
const MAX_COMPARED: usize = 400;
/// The most phrases, and the most words that only some add.
const MAX_PHRASES: usize = 4;
const MAX_ADDED: usize = 3;

/// What the clauses of each row of a table agree on, and where they part.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CommonGrounds {
    /// By issue.
    of_row: BTreeMap<String, CommonGround>,
}

impl CommonGrounds {
    /// Returns that of a row; `None` if its clauses are of one agreement.
    pub(crate) fn of_row(&self, row: &Row) -> Option<&CommonGround> {
        self.of_row.get(&row.issue)
    }
}

/// What the clauses of a row agree on, and where they part; weak members are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct CommonGround {
    /// The number of agreements.
    pub(crate) n_agreements: usize,
    /// Words and phrases that half of the agreements or more have, those of the most agreements first.
    pub(crate) shared: Vec<SharedPhrase>,
    /// Wordings that several agreements have, those of the most agreements first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) wordings: Vec<SharedClause>,
    /// The agreements by the strongest class of their clauses, the strongest first.
    pub(crate) strengths: Vec<AgreementStrength>,
    /// Whom clauses bind, if not all agreements bind the same, with the agreements of each.
    pub(crate) addressees: Vec<Bound>,
    /// Words that narrow or weaken a clause, which only some agreements have.
    pub(crate) added: Vec<Added>,
}

/// Words that several agreements have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SharedPhrase {
    /// The words as the first clause writes them.
    pub(crate) words: String,
    /// The number of agreements that have them.
    pub(crate) n_agreements: usize,
}

/// A clause that several agreements have in the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SharedClause {
    /// The words as the first agreement writes them.
    pub(crate) words: String,
    /// The names of the agreements.
    pub(crate) agreements: Vec<String>,
}

/// How strongly some agreements bind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AgreementStrength {
    /// The class of their strongest clause.
    pub(crate) class: ModalClass,
    /// Their names.
    pub(crate) agreements: Vec<String>,
}

/// Whom some agreements bind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Bound {
    /// The name of the kind of actor.
    pub(crate) addressee: String,
    /// The names of the agreements.
    pub(crate) agreements: Vec<String>,
}

/// Words that only some agreements add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Added {
    /// The words, as the first clause writes them.
    pub(crate) words: String,
    /// The names of the agreements.
    pub(crate) agreements: Vec<String>,
}

/// Returns for each row of two agreements or more the words and phrases that half of the agreements share, the clauses that
/// several have in the same words, how strongly each agreement binds, whom, and the conditions that only some add.
///
/// A phrase is a sequence of counted terms (without stop words) that is part of no longer one; a clause that is
/// weak in its row does not take part. Costs for each row one sort of its terms for each term of the longest phrase.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Annotated, Study, common_ground};
/// use consonance::report::to_markdown;
/// use consonance::similarity::Representation;
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let params = ConvergeParams::default().n_resamples(0);
/// let representation = Representation::of(&corpus, &params.representation)?;
/// let table = converge_on(&corpus, &representation, &params)?;
/// let study = Study::new(corpus, representation, table);
/// let grounds = common_ground(&study);
/// let page = to_markdown(Annotated::from(study.table()).common_ground(&grounds));
/// assert!(page.contains("Shared: “") && page.contains(" of 9)"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn common_ground(study: &Study) -> CommonGrounds {
    let rows = study.table().rows.par_iter();
    let grounds = rows.filter_map(|row| Some((row.issue.clone(), of_row(study, row)?)));
    CommonGrounds {
        of_row: grounds.collect(),
    }
}

fn of_row(study: &Study, row: &Row) -> Option<CommonGround> {
    let corpus = study.corpus();
    let counted = row.counted_ids().filter_map(|id| corpus.find(id));
    let clauses: Vec<ClauseId> = counted.collect::<BTreeSet<_>>().into_iter().collect();
    let agreement = |clause: &ClauseId| corpus.clause(*clause).agreement;
    let agreements: BTreeSet<AgreementId> = clauses.iter().map(agreement).collect();
    if agreements.len() < 2 {
        return None;
    }
    let forces: Vec<(AgreementId, Force)> = clauses
        .iter()
        .map(|clause| (agreement(clause), corpus.force(*clause)))
        .collect();
    Some(CommonGround {
        n_agreements: agreements.len(),
        shared: shared_phrases(study, &clauses, agreements.len()),
        wordings: wordings(corpus, &clauses),
        strengths: strengths(corpus, &forces),
        addressees: addressees(corpus, &forces, agreements.len()),
        added: added(corpus, &clauses, &forces, agreements.len()),
    })
}

/// Returns the phrases that half of the agreements have, at most four, none a part of another.
fn shared_phrases(study: &Study, clauses: &[ClauseId], n_agreements: usize) -> Vec<SharedPhrase> {
    let (corpus, representation) = (study.corpus(), study.representation());
    let step = clauses.len().div_ceil(MAX_COMPARED).max(1);
    let compared: Vec<ClauseId> = clauses.iter().copied().step_by(step).collect();
    let lists = TokenLists::of_terms(representation.lists(), &compared);
    let least = n_agreements.div_ceil(2).max(2);
    let agreements_of = |passage: &CommonPassage| {
        let agreements = passage
            .texts
            .iter()
            .map(|text| corpus.clause(compared[*text]).agreement);
        agreements.collect::<BTreeSet<_>>().len()
    };
    let mut phrases: Vec<(usize, CommonPassage)> = common_passages(&lists, 1, least)
        .into_iter()
        .map(|passage| (agreements_of(&passage), passage))
        .filter(|(n, _)| *n >= least)
        .collect();
    // A phrase says more than a word: its words weigh in.
    let weight = |n: usize, passage: &CommonPassage| n * passage.n_words.min(4);
    phrases.sort_by_key(|(n, passage)| std::cmp::Reverse(weight(*n, passage)));
    let mut placed = PlacedTerms::new(corpus, representation);
    let mut chosen: Vec<SharedPhrase> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (n, passage) in phrases {
        let tokens: Vec<usize> = passage
            .first()
            .map(|place| lists.all()[place] as usize)
            .collect();
        if tokens.iter().any(|token| taken.contains(token)) {
            continue;
        }
        let text = lists.text_of(passage.places[0]);
        let start = passage.places[0] - lists.places(text).start;
        let terms = start..start + passage.n_words;
        let Some(words) = placed.words(compared[text], terms) else {
            continue;
        };
        taken.extend(tokens);
        chosen.push(SharedPhrase {
            words,
            n_agreements: n,
        });
        if chosen.len() == MAX_PHRASES {
            break;
        }
    }
    chosen.sort_by_key(|phrase| std::cmp::Reverse(phrase.n_agreements));
    chosen
}

/// Returns the clauses that two agreements or more have in the same words, but for case, accents and punctuation.
fn wordings(corpus: &Corpus, clauses: &[ClauseId]) -> Vec<SharedClause> {
    let mut of_words: BTreeMap<String, Vec<ClauseId>> = BTreeMap::new();
    for clause in clauses {
        let words = fold_name(corpus.text(*clause));
        of_words.entry(words).or_default().push(*clause);
    }
    let mut shared: Vec<(ClauseId, BTreeSet<AgreementId>)> = of_words
        .into_values()
        .map(|same| {
            let agreements = same.iter().map(|clause| corpus.clause(*clause).agreement);
            (same[0], agreements.collect())
        })
        .filter(|(_, agreements): &(_, BTreeSet<_>)| agreements.len() > 1)
        .collect();
    shared.sort_by_key(|(first, agreements)| (std::cmp::Reverse(agreements.len()), *first));
    let shared = shared.into_iter().map(|(first, agreements)| SharedClause {
        words: corpus.text(first).to_owned(),
        agreements: names_of(corpus, &agreements),
    });
    shared.collect()
}

fn names_of(corpus: &Corpus, agreements: &BTreeSet<AgreementId>) -> Vec<String> {
    let names = agreements
        .iter()
        .map(|id| corpus.agreement(*id).name.clone());
    names.collect()
}

/// Returns the agreements by the strongest class of their clauses; empty if all are of one class.
fn strengths(corpus: &Corpus, forces: &[(AgreementId, Force)]) -> Vec<AgreementStrength> {
    let mut strongest: BTreeMap<AgreementId, ModalClass> = BTreeMap::new();
    for (agreement, force) in forces
        .iter()
        .filter(|(_, force)| force.class.level().is_some())
    {
        let class = strongest.entry(*agreement).or_insert(force.class);
        *class = (*class).min(force.class);
    }
    let mut of_class: BTreeMap<ModalClass, BTreeSet<AgreementId>> = BTreeMap::new();
    for (agreement, class) in strongest {
        of_class.entry(class).or_default().insert(agreement);
    }
    let strengths = of_class
        .into_iter()
        .map(|(class, agreements)| AgreementStrength {
            class,
            agreements: names_of(corpus, &agreements),
        });
    let strengths: Vec<AgreementStrength> = strengths.collect();
    if strengths.len() > 1 {
        strengths
    } else {
        Vec::new()
    }
}

/// Returns whom agreements bind, except whom all of them bind.
fn addressees(corpus: &Corpus, forces: &[(AgreementId, Force)], n_agreements: usize) -> Vec<Bound> {
    let mut of_kind: BTreeMap<&str, BTreeSet<AgreementId>> = BTreeMap::new();
    for (agreement, force) in forces {
        for addressee in &force.addressees {
            of_kind
                .entry(addressee.name())
                .or_default()
                .insert(*agreement);
        }
    }
    let some = of_kind
        .into_iter()
        .filter(|(_, agreements)| agreements.len() < n_agreements);
    let bound = some.map(|(addressee, agreements)| Bound {
        addressee: addressee.to_owned(),
        agreements: names_of(corpus, &agreements),
    });
    bound.collect()
}

/// Returns the words that narrow or weaken clauses of some agreements only, those of the most first.
fn added(
    corpus: &Corpus,
    clauses: &[ClauseId],
    forces: &[(AgreementId, Force)],
    n_agreements: usize,
) -> Vec<Added> {
    let mut of_words: BTreeMap<String, BTreeSet<AgreementId>> = BTreeMap::new();
    for (clause, (agreement, force)) in clauses.iter().zip(forces) {
        let own = force
            .qualifiers
            .iter()
            .filter(|of| of.evidence.place == Place::Text);
        for qualifier in own {
            let words = corpus.text(*clause).get(qualifier.evidence.range.clone());
            let words = words.unwrap_or_default().split_whitespace();
            let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
            of_words.entry(words).or_default().insert(*agreement);
        }
    }
    let is_of_some = |(words, of): &(String, BTreeSet<AgreementId>)| {
        !words.is_empty() && of.len() < n_agreements
    };
    let mut some: Vec<_> = of_words.into_iter().filter(is_of_some).collect();
    // A stable sort: ties in the order of their words.
    some.sort_by_key(|(_, agreements)| std::cmp::Reverse(agreements.len()));
    let added = some
        .into_iter()
        .take(MAX_ADDED)
        .map(|(words, agreements)| Added {
            words,
            agreements: names_of(corpus, &agreements),
        });
    added.collect()
}
