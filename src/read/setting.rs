//! [`Setting`]: a key with a value that sets a field of the metadata, in front matter and in the
//! entries of a manifest.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::agreement::{Field, Metadata};
use crate::error::{Error, ErrorKind, Result};
use crate::read::text::line_of;

/// One `key = value` and its line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The key as written.
    pub(crate) key: String,
    /// The value as text, empty where the key is alone; `None` for a list, a table, a truth value ...,
    /// which no field has.
    pub(crate) value: Option<String>,
    /// The line of the file.
    pub(crate) line: usize,
}

/// Sets the field of the metadata that a key names; returns whether there is such a field.
///
/// # Errors
///
/// [`ErrorKind::Manifest`] if the value is not valid for the key.
pub(crate) fn set_field(metadata: &mut Metadata, setting: &Setting) -> Result<bool> {
    let Some(field) = Field::of_key(&setting.key) else {
        return Ok(false);
    };
    if !field.set(metadata, setting.words(field.must_be)?) {
        return Err(setting.wrong(field.must_be));
    }
    Ok(true)
}

impl Setting {
    /// Returns the value as text; blank text gives `None`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`] if it is a list, a table or a truth value.
    pub(crate) fn text(&self) -> Result<Option<String>> {
        let words = self.words("a text")?.trim();
        Ok((!words.is_empty()).then(|| words.to_owned()))
    }

    fn words(&self, must_be: &str) -> Result<&str> {
        self.value.as_deref().ok_or_else(|| self.wrong(must_be))
    }

    fn wrong(&self, must_be: &str) -> Error {
        let message = format!("`{}` must be {must_be}", self.key);
        Error::new(ErrorKind::Manifest, message).at_line(self.line)
    }
}

/// Returns an error of TOML with its line, where `n_before` lines precede the source.
pub(crate) fn toml_error(error: &toml::de::Error, source: &str, n_before: usize) -> Error {
    let line = error
        .span()
        .map_or(1, |span| line_of(source, span.start) + n_before);
    let what = error.message().replace('\n', " ");
    Error::new(ErrorKind::Manifest, format!("not valid TOML: {what}")).at_line(line)
}

/// Returns the settings of a TOML table in the order of their lines.
pub(crate) fn toml_settings(table: &DeTable<'_>, source: &str) -> Vec<Setting> {
    let mut settings: Vec<Setting> = table
        .iter()
        .map(|(key, value)| Setting {
            key: key.get_ref().to_string(),
            value: toml_value(value),
            line: line_of(source, key.span().start),
        })
        .collect();
    settings.sort_by(|a, b| (a.line, &a.key).cmp(&(b.line, &b.key)));
    settings
}

fn toml_value(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
            Some(number.to_string())
        }
        _ => None,
    }
}
