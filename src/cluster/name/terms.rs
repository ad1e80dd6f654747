//! [`characteristic_terms`]: the words and pairs of words that a cluster has more than the others.

use std::collections::{BTreeMap, HashMap};
use std::iter::once;
use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::similarity::Representation;
use crate::term::TokenizedCorpus;
use crate::vector::Ngram;

/// The number of terms reported for a cluster.
const N_TERMS: usize = 8;
/// The maximum number of words of a term as written, including words between its two stems.
const MAX_WORDS: usize = 3;
/// The factor for a bigram relative to a single word.
const PAIR_BONUS: f64 = 1.2;
/// The number of strongest terms from which a name is chosen.
const N_CANDIDATES: usize = 10 * N_TERMS;
/// The weight of a term's strength against its overlap with terms already chosen.
const RELEVANCE: f64 = 0.85;
/// The proportion of a word's clauses that must contain a phrase for the phrase to replace the word.
const PHRASE_SHARE: f64 = 0.6;
/// The number of clauses searched for the spelling of a term.
const N_SPELLING_CLAUSES: usize = 25;

/// Returns the characteristic terms of each cluster, the strongest first, in whole words as its clauses write
/// them.
///
/// A term or bigram has the strength `n * ln(1 + A / f)`, where `n` is the number of clauses of the
/// cluster with it, `f` the number of all clauses with it, and `A` the mean number of terms of a cluster:
/// class-based TF-IDF (Grootendorst, 2022) on clauses instead of occurrences, so that one clause cannot
/// name its row by repetition. A bigram counts a fifth more. From the strongest terms, those that are
/// strong and occur in other clauses than the terms already chosen are taken in turn: maximal marginal
/// relevance (Carbonell and Goldstein, 1998), `0.85 * s - 0.15 * j`, where `s` is the strength relative to
/// the greatest and `j` the greatest overlap of clauses (Jaccard, 1912). A word that mostly occurs in one
/// phrase is replaced by it; no word occurs in two terms. Costs two passes over the term lists.
pub(super) fn characteristic_terms(
    corpus: &Corpus,
    representation: &Representation,
    clusters: &[Vec<ClauseId>],
) -> Vec<Vec<String>> {
    let lists = representation.lists();
    let counts: Vec<BTreeMap<Ngram, usize>> = clusters
        .par_iter()
        .map(|clauses| clauses_with_term(lists, clauses))
        .collect();
    let mut everywhere: HashMap<Ngram, usize> = HashMap::new();
    for (ngram, n) in counts.iter().flatten() {
        *everywhere.entry(*ngram).or_default() += n;
    }
    let n_terms: usize = counts.iter().flat_map(BTreeMap::values).sum();
    let mean = n_terms as f64 / clusters.len().max(1) as f64;
    clusters
        .par_iter()
        .zip(&counts)
        .map(|(clauses, counts)| {
            let weight = |ngram: &Ngram, n: usize| {
                let rarity = (1.0 + mean / everywhere[ngram] as f64).ln();
                n as f64 * rarity * if ngram.is_bigram() { PAIR_BONUS } else { 1.0 }
            };
            let mut ranked: Vec<(Ngram, f64)> = counts
                .iter()
                .map(|(ngram, n)| (*ngram, weight(ngram, *n)))
                .collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            ranked.truncate(N_CANDIDATES);
            let candidates = candidates(lists, clauses, &ranked);
            let spelling = |ngram| spelling_of(corpus, representation, clauses, ngram);
            spelled_terms(candidates, spelling)
        })
        .collect()
}

/// A term that may be part of a name.
struct Candidate {
    ngram: Ngram,
    /// Its strength, as a proportion of the greatest.
    relevance: f64,
    /// The clauses of the cluster that have it, by index in the cluster, in order.
    clauses: Vec<usize>,
    /// The greatest overlap of its clauses with those of a chosen term.
    overlap: f64,
}

impl Candidate {
    fn marginal_relevance(&self) -> f64 {
        RELEVANCE * self.relevance - (1.0 - RELEVANCE) * self.overlap
    }

    fn shares_word(&self, other: Ngram) -> bool {
        words_of(self.ngram).any(|word| words_of(other).any(|taken| taken == word))
    }
}

fn words_of(ngram: Ngram) -> impl Iterator<Item = TermId> {
    let (first, second) = ngram.terms();
    once(first).chain(second)
}

