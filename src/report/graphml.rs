//! [`network_to_graphml`] and [`network_to_csv`]: a network for programs that draw it.

use crate::finding::{Edge, EdgeKind, Network, Node, NodeKind};
use crate::report::csv::written;
use crate::report::xml::in_xml;

/// The data that nodes and edges carry: id, what carries it, type.
const KEYS: [(&str, &str, &str); 6] = [
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("process", "node", "string"),
    ("date", "node", "string"),
    ("tie", "edge", "string"),
    ("weight", "edge", "int"),
];

/// Returns a network as GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, 2002), which
/// programs that draw networks read.
///
/// Nodes carry `name`, `kind`, `process` and `date`, edges `tie` (`citation` or `borrowing`) and
/// `weight`; an edge without a known direction has `directed="false"`. Their ids are those of
/// [`Network`], characters that XML cannot hold shown as [`visible`](crate::report::visible) does.
pub fn network_to_graphml(network: &Network) -> String {
    let mut lines = vec![
        r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#.to_owned(),
    ];
    for (id, carrier, kind) in KEYS {
        lines.push(format!(
            r#"  <key id="{id}" for="{carrier}" attr.name="{id}" attr.type="{kind}"/>"#
        ));
    }
    lines.push(r#"  <graph id="agreements" edgedefault="directed">"#.to_owned());
    for node in &network.nodes {
        push_node(&mut lines, node);
    }
    for edge in &network.edges {
        push_edge(&mut lines, edge);
    }
    lines.extend(["  </graph>", "</graphml>", ""].map(str::to_owned));
    lines.join("\n")
}

fn push_node(lines: &mut Vec<String>, node: &Node) {
    let kind = kind_of(node);
    let published = node.date.map(|date| date.to_string());
    let data = [
        ("name", node.name.as_str()),
        ("kind", kind),
        ("process", node.process.as_deref().unwrap_or_default()),
        ("date", published.as_deref().unwrap_or_default()),
    ];
    lines.push(format!(r#"    <node id="{}">"#, in_xml(&node.id)));
    push_data(lines, &data);
    lines.push("    </node>".to_owned());
}

fn push_edge(lines: &mut Vec<String>, edge: &Edge) {
    let (from, to) = (in_xml(&edge.from), in_xml(&edge.to));
    let directed = edge.is_directed;
    lines.push(format!(
        r#"    <edge source="{from}" target="{to}" directed="{directed}">"#
    ));
    let weight = edge.weight.to_string();
    push_data(lines, &[("tie", tie(edge)), ("weight", &weight)]);
    lines.push("    </edge>".to_owned());
}

/// Adds what is known; empty data are left out.
fn push_data(lines: &mut Vec<String>, data: &[(&str, &str)]) {
    for (key, value) in data.iter().filter(|(_, value)| !value.is_empty()) {
        lines.push(format!(
            r#"      <data key="{key}">{}</data>"#,
            in_xml(value)
        ));
    }
}

/// Returns what a node is, in a word.
pub(super) fn kind_of(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Agreement => "agreement",
        NodeKind::Instrument => "instrument",
    }
}

/// Returns what an edge says, in a word.
pub(super) fn tie(edge: &Edge) -> &'static str {
    match edge.kind {
        EdgeKind::Citation => "citation",
        EdgeKind::Borrowing => "borrowing",
    }
}

/// Returns the edges of a network as CSV: `Source`, `Target`, `Type` (`Directed` or `Undirected`),
/// `Weight`, `Tie`.
pub fn network_to_csv(network: &Network) -> String {
    let header = ["Source", "Target", "Type", "Weight", "Tie"];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for edge in &network.edges {
        let kind = if edge.is_directed {
            "Directed"
        } else {
            "Undirected"
        };
        records.push(vec![
            edge.from.clone(),
            edge.to.clone(),
            kind.to_owned(),
            edge.weight.to_string(),
            tie(edge).to_owned(),
        ]);
    }
    written(records)
}
