//! [`Network`] as a page and records: which agreements are connected.

use crate::finding::{Edge, EdgeKind, Network, Node, NodeKind};
use crate::report::finding::report::Report;
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

/// Returns the kind of a node, in a word.
pub(super) fn kind_of(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Agreement => "agreement",
        NodeKind::Instrument => "instrument",
    }
}

/// Returns the kind of an edge, in a word.
pub(super) fn tie(edge: &Edge) -> &'static str {
    match edge.kind {
        EdgeKind::Citation => "citation",
        EdgeKind::TextReuse => "text-reuse",
    }
}

fn name_of<'n>(network: &'n Network, id: &'n str) -> &'n str {
    let node = network.nodes.iter().find(|node| node.id == id);
    node.map_or(id, |node| node.name.as_str())
}
