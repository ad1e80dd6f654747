//! Fingerprints of agreements: 64-bit hashes of their content.

use crate::corpus::Corpus;
use crate::id::{AgreementId, ClauseId};
use crate::words::StableHash;

/// Returns the fingerprint of all that an index stores of an agreement.
pub(crate) fn fingerprint_of_agreement(corpus: &Corpus, id: AgreementId) -> String {
    let mut fingerprint = StableHash::of([]);
    let agreement = corpus.agreement(id);
    let metadata = &agreement.metadata;
    add_field(&mut fingerprint, &agreement.key);
    add_field(&mut fingerprint, &agreement.name);
    add_field(&mut fingerprint, &corpus.process(agreement.process).name);
    let year = metadata.year.map(|year| year.to_string());
    add_option(&mut fingerprint, year.as_deref());
    for name in [&metadata.actor_kind, &metadata.region, &metadata.status] {
        add_option(&mut fingerprint, name.as_deref());
    }
    for clause in corpus.clauses_of(id) {
        add_clause(&mut fingerprint, corpus, clause);
    }
    fingerprint.digits()
}

fn add_clause(fingerprint: &mut StableHash, corpus: &Corpus, id: ClauseId) {
    let clause = corpus.clause(id);
    add_field(fingerprint, &clause.key);
    add_field(fingerprint, &corpus.citation(id));
    add_option(
        fingerprint,
        clause.label.as_ref().map(crate::provision::Label::as_str),
    );
    add_option(fingerprint, clause.heading.as_deref());
    add_option(fingerprint, clause.lead_in.as_deref());
    add_field(fingerprint, clause.language.code());
    add_field(fingerprint, clause.kind.name());
    add_field(fingerprint, corpus.text(id));
}

/// Adds one field with its length, so that `ab`, `c` differs from `a`, `bc`.
fn add_field(fingerprint: &mut StableHash, field: &str) {
    fingerprint.add_block(field.as_bytes());
}

/// Adds a field that may be missing, which differs from an empty one.
fn add_option(fingerprint: &mut StableHash, field: Option<&str>) {
    fingerprint.add([u8::from(field.is_some())]);
    add_field(fingerprint, field.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_where_fields_part() {
        let of = |fields: [&str; 2]| {
            let mut fingerprint = StableHash::of([]);
            for field in fields {
                add_field(&mut fingerprint, field);
            }
            fingerprint.digits()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