fn candidates(
    lists: &TokenizedCorpus,
    clauses: &[ClauseId],
    ranked: &[(Ngram, f64)],
) -> Vec<Candidate> {
    let Some(&(_, greatest)) = ranked.first() else {
        return Vec::new();
    };
    let mut clauses_of: HashMap<Ngram, Vec<usize>> = ranked
        .iter()
        .map(|(ngram, _)| (*ngram, Vec::new()))
        .collect();
    for (place, &clause) in clauses.iter().enumerate() {
        for ngram in ngrams_of(lists, clause) {
            if let Some(places) = clauses_of.get_mut(&ngram) {
                places.push(place);
            }
        }
    }
    let candidate_of = |(ngram, weight): &(Ngram, f64)| Candidate {
        ngram: *ngram,
        relevance: weight / greatest,
        clauses: clauses_of.remove(ngram).unwrap_or_default(),
        overlap: 0.0,
    };
    ranked.iter().map(candidate_of).collect()
}

/// Returns the Jaccard index of two ordered lists.
fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let n_common = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    n_common as f64 / (a.len() + b.len() - n_common).max(1) as f64
}

/// Counts the clauses with each term and each bigram.
fn clauses_with_term(lists: &TokenizedCorpus, clauses: &[ClauseId]) -> BTreeMap<Ngram, usize> {
    let mut counts: BTreeMap<Ngram, usize> = BTreeMap::new();
    for ngram in clauses.iter().flat_map(|&clause| ngrams_of(lists, clause)) {
        *counts.entry(ngram).or_default() += 1;
    }
    counts
}

/// Returns the distinct terms and bigrams of a clause, in order, without boilerplate words.
fn ngrams_of(lists: &TokenizedCorpus, clause: ClauseId) -> Vec<Ngram> {
    let terms = lists.of_clause(clause);
    let is_full = |weight: f32| weight >= 1.0;
    let ones = terms
        .iter()
        .filter(|term| is_full(term.weight))
        .map(|term| Ngram::one(term.term));
    let pairs = terms
        .windows(2)
        .filter(|pair| pair.iter().all(|term| is_full(term.weight)))
        .map(|pair| Ngram::two(pair[0].term, pair[1].term));
    let mut ngrams: Vec<Ngram> = ones.chain(pairs).collect();
    ngrams.sort_unstable();
    ngrams.dedup();
    ngrams
}

/// Returns the bigram in which a word mostly occurs, if there is one: "private sector" says more than
/// "private".
fn phrase_of(candidates: &[Candidate], word: usize) -> Option<usize> {
    let Candidate { ngram, clauses, .. } = &candidates[word];
    if ngram.is_bigram() {
        return None;
    }
    let is_phrase = |index: &usize| {
        let phrase = &candidates[*index];
        let is_long = phrase.ngram.is_bigram() && phrase.shares_word(*ngram);
        is_long && phrase.clauses.len() as f64 >= PHRASE_SHARE * clauses.len() as f64
    };
    // Ties: the first.
    let phrases = (0..candidates.len()).filter(is_phrase).rev();
    phrases.max_by_key(|&index| candidates[index].clauses.len())
}

/// Chooses the terms that are strong and differ most, as written in the clauses.
fn spelled_terms(
    mut candidates: Vec<Candidate>,
    spelling_of: impl Fn(Ngram) -> Option<String>,
) -> Vec<String> {
    let mut terms = Vec::new();
    while terms.len() < N_TERMS && !candidates.is_empty() {
        // Ties: the first, since candidates are in order.
        let best = (0..candidates.len()).rev().max_by(|&a, &b| {
            let value = |index: usize| candidates[index].marginal_relevance();
            value(a).total_cmp(&value(b))
        });
        let best = best.unwrap_or_default();
        let taken = candidates.remove(phrase_of(&candidates, best).unwrap_or(best));
        let Some(spelling) = spelling_of(taken.ngram) else {
            continue;
        };
        candidates.retain(|other| !other.shares_word(taken.ngram));
        for other in &mut candidates {
            other.overlap = other.overlap.max(jaccard(&other.clauses, &taken.clauses));
        }
        if !terms.contains(&spelling) {
            terms.push(spelling);
        }
    }
    terms
}

