//! [`Evidence`]: the words that show something.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Words that show something: a range of the clause or of its lead-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Which text the range belongs to.
    pub place: Place,
    /// The bytes of that text.
    pub range: Range<usize>,
}

/// Which text a range of bytes belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The words that introduce the clause.
    LeadIn,
    /// The clause's own words.
    Text,
}
