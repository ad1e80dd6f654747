//! [`remarks`]: what is said in the margin of a paper.

use std::ops::Range;

use crate::finding::{CheckedQuotation, QuotationVerdict, Quotations, ReferenceVerdict};
use crate::report::finding::quotations::{source_in_words, sources};
use crate::report::finding::versions::shortened;
use crate::report::form::snippet::first_words;
use crate::report::form::words::joined;

/// The most characters of the nearest clause.
const MAX_SHOWN: usize = 300;

/// What is said of some words of a paper.
pub(super) struct Remark {
    /// The bytes of the paper.
    pub(super) range: Range<usize>,
    pub(super) words: String,
}

/// Returns a remark for each quotation, and for each reference that is not known, in the order of the paper.
pub(super) fn remarks(found: &Quotations) -> Vec<Remark> {
    let of_quotations = found.quotations.iter().map(|quotation| Remark {
        range: quotation.place.bytes.clone(),
        words: of_quotation(quotation),
    });
    let doubtful = found
        .references
        .iter()
        .filter(|of| of.verdict != ReferenceVerdict::Known);
    let of_references = doubtful.map(|reference| Remark {
        range: reference.place.bytes.clone(),
        words: source_in_words(reference).unwrap_or_default(),
    });
    let mut remarks: Vec<Remark> = of_quotations.chain(of_references).collect();
    remarks.sort_by_key(|remark| (remark.range.start, remark.range.end));
    remarks
}

fn of_quotation(quotation: &CheckedQuotation) -> String {
    let source = sources(&quotation.clauses);
    let found = match (quotation.verdict, quotation.clauses.first()) {
        (_, None) => "Not found: nothing in the corpus is near it.".to_owned(),
        (QuotationVerdict::NotFound, Some(nearest)) => {
            format!(
                "Not found. The nearest is {source}: “{}”",
                first_words(&nearest.text, MAX_SHOWN)
            )
        }
        (QuotationVerdict::Altered, _) => {
            format!(
                "Altered. {source} has: {}",
                shortened(&quotation.difference)
            )
        }
        (QuotationVerdict::WrongNumber, _) => format!("Right words of {source}, wrong source."),
        (QuotationVerdict::Unmarked, _) => format!("These are words of {source}, without marks."),
        (QuotationVerdict::ExactButForm, _) => {
            format!("Exact but for punctuation or case: {source}.")
        }
        (QuotationVerdict::Exact, _) => format!("Exact: {source}."),
    };
    let of_source = quotation.reference.as_ref().and_then(source_in_words);
    joined([Some(found), of_source].into_iter().flatten(), " ")
}
