//! [`other_spellings`]: how else a word may be typed: without accents, points or particles.

use crate::language::Language;
use crate::words::fold_accents;

/// Letters that stand for two, or that no rule takes apart.
const LETTERS: [(char, &str); 12] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ə', "e"),
];

/// Letters that are written as two where a keyboard lacks them.
const PAIRS: [(char, &str); 6] = [
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ß', "ss"),
    ('å', "aa"),
    ('ø', "oe"),
];

/// The languages that write letters as pairs.
const WITH_PAIRS: [&str; 4] = ["da", "de", "no", "sv"];

/// Particles at the end of Korean words, the longest of an ending first.
const PARTICLES: [&str; 38] = [
    "으로부터",
    "에게서는",
    "에서부터",
    "으로서의",
    "으로써",
    "으로서",
    "에서는",
    "에게는",
    "에서의",
    "으로의",
    "에서도",
    "로부터",
    "이라는",
    "이라고",
    "에서",
    "에게",
    "에는",
    "에도",
    "으로",
    "로서",
    "로써",
    "부터",
    "까지",
    "처럼",
    "보다",
    "마다",
    "이나",
    "을",
    "를",
    "은",
    "는",
    "이",
    "가",
    "의",
    "에",
    "와",
    "과",
    "로",
];

/// The fewest syllables of a Korean word before its particle.
const MIN_SYLLABLES: usize = 2;

/// Returns other spellings of a normalized word by which it should be found too, none of them the word
/// itself: without accents, with pairs of letters (`ae` for `ä`), without a Korean particle.
pub(super) fn other_spellings(word: &str, language: Language) -> Vec<String> {
    if word.is_ascii() {
        return Vec::new();
    }
    let mut spellings = Vec::new();
    let mut add = |spelling: String| {
        if !spelling.is_empty() && spelling != word && !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    };
    if let Some(bare) = without_particle(word) {
        add(bare.to_owned());
    }
    add(with_plain_letters(word));
    if WITH_PAIRS.contains(&language.code()) {
        add(with_plain_letters(&replaced(word, &PAIRS)));
    }
    spellings
}

/// Returns a word without the accents of alphabets; vowel signs of other scripts are no accents.
fn with_plain_letters(word: &str) -> String {
    // English has no letters of its own that are kept.
    replaced(&fold_accents(word, Language::ENGLISH), &LETTERS)
}

fn replaced(word: &str, letters: &[(char, &str)]) -> String {
    let mut written = String::with_capacity(word.len());
    for c in word.chars() {
        match letters.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => written.push_str(plain),
            None => written.push(c),
        }
    }
    written
}

/// Returns a Korean word without the particle at its end, if it has one.
fn without_particle(word: &str) -> Option<&str> {
    let is_syllable = |c: char| matches!(c, '가'..='힣');
    let n_syllables = word.chars().filter(|c| is_syllable(*c)).count();
    if n_syllables <= MIN_SYLLABLES || !word.ends_with(is_syllable) {
        return None;
    }
    let bare = PARTICLES
        .iter()
        .find_map(|particle| word.strip_suffix(particle))?;
    (bare.chars().count() >= MIN_SYLLABLES).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelled_without_what_may_be_left_out() {
        let cases: [(&str, &str, &[&str]); 12] = [
            ("fr", "sécurité", &["securite"]),
            ("es", "niños", &["ninos"]),
            ("pt", "obrigações", &["obrigacoes"]),
            ("de", "häfen", &["hafen", "haefen"]),
            ("de", "maßnahmen", &["massnahmen"]),
            ("pl", "wspólność", &["wspolnosc"]),
            ("ru", "ёлки", &["елки"]),
            ("el", "ασφάλεια", &["ασφαλεια"]),
            ("ko", "기반시설을", &["기반시설"]),
            ("ko", "국가", &[]),
            ("hi", "की", &[]),
            ("en", "state", &[]),
        ];
        for (code, word, expected) in cases {
            let language = Language::from_tag(code).unwrap();
            assert_eq!(other_spellings(word, language), expected, "{word}");
        }
    }
}
