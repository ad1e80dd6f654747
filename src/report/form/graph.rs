//! [`Graph`]: nodes joined by edges, for programs that draw networks.

use crate::corpus::PublicationDate;

/// Nodes joined by edges, before formatting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// What the nodes are, in a word.
    pub name: String,
    /// What the graph shows, in a sentence.
    pub description: String,
    /// The names of the nodes' attributes, in the order of [`GraphNode::values`].
    pub attributes: Vec<String>,
    /// The nodes.
    pub nodes: Vec<GraphNode>,
    /// The edges between them.
    pub edges: Vec<GraphEdge>,
}

/// A node of a [`Graph`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraphNode {
    /// The id that edges refer to.
    pub id: String,
    /// Its name for readers.
    pub label: String,
    /// The values of its attributes; unknown values are empty.
    pub values: Vec<String>,
    /// When it was published, if known.
    pub date: Option<PublicationDate>,
}

/// An edge of a [`Graph`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraphEdge {
    /// The id of its start node.
    pub from: String,
    /// The id of its end node.
    pub to: String,
    /// Whether its direction is known.
    pub is_directed: bool,
    /// What joins the two nodes, in a word.
    pub tie: String,
    /// Its strength.
    pub weight: usize,
}
