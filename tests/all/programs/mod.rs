//! The programs, run as a user runs them.

mod check;
mod command_line;
mod examples;
mod old_files;
mod reading_and_writing;
mod record;
mod review;
mod run;
mod terminal;
mod versions;
