//! Bytes of each format to documents.

pub(crate) mod formats;
mod hostile;
mod limits;
pub(crate) mod pdf;
mod repeated;
mod structure;
pub(crate) mod tables;
