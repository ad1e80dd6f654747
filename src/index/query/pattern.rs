//! [`Pattern`]: a query for words by spelling: prefix, wildcard, fuzzy, regular expression.
//!
//! A pattern is compared with one whole word at a time, without case and accents and not stemmed. The
//! same test finds clauses and marks words, so that both agree.

use std::fmt;
use std::sync::Arc;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::{Regex, RegexBuilder};

use crate::index::store::schema::{fold_word, words_of};
use crate::words::without_accents;

/// The most edits of a fuzzy word.
const MAX_EDITS: u8 = 2;
/// The most bytes a regular expression may take when compiled.
const MAX_REGEX_BYTES: usize = 1 << 20;
/// The deepest nesting in a regular expression.
const MAX_REGEX_DEPTH: u32 = 50;

/// A test of the spelling of a word.
#[derive(Clone)]
pub(crate) struct Pattern {
    /// The pattern as typed; patterns typed identically are equal.
    source: String,
    shape: Shape,
}

#[derive(Clone)]
enum Shape {
    /// Begins with this, folded.
    Prefix(String),
    /// Within a number of edits of a word.
    Fuzzy(Arc<DFA>, u8),
    /// Matches this as a whole, and begins with this, as far as it is known.
    Regex(Regex, String),
}

/// What is wrong with a pattern, and at which byte of it.
#[derive(Debug)]
pub(crate) struct PatternError {
    pub(crate) at: usize,
    pub(crate) message: String,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({})", self.source)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Pattern {
    /// Parses a word with `*`, `?` or `~`; `None` if it has none of them.
    pub(crate) fn parse(word: &str) -> Result<Option<Self>, PatternError> {
        let has_letters = |text: &str| text.contains(char::is_alphanumeric);
        let shape = match word.split_once('~') {
            _ if word.contains(['*', '?']) => wildcard(word)?,
            Some((before, edits)) if has_letters(before) => fuzzy(before, edits)?,
            _ => return Ok(None),
        };
        let source = word.to_owned();
        Ok(Some(Self { source, shape }))
    }

    /// Returns the pattern of a regular expression, given without slashes.
    pub(crate) fn regex(expression: &str) -> Result<Self, PatternError> {
        let plain: String = without_accents(expression).collect();
        // First without parentheses: `a)|(b` is invalid, but would be valid inside them.
        let regex = compiled(&plain).and_then(|_| whole(&plain))?;
        Ok(Self {
            source: format!("/{expression}/"),
            shape: Shape::Regex(regex, String::new()),
        })
    }

    /// Returns whether a folded word matches.
    pub(crate) fn matches(&self, word: &str) -> bool {
        match &self.shape {
            Shape::Prefix(prefix) => word.starts_with(prefix),
            Shape::Fuzzy(automaton, edits) => {
                matches!(automaton.eval(word), Distance::Exact(distance) if distance <= *edits)
            }
            Shape::Regex(regex, _) => regex.is_match(word),
        }
    }

    /// Returns the literal prefix of all matching words; empty if unknown.
    pub(crate) fn beginning(&self) -> String {
        match &self.shape {
            Shape::Prefix(beginning) | Shape::Regex(_, beginning) => beginning.clone(),
            Shape::Fuzzy(..) => String::new(),
        }
    }
}

fn wildcard(word: &str) -> Result<Shape, PatternError> {
    let is_sign = |c: char| matches!(c, '*' | '?');
    let is_one_word =
        |part: &str| matches!(&words_of(part)[..], [one] if one.range == (0..part.len()));
    let mut literals = word.split(is_sign).filter(|part| !part.is_empty());
    let has_letters = word.contains(char::is_alphanumeric);
    if !has_letters || !literals.all(is_one_word) {
        return Err(PatternError {
            at: word.find(is_sign).unwrap_or_default(),
            message: "a star or question mark may stand only in one word: one of letters and \
                      digits was expected around it"
                .to_owned(),
        });
    }
    if let Some(prefix) = word.strip_suffix('*')
        && !prefix.contains(is_sign)
    {
        return Ok(Shape::Prefix(fold_word(prefix)));
    }
    let beginning = word.split(is_sign).next().unwrap_or_default();
    let mut expression = String::new();
    for part in word.split_inclusive(is_sign) {
        let literal = part.trim_end_matches(is_sign);
        expression += &regex::escape(&fold_word(literal));
        expression += match &part[literal.len()..] {
            "*" => ".*",
            "?" => ".",
            _ => "",
        };
    }
    Ok(Shape::Regex(whole(&expression)?, fold_word(beginning)))
}

