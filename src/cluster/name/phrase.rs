//! [`PhraseSource`]: titles from the noun phrases of a cluster's clauses.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::name::candidate::TitleCandidate;
use crate::cluster::name::contrast::{ClusterContrast, features_of};
use crate::cluster::name::evidence::PlaceEvidence;
use crate::cluster::name::issue_name::NameSource;
use crate::cluster::name::reading::SampleReading;
use crate::cluster::name::sample::{NameSample, SampledCluster};
use crate::cluster::name::span::{SpanPiece, TitleSpan, spans_of};
use crate::cluster::name::title::title_of_spellings;
use crate::id::TermId;
use crate::similarity::Representation;

/// The weight of a phrase by its number of words with meaning.
const LENGTH_WEIGHTS: [f64; 6] = [0.75, 1.0, 1.0, 0.95, 0.9, 0.85];
/// The weight of a single word that does not end as nouns of acts and states do.
const CONCRETE: f64 = 0.5;
/// The share of clauses that must have a single word.
const SINGLE_SHARE: f64 = 1.0 / 3.0;
/// The weight of the name of a body, a place or a text: clauses cite it, and are about something else.
const PROPER: f64 = 0.5;
/// The weight of each vague word.
const VAGUE: f64 = 0.5;
/// The share of its occurrences in which a phrase may have the same word before or after it.
const MAX_BEFORE: f64 = 0.6;
const MAX_AFTER: f64 = 0.5;
/// Clusters of more sampled clauses than this take phrases of two clauses or more.
const FEW_CLAUSES: usize = 3;
/// The part of the score that is multiplied by the precision.
const PRECISION_PART: f64 = 0.5;

/// What titles from phrases are made of.
pub(super) struct PhraseSource<'r> {
    pub(super) representation: &'r Representation,
    pub(super) sample: &'r NameSample,
    pub(super) reading: &'r SampleReading,
    pub(super) evidence: &'r PlaceEvidence,
}

/// A phrase and its occurrences in a cluster.
#[derive(Default)]
struct Phrase {
    terms: Vec<TermId>,
    /// The forms of its words with meaning, as first met.
    content: Vec<usize>,
    n: usize,
    n_of_spelling: BTreeMap<String, usize>,
    clauses: BTreeSet<usize>,
    n_before: BTreeMap<usize, usize>,
    n_after: BTreeMap<Vec<usize>, usize>,
}

impl PhraseSource<'_> {
    /// Returns the phrases of a cluster as titles.
    ///
    /// A phrase is a longest run of nouns and adjectives, with "of", "and" and the like inside, or a part of
    /// one that other words surround: one that the same word precedes or follows in most places is cut (after
    /// the C-value of Frantzi and Ananiadou, 2000). Its score is its fit to the contrast of the cluster times
    /// the share of the cluster's clauses that have all of its terms, times `(1 + p) / 2`, where `p` is the
    /// share of all clauses with them that are in the cluster; single, long and vague phrases have less.
    pub(super) fn candidates(
        &self,
        cluster: usize,
        contrast: &ClusterContrast,
    ) -> Vec<TitleCandidate> {
        let own = &self.sample.clusters[cluster];
        let phrases = self.phrases(own);
        let is_shared =
            |phrase: &&Phrase| phrase.clauses.len() > 1 || own.n_sampled() <= FEW_CLAUSES;
        let whole = phrases
            .values()
            .filter(is_shared)
            .filter(|phrase| self.is_whole(phrase));
        whole
            .filter_map(|phrase| {
                let title = title_of_spellings(self.reading.words, &phrase.n_of_spelling)?;
                let language = own.language;
                let features = features_of(self.representation, &title, language);
                let is_proper = self.reading.words.is_proper_name(&title);
                let proper = if is_proper { PROPER } else { 1.0 };
                let score = proper * self.weight(phrase, cluster)? * contrast.fit(&features);
                Some(TitleCandidate {
                    title,
                    source: NameSource::Phrase,
                    score,
                })
            })
            .collect()
    }

    fn phrases(&self, own: &SampledCluster) -> BTreeMap<Vec<SpanPiece>, Phrase> {
        let mut phrases: BTreeMap<Vec<SpanPiece>, Phrase> = BTreeMap::new();
        for index in own.sampled.clone() {
            let Some(clause) = self.reading.clauses.get(&index) else {
                continue;
            };
            for span in spans_of(self.reading, self.evidence, clause) {
                let phrase = phrases.entry(span.key(self.reading)).or_default();
                phrase.add(&span, index, &clause.text);
            }
        }
        phrases
    }

    /// Returns whether a phrase is not cut out of a longer one, and may start and end as it does.
    fn is_whole(&self, phrase: &Phrase) -> bool {
        let n = phrase.n as f64;
        let most_before = phrase.n_before.values().max().copied().unwrap_or(0);
        let most_after = phrase.n_after.values().max().copied().unwrap_or(0);
        let directly_after = phrase.n_after.iter().filter(|(forms, _)| forms.len() == 1);
        let n_directly_after: usize = directly_after.map(|(_, n)| n).sum();
        let is_cut = most_before as f64 > MAX_BEFORE * n
            || most_after as f64 > MAX_AFTER * n
            || n_directly_after as f64 > MAX_BEFORE * n;
        let (first, last) = (phrase.content[0], phrase.content[phrase.content.len() - 1]);
        !is_cut
            && self.evidence.can_start(self.reading, first)
            && self.evidence.can_end(self.reading, last)
    }

    /// Returns the score of a phrase, but for its fit; `None` if it names nothing.
    fn weight(&self, phrase: &Phrase, cluster: usize) -> Option<f64> {
        let normal = |form: &usize| self.reading.forms[*form].normal.as_str();
        let n_words = phrase.content.len();
        let is_vague = |form: &&usize| self.reading.words.is_vague(normal(form));
        let n_vague = phrase.content.iter().filter(is_vague).count();
        let mut terms = phrase.terms.clone();
        terms.sort_unstable();
        terms.dedup();
        let coverage = self.sample.coverage(cluster, &self.sample.with_all(&terms));
        let is_single = n_words == 1;
        if n_vague == n_words || is_single && coverage.share < SINGLE_SHARE {
            return None;
        }
        let is_concrete = is_single && !self.reading.words.is_abstract(normal(&phrase.content[0]));
        let vague = (0..n_vague).map(|_| VAGUE).product::<f64>();
        let length = LENGTH_WEIGHTS[(n_words - 1).min(LENGTH_WEIGHTS.len() - 1)];
        let precise = 1.0 - PRECISION_PART + PRECISION_PART * coverage.precision;
        let single = if is_concrete { CONCRETE } else { 1.0 };
        Some(coverage.share * precise * length * single * vague)
    }
}

impl Phrase {
    fn add(&mut self, span: &TitleSpan<'_>, clause: usize, text: &str) {
        if self.n == 0 {
            self.terms.clone_from(&span.terms);
            self.content.clone_from(&span.content);
        }
        self.n += 1;
        self.clauses.insert(clause);
        let words: Vec<&str> = text[span.range()].split_whitespace().collect();
        *self.n_of_spelling.entry(words.join(" ")).or_default() += 1;
        if let Some(before) = span.before {
            *self.n_before.entry(before).or_default() += 1;
        }
        if let Some(after) = &span.after {
            *self.n_after.entry(after.clone()).or_default() += 1;
        }
    }
}
