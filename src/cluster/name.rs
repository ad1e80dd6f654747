//! [`name_clusters`]: what each cluster is about, in whole words of its clauses.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::term::{Analyzer, TermLists};

/// The name of a cluster and the terms it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssueName {
    /// A short title: the first few terms, the first letter a capital.
    pub name: String,
    /// The characteristic terms, the strongest first, as whole words of the clauses.
    pub terms: Vec<String>,
}

/// Terms in a name.
const N_NAME_TERMS: usize = 3;
/// Terms that are given for a cluster.
const N_TERMS: usize = 8;
/// The most words of a term as it is written, those between its two stems among them.
const MAX_WORDS: usize = 3;
/// How much more a run of two says than a single word.
const PAIR_BONUS: f64 = 1.2;
/// Clauses that are looked at for the spelling of a term.
const N_SPELLING_CLAUSES: usize = 25;

/// One term or a run of two.
type Ngram = (TermId, Option<TermId>);

/// Names clusters by their characteristic terms; no two names are equal.
///
/// A term or run of two counts `n * ln(1 + A / f)`, where `n` is the number of clauses of the
/// cluster that have it, `f` the number of all clauses that do, and `A` the mean number of terms a
/// cluster has: class-based TF-IDF (Grootendorst, 2022) on clauses instead of occurrences, so that
/// one clause cannot name its row by repeating itself; a run of two counts a fifth more. Terms that share a word with a stronger one
/// are passed over. Costs one pass over the term lists.
pub fn name_clusters(
    corpus: &Corpus,
    lists: &TermLists,
    analyzer: &Analyzer,
    clusters: &[Vec<ClauseId>],
) -> Vec<IssueName> {
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
    let mut names: Vec<IssueName> = clusters
        .par_iter()
        .zip(&counts)
        .map(|(clauses, counts)| {
            let weight = |(first, second): &Ngram, n: usize| {
                let rarity = (1.0 + mean / everywhere[&(*first, *second)] as f64).ln();
                n as f64 * rarity * if second.is_some() { PAIR_BONUS } else { 1.0 }
            };
            let mut ranked: Vec<(Ngram, f64)> = counts
                .iter()
                .map(|(ngram, n)| (*ngram, weight(ngram, *n)))
                .collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let terms = spelled_terms(corpus, (lists, analyzer), clauses, &ranked);
            IssueName {
                name: title_of(&terms, N_NAME_TERMS),
                terms,
            }
        })
        .collect();
    make_unique(&mut names);
    names
}

/// Counts in how many of the clauses each term and each run of two stands.
fn clauses_with_term(lists: &TermLists, clauses: &[ClauseId]) -> BTreeMap<Ngram, usize> {
    let mut counts: BTreeMap<Ngram, usize> = BTreeMap::new();
    for &clause in clauses {
        let terms = lists.of_clause(clause);
        let is_full = |weight: f32| weight >= 1.0;
        let ones = terms
            .iter()
            .filter(|term| is_full(term.weight))
            .map(|term| (term.term, None));
        let pairs = terms
            .windows(2)
            .filter(|pair| pair.iter().all(|term| is_full(term.weight)))
            .map(|pair| (pair[0].term, Some(pair[1].term)));
        let distinct: HashSet<Ngram> = ones.chain(pairs).collect();
        let mut distinct: Vec<Ngram> = distinct.into_iter().collect();
        distinct.sort_unstable();
        for ngram in distinct {
            *counts.entry(ngram).or_default() += 1;
        }
    }
    counts
}

/// Returns the strongest terms as they are written in the clauses, no word in two of them.
fn spelled_terms(
    corpus: &Corpus,
    (lists, analyzer): (&TermLists, &Analyzer),
    clauses: &[ClauseId],
    ranked: &[(Ngram, f64)],
) -> Vec<String> {
    let mut terms = Vec::new();
    let mut used: Vec<TermId> = Vec::new();
    for ((first, second), _) in ranked.iter().take(10 * N_TERMS) {
        if used.contains(first) || second.is_some_and(|second| used.contains(&second)) {
            continue;
        }
        let Some(spelling) = spelling_of(corpus, (lists, analyzer), clauses, (*first, *second))
        else {
            continue;
        };
        used.push(*first);
        used.extend(second);
        if !terms.contains(&spelling) {
            terms.push(spelling);
        }
        if terms.len() == N_TERMS {
            break;
        }
    }
    terms
}

