//! The forms: reports before formatting ([`Page`], [`Records`], [`Graph`]), and their conversion to
//! Markdown, CSV, JSON, a workbook, HTML or a network file. No form knows a finding.

mod csv;
mod gexf;
pub(super) mod graph;
mod graphml;
pub(super) mod html;
pub(super) mod json;
mod markdown;
pub(super) mod package;
pub(super) mod page;
pub(super) mod records;
pub(super) mod snippet;
pub(super) mod visible;
pub(super) mod words;
pub(super) mod xlsx;
pub(super) mod xml;

pub use graph::{Graph, GraphEdge, GraphNode};
pub use json::to_json;
pub use page::{Block, Cell, Inline, Page};
pub use records::Records;
pub use visible::{one_line, visible};
pub use words::counted;
pub use xlsx::Sheet;
