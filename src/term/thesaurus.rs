//! [`Thesaurus`]: words and phrases that count as one term, and subjects that words point to.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};

/// Variants that count as one term (spellings, abbreviations, synonyms), and concepts: subjects that
/// words and phrases point to without being synonyms.
///
/// The term replaces a variant's forms; a concept is an additional feature of a clause. A thesaurus is
/// a TOML text that a user can edit:
///
/// ```
/// use consonance::term::Thesaurus;
///
/// let thesaurus = Thesaurus::parse(
///     r#"
///     [[variant]]
///     term = "ict"
///     forms = ["icts", "information and communications technologies"]
///
///     [[concept]]
///     name = "malicious software"
///     terms = ["malware", "botnet", "computer worm"]
///     "#,
/// )?;
/// assert_eq!(thesaurus.len(), 2);
/// # Ok::<(), consonance::Error>(())
/// ```
///
/// Forms match whole words, ignoring case and hyphens; the longest form wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    variants: Vec<Variant>,
    concepts: Vec<Concept>,
}

/// One subject and the words and phrases that point to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Concept {
    pub(crate) name: String,
    pub(crate) terms: Vec<String>,
}

/// One term and its other forms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    /// The form that replaces all others.
    pub(super) term: String,
    /// The other forms.
    pub(super) forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    variant: Vec<Variant>,
    #[serde(default)]
    concept: Vec<Concept>,
}

impl Thesaurus {
    /// Returns a thesaurus without entries.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns the bundled spellings: one form for what agreements spell, hyphenate or abbreviate in
    /// several ways. It contains no synonyms.
    ///
    /// # Panics
    ///
    /// Never: a test parses the bundled file.
    pub fn spellings() -> Self {
        Self::parse(include_str!("../../corpus/spellings.toml"))
            .expect("the bundled spellings are well formed")
    }

    /// Returns the bundled thesaurus: the [`spellings`](Self::spellings), and concepts of the field
    /// (digital policy, treaty machinery, trade, rights, environment).
    ///
    /// # Panics
    ///
    /// Never: a test parses the bundled file.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::language::Language;
    /// use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};
    ///
    /// let analyzer = Analyzer::new(AnalyzerParams::default().thesaurus(Thesaurus::bundled()));
    /// let of = |text| analyzer.analyze(text, Language::ENGLISH);
    /// let [long, short] = [of("information and communications technologies"), of("ICTs")];
    /// assert_eq!(long[0].term, short[0].term);
    /// ```
    pub fn bundled() -> Self {
        let concepts = Self::parse(include_str!("../../corpus/thesaurus.toml"));
        Self::spellings().with(concepts.expect("the bundled thesaurus is well formed"))
    }

    /// Returns this thesaurus with the entries of another. If both have a form, this thesaurus decides.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::term::Thesaurus;
    ///
    /// let own = Thesaurus::parse("[[variant]]\nterm = \"light\"\nforms = [\"beacon\", \"lamp\"]")?;
    /// let all = Thesaurus::bundled().with(own);
    /// assert_eq!(all.len(), Thesaurus::bundled().len() + 1);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.variants.extend(other.variants);
        self.concepts.extend(other.concepts);
        self
    }

    /// Parses a thesaurus from a TOML text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`], with the line, if the text is not TOML, has an unknown key, or gives one
    /// form to two terms.
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| Error::in_toml(text, &error))?;
        let thesaurus = Self {
            variants: file.variant,
            concepts: file.concept,
        };
        thesaurus.check()?;
        Ok(thesaurus)
    }

    fn check(&self) -> Result<()> {
        let mut term_of_form = std::collections::BTreeMap::new();
        for variant in &self.variants {
            let forms = variant
                .forms
                .iter()
                .chain([&variant.term])
                .map(|form| form.to_lowercase());
            for form in forms {
                match term_of_form.insert(form.clone(), &variant.term) {
                    Some(other) if *other != variant.term => {
                        let message = format!(
                            "the form `{form}` stands under `{other}` and `{}`",
                            variant.term
                        );
                        return Err(Error::new(ErrorKind::Manifest, message));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Returns the number of entries: variants plus concepts.
    pub fn len(&self) -> usize {
        self.variants.len() + self.concepts.len()
    }

    /// Returns whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    pub(super) fn variants(&self) -> &[Variant] {
        &self.variants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_thesaurus_is_well_formed() {
        assert!(Thesaurus::spellings().len() > 40);
        assert!(Thesaurus::bundled().concepts().len() > 200);
    }

    #[test]
    fn a_form_of_two_terms_is_an_error_that_names_both() {
        let text = "[[variant]]\nterm = \"a\"\nforms = [\"x\"]\n[[variant]]\nterm = \"b\"\nforms = [\"X\"]\n";
        let error = Thesaurus::parse(text).unwrap_err();
        assert_eq!(error.to_string(), "the form `x` stands under `a` and `b`");
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error = Thesaurus::parse("\n[[variant]]\nterm = \"a\"\nformes = []\n").unwrap_err();
        assert_eq!(error.line(), Some(4));
    }
}
