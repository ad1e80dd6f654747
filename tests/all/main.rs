//! Tests of the whole crate, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail by a panic and says what it skips"
)]

mod reading;
