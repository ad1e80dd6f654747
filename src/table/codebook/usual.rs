//! [`UsualSubjects`]: what a catalogue knows of an issue of which only the name is given.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::{Catalogue, CatalogueSubject};
use crate::language::Language;
use crate::term::Analyzer;

/// The similarity of names from which an issue is a subject of the catalogue. Chosen on the hand-made table, organizations
/// and `articles_hard` together.
const SAME_NAME: f64 = 0.5;

/// The subjects of a catalogue, to be found by name.
pub(super) struct UsualSubjects<'c> {
    catalogue: &'c Catalogue,
    analyzer: &'c Analyzer,
    /// The terms of each subject's name.
    names: Vec<BTreeSet<String>>,
    /// The number of names with each term.
    n_names: BTreeMap<String, usize>,
}

impl<'c> UsualSubjects<'c> {
    pub(super) fn of(catalogue: &'c Catalogue, analyzer: &'c Analyzer) -> Self {
        let names = catalogue.subjects().iter();
        let names: Vec<BTreeSet<String>> = names.map(|of| terms(analyzer, &of.name)).collect();
        let mut n_names = BTreeMap::new();
        for term in names.iter().flatten() {
            *n_names.entry(term.clone()).or_default() += 1;
        }
        Self {
            catalogue,
            analyzer,
            names,
            n_names,
        }
    }

    /// Returns the name and the words of the subject that goes by the name of an issue; nothing if none does.
    ///
    /// Names are compared by the cosine of their terms, each at the root of its rarity among the names of the
    /// catalogue; from 0.5 they are one subject. Ties: the first subject. English names only.
    pub(super) fn words(&self, name: &str) -> String {
        let own = terms(self.analyzer, name);
        let similarity = |other: &BTreeSet<String>| {
            let shared = self.rarity(own.intersection(other));
            shared / (self.rarity(&own) * self.rarity(other)).sqrt()
        };
        let mut nearest = (SAME_NAME, None);
        for (subject, other) in self.catalogue.subjects().iter().zip(&self.names) {
            let found = similarity(other);
            if found > nearest.0 || (nearest.1.is_none() && found >= SAME_NAME) {
                nearest = (found, Some(subject));
            }
        }
        let words = |subject: &CatalogueSubject| {
            let words = subject.words.iter().map(String::as_str);
            let all: Vec<&str> = [subject.name.as_str()].into_iter().chain(words).collect();
            all.join(" . ")
        };
        nearest.1.map(words).unwrap_or_default()
    }

    fn rarity<'t>(&self, terms: impl IntoIterator<Item = &'t String>) -> f64 {
        let n_subjects = self.names.len() as f64;
        let rarity = |term: &String| {
            let n_names = self.n_names.get(term).map_or(0.0, |n| *n as f64);
            ((n_subjects + 1.0) / (n_names + 0.5)).ln()
        };
        terms.into_iter().map(rarity).sum()
    }
}

fn terms(analyzer: &Analyzer, name: &str) -> BTreeSet<String> {
    let tokens = analyzer.analyze(name, Language::ENGLISH).into_iter();
    tokens.map(|token| token.term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::AnalyzerParams;

    #[test]
    fn a_name_finds_its_subject_by_hand() {
        let catalogue = Catalogue::parse(
            "[[subject]]\nname = 'Lights'\nwords = ['lantern']\n\
             [[subject]]\nname = 'Lights on reefs'\nwords = ['buoy', 'beacon']\n\
             [[subject]]\nname = 'Pilots'\nwords = ['pilotage']\n",
        )
        .unwrap();
        let analyzer = Analyzer::new(AnalyzerParams::default());
        let subjects = UsualSubjects::of(&catalogue, &analyzer);
        // Rarities: "light" ln(4 / 2.5) = 0.470, "reef" and "pilot" ln(4 / 1.5) = 0.981, unknown ones ln(4 / 0.5) = 2.079.
        assert!((subjects.rarity(&["light".to_owned()]) - 0.470).abs() < 5e-4);
        assert!((subjects.rarity(&["reef".to_owned()]) - 0.981).abs() < 5e-4);
        // 0.981 / sqrt(0.981 * 1.451) = 0.822, against none.
        assert_eq!(subjects.words("Reefs"), "Lights on reefs . buoy . beacon");
        // 0.470 / sqrt(0.470 * 0.470) = 1, against 0.470 / sqrt(0.470 * 1.451) = 0.569.
        assert_eq!(subjects.words("Lights"), "Lights . lantern");
        // 0.981 / sqrt((0.981 + 2.079) * 0.981) = 0.566; with two unknown terms 0.437.
        assert_eq!(subjects.words("Training pilots"), "Pilots . pilotage");
        assert_eq!(subjects.words("Training and feeding pilots"), "");
        assert_eq!(subjects.words("Dogs"), "");
    }
}
