//! What is found in a table and its texts.

mod briefing;
mod draft;
mod findings;
pub(crate) mod quotations;
pub(crate) mod versions;
