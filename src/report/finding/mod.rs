//! What each finding says in words and in records: [`Report`], one file a finding.

mod borrowings;
mod citations;
mod draft;
mod figures;
mod forces;
mod gaps;
mod keyness;
mod network;
pub(super) mod report;
mod timeline;
mod why;

pub use report::Report;
