//! Words into terms: [`Analyzer`].

mod analyzer;

pub use analyzer::{Analyzer, Token};
