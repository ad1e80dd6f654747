//! [`SubjectSource`]: titles from the subjects of a catalogue and the concepts of a thesaurus.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::clause::ClauseKind;
use crate::cluster::name::candidate::TitleCandidate;
use crate::cluster::name::catalogue::Catalogue;
use crate::cluster::name::contrast::{ClusterContrast, features_of};
use crate::cluster::name::issue_name::{NameSource, capitalized};
use crate::cluster::name::sample::{NameSample, SampledClause, SampledCluster};
use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::language::Language;
use crate::similarity::Representation;

/// The weight of a subject of the catalogue against a phrase of clauses: a drafter wrote it as a title.
const CATALOGUE_WEIGHT: f64 = 1.5;
/// The score, before its weight, that a subject and a concept must have.
const CATALOGUE_FLOOR: f64 = 0.15;
const CONCEPT_FLOOR: f64 = 0.1;
/// The share of clauses that must have a word of the name for it to count in full.
const NAME_SHARE: f64 = 0.15;
/// The part of the score that is multiplied by the precision.
const PRECISION_PART: f64 = 0.8;
/// Words of a subject that more clauses than this share of all, and than this number, have tell nothing.
const COMMON_SHARE: f64 = 0.25;
const COMMON_COUNT: f64 = 10.0;
/// What the name of a concept ends in that stands for the rest of a subject.
const REST_OF_SUBJECT: &str = " generally";
/// The number of different words of a subject that a cluster must have.
const MIN_WORDS: usize = 2;
/// The weight of a subject of final clauses where less than a tenth of the clauses are final.
const NOT_FINAL: f64 = 0.6;
const FINAL_SHARE: f64 = 0.1;

/// The subjects of a catalogue and the concepts of a thesaurus, and where the clauses of a sample use
/// their words.
pub(super) struct SubjectSource<'r> {
    sample: &'r NameSample,
    subjects: Vec<NamingSubject>,
    /// The clauses of the sample with each subject, by index, in order.
    clauses_with: Vec<Vec<usize>>,
    /// The words of subjects in each clause of the sample.
    found: Vec<Vec<FoundWords>>,
    /// The share of final clauses of each cluster.
    final_shares: Vec<f64>,
}

/// A subject that can name a cluster.
struct NamingSubject {
    title: String,
    source: NameSource,
    is_final: bool,
    /// The vector of its words.
    features: Vec<(u32, f32)>,
    /// The terms of its title; `None` for one that is in no clause.
    title_terms: Vec<Option<TermId>>,
}

/// A word or phrase of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct FoundWords {
    subject: usize,
    /// The last term of the word or phrase: phrases that end alike count once.
    last: TermId,
}

impl<'r> SubjectSource<'r> {
    pub(super) fn of(
        corpus: &Corpus,
        representation: &Representation,
        sample: &'r NameSample,
        catalogue: Option<&Catalogue>,
    ) -> Self {
        let mut index = SubjectIndex::new(representation);
        for subject in catalogue.map_or(&[][..], Catalogue::subjects) {
            index.add(&subject.name, &subject.words, |of| NamingSubject {
                source: NameSource::Catalogue,
                is_final: subject.is_final(),
                ..of
            });
        }
        for concept in representation.analyzer().params().thesaurus.concepts() {
            let name = concept.name.trim_end_matches(REST_OF_SUBJECT);
            index.add(name, &concept.terms, |of| of);
        }
        let found = sample.clauses.par_iter();
        let mut found: Vec<Vec<FoundWords>> =
            found.map(|clause| index.found_in(clause.id)).collect();
        drop_common(&mut found);
        let mut clauses_with = vec![Vec::new(); index.subjects.len()];
        for (place, found) in found.iter().enumerate() {
            let subjects: BTreeSet<usize> = found.iter().map(|found| found.subject).collect();
            for subject in subjects {
                clauses_with[subject].push(place);
            }
        }
        Self {
            sample,
            subjects: index.subjects,
            clauses_with,
            found,
            final_shares: final_shares(corpus, sample),
        }
    }

    /// Returns the subjects and concepts that a cluster's clauses use, as titles.
    ///
    /// The score is the fit of the subject's words to the contrast of the cluster times the root of the share
    /// of clauses with one of them; it is less if the words of the title are not in the clauses, and if the
    /// clauses with its words are elsewhere.
    pub(super) fn candidates(
        &self,
        cluster: usize,
        contrast: &ClusterContrast,
    ) -> Vec<TitleCandidate> {
        let own = &self.sample.clusters[cluster];
        if own.language != Language::ENGLISH {
            return Vec::new();
        }
        let mut words_of: BTreeMap<usize, BTreeSet<TermId>> = BTreeMap::new();
        for found in self.found[own.sampled.clone()].iter().flatten() {
            words_of
                .entry(found.subject)
                .or_default()
                .insert(found.last);
        }
        words_of.retain(|_, words| words.len() >= MIN_WORDS);
        let subjects = words_of.into_keys();
        subjects
            .filter_map(|subject| self.candidate(cluster, contrast, subject))
            .collect()
    }

