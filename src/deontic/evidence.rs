//! [`Evidence`]: the words that justify a result.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Words that justify a result: a range of the clause or of its lead-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The text to which the range belongs.
    pub(crate) place: Place,
    /// The bytes of that text.
    pub range: Range<usize>,
}

/// The text to which a range of bytes belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Place {
    /// The lead-in of the clause.
    LeadIn,
    /// The clause's own words.
    Text,
}
