//! [`heading_candidates`]: titles from the section headings that the clauses of a cluster share.

use std::collections::BTreeMap;

use crate::cluster::name::candidate::TitleCandidate;
use crate::cluster::name::contrast::{ClusterContrast, features_of};
use crate::cluster::name::issue_name::NameSource;
use crate::cluster::name::sample::{NameSample, SampledCluster};
use crate::cluster::name::title_words::TitleWords;
use crate::corpus::Corpus;
use crate::provision::{digit_of, is_bullet, kind_of, parse_roman};
use crate::similarity::Representation;

/// The share of a cluster's clauses that must stand under a heading, and their number.
const SHARE: f64 = 0.25;
const FEWEST: usize = 2;
/// The greatest number of words of a title from a heading.
const MAX_WORDS: usize = 8;
/// The place up to which a number with a colon belongs to the numbering of a heading.
const MAX_NUMBERED: usize = 4;
/// The weight of a heading against a phrase of clauses: a person wrote it as a title.
const WEIGHT: f64 = 2.0;
/// The fit that a heading has at least; its words need not be in the clauses.
const MIN_FIT: f64 = 0.15;

/// What titles from headings are made of.
pub(super) struct HeadingSource<'r> {
    pub(super) corpus: &'r Corpus,
    pub(super) representation: &'r Representation,
    pub(super) sample: &'r NameSample,
}

impl HeadingSource<'_> {
    /// Returns the section headings that a quarter of a cluster's clauses share, without their numbers.
    ///
    /// The score is the fit to the contrast of the cluster times the root of the share.
    pub(super) fn candidates(
        &self,
        cluster: usize,
        contrast: &ClusterContrast,
    ) -> Vec<TitleCandidate> {
        let own = &self.sample.clusters[cluster];
        let n_sampled = own.n_sampled() as f64;
        let shared = self
            .headings(own)
            .into_values()
            .filter(|titles| titles.len() >= FEWEST && titles.len() as f64 >= SHARE * n_sampled);
        shared
            .map(|titles| {
                let share = titles.len() as f64 / n_sampled;
                let title = most_frequent(titles);
                let features = features_of(self.representation, &title, own.language);
                let score = WEIGHT * contrast.fit(&features).max(MIN_FIT) * share.sqrt();
                TitleCandidate {
                    title,
                    source: NameSource::Heading,
                    score,
                }
            })
            .collect()
    }

    /// Returns the headings of a cluster's clauses by their terms, one for each clause.
    fn headings(&self, own: &SampledCluster) -> BTreeMap<Vec<String>, Vec<String>> {
        let mut headings: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for clause in &self.sample.clauses[own.sampled.clone()] {
            let heading = &self.corpus.clause(clause.id).heading;
            let title = title_of_heading(heading.as_deref().unwrap_or_default());
            let tokens = self.representation.analyzer().analyze(&title, own.language);
            let terms: Vec<String> = tokens.into_iter().map(|token| token.term).collect();
            let words = TitleWords::of(own.language);
            let is_vague = |word: &str| words.is_some_and(|words| words.is_vague(word));
            let mut folded = title.split_whitespace().map(str::to_lowercase);
            let names_something = folded.any(|word| !is_vague(&word));
            let is_short = title.split_whitespace().count() <= MAX_WORDS;
            if !terms.is_empty() && names_something && is_short {
                headings.entry(terms).or_default().push(title);
            }
        }
        headings
    }
}

/// Returns a heading without its number ("Article 5 –", "2.1", "(a)", "Work area 3:") and the marks around
/// it; capitals throughout become small.
fn title_of_heading(heading: &str) -> String {
    let mut words: Vec<&str> = heading.split_whitespace().collect();
    words.drain(..n_words_of_numbering(&words));
    while let Some(first) = words.first() {
        let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
        let next_is_number = words.get(1).is_some_and(|next| is_number(next));
        let is_mark = bare.is_empty() || is_bullet_only(first);
        let is_word_of_number = kind_of(bare).is_some() && (next_is_number || words.len() == 1);
        if !(is_mark || is_word_of_number || is_number(first)) {
            break;
        }
        words.remove(0);
    }
    let is_mark = |c: char| {
        matches!(
            c,
            '.' | ':' | ';' | ',' | '–' | '—' | '*' | '_' | '"' | '{' | '}'
        )
    };
    let title = words.join(" ");
    let title = title.trim_matches(|c: char| is_mark(c) || c.is_whitespace());
    let is_in_capitals = !title.chars().any(char::is_lowercase);
    if is_in_capitals {
        title.to_lowercase()
    } else {
        title.to_owned()
    }
}

/// Returns how many words at the start say which of a numbered series a heading is, with a colon behind the
/// number: 3 of "Work area 3: lamps"; 0 if nothing follows or the number comes later.
fn n_words_of_numbering(words: &[&str]) -> usize {
    let numbered = words.iter().take(MAX_NUMBERED);
    let end = numbered.into_iter().position(|word| {
        let before = word.strip_suffix(':').unwrap_or_default();
        !before.is_empty() && is_number(before)
    });
    let n_words = end.map_or(0, |end| end + 1);
    if n_words < words.len() { n_words } else { 0 }
}

fn is_bullet_only(word: &str) -> bool {
    word.chars().all(is_bullet)
}

/// Returns whether a word is a number of a heading: digits, a Roman number, or a letter with a mark.
fn is_number(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let starts_with_digit = bare.chars().next().is_some_and(|c| digit_of(c).is_some());
    let is_marked = bare.len() < word.len();
    let is_letter = bare.chars().count() == 1 && is_marked;
    let is_roman = parse_roman(bare).is_some() && (is_marked || bare.len() > 1);
    starts_with_digit || is_letter || is_roman
}

/// Returns the most frequent title; of equally frequent ones, the first in order.
fn most_frequent(titles: Vec<String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for title in titles {
        *counts.entry(title).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, n)| *n);
    most.map(|(title, _)| title).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_no_number() {
        let cases = [
            ("Article 5 – Lamps and signals", "Lamps and signals"),
            ("2.1 Lamps", "Lamps"),
            ("(a) Lamps:", "Lamps"),
            ("IV. LAMPS AND SIGNALS", "lamps and signals"),
            ("Article 12", ""),
            ("Work area 3: lamps and fog", "lamps and fog"),
            ("{Lamps of the coast}", "Lamps of the coast"),
            ("Lamps in area 3:", "Lamps in area 3"),
            ("Lamps of Article 12", "Lamps of Article 12"),
        ];
        for (heading, expected) in cases {
            assert_eq!(title_of_heading(heading), expected, "{heading}");
        }
    }
}