    fn candidate(
        &self,
        cluster: usize,
        contrast: &ClusterContrast,
        subject: usize,
    ) -> Option<TitleCandidate> {
        let coverage = self.sample.coverage(cluster, &self.clauses_with[subject]);
        let naming = &self.subjects[subject];
        let named = self.title_share(cluster, naming);
        let precise = 1.0 - PRECISION_PART + PRECISION_PART * coverage.precision;
        let is_misplaced = naming.is_final && self.final_shares[cluster] < FINAL_SHARE;
        let placed = if is_misplaced { NOT_FINAL } else { 1.0 };
        let fit = contrast.fit(&naming.features);
        let score = fit * named * coverage.share.sqrt() * precise * placed;
        let (floor, weight) = match naming.source {
            NameSource::Catalogue => (CATALOGUE_FLOOR, CATALOGUE_WEIGHT),
            _ => (CONCEPT_FLOOR, 1.0),
        };
        (score > floor).then(|| TitleCandidate {
            title: naming.title.clone(),
            source: naming.source,
            score: weight * score,
        })
    }

    /// Returns how far the terms of a title are in a cluster's clauses, weighted by their rarity.
    fn title_share(&self, cluster: usize, naming: &NamingSubject) -> f64 {
        let (mut sum, mut total) = (0.0, f64::MIN_POSITIVE);
        for term in &naming.title_terms {
            let clauses = term.map_or(&[][..], |term| self.sample.with_term(term));
            let share = self.sample.coverage(cluster, clauses).share;
            let rarity = self.sample.rarity(clauses.len());
            sum += rarity * (share / NAME_SHARE).min(1.0);
            total += rarity;
        }
        sum / total
    }
}

/// The subjects with their words as sequences of terms.
struct SubjectIndex<'r> {
    representation: &'r Representation,
    subjects: Vec<NamingSubject>,
    /// For each first term: the whole sequences.
    runs: HashMap<TermId, Vec<(Vec<TermId>, FoundWords)>>,
}

impl<'r> SubjectIndex<'r> {
    fn new(representation: &'r Representation) -> Self {
        Self {
            representation,
            subjects: Vec::new(),
            runs: HashMap::new(),
        }
    }

    /// Adds a subject, which `as_source` completes.
    fn add(
        &mut self,
        name: &str,
        words: &[String],
        as_source: impl Fn(NamingSubject) -> NamingSubject,
    ) {
        let subject = self.subjects.len();
        let runs = words.iter().map(String::as_str).chain([name]);
        let runs: BTreeSet<Vec<TermId>> = runs.filter_map(|words| self.run_of(words)).collect();
        for run in runs {
            let last = run[run.len() - 1];
            let found = FoundWords { subject, last };
            self.runs.entry(run[0]).or_default().push((run, found));
        }
        let title_terms: BTreeSet<Option<TermId>> = self.terms_of(name).into_iter().collect();
        self.subjects.push(as_source(NamingSubject {
            title: capitalized(name),
            source: NameSource::Concept,
            is_final: false,
            features: features_of(self.representation, &words.join(". "), Language::ENGLISH),
            title_terms: title_terms.into_iter().collect(),
        }));
    }

    /// Returns the terms of some words; `None` for one that is in no clause.
    fn terms_of(&self, words: &str) -> Vec<Option<TermId>> {
        let tokens = self
            .representation
            .analyzer()
            .analyze(words, Language::ENGLISH);
        let vocabulary = self.representation.lists().vocabulary();
        let weighty = tokens.iter().filter(|token| token.weight > 0.0);
        weighty.map(|token| vocabulary.find(&token.term)).collect()
    }

    /// Returns a word or phrase as a sequence of terms; `None` if it can be in no clause.
    fn run_of(&self, words: &str) -> Option<Vec<TermId>> {
        let run: Option<Vec<TermId>> = self.terms_of(words).into_iter().collect();
        run.filter(|run| !run.is_empty())
    }

    /// Returns the words of subjects in a clause.
    fn found_in(&self, clause: ClauseId) -> Vec<FoundWords> {
        let terms = self.representation.lists().of_clause(clause);
        let terms: Vec<TermId> = terms.iter().map(|term| term.term).collect();
        let mut found = BTreeSet::new();
        for (place, first) in terms.iter().enumerate() {
            let runs = self.runs.get(first).into_iter().flatten();
            let here = runs.filter(|(run, _)| terms[place..].starts_with(run));
            found.extend(here.map(|(_, words)| *words));
        }
        found.into_iter().collect()
    }
}

/// Drops the words of subjects that many clauses have.
fn drop_common(found: &mut [Vec<FoundWords>]) {
    let mut n_with: HashMap<FoundWords, usize> = HashMap::new();
    for words in found.iter().flatten() {
        *n_with.entry(*words).or_default() += 1;
    }
    let most = (COMMON_SHARE * found.len() as f64).max(COMMON_COUNT);
    for words in found {
        words.retain(|words| n_with[words] as f64 <= most);
    }
}

/// Returns the share of final clauses of each cluster.
fn final_shares(corpus: &Corpus, sample: &NameSample) -> Vec<f64> {
    let share = |cluster: &SampledCluster| {
        let clauses = &sample.clauses[cluster.sampled.clone()];
        let is_final =
            |clause: &&SampledClause| corpus.clause(clause.id).kind == ClauseKind::FinalClause;
        clauses.iter().filter(is_final).count() as f64 / clauses.len().max(1) as f64
    };
    sample.clusters.iter().map(share).collect()
}
