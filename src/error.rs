//! [`Error`] says what failed, where and under which rule; [`Diagnostic`] says what was skipped,
//! repaired or guessed without stopping the work.
//!
//! For programs that treat errors by their kind, or show what was skipped.

use std::error::Error as StdError;
use std::fmt;
use std::ops::RangeBounds;

use serde::{Deserialize, Serialize};

/// The result of every function of this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of failure an [`Error`] reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be opened, read or written.
    Io,
    /// The bytes do not follow the rules of their format.
    Format,
    /// The manifest, the front matter or the thesaurus breaks its rules.
    Manifest,
    /// A limit was exceeded.
    Limit,
    /// A parameter is outside its range.
    Parameter,
    /// A search query cannot be understood.
    Query,
    /// The search index failed, or was made by another version.
    Index,
    /// There is nothing to work on.
    Empty,
    /// The caller asked for the call to end.
    Cancelled,
}

/// A failure: what failed, where (file and line, if known) and under which rule.
///
/// The error that caused it, if any, is its [`source`](StdError::source). `{}` shows the failure
/// alone, `{:#}` the failure and its cause.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::error::ErrorKind;
///
/// let missing = Corpus::load(&["no/such/folder".into()], &LoadParams::default());
/// let error = missing.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io);
/// assert_eq!(error.file(), Some("no/such/folder"));
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    parameter: Option<&'static str>,
    limit: Option<u64>,
    source: Option<Cause>,
}

type Cause = Box<dyn StdError + Send + Sync>;

impl Error {
    /// Returns an error of `kind` with a `message` in lower case and without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            file: None,
            line: None,
            parameter: None,
            limit: None,
            source: None,
        }))
    }

    /// Returns the error for a parameter that is `value`, with what it must be.
    pub(crate) fn parameter(name: &'static str, value: impl fmt::Display, must_be: &str) -> Self {
        let message = format!("{name} is {value}: it must be {must_be}");
        let mut error = Self::new(ErrorKind::Parameter, message);
        error.0.parameter = Some(name);
        error
    }

    /// Fails if a parameter is outside its range.
    pub(crate) fn check<T: PartialOrd + fmt::Display>(
        name: &'static str,
        value: T,
        range: impl RangeBounds<T>,
        must_be: &str,
    ) -> Result<()> {
        if range.contains(&value) {
            return Ok(());
        }
        Err(Self::parameter(name, value, must_be))
    }

    /// Returns the error for an exceeded limit.
    pub(crate) fn beyond(limit: u64, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Limit, message);
        error.0.limit = Some(limit);
        error
    }

    /// Returns the error with the name of the file it is about.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.file = Some(file.into());
        self
    }

    /// Returns the error with the line it is about, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.0.line = Some(line);
        self
    }

    /// Returns the error with the error that caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Cause>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the error for an invalid TOML text, with the line.
    pub(crate) fn in_toml(text: &str, error: &toml::de::Error) -> Self {
        let line_of = |start: usize| 1 + text[..start].matches('\n').count();
        let line = error.span().map_or(1, |span| line_of(span.start));
        Self::new(ErrorKind::Manifest, error.message().to_owned()).at_line(line)
    }

    /// Returns the kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns what failed and under which rule, without file and line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the name of the file it is about, if there is one.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// Returns the line it is about, counted from 1, if there is one.
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// Returns the name of the parameter that is outside its range, if it is known.
    pub fn parameter_name(&self) -> Option<&'static str> {
        self.0.parameter
    }

    /// Returns the limit that was exceeded, in the unit of the message, if it is known.
    pub fn limit(&self) -> Option<u64> {
        self.0.limit
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_place(f, self.file(), self.line())?;
        f.write_str(self.message())?;
        match &self.0.source {
            Some(source) if f.alternate() => write!(f, ": {source:#}"),
            _ => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Returns quoted names for a message, and the number of those after the first `most`.
pub(crate) fn named(
    names: impl ExactSizeIterator<Item = impl fmt::Display>,
    most: usize,
) -> String {
    let n_more = names.len().saturating_sub(most);
    let more = (n_more > 0).then(|| format!("{n_more} more"));
    let shown = names.take(most).map(|name| format!("`{name}`"));
    shown.chain(more).collect::<Vec<_>>().join(", ")
}

/// How serious a [`Diagnostic`] is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Note,
    /// Something was missing and had to be guessed.
    Guessed,
    /// Something was broken and has been repaired.
    Repaired,
    /// A part of the input was left out.
    Skipped,
    /// A whole file was refused; the others were still read.
    Refused,
}

/// An oddity of the input: what was skipped, repaired or guessed, with file and line.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::corpus::CorpusBuilder;
///
/// let files: BTreeMap<&str, &[u8]> = BTreeMap::from([
///     ("code.txt", &b"1. Members shall keep their lights burning."[..]),
///     ("scan.pdf", b"no PDF at all"),
/// ]);
/// let mut builder = CorpusBuilder::new();
/// builder.add_files(&files)?;
/// let corpus = builder.build()?;
/// let told: Vec<String> = corpus.refused_files().map(ToString::to_string).collect();
/// assert!(told[0].starts_with("refused: scan.pdf: "), "{told:?}");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file it is about, relative to the folder that was read.
    pub file: Option<String>,
    /// The line it is about, counted from 1.
    pub line: Option<usize>,
    /// How serious it is.
    pub severity: Severity,
    /// What happened, in lower case and without a full stop.
    pub message: String,
}

