//! Case and accents: the differences between two spellings of one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::Language;

/// Returns a name without accents, case and punctuation, its words separated by one space.
pub(crate) fn fold_name(name: &str) -> String {
    let is_apostrophe = |c: &char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´');
    let plain = without_accents(name).filter(|c| !is_apostrophe(c));
    let plain: String = plain.flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|part| !part.is_empty()).collect();
    words.join(" ")
}

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn letters_and_digits(text: &str) -> impl Iterator<Item = char> {
    let wanted = text.chars().filter(|c| c.is_alphanumeric());
    wanted.flat_map(char::to_lowercase)
}

/// Returns a word without case and accents.
pub(crate) fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let letters = without_accents(word);
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns the characters of a text in compatibility form, without combining marks.
pub(crate) fn without_accents(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_combining_mark(*c))
}

/// Writes a word in lower case into `folded`, its letters composed, without the signs that Arabic and Hebrew
/// texts may leave out.
pub(crate) fn fold_into(folded: &mut String, word: &str) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else {
        let letters = word
            .nfc()
            .filter(|c| !is_optional_sign(*c) && *c != TATWEEL);
        folded.extend(letters.flat_map(char::to_lowercase));
    }
}

/// The stroke that lengthens an Arabic word.
const TATWEEL: char = '\u{640}';

/// Returns whether a character has no width and does not change the word it occurs in.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns a word in lower case by the rules of its language.
pub(crate) fn lower_case(word: &str, language: Language) -> String {
    if language.code() != "tr" {
        return word.to_lowercase();
    }
    word.chars()
        .map(|c| match c {
            'I' => 'ı',
            'İ' => 'i',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns a word without the accents that its language treats as marks on a letter.
///
/// Letters in their own right stay: `ñ` in Spanish, `å ä ö` in Swedish and Finnish, `å æ ø` in
/// Danish and Norwegian, `ç ğ ş ö ü ı` in Turkish, `й` in Russian. Arabic vowel signs and Hebrew points are
/// removed; Indic vowel signs are not accents and stay.
pub(crate) fn fold_accents(word: &str, language: Language) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let own_letters = match language.code() {
        "es" => "ñ",
        "sv" | "fi" => "åäö",
        "da" | "no" => "åæø",
        "tr" => "çğşöüı",
        "ru" | "uk" | "bg" => "йї",
        "hu" => "öüőű",
        _ => "",
    };
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().nfc() {
        if own_letters.contains(c) {
            folded.push(c);
        } else {
            folded.extend(std::iter::once(c).nfkd().filter(|part| !is_accent(*part)));
        }
    }
    folded.nfc().collect()
}

/// Returns whether a character is an accent of the Latin, Greek or Cyrillic script, or a vowel sign or point
/// that Arabic and Hebrew texts may leave out.
fn is_accent(c: char) -> bool {
    let is_of_alphabet = matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}');
    is_of_alphabet && is_combining_mark(c) || is_optional_sign(c)
}

/// Returns whether a character is a vowel sign or point that Arabic and Hebrew texts may leave out.
pub(crate) fn is_optional_sign(c: char) -> bool {
    let is_arabic = matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}');
    let is_hebrew = matches!(c, '\u{591}'..='\u{5c7}');
    (is_arabic || is_hebrew) && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_words_are_equal_with_and_without_optional_signs() {
        let fold = |word: &str| {
            let mut folded = String::new();
            fold_into(&mut folded, word);
            folded
        };
        assert_eq!(fold("الدُّوَلِ"), fold("الدول"));
        assert_eq!(fold("الـــدول"), fold("الدول"));
        assert_eq!(fold("הַמְּדִינוֹת"), fold("המדינות"));
        assert_eq!(fold("E\u{301}tat"), fold("état"));
        assert_ne!(fold("etat"), fold("état"));
    }

    #[test]
    fn accents_fold_but_letters_stay() {
        let cases = [
            ("fr", "sécurité", "securite"),
            ("es", "señal", "señal"),
            ("es", "protección", "proteccion"),
            ("sv", "sjö", "sjö"),
            ("de", "größe", "große"),
            ("ru", "ёлкий", "елкий"),
            ("el", "ασφάλεια", "ασφαλεια"),
            ("hi", "की", "की"),
            ("ar", "الدُّوَلِ", "الدول"),
            ("he", "הַמְּדִינוֹת", "המדינות"),
        ];
        for (code, word, expected) in cases {
            assert_eq!(
                fold_accents(word, Language::from_tag(code).unwrap()),
                expected,
                "{word}"
            );
        }
    }
}
