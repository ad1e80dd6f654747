//! Which clauses cite which instruments, and the network they make.

mod find;
mod network;
mod resolve;

pub use find::{Citation, Citations, citations};
pub(crate) use network::{Edge, EdgeKind, Node, NodeKind};
pub use network::{Network, network};