impl Diagnostic {
    /// Returns a diagnostic without file and line.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            file: None,
            line: None,
            severity,
            message: message.into(),
        }
    }

    /// Returns the diagnostic with the name of the file it is about.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Returns the diagnostic with the line it is about, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Returns a diagnostic that counts something, unless there is none: `4 footnotes stand at the end`.
    pub(crate) fn counted(severity: Severity, n: usize, what: &str) -> Option<Self> {
        (n > 0).then(|| Self::new(severity, format!("{n} {what}")))
    }

    /// Returns the diagnostic for a refused file, with the reason.
    pub fn refusal(error: &Error) -> Self {
        let message = match &error.0.source {
            Some(source) => format!("{}: {source:#}", error.message()),
            None => error.message().to_owned(),
        };
        Self {
            file: error.file().map(str::to_owned),
            line: error.line(),
            severity: Severity::Refused,
            message,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Guessed => "guessed",
            Severity::Repaired => "repaired",
            Severity::Skipped => "skipped",
            Severity::Refused => "refused",
        };
        write!(f, "{word}: ")?;
        write_place(f, self.file.as_deref(), self.line)?;
        f.write_str(&self.message)
    }
}

fn write_place(f: &mut fmt::Formatter<'_>, file: Option<&str>, line: Option<usize>) -> fmt::Result {
    match (file, line) {
        (Some(file), Some(line)) => write!(f, "{file}:{line}: "),
        (Some(file), None) => write!(f, "{file}: "),
        (None, Some(line)) => write!(f, "line {line}: "),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_where_first_and_why_last() {
        let error = Error::new(ErrorKind::Manifest, "unknown key `yaer`")
            .in_file("corpus.toml")
            .at_line(7);
        assert_eq!(error.to_string(), "corpus.toml:7: unknown key `yaer`");
        let refusal = Diagnostic::refusal(&error);
        assert_eq!(
            refusal.to_string(),
            "refused: corpus.toml:7: unknown key `yaer`"
        );
    }

    #[test]
    fn a_cause_is_the_source_and_shown_on_demand() {
        let error = Error::new(ErrorKind::Io, "cannot be read").caused_by("no such file");
        assert_eq!(error.source().unwrap().to_string(), "no such file");
        assert_eq!(error.to_string(), "cannot be read");
        assert_eq!(format!("{error:#}"), "cannot be read: no such file");
        let refusal = Diagnostic::refusal(&error);
        assert_eq!(refusal.message, "cannot be read: no such file");
    }

    #[test]
    fn an_error_names_its_parameter_and_its_limit() {
        let error = Error::parameter("share", 1.5, "from 0 to 1");
        assert_eq!(error.parameter_name(), Some("share"));
        assert_eq!(error.to_string(), "share is 1.5: it must be from 0 to 1");
        assert_eq!(Error::beyond(9, "10 clauses").limit(), Some(9));
    }
}
