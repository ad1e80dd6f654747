//! [`Network::to_gexf`]: a network for Gephi and other programs that read its format.

use std::collections::BTreeMap;

use crate::finding::{Edge, Network, Node};
use crate::report::finding::network::{kind_of, tie};
use crate::report::form::xml::in_xml;

const DESCRIPTION: &str = "Agreements, joined by citation and by borrowed words";
/// The attributes of nodes: name and type.
const OF_NODES: [(&str, &str); 4] = [
    ("kind", "string"),
    ("process", "string"),
    ("date", "string"),
    ("year", "integer"),
];
/// The attributes of edges: name and type.
const OF_EDGES: [(&str, &str); 4] = [
    ("tie", "string"),
    ("from", "string"),
    ("to", "string"),
    ("year", "integer"),
];

impl Network {
    /// Returns the network as GEXF 1.3 (the format of Gephi).
    ///
    /// Nodes have `kind`, `process`, `date` and `year`. Edges have `weight`, `tie`, the
    /// names of both ends, and the `year` of their start node. An edge without a known direction is
    /// undirected; unknown values are omitted.
    pub fn to_gexf(&self) -> String {
        let mut lines = vec![
            r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
            r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#.to_owned(),
            format!("  <meta><description>{DESCRIPTION}</description></meta>"),
            r#"  <graph mode="static" defaultedgetype="directed">"#.to_owned(),
        ];
        push_attributes(&mut lines, "node", &OF_NODES);
        push_attributes(&mut lines, "edge", &OF_EDGES);
        lines.push("    <nodes>".to_owned());
        for node in &self.nodes {
            push_node(&mut lines, node);
        }
        lines.extend(["    </nodes>", "    <edges>"].map(str::to_owned));
        let nodes = self.nodes.iter().map(|node| (node.id.as_str(), node));
        let node_of: BTreeMap<&str, &Node> = nodes.collect();
        for (number, edge) in self.edges.iter().enumerate() {
            push_edge(&mut lines, edge, number, &node_of);
        }
        lines.extend(["    </edges>", "  </graph>", "</gexf>", ""].map(str::to_owned));
        lines.join("\n")
    }
}

fn push_attributes(lines: &mut Vec<String>, class: &str, attributes: &[(&str, &str)]) {
    lines.push(format!(r#"    <attributes class="{class}">"#));
    lines.extend(attributes.iter().map(|(name, kind)| {
        format!(r#"      <attribute id="{name}" title="{name}" type="{kind}"/>"#)
    }));
    lines.push("    </attributes>".to_owned());
}

fn push_node(lines: &mut Vec<String>, node: &Node) {
    let (id, label) = (in_xml(&node.id), in_xml(&node.name));
    lines.push(format!(r#"      <node id="{id}" label="{label}">"#));
    let date = node.date.map(|date| date.to_string()).unwrap_or_default();
    let process = node.process.clone().unwrap_or_default();
    let values = [kind_of(node).to_owned(), process, date, year_of(node)];
    push_values(lines, &OF_NODES, &values);
    lines.push("      </node>".to_owned());
}

fn push_edge(lines: &mut Vec<String>, edge: &Edge, number: usize, node_of: &BTreeMap<&str, &Node>) {
    let (from, to, kind) = (in_xml(&edge.from), in_xml(&edge.to), tie(edge));
    let direction = if edge.is_directed {
        "directed"
    } else {
        "undirected"
    };
    let weight = edge.weight;
    lines.push(format!(
        r#"      <edge id="{number}" source="{from}" target="{to}" type="{direction}" kind="{kind}" weight="{weight}">"#
    ));
    let name_of = |id: &str| node_of.get(id).map_or(id, |node| &node.name).to_owned();
    let year = node_of.get(edge.from.as_str()).map(|node| year_of(node));
    let values = [
        kind.to_owned(),
        name_of(&edge.from),
        name_of(&edge.to),
        year.unwrap_or_default(),
    ];
    push_values(lines, &OF_EDGES, &values);
    lines.push("      </edge>".to_owned());
}

/// Returns the year of a node; empty if it is unknown.
fn year_of(node: &Node) -> String {
    let year = node.date.map(|date| date.year.to_string());
    year.unwrap_or_default()
}

/// Adds the known values; empty values are omitted.
fn push_values(lines: &mut Vec<String>, attributes: &[(&str, &str)], values: &[String]) {
    lines.push("        <attvalues>".to_owned());
    let known = attributes.iter().zip(values);
    let known = known.filter(|(_, value)| !value.is_empty());
    lines.extend(known.map(|((name, _), value)| value_line(name, value)));
    lines.push("        </attvalues>".to_owned());
}

/// The line of one attribute and its value.
fn value_line(name: &str, value: &str) -> String {
    let value = in_xml(value);
    format!(r#"          <attvalue for="{name}" value="{value}"/>"#)
}
