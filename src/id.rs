//! Identifiers: one newtype for each kind, so that a clause id cannot be confused with a term id.
//!
//! For programs that go from a result to its clause, agreement or row; most get ids and hand them on.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $visible:vis $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        $visible struct $name(u32);

        impl $name {
            /// Returns the id of the position `index` in its list, from zero.
            ///
            /// # Panics
            ///
            /// Panics if `index` does not fit in 32 bits; the corpus refuses such sizes earlier.
            $visible fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("an id fits in 32 bits: the corpus is limited"))
            }

            /// Returns the position in the list, from zero.
            $visible fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// An agreement of a corpus; ids follow corpus order.
    pub AgreementId
}
id! {
    /// A process of a corpus; ids follow corpus order.
    pub ProcessId
}
id! {
    /// A clause of a corpus; ids follow corpus order: by agreement, then by position in its text.
    pub ClauseId
}
id! {
    /// A term of a vocabulary; ids follow alphabetical order.
    pub(crate) TermId
}
id! {
    /// A cluster of a clustering; ids follow the first clause of each cluster.
    pub ClusterId
}
id! {
    /// A row of a convergence table; ids follow the order of the rows.
    pub RowId
}
