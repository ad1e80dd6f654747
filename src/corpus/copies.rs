//! [`settle_copies`]: one agreement in several files, told and counted once.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::corpus::assemble::process_name;
use crate::corpus::draft::{Draft, placed};
use crate::error::{Diagnostic, Severity};
use crate::provision::kind_of;
use crate::words::{StableHash, fold_name};

/// The fewest clauses of a text that may be a copy, and the fewest words of a clause that counts.
const MIN_CLAUSES: usize = 3;
const MIN_WORDS: usize = 4;
/// The share of the clauses of both texts that a copy has in common with the other.
const COPY: f64 = 0.9;
/// The share of the clauses of the shorter text that two versions of one title have in common.
const VERSION: f64 = 0.6;
/// A clause in more texts than this tells no copy.
const MAX_TEXTS: usize = 16;

/// Leaves out texts that are copies of others, and counts versions of one agreement as one process; tells
/// both.
///
/// A copy has no other title than the other text and nearly all clauses in common with it, whatever its
/// format. A version has most of the clauses of the shorter text. Texts whose process is given
/// are left as they are: a manifest that names the processes decides. Takes time linear in the text.
pub(super) fn settle_copies(drafts: Vec<Draft>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let prints: Vec<Vec<u64>> = drafts.par_iter().map(prints_of).collect();
    let mut fates: Vec<Fate> = vec![Fate::Kept; drafts.len()];
    for (pair, n_shared) in shared_clauses(&prints) {
        let [first, second] = pair;
        let Some((kept, other)) = ordered(&drafts, first, second) else {
            continue;
        };
        if fates[kept] != Fate::Kept || fates[other] != Fate::Kept {
            continue;
        }
        let (n_first, n_second) = (prints[first].len(), prints[second].len());
        let share = |n: usize| n_shared as f64 / n as f64;
        let is_copy = share(n_first.max(n_second)) >= COPY;
        let is_version = share(n_first.min(n_second)) >= VERSION;
        if is_version && may_have_one_title(&drafts[first], &drafts[second]) {
            fates[other] = if is_copy {
                Fate::CopyOf(kept)
            } else {
                Fate::VersionOf(kept)
            };
        }
    }
    let names: Vec<(String, String)> = drafts
        .iter()
        .map(|draft| {
            (
                draft.file.clone().unwrap_or_else(|| draft.key.clone()),
                process_name(draft).clone(),
            )
        })
        .collect();
    let mut kept_drafts = Vec::with_capacity(drafts.len());
    for (mut draft, fate) in drafts.into_iter().zip(fates) {
        let file = draft.file.clone();
        match fate {
            Fate::Kept => kept_drafts.push(draft),
            Fate::CopyOf(other) => {
                let message = format!(
                    "left out: it is a copy of `{}` and would count twice; with a `process` in the manifest it \
                     is kept",
                    names[other].0
                );
                diagnostics.push(placed(Severity::Skipped, message, file.as_deref()));
            }
            Fate::VersionOf(other) => {
                let (of, process) = &names[other];
                let message = format!(
                    "taken for another version of `{of}`, so both count as one process, `{process}`; with a \
                     `process` in the manifest it counts for itself"
                );
                diagnostics.push(placed(Severity::Guessed, message, file.as_deref()));
                draft.metadata.process = Some(process.clone());
                kept_drafts.push(draft);
            }
        }
    }
    kept_drafts
}

/// What becomes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    CopyOf(usize),
    VersionOf(usize),
}

/// Returns which of two texts stays and which is settled: one without a given process; of two, the one with
/// fewer known facts, then the later. `None` if both processes are given.
fn ordered(drafts: &[Draft], first: usize, second: usize) -> Option<(usize, usize)> {
    let is_given = |draft: usize| drafts[draft].metadata.process.is_some();
    let is_titled = |draft: usize| drafts[draft].metadata.title.is_some();
    match (is_given(first), is_given(second)) {
        (true, true) => None,
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ if is_titled(second) && !is_titled(first) => Some((second, first)),
        _ => Some((first, second)),
    }
}

/// Returns the sorted hashes of the clauses of a text, by their letters and digits alone; none for a file of
/// clause records and for a text of few clauses.
fn prints_of(draft: &Draft) -> Vec<u64> {
    if draft.has_records {
        return Vec::new();
    }
    let texts = draft
        .clauses
        .iter()
        .map(|clause| &draft.text[clause.range.clone()]);
    let long =
        texts.filter(|text| text.split_whitespace().count() >= MIN_WORDS || !text.is_ascii());
    let mut prints: Vec<u64> = long.map(print_of).collect();
    prints.sort_unstable();
    prints.dedup();
    if prints.len() < MIN_CLAUSES {
        prints.clear();
    }
    prints
}

