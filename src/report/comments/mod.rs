//! A paper as a Word document with a comment on each quotation.

mod copy;
mod document;
mod markup;
mod plain;
mod remark;

pub use document::to_commented;