/// Returns the most frequent spelling of a term; `None` if it only occurs across a phrase boundary.
fn spelling_of(
    corpus: &Corpus,
    representation: &Representation,
    clauses: &[ClauseId],
    ngram: Ngram,
) -> Option<String> {
    let (lists, analyzer) = (representation.lists(), representation.analyzer());
    let wanted: Vec<TermId> = words_of(ngram).collect();
    let has_first = |clause: &&ClauseId| {
        let mut terms = lists.of_clause(**clause).iter();
        terms.any(|term| term.term == wanted[0])
    };
    let has_run = |clause: &&ClauseId| {
        let mut runs = lists.of_clause(**clause).windows(wanted.len());
        runs.any(|run| run.iter().map(|term| &term.term).eq(&wanted))
    };
    let words: Vec<&str> = wanted
        .iter()
        .map(|term| lists.vocabulary().term(*term))
        .collect();
    let with_first = clauses.iter().filter(has_first).take(N_SPELLING_CLAUSES);
    let mut n_of_spelling: BTreeMap<String, usize> = BTreeMap::new();
    for &clause in with_first.filter(has_run) {
        let text = &*corpus.compared_text(clause);
        analyzer.each_run(text, corpus.clause(clause).language, &words, |range| {
            let spelling = &text[range.clone()];
            let is_one_phrase =
                !spelling.contains([',', ';', ':', '.', '(', ')', '“', '”', '"', '[']);
            let words: Vec<&str> = spelling.split_whitespace().collect();
            if is_one_phrase && is_whole(text, &range) && words.len() <= MAX_WORDS {
                *n_of_spelling.entry(words.join(" ")).or_default() += 1;
            }
        });
    }
    most_used(&n_of_spelling)
}

/// Returns whether a range neither starts nor ends within a word.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_cut_before = text[..range.start].ends_with(char::is_alphanumeric);
    let is_cut_after = text[range.end..].starts_with(char::is_alphanumeric);
    !is_cut_before && !is_cut_after
}

/// Returns the most frequent spelling, in lower case if any clause writes it so.
fn most_used(n_of_spelling: &BTreeMap<String, usize>) -> Option<String> {
    let (spelling, _) = n_of_spelling
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(a.0.cmp(b.0)))?;
    let lower = spelling.to_lowercase();
    let is_written_small = n_of_spelling.contains_key(&lower);
    Some(if is_written_small {
        lower
    } else {
        spelling.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CorpusBuilder;
    use crate::language::Language;
    use crate::read::{Body, ClauseRecord, Document, Parsed};
    use crate::similarity::RepresentationParams;

    fn corpus_of_texts(texts: &[&str]) -> Corpus {
        let mut builder = CorpusBuilder::new();
        let documents = texts
            .iter()
            .map(|text| Document {
                key: Some((*text).to_owned()),
                metadata: crate::agreement::Metadata::default(),
                body: Body::Clauses(vec![ClauseRecord {
                    text: (*text).to_owned(),
                    language: Some(Language::ENGLISH),
                    ..ClauseRecord::default()
                }]),
            })
            .collect();
        let parsed = Parsed {
            documents,
            ..Parsed::default()
        };
        builder.add(parsed, None);
        builder.build().unwrap()
    }

    /// `salvage` says most; `crew` stands in the same clauses and is passed by for `night watch`, the
    /// phrase that `progress` always stands in.
    #[test]
    fn terms_hold_whole_phrases_from_different_clauses() {
        let corpus = corpus_of_texts(&[
            "Salvage: the crew",
            "Salvage of the crew",
            "Salvage by the crew and the night watch",
            "Salvage and a night watch",
            "Lamps burn on every pier",
            "Nets are mended ashore",
        ]);
        let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
        let clauses_with = |words: &[&str]| -> Vec<ClauseId> {
            let has =
                |clause: &ClauseId| words.iter().any(|word| corpus.text(*clause).contains(word));
            let ids = (0..corpus.clauses().len()).map(ClauseId::new);
            ids.filter(has).collect()
        };
        let clusters = [clauses_with(&["Salvage"]), clauses_with(&["Lamps", "Nets"])];
        let terms = characteristic_terms(&corpus, &representation, &clusters);
        assert_eq!(terms[0][..2], ["Salvage", "night watch"], "{terms:?}");
        assert!(terms.iter().all(|terms| !terms.is_empty()));
    }
}