fn print_of(text: &str) -> u64 {
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let mut hash = StableHash::of([]);
    let mut bytes = [0; 4];
    for letter in letters {
        hash.add(letter.encode_utf8(&mut bytes).bytes());
    }
    hash.number()
}

/// Returns the pairs of texts that share clauses, and how many.
fn shared_clauses(prints: &[Vec<u64>]) -> BTreeMap<[usize; 2], usize> {
    let mut texts_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for (text, prints) in prints.iter().enumerate() {
        for print in prints {
            texts_of.entry(*print).or_default().push(text);
        }
    }
    let mut shared: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    for (text, prints) in prints.iter().enumerate() {
        for print in prints {
            let texts = texts_of.get(print).map(Vec::as_slice).unwrap_or_default();
            if texts.len() > MAX_TEXTS {
                continue;
            }
            for &other in texts.iter().filter(|other| **other > text) {
                *shared.entry([text, other]).or_default() += 1;
            }
        }
    }
    shared
}

/// Returns whether two texts may have one title: one has none, or the title of the other and perhaps more
/// words.
fn may_have_one_title(first: &Draft, second: &Draft) -> bool {
    let (first, second) = (titles_of(first), titles_of(second));
    let is_one = |a: &String, b: &String| {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let rest = long.strip_prefix(short.as_str());
        rest.is_some_and(|rest| rest.is_empty() || short.contains(' ') && rest.starts_with(' '))
    };
    let has_none = first.is_empty() || second.is_empty();
    has_none
        || first
            .iter()
            .any(|title| second.iter().any(|other| is_one(title, other)))
}

/// Returns the known title of a text and its first line, unless that begins a provision.
fn titles_of(draft: &Draft) -> Vec<String> {
    let line = draft.text.lines().find(|line| !line.trim().is_empty());
    let line = line.map(str::trim).filter(|line| {
        let first = line.split([' ', '.']).next().unwrap_or_default();
        kind_of(first).is_none() && !line.starts_with(|c: char| c.is_numeric() || c == '(')
    });
    let known = [draft.metadata.title.as_deref(), line];
    let names = known.into_iter().flatten().map(fold_name);
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::agreement::Metadata;
    use crate::corpus::{Corpus, CorpusBuilder};
    use crate::read::{Body, Document, Parsed};

    const PACT: &str = "Tide Pact\n\nArticle 1\nThe Parties shall keep the lights of harbors burning.\n\n\
                        Article 2\nThe Parties shall share the charts of their coasts.\n\n\
                        Article 3\nThe Parties shall not attack the lights of others.\n";

    /// A text and its process, if it has one.
    type Text<'t> = (&'t str, Option<&'t str>);

    fn corpus(texts: &[Text<'_>]) -> Corpus {
        let mut builder = CorpusBuilder::new();
        for (index, (text, process)) in texts.iter().enumerate() {
            let document = Document {
                key: None,
                metadata: Metadata {
                    process: process.map(str::to_owned),
                    ..Metadata::default()
                },
                body: Body::Text {
                    text: (*text).to_owned(),
                    hints: Vec::new(),
                },
            };
            let parsed = Parsed {
                documents: vec![document],
                ..Parsed::default()
            };
            builder.add(parsed, Some(&format!("{index}.txt")));
        }
        builder.build().unwrap()
    }

    /// Builds a corpus and counts its agreements and processes.
    #[track_caller]
    fn check(texts: &[Text<'_>], expected: [usize; 2]) {
        let corpus = corpus(texts);
        let told = corpus.diagnostics();
        let found = [corpus.agreements().len(), corpus.processes().len()];
        assert_eq!(found, expected, "{told:?}");
        let is_told = told.iter().any(|told| told.message.contains("of `0.txt`"));
        assert_eq!(is_told, expected[1] < texts.len(), "{told:?}");
    }

    #[test]
    fn copies_are_left_out_and_versions_are_one_process() {
        let copy = PACT
            .replace("Article 1\n", "ARTICLE 1.\n")
            .replace("shall", "shall ");
        check(&[(PACT, None), (&copy, None), (PACT, None)], [1, 1]);
        let later = format!(
            "{}\nArticle 4\nThe Parties shall meet each year in one of their harbors.\n",
            PACT.replace("Tide Pact", "Tide Pact (consolidated)")
        );
        check(&[(PACT, None), (&later, None)], [2, 1]);
    }

    #[test]
    fn other_agreements_and_given_processes_are_kept() {
        let of_others = PACT.replace("Tide Pact", "Fog Code");
        check(&[(PACT, None), (&of_others, None)], [2, 2]);
        check(&[(PACT, Some("A")), (PACT, Some("B"))], [2, 2]);
        let short = "1. Members shall keep their lights burning.";
        check(&[(short, None), (short, None)], [2, 2]);
    }
}
