//! [`AskedNorms`]: which processes can be asked what they say of an issue: the N of "n of N".

use std::collections::BTreeSet;

use crate::corpus::{Corpus, PublicationDate};
use crate::id::{AgreementId, ClauseId, ProcessId};
use crate::language::Language;
use crate::table::CountedClauses;

/// The agreements that have norms: clauses that make rows.
#[derive(Debug)]
pub(super) struct AskedNorms<'c> {
    corpus: &'c Corpus,
    /// The languages of the norms of each agreement.
    languages: Vec<BTreeSet<Language>>,
    /// The first norm of each agreement.
    pub(super) first_of: Vec<Option<ClauseId>>,
    /// The number of norms.
    pub(super) n_norms: usize,
}

impl<'c> AskedNorms<'c> {
    /// Returns those of a corpus.
    pub(super) fn of(corpus: &'c Corpus) -> Self {
        let counted = CountedClauses::of(corpus, None);
        let mut languages = vec![BTreeSet::new(); corpus.agreements().len()];
        let mut first_of = vec![None; corpus.agreements().len()];
        let mut n_norms = 0;
        for id in corpus.clause_ids().filter(|id| counted.has(*id)) {
            let clause = corpus.clause(id);
            languages[clause.agreement.index()].insert(clause.language);
            first_of[clause.agreement.index()].get_or_insert(id);
            n_norms += 1;
        }
        Self {
            corpus,
            languages,
            first_of,
            n_norms,
        }
    }

    /// Returns the processes that can be asked what they say of an issue with these clauses: those of the clauses,
    /// and those with a norm in a language of the clauses whose agreement is dated no earlier than the first of them.
    /// Without any date among the clauses, dates do not count. All others are unknown: they are not silent.
    pub(super) fn asked(&self, clauses: &[ClauseId]) -> BTreeSet<ProcessId> {
        let corpus = self.corpus;
        let speakers = clauses.iter().map(|clause| corpus.process_of(*clause));
        let wanted: BTreeSet<Language> = clauses
            .iter()
            .map(|clause| corpus.clause(*clause).language)
            .collect();
        let dates = clauses
            .iter()
            .filter_map(|clause| self.date(corpus.clause(*clause).agreement));
        let first = dates.min_by_key(PublicationDate::sort_key);
        let is_late_enough = |agreement| match (first, self.date(agreement)) {
            (Some(first), Some(date)) => !date.is_before(&first),
            (first, _) => first.is_none(),
        };
        let agreements = (0..corpus.agreements().len()).map(AgreementId::new);
        let able = agreements.filter(|agreement| {
            let has_norm = !self.languages[agreement.index()].is_disjoint(&wanted);
            has_norm && is_late_enough(*agreement)
        });
        speakers
            .chain(able.map(|agreement| corpus.agreement(agreement).process))
            .collect()
    }

    fn date(&self, agreement: AgreementId) -> Option<PublicationDate> {
        PublicationDate::of(&self.corpus.agreement(agreement).metadata)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::corpus::CorpusBuilder;

    #[test]
    fn who_is_asked_by_hand() {
        let files: BTreeMap<&str, &[u8]> = BTreeMap::from([
            (
                "corpus.toml",
                &b"[[agreement]]\nfile = \"a.txt\"\nprocess = \"A\"\nyear = 2010\n\
                   [[agreement]]\nfile = \"b.txt\"\nprocess = \"B\"\nyear = 2012\n\
                   [[agreement]]\nfile = \"c.txt\"\nprocess = \"C\"\nyear = 2008\n\
                   [[agreement]]\nfile = \"d.txt\"\nprocess = \"D\"\n\
                   [[agreement]]\nfile = \"e.txt\"\nprocess = \"E\"\nyear = 2012\nlanguage = \"fr\"\n"[..],
            ),
            ("a.txt", b"1. Members shall keep a light."),
            ("b.txt", b"1. Members shall ring a bell."),
            ("c.txt", b"1. Members shall share the salt."),
            ("d.txt", b"1. Members shall count the boats."),
            ("e.txt", "1. Les membres doivent garder un feu allumé.".as_bytes()),
        ]);
        let mut builder = CorpusBuilder::new();
        builder.add_files(&files).unwrap();
        let corpus = builder.build().unwrap();
        let norms = AskedNorms::of(&corpus);
        let clause = |key: &str| corpus.find(key).unwrap();
        let asked = |keys: &[&str]| {
            let clauses: Vec<ClauseId> = keys.iter().map(|key| clause(key)).collect();
            let names = norms
                .asked(&clauses)
                .into_iter()
                .map(|id| corpus.process(id).name.clone());
            names.collect::<String>()
        };
        assert_eq!(norms.n_norms, 5);
        // From 2010 on: B is later. C is earlier, D has no date, E speaks French: unknown.
        assert_eq!(asked(&["a/1"]), "AB");
        assert_eq!(asked(&["b/1"]), "B");
        assert_eq!(asked(&["c/1"]), "ABC");
        // D addresses it; the first date is that of A.
        assert_eq!(asked(&["a/1", "d/1"]), "ABD");
        assert_eq!(asked(&["d/1"]), "ABCD", "no date is known");
        assert_eq!(asked(&["e/1"]), "E");
        assert_eq!(asked(&["b/1", "e/1"]), "BE");
    }
}
