//! [`IssueEvidence`]: how much of what a given issue is known by stands in a clause, phrases as phrases.

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
const RARE: f64 = 0.55;
/// The evidence that is enough, relative to the rarity of a word of one clause.
const ENOUGH: f64 = 0.9;
/// The number of terms above which a clause needs more evidence, in proportion.
const USUAL_TERMS: f64 = 50.0;
/// The proportion of an issue's weight that is always enough if only its name is known; no single word
/// of a phrase of two has it.
const SHARE_OF_NAME: f64 = 0.3;
/// The same if it has words or a description.
const SHARE_OF_ALL: f64 = 0.5;
/// The words that part a name into phrases.
const CONJUNCTIONS: [&str; 9] = ["and", "or", "et", "ou", "und", "oder", "y", "o", "e"];

/// What the issues of a codebook are known by.
pub(super) struct IssueEvidence {
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
    /// Whether it has words or a description beside its name.
    has_more: bool,
}

/// How much speaks for an issue in a clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EvidenceWeight {
    /// The evidence: see [`IssueEvidence::strength`].
    pub(super) weight: f64,
    /// Whether a phrase stands whole in it.
    has_whole: bool,
    /// Whether a rare word is among the words found.
    has_rare: bool,
}

/// A term that an issue is known by.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    term: TermId,
    weight: f64,
    is_rare: bool,
}

impl IssueEvidence {
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
    pub(super) fn strength(&self, issue: usize, parts: &[&[TermId]]) -> EvidenceWeight {
        let known = &self.issues[issue];
        let mut sources: Vec<Vec<Known>> = Vec::new();
        for part in parts {
            for phrase in &known.phrases {
                push_sources(&mut sources, phrase, part);
            }
            let described = known.described.iter();
            let found = described.filter(|word| part.contains(&word.term));
            sources.extend(found.map(|word| vec![*word]));
        }
        let is_whole = |phrase: &Vec<Known>| {
            let weighs_all = |source: &Vec<Known>| !phrase.is_empty() && source == phrase;
            sources.iter().any(weighs_all)
        };
        EvidenceWeight {
            weight: sum_of_sources(&sources),
            has_whole: known.phrases.iter().any(is_whole),
            has_rare: sources.iter().flatten().any(|word| word.is_rare),
        }
    }

    /// Returns whether evidence is enough for a clause with this number of terms: 0.9 times the rarity of a
    /// word of one clause, in proportion more above 50 terms; at most half of the issue's weight. If only the
    /// name of the issue is known, at most 0.3 of its weight, and a whole phrase of it is always enough;
    /// otherwise one of the words found must be rare.
    pub(super) fn is_enough(&self, issue: usize, strength: EvidenceWeight, n_terms: usize) -> bool {
        let known = &self.issues[issue];
        if strength.has_whole && !known.has_more {
            return true;
        }
        if known.has_more && !strength.has_rare {
            return false;
        }
        let length = (n_terms as f64 / USUAL_TERMS).max(1.0);
        let share = if known.has_more {
            SHARE_OF_ALL
        } else {
            SHARE_OF_NAME
        };
        let needed = (ENOUGH * self.rarest * length).min(share * known.weight);
        strength.weight > 0.0 && strength.weight >= needed
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
        KnownBy {
            phrases: phrases.map(|phrase| self.words(&phrase)).collect(),
            described,
            weight: 0.0,
            has_more: !issue.words.is_empty() || !issue.description.is_empty(),
        }
    }

