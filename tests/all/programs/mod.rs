//! The programs, run as a user runs them.

mod old_files;
mod run;
mod terminal;
