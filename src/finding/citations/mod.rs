//! Which clauses cite which instruments, and the network they make.

mod find;
mod found;
mod network;
mod resolve;

pub use find::{Citation, Citations, CitedInstrument, citations};
pub use network::{Edge, EdgeKind, Network, Node, NodeKind, network};
