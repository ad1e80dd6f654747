//! `consonance` reads a folder of agreements and makes the convergence table: issues down the
//! side, processes across, quoted clauses in the cells, the most widely shared issue first.

pub mod agreement;
pub mod clause;
pub mod cluster;
pub mod corpus;
pub mod error;
pub mod finding;
pub mod id;
pub mod index;
pub mod language;
pub mod read;
pub mod report;
pub mod score;
pub mod similarity;
pub mod term;
pub mod vector;

pub use error::{Error, ErrorKind, Result};
