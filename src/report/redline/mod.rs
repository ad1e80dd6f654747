//! Two versions of a text as a Word document with tracked changes.

mod document;
mod markup;
mod params;
mod sheet;

pub use document::to_redline;
pub(super) use document::{COMMENTS_RELATION, COMMENTS_TYPE, comments_part};
pub use params::RedlineParams;
