//! Stop words: words too common to distinguish texts.

use std::collections::HashSet;

use crate::language::Language;
use crate::words::fold_accents;

/// Words of the lists that carry force or negation and so are never removed.
const KEPT: [&str; 24] = [
    "not", "no", "nor", "shall", "should", "against", "ne", "pas", "sans", "contre", "doit", "sin",
    "contra", "nicht", "kein", "ohne", "gegen", "soll", "niet", "geen", "moet", "non", "não", "не",
];

/// English function words that the general list lacks.
const ENGLISH_MORE: &[&str] = &[
    "across",
    "along",
    "also",
    "among",
    "amongst",
    "another",
    "anyone",
    "around",
    "based",
    "concerned",
    "concerning",
    "could",
    "either",
    "else",
    "even",
    "every",
    "everyone",
    "fully",
    "hereby",
    "herein",
    "hereinafter",
    "hereof",
    "hereto",
    "hereunder",
    "however",
    "indeed",
    "instead",
    "likewise",
    "may",
    "might",
    "moreover",
    "much",
    "must",
    "neither",
    "one",
    "others",
    "otherwise",
    "per",
    "rather",
    "regarding",
    "said",
    "shan",
    "since",
    "thereby",
    "therefore",
    "therein",
    "thereof",
    "thereto",
    "though",
    "throughout",
    "thus",
    "together",
    "toward",
    "towards",
    "two",
    "unless",
    "upon",
    "via",
    "well",
    "whatever",
    "whereas",
    "whereby",
    "wherein",
    "wherever",
    "whether",
    "whose",
    "within",
    "without",
    "would",
    "yet",
];

/// Tamil function words; the general collection has no Tamil list.
const TAMIL: [&str; 12] = [
    "ஒரு",
    "என்று",
    "மற்றும்",
    "இந்த",
    "இது",
    "என்ற",
    "கொண்டு",
    "என்பது",
    "பல",
    "ஆகும்",
    "அல்லது",
    "அவர்",
];

/// Returns the stop words of a language in normalized form; empty if it has no list.
pub(super) fn stop_words(language: Language) -> HashSet<String> {
    let code = language.code();
    let general: &[&str] = match code {
        "ar" | "da" | "de" | "el" | "en" | "es" | "fi" | "fr" | "hu" | "it" | "nl" | "no"
        | "pt" | "ro" | "ru" | "sv" | "tr" => stop_words::get(code),
        "ta" => &TAMIL,
        _ => &[],
    };
    let more: &[&str] = if code == "en" { ENGLISH_MORE } else { &[] };
    general
        .iter()
        .chain(more)
        .filter(|word| !KEPT.contains(word))
        .map(|word| fold_accents(word, language))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn force_and_negation_are_never_stopped() {
        let words = stop_words(Language::ENGLISH);
        for kept in ["not", "no", "shall", "should"] {
            assert!(!words.contains(kept), "{kept}");
        }
        assert!(words.contains("the"));
    }

    #[test]
    fn every_stemmed_language_has_a_list() {
        for code in "ar da de el en es fi fr hu it nl no pt ro ru sv ta tr".split(' ') {
            let language = Language::from_tag(code).unwrap();
            assert!(stop_words(language).len() >= 10, "{code}");
        }
    }
}
