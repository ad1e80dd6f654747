//! Finds a clause by its citation, given with or without some of its words.

use crate::error::Result;
use crate::index::search::ClauseIndex;
use crate::index::store::schema::{column, index_name, index_term};

/// The clause whose citation is nearest to what is looked for.
struct Nearest {
    /// The number of words of its citation.
    n_words: usize,
    /// `None` if several are equally near.
    clause: Option<u32>,
}

impl ClauseIndex {
    /// Returns the clause with this folded citation, the first of several. If there is none: the clause whose
    /// citation contains these words in this order, possibly with others between, and ends with the last of them;
    /// of several the one with the fewest words, `None` if several have equally few.
    ///
    /// Makes the citations of all clauses.
    pub(crate) fn clause_cited(&self, folded: &str) -> Result<Option<u32>> {
        let labels = self.postings().values_of(column::FOLDED_LABEL)?;
        let mut nearest: Option<Nearest> = None;
        for (agreement, entry) in self.catalog.entries.iter().enumerate() {
            let name = index_name(&entry.name);
            let mut n_unlabeled = 0;
            for clause in self.table.clauses_of(agreement) {
                let citation = if let Some(label) = labels.of(clause) {
                    format!("{name} {label}")
                } else {
                    n_unlabeled += 1;
                    format!("{name} {n_unlabeled}")
                };
                let citation = index_term(&citation).trim();
                if citation == folded {
                    return Ok(Some(clause));
                }
                if has_words_in_order(citation, folded) {
                    let n_words = citation.split(' ').count();
                    let fewest = nearest
                        .as_ref()
                        .map_or(usize::MAX, |nearest| nearest.n_words);
                    if n_words <= fewest {
                        let clause = (n_words < fewest).then_some(clause);
                        nearest = Some(Nearest { n_words, clause });
                    }
                }
            }
        }
        Ok(nearest.and_then(|nearest| nearest.clause))
    }
}

/// Returns whether a name contains the wanted words in order and ends with the last of them.
fn has_words_in_order(name: &str, wanted: &str) -> bool {
    let mut words = name.split(' ');
    let mut last = None;
    let has_all = wanted.split(' ').all(|wanted| {
        last = words.find(|word| *word == wanted);
        last.is_some()
    });
    has_all && words.next().is_none()
}
