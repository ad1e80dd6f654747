//! [`Evidence`]: how much of what a given issue is known by stands in a clause, phrases as phrases.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::id::TermId;
use crate::language::Language;
use crate::similarity::Representation;
use crate::table::codebook::given::{Codebook, GivenIssue};
use crate::table::codebook::names::{DESCRIPTION_WEIGHT, commonest_language, n_issues_with};

/// The most other terms between the first and the last word of a phrase.
const MAX_BETWEEN: usize = 2;
/// The proportion of its weight that a word has in a phrase of which two words or more stand together,
/// but not all.
const PARTIAL: f64 = 0.7;
/// The proportion of its weight that a rare word of a phrase has by itself.
const SINGLE: f64 = 0.5;
/// The rarity from which a word is rare, relative to that of a word of one clause.
const RARE: f64 = 0.5;
/// The evidence that is enough, relative to the rarity of a word of one clause.
const ENOUGH: f64 = 0.9;
/// The number of terms above which a clause needs more evidence, in proportion.
const USUAL_TERMS: f64 = 50.0;
/// The proportion of an issue's weight that is always enough if only its name is known.
const SHARE_OF_NAME: f64 = 0.1;
/// The same if it has words or a description.
const SHARE_OF_ALL: f64 = 0.5;
/// The words that part a name into phrases.
const CONJUNCTIONS: [&str; 9] = ["and", "or", "et", "ou", "und", "oder", "y", "o", "e"];

/// What the issues of a codebook are known by.
pub(super) struct Evidence {
    issues: Vec<KnownBy>,
    /// The rarity of a word of one clause.
    rarest: f64,
}

/// What an issue is known by: phrases of its name and its list of words, and words of its description.
struct KnownBy {
    phrases: Vec<Vec<Known>>,
    described: Vec<Known>,
    /// The weight of all its different terms.
    weight: f64,
    /// The proportion of the weight that is always enough.
    enough: f64,
}

/// A term that an issue is known by.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    term: TermId,
    weight: f64,
}

impl Evidence {
    /// Reads what the issues of a codebook are known by.
    ///
    /// A name is parted into phrases at punctuation and at "and" and "or"; each entry of the list of words
    /// is a phrase. The weight of a term is its rarity (idf), divided by the number of issues with it in a
    /// phrase; less for boilerplate words; half in a description, where only terms of no other issue count.
    pub(super) fn of(guide: &Codebook, corpus: &Corpus, representation: &Representation) -> Self {
        let reader = Reader {
            representation,
            language: commonest_language(corpus),
        };
        let mut issues: Vec<KnownBy> = guide
            .issues
            .iter()
            .map(|issue| reader.known_by(issue, guide))
            .collect();
        let term = |word: &'_ Known| word.term;
        let of_phrases = issues
            .iter()
            .map(|issue| issue.phrases.iter().flatten().map(term));
        let in_phrases = n_issues_with(of_phrases);
        let of_all = issues.iter().map(|issue| {
            let all = issue.phrases.iter().flatten().chain(&issue.described);
            all.map(term)
        });
        let anywhere = n_issues_with(of_all);
        for issue in &mut issues {
            issue.described.retain(|word| anywhere[&word.term] == 1);
            for word in issue.phrases.iter_mut().flatten() {
                word.weight /= in_phrases[&word.term] as f64;
            }
            let all = issue.phrases.iter().flatten().chain(&issue.described);
            issue.weight = greatest_weights(all).values().sum();
        }
        Self {
            issues,
            rarest: representation.words().greatest_rarity(),
        }
    }

    /// Returns how much of what an issue is known by stands in the parts of a clause: its text, and the
    /// heading above it.
    ///
    /// A *source* is a phrase of which two words stand in order, with two other terms between them at
    /// most; a phrase of one word; a word of the description; or a single word of a phrase, if it is rare. A
    /// term has its full weight in a whole phrase, 0.7 in part of one, half by itself. With the weight `w` of
    /// each term found, in the source where it is greatest, and the heaviest source `S`, the evidence is
    /// `2 Σ w - Σ w(S)`: what does not hang on one phrase counts twice.
    pub(super) fn strength(&self, issue: usize, parts: &[&[TermId]]) -> f64 {
        let known = &self.issues[issue];
        let rare = RARE * self.rarest;
        let mut sources: Vec<Vec<Known>> = Vec::new();
        for part in parts {
            for phrase in &known.phrases {
                push_sources(&mut sources, phrase, part, rare);
            }
            let described = known.described.iter();
            let found = described.filter(|word| part.contains(&word.term));
            sources.extend(found.map(|word| vec![*word]));
        }
        sum_of_sources(&sources)
    }

    /// Returns whether evidence is enough for a clause with this number of terms: 0.9 times the rarity of a
    /// word of one clause, in proportion more above 50 terms; at most half of the issue's weight, or a tenth
    /// if only its name is known.
    pub(super) fn is_enough(&self, issue: usize, strength: f64, n_terms: usize) -> bool {
        let known = &self.issues[issue];
        let length = (n_terms as f64 / USUAL_TERMS).max(1.0);
        let needed = (ENOUGH * self.rarest * length).min(known.enough * known.weight);
        strength > 0.0 && strength >= needed
    }
}

/// Reads phrases with the analyzer of a representation.
struct Reader<'r> {
    representation: &'r Representation,
    language: Language,
}

