//! [`Fingerprint`]: 64 bits that tell one content from another.

use std::fmt::Write as _;

use crate::corpus::Corpus;
use crate::id::{AgreementId, ClauseId};
use crate::index::store::catalog::clauses_of;

/// A running 64-bit FNV-1a hash (Fowler, Noll and Vo, 1991).
///
/// Every step maps different states to different states, so a single changed byte always shows. It
/// guards against accidents, not against somebody who wants to deceive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;

    /// Returns the fingerprint of nothing.
    pub(crate) fn new() -> Self {
        Self(Self::BASIS)
    }

    /// Returns the fingerprint of some bytes, as sixteen hexadecimal digits.
    pub(crate) fn of(bytes: &[u8]) -> String {
        let mut fingerprint = Self::new();
        fingerprint.add(bytes);
        fingerprint.finish()
    }

    /// Adds bytes as they are.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// Adds one field: its length first, so that `ab`, `c` differs from `a`, `bc`.
    fn add_field(&mut self, field: &str) {
        self.add(&(field.len() as u64).to_le_bytes());
        self.add(field.as_bytes());
    }

    /// Adds a field that may be missing, which differs from an empty one.
    fn add_option(&mut self, field: Option<&str>) {
        self.add(&[u8::from(field.is_some())]);
        self.add_field(field.unwrap_or_default());
    }

    /// Returns the fingerprint as sixteen hexadecimal digits.
    pub(crate) fn finish(self) -> String {
        let mut digits = String::with_capacity(16);
        write!(digits, "{:016x}", self.0).expect("writing to a string cannot fail");
        digits
    }
}

/// Returns the fingerprint of all that an index holds of an agreement.
pub(crate) fn fingerprint_of_agreement(corpus: &Corpus, id: AgreementId) -> String {
    let mut fingerprint = Fingerprint::new();
    let agreement = corpus.agreement(id);
    let metadata = &agreement.metadata;
    fingerprint.add_field(&agreement.key);
    fingerprint.add_field(&agreement.name);
    fingerprint.add_field(&corpus.process(agreement.process).name);
    let year = metadata.year.map(|year| year.to_string());
    fingerprint.add_option(year.as_deref());
    for name in [&metadata.actor_kind, &metadata.region, &metadata.status] {
        fingerprint.add_option(name.as_deref());
    }
    for clause in clauses_of(corpus, id) {
        add_clause(&mut fingerprint, corpus, clause);
    }
    fingerprint.finish()
}

fn add_clause(fingerprint: &mut Fingerprint, corpus: &Corpus, id: ClauseId) {
    let clause = corpus.clause(id);
    fingerprint.add_field(&clause.key);
    fingerprint.add_field(&corpus.citation(id));
    fingerprint.add_option(clause.label.as_ref().map(crate::provision::Label::as_str));
    fingerprint.add_option(clause.heading.as_deref());
    fingerprint.add_option(clause.lead_in.as_deref());
    fingerprint.add_field(clause.language.code());
    fingerprint.add_field(corpus.text(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_published_values() {
        assert_eq!(Fingerprint::of(b""), "cbf29ce484222325");
        assert_eq!(Fingerprint::of(b"a"), "af63dc4c8601ec8c");
    }

    #[test]
    fn shows_where_fields_part() {
        let of = |fields: [&str; 2]| {
            let mut fingerprint = Fingerprint::new();
            for field in fields {
                fingerprint.add_field(field);
            }
            fingerprint.finish()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
