//! The round trip: tables written by this crate are read back exactly, with the clauses and their
//! ids, their agreements, and the issue of each, including a person's changes.
//!
//! `tidy` reads the long format, one clause in each row (CSV or a sheet), `wide` the matrix (CSV),
//! `json` the table as data, `word` the document; `name` parses citations, and `gather` makes
//! agreements and a coding. `formula` protects cells from being computed by a spreadsheet.

pub(crate) mod formula;
mod gather;
pub(crate) mod json;
mod name;
pub(crate) mod tidy;
pub(crate) mod wide;
#[cfg(feature = "office")]
pub(crate) mod word;

pub(crate) use gather::{WrittenEntry, reading_of};
