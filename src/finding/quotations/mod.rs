//! Quotations: whether a paper quotes the agreements of a corpus right.
//!
//! `paper` is the text that quotes; `marks` finds what stands in quotation marks, `quoted` adds block quotations, and
//! `wording` understands ellipses and brackets. `quotable` has the words of the corpus in the order in which they are
//! quoted, `search` finds wordings among them, `nearest` what an altered one was made of. `reference` finds what the
//! paper cites, `sentences` and `nearby` which reference belongs to which quotation, `attribution` whether it is right.
//! `check` puts all together.

mod asked;
mod attribution;
mod check;
mod form;
mod lookup;
mod marks;
mod nearby;
mod nearest;
mod paper;
mod quotable;
mod quoted;
mod reference;
mod result;
mod search;
mod sentences;
mod unmarked;
mod wording;

pub use check::check_quotations;
pub use paper::Paper;
pub use result::Quotations;
pub(crate) use result::{
    CheckedQuotation, CheckedReference, PaperPlace, QuotationVerdict, QuotedIn, ReferenceVerdict,
    SourceClause,
};
