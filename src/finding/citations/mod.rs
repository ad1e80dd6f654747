//! Which clauses cite which instruments, and the network they make.

mod find;
mod network;
mod resolve;

pub use find::{Citation, Citations, citations};
pub(crate) use find::{CitingText, clauses_of, with_provisions};
pub(crate) use network::{Edge, EdgeKind, Node, NodeKind};
pub use network::{Network, network};
pub(crate) use resolve::{CitedProvision, Found, NameList, Resolver};
