//! [`settle_copies`]: one agreement in several files, told and counted once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::corpus::assemble::process_name;
use crate::corpus::collection::is_in_file;
use crate::corpus::draft::{Draft, placed};
use crate::error::{Diagnostic, Severity};
use crate::provision::kind_of;
use crate::words::{StableHash, fold_name, letters_and_digits};

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
/// are left as they are: a manifest that names the processes decides. So are those of the files `apart`.
/// Takes time linear in the text.
pub(super) fn settle_copies(
    drafts: Vec<Draft>,
    apart: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Draft> {
    let is_apart = |draft: &Draft| {
        let file = draft.file.as_deref();
        apart.iter().any(|apart| is_in_file(file, apart))
    };
    let prints = |draft: &Draft| {
        if is_apart(draft) {
            Vec::new()
        } else {
            prints_of(draft)
        }
    };
    let prints: Vec<Vec<u64>> = drafts.par_iter().map(prints).collect();
    let fates = fates_of(&drafts, &prints);
    let names: Vec<(String, String)> = drafts.iter().map(names_of).collect();
    let mut kept_drafts = Vec::with_capacity(drafts.len());
    for (place, mut draft) in drafts.into_iter().enumerate() {
        let (of, process) = &names[first_of(&fates, place)];
        let (severity, message) = match fates[place] {
            Fate::Kept => {
                kept_drafts.push(draft);
                continue;
            }
            Fate::CopyOf(_) => (
                Severity::Skipped,
                format!(
                    "left out: it is a copy of `{of}` and would count twice; with a `process` in the manifest \
                     it is kept"
                ),
            ),
            Fate::VersionOf(_) => (
                Severity::Guessed,
                format!(
                    "taken for another version of `{of}`, so both count as one process, `{process}`; with a \
                     `process` in the manifest it counts for itself"
                ),
            ),
        };
        diagnostics.push(placed(severity, message, draft.file.as_deref()));
        if severity == Severity::Guessed {
            draft.metadata.process = Some(process.clone());
            kept_drafts.push(draft);
        }
    }
    kept_drafts
}

/// Returns what a text is called by: its file, or its key; and its process.
fn names_of(draft: &Draft) -> (String, String) {
    let file = draft.file.as_ref().unwrap_or(&draft.key);
    (file.clone(), process_name(draft).clone())
}

/// Decides what becomes of each text, by the clauses it has in common with others.
fn fates_of(drafts: &[Draft], prints: &[Vec<u64>]) -> Vec<Fate> {
    let mut fates: Vec<Fate> = vec![Fate::Kept; drafts.len()];
    for (pair, n_shared) in shared_clauses(prints) {
        let [first, second] = pair;
        let Some((kept, other)) = ordered(drafts, first, second) else {
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
    fates
}

/// Returns the text that a copy or version goes back to: it may be one of a text that is one itself.
fn first_of(fates: &[Fate], mut text: usize) -> usize {
    while let Fate::CopyOf(of) | Fate::VersionOf(of) = fates[text] {
        text = of;
    }
    text
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
    let mut hash = StableHash::of([]);
    let mut bytes = [0; 4];
    for letter in letters_and_digits(text) {
        hash.add(letter.encode_utf8(&mut bytes).bytes());
    }
    hash.number()
}

/// Returns the pairs of texts that share clauses, and how many.
fn shared_clauses<'p>(prints: &'p [Vec<u64>]) -> BTreeMap<[usize; 2], usize> {
    let of_text =
        |(text, prints): (usize, &'p Vec<u64>)| prints.iter().map(move |print| (*print, text));
    let mut places: Vec<(u64, usize)> = prints.iter().enumerate().flat_map(of_text).collect();
    places.sort_unstable();
    let mut shared: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    for same in places.chunk_by(|a, b| a.0 == b.0) {
        if same.len() > MAX_TEXTS {
            continue;
        }
        for (place, (_, first)) in same.iter().enumerate() {
            for (_, second) in &same[place + 1..] {
                *shared.entry([*first, *second]).or_default() += 1;
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

    fn parsed(text: &str, metadata: Metadata) -> Parsed {
        let document = Document {
            key: None,
            metadata,
            body: Body::Text {
                text: text.to_owned(),
                hints: Vec::new(),
            },
        };
        Parsed {
            documents: vec![document],
            ..Parsed::default()
        }
    }

    fn corpus(texts: &[Text<'_>]) -> Corpus {
        let mut builder = CorpusBuilder::new();
        for (index, (text, process)) in texts.iter().enumerate() {
            let metadata = Metadata {
                process: process.map(str::to_owned),
                ..Metadata::default()
            };
            builder.add(parsed(text, metadata), Some(&format!("{index}.txt")));
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
    fn a_version_of_a_copy_is_a_version_of_what_is_kept() {
        let later = format!(
            "{PACT}\nArticle 4\nThe Parties shall meet each year in one of their harbors.\n"
        );
        let titled = Metadata {
            title: Some("Tide Pact".to_owned()),
            ..Metadata::default()
        };
        let mut builder = CorpusBuilder::new();
        builder.add(parsed(PACT, Metadata::default()), Some("a.txt"));
        builder.add(parsed(&later, Metadata::default()), Some("b.txt"));
        builder.add(parsed(PACT, titled), Some("c.txt"));
        let corpus = builder.build().unwrap();
        let files: Vec<_> = corpus
            .agreements()
            .iter()
            .map(|of| of.file.as_deref())
            .collect();
        assert_eq!(files, [Some("b.txt"), Some("c.txt")]);
        assert_eq!(corpus.processes().len(), 1, "{:?}", corpus.diagnostics());
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
