//! Bytes of each format to documents.

pub(crate) mod formats;
mod hostile;
mod limits;
pub(crate) mod pdf;
pub(crate) mod tables;
