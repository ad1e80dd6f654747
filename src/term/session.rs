//! [`Session`]: a batch of texts of one language in which each distinct word is analyzed once.

use std::ops::Range;
use std::sync::Arc;

use crate::language::Language;
use crate::term::rules::{RuleEntry, RuleKind, Rules};
use crate::term::token::Token;
use crate::term::written_text::{TextWord, WrittenText};
use crate::words::{Interner, RawWord, each_plain_word, each_raw_word};

/// A batch of texts of one language, with the interner of the words met so far.
#[derive(Debug)]
pub(crate) struct Session {
    rules: Arc<Rules>,
    memory: Interner,
    /// The entry of each interned word, by its number.
    entries: Vec<RuleEntry>,
    /// The kind of each word, stored apart so that most look-ups touch little memory.
    kinds: Vec<RuleKind>,
}

/// A word of a text after variants are replaced.
#[derive(Clone, Debug)]
pub(crate) struct SessionWord {
    pub(crate) entry: u32,
    pub(crate) kind: RuleKind,
    pub(crate) range: Range<usize>,
    /// Its weight here: less in a boilerplate phrase.
    pub(crate) weight: f32,
}

impl SessionWord {
    fn token(&self, position: usize, term: &str) -> Token {
        Token {
            term: term.to_owned(),
            range: self.range.clone(),
            position,
            weight: self.weight,
        }
    }
}

/// What is known of a word of a text.
struct Known<'s> {
    entry: u32,
    kind: RuleKind,
    entries: &'s [RuleEntry],
}

/// The words of a text after variants are replaced, and the words that were replaced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rewritten {
    pub(crate) words: Vec<SessionWord>,
    /// Each replaced word with the index in `words` of its replacement.
    replaced: Vec<(usize, SessionWord)>,
    /// The entries of the words that replaced others.
    added: Vec<u32>,
}

impl Rewritten {
    /// Keeps the words of a form that was replaced by the words from index `start`.
    fn give_way(&mut self, form: &[SessionWord], start: usize) {
        let last = self.words.len() - 1;
        let own_words = form.iter().enumerate();
        let placed = own_words.map(|(i, word)| ((start + i).min(last), word.clone()));
        self.replaced.extend(placed);
    }

    /// Returns the words with their positions, and the own words of each replaced phrase.
    fn for_search(self) -> Vec<(usize, SessionWord)> {
        let words = self.words.into_iter().enumerate();
        if self.replaced.is_empty() {
            return words.collect();
        }
        let mut placed: Vec<(usize, SessionWord)> = words.chain(self.replaced).collect();
        placed.sort_by_key(|(position, _)| *position);
        placed
    }
}

impl Session {
    /// Starts a batch of texts.
    pub(super) fn new(rules: Arc<Rules>) -> Self {
        Self {
            rules,
            memory: Interner::default(),
            entries: Vec::new(),
            kinds: Vec::new(),
        }
    }

    pub(super) fn language(&self) -> Language {
        self.rules.language
    }

    pub(crate) fn entry(&self, entry: u32) -> &RuleEntry {
        &self.entries[entry as usize]
    }

    /// Returns the entries of all words met so far.
    pub(crate) fn entries(&self) -> &[RuleEntry] {
        &self.entries
    }

    /// Returns the words of a text, stop words included, with variants replaced and boilerplate weighted.
    pub(crate) fn rewrite(&mut self, text: &str) -> Rewritten {
        let mut rewritten = self.words_as_one(text);
        self.weigh_genre(&mut rewritten.words);
        rewritten
    }

    /// Returns the words of a text, stop words included, with variants replaced.
    pub(super) fn words_as_one(&mut self, text: &str) -> Rewritten {
        let words = self.words_of(text);
        self.with_variants_as_one(text, words)
    }

