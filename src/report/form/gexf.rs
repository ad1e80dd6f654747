//! [`Graph::to_gexf`]: a graph for Gephi and other programs that read its format.

use std::collections::BTreeMap;

use crate::report::form::graph::{Graph, GraphEdge, GraphNode};
use crate::report::form::xml::in_xml;

/// The attributes of edges: name and type.
const OF_EDGES: [(&str, &str); 4] = [
    ("tie", "string"),
    ("from", "string"),
    ("to", "string"),
    ("year", "integer"),
];

impl Graph {
    /// Returns the graph as GEXF 1.3 (the format of Gephi).
    ///
    /// Nodes have the attributes of the graph, `date` and `year`. Edges have `weight`, `tie`, the
    /// names of both ends, and the `year` of their start node. An edge without a known direction is
    /// undirected; unknown values are omitted.
    pub fn to_gexf(&self) -> String {
        let description = in_xml(&self.description);
        let mut lines = vec![
            r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
            r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#.to_owned(),
            format!("  <meta><description>{description}</description></meta>"),
            r#"  <graph mode="static" defaultedgetype="directed">"#.to_owned(),
        ];
        let own = self.attributes.iter().map(|name| (name.as_str(), "string"));
        let of_nodes: Vec<(&str, &str)> = own
            .chain([("date", "string"), ("year", "integer")])
            .collect();
        push_attributes(&mut lines, "node", &of_nodes);
        push_attributes(&mut lines, "edge", &OF_EDGES);
        lines.push("    <nodes>".to_owned());
        for node in &self.nodes {
            push_node(&mut lines, node, &of_nodes);
        }
        lines.extend(["    </nodes>", "    <edges>"].map(str::to_owned));
        let nodes = self.nodes.iter().map(|node| (node.id.as_str(), node));
        let node_of: BTreeMap<&str, &GraphNode> = nodes.collect();
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
        let name = in_xml(name);
        format!(r#"      <attribute id="{name}" title="{name}" type="{kind}"/>"#)
    }));
    lines.push("    </attributes>".to_owned());
}

fn push_node(lines: &mut Vec<String>, node: &GraphNode, attributes: &[(&str, &str)]) {
    let (id, label) = (in_xml(&node.id), in_xml(&node.label));
    lines.push(format!(r#"      <node id="{id}" label="{label}">"#));
    let date = node.date.map(|date| date.to_string()).unwrap_or_default();
    let values = [&node.values[..], &[date, year_of(node)]].concat();
    push_values(lines, attributes, &values);
    lines.push("      </node>".to_owned());
}

fn push_edge(
    lines: &mut Vec<String>,
    edge: &GraphEdge,
    number: usize,
    node_of: &BTreeMap<&str, &GraphNode>,
) {
    let (from, to, tie) = (in_xml(&edge.from), in_xml(&edge.to), in_xml(&edge.tie));
    let direction = if edge.is_directed {
        "directed"
    } else {
        "undirected"
    };
    let weight = edge.weight;
    lines.push(format!(
        r#"      <edge id="{number}" source="{from}" target="{to}" type="{direction}" kind="{tie}" weight="{weight}">"#
    ));
    let name_of = |id: &str| node_of.get(id).map_or(id, |node| &node.label).to_owned();
    let year = node_of.get(edge.from.as_str()).map(|node| year_of(node));
    let values = [
        edge.tie.clone(),
        name_of(&edge.from),
        name_of(&edge.to),
        year.unwrap_or_default(),
    ];
    push_values(lines, &OF_EDGES, &values);
    lines.push("      </edge>".to_owned());
}

/// Returns the year of a node; empty if it is unknown.
fn year_of(node: &GraphNode) -> String {
    let year = node.date.map(|date| date.year.to_string());
    year.unwrap_or_default()
}

/// Adds the known values; empty values are omitted.
fn push_values(lines: &mut Vec<String>, attributes: &[(&str, &str)], values: &[String]) {
    lines.push("        <attvalues>".to_owned());
    let known = attributes.iter().zip(values);
    lines.extend(
        known
            .filter(|(_, value)| !value.is_empty())
            .map(|((name, _), value)| {
                let (name, value) = (in_xml(name), in_xml(value));
                format!(r#"          <attvalue for="{name}" value="{value}"/>"#)
            }),
    );
    lines.push("        </attvalues>".to_owned());
}
