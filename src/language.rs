//! [`Language`]: the language of a text, given or detected.
//!
//! For programs that analyze words of their own; of the texts of a corpus the language is known.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language, by the first part of its BCP 47 tag: two or three lower-case letters.
///
/// `en-GB` and `en` are one language here, and so are `zh-Hant` and `zh`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 3]);

impl Language {
    /// English, the default where nothing better is known.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// The number of characters from which a language is detected.
    pub(crate) const N_EXAMINED: usize = 8_000;

    /// Returns the language of a BCP 47 tag or an ISO 639 code; `None` for any other string.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::language::Language;
    ///
    /// assert_eq!(Language::from_tag("en-GB"), Some(Language::ENGLISH));
    /// assert_eq!(Language::from_tag("fra").map(|found| found.to_string()), Some("fr".to_owned()));
    /// assert_eq!(Language::from_tag("?"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        let is_code =
            matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        if !is_code {
            return None;
        }
        let lower = primary.to_ascii_lowercase();
        let code = two_letter_code(&lower).unwrap_or(&lower);
        let mut bytes = [0; 3];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Some(Self(bytes))
    }

    /// Returns the language of a text, or `None` if it is uncertain.
    ///
    /// Detection needs a document, not a sentence. It uses the first 8,000 characters; an
    /// unreliable guess gives `None`. Source: trigram profiles (Cavnar and Trenkle, 1994).
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::language::Language;
    ///
    /// let text = "Les membres veillent à ce que les feux des ports restent allumés du soir au matin.";
    /// assert_eq!(Language::detect(text), Language::from_tag("fr"));
    /// ```
    pub fn detect(text: &str) -> Option<Self> {
        let sample: String = text.chars().take(Self::N_EXAMINED).collect();
        let info = whatlang::detect(&sample)?;
        if info.is_reliable() {
            Self::from_tag(info.lang().code())
        } else {
            None
        }
    }

    /// Returns the code: the two letters of ISO 639-1 if they exist, else three.
    pub fn code(&self) -> &str {
        let length = self.0.iter().position(|&b| b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

/// The two-letter code of a three-letter one, for the languages that occur in agreements.
fn two_letter_code(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 30] = [
        ("ara", "ar"),
        ("bul", "bg"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hun", "hu"),
        ("ita", "it"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("nld", "nl"),
        ("nob", "no"),
        ("nb", "no"),
        ("nn", "no"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("spa", "es"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tur", "tr"),
        ("zho", "zh"),
    ];
    CODES
        .iter()
        .find(|(three, _)| *three == code)
        .map(|(_, two)| *two)
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::from_tag(&tag).ok_or_else(|| format!("`{tag}` is not a language tag such as `en`"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_one_language_are_equal() {
        let cases = [
            ("en-GB", "en"),
            ("eng", "en"),
            ("zh-Hant", "zh"),
            ("FR", "fr"),
            ("fil", "fil"),
        ];
        for (tag, code) in cases {
            assert_eq!(Language::from_tag(tag).unwrap().code(), code, "{tag}");
        }
        assert_eq!(Language::from_tag("english"), None);
    }

    #[test]
    fn a_text_is_recognized_and_a_word_is_not() {
        let text = "Los Estados deben cooperar para proteger a las personas y a sus derechos, y no \
                    deben permitir que su territorio se utilice para causar daños a otros países.";
        assert_eq!(Language::detect(text), Language::from_tag("es"));
        assert_eq!(Language::detect("1"), None);
    }
}
