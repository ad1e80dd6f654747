//! [`Graph`]: nodes joined by edges, for programs that draw networks.

use crate::corpus::PublicationDate;

/// Nodes joined by edges, before they have a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// What the nodes are, in a word.
    pub name: String,
    /// What the graph shows, in a sentence.
    pub description: String,
    /// The names of what is said of each node, in the order of [`GraphNode::values`].
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
    /// By what edges know it.
    pub id: String,
    /// Its name for readers.
    pub label: String,
    /// What is said of it; what is not known is empty.
    pub values: Vec<String>,
    /// When it was published, if that is known.
    pub date: Option<PublicationDate>,
}

/// An edge of a [`Graph`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GraphEdge {
    /// The id of the node it begins at.
    pub from: String,
    /// The id of the node it ends at.
    pub to: String,
    /// Whether it is known which end comes first.
    pub is_directed: bool,
    /// What joins the two, in a word.
    pub tie: String,
    /// How strong it is.
    pub weight: usize,
}
