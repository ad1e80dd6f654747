//! [`title_of_spellings`]: how a title is written that clauses write in several ways.

use std::collections::BTreeMap;

use crate::cluster::name::title_words::TitleWords;

/// The share of its occurrences from which a plural is preferred.
const PLURAL_SHARE: f64 = 0.25;

/// Returns the most frequent spelling, in lower case if any clause writes it so; the plural, if a quarter of
/// the clauses write that.
pub(super) fn title_of_spellings(
    words: &TitleWords,
    n_of_spelling: &BTreeMap<String, usize>,
) -> Option<String> {
    let mut n_of_lower: BTreeMap<String, usize> = BTreeMap::new();
    for (spelling, n) in n_of_spelling {
        *n_of_lower.entry(spelling.to_lowercase()).or_default() += n;
    }
    let n_all: usize = n_of_lower.values().sum();
    let most = |lower: &mut dyn Iterator<Item = (&String, &usize)>| {
        let most = lower.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map(|(lower, n)| (lower.clone(), *n))
    };
    let is_plural = |lower: &str| {
        let ending = words.plural_ending.as_str();
        !ending.is_empty() && lower.ends_with(ending) && !lower.ends_with("ss")
    };
    let plural = most(&mut n_of_lower.iter().filter(|(lower, _)| is_plural(lower)));
    let plural = plural.filter(|(_, n)| *n as f64 >= PLURAL_SHARE * n_all as f64);
    let (lower, _) = plural.or_else(|| most(&mut n_of_lower.iter()))?;
    if n_of_spelling.contains_key(&lower) {
        return Some(lower);
    }
    let as_written = n_of_spelling
        .iter()
        .filter(|(spelling, _)| spelling.to_lowercase() == lower);
    let most = as_written.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    most.map(|(spelling, _)| spelling.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_title_is_the_usual_spelling() {
        let words = TitleWords::of(Language::ENGLISH).unwrap();
        let cases: [(&[(&str, usize)], &str); 4] = [
            (&[("signal lamp", 3), ("signal lamps", 1)], "signal lamps"),
            (&[("signal lamp", 9), ("signal lamps", 1)], "signal lamp"),
            (&[("Harbor Board", 3)], "Harbor Board"),
            (&[("Harbor", 3), ("harbor", 1)], "harbor"),
        ];
        for (spellings, expected) in cases {
            let spellings = spellings.iter().map(|(text, n)| ((*text).to_owned(), *n));
            let title = title_of_spellings(words, &spellings.collect());
            assert_eq!(title.as_deref(), Some(expected));
        }
    }
}