impl Reader<'_> {
    fn known_by(&self, issue: &GivenIssue, guide: &Codebook) -> KnownBy {
        let name = if guide.names_attract {
            parts_of_name(&issue.name)
        } else {
            Vec::new()
        };
        let listed = issue.words.iter().cloned();
        let phrases = name.into_iter().chain(listed);
        let mut described = self.words(&issue.description);
        for word in &mut described {
            word.weight *= DESCRIPTION_WEIGHT;
        }
        let has_more = !issue.words.is_empty() || !issue.description.is_empty();
        KnownBy {
            phrases: phrases.map(|phrase| self.words(&phrase)).collect(),
            described,
            weight: 0.0,
            enough: if has_more {
                SHARE_OF_ALL
            } else {
                SHARE_OF_NAME
            },
        }
    }

    /// Returns the words of a text that occur in the corpus, with their weights.
    fn words(&self, text: &str) -> Vec<Known> {
        let tokens = self.representation.analyzer().analyze(text, self.language);
        let vocabulary = self.representation.lists().vocabulary();
        let known = tokens.iter().filter_map(|token| {
            let term = vocabulary.find(&token.term)?;
            let rarity = self.representation.words().rarity_of(term)?;
            let weight = f64::from(token.weight) * rarity;
            (weight > 0.0).then_some(Known { term, weight })
        });
        known.collect()
    }
}

/// Parts a name at punctuation and conjunctions.
fn parts_of_name(name: &str) -> Vec<String> {
    let is_break = |c: char| matches!(c, ',' | ';' | ':' | '&' | '(' | ')' | '/' | '、' | '،');
    let mut parts = Vec::new();
    for piece in name.split(is_break) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let is_conjunction = |word: &&str| CONJUNCTIONS.contains(&word.to_lowercase().as_str());
        parts.extend(words.split(is_conjunction).map(|part| part.join(" ")));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Appends the sources that a phrase has in a part of a clause.
fn push_sources(sources: &mut Vec<Vec<Known>>, phrase: &[Known], part: &[TermId], rare: f64) {
    let found = phrase.iter().filter(|word| part.contains(&word.term));
    if let [only] = phrase {
        sources.extend(found.map(|_| vec![*only]));
        return;
    }
    let together = longest_in_order(phrase, part);
    if together.len() > 1 {
        let is_whole = together.len() == phrase.len();
        sources.push(weighted(&together, if is_whole { 1.0 } else { PARTIAL }));
    }
    let single = found.filter(|word| word.weight >= rare);
    sources.extend(single.map(|word| weighted(&[*word], SINGLE)));
}

fn weighted(words: &[Known], factor: f64) -> Vec<Known> {
    let weighted = words.iter().map(|word| Known {
        term: word.term,
        weight: factor * word.weight,
    });
    weighted.collect()
}

/// Returns the words of a phrase that stand together in order, with [`MAX_BETWEEN`] other terms among them
/// at most, of the greatest weight.
fn longest_in_order(phrase: &[Known], part: &[TermId]) -> Vec<Known> {
    let mut best = InOrder::default();
    for start in 0..part.len() {
        if phrase.iter().all(|word| word.term != part[start]) {
            continue;
        }
        let end = part.len().min(start + phrase.len() + MAX_BETWEEN);
        let found = in_order(phrase, &part[start..end]);
        if found.weight > best.weight {
            best = found;
        }
    }
    best.words
}

/// Words of a phrase that stand in order.
#[derive(Clone, Debug, Default)]
struct InOrder {
    weight: f64,
    words: Vec<Known>,
}

/// Returns the longest common subsequence of a phrase and some terms, by weight.
fn in_order(phrase: &[Known], terms: &[TermId]) -> InOrder {
    // `best[n]`: among the first `n` words of the phrase.
    let mut best = vec![InOrder::default(); phrase.len() + 1];
    for term in terms {
        let before = best.clone();
        for (place, word) in phrase.iter().enumerate() {
            let mut longest = before[place + 1].clone();
            if best[place].weight > longest.weight {
                longest = best[place].clone();
            }
            let extended = before[place].weight + word.weight;
            if word.term == *term && extended > longest.weight {
                let mut words = before[place].words.clone();
                words.push(*word);
                longest = InOrder {
                    weight: extended,
                    words,
                };
            }
            best[place + 1] = longest;
        }
    }
    best.pop().unwrap_or_default()
}

/// Returns the evidence of some sources: see [`Evidence::strength`].
fn sum_of_sources(sources: &[Vec<Known>]) -> f64 {
    let greatest = greatest_weights(sources.iter().flatten());
    let weight = |source: &[Known]| source.iter().map(|word| word.weight).sum::<f64>();
    let mut heaviest: &[Known] = &[];
    for source in sources {
        if weight(source) > weight(heaviest) {
            heaviest = source;
        }
    }
    let of_heaviest = heaviest.iter().map(|word| greatest[&word.term]);
    2.0 * greatest.values().sum::<f64>() - of_heaviest.sum::<f64>()
}

/// Returns the greatest weight of each term.
fn greatest_weights<'w>(words: impl Iterator<Item = &'w Known>) -> BTreeMap<TermId, f64> {
    let mut greatest: BTreeMap<TermId, f64> = BTreeMap::new();
    for word in words {
        let known = greatest.entry(word.term).or_default();
        *known = known.max(word.weight);
    }
    greatest
}
