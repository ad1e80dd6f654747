//! Tables that this crate has written, read back exactly: the clauses with their ids, the agreements
//! they come from, and the issue each stands under, however a person has changed these since.
//!
//! `tidy` reads a clause a line (of CSV or of a sheet), `wide` the matrix (CSV),
//! `json` the table as data, `word` the document; `name` takes citations apart, and `gather` makes
//! agreements and a coding of what was found. `formula` is the guard against cells that a spreadsheet
//! would compute.

pub(crate) mod formula;
mod gather;
pub(crate) mod json;
mod name;
pub(crate) mod tidy;
pub(crate) mod wide;
pub(crate) mod word;

pub(crate) use gather::{WrittenEntry, reading_of};
