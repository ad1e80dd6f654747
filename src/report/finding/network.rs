//! [`Network`] as a page, as records and as a [`Graph`]: which agreements are connected.

use crate::finding::{Edge, EdgeKind, Network, Node, NodeKind};
use crate::report::finding::report::Report;
use crate::report::form::graph::{Graph, GraphEdge, GraphNode};
use crate::report::form::page::{Page, plain, strong};
use crate::report::form::records::Records;
use crate::report::form::words::counted;

/// A page has at most `limit` edges by shared wording, the heaviest. A record is an edge.
impl Report for Network {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Network");
        let edges = self.edges.iter();
        let mut edges: Vec<&Edge> = edges
            .filter(|edge| edge.kind == EdgeKind::TextReuse)
            .collect();
        if edges.is_empty() {
            return page;
        }
        // The sort is stable: ties keep the order of the network.
        edges.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
        page.heading("Shared wording");
        page.text("Clauses with six words or more in a row of an earlier agreement.");
        for edge in edges.iter().take(limit) {
            let relation = if edge.is_directed {
                "has words of"
            } else {
                "shares words with"
            };
            let clauses = counted(edge.weight, "clause", "clauses");
            let words = vec![
                strong(name_of(self, &edge.from)),
                plain(relation),
                strong(name_of(self, &edge.to)),
                plain(format!("in {clauses}")),
            ];
            page.item(0, words);
        }
        page.more(edges.len(), limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of("Source, Target, Type, Weight, Tie");
        for edge in &self.edges {
            let kind = if edge.is_directed {
                "Directed"
            } else {
                "Undirected"
            };
            records.add(vec![
                edge.from.clone(),
                edge.to.clone(),
                kind.to_owned(),
                edge.weight.to_string(),
                tie(edge).to_owned(),
            ]);
        }
        records
    }
}

/// Nodes are agreements and cited instruments with `kind` and `process`; the `tie` of an edge is
/// `citation` or `borrowing`. Ids are those of the network.
impl From<&Network> for Graph {
    fn from(network: &Network) -> Self {
        Self {
            name: "agreements".to_owned(),
            description: "Agreements, joined by citation and by borrowed words".to_owned(),
            attributes: ["kind", "process"].map(str::to_owned).to_vec(),
            nodes: network.nodes.iter().map(node_of).collect(),
            edges: network.edges.iter().map(edge_of).collect(),
        }
    }
}

fn node_of(node: &Node) -> GraphNode {
    let kind = match node.kind {
        NodeKind::Agreement => "agreement",
        NodeKind::Instrument => "instrument",
    };
    GraphNode {
        id: node.id.clone(),
        label: node.name.clone(),
        values: vec![kind.to_owned(), node.process.clone().unwrap_or_default()],
        date: node.date,
    }
}

fn edge_of(edge: &Edge) -> GraphEdge {
    GraphEdge {
        from: edge.from.clone(),
        to: edge.to.clone(),
        is_directed: edge.is_directed,
        tie: tie(edge).to_owned(),
        weight: edge.weight,
    }
}

/// Returns the kind of an edge, in a word.
fn tie(edge: &Edge) -> &'static str {
    match edge.kind {
        EdgeKind::Citation => "citation",
        EdgeKind::TextReuse => "text-reuse",
    }
}

fn name_of<'n>(network: &'n Network, id: &'n str) -> &'n str {
    let node = network.nodes.iter().find(|node| node.id == id);
    node.map_or(id, |node| node.name.as_str())
}
