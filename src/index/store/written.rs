//! The words as they are written in the clauses, each with the terms by which its clauses are found.
//!
//! An index holds these *uses* once, not once a clause: they say which terms can stand for a word of this
//! spelling, and the lists of these terms say where. A use is a text: the word without case and accents, whether
//! it is all that its term stands for, and its terms. Uses of agreements that were removed since stay.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use tantivy::Index;
use tantivy::directory::Directory;
use tantivy::directory::error::OpenReadError;

use crate::error::Result;
use crate::index::store::schema::{IndexedWord, OrIndexError, index_term, words_of};

/// The name of the file of the uses, beside those of the index library.
pub(crate) const WRITTEN_WORDS: &str = "written-words";
/// Ends each use in the file.
const END_OF_USE: char = '\n';

/// Returns all uses in an index; none in a new one.
pub(crate) fn read_uses(index: &Index) -> Result<BTreeSet<String>> {
    const READING: &str = "the words of the index cannot be read";
    let bytes = match index.directory().atomic_read(Path::new(WRITTEN_WORDS)) {
        Err(OpenReadError::FileDoesNotExist(_)) => return Ok(BTreeSet::new()),
        bytes => bytes.or_index_error(READING)?,
    };
    let text = String::from_utf8(bytes).or_index_error(READING)?;
    let uses = text.split_terminator(END_OF_USE).map(str::to_owned);
    Ok(uses.collect())
}

/// Writes all uses of an index.
pub(crate) fn write_uses(index: &Index, uses: &BTreeSet<String>) -> Result<()> {
    let mut text = String::new();
    for of in uses {
        text.push_str(of);
        text.push(END_OF_USE);
    }
    let path = Path::new(WRITTEN_WORDS);
    let written = index.directory().atomic_write(path, text.as_bytes());
    written.or_index_error("the words of the index cannot be written (is the disk full?)")
}

/// Ends each piece of a use; no word or term contains it, since it is not a letter, digit or mark.
const END: char = '\u{1f}';
/// The piece that says that the term stands for this word and nothing else.
const ALONE: &str = "1";
/// The piece that says that the term stands for other words as well: a joined or divided word, or none at all.
const AMONG_OTHERS: &str = "2";

/// Returns the uses of a word that is written so and is found by these terms.
pub(crate) fn uses_of<'t>(
    written: &str,
    terms: &(impl Iterator<Item = &'t str> + Clone),
) -> Vec<String> {
    let words = words_of(written);
    let is_alone = words.len() == 1 && terms.clone().count() <= 1;
    let mark = if is_alone { ALONE } else { AMONG_OTHERS };
    marked_uses(&words, mark, terms)
}

/// Returns the uses of the words of a stretch of text that was analyzed as another word.
pub(crate) fn uses_among_others<'t>(
    written: &str,
    terms: &(impl Iterator<Item = &'t str> + Clone),
) -> Vec<String> {
    marked_uses(&words_of(written), AMONG_OTHERS, terms)
}

fn marked_uses<'t>(
    words: &[IndexedWord],
    mark: &str,
    terms: &(impl Iterator<Item = &'t str> + Clone),
) -> Vec<String> {
    let marked = |word: &IndexedWord| use_of(&word.folded, mark, terms.clone());
    words.iter().map(marked).collect()
}

/// Returns the use of a term where it is not written: it stands for a phrase.
pub(crate) fn use_unwritten<'t>(terms: impl Iterator<Item = &'t str>) -> String {
    use_of("", AMONG_OTHERS, terms)
}

fn use_of<'t>(part: &str, mark: &str, terms: impl Iterator<Item = &'t str>) -> String {
    let mut text = format!("{part}{END}{mark}{END}");
    for term in terms {
        text.push_str(index_term(term));
        text.push(END);
    }
    text
}

/// All uses of an index.
#[derive(Debug, Default)]
pub(crate) struct WrittenWords {
    /// In order of the words.
    uses: Vec<WordUse>,
    terms: Vec<String>,
    /// The number of uses of each term.
    n_uses: Vec<u32>,
}

#[derive(Debug)]
struct WordUse {
    word: String,
    is_alone: bool,
    /// Indices of its terms; none for a stop word.
    terms: Vec<u32>,
}

/// Where the clauses with some words are found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FoundBy<'w> {
    /// These terms stand for such words only, and occur as often as they do.
    pub(crate) exactly: Vec<&'w str>,
    /// These terms also stand for others, so that the texts must be read.
    pub(crate) among: Vec<&'w str>,
    /// Whether a word of no term is among them, so that all texts must be read.
    pub(crate) anywhere: bool,
}

