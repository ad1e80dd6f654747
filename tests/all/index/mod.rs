//! Search.

mod changes;
mod context;
mod queries;
mod search;
