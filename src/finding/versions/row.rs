//! [`row_versions`]: the clauses of a row of the table as versions, in the order of time.

use crate::corpus::{Corpus, PublicationDate};
use crate::finding::study::Study;
use crate::finding::versions::compare::{forced_step, versions_of};
use crate::finding::versions::result::Versions;
use crate::finding::versions::text::VersionText;
use crate::id::{ClauseId, RowId};

/// Compares the clauses of a row of the table with each other as versions, in the order of their dates: each with the
/// one before, whoever wrote it. Clauses without a date come last; those of one date are in the order of their ids.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Study, row_versions};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on, find_row};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let row = find_row(study.table(), "theft of intellectual property")?;
/// let found = row_versions(&study, row);
/// let expected = ["US–China 2015 [1]", "G20 Antalya 2015 ¶26", "Paris Call 2018 Principle 4"];
/// assert_eq!(found.names, expected);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn row_versions(study: &Study, row: RowId) -> Versions {
    let corpus = study.corpus();
    let clauses = in_order_of_time(corpus, study.clauses_of(row));
    let text = |id: &ClauseId| VersionText::of_clauses(corpus, &corpus.citation(*id), &[*id]);
    let texts: Vec<VersionText> = clauses.iter().map(text).collect();
    versions_of(&texts, forced_step)
}

fn in_order_of_time(corpus: &Corpus, clauses: &[ClauseId]) -> Vec<ClauseId> {
    let date_of = |id: &ClauseId| {
        let agreement = corpus.agreement(corpus.clause(*id).agreement);
        PublicationDate::of(&agreement.metadata).map(|date| date.sort_key())
    };
    let mut clauses = clauses.to_vec();
    clauses.sort_by_key(|id| (date_of(id).is_none(), date_of(id), *id));
    clauses
}
