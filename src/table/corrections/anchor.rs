//! [`ClauseAnchor`] and [`IssueAnchor`]: how corrections identify clauses and issues.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::provision::Label;
use crate::table::corrections::quoted::quoted;
use crate::words::StableHash;
use crate::words::fold_name;

/// The most bits of 64 in which the SimHashes of two slightly different texts differ: about three
/// quarters of their 4-grams of characters are the same.
const MAX_CHANGED_BITS: u32 = 14;
/// The number of characters in an n-gram of the SimHash.
const RUN: usize = 4;

/// How corrections identify a clause: by its agreement, its label and a fingerprint of its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClauseAnchor {
    /// The key of its agreement.
    pub(crate) agreement: String,
    /// Its official label; `None` for an unnumbered paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<String>,
    /// The fingerprint of its words: two numbers of 16 hexadecimal digits. The first is the same only
    /// for the same words, except for case and punctuation (FNV-1a). The second is a SimHash: it
    /// differs in few bits for words that differ little (Charikar, 2002).
    pub(crate) text: String,
}

/// How corrections identify an issue: by its name and its clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssueAnchor {
    /// The name it had.
    pub(crate) name: String,
    /// The clauses in it when the decision was taken: at most 50, but all of a row that was checked, and all
    /// that were named of those that were.
    #[serde(default)]
    pub(crate) anchors: Vec<ClauseAnchor>,
}

/// The clause that an anchor identifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Its words are the same.
    Same(ClauseId),
    /// Its label is the same, its words are slightly different.
    Changed(ClauseId),
    /// It is missing or has other words; the text says which.
    Lost(String),
}

impl ClauseAnchor {
    /// Returns the anchor of a clause.
    pub(crate) fn of(corpus: &Corpus, id: ClauseId) -> Self {
        let clause = corpus.clause(id);
        Self {
            agreement: corpus.agreement(clause.agreement).key.clone(),
            label: clause.label.as_ref().map(|label| label.as_str().to_owned()),
            text: fingerprint(corpus.text(id)),
        }
    }

    pub(crate) fn to_toml(&self) -> String {
        let label = self.label.as_ref();
        let label = label.map_or_else(String::new, |label| format!("label = {}, ", quoted(label)));
        let (agreement, text) = (quoted(&self.agreement), quoted(&self.text));
        format!("{{ agreement = {agreement}, {label}text = {text} }}")
    }

    pub(crate) fn in_words(&self) -> String {
        let label = self.label.as_deref().unwrap_or("(unnumbered)");
        format!("{} {label}", self.agreement)
    }
}

impl IssueAnchor {
    /// Returns whether a clause was in the issue; without anchors every clause was.
    pub(crate) fn had(&self, clause: &ClauseAnchor) -> bool {
        self.anchors.is_empty() || self.anchors.contains(clause)
    }

    pub(crate) fn to_toml(&self) -> String {
        let name = quoted(&self.name);
        let line = |anchor: &ClauseAnchor| format!("        {},\n", anchor.to_toml());
        let lines: String = self.anchors.iter().map(line).collect();
        let (start, end) = if lines.is_empty() {
            ("", "")
        } else {
            ("\n", "    ")
        };
        format!("    {{ name = {name}, anchors = [{start}{lines}{end}] }},")
    }
}

/// The clauses of a corpus, by agreement, for finding anchors.
#[derive(Debug)]
pub(crate) struct KnownClauses<'c> {
    corpus: &'c Corpus,
    clauses_of: HashMap<&'c str, Vec<ClauseId>>,
}

impl<'c> KnownClauses<'c> {
    pub(crate) fn of(corpus: &'c Corpus) -> Self {
        let mut clauses_of: HashMap<&str, Vec<ClauseId>> = HashMap::new();
        for id in corpus.clause_ids() {
            let agreement = corpus.agreement(corpus.clause(id).agreement);
            clauses_of.entry(&agreement.key).or_default().push(id);
        }
        Self { corpus, clauses_of }
    }

    /// Returns the clause of an anchor. Costs the fingerprints of the clauses with its label.
    pub(crate) fn find(&self, mark: &ClauseAnchor) -> Known {
        let Some(clauses) = self.clauses_of.get(mark.agreement.as_str()) else {
            return Known::Lost(format!("there is no agreement `{}`", mark.agreement));
        };
        let candidates = labeled(self.corpus, clauses, mark);
        let known = self.nearest(mark, &candidates);
        let moved = || match self.nearest(mark, clauses) {
            Known::Same(id) => format!("; its words now stand as `{}`", self.key(id)),
            _ => String::new(),
        };
        match known {
            // Without a label, a clause with similar words may be another one.
            Known::Changed(id) if mark.label.is_none() => Known::Lost(format!(
                "no unnumbered clause of {} has its words; those of `{}` are near",
                mark.agreement,
                self.key(id)
            )),
            Known::Lost(_) if candidates.is_empty() => {
                Known::Lost(format!("there is no clause {}{}", mark.in_words(), moved()))
            }
            Known::Lost(_) => Known::Lost(format!(
                "{} has other words now{}",
                mark.in_words(),
                moved()
            )),
            known => known,
        }
    }

