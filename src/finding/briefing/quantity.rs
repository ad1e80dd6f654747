//! [`quantities_in`]: the periods and shares that a clause names, such as `72 hours`.

use crate::provision::number_word;
use crate::words::standard_words;

/// Words for periods and shares, in English, French and Spanish, without the `s` of the plural.
const UNITS: &str = " hour day week month year percent minute heure jour semaine moi an année hora día semana mese año ";

/// Returns the periods and shares that a text names, as it writes them, each once: a number, in digits or in words,
/// before a unit.
pub(super) fn quantities_in(text: &str) -> Vec<Quantity> {
    let words: Vec<&str> = standard_words(text)
        .into_iter()
        .map(|(_, word)| word)
        .collect();
    let mut found: Vec<Quantity> = Vec::new();
    for pair in words.windows(2) {
        let number = pair[0].parse().ok().or_else(|| number_word(pair[0]));
        let unit = unit_of(pair[1]);
        if let (Some(number), Some(unit)) = (number, unit) {
            let quantity = Quantity {
                number,
                unit,
                written: format!("{} {}", pair[0], pair[1]),
            };
            if !found.iter().any(|known| known.is_same(&quantity)) {
                found.push(quantity);
            }
        }
    }
    found
}

/// A number with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    number: u32,
    unit: String,
    /// As the text writes it.
    pub(super) written: String,
}

impl Quantity {
    /// Returns whether both are the same number of the same unit.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.number, &self.unit) == (other.number, &other.unit)
    }
}

/// Returns a unit in the singular; `None` for other words.
fn unit_of(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    UNITS
        .contains(&format!(" {singular} "))
        .then(|| singular.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_digits_and_words() {
        let cases: [(&str, &[&str]); 5] = [
            (
                "report within 72 hours, at most Two days later",
                &["72 hours", "Two days"],
            ),
            ("within seven days or 7 days", &["seven days"]),
            ("Article 5 applies for years; 12 States", &[]),
            ("dans les 30 jours", &["30 jours"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found = quantities_in(text);
            let written: Vec<&str> = found.iter().map(|of| of.written.as_str()).collect();
            assert_eq!(written, expected, "{text}");
        }
    }
}
