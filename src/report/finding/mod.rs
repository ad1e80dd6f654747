//! Each finding as a page and as records: the implementations of [`Report`], one file for each finding;
//! and the forms of a network.

mod borrowings;
mod briefing;
mod citations;
mod co_mentions;
pub(super) mod doubts;
mod draft;
mod figures;
mod forces;
mod gaps;
mod gexf;
mod graphml;
mod keyness;
mod network;
pub(super) mod quotations;
pub(super) mod report;
mod timeline;
pub(super) mod versions;
mod why;

pub use report::Report;
