//! What several tests use.

pub(crate) mod browser;
pub(crate) mod made;
pub(crate) mod programs;
pub(crate) mod shared;
pub(crate) mod written;
