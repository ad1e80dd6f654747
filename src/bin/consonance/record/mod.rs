//! The record of a run: what it read, how, and what it wrote, so that another can see whether the same is here.

mod files;
mod invocation;
mod run_record;
pub(crate) mod verify;

pub(crate) use run_record::{RecordArgs, Written};