/// Returns how clauses most often write a term; nothing if only across the end of a phrase.
fn spelling_of(
    corpus: &Corpus,
    (lists, analyzer): (&TermLists, &Analyzer),
    clauses: &[ClauseId],
    (first, second): Ngram,
) -> Option<String> {
    let vocabulary = lists.vocabulary();
    let wanted: Vec<&str> = std::iter::once(first)
        .chain(second)
        .map(|term| vocabulary.term(term))
        .collect();
    let has_first = |clause: &&ClauseId| {
        lists
            .of_clause(**clause)
            .iter()
            .any(|term| term.term == first)
    };
    let mut n_of_spelling: BTreeMap<String, usize> = BTreeMap::new();
    for &clause in clauses.iter().filter(has_first).take(N_SPELLING_CLAUSES) {
        let text = &*corpus.compared_text(clause);
        let tokens: Vec<_> = analyzer
            .analyze(text, corpus.clause(clause).language)
            .into_iter()
            .filter(|token| token.weight > 0.0)
            .collect();
        for run in tokens.windows(wanted.len()) {
            if run
                .iter()
                .map(|token| token.term.as_str())
                .eq(wanted.iter().copied())
            {
                let range = run[0].range.start..run[run.len() - 1].range.end;
                let spelling = &text[range.clone()];
                let is_one_phrase =
                    !spelling.contains([',', ';', ':', '.', '(', ')', '“', '”', '"', '[']);
                let words: Vec<&str> = spelling.split_whitespace().collect();
                if is_one_phrase && is_whole(text, &range) && words.len() <= MAX_WORDS {
                    *n_of_spelling.entry(words.join(" ")).or_default() += 1;
                }
            }
        }
    }
    most_used(&n_of_spelling)
}

/// Returns whether a range neither starts nor ends within a word.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_cut_before = text[..range.start].ends_with(char::is_alphanumeric);
    let is_cut_after = text[range.end..].starts_with(char::is_alphanumeric);
    !is_cut_before && !is_cut_after
}

/// Returns the spelling most clauses use, in small letters if any clause writes it so.
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

/// Returns the first terms as a title.
fn title_of(terms: &[String], n_terms: usize) -> String {
    let joined = terms
        .iter()
        .take(n_terms)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let mut chars = joined.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "(no words)".to_owned(),
    }
}

/// Tells equal names apart, by more terms while there are any, then by a number.
fn make_unique(names: &mut [IssueName]) {
    let mut taken: HashSet<String> = HashSet::new();
    for issue in names {
        let longer = (N_NAME_TERMS + 1..=issue.terms.len()).map(|n| title_of(&issue.terms, n));
        let numbered = (2_usize..).map(|n| format!("{} ({n})", issue.name));
        let mut candidates = std::iter::once(issue.name.clone())
            .chain(longer)
            .chain(numbered);
        if let Some(free) = candidates.find(|name| !taken.contains(name)) {
            taken.insert(free.clone());
            issue.name = free;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_told_apart() {
        let issue = |terms: &[&str]| IssueName {
            name: title_of(
                &terms
                    .iter()
                    .map(|&term| term.to_owned())
                    .collect::<Vec<_>>(),
                N_NAME_TERMS,
            ),
            terms: terms.iter().map(|&term| term.to_owned()).collect(),
        };
        let mut names = [
            issue(&["a", "b", "c"]),
            issue(&["a", "b", "c", "d"]),
            issue(&["a", "b", "c"]),
        ];
        make_unique(&mut names);
        let names: Vec<&str> = names.iter().map(|issue| issue.name.as_str()).collect();
        assert_eq!(names, ["A, b, c", "A, b, c, d", "A, b, c (2)"]);
    }
}