/// Compiles a regular expression that a word must match as a whole.
fn whole(expression: &str) -> Result<Regex, PatternError> {
    compiled(&format!("^(?:{expression})$"))
}

fn compiled(expression: &str) -> Result<Regex, PatternError> {
    let compiled = RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(MAX_REGEX_BYTES)
        .nest_limit(MAX_REGEX_DEPTH)
        .build();
    compiled.map_err(|error| PatternError {
        at: 0,
        message: format!("a regular expression was expected: {}", last_line(&error)),
    })
}

fn fuzzy(word: &str, edits: &str) -> Result<Shape, PatternError> {
    let refuse = |at: usize, message: String| Err(PatternError { at, message });
    let edits = match edits {
        "1" => 1,
        "2" => MAX_EDITS,
        _ => {
            let message = format!("`~` after a word needs a number of edits, 1 to {MAX_EDITS}");
            return refuse(word.len(), message);
        }
    };
    let words = words_of(word);
    match &words[..] {
        [only] if only.range == (0..word.len()) => {
            let builder = LevenshteinAutomatonBuilder::new(edits, true);
            let automaton = builder.build_dfa(&only.folded);
            Ok(Shape::Fuzzy(Arc::new(automaton), edits))
        }
        _ => refuse(
            0,
            "`~` with edits was expected after one word of letters and digits".to_owned(),
        ),
    }
}

/// Returns the reason only: the regular expression library repeats the expression before it.
fn last_line(error: &regex::Error) -> String {
    let message = error.to_string();
    let last = message.lines().last().unwrap_or_default();
    last.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(source: &str) -> Pattern {
        match source.strip_prefix('/') {
            Some(rest) => Pattern::regex(rest.trim_end_matches('/')).unwrap(),
            None => Pattern::parse(source).unwrap().unwrap(),
        }
    }

    #[test]
    fn patterns_match_by_spelling() {
        let cases = [
            ("inter*", "internet", true),
            ("inter*", "inter", true),
            ("inter*", "winter", false),
            ("inter*al", "international", true),
            ("inter*al", "interval", true),
            ("inter*al", "internal x", false),
            ("*net", "internet", true),
            ("*net", "netted", false),
            ("*t*n*", "tenant", true),
            ("state?", "states", true),
            ("state?", "state", false),
            ("st?te", "state", true),
            ("?tate", "state", true),
            ("ÉTAT*", "etats", true),
            ("norm~1", "norms", true),
            ("norm~1", "forms", false),
            ("norm~2", "stormy", false),
            ("form~2", "norms", true),
            // Two swapped letters are one edit.
            ("norm~1", "nrom", true),
            ("état~1", "etats", true),
            ("/cyber.*/", "cyberspace", true),
            ("/cyber/", "cyberspace", false),
            ("/a|ab/", "ab", true),
            ("/CYBER[a-z]+/", "cyberspace", true),
            ("/état/", "etat", true),
        ];
        for (source, word, expected) in cases {
            assert_eq!(
                pattern(source).matches(word),
                expected,
                "{source} and {word}"
            );
        }
    }

    #[test]
    fn an_invalid_pattern_is_left_or_refused_with_its_position() {
        for plain in ["state", "cross-border", "~5", "~"] {
            assert!(Pattern::parse(plain).unwrap().is_none(), "{plain}");
        }
        let cases = [
            ("*", 0),
            ("cross-bor*", 9),
            ("norm~3", 4),
            ("norm~", 4),
            ("cross-border~1", 0),
        ];
        for (source, at) in cases {
            assert_eq!(Pattern::parse(source).unwrap_err().at, at, "{source}");
        }
        for expression in ["(", "a)|(b", "[a", "a{9999}{9999}"] {
            assert!(Pattern::regex(expression).is_err(), "{expression}");
        }
    }

    #[test]
    fn a_literal_prefix_narrows_the_words_tested() {
        let cases = [
            ("inter*", "inter"),
            ("in?er*", "in"),
            ("*net", ""),
            ("net~1", ""),
        ];
        for (source, beginning) in cases {
            assert_eq!(pattern(source).beginning(), beginning, "{source}");
        }
    }
}
