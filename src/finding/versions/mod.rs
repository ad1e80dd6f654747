//! Versions of a text: what became of each clause.
//!
//! `text` is a version, `wordings` its words. `candidates` finds which clauses may be the same, `assignment` and
//! `pairing` choose among them all at once, `grouping` adds what was split and merged, `order` tells what moved.
//! `redline` has the words kept, deleted and inserted, `binding` whether they bind more or
//! less. `history` follows each clause over several versions, `elsewhere` searches a corpus for what was dropped, `row`
//! takes the clauses of a row of the table as versions.

mod assignment;
mod binding;
mod candidates;
mod compare;
mod elsewhere;
mod grouping;
mod history;
mod order;
mod pairing;
mod redline;
mod result;
mod row;
mod text;
mod wordings;

pub use compare::compare_versions;
pub(crate) use redline::{Revision, revisions};
pub use result::Versions;
pub(crate) use result::{
    ClauseChange, ClauseFate, ClauseHistory, DroppedWording, VersionStep, WordingHolder,
};
pub use row::row_versions;
pub use text::VersionText;
pub(crate) use text::{VersionClause, levels};