    /// Returns the tokens of [`search_tokens`](Self::search_tokens) whose terms are wanted.
    ///
    /// Nothing is kept of the other words, unless one of them may begin a variant.
    pub(super) fn wanted_tokens(
        &mut self,
        text: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut may_have_variants = false;
        let mut position = 0;
        self.each_word(text, |raw, known| {
            may_have_variants |= known.kind.may_start_variant;
            if !known.kind.is_stop {
                let mut terms = known.entries[known.entry as usize].terms();
                let wanted = terms.find(|term| is_wanted(term));
                tokens.extend(wanted.map(|term| Token {
                    term: term.clone(),
                    range: raw.range.clone(),
                    position,
                    weight: known.kind.weight,
                }));
            }
            position += 1;
        });
        if !may_have_variants {
            return tokens;
        }
        let rewritten = self.words_as_one(text);
        let wanted = |term: &&String| is_wanted(term);
        self.search_tokens(rewritten, |entry| entry.terms().find(wanted))
    }

    /// Returns the tokens of words, replaced ones included, by position, each with the term that `chosen`
    /// chooses; words for which it chooses none are left out.
    pub(super) fn search_tokens(
        &self,
        rewritten: Rewritten,
        chosen: impl Fn(&RuleEntry) -> Option<&String>,
    ) -> Vec<Token> {
        let placed = rewritten.for_search().into_iter();
        placed
            .filter(|(_, word)| !word.kind.is_stop)
            .filter_map(|(position, word)| {
                let term = chosen(self.entry(word.entry))?;
                Some(word.token(position, term))
            })
            .collect()
    }

