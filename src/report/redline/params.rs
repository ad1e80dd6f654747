//! [`RedlineParams`]: in whose name changes are tracked and comments made.

use crate::error::{Error, ErrorKind, Result};
use crate::setters::setters;

/// In whose name changes are tracked and comments made, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedlineParams {
    /// Who made the changes; `consonance` by default.
    pub author: String,
    /// When: `2026-03-01` or `2026-03-01T12:00:00Z`; none by default, so that the same versions give the same bytes.
    pub date: Option<String>,
}

impl Default for RedlineParams {
    fn default() -> Self {
        Self {
            author: "consonance".to_owned(),
            date: None,
        }
    }
}

impl RedlineParams {
    setters! {
        author: impl Into<String>,
        date: impl Into<Option<String>>,
    }

    /// Returns the date as Word writes it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if it is no date.
    pub(in crate::report) fn date_in_word(&self) -> Result<Option<String>> {
        let Some(date) = &self.date else {
            return Ok(None);
        };
        let whole = match date.len() {
            10 => format!("{date}T00:00:00Z"),
            _ => date.clone(),
        };
        let pattern = "0000-00-00T00:00:00Z";
        let fits = |(c, p): (char, char)| if p == '0' { c.is_ascii_digit() } else { c == p };
        let is_date = whole.len() == pattern.len() && whole.chars().zip(pattern.chars()).all(fits);
        if is_date {
            return Ok(Some(whole));
        }
        let message = format!("`{date}` is no date such as 2026-03-01 or 2026-03-01T12:00:00Z");
        Err(Error::new(ErrorKind::Parameter, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment_is_a_date() {
        let check = |date: &str, expected: Option<&str>| {
            let found = RedlineParams::default()
                .date(date.to_owned())
                .date_in_word();
            assert_eq!(found.ok().flatten().as_deref(), expected, "{date}");
        };
        check("2026-03-01", Some("2026-03-01T00:00:00Z"));
        check("2026-03-01T12:30:00Z", Some("2026-03-01T12:30:00Z"));
        check("1 March", None);
        check("2026-03-01T12:30:00\"", None);
    }
}
