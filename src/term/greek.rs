//! [`breaks_stemmer`]: the Greek words on which the Snowball stemmer panics.

use crate::words::fold_word;

/// What may stand before one of [`MIDDLES`] and `ετε`.
const STARTS: &str = "σερπ κοπ θαρρ ντρ αβαρ εναρ αβρ μπορ υ συρφ νιφ παγ δ αδ θ αθ σκ τοκ απλ παρακαλ σκελ εμ αν \
                      βεν βαρον";
const MIDDLES: &str = "πυρ ευρ χωρ βαρ βρ αιρ φορ νετ σχ συνδ ενδ οδ υπερθ σθ ευθ ραθ ταθ διαθ καθ τιθ εκθ συνθ ενθ \
                       ροθ αρκ ωφελ βολ συν αιν πον ρον";
/// What may stand after `ισα`.
const ENDS: &str = "ισεσ ισα ισε ισατε ισαμε ισανε ισαν";

/// Returns whether the stemmer panics on a word, or on what it makes of it: two of its rules count in bytes that an
/// earlier rule has cut off, one after `ισα`, one at `ετε`.
///
/// The rule was made of what broke it among some 20 million words put together of the parts of words that it knows; a word that was not
/// among them is caught where it breaks, and then the standard hook prints.
pub(super) fn breaks_stemmer(word: &str) -> bool {
    let word = fold_word(word).replace('ς', "σ");
    if let Some(end) = word.strip_prefix("ισα") {
        return ENDS.split(' ').any(|known| known == end);
    }
    let after = |parts: &'static str, word: &str| -> Vec<String> {
        let rests = parts.split(' ').filter_map(|part| word.strip_prefix(part));
        rests.map(str::to_owned).collect()
    };
    after(STARTS, &word)
        .iter()
        .flat_map(|rest| after(MIDDLES, rest))
        .any(|rest| rest.starts_with("ετε"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_break_the_stemmer_are_told_from_others() {
        for word in [
            "ισαισα",
            "ΙΣΑΪΣΑ",
            "ισαίσες",
            "υπονέτε",
            "Δκαθετε",
            "ύρονετεωθηκανε",
        ] {
            assert!(breaks_stemmer(word), "{word}");
        }
        for word in [
            "ισα",
            "ίσαμε",
            "πονέτε",
            "βαρετέ",
            "καθετήρας",
            "",
            "δετε",
            "harbor",
        ] {
            assert!(!breaks_stemmer(word), "{word}");
        }
    }
}
