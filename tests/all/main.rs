//! All integration tests, as modules of one program.

#![allow(clippy::unwrap_used, reason = "in a test, to unwrap is to assert")]

mod programs;
mod reporting;
mod scoring;
mod terminal;