impl WrittenWords {
    /// Returns the words of some uses.
    pub(crate) fn of(uses: BTreeSet<String>) -> Self {
        let mut all = Self::default();
        let mut index_of: HashMap<String, u32> = HashMap::new();
        for text in uses {
            let mut pieces = text.split_terminator(END);
            let (Some(word), Some(mark)) = (pieces.next(), pieces.next()) else {
                continue;
            };
            let terms = pieces.map(|term| {
                *index_of.entry(term.to_owned()).or_insert_with(|| {
                    all.terms.push(term.to_owned());
                    all.n_uses.push(0);
                    u32::try_from(all.terms.len() - 1).expect("there are fewer than 2^32 terms")
                })
            });
            let terms: Vec<u32> = terms.collect();
            for &term in &terms {
                all.n_uses[term as usize] += 1;
            }
            all.uses.push(WordUse {
                word: word.to_owned(),
                is_alone: mark == ALONE,
                terms,
            });
        }
        all
    }

    /// Returns where the clauses are found with the words that begin so and are wanted.
    pub(crate) fn found_by(
        &self,
        beginning: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> FoundBy<'_> {
        let start = self.uses.partition_point(|of| &*of.word < beginning);
        let begin_so = self.uses[start..].iter();
        let begin_so = begin_so.take_while(|of| of.word.starts_with(beginning));
        let is_wanted = |of: &&WordUse| !of.word.is_empty() && is_wanted(&of.word);
        let wanted: Vec<&WordUse> = begin_so.filter(is_wanted).collect();
        let mut n_alone: HashMap<u32, u32> = HashMap::new();
        for term in wanted
            .iter()
            .filter(|of| of.is_alone)
            .flat_map(|of| &of.terms)
        {
            *n_alone.entry(*term).or_default() += 1;
        }
        // Each of the terms of a word finds it: one is enough.
        let first: BTreeSet<u32> = wanted
            .iter()
            .filter_map(|of| of.terms.first().copied())
            .collect();
        let (mut exactly, mut among) = (Vec::new(), Vec::new());
        for term in first {
            let is_exact = n_alone.get(&term) == Some(&self.n_uses[term as usize]);
            let list = if is_exact { &mut exactly } else { &mut among };
            list.push(&*self.terms[term as usize]);
        }
        FoundBy {
            exactly,
            among,
            anywhere: wanted.iter().any(|of| of.terms.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &[(&str, &[&str])]) -> WrittenWords {
        let uses = words
            .iter()
            .flat_map(|(word, terms)| uses_of(word, &terms.iter().copied()));
        WrittenWords::of(uses.collect())
    }

    fn found<'w>(words: &'w WrittenWords, beginning: &str) -> (Vec<&'w str>, Vec<&'w str>, bool) {
        let found = words.found_by(beginning, |_| true);
        (found.exactly, found.among, found.anywhere)
    }

    #[test]
    fn a_term_is_exact_if_it_stands_for_wanted_words_only() {
        let mut words = vec![
            ("quay", &["quay"][..]),
            ("Quays", &["quay"]),
            ("quayside", &["quaysid"]),
            ("the", &[]),
            ("port", &["port"]),
            ("porters", &["port"]),
            ("l’été", &["ete"]),
            ("harbour", &["harbour", "harbor"]),
        ];
        let all = written(&words);
        assert_eq!(
            found(&all, "quay"),
            (vec!["quay", "quaysid"], vec![], false)
        );
        assert_eq!(found(&all, "quays"), (vec!["quaysid"], vec!["quay"], false));
        assert_eq!(found(&all, "porte"), (vec![], vec!["port"], false));
        assert_eq!(found(&all, "th"), (vec![], vec![], true));
        assert_eq!(found(&all, "ete"), (vec![], vec!["ete"], false));
        assert_eq!(found(&all, "harb"), (vec![], vec!["harbour"], false));
        assert_eq!(found(&all, "ship"), (vec![], vec![], false));
        words.truncate(2);
        let uses = words
            .iter()
            .flat_map(|(word, terms)| uses_of(word, &terms.iter().copied()));
        let also_unwritten = uses.chain([use_unwritten(["quay"].into_iter())]);
        let all = WrittenWords::of(also_unwritten.collect());
        assert_eq!(found(&all, "quay"), (vec![], vec!["quay"], false));
        let divided = uses_among_others("co-oper", &["cooper"].into_iter());
        let all = WrittenWords::of(divided.into_iter().collect());
        assert_eq!(found(&all, "oper"), (vec![], vec!["cooper"], false));
    }
}
