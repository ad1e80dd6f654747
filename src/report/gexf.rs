//! [`network_to_gexf`]: a network for Gephi and what else reads its form.

use std::collections::BTreeMap;

use crate::finding::{Edge, Network, Node};
use crate::report::graphml::{kind_of, tie};
use crate::report::xml::in_xml;

/// The data that nodes and edges carry: what carries it, its name and type.
const ATTRIBUTES: [(&str, [(&str, &str); 4]); 2] = [
    (
        "node",
        [
            ("kind", "string"),
            ("process", "string"),
            ("date", "string"),
            ("year", "integer"),
        ],
    ),
    (
        "edge",
        [
            ("tie", "string"),
            ("from", "string"),
            ("to", "string"),
            ("year", "integer"),
        ],
    ),
];

/// Returns a network as GEXF 1.3 (the form of the Gephi project, 2009 and later).
///
/// Nodes are agreements and cited instruments with `kind`, `process`, `date` and `year`; edges are
/// citations and borrowings with `weight`, `tie`, the names of both ends and the `year` of the agreement
/// that cites or has the words later. An edge without a known direction is undirected. Ids are those of
/// [`Network`]; data that are not known are left out.
pub fn network_to_gexf(network: &Network) -> String {
    let mut lines = vec![
        r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
        r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#.to_owned(),
        "  <meta><description>Agreements, joined by citation and by borrowed words</description></meta>"
            .to_owned(),
        r#"  <graph mode="static" defaultedgetype="directed">"#.to_owned(),
    ];
    for (class, attributes) in ATTRIBUTES {
        lines.push(format!(r#"    <attributes class="{class}">"#));
        for (name, kind) in attributes {
            lines.push(format!(
                r#"      <attribute id="{name}" title="{name}" type="{kind}"/>"#
            ));
        }
        lines.push("    </attributes>".to_owned());
    }
    let node_of: BTreeMap<&str, &Node> = network
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node))
        .collect();
    lines.push("    <nodes>".to_owned());
    for node in &network.nodes {
        push_node(&mut lines, node);
    }
    lines.extend(["    </nodes>", "    <edges>"].map(str::to_owned));
    for (number, edge) in network.edges.iter().enumerate() {
        push_edge(&mut lines, (number, edge), &node_of);
    }
    lines.extend(["    </edges>", "  </graph>", "</gexf>", ""].map(str::to_owned));
    lines.join("\n")
}

fn push_node(lines: &mut Vec<String>, node: &Node) {
    let (id, label) = (in_xml(&node.id), in_xml(&node.name));
    lines.push(format!(r#"      <node id="{id}" label="{label}">"#));
    push_values(
        lines,
        &[
            ("kind", kind_of(node).to_owned()),
            ("process", node.process.clone().unwrap_or_default()),
            (
                "date",
                node.date.map_or_else(String::new, |d| d.to_string()),
            ),
            ("year", year_of(node)),
        ],
    );
    lines.push("      </node>".to_owned());
}

fn push_edge(
    lines: &mut Vec<String>,
    (number, edge): (usize, &Edge),
    node_of: &BTreeMap<&str, &Node>,
) {
    let (from, to) = (in_xml(&edge.from), in_xml(&edge.to));
    let direction = if edge.is_directed {
        "directed"
    } else {
        "undirected"
    };
    let (tie, weight) = (tie(edge), edge.weight);
    lines.push(format!(
        r#"      <edge id="{number}" source="{from}" target="{to}" type="{direction}" kind="{tie}" weight="{weight}">"#
    ));
    let name_of = |id: &str| node_of.get(id).map_or(id, |node| &node.name).to_owned();
    let year = node_of.get(edge.from.as_str()).map(|node| year_of(node));
    push_values(
        lines,
        &[
            ("tie", tie.to_owned()),
            ("from", name_of(&edge.from)),
            ("to", name_of(&edge.to)),
            ("year", year.unwrap_or_default()),
        ],
    );
    lines.push("      </edge>".to_owned());
}

/// Returns the year of a node; nothing if it is not known.
fn year_of(node: &Node) -> String {
    node.date
        .map_or_else(String::new, |date| date.year.to_string())
}

/// Adds what is known; empty values are left out.
fn push_values(lines: &mut Vec<String>, values: &[(&str, String)]) {
    lines.push("        <attvalues>".to_owned());
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        let value = in_xml(value);
        lines.push(format!(
            r#"          <attvalue for="{name}" value="{value}"/>"#
        ));
    }
    lines.push("        </attvalues>".to_owned());
}
