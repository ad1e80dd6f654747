//! [`Found`]: a citation in preparation.

use std::ops::Range;

use crate::id::AgreementId;
use crate::provision::Label;

/// A citation in preparation.
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    /// Where the instrument is named, without the preceding provision.
    pub(crate) named: Range<usize>,
    pub(crate) name: String,
    pub(crate) agreement: Option<AgreementId>,
    pub(crate) provisions: Vec<Label>,
}

impl Found {
    /// Returns the citation of a whole instrument.
    pub(crate) fn whole(range: Range<usize>, name: String, agreement: Option<AgreementId>) -> Self {
        Self {
            named: range.clone(),
            range,
            name,
            agreement,
            provisions: Vec::new(),
        }
    }
}
