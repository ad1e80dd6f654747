//! Snowball stemmers (Porter, 2001) for 18 languages, protected against panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_stemmers::{Algorithm, Stemmer};

use crate::language::Language;
use crate::term::greek::breaks_stemmer;

/// The longest word that is stemmed, in characters: the cost grows with the square of the length.
const MAX_STEMMED_CHARS: usize = 64;

/// The languages with a stemmer, by code.
const ALGORITHMS: [(&str, Algorithm); 18] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// Returns the stem of a lower-case word. Returns the word itself if its language has no stemmer, the
/// word is too long, or the stem would be empty.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let Some(algorithm) = algorithm_of(language) else {
        return word.to_owned();
    };
    if word.chars().count() > MAX_STEMMED_CHARS {
        return word.to_owned();
    }
    let stemmed = if language.code() == "el" {
        greek_stem(word)
    } else {
        Stemmer::create(algorithm).stem(word).into_owned()
    };
    if stemmed.is_empty() {
        word.to_owned()
    } else {
        stemmed
    }
}

/// Returns the stem of a Greek word; empty if its stemmer panics. The words known for it are not tried, since a panic
/// prints to the error stream even if it is caught.
fn greek_stem(word: &str) -> String {
    if breaks_stemmer(word) {
        return String::new();
    }
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        Stemmer::create(Algorithm::Greek).stem(word).into_owned()
    }));
    attempt.unwrap_or_default()
}

fn algorithm_of(language: Language) -> Option<Algorithm> {
    let place = ALGORITHMS
        .binary_search_by(|(code, _)| (*code).cmp(language.code()))
        .ok()?;
    Some(ALGORITHMS[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn related_words_share_a_stem() {
        let cases = [
            ("en", "vulnerabilities", "vulnerability"),
            ("fr", "obligations", "obligation"),
            ("es", "infraestructuras", "infraestructura"),
            ("de", "verpflichtungen", "verpflichtung"),
            ("ru", "государства", "государство"),
        ];
        for (code, one, other) in cases {
            let language = Language::from_tag(code).unwrap();
            assert_eq!(stem(one, language), stem(other, language), "{code}");
        }
    }

    #[test]
    fn every_algorithm_is_found_by_its_code() {
        for (code, _) in ALGORITHMS {
            assert!(
                algorithm_of(Language::from_tag(code).unwrap()).is_some(),
                "{code}"
            );
        }
    }

    #[test]
    fn a_word_that_breaks_its_stemmer_is_kept() {
        let greek = Language::from_tag("el").unwrap();
        for word in ["ισαισα", "ΙΣΑΪΣΑ", "ισαίσες", "υπονέτε"] {
            assert_eq!(stem(word, greek), word);
        }
        let endless = "ing".repeat(100_000);
        assert_eq!(stem(&endless, Language::ENGLISH), endless);
    }

    proptest! {
        #[test]
        fn a_stem_is_never_empty(word in "\\w{1,20}", place in 0..ALGORITHMS.len()) {
            let language = Language::from_tag(ALGORITHMS[place].0).unwrap();
            prop_assert!(!stem(&word, language).is_empty());
        }
    }
}