    /// Returns the words of a text that occur in the corpus, with their weights.
    fn words(&self, text: &str) -> Vec<Known> {
        let tokens = self.representation.analyzer().analyze(text, self.language);
        let vocabulary = self.representation.lists().vocabulary();
        let rare = RARE * self.representation.words().greatest_rarity();
        let known = tokens.iter().filter_map(|token| {
            let term = vocabulary.find(&token.term)?;
            let rarity = self.representation.words().rarity_of(term)?;
            let weight = f64::from(token.weight) * rarity;
            let is_rare = weight >= rare;
            let known = Known {
                term,
                weight,
                is_rare,
            };
            (weight > 0.0).then_some(known)
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
fn push_sources(sources: &mut Vec<Vec<Known>>, phrase: &[Known], part: &[TermId]) {
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
    let single = found.filter(|word| word.is_rare);
    sources.extend(single.map(|word| weighted(&[*word], SINGLE)));
}

fn weighted(words: &[Known], factor: f64) -> Vec<Known> {
    let weighted = words.iter().map(|word| Known {
        weight: factor * word.weight,
        ..*word
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

/// Returns the evidence of some sources: see [`IssueEvidence::strength`].
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

#[cfg(test)]
mod tests {
    use super::*;

    fn word(term: usize, weight: f64) -> Known {
        Known {
            term: TermId::new(term),
            weight,
            is_rare: weight >= RARE * 8.0,
        }
    }

    fn part(terms: &[usize]) -> Vec<TermId> {
        terms.iter().copied().map(TermId::new).collect()
    }

    /// "Supply chain, proliferation" (terms 1, 2; 3), described by the word 4; words of one clause have
    /// the rarity 8.
    fn evidence(has_more: bool) -> IssueEvidence {
        IssueEvidence {
            issues: vec![KnownBy {
                phrases: vec![vec![word(1, 4.0), word(2, 5.0)], vec![word(3, 7.0)]],
                described: vec![word(4, 2.0)],
                weight: 18.0,
                has_more,
            }],
            rarest: 8.0,
        }
    }

    #[test]
    fn evidence_by_hand() {
        let cases: [(&str, &[usize], f64); 9] = [
            ("nothing", &[9, 8], 0.0),
            ("a whole phrase", &[9, 1, 2], 9.0),
            ("two terms between", &[1, 9, 8, 2], 9.0),
            // Half of 5; 4 is less than 0.55 * 8.
            ("three terms between", &[1, 9, 8, 7, 2], 2.5),
            ("the wrong order", &[2, 1], 2.5),
            ("a rare word", &[2, 9], 2.5),
            ("a common word", &[1, 9], 0.0),
            ("a phrase of one word", &[3], 7.0),
            // 2 * (9 + 7 + 2) - 9.
            ("everything", &[1, 2, 3, 4], 27.0),
        ];
        for (what, terms, expected) in cases {
            let found = evidence(true).strength(0, &[&part(terms)]).weight;
            assert!((found - expected).abs() < 1e-12, "{what}: {found}");
        }
    }

    #[test]
    fn part_of_a_phrase_counts_less_than_the_whole() {
        let phrase = [word(1, 4.0), word(2, 4.2), word(3, 4.3)];
        let mut sources = Vec::new();
        push_sources(&mut sources, &phrase, &part(&[2, 3]));
        // By themselves, common words are none.
        assert_eq!(sources, [weighted(&phrase[1..], 0.7)]);
    }

    #[test]
    fn a_heading_adds_to_a_text() {
        let (text, heading) = (part(&[3]), part(&[1, 2]));
        let found = evidence(true).strength(0, &[&text, &heading]);
        // 2 * (7 + 9) - 9.
        assert!((found.weight - 23.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn enough_by_hand() {
        let cases: [(&str, bool, &[usize], usize, bool); 6] = [
            // 0.9 * 8 = 7.2, and 18 / 2 = 9.
            ("one listed word alone", true, &[3], 20, false),
            ("a whole phrase", true, &[1, 2], 20, true),
            // 7.2 * 60 / 50 = 8.64; at 70 terms the half of 18 is the limit.
            ("a whole phrase, 60 terms", true, &[1, 2], 60, true),
            ("more than one, 500 terms", true, &[1, 2, 4], 500, true),
            // Of 18, three tenths are 5.4.
            ("a phrase of a name", false, &[3], 500, true),
            ("a word of a phrase of a name", false, &[2], 20, false),
        ];
        for (what, has_more, terms, n_terms, expected) in cases {
            let evidence = evidence(has_more);
            let strength = evidence.strength(0, &[&part(terms)]);
            let found = evidence.is_enough(0, strength, n_terms);
            assert_eq!(found, expected, "{what}: {strength:?}");
        }
    }

    #[test]
    fn a_name_is_parted_at_punctuation_and_conjunctions() {
        let cases: [(&str, &[&str]); 4] = [
            ("Supply chain", &["Supply chain"]),
            (
                "Remedies, reports and review (yearly)",
                &["Remedies", "reports", "review", "yearly"],
            ),
            (
                "Freedom of expression & privacy",
                &["Freedom of expression", "privacy"],
            ),
            ("Paix et sécurité", &["Paix", "sécurité"]),
        ];
        for (name, expected) in cases {
            assert_eq!(parts_of_name(name), expected, "{name}");
        }
    }
}
