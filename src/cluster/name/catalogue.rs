//! [`Catalogue`]: the usual subjects of provisions, by which a row can be named.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};

/// The usual subjects of provisions in international agreements, as a drafter would head them, each with
/// words that are typical of its clauses.
///
/// A row is named by a subject if its clauses use the words of that subject and those of other rows do not.
/// The bundled catalogue was written from general knowledge; a user can give another, a TOML text:
///
/// ```
/// use consonance::cluster::Catalogue;
///
/// let catalogue = Catalogue::parse(
///     r#"
///     [[subject]]
///     name = "Lights and signals"
///     kind = "transport"
///     words = ["lighthouse", "beacon", "fog signal"]
///     "#,
/// )?;
/// assert_eq!(catalogue.len(), 1);
/// # Ok::<(), consonance::Error>(())
/// ```
///
/// The kind `final` is that of final clauses, such as entry into force; other kinds only sort the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    subjects: Vec<CatalogueSubject>,
}

/// A subject of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueSubject {
    /// The title.
    pub(crate) name: String,
    /// The kind of subject.
    #[serde(default)]
    pub(super) kind: String,
    /// Words and phrases of its clauses, the most telling first.
    pub(crate) words: Vec<String>,
}

impl CatalogueSubject {
    /// Returns whether it is a subject of final clauses.
    pub(super) fn is_final(&self) -> bool {
        self.kind == "final"
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    #[serde(default)]
    subject: Vec<CatalogueSubject>,
}

impl Catalogue {
    /// Returns the bundled catalogue.
    ///
    /// # Panics
    ///
    /// Never: a test parses the bundled file.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::cluster::Catalogue;
    ///
    /// assert!(Catalogue::bundled().len() > 200);
    /// ```
    pub fn bundled() -> Self {
        let catalogue = Self::parse(include_str!("../../../corpus/catalogue.toml"));
        catalogue.expect("the bundled catalogue is well formed")
    }

    /// Parses a catalogue from a TOML text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`], with the line, if the text is not TOML or has an unknown key, and if a
    /// subject has no name or no words, or two have one name.
    pub fn parse(text: &str) -> Result<Self> {
        let file: CatalogueFile =
            toml::from_str(text).map_err(|error| Error::in_toml(text, &error))?;
        let mut names = BTreeSet::new();
        for subject in &file.subject {
            let name = subject.name.trim();
            let refused = |message: String| Err(Error::new(ErrorKind::Manifest, message));
            if name.is_empty() {
                return refused("a subject has an empty name".to_owned());
            }
            if subject.words.iter().all(|words| words.trim().is_empty()) {
                return refused(format!("the subject `{name}` has no words"));
            }
            if !names.insert(name.to_lowercase()) {
                return refused(format!("two subjects have the name `{name}`"));
            }
        }
        Ok(Self {
            subjects: file.subject,
        })
    }

    /// Returns the number of subjects.
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Returns whether there is no subject.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    pub(crate) fn subjects(&self) -> &[CatalogueSubject] {
        &self.subjects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_catalogue_is_well_formed() {
        let catalogue = Catalogue::bundled();
        assert!(catalogue.len() > 200);
        assert!(catalogue.subjects().iter().any(CatalogueSubject::is_final));
    }

    #[test]
    fn errors_name_the_subject_or_the_line() {
        let subject = |name: &str, words: &str| {
            format!("[[subject]]\nname = \"{name}\"\nkind = \"general\"\nwords = [{words}]\n")
        };
        let cases = [
            (subject("", "\"lamp\""), "a subject has an empty name"),
            (subject("Lamps", "\"\""), "the subject `Lamps` has no words"),
            (
                subject("Lamps", "\"lamp\"") + &subject("lamps", "\"wick\""),
                "two subjects have the name `lamps`",
            ),
        ];
        for (text, expected) in cases {
            let error = Catalogue::parse(&text).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        let error = Catalogue::parse("\n[[subject]]\nnames = \"Lamps\"\n").unwrap_err();
        assert_eq!(error.line(), Some(3));
    }
}
