//! [`IssueName`]: the name of a cluster, where it comes from, and its terms.

use std::collections::BTreeSet;
use std::iter::once;

use serde::{Deserialize, Serialize};

/// The name of a cluster and its terms.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) struct IssueName {
    /// A short title, with a capital first letter.
    pub name: String,
    /// Where the title comes from.
    pub source: NameSource,
    /// The characteristic terms, the strongest first, in whole words as the clauses write them.
    pub terms: Vec<String>,
}

/// Where the name of a cluster comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NameSource {
    /// A person gave it.
    Given,
    /// A section heading that its clauses share.
    Heading,
    /// A noun phrase of its clauses.
    #[serde(rename = "clauses")]
    Phrase,
    /// A concept of the thesaurus.
    #[serde(rename = "thesaurus")]
    Concept,
    /// A subject of the catalogue.
    Catalogue,
    /// Its first characteristic terms, for want of a title.
    Terms,
}

impl NameSource {
    /// All sources, in the order they are told.
    const ALL: [Self; 6] = [
        Self::Given,
        Self::Heading,
        Self::Phrase,
        Self::Concept,
        Self::Catalogue,
        Self::Terms,
    ];

    fn in_words(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Heading => "headings",
            Self::Phrase => "phrases of clauses",
            Self::Concept => "concepts of the thesaurus",
            Self::Catalogue => "subjects of the catalogue",
            Self::Terms => "terms",
        }
    }

    /// Says how many names come from each source: `3 headings, 5 phrases of clauses`.
    pub(crate) fn counted(sources: &[Self]) -> String {
        let count = |source: &Self| {
            let n = sources.iter().filter(|other| *other == source).count();
            (n > 0).then(|| format!("{n} {}", source.in_words()))
        };
        let counts: Vec<String> = Self::ALL.iter().filter_map(count).collect();
        counts.join(", ")
    }
}

/// The number of terms in a name made of terms.
const N_NAME_TERMS: usize = 3;

impl IssueName {
    /// Returns the name made of the first terms.
    pub(super) fn of_terms(terms: Vec<String>) -> Self {
        Self {
            name: title_of(&terms, N_NAME_TERMS),
            source: NameSource::Terms,
            terms,
        }
    }
}

/// Returns the first terms as a title.
fn title_of(terms: &[String], n_terms: usize) -> String {
    let joined = terms[..n_terms.min(terms.len())].join(", ");
    if joined.is_empty() {
        return "(no words)".to_owned();
    }
    capitalized(&joined)
}

/// Returns a text with a capital first letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Makes equal names distinct: by more terms if there are any, else by a number.
pub(super) fn make_unique(names: &mut [IssueName]) {
    let is_title = |issue: &&mut IssueName| issue.source != NameSource::Terms;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let (titles, others): (Vec<_>, Vec<_>) = names.iter_mut().partition(is_title);
    for issue in titles.into_iter().chain(others) {
        let longer = (N_NAME_TERMS + 1..=issue.terms.len()).map(|n| match issue.source {
            NameSource::Terms => title_of(&issue.terms, n),
            _ => format!("{}: {}", issue.name, issue.terms[n - 1 - N_NAME_TERMS]),
        });
        let numbered = (2_usize..).map(|n| format!("{} ({n})", issue.name));
        issue.name = first_free(
            &mut taken,
            once(issue.name.clone()).chain(longer).chain(numbered),
        );
    }
}

/// Returns the first name that is not taken, and marks it as taken.
pub(crate) fn first_free(
    taken: &mut BTreeSet<String>,
    names: impl Iterator<Item = String>,
) -> String {
    let mut names = names.filter(|name| !taken.contains(name));
    let free = names.next().unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_terms(terms: &[&str]) -> IssueName {
        IssueName::of_terms(terms.iter().map(|&term| term.to_owned()).collect())
    }

    #[test]
    fn equal_names_become_distinct() {
        let mut names = [
            of_terms(&["a", "b", "c"]),
            of_terms(&["a", "b", "c", "d"]),
            of_terms(&["a", "b", "c"]),
        ];
        make_unique(&mut names);
        let names: Vec<&str> = names.iter().map(|issue| issue.name.as_str()).collect();
        assert_eq!(names, ["A, b, c", "A, b, c, d", "A, b, c (2)"]);
    }

    #[test]
    fn sources_are_counted_in_words() {
        let sources = [NameSource::Terms, NameSource::Heading, NameSource::Heading];
        assert_eq!(NameSource::counted(&sources), "2 headings, 1 terms");
    }
}