    /// Returns the tokens of a text, first with the terms of the words as spelled, then with those of their
    /// other spellings, as often as a word has any.
    pub(super) fn tokens_by_spelling(&self, words: &[SessionWord]) -> Vec<Vec<Token>> {
        let words: Vec<(usize, &SessionWord)> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.kind.is_stop)
            .collect();
        let n_spellings =
            |(_, word): &(usize, &SessionWord)| self.entry(word.entry).terms().count();
        let most = words.iter().map(n_spellings).max().unwrap_or(1);
        let spelled = |place: usize| {
            let token = |(position, word): &(usize, &SessionWord)| {
                let entry = self.entry(word.entry);
                let term = entry.terms().take(place + 1).last().unwrap_or(&entry.term);
                word.token(*position, term)
            };
            words.iter().map(token).collect()
        };
        (0..most).map(spelled).collect()
    }

    /// Calls `each` with the terms of [`Analyzer::all_tokens_for_search`] and of their other spellings, with
    /// their positions, in order; returns the number of terms, other spellings not counted.
    ///
    /// Also fills `written` with the words of the text.
    pub(crate) fn each_search_term(
        &mut self,
        text: &str,
        written: &mut WrittenText,
        mut each: impl FnMut(&str, usize),
    ) -> usize {
        written.clear();
        let mut may_have_variants = false;
        self.each_word(text, |raw, known| {
            written.words.push(TextWord {
                entry: known.entry,
                is_whole: raw.written.len() == raw.spelling.len(),
                written: raw.written.clone(),
            });
            may_have_variants |= known.kind.may_start_variant;
        });
        let mut n_terms = 0;
        let mut index = |session: &Self, position, entry| {
            let mut terms = session.search_terms(entry).peekable();
            n_terms += usize::from(terms.peek().is_some());
            terms.for_each(|term| each(term, position));
        };
        if may_have_variants {
            let rewritten = self.words_as_one(text);
            written.added.extend(&rewritten.added);
            let placed = rewritten.for_search().into_iter();
            placed.for_each(|(position, word)| index(self, position, word.entry));
        } else {
            let placed = written.words.iter().enumerate();
            placed.for_each(|(position, word)| index(self, position, word.entry));
        }
        n_terms
    }

    /// Returns the terms by which a word is found; none for a stop word.
    pub(crate) fn search_terms(&self, entry: u32) -> impl Iterator<Item = &str> + Clone {
        let is_stop = self.kinds[entry as usize].is_stop;
        let n_terms = if is_stop { 0 } else { usize::MAX };
        let terms = self.entry(entry).terms().map(String::as_str);
        terms.take(n_terms)
    }

    pub(super) fn token(&self, position: usize, word: &SessionWord) -> Token {
        word.token(position, &self.entry(word.entry).term)
    }

    fn words_of(&mut self, text: &str) -> Vec<SessionWord> {
        let mut words = Vec::with_capacity(text.len() / 5);
        self.each_word(text, |raw, known| {
            words.push(SessionWord {
                entry: known.entry,
                kind: known.kind,
                range: raw.range.clone(),
                weight: known.kind.weight,
            });
        });
        words
    }

    /// Calls `each` with the words of a text as they are written and what is known of them.
    fn each_word(&mut self, text: &str, mut each: impl FnMut(&RawWord<'_>, Known<'_>)) {
        let is_plain = self.rules.is_plain;
        let found = |raw: RawWord<'_>| {
            let entry = self.entry_of(&raw.spelling);
            let known = Known {
                entry,
                kind: self.kinds[entry as usize],
                entries: &self.entries,
            };
            each(&raw, known);
        };
        if is_plain {
            each_plain_word(text, found);
        } else {
            each_raw_word(text, found);
        }
    }

    fn word(&mut self, spelling: &str, range: Range<usize>) -> SessionWord {
        let entry = self.entry_of(spelling);
        let kind = self.kinds[entry as usize];
        SessionWord {
            entry,
            kind,
            range,
            weight: kind.weight,
        }
    }

    /// Returns the number of the entry of a word.
    fn entry_of(&mut self, spelling: &str) -> u32 {
        self.memory.number_of(spelling, || {
            let (entry, kind) = self.rules.entry(spelling);
            self.entries.push(entry);
            self.kinds.push(kind);
        })
    }

    fn with_variants_as_one(&mut self, text: &str, words: Vec<SessionWord>) -> Rewritten {
        if !words.iter().any(|word| word.kind.may_start_variant) {
            return Rewritten {
                words,
                ..Rewritten::default()
            };
        }
        let rules = Arc::clone(&self.rules);
        let mut rewritten = Rewritten::default();
        let mut place = 0;
        while place < words.len() {
            let normal_at = |i: usize| {
                words
                    .get(i)
                    .map(|word| self.entry(word.entry).normal.as_str())
            };
            let starts = words[place].kind.may_start_variant;
            let found = starts.then(|| rules.variants.longest_at(place, normal_at));
            if let Some((n_words, term)) = found.flatten() {
                let form = &words[place..place + n_words];
                let start = rewritten.words.len();
                let ranges = shared_out(text, form, term.len());
                for (spelling, range) in term.iter().zip(ranges) {
                    rewritten.words.push(self.word(spelling, range));
                }
                let added = rewritten.words[start..].iter().map(|word| word.entry);
                rewritten.added.extend(added);
                rewritten.give_way(form, start);
                place += n_words;
            } else {
                rewritten.words.push(words[place].clone());
                place += 1;
            }
        }
        rewritten
    }

    fn weigh_genre(&self, words: &mut [SessionWord]) {
        let mut place = 0;
        while place < words.len() {
            let term_at = |i: usize| {
                words
                    .get(i)
                    .map(|word| self.entry(word.entry).term.as_str())
            };
            let n_words = if words[place].kind.may_start_genre {
                self.rules
                    .genre
                    .longest_at(place, term_at)
                    .map_or(0, |(n_words, ())| n_words)
            } else {
                0
            };
            for word in &mut words[place..place + n_words] {
                word.weight *= self.rules.genre_weight;
            }
            place += n_words.max(1);
        }
    }
}

/// Returns `n` ranges that cover the words of `form` in order: one per word, the last covering the rest.
/// If there are more ranges than words, the characters of the form are divided among them.
fn shared_out(text: &str, form: &[SessionWord], n: usize) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (form.first(), form.last()) else {
        return Vec::new();
    };
    let (start, end) = (first.range.start, last.range.end);
    if n <= form.len() {
        let mut ranges: Vec<Range<usize>> =
            form[..n].iter().map(|word| word.range.clone()).collect();
        if let Some(range) = ranges.last_mut() {
            range.end = end;
        }
        return ranges;
    }
    let mut bounds: Vec<usize> = text[start..end]
        .char_indices()
        .map(|(i, _)| start + i)
        .collect();
    bounds.push(end);
    let n_chars = bounds.len() - 1;
    let n_ranges = n.min(n_chars);
    (0..n_ranges)
        .map(|i| bounds[i * n_chars / n_ranges]..bounds[(i + 1) * n_chars / n_ranges])
        .collect()
}
