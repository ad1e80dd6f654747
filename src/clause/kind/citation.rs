//! [`is_citation`]: whether a text is an entry of a bibliography, by its form.

use std::collections::BTreeSet;

/// The most words of a text that are examined.
const MAX_WORDS: usize = 120;

/// The evidence from which a text is a citation.
const ENOUGH: usize = 3;

/// The most words for each unit of evidence: prose that cites is longer.
const MAX_WORDS_A_UNIT: usize = 14;

/// Whether a text is an entry of a bibliography: names with initials, a year in brackets, volume and pages, an
/// address.
///
/// Each sign counts; a text is a citation if enough of them are in few words. The parts of an entry follow
/// ISO 690 (2021).
pub(crate) fn is_citation(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut evidence = CitationSigns::default();
    let mut last = "";
    let mut n_words = 0;
    for word in text.split_whitespace().take(MAX_WORDS) {
        evidence.add(last, word);
        last = word;
        n_words += 1;
    }
    let units = evidence.units();
    units >= ENOUGH && n_words <= units * MAX_WORDS_A_UNIT
}

/// Whether a word is an address of a page or of a person.
pub(crate) fn is_address_word(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '[', '"']);
    let is_mail = word
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    word.contains("://") || word.starts_with("www.") || is_mail
}

/// A sign of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CitationSign {
    Year,
    Address,
    Volume,
    Pages,
    Others,
    Identifier,
    Visit,
}

impl CitationSign {
    /// Returns how much evidence it is.
    fn weight(self) -> usize {
        match self {
            Self::Volume => 3,
            Self::Address | Self::Identifier => 2,
            Self::Year | Self::Pages | Self::Others | Self::Visit => 1,
        }
    }
}

/// The signs of a citation that were found.
#[derive(Debug, Default)]
struct CitationSigns {
    n_authors: usize,
    signs: BTreeSet<CitationSign>,
}

impl CitationSigns {
    fn add(&mut self, last: &str, word: &str) {
        // All other signs have a mark or a digit.
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            self.signs.extend(sign_of_letters(last, word, word));
            return;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        self.signs.extend(sign_of_letters(last, word, bare));
        self.n_authors += usize::from(is_initials(word) && is_surname(last));
        let is_year = is_year_in_brackets(word) || is_year(bare) && is_after_name(last);
        let is_pages = ["pp.", "p.", "vol.", "Vol.", "eds.", "ed.", "(eds)", "(ed.)"];
        let found = [
            (CitationSign::Year, is_year),
            (CitationSign::Address, is_address_word(word)),
            (CitationSign::Volume, is_volume(word)),
            (CitationSign::Pages, is_pages.contains(&word)),
        ];
        let found = found.into_iter().filter(|(_, is_found)| *is_found);
        self.signs.extend(found.map(|(sign, _)| sign));
    }

    fn units(&self) -> usize {
        let of_signs: usize = self.signs.iter().map(|sign| sign.weight()).sum();
        of_signs + self.n_authors.min(3)
    }
}

/// The sign that a word shows by its letters, its marks taken off.
fn sign_of_letters(last: &str, word: &str, bare: &str) -> Option<CitationSign> {
    match bare {
        "doi" | "DOI" | "ISBN" | "ISSN" | "arXiv" => Some(CitationSign::Identifier),
        "accessed" | "retrieved" | "consulté" | "consultado" if !word.ends_with('.') => {
            Some(CitationSign::Visit)
        }
        "al" if last == "et" => Some(CitationSign::Others),
        _ => None,
    }
}

/// Whether a word is one to three capitals and a mark: `AB,`, `R.`, `T,`.
fn is_initials(word: &str) -> bool {
    let letters = word.trim_end_matches([',', '.', ';', ':']);
    let n_letters = letters.chars().filter(|c| c.is_uppercase()).count();
    (1..=3).contains(&n_letters)
        && letters
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
        && letters.len() < word.len()
}

fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
        && !word.ends_with(['.', ';', ':'])
}

fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.starts_with("19") || digits.starts_with("20"))
}

/// `(2020)`, `(2020).`, `2020)`.
fn is_year_in_brackets(word: &str) -> bool {
    let is_closed = word.contains(')') || word.starts_with('(');
    is_closed && is_year(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a word before a year is the end of a name of a publisher or journal: `Society;`, `Health.`
fn is_after_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.ends_with([';', '.'])
}

/// `2020;382(22):2072–5`, `12(3)`, `5:2055207619871808`.
fn is_volume(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';']);
    let is_plain = word.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, ';' | ':' | '(' | ')' | '–' | '-' | '−' | 'e' | 'S')
    });
    let has_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let year_and_volume = word
        .split_once(';')
        .is_some_and(|(year, rest)| is_year(year) && has_number(rest));
    let volume_and_pages = word
        .split_once("):")
        .is_some_and(|(volume, pages)| has_number(volume) && has_number(pages));
    is_plain && (year_and_volume || volume_and_pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_bibliographies_are_told_from_prose_that_cites() {
        let entries = [
            "Harbor J, Quay T, Mole K. Ships at rest. J Port Stud. 2019;12(3):40–52.",
            "Port Society. Rules of the quay. Norland: Port Society; 2020 (https://example.org/rules, accessed 3 May 2021).",
            "Lee D and Roe B (2023) ‘Ships and seas’, in Poe E (ed.) Harbors, Quay Press, Norland. https://example.org/x",
            "Quay T et al. Ships. 2020 (https://doi.org/10.1/2).",
        ];
        for entry in entries {
            assert!(is_citation(entry), "{entry}");
        }
        let prose = [
            "The Port Society gave guidance on ships in 2019 (93), and its Committee on Moles reported in 2020 (94) that harbors are safe.",
            "Recalling the Convention on Harbors (1951) and the Protocol of 1967,",
            "States should keep their harbors open, as J. Quay proposed.",
            "Parties shall publish the list at https://example.org/list.",
        ];
        for words in prose {
            assert!(!is_citation(words), "{words}");
        }
    }
}
