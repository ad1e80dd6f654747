//! All integration tests, as modules of one program.

#![allow(clippy::unwrap_used, reason = "in a test, to unwrap is to assert")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that is skipped says so"
)]

mod borrowing;
mod browser;
mod bundled;
mod clustering;
mod corpora;
mod corrections;
mod determinism;
mod drafts;
mod exporting;
mod findings;
mod flattened;
mod force;
mod formats;
mod grains;
mod guided;
mod hostile;
mod known_numbers;
mod layering;
mod limits;
mod made;
mod mutations;
mod page;
mod page_in_browser;
mod pdf;
mod pictures;
mod programs;
mod quality;
mod reading;
mod reporting;
mod scoring;
mod search_changes;
mod search_context;
mod search_kinds;
mod searching;
mod segmenting;
mod tables;
mod terminal;
mod vectors;
mod versions;
