//! The query language: words, phrases, patterns and fields, parsed into a tree and a plan.

pub(super) mod filter;
pub(super) mod parse;
pub(super) mod pattern;
pub(super) mod plan;
pub(super) mod scan;
pub(super) mod tree;
