//! [`Thesaurus`]: words and phrases that are to count as one term.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};

/// Variants that count as one term: spellings, abbreviations, synonyms of the field.
///
/// A thesaurus is a TOML text that a user can edit:
///
/// ```
/// use consonance::term::Thesaurus;
///
/// let thesaurus = Thesaurus::parse(
///     r#"
///     [[variant]]
///     term = "ict"
///     forms = ["icts", "information and communications technologies"]
///     "#,
/// )?;
/// assert_eq!(thesaurus.len(), 1);
/// # Ok::<(), consonance::Error>(())
/// ```
///
/// Forms are matched on whole words, whatever their case and hyphens, the longest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    variants: Vec<Variant>,
}

/// One term and the forms it is written in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    /// The form all others are taken for.
    pub(super) term: String,
    /// The other forms.
    pub(super) forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    variant: Vec<Variant>,
}

impl Thesaurus {
    /// Returns a thesaurus without entries.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns the bundled thesaurus: general vocabulary of agreements on digital matters.
    ///
    /// # Panics
    ///
    /// Never: a test reads the bundled file.
    pub fn bundled() -> Self {
        Self::parse(include_str!("../../corpus/thesaurus.toml"))
            .expect("the bundled thesaurus is well formed")
    }

    /// Returns the thesaurus that a TOML text holds.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`], with the line, if the text is no TOML, has an unknown key, or gives
    /// one form to two terms.
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            Error::new(ErrorKind::Manifest, error.message().to_owned()).at_line(line)
        })?;
        let thesaurus = Self {
            variants: file.variant,
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

    /// Returns the number of terms.
    pub fn len(&self) -> usize {
        self.variants.len()
    }

    /// Returns whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.variants.is_empty()
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
        assert!(Thesaurus::bundled().len() > 40);
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