    /// Returns the clauses with the label and the words of an anchor: several if they are twins. Costs as
    /// [`KnownClauses::find`].
    pub(crate) fn twins(&self, mark: &ClauseAnchor) -> Vec<ClauseId> {
        let clauses = self.clauses_of.get(mark.agreement.as_str());
        let clauses = clauses.map_or(&[][..], Vec::as_slice);
        let mut twins = labeled(self.corpus, clauses, mark);
        twins.retain(|id| changed_bits(&fingerprint(self.corpus.text(*id)), &mark.text) == 0);
        twins
    }

    /// Returns the clause with the anchor's words, otherwise the one whose words differ least.
    fn nearest(&self, mark: &ClauseAnchor, candidates: &[ClauseId]) -> Known {
        let compared = candidates.iter().map(|&id| {
            let own = fingerprint(self.corpus.text(id));
            (changed_bits(&own, &mark.text), id)
        });
        match compared.min() {
            Some((0, id)) => Known::Same(id),
            Some((bits, id)) if bits <= MAX_CHANGED_BITS => Known::Changed(id),
            _ => Known::Lost(String::new()),
        }
    }

    pub(crate) fn key(&self, id: ClauseId) -> &str {
        &self.corpus.clause(id).key
    }
}

/// Returns those of some clauses that have the label of an anchor, or like it none.
fn labeled(corpus: &Corpus, clauses: &[ClauseId], mark: &ClauseAnchor) -> Vec<ClauseId> {
    let label = mark.label.as_deref().map(Label::new);
    let has_label = |id: &&ClauseId| match (&corpus.clause(**id).label, &label) {
        (Some(own), Some(wanted)) => own.is_same_place(wanted),
        (None, None) => true,
        _ => false,
    };
    clauses.iter().filter(has_label).copied().collect()
}

/// Returns the difference of two fingerprints: 0 for the same words, otherwise at least 1.
fn changed_bits(a: &str, b: &str) -> u32 {
    let parts = |text: &str| -> Option<(u64, u64)> {
        let (exact, sketch) = text.split_once('-')?;
        let number = |digits| u64::from_str_radix(digits, 16).ok();
        Some((number(exact)?, number(sketch)?))
    };
    match (parts(a), parts(b)) {
        (Some((exact, _)), Some((other, _))) if exact == other => 0,
        (Some((_, sketch)), Some((_, other))) => (sketch ^ other).count_ones().max(1),
        _ => u64::BITS,
    }
}

/// Returns the fingerprint of a text: see [`ClauseAnchor::text`].
fn fingerprint(text: &str) -> String {
    let folded = fold_name(text);
    let hash = StableHash::of(folded.bytes()).digits();
    format!("{hash}-{:016x}", sketch(&folded))
}

/// Returns the SimHash of a text: every 4-gram of characters votes on every bit.
fn sketch(folded: &str) -> u64 {
    let characters: Vec<char> = folded.chars().collect();
    let mut votes = [0_i64; 64];
    for run in characters.windows(RUN.min(characters.len()).max(1)) {
        let mut buffer = [0_u8; 4];
        let bytes = run
            .iter()
            .flat_map(|c| c.encode_utf8(&mut buffer).bytes().collect::<Vec<_>>());
        let hash = spread(StableHash::of(bytes).number());
        for (bit, vote) in votes.iter_mut().enumerate() {
            *vote += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    let set = (0..64).filter(|bit| votes[*bit] > 0);
    set.fold(0, |number, bit| number | 1 << bit)
}

/// Makes every bit of a hash depend on all others: the high bits of FNV-1a vary little for short n-grams.
fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_same_slightly_and_much_changed_texts_apart() {
        let text = "Each harbor keeps its lantern burning through the night, and tells the pilots \
                    of the coast in good time when fog or repairs put it out.";
        let cases = [
            ("the same", text.to_owned(), 0..=0),
            ("case and commas", text.to_uppercase().replace(',', ""), 0..=0),
            ("one word", text.replace("good", "due"), 1..=MAX_CHANGED_BITS),
            (
                "another clause",
                "Orchards are pruned in winter, and the cider of a village is sold at its own market."
                    .to_owned(),
                MAX_CHANGED_BITS + 1..=64,
            ),
        ];
        for (what, other, expected) in cases {
            let bits = changed_bits(&fingerprint(text), &fingerprint(&other));
            assert!(expected.contains(&bits), "{what}: {bits} bits");
        }
    }

    #[test]
    fn a_broken_fingerprint_identifies_no_clause() {
        assert_eq!(changed_bits(&fingerprint("fog"), "by hand"), 64);
    }
}
