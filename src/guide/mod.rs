//! Where to begin: a [`tutorial`] of ten steps, a [`cookbook`] of eleven tasks, and ten [`programs`].
//!
//! For whoever writes a first program with this crate. There is no code here to call: these are texts,
//! and their code is compiled and run by the tests. The corpus they use is in the folder `corpus` of the
//! crate: 93 clauses of 26 agreements on norms in cyberspace, restated in our own words.

pub mod cookbook;
pub mod programs;
pub mod tutorial;
