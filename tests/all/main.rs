//! All integration tests, as modules of one program.

#![allow(clippy::unwrap_used, reason = "in a test, to unwrap is to assert")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures are printed for whoever wants to see them"
)]
#![allow(
    clippy::wildcard_imports,
    reason = "a module of tests that need something sees the file it is in"
)]

mod clause;
mod cluster;
mod common;
mod corpus;
mod deontic;
mod dependencies;
mod evaluation;
mod finding;
mod index;
mod layering;
mod packages;
mod programs;
mod read;
mod report;
mod reuse;
mod table;
mod vector;
