//! Storage: the schema, the folder of an index, its catalog of agreements, and updates.

pub(super) mod build;
pub(super) mod catalog;
pub(super) mod document;
pub(super) mod field;
pub(super) mod fingerprint;
pub(super) mod folder;
pub(super) mod manifest;
pub(super) mod ready;
pub(super) mod schema;
pub(super) mod stored;
pub(super) mod table;
pub(super) mod update;
pub(super) mod values;
pub(super) mod write;
pub(super) mod written;
