//! Two versions of a text as a Word document with tracked changes.

mod document;
mod markup;
mod params;
mod sheet;

pub(super) use document::commented_document;
pub use document::to_redline;
pub use params::RedlineParams;
